"""Many articles: the straight line of `api` for each of them, so many at once, and nothing that is finished is lost.

Articles are taken one by one, as there is room, and each result is given away as soon as it may be: so memory stays
flat however many there are. An article that fails is a value among the results. What makes every further call fail
alike (the key, the quota, the model, the budget) stops the run, after what is under way has ended.
"""

from __future__ import annotations

import asyncio
import operator
import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Generator,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import aclosing, closing, nullcontext
from dataclasses import dataclass, replace
from typing import Any, Literal, TypedDict, Unpack

from . import arguments, loop
from .api import Keep, OnUnsupported, aask, asummarize
from .article import Article, named
from .article import articles as articles_in
from .document import sources_of
from .engines import Engine, Keeps
from .engines.cached import Cached
from .engines.extractive import Extractive
from .engines.openai import OpenAI
from .errors import ConfigError, InputError
from .flow import Failure, Flow, Job, Result
from .pace import Pace, paced
from .pool import Pool
from .progress import Progress
from .results import Answer, Briefing
from .usage import Budget, budgeted, stoppable

__all__ = ["Failure", "Options", "Result", "abatch", "batch"]

#: Calls in flight, where nobody says: far below what providers allow, far above what one after another would be.
CONCURRENCY = 32
#: Articles under way for each call in flight: while some wait for the server, others are read and checked.
_AHEAD = 2
#: Results that wait for one before them take no place, but at most so many times the places.
_WINDOW = 4
#: From so many articles on processes pay for the extractive engine (benchmarks/cores.py).
_PAYS = 200


class Options(TypedDict, total=False):
    """What else `batch` takes: the keyword arguments of `summarize`, or those of `ask` where a question is asked."""

    engine: Engine | None
    points: int
    focus: str | None
    unsupported: OnUnsupported
    fallback: Literal["extractive"] | None
    cache: Keep


def batch(
    articles: Iterable[Any],
    *,
    question: str | Sequence[str] | None = None,
    concurrency: int | Pace = CONCURRENCY,
    budget: Budget | None = None,
    ordered: bool = True,
    workers: int | None = None,
    progress: bool | None = None,
    **options: Unpack[Options],
) -> Generator[Result, None, None]:
    """Return an iterator over the results of many articles: briefings, or answers where a `question` is asked.

    `articles` is any iterable, a generator of a million too: of what `summarize` takes, of rows that may have an `id`
    and a `question` of their own, or a DataFrame. It is walked through in the caller's thread, as there is room. Each
    result has the article's `id`, which is its number from 0 where it has none. Several questions are all asked of each
    article. An article that fails is a `Failure`. `options` are those of `summarize` (`engine`, `points`, `focus`,
    `unsupported`, `fallback`, `cache`). With `ordered=False` results come as they finish.

    `concurrency` is the most calls in flight (fewer when the server says that they are too many), or a `Pace`, which
    bounds requests and tokens a minute as well. `budget` bounds the whole run. What was paid for lies in the cache: run
    the same again, and only what is missing is asked for. `workers` are processes for the extractive engine; None takes
    one a core when there are enough articles for them to pay. `progress` shows a bar; None does in a terminal and in a
    notebook.

    Raises InputError, ConfigError and CacheError for arguments that cannot be used. A wrong key, a spent quota, an
    unknown model (EngineError that is `fatal`) and a spent budget (BudgetExceeded) are raised after the results of what
    was under way; so is what the iterable raises.

    >>> rows = [{"id": "a", "text": "The council approved the bridge."}, {"id": "b", "text": ""}]
    >>> for result in batch(rows):
    ...     print(result.id, result.error if isinstance(result, Failure) else result.lede.text)
    a The council approved the bridge.
    b article 1: its text is empty: give the article's text.
    """
    given, plan = articles_in(articles), _plan(question, concurrency, budget, ordered, workers, options)
    return _driven(plan, given, Progress(_total(articles, plan), progress))


def abatch(
    articles: Iterable[Any] | AsyncIterable[Any],
    *,
    question: str | Sequence[str] | None = None,
    concurrency: int | Pace = CONCURRENCY,
    budget: Budget | None = None,
    ordered: bool = True,
    workers: int | None = None,
    progress: bool | None = None,
    **options: Unpack[Options],
) -> AsyncGenerator[Result, None]:
    """Return what `batch` returns, for `async for`; `articles` may be asynchronous too.

    A plain iterable is walked through on the event loop: one that is slow holds it up, so give an asynchronous one
    instead. To stop early, close it (`contextlib.aclosing`).
    """
    given = _numbered(articles) if isinstance(articles, AsyncIterable) else _each(articles_in(articles))
    plan = _plan(question, concurrency, budget, ordered, workers, options)
    return _awaited(plan, given, Progress(_total(articles, plan), progress))


def _driven(plan: _Plan, articles: Iterator[Article], progress: Progress) -> Generator[Result, None, None]:
    work = _Work(plan)
    with progress, closing(loop.iterate(work.results(work.flow.handed()))) as replies:
        for several in replies:
            for result in several:
                work.flow.hand(articles)  # so that the places are filled also when many results wait for a slow reader
                progress.add(result)
                yield result
            work.flow.hand(articles)


async def _awaited(
    plan: _Plan, articles: AsyncGenerator[Article, None], progress: Progress
) -> AsyncGenerator[Result, None]:
    with progress:
        async with aclosing(_Work(plan).results(articles)) as replies:
            async for several in replies:
                for result in several:
                    progress.add(result)
                    yield result


async def _each(articles: Iterator[Article]) -> AsyncGenerator[Article, None]:
    for article in articles:
        yield article


