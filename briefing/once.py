"""One payment a key: whoever comes while another pays waits for what that one gets, in whatever process.

SQLite is asked in a thread of its own, one for all caches of a process, so that the event loop never waits for a file.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import warnings
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, TypeVar

from .cache import Cache, CacheWarning, SQLiteCache
from .errors import EngineError

T = TypeVar("T")
_log = logging.getLogger("briefing")

#: Seconds that a claim outlives its last renewal: what others wait at most for a payer that is gone without a trace.
LEASE = 30.0
_FIRST_WAIT, _LONGEST_WAIT = 0.02, 0.5  # seconds between two looks at whether another has paid

#: Of what waits for the thread, so much is done before the first of it is told.
_AT_ONCE = 16

#: What lies in a cache of the user's own in place of what turned out to be no reply: whoever reads it finds none.
_NO_REPLY = "null"

_thread: ThreadPoolExecutor | None = None
_waiting: deque[_Asked] = deque()
_called = False  # the thread will look at what waits
_holders = count(1)


def _forked() -> None:
    global _thread, _called
    _thread, _called = None, False
    _waiting.clear()


os.register_at_fork(after_in_child=_forked)


class Turn:
    """What is done about one key: `found` is the reply that lies in the cache; without one there is a right to pay.

    A cache of the user's own, with `get` and `put` alone, gives that right to all who come, and so does none.
    """

    def __init__(self, cache: Cache | None, key: str, about: Mapping[str, str], lease: float) -> None:
        self._cache, self._key, self._about, self._lease = cache, key, about, lease
        self._holder = str(next(_holders))
        self._looked = self._claimed = False
        self._wait = _FIRST_WAIT
        self._timer: asyncio.TimerHandle | None = None
        self.found: str | None = None
        self.reply: str | None = None  # what lies in the cache, found or kept, as far as this turn knows
        self._disowned: str | None = None

    async def look(self) -> None:
        """Find the reply where it is there; asks once."""
        if self._looked or self._cache is None:
            return
        call = partial(_tried, self._cache, partial(self._cache.get, self._key))
        found = await _off(call, alone=isinstance(self._cache, SQLiteCache))
        self.found = self.reply = found if isinstance(found, str) and found != _NO_REPLY else None
        self._looked = True

    async def claim(self) -> None:
        """Find the reply, or gain the right to pay: wait as long as another has it. Asks no more once it has either."""
        await self.try_claim()
        while self.is_others:
            await self.wait()
            await self.try_claim()

    async def try_claim(self) -> None:
        """Find the reply, or gain the right to pay, where no other has it."""
        cache = self._cache
        if not isinstance(cache, SQLiteCache):
            await self.look()
        elif self.found is None and not self._claimed:
            self._claimed = True  # cancelled, it may have made the claim all the same
            state = await _off(partial(cache.get_or_claim, self._key, self._lease, holder=self._holder))
            if state is None:  # a warning came in its place, once: what it may have claimed is asked for again
                await self._release(cache)
            elif state == self._disowned:  # which could not be taken out, as when the disk is full
                state = True
            self._claimed = state is True
            if isinstance(state, str):
                self.found = self.reply = state
            elif state:
                self._beat(cache)

    @property
    def is_others(self) -> bool:
        """Whether another has the right to pay, as far as was asked."""
        return isinstance(self._cache, SQLiteCache) and self.found is None and not self._claimed

    async def wait(self) -> None:
        """Wait until it is worth asking again, longer each time."""
        await asyncio.sleep(self._wait * random.uniform(0.5, 1))  # noqa: S311 - so that not all come at once
        self._wait = min(self._wait * 1.5, _LONGEST_WAIT)

    async def keep(self, value: str) -> None:
        """Put a reply into the cache: when this returns, it outlives the process. Others find it when the turn ends."""
        cache, self.reply = self._cache, value
        if isinstance(cache, SQLiteCache):
            await _off(partial(cache.put, self._key, value, about=self._about, release=False))
        elif cache is not None:
            await _off(partial(_tried, cache, partial(cache.put, self._key, value)), alone=False)

    async def disown(self, value: str) -> None:
        """Keep what is no reply for diagnosis, and have it served no more.

        A cache of the user's own keeps nothing but replies: there `null` takes its place, until the next one does.
        """
        cache, there = self._cache, self.reply is not None
        self.found, self.reply, self._disowned = None, None, value
        if isinstance(cache, SQLiteCache):
            await _off(partial(cache.put, self._key, value, kind="failure", about=self._about))
        elif cache is not None and there:
            await _off(partial(_tried, cache, partial(cache.put, self._key, _NO_REPLY)), alone=False)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[None]:
        """Disown the reply that was kept when what looks into it here finds that it is none (EngineError)."""
        try:
            yield
        except EngineError:
            if self.reply is not None:
                await self.disown(self.reply)
            raise

    def _beat(self, cache: SQLiteCache) -> None:
        """Renew the claim from time to time, for as long as the turn lasts."""
        if self._timer:
            _later(partial(cache.renew, self._key, self._lease, holder=self._holder))
        self._timer = asyncio.get_running_loop().call_later(self._lease / 3, self._beat, cache)

    def let_lapse(self) -> None:
        """Hold the claim for no longer than its lease: for work that may be left undone for ever."""
        if self._timer:
            self._timer.cancel()

    async def _end(self) -> None:
        self.let_lapse()
        if isinstance(self._cache, SQLiteCache) and self._claimed:
            await self._release(self._cache)

    async def _release(self, cache: SQLiteCache) -> None:
        await _off(partial(cache.release, self._key, holder=self._holder))


@asynccontextmanager
async def turn(
    cache: Cache | None, key: str, *, about: Mapping[str, str] | None = None, lease: float = LEASE
) -> AsyncIterator[Turn]:
    """Give a turn at a key: as long as it lasts nobody else has the right to pay that it may gain.

    What a cache of the user's own raises is told, and does not stop the run.
    """
    own = Turn(cache, key, about or {}, lease)
    for turns in _watching.get():
        turns.append(own)
    try:
        yield own
    finally:
        await own._end()  # cancelled meanwhile, it is done all the same


_watching: ContextVar[tuple[list[Turn], ...]] = ContextVar("_watching", default=())


@contextmanager
def watched() -> Iterator[list[Turn]]:
    """Give a list that every turn taken within comes to stand in, also in the tasks started there."""
    turns: list[Turn] = []
    token = _watching.set((*_watching.get(), turns))
    try:
        yield turns
    finally:
        _watching.reset(token)


async def withdrawn(turns: Iterable[Turn]) -> None:
    """Have the replies of these turns served no more: of all of them together nothing could be used."""
    for turn in turns:
        if turn.reply is not None:
            await turn.disown(turn.reply)


def _tried(cache: Cache, call: Callable[[], T]) -> T | None:
    try:
        return call()
    except CacheWarning:  # made an error, and told as it is
        raise
    except Exception as error:  # whatever a cache of the user's raises: what was paid for is worth more
        what = f"The cache given, {type(cache).__name__}, failed: {error!r}. The run goes on without it."
        warnings.warn(what, CacheWarning, stacklevel=2)
        return None


def _calm(call: Callable[[], T]) -> T | None:
    """Return what `call` returns; None where its warning was made an error, for what was paid for is worth more."""
    try:
        return call()
    except CacheWarning as warning:
        _log.warning("%s", warning)
        return None


async def _off(call: Callable[[], T], *, alone: bool = True) -> T | None:
    """Return what `call` returns in another thread. A cancelled caller leaves it running: what is paid is kept."""
    calm = partial(_calm, call)
    if not alone:
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, calm))
    told: asyncio.Future[T | None] = asyncio.get_running_loop().create_future()
    _ask(_Asked(calm, told))
    return await told


def _later(call: Callable[[], object]) -> None:
    _ask(_Asked(partial(_calm, call), None))


@dataclass(slots=True)
class _Asked:
    """What the thread is asked to do, who is told of it, and what came of it."""

    call: Callable[[], Any]
    told: asyncio.Future[Any] | None
    value: Any = None
    error: BaseException | None = None

    def do(self) -> None:
        try:
            self.value = self.call()
        except BaseException as error:
            self.error = error

    def tell(self) -> None:
        if self.told is None or self.told.done():
            return
        if self.error:
            self.told.set_exception(self.error)
        else:
            self.told.set_result(self.value)


def _ask(asked: _Asked) -> None:
    """Have it done in the thread, after what waits there: a hand-over costs as much as the work, so one serves all."""
    global _called
    _waiting.append(asked)
    if not _called:
        _called = True
        try:
            _own_thread().submit(_work)
        except RuntimeError:  # the interpreter is about to end and starts no thread any more
            _work()


def _work() -> None:
    global _called
    _called = False  # whoever asks from now on calls again, perhaps for nothing
    while taken := _taken():
        for asked in taken:
            asked.do()
        for loop in {asked.told.get_loop() for asked in taken if asked.told}:
            with suppress(RuntimeError):  # it is closed: nobody waits any more
                loop.call_soon_threadsafe(_tell, [a for a in taken if a.told and a.told.get_loop() is loop])


def _taken() -> list[_Asked]:
    taken: list[_Asked] = []
    with suppress(IndexError):
        while len(taken) < _AT_ONCE:
            taken.append(_waiting.popleft())
    return taken


def _tell(several: list[_Asked]) -> None:
    for asked in several:
        asked.tell()


def _own_thread() -> ThreadPoolExecutor:
    global _thread
    _thread = _thread or ThreadPoolExecutor(1, thread_name_prefix="briefing-cache")
    return _thread
