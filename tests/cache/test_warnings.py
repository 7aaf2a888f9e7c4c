"""Warnings of the cache that are made errors, as all are here: told in the log, and nothing that was paid for is lost."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import SQLiteCache, Usage
from tests.cache import ARTICLE, Fetched, claims, fetched, made, paying, raw
from tests.cache.test_claims import Shelf
from tests.faults import FaultServer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "replies.sqlite3"


def locked(path: Path) -> sqlite3.Connection:
    """Return a connection that holds the lock until it is closed."""
    raw(path, "DELETE FROM reply")  # or it would be served: it can be read
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


Trouble = Callable[[Path], object]
TROUBLES: dict[str, tuple[Trouble, str, bool]] = {  # what it is, what is told of it, and whether what is put is kept
    "not ours": (lambda path: path.write_bytes(b"x" * 5000), "no cache of briefing", False),
    "damaged": (lambda path: path.write_bytes(path.read_bytes()[:5000]), "was damaged", True),
    "a damaged row": (lambda path: raw(path, "UPDATE reply SET value = '5'"), "damaged rows", True),
    "locked": (locked, "locked by another process", False),
    "none": (lambda path: raw(path, "DELETE FROM reply"), "", True),
}


def warned(caplog: pytest.LogCaptureFixture) -> str:
    """Return what was told, once, in the log."""
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(told) <= 1
    return "".join(told)


@pytest.mark.parametrize("name", TROUBLES)
@pytest.mark.parametrize("batched", [False, True], ids=["alone", "batch"])
def test_a_briefing_comes_all_the_same(name: str, batched: bool, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    trouble, word, kept = TROUBLES[name]

    def brief() -> Any:
        if batched:
            return next(iter(briefing.batch([ARTICLE], engine=made(server, "m"), cache=cache)))
        return briefing.summarize(ARTICLE, engine=made(server, "m"), cache=cache)

    with FaultServer() as server:
        cache = SQLiteCache(path)
        first = brief()
        cache.close()
        made_here = trouble(path)
        cache = SQLiteCache(path, patience=0.1)
        again, third = brief(), brief()
        if isinstance(made_here, sqlite3.Connection):
            made_here.close()
        assert (again.usage.calls, first.text(), first.text()) == (1, again.text(), third.text())
        assert third.usage.cached == kept and server.calls == 3 - kept
    assert word in warned(caplog) and warned(caplog).startswith(f"The cache {path} " if word else "")
    assert bool(word) == bool(warned(caplog))
    if name != "not ours":
        assert claims(path) == []


def test_what_was_claimed_as_the_warning_came_is_waited_for_by_nobody(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = SQLiteCache(path)
    cache.put("a", "1")
    raw(path, "UPDATE reply SET value = '5'")
    assert asyncio.run(asyncio.wait_for(fetched(cache, "a", paying("2"), lease=600), 20)) == Fetched("2", cached=False)
    assert "damaged rows" in warned(caplog) and cache.get("a") == "2" and claims(path) == []


def test_what_another_pays_is_waited_for(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    others: list[asyncio.Task[Fetched]] = []

    async def pay() -> str:
        raw(path, "INSERT INTO reply VALUES ('a', '5', x'00', 0, '{}')")
        others.append(asyncio.create_task(fetched(SQLiteCache(path), "a", paying("3"))))
        while not warned(caplog):
            await asyncio.sleep(0.01)
        return "2"

    async def both() -> list[Fetched]:
        return [await asyncio.wait_for(fetched(SQLiteCache(path), "a", pay), 20), await asyncio.wait_for(others[0], 20)]

    assert asyncio.run(both()) == [("2", False), ("2", True)]
    assert "damaged rows" in warned(caplog)


def test_a_cache_of_the_users_own_that_fails(caplog: pytest.LogCaptureFixture) -> None:
    shelf = Shelf(OSError("gone"))
    with FaultServer() as server:
        assert briefing.summarize(ARTICLE, engine=made(server), cache=shelf).usage.calls == 1
        shelf.error = None
        assert briefing.summarize(ARTICLE, engine=made(server, "m"), cache=shelf).usage.calls == 1
        assert briefing.summarize(ARTICLE, engine=made(server, "m"), cache=shelf).usage == Usage(cached=1)
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert ["Shelf, failed" in each for each in told] == [True, True]
