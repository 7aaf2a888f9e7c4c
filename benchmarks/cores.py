"""What a second core brings to extractive work: `python -m benchmarks.cores [--data DIR]`.

The same news articles, none twice, are summarized by a plain loop in this process, by one worker process and by two, a
batch of them by each in turn, so that a busy machine slows all; the median of the batches counts. The time that workers
take to start is apart from that, and says together with it from how many articles on two of them pay.

Then `batch` itself, over articles of `benchmarks.dispatches`, with one core and with two: all that it costs is in it,
the start of the processes too.

A second core must be there to be used: `cores_had` is the processor time that two workers got, over the time it took.
On a busy machine, where that is far from 2, the other figures say little.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import briefing
from benchmarks import dispatches, floors
from benchmarks.summaries import CNNDM, DATA, XSUM, read
from briefing import Source
from briefing.pool import Pool

BATCHES, BATCH = 12, 48
LONG_BATCH = 2000
_FIRST = [Source("The council approved the bridge on Monday. It will cost $4 million.")]


class _Batch(NamedTuple):
    """Seconds that each took for a batch."""

    loop: float
    one: float
    two: float


def measure(data: Path) -> dict[str, float]:
    """Return the figures, after printing what they are made of."""
    batches, start, cores = asyncio.run(_measured(_articles(data)))
    for each in batches:
        print("articles a second: loop {:.0f}, one worker {:.0f}, two {:.0f}".format(*(BATCH / s for s in each)))
    print(f"start of two workers: {start:.2f} s")
    one_core, two_cores = (_batched(workers, LONG_BATCH * workers) for workers in (1, 2))
    print(f"batch: {LONG_BATCH / one_core:.0f} articles a second with one core, {LONG_BATCH / two_cores:.0f} with two")
    loop, _, two = (median(seconds) for seconds in zip(*batches, strict=True))
    return {
        "two_over_one": median(each.one / each.two for each in batches),
        "two_over_loop": median(each.loop / each.two for each in batches),
        "batch_two_over_one": one_core / two_cores,
        "cores_had": cores,
        "articles_from_which_two_pay": start / (loop - two) * BATCH if loop > two else math.inf,
    }


def _articles(data: Path) -> list[Source]:
    texts = [*dict.fromkeys(article.text for file in (*CNNDM, XSUM) for article in read(data, file))]
    random.Random(5).shuffle(texts)  # noqa: S311 - so that the batches are alike
    return [Source(text) for text in texts[: BATCHES * BATCH]]


async def _measured(articles: Sequence[Source]) -> tuple[list[_Batch], float, float]:
    """Return the batches, the seconds that two workers took to start, and the cores that they had."""
    batches = []
    async with Pool(1) as one, Pool(2) as two:
        await _pooled(one, _FIRST)
        start = await _pooled(two, _FIRST * 2)
        _loop(_FIRST)
        for at in range(0, len(articles), BATCH):
            batch = articles[at : at + BATCH]
            batches.append(_Batch(_loop(batch), await _pooled(one, batch), await _pooled(two, batch)))
        before = _children()
        await two.aclose()
        cores = (_children() - before) / (start + sum(batch.two for batch in batches))
    return batches, start, cores


def _loop(articles: Sequence[Source]) -> float:
    start = time.perf_counter()
    for article in articles:
        briefing.summarize([article], engine=briefing.Extractive())
    return time.perf_counter() - start


async def _pooled(pool: Pool, articles: Sequence[Source]) -> float:
    start = time.perf_counter()
    await asyncio.gather(*(pool.run("summarize", [article], {}) for article in articles))
    return time.perf_counter() - start


def _batched(workers: int, first: int) -> float:
    rows = [dispatches.row(number) for number in range(first, first + LONG_BATCH)]
    start = time.perf_counter()
    results = briefing.batch(rows, engine=briefing.Extractive(), workers=workers, progress=False)
    assert all(isinstance(result, briefing.Briefing) for result in results)  # noqa: S101
    return time.perf_counter() - start


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
