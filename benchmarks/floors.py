"""The floors under every measured figure: `floors.json`, one table a benchmark.

A row is `{"at_least": 4}` or `{"at_most": 0.3}`, with `"goal"` where more is wanted than is demanded. Where figures
depend on data that lie elsewhere, the row `"corpus"` holds their hash: on other data nothing is compared.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("floors.json")


def hold(benchmark: str, measured: Mapping[str, float], corpus: str = "") -> bool:
    """Return whether every measured figure that has a floor keeps to it, after printing each beside its floor.

    `corpus` is the hash of the data measured on; when it is not the one of the floors, none is compared.
    """
    rows: dict[str, dict[str, Any]] = dict(_read().get(benchmark, {}))
    known = rows.pop("corpus", {}).get("sha256", corpus)
    if known != corpus:
        print(f"The data are not those of the floors (sha256 {corpus[:12]}, not {known[:12]}): nothing is compared.")
        rows = {}
    held = True
    for name, value in measured.items():
        row = rows.get(name, {})
        ok = row.get("at_least", value) <= value <= row.get("at_most", value)
        held &= ok
        bounds = ", ".join(f"{word.replace('_', ' ')} {bound:g}" for word, bound in row.items()) or "no floor"
        print(f"{'' if ok else 'UNDER THE FLOOR: '}{name} {value:.4g} ({bounds})")
    return held


def write(benchmark: str, measured: Mapping[str, float], corpus: str, *, slack: float = 0.005) -> None:
    """Write the floors of a benchmark anew: each figure that has one, or is new, less `slack`, with the data's hash.

    Goals and upper bounds stay as they are. This is the only way in which a floor comes down.
    """
    tables = _read()
    old = tables.get(benchmark, {})
    new: dict[str, dict[str, Any]] = {"corpus": {"sha256": corpus}}
    for name, value in measured.items():
        row = dict(old.get(name, {}))
        if "at_most" not in row:
            row = {"at_least": round(value - slack, 3)} | {k: v for k, v in row.items() if k != "at_least"}
        new[name] = row
    tables[benchmark] = new
    _FILE.write_text(json.dumps(tables, indent=2) + "\n", encoding="utf-8")


def _read() -> dict[str, dict[str, dict[str, Any]]]:
    tables: dict[str, dict[str, dict[str, Any]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return tables
