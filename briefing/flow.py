"""How the articles of a batch flow: taken as there is room, so many at once, given away as they finish or in order."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from pydantic import BaseModel, ConfigDict, InstanceOf, field_serializer, field_validator

from . import errors
from .article import Article
from .errors import BriefingError, BudgetExceeded, CacheError, ConfigError, EngineError, InputError
from .results import Answer, Briefing
from .text import replace_surrogates
from .usage import Stop, Usage, metered

_log = logging.getLogger("briefing")
#: Seconds that calls under way have to end, once one has failed in a way that all further ones would.
GRACE = 60.0
#: Seconds within which further articles are handed over at once.
_AT_HAND = 0.01


class Failure(BaseModel):
    """An article of a batch that came to nothing: its `id`, the `question` if one was asked, and the `error`."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    id: str
    question: str = ""
    error: InstanceOf[BriefingError]
    usage: Usage = Usage()

    @field_validator("error", mode="before")
    @classmethod
    def _read(cls, given: object) -> object:
        """Return an error of its type with its message, where only these were kept."""
        kind = getattr(errors, str(given.get("type")), None) if isinstance(given, dict) else None
        if isinstance(given, dict) and isinstance(kind, type) and issubclass(kind, BriefingError):
            return kind.__new__(kind, str(given.get("message")))
        return given

    @field_serializer("error")
    def _told(self, error: BriefingError) -> dict[str, str]:
        # it may name a file, and not every name is UTF-8
        return {"type": type(error).__name__, "message": replace_surrogates(str(error))}


Result = Briefing | Answer | Failure


class Job(NamedTuple):
    """What is asked for: an article, and the question to it, None for a briefing."""

    article: Article
    question: str | None


class _Handed(NamedTuple):
    """The next articles, whether there are more, and what their iterator raised."""

    articles: list[Article]
    more: bool = True
    error: Exception | None = None


class _Reply(NamedTuple):
    number: int
    result: Result | None  # None of an article that was not begun


