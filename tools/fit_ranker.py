"""Fit the weights of the sentence ranker: `python tools/fit_ranker.py DATA`, half a minute.

What is learnt is the choice of three sentences, not the worth of single ones. Every article gets up to 2,000
possible summaries, each with its ROUGE-1 + ROUGE-2 (F, stemmed) against the reference. The model gives a summary
the probability exp(sum of its sentences' scores - what they share), and the expected ROUGE under it is made as
large as can be: minimum-risk training (Smith & Eisner 2006), smooth, so L-BFGS solves it in seconds. The share of
the penalty for repetition is learnt with the weights. (A ridge regression on the ROUGE of single sentences, tried
first, likes the longest sentences and stays below the lead; a logistic regression on the best summary's sentences
came out between the two.)

The figures printed are cross-validated by article (five folds, several shuffles): an article is summarised with
weights that never saw it. Copy the table into `briefing/engines/extractive/rank.py`.
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.summaries import CNNDM, Article, rouge, tokens
from benchmarks.summaries import read as read_articles
from briefing.engines.extractive import rank

Floats = npt.NDArray[np.float64]

FITTED = ("depth", "lead", "repeated", "central", "long", "personal", "labelled", "figure")
FOLDS = 5
SHUFFLES = 3
SUMMARIES = 2000  # possible summaries looked at for each article
TOGETHER = 12  # the first so many sentences are combined in every way
STRENGTH = 2e-4  # of the pull of each standardised weight to 0


@dataclass(frozen=True)
class Example:
    """One article as numbers: what its sentences are like, and what summaries of three of them are worth."""

    article: Article
    columns: Floats  # sentence x feature, fitted features only
    by_hand: Floats  # sentence: what the features set by hand add; they are applied, not fitted around
    summaries: npt.NDArray[np.int64]  # summary x 3, indexes of sentences
    shared: Floats  # summary: how much its sentences repeat one another
    worth: Floats  # summary: ROUGE-1 + ROUGE-2 against the reference


@dataclass(frozen=True)
class Weights:
    """What a fit found: the weights of `FITTED`, and the penalty for sharing all terms."""

    features: Floats
    penalty: float


def example(article: Article, rng: np.random.Generator) -> Example:
    """Return the article as numbers."""
    features = rank.features(article.sentences)
    bags = [rank._bag(sentence) for sentence in article.sentences]
    summaries = _possible(len(bags), rng)
    pairs = np.array([[rank._overlap(one, other) for other in bags] for one in bags])
    a, b, c = summaries.T
    # Of three sentences, the second and the third taken each pay for the one they share most with.
    shared = np.sort([pairs[a, b], pairs[a, c], pairs[b, c]], axis=0)[1:].sum(axis=0)
    return Example(
        article,
        np.array([features[name] for name in FITTED]).T,
        np.array([np.multiply(rank.WEIGHTS[name], features[name]) for name in rank.WEIGHTS if name not in FITTED]).sum(
            0
        ),
        summaries,
        shared,
        _worth(article, summaries),
    )


def _possible(sentences: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return all summaries of three sentences, or all of the opening ones and some of the others."""
    every = np.array(list(itertools.combinations(range(sentences), 3)))
    if len(every) <= SUMMARIES:
        return every
    opening = every[:, 2] < TOGETHER
    others = every[~opening]
    some = rng.choice(len(others), min(len(others), SUMMARIES - int(opening.sum())), replace=False)
    return np.concatenate([every[opening], others[some]])


def _worth(article: Article, summaries: npt.NDArray[np.int64]) -> Floats:
    """Return ROUGE-1 + ROUGE-2 of each summary; bigrams across two sentences are not counted."""
    total = np.zeros(len(summaries))
    for n in (1, 2):
        wanted = _grams(article.reference, n)
        held = [_grams(sentence, n) for sentence in article.sentences]
        table = np.array([[grams[gram] for gram in wanted] for grams in held])
        size = np.array([grams.total() for grams in held])
        hits = np.minimum(table[summaries].sum(axis=1), list(wanted.values())).sum(axis=1)
        total += 2 * hits / (size[summaries].sum(axis=1) + wanted.total())
    return total


def _grams(text: str, n: int) -> Counter[tuple[str, ...]]:
    stems = tokens(text)
    return Counter(zip(*(stems[i:] for i in range(n)), strict=False))


def fit(examples: list[Example]) -> Weights:
    """Return the weights under which the expected worth of the summaries is highest.

    Only their ratios matter to a choice: the unit is the standard deviation of a sentence's weighted sum.
    """
    scale = np.concatenate([e.columns for e in examples]).std(axis=0) + 1e-9
    rows = [np.column_stack([(e.columns / scale)[e.summaries].sum(axis=1), -e.shared]) for e in examples]

    def risk(weights: Floats) -> tuple[float, Floats]:
        value, gradient = 0.0, np.zeros_like(weights)
        for e, row in zip(examples, rows, strict=True):
            logits = row @ weights
            chance = np.exp(logits - logits.max())
            chance /= chance.sum()
            expected = chance @ e.worth
            value -= expected
            gradient -= (chance * (e.worth - expected)) @ row
        n = len(examples)
        return float(value / n + STRENGTH * weights @ weights), gradient / n + 2 * STRENGTH * weights

    found: Any = minimize(risk, np.zeros(len(FITTED) + 1), jac=True, method="L-BFGS-B")
    fitted = found.x[:-1] / scale
    unit = np.concatenate([e.columns @ fitted for e in examples]).std()
    return Weights(fitted / unit, float(found.x[-1] / unit))


def summary(e: Example, weights: Weights) -> list[str]:
    """Return the three sentences that the library would choose with these weights, in reading order."""
    rank.DISCOUNT = math.exp(-max(0.0, weights.penalty))
    scores = np.exp(np.maximum(e.columns @ weights.features + e.by_hand, -500))
    return [e.article.sentences[i] for i in sorted(rank.choose(e.article.sentences, list(scores), 3))]


def cross_validate(examples: list[Example], rng: np.random.Generator) -> None:
    """Print ROUGE-1 and ROUGE-2 of articles summarised with weights fitted without them, beside the lead's."""
    found: dict[str, list[Floats]] = {file: [] for file in CNNDM}
    for _ in range(SHUFFLES):
        shuffled = rng.permutation(len(examples))
        for held_out in range(FOLDS):
            weights = fit([examples[i] for place, i in enumerate(shuffled) if place % FOLDS != held_out])
            for e in (examples[i] for i in shuffled[held_out::FOLDS]):
                ours, lead = (rouge(s, e.article.reference) for s in (summary(e, weights), e.article.sentences[:3]))
                found[e.article.file].append(np.array([*ours, *lead]))
    for file, rows in (*found.items(), ("all", list(itertools.chain(*found.values())))):
        print("{:20} ours {:.4f} {:.4f}   lead-3 {:.4f} {:.4f}".format(file, *np.mean(rows, axis=0)))


def main() -> int:
    """Fit, print the cross-validated figures and the table of weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args().data
    rng = np.random.default_rng(20261122)
    articles = [a for file in CNNDM for a in read_articles(data, file)]
    examples = [example(a, rng) for a in articles if len(a.sentences) > 3]
    cross_validate(examples, rng)
    weights = fit(examples)
    for name, value in zip(FITTED, weights.features, strict=True):
        print(f'    "{name}": {value:.2f},')
    print(f"DISCOUNT = {math.exp(-weights.penalty):.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
