"""Several sources on one event: who else reports a sentence, and who gives another version of it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from ...agreement import copies, differ, reports
from ...content import content
from ...document import Document, Sentence

#: How many sentences of the other sources are looked at closely for each sentence.
_CLOSEST = 8


class Comparison:
    """The sentences of a document's sources, comparable across sources. With one source it finds nothing.

    A table from stems to the sentences that hold them keeps each look-up short.
    """

    def __init__(self, document: Document) -> None:
        self._sentences: Sequence[Sentence] = document.sentences if len(document.sources) > 1 else ()
        self._holding: defaultdict[str, list[Sentence]] = defaultdict(list)
        for sentence in self._sentences:
            for term in content(sentence.text).terms:
                self._holding[term].append(sentence)
        total = len(self._sentences)
        self._weight = {term: math.log(1 + total / len(held)) for term, held in self._holding.items()}

    def evidence(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentence and, from each other source, the closest sentence that states all of it."""
        found = {sentence.source: sentence}
        for other in self._closest(sentence):
            if other.source not in found and reports(other.text, sentence.text, self._weight):
                found[other.source] = other
        return [found[number] for number in sorted(found)]

    def versions(self, sentence: Sentence) -> list[Sentence]:
        """Return from each other source the closest sentence that gives another figure, date or name for the same."""
        agreeing = {other.source for other in self.evidence(sentence)}
        found: dict[int, Sentence] = {}
        for other in self._closest(sentence):
            if other.source not in agreeing | found.keys() and differ(sentence.text, other.text, self._weight):
                found[other.source] = other
        return [found[number] for number in sorted(found)]

    def same(self, one: Sentence, other: Sentence) -> bool:
        """Tell whether one of two sentences makes the other needless: it is a copy, or reports all of it."""
        return one.source != other.source and (
            (copies(one.text, other.text) and not differ(one.text, other.text, self._weight))
            or reports(one.text, other.text, self._weight)
        )

    def _closest(self, sentence: Sentence) -> list[Sentence]:
        if not self._sentences:
            return []
        shared: Counter[str] = Counter()
        by_id = {}
        for term in content(sentence.text).terms:
            holding = self._holding.get(term, [])
            if len(holding) > 50 and len(holding) * 4 > len(self._sentences):
                continue  # a word that stands everywhere finds nothing
            for other in holding:
                if other.source != sentence.source and not other.heading:
                    shared[other.id] += self._weight[term]  # type: ignore[assignment]
                    by_id[other.id] = other
        return [by_id[i] for i, _ in shared.most_common(_CLOSEST)]
