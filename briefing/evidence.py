"""Which sentences a claim without markers rests on: the fewest that hold its words.

A claim is looked up in an inverted index of the document's stems, built once a document, so that a claim costs what
its own words cost and not what the document does. Words weigh by idf; names and figures more. The best candidates are
then compared by near meaning too (`briefing.vocabulary`), and a further sentence is taken only while it brings
important words that those before it lack.

It says where to look. Whether the sentences prove the claim is for the checks to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from . import vectors
from .document import Document, Sentence
from .vocabulary import Vocabulary, stem_of
from .words import FUNCTION_WORDS, forms, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# Chosen by trying a few round values on the development part of WiCE (benchmarks/grounding.py); none is sharp.

#: What rarity in English adds to a word's idf in the document, and what a name or figure weighs beside other words.
_RARITY, _NAME = 1.5, 1.5
#: So many of the sentences with most words in common are compared by near meaning.
_CANDIDATES = 20
#: Where so many sentences have been found by rarer words, a common one only tells between them.
_ENOUGH = 100
#: The share of the claim's weight that a further sentence must bring.
_BRINGS = 0.07
#: With more of its words than this no function words, a text is not English.
_NOT_ENGLISH = 0.8

K = TypeVar("K")
V = TypeVar("V")


class Term(NamedTuple):
    """A content word of a claim: its form in lower case, its stem, its weight, and whether it is a name or figure."""

    form: str
    stem: str
    weight: float
    name: bool


class Ranked(NamedTuple):
    """A sentence with the share of the claim's weight that it holds, from 0 to 1."""

    sentence: Sentence
    score: float


def find(
    claim: str, document: Document, *, most: int = 3, within: Collection[int] | None = None
) -> tuple[Sentence, ...]:
    """Return the fewest sentences, at most `most`, that hold what the document has of the claim's words, best first.

    `within` are the numbers of the sources to look in; None for all.

    None come back for a claim of which the document has no content word.

    >>> document = Document.read("The ferry sank off Cebu. Rain fell. Four people died, the mayor said.")
    >>> [sentence.id for sentence in find("Four people died when a ferry sank.", document)]
    ['s3', 's1']
    """
    lookup = of(document)
    return tuple(lookup.sentences[number] for number in lookup.sufficient(claim, most, within))


def rank(claim: str, document: Document) -> tuple[Ranked, ...]:
    """Return the sentences that hold most of the claim's words, best first: 20 at most, none that shares no word.

    >>> [ranked.sentence.id for ranked in rank("It rained.", Document.read("The ferry sank. The rain went on."))]
    ['s2']
    """
    lookup = of(document)
    return tuple(Ranked(lookup.sentences[number], score) for number, score in lookup.order(claim))


