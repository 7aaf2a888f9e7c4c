"""What a sentence can turn round without exchanging who does a verb: routes, comparisons, causes, what belongs to what.

"From Oslo to Bergen", "larger than Lyon", "because of the strike", "the driver of the freight train": each has two
sides, and a claim that has them the other way round says something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..document import Sentence
from ..grammar import lexicon
from ..grammar.lexicon import Relation, related
from ..grammar.phrases import Phrase, is_time
from ..grammar.predicates import Reading, read
from ..grammar.tagging import Tag
from ..remembered import remembered
from ..text import fold
from ..words import terms


class Turn(NamedTuple):
    """A stretch of a claim, and of the sentence that has it otherwise."""

    kind: str
    message: str
    start: int
    end: int
    sentence: Sentence
    place_start: int
    place_end: int


class _Sides(NamedTuple):
    """Two sides round a word at `text[start:end]`: for a cause what causes and what comes of it."""

    word: str
    first: frozenset[str]
    second: frozenset[str]
    start: int
    end: int


def turns(text: str, evidence: Sequence[Sentence]) -> Iterator[Turn]:
    """Yield each route, comparison, cause and owner of a claim that the evidence has the other way round."""
    for kind, sides, message in _KINDS:
        for mine in sides(text):
            told = [(sentence, theirs) for sentence in evidence for theirs in sides(sentence.text)]
            judged = [(_turned(mine, theirs), sentence, theirs) for sentence, theirs in told]
            if any(turned is False for turned, _, _ in judged):
                continue
            for turned, sentence, theirs in judged:
                if turned:
                    yield Turn(kind, message, mine.start, mine.end, sentence, theirs.start, theirs.end)
                    break
    yield from _owners(text, evidence)


def _turned(mine: _Sides, theirs: _Sides) -> bool | None:
    """Tell whether the sides are exchanged (True) or stand alike (False); None where they speak of other things."""
    relation = _relation(mine.word, theirs.word)
    if relation is Relation.NONE:
        return None
    first, second = mine.first - mine.second, mine.second - mine.first
    other_first, other_second = theirs.first - theirs.second, theirs.second - theirs.first
    straight = len(first & other_first), len(second & other_second)
    crossed = len(first & other_second), len(second & other_first)
    if relation is Relation.ANTONYM:
        straight, crossed = crossed, straight
    if all(crossed) and (not all(straight) or sum(crossed) > sum(straight)):
        return True
    return False if sum(straight) >= sum(crossed) and any(straight) else None


@lru_cache(maxsize=1 << 12)
def _relation(one: str, other: str) -> Relation:
    if one == other:
        return Relation.SAME
    if one.startswith("-") != other.startswith("-") and one.strip("-") == other.strip("-"):
        return Relation.ANTONYM
    found = related(one.strip("-"), other.strip("-"), "a")
    opposite = one.startswith("-") != other.startswith("-")
    if found is Relation.ANTONYM:
        return Relation.SYNONYM if opposite else Relation.ANTONYM
    if found in {Relation.SAME, Relation.SYNONYM}:
        return Relation.ANTONYM if opposite else Relation.SYNONYM
    return Relation.NONE


@remembered(1 << 11)
def _routes(text: str) -> tuple[_Sides, ...]:
    reading = read(text)
    said = reading.tokens
    found = []
    starting = {p.start: p for p in reading.phrases}
    for at, token in enumerate(said):
        origin = starting.get(at + 1) if token.low == "from" else None
        if origin is None or not _is_place(reading, origin):
            continue
        for i in range(origin.end, min(len(said), origin.end + 6)):
            goal = starting.get(i + 1) if said[i].low in {"to", "into"} else None
            if said[i].tag in {Tag.VERB, Tag.AUX, Tag.CONJUNCTION} or said[i].form == ",":
                break
            if goal is not None and _is_place(reading, goal):
                ends = (frozenset({said[p.head].lemma}) for p in (origin, goal))
                found.append(_Sides("from", next(ends), next(ends), token.start, said[goal.end - 1].end))
                break
    return tuple(found)


def _is_place(reading: Reading, phrase: Phrase) -> bool:
    head = reading.tokens[phrase.head]
    return head.tag in {Tag.NAME, Tag.NOUN} and not (is_time(head) or head.lemma in {"percent", "cent", "point"})


@remembered(1 << 11)
def _comparisons(text: str) -> tuple[_Sides, ...]:
    said = read(text).tokens
    found = []
    for at, token in enumerate(said):
        if token.low != "than" or token.tag is Tag.ADVERB:
            continue
        for i in range(at - 1, max(-1, at - 6), -1):
            low = said[i].low
            word = low if low in {"more", "less", "fewer", "rather"} else ""
            if not word and low.endswith("er") and (lexicon.lemma(low, "a") != low or lexicon.lemma(low, "r") != low):
                word = low
            if not word:
                continue
            quality = word if word not in {"more", "less", "fewer"} else said[i + 1].low if i + 1 < at else "more"
            base = lexicon.lemma(quality, "a")
            named = f"-{base}" if word in {"less", "fewer"} else base
            first, last = _clause(text, said[i].start, token.end)
            before = text[first : said[i].start] + text[said[i].end : token.start]
            sides = frozenset(terms(before)), frozenset(terms(text[token.end : last]))
            found.append(_Sides(named, *sides, said[i].start, token.end))
            break
    return tuple(found)


_CUT = re.compile(r"[;:]|, (?:and|but|while|whereas|although|which|who)\b|\b(?:while|whereas|although)\b")


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the clause round a stretch of a text."""
    cuts = [match.span() for match in _CUT.finditer(text)]
    return (
        max((last for _, last in cuts if last <= start), default=0),
        min((first for first, _ in cuts if first >= end), default=len(text)),
    )


