"""One payment a key: whoever comes while another pays waits for what that one gets, in whatever process.

SQLite is asked in a thread of its own, one for all caches of a process, so that the event loop never waits for a file.
"""

from __future__ import annotations

import asyncio
import os
import random
import warnings
from collections.abc import Awaitable, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from typing import NamedTuple, TypeVar

from .cache import Cache, CacheWarning, SQLiteCache

T = TypeVar("T")
Pay = Callable[[], Awaitable[str]]

#: Seconds that a claim outlives its last renewal: what others wait at most for a payer that is gone without a trace.
LEASE = 30.0
_FIRST_WAIT, _LONGEST_WAIT = 0.02, 0.5  # seconds between two looks at whether another has paid

_thread: ThreadPoolExecutor | None = None
_holders = count(1)


def _forked() -> None:
    global _thread
    _thread = None


os.register_at_fork(after_in_child=_forked)


class Fetched(NamedTuple):
    """A reply as JSON text, and whether it came from the cache: the caller paid nothing for it."""

    value: str
    cached: bool


async def fetched(
    cache: Cache, key: str, pay: Pay, *, about: Mapping[str, str] | None = None, lease: float = LEASE
) -> Fetched:
    """Return the reply under this key, paid for by `pay` when nobody has; it is in the cache before it is returned.

    What `pay` raises is raised, and the next one pays. A cache of the user's own, with `get` and `put` alone, is asked
    in a thread too, but two that come at the same time both pay; what it raises is told and does not stop the run.
    """
    if not isinstance(cache, SQLiteCache):
        return await _fetched_from(cache, key, pay)
    holder, wait = str(next(_holders)), _FIRST_WAIT
    while True:
        try:
            found = await _off(partial(cache.get_or_claim, key, lease, holder=holder))
        except asyncio.CancelledError:
            _later(partial(cache.release, key, holder=holder))  # the claim may be made all the same
            raise
        if isinstance(found, str):
            return Fetched(found, cached=True)
        if found:
            with _held(cache, key, lease, holder):
                value = await pay()
                await _off(partial(cache.put, key, value, about=about))
            return Fetched(value, cached=False)
        await asyncio.sleep(wait * random.uniform(0.5, 1))  # noqa: S311 - so that those who wait do not come at once
        wait = min(wait * 1.5, _LONGEST_WAIT)


@contextmanager
def _held(cache: SQLiteCache, key: str, lease: float, holder: str) -> Iterator[None]:
    """Renew a claim for as long as this lasts, and release it when this fails."""
    loop = asyncio.get_running_loop()

    def beat() -> None:
        _later(partial(cache.renew, key, lease, holder=holder))
        timers[0] = loop.call_later(lease / 3, beat)

    timers = [loop.call_later(lease / 3, beat)]
    try:
        yield
    except BaseException:
        _later(partial(cache.release, key, holder=holder))
        raise
    finally:
        timers[0].cancel()


async def _fetched_from(cache: Cache, key: str, pay: Pay) -> Fetched:
    found = await _off(partial(_tried, cache, partial(cache.get, key)), alone=False)
    if isinstance(found, str):
        return Fetched(found, cached=True)
    value = await pay()
    await _off(partial(_tried, cache, partial(cache.put, key, value)), alone=False)
    return Fetched(value, cached=False)


def _tried(cache: Cache, call: Callable[[], T]) -> T | None:
    try:
        return call()
    except Exception as error:  # whatever a cache of the user's raises: what was paid for is worth more
        what = f"The cache given, {type(cache).__name__}, failed: {error!r}. The run goes on without it."
        warnings.warn(what, CacheWarning, stacklevel=2)
        return None


async def _off(call: Callable[[], T], *, alone: bool = True) -> T:
    """Return what `call` returns in another thread. A cancelled caller leaves it running: what is paid is kept."""
    try:
        future = asyncio.get_running_loop().run_in_executor(_own_thread() if alone else None, call)
    except RuntimeError:  # the interpreter is about to end and starts no thread any more
        return call()
    return await asyncio.shield(future)


def _later(call: Callable[[], object]) -> None:
    with suppress(RuntimeError):
        _own_thread().submit(call)


def _own_thread() -> ThreadPoolExecutor:
    global _thread
    _thread = _thread or ThreadPoolExecutor(1, thread_name_prefix="briefing-cache")
    return _thread
