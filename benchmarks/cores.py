"""What a second core brings to extractive work: `python -m benchmarks.cores [--data DIR]`.

The same news articles, none twice, are summarized by a plain loop in this process, by one worker process and by two, in
turn in every round, so that a busy machine slows all; the median of the rounds counts. Workers are new in each round,
and this process forgets the texts that it has read, so that nobody has met an article before. The time that workers
take to start is apart from that, and says together with it from how many articles on two of them pay.

A second core must be there to be used: `cores_had` is the processor time that two workers got, over the time it took.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import briefing
from benchmarks import floors
from benchmarks.speed import _KEPT
from benchmarks.summaries import CNNDM, DATA, read
from briefing import Source
from briefing.pool import Pool

ARTICLES = 240
ROUNDS = 5
_FIRST = [Source("The council approved the bridge on Monday. It will cost $4 million.")]


class _Round(NamedTuple):
    """Seconds of one round, and the cores that two workers had."""

    loop: float
    one: float
    two: float
    start: float
    cores: float


def measure(data: Path) -> dict[str, float]:
    """Return the figures, after printing what they are made of."""
    texts = dict.fromkeys(article.text for file in CNNDM for article in read(data, file))
    articles = [Source(text) for text in texts][:ARTICLES]
    rounds = [_round(articles) for _ in range(ROUNDS)]
    for each in rounds:
        rates = (f"{len(articles) / seconds:.0f}" for seconds in each[:3])
        print("articles a second: loop {}, one worker {}, two {};".format(*rates), end=" ")
        print(f"start of two {each.start:.2f} s; cores had {each.cores:.2f}")
    loop, two, start = (median(values) for values in zip(*((r.loop, r.two, r.start) for r in rounds), strict=True))
    return {
        "two_over_one": median(each.one / each.two for each in rounds),
        "two_over_loop": median(each.loop / each.two for each in rounds),
        "one_over_loop": median(each.loop / each.one for each in rounds),
        "cores_had": median(each.cores for each in rounds),
        "articles_from_which_two_pay": start / max(loop - two, 1e-9) * len(articles),
    }


def _round(articles: Sequence[Source]) -> _Round:
    loop = _loop(articles)
    _, one = asyncio.run(_pooled(articles, 1))
    before = _children()
    start, two = asyncio.run(_pooled(articles, 2))
    return _Round(loop, one, two, start, (_children() - before) / (start + two))


def _loop(articles: Sequence[Source]) -> float:
    engine = briefing.Extractive()
    briefing.summarize(_FIRST, engine=engine)
    for kept in _KEPT:
        kept.cache_clear()
    start = time.perf_counter()
    for article in articles:
        briefing.summarize([article], engine=engine)
    return time.perf_counter() - start


async def _pooled(articles: Sequence[Source], workers: int) -> tuple[float, float]:
    """Return the seconds that new workers take to start, first article included, and those of all articles after."""
    async with Pool(workers) as pool:
        begin = time.perf_counter()
        await asyncio.gather(*(pool.run("summarize", _FIRST, {}) for _ in range(workers)))
        ready = time.perf_counter()
        await asyncio.gather(*(pool.run("summarize", [article], {}) for article in articles))
        return ready - begin, time.perf_counter() - ready


def _children() -> float:
    """Return the processor time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    """Measure and compare with the floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with extractive/*.jsonl.gz")
    return 0 if floors.hold("cores", measure(parser.parse_args().data)) else 1


if __name__ == "__main__":
    sys.exit(main())
