"""How much of the gold evidence of WiCE is found among three sentences."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from benchmarks.grounding.data import read_evidence
from briefing.document import Sentence
from briefing.evidence import Lookup
from briefing.source import Span

MOST = 3


def recall(data: Path) -> dict[str, float]:
    """Return the recall at three of what is ranked first, and of the sentences that `find` gives, with their number.

    `recall_at_3`: of the sets of sentences each of which supports a claim, the one that is found best: its sentences
    among the three, divided by three or by its size, whichever is less. `union_recall_at_3`: the same with all the
    sets thrown together. `found_recall` and `found_sentences` are of `find`, which stops where nothing is added.
    """
    figures: defaultdict[str, list[float]] = defaultdict(list)
    for claim, sentences, gold in read_evidence(data):
        lookup = Lookup([Sentence(f"s{n}", text, Span(0, len(text)), 1) for n, text in enumerate(sentences, start=1)])
        top = {number for number, _ in lookup.order(claim)[:MOST]}
        fewest = set(lookup.sufficient(claim, MOST))
        everything = {number for s in gold for number in s}
        figures["recall_at_3"].append(max(len(top & s) / min(MOST, len(s)) for s in gold))
        figures["union_recall_at_3"].append(len(top & everything) / min(MOST, len(everything)))
        figures["found_recall"].append(max(len(fewest & s) / min(MOST, len(s)) for s in gold))
        figures["found_sentences"].append(len(fewest))
    return {name: sum(values) / len(values) for name, values in figures.items()}
