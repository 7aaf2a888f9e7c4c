"""The pace of a batch: how it slows down and recovers, whose turn it is, and what goes out in a minute.

The event loop of these tests skips the time that it would wait, so that minutes pass in no time and none is guessed at.
"""

from __future__ import annotations

import asyncio
import math
import selectors
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import loop as private
from briefing.errors import (
    AuthFailed,
    BadReply,
    ConfigError,
    ConnectionFailed,
    ContentFiltered,
    DeadlineExceeded,
    EngineError,
    ProviderFailed,
    RateLimited,
    Refused,
)
from briefing.pace import QUIET, REPLY, Pace, Slot, current, paced
from briefing.usage import Usage

T = TypeVar("T")


class Skipping(selectors.SelectSelector):
    """Waits for nothing: the time that it was to wait has passed. With nothing to wait for, all hangs."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "whoever still waits does so for ever"
        self.now += timeout
        return super().select(0)


class Clock(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.skipping = Skipping()
        super().__init__(self.skipping)

    def time(self) -> float:
        return self.skipping.now


def played(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=Clock) as runner:
        return runner.run(work)


def now() -> float:
    return asyncio.get_running_loop().time()


def made(concurrency: int = 32, *, requests: float | None = None, tokens: float | None = None) -> Pace:
    return Pace(concurrency, requests_per_minute=requests, tokens_per_minute=tokens, clock=now)


# What the user gives

IMPOSSIBLE: dict[str, tuple[str, object]] = {
    **{f"concurrency {given!r}": ("concurrency", given) for given in (0, -1, 1.5, math.inf, True, "4", None)},
    **{
        f"{name} {given!r}": (name, given)
        for name in ("requests_per_minute", "tokens_per_minute")
        for given in (0, -1, -0.5, math.nan, math.inf, True, "60")
    },
}
POSSIBLE: dict[str, tuple[str, object]] = {
    "one at a time": ("concurrency", 1),
    "one in two minutes": ("requests_per_minute", 0.5),
    "very many": ("tokens_per_minute", 10**400),
    "no limit": ("requests_per_minute", None),
}


@pytest.mark.parametrize(("name", "given"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_impossible_values(name: str, given: object) -> None:
    with pytest.raises(ConfigError, match=rf"^{name} is .*: give a .*\.$"):
        Pace(**{name: given})  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "given"), POSSIBLE.values(), ids=POSSIBLE)
def test_possible_values(name: str, given: object) -> None:
    async def calls() -> None:
        pace = Pace(**{name: given}, clock=now)  # type: ignore[arg-type]
        for _ in range(3):
            async with pace.call(10):
                assert pace.in_flight == 1
        assert pace.in_flight == 0

    played(calls())


# What the server says

LIMITED = RateLimited("slower: wait.")
FAILED = ProviderFailed("down: wait.", 503)
LATE = DeadlineExceeded("late: wait.")
LOST = ConnectionFailed("lost: wait.")
REFUSED = Refused("no: ask otherwise.")


class Step(NamedTuple):
    """So many calls go out together, and all of them end with this error, so many seconds later."""

    calls: int
    error: EngineError | None = None
    seconds: float = 0.0


TROUBLE: Final = Step(1, LIMITED)
LIMITS: dict[str, tuple[list[Step], list[int]]] = {
    "nothing happens": ([Step(16)], [16]),
    "never more than asked for": ([Step(16, seconds=QUIET)] * 3, [16] * 3),
    "a 429 halves it": ([TROUBLE], [8]),
    "one piece of news, however many bring it": ([Step(16, LIMITED)], [8]),
    "each further one halves it": ([TROUBLE] * 6, [8, 4, 2, 1, 1, 1]),
    "a whole round each": ([Step(16, LIMITED), Step(8, LIMITED), Step(4, LIMITED)], [8, 4, 2]),
    "no growth before it is quiet": ([TROUBLE, Step(8, seconds=QUIET - 0.1), Step(8)], [8, 8, 8]),
    "growth: one more a round": (
        [Step(16, LIMITED), Step(8, seconds=QUIET), Step(9), Step(9), Step(1)],
        [8, 9, 10, 10, 11],
    ),
    "growth ends where it began": ([TROUBLE, *[Step(16, seconds=QUIET)] * 9], [8, 9, 11, 12, 14, 15, 16, 16, 16, 16]),
    "growth from one": ([*[TROUBLE] * 4, Step(1, seconds=QUIET), Step(2), Step(3)], [8, 4, 2, 1, 2, 3, 4]),
    "a cut begins the round anew": (
        [TROUBLE, Step(7, seconds=QUIET), TROUBLE, Step(3, seconds=QUIET), Step(1)],
        [8, 8, 4, 4, 5],
    ),
    **{
        f"{name} puts growth off and cuts nothing": (
            [TROUBLE, Step(8, seconds=QUIET), Step(1, error), Step(9, seconds=QUIET - 0.1), Step(9, seconds=0.1)],
            [8, 9, 9, 9, 10],
        )
        for name, error in {"a 5xx": FAILED, "a lost connection": LOST, "a missed deadline": LATE}.items()
    },
    **{
        f"{type(error).__name__} is an answer": ([TROUBLE, Step(8, error, QUIET)], [8, 9])
        for error in (
            REFUSED,
            ContentFiltered("filtered: ask otherwise."),
            BadReply("bad: ask again.", "not_json"),
            ProviderFailed("wrong: ask otherwise.", 400),
            AuthFailed("no key: give one."),
        )
    },
}


@pytest.mark.parametrize(("steps", "limits"), LIMITS.values(), ids=LIMITS)
def test_the_limit(steps: Sequence[Step], limits: Sequence[int]) -> None:
    async def calls() -> list[int]:
        pace, found = made(16), []
        for step in steps:
            together = [pace.call() for _ in range(step.calls)]
            places = pace.limit
            entered = [asyncio.create_task(slot.__aenter__()) for slot in together]
            await asyncio.sleep(step.seconds)
            assert pace.in_flight == min(places, step.calls)
            for slot, task in zip(together, entered, strict=True):
                await task
                slot.told(step.error, None)
                await slot.__aexit__()
            found.append(pace.limit)
        assert pace.in_flight == 0
        return found

    assert played(calls()) == limits


def test_a_cut_holds_up_who_comes_later() -> None:
    async def calls() -> None:
        pace = made(4)
        together = [pace.call() for _ in range(6)]
        tasks = [asyncio.create_task(slot.__aenter__()) for slot in together]
        await asyncio.sleep(0)
        together[0].told(LIMITED, None)
        seen = []
        for slot in together[:4]:
            await slot.__aexit__()
            await asyncio.sleep(0)
            seen.append((pace.in_flight, sum(task.done() for task in tasks)))
        assert (pace.limit, seen) == (2, [(3, 4), (2, 4), (2, 5), (2, 6)])

    played(calls())


def test_growth_lets_the_next_one_in() -> None:
    async def calls() -> None:
        pace = made(2)
        first, second = pace.call(), pace.call()
        await first.__aenter__()
        first.told(LIMITED, None)
        waits = asyncio.create_task(second.__aenter__())
        await asyncio.sleep(QUIET)
        assert (pace.limit, waits.done()) == (1, False)
        first.told(None, None)
        await waits
        assert pace.in_flight == 2

    played(calls())


# Whose turn it is


@pytest.mark.parametrize("places", [1, 2, 5])
@pytest.mark.parametrize("requests", [None, 100], ids=["free", "by the minute"])
def test_first_come_first_served(places: int, requests: float | None) -> None:
    order: list[int] = []

    async def one(pace: Pace, number: int) -> None:
        async with pace.call(number % 7 * 100):
            order.append(number)
            assert pace.in_flight <= places
            await asyncio.sleep(number % 3)

    async def all_of_them() -> None:
        pace = made(places, requests=requests, tokens=None if requests is None else 3_000)
        await asyncio.gather(*(one(pace, number) for number in range(50)))
        assert pace.in_flight == 0

    played(all_of_them())
    assert order == list(range(50))


def test_who_comes_when_a_place_was_given_away_is_behind() -> None:
    async def calls() -> None:
        pace, order = made(1), []

        async def one(name: str) -> None:
            async with pace.call():
                order.append(name)
                await asyncio.sleep(0)

        first = pace.call()
        await first.__aenter__()
        second, third = asyncio.create_task(one("second")), asyncio.create_task(one("third"))
        await asyncio.sleep(0)
        await first.__aexit__()  # the place is the second's, which has not yet run
        await one("fourth")
        assert (order, second.done(), third.done()) == (["second", "third", "fourth"], True, True)

    played(calls())


@pytest.mark.parametrize("error", [None, LIMITED, ValueError("no"), asyncio.CancelledError()], ids=repr)
def test_a_place_is_left_however_the_call_ends(error: BaseException | None) -> None:
    async def calls() -> int:
        pace = made(1)
        try:
            async with pace.call():
                if error:
                    raise error
        except BaseException as raised:
            assert raised is error
        async with pace.call():
            return pace.in_flight

    assert played(calls()) == 1


class Crowd:
    """Calls that come, are cancelled and end as they are told to."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self.tasks: list[asyncio.Task[None]] = []
        self.ends: list[asyncio.Event] = []
        self.turns: dict[int, int] = {}  # the call of each turn that was given and used
        self.inside = 0

    @property
    def entered(self) -> list[int]:
        """The calls in the order in which they were given their turns."""
        return [self.turns[turn] for turn in sorted(self.turns)]

    def come(self) -> None:
        self.ends.append(asyncio.Event())
        self.tasks.append(asyncio.create_task(self._one(len(self.tasks))))

    async def _one(self, number: int) -> None:
        async with self.pace.call(100) as slot:
            self.turns[slot.number] = number
            self.inside += 1
            try:
                await self.ends[number].wait()
            finally:
                self.inside -= 1


