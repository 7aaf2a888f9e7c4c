"""A batch and the server that it calls: how many calls at once, pauses and pace, what was used, what is kept."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from briefing import (
    Answer,
    Briefing,
    Budget,
    CacheWarning,
    ConfigError,
    Pace,
    RateLimited,
    Usage,
    abatch,
    batch,
    metered,
    summarize,
)
from briefing.flow import Result
from tests.batch.engines import Writes, article, failures, ids, model, numbers, one
from tests.faults import Call, Fault, FaultServer, Writer, status
from tests.faults.fault import Step, well
from tests.faults.plan import Plan

PRICES = (2.0, 10.0)
LONG = {
    "id": "long",
    "text": "\n".join(f"On day {n} the ferry carried {n * 7} people to Port Alder." for n in range(300)),
}


def used(results: list[Result]) -> dict[str, Any]:
    return rounded(sum((result.usage for result in results), Usage()))


def rounded(usage: Usage) -> dict[str, Any]:
    """Return what was used, with its cost to the last digit that does not hang on the order of the sum."""
    return {**usage.model_dump(), "cost": None if usage.cost is None else round(usage.cost, 12)}


# How many at once


@pytest.mark.parametrize("concurrency", [1, 3, Pace(3)], ids=["1", "3", "a pace"])
def test_no_more_calls_are_in_flight_than_were_allowed(concurrency: Any) -> None:
    """Also not where an article takes several: slices, and claims that are sent back."""
    rows = [LONG, *map(article, range(12))]
    with FaultServer(writer=Writer(lies={"headline": "figure"}), delay=0.02) as server:
        results = list(batch(rows, engine=model(server, context=4_096), concurrency=concurrency))
        tasks = {call.task for call in server.ledger}
    assert ids(results) == ["long", *[f"a{number}" for number in range(12)]] and not failures(results)
    assert tasks >= {"summarize", "reduce", "revise"}
    assert server.most_in_flight == (1 if concurrency == 1 else 3)


def test_more_articles_than_calls_are_under_way() -> None:
    def waits(call: Call) -> Iterator[Step]:
        """Answer none before 32 are there, and a 33rd had the time to come."""
        end = time.monotonic() + 30
        while server.most_in_flight < 32 and time.monotonic() < end:
            yield 0.01
        yield 0.2
        yield from well(call)

    with FaultServer(Fault("waits", waits, billed=True), forever=True) as server:
        assert len(list(batch(map(article, range(64)), engine=model(server), concurrency=32))) == 64
    assert server.most_in_flight == 32


@pytest.mark.parametrize("cached", [False, True], ids=["", "cached"])
@pytest.mark.parametrize("concurrency", [1, 4])
def test_an_engine_of_ones_own_writes_no_more_at_once(concurrency: int, cached: bool, tmp_path: Path) -> None:
    async def waits(number: int) -> None:
        await asyncio.sleep(0.01)

    engine, cache = Writes(waits), tmp_path / "drafts.sqlite3" if cached else None
    assert numbers(batch(map(article, range(20)), engine=engine, concurrency=concurrency, cache=cache)) == [*range(20)]
    assert engine.most_in_flight == concurrency
    assert numbers(batch(map(article, range(20)), engine=engine, concurrency=concurrency, cache=cache)) == [*range(20)]
    assert len(engine.begun) == (20 if cached else 40)


# Pauses and pace


def test_a_burst_of_refusals_slows_all_and_loses_none() -> None:
    limit = status(429, None, {"retry-after": "0.4"}, "limit")
    with FaultServer(["ok", *[limit] * 6], delay=0.02) as server:
        results = list(batch(map(article, range(30)), engine=model(server), concurrency=8))
        refused = [call for call in server.ledger if call.fault == "limit"]
        told = max(call.ended or 0.0 for call in refused) + 0.05
        within = [call for call in server.ledger if told < call.arrived < min(c.ended or 0.0 for c in refused) + 0.4]
    assert numbers(results) == list(range(30)) and not failures(results)
    assert (server.calls, server.billed, within) == (36, 30, [])


@pytest.mark.parametrize(
    "plan", [["500"] * 4, ["reset_in_body"] * 3, ["not_json"] * 3, ["hang", "ok"]], ids=lambda plan: plan[0]
)
def test_what_goes_wrong_once_is_made_good(plan: Plan) -> None:
    with FaultServer(plan, delay=0.01) as server:
        results = list(batch(map(article, range(12)), engine=model(server, deadline=3.0), concurrency=4))
    assert ids(results) == [f"a{number}" for number in range(12)]
    assert [type(failed.error).__name__ for failed in failures(results)] == ["DeadlineExceeded"] * (
        plan == ["hang", "ok"]
    )


def test_to_wait_for_ones_turn_is_no_delay_of_the_server() -> None:
    pace = Pace(4, requests_per_minute=180)
    with FaultServer(delay=0.01) as server:
        began = time.monotonic()
        results = list(batch(map(article, range(10)), engine=model(server, deadline=1.0), concurrency=pace))
        assert time.monotonic() - began > 1.5
    assert not failures(results) and numbers(results) == list(range(10)) and server.calls == 10


def test_a_minutes_tokens_are_kept_to() -> None:
    pace = Pace(8, tokens_per_minute=5_000, clock=lambda: 0.0)  # the minute stands still, on a slow machine too
    with FaultServer() as server:
        engine = model(server, max_tokens=100)
        results = batch(map(article, range(100)), engine=engine, concurrency=pace, ordered=False)
        assert isinstance(next(results), Briefing)
        time.sleep(0.2)
        server.read_all()
        assert server.calls == 1
        results.close()
        server.read_all()
        assert server.calls == 1


async def listed(results: AsyncIterator[Result]) -> list[Result]:
    return [result async for result in results]


def test_a_pace_serves_the_batches_of_one_event_loop() -> None:
    begun, go_on, pace, other = threading.Event(), threading.Event(), Pace(3), "another event loop: give each batch"

    def run() -> AsyncIterator[Result]:
        return abatch(map(article, range(8)), engine=Writes(), concurrency=pace)

    async def slowly() -> list[int]:
        results = []
        async for result in run():
            results.append(result)
            begun.set()
            await asyncio.to_thread(go_on.wait, 30)
        return numbers(results)

    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(asyncio.run, slowly())
        assert begun.wait(30)
        for _ in range(2):  # one that was refused leaves it as it was
            with pytest.raises(ConfigError, match=other):
                asyncio.run(listed(run()))
        with pytest.raises(ConfigError, match=other):
            next(batch(["It rained."], engine=Writes(), concurrency=pace))
        go_on.set()
        assert first.result(30) == list(range(8))
    assert numbers(asyncio.run(listed(run()))) == list(range(8))


def test_batches_in_several_threads_share_a_pace() -> None:
    def run(first: int) -> list[int]:
        return numbers(batch(map(article, range(first, first + 9)), engine=engine, concurrency=pace))

    pace = Pace(3)
    with FaultServer(delay=0.02) as server, ThreadPoolExecutor(4) as threads:
        engine = model(server)
        assert [number for each in threads.map(run, range(0, 36, 9)) for number in each] == list(range(36))
    assert server.calls == 36 and server.most_in_flight <= 3


# What was used


@pytest.mark.parametrize("plan", [None, ["400", "ok", "429", "not_json", "not_json"]], ids=["well", "with faults"])
@pytest.mark.parametrize("kind", ["batch", "abatch"])
def test_all_that_was_used_is_told(plan: Plan, kind: str) -> None:
    def run() -> list[Result]:
        rows = [article(number) for number in range(10)]
        if kind == "batch":
            return list(batch(rows, engine=engine, concurrency=4))
        return asyncio.run(awaited(rows))

    async def awaited(rows: list[dict[str, str]]) -> list[Result]:
        return [result async for result in abatch(rows, engine=engine, concurrency=4)]

    with FaultServer(plan, writer=Writer(lies={"points": "figure"})) as server:
        engine = model(server, prices=PRICES)
        with metered() as meter:
            results = run()
        assert rounded(meter.usage) == used(results)
        assert meter.usage.calls == server.calls >= 10
        read, wrote = (sum(each) for each in zip(*(call.tokens for call in server.ledger), strict=True))
        if plan is None:
            assert (meter.usage.input_tokens, meter.usage.output_tokens) == (read, wrote)
            assert meter.usage.cost == pytest.approx((read * PRICES[0] + wrote * PRICES[1]) / 1_000_000)
        for failed in failures(results):
            assert failed.usage.calls and failed.usage == (getattr(failed.error, "usage", None) or failed.usage)
        calls = server.calls
        with metered() as meter:
            again = run()
        assert rounded(meter.usage) == used(again)
        if plan is None:
            assert (meter.usage, server.calls) == (Usage(cached=10), calls)
            assert [{**r.model_dump(), "usage": None} for r in again] == [
                {**r.model_dump(), "usage": None} for r in results
            ]


def test_a_text_that_comes_twice_is_paid_once() -> None:
    with FaultServer(delay=0.05) as server:
        results = list(batch([{**article(0), "id": str(number)} for number in range(10)], engine=model(server)))
        assert (ids(results), server.calls) == ([str(number) for number in range(10)], 1)
        assert used(results)["cached"] == 9
        results = list(batch([article(0)] * 5, engine=model(server), cache=None))
        assert (len(results), server.calls, used(results)["cached"]) == (5, 6, 0)


def test_questions_and_briefings_lie_side_by_side(tmp_path: Path) -> None:
    rows = [article(number) for number in range(4)]
    with FaultServer() as server:
        engine, cache = model(server), tmp_path / "mine.sqlite3"
        for question in (None, ["How many people did the ferry carry?", "Where to did the ferry carry people?"]) * 2:
            results = list(batch(rows, engine=engine, question=question, cache=cache))
            assert {type(result) for result in results} == {Answer if question else Briefing}
        assert server.calls == 4 + 8


class Fails:
    """A cache that is of no use."""

    def get(self, key: str) -> str | None:
        raise OSError("no")

    def put(self, key: str, value: str) -> None:
        raise OSError("no")


def test_a_cache_that_fails_stops_nobody() -> None:
    with FaultServer() as server, pytest.warns(CacheWarning):
        results = list(batch(map(article, range(5)), engine=model(server), cache=Fails()))
    assert numbers(results) == list(range(5)) and not failures(results)


def test_the_engine_that_is_set_up_is_told_in_each_result(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        monkeypatch.setenv("BRIEFING_MODEL", "set-up")
        for result in batch(map(article, range(3))):
            assert isinstance(result, Briefing)
            assert result.engine.startswith("openai:set-up@") and "OPENAI_BASE_URL" in result.notes[0]
    assert server.calls == 3


def test_a_fallback_writes_where_the_server_fails() -> None:
    with FaultServer(["ok", "401_echoes_key"], forever=True) as server:
        results = list(batch(map(article, range(6)), engine=model(server), concurrency=2, fallback="extractive"))
    written = [result for result in results if isinstance(result, Briefing)]
    by = [result.engine.partition(":")[0].partition("/")[0] for result in written]
    assert sorted(by) == ["extractive"] * 5 + ["openai"]
    assert [any("failed" in note for note in result.notes) for result in written] == [
        kind == "extractive" for kind in by
    ]


def test_a_pause_that_was_asked_for_costs_no_deadline() -> None:
    long = status(429, None, {"retry-after": "2"}, "429_two_seconds")
    with FaultServer([long]) as server:
        results = list(batch(map(article, range(6)), engine=model(server, deadline=1), concurrency=2))
        assert not failures(results) and server.calls == 7
    with FaultServer([long]) as server, pytest.raises(RateLimited):  # alone, the deadline is the caller's
        summarize(article(0), engine=model(server, deadline=1))


def test_claims_that_could_not_be_revised_for_want_of_budget_are_dropped() -> None:
    with FaultServer(writer=Writer(lies={"headline": "figure"})) as server:
        result = one(batch([article(0)], engine=model(server), budget=Budget(calls=1)))
    assert isinstance(result, Briefing) and server.calls == 1
    assert any("budget of 1 calls" in note for note in result.notes)
