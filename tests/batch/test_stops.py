"""What stops a batch: what would fail alike for all, a budget, an interrupt; what is done is given, and no call follows."""

from __future__ import annotations

import asyncio
import itertools
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import aclosing
from typing import Any, NamedTuple

import pytest

import briefing
from briefing import (
    AuthFailed,
    Briefing,
    Budget,
    BudgetExceeded,
    ConfigError,
    EngineError,
    Failure,
    ModelNotFound,
    OpenAI,
    QuotaExceeded,
    Usage,
    abatch,
    batch,
)
from briefing.flow import Result
from tests.batch.engines import Writes, article, failures, ids, model, numbers, told
from tests.faults import HANG, Fault, FaultServer, Writer, context
from tests.faults.fault import well

PRICES = (2.0, 10.0)


def endless(taken: list[int]) -> Iterator[dict[str, str]]:
    for number in itertools.count():
        taken.append(number)
        yield article(number)


def walked(results: Generator[Result, None, None], into: list[Result]) -> None:
    for result in results:
        into.append(result)  # noqa: PERF402 - it raises


def done(results: list[Result]) -> list[Briefing]:
    return [result for result in results if isinstance(result, Briefing)]


def quiet(server: FaultServer) -> None:
    """Hold that no call comes any more, but for those that had left when all was stopped."""
    server.read_all()
    assert server.idle(30)
    calls = server.calls
    time.sleep(0.15)
    server.read_all()
    assert server.calls == calls


# What would fail alike for all

FATAL: dict[str, type[EngineError]] = {
    "401_echoes_key": AuthFailed,
    "403": AuthFailed,
    "404_model_not_found": ModelNotFound,
    "429_insufficient_quota": QuotaExceeded,
    "429_insufficient_quota_retry": QuotaExceeded,
}
MINE = {"500_should_not_retry": 500, "400": 400, "422": 422}


@pytest.mark.parametrize("ordered", [True, False], ids=["ordered", "as they finish"])
@pytest.mark.parametrize(("fault", "kind"), FATAL.items(), ids=FATAL.keys())
def test_what_would_fail_alike_for_all_stops_it(fault: str, kind: type[EngineError], ordered: bool) -> None:
    results: list[Result] = []
    taken: list[int] = []
    with FaultServer([*["ok"] * 10, fault], forever=True, delay=0.01) as server:
        engine = model(server)
        with pytest.raises(kind) as caught:
            walked(batch(endless(taken), engine=engine, concurrency=4, ordered=ordered), results)
        assert len(done(results)) == server.billed == 10
        assert server.calls == len(results) <= 10 + 4  # those that waited for a place are not begun, and have no result
        assert len(taken) <= len(results) + 2 * 4 + 1
        assert len(set(numbers(results))) == len(results)
        assert {type(failed.error) for failed in failures(results)} == {kind} and caught.value.fatal
        assert caught.value in [failed.error for failed in failures(results)]
        assert "sk-x" not in repr(results) + str(caught.value)
        assert server.idle()
        calls = server.calls
        server.choose = None
        again = list(batch(map(article, range(12)), engine=engine, concurrency=4))
        assert numbers(again) == list(range(12))
        assert server.calls - calls == 2 and sum(result.usage.cached for result in again) == 10


@pytest.mark.parametrize("fault", MINE)
def test_what_may_be_one_articles_own_stops_nobody(fault: str) -> None:
    with FaultServer(["ok", fault, "ok", fault]) as server:
        results = list(batch(map(article, range(8)), engine=model(server), concurrency=2))
    assert ids(results) == [f"a{number}" for number in range(8)]
    assert {type(failed.error).__name__ for failed in failures(results)} == {"ProviderFailed"}
    assert len(failures(results)) == 2


