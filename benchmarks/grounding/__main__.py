"""Supported against unsupported claims: `python -m benchmarks.grounding [--data DIR] [--lower-floors]`.

Balanced accuracy (a constant has .5) with its 95 % interval, sources resampled, and AUROC, cross-validated by source
with one model and one threshold for all the sets: for word overlap, for the support score alone, and for the score
with the findings of the checks. Then the model that is shipped, on the data it was fitted on; the share of the false
claims of each kind of edit that is caught; and the gold evidence found on WiCE.

The floors hold for the corpus whose hash stands with them. `--lower-floors` writes them anew, after what is measured.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks import floors
from benchmarks.grounding import evidence, tables
from benchmarks.grounding.data import DATA, SETS, Row, corpus, present
from benchmarks.grounding.fitting import FOLDINGS, Bools, Floats, Table, auroc, balanced, cross_validated, interval
from briefing.coverage.support_features import Features, model

_RULES = [Features._fields.index(name) for name in ("found", "facts")]


def measure(data: Path) -> dict[str, float]:
    """Return the figures that have floors, by name; everything is printed on the way."""
    rows = tables.rows(data)
    found = [tables.findings(row) for row in rows]
    full = tables.support(rows, found)
    alone = full._replace(columns=np.delete(full.columns, _RULES, axis=1))
    print(f"{'':26}{''.join(f'{name:>28}' for name in (*SETS, 'mean'))}")
    figures: dict[str, float] = {}
    for name, table in (("overlap", tables.overlap(rows)), ("score alone", alone), ("score and checks", full)):
        scores = [cross_validated(table, seed) for seed in range(FOLDINGS)]
        figures = _show(name, table, scores)
    _show_separate(tables.overlap(rows))
    _show_shipped(full)
    _show_edits(rows, np.mean([s >= 0 for s in scores], axis=0) >= 0.5, found)
    recall = evidence.recall(data)
    print(f"wice: {recall.pop('found_sentences'):.2f} sentences found for a claim")
    return figures | {f"wice_{name}": value for name, value in recall.items()}


def _show(name: str, table: Table, scores: Sequence[Floats]) -> dict[str, float]:
    """Print and return balanced accuracy and AUROC on each set and in the mean, averaged over the ways to fold."""
    accuracy = np.mean([balanced(table, s >= 0) for s in scores], axis=0)
    spread = np.mean([interval(table, s >= 0) for s in scores], axis=0)
    area = np.mean([_areas(table, s) for s in scores], axis=0)
    accuracy, area = np.append(accuracy, accuracy.mean()), np.append(area, area.mean())
    cells = [f"{a:.3f} [{low:.3f}, {high:.3f}]" for a, (low, high) in zip(accuracy, spread, strict=True)]
    print(f"{name + ': balanced':26}{''.join(f'{cell:>28}' for cell in cells)}")
    print(f"{name + ': AUROC':26}{''.join(f'{a:>28.3f}' for a in area)}")
    names = [*SETS, "mean"]
    return {f"{n}_balanced": float(a) for n, a in zip(names, accuracy, strict=True)} | {"mean_auroc": float(area[-1])}


def _show_separate(table: Table) -> None:
    """Print word overlap with a model and a threshold of its own for each set, as such baselines are often given."""
    own = [table.take(table.dataset == number) for number in range(len(SETS))]
    own = [t._replace(dataset=np.zeros_like(t.dataset)) for t in own]
    found = [np.mean([balanced(t, cross_validated(t, seed) >= 0) for seed in range(FOLDINGS)]) for t in own]
    print(f"{'overlap, a model a set':26}{''.join(f'{a:>28.3f}' for a in (*found, np.mean(found)))}")


def _show_shipped(table: Table) -> None:
    shipped = model()
    weights = np.array([shipped["weights"][name] for name in Features._fields])
    odds = table.columns @ weights + shipped["weights"]["intercept"]
    fitted = balanced(table, 1 / (1 + np.exp(-odds)) >= shipped["thresholds"]["balanced"])
    print(f"{'as shipped, fitted on this':26}{''.join(f'{a:>28.3f}' for a in (*fitted, np.mean(fitted)))}")
    blank = odds - table.columns[:, _RULES] @ weights[_RULES]
    low = 1 / (1 + np.exp(-blank)) < shipped["thresholds"]["cautious"]
    for kind, rows in (("supported", table.supported), ("unsupported", ~table.supported)):
        shares = [float(low[rows & (table.dataset == number)].mean()) for number in range(len(SETS))]
        print(f"{'cautious, ' + kind:26}{''.join(f'{share:>28.1%}' for share in (*shares, np.mean(shares)))}")


def _show_edits(rows: Sequence[Row], vouched: Bools, found: Sequence[Sequence[str]]) -> None:
    """Print, for each kind of edit, the share of the claims with it that the score and the checks catch."""
    by_edit: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row, ok, names in zip(rows, vouched.tolist(), found, strict=True):
        if row.edits or (row.supported and row.dataset == "summedits_news"):
            for edit in row.edits or ("none (false alarms)",):
                by_edit[edit].append((not ok, bool(names)))
    for edit, caught in sorted(by_edit.items()):
        score, checks = (sum(side) / len(caught) for side in zip(*caught, strict=True))
        print(f"summedits {edit:28} {len(caught):4} claims, caught {score:.2f}; by a check alone {checks:.2f}")


def _areas(table: Table, scores: Floats) -> list[float]:
    own = [table.dataset == number for number in range(len(SETS))]
    return [auroc(table.supported[rows], scores[rows]) for rows in own]


def main() -> int:
    """Return 1 when a floor is not kept, else 0; 0 too when there is no data."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grounding")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with grounding/*.jsonl.gz")
    parser.add_argument("--lower-floors", action="store_true", help="write the floors anew, after what is measured")
    options = parser.parse_args()
    if not present(options.data):
        print(f"grounding: no data at {options.data}; nothing measured. Give its folder with --data.")
        return 0
    figures, sha256 = measure(options.data), corpus(options.data)
    if options.lower_floors:
        floors.write("grounding", figures, sha256)
    return 0 if floors.hold("grounding", figures, sha256) else 1


if __name__ == "__main__":
    raise SystemExit(main())