class Lookup:
    """Sentences ready to be looked up by the words in them."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self.sentences = tuple(sentences)
        said = [forms(sentence.text) for sentence in self.sentences]
        self._said = [[p for form in row if (p := form.removesuffix("'s")) not in FUNCTION_WORDS] for row in said]
        #: Whether the sentences read as English: near meanings are known for English only.
        self.english = sum(map(len, self._said)) <= _NOT_ENGLISH * sum(map(len, said))
        #: How many words they have.
        self.length = sum(map(len, said))
        self._queries: dict[str, list[Term]] = {}
        self._sufficient: dict[tuple[str, int, frozenset[int] | None], list[int]] = {}
        self._shares_of: dict[tuple[str, tuple[str, ...]], Floats] = {}
        self._holding: defaultdict[str, set[int]] = defaultdict(set)
        for number, row in enumerate(self._said):
            for form in row:
                self._holding[stem_of(form)].add(number)

    def __contains__(self, s: str) -> bool:
        return s in self._holding

    def idf(self, s: str) -> float:
        """Return how rare a stem is in the sentences, as in BM25 (Robertson and Zaragoza 2009)."""
        holding = len(self._holding.get(s, ()))
        return log(1 + (len(self.sentences) - holding + 0.5) / (holding + 0.5))

    def terms(self, claim: str) -> list[Term]:
        """Return the content words of a claim, each stem once."""
        # A claim is looked up, then checked, several times over.
        if (kept := self._queries.get(claim)) is None:
            kept = _keep(self._queries, claim, self._terms(claim))
        return kept

    def _terms(self, claim: str) -> list[Term]:
        found: dict[str, Term] = {}
        for position, word in enumerate(words(claim)):
            form = word.form.lower().replace("’", "'").removesuffix("'s")
            if form in FUNCTION_WORDS or (s := stem_of(form)) in found:
                continue
            name = s[0].isdigit() or (position > 0 and word.form[0].isupper())
            weight = self.idf(s) + (_RARITY * vectors.rarity(form) if self.english else 0)
            found[s] = Term(form, s, weight * (_NAME if name else 1), name)
        return list(found.values())

    def order(self, claim: str) -> list[tuple[int, float]]:
        """Return the best candidates as their numbers and scores, best first."""
        terms = self.terms(claim)
        numbers = self._candidates(terms)
        scores = self._shares(terms, numbers).sum(axis=1) if numbers else []
        return sorted(zip(numbers, map(float, scores), strict=True), key=lambda found: (-found[1], found[0]))

    def sufficient(self, claim: str, most: int, within: Collection[int] | None = None) -> list[int]:
        """Return the numbers of the fewest sentences that hold what can be held of the claim, best first."""
        key = (claim, most, None if within is None else frozenset(within))
        if (kept := self._sufficient.get(key)) is None:
            kept = _keep(self._sufficient, key, self._fewest(claim, most, within))
        return kept

    def _fewest(self, claim: str, most: int, within: Collection[int] | None) -> list[int]:
        import numpy as np

        terms = self.terms(claim)
        numbers = self._candidates(terms, within)
        if not numbers:
            return []
        shares = self._shares(terms, numbers)
        chosen: list[int] = []
        held = np.zeros(len(terms))
        while len(chosen) < min(most, len(numbers)):
            brings = np.maximum(shares - held, 0).sum(axis=1)
            best = int(np.argmax(brings))
            if chosen and brings[best] < _BRINGS:
                break
            chosen.append(numbers[best])
            held = np.maximum(held, shares[best])
        return chosen

    def held(self, claim: str, sentences: Sequence[Sentence]) -> Floats:
        """Return the share of the claim's weight that each sentence (rows) holds of each of its terms (columns)."""
        key = (claim, tuple(sentence.id for sentence in sentences))
        if (kept := self._shares_of.get(key)) is None:
            kept = _keep(self._shares_of, key, self._shares_held(claim, sentences))
        return kept

    def _shares_held(self, claim: str, sentences: Sequence[Sentence]) -> Floats:
        import numpy as np

        terms = self.terms(claim)
        shares = np.zeros((len(sentences), len(terms)))
        lookup, known = self, [self._numbers.get(sentence.id) for sentence in sentences]
        if None in known:  # a title or a heading
            lookup, known = Lookup(sentences), list(range(len(sentences)))
        rows = [(row, number) for row, number in enumerate(known) if number is not None and lookup._said[number]]
        if terms and rows:
            shares[[row for row, _ in rows]] = lookup._shares(terms, [number for _, number in rows])
        return shares

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {sentence.id: number for number, sentence in enumerate(self.sentences)}

    def _candidates(self, terms: Sequence[Term], within: Collection[int] | None = None) -> list[int]:
        """Return the sentences that hold most of the terms by weight, in the order of the document."""
        scores: defaultdict[int, float] = defaultdict(float)
        none: set[int] = set()
        for term in sorted(terms, key=lambda term: len(self._holding.get(term.stem, none))):
            holding = self._holding.get(term.stem, none)
            for number in holding if len(scores) < _ENOUGH else holding & scores.keys():
                if within is None or self.sentences[number].source in within:
                    scores[number] += term.weight
        return sorted(nlargest(_CANDIDATES, scores, key=lambda number: (scores[number], -number)))

    def numbers(self, sentences: Iterable[Sentence]) -> list[int]:
        """Return the numbers of these sentences, those without a content word or from elsewhere left out."""
        return [n for s in sentences if (n := self._numbers.get(s.id, -1)) >= 0 and self._said[n]]

    def alike(self, terms: Sequence[Term], numbers: Sequence[int]) -> list[list[float]]:
        """Return for each sentence (rows) how far it says each term (columns), from 0 to 1: 1 for the same stem."""
        if not numbers:
            return []
        found: list[list[float]] = self._held(terms, numbers).tolist()
        return found

    def _shares(self, terms: Sequence[Term], numbers: Sequence[int]) -> Floats:
        """Return for each sentence (rows) and term (columns) the share of the claim's weight that it holds."""
        import numpy as np

        weights = np.array([term.weight for term in terms])
        return np.asarray(self._held(terms, numbers) * (weights / weights.sum()))

    def _held(self, terms: Sequence[Term], numbers: Sequence[int]) -> Floats:
        return self._vocabulary.held([(term.form, term.stem) for term in terms], numbers)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._said, english=self.english)


#: The lookups of the last few documents, by their SHA-256: hashing every sentence for each claim would cost more
#: than looking the claim up.
_kept: dict[str, Lookup] = {}
_MOST_KEPT = 8
#: The words of so many claims are kept with a document.
_MOST_QUERIES = 256


def of(document: Document) -> Lookup:
    """Return the lookup of a document's body, kept for its next claim."""
    found = _kept.get(document.sha256)
    if found is None:
        found = Lookup(document.body)
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[document.sha256] = found
    return found


def _keep(kept: dict[K, V], key: K, value: V) -> V:
    """Return the value after keeping it in place of the oldest."""
    while len(kept) >= _MOST_QUERIES:
        kept.pop(next(iter(kept)), None)
    kept[key] = value
    return value
