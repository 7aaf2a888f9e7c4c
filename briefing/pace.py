"""How fast a batch calls a model's server: as fast as the server likes it, and never faster than the user allows."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Self

from .errors import ConfigError, ConnectionFailed, DeadlineExceeded, EngineError, ProviderFailed, RateLimited
from .usage import Usage

#: Seconds without trouble after which the number of calls in flight grows again.
QUIET = 5.0
#: The tokens of a reply, until replies have told their mean.
REPLY = 500

_MINUTE = 60
#: Seconds of an unused schedule that may be made up for. A minute's worth is spread over as many seconds more: then
#: calls of one size never meet the bound on a minute, which would hold them up in bursts.
_CATCH_UP = 1
_TICK = 0.001  # a timer is no finer


class Pace:
    """How fast a batch calls: how many calls at once, and how many requests and tokens a minute; None sets no limit.

    At most `limit` calls are in flight: `concurrency` at first. A 429 halves it, once for all calls that were in
    flight by then; after QUIET seconds without trouble each round of successes adds one, up to `concurrency`: by this
    all who share a server come to a fair share (Chiu and Jain 1989; TCP, RFC 5681; one cut for all that was in flight:
    RFC 6582). A server error, a lost connection or a missed deadline only puts growth off.

    Calls go out in the order in which they came, spread evenly over the minute, and never more than allowed in any 60
    seconds. The tokens of a call are those of its prompt and of the mean reply so far; what it really used takes their
    place when it is told, so a minute holds what was known of its calls when each went out. A call that is larger than
    a minute's tokens goes out alone. It serves one event loop. Raises ConfigError for a value that cannot be.

    >>> async def one(pace: Pace) -> int:
    ...     async with pace.call(tokens=900) as slot:
    ...         slot.told(RateLimited("too many requests: wait."), None)
    ...     return pace.limit
    >>> asyncio.run(one(Pace(32, requests_per_minute=500)))
    16
    """

    def __init__(
        self,
        concurrency: int = 32,
        *,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not isinstance(concurrency, int) or isinstance(concurrency, bool) or concurrency < 1:
            raise ConfigError(f"concurrency is {concurrency!r}: give a whole number, 1 or more.")
        self._requests = _Rate(_checked("requests_per_minute", requests_per_minute))
        self._tokens = _Rate(_checked("tokens_per_minute", tokens_per_minute))
        #: Whether tokens are limited, so that those of a prompt must be counted before its call.
        self.counts_tokens = self._tokens.most < math.inf
        self._by_the_minute = min(self._requests.most, self._tokens.most) < math.inf
        self.concurrency = self._limit = concurrency  # the first is the most that are ever in flight
        self._clock = clock
        self._in_flight = self._gone_out = 0
        self._cut_at = 0  # how many calls had gone out at the last cut
        self._successes = 0  # since the limit last changed
        self._calm_from = -math.inf
        self._replies, self._written = 1, REPLY
        self._waiting: deque[tuple[Slot, asyncio.Future[None]]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.batches: list[asyncio.AbstractEventLoop] = []  # of those that it serves, the loops; the first one's counts

    @property
    def limit(self) -> int:
        """The most calls that may be in flight now."""
        return self._limit

    @property
    def in_flight(self) -> int:
        """The calls that are in flight."""
        return self._in_flight

    def call(self, tokens: int = 0) -> Slot:
        """Return the slot of a call whose prompt has so many tokens, for `async with`: it waits there for its turn."""
        return Slot(self, tokens)

    def serves(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Return whether this is the loop of its calls; with no batch and none in flight any loop becomes it."""
        if not self._in_flight and not self._waiting:
            self._loop = next(iter(self.batches), loop)
        return self._loop is loop

    async def _turn(self, slot: Slot) -> None:
        """Return when the call has its turn; one that is cancelled meanwhile takes no place."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((slot, turn))
        self._go_on()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._go_on()  # the one behind may need less
            else:  # its turn came in the very moment
                self._leave()
            raise

    def _go_on(self) -> None:
        """Let those go out who may, one after another: who stands first waits for a place and for the minute."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        while self._waiting:
            slot, turn = self._waiting[0]
            if not turn.cancelled():
                if wait := self._wait(slot):
                    if wait < math.inf:
                        self._timer = turn.get_loop().call_later(max(wait, _TICK), self._go_on)
                    return
                self._go(slot)
                turn.set_result(None)
            self._waiting.popleft()

    def _wait(self, slot: Slot) -> float:
        """Return for how many seconds the first in the queue has to wait: for ever, until another call leaves."""
        if self._in_flight >= self._limit:
            return math.inf
        if not self._by_the_minute:
            return 0.0
        now = self._clock()
        return max(self._requests.wait(1, now), self._tokens.wait(self._estimate(slot), now))

    def _estimate(self, slot: Slot) -> int:
        return slot.tokens + round(self._written / self._replies)

    def _go(self, slot: Slot) -> None:
        if self._by_the_minute:
            now = self._clock()
            slot.request = self._requests.take(1, now)
            slot.share = self._tokens.take(self._estimate(slot), now)
        self._in_flight += 1
        self._gone_out += 1
        slot.number = self._gone_out

    def _leave(self) -> None:
        self._in_flight -= 1
        if self._waiting:
            self._go_on()

    def _told(self, slot: Slot, error: EngineError | None, used: Usage | None) -> None:
        now = self._clock()
        if _is_trouble(error):
            self._calm_from = now + QUIET
            if isinstance(error, RateLimited) and slot.number > self._cut_at:
                self._limit = max(1, self._limit // 2)
                self._cut_at, self._successes = self._gone_out, 0
        elif self._limit < self.concurrency and now >= self._calm_from:
            self._successes += 1
            if self._successes >= self._limit:
                self._limit, self._successes = self._limit + 1, 0
        if used and self._by_the_minute:
            read = slot.tokens if used.input_tokens is None else used.input_tokens
            wrote = slot.share.amount - slot.tokens if used.output_tokens is None else used.output_tokens
            self._tokens.correct(slot.share, read + wrote, now)
            if used.output_tokens:  # a call that was turned away wrote no reply
                self._replies, self._written = self._replies + 1, self._written + used.output_tokens
        if self._waiting:
            self._go_on()


class Slot:
    """One call of a batch: it waits for its turn when it is entered, and leaves its place however it ends."""

    __slots__ = ("_pace", "number", "request", "share", "tokens")

    request: _Share
    share: _Share
    number: int  # of the calls that went out, from 1

    def __init__(self, pace: Pace, tokens: int) -> None:
        self._pace, self.tokens = pace, tokens

    async def __aenter__(self) -> Self:
        pace = self._pace
        if pace._waiting or pace._wait(self):
            await pace._turn(self)
        else:
            pace._go(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._pace._leave()

    def told(self, error: EngineError | None, used: Usage | None) -> None:
        """Learn what came of the call, once: the error it ended with, and what it used; None where there is none."""
        self._pace._told(self, error, used)

    def unused(self) -> None:
        """Give back what the call has of its minute: it was not made."""
        pace = self._pace
        if pace._by_the_minute:
            pace._requests.correct(self.request, 0, pace._clock())
            pace._tokens.correct(self.share, 0, pace._clock())


def _is_trouble(error: EngineError | None) -> bool:
    """Return whether the server has a hard time; whatever else it answers, a refusal too, it answers."""
    if isinstance(error, ProviderFailed):
        return error.status >= 500
    return isinstance(error, RateLimited | ConnectionFailed | DeadlineExceeded)


def _checked(name: str, given: object) -> float:
    """Return a number a minute, infinity for None."""
    if given is None:
        return math.inf
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 < given < math.inf:
        raise ConfigError(f"{name} is {given!r}: give a number above 0, or leave it out.")
    return given


@dataclass(slots=True)
class _Share:
    """What one call takes of a minute, and the moment from which it no longer counts."""

    amount: int
    until: float


class _Rate:
    """At most so much in any minute, spread evenly over it.

    Two rules. The schedule: what goes out occupies its part of a minute, and nothing goes out before that is over. The
    bound: nothing goes out that would make the last minute's sum too large, unless it goes out alone. So whatever the
    sizes, the sum of any 60 seconds (their end excluded) is at most `most`, or a single call: when the last call in
    them went out, all the others in them were counted.
    """

    def __init__(self, most: float) -> None:
        self.most = most
        self.sum = 0
        self.recent: deque[_Share] = deque()
        self.free_from = -math.inf

    def wait(self, amount: int, now: float) -> float:
        """Return the seconds until so much may go out, as far as is known now; 0 when it may."""
        self._forget(now)
        crowded = self.recent and self.sum + amount > self.most
        return max(0.0, self.free_from - now, self.recent[0].until - now if crowded else 0.0)

    def take(self, amount: int, now: float) -> _Share:
        """Return the share of what goes out now."""
        share = _Share(amount, now + _MINUTE)
        self.free_from = max(self.free_from, now - _CATCH_UP) + self._seconds(amount)
        if self.most < math.inf:  # else there is nothing to count
            self.recent.append(share)
            self.sum += amount
        return share

    def correct(self, share: _Share, amount: int, now: float) -> None:
        """Put what a call really took in the place of what was expected."""
        self._forget(now)
        self.free_from += self._seconds(amount - share.amount)
        if share.until > now:
            self.sum += amount - share.amount
        share.amount = amount

    def _forget(self, now: float) -> None:
        while self.recent and self.recent[0].until <= now:
            self.sum -= self.recent.popleft().amount

    def _seconds(self, amount: int) -> float:
        return amount * (_MINUTE + _CATCH_UP) / self.most


_paces: ContextVar[Pace | None] = ContextVar("_paces", default=None)


@contextmanager
def paced(pace: Pace | None) -> Iterator[Pace | None]:
    """Yield the pace that every call within goes at, also in the tasks started there."""
    token = _paces.set(pace)
    try:
        yield pace
    finally:
        _paces.reset(token)


def current() -> Pace | None:
    """Return the pace for a call that is made here, in an event loop; None when there is none.

    A sync verb that is called in the loop of a batch runs in another loop, and that of the batch waits for it: there
    it must not wait for a place that only the loop of the batch can free, so it has no pace.
    """
    pace = _paces.get()
    return pace if pace and pace.serves(asyncio.get_running_loop()) else None
