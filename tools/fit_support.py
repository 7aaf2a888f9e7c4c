"""Fit the support score: `python tools/fit_support.py DATA`, about two minutes.

A logistic regression over the `Features` of `briefing.coverage.support_features` on the development parts of
SummEdits (news), QAGS (CNN/DailyMail, by sentence), MTRAG and AttributionBench, each set and its two classes weighing
the same: one model and one threshold for all of them. The figures printed are cross-validated by source in five folds,
averaged over four ways to fold; then the model fitted on all of the data is written to `briefing/data/support.json`
with two thresholds:

- `balanced`: where the mean balanced accuracy is highest.
- `cautious`: under which at most 3 % of the supported claims fall (the mean over the sets, cross-validated). There the
  findings of other checks are left out of the score, for they make a claim unsupported by themselves.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.grounding.data import SETS
from benchmarks.grounding.fitting import FOLDINGS, Bools, Floats, Table, auroc, balanced, cross_validated, fit
from benchmarks.grounding.tables import findings, rows, support
from briefing.coverage.support_features import Features

OUT = Path(__file__).resolve().parent.parent / "briefing" / "data" / "support.json"
#: The share of supported claims that may fall under the cautious threshold.
LOST = 0.03
#: The columns that other checks fill.
RULES = [Features._fields.index(name) for name in ("found", "facts")]


def main() -> int:
    """Return 0 after writing the table of weights and printing the figures."""
    if len(sys.argv) != 2:
        print("usage: python tools/fit_support.py FOLDER_OF_DATA")
        return 2
    claims = rows(Path(sys.argv[1]))
    table = support(claims, [findings(row) for row in claims])
    scores = [cross_validated(table, seed) for seed in range(FOLDINGS)]
    blank = [cross_validated(table, seed, blank=RULES) for seed in range(FOLDINGS)]
    cautious = _cautious(table, blank)
    for number, name in enumerate(SETS):
        own = table.dataset == number
        accuracy = np.mean([balanced(table, s >= 0)[number] for s in scores])
        area = np.mean([auroc(table.supported[own], s[own]) for s in scores])
        lost, caught = (np.mean([(s < cautious)[own & kind].mean() for s in blank]) for kind in _kinds(table))
        print(f"{name:17} balanced accuracy {accuracy:.3f}, AUROC {area:.3f}", end="; ")
        print(f"below the cautious threshold {caught:.1%} of the unsupported, {lost:.1%} of the supported")
    print(f"mean              balanced accuracy {np.mean([balanced(table, s >= 0) for s in scores]):.4f}")
    _write(table, cautious)
    return 0


def _kinds(table: Table) -> tuple[Bools, Bools]:
    return table.supported, ~table.supported


def _cautious(table: Table, scores: list[Floats]) -> float:
    """Return how far from the balanced threshold, in log odds, LOST of the supported claims have fallen."""
    low, high = -20.0, 5.0
    groups = [(table.dataset == number) & table.supported for number in range(len(SETS))]
    for _ in range(40):
        middle = (low + high) / 2
        lost = np.mean([(s < middle)[own].mean() for s in scores for own in groups])
        low, high = (middle, high) if lost <= LOST else (low, middle)
    return low


def _write(table: Table, cautious: float) -> None:
    model = fit(table)
    weights = {"intercept": model.intercept, **dict(zip(Features._fields, model.weights, strict=True))}
    thresholds = {"balanced": _probability(model.threshold), "cautious": _probability(model.threshold + cautious)}
    found = {
        "about": "log odds that a claim is supported; fitted by tools/fit_support.py",
        "weights": {name: round(float(weight), 3) for name, weight in weights.items()},
        "thresholds": {name: round(float(p), 4) for name, p in thresholds.items()},
    }
    OUT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


def _probability(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


if __name__ == "__main__":
    sys.exit(main())
