"""How the articles of a batch flow: taken as there is room, so many at once, given away as they finish or in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
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
GRACE = 10.0


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


class Wanted(NamedTuple):
    """The next article, which somebody else is to hand over; None when there is none any more."""

    article: asyncio.Future[Article | None]

    def hand(self, articles: Iterator[Article]) -> None:
        """Hand over the next article, None for the end of them, or what their iterator raised: in another thread."""
        try:
            give = partial(self.article.set_result, next(articles, None))
        except Exception as error:
            give = partial(self.article.set_exception, error)
        self.article.get_loop().call_soon_threadsafe(lambda: None if self.article.done() else give())


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
    _feeding: asyncio.Task[None] | None = None
    _tasks: dict[asyncio.Task[Result], int] = field(default_factory=dict)
    _wanted: Wanted | None = None
    _replies: asyncio.Queue[_Reply | BaseException | None] = field(default_factory=asyncio.Queue)

    async def handed(self) -> AsyncGenerator[Article, None]:
        """Yield the articles of whoever reads the results, who is asked for each there."""
        while True:
            self._wanted = Wanted(asyncio.get_running_loop().create_future())
            self._replies.put_nowait(None)
            if (article := await self._wanted.article) is None:
                return
            yield article

    async def results(self, articles: AsyncGenerator[Article, None]) -> AsyncGenerator[Result | Wanted, None]:
        """Yield the result of every job; at the end raises what stopped the run, or what the articles raised."""
        room = asyncio.Semaphore(self.window)
        self._feeding = feeding = asyncio.create_task(self._feed(articles, room))
        feeding.add_done_callback(self._fed)
        held: dict[int, Result | None] = {}
        turn = 0
        try:
            while self._tasks or not feeding.done() or not self._replies.empty():
                reply = await self._replies.get()
                if isinstance(reply, BaseException):
                    raise reply
                if isinstance(reply, _Reply):
                    held[reply.number if self.ordered else turn + len(held)] = reply.result
                # before each result, so that the places are filled also when many results wait for a slow reader
                while (wanted := self._asked()) or turn in held:
                    if wanted:
                        yield wanted
                    if turn in held:
                        room.release()
                        if result := held.pop(turn):
                            yield result
                        turn += 1
        finally:
            feeding.cancel()
            self._cancel()
            await asyncio.wait([feeding, *self._tasks])
        if stopped := self.fatal or next(iter(self._unset), None):
            raise stopped
        await feeding  # raises what the articles raised

    async def _feed(self, articles: AsyncGenerator[Article, None], room: asyncio.Semaphore) -> None:
        number, places = 0, asyncio.Semaphore(self.places)
        async with aclosing(articles):
            async for article in articles:
                for question in (article.question,) if article.question else self.questions:
                    await room.acquire()
                    await places.acquire()
                    task = asyncio.create_task(self._result(Job(article, question)))
                    self._tasks[task] = number
                    task.add_done_callback(self._ended)
                    task.add_done_callback(lambda _: places.release())
                    number += 1

    def _asked(self) -> Wanted | None:
        """Return the article that is wanted and was not asked for yet; after a fatal error nobody waits for it."""
        wanted, self._wanted = self._wanted, None
        return wanted if wanted and not wanted.article.done() else None

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
        alike = isinstance(error, EngineError) and error.fatal
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