async def _numbered(items: AsyncIterable[Any]) -> AsyncGenerator[Article, None]:
    number, walked = 0, aiter(items)
    try:
        async for item in walked:
            yield named(item, number)
            number += 1
    finally:
        if isinstance(walked, AsyncGenerator):  # else it would be closed when the garbage is collected
            await walked.aclose()


def _total(articles: object, plan: _Plan) -> int | None:
    """Return how many results there will be, where that can be told."""
    if len(plan.questions) > 1:  # a row with a question of its own has one result, any other so many
        return None
    return operator.length_hint(articles) or None


@dataclass(frozen=True)
class _Plan:
    """What was asked of a batch, checked."""

    engine: Engine
    notes: Sequence[str]
    questions: tuple[str | None, ...]
    pace: Pace
    budget: Budget | None
    ordered: bool
    workers: int  # processes; 1 is this one
    asked: bool  # for that number
    options: dict[str, Any]

    @property
    def places(self) -> int:
        """How many articles may be under way."""
        engine = _inner(self.engine)
        if isinstance(engine, Extractive):
            return _AHEAD * self.workers
        # an engine that calls by itself keeps to the pace; of another, each article is taken to be one call
        return self.pace.concurrency * (_AHEAD if isinstance(engine, Keeps) else 1)


def _plan(
    question: object, concurrency: object, budget: object, ordered: bool, workers: object, options: Options
) -> _Plan:
    if unknown := sorted(options.keys() - Options.__annotations__):
        raise TypeError(f"batch() got an unexpected keyword argument {unknown[0]!r}")
    given: dict[str, Any] = {**options}
    engine, notes = arguments.writer(given.pop("engine", None), given.pop("cache", True))
    given["unsupported"] = arguments.mode(given.get("unsupported", "repair")).value
    arguments.fallback(given.get("fallback"))
    if "points" in given:
        arguments.points(given["points"])
    if given.get("focus") is not None:
        arguments.words(given["focus"], "focus")
    if budget is not None and not isinstance(budget, Budget):
        raise ConfigError(f"budget is of type {type(budget).__name__}: give a briefing.Budget.")
    if isinstance(calling := _inner(engine), OpenAI):
        replace(calling, budget=budget or calling.budget)  # checks it: a budget of money needs prices
    if workers is not None and (not isinstance(workers, int) or isinstance(workers, bool) or workers < 1):
        raise ConfigError(f"workers is {workers!r}: give a whole number, 1 or more.")
    return _Plan(
        engine=engine,
        notes=notes,
        questions=_questions(question, given),
        pace=concurrency if isinstance(concurrency, Pace) else Pace(concurrency),  # type: ignore[arg-type]  # it says so
        budget=budget,
        ordered=bool(ordered),
        workers=workers or _cores(),
        asked=workers is not None,
        options=given,
    )


def _questions(question: object, options: Mapping[str, object]) -> tuple[str | None, ...]:
    if question is None:
        return (None,)
    several = [question] if isinstance(question, str) or not isinstance(question, Sequence) else list(question)
    if not several:
        raise InputError("the list of questions is empty: give at least one, or leave it out for briefings.")
    if given := sorted({"points", "focus"} & options.keys()):
        raise InputError(f"{given[0]} is for briefings, and a question is asked: leave one of them out.")
    return tuple(arguments.words(each, "question") for each in several)


def _inner(engine: Engine) -> Engine:
    return engine.engine if isinstance(engine, Cached) else engine


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Work:
    """A plan at work: its flow, and the processes that the extractive engine has."""

    def __init__(self, plan: _Plan) -> None:
        self._plan, self._begun, self._here = plan, 0, asyncio.Lock()
        self._pool = Pool(plan.workers) if type(plan.engine) is Extractive and plan.workers > 1 else None
        window = plan.places * (_WINDOW if plan.ordered else _AHEAD)
        self.flow = Flow(self._written, plan.questions, plan.places, window, plan.ordered)

    async def results(self, articles: AsyncGenerator[Article, None]) -> AsyncGenerator[list[Result], None]:
        pace, here = self._plan.pace, asyncio.get_running_loop()
        pace.batches.append(here)
        try:
            if not pace.serves(here):
                raise ConfigError("this Pace already serves a batch in another event loop: give each batch its own.")
            async with aclosing(self.flow.results(articles)) as results:
                async for several in results:
                    yield several
        finally:
            pace.batches.remove(here)
            if self._pool:
                await self._pool.aclose()

    async def _written(self, job: Job) -> Briefing | Answer:
        self._begun += 1
        with paced(self._plan.pace), budgeted(self._plan.budget), stoppable(self.flow.stop):
            result = await self._elsewhere(job) or await self._written_here(job)
        return result.model_copy(update={"notes": (*self._plan.notes, *result.notes)})

    async def _written_here(self, job: Job) -> Briefing | Answer:
        options = {**self._options(job), "engine": self._plan.engine, "cache": None}
        # what computes goes one by one: two at a time would only stand in each other's way
        async with self._here if isinstance(self._plan.engine, Extractive) else nullcontext():
            if job.question is None:
                return await asummarize(job.article.sources, **options)
            return await aask(job.article.sources, job.question, **options)

    async def _elsewhere(self, job: Job) -> Briefing | Answer | None:
        """Return what a process made of a job; None where none is to, or none can be started and none was asked for."""
        if not self._pool or not (self._plan.asked or self._begun > _PAYS):
            return None
        sources, options = sources_of(job.article.sources), self._options(job)
        asked = {} if job.question is None else {"question": job.question}
        try:
            return await self._pool.run("ask" if asked else "summarize", sources, {**options, **asked})
        except ConfigError:
            if self._plan.asked:
                raise
            return None

    def _options(self, job: Job) -> dict[str, Any]:  # a row may ask a question of its own where the others do not
        return {k: v for k, v in self._plan.options.items() if job.question is None or k not in ("points", "focus")}
