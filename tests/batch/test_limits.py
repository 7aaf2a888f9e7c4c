"""What a server or a budget turns away, and what of it stops a batch: not one article, not what only has to wait."""

from __future__ import annotations

import time
from collections import deque
from typing import Any, NamedTuple

import pytest

from briefing import Briefing, Budget, BudgetExceeded, EngineError, RateLimited, batch
from briefing.errors import AuthFailed, ModelNotFound
from briefing.flow import Result
from tests.batch.engines import article, failures, model, numbers
from tests.faults import OK, Fault, FaultServer, status
from tests.faults.call import Call

ATTEMPTS = "briefing.engines.openai.attempts"
UNSAID = status(429, None, None, "429")


def at_most(calls: int, seconds: float) -> Any:
    """Return a plan of a server that takes so many calls in so many seconds, and does not say how long to wait."""
    taken = deque[float]()

    def chosen(call: Call) -> Fault:
        now = time.monotonic()
        while taken and taken[0] < now - seconds:
            taken.popleft()
        if len(taken) >= calls:
            return UNSAID
        taken.append(now)
        return OK

    return chosen


def test_a_server_that_takes_few_calls_gets_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{ATTEMPTS}._FIRST_PAUSE", 0.1)
    with FaultServer(at_most(4, 0.1)) as server:
        results = list(batch(map(article, range(60)), engine=model(server), concurrency=32))
        assert not failures(results) and numbers(results) == [*range(60)]
        assert server.calls > server.billed == 60


def test_a_server_that_takes_none_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{ATTEMPTS}._FIRST_PAUSE", 0.001)
    with FaultServer([UNSAID], forever=True) as server:
        results = list(batch(map(article, range(2)), engine=model(server), concurrency=2))
    assert [(type(failed.error), failed.usage.calls) for failed in failures(results)] == [(RateLimited, 12)] * 2


# What may be one article's own, or all others' too


class Turned(NamedTuple):
    fault: Fault
    kind: type[EngineError]
    at_once: bool = False  # stops the batch though others went well


PAGE = "<html>This request was blocked.</html>"
TURNED = {
    "a firewall": Turned(status(403, PAGE, {"content-type": "text/html"}, "waf"), AuthFailed),
    "a key that may not": Turned(status(403, {"error": {"code": "no_access"}}, None, "403"), AuthFailed, at_once=True),
    "a page that is not there": Turned(status(404, PAGE, {"content-type": "text/html"}, "404"), ModelNotFound),
    "no such model": Turned(
        status(404, {"error": {"code": "model_not_found"}}, None, "404"), ModelNotFound, at_once=True
    ),
    "a wrong key": Turned(status(401, PAGE, {"content-type": "text/html"}, "401"), AuthFailed, at_once=True),
    "no more today": Turned(status(429, None, {"retry-after": "86400"}, "429"), RateLimited),
}


def stopped(server: FaultServer, results: list[Result], count: int = 40) -> EngineError | None:
    try:
        for result in batch(map(article, range(count)), engine=model(server), concurrency=2):
            results.append(result)  # noqa: PERF402 - it raises
    except EngineError as error:
        return error
    return None


@pytest.fixture
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{ATTEMPTS}.MAX_PAUSE", 0.05)
    monkeypatch.setattr("briefing.engines.openai.server.MAX_PAUSE", 0.05)


@pytest.mark.usefixtures("_short_pauses")
@pytest.mark.parametrize("name", TURNED)
def test_one_article_that_is_turned_away(name: str) -> None:
    row, results = TURNED[name], list[Result]()
    with FaultServer(lambda call: row.fault if b"carried 1020 people" in call.raw else OK) as server:
        error = stopped(server, results)
    assert [type(failed.error) for failed in failures(results)] == [row.kind]
    if row.at_once:
        assert type(error) is row.kind and error.fatal and len(results) < 30
    else:
        assert error is None and len(results) == 40
        assert not any(isinstance(f.error, EngineError) and f.error.fatal for f in failures(results))


@pytest.mark.usefixtures("_short_pauses")
@pytest.mark.parametrize("name", TURNED)
@pytest.mark.parametrize("first", [0, 10], ids=["from the first on", "after some"])
def test_all_that_are_turned_away_stop_the_batch(name: str, first: int) -> None:
    row, results = TURNED[name], list[Result]()
    with FaultServer([*[OK] * first, row.fault], forever=True) as server:
        error = stopped(server, results)
        assert type(error) is row.kind and error.fatal
        assert sum(isinstance(result, Briefing) for result in results) == first
        assert server.calls <= first + 8


# Budgets


@pytest.mark.parametrize("limit", [{"tokens": 30_000}, {"cost": 0.09}], ids=["tokens", "money"])
def test_what_is_set_aside_and_not_used_is_not_lost(limit: dict[str, float]) -> None:
    calls = []
    for concurrency in (1, 16):
        budget = Budget(**limit)  # type: ignore[arg-type]
        with FaultServer(delay=0.02) as server, pytest.raises(BudgetExceeded) as caught:
            engine = model(server, max_tokens=4000, prices=(2.0, 10.0))
            list(batch(map(article, range(200)), engine=engine, concurrency=concurrency, budget=budget))
        assert not caught.value.retryable
        calls.append(server.calls)
    assert calls[0] == calls[1] > 16


def test_a_budget_that_is_given_twice_counts_once() -> None:
    budget = Budget(calls=10)
    with FaultServer() as server:
        results = list(batch(map(article, range(10)), engine=model(server, budget=budget), budget=budget))
        assert numbers(results) == [*range(10)] and server.calls == budget.spent.calls == 10
