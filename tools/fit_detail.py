"""Fit `briefing.coverage.detail`: `python tools/fit_detail.py ROWS.jsonl…`, half a minute.

A row has a `text`, a `claim` and a `kind`: `honest`, or one that starts with `support` for what is invented; other
kinds are left out. The project's own rewordings, and the details put into them by `tests/mutations`, are added. It is
a logistic regression; the threshold is where `ALARMS` of the honest claims are over it, in each file at most twice as
many. For each file, what a fit on the others catches there is printed. The weights, with the threshold taken off the
intercept, are written to `briefing/data/detail.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from briefing import evidence
from briefing.coverage import detail as details
from briefing.coverage.coverage import coverage, side
from briefing.document import Document
from tests.mutations import honest, mutants

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

OUT = Path(__file__).resolve().parent.parent / "briefing" / "data" / "detail.json"
#: The share of the honest claims that may be over the threshold.
ALARMS = 0.011
#: How strongly large weights are held down.
RIDGE = 2.0
STEPS = 60


class Row(NamedTuple):
    """A claim as the fit sees it, and the file that it is from."""

    file: str
    false: bool
    features: details.Features


def main() -> int:
    """Return 0 after writing the table of weights and printing how many claims are caught."""
    rows = [*_own(), *(row for name in sys.argv[1:] for row in _read(Path(name)))]
    for name in sys.argv[1:]:
        others = _fitted([row for row in rows if row.file != name])
        _tell(f"{name}, fitted on the others", others, [row for row in rows if row.file == name])
    weights = _fitted(rows)
    for name in dict.fromkeys(row.file for row in rows):
        _tell(name, weights, [row for row in rows if row.file == name])
    about = "log odds over the threshold; fitted by tools/fit_detail.py"
    OUT.write_text(json.dumps({"about": about, "weights": weights}, indent=2) + "\n", encoding="utf-8")
    return 0


def _tell(name: str, weights: dict[str, float], rows: Sequence[Row]) -> None:
    over = [row.false for row in rows if _score(weights, row) > 0]
    false = sum(row.false for row in rows)
    print(f"{name}: {sum(over)} of {false} caught, {len(over) - sum(over)} of {len(rows) - false} false alarms")


def _score(weights: dict[str, float], row: Row) -> float:
    return weights["intercept"] + sum(float(getattr(row.features, n)) * weights[n] for n in row.features._fields)


def _own() -> Iterator[Row]:
    """Yield the rewordings, and those with a detail put in."""
    for item in honest():
        yield from _row("rewordings", item.claim, item.article.document, item.evidence, False)
    for made in mutants():
        if made.kind == "support" and made.way.startswith("detail"):
            yield from _row("mutations", made.claim, made.item.article.document, made.evidence, True)


def _read(path: Path) -> Iterator[Row]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"].startswith(("honest", "support")):
            document = Document.read(row["text"])
            cited = [sentence.id for sentence in evidence.find(row["claim"], document)]
            yield from _row(str(path), row["claim"], document, cited, row["kind"] != "honest")


def _row(file: str, claim: str, document: Document, cited: Sequence[str], false: bool) -> Iterator[Row]:
    own, sides = side(claim), [side(document.by_id[i].text) for i in cited]
    if own.content and any(s.content for s in sides):
        found = details.detail(own, sides, coverage(own, sides, evidence.of(document)))
        yield Row(file, false, found.features)


def _fitted(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights of a logistic regression by Newton's method, both classes weighing the same."""
    names = details.Features._fields
    x = np.array([row.features for row in rows], dtype=float)
    y = np.array([row.false for row in rows], dtype=float)
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    per_row = np.where(y == 1, len(y) / (2 * y.sum()), len(y) / (2 * (1 - y).sum()))
    ridge = np.diag([RIDGE] * len(names) + [0.0])
    w = np.zeros(z.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-z @ w))
        slope = z.T @ (per_row * (p - y)) + ridge @ w
        w -= np.linalg.solve((z * (per_row * p * (1 - p))[:, None]).T @ z + ridge, slope)
    weights = w[:-1] / spread
    intercept = float(w[-1] - _threshold(z @ w, rows) - (weights * mean).sum())
    return {"intercept": round(intercept, 3), **{n: round(float(v), 3) for n, v in zip(names, weights, strict=True)}}


def _threshold(scores: Floats, rows: Sequence[Row]) -> float:
    """Return the least score with few enough of the honest claims over it, in all and in each file."""
    by_file: dict[str, list[float]] = {}
    for found, row in zip(scores.tolist(), rows, strict=True):
        if not row.false:
            by_file.setdefault(row.file, []).append(found)
    each = [_over(found, 2 * ALARMS) for found in by_file.values()]
    return max(_over([s for found in by_file.values() for s in found], ALARMS), *each)


def _over(scores: Sequence[float], share: float) -> float:
    return sorted(scores, reverse=True)[int(share * len(scores))]


if __name__ == "__main__":
    sys.exit(main())