def test_what_runs_has_some_time_to_end_and_then_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.flow.GRACE", 0.3)
    hangs = Fault("hangs", lambda call: [HANG])
    slow = Fault("slow", lambda call: [0.1, *well(call)], billed=True)
    results: list[Result] = []
    with FaultServer([hangs, slow, "401_echoes_key"], delay=0.01) as server, pytest.raises(AuthFailed):
        walked(batch(map(article, range(3)), engine=model(server), ordered=False), results)
    kinds = {int(result.id[1:]): type(result).__name__ for result in results}
    assert sorted(kinds) == [0, 1, 2] and sorted(kinds.values()) == ["Briefing", "Failure", "Failure"]
    assert {type(failed.error) for failed in failures(results)} == {AuthFailed}
    assert len(results) == 3


# How things are set up


class Unset(Writes):
    """An engine that is not set up, but for the articles in `fine`."""

    def __init__(self, *fine: int, wait: float = 0.0) -> None:
        super().__init__(self.acts)
        self.fine, self.wait = fine, wait

    async def acts(self, number: int) -> None:
        if number not in self.fine:
            raise ConfigError("there is no licence: buy one.")
        await asyncio.sleep(self.wait)


@pytest.mark.parametrize("ordered", [True, False])
def test_what_is_not_set_up_stops_it(ordered: bool) -> None:
    results: list[Result] = []
    taken: list[int] = []
    engine = Unset()
    with pytest.raises(ConfigError, match="licence"):
        walked(batch(endless(taken), engine=engine, concurrency=4, ordered=ordered), results)
    assert 4 <= len(results) <= len(engine.begun) <= 8 and len(taken) <= 9
    assert {str(failed.error) for failed in failures(results)} == {"there is no licence: buy one."}


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_not_set_up_is_raised_after_a_few_as_well(count: int) -> None:
    results: list[Result] = []
    with pytest.raises(ConfigError, match="licence"):
        walked(batch(["", *map(article, range(count))], engine=Unset()), results)
    assert len(failures(results)) == count + 1


@pytest.mark.parametrize("fine", [(0,), (5,), (19,)], ids=str)
def test_one_that_is_done_proves_that_all_is_set_up(fine: tuple[int, ...]) -> None:
    results = list(batch(map(article, range(20)), engine=Unset(*fine, wait=0.05), concurrency=32))
    assert [result.id for result in done(results)] == [f"a{number}" for number in fine]
    assert {type(failed.error) for failed in failures(results)} == {ConfigError}


@pytest.mark.parametrize("place", [0, 3], ids=["the first", "a later one"])
def test_a_question_longer_than_the_context_stops_nobody(place: int) -> None:
    rows: list[dict[str, str]] = [article(number) for number in range(6)]
    rows[place]["question"] = "Who sailed? " * 3_000
    with FaultServer(context(4_096), delay=0.05) as server:
        results = list(batch(rows, engine=model(server), concurrency=2))
    (failed,) = failures(results)
    assert failed.id == f"a{place}" and type(failed.error) is ConfigError and len(done(results)) == 5


def test_an_engine_that_left_its_key_behind_is_told_at_the_call() -> None:
    engine = pickle.loads(pickle.dumps(OpenAI("m", api_key="sk-x")))  # noqa: S301 - our own
    with pytest.raises(ConfigError, match="no API key"):
        batch([article(0)], engine=engine)


# Budgets


class Bounded(NamedTuple):
    budget: dict[str, float]
    calls: int  # that the server sees


BUDGETS = {
    "no call": Bounded({"calls": 0}, 0),
    "one call": Bounded({"calls": 1}, 1),
    "calls": Bounded({"calls": 7}, 7),
    "tokens": Bounded({"tokens": 7_000}, 4),
    "money": Bounded({"cost": 0.025}, 4),
    "money, and more calls than it pays": Bounded({"cost": 0.025, "calls": 9}, 4),
}


