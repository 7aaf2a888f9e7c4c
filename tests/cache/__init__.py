"""What the tests of the cache share: replies that cost something, and scenes with processes of their own."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
import warnings
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from briefing import OpenAI
from briefing.cache import Cache, CacheWarning, SQLiteCache
from briefing.once import LEASE, turn
from tests.faults import FaultServer

#: As long as a real one.
KEY = "sk-canary-3f9a6b1c7d20e84f5a"
ARTICLE = (
    "The council approved the new bridge on Monday. It will cost $4 million. Work begins in May, Mayor Ana Holm said. "
    "The ferry stops running then."
)
QUESTION = "What did the council approve on Monday?"
_names = count()


def made(server: FaultServer, model: str = "", **options: Any) -> OpenAI:
    """Return an engine of its own: what is learnt of a server and model is shared in the process."""
    return OpenAI(model or f"kept-{next(_names)}", options.pop("base_url", server.base_url), KEY, **options)


def article(number: int) -> str:
    """Return one of many short articles."""
    return f"Port {chr(65 + number % 26)}ona approved bridge {number} on Monday. It costs {number + 2} million euros."


@contextmanager
def told(*words: str) -> Iterator[None]:
    """Hold that there is one warning for each of these words, in this order, and none else."""
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        yield
    assert len(found) == len(words), [str(each.message) for each in found]
    for each, word in zip(found, words, strict=True):
        assert each.category is CacheWarning
        assert word in str(each.message)


def raw(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


class Row(NamedTuple):
    kind: str
    key: str
    value: Any
    about: dict[str, str]


def rows(path: Path, about: str = "") -> list[Row]:
    """Return what lies in the file, the replies first; `about` is what must stand in what is told of each."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(
            "SELECT 'reply', key, value, about FROM reply UNION ALL SELECT 'failure', key, value, about FROM failure"
        )
        return [
            Row(kind, key, json.loads(value), json.loads(told)) for kind, key, value, told in found if about in told
        ]


def claims(path: Path) -> list[str]:
    """Return the keys that are claimed, also those whose reply was kept: `stats` does not count these."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return [key for (key,) in connection.execute("SELECT key FROM claim ORDER BY key")]


def unclaimed(cache: SQLiteCache) -> bool:
    """Return whether all claims have ended, or do so soon: that is written down when a turn is over already."""
    end = time.monotonic() + 5
    while (left := claims(cache.path)) and time.monotonic() < end:
        time.sleep(0.01)
    return not left


def scene(name: str, path: Path, *more: str, of: str = "scenes") -> dict[str, Any]:
    command = [sys.executable, "-m", f"tests.cache.{of}", name, str(path), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


class Fetched(NamedTuple):
    """A reply as JSON text, and whether it came from the cache: the caller paid nothing for it."""

    value: str
    cached: bool


async def fetched(cache: Cache, key: str, pay: Callable[[], Awaitable[str]], *, lease: float = LEASE) -> Fetched:
    """Return the reply under this key, paid for by `pay` when nobody has."""
    async with turn(cache, key, lease=lease) as own:
        await own.claim()
        if own.found is not None:
            return Fetched(own.found, cached=True)
        value = await pay()
        await own.keep(value)
        return Fetched(value, cached=False)


def paying(value: str, seconds: float = 0.0, ledger: list[str] | None = None) -> Callable[[], Any]:
    async def pay() -> str:
        if ledger is not None:
            ledger.append(value)
        await asyncio.sleep(seconds)
        return value

    return pay
