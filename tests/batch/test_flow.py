"""How articles flow: their order, ids and questions, how many are held, and that what fails is alone in it."""

from __future__ import annotations

import asyncio
import copy
import gc
import json
import logging
import pickle
import time
import weakref
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from pydantic import TypeAdapter

import briefing
from briefing import Answer, Briefing, BriefingError, Draft, DraftClaim, Failure, InputError, Usage, abatch, batch
from briefing.article import Article, named
from briefing.flow import Flow, Job
from briefing.usage import record
from tests.batch.engines import Writes, article, failures, ids, number_in, numbers, one

TEN = [article(number) for number in range(10)]


class LastFirst(Writes):
    """Writes the last of so many first."""

    def __init__(self, articles: int) -> None:
        super().__init__(self.after_the_next)
        self.done = {articles}

    async def after_the_next(self, number: int) -> None:
        while number + 1 not in self.done:
            await asyncio.sleep(0.001)
        await asyncio.sleep(0.02)  # so that the one before is checked, and given, by now
        self.done.add(number)


# Order, ids, questions


@pytest.mark.parametrize("ordered", [True, False])
def test_results_come_in_order_or_as_they_finish(ordered: bool) -> None:
    results = list(batch(TEN, engine=LastFirst(10), ordered=ordered))
    assert numbers(results) == (list(range(10)) if ordered else list(range(9, -1, -1)))
    assert ids(results) == [f"a{number}" for number in numbers(results)]


def test_what_is_finished_is_given_while_others_still_run() -> None:
    async def until_others_are_given(number: int) -> None:
        while number == 0 and len(given) < 9:
            await asyncio.sleep(0.01)

    given: list[int] = []
    for result in batch(TEN, engine=Writes(until_others_are_given), ordered=False):
        given += numbers([result])
    assert sorted(given) == list(range(10)) and given[-1] == 0


def test_equal_ids_are_kept_apart() -> None:
    rows = [{**article(number), "id": "same"} for number in range(5)]
    results = list(batch(rows, engine=LastFirst(5), ordered=False))
    assert (ids(results), sorted(map(number_of, results))) == (["same"] * 5, [0, 1, 2, 3, 4])


def number_of(result: object) -> int:
    assert isinstance(result, Briefing)
    return number_in(result.lede.text)


TWO = ["Who sailed?", "Where to?"]
OWN = [{**article(0), "question": "Why?"}, article(1)]
#: What is asked of which article, None for a briefing.
ASKED: dict[str, tuple[list[Any], Any, list[tuple[str, str | None]]]] = {
    "none": (TEN[:2], None, [("a0", None), ("a1", None)]),
    "one": (TEN[:2], "Who sailed?", [("a0", "Who sailed?"), ("a1", "Who sailed?")]),
    "several": (TEN[:2], TWO, [("a0", TWO[0]), ("a0", TWO[1]), ("a1", TWO[0]), ("a1", TWO[1])]),
    "several, a tuple": (TEN[:1], tuple(TWO), [("a0", TWO[0]), ("a0", TWO[1])]),
    "a row's own": (OWN, None, [("a0", "Why?"), ("a1", None)]),
    "a row's own before all others": (OWN, TWO, [("a0", "Why?"), ("a1", TWO[0]), ("a1", TWO[1])]),
    "no article": ([], TWO, []),
}


@pytest.mark.parametrize(("rows", "question", "asked"), ASKED.values(), ids=ASKED.keys())
def test_each_question_is_asked_of_each_article(
    rows: list[Any], question: Any, asked: list[tuple[str, str | None]]
) -> None:
    results = list(batch(rows, question=question, engine=Writes()))
    assert [(r.id, r.question if isinstance(r, Answer) else None) for r in results] == asked
    failed = list(batch([{**row, "text": ""} for row in rows], question=question, engine=Writes()))
    assert [(r.id, r.question or None) for r in failures(failed)] == asked