@pytest.mark.parametrize("whose", ["batch", "engine"])
@pytest.mark.parametrize("name", BUDGETS)
def test_a_budget_is_never_exceeded(name: str, whose: str) -> None:
    row, results, taken = BUDGETS[name], list[Result](), list[int]()
    budget = Budget(**row.budget)  # type: ignore[arg-type]
    with FaultServer(delay=0.01) as server:
        engine = model(server, prices=PRICES, max_tokens=300, budget=budget if whose == "engine" else None)
        given = batch(endless(taken), engine=engine, concurrency=3, budget=budget if whose == "batch" else None)
        with pytest.raises(BudgetExceeded) as caught:
            walked(given, results)
        assert len(done(results)) == server.billed == server.calls == budget.spent.calls
        assert row.calls <= server.calls <= row.calls * (1 if "calls" in row.budget and len(row.budget) == 1 else 2)
        read, wrote = (sum(each) for each in zip(*(call.tokens for call in server.ledger), strict=True)) if row.calls else (0, 0)  # fmt: skip
    assert budget.tokens is None or read + wrote <= budget.tokens
    assert budget.cost is None or (read * PRICES[0] + wrote * PRICES[1]) / 1e6 <= budget.cost
    assert not failures(results) and len(taken) <= len(results) + 2 * 3 + 1  # what was not begun has no result
    assert (caught.value.usage or Usage()).calls == server.calls


def test_the_smaller_of_two_budgets_holds() -> None:
    for mine, whole in ((3, 9), (9, 3)):
        results: list[Result] = []
        with FaultServer() as server, pytest.raises(BudgetExceeded, match="budget of 3 calls"):
            walked(batch(map(article, range(20)), engine=model(server, budget=Budget(calls=mine)), budget=Budget(calls=whole)), results)  # fmt: skip
        assert len(done(results)) == server.calls == 3


def test_what_lies_in_the_cache_costs_no_budget() -> None:
    with FaultServer() as server:
        engine = model(server)
        for run in range(1, 5):
            results: list[Result] = []
            given = batch(map(article, range(10)), engine=engine, budget=Budget(calls=3))
            if run < 4:
                with pytest.raises(BudgetExceeded):
                    walked(given, results)
            else:
                walked(given, results)
            assert len(done(results)) == min(3 * run, 10)
        assert server.calls == 10


def test_a_budget_that_suffices_stops_nothing() -> None:
    with FaultServer() as server:
        results = list(batch(map(article, range(10)), engine=model(server), budget=Budget(calls=10)))
    assert len(done(results)) == server.calls == 10


def test_a_budget_of_ones_own_error() -> None:
    async def spent(number: int) -> None:
        if number == 2:
            raise BudgetExceeded("the budget of the team is spent: ask for more.")

    results: list[Result] = []
    with pytest.raises(BudgetExceeded, match="of the team"):
        walked(batch(endless([]), engine=Writes(spent), concurrency=2), results)
    assert "a2" not in ids(results) and not failures(results)


# What an engine raises that is no error of an article


@pytest.mark.parametrize("error", [SystemExit(3), KeyboardInterrupt("now")], ids=repr)
@pytest.mark.parametrize("ordered", [True, False])
def test_an_exit_within_an_engine_is_an_exit(error: BaseException, ordered: bool) -> None:
    async def exits(number: int) -> None:
        await asyncio.sleep(0.01)
        if number == 3:
            raise error

    with pytest.raises(type(error)) as caught:
        walked(batch(endless([]), engine=Writes(exits), concurrency=4, ordered=ordered), [])
    assert caught.value is error
    assert numbers(batch([article(0)], engine=Writes())) == [0]


# Interrupts


def interrupt() -> None:
    signal.raise_signal(signal.SIGINT)


def waiting(server: FaultServer, engine: OpenAI) -> None:
    """Wait for a result."""

    def later() -> None:
        while server.in_flight < 4:
            time.sleep(0.005)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=later).start()
    walked(batch(endless([]), engine=engine, concurrency=4, cache=None), [])