#: What happens to which call. Between two pauses, all happens in one turn of the event loop.
ACTS = st.lists(st.tuples(st.sampled_from(["come", "come", "cancel", "end", "pause", "second"]), st.integers(0, 7)))
MINUTES: dict[str, dict[str, float | None]] = {
    "free": {},
    "requests": {"requests": 90},
    "requests and tokens": {"requests": 200, "tokens": 30_000},
}


@pytest.mark.parametrize("minute", MINUTES.values(), ids=MINUTES)
@pytest.mark.parametrize("places", [1, 3])
@given(acts=ACTS)
def test_no_place_is_lost_to_a_cancelled_call(
    places: int, minute: dict[str, float | None], acts: list[tuple[str, int]]
) -> None:
    async def play() -> None:
        crowd = Crowd(made(places, **minute))
        for _ in range(4):
            crowd.come()
        await asyncio.sleep(0)
        for act, which in acts:
            if act == "come":
                crowd.come()
            elif act == "pause":
                await asyncio.sleep(0)
            elif act == "second":
                await asyncio.sleep(1)
            elif which < len(crowd.tasks):
                crowd.tasks[which].cancel() if act == "cancel" else crowd.ends[which].set()
            assert crowd.inside <= crowd.pace.in_flight <= places
        await asyncio.sleep(60)
        gone = [task.done() for task in crowd.tasks]
        assert crowd.inside == crowd.pace.in_flight == min(places, gone.count(False))
        for end in crowd.ends:
            end.set()
        await asyncio.gather(*crowd.tasks, return_exceptions=True)
        assert crowd.pace.in_flight == 0
        assert crowd.entered == sorted(crowd.entered)
        assert set(crowd.entered) >= {number for number, task in enumerate(crowd.tasks) if not task.cancelled()}

    played(play())