_EFFECT_FIRST = (
    r"because(?: of)?|due to|owing to|thanks to|as a result of|on account of|(?:caused|triggered|prompted|sparked|fuel"
    r"led|driven|provoked|brought about) by|(?:result(?:s|ed|ing)?|stem(?:s|med|ming)?) from"
)
_CAUSE_FIRST = (
    r"(?:caus|trigger|prompt|spark|provok)(?:es?|ed|s|ing)|(?:led|leads?|leading) to|result(?:s|ed|ing)? in|"
    r"(?:brought|brings|bringing) about|therefore|as a result"
)
_CAUSE = re.compile(rf"\b(?:(?P<effect>{_EFFECT_FIRST})|(?P<cause>{_CAUSE_FIRST}))\b", re.IGNORECASE)


@remembered(1 << 11)
def _causes(text: str) -> tuple[_Sides, ...]:
    found = []
    for match in _CAUSE.finditer(fold(text)):
        first, last = _clause(text, *match.span())
        before, after = text[first : match.start()], text[match.end() : last]
        if match["effect"] and not before.strip():  # "Because of the strike, the schools closed."
            after, _, before = after.partition(",")
        sides = frozenset(terms(before)), frozenset(terms(after))
        if match["effect"]:
            sides = sides[1], sides[0]
        if all(sides):
            found.append(_Sides("cause", *sides, *match.span()))
    return tuple(found)


_KINDS = (
    ("exchanged", _routes, "The source has the way go in the other direction."),
    ("comparison_reversed", _comparisons, "The source compares them the other way round."),
    ("cause_reversed", _causes, "The source has cause and effect the other way round."),
)


class _Owned(NamedTuple):
    """A noun with the noun it belongs to and what stands before that: driver, train, freight."""

    owned: str
    owner: str
    qualities: frozenset[str]
    start: int
    end: int


@remembered(1 << 11)
def _owned(text: str) -> tuple[_Owned, ...]:
    reading = read(text)
    said = reading.tokens
    found = []
    for first, second in zip(reading.phrases, reading.phrases[1:], strict=False):
        if second.start == first.end + 1 and said[first.end].low == "of":
            before = [said[i] for i in range(second.start, second.head)]
            qualities = frozenset(t.lemma for t in before if t.tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE})
            owner = said[second.head]
            span = said[second.start].start, said[second.end - 1].end
            found.append(_Owned(said[first.head].lemma, owner.lemma, qualities, *span))
    return tuple(found)


@remembered(1 << 11)
def _qualified(text: str) -> frozenset[tuple[str, str]]:
    """Return each noun of a sentence with each word before it in its phrase."""
    reading = read(text)
    return frozenset(
        (reading.tokens[i].lemma, reading.tokens[p.head].lemma)
        for p in reading.phrases
        for i in range(p.start, p.head)
        if reading.tokens[i].tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE}
    )


def _owners(text: str, evidence: Sequence[Sentence]) -> Iterator[Turn]:
    """Yield what the claim gives to another of two things of one kind: the driver of the other train."""
    said = frozenset(terms(text))
    for mine in _owned(text):
        told = [(s, theirs) for s in evidence for theirs in _owned(s.text)]
        same = [(s, o) for s, o in told if (o.owned, o.owner) == (mine.owned, mine.owner) and o.qualities]
        if not mine.qualities or any(mine.qualities & o.qualities for _, o in same):
            continue
        other = any((quality, mine.owner) in _qualified(s.text) for s in evidence for quality in mine.qualities)
        own = frozenset(terms(f"{mine.owned} {mine.owner}"))
        for sentence, theirs in same:
            if other and len(said & frozenset(terms(sentence.text)) - own) > 1:
                named, claimed = sentence.text[theirs.start : theirs.end], text[mine.start : mine.end]
                message = f"In the source the {mine.owned} is that of “{named}”; the claim says “{claimed}”."
                yield Turn("crossed", message, mine.start, mine.end, sentence, theirs.start, theirs.end)
                break
