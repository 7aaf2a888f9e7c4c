"""False claims made by machine, and the honest rewordings they are made from: `python -m benchmarks.mutations`.

- `<kind>`: the share of the false claims of that kind that are caught.
- `false_alarms`: the share of the untouched rewordings that are flagged.

`--ways` prints the share for each way in which a kind is made, `--missed KIND` the claims that got through, `--flagged`
the rewordings that did not.
"""

from __future__ import annotations

import argparse
from collections import Counter

from benchmarks import floors
from tests.mutations import Item, Mutant, honest, mutants, stands


def main() -> int:
    """Return 1 when a floor is not kept, else 0."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--ways", action="store_true", help="print each way of each kind")
    parser.add_argument("--missed", metavar="KIND", help="print the claims of a kind that got through; all: every kind")
    parser.add_argument("--flagged", action="store_true", help="print the rewordings that did not get through")
    options = parser.parse_args()
    made, told = list(mutants()), list(honest())
    missed = [m for m in made if stands(m.claim, m.evidence, m.item.article.document)]
    flagged = [item for item in told if not stands(item.claim, item.evidence, item.article.document)]
    if options.ways:
        _show_ways(made, missed)
    _show(missed if options.missed == "all" else [m for m in missed if m.kind == options.missed])
    if options.flagged:
        _show_flagged(flagged)
    total, through = Counter(m.kind for m in made), Counter(m.kind for m in missed)
    measured = {kind: 1 - through[kind] / count for kind, count in total.items()}
    return 0 if floors.hold("mutations", {**measured, "false_alarms": len(flagged) / len(told)}) else 1


def _show_ways(made: list[Mutant], missed: list[Mutant]) -> None:
    total, through = Counter((m.kind, m.way) for m in made), Counter((m.kind, m.way) for m in missed)
    for way, count in total.items():
        print(f"{way[0]:<12} {way[1]:<20} {count - through[way]:>3} of {count}")


def _show(missed: list[Mutant]) -> None:
    for m in missed:
        print(f"{m.kind}, {m.way} ({m.item.article.name} {' '.join(m.evidence)}): {m.claim}\n    {m.change}")


def _show_flagged(flagged: list[Item]) -> None:
    for item in flagged:
        print(f"flagged ({item.article.name} {' '.join(item.evidence)}): {item.claim}")


if __name__ == "__main__":
    raise SystemExit(main())