@dataclass
class Flow:
    """One run: `write` makes a result of a job, `places` of them at once; `window` are taken and not given away."""

    write: Callable[[Job], Awaitable[Briefing | Answer]]
    questions: tuple[str | None, ...]
    places: int
    window: int
    ordered: bool
    stop: Stop = field(default_factory=Stop)
    fatal: BriefingError | None = None
    _proven: bool = False  # that all is set up
    _unset: list[BriefingError] = field(default_factory=list)  # what said otherwise, as long as it is not proven
    _doubtful: int = 0  # errors since the last result that may be those of each further call
    _feeding: asyncio.Task[None] | None = None
    _tasks: dict[asyncio.Task[Result], int] = field(default_factory=dict)
    _wanted: asyncio.Future[_Handed] | None = None  # articles that the reader of the results is to hand over
    _taken: int = 0  # and not given away
    _replies: asyncio.Queue[_Reply | BaseException | None] = field(default_factory=asyncio.Queue)

    async def handed(self) -> AsyncGenerator[Article, None]:
        """Yield the articles of whoever reads the results in another thread, and calls `hand` before each of them."""
        handed = _Handed([])
        while handed.more:
            self._wanted = asyncio.get_running_loop().create_future()
            self._replies.put_nowait(None)
            handed = await self._wanted
            for article in handed.articles:
                yield article
        if handed.error:
            raise handed.error

    def hand(self, articles: Iterator[Article]) -> None:
        """Hand over as many articles as there are places for, in another thread; fewer when they take their time."""
        wanted = self._wanted
        if wanted is None:
            return
        self._wanted = None
        if wanted.done():  # after a fatal error nobody waits for them
            return
        handed, until = _Handed([]), time.monotonic() + _AT_HAND
        free = min(self.places - len(self._tasks), self.window - self._taken) // len(self.questions)
        try:
            while handed.more and len(handed.articles) < max(1, free) and time.monotonic() < until:
                for article in articles:
                    handed.articles.append(article)
                    break
                else:
                    handed = handed._replace(more=False)
        except Exception as error:
            handed = handed._replace(more=False, error=error)
        wanted.get_loop().call_soon_threadsafe(lambda: None if wanted.done() else wanted.set_result(handed))

    async def results(self, articles: AsyncGenerator[Article, None]) -> AsyncGenerator[list[Result], None]:
        """Yield the results of all jobs, as many at once as there are, none when articles are to be handed over.

        At the end raises what stopped the run, or what the articles raised.
        """
        room = asyncio.Semaphore(self.window)
        self._feeding = feeding = asyncio.create_task(self._feed(articles, room))
        feeding.add_done_callback(self._fed)
        held: dict[int, Result | None] = {}
        turn = 0
        try:
            while self._tasks or not feeding.done() or not self._replies.empty():
                raised = await self._ready(held, turn)
                ready = []
                while turn in held:
                    ready.append(held.pop(turn))
                    turn += 1
                if ready or self._wanted:
                    yield [result for result in ready if result]
                self._taken -= len(ready)
                for _ in ready:
                    room.release()
                if raised:
                    raise raised
        finally:
            feeding.cancel()
            self._cancel()
            await asyncio.wait([feeding, *self._tasks])
        if stopped := self.fatal or next(iter(self._unset), None):
            raise stopped
        await feeding  # raises what the articles raised

    async def _ready(self, held: dict[int, Result | None], turn: int) -> BaseException | None:
        """Wait for replies, and hold the results by their turn; returns what is to be raised after them."""
        reply = await self._replies.get()
        while True:
            if isinstance(reply, BaseException):
                return reply
            if reply:
                held[reply.number if self.ordered else turn + len(held)] = reply.result
            if self._replies.empty():
                return None
            reply = self._replies.get_nowait()

    async def _feed(self, articles: AsyncGenerator[Article, None], room: asyncio.Semaphore) -> None:
        number, places = 0, asyncio.Semaphore(self.places)
        async with aclosing(articles):
            async for article in articles:
                for question in (article.question,) if article.question else self.questions:
                    await room.acquire()
                    self._taken += 1
                    await places.acquire()
                    task = asyncio.create_task(self._result(Job(article, question)))
                    self._tasks[task] = number
                    task.add_done_callback(self._ended)
                    task.add_done_callback(lambda _: places.release())
                    number += 1

    def _fed(self, feeding: asyncio.Task[None]) -> None:
        _ = feeding.cancelled() or feeding.exception()  # it may be that nobody reads on to the end, where it is raised
        self._replies.put_nowait(None)

    async def _result(self, job: Job) -> Result:
        """Return what was written; what failed is a result too."""
        with metered() as meter:
            try:
                if job.article.problem:
                    raise job.article.problem
                result = await self.write(job)
                return result.model_copy(update={"id": job.article.id})
            except (GeneratorExit, KeyboardInterrupt, SystemExit):
                raise
            except asyncio.CancelledError:  # when the run was stopped, or by an engine of the caller's
                failed = self.fatal or EngineError("the work on it was cancelled: ask again.")
            except BriefingError as error:
                failed = error
            except BaseException as error:  # a fault of ours, or of an engine or a cache of the caller's: of no other
                _log.exception("article %s failed", job.article.id)
                failed = BriefingError(
                    f"a fault outside of what was expected ({type(error).__name__}); its traceback is in the log "
                    "“briefing”: mend it where it is yours, else report it."
                )
                failed.__cause__ = error
        return Failure(id=job.article.id, question=job.question or "", error=_bare(failed), usage=meter.usage)

    def _ended(self, task: asyncio.Task[Result]) -> None:
        number = self._tasks.pop(task)
        if task.cancelled():  # before it began: nobody reads on
            return
        if error := task.exception():
            self._replies.put_nowait(error)
            return
        self._judge(task.result())
        self._replies.put_nowait(_Reply(number, None if self._is_untouched(task.result()) else task.result()))

    def _is_untouched(self, result: Result) -> bool:
        """Tell whether this is an article that was not begun when the run was stopped: no call was made for it."""
        if not self.fatal or not isinstance(result, Failure) or result.usage.calls:
            return False
        return isinstance(result.error, type(self.fatal)) and not isinstance(result.error, ConfigError | CacheError)

    def _judge(self, result: Result) -> None:
        """Take no more articles once it is known that each further one would fail alike."""
        error = result.error if isinstance(result, Failure) else None
        alike = self._is_fatal(error)
        if isinstance(error, ConfigError | CacheError):
            # of one article it may be its own, such as a question longer than the context; of as many as there are
            # places, with nothing done, it is how things are set up
            self._unset += [] if self._proven else [error]
        elif not isinstance(error, InputError):
            self._proven = True
            self._unset.clear()
        if self.fatal or not (alike or isinstance(error, BudgetExceeded) or len(self._unset) >= self.places):
            return
        self.fatal = self.stop.error = self.stop.error or error
        if self._feeding:
            self._feeding.cancel()
        if alike:
            asyncio.get_running_loop().call_later(GRACE, self._cancel)

    def _is_fatal(self, error: BriefingError | None) -> bool:
        """Tell whether each further call would fail alike; of what is doubtful, half as many in a row as places do."""
        if error is None:
            self.stop.done = True
            self._doubtful = 0
        if not isinstance(error, EngineError):
            return False
        if error.doubtful:
            self._doubtful += 1
            error.fatal = (error.fatal and not self.stop.done) or self._doubtful > self.places // 2
        return error.fatal

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()


def _bare(error: BriefingError) -> BriefingError:
    """Return an error without the frames that it came through: they hold the article, for as long as it is kept."""
    each, seen = cast(BaseException | None, error), set[int]()
    while each and id(each) not in seen:
        seen.add(id(each))
        each.__context__ = None
        each = each.with_traceback(None).__cause__
    return error
