"""The shell over the private event loop, with real signals, threads, forks, exits and a real notebook kernel."""

from __future__ import annotations

import asyncio
import functools
import gc
import re
import signal
import subprocess
import sys
import threading
import time
import traceback
import weakref
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, NamedTuple

import pytest

from briefing import loop
from briefing.usage import Usage, metered, record

VARIABLE: ContextVar[str] = ContextVar("VARIABLE", default="unset")


async def double(number: int, wait: float = 0.0) -> int:
    await asyncio.sleep(wait)
    return 2 * number


class Watched:
    """Numbers as an asynchronous generator, and what became of it."""

    def __init__(self, last: int = 3, error: BaseException | None = None, closing: BaseException | None = None) -> None:
        self.last, self.error, self.closing = last, error, closing
        self.given: list[int] = []
        self.closed = threading.Event()

    async def numbers(self) -> AsyncIterator[int]:
        try:
            for number in range(self.last):
                await asyncio.sleep(0)
                self.given.append(number)
                yield number
            if self.error:
                raise self.error
        finally:
            await asyncio.sleep(0)
            self.closed.set()
            if self.closing:
                raise self.closing


# Running a coroutine


def test_it_returns_twice_in_a_row() -> None:
    assert [loop.run(double(number)) for number in (1, 2)] == [2, 4]


@pytest.mark.parametrize(
    "kind", [ValueError, KeyboardInterrupt, SystemExit, asyncio.CancelledError, StopAsyncIteration]
)
@pytest.mark.parametrize("in_task", [False, True])
def test_it_raises_the_very_error(kind: type[BaseException], in_task: bool) -> None:
    error = kind("no")

    async def fails() -> None:
        raise error

    async def gathers() -> None:
        await asyncio.gather(fails())

    with pytest.raises(kind) as caught:
        loop.run(gathers() if in_task else fails())
    if kind is not asyncio.CancelledError:  # asyncio makes those anew
        assert caught.value is error
        frames = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
        assert (frames[1], frames[-1]) == ("run", "fails")
        if issubclass(kind, Exception):  # the others have passed through asyncio's frames as well
            assert frames[2] == ("gathers" if in_task else "fails")
    assert loop.run(double(4)) == 8  # the loop lives on


class Kept:
    """What the frame of an error holds."""


async def holds_and_fails(freed: threading.Event) -> None:
    kept = Kept()
    weakref.finalize(kept, freed.set)
    raise ValueError


def plainly_holds_and_fails(freed: threading.Event) -> None:
    kept = Kept()
    weakref.finalize(kept, freed.set)
    raise ValueError


async def yields_and_fails(freed: threading.Event) -> AsyncIterator[int]:
    kept = Kept()
    weakref.finalize(kept, freed.set)
    yield 1
    raise ValueError


@pytest.mark.parametrize(
    "fail",
    [
        lambda freed: loop.run(holds_and_fails(freed)),
        lambda freed: loop.run(loop.settled(plainly_holds_and_fails, freed)),
        lambda freed: list(loop.iterate(yields_and_fails(freed))),
    ],
    ids=["run", "settled", "iterate"],
)
def test_an_error_keeps_nothing_alive(fail: Callable[[threading.Event], object]) -> None:
    freed = threading.Event()
    gc.collect()
    gc.disable()
    try:
        with pytest.raises(ValueError):
            fail(freed)
        assert freed.wait(0.5)
    finally:
        gc.enable()


def test_in_a_running_loop() -> None:
    async def cell() -> tuple[int, list[int], bool]:
        return loop.run(double(1)), list(loop.iterate(Watched().numbers())), loop.is_private()

    assert asyncio.run(cell()) == (2, [0, 1, 2], False)


def test_from_16_threads_at_once() -> None:
    barrier = threading.Barrier(16)

    def one(number: int) -> tuple[int, list[int]]:
        barrier.wait()
        return loop.run(double(number, 0.05)), list(loop.iterate(Watched(number).numbers()))

    before = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(one, range(16))) == [(2 * number, list(range(number))) for number in range(16)]
    assert time.monotonic() - before < 1


async def sync_inside(depth: int) -> int:
    return depth if depth == 0 else loop.run(sync_inside(depth - 1)) + sum(loop.iterate(Watched().numbers())) - 3


async def thread_inside(depth: int) -> int:
    return 0 if depth == 0 else await loop.settled(lambda: loop.run(thread_inside(depth - 1)))


async def mixed(depth: int) -> int:
    return 0 if depth == 0 else loop.run(thread_inside(1)) + await loop.settled(lambda: loop.run(mixed(depth - 1)))