def test_options_are_passed_on_and_those_of_briefings_are_not_for_questions() -> None:
    seen: list[tuple[int, str | None]] = []

    class Sees(Writes):
        async def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> Draft:
            seen.append((points, focus))
            return await super().brief(document, points=points, focus=focus)

    results = list(batch(OWN, engine=Sees(), points=0, focus="the ferry", unsupported="flag"))
    assert seen == [(0, "the ferry")]
    assert isinstance(results[0], Answer) and isinstance(results[1], Briefing) and results[1].points == ()


# How many are held


class Taken:
    """Articles without end that count how many were taken."""

    def __init__(self) -> None:
        self.taken, self.closed = 0, False

    def __iter__(self) -> Iterator[dict[str, str]]:
        try:
            while True:
                self.taken += 1
                yield article(self.taken - 1)
        finally:
            self.closed = True


@pytest.mark.parametrize(("ordered", "window"), [(True, 16), (False, 8)], ids=["ordered", "as they finish"])
def test_a_slow_consumer_holds_the_articles_up(ordered: bool, window: int) -> None:
    articles, engine = Taken(), Writes()
    results = batch(articles, engine=engine, concurrency=4, ordered=ordered)
    ahead = []
    for given, _ in enumerate(results, start=1):
        time.sleep(0.002)
        ahead.append(max(articles.taken, len(engine.begun)) - given)
        if given == 100:
            break
    assert 4 <= max(ahead) <= window + 1
    results.close()
    assert engine.most_in_flight <= 4


def test_one_that_hangs_holds_the_articles_up_in_order_and_no_sooner() -> None:
    articles, stood = Taken(), []

    async def until_all_stands(number: int) -> None:
        while number == 0 and articles.taken not in stood:
            stood.append(articles.taken)
            await asyncio.sleep(0.2)

    results = batch(articles, engine=Writes(until_all_stands), concurrency=4)
    assert numbers(next(results) for _ in range(40)) == list(range(40))
    results.close()
    assert stood[-1] == 4 * 4 + 1


@pytest.mark.parametrize("ordered", [True, False])
def test_twenty_thousand_flow_through_a_window(ordered: bool) -> None:
    result = one(batch([article(0)], engine=Writes()))
    assert isinstance(result, Briefing)
    taken = given = most = 0

    async def articles() -> AsyncGenerator[Article, None]:
        nonlocal taken
        for number in range(20_000):
            taken += 1
            yield Article(str(number), "")

    async def write(job: Job) -> Briefing:
        return result

    async def run() -> None:
        nonlocal given, most
        flow = Flow(write, (None,), places=64, window=128, ordered=ordered)
        async for results in flow.results(articles()):
            most = max(most, taken - given)
            given += len(results)
        assert not flow._tasks

    asyncio.run(run())
    assert (taken, given) == (20_000, 20_000) and 64 <= most <= 129


def test_slow_articles_hold_up_no_result_for_longer_than_one_takes() -> None:
    taken: list[int] = []

    def articles() -> Iterator[dict[str, str]]:
        for number in range(40):
            time.sleep(0.02)
            taken.append(number)
            yield article(number)

    results = batch(articles(), engine=Writes(), concurrency=32)
    next(results)
    assert len(taken) < 10
    assert len(list(results)) == 39


def test_what_was_taken_before_the_articles_failed_is_done() -> None:
    def articles() -> Iterator[dict[str, str]]:
        yield from map(article, range(20))
        raise LookupError("the twentieth")

    results = batch(articles(), engine=Writes(), concurrency=32)
    done: list[Any] = []
    with pytest.raises(LookupError, match="the twentieth"):
        done.extend(results)  # a list keeps what came before the error
    assert numbers(done) == [*range(20)]


# One that fails stops nobody


def raises(error: Callable[[], BaseException]) -> Callable[[], Awaitable[object]]:
    async def act() -> object:
        raise error()

    return act


async def recursion() -> object:
    return await recursion()


async def invalid() -> object:
    return Draft.model_validate({"headline": "The ferry carried 1003 people"})


async def cancels_itself() -> object:
    task = asyncio.current_task()
    assert task
    task.cancel()
    await asyncio.sleep(1)
    return None


