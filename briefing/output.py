"""The results of a batch in a file that never holds half a line: JSON Lines, CSV, Parquet.

Lines go to a file beside it, `OUT.part`, which takes the name `OUT` when all are there, or more than were before. A run
that is killed leaves `OUT` as it was, and in `OUT.part` whole lines, except perhaps the last. A Parquet file can be
read only when it is closed, by the end of the run or by an interruption: of a killed run nothing of it can.
"""

from __future__ import annotations

import fcntl
import json
import os
import select
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from types import TracebackType
from weakref import WeakSet

from .errors import InputError
from .formats import Format, Lines, Result, format_of


def written(path: str | Path, *, inputs: Iterable[str | Path] = ()) -> Sink:
    """Return an open file for results, to be used in `with`; its ending says the format, `-` is standard output.

    `.jsonl` and `.ndjson` hold each result whole; `.csv`, `.tsv` and `.parquet` hold its texts, a row a result. Raises
    InputError, before any work, for a path that cannot be written, that another run is writing, or that is among the
    `inputs`; ConfigError where Parquet needs `pip install 'briefing[parquet]'`.
    """
    if str(path) == "-":
        return Sink(Lines(), None)
    path, form = Path(path), format_of(str(path))
    for other in inputs:
        refuse_same(path, other)
    return Sink(form, path)


def refuse_same(path: str | Path, other: str | Path) -> None:
    """Return nothing; raises InputError when `other`, which is read, is the file to be written or where it is made.

    `-` is standard input, which a shell may have opened from any file.
    """
    name = "standard input" if other == "-" else other
    for mine in (Path(path), _part_of(Path(path))):
        with suppress(OSError):  # one of the two is not there
            if os.path.samestat(mine.stat(), os.fstat(0) if other == "-" else Path(other).stat()):
                raise InputError(f"{name} is read, and writing {path} would overwrite it: name another output.")


class Sink:
    """Results on their way into a file. Made by `written`; for one thread.

    As a context manager it is finished at the end: complete, unless an exception came.
    """

    def __init__(self, form: Format, path: Path | None) -> None:
        self._form, self._path = form, path
        self._begun, self._end = False, 0
        self._place = "standard output" if path is None else ""
        self.reason = ""
        if path is None:
            self._file = _standard_output()
        else:
            self._part = _part_of(path)
            self._file = _claimed(path, self._part)
            _open.add(self)

    def put(self, result: Result) -> None:
        """Write one result; raises OSError, which names the file, when it cannot be: then nothing of it is written."""
        self._begin()
        self._write(self._form.line(result))

    def finish(self, complete: bool) -> str:
        """Close the file, and return its name: where the results lie, "" when there are none.

        A complete run replaces a file that was there before. Another does so with JSON Lines, where it has more that is
        done; else it leaves what was there, and its results in `OUT.part`: then `reason` says why.
        """
        if self._path is not None and self._file >= 0:
            self._place = str(self._part) if self._end else ""  # they stay there when it cannot be closed
            try:
                self._place = self._closed(self._path, complete)
            except OSError as error:
                raise self._named(error) from None
            finally:
                self.abandon()  # not sooner: with it goes the lock
        return self._place

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.finish(complete=kind is None)

    def abandon(self) -> None:
        """Close the file and leave it as it is."""
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def _begin(self) -> None:
        if not self._begun:
            if self._path is not None:
                os.ftruncate(self._file, 0)  # not sooner: an earlier run's results stay until there are new ones
            self._write(self._form.begun())
            self._begun = True

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        try:
            while rest:
                try:
                    rest = rest[os.write(self._file, rest) :]
                except BlockingIOError:  # a pipe that is full, and that whoever made it opened not to wait
                    select.select([], [self._file], [])
            self._end += len(data)
        except BaseException as error:
            if self._path is not None:
                os.ftruncate(self._file, self._end)  # the file is open for appending: the next line begins there
            if isinstance(error, OSError):
                raise self._named(error) from None
            raise

    def _named(self, error: OSError) -> OSError:
        return error if self._path is None or error.filename else OSError(error.errno, error.strerror, str(self._part))

    def _closed(self, path: Path, complete: bool) -> str:
        if complete:
            self._begin()  # a table without rows has its header
        elif not self._end:
            if not os.fstat(self._file).st_size:
                self._part.unlink()
            return ""
        rest = self._form.ended(self._end)
        if rest is None:
            return str(self._part)
        self._write(rest)
        os.fsync(self._file)
        target = _target_of(path)
        if not complete and target.exists():
            lines = type(self._form) is Lines
            if not lines or _done(self._part) <= _done(target):
                self.reason = f"{path} {'holds as many or more' if lines else 'is there'}, from an earlier run"
                return str(self._part)
        self._part.replace(target)
        return str(path)


_open: WeakSet[Sink] = WeakSet()


def _forked() -> None:
    for sink in list(_open):  # a child would hold the lock after the run's own process is gone
        sink.abandon()


os.register_at_fork(after_in_child=_forked)


def _standard_output() -> int:
    if sys.stdout is None:
        raise InputError("standard output is closed: leave it open, or send it to a file.")
    sys.stdout.flush()
    return sys.stdout.fileno()


def _target_of(path: Path) -> Path:
    return Path(os.path.realpath(path))  # a link stays one, and what it points at is replaced


def _part_of(path: Path) -> Path:
    return Path(f"{_target_of(path)}.part")


def _done(path: Path) -> int:
    """Return how many lines of a file are no failures; what is no result counts, so that it is not lost either."""
    with path.open("rb") as file:
        return sum(not (line.isspace() or _is_failure(line)) for line in file)


def _is_failure(line: bytes) -> bool:
    # a Failure has its id first, a Briefing and an Answer have theirs last: few lines are parsed, and a file that
    # something else has put in another order is not taken for one of failures
    if not line.startswith(b'{"id":'):
        return False
    try:
        return "error" in json.loads(line)
    except (ValueError, RecursionError):
        return False


def _claimed(path: Path, part: Path) -> int:
    """Return `part` opened for appending and locked; raises InputError when `path` cannot be written."""
    target = _target_of(path)
    try:
        if target.is_dir():
            raise InputError(f"{path} is a folder: name a file in it.")
        if target.exists() and not target.is_file():  # a device, say, which a file must not replace
            raise InputError(f"{path} is no file: name one, or - for standard output.")
        if not target.parent.is_dir():
            raise InputError(f"{path} cannot be written, for its folder does not exist: make {path.parent} first.")
        while True:
            file = os.open(part, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o666)
            if _locked(file, part):
                if target.exists():
                    os.fchmod(file, S_IMODE(target.stat().st_mode))
                return file
            os.close(file)
    except BlockingIOError:
        raise InputError(f"another run is writing {part}: wait for its end, or name another output.") from None
    except OSError as error:
        raise InputError(f"{part} cannot be written ({error.strerror}): name an output in another folder.") from None


def _locked(file: int, part: Path) -> bool:
    """Return whether the file is locked now and still has its name: the run that held the lock may have renamed it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file), part.stat())
    return False
