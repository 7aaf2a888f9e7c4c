"""ROUGE of three-sentence summaries of CNN/DM articles: `python -m benchmarks.summaries [--data DIR]`.

Every system chooses from the same sentences, those of `briefing.sentences`. Two rows are ours: the ranker alone
(`rank.choose`), and the whole call, `summarize(article, points=2)`: the lede and two points in reading order.
Beside them lead-3, which few extractive summarisers beat on news, and sumy's LexRank and TextRank. XSum, whose
references are no extracts, is shown with one sentence for information. ROUGE is F with stemming; intervals are
95 % bootstrap intervals over articles of the difference to the lead.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer

import briefing
from benchmarks import floors
from briefing import Verdict, markers
from briefing.engines.extractive import rank
from briefing.sentences import split
from briefing.text import squeeze

CNNDM = ("cnndm_gofigure500", "cnndm_realsumm100", "cnndm_summeval100")
XSUM = "xsum1000"
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SAMPLES = 2000

_TOKENIZER = DefaultTokenizer(use_stemmer=True)
_SCORER = RougeScorer(["rouge1", "rouge2"], tokenizer=_TOKENIZER)


class Article(NamedTuple):
    """An article with its human summary."""

    id: str
    file: str
    text: str
    sentences: list[str]
    reference: str


System = Callable[[Article, int], Sequence[str]]


def read(data: Path, file: str) -> list[Article]:
    """Return the articles of one file of the data folder, split into sentences, headings left out."""
    with gzip.open(data / "extractive" / f"{file}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Article(row["id"], file, row["article"], sentences(row["article"]), row["reference"]) for row in rows]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that every system chooses from."""
    return [text[start:end] for start, end, heading in split(text) if not heading]


@cache
def tokens(text: str) -> tuple[str, ...]:
    """Return the stemmed tokens that ROUGE counts."""
    return tuple(_TOKENIZER.tokenize(text))


def rouge(summary: Sequence[str], reference: str) -> tuple[float, float]:
    """Return ROUGE-1 and ROUGE-2 (F, stemmed) of the sentences of a summary, joined."""
    score = _SCORER.score(reference, " ".join(summary))
    return score["rouge1"].fmeasure, score["rouge2"].fmeasure


def _whole_call(article: Article, count: int) -> Sequence[str]:
    result = briefing.summarize(article.text, points=count - 1)
    claims = [claim for claim in (result.lede, *result.points) if claim is not None]
    return [claim.text for claim in sorted(claims, key=lambda claim: claim.evidence[0].start)]


def _ranker(article: Article, count: int) -> Sequence[str]:
    chosen = rank.choose(article.sentences, rank.scores(article.sentences), count)
    return [article.sentences[i] for i in sorted(chosen)]


def _systems() -> dict[str, System]:
    from benchmarks.baselines import lexrank, textrank

    return {
        "lead": lambda article, count: article.sentences[:count],
        "summarize": _whole_call,
        "ranker": _ranker,
        "lexrank": lambda article, count: lexrank(article.sentences, count),
        "textrank": lambda article, count: textrank(article.sentences, count),
    }


def measure(data: Path) -> dict[str, float]:
    """Return the figures that have floors, after printing the table.

    `summarize_rouge1_over_lead` is the mean difference over all CNN/DM articles, `…_worst_file` that of the file
    where it is smallest; so for `ranker`, `rouge2` and `over_lexrank`.
    """
    articles = [article for file in (*CNNDM, XSUM) for article in read(data, file)]
    scores = {
        name: np.array([rouge(system(a, 1 if a.file == XSUM else 3), a.reference) for a in articles])
        for name, system in _systems().items()
    }
    for file in (*CNNDM, "all CNN/DM", XSUM):
        rows = np.array([a.file == file or (file == "all CNN/DM" and a.file in CNNDM) for a in articles])
        print(f"\n{file}: {rows.sum()} articles")
        for name, values in scores.items():
            _print(name, values[rows], (values - scores["lead"])[rows])
    files = {file: np.array([a.file == file for a in articles]) for file in CNNDM}
    pooled = np.logical_or.reduce(list(files.values()))
    figures: dict[str, float] = {}
    for ours in ("summarize", "ranker"):
        for column, metric in enumerate(("rouge1", "rouge2")):
            for other in ("lead", "lexrank"):
                difference = (scores[ours] - scores[other])[:, column]
                figures[f"{ours}_{metric}_over_{other}"] = float(difference[pooled].mean())
                figures[f"{ours}_{metric}_over_{other}_worst_file"] = min(
                    float(difference[rows].mean()) for rows in files.values()
                )
    return figures | proved(articles)


def proved(articles: Sequence[Article]) -> dict[str, float]:
    """Return the shares of claims, quotes too, that stand in the article as printed, are supported, have no finding.

    A claim stands there when its words are in the text and each of its evidence spans, markers stripped, is the
    evidence's sentence.
    """
    stands = supported = clean = total = 0
    for article in articles:
        result = briefing.summarize(article.text)
        plain = squeeze(article.text)
        for _, claim in result.claims():
            spans = all(markers.strip(article.text[e.start : e.end]) == e.text for e in claim.evidence)
            total += 1
            stands += spans and bool(claim.evidence) and squeeze(claim.text) in plain
            supported += claim.verdict is not Verdict.UNSUPPORTED
            clean += not claim.findings
    print(f"\n{total} claims of {len(articles)} articles")
    shares = {"word_for_word": stands, "supported": supported, "without_finding": clean}
    return {f"claims_{name}": count / total for name, count in shares.items()}


def _print(name: str, values: npt.NDArray[np.float64], difference: npt.NDArray[np.float64]) -> None:
    cells = []
    for column, metric in enumerate(("ROUGE-1", "ROUGE-2")):
        cells.append(f"{metric} {values[:, column].mean():.4f}")
        if name != "lead":
            low, high = _interval(difference[:, column])
            cells.append(f"({difference[:, column].mean():+.4f} to the lead, {low:+.4f} … {high:+.4f})")
    print(f"  {name:10}", "  ".join(cells))


def _interval(differences: npt.NDArray[np.float64]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the mean."""
    rng = np.random.default_rng(0)
    draws = rng.integers(len(differences), size=(SAMPLES, len(differences)))
    low, high = np.quantile(differences[draws].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def main() -> int:
    """Print the figures beside their floors; return 1 when one is under its floor."""
    parser = argparse.ArgumentParser(description="ROUGE of three-sentence summaries, beside lead-3 and sumy.")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with extractive/*.jsonl.gz")
    data = parser.parse_args().data
    if not (data / "extractive").is_dir():
        print(f"No data at {data}: nothing measured. Name its folder with --data.")
        return 0
    figures = measure(data)
    print()
    return 0 if floors.hold("summaries", figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
