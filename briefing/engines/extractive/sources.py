"""Several sources on one event: who else reports a sentence, and who gives another version of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from ...agreement import copies, differ, reports
from ...content import content
from ...document import Document, Sentence

#: How many sentences of each other source are looked at closely for each sentence.
_CLOSEST = 3
#: More versions than this of one fact are a list, not a disagreement.
_MOST_VERSIONS = 3
#: The rarest words of a sentence, so many of them, are enough to find it again in another source.
_RAREST = 8


class Comparison:
    """The sentences of a document's sources, comparable across sources. With one source it finds nothing.

    A table from stems to the sentences that hold them keeps each look-up short.
    """

    def __init__(self, document: Document) -> None:
        self._sentences: Sequence[Sentence] = document.sentences if len(document.sources) > 1 else ()
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for place, sentence in enumerate(self._sentences):
            for term in content(sentence.text).terms:
                self._holding[term].append(place)
        total = len(self._sentences)
        self._weight = {term: math.log(1 + total / len(held)) for term, held in self._holding.items()}
        # What was looked up stays looked up: the score, the points and their versions ask for the same.
        self._found: dict[str, list[Sentence]] = {}
        self._evidence: dict[str, list[Sentence]] = {}

    def evidence(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentence and, from each other source, the closest sentence that states all of it."""
        if sentence.id not in self._evidence:
            found = {sentence.source: sentence}
            for other in self._closest(sentence):
                if other.source not in found and reports(other.text, sentence.text, self._weight):
                    found[other.source] = other
            self._evidence[sentence.id] = [found[number] for number in sorted(found)]
        return self._evidence[sentence.id]

    def versions(self, sentence: Sentence) -> list[Sentence]:
        """Return other sources' versions of a sentence: of each the closest, the first few."""
        agreeing = {other.source for other in self.evidence(sentence)}
        found: dict[int, Sentence] = {}
        for other in self._closest(sentence):
            if len(found) == _MOST_VERSIONS:
                break
            if other.source not in agreeing | found.keys() and differ(sentence.text, other.text, self._weight):
                found[other.source] = other
        return [found[number] for number in sorted(found)]

    def same(self, one: Sentence, other: Sentence) -> bool:
        """Tell whether one of two sentences makes the other needless: it is a copy, or reports all of it."""
        if not self._sentences:
            return False
        return one.source != other.source and (
            (copies(one.text, other.text) and not differ(one.text, other.text, self._weight))
            or reports(one.text, other.text, self._weight)
        )

    def _closest(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentences of the other sources that share most with a sentence, the best few of each."""
        if not self._sentences:
            return []
        if sentence.id not in self._found:
            self._found[sentence.id] = self._search(sentence)
        return self._found[sentence.id]

    def _search(self, sentence: Sentence) -> list[Sentence]:
        wanted = sorted(content(sentence.text).terms, key=lambda term: -self._weight.get(term, 0.0))[:_RAREST]
        shared: defaultdict[int, float] = defaultdict(float)
        for term in wanted:
            for place in self._holding.get(term, ()):
                shared[place] += self._weight[term]
        best: defaultdict[int, list[Sentence]] = defaultdict(list)
        for place in sorted(shared, key=lambda place: -shared[place]):
            other = self._sentences[place]
            if other.source != sentence.source and not other.heading and len(best[other.source]) < _CLOSEST:
                best[other.source].append(other)
        return [other for others in best.values() for other in others]