@pytest.mark.parametrize("turns", range(6))
@pytest.mark.parametrize("who", [1, 2, 3])
def test_cancelled_so_many_turns_after_a_place_was_left(turns: int, who: int) -> None:
    async def play() -> list[int]:
        crowd = Crowd(made(1))
        for _ in range(4):
            crowd.come()
        await asyncio.sleep(1)
        crowd.ends[0].set()
        for _ in range(turns):
            await asyncio.sleep(0)
        crowd.tasks[who].cancel()
        await asyncio.sleep(1)
        assert crowd.inside == crowd.pace.in_flight == 1
        for end in crowd.ends:
            end.set()
        await asyncio.gather(*crowd.tasks, return_exceptions=True)
        assert crowd.pace.in_flight == 0
        return crowd.entered

    entered = played(play())
    assert [number for number in entered if number != who] == [number for number in range(4) if number != who]


def test_a_cancelled_call_does_not_hold_up_a_smaller_one_behind_it() -> None:
    async def calls() -> float:
        pace = made(tokens=6_000)
        async with pace.call(100):
            pass
        large, small = (asyncio.create_task(pace.call(size).__aenter__()) for size in (5_500, 100))
        await asyncio.sleep(10)
        assert not large.done() and not small.done()
        large.cancel()
        await small
        return now()

    assert played(calls()) == 10


# What goes out in a minute


class Call(NamedTuple):
    pause: float  # before it comes
    tokens: int = 0
    seconds: float = 0.0
    used: tuple[int | None, int | None] | None = None