def gives(value: object) -> Callable[[], Awaitable[object]]:
    async def act() -> object:
        return value

    return act


async def sleeps() -> object:
    await asyncio.sleep(0.3)
    return None


class Panic(BaseException):
    """As compiled code raises it: none of Exception."""


WRONG: dict[str, tuple[Callable[[], Awaitable[object]], type[BriefingError] | None, str]] = {
    "nothing": (gives(None), None, ""),
    "slow": (sleeps, None, ""),
    "ValueError": (raises(lambda: ValueError("The ferry carried 1003")), BriefingError, "(ValueError)"),
    "KeyError": (raises(lambda: KeyError("ferry")), BriefingError, "(KeyError)"),
    "StopIteration": (raises(lambda: StopIteration("ferry")), BriefingError, "(RuntimeError)"),
    "RecursionError": (recursion, BriefingError, "(RecursionError)"),
    "MemoryError": (raises(MemoryError), BriefingError, "(MemoryError)"),
    "TimeoutError": (raises(TimeoutError), BriefingError, "(TimeoutError)"),
    "ValidationError": (invalid, BriefingError, "(ValidationError)"),
    "a group": (raises(lambda: BaseExceptionGroup("", [KeyError("ferry")])), BriefingError, "(ExceptionGroup)"),
    "a panic": (raises(lambda: Panic("The ferry")), BriefingError, "(Panic)"),
    "CancelledError": (raises(asyncio.CancelledError), briefing.EngineError, "cancelled: ask again"),
    "it cancels itself": (cancels_itself, briefing.EngineError, "cancelled: ask again"),
    "Refused": (raises(lambda: briefing.Refused("the model declined: ask another.")), briefing.Refused, "declined"),
    "no draft": (gives({"headline": "The ferry"}), briefing.ConfigError, "of type dict"),
    "another draft": (gives(DraftClaim(text="x", evidence=[])), briefing.ConfigError, "of type DraftClaim"),
}


@pytest.mark.parametrize(("act", "kind", "message"), WRONG.values(), ids=WRONG.keys())
@pytest.mark.parametrize("question", [None, "Who sailed?"], ids=["briefing", "answer"])
def test_one_that_fails_stops_nobody(
    act: Callable[[], Awaitable[object]], kind: type[BriefingError] | None, message: str, question: str | None
) -> None:
    async def acts(number: int) -> object:
        record(Usage(calls=1, input_tokens=number))
        return await act() if number == 3 else None

    with briefing.metered() as meter:
        results = list(batch(TEN, question=question, engine=Writes(acts)))
    assert ids(results) == ids_of(TEN)
    assert sum((result.usage for result in results), Usage()) == meter.usage
    if kind is None:
        assert not failures(results)
        return
    failed = one(failures(results))
    assert (failed.id, failed.question, failed.usage) == ("a3", question or "", Usage(calls=1, input_tokens=3))
    assert type(failed.error) is kind and message in str(failed.error)
    assert failed.error.__traceback__ is None
    assert "The ferry" not in repr(failed) + failed.model_dump_json()


def ids_of(rows: list[dict[str, str]]) -> list[str]:
    return [row["id"] for row in rows]


def test_plain_methods_may_fail_too() -> None:
    class Plain:
        fingerprint = "plain/1"

        def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> Draft:
            if number_in(document.sources[0].text) == 3:
                raise ArithmeticError
            claim = DraftClaim(text=document.sentences[0].text, evidence=["s1"])
            return Draft(headline=claim, lede=claim, points=[], quotes=[], analysis=[])

        def answer(self, document: briefing.Document, question: str) -> briefing.DraftAnswer:
            raise LookupError

    results = list(batch(TEN, engine=Plain()))
    assert ids(failures(results)) == ["a3"] and len(results) == 10
    results = list(batch(TEN, engine=Plain(), question="Who sailed?"))
    assert [type(failed.error.__cause__) for failed in failures(results)] == [LookupError] * 10


