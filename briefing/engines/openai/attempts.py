"""The one policy for attempts: how many, how long to wait between them, and one deadline around them all.

At most four calls are made for a request; a server that asks for a pause gets it, if the deadline allows; otherwise
waits grow and are drawn at random ("full jitter"), so that many clients do not come back at once. In a batch, which is
patient, an answer that there are too many calls slows all of them and is no attempt.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TypeVar

import tenacity

from ...errors import BadReply, DeadlineExceeded, EngineError, RateLimited
from ...usage import Usage
from .server import MAX_PAUSE, Server

T = TypeVar("T")
#: The most calls for one request, whatever they are made for.
ATTEMPTS = 4
#: In a batch a server that is asked too often is waited for, so many times for a request.
_LIMITED = 12
#: The first pause after such an answer that names none, in seconds; it doubles, up to the second.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
#: A reply that cannot be used has been paid for: it is asked for once more, not three times.
_BAD_REPLIES = 2
#: The first wait is drawn from 0 to half a second, each further one from twice as much, up to eight seconds.
_JITTER = tenacity.wait_random_exponential(multiplier=0.5, max=8)
#: What is added to a pause that was asked for, so that not all come back in the same moment.
_SPREAD = tenacity.wait_random(0, 0.5)
_log = logging.getLogger("briefing")


@dataclass
class Run:
    """The attempts of one request: when they must have ended, how many were made, and what they used."""

    server: Server
    seconds: float
    attempts: int = 0
    bad_replies: int = 0
    limited: int = 0  # attempts that the server turned away because there were too many
    patient: bool = False  # pauses that the server asks for are no part of the deadline
    rung: int = 0  # of the ladder of structured output, at least
    usage: Usage = field(default_factory=Usage)
    last: EngineError | None = None
    pause: float | None = None  # that the server asked for with its last answer
    adapted: bool = False  # the next attempt sends something else
    at_once: bool = False  # and need not wait
    started: float = field(default_factory=time.monotonic)
    clock: asyncio.Timeout | None = None

    @property
    def left(self) -> float:
        """The seconds until the deadline."""
        return self.seconds - (time.monotonic() - self.started)

    @asynccontextmanager
    async def bounded(self) -> AsyncIterator[None]:
        """Raise DeadlineExceeded from what runs within when the deadline passes, and complete errors of ours."""
        try:
            async with asyncio.timeout(max(0.0, self.left)) as timeout:
                self.clock = timeout
                yield
        except TimeoutError:
            if not timeout.expired():
                raise
            raise self.told(self._late()) from self.last
        except EngineError as error:
            self.told(error)
            raise

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Stop the clock: it is we who wait here, not the server that is late."""
        began, clock = time.monotonic(), self.clock
        if clock and not clock.expired():  # else what comes next is cancelled
            clock.reschedule(None)
        try:
            yield
        finally:
            self.started += time.monotonic() - began
            if clock and not clock.expired():
                clock.reschedule(asyncio.get_running_loop().time() + max(0.0, self.left))

    async def paused(self, seconds: float) -> None:
        """Wait because the server asked for it."""
        with self.waiting() if self.patient else nullcontext():
            await asyncio.sleep(seconds)

    def told(self, error: EngineError) -> EngineError:
        """Return an error that says how many calls were made and what they used."""
        error.attempts, error.usage = self.attempts, self.usage
        return error

    def _late(self) -> DeadlineExceeded:
        calls = f"{self.attempts} call{'' if self.attempts == 1 else 's'}"
        last = f", the last failed with {type(self.last).__name__}" if self.last else ""
        return DeadlineExceeded(
            f"no complete reply came within {self.seconds:g} s ({calls}{last}): give a longer deadline, or try later."
        )

    async def retried(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Return what an attempt returns, tried again as the policy says; raises the last attempt's error."""
        try:
            return await attempt()
        except EngineError as error:
            failed: list[EngineError] = [error]

        async def once() -> T:
            if failed:  # the first attempt, for the policy to judge: most succeed and are spared its cost
                raise failed.pop()
            return await attempt()

        retrying = tenacity.AsyncRetrying(
            retry=tenacity.retry_if_exception(self._again),
            wait=self._wait,
            stop=self._stop,
            sleep=lambda seconds: asyncio.sleep(seconds) if self.pause is None else self.paused(seconds),
            reraise=True,
        )
        return await retrying(once)

    def _again(self, error: BaseException) -> bool:
        if not isinstance(error, EngineError):
            return False
        self.last, self.at_once, self.adapted = error, self.adapted or isinstance(error, BadReply), False
        self.bad_replies += isinstance(error, BadReply)
        _log.info("call %d failed with %s", self.attempts, type(error).__name__)
        if isinstance(error, BadReply):
            return error.retryable and self.bad_replies < _BAD_REPLIES
        if self.patient and isinstance(error, RateLimited):
            self.limited += 1
            if self.pause is None:  # one that the server named is kept to by all; so is ours where it names none
                self.pause = min(_FIRST_PAUSE * 2 ** (self.limited - 1), _LONGEST_PAUSE)
            error.doubtful = self.pause > MAX_PAUSE  # perhaps the limit of a day
        if self.pause is not None and error.retryable:
            self.server.pause(self.pause)
            return self.pause <= MAX_PAUSE
        return error.retryable or self.at_once

    def _wait(self, state: tenacity.RetryCallState) -> float:
        if self.at_once:
            return 0.0
        return _JITTER(state) if self.pause is None else self.pause + _SPREAD(state)

    def _stop(self, state: tenacity.RetryCallState) -> bool:
        # a pause that the deadline does not allow is not begun: the error that asked for it says more
        excused = self.patient and self.pause is not None
        spent = self.attempts - self.limited >= ATTEMPTS or self.limited >= _LIMITED
        return spent or (not excused and (state.upcoming_sleep or 0.0) >= self.left)