class Gone(NamedTuple):
    """What went out, when, and what it was taken for."""

    turn: int
    at: float
    tokens: int


async def outgoing(pace: Pace, calls: Sequence[Call]) -> list[Gone]:
    """Return when each went out, in order, and its tokens with those of the reply that was expected by then."""
    gone: list[Gone] = []

    async def one(call: Call) -> None:
        async with pace.call(call.tokens) as slot:
            gone.append(Gone(slot.number, now(), slot.share.amount))
            await asyncio.sleep(call.seconds)
            if call.used:
                slot.told(None, Usage(calls=1, input_tokens=call.used[0], output_tokens=call.used[1]))

    async with asyncio.TaskGroup() as group:
        for call in calls:
            await asyncio.sleep(call.pause)
            group.create_task(one(call))
    return sorted(gone)


def minutes(gone: Sequence[Gone]) -> Iterator[list[Gone]]:
    """Yield what went out in each 60 seconds that begin with a call: no others hold more."""
    for first in gone:
        yield [each for each in gone if first.at <= each.at < first.at + 60]


CALLS = st.lists(
    st.builds(
        Call,
        st.one_of(st.just(0.0), st.floats(0, 3), st.floats(0, 90)),
        st.one_of(st.integers(0, 50), st.integers(0, 5_000)),
        st.floats(0, 100),
        st.none(),
    ),
    max_size=40,
)
USED = st.tuples(st.one_of(st.none(), st.integers(0, 9_000)), st.one_of(st.none(), st.integers(0, 9_000)))
CONCURRENCY = st.sampled_from([1, 3, 1000])
RATE = st.one_of(st.integers(1, 40), st.floats(0.5, 40))


@given(CALLS, CONCURRENCY, RATE)
def test_requests_in_any_minute(calls: list[Call], concurrency: int, most: float) -> None:
    gone = played(outgoing(made(concurrency, requests=most), calls))
    assert len(gone) == len(calls)
    assert all(len(minute) <= max(1, most) for minute in minutes(gone))


@given(CALLS, CONCURRENCY, st.integers(100, 20_000))
def test_tokens_in_any_minute(calls: list[Call], concurrency: int, most: int) -> None:
    gone = played(outgoing(made(concurrency, tokens=most), calls))
    assert [each.tokens for each in gone] == [call.tokens + REPLY for call in calls]
    assert all(len(minute) == 1 or sum(each.tokens for each in minute) <= most for minute in minutes(gone))


@given(st.lists(st.tuples(CALLS.filter(bool).map(lambda calls: calls[0]), USED), max_size=30), st.integers(1, 20_000))
def test_all_go_out_whatever_they_used(calls: list[tuple[Call, tuple[int | None, int | None]]], most: int) -> None:
    gone = played(outgoing(made(3, requests=30, tokens=most), [call._replace(used=used) for call, used in calls]))
    assert len(gone) == len(calls)
    assert all(len(minute) <= 30 for minute in minutes(gone))


@given(st.integers(1, 300), st.integers(1, 300))
def test_no_slower_than_needed_and_even(most: int, count: int) -> None:
    gone = played(outgoing(made(1000, requests=most), [Call(0)] * count))
    step = 61 / most
    assert gone[-1].at <= max(0, count - 1) * step + 0.01
    assert all(
        later.at - sooner.at >= step - 0.01
        for sooner, later in pairwise(gone)
        if sooner.at > 0.01  # after the second that may be made up for
    )


