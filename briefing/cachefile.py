"""The file of the cache: found, made, recognised, opened, and set aside when it is damaged.

It is an SQLite database of ours when its application id says so. Whether it is, is asked over a connection that can
write nothing and takes no lock, so that a file that is not ours stays as it is, byte for byte. It is asked of SQLite
and not read from the file: a process that closes a file loses its locks on it, those of SQLite too.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from threading import Lock

from .errors import CacheError

#: "brif" as four bytes, and the version of the tables.
APPLICATION_ID, VERSION = 0x62726966, 1

_REST = "value TEXT NOT NULL, sha256 BLOB NOT NULL, at REAL NOT NULL, about TEXT NOT NULL"
_SCHEMA = (
    "CREATE TABLE claim (key TEXT PRIMARY KEY, owner TEXT NOT NULL, at REAL NOT NULL, lease REAL NOT NULL)",
    f"CREATE TABLE failure (key TEXT NOT NULL, {_REST})",
    f"CREATE TABLE reply (key TEXT PRIMARY KEY, {_REST})",
)
_SETTINGS = (
    "PRAGMA synchronous = NORMAL",  # in WAL mode what was committed outlives the process, killed or not
    "PRAGMA trusted_schema = OFF",  # what lies in the file runs no function
    "PRAGMA cell_size_check = ON",
    "PRAGMA journal_size_limit = 16777216",
)
_TICK = 0.01  # seconds between two tries to switch to WAL: SQLite itself does not wait there

# A file that is created and closed again loses this process's locks on it: nobody else here may open it meanwhile.
_creating = Lock()


def _forked() -> None:
    global _creating
    _creating = Lock()


os.register_at_fork(after_in_child=_forked)


class Unusable(Exception):  # noqa: N818 - it says what the file is
    """The file cannot be used and stays as it is; the message says why and what to do, to follow on its name."""


class Damaged(Exception):  # noqa: N818
    """The file is ours and does not hold what it should."""


def default_path() -> Path:
    """Return where the cache lies when nobody says: at BRIEFING_CACHE, else in the platform's cache folder."""
    if given := os.environ.get("BRIEFING_CACHE", "").strip():
        return Path(given)
    from platformdirs import user_cache_path  # imported when first used, like all that is not always needed

    return user_cache_path("briefing", appauthor=False) / "replies.sqlite3"


def resolved(path: str | os.PathLike[str] | None) -> Path:
    """Return the absolute path of a cache, that of the platform for None; raises CacheError where it names no file."""
    try:
        found = (default_path() if path is None else Path(path)).expanduser().resolve()
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        raise CacheError("The path of the cache names no file. Give one as text or as a Path.") from error
    with suppress(OSError):  # what may not even be looked at is no mistake in the call: the run goes on uncached
        if found.exists() and not found.is_file():
            raise CacheError(f"The cache cannot be {found}: that is a folder or no plain file. Name a file.")
    return found


def place(path: Path) -> int:
    """Return the inode of the file, made empty where there was none; raises Unusable when it is not ours or newer.

    What is made is the user's alone: the file 0600, each folder 0700.
    """
    with _creating:
        if not path.exists():
            _make_folder(path.parent)
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    status = path.stat()
    if status.st_size:
        _recognise(path)
    if status.st_mode & 0o077 and status.st_uid == os.geteuid():
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                Path(f"{path}{suffix}").chmod(0o600)
    return status.st_ino


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _recognise(path: Path) -> None:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            connection.execute("PRAGMA writable_schema = ON")  # or a truncated file would not even say whose it is
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        if _code(error) != sqlite3.SQLITE_NOTADB:
            raise
        application, version = 0, 0
    if application != APPLICATION_ID:
        raise Unusable("is no cache of briefing and stays as it is. Name another path, or move that file away")
    _refuse_newer(version)


def _refuse_newer(version: int) -> None:
    if version > VERSION:
        raise Unusable(f"was written by a newer briefing (version {version}). Update briefing, or name another path")


def connect(path: Path, patience: float) -> sqlite3.Connection:
    """Return a connection to a file that `place` has let pass, which waits `patience` seconds for locks.

    It commits each statement by itself. Raises Damaged, Unusable and what SQLite raises.
    """
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=patience, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        if _version(connection) == 0:
            _make_tables(connection)
        _refuse_newer(_version(connection))
        found = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        if tuple(sql for (sql,) in found) != _SCHEMA:
            raise Damaged
        _to_wal(connection, patience)
    except BaseException:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make all in one transaction with a rollback journal: the file's first page says at once that it is ours."""
    connection.execute("BEGIN EXCLUSIVE")
    try:
        if _version(connection) == 0:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            for statement in _SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _to_wal(connection: sqlite3.Connection, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(_TICK)


def set_aside(path: Path, inode: int) -> Path | None:
    """Return where the damaged file lies now, with its write-ahead log; None when another process moved it first.

    It is renamed, never deleted; and looked at again, since whatever damaged it may have put another file there.
    """
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)  # or two processes could each move a file, the second a good new one
        if not path.exists() or path.stat().st_ino != inode:
            return None
        _recognise(path)
        name = f"{path}.damaged-{time.strftime('%Y%m%d-%H%M%S')}"
        while Path(name).exists():
            name += "+"
        for suffix in ("-wal", "-shm", ""):  # the file last: until then nobody begins a new one
            with suppress(FileNotFoundError):
                Path(f"{path}{suffix}").rename(f"{name}{suffix}")
        return Path(name)
    finally:
        os.close(folder)


def is_damage(error: Exception) -> bool:
    """Return whether an error says that the file itself is damaged."""
    return isinstance(error, Damaged) or _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def reason(error: Exception) -> str:
    """Return why the file cannot be used and what to do, as the end of a sentence that begins with its name."""
    if isinstance(error, Unusable):
        return str(error)
    if isinstance(error, OSError):
        return f"cannot be used ({error.strerror}). Name a path that can be written, or make room"
    return _REASONS.get(_code(error), f"cannot be used ({error}). Name another path")


_WRITE = "Name a path in a folder that can be written"
_REASONS = {
    sqlite3.SQLITE_BUSY: "is locked by another process. End that process, or name another path",
    sqlite3.SQLITE_LOCKED: "is locked by another process. End that process, or name another path",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Make room, or name a path on another disk",
    sqlite3.SQLITE_IOERR: "cannot be read or written (disk error). Make room, or name a path on another disk",
    sqlite3.SQLITE_READONLY: f"cannot be written. {_WRITE}",
    sqlite3.SQLITE_CANTOPEN: f"cannot be opened. {_WRITE}",
    sqlite3.SQLITE_PERM: f"may not be opened. {_WRITE}",
}


def _code(error: Exception) -> int:
    """Return SQLite's primary code; 0 for an error that is not SQLite's own."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
