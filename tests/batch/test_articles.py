"""What a batch takes: articles in every form, walked through where they were made, and nothing that cannot be used."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
import threading
from collections import deque, namedtuple
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Generator, Iterable, Iterator
from contextlib import aclosing
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

import briefing
from briefing import (
    Answer,
    Briefing,
    BriefingError,
    Budget,
    CacheError,
    ConfigError,
    Document,
    Extractive,
    InputError,
    OpenAI,
    Source,
    abatch,
    batch,
)
from briefing.flow import Result
from tests.batch.engines import Writes, article, failures, ids, number_in, numbers, one, told

THREE = [article(number) for number in range(3)]
TEXTS = [row["text"] for row in THREE]
Row = namedtuple("Row", "id text")  # as users have them


async def awaited(articles: Any, **options: Any) -> list[Result]:
    return [result async for result in abatch(articles, **options)]


# Arguments: whatever is wrong with them is said at the call

WRONG: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "one text": ({"articles": TEXTS[0]}, InputError, "are one text"),
    "one row": ({"articles": THREE[0]}, InputError, "of type dict"),
    "one source": ({"articles": Source(TEXTS[0])}, InputError, "of type Source"),
    "one document": ({"articles": Document.read(TEXTS[0])}, InputError, "of type Document"),
    "one row of a DataFrame": ({"articles": Row("a", TEXTS[0])}, InputError, "of type Row"),
    "None": ({"articles": None}, InputError, "are None"),
    "a number": ({"articles": 7}, InputError, "of type int"),
    "bytes": ({"articles": b"text"}, InputError, "of type bytes"),
    "a class": ({"articles": list}, InputError, "of type type"),
    "a DataFrame without a text": ({"articles": pd.DataFrame({"body": TEXTS})}, InputError, 'no column "text"'),
    "an unknown keyword": ({"retries": 3}, TypeError, "'retries'"),
    "no question": ({"question": []}, InputError, "list of questions is empty"),
    "a question without words": ({"question": "?"}, InputError, "question has no word"),
    "one question of several without words": ({"question": ["Who?", " "]}, InputError, "question has no word"),
    "a number for a question": ({"question": 7}, InputError, "question is of type int"),
    "a number among the questions": ({"question": ["Who?", 7]}, InputError, "question is of type int"),
    "points and a question": ({"question": "Who?", "points": 2}, InputError, "points is for briefings"),
    "a focus and a question": ({"question": "Who?", "focus": "x"}, InputError, "focus is for briefings"),
    "points as text": ({"points": "2"}, InputError, "points is '2'"),
    "points below 0": ({"points": -1}, InputError, "points is -1"),
    "a focus without words": ({"focus": "!"}, InputError, "focus has no word"),
    "no such mode": ({"unsupported": "ignore"}, InputError, "unsupported is 'ignore'"),
    "no such fallback": ({"fallback": "openai"}, InputError, "fallback is 'openai'"),
    "concurrency 0": ({"concurrency": 0}, ConfigError, "concurrency is 0"),
    "a fraction of concurrency": ({"concurrency": 2.5}, ConfigError, "concurrency is 2.5"),
    "concurrency True": ({"concurrency": True}, ConfigError, "concurrency is True"),
    "no concurrency": ({"concurrency": None}, ConfigError, "concurrency is None"),
    "workers 0": ({"workers": 0}, ConfigError, "workers is 0"),
    "workers True": ({"workers": True}, ConfigError, "workers is True"),
    "workers as text": ({"workers": "2"}, ConfigError, "workers is '2'"),
    "a number for a budget": ({"budget": 5}, ConfigError, "budget is of type int"),
    "a budget of money, no prices": (
        {"budget": Budget(cost=1), "engine": OpenAI("m", "http://127.0.0.1:9/v1")},
        ConfigError,
        "needs prices",
    ),
    "the class of an engine": ({"engine": Extractive}, ConfigError, "the class Extractive"),
    "no engine": ({"engine": "gpt"}, ConfigError, "which is no engine"),
    "a number for a cache": ({"cache": 7}, ConfigError, "cache"),
    "a folder for a cache": ({"cache": "/", "engine": Writes()}, CacheError, "/"),
}
RIGHT: dict[str, dict[str, Any]] = {
    "nothing else": {},
    "several questions": {"question": ["Who sailed?"]},
    "no points": {"points": 0},
    "one call at a time": {"concurrency": 1},
    "a pace": {"concurrency": briefing.Pace(2)},
    "one worker": {"workers": 1},
    "an empty budget": {"budget": Budget()},
    "a budget of money for an engine that needs none": {"budget": Budget(cost=0)},
    "no cache": {"cache": None},
    "no cache, said otherwise": {"cache": False},
}


@pytest.mark.parametrize(("given", "kind", "message"), WRONG.values(), ids=WRONG.keys())
@pytest.mark.parametrize("verb", [batch, abatch])
def test_what_is_wrong_is_said_at_the_call(
    given: dict[str, Any], kind: type[Exception], message: str, verb: Callable[..., object]
) -> None:
    options = {"engine": Writes(), **given}
    with pytest.raises(kind) as caught:
        verb(options.pop("articles", THREE), **options)
    assert type(caught.value) is kind and message in str(caught.value)


@pytest.mark.parametrize("given", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_goes_well(given: dict[str, Any]) -> None:
    assert numbers(batch(THREE, engine=Writes(), **given)) == [0, 1, 2]


def test_nothing_is_taken_before_the_first_is_asked_for() -> None:
    taken: list[int] = []
    results = batch((taken.append(number) or article(number) for number in range(3)), engine=Writes())  # type: ignore[func-returns-value]
    assert taken == []
    assert numbers(results) == taken == [0, 1, 2]


# Forms


def generated() -> Iterator[dict[str, str]]:
    yield from THREE


class Walked:
    """What can only be walked through, and tells no length."""

    def __iter__(self) -> Iterator[str]:
        return iter(TEXTS)

    def __len__(self) -> int:
        raise TypeError("it has none")


def table(factory: Any = None) -> Iterator[Any]:
    with sqlite3.connect(":memory:") as base:
        base.row_factory = factory
        base.execute("create table articles (id text, text text)")
        base.executemany("insert into articles values (:id, :text)", THREE)
        yield from base.execute("select * from articles order by id")
    base.close()


def published(text: str) -> Source:
    return Source(text, "The ferry", "https://news.example/1", "2026-03-04")


FRAME = pd.DataFrame(THREE)
NUMBERED, NAMED = ["0", "1", "2"], ["a0", "a1", "a2"]
FORMS: dict[str, tuple[Callable[[], Iterable[Any]], list[str]]] = {
    "a list": (lambda: TEXTS, NUMBERED),
    "a tuple": (lambda: tuple(TEXTS), NUMBERED),
    "a deque": (lambda: deque(TEXTS), NUMBERED),
    "the values of a dict": (lambda: dict(enumerate(TEXTS)).values(), NUMBERED),
    "a generator": (lambda: (text for text in TEXTS), NUMBERED),
    "an iterable": (Walked, NUMBERED),
    "rows": (lambda: THREE, NAMED),
    "rows, generated": (generated, NAMED),
    "rows with numbers for ids": (lambda: [{"id": n, "text": text} for n, text in enumerate(TEXTS, 7)], ["7", "8", "9"]),
    "rows without ids": (lambda: [{"text": text, "other": object()} for text in TEXTS], NUMBERED),
    "sources": (lambda: map(published, TEXTS), NUMBERED),
    "documents": (lambda: map(Document.read, TEXTS), NUMBERED),
    "lists of sources": (lambda: [[text, published("It rained.")] for text in TEXTS], NUMBERED),
    "rows of sources": (lambda: [{"id": row["id"], "sources": [row]} for row in THREE], NAMED),
    "all kinds": (lambda: [TEXTS[0], THREE[1], published(TEXTS[2])], ["0", "a1", "2"]),
    "named tuples": (lambda: [Row(**row) for row in THREE], NAMED),
    "rows of sqlite by name": (lambda: table(sqlite3.Row), NAMED),
    "a DataFrame": (lambda: FRAME, NAMED),
    "a DataFrame with labels": (lambda: FRAME[["text"]].set_axis(["x", "y", "z"]), ["x", "y", "z"]),
    "a DataFrame's part": (lambda: FRAME[["text"]][1:].pipe(lambda part: pd.concat([part, FRAME[["text"]][:1]])), ["1", "2", "0"]),
    "named tuples of a DataFrame": (lambda: FRAME.itertuples(index=False), NAMED),
    "Series of a DataFrame": (lambda: (row for _, row in FRAME.iterrows()), NAMED),
    "a Series of texts": (lambda: FRAME["text"], NUMBERED),
    "records of a DataFrame": (lambda: FRAME.to_dict("records"), NAMED),
    "a DataFrame with a gap in its ids": (lambda: FRAME.assign(id=[7, None, 9]), ["7", "1", "9"]),
    "nothing": (list, []),
    "nothing, generated": (lambda: iter(()), []),
    "an empty DataFrame": (lambda: FRAME[:0], []),
}  # fmt: skip


@pytest.mark.parametrize(("form", "names"), FORMS.values(), ids=FORMS.keys())
def test_articles_in_every_form(form: Callable[[], Iterable[Any]], names: list[str]) -> None:
    expected = [1, 2, 0] if names == ["1", "2", "0"] else [0, 1, 2][: len(names)]
    results = list(batch(form(), engine=Writes()))
    assert (ids(results), [number_in(told(r)) for r in results if isinstance(r, Briefing)]) == (names, expected)
    assert asyncio.run(awaited(form(), engine=Writes())) == results


def test_a_polars_frame() -> None:
    polars = pytest.importorskip("polars")
    results = list(batch(polars.DataFrame(THREE), engine=Writes()))
    assert (ids(results), numbers(results)) == (NAMED, [0, 1, 2])
    assert numbers(batch(polars.DataFrame(THREE).iter_rows(named=True), engine=Writes())) == [0, 1, 2]


def test_rows_carry_title_address_and_date() -> None:
    row = {"id": 1.5, "text": TEXTS[0], "title": "A ferry", "url": "https://x.example", "published": date(2026, 3, 4)}
    result = one(batch([row], engine=Writes()))
    assert isinstance(result, Briefing)
    assert (result.id, result.sources) == ("1.5", (Source(TEXTS[0], "A ferry", "https://x.example", "2026-03-04"),))


BAD: dict[str, tuple[Any, str]] = {
    "an empty text": ("", "empty"),
    "blanks": (" \n\t", "empty"),
    "only an address": ("https://news.example/1", "URL"),
    "only symbols": ("[1] …", "no sentence"),
    "too long": ("a " * 2_100_000, "characters"),
    "None": (None, "None"),
    "a number": (7, "of type int"),
    "bytes": (b"The ferry", "decode"),
    "NaN": (float("nan"), "of type float"),
    "no source": ([], "empty"),
    "a list with a number": ([TEXTS[0], 7], "of type int"),
    "a row without a text": ({"id": "bad", "body": "The ferry"}, 'no "text"'),
    "a row with None": ({"id": "bad", "text": None}, "empty"),
    "a row with only an address": (
        {"id": "bad", "text": "https://news.example/1"},
        "article 1: its text is only a URL",
    ),
    "a row of numbers": ({"id": "bad", "text": 7}, "of type int"),
    "a row with a list for an id": ({"id": ["bad"], "text": TEXTS[0]}, "its id is of type list"),
    "a row with a number for a question": ({"id": "bad", "text": TEXTS[0], "question": 7}, "question is of type int"),
    "a row with a question without words": ({"id": "bad", "text": TEXTS[0], "question": "?"}, "no word"),
    "a tuple of the database": (("bad", 7), "of type int"),
    "some object": (SimpleNamespace(text="The ferry"), "of type SimpleNamespace"),
    "what gives no row": (SimpleNamespace(to_dict=lambda orient: {}), "gives no row (TypeError)"),
    "a class": (dict, "of type type"),
}


@pytest.mark.parametrize(("bad", "message"), BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("engine", [Writes(), Extractive()], ids=["own", "extractive"])
def test_an_article_that_cannot_be_used_stops_nobody(bad: Any, message: str, engine: Any) -> None:
    results = list(batch([TEXTS[0], bad, TEXTS[2]], engine=engine, workers=1))
    failed = one(failures(results))
    assert [isinstance(result, Briefing) for result in results] == [True, False, True]
    assert type(failed.error) is InputError and message in str(failed.error)
    assert failed.usage == briefing.Usage() and "The ferry" not in repr(failed)
    assert failed.id == ("bad" if isinstance(bad, dict) and bad["id"] == "bad" else "1")


def test_all_bad_is_no_reason_to_stop() -> None:
    assert len(failures(batch(["", None, 7] * 100, engine=Writes(), concurrency=2))) == 300


# Where and when they are walked through


def test_they_are_walked_through_in_the_callers_thread() -> None:
    threads: set[int] = set()

    def watched() -> Iterator[Any]:
        for row in table(sqlite3.Row):  # whose connection must stay in its thread
            threads.add(threading.get_ident())
            yield row

    assert ids(batch(watched(), engine=Writes())) == NAMED
    assert threads == {threading.get_ident()}


async def generated_asynchronously(kind: Callable[[int], Any] = article, error: Exception | None = None) -> AsyncGenerator[Any, None]:  # fmt: skip
    for number in range(3):
        await asyncio.sleep(0.001)
        yield kind(number)
    if error:
        raise error


class Asynchronous:
    left = 3

    def __aiter__(self) -> AsyncIterator[Any]:
        return self

    async def __anext__(self) -> Any:
        self.left -= 1
        if self.left < 0:
            raise StopAsyncIteration
        return article(2 - self.left)


class Streams:
    async def __aiter__(self) -> AsyncIterator[Any]:
        async for row in generated_asynchronously():
            yield row


@pytest.mark.parametrize("form", [generated_asynchronously, Asynchronous, Streams])
def test_asynchronous_articles(form: Callable[[], AsyncIterable[Any]]) -> None:
    assert ids(asyncio.run(awaited(form(), engine=Writes()))) == NAMED
    texts = generated_asynchronously(lambda number: TEXTS[number] if number else None)
    results = asyncio.run(awaited(texts, engine=Writes()))
    assert (ids(results), ids(failures(results))) == (NUMBERED, ["0"])


def test_asynchronous_articles_are_for_abatch() -> None:
    with pytest.raises(InputError, match="async_generator"):
        batch(generated_asynchronously(), engine=Writes())  # type: ignore[arg-type]


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("kind", ["batch", "abatch", "asynchronous"])
@pytest.mark.parametrize("error", [ValueError("no"), BriefingError("no"), TimeoutError()], ids=repr)
def test_what_the_articles_raise_comes_after_the_results(kind: str, ordered: bool, error: Exception) -> None:
    def articles() -> Iterator[Any]:
        yield from THREE
        raise error

    async def slowly(number: int) -> None:
        await asyncio.sleep(0.02)

    async def walk() -> None:
        given: Any = generated_asynchronously(error=error) if kind == "asynchronous" else articles()
        async for result in abatch(given, engine=Writes(slowly), ordered=ordered):
            results.append(result)  # noqa: PERF401 - it raises

    results: list[Result] = []
    with pytest.raises(type(error)) as caught:
        if kind == "batch":
            for result in batch(articles(), engine=Writes(slowly), ordered=ordered):
                results.append(result)  # noqa: PERF402 - it raises
        else:
            asyncio.run(walk())
    assert caught.value is error
    assert sorted(numbers(results)) == [0, 1, 2]


# Stopped early


class Endless:
    """Articles without end, and whether they were closed."""

    def __init__(self) -> None:
        self.taken, self.closed = 0, False

    def plain(self) -> Generator[dict[str, str], None, None]:
        try:
            while True:
                self.taken += 1
                yield article(self.taken)
        finally:
            self.closed = True

    async def awaited(self) -> AsyncGenerator[dict[str, str], None]:
        try:
            while True:
                self.taken += 1
                yield article(self.taken)
        finally:
            self.closed = True

    async def waiting(self) -> AsyncGenerator[dict[str, str], None]:
        try:
            yield article(0)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            self.closed = True


def breaks(results: Generator[Result, None, None]) -> None:
    for _ in results:
        break


def closes(results: Generator[Result, None, None]) -> None:
    next(results)
    results.close()


def fails(results: Generator[Result, None, None]) -> None:
    with pytest.raises(ZeroDivisionError):
        for _ in results:
            _ = 1 / 0


@pytest.mark.parametrize("stop", [breaks, closes, fails])
@pytest.mark.parametrize("ordered", [True, False])
def test_a_consumer_that_stops_stops_all(
    stop: Callable[[Generator[Result, None, None]], None], ordered: bool, caplog: pytest.LogCaptureFixture
) -> None:
    articles, engine = Endless(), Writes()
    stop(batch(articles.plain(), engine=engine, ordered=ordered, concurrency=4))
    gc.collect()
    taken, begun = articles.taken, len(engine.begun)
    assert articles.closed and engine.in_flight == 0
    breaks(batch(THREE, engine=Writes()))
    assert (articles.taken, len(engine.begun), caplog.records) == (taken, begun, [])


@pytest.mark.parametrize("kind", ["plain", "awaited", "waiting"])
def test_an_awaited_one_that_is_closed_stops_all(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    articles, engine = Endless(), Writes()

    async def walk() -> None:
        before = asyncio.all_tasks()
        async with aclosing(abatch(getattr(articles, kind)(), engine=engine, concurrency=4)) as results:
            async for _ in results:
                break
        assert articles.closed and engine.in_flight == 0
        assert asyncio.all_tasks() == before
        taken, begun = articles.taken, len(engine.begun)
        await asyncio.sleep(0.05)
        assert (articles.taken, len(engine.begun)) == (taken, begun)

    asyncio.run(walk())
    gc.collect()
    assert caplog.records == []


def test_articles_that_failed_unheard_leave_no_word(caplog: pytest.LogCaptureFixture) -> None:
    def articles() -> Iterator[Any]:
        yield from THREE
        raise ValueError

    results = batch(articles(), engine=Writes())
    next(results)
    for verb in (results.close, gc.collect):
        verb()

    async def walk() -> None:
        async with aclosing(abatch(articles(), engine=Writes())) as awaited:
            async for _ in awaited:
                await asyncio.sleep(0.05)
                break

    asyncio.run(walk())
    gc.collect()
    assert caplog.records == []


@pytest.mark.parametrize("verb", [batch, abatch])
def test_one_that_is_never_walked_through_does_nothing(verb: Callable[..., object]) -> None:
    articles, engine = Endless(), Writes()
    verb(articles.plain(), engine=engine)
    gc.collect()
    assert (articles.taken, engine.begun) == (0, [])


def test_questions_answered_have_the_articles_id() -> None:
    rows = [{"id": "a0", "text": "The council approved the bridge on Monday. It will cost $4 million."}]
    (answer,) = batch(rows, question="How much will the bridge cost?", engine=Extractive(), workers=1)
    assert isinstance(answer, Answer) and (answer.id, answer.status) == ("a0", "answered")
