"""Which sentences of different sources are about the same thing, and how far two of them say the same."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from heapq import nlargest

from ..document import Document, Sentence
from ..grammar.lexicon import related
from ..grammar.matching import SAYS
from ..naming.proper_names import Name, names
from ..remembered import remembered
from ..text import fold
from ..values.moments import moments
from ..values.quantities import quantities
from ..words import FUNCTION_WORDS, stem, terms, words

#: A sentence is found again by its rarest words, so many; a word that stands in more sentences than this finds none.
_RAREST, _COMMON = 8, 60
#: The share that two sentences must have in common as they stand before they are looked at closely.
_WORTH = 0.4
#: So many of those with most in common are looked at; a sentence of fewer words than this is found by one of them.
_LOOKED_AT, _FEWEST = 24, 3
#: How many sentences of each other source are compared with a sentence.
_CLOSEST = 4
#: They say who says it, not what happened.
SPEECH = frozenset("said says say told tells announced reported reports added confirmed according statement".split())
#: What tells nothing of what is counted.
_EMPTY = frozenset(
    map(stem, "people person man woman men women child children other others more about total least".split())
)


class Pairing:
    """The sentences of later sources that share most with a sentence, by a table from stems to sentences."""

    def __init__(self, document: Document) -> None:
        self._sentences: Sequence[Sentence] = document.body
        holding: defaultdict[str, list[int]] = defaultdict(list)
        self._place = {sentence.id: place for place, sentence in enumerate(self._sentences)}
        numbers = [sentence.source for sentence in self._sentences]
        self._ends = [bisect_right(numbers, number) for number in range(1, len(document.sources) + 1)]
        self._terms = [_plain_terms(sentence.text) for sentence in self._sentences]
        for place, held in enumerate(self._terms):
            for term in held:
                holding[term].append(place)
        self._holding = holding
        self._count = {term: len(at) for term, at in holding.items()}
        total = len(self._sentences)
        self.weight: Mapping[str, float] = {term: math.log(1 + total / len(at)) for term, at in holding.items()}

    def others(self, sentence: Sentence) -> list[list[Sentence]]:
        """Return for each later source its closest sentences, the closest first; those that share two words."""
        if sentence.source == len(self._ends):
            return []
        own = self._terms[self._place[sentence.id]]
        rare = sorted(own, key=self._count.__getitem__)[:_RAREST]
        shared: defaultdict[int, float] = defaultdict(float)
        once: set[int] = set()
        for term in rare:
            held = self._holding[term]
            later = held[bisect_left(held, self._ends[sentence.source - 1]) :] if len(held) <= _COMMON else ()
            for place in later:
                if place in once or len(own) < _FEWEST:
                    shared[place] += self.weight[term]
                once.add(place)
        best: defaultdict[int, list[Sentence]] = defaultdict(list)
        for place in nlargest(_LOOKED_AT, shared, key=lambda place: (shared[place], -place)):
            other = self._sentences[place]
            if len(best[other.source]) < _CLOSEST and self._near(place, own):
                best[other.source].append(other)
        return [found for found in best.values() if found]

    def _near(self, place: int, own: frozenset[str]) -> bool:
        """Tell whether a sentence shares enough words, as they stand, to be worth a closer look."""
        other = self._terms[place]
        shared = sum(map(self.weight.__getitem__, own & other))
        return shared >= _WORTH * min(sum(map(self.weight.__getitem__, own)), sum(map(self.weight.__getitem__, other)))


def _plain_terms(text: str) -> frozenset[str]:
    return frozenset(term for term in set(terms(text)) if not term[0].isdigit())


def about(one: str, other: str, weight: Mapping[str, float]) -> float:
    """Return how much two sentences say the same, 0 to 1: the share of the one that the other holds, the fuller way.

    Where each has words of its own, another thing may be meant, so that the lesser share counts half.
    """
    mine, theirs = _content(one), _content(other)
    shares = sorted((_held(mine, theirs, weight), _held(theirs, mine, weight)))
    return shares[1] if shares[1] > 0.95 else (shares[0] + shares[1]) / 2


@remembered(1 << 12)
def _content(text: str) -> dict[str, str]:
    """Return the telling words of a sentence by their stems, without values, names and who says it."""
    taken = (
        [(q.start, q.end) for q in quantities(text)]
        + [(m.start, m.end) for m in moments(text)]
        + [(n.start, n.end) for n in named(text)]
    )
    found = {}
    for word in words(text):
        form = fold(word.form.lower()).removesuffix("'s")
        inside = any(start <= word.start < end for start, end in taken)
        if form not in FUNCTION_WORDS and form not in SPEECH and not inside and not form[0].isdigit():
            found[stem(form)] = form
    return found


def named(text: str) -> list[Name]:
    """Return the names of a sentence; a number or weekday with a capital is none."""
    values = [(q.start, q.end) for q in quantities(text)] + [(m.start, m.end) for m in moments(text)]
    sure = (n for n in names(text) if any(part.sure for part in n.parts))
    return [n for n in sure if not any(start < n.end and n.start < end for start, end in values)]


@lru_cache(maxsize=1 << 16)
def _says(one: str, other: str) -> bool:
    """Tell whether two words can say the same; between large sources the same pairs come up again and again."""
    return related(one, other) in SAYS


def _held(wanted: Mapping[str, str], held: Mapping[str, str], weight: Mapping[str, float]) -> float:
    total = found = 0.0
    for s, form in wanted.items():
        w = weight.get(s, 1.0) * (0.5 if s in _EMPTY else 1.0)
        total += w
        if s in held or any(_says(form, other) for other in held.values()):
            found += w
    return found / total if total else 0.0