def in_the_articles(server: FaultServer, engine: OpenAI) -> None:
    def articles() -> Iterator[dict[str, str]]:
        for number in range(1000):
            if number == 6:
                interrupt()
            yield article(number)

    walked(batch(articles(), engine=engine, concurrency=4, cache=None), [])


def between(server: FaultServer, engine: OpenAI) -> None:
    for result in batch(endless([]), engine=engine, concurrency=4, cache=None):
        if result.id == "a9":
            interrupt()


def within_a_loop(server: FaultServer, engine: OpenAI) -> None:
    async def cell() -> None:
        waiting(server, engine)

    asyncio.run(cell())


@pytest.mark.parametrize("interrupted", [waiting, in_the_articles, between, within_a_loop])
def test_an_interrupt_stops_all(interrupted: Callable[[FaultServer, OpenAI], None]) -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with FaultServer(
            delay=60 if "wait" in interrupted.__name__ or "loop" in interrupted.__name__ else 0.01
        ) as server:
            began = time.monotonic()
            with pytest.raises(KeyboardInterrupt):
                interrupted(server, model(server))
            assert time.monotonic() - began < 30
            quiet(server)
            server.delay = 0.0
            assert len(done(list(batch([article(0)], engine=model(server))))) == 1
    finally:
        signal.signal(signal.SIGINT, before)


SCRIPT = """
import sys, time
import briefing
from tests.batch.engines import article
def articles():
    for number in range(10_000):
        yield article(number)
for result in briefing.batch(articles(), engine=briefing.OpenAI("m", sys.argv[1], "sk-x"), concurrency=8, cache=None):
    print(result.id, flush=True)
"""


