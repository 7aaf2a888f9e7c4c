"""What lies in the cache as a whole: counted, pruned, written out."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import IO

from pydantic import BaseModel, ConfigDict

from . import cacherows
from .errors import CacheError

_ALL = (
    "SELECT 'reply' AS kind, rowid, key, at, LENGTH(CAST(value AS BLOB)) AS bytes FROM reply"
    " UNION ALL SELECT 'failure', rowid, key, at, LENGTH(CAST(value AS BLOB)) FROM failure"
)


class Stock(BaseModel):
    """What lies in a cache: rows, the bytes of their texts and of the file, and when the first and last were put."""

    model_config = ConfigDict(frozen=True)

    path: str = ""
    replies: int = 0
    failures: int = 0
    claims: int = 0
    text_bytes: int = 0
    file_bytes: int = 0
    oldest: float | None = None
    newest: float | None = None


def stock(connection: Connection, path: Path) -> Stock:
    """Return the figures of the cache; times are seconds since 1970."""
    replies, failures, size, oldest, newest = connection.execute(
        # all that is asked for is one row
        f"SELECT IFNULL(SUM(kind = 'reply'), 0), IFNULL(SUM(kind = 'failure'), 0), IFNULL(SUM(bytes), 0), MIN(at),"  # noqa: S608
        f" MAX(at) FROM ({_ALL})"
    ).fetchone()
    # a process that was killed before it could release a claim may have kept the reply
    (claims,) = connection.execute("SELECT COUNT(*) FROM claim WHERE key NOT IN (SELECT key FROM reply)").fetchone()
    files = (Path(f"{path}{suffix}") for suffix in ("", "-wal"))
    return Stock(
        path=str(path),
        replies=replies,
        failures=failures,
        claims=claims,
        text_bytes=size,
        oldest=oldest,
        newest=newest,
        file_bytes=sum(file.stat().st_size for file in files if file.exists()),
    )


def prune(connection: Connection, older_than: float | None, larger_than: int | None) -> int:
    """Return how many rows were removed, too old ones and then the oldest, and give their room back to the disk."""
    removed = 0
    with cacherows.transaction(connection):
        if older_than is not None:
            since = time.time() - older_than
            removed += sum(
                connection.execute(f"DELETE FROM {table} WHERE at < ?", (since,)).rowcount  # noqa: S608
                for table in ("reply", "failure")
            )
        if larger_than is not None:
            removed += _shrink(connection, larger_than)
        connection.execute("DELETE FROM claim WHERE key IN (SELECT key FROM reply)")
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return removed


def _shrink(connection: Connection, most: int) -> int:
    rows = connection.execute(f"SELECT kind, rowid, bytes FROM ({_ALL}) ORDER BY at DESC").fetchall()  # noqa: S608
    kept = removed = 0
    for kind, rowid, size in rows:
        kept += size
        if kept > most:
            removed += connection.execute(f"DELETE FROM {kind} WHERE rowid = ?", (rowid,)).rowcount  # noqa: S608
    return removed


@contextmanager
def written_whole(path: Path) -> Iterator[IO[str]]:
    """Give a file to write to, 0600, that comes to lie at `path` only once it is whole.

    Raises CacheError where a pipe or a device is, which a file must not replace.
    """
    if path.exists() and not path.is_file():
        raise CacheError(f"Cannot export to {path}: that is no plain file. Name a new file.")
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def export(connection: Connection, file: IO[str]) -> int:
    """Return how many rows were written to the file, as JSON lines. Damaged rows are left out."""
    return sum(_write(connection, kind, file) for kind in ("reply", "failure"))


def _write(connection: Connection, kind: str, file: IO[str]) -> int:
    count = 0
    rows = connection.execute(
        "SELECT CAST(key AS BLOB), at, CAST(about AS BLOB), CAST(value AS BLOB), sha256, typeof(value)"  # noqa: S608
        f" FROM {kind} ORDER BY at"
    )
    for key_bytes, at, about, data, digest, type_ in rows:
        try:
            key = key_bytes.decode()
            value = cacherows.sound(key, (data, digest, type_))
            line = {"kind": kind, "key": key, "at": at, "about": json.loads(about)}
        except (ValueError, RecursionError):
            continue
        if value is not None and cacherows.is_json(connection, value):
            # as it stands, since read and written again it could come out otherwise; its lines end between its tokens
            one_line = value.replace("\r", " ").replace("\n", " ")
            file.write(f'{json.dumps(line)[:-1]}, "value": {one_line}}}\n')
            count += 1
    return count
