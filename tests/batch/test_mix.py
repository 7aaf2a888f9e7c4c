"""A thousand articles on a day when all goes wrong that can: each has its result, and the next run asks for the rest."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Generator

import pytest

import briefing
from briefing import pace
from briefing.batching import Result
from briefing.errors import AuthFailed, BadReply, EngineError, ModelNotFound, QuotaExceeded
from tests.batch.crashes import article, people
from tests.faults import FAULTS, OK, Call, Fault, FaultServer, mix
from tests.faults.plan import Choose

ARTICLES = 1_000
#: What ends a run.
FATAL = (
    "401_echoes_key 403 404_model_not_found 404_text 429_insufficient_quota 429_insufficient_quota_retry body_error_quota"
).split()
#: Pauses of whole seconds: they hold up all articles, and more than one would be above the deadline of some that were
#: never asked for. Pauses of 0.3 s are among the faults.
PAUSES = "429_retry_after_seconds 429_retry_after_date 429_retry_after_day 503_retry_after_seconds".split()
#: What refuses a parameter that is not sent; and what asks for another form, when an earlier fault has taught that form.
NOT_MET = {fault for fault in FAULTS if fault.startswith("400_")} | {"500_response_format"}
#: What never ends holds a place for so long.
DEADLINE = 3.0


def bad_day(faults: list[str], seed: int = 7) -> Choose:
    """Return the plan by which each fault meets one article's first call, whatever it is; later calls by chance."""
    numbers = random.Random(seed).sample(range(ARTICLES), len(faults))  # noqa: S311
    first = {str(1_000 + number): OK for number in range(ARTICLES)}
    first |= {str(1_000 + number): FAULTS[fault] for number, fault in zip(numbers, faults, strict=True)}
    later = mix(len(faults) / ARTICLES, seed=seed, faults=faults)

    def choose(call: Call) -> Fault | str:
        return first.pop(asked(call), None) or later(call)

    return choose


def asked(call: Call) -> str:
    return people(call.raw.decode())


def run(server: FaultServer) -> Generator[Result, None, None]:
    engine = briefing.OpenAI("m", base_url=server.base_url, deadline=DEADLINE)
    return briefing.batch(map(article, range(ARTICLES)), engine=engine, concurrency=64)


def outcome(result: Result) -> str:
    if not isinstance(result, briefing.Failure):
        return "done"
    error = result.error
    return type(error).__name__ + (f" {error.kind}" if isinstance(error, BadReply) else "")


def finished(first: FaultServer, results: list[Result]) -> None:
    """Run the rest with a server that has recovered: what was done is not asked, and all else is."""
    done = {result.id for result in results if not isinstance(result, briefing.Failure)}
    with FaultServer(port=first.port) as server:
        again = list(run(server))
    table = Counter(map(outcome, again))
    assert [result.id for result in again] == [str(number) for number in range(ARTICLES)], table
    assert set(table) == {"done"}, table
    called = {str(int(asked(call)) - 1_000) for call in server.ledger}
    assert called == {str(number) for number in range(ARTICLES)} - done, table


@pytest.fixture(autouse=True)
def _short_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pace grow soon after a 429: of these there are so many that it would else be one call at a time."""
    monkeypatch.setattr(pace, "QUIET", 0.05)


def test_all_faults(caplog: pytest.LogCaptureFixture) -> None:
    faults = [fault for fault in FAULTS if fault not in (*FATAL, *PAUSES, "ok")]
    with FaultServer(bad_day(faults)) as server:
        results = list(run(server))
    table = Counter(map(outcome, results))
    assert [result.id for result in results] == [str(number) for number in range(ARTICLES)], table
    failed = [result.error for result in results if isinstance(result, briefing.Failure)]
    assert [error for error in failed if type(error) is EngineError or not isinstance(error, EngineError)] == [], table
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    assert set(faults) - set(server.faults) <= NOT_MET, table
    finished(server, results)


def test_all_faults_and_fatal_ones(caplog: pytest.LogCaptureFixture) -> None:
    results = []
    faults = [fault for fault in FAULTS if fault not in (*PAUSES, "ok")]
    with FaultServer(bad_day(faults)) as server, pytest.raises((AuthFailed, QuotaExceeded, ModelNotFound)) as stopped:
        for result in run(server):
            results.append(result)  # noqa: PERF402 - what came before the error is wanted
    table = Counter(map(outcome, results))
    failed = {type(result.error) for result in results if isinstance(result, briefing.Failure)}
    assert type(stopped.value) in failed, table
    # who was called for has a result, and who has one was called for: what was not begun when it stopped has none
    assert {asked(call) for call in server.ledger} == {str(1_000 + int(result.id)) for result in results}, table
    assert len(results) < ARTICLES, table
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
    finished(server, results)
