"""How far a sentence goes: all or some, always or often, the only, the first, the largest, for good or for now.

A claim may go less far than its evidence, never farther.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..certainty.extent_words import (
    ALL_AFTER,
    ALL_IN_PHRASES,
    AMOUNT,
    CHIEF,
    DEGREE,
    EVERYBODY,
    LASTING,
    LIMIT,
    LIMITED,
    OF_WHAT,
    OFTEN,
    ONE_OF,
    ONLY,
    SAYS_FIRST,
    SAYS_MOST,
    SAYS_ONLY,
    SAYS_SURE,
    SCALES,
    SURE,
    WITHOUT_REST,
)
from ..certainty.reach import clause_end, clause_start
from ..certainty.superlatives import compares, superlative
from ..document import Sentence
from ..grammar import lexicon
from ..grammar.matching import Match, matches
from ..grammar.predicates import Reading, read
from ..grammar.tagging import Tag, Token


class Excess(NamedTuple):
    """Where a claim goes farther: token `at` of the claim, and token `other` of a sentence, None where nothing is."""

    kind: str
    at: int
    sentence: Sentence | None
    other: int | None


#: The scales of each word that claims much on them; "a number of" does not.
_SCALES_OF = {
    word: [scale for scale in SCALES if scale.get(word, 0) >= (4 if scale is DEGREE else 3)]
    for word in set().union(*SCALES) - {"number", "dozens"}
}
_COUNTED = frozenset({Tag.NOUN, Tag.DETERMINER, Tag.ADJECTIVE, Tag.NAME, Tag.NUMBER})


def excesses(claim: Reading, evidence: Sequence[Sentence]) -> Iterator[Excess]:
    """Yield where the claim goes farther than what it answers to in the evidence.

    >>> from briefing.document import Document
    >>> sentence = Document.read("Some growers lost their crop.").sentences[0]
    >>> [(e.kind, e.at, e.other) for e in excesses(read("All growers lost their crop."), [sentence])]
    [('widened', 0, 0)]
    """
    for at, token in enumerate(claim.tokens):
        for scale in _SCALES_OF.get(token.low, ()):
            if not _idle(claim.tokens, at) and not _per(claim.tokens, at, evidence):
                yield from _scaled(claim, at, evidence, scale)
        sure = token.low in SURE and (token.low != "certain" or _follows(claim.tokens, at, {"to", "that", "in"}))
        if sure and not any(SAYS_SURE.search(sentence.text) for sentence in evidence):
            yield from _added("hedge_dropped", claim, at, evidence)
        if token.low in ONLY:
            yield from _only(claim, at, evidence)
        elif token.low == "first":
            yield from _first(claim, at, evidence)
        elif superlative(claim.tokens, at):
            yield from _superlative(claim, at, evidence)


def _follows(said: Sequence[Token], at: int, words: set[str]) -> bool:
    return at + 1 < len(said) and said[at + 1].low in words


def _per(said: Sequence[Token], at: int, evidence: Sequence[Sentence]) -> bool:
    """Tell whether *each* names the unit that the evidence reckons by: "each child's meals", "19 dollars per child"."""
    if said[at].low not in {"each", "every"} or at + 1 == len(said):
        return False
    return any(f"per {said[at + 1].lemma}" in sentence.text.lower() for sentence in evidence)


def _idle(said: Sequence[Token], at: int) -> bool:
    low = said[at].low
    before, after = said[at - 1].low if at else "", said[at + 1].low if at + 1 < len(said) else ""
    if low in {"many", "often"} and before in {"as", "how", "so", "too", "not"}:
        return True
    if low == "number" and before == "the":
        return True
    if low in OF_WHAT:
        return after != "of" and not (low == "half" and after in {"the", "its", "their", "a"}) and before != "in"
    if low == "all":
        if before in {"at", "after", "above"}:
            return after != "of" and not (at + 1 < len(said) and said[at + 1].tag in _COUNTED)
        same = after == "the" and at + 2 < len(said) and said[at + 2].low == "same"
        return same or after in ALL_IN_PHRASES or before in ALL_AFTER
    if low == "most" and before == "at":
        return True
    if low == "most":
        return at + 1 < len(said) and said[at + 1].tag is Tag.ADJECTIVE and before in {"the", "a", "his", "her", "its"}
    if low == "total" and (after == "of" or said[at].tag is Tag.NOUN):
        return True
    if low in {"fully", "total", "full"} and at + 1 < len(said) and said[at + 1].tag is Tag.NUMBER:
        return True
    if low in {"entire", "whole", "every", "each", "final"}:
        return before in {"nearly", "almost"} or (low in {"every", "each"} and lexicon.kind(after) >= {"time"})
    return low == "official" or before in {"not", "nearly", "almost"}


def _scaled(claim: Reading, at: int, evidence: Sequence[Sentence], scale: Mapping[str, int]) -> Iterator[Excess]:
    """Yield an excess where what a word of a scale goes with has a lower word of the scale in the evidence."""
    level = scale[claim.tokens[at].low]
    found: list[Excess] = []
    answers = _answers(claim, at, evidence)
    heads = [m for m in answers if _head(claim.tokens, at, m)] if scale is AMOUNT else []
    for match in heads or _nearest(answers, 2 if scale is AMOUNT else 1):
        said = match.reading.tokens
        noun = _own(said, match.at, scale, whole=level == 5) if heads else None
        words = [noun] if noun is not None else _in_clause(match, scale, whole=scale in (AMOUNT, DEGREE) and level == 5)
        if claim.tokens[at].low.endswith("ly"):
            words = [i for i in words if said[i].low not in CHIEF]  # "the main supply" is one of several
        if any(_reaches(said, i, scale, level) for i in words):
            return
        if noun is None and level == 5 and scale in (AMOUNT, OFTEN, DEGREE) and WITHOUT_REST.search(_clause(match)):
            return
        if words:
            found.append(Excess("widened", at, match.sentence, min(words, key=lambda i: abs(i - match.at))))
    yield from found[:1]


def _reaches(said: Sequence[Token], at: int, scale: Mapping[str, int], level: int) -> bool:
    """Tell whether a word of a scale stands as high as `level`; "almost all" stands just below all."""
    almost = bool(at) and said[at - 1].low in {"almost", "nearly", "virtually", "practically"}
    return scale.get(said[at].low, 0) >= level and (level < 5 if almost else not _idle(said, at))


def _head(said: Sequence[Token], at: int, match: Match) -> bool:
    """Tell whether a counterpart answers to the noun that a word such as *all* counts, after it or before it."""
    if said[at].low in EVERYBODY:
        return False
    after = next((t for t in said[at + 1 : at + 6] if t.tag is Tag.NOUN and not t.owns), None)
    floating = at > 0 and said[at - 1].tag is Tag.AUX
    before = next((t for t in reversed(said[:at]) if t.tag is Tag.NOUN), None)
    heads = (
        [t for t in ((*said[:at],) if floating else (after,)) if t and t.tag is Tag.NOUN]
        if floating or after
        else [before]
    )
    return any(t is not None and t.lemma == match.token.lemma for t in heads)


def _own(said: Sequence[Token], at: int, scale: Mapping[str, int], *, whole: bool) -> int | None:
    """Return the word that counts the noun at `at`: some growers, most of the growers, two of the seven growers."""
    for i in range(at - 1, max(-1, at - 6), -1):
        if (scale.get(said[i].low) and not (said[i].low in OF_WHAT and _idle(said, i))) or (
            whole and said[i].tag is Tag.NUMBER and _part_of(said, i)
        ):
            return i
        if said[i].tag not in {Tag.DETERMINER, Tag.ADJECTIVE, Tag.NUMBER, Tag.NOUN, Tag.NAME} and said[i].low != "of":
            return None
    return None


def _in_clause(match: Match, scale: Mapping[str, int], *, whole: bool) -> list[int]:
    """Return the words of a scale in a counterpart's clause; where the claim says all, what counts a part too."""
    said = match.reading.tokens
    span = range(clause_start(said, match.at), clause_end(said, match.at))
    words = [
        i for i in span if (said[i].low in scale and not _empty(said, i)) or (scale is LASTING and _passing(said, i))
    ]
    return words or [i for i in span if whole and said[i].tag is Tag.NUMBER and _part_of(said, i)]


