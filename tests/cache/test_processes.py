"""Processes and tasks that want the same briefings: each is paid for once, whoever is killed, cancelled or alone."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import briefing
from briefing import Briefing
from briefing.cache import SQLiteCache
from tests.cache import ARTICLE, made, rows, scene, unclaimed
from tests.faults import FaultServer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "replies.sqlite3"


def test_what_one_process_paid_for_another_finds(path: Path) -> None:
    with FaultServer() as server:
        result = scene("relay", path, server.base_url, of="processes")
        # the third was killed when its reply had come, the fifth when three of its slices had
        assert result["codes"] == [0, 0, 9, 0, 9, 0, 0]
        first, again, killed, resumed, at_last = result["used"]
        assert [first, again, killed] == [[1, 0], [0, 1], [0, 1]]
        assert resumed[0] > 0 and resumed[1] >= 3
        assert at_last == [0, sum(resumed)]
        slices = [call for call in server.ledger if call.number > 1]
        asked = {call.raw for call in slices}
        assert len(asked) == sum(resumed) > 4
        # what was in flight when it was killed may be paid twice, and nothing else
        assert len(slices) - len(asked) <= 8 - 3 and server.billed == server.calls == 2 + len(slices)


def test_eight_processes_on_the_same_articles_pay_once(path: Path) -> None:
    with FaultServer(delay=0.05) as server:
        result = scene("crowd", path, server.base_url, of="processes")
        assert result == {"codes": [0] * 8, "paid": 100, "cached": 700, "results": 800}
        assert server.billed == server.calls == 100


# Within one process


def test_twenty_at_once_pay_once(path: Path) -> None:
    async def every(server: FaultServer) -> list[Briefing]:
        engine = made(server)
        return await asyncio.gather(*(briefing.asummarize(ARTICLE, engine=engine, cache=path) for _ in range(20)))

    with FaultServer(delay=0.1) as server:
        results = asyncio.run(every(server))
        assert server.calls == 1
    assert sorted((result.usage.calls, result.usage.cached) for result in results) == [(0, 1)] * 19 + [(1, 0)]
    assert len({result.text() for result in results}) == 1


@pytest.mark.parametrize("many", [1, 5])
def test_one_who_is_cancelled_leaves_it_to_the_next(path: Path, many: int) -> None:
    async def both(server: FaultServer) -> list[Briefing]:
        engine = made(server)
        first = asyncio.create_task(briefing.asummarize(ARTICLE, engine=engine, cache=path))
        while not server.calls:
            await asyncio.sleep(0.01)
        others = [asyncio.create_task(briefing.asummarize(ARTICLE, engine=engine, cache=path)) for _ in range(many)]
        await asyncio.sleep(0.1)
        assert server.calls == 1  # they wait for it
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await asyncio.wait_for(asyncio.gather(*others), 60)

    with FaultServer(["hang"]) as server:
        results = asyncio.run(both(server))
        assert server.faults == ["hang", "ok"]
    assert sum(result.usage.calls or 0 for result in results) == 1
    assert unclaimed(SQLiteCache(path))


def test_who_waits_for_another_waits_no_longer_than_its_own_deadline(path: Path) -> None:
    async def both(server: FaultServer) -> None:
        patient = asyncio.create_task(
            briefing.asummarize(ARTICLE, engine=made(server, "both", deadline=60), cache=path)
        )
        while not server.calls:
            await asyncio.sleep(0.01)
        with pytest.raises(briefing.DeadlineExceeded) as caught:
            await briefing.asummarize(ARTICLE, engine=made(server, "both", deadline=2), cache=path)
        assert (caught.value.attempts, caught.value.usage) == (0, briefing.Usage())
        patient.cancel()
        with pytest.raises(asyncio.CancelledError):
            await patient

    with FaultServer(["hang"], forever=True) as server:
        asyncio.run(asyncio.wait_for(both(server), 60))
        assert server.calls == 1


# Where the file cannot be written


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder where another user may look."""
    found = Path(tempfile.mkdtemp())
    found.chmod(0o755)
    yield found
    shutil.rmtree(found)


def test_a_full_disk_and_a_folder_of_another_user(folder: Path) -> None:
    theirs = folder / "theirs"
    cache = SQLiteCache(theirs / "replies.sqlite3")
    cache.put("a", "1")
    cache.close()
    (theirs / "replies.sqlite3").chmod(0o644)
    theirs.chmod(0o555)
    before = {each.name: each.read_bytes() for each in theirs.iterdir()}
    with FaultServer() as server:
        result = scene("hindered", folder, server.base_url, of="processes")
        assert server.calls == 1 + 30 + 3
    assert [result[name][0] for name in ("full", "theirs")] == [30, 3]
    assert ["CacheWarning" in each and "Make room" in each for each in result["full"][1]] == [True]
    assert ["CacheWarning" in each for each in result["theirs"][1]] == [True]
    assert 3 <= len(rows(folder / "full" / "replies.sqlite3")) < 30
    assert {each.name: each.read_bytes() for each in theirs.iterdir()} == before
