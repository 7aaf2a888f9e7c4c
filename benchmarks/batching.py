"""What a batch costs beyond the model's own time: `python -m benchmarks.batching [NAME ...] [--articles N]`.

A local server in a process of its own answers every request after a fixed delay. The batch is a process of its own as
well, held to one core where the system can; the server has the other. All articles are different, of thirty sentences
(`benchmarks.dispatches`), and come from a generator; the time is put over the ideal, as many rounds of the delay as the
calls in flight need. The cache is cold, and lies on disk.

- *50 ms.* A batch with its checks taken out, the best of several runs: of texts, and of documents that were read
  before. Beside it the same without a cache, awaited (`abatch`), and once more with a cache that has every reply.
- *1 s.* All of it, checks too. Claims that stand word for word in the source are checked fast; of claims in other words
  as many are done a second as the core checks.
- *Memory.* Articles from a generator, `--articles` of them with the checks taken out and a tenth as many with checks:
  the most that the process ever had, and what it had at the end over what it had after a fifth. `memory_reworded`, by
  hand, is the same with claims in other words, for which the checks keep more.
- *Cached.* `summarize` of an article whose reply lies in the cache: of new ones in turn, and of one again and again.

On a busy machine the times say little.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import briefing
from benchmarks import dispatches, floors
from briefing import Document, Source, repair
from tests.faults import FaultServer
from tests.faults.__main__ import fixed_body

FLIGHT = 64
ROUNDS = 3
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "summit.txt"
_ARTICLES = 10_000
_WARM = 10_000_000  # the number of the first article that is only there to warm up
_CHECKED = repair.briefing


class Load(NamedTuple):
    """What one process does, and against which server; `ready` are documents that were read before."""

    delay: float
    replies: str  # fixed, copied, reworded
    articles: int
    checks: bool = True
    cache: bool = True
    ready: bool = False
    awaited: bool = False  # by `abatch`: no thread hands anything to another


LOADS = {
    "at_50_ms_unchecked": Load(0.05, "fixed", 2000, checks=False),
    "at_50_ms_unchecked_of_documents": Load(0.05, "fixed", 2000, checks=False, ready=True),
    "at_50_ms_unchecked_of_documents_without_cache": Load(0.05, "fixed", 2000, checks=False, cache=False, ready=True),
    "at_50_ms_unchecked_of_documents_awaited": Load(0.05, "fixed", 2000, checks=False, ready=True, awaited=True),
    "at_1000_ms": Load(1.0, "copied", 2000),
    "at_1000_ms_reworded": Load(1.0, "reworded", 320),
}


def measure(names: list[str], articles: int) -> dict[str, float]:
    """Return the figures, after printing what they are made of."""
    figures: dict[str, float] = {}
    for name, load in LOADS.items():
        if name in names:
            figures |= _over_ideal(name, load)
    if "memory" in names:
        figures |= _memory("unchecked", Load(0.0, "fixed", articles, checks=False))
        figures |= _memory("checked", Load(0.0, "copied", articles // 10))
    if "memory_reworded" in names:
        figures |= _memory("reworded", Load(0.0, "reworded", articles // 10))
    if "cached" in names:
        for replies in ("copied", "reworded"):
            for name, value in _apart("cached", Load(0.0, replies, 100)).items():
                figures[f"milliseconds_cached_{replies}_{name}"] = value
    return figures


def _over_ideal(name: str, load: Load) -> dict[str, float]:
    """Return the time over the ideal, the best of several runs where a run is short."""
    ideal = math.ceil(load.articles / FLIGHT) * load.delay
    runs = [_apart("batch", load) for _ in range(1 if load.delay >= 1 else ROUNDS)]
    for run in runs:
        print(f"{name}: {run['seconds'] / ideal:.2f} x ideal, {run['cpu']:.2f} ms of CPU an article", end="")
        print(f", {run['fine']:.1%} without an error" if load.checks else "", end="")
        print(f"; all cached: {run['again']:.0f} articles a second" if load.cache else "")
    return {f"{name}_over_ideal": min(run["seconds"] for run in runs) / ideal}


def _memory(name: str, load: Load) -> dict[str, float]:
    found = _apart("memory", load)
    print(f"{name}, {load.articles} articles: " + ", ".join(f"{key} {value:.0f} MB" for key, value in found.items()))
    return {
        f"megabytes_{name}": found["peak"],
        f"megabytes_{name}_at_end_over_a_fifth": found["at the end"] / found["after a fifth"],
    }


def _apart(what: str, load: Load) -> dict[str, float]:
    """Return what a process of its own found, against a server of its own."""
    server = [sys.executable, "-m", "benchmarks.batching", "--serve", str(load.delay), load.replies]
    with subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None  # noqa: S101
        port = serving.stdout.readline().strip()
        client = [sys.executable, "-m", "benchmarks.batching", "--as", what, port, json.dumps(load)]
        done = subprocess.run(client, stdout=subprocess.PIPE, text=True, check=True)
        serving.communicate()  # what it reads is closed, so it ends
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _serve(delay: float, replies: str) -> None:
    fixed = fixed_body() if replies == "fixed" else None
    with FaultServer(delay=delay, fixed=fixed, writer=dispatches.writer(reworded=replies == "reworded")) as server:
        print(server.port, flush=True)
        sys.stdin.read()  # to its end: until the parent closes it or is gone


class _Client:
    """What is measured: one load in this process."""

    def __init__(self, port: int, load: Load, folder: str) -> None:
        self.engine = briefing.OpenAI("m", base_url=f"http://127.0.0.1:{port}/v1", api_key="k")
        self.cache = str(Path(folder) / "replies.sqlite3") if load.cache else None
        self.load, self.fine = load, 0
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        checked(load.checks)

    def articles(self, count: int, first: int = 0) -> list[Any]:
        rows = [dispatches.row(number) for number in range(first, first + count)]
        return [Document.read(Source(row["text"], title=row["title"])) for row in rows] if self.load.ready else rows

    def run(self, articles: Iterator[Any], seen: Callable[[int], None] | None = None) -> None:
        given: Any = {"engine": self.engine, "cache": self.cache, "concurrency": FLIGHT, "unsupported": "flag"}

        def one(number: int, result: Any) -> None:
            if isinstance(result, briefing.Failure):
                raise result.error
            self.fine += result.report.ok
            if seen:
                seen(number)

        async def awaited() -> None:
            number = 0
            async for result in briefing.abatch(articles, progress=False, **given):
                one(number := number + 1, result)

        if self.load.awaited:
            asyncio.run(awaited())
        else:
            for number, result in enumerate(briefing.batch(articles, progress=False, **given), start=1):
                one(number, result)

    def batch(self) -> dict[str, float]:
        """Return seconds, milliseconds of CPU an article, how many a second all cached, the share without an error."""
        count = self.load.articles
        self.run(iter(self.articles(2 * FLIGHT, _WARM)))
        articles, self.fine = self.articles(count), 0
        start, cpu = time.perf_counter(), time.process_time()
        self.run(iter(articles))
        seconds, cpu, fine = time.perf_counter() - start, time.process_time() - cpu, self.fine / count
        start = time.perf_counter()
        if self.cache:
            self.run(iter(articles))
        again = count / (time.perf_counter() - start)
        return {"seconds": seconds, "cpu": cpu / count * 1000, "again": again, "fine": fine}

    def memory(self) -> dict[str, float]:
        """Return megabytes: the most that the process had, and what it had on the way."""
        found: dict[str, float] = {}

        def seen(number: int) -> None:
            if number in (self.load.articles // 5, self.load.articles):
                pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
                found["at the end" if found else "after a fifth"] = pages * resource.getpagesize() / 1e6

        self.run(map(dispatches.row, range(self.load.articles)), seen)
        return {**found, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6}

    def cached(self) -> dict[str, float]:
        """Return the median milliseconds of a call whose reply lies in the cache."""
        rows = self.articles(self.load.articles)
        checked(False)
        self.run(iter(rows))  # the replies come, and nothing is read of them yet
        unchecked = median(self._milliseconds(row) for row in rows)
        checked(True)
        for row in self.articles(self.load.articles, _WARM):
            self._milliseconds(row)
        new = median(self._milliseconds(row) for row in rows)
        again = median(self._milliseconds(rows[0]) for _ in rows)
        return {"new": new, "again": again, "unchecked": unchecked}

    def _milliseconds(self, row: dict[str, str]) -> float:
        start = time.perf_counter()
        briefing.summarize(row, engine=self.engine, cache=self.cache)
        return (time.perf_counter() - start) * 1000


def checked(wanted: bool) -> None:
    """Have drafts checked or not: the library itself has no switch for it."""
    blank = briefing.summarize("The council approved the bridge.", engine=briefing.Extractive())

    async def unchecked(*_: object, **__: object) -> briefing.Briefing:
        return blank

    repair.briefing = _CHECKED if wanted else unchecked


def main() -> int:
    """Measure and compare with the floors; or, as a process of the measurement, serve or print what was measured."""
    names = [*LOADS, "memory", "cached", "memory_reworded"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}; else all but the last")
    parser.add_argument("--articles", type=int, default=_ARTICLES, help="how many articles memory is measured over")
    parser.add_argument("--as", nargs=3, dest="client", help=argparse.SUPPRESS)
    parser.add_argument("--serve", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        _serve(float(given.serve[0]), given.serve[1])
    elif given.client:
        what, port, load = given.client
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(getattr(_Client(int(port), Load(*json.loads(load)), folder), what)()))
    else:
        return 0 if floors.hold("batching", measure(given.names or names[:-1], given.articles)) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