def _empty(said: Sequence[Token], at: int) -> bool:
    """Tell whether a word of a scale says nothing there: "as many as 400", "half the sum", "the main supply"."""
    low, after = said[at].low, said[at + 1].low if at + 1 < len(said) else ""
    return (low in OF_WHAT and after != "of") or (low == "many" and _idle(said, at))


def _passing(said: Sequence[Token], at: int) -> bool:
    """Tell whether token `at` ends a phrase that says for now."""
    before = [t.low for t in said[max(0, at - 3) : at]]
    return (said[at].low in {"now", "moment"} and bool({"for"} & {*before[-2:]})) or (
        said[at].low == "being" and before == ["for", "the", "time"]
    )


def _clause(match: Match) -> str:
    said = match.reading.tokens
    low, high = clause_start(said, match.at), clause_end(said, match.at)
    return match.reading.text[said[low].start : said[high - 1].end] if high > low else ""


def _part_of(said: Sequence[Token], at: int) -> bool:
    """Tell whether a number counts part of a whole: two of the seven."""
    return any(said[i].low == "of" for i in range(at + 1, min(at + 4, len(said))))


def _answers(claim: Reading, at: int, evidence: Sequence[Sentence]) -> list[Match]:
    """Return the words of the evidence that answer to what stands round a word of the claim, the likeliest first."""
    said = claim.tokens
    near = [*range(at + 1, min(at + 13, len(said))), *range(at - 1, max(-1, at - 9), -1)]
    found: list[Match] = []
    for i in near:
        if said[i].tag in {Tag.NOUN, Tag.VERB, Tag.ADJECTIVE} and said[i].lemma not in {"be", "have", "do"}:
            every = matches(claim, i, evidence)
            answers = every if len(every) == 1 else [m for m in every if m.shared]
            found += [m for m in answers if m.shared >= answers[0].shared - 1]
    return sorted(found, key=lambda m: -m.shared)


