"""Which word of the evidence a word of a claim answers to: the same, a synonym, a derived form, or the opposite.

Words are matched by the lexicon and not by likeness of vectors, because what is alike need not say the same: *killed*
is near *injured*. Where a word has several counterparts, the one with most of the same words around it is meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..document import Sentence
from ..remembered import remembered
from ..words import FUNCTION_WORDS, stem
from .lexicon import Relation, related
from .predicates import Reading, read
from .tagging import Tag, Token

#: Relations by which a word says what another says.
SAYS = frozenset({Relation.SAME, Relation.SYNONYM, Relation.DERIVED})
#: Tags of words that carry what is said.
CONTENT = frozenset({Tag.NOUN, Tag.NAME, Tag.VERB, Tag.ADJECTIVE, Tag.NUMBER, Tag.ADVERB})
_FIXED = frozenset({Tag.NAME, Tag.NUMBER})
_CLOSENESS = {relation: place for place, relation in enumerate(Relation)}
#: How far on each side of a word its neighbours are looked for.
_AROUND = 7


class Match(NamedTuple):
    """A word of a sentence that answers to a word of the claim; `shared` counts the neighbours they have in common."""

    sentence: Sentence
    reading: Reading
    at: int
    relation: Relation
    shared: int

    @property
    def token(self) -> Token:
        """The word."""
        return self.reading.tokens[self.at]


def matches(
    claim: Reading, at: int, evidence: Iterable[Sentence], relations: frozenset[Relation] = SAYS
) -> list[Match]:
    """Return the words of the evidence that stand in one of `relations` to a word of the claim, the likeliest first.

    Likeliest is the one with the most neighbours in common, then the closest relation.
    """
    word = claim.tokens[at]
    around = neighbours(claim, at)
    found = []
    for sentence in evidence:
        answers = _answers(sentence.text, word.low, word.lemma, word.tag in _FIXED)
        for index, relation in answers:
            if relation in relations:
                shared = len(around & _neighbours(sentence.text, index))
                found.append(Match(sentence, read(sentence.text), index, relation, shared))
    return sorted(found, key=lambda m: (-m.shared, _CLOSENESS[m.relation])) if len(found) > 1 else found


@remembered(1 << 15)
def _answers(text: str, low: str, lemma: str, fixed: bool) -> tuple[tuple[int, Relation], ...]:
    """Return the tokens of a sentence that a word is related to in any way; a `fixed` word is a name or a number."""
    words, lemmas = _words(text)
    stemmed = stem(low)
    found = dict.fromkeys((*lemmas.get(lemma, ()), *(words[stemmed].at if stemmed in words else ())), Relation.SAME)
    if not fixed:
        for held in words.values():
            for other, index in held.plain:
                if index not in found and (relation := related(low, other)) is not Relation.NONE:
                    found[index] = relation
    return tuple(sorted(found.items()))


class _Held(NamedTuple):
    """Where the words of a stem stand in a sentence, and those of them that are neither names nor numbers."""

    at: list[int]
    plain: list[tuple[str, int]]


@remembered(1 << 12)
def _words(text: str) -> tuple[dict[str, _Held], dict[str, list[int]]]:
    """Return the content words of a sentence by their stems, and all of its words by their lemmas."""
    words: dict[str, _Held] = {}
    lemmas: dict[str, list[int]] = {}
    for index, token in enumerate(read(text).tokens):
        lemmas.setdefault(token.lemma, []).append(index)
        if token.tag in CONTENT:
            held = words.setdefault(stem(token.low), _Held([], []))
            held.at.append(index)
            if token.tag not in _FIXED:
                held.plain.append((token.low, index))
    return words, lemmas


def neighbours(reading: Reading, at: int) -> frozenset[str]:
    """Return the stems of the content words around a word, itself left out."""
    return _neighbours(reading.text, at)


@remembered(1 << 13)
def _neighbours(text: str, at: int) -> frozenset[str]:
    said: Sequence[Token] = read(text).tokens
    near = [*said[max(0, at - _AROUND) : at], *said[at + 1 : at + 1 + _AROUND]]
    return frozenset(stem(t.low) for t in near if t.tag in CONTENT and t.low not in FUNCTION_WORDS)