@pytest.mark.parametrize("within", [sync_inside, thread_inside, mixed])
def test_sync_calls_within_a_sync_call(within: Callable[[int], Awaitable[int]]) -> None:
    async def many() -> list[int]:
        return await asyncio.gather(*(within(3) for _ in range(16)))

    assert loop.run(many()) == [0] * 16
    loops = {thread for thread in threading.enumerate() if thread.name == "briefing"}
    assert loop.run(many()) == [0] * 16
    assert {thread for thread in threading.enumerate() if thread.name == "briefing"} == loops


def test_is_private() -> None:
    async def asks() -> bool:
        return loop.is_private()

    async def asks_within() -> bool:
        return loop.run(asks())

    assert (loop.is_private(), loop.run(asks()), asyncio.run(asks()), loop.run(asks_within())) == (
        False,
        True,
        False,
        False,
    )


def test_context_variables_and_meters_reach_the_coroutine() -> None:
    async def counts() -> str:
        record(Usage(calls=1))
        await asyncio.gather(loop.settled(record, Usage(calls=1)), asyncio.create_task(double(1)))
        return VARIABLE.get()

    token = VARIABLE.set("ours")
    with metered() as meter:
        assert loop.run(counts()) == "ours"
    VARIABLE.reset(token)
    assert meter.usage.calls == 2
    assert loop.run(counts()) == "unset"


# Iterating


def test_it_gives_every_item_and_closes() -> None:
    watched = Watched()
    assert list(loop.iterate(watched.numbers())) == [0, 1, 2]
    assert watched.closed.is_set()


def test_it_is_advanced_on_demand() -> None:
    watched = Watched()
    items = loop.iterate(watched.numbers())
    assert watched.given == []
    assert (next(items), next(items)) == (0, 1)
    time.sleep(0.02)
    assert watched.given == [0, 1]


def dropped(items: Iterator[int]) -> None:
    next(items)


def dropped_in_a_cycle(items: Iterator[int]) -> None:
    next(items)
    cycle: list[Any] = [items]
    cycle.append(cycle)


def closed(items: Iterator[int]) -> None:
    next(items)
    items.close()  # type: ignore[attr-defined]


def broken_off(items: Iterator[int]) -> None:
    for _ in items:
        break


def failed(items: Iterator[int]) -> None:
    with pytest.raises(ZeroDivisionError):
        for item in items:
            _ = 1 / item


@pytest.mark.parametrize("stop", [dropped, dropped_in_a_cycle, closed, broken_off, failed])
def test_it_is_closed_when_the_consumer_stops(stop: Callable[[Iterator[int]], None]) -> None:
    watched = Watched()
    stop(loop.iterate(watched.numbers()))
    gc.collect()
    assert (watched.closed.is_set(), watched.given) == (True, [0])


def test_it_is_closed_when_collected_in_the_loop_itself() -> None:
    watched = Watched()
    kept = [loop.iterate(watched.numbers())]
    next(kept[0])

    async def drops() -> float:
        before = time.monotonic()
        kept.clear()
        return time.monotonic() - before

    assert loop.run(drops()) < 0.5
    assert watched.closed.wait(0.5)


def test_its_errors_pass_through() -> None:
    watched = Watched(1, error := ValueError("no"))
    items: list[int] = []
    with pytest.raises(ValueError) as caught:
        items.extend(loop.iterate(watched.numbers()))
    assert caught.value is error
    closing = Watched(closing=ValueError("while closing"))
    stopped = loop.iterate(closing.numbers())
    next(stopped)
    with pytest.raises(ValueError, match="while closing"):
        stopped.close()


def test_it_runs_as_one_task_in_the_callers_context() -> None:
    async def careful() -> AsyncIterator[str]:
        async with asyncio.timeout(10), asyncio.TaskGroup():
            with metered() as inner:
                for _ in range(2):
                    record(Usage(calls=1))
                    yield f"{VARIABLE.get()} {inner.usage.calls} {id(asyncio.current_task())}"

    token = VARIABLE.set("ours")
    with metered() as meter:
        first, second = (item.split() for item in loop.iterate(careful()))
    VARIABLE.reset(token)
    assert (first[:2], second[:2], first[2]) == (["ours", "1"], ["ours", "2"], second[2])
    assert meter.usage.calls == 2


def test_a_plain_asynchronous_iterator_will_do() -> None:
    class Once:
        left = 2

        def __aiter__(self) -> Once:
            return self

        async def __anext__(self) -> int:
            self.left -= 1
            if self.left < 0:
                raise StopAsyncIteration
            return self.left

    assert list(loop.iterate(Once())) == [1, 0]


# Plain and asynchronous methods


class Method:
    async def __call__(self, number: int) -> int:
        return await double(number)


