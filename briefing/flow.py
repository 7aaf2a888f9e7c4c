"""How the articles of a batch flow: taken as there is room, so many at once, given away as they finish or in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, field_serializer

from .article import Article
from .errors import BriefingError, BudgetExceeded, CacheError, ConfigError, EngineError
from .results import Answer, Briefing
from .usage import Usage, metered

_log = logging.getLogger("briefing")
#: Seconds that calls under way have to end, once one has failed in a way that all further ones would.
GRACE = 10.0


class Failure(BaseModel):
    """An article of a batch that came to nothing: its `id`, the `question` if one was asked, and the `error`."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    id: str
    question: str = ""
    error: BriefingError
    usage: Usage = Usage()

    @field_serializer("error")
    def _told(self, error: BriefingError) -> dict[str, str]:
        return {"type": type(error).__name__, "message": str(error)}


Result = Briefing | Answer | Failure


class Job(NamedTuple):
    """What is asked for: an article, and the question to it, None for a briefing."""

    article: Article
    question: str | None


class Wanted(NamedTuple):
    """The next article, which somebody else is to hand over; None when there is none any more."""

    article: asyncio.Future[Article | None]


class _Reply(NamedTuple):
    number: int
    result: Result


@dataclass
class Flow:
    """One run: `write` makes a result of a job, `places` of them at once; `window` are taken and not given away."""

    write: Callable[[Job], Awaitable[Briefing | Answer]]
    questions: tuple[str | None, ...]
    places: int
    window: int
    ordered: bool
    fatal: BriefingError | None = None
    _done: int = 0
    _tasks: dict[asyncio.Task[Result], tuple[int, Job]] = field(default_factory=dict)
    _replies: asyncio.Queue[_Reply | Wanted | None] = field(default_factory=asyncio.Queue)

    async def wanted(self) -> Article | None:
        """Return an article from whoever reads the results, who is asked for it there."""
        article: asyncio.Future[Article | None] = asyncio.get_running_loop().create_future()
        self._replies.put_nowait(Wanted(article))
        return await article

    async def results(self, articles: AsyncIterator[Article]) -> AsyncGenerator[Result | Wanted, None]:
        """Yield the result of every job; at the end raises what stopped the run, or what the articles raised."""
        room, places = asyncio.Semaphore(self.window), asyncio.Semaphore(self.places)
        feeding = asyncio.create_task(self._feed(articles, room, places))
        feeding.add_done_callback(lambda _: self._replies.put_nowait(None))
        held: dict[int, Result] = {}
        turn = 0
        try:
            while self._tasks or not feeding.done() or not self._replies.empty():
                reply = await self._replies.get()
                if isinstance(reply, Wanted):
                    yield reply
                elif reply is not None:
                    held[reply.number if self.ordered else turn + len(held)] = reply.result
                    if self._stops(reply.result):
                        feeding.cancel()
                while turn in held:
                    room.release()
                    yield held.pop(turn)
                    turn += 1
        finally:
            feeding.cancel()
            self._cancel()
            await asyncio.wait([feeding, *self._tasks])
        if self.fatal:
            raise self.fatal
        await feeding  # raises what the articles raised

    async def _feed(self, articles: AsyncIterator[Article], room: asyncio.Semaphore, places: asyncio.Semaphore) -> None:
        number = 0
        async for article in articles:
            for question in (article.question,) if article.question else self.questions:
                await room.acquire()
                await places.acquire()
                job = Job(article, question)
                task = asyncio.create_task(self._result(job))
                self._tasks[task] = number, job
                task.add_done_callback(self._ended)
                task.add_done_callback(lambda _: places.release())
                number += 1

    async def _result(self, job: Job) -> Result:
        """Return what was written; what failed is a result too."""
        with metered() as meter:
            try:
                if job.article.problem:
                    raise job.article.problem
                result = await self.write(job)
                return result.model_copy(update={"id": job.article.id})
            except BriefingError as error:
                failed = error
            except Exception as error:  # a fault of ours, or of an engine or a cache of the caller's: not of the others
                _log.exception("article %s failed", job.article.id)
                failed = BriefingError(
                    f"a fault outside of what was expected ({type(error).__name__}); its traceback is in the log "
                    "“briefing”: mend it where it is yours, else report it."
                )
                failed.__cause__ = error
        return _failure(job, failed, meter.usage)

    def _ended(self, task: asyncio.Task[Result]) -> None:
        number, job = self._tasks.pop(task)
        if task.cancelled():  # when the run was stopped, or by an engine of the caller's
            error = self.fatal or EngineError("the work on it was cancelled: ask again.")
            result: Result = _failure(job, error, Usage())
        else:
            result = task.result()
        self._replies.put_nowait(_Reply(number, result))

    def _stops(self, result: Result) -> bool:
        """Tell whether this result is one after which no other article need be tried."""
        if not isinstance(result, Failure):
            self._done += 1
            return False
        error = result.error
        all_alike = isinstance(error, EngineError) and error.fatal
        # what is not set up fails at the first article; later it is that article's own, such as too long a sentence
        never = isinstance(error, ConfigError | CacheError) and not self._done
        if self.fatal or not (all_alike or never or isinstance(error, BudgetExceeded)):
            return False
        self.fatal = error
        if all_alike:
            asyncio.get_running_loop().call_later(GRACE, self._cancel)
        return True

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()


def _failure(job: Job, error: BriefingError, usage: Usage) -> Failure:
    return Failure(id=job.article.id, question=job.question or "", error=error, usage=usage)
