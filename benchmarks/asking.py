"""Questions on one passage: `python -m benchmarks.asking [--data DIR]`.

Three figures, on the development halves of two sets.

- `squad2_right_sentence_first`: SQuAD 2.0, answerable questions. The sentence ranked first contains the start of an
  answer (of any of the annotators). Sentences are those of `briefing.sentences`.
- `clapnq_recall_at_3`: ClapNQ, answerable questions. The gold sentences among the three ranked first, divided by the
  number of gold sentences or by three, whichever is less (three sentences cannot hold more), averaged over questions.
  Sentences are those the set gives. `clapnq_plain_recall_at_3`, divided by all gold sentences, is .89 at best.
- `…_answerable`: balanced accuracy of answered or partly against not_in_sources.

Beside ours: BM25 for the ranking; for answerability the trivial floor of a constant, .5, and the share of the
question's words that occur in the passage, with the threshold that is best on these very rows.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import NamedTuple

from benchmarks import floors
from briefing.engines.extractive.answer import answer
from briefing.sentences import split
from briefing.similarity import Index
from briefing.words import terms

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = ("squad2_halfdev", "clapnq_dev")

Ranker = Callable[[Sequence[str], str], list[float]]


class Row(NamedTuple):
    """A question on a passage; `gold` are the indexes of the sentences with an answer, of `given` if there is one."""

    dataset: str
    title: str
    question: str
    answerable: bool
    sentences: tuple[str, ...]
    given: tuple[str, ...]
    gold: frozenset[int]


def read(data: Path, name: str) -> list[Row]:
    """Return the rows of one set."""
    with gzip.open(data / "qa" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    read_rows = []
    for row in rows:
        spans = _spans(row["context"])
        sentences = tuple(row["context"][start:end] for start, end in spans)
        given = tuple(row.get("context_sentences") or sentences)
        if "context_sentences" in row:
            gold = {i for i, s in enumerate(given) if s in (row["selected_sentences"] or ())}
        else:
            gold = {i for at in row.get("answer_starts", ()) for i, (s, e) in enumerate(spans) if s <= at < e}
        answerable = bool(row["answerable"])
        kept = frozenset(gold if answerable else ())
        read_rows.append(Row(name, row["title"], row["question"], answerable, sentences, given, kept))
    return read_rows


@cache
def _spans(context: str) -> tuple[tuple[int, int], ...]:
    pieces = split(context)
    return tuple((p.start, p.end) for p in pieces if not p.heading) or tuple((p.start, p.end) for p in pieces)


def measure(data: Path) -> dict[str, float]:
    """Return the figures that have floors, by name; the baselines are printed on the way."""
    squad, clapnq = (read(data, name) for name in SETS)
    figures: dict[str, float] = {}
    for name, ranker in {"bm25": bm25, "briefing": ours}.items():
        figures = ranking(squad, clapnq, ranker)
        print(f"{name:9}", ", ".join(f"{key} {value:.4f}" for key, value in figures.items()))
    for name, rows in {"squad2": squad, "clapnq": clapnq}.items():
        truth = [row.answerable for row in rows]
        said = [answer(row.sentences, row.question).status != "not_in_sources" for row in rows]
        shared = [_shared(row) for row in rows]
        best = max(_balanced(truth, [s >= t for s in shared]) for t in set(shared))
        figures[f"{name}_answerable"] = _balanced(truth, said)
        print(f"{name} answerable: a constant .5000, shared words {best:.4f}, briefing {_balanced(truth, said):.4f}")
    return figures


def ranking(squad: list[Row], clapnq: list[Row], ranker: Ranker) -> dict[str, float]:
    """Return how well `ranker` puts the gold sentences first."""
    first = [_best(ranker(row.given, row.question), 1)[0] in row.gold for row in squad if row.gold]
    top = [(set(_best(ranker(row.given, row.question), 3)), row.gold) for row in clapnq if row.gold]
    return {
        "squad2_right_sentence_first": sum(first) / len(first),
        "clapnq_recall_at_3": sum(len(t & g) / min(3, len(g)) for t, g in top) / len(top),
        "clapnq_plain_recall_at_3": sum(len(t & g) / len(g) for t, g in top) / len(top),
    }


def ours(sentences: Sequence[str], question: str) -> list[float]:
    """Return the library's relevance."""
    return Index(sentences).relevance(question)


def bm25(sentences: Sequence[str], question: str) -> list[float]:
    """Return BM25 with the usual k1 = 1.2 and b = .75 over stems of content words."""
    counts = [Counter(terms(sentence)) for sentence in sentences]
    mean = sum(c.total() for c in counts) / len(counts) or 1
    scores = [0.0] * len(counts)
    for term in terms(question):
        holding = sum(term in c for c in counts)
        idf = log(1 + (len(counts) - holding + 0.5) / (holding + 0.5))
        for i, c in enumerate(counts):
            scores[i] += idf * c[term] * 2.2 / (c[term] + 1.2 * (0.25 + 0.75 * c.total() / mean))
    return scores


def _best(scores: Sequence[float], count: int) -> list[int]:
    return sorted(range(len(scores)), key=lambda i: -scores[i])[:count]


def _shared(row: Row) -> float:
    asked, held = set(terms(row.question)), {t for s in row.sentences for t in terms(s)}
    return len(asked & held) / max(1, len(asked))


def _balanced(truth: Sequence[bool], said: Sequence[bool]) -> float:
    right = Counter(t for t, s in zip(truth, said, strict=True) if t == s)
    rows = Counter(truth)
    return sum(right[label] / rows[label] for label in rows) / len(rows)


def main() -> int:
    """Return 1 when a floor is not kept, else 0; 0 too when there is no data."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with qa/*.jsonl.gz")
    data: Path = parser.parse_args().data
    if not (data / "qa").is_dir():
        print(f"asking: no data at {data}; nothing measured. Give its folder with --data.")
        return 0
    return 0 if floors.hold("asking", measure(data)) else 1


if __name__ == "__main__":
    raise SystemExit(main())
