"""How fast the whole extractive call is: `python -m benchmarks.speed [--data DIR]`.

- *Against LexRank.* The same articles in turn on one core: `briefing.summarize(text, points=5)`, all of it (sentences,
  ranking, quotes, headline, checks), and sumy's LexRank with five sentences. sumy splits sentences with NLTK's Punkt,
  whose data is a download; so it gets its sentences ready made, at no cost to it. The floor is on sumy with its own
  word tokenizer and stemmer; `helped` (see `benchmarks.baselines`) takes both off it and leaves the algorithm alone.
- *One long document.* 1,700 sentences, and the time of twice as many over the time of so many.
- *Questions.* One question on a text that was not seen before.
- *Checks.* CPU time of `briefing.verify`: ten claims against an article of forty sentences, the second time over and
  the first; a hundred against 4,000 sentences; and how that grows with twice the claims and twice the sentences. Claims
  and articles are those of `tests/rewordings`.
- *The import.* `import briefing` over `import openai`, each in fresh processes, the median of several; with the
  start of the interpreter taken off (the figure with a floor) and left in.

Articles are those of the development data where it is present, else the texts of `examples/`.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median

import briefing
from benchmarks import floors
from benchmarks.baselines import lexrank
from benchmarks.summaries import CNNDM, DATA, XSUM, read, sentences
from briefing.content import content
from briefing.quotemarks import pairs
from briefing.sentences import split
from briefing.similarity import index
from briefing.speech import speeches
from briefing.words import forms, terms
from tests.mutations import articles as rewordings

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
ARTICLES = 100
ROUNDS = 3
PAIRED = 7
LONG = 1700  # sentences
IMPORTS = 7
_KEPT = (split, pairs, speeches, forms, terms, content, index)


def measure(data: Path) -> dict[str, float]:
    """Return the figures that have floors, after printing what they are made of."""
    articles = _articles(data)
    return {**_against_lexrank(articles), **_long_document(articles), **_questions(), **_checks(), **_imports()}


def _articles(data: Path) -> list[str]:
    if (data / "extractive").is_dir():
        every = [article.text for file in (*CNNDM, XSUM) for article in read(data, file)]
        found = every[:: max(1, len(every) // ARTICLES)]
        print(f"{len(found)} news articles of the development data")
    else:
        found = [
            path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.iterdir()) if path.suffix in (".md", ".txt")
        ]
        print(f"No data at {data}: measured on the {len(found)} texts of examples/.")
    return found


def _against_lexrank(articles: Sequence[str]) -> dict[str, float]:
    ready = [sentences(text) for text in articles]

    def ours() -> None:
        for text in articles:
            briefing.summarize(text, points=5)

    def theirs(helped: bool) -> None:
        for ready_made in ready:
            lexrank(ready_made, 5, helped=helped)

    # In turn, several times, and the median of the ratios: a machine's speed drifts within a minute.
    runs = (ours, lambda: theirs(False), lambda: theirs(True))
    rounds = [[_cpu_seconds(run) for run in runs] for _ in range(PAIRED + 1)][1:]
    rate, lexrank_rate, helped_rate = (len(articles) / min(times) for times in zip(*rounds, strict=True))
    print(f"articles a second: briefing.summarize {rate:.0f}, LexRank {lexrank_rate:.0f} (helped {helped_rate:.0f})")
    ratios = sorted(round(theirs_ / own, 2) for own, theirs_, _ in rounds)
    print(f"ratios of the rounds: {ratios}")
    return {
        "times_lexrank": median(theirs_ / own for own, theirs_, _ in rounds),
        "times_lexrank_helped": median(helped / own for own, _, helped in rounds),
    }


def _cpu_seconds(run: Callable[[], object]) -> float:
    """Return the processor time of a run, nothing kept of the texts of the one before."""
    for kept in _KEPT:
        kept.cache_clear()
    start = time.process_time()
    run()
    return time.process_time() - start


def _long_document(articles: Sequence[str]) -> dict[str, float]:
    pool = itertools.cycle(s for text in articles for s in sentences(text))
    # A number in each keeps a sentence that comes round again from being a copy.
    numbered = [f"{s.rstrip('.!? ')} in case {n}." for n, s in enumerate(itertools.islice(pool, 2 * LONG))]
    text, double = ("\n".join(numbered[:size]) for size in (LONG, 2 * LONG))
    once = _seconds(lambda: briefing.summarize(text, points=5))
    twice = _seconds(lambda: briefing.summarize(double, points=5))
    print(f"{LONG} sentences: {once:.3f} s; {2 * LONG}: {twice:.3f} s")
    return {"seconds_long_document": once, "growth_of_time_at_twice_the_length": twice / once}


def _questions() -> dict[str, float]:
    """Return the seconds of one question on a text not seen before, of 40 and of 4,000 sentences."""
    measured = {}
    for size in (40, 4000):
        text = " ".join(f"In town {n} the council approved bridge number {n * 7} on Monday." for n in range(size))
        ask = partial(briefing.ask, text, "Which bridge did the council of town 7 approve?")
        measured[f"seconds_question_{size}_sentences"] = _seconds(ask)
    return measured


def _checks() -> dict[str, float]:
    found = list(rewordings())
    sentences = [s.text for article in found for s in article.document.sentences]
    claims = [item.claim for article in found for item in article.rewordings]

    def seconds(text: str, summary: Sequence[str]) -> float:
        start = time.process_time()
        briefing.verify("\n\n".join(summary), text)
        return time.process_time() - start

    for article in found[6:]:  # the lexicon, the words, the patterns
        seconds(article.document.sources[0].text, [item.claim for item in article.rewordings])
    first, again = [], []
    for at in range(3):
        text = " ".join(s.text for a in found[at * 2 : at * 2 + 3] for s in a.document.sentences)
        ten = [item.claim for item in found[at * 2].rewordings][:10]
        first.append(seconds(text, ten))
        again.append(min(seconds(text, ten) for _ in range(5)))
    long = " ".join(f"{s[:-1]} in case {n}." for n in range(4000 // len(sentences) + 1) for s in sentences)
    longer = f"{long} {long.replace(' in case ', ' in matter ')}"
    hundred = seconds(long, claims[:100])
    print(f"checks: ten claims, forty sentences: {median(first) * 1000:.0f} ms the first time")
    return {
        "milliseconds_ten_claims_again": median(again) * 1000,
        "seconds_hundred_claims_4000_sentences": hundred,
        "growth_at_twice_the_claims": seconds(long.replace("case", "cases"), claims[:200]) / hundred,
        "growth_at_twice_the_sentences": seconds(longer, claims[:100]) / hundred,
    }


def _imports() -> dict[str, float]:
    codes = ("pass", "import briefing", "import briefing; briefing.summarize", "import openai")
    bare, ours, used, openai = map(_fresh, codes)
    print(f"fresh processes: interpreter {bare:.3f} s, import briefing {ours:.3f} s ({used:.3f} s with what summarize")
    print(f"imports on first use), import openai {openai:.3f} s")
    return {
        "import_share_of_openai": (ours - bare) / (openai - bare),
        "import_share_of_openai_with_interpreter": ours / openai,
        "import_and_first_use_share_of_openai": (used - bare) / (openai - bare),
    }


def _fresh(code: str) -> float:
    """Return the median wall time of a new interpreter that runs `code`, the first run (cold files) left out."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - start

    run()
    return median(run() for _ in range(IMPORTS))


def _seconds(run: Callable[[], object]) -> float:
    """Return the best time of several runs after a warm one: what the machine can do, not what disturbed it.

    What the library keeps of whole texts and sentences is forgotten before each run, as if every article were new; the
    stems of words are kept, as they are in a process that has read some news.
    """
    run()
    times = []
    for _ in range(ROUNDS):
        for kept in _KEPT:
            kept.cache_clear()
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Print the figures beside their floors; return 1 when one is under its floor."""
    parser = argparse.ArgumentParser(description="The speed of the extractive call, beside sumy's LexRank.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with extractive/*.jsonl.gz")
    figures = measure(parser.parse_args().data)
    print()
    return 0 if floors.hold("speed", figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
