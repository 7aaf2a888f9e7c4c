"""The rows of the cache: replies, failures, and claims on replies that are being paid for.

Each function is one statement or one transaction on a connection that commits by itself. A row carries the sha256 of
its key and its value, since SQLite does not notice a flipped byte of text.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_LOCKED, Connection
from typing import NamedTuple

#: What lies under a key: the value as bytes, its sha256, and its type in SQLite.
Row = tuple[object, object, object]

#: What is told of a cache in which `sound` found a row that is not.
DAMAGED = "holds damaged rows. They are not used: what they held is asked for anew"

_BEGINNINGS = frozenset(b'{ [ " - 0 1 2 3 4 5 6 7 8 9 t f n'.split())  # of JSON as json.dumps writes it


class Entry(NamedTuple):
    """A reply or a failure to be kept: JSON texts, and the time in seconds since 1970."""

    key: str
    value: str
    about: str


def find(connection: Connection, key: str) -> Row | None:
    """Return the row of a reply as it lies there."""
    found: Row | None = connection.execute(
        # as bytes: text that is no UTF-8 would raise an error
        "SELECT CAST(value AS BLOB), sha256, typeof(value) FROM reply WHERE key = ?",
        (key,),
    ).fetchone()
    return found


def sound(key: str, row: Row) -> str | None:
    """Return the value of a row that holds what was put there, else None: text, under its own sum.

    What was put is JSON. Whoever forges the sum too could have it hold other text that begins like JSON; asking SQLite
    (`is_json`) takes as long as all of this.
    """
    value, digest, kind = row
    if kind != "text" or not isinstance(value, bytes) or digest != _sum(key, value) or value[:1] not in _BEGINNINGS:
        return None
    try:
        return value.decode()
    except UnicodeDecodeError:
        return None


def is_json(connection: Connection, value: str) -> bool:
    """Return whether the whole text is JSON."""
    return bool(connection.execute("SELECT json_valid(?)", (value,)).fetchone()[0])


def _sum(key: str, value: bytes) -> bytes:
    return sha256(key.encode() + b"\n" + value).digest()


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """Hold the lock for writing from the start: a read that becomes a write fails wherever another came between."""
    if connection.in_transaction:  # an interrupt fell between the lines below
        connection.execute("ROLLBACK")
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_lock(error: Exception) -> bool:
    """Return whether an error says that another holds the lock."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF in (SQLITE_BUSY, SQLITE_LOCKED)


def put_reply(connection: Connection, entry: Entry, *, release: bool) -> bool:
    """Keep a reply, and end the claim on it; returns False, and keeps nothing, when its value is no JSON."""
    key, value, about = entry
    with transaction(connection):
        done = connection.execute(
            "INSERT OR REPLACE INTO reply SELECT ?1, ?2, ?3, ?4, ?5 WHERE json_valid(?2)",
            (key, value, _sum(key, value.encode()), time.time(), about),
        )
        if release:
            connection.execute("DELETE FROM claim WHERE key = ?", (key,))
    return done.rowcount > 0


def put_failure(connection: Connection, entry: Entry) -> bool:
    """Keep a failure; a reply of the very same value is one no longer. Returns False when the value is no JSON."""
    key, value, about = entry
    with transaction(connection):
        done = connection.execute(
            "INSERT INTO failure SELECT ?1, ?2, ?3, ?4, ?5 WHERE json_valid(?2)",
            (key, value, _sum(key, value.encode()), time.time(), about),
        )
        connection.execute("DELETE FROM reply WHERE key = ? AND value = ?", (key, value))
    return done.rowcount > 0


class Turn(NamedTuple):
    """Whose turn it is: the reply where there is one, else True for who asked; and whether a damaged row was met."""

    found: str | bool
    damaged: bool = False


def claim(connection: Connection, key: str, holder: str, lease: float) -> Turn:
    """Return the reply where there is one; else whether it is now `holder` who has to pay for it."""
    turn = _turn(connection, key)
    if turn.found is not True:  # most often; without a lock
        return turn
    with transaction(connection):
        turn = _turn(connection, key)
        if turn.found is True:
            row = (key, f"{_process(os.getpid())} {holder}", time.time(), lease)
            connection.execute("INSERT OR REPLACE INTO claim VALUES (?, ?, ?, ?)", row)
    return turn


def _turn(connection: Connection, key: str) -> Turn:
    row = find(connection, key)
    value = sound(key, row) if row else None
    served = value is not None and is_json(connection, value)
    held = connection.execute("SELECT owner, at, lease FROM claim WHERE key = ?", (key,)).fetchone()
    alive = False
    if held:
        owner, at, lease = held
        # a claim from the future was made before the clock was set back
        alive = at - 1 <= time.time() < at + lease and not _ended(owner.partition(" ")[0])
    if value is not None and served and not alive:  # who holds a claim on it has not looked into it yet
        if held:  # of a process that was killed in between
            connection.execute("DELETE FROM claim WHERE key = ? AND owner = ?", (key, held[0]))
        return Turn(value)
    return Turn(not alive, damaged=row is not None and not served)


def renew(connection: Connection, key: str, holder: str, lease: float) -> bool:
    """Begin the lease of a claim anew; returns whether there still was one of this holder."""
    row = (time.time(), lease, key, f"{_process(os.getpid())} {holder}")
    return connection.execute("UPDATE claim SET at = ?, lease = ? WHERE key = ? AND owner = ?", row).rowcount > 0


def release(connection: Connection, key: str, holder: str) -> None:
    """End a claim of this holder."""
    row = (key, f"{_process(os.getpid())} {holder}")
    connection.execute("DELETE FROM claim WHERE key = ? AND owner = ?", row)


@lru_cache(maxsize=64)
def _process(pid: int) -> str:
    """Return a name of this process that no other has had since the machine started."""
    return f"{_system()}:{pid}:{_started(pid)}"


def _ended(process: str) -> bool:
    """Return whether a process is surely over: one of this very system, gone or with its number given to another."""
    system, number, started = process.rsplit(":", 2)
    if not system or system != _system():
        return False  # of another machine or container, or of a system that does not say: its lease decides
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return started not in ("", _started(int(number)) or started)


@lru_cache(maxsize=1)
def _system() -> str:
    """Return what processes share whose numbers mean the same: the running kernel and the space of numbers."""
    with suppress(OSError):
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}".replace(":", "")
    return ""


def _started(pid: int) -> str:
    """Return when a process started, in ticks since the kernel did; nothing where that is not told.

    One that has ended and whose end its parent has not asked for yet started at no time: "-".
    """
    with suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b") ")[2].split()
        return "-" if fields[0] in (b"Z", b"X") else fields[19].decode()
    return ""