def test_an_interrupted_script_ends_soon_and_as_others_do() -> None:
    with FaultServer(delay=0.05) as server:
        command = [sys.executable, "-W", "error", "-c", SCRIPT, server.base_url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as script:
            assert script.stdout
            assert [script.stdout.readline() for _ in range(20)] == [f"a{number}\n" for number in range(20)]
            script.send_signal(signal.SIGINT)
            began = time.monotonic()
            _, error = script.communicate(timeout=20)
        assert time.monotonic() - began < 5  # 0.2 s where nobody else computes
        assert max(call.arrived for call in server.ledger) - began < 2
        assert script.returncode == -signal.SIGINT and error.rstrip().endswith("KeyboardInterrupt")
        assert not re.search("never awaited|was destroyed|never retrieved|ResourceWarning|Exception ignored", error)


def cancelled(results: Any) -> Callable[[], Any]:
    async def walk() -> None:
        begun = asyncio.Event()

        async def reads() -> None:
            async for _ in results:
                begun.set()

        task = asyncio.create_task(reads())
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    return walk


def timed_out(results: Any) -> Callable[[], Any]:
    async def walk() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(None) as limit:
                async for _ in results:
                    if limit.when() is None:
                        limit.reschedule(asyncio.get_running_loop().time() + 0.1)

    return walk


def closed(results: Any) -> Callable[[], Any]:
    async def walk() -> None:
        async with aclosing(results):
            async for _ in results:
                break

    return walk


def dropped(results: Any) -> Callable[[], Any]:
    given = [results]

    async def walk() -> None:
        async for _ in given.pop():
            break

    del results
    return walk


@pytest.mark.parametrize("stop", [cancelled, timed_out, closed, dropped])
def test_an_awaited_one_that_is_cancelled_stops_all(
    stop: Callable[[Any], Callable[[], Any]], caplog: pytest.LogCaptureFixture
) -> None:
    with FaultServer(delay=0.02) as server:

        async def run() -> None:
            before = asyncio.all_tasks()
            await stop(abatch(endless([]), engine=model(server), concurrency=4, cache=None))()
            end = time.monotonic() + 30
            while asyncio.all_tasks() != before and time.monotonic() < end:  # of one that is dropped the loop hears
                await asyncio.sleep(0.01)
            assert asyncio.all_tasks() == before
            await asyncio.to_thread(quiet, server)

        asyncio.run(run())
        assert server.idle() and server.calls
    assert [record for record in caplog.records if record.name == "asyncio"] == []


# Within others


def test_within_a_running_loop() -> None:
    async def cell() -> list[Result]:
        return list(batch(map(article, range(5)), engine=Writes()))

    assert numbers(asyncio.run(cell())) == [0, 1, 2, 3, 4]


def test_two_at_once_in_two_threads() -> None:
    engine, both = Writes(pause), dict[int, list[int]]()

    def run(first: int) -> None:
        both[first] = numbers(batch(map(article, range(first, first + 30)), engine=engine, concurrency=4))

    threads = [threading.Thread(target=run, args=(first,)) for first in (0, 100)]
    for verb in ("start", "join"):
        for thread in threads:
            getattr(thread, verb)()
    assert both == {0: list(range(30)), 100: list(range(100, 130))}
    assert 4 < engine.most_in_flight <= 8


async def pause(number: int) -> None:
    await asyncio.sleep(0.01)


def test_one_within_another() -> None:
    inner = {
        result.id: numbers(batch(map(article, range(3)), engine=Writes(pause)))
        for result in batch(map(article, range(5)), engine=Writes(pause))
    }
    assert inner == {f"a{number}": [0, 1, 2] for number in range(5)}


def test_articles_that_come_out_of_a_batch() -> None:
    first = batch(map(article, range(5)), engine=Writes(pause))
    texts = ({"id": result.id, "text": told(result)} for result in first if not isinstance(result, Failure))
    assert numbers(batch(texts, engine=Writes(pause))) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("verb", [briefing.summarize, lambda text: next(batch([text]))], ids=["summarize", "batch"])
@pytest.mark.parametrize("threads", [True, False], ids=["plain", "async"])
def test_an_engine_may_itself_use_the_library(verb: Callable[[str], Any], threads: bool) -> None:
    class Uses:
        fingerprint = "uses/1"

        def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> briefing.Draft:
            text = verb(document.sources[0].text).lede.text
            claim = briefing.DraftClaim(text=text, evidence=["s1"])
            return briefing.Draft(headline=claim, lede=claim, points=[], quotes=[], analysis=[])

        def answer(self, document: briefing.Document, question: str) -> briefing.DraftAnswer:
            raise LookupError

    class Awaits(Uses):
        async def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> briefing.Draft:  # type: ignore[override]
            return super().brief(document, points=points, focus=focus)

    engine: Any = Uses() if threads else Awaits()
    assert numbers(batch(map(article, range(6)), engine=engine, concurrency=3)) == [0, 1, 2, 3, 4, 5]


FORKS = """
import os, sys, warnings
warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of any fork among threads
import briefing
from tests.batch.engines import article, numbers
engine = briefing.OpenAI("m", sys.argv[1], "sk-x")
def run(first):
    return numbers(briefing.batch(map(article, range(first, first + 5)), engine=engine)) == list(range(first, first + 5))
def forked(first):
    child = os.fork()
    if child == 0:
        code = 1
        try: code = 0 if run(first) else 2
        finally: os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
print(run(0), forked(10), run(20), forked(0))
amid = briefing.batch(map(article, range(100, 140)), engine=engine, concurrency=2)
print([next(amid).id, forked(200)], numbers(amid) == list(range(101, 140)))
"""


def test_a_forked_process_has_batches_of_its_own() -> None:
    with FaultServer(writer=Writer()) as server:
        done = subprocess.run(
            [sys.executable, "-c", FORKS, server.base_url], capture_output=True, text=True, timeout=60, check=False
        )
        assert (done.stdout, done.stderr) == ("True 0 True 0\n['a100', 0] True\n", "")
        assert server.calls == 15 + 40 + 5
