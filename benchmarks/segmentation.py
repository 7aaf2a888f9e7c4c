"""Sentence boundaries against hand-segmented text: `python -m benchmarks.segmentation [--data DIR] [--speed]`.

A boundary is the end of a sentence, counted in characters that are not white space, so that nobody gains or
loses by where blanks go; the end of the row is one too. F1 is micro-averaged over the rows of a set, and a row
is exact when its boundaries are. Beside our splitter: `sentencex` alone, and a split after `.`, `!` or `?` and
white space. Many boundaries of UD EWT (signatures, headings, chat without punctuation) are marked by nothing
in the text; no splitter that keeps to the text reaches them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import sentencex

from benchmarks import floors
from briefing.sentences import split

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = ("ud_gum", "ud_ewt", "pysbd_golden_en")
LONG = 2_000_000
PARAGRAPH = "The talks on trade lasted an hour.[1] “We agreed,” Mr. Costa said, “on most of it.” Nobody asked. "

Splitter = Callable[[str], list[str]]


class Row(NamedTuple):
    """A text and its sentences by hand."""

    text: str
    sentences: list[str]


def ours(text: str) -> list[str]:
    """Return the sentences of `briefing`; list labels and rules, which it leaves out, with the one after."""
    ends = [end for _, end, _ in split(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends[:-1], len(text)], strict=False)]


BASELINES: dict[str, Splitter] = {
    "sentencex": lambda text: list(sentencex.segment("en", text)),
    "regex": lambda text: re.split(r"(?<=[.!?])\s+", text),
}


def read(data: Path, name: str) -> list[Row]:
    """Return the rows of one set."""
    file = "pysbd" if name.startswith("pysbd") else name
    with gzip.open(data / "segmentation" / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Row(row["text"], row["sentences"]) for row in rows if row["dataset"] == name]


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Return the ends of `sentences`, white space not counted.

    >>> sorted(boundaries(["He left. ", "She stayed."]))
    [7, 17]
    """
    return set(accumulate(len("".join(sentence.split())) for sentence in sentences))


def score(splitter: Splitter, rows: list[Row]) -> tuple[float, int]:
    """Return the boundary F1 of `splitter` on `rows`, and how many rows it splits exactly."""
    agreed = found = wanted = exact = 0
    for text, sentences in rows:
        mine, theirs = boundaries(splitter(text)), boundaries(sentences)
        agreed, found, wanted = agreed + len(mine & theirs), found + len(mine), wanted + len(theirs)
        exact += mine == theirs
    return 2 * agreed / (found + wanted), exact


def seconds(text: str) -> float:
    """Return how long the fastest of three splits of `text` takes."""
    times = []
    for _ in range(3):
        split.cache_clear()
        begun = time.perf_counter()
        split(text)
        times.append(time.perf_counter() - begun)
    return min(times)


def measure(data: Path) -> dict[str, float]:
    """Return the figures that have floors, by name; the baselines are printed on the way."""
    measured: dict[str, float] = {}
    for name in SETS:
        rows = read(data, name)
        print(f"{name}, {len(rows)} rows")
        for system, splitter in {"briefing": ours, **BASELINES}.items():
            f1, exact = score(splitter, rows)
            print(f"    {system:10} boundary F1 {f1:.4f}, exact {exact}")
            if system == "briefing":
                measured |= {f"{name}_exact": exact} if name.startswith("pysbd") else {f"{name}_f1": f1}
    return measured


def measure_speed(data: Path) -> dict[str, float]:
    """Return the megabytes a second on running text, and how the time grows with one long paragraph."""
    measured: dict[str, float] = {}
    articles = "\n".join(row.text for row in read(data, "ud_gum"))
    measured["mb_per_second"] = len(articles) / seconds(articles) / 1e6
    long = PARAGRAPH * (LONG // len(PARAGRAPH))
    measured["growth_of_time_at_twice_the_length"] = seconds(long) / seconds(long[: LONG // 2])
    return measured


def main() -> int:
    """Return 1 when a floor is not kept, else 0; 0 too when there is no data."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with segmentation/*.jsonl.gz")
    parser.add_argument("--speed", action="store_true", help="measure the speed too")
    options = parser.parse_args()
    data: Path = options.data
    if not (data / "segmentation").is_dir():
        print(f"segmentation: no data at {data}; nothing measured. Give its folder with --data.")
        return 0
    measured = measure(data) | (measure_speed(data) if options.speed else {})
    return 0 if floors.hold("segmentation", measured) else 1


if __name__ == "__main__":
    raise SystemExit(main())