def _nearest(answers: Sequence[Match], least: int = 2) -> list[Match]:
    return [m for m in answers if m.shared >= max(least, answers[0].shared - 1)][:6]


def _only(claim: Reading, at: int, evidence: Sequence[Sentence]) -> Iterator[Excess]:
    said = claim.tokens
    after = said[at + 1] if at + 1 < len(said) else None
    number = (
        after is not None
        and after.low != "one"
        and (after.tag is Tag.NUMBER or after.low in {"about", "a", "half", "around", "when", "after", "if"})
    )
    negated = (at and said[at - 1].low in {"not", "if"}) or (after is not None and after.low in {"for", "to"})
    if number or negated or any(SAYS_ONLY.search(sentence.text) for sentence in evidence):
        return
    yield from _added("only_added", claim, at, evidence)


def _first(claim: Reading, at: int, evidence: Sequence[Sentence]) -> Iterator[Excess]:
    after = claim.tokens[at + 1] if at + 1 < len(claim.tokens) else None
    if after is None or after.tag not in {Tag.NOUN, Tag.ADJECTIVE, Tag.NUMBER, Tag.TO}:
        return
    if not any(SAYS_FIRST.search(sentence.text) for sentence in evidence):
        yield from _added("first_added", claim, at, evidence)
    else:
        yield from _unlimited(claim, at, evidence, {"first"})


def _superlative(claim: Reading, at: int, evidence: Sequence[Sentence]) -> Iterator[Excess]:
    if not any(SAYS_MOST.search(sentence.text) or compares(sentence.text) for sentence in evidence):
        yield from _added("first_added", claim, at, evidence)
    else:
        yield from _unlimited(claim, at, evidence, {claim.tokens[at].low})


def _unlimited(claim: Reading, at: int, evidence: Sequence[Sentence], same: set[str]) -> Iterator[Excess]:
    """Yield an excess where the evidence says `one of the largest` or `the first since`, the claim without limit."""
    text, start = claim.text, claim.tokens[at].start
    if ONE_OF.search(text[:start]) or LIMIT.search(text[start:]) or LIMITED.search(text[:start]):
        return
    found: list[Excess] = []
    for sentence in evidence:
        said = read(sentence.text).tokens
        for other in (i for i, token in enumerate(said) if token.low in same):
            before, after = sentence.text[: said[other].start], sentence.text[said[other].end :]
            limit = ONE_OF.search(before[-45:]) or LIMIT.search(_up_to_comma(after))
            if not limit:
                return
            found.append(Excess("widened", at, sentence, other))
    if found and _nearest(_answers(claim, at, evidence), 1):
        yield found[0]


def _up_to_comma(text: str) -> str:
    return re.split("[,;]", text, maxsplit=1)[0]


def _added(kind: str, claim: Reading, at: int, evidence: Sequence[Sentence]) -> Iterator[Excess]:
    """Yield an excess for a word that nothing in the evidence answers to, beside the word that it goes with there."""
    counterparts = _nearest(_answers(claim, at, evidence))
    if counterparts:
        yield Excess(kind, at, counterparts[0].sentence, counterparts[0].at)