def plain(number: int) -> int:
    return 2 * number


def gives_awaitable(number: int) -> Awaitable[int]:
    return double(number)


@pytest.mark.parametrize(
    "method",
    [double, plain, gives_awaitable, Method(), functools.partial(double, wait=0.01)],
    ids=["async", "plain", "gives an awaitable", "callable", "partial"],
)
def test_settled(method: Callable[[int], Any]) -> None:
    assert loop.run(loop.settled(method, 2)) == asyncio.run(loop.settled(method, 2)) == 4


@pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3)], ids=repr)
def test_settled_raises_the_very_error(error: BaseException) -> None:
    def fails() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        loop.run(loop.settled(fails))
    assert caught.value is error


def test_settled_does_not_hang_on_a_stop_iteration() -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        loop.run(loop.settled(lambda: next(iter(()))))


def test_plain_methods_hold_up_nobody_and_a_late_reply_is_dropped() -> None:
    released, done = threading.Event(), threading.Event()

    def slow() -> int | Awaitable[int]:
        released.wait(5)
        try:
            with pytest.raises(asyncio.CancelledError):  # what gave up the method gives up the calls that it makes
                loop.run(double(1))
        finally:
            done.set()
        return double(2)

    async def impatient() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await asyncio.gather(*(loop.settled(slow) for _ in range(40)))

    loop.run(impatient())
    released.set()
    assert done.wait(1)
    loop.run(double(1, 0.02))
    gc.collect()


# Interrupts

WORK = """
import asyncio, signal, sys, time
from briefing import loop
def started(): print("started", flush=True)
async def work():
    started()
    try: await asyncio.sleep(30)
    finally:
        await asyncio.sleep(0.05)
        print("cleaned", flush=True)
async def numbers():
    yield 1
    await work()
async def stubborn():
    started()
    while True:
        try: await asyncio.sleep(30)
        except asyncio.CancelledError: pass
def blocking(): started(); time.sleep(30)
async def call(): loop.run(work())
async def method(): await loop.settled(loop.run, work())
async def nested(): loop.run(method())
async def tasks(): await asyncio.gather(call())
"""
CLEANED = "started\ncleaned\n"


class Interrupted(NamedTuple):
    code: str
    out: str = CLEANED
    least: float = 0.0


INTERRUPTED = {
    "run": Interrupted("loop.run(work())"),
    "iterate": Interrupted("for _ in loop.iterate(numbers()): pass"),
    "iterate, in the consumer": Interrupted("for _ in loop.iterate(numbers()): started(); time.sleep(30)", "started\n"),
    "in a running loop": Interrupted("asyncio.run(call())"),
    "in a task of a running loop": Interrupted("asyncio.run(tasks())"),
    "a sync call in the loop": Interrupted("loop.run(call())"),
    "a sync call in a plain method": Interrupted("try: loop.run(method())\nfinally: time.sleep(0.4)"),
    "both": Interrupted("try: loop.run(nested())\nfinally: time.sleep(0.4)"),
    "asynchronous above a sync call in a plain method": Interrupted(
        "try: asyncio.run(method())\nfinally: time.sleep(0.4)"
    ),
    "a plain method goes on": Interrupted("loop.run(loop.settled(blocking))", "started\n"),
    "a pooled thread goes on": Interrupted(
        "import os\ntry: loop.run(asyncio.to_thread(blocking))\n"
        "finally: signal.signal(signal.SIGINT, signal.SIG_DFL), os.kill(os.getpid(), signal.SIGINT)",
        "started\n",
    ),
    "work that will not stop": Interrupted("loop.run(stubborn())", "started\n", least=loop.GRACE),
}


