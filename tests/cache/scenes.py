"""Scenes with several processes around one cache, each run in a process without threads, which may fork.

`python -m tests.cache.scenes SCENE PATH` prints what came of it as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import signal
import sqlite3
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from briefing.cache import SQLiteCache
from tests.cache import Fetched, fetched

NOBODY = 65534


def forked(work: Callable[[], object]) -> int:
    """Return the process that does this work; its exit code is 0 when it did."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return child


def joined(children: list[int]) -> list[int]:
    """Return the exit codes of the processes; one that hangs is killed."""
    codes, end = [], time.monotonic() + 20
    for child in children:
        while not (done := os.waitpid(child, os.WNOHANG))[0]:
            if time.monotonic() > end:
                os.kill(child, signal.SIGKILL)
            time.sleep(0.005)
        codes.append(os.waitstatus_to_exitcode(done[1]))
    return codes


def reply(number: int) -> str:
    return json.dumps({"reply": f"{number} “said” " * 150})


class Ledger:
    """Lines that processes write, whole, and that outlive them."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self.path = path.with_name("ledger")
        self.file = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    def add(self, line: object) -> None:
        os.write(self.file, f"{line}\n".encode())

    def lines(self) -> list[str]:
        return self.path.read_text(encoding="utf-8").splitlines()


def crowd(path: Path) -> dict[str, object]:
    """Eight processes, cold start, write and read the same file."""
    cache = SQLiteCache(path)

    def work(own: int) -> None:
        warnings.simplefilter("error")
        for number in range(100):
            cache.put(f"{own} {number}", reply(number))
            cache.put(f"shared {number}", reply(number))
            for whose in (own, "shared"):
                assert cache.get(f"{whose} {number}") == reply(number)

    codes = joined([forked(partial(work, own)) for own in range(8)])
    found = [cache.get(f"{own} {number}") == reply(number) for own in (*range(8), "shared") for number in range(100)]
    return {"codes": codes, "found": sum(found), "replies": cache.stats().replies, "check": _check(path)}


def _check(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def killed(path: Path) -> dict[str, object]:
    """Four processes write and are killed at random, thirty times; others take their place."""
    chance = random.Random(5)  # noqa: S311
    cache, ledger = SQLiteCache(path), Ledger(path)

    def write(first: int) -> None:
        warnings.simplefilter("error")
        for number in range(first, first + 100_000):
            cache.put(str(number), reply(number))
            ledger.add(number)

    writers = [forked(partial(write, first)) for first in range(0, 400_000, 100_000)]
    time.sleep(0.1)
    for kill in range(30):
        time.sleep(chance.uniform(0.002, 0.03))
        writer = writers.pop(chance.randrange(len(writers)))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        writers.append(forked(partial(write, (kill + 4) * 100_000)))
    for writer in writers:
        os.kill(writer, signal.SIGKILL)
    codes = joined(writers)
    told = [int(line) for line in ledger.lines()]
    lost = [number for number in told if cache.get(str(number)) != reply(number)]
    return {"codes": codes, "told": len(told), "lost": lost, "check": _check(path)}


def once(path: Path) -> dict[str, object]:
    """Two processes with 16 threads between them, and 20 tasks in one loop, want one key each."""
    ledger = Ledger(path)

    async def pay() -> str:
        ledger.add("paid")
        await asyncio.sleep(0.3)
        return '"reply"'

    async def several(cache: SQLiteCache) -> list[Fetched]:
        return await asyncio.gather(*(fetched(cache, "task", pay) for _ in range(20)))

    def work() -> None:
        cache = SQLiteCache(path)
        with ThreadPoolExecutor(8) as pool:
            each = [pool.submit(lambda: asyncio.run(fetched(cache, "thread", pay))) for _ in range(8)]
            for one in [each.result() for each in each] + asyncio.run(several(cache)):
                assert one.value == '"reply"'
                ledger.add("cached" if one.cached else "not cached")

    codes = joined([forked(work) for _ in range(2)])
    lines = ledger.lines()
    return {"codes": codes} | {line: lines.count(line) for line in ("paid", "not cached", "cached")}


def abandoned(path: Path) -> dict[str, object]:
    """A process is killed while it pays; its number is still taken until its parent asks for its end."""
    cache, ledger = SQLiteCache(path), Ledger(path)

    def work() -> None:
        ledger.add(cache.claim("key", 600))
        time.sleep(60)

    child = forked(work)
    while not ledger.lines():
        time.sleep(0.005)
    while_it_pays = cache.claim("key", 600)
    os.kill(child, signal.SIGKILL)
    time.sleep(0.1)
    unburied = cache.claim("key", 600)
    cache.release("key")
    os.waitpid(child, 0)
    return {"while it pays": while_it_pays, "unburied": unburied, "buried": cache.claim("key", 600)}


def fork(path: Path) -> dict[str, object]:
    """A process with an open cache and busy threads forks; both sides go on, and the child ends as programs do."""
    cache, stop, numbers = SQLiteCache(path), threading.Event(), iter(range(10**9))
    cache.put("before", '"parent"')

    def write() -> None:
        while not stop.is_set():
            cache.put(f"busy {next(numbers)}", '"thread"')

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    children = []
    warnings.simplefilter("ignore", DeprecationWarning)  # newer Pythons warn of any fork among threads
    for number in range(10):
        child = os.fork()
        if child == 0:
            signal.alarm(15)
            assert cache.get("before") == '"parent"'
            cache.put(f"child {number}", '"child"')
            assert asyncio.run(fetched(cache, "before", asyncio.Future)).cached
            if number % 2:
                sys.exit(0)  # all is taken down, what was inherited too
            os._exit(0)
        children.append(child)
        time.sleep(0.01)
    codes = joined(children)
    stop.set()
    for thread in threads:
        thread.join()
    cache.put("after", '"parent"')
    written = next(numbers)
    cache.close()
    keys = ["before", "after", *(f"child {n}" for n in range(10)), *(f"busy {n}" for n in range(written))]
    lost = [key for key in keys if not cache.get(key)]
    return {"codes": codes, "lost": lost, "check": _check(path)}


def _run(cache: SQLiteCache, times: int = 30) -> dict[str, object]:
    """Write and read as a run does; return what was found again and what was told."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for number in range(times):
            assert cache.get_or_claim(f"run {number}", 5) in (True, reply(number))
            cache.put(f"run {number}", reply(number))
        found = [cache.get(f"run {number}") for number in range(times)]
        assert all(value in (None, reply(number)) for number, value in enumerate(found))
        return {"found": sum(map(bool, found)), "told": [str(each.message) for each in told]}


def full(path: Path) -> dict[str, object]:
    """A file that may not grow beyond 500 kB, or the disk that `path` lies on: 250 replies of 3 kB."""
    cache = SQLiteCache(path)
    if path.parent.name != "disk":
        sys.dont_write_bytecode = True  # what is imported from here on would be cut off, for later tests as well
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))
    return _run(cache, 250)


def stranger(path: Path) -> dict[str, object]:
    """Another user, who may read all and write nothing there; or this one, where that is no superuser."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return _run(SQLiteCache(path))


SCENES: dict[str, Callable[[Path], dict[str, Any]]] = {
    scene.__name__: scene for scene in (crowd, killed, once, abandoned, fork, full, stranger)
}

if __name__ == "__main__":
    print(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]))))  # noqa: T201
