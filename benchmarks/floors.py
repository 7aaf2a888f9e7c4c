"""The floors under every measured figure: `floors.json`, one table a benchmark.

A row is `{"at_least": 4}` or `{"at_most": 0.3}`, with `"goal"` where more is wanted than is demanded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

_FILE = Path(__file__).with_name("floors.json")


def hold(benchmark: str, measured: Mapping[str, float]) -> bool:
    """Return whether every measured figure that has a floor keeps to it, after printing each beside its floor."""
    rows: dict[str, dict[str, float]] = json.loads(_FILE.read_text(encoding="utf-8")).get(benchmark, {})
    held = True
    for name, value in measured.items():
        row = rows.get(name, {})
        ok = row.get("at_least", value) <= value <= row.get("at_most", value)
        held &= ok
        bounds = ", ".join(f"{word.replace('_', ' ')} {bound:g}" for word, bound in row.items()) or "no floor"
        print(f"{'' if ok else 'UNDER THE FLOOR: '}{name} {value:.4g} ({bounds})")
    return held