def process(code: str, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-X", "dev", "-W", "error", *options, "-c", WORK + code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("name", INTERRUPTED)
def test_an_interrupt_stops_the_work(name: str) -> None:
    row = INTERRUPTED[name]
    with process(row.code) as running:
        assert running.stdout
        first = running.stdout.readline()
        time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        before = time.monotonic()
        out, error = running.communicate(timeout=20)
    seconds = time.monotonic() - before
    assert (first + out, running.returncode) == (row.out, -signal.SIGINT)
    if "SIG_DFL" not in row.code:
        assert error.rstrip().endswith("KeyboardInterrupt")
    assert not re.search("never awaited|was destroyed|never retrieved|ResourceWarning|Exception ignored", error)
    assert row.least <= seconds < row.least + 1.5


# Ends and forks

EXITS = {
    "work in a thread": "import threading; threading.Thread(target=loop.run, args=[asyncio.sleep(30)], daemon=True).start(); time.sleep(0.1)",
    "an open iterator in a cycle": "items = [loop.iterate(numbers())]; items.append(items); next(items[0])",
    "iterators open and not begun": "unbegun, items = loop.iterate(numbers()), loop.iterate(numbers()); next(items)",
    "a plain method goes on": "import threading; threading.Thread(target=loop.run, args=[loop.settled(time.sleep, 30)], daemon=True).start(); time.sleep(0.1)",
    "abandoned in a closed loop": """
async def leaves():
    try: await asyncio.wait_for(loop.settled(time.sleep, 0.1), 0.01)
    except TimeoutError: pass
asyncio.run(leaves()); time.sleep(0.2)""",
    "run at exit": "import atexit; atexit.register(lambda: loop.run(asyncio.sleep(0))); loop.run(asyncio.sleep(0))",
}


@pytest.mark.parametrize("name", EXITS)
def test_the_process_ends_at_once_and_in_silence(name: str) -> None:
    with process(EXITS[name] + "\nprint('last line', flush=True)") as running:
        assert running.stdout
        assert running.stdout.readline() == "last line\n"
        before = time.monotonic()
        assert running.communicate(timeout=10) == ("", "")
    assert (running.returncode, time.monotonic() - before < 1.5) == (0, True)


FORK = """
import gc, os, threading, warnings
warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of any fork among threads
async def one(): return loop.is_private()
def forked(check):
    child = os.fork()
    if child == 0:
        code = 1
        try: code = 0 if check() else 2
        finally: os._exit(code)
    for _ in range(500):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid: return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, 9)
    return "hangs"
async def numbers(): yield 1; yield 2
items = []
def freed(): items.clear(); gc.collect(); return fresh()
def locked():
    with loop._lock: return forked(fresh)
def busy():
    threading.Thread(target=loop.run, args=[asyncio.sleep(30)], daemon=True).start()
    time.sleep(0.02)
    return forked(fresh)
async def forks(): return forked(lambda: loop.run(one()))
def lost():
    try: next(items[0])
    except RuntimeError as error: return "fork" in str(error)
def fresh(): return loop.run(one()) and list(loop.iterate(letters())) == ["a"] and loop.run(one())
async def letters(): yield "a"
def twice(): return loop.run(one()) and forked(lambda: loop.run(one())) == 0 and loop.run(one())
"""
FORKS = {
    "before first use": "forked(fresh) == 0",
    "after use": "loop.run(one()) and forked(fresh) == 0",
    "twice": "forked(twice) == 0",
    "while locked": "locked() == 0",
    "while others work": "busy() == 0",
    "in the loop itself": "loop.run(forks()) == 0",
    "in a plain method": "loop.run(loop.settled(forked, fresh)) == 0",
    "with an open iterator": "items.append(loop.iterate(numbers())) or next(items[0]) and forked(lost) == 0",
    "the child frees it": "forked(freed) == 0 and next(items.pop()) == 2",
}


def test_a_forked_child_has_a_loop_of_its_own() -> None:
    code = "".join(f"print({name!r}, {check}, loop.run(one()), flush=True)\n" for name, check in FORKS.items())
    with process(FORK + code) as running:
        out, error = running.communicate(timeout=30)
    assert error == ""
    assert out.splitlines() == [f"{name} True True" for name in FORKS]


# A notebook


def test_in_a_notebook() -> None:
    jupyter_client = pytest.importorskip("jupyter_client", reason="needs ipykernel, of the dev extra")
    pytest.importorskip("ipykernel", reason="needs ipykernel, of the dev extra")
    manager = jupyter_client.KernelManager()
    manager.kernel_spec.argv[0] = sys.executable
    manager.start_kernel()
    client = manager.client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=30)
        printed: list[str] = []
        in_the_cell = "import asyncio; asyncio.get_running_loop()\n" + WORK

        def shown(message: dict[str, Any]) -> None:
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])
                if "started" in message["content"]["text"]:
                    manager.interrupt_kernel()

        def cell(code: str) -> dict[str, Any]:
            content: dict[str, Any] = client.execute_interactive(code, timeout=30, output_hook=shown)["content"]
            return content

        assert cell(in_the_cell + "print(loop.run(asyncio.sleep(0, 7)))")["status"] == "ok"
        assert cell("print(list(loop.iterate(numbers())))")["ename"] == "KeyboardInterrupt"
        before = time.monotonic()
        assert cell("loop.run(work())")["ename"] == "KeyboardInterrupt"
        assert time.monotonic() - before < loop.GRACE
        assert cell("print(loop.run(asyncio.sleep(0, 8)))")["status"] == "ok"
        assert "".join(printed).split() == ["7", "started", "cleaned", "started", "cleaned", "8"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
