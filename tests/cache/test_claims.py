"""Who pays: processes, threads and tasks that want the same replies, and payers that are killed, fail or go away."""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
import warnings
from contextlib import closing
from pathlib import Path

import pytest

from briefing.cache import Cache, CacheWarning, SQLiteCache
from tests.cache import Fetched, claims, fetched, paying, raw, scene, unclaimed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "replies.sqlite3"


@pytest.fixture
def cache(path: Path) -> SQLiteCache:
    return SQLiteCache(path)


# Many at once


def test_eight_processes(path: Path) -> None:
    assert scene("crowd", path) == {"codes": [0] * 8, "found": 900, "replies": 900, "check": "ok"}


def test_killed_while_writing(path: Path) -> None:
    result = scene("killed", path)
    assert result.pop("told") > 100
    assert result == {"codes": [-9] * 4, "lost": [], "check": "ok"}


def test_processes_threads_and_tasks_pay_once(path: Path) -> None:
    assert scene("once", path) == {"codes": [0, 0], "paid": 2, "not cached": 2, "cached": 54}


def test_forks(path: Path) -> None:
    assert scene("fork", path) == {"codes": [0] * 10, "lost": [], "check": "ok"}


# Claims


def test_a_claim(cache: SQLiteCache) -> None:
    assert [cache.claim("a", 5), cache.claim("a", 5), cache.claim("b", 5)] == [True, False, True]
    cache.release("a", holder="another")
    assert not cache.claim("a", 5)
    cache.release("a")
    assert cache.claim("a", 5)
    cache.put("a", "1")
    assert [cache.claim("a", 5), cache.get_or_claim("a", 5), claims(cache.path)] == [False, "1", ["b"]]
    cache.put("b", "2", release=False)  # not served as long as it is claimed
    assert [cache.get_or_claim("b", 5), claims(cache.path)] == [False, ["b"]]
    cache.release("b")
    assert [cache.get_or_claim("b", 5), claims(cache.path)] == ["2", []]


def test_a_claim_of_a_killed_process(path: Path) -> None:
    ends_at_once = sys.platform == "linux"
    assert scene("abandoned", path) == {"while it pays": False, "unburied": ends_at_once, "buried": ends_at_once}


@pytest.mark.parametrize(("age", "lease", "free"), [(0, 300, False), (250, 300, False), (3, 3, True), (-5, 300, True)])
def test_a_claim_of_another_machine(cache: SQLiteCache, path: Path, age: float, lease: float, free: bool) -> None:
    cache.get("a")
    with closing(sqlite3.connect(path)) as connection, connection:
        row = ("a", "elsewhere:1:1 1", time.time() - age, lease)
        connection.execute("INSERT INTO claim VALUES (?, ?, ?, ?)", row)
    assert cache.claim("a", 300) is free
    if not free:
        raw(path, "UPDATE claim SET at = at - 300")
    assert cache.claim("a", 300) is not free


def test_a_lease_is_renewed_while_it_is_paid(cache: SQLiteCache, path: Path) -> None:
    def begun() -> float:
        with closing(sqlite3.connect(path)) as connection:
            return float(connection.execute("SELECT at FROM claim").fetchone()[0])

    async def pay() -> str:
        ledger.append("paid")
        for _ in range(2):  # also a renewed one is renewed
            at, end = begun(), time.monotonic() + 60
            while begun() <= at and time.monotonic() < end:
                await asyncio.sleep(0.02)
            assert begun() > at
        return '"a"'

    async def both() -> list[Fetched]:
        return await asyncio.gather(*(fetched(cache, "a", pay, lease=3) for _ in range(3)))

    ledger: list[str] = []
    assert sorted(asyncio.run(both())) == [('"a"', False), ('"a"', True), ('"a"', True)]
    assert len(ledger) == 1


@pytest.mark.parametrize("how", ["fails", "is cancelled", "is cancelled at once"])
def test_one_who_does_not_pay_leaves_it_to_the_next(cache: SQLiteCache, how: str) -> None:
    async def fail() -> str:
        await asyncio.sleep(0.1 if how == "fails" else 60)
        raise LookupError

    async def both() -> Fetched:
        first = asyncio.create_task(fetched(cache, "a", fail))
        await asyncio.sleep(0 if how == "is cancelled at once" else 0.05)
        second = asyncio.create_task(fetched(cache, "a", paying('"b"')))
        if how != "fails":
            first.cancel()
        with pytest.raises(LookupError if how == "fails" else asyncio.CancelledError):
            await first
        return await asyncio.wait_for(second, 5)

    assert asyncio.run(both()) == ('"b"', False)
    assert claims(cache.path) == []


def test_what_is_paid_is_kept_when_the_caller_is_gone(cache: SQLiteCache) -> None:
    async def gone() -> None:
        task: asyncio.Task[Fetched]

        async def pay() -> str:
            asyncio.get_running_loop().call_soon(task.cancel)
            return '"paid"'

        task = asyncio.create_task(fetched(cache, "a", pay))
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(gone())
    end = time.monotonic() + 5
    while not (value := cache.get("a")) and time.monotonic() < end:
        time.sleep(0.01)
    assert value == '"paid"' and unclaimed(cache)


class Shelf:
    """A cache as a user may write one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.kept: dict[str, str] = {}
        self.error = error

    def get(self, key: str) -> str | None:
        if self.error:
            raise self.error
        return self.kept.get(key)

    def put(self, key: str, value: str) -> None:
        if self.error:
            raise self.error
        self.kept[key] = value


def test_a_cache_of_the_users_own() -> None:
    shelf = Shelf()
    assert isinstance(shelf, Cache)
    assert asyncio.run(fetched(shelf, "a", paying("1"))) == ("1", False)
    assert asyncio.run(fetched(shelf, "a", paying("2"))) == ("1", True)
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("default")
        assert asyncio.run(fetched(Shelf(OSError("gone")), "a", paying("1"))) == ("1", False)
    assert {each.category for each in found} == {CacheWarning}