SCHEDULES: dict[str, tuple[Callable[[], Pace], list[Call], list[float]]] = {
    "no limit": (made, [Call(0, 10**9)] * 3, [0, 0, 0]),
    "one a minute": (lambda: made(requests=1), [Call(0)] * 3, [0, 60, 121]),
    "a pause is not made up for": (lambda: made(requests=6.1), [Call(0), Call(100), Call(0)], [0, 100, 109]),
    "larger than a minute: alone, and its minutes pass": (
        lambda: made(tokens=6_100),
        [Call(0, 12_200 - REPLY), Call(0, 100)],
        [0, 121],
    ),
    "larger than a minute, and others before": (
        lambda: made(tokens=6_100),
        [Call(0, 110), Call(0, 12_200 - REPLY), Call(0, 110)],
        [0, 60, 181],
    ),
    "large ones fill a minute, though the schedule would let them": (
        lambda: made(tokens=6_100),
        [Call(0, 4_000 - REPLY)] * 3,
        [0, 60, 120],
    ),
    "used less than expected": (
        lambda: made(tokens=6_100),
        [Call(0, 6_000 - REPLY, 1, (100, 0)), Call(0, 6_000 - REPLY, 1, (6_000, 0))],
        [0, 1],
    ),
    "used more than expected": (
        lambda: made(tokens=6_100),
        [Call(0, 110, 1, (110, 2_940)), Call(20, 110, 1)],
        [0, 29.5],
    ),
    "told after its minute: less": (
        lambda: made(tokens=6_100),
        [Call(0, 6_000 - REPLY, 70, (0, 0)), Call(80, 100), Call(0, 100)],
        [0, 80, 85],
    ),
    "told after its minute: it makes no room in another": (
        lambda: made(tokens=6_100),
        [Call(0, 6_000 - REPLY, 70, (0, 0)), Call(80, 3_500), Call(0, 3_500)],
        [0, 80, 140],
    ),
    "not told: what was expected stands": (
        lambda: made(tokens=6_100),
        [Call(0, 2_550, 1, (None, None)), Call(20, 110, 1)],
        [0, 29.5],
    ),
}


@pytest.mark.parametrize(("pace", "calls", "moments"), SCHEDULES.values(), ids=SCHEDULES)
def test_schedules(pace: Callable[[], Pace], calls: list[Call], moments: list[float]) -> None:
    async def play() -> list[float]:
        limited, found = pace(), []

        async def one(call: Call) -> None:
            async with limited.call(call.tokens) as slot:
                found.append(now())
                await asyncio.sleep(call.seconds)
                if call.used:
                    slot.told(None, Usage(calls=1, input_tokens=call.used[0], output_tokens=call.used[1]))

        async with asyncio.TaskGroup() as group:
            for call in calls:
                await asyncio.sleep(call.pause)
                group.create_task(one(call))
        return found

    assert played(play()) == pytest.approx(moments, abs=0.01)


def test_the_reply_that_is_expected_is_the_mean_so_far() -> None:
    replies = [(10, 100), (10, 0), (None, 300), (None, None), (10, 1_100)]
    gone = played(outgoing(made(1, tokens=10**6), [*(Call(0, 10, 1, used) for used in replies), Call(0, 10)]))
    assert [each.tokens - 10 for each in gone] == [500, 300, 300, 300, 300, 500]


def test_who_waits_for_the_minute_holds_no_place() -> None:
    async def calls() -> list[tuple[float, int, int]]:
        pace, seen = made(2, requests=1), []
        tasks = [asyncio.create_task(pace.call().__aenter__()) for _ in range(3)]
        for _ in range(3):
            await asyncio.sleep(30.5)
            seen.append((now(), pace.in_flight, sum(task.done() for task in tasks)))
        tasks[2].cancel()
        return seen

    assert played(calls()) == [(30.5, 1, 1), (61, 2, 2), (91.5, 2, 2)]


# The pace around


@contextmanager
def within(pace: Pace | None) -> Iterator[Pace | None]:
    with paced(pace) as found:
        assert found is pace
        yield found


def test_the_pace_around() -> None:
    outer, inner = Pace(1), Pace(2)

    async def seen() -> list[Pace | None]:
        found = [current()]
        with within(outer):
            found += [current(), await asyncio.create_task(asyncio.sleep(0, current()))]
            with within(inner):
                found += await asyncio.gather(asked(), asked())
            with within(None):
                found.append(current())
            found.append(current())
        return [*found, current()]

    async def asked() -> Pace | None:
        return current()

    assert asyncio.run(seen()) == [None, outer, outer, inner, inner, None, outer, None]


def test_one_pace_in_one_loop_after_another() -> None:
    async def fills(slots: list[Slot]) -> Pace | None:
        found = current()
        async with asyncio.TaskGroup() as group:
            for slot in slots:
                group.create_task(enters(slot))
        return found

    async def enters(slot: Slot) -> None:
        async with slot:
            await asyncio.sleep(0)

    with paced(pace := Pace(1)):
        for _ in range(2):
            assert asyncio.run(fills([pace.call() for _ in range(3)])) is pace


def test_a_sync_call_within_a_call_does_not_wait_for_its_place() -> None:
    async def inner() -> Pace | None:
        return current()

    async def outer() -> tuple[Pace | None, Pace | None]:
        assert current() is pace
        async with pace.call():
            return private.run(inner()), current()

    with paced(pace := Pace(1)):
        assert private.run(outer()) == (None, pace)