def test_claims_that_do_not_hold_fail_where_that_was_asked_for() -> None:
    async def lies(number: int) -> object:
        if number != 3:
            return None
        claim = DraftClaim(text="The ferry carried 2 people to Port Alder on Monday.", evidence=["s1"])
        return Draft(headline=claim, lede=claim, points=[], quotes=[], analysis=[])

    failed = one(failures(batch(TEN, engine=Writes(lies), unsupported="raise")))
    assert isinstance(failed.error, briefing.UnsupportedClaims) and failed.error.report
    assert failed.id == "a3" and "The ferry" not in repr(failed)
    assert not failures(batch(TEN, engine=Writes(lies), unsupported="flag"))


# Failures


FAILED = Failure(id="7", question="Who?", error=InputError("article 7 is None: give a text."), usage=Usage(calls=2))


def test_a_failure_as_json() -> None:
    used = {"calls": 2, "input_tokens": 0, "output_tokens": 0, "cost": 0.0, "cached": 0}
    assert FAILED.model_dump(mode="json") == {
        "id": "7",
        "question": "Who?",
        "error": {"type": "InputError", "message": "article 7 is None: give a text."},
        "usage": used,
    }
    assert TypeAdapter(list[Failure]).dump_python([FAILED], mode="json") == [FAILED.model_dump(mode="json")]


def test_a_failure_as_json_where_its_message_names_a_file_that_is_no_utf8() -> None:
    failed = FAILED.model_copy(update={"error": InputError("\udce9.jsonl, line 1 is no JSON: “é”.")})
    message = "\ufffd.jsonl, line 1 is no JSON: “é”."
    assert json.loads(failed.model_dump_json())["error"] == {"type": "InputError", "message": message}
    assert failed.model_dump()["error"]["message"] == message and str(failed.error).startswith("\udce9")


def pickled(failure: Failure) -> Any:
    return pickle.loads(pickle.dumps(failure))  # noqa: S301 - our own


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
@pytest.mark.parametrize(
    "error",
    [InputError("x"), briefing.RateLimited("x", 3.0), briefing.BadReply("x", "html"), BriefingError("x")],
    ids=lambda error: type(error).__name__,
)
def test_a_failure_can_be_copied(copied: Callable[[Failure], Failure], error: BriefingError) -> None:
    failed = FAILED.model_copy(update={"error": error})
    again = copied(failed)
    assert (again.id, again.question, again.usage) == ("7", "Who?", Usage(calls=2))
    assert (type(again.error), str(again.error), vars(again.error)) == (type(error), "x", vars(error))


def test_a_failure_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        FAILED.id = "8"  # type: ignore[misc]


class Text(str):
    """A text that one can tell when it is gone."""


@pytest.mark.parametrize("problem", [ValueError, lambda: briefing.Refused("the model declined: ask another.")])
def test_a_failure_that_is_kept_does_not_keep_its_article(
    problem: Callable[[], BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    freed: list[int] = []

    def articles() -> Iterator[Text]:
        for number in range(20):
            text = Text(article(number)["text"])
            weakref.finalize(text, freed.append, number)
            yield text

    async def fails(number: int) -> object:
        try:
            raise KeyError(number)
        except KeyError:
            raise problem() from OSError(number)

    monkeypatch.setattr(logging.getLogger("briefing"), "disabled", True)  # a handler of pytest keeps what was logged
    kept = list(batch(articles(), engine=Writes(fails), concurrency=2))
    gc.collect()
    assert len(failures(kept)) == len(freed) == 20
    assert isinstance(failures(kept)[0].error, BriefingError)


def test_an_article_of_ones_own_is_taken_as_it_is() -> None:
    given = [named("The ferry carried 1000 people.", 7), Article("x", "The ferry carried 1001 people.", "Who sailed?")]
    results = list(batch(given, engine=Writes()))
    assert ids(results) == ["7", "x"] and isinstance(results[1], Answer)


def test_awaited_it_gives_the_same() -> None:
    async def awaited() -> list[Any]:
        return [result async for result in abatch(OWN, question=TWO, engine=Writes())]

    assert asyncio.run(awaited()) == list(batch(OWN, question=TWO, engine=Writes()))
