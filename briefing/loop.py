"""The synchronous shell over the asynchronous path: a private event loop in a background thread.

A sync verb is `run(averb(…))`: it works within a running loop (a notebook), from any thread and after a fork, and an
interrupt cancels the work instead of leaving a thread that goes on paying.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator
from contextlib import suppress
from contextvars import Context, ContextVar, copy_context
from functools import partial
from inspect import isawaitable, iscoroutine, iscoroutinefunction
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread, current_thread
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")

GRACE = 2.0  # seconds that cancelled work has to clean up before its caller goes on without it
TICK = 0.1  # seconds between two looks at what does not wake a waiting thread


class _Loop(Thread):
    """An event loop in a thread of its own: a daemon, never closed, so that it holds up no exit."""

    def __init__(self) -> None:
        super().__init__(name="briefing", daemon=True)
        self.pid = os.getpid()
        self.events = asyncio.new_event_loop()
        self.tasks: set[asyncio.Task[Any]] = set()  # asyncio itself holds its tasks only weakly
        self.further: _Loop | None = None  # for sync calls made in this very thread, which cannot wait for itself
        self.start()

    def run(self) -> None:
        while True:
            with suppress(KeyboardInterrupt, SystemExit):  # raised in a task, they leave the loop as well
                self.events.run_forever()


_private: _Loop | None = None
_lock = Lock()
_parents: list[_Loop | None] = []  # kept: collected in a child, a loop would unregister the sockets of its parent
_around: ContextVar[_Loop | None] = ContextVar("_around", default=None)
_stops: ContextVar[tuple[Event, ...]] = ContextVar("_stops", default=())  # set when the work around is cancelled


def _forked() -> None:
    global _private, _lock
    _parents.append(_private)
    _private, _lock = None, Lock()


os.register_at_fork(after_in_child=_forked)


def _free() -> _Loop:
    """Return a loop that does not itself wait for the call that is being made here."""
    global _private
    thread, around = current_thread(), _around.get()
    with _lock:
        if isinstance(thread, _Loop) and thread.pid == os.getpid():
            thread.further = thread.further or _Loop()
            return thread.further
        if around and around.pid == os.getpid():
            return around
        _private = _private or _Loop()
        return _private


def _running() -> asyncio.AbstractEventLoop | None:
    with suppress(RuntimeError):
        return asyncio.get_running_loop()
    return None


def is_private() -> bool:
    """Return whether the running loop is the private one, which serves as long as the process lives."""
    return _private is not None and _running() is _private.events


class _Work(Generic[T]):
    """A coroutine on a loop, for the thread that waits for its replies: items, each in a tuple, then None."""

    def __init__(
        self, coroutine: Coroutine[Any, Any, Any], context: Context, replies: SimpleQueue[tuple[T] | None]
    ) -> None:
        self.coroutine, self.context, self.replies, self.loop = coroutine, context, replies, _free()
        self.outer, self.stop = context.get(_stops, ()), Event()
        self.task: asyncio.Task[Any] | None = None
        self.caller, self.cancelled = cast(asyncio.Task[Any] | None, None), 0
        self.ended, self.value, self.error = False, cast(Any, None), cast(BaseException | None, None)

    def start(self) -> None:
        if any(stop.is_set() for stop in self.outer):
            raise asyncio.CancelledError("the work that this call is part of was cancelled")
        self.context.run(_around.set, self.loop)
        self.context.run(_stops.set, (*self.outer, self.stop))
        self.loop.events.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        self.task = self.loop.events.create_task(self.coroutine, context=self.context)
        self.loop.tasks.add(self.task)
        self.task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[Any]) -> None:
        self.loop.tasks.discard(task)
        self.error = asyncio.CancelledError() if task.cancelled() else task.exception()
        self.value = task.result() if self.error is None else None
        self.ended = True
        self.replies.put(None)

    def reply(self) -> tuple[T] | None:
        caller = asyncio.current_task() if _running() else None
        if caller is not self.caller:
            self.caller, self.cancelled = caller, caller.cancelling() if caller else 0
        while True:
            # the first is how asyncio.run tells of an interrupt, be it between two replies
            if (caller and caller.cancelling() > self.cancelled) or any(stop.is_set() for stop in self.outer):
                raise asyncio.CancelledError
            with suppress(Empty):
                return self.replies.get(timeout=TICK)
            if self.loop is current_thread() or self.loop.pid != os.getpid():
                raise RuntimeError("an iterator cannot go on in a forked process, nor in the thread of its own loop.")

    def close(self) -> None:
        """Cancel what still runs, and wait until it has stopped: not for long, and not in the loop's own thread."""
        if not (self.ended or sys.is_finalizing() or self.loop.pid != os.getpid()):
            self.stop.set()
            self.loop.events.call_soon_threadsafe(self._cancel)
            with suppress(Empty):
                while self.loop is not current_thread() and self.replies.get(timeout=GRACE):
                    pass  # an item that nobody waits for any more

    def _cancel(self) -> None:
        if self.task:
            self.task.cancel()
        else:  # interrupted before it began
            self.coroutine.close()
            self.replies.put(None)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return what the coroutine returns, run on the private loop with the caller's context variables.

    Whatever is raised here meanwhile, such as an interrupt, cancels it and is raised again as soon as it has stopped.
    """
    work: _Work[T] = _Work(coroutine, copy_context(), SimpleQueue())
    try:
        work.start()
        work.reply()
        if work.error is not None:
            raise work.error
        return cast(T, work.value)
    finally:
        work.close()
        del work  # an error holds this frame, and the work would hold the error


def iterate(source: AsyncIterator[T]) -> Generator[T, None, None]:
    """Return an iterator over an asynchronous one, which runs as one task, only on demand, and is closed at the end."""
    return _items(source, copy_context())


def _items(source: AsyncIterator[T], context: Context) -> Generator[T, None, None]:
    wanted, replies = asyncio.Event(), SimpleQueue[tuple[T] | None]()

    async def pump() -> None:
        try:
            while await wanted.wait():
                wanted.clear()
                replies.put((await anext(source),))
        except StopAsyncIteration:
            pass
        finally:
            if aclose := getattr(source, "aclose", None):
                await aclose()

    work: _Work[T] = _Work(pump(), context, replies)
    try:
        work.start()
        while not work.ended:
            work.loop.events.call_soon_threadsafe(wanted.set)
            if reply := work.reply():
                yield reply[0]
        if work.error is not None:
            raise work.error
    except GeneratorExit:
        work.close()
        if work.error and not isinstance(work.error, asyncio.CancelledError):
            raise work.error from None  # raised by the source when it was closed
        raise
    finally:
        work.close()
        del work


async def settled(method: Callable[..., T | Awaitable[T]], /, *args: Any, **kwargs: Any) -> T:
    """Return what a plain or `async` method returns; a plain one is called in a thread, so that it holds up nobody."""
    if iscoroutinefunction(method):
        return cast(T, await method(*args, **kwargs))
    value, error = await _in_thread(partial(method, *args, **kwargs))
    try:
        if error is not None:
            raise error
        return cast(T, await value if isawaitable(value) else value)
    finally:
        del error


async def _in_thread(method: Callable[[], Any]) -> tuple[Any, BaseException | None]:
    """Return what the method returned or raised in a daemon thread of its own.

    In asyncio's pool, methods that call sync verbs would starve one another, and an interrupted process would not end
    before the last of them.
    """
    events, context, stop = asyncio.get_running_loop(), copy_context(), Event()
    context.run(_stops.set, (*_stops.get(), stop))
    outcome: list[tuple[Any, BaseException | None]] = []  # not in the future, which would hold an error that holds it
    called: asyncio.Future[None] = events.create_future()

    def deliver() -> None:
        if not called.done():
            called.set_result(None)
        elif iscoroutine(late := outcome.pop()[0]):
            late.close()

    def call() -> None:
        try:
            outcome.append((context.run(method), None))
        except BaseException as error:
            outcome.append((None, error))
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            events.call_soon_threadsafe(deliver)

    Thread(target=call, name="briefing-engine", daemon=True).start()
    try:
        await called
        return outcome.pop()
    except BaseException:  # cancelled: so are the sync calls that the method makes
        stop.set()
        raise
