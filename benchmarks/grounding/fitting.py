"""A logistic regression with one threshold for several sets, cross-validated by source; intervals by source.

Every set and its two classes weigh the same. No claim is scored by a model, or held against a threshold, that saw
another claim on the same source.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

FOLDS = 5
FOLDINGS = 4
STRENGTH = 5.0  # of the pull of each standardised weight to 0
SMOOTH = 9  # steps of the grid, of which 97 span the scores, that a threshold's mean is averaged over
RESAMPLED = 1000


class Table(NamedTuple):
    """One row a claim: its features, whether it is supported, the numbers of its set and of its source."""

    columns: Floats
    supported: Bools
    dataset: Whole
    source: Whole

    def take(self, rows: Bools) -> Table:
        """Return the rows where `rows` is true."""
        return Table(self.columns[rows], self.supported[rows], self.dataset[rows], self.source[rows])


class Model(NamedTuple):
    """Weights and intercept; the log odds of 0 are the threshold at which the mean balanced accuracy is highest."""

    weights: Floats
    intercept: float
    threshold: float

    def odds(self, columns: Floats) -> Floats:
        """Return the log odds that each claim is supported."""
        return columns @ self.weights + self.intercept


def fit(table: Table) -> Model:
    """Return the model for these claims."""
    groups = table.dataset * 2 + table.supported
    share = 1 / np.bincount(groups, minlength=1)[groups]
    share = share * len(groups) / share.sum()
    scale = table.columns.std(axis=0) + 1e-9
    design = np.column_stack([table.columns / scale, np.ones(len(share))])
    ridge = np.diag([STRENGTH] * table.columns.shape[1] + [0.0])
    weights = np.zeros(design.shape[1])
    for _ in range(25):  # Newton's method
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (share * (p - table.supported)) + ridge @ weights
        hessian = (design * (share * p * (1 - p))[:, None]).T @ design + ridge
        weights = weights - np.linalg.solve(hessian, gradient)
    model = Model(weights[:-1] / scale, float(weights[-1]), 0.0)
    return model._replace(threshold=best_threshold(table, model.odds(table.columns)))


def best_threshold(table: Table, scores: Floats) -> float:
    """Return the threshold with the highest mean balanced accuracy, smoothed so that no single row decides."""
    grid = np.quantile(scores, np.linspace(0.02, 0.98, 97))
    means = [np.mean(balanced(table, scores >= threshold)) for threshold in grid]
    smooth = np.convolve(means, np.ones(SMOOTH) / SMOOTH, mode="valid")
    return float(grid[SMOOTH // 2 : -(SMOOTH // 2)][np.argmax(smooth)])


def cross_validated(table: Table, seed: int, *, blank: Sequence[int] = ()) -> Floats:
    """Return for each claim its log odds above the threshold, by a model that saw no claim on its source.

    The columns `blank` are set to 0 in the claims that are scored.
    """
    rng = random.Random(seed)  # noqa: S311 - the way to fold, no secret
    fold_of: dict[int, int] = {}
    for number in sorted(set(table.dataset.tolist())):
        sources = sorted(set(table.source[table.dataset == number].tolist()))
        rng.shuffle(sources)
        fold_of |= {source: place % FOLDS for place, source in enumerate(sources)}
    fold = np.array([fold_of[source] for source in table.source.tolist()])
    seen = table.columns.copy()
    seen[:, list(blank)] = 0
    scores = np.zeros(len(fold))
    for k in range(FOLDS):
        model = fit(table.take(fold != k))
        scores[fold == k] = model.odds(seen[fold == k]) - model.threshold
    return scores


def balanced(table: Table, said: Bools) -> list[float]:
    """Return the balanced accuracy on each set: the mean of the shares right of the supported and the unsupported."""
    found = []
    for number in sorted(set(table.dataset.tolist())):
        rows = table.dataset == number
        truth, own = table.supported[rows], said[rows]
        found.append(float((own[truth].mean() + (~own)[~truth].mean()) / 2))
    return found


def auroc(supported: Bools, scores: Floats) -> float:
    """Return the probability that a supported claim scores higher than an unsupported one, ties counting half."""
    _, rank, count = np.unique(scores, return_inverse=True, return_counts=True)
    place = (np.cumsum(count) - (count - 1) / 2)[rank]
    positive = int(supported.sum())
    return float((place[supported].sum() - positive * (positive + 1) / 2) / (positive * int((~supported).sum())))


def interval(table: Table, said: Bools) -> list[tuple[float, float]]:
    """Return the 95 % interval of the balanced accuracy on each set and, last, of their mean, resampling sources."""
    rng = np.random.default_rng(0)
    drawn = []
    for number in sorted(set(table.dataset.tolist())):
        rows = table.dataset == number
        _, source = np.unique(table.source[rows], return_inverse=True)
        truth, right = table.supported[rows], said[rows] == table.supported[rows]
        counts = np.stack([np.bincount(source, kind) for kind in (truth & right, truth, ~truth & right, ~truth)])
        size = counts.shape[1]
        times = rng.multinomial(size, np.full(size, 1 / size), RESAMPLED)
        a, b, c, d = counts @ times.T
        drawn.append((a / np.maximum(b, 1) + c / np.maximum(d, 1)) / 2)
    return [tuple(np.quantile(x, (0.025, 0.975)).tolist()) for x in (*drawn, np.mean(drawn, axis=0))]
