"""Batches in processes of their own, to be killed: one process imports the library, and each batch is its fork.

So they start fast, and end as programs do: what nobody catches ends the interpreter, with all that it then takes down.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import briefing
from briefing.batching import Result
from briefing.cache import Kind, SQLiteCache

#: Imported before the forks: what a batch needs.
_READY = ("batching", "engines.openai.chat", "report")
#: Seconds after which a process that hangs is ended.
_HANGS = 60


def article(number: int) -> dict[str, str]:
    return {"id": str(number), "text": f"The ferry carried {1_000 + number} people to Port Alder."}


def people(text: str) -> str:
    """Return how many people the ferry carried, which tells what article a text is about."""
    found = re.search(r"carried (\d+) people", text)
    return found[1] if found else ""


class Ended(NamedTuple):
    """How a batch ended: its exit code, the seconds it took, when it ended, its results, and its standard error."""

    code: int
    seconds: float
    at: float  # of the monotonic clock, which all processes share
    results: list[dict[str, Any]]
    errors: str


class Crashes:
    """Starts batches that share a cache, and tells how they ended; a context manager."""

    def __init__(self, folder: Path, base_url: str) -> None:
        self._folder = folder
        self._asked = {"folder": str(folder), "base_url": base_url}

    def __enter__(self) -> Crashes:
        command = [sys.executable, "-m", "tests.batch.crashes"]
        self._parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._parent.communicate()

    def start(self, articles: int, concurrency: int, way: str = "batch") -> int:
        """Return the process of a batch that begins now, in one of three ways: `batch`, `batch in a loop`, `abatch`."""
        return int(self._told({**self._asked, "way": way, "articles": articles, "concurrency": concurrency}))

    def end(self, process: int) -> Ended:
        """Return how a process ended, when it has."""
        code, seconds, at = self._told({"ended": process})
        errors = _file(self._folder, process, "errors").read_text()
        return Ended(code, seconds, at, _read(_file(self._folder, process, "results")), errors)

    def kept(self) -> dict[str, float]:
        """Return when the cache had first kept which reply: what it is about, and the time."""
        lines = [line for path in self._folder.glob("*.kept") for line in _read(path)]
        return {line["about"]: line["at"] for line in sorted(lines, key=lambda line: -line["at"])}

    @property
    def cache(self) -> SQLiteCache:
        """The cache of all of them."""
        return SQLiteCache(_cache(self._folder))

    def _told(self, asked: Mapping[str, object]) -> Any:
        assert self._parent.stdin and self._parent.stdout
        self._parent.stdin.write(json.dumps(asked).encode() + b"\n")
        self._parent.stdin.flush()
        return json.loads(self._parent.stdout.readline())


def _cache(folder: Path) -> Path:
    return folder / "replies.sqlite3"


def _file(folder: Path, process: int, kind: str) -> Path:
    return folder / f"{process}.{kind}"


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _opened(folder: Path, kind: str) -> int:
    return os.open(_file(folder, os.getpid(), kind), os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)


def _write(file: int, **line: object) -> None:
    os.write(file, f"{json.dumps(line)}\n".encode())


class _Telling(SQLiteCache):
    """A cache that writes down what it has kept as soon as that is kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(_cache(folder))
        self._file = _opened(folder, "kept")

    def put(
        self,
        key: str,
        value: str,
        *,
        kind: Kind = "reply",
        about: Mapping[str, str] | None = None,
        release: bool = True,
    ) -> None:
        super().put(key, value, kind=kind, about=about, release=release)
        _write(self._file, about=people(value), at=time.monotonic())


def _serve() -> None:
    for name in _READY:
        importlib.import_module(f"briefing.{name}")
    began: dict[int, float] = {}
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        if "ended" in asked:
            process, status = os.waitpid(asked["ended"], 0)
            now = time.monotonic()
            told: object = [os.waitstatus_to_exitcode(status), now - began[process], now]
        elif told := os.fork():
            began[told] = time.monotonic()
        else:
            _batch(Path(asked.pop("folder")), **asked)
            return
        print(json.dumps(told), flush=True)  # noqa: T201


def _batch(folder: Path, base_url: str, way: str, articles: int, concurrency: int) -> None:
    """Write each result of a batch to a file as soon as it is there."""
    for number, file in enumerate((os.open(os.devnull, os.O_RDWR), *[_opened(folder, "errors")] * 2)):
        os.dup2(file, number)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored by what runs in the background
    signal.alarm(_HANGS)
    warnings.simplefilter("always")
    results, given = _opened(folder, "results"), map(article, range(articles))
    options: Any = {"engine": briefing.OpenAI("m", base_url=base_url), "cache": _Telling(folder)}

    def tell(result: Result) -> None:
        _write(results, id=result.id, about=people(result.lede.text) if isinstance(result, briefing.Briefing) else "")

    def batch() -> None:
        for result in briefing.batch(given, concurrency=concurrency, **options):
            tell(result)

    async def in_a_loop() -> None:
        batch()

    async def abatch() -> None:
        async for result in briefing.abatch(given, concurrency=concurrency, **options):
            tell(result)

    if way == "batch":
        batch()
    else:
        asyncio.run(in_a_loop() if way == "batch in a loop" else abatch())


if __name__ == "__main__":
    _serve()
