"""What the calls to a model used, and how much they may use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from threading import Lock
from typing import NoReturn

from pydantic import BaseModel, ConfigDict

from .errors import BriefingError, BudgetExceeded, ConfigError, EngineError


class Usage(BaseModel):
    """What was used: calls to a model, tokens and money; None where that is not known.

    Calls are attempts: one that failed and was made again counts as two. Tokens are those that the server reported; as
    soon as one call's are not known, the sum is not. `cost` is in the currency of the prices given to the engine,
    else in US dollars.
    `cached` are the replies that came from the cache, for which nothing was used.

    >>> Usage(calls=1, input_tokens=80, output_tokens=None) + Usage(calls=1, input_tokens=20, output_tokens=5)
    Usage(calls=2, input_tokens=100, output_tokens=None, cost=0.0, cached=0)
    """

    model_config = ConfigDict(frozen=True)

    calls: int | None = 0
    input_tokens: int | None = 0
    output_tokens: int | None = 0
    cost: float | None = 0.0
    cached: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            calls=_sum(self.calls, other.calls),
            input_tokens=_sum(self.input_tokens, other.input_tokens),
            output_tokens=_sum(self.output_tokens, other.output_tokens),
            cost=None if self.cost is None or other.cost is None else self.cost + other.cost,
            cached=self.cached + other.cached,
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


class Meter:
    """Adds up what the calls of one task used, from whatever thread they come."""

    def __init__(self) -> None:
        self.usage = Usage()
        self._lock = Lock()

    def add(self, usage: Usage) -> None:
        """Count what one call used."""
        with self._lock:
            self.usage += usage


_meters: ContextVar[tuple[Meter, ...]] = ContextVar("_meters", default=())


@contextmanager
def metered() -> Iterator[Meter]:
    """Yield a meter of every call that is recorded within, also in the tasks and threads started there."""
    meter = Meter()
    token = _meters.set((*_meters.get(), meter))
    try:
        yield meter
    finally:
        _meters.reset(token)


def record(usage: Usage) -> None:
    """Tell the meters around what one call used: an engine does so for each attempt.

    >>> with metered() as meter:
    ...     record(Usage(calls=1, input_tokens=10, output_tokens=2))
    >>> meter.usage.calls
    1
    """
    for meter in _meters.get():
        meter.add(usage)


class Budget:
    """How much an engine may use over its life, in calls, tokens and money; None sets no limit.

    Before a call its cost is reserved: the tokens of the prompt, and of the reply where `max_tokens` bounds it. A call
    that would go beyond raises BudgetExceeded and is not made. Where the server does not say what a call used, what
    was reserved counts. Replies without `max_tokens` may overshoot, each by its own length at most.

    >>> budget = Budget(calls=1)
    >>> budget.settle(budget.reserve(Usage(calls=1, input_tokens=100)), Usage(calls=1, input_tokens=90))
    >>> budget.spent.input_tokens
    90
    """

    def __init__(self, *, calls: int | None = None, tokens: int | None = None, cost: float | None = None) -> None:
        for name, limit in (("calls", calls), ("tokens", tokens), ("cost", cost)):
            if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 0):
                raise ConfigError(f"the budget's {name} is {limit!r}: give a number, 0 or more, or leave it out.")
        self.calls, self.tokens, self.cost = calls, tokens, cost
        self.spent = Usage()
        self._held = Usage()  # of that, what calls under way may use
        self._lock = Lock()

    def __reduce__(self) -> NoReturn:
        raise ConfigError("a budget cannot be sent to another process: give the engine there one of its own.")

    def reserve(self, expected: Usage) -> Usage:
        """Return what is now set aside for a call; raises BudgetExceeded when it is not there.

        The error is `retryable` where it may be there once the calls under way have used less than was set aside.
        """
        with self._lock:
            if short := self._short(expected):
                name, limit = short
                error = BudgetExceeded(
                    f"the budget of {limit:g} {name} does not cover the next call: raise it, or ask for less."
                )
                error.usage, error.retryable = self.spent, not self._short(expected, least=True)
                raise error
            self.spent, self._held = self.spent + expected, self._held + expected
        return expected

    def _short(self, expected: Usage, *, least: bool = False) -> tuple[str, float] | None:
        """Return the limit that a further call breaks: after all that is set aside, or the least of it that is used."""
        after = self.spent + expected
        tokens, cost = _tokens(after), after.cost or 0.0
        if least:  # a call under way is a call, whatever it uses
            tokens, cost = tokens - _tokens(self._held), cost - (self._held.cost or 0.0)
        needs = (("calls", self.calls, after.calls or 0), ("tokens", self.tokens, tokens), ("cost", self.cost, cost))
        return next(((name, limit) for name, limit, need in needs if limit is not None and need > limit), None)

    def settle(self, reserved: Usage, used: Usage) -> None:
        """Put what a call used in the place of what was reserved for it; what is not known stays as reserved."""
        with self._lock:
            self._held = Usage(
                calls=_settled(self._held.calls, reserved.calls, 0),
                input_tokens=_settled(self._held.input_tokens, reserved.input_tokens, 0),
                output_tokens=_settled(self._held.output_tokens, reserved.output_tokens, 0),
                cost=(self._held.cost or 0.0) - (reserved.cost or 0.0),
            )
            self.spent = Usage(
                calls=_settled(self.spent.calls, reserved.calls, used.calls),
                input_tokens=_settled(self.spent.input_tokens, reserved.input_tokens, used.input_tokens),
                output_tokens=_settled(self.spent.output_tokens, reserved.output_tokens, used.output_tokens),
                cost=(self.spent.cost or 0.0)
                + (0.0 if used.cost is None or reserved.cost is None else used.cost - reserved.cost),
            )


_budgets: ContextVar[tuple[Budget, ...]] = ContextVar("_budgets", default=())


@contextmanager
def budgeted(budget: Budget | None) -> Iterator[None]:
    """Have every call made within held to this budget too, also in the tasks and threads started there."""
    token = _budgets.set((*_budgets.get(), budget) if budget else _budgets.get())
    try:
        yield
    finally:
        _budgets.reset(token)


class Stop:
    """What ended a batch: once there is an `error`, no further call of it is made. `done` says that some went well."""

    def __init__(self) -> None:
        self.error: BriefingError | None = None
        self.done = False


_stops: ContextVar[tuple[Stop, ...]] = ContextVar("_stops", default=())


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Have no further call made within once it was stopped."""
    token = _stops.set((*_stops.get(), stop))
    try:
        yield
    finally:
        _stops.reset(token)


def permitted() -> None:
    """Return nothing; raises what stopped the work that a call is about to be made for."""
    for stop in _stops.get():
        if stop.error:
            raise copy(stop.error)  # each with a traceback of its own


def stopped(error: EngineError) -> None:
    """Stop the work around, after a call that failed as all further ones would; if that is sure."""
    for stop in _stops.get():
        if not (error.doubtful and stop.done):
            stop.error = stop.error or error


def budgets(own: Budget | None) -> list[Budget]:
    """Return the budgets that a call made here is held to: that of its engine, and those around it."""
    return [*dict.fromkeys([*([own] if own else []), *_budgets.get()])]  # given twice, it is still one


def _tokens(usage: Usage) -> int:
    return (usage.input_tokens or 0) + (usage.output_tokens or 0)


def _settled(spent: int | None, reserved: int | None, used: int | None) -> int:
    return (spent or 0) + (0 if used is None or reserved is None else used - reserved)
