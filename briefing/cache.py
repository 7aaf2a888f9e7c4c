"""The cache: what was paid for once is never paid for again.

It keeps the replies of models as JSON text, each under a key that says all that the reply depends on. It is one SQLite
file that any number of threads and processes use at once. It never stands in the way: where the file cannot be used,
the run goes on without it and says so once.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
import warnings
import weakref
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Lock, local
from typing import Literal, Protocol, TypeVar, TypeVarTuple, runtime_checkable

from . import cachefile, cacherows, cachestock
from .cachestock import Stock
from .errors import CacheError, ConfigError

Q = TypeVarTuple("Q")
T = TypeVar("T")
Kind = Literal["reply", "failure"]

#: Seconds that a cache is left alone after it could not be used; where it was locked, the shorter at first.
REST, SHORT_REST = 30.0, 0.5


class CacheWarning(UserWarning):
    """The cache cannot be used, or something in it; the run goes on without it."""


@runtime_checkable
class Cache(Protocol):
    """What keeps replies: any object with these two, called from any thread."""

    def get(self, key: str) -> str | None:
        """Return the JSON text that was put under this key, None when there is none."""

    def put(self, key: str, value: str) -> None:
        """Keep a JSON text under this key."""


class SQLiteCache:
    """A cache in one SQLite file: at `path`, else in our folder under the platform's cache folder.

    Any number of threads and processes use it at once, and a forked one as well. `patience` is how many seconds it
    waits for a lock of another process. Whatever is wrong with the file, `get`, `put` and `claim` raise nothing: the
    run goes on uncached, with one CacheWarning. A damaged file of ours is renamed and a new one begun; a file that is
    not ours, or newer, stays as it is. Raises CacheError for a path that names no file.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None, *, patience: float = 5.0) -> None:
        self.path = cachefile.resolved(path)
        self.patience = patience
        # One connection for all threads of a process, one after another: SQLite lets one write at a time in any case,
        # and whoever waits for a lock of SQLite waits far longer than for this one.
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._rests = {"read": 0.0, "write": 0.0}  # until when, by the monotonic clock
        self._locked = 0, 0.0  # what had been written when it was last met locked, and how long the rest was then
        self._told: set[str] = set()
        _caches.add(self)

    def __reduce__(self) -> tuple[Callable[..., SQLiteCache], tuple[Path]]:
        return partial(SQLiteCache, patience=self.patience), (self.path,)

    def __repr__(self) -> str:
        return f"SQLiteCache({str(self.path)!r})"

    def __del__(self) -> None:
        connection = getattr(self, "_connection", None)  # there is none when the constructor raised
        if connection:
            connection.close()

    def get(self, key: str) -> str | None:
        """Return the reply under this key, None when there is none or it is not what was put there."""
        row = self._do("read", cacherows.find, key)
        value = row and cacherows.sound(key, row)
        if row and value is None:
            self._tell("row", cacherows.DAMAGED)
        return value

    def put(
        self,
        key: str,
        value: str,
        *,
        kind: Kind = "reply",
        about: Mapping[str, str] | None = None,
        release: bool = True,
    ) -> None:
        """Keep a JSON text under this key; when this returns, it outlives the process.

        A `failure` is kept for diagnosis and never served; a reply of the very same value is one no longer. `about`
        says what it was, such as model and task. A claim on the key ends with a reply, unless `release` is False: then
        the reply is served once it does. Raises CacheError when the value is no JSON.
        """
        entry = cacherows.Entry(key, value, json.dumps(dict(about or {})))
        put = partial(cacherows.put_reply, release=release) if kind == "reply" else cacherows.put_failure
        if self._do("write", put, entry) is False:
            raise CacheError("The value put into the cache is no JSON text. Put the text that json.dumps writes.")

    def claim(self, key: str, lease: float, *, holder: str = "") -> bool:
        """Return whether the caller has to pay for this key: the first one has, while no reply is there.

        Whoever gets False looks again with `get` or `claim`. A claim ends with `put` or `release`; by itself when its
        `lease` in seconds is over or its process is. `holder` tells claimants within one process apart.
        """
        return self.get_or_claim(key, lease, holder=holder) is True

    def get_or_claim(self, key: str, lease: float, *, holder: str = "") -> str | bool:
        """Return the reply under this key; True when the caller has to pay for it, False while another does."""
        turn = self._do("write", cacherows.claim, key, holder, lease)
        if turn is None:
            return self.get(key) or True  # a full disk can still be read
        if turn.damaged:
            self._tell("row", cacherows.DAMAGED)
        return turn.found

    def renew(self, key: str, lease: float, *, holder: str = "") -> bool:
        """Begin the lease of a claim anew; returns whether the claim was still there."""
        return bool(self._do("write", cacherows.renew, key, holder, lease))

    def release(self, key: str, *, holder: str = "") -> None:
        """End a claim that was not paid."""
        self._do("write", cacherows.release, key, holder)

    def stats(self) -> Stock:
        """Return what lies in the cache. Raises CacheError when it cannot be read, as all below do."""
        return self._manage(cachestock.stock, self.path) if self.path.exists() else Stock()

    def prune(self, *, older_than: float | None = None, larger_than: int | None = None) -> int:
        """Return how many rows were removed: those put more than `older_than` seconds ago; then the oldest.

        Of these as many as bring the texts that stay down to `larger_than` bytes.
        """
        if not self.path.exists():
            return 0
        return self._manage(cachestock.prune, older_than, larger_than)

    def clear(self) -> int:
        """Return how many rows were removed: all of them."""
        return self.prune(larger_than=0)

    def export(self, path: str | os.PathLike[str]) -> int:
        """Return how many rows were written to a file of JSON lines: kind, key, time, what it was about, the value."""
        target = Path(path).expanduser()
        if target.exists() and (target.is_dir() or (self.path.exists() and target.samefile(self.path))):
            raise CacheError(f"Cannot export to {target}: that is a folder or the cache itself. Name a new file.")
        try:
            with cachestock.written_whole(target) as file:
                return self._manage(cachestock.export, file)
        except OSError as error:
            why = f"Cannot export to {target} ({error.strerror}). Name a file that can be written."
            raise CacheError(why) from error

    def close(self) -> None:
        """Close the file; whatever is asked next opens it again."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _manage(self, work: Callable[[sqlite3.Connection, *Q], T], *given: *Q) -> T:
        with self._lock:
            try:
                return work(self._opened(), *given)
            except (sqlite3.Error, OSError, cachefile.Unusable, cachefile.Damaged) as error:
                self._close()
                damage = "is damaged. Move it away: a new one is begun"
                why = damage if cachefile.is_damage(error) else cachefile.reason(error)
                raise CacheError(f"The cache {self.path} {why}.") from error

    def _do(
        self, way: Literal["read", "write"], work: Callable[[sqlite3.Connection, *Q], T], *given: *Q, last: bool = False
    ) -> T | None:
        """Return what `work` returns, None when the file cannot be used."""
        with self._lock:
            until = self._rests[way]
            if until and until > time.monotonic():
                return None
            try:
                connection = self._connection if way == "read" else None
                return work(connection or self._opened(), *given)
            except UnicodeEncodeError as error:
                raise CacheError("A key or value of the cache holds a lone surrogate. Put valid text.") from error
            except (sqlite3.Error, OSError, cachefile.Unusable, cachefile.Damaged) as error:
                kind, why, again = self._recover(way, error, last)
        try:
            return self._do(way, work, *given, last=True) if again else None
        finally:  # last, since a warning may be made an error: what was paid for lies in the new file by then
            self._tell(kind, why)

    def _opened(self) -> sqlite3.Connection:
        """Return the connection; to the file that lies there now, where another was moved or deleted meanwhile."""
        if self._connection and not self._is_there():
            self._close()
        if not self._connection:
            self._inode = 0
            self._inode = cachefile.place(self.path)
            self._connection = cachefile.connect(self.path, self.patience)
        return self._connection

    def _is_there(self) -> bool:
        try:
            return os.stat(self.path).st_ino == self._inode  # noqa: PTH116 - in half the time
        except FileNotFoundError:
            return False

    def _recover(self, way: str, error: Exception, last: bool) -> tuple[str, str, bool]:
        """Return what to tell, and whether to try again: after a damaged file was set aside."""
        opened = self._connection is not None
        if cachefile.is_damage(error) and not last:
            self._close()
            try:
                aside = cachefile.set_aside(self.path, self._inode)
            except (sqlite3.Error, OSError, cachefile.Unusable) as another:
                error = another
            else:
                where = f"It now lies in {aside}" if aside else "It was set aside"
                return "file", f"was damaged. {where}; a new one is begun, and what it held is asked for anew", True
        until = time.monotonic() + (self._rest() if cacherows.is_lock(error) else REST)
        self._rests["write"] = until
        if way == "read" or not opened:
            self._rests["read"] = until
            self._close()
        return "unusable", f"{cachefile.reason(error)}. The run goes on without it", False

    def _rest(self) -> float:
        """Return for how long to leave a locked file alone: twice as long as before when nothing was written since."""
        written, (before, rest) = self._connection.total_changes if self._connection else 0, self._locked
        self._locked = written, min(2 * rest, REST) if rest and written == before else SHORT_REST
        return self._locked[1]

    def _tell(self, kind: str, why: str) -> None:
        """Warn once a kind of trouble; outside the lock, since a filter of warnings may run any code."""
        if kind not in self._told:
            self._told.add(kind)
            warnings.warn(f"The cache {self.path} {why}.", CacheWarning, stacklevel=4)


_shared: dict[Path, SQLiteCache] = {}


def opened(cache: Cache | str | os.PathLike[str] | None) -> Cache:
    """Return the cache itself, or that of a path: the same one for the same path, so that it is opened once.

    None is the default one. Raises CacheError for a path of no file, ConfigError for what is no cache.
    """
    if cache is None or isinstance(cache, str | os.PathLike):
        path = cachefile.resolved(cache)
        kept = _shared.pop(path, None) or SQLiteCache(path)
        _shared[path] = kept
        for other in list(_shared)[:-8]:  # so many stay open; another is closed when nobody uses it any more
            _shared.pop(other, None)
        return kept
    if not isinstance(cache, Cache) or isinstance(cache, type):
        raise ConfigError(
            f"cache is of type {type(cache).__name__}: give the path of a file, an object with get and put, or None."
        )
    return cache


_caches: weakref.WeakSet[SQLiteCache] = weakref.WeakSet()
_forking = local()
_inherited: list[object] = []


def _before_fork() -> None:
    """Close what is open: SQLite keeps locks in memory too, and a child would think the parent's its own."""
    waiting = sorted(_caches, key=id)  # in one order, or two threads that fork could wait for each other
    _forking.held = [cache for cache in waiting if cache._lock.acquire(timeout=cache.patience + 1)]
    for cache in _forking.held:
        cache._close()


def _after_fork() -> None:
    for cache in _forking.held:
        cache._lock.release()
    _forking.held = []


def _in_child() -> None:
    _forking.held = []
    for cache in _caches:
        _inherited.append(cache._connection)  # one that could not be closed is neither used nor closed here
        cache._connection, cache._lock = None, Lock()


os.register_at_fork(before=_before_fork, after_in_parent=_after_fork, after_in_child=_in_child)
