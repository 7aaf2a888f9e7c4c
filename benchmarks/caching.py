"""What the cache costs beyond SQLite itself: `python -m benchmarks.caching`.

The same replies of 4 kB lie in our file and in a plain table of a plain WAL database. Each is read once a round, in an
order that is not the one of writing, ours and theirs in turn, so that a busy machine slows both; the median of the
rounds counts. Writing is one commit a reply on both sides, as it is when replies come in one by one.

`langchain-community` is measured too where it is installed: its cache is asked as its models ask it.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks import floors
from briefing.cache import SQLiteCache
from briefing.cachekey import key

ROWS, ROUNDS = 2000, 9
_TEXT = "The ferry carried 120 people across the strait on the day of the trial, “so” said the captain."


class _Raw:
    """What anybody writes with the standard library: one table, one connection, WAL."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute("CREATE TABLE reply (key TEXT PRIMARY KEY, value TEXT)")

    def get(self, key: str) -> str:
        row = self._connection.execute("SELECT value FROM reply WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    def put(self, key: str, value: str) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT OR REPLACE INTO reply VALUES (?, ?)", (key, value))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


class _LangChain:
    """LangChain's SQLite cache: the key is its prompt and model, the value a generation."""

    def __init__(self, path: Path) -> None:
        theirs: Any = import_module("langchain_community.cache")
        self._cache = theirs.SQLiteCache(str(path))
        self._generation: Any = import_module("langchain_core.outputs").Generation

    def get(self, key: str) -> str:
        (found,) = self._cache.lookup(key, "m")
        return str(found.text)

    def put(self, key: str, value: str) -> None:
        self._cache.update(key, "m", [self._generation(text=value)])

    def close(self) -> None:
        self._cache.engine.dispose()


def replies() -> dict[str, str]:
    """Return replies of about 4 kB as they are kept, under their keys."""
    points = ({"points": [{"text": f"{n} {i} {_TEXT}", "evidence": ["s3"]} for i in range(26)]} for n in range(ROWS))
    return {key(number=n): json.dumps({"reply": json.dumps(each)}) for n, each in enumerate(points)}


def measure() -> dict[str, float]:
    """Return the figures that have floors, after printing what they are made of."""
    rows = replies()
    with tempfile.TemporaryDirectory() as folder:
        sides: dict[str, Any] = {"ours": SQLiteCache(Path(folder) / "ours"), "raw": _Raw(Path(folder) / "raw")}
        if find_spec("langchain_community"):
            sides["langchain"] = _LangChain(Path(folder) / "langchain")
        puts = {who: _microseconds(partial(_put, side, rows), [*rows]) for who, side in sides.items()}
        gets = _gets(sides, rows)
        for side in sides.values():
            side.close()
    for who in sides:
        print(
            f"{who}: get {gets[who]:.1f} µs, put {puts[who]:.1f} µs, a reply of {len(next(iter(rows.values())))} bytes"
        )
    figures = {"get_over_raw": gets["ours"] / gets["raw"], "put_over_raw": puts["ours"] / puts["raw"]}
    if "langchain" in gets:
        figures["get_times_langchain"] = gets["langchain"] / gets["ours"]
    return figures


def _gets(sides: dict[str, Any], rows: dict[str, str]) -> dict[str, float]:
    """Return the median microseconds of a get; what comes is compared before anything is measured."""
    keys = [*rows]
    random.Random(5).shuffle(keys)  # noqa: S311
    for one in keys[:100]:
        assert all(side.get(one) == rows[one] for side in sides.values())  # noqa: S101
    rounds: dict[str, list[float]] = {who: [] for who in sides}
    for _ in range(ROUNDS):
        for who, side in sides.items():
            rounds[who].append(_microseconds(side.get, keys))
    return {who: statistics.median(each) for who, each in rounds.items()}


def _put(side: Any, rows: dict[str, str], one: str) -> None:
    side.put(one, rows[one])


def _microseconds(call: Callable[[str], object], keys: Sequence[str]) -> float:
    start = time.perf_counter()
    for one in keys:
        call(one)
    return (time.perf_counter() - start) / len(keys) * 1e6


def main() -> int:
    """Measure and compare with the floors."""
    return 0 if floors.hold("caching", measure()) else 1


if __name__ == "__main__":
    sys.exit(main())
