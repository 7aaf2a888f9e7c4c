"""Batches that are killed, interrupted, or left by their server, and go on: nothing is lost, next to nothing paid twice.

The server's ledger says what was paid for: each call that came counts, whoever was there to read the reply.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

import briefing
from briefing.batching import Result
from briefing.errors import ConnectionFailed
from briefing.once import LEASE
from tests.batch.crashes import Crashes, Ended, article, people
from tests.faults import OK, Call, Fault, FaultServer

ARTICLES, IN_FLIGHT, DELAY = 300, 16, 0.03
GIVEN = [article(number) for number in range(ARTICLES)]
IDS = [each["id"] for each in GIVEN]
ABOUT = [people(each["text"]) for each in GIVEN]


class Blows:
    """The plan of a server that answers well, and strikes a process a moment after a call has come: before its reply."""

    def __init__(self, signal_: signal.Signals) -> None:
        self._signal, self._process = signal_, 0
        self.at = 0.0

    def aim(self, process: int, call: int, wait: float) -> None:
        self._call, self._wait, self._process = call, wait, process

    def __call__(self, call: Call) -> Fault:
        if self._process and call.number >= self._call:
            asyncio.get_running_loop().call_later(self._wait, self._strike, self._process)
            self._process = 0
        return OK

    def _strike(self, process: int) -> None:
        self.at = time.monotonic()
        os.kill(process, self._signal)


def struck(crashes: Crashes, server: FaultServer, blows: Blows, times: int, way: str = "batch") -> Iterator[Ended]:
    """Yield how each batch ended that was struck while at work, early or late, and at last that of one that was not."""
    chance = random.Random(5)  # noqa: S311
    for left in range(times, 0, -1):
        missing = ARTICLES - crashes.cache.stats().replies
        call = server.calls + chance.randint(0, min(missing - 1, 2 * missing // left))
        process = crashes.start(ARTICLES, IN_FLIGHT, way)
        blows.aim(process, call, chance.uniform(0, DELAY))
        yield crashes.end(process)
    yield crashes.end(crashes.start(ARTICLES, IN_FLIGHT, way))


def asked_again(crashes: Crashes, server: FaultServer) -> list[str]:
    """Return what was asked for after the cache had kept the reply."""
    kept = crashes.kept()
    return [about for call in server.ledger if kept.get(about := asked(call), call.arrived) < call.arrived]


def asked(call: Call) -> str:
    return people(call.raw.decode())


def mixed_up(ends: list[Ended]) -> list[dict[str, object]]:
    """Return the results that are not about their article."""
    return [result for end in ends for result in end.results if result["about"] != ABOUT[int(result["id"])]]


def check(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def test_killed(tmp_path: Path) -> None:
    blows = Blows(signal.SIGKILL)
    with FaultServer(blows, delay=DELAY) as server, Crashes(tmp_path, server.base_url) as crashes:
        *ends, last = struck(crashes, server, blows, 20)
        assert Counter((end.code, end.errors) for end in ends) == {(-signal.SIGKILL, ""): 20}
        assert (last.code, last.errors) == (0, "")
        assert [result["id"] for result in last.results] == IDS
        assert mixed_up([*ends, last]) == []
        assert asked_again(crashes, server) == []
        assert server.calls <= ARTICLES + 20 * IN_FLIGHT
        assert max(end.seconds for end in [*ends, last]) < LEASE / 2  # nobody waited for the claim of one who is dead
        stock = crashes.cache.stats()
        assert (stock.replies, stock.failures, stock.claims, check(crashes.cache.path)) == (ARTICLES, 0, 0, "ok")


#: What an interrupt prints before its name: the way to where it came, and no complaint of anything left behind.
PRINTED = {"Traceback (most recent call last):", "During handling of the above exception, another exception occurred:"}


@pytest.mark.parametrize(("way", "times"), [("batch", 5), ("batch in a loop", 2), ("abatch", 2)])
def test_interrupted(tmp_path: Path, way: str, times: int) -> None:
    blows, ends = Blows(signal.SIGINT), list[Ended]()
    with FaultServer(blows, delay=DELAY) as server, Crashes(tmp_path, server.base_url) as crashes:
        for end in struck(crashes, server, blows, times, way):
            ends.append(end)
            if len(ends) <= times:
                *lines, last = [line for line in end.errors.splitlines() if line and not line.startswith(" ")]
                assert (end.code, last) == (-signal.SIGINT, "KeyboardInterrupt"), end.errors
                assert set(lines) <= {*PRINTED, "asyncio.exceptions.CancelledError"}, end.errors
                assert end.at - blows.at < 2
                assert [call.number for call in server.ledger if call.arrived > min(end.at, blows.at + 0.5)] == []
        assert (end.code, end.errors, [result["id"] for result in end.results]) == (0, "", IDS)
        assert mixed_up(ends) == []
        assert asked_again(crashes, server) == []
        assert server.calls <= ARTICLES + times * IN_FLIGHT


def test_eight_at_once(tmp_path: Path) -> None:
    with FaultServer(delay=DELAY) as server, Crashes(tmp_path, server.base_url) as crashes:
        ends = [crashes.end(process) for process in [crashes.start(100, IN_FLIGHT) for _ in range(8)]]
        assert [(end.code, end.errors, len(end.results)) for end in ends] == [(0, "", 100)] * 8
        assert mixed_up(ends) == []
        assert Counter(map(asked, server.ledger)) == {str(1_000 + number): 1 for number in range(100)}


# A server that dies

AT_ONCE = 48


def batch(server: FaultServer, articles: Iterable[object]) -> list[Result]:
    engine = briefing.OpenAI("m", base_url=server.base_url)
    return list(briefing.batch(articles, engine=engine, concurrency=AT_ONCE))


def until(end: Callable[[], object]) -> Iterator[object]:
    """Yield the articles, and after two thirds of them, with calls in flight, let something come to its end."""
    for number, each in enumerate(GIVEN):
        if number == 200:
            end()
        yield each


def test_the_server_dies_and_comes_back() -> None:
    def again() -> None:
        servers.close()
        second.port = first.port
        servers.enter_context(second)

    first, second = FaultServer(delay=DELAY), FaultServer(delay=DELAY)
    with ExitStack() as servers:
        servers.enter_context(first)
        results = batch(first, until(again))
    assert [result.id for result in results if not isinstance(result, briefing.Failure)] == IDS
    times = Counter(map(asked, [*first.ledger, *second.ledger]))
    assert max(times.values()) <= 2 and times.total() <= ARTICLES + AT_ONCE
    assert {
        about: 1 for result, about in zip(results, ABOUT, strict=True) if result.usage.calls == 1
    }.items() <= times.items()


def test_the_server_dies_and_is_away_for_long() -> None:
    with ExitStack() as servers:
        first = servers.enter_context(FaultServer(delay=DELAY))
        results = batch(first, until(servers.close))
    failed = [result for result in results if isinstance(result, briefing.Failure)]
    assert [result.id for result in results] == IDS
    assert {type(result.error) for result in failed} == {ConnectionFailed}
    with FaultServer(delay=DELAY, port=first.port) as second:
        results = batch(second, GIVEN)
    assert [result.id for result in results if not isinstance(result, briefing.Failure)] == IDS
    assert Counter(map(asked, second.ledger)) == {str(1_000 + int(result.id)): 1 for result in failed}
