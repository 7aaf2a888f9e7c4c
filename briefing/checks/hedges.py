"""Hedges and bounds: a claim may be less sure and less wide than its evidence, never more.

Four things are compared, each only where it governs what the claim says: the bound on a figure (*at least 30*),
how sure
the source is (*may*, *reportedly*, *if parliament approves*), whose word it is (*prosecutors say*), and how far it
goes (*some*, *one of the largest*).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..certainty.bounds import Bound, Side, bound, holds, says, turns, unclear, within
from ..certainty.conditions import assumed
from ..certainty.deadlines import turned
from ..certainty.qualifier import Kind, Qualifier
from ..certainty.qualifiers import doubted, governing, hedging, qualifiers
from ..certainty.reach import clause_end, clause_start
from ..certainty.trust import contested, describes, keeps, mentions
from ..document import Document, Sentence
from ..grammar.lexicon import Relation
from ..grammar.matching import Match, matches, neighbours
from ..grammar.predicates import Reading, read
from ..grammar.tagging import Tag, Token
from ..text import bare
from ..values.comparison import Fit, comparable, fit
from ..values.quantities import quantities
from ..values.units import Quantity
from ..verdict import Finding
from ..versions.extents import Excess, excesses
from . import Place, Subject, finding

VERSION = "1"

#: Verbs that say too little to be found again in another sentence.
_LIGHT = frozenset("be have do make take get go come give say tell add put see let".split())
_EMPTY = frozenset("be have do".split())
#: These concern a single word, or only some of what is said: the words round a verb do not tell.
_NARROW = frozenset({Kind.SAID, Kind.NEARLY, Kind.PARTLY, Kind.LINKED})
#: How near a figure stands, in characters, to one that it is compared with.
_CLOSE = 40
#: A word that the verb stands with is placed by so many neighbours in common.
_PLACED = 2
#: Verbs by which a thing that goes with another is made its cause.
_CAUSING = frozenset(
    """cause reduce lower raise increase cut prevent lead protect trigger boost produce improve worsen shorten lengthen
    lessen halve double make""".split()
)
_KIND = {
    Kind.SAID: "attribution_dropped",
    Kind.CLAIMED: "attribution_dropped",
    Kind.REPORTED: "hedge_dropped",
    Kind.CONDITION: "condition_dropped",
    Kind.EARLIEST: "bound_dropped",
    Kind.PARTLY: "widened",
}
_WIDER = {
    "widened": "The source goes only as far as “{source}”; the claim says “{claim}”.",
    "only_added": "The claim says “{claim}”; the source does not say that it is the only one.",
    "hedge_dropped": "The claim says “{claim}”; the source is not as sure.",
    "first_added": "The claim says “{claim}”; nothing in the source says so.",
}


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each bound, hedge, condition or speaker that the claim drops, and for wider words."""
    said = bare(subject.text)
    if not evidence or any(bare(sentence.text) == said for sentence in evidence):
        return
    yield from _bounds(subject, evidence, document)
    yield from _dates(subject, evidence, document)
    if subject.speaker is None:
        yield from _certainty(subject, evidence, document)
        yield from _extents(subject, evidence, document)


class _Counterpart(NamedTuple):
    """A figure of the evidence of the same value as one of the claim; `shared` words say that it counts the same."""

    shared: int
    sentence: Sentence
    figure: Quantity
    bound: Bound | None


def _bounds(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for a figure whose bound is left out or another than in every sentence that gives it."""
    for mine in quantities(subject.text):
        own = _bound(subject.text, mine)
        found = [
            _Counterpart(len(mine.noun & theirs.noun), sentence, theirs, _bound(sentence.text, theirs))
            for sentence in evidence
            for theirs in quantities(sentence.text)
            if _same_figure(mine, theirs)
        ]
        best = [other for other in found if other.shared] or found
        if (own is None and _unclear(subject.text, mine)) or _compares(subject.text, mine, own):
            continue
        if own is None and any(other.bound and _near(other.bound, subject.text, mine) for other in best):
            continue
        if best and not any(_holds(subject.text, own, other) for other in best):
            yield _bound_finding(subject, document, mine, own, best[0])


def _holds(text: str, own: Bound | None, other: _Counterpart) -> bool:
    theirs = other.sentence.text
    if _unclear(theirs, other.figure) or _compares(theirs, other.figure, other.bound):
        return True
    if own and (turns(text, own.side, other.bound.side) if other.bound else _near(own, theirs, other.figure)):
        return True
    if holds(own and own.side, other.bound and other.bound.side):
        return True
    return own is None and other.bound is not None and says(text, other.bound.side)


def _near(bounded: Bound, text: str, figure: Quantity) -> bool:
    """Tell whether a text says of a figure, in words that bound no figure by themselves, that it is not reached."""
    return bounded.side in {Side.UNDER, Side.MOST} and within(text, figure.start)


def _compares(text: str, figure: Quantity, own: Bound | None) -> bool:
    """Tell whether a figure is what another one is compared with: "3.9 per cent, lower than 4.2 per cent in May"."""
    if own is None or own.side not in {Side.OVER, Side.UNDER}:
        return False
    return any(q.measure == figure.measure and 0 < own.start - q.end < _CLOSE for q in quantities(text))


def _bound_finding(
    subject: Subject, document: Document, mine: Quantity, own: Bound | None, other: _Counterpart
) -> Finding:
    claim = (min(own.start, mine.start), max(own.end, mine.end)) if own else (mine.start, mine.end)
    start, end = other.figure.start, other.figure.end
    if other.bound:
        start, end = min(other.bound.start, start), max(other.bound.end, end)
    place = Place(other.sentence, start, end)
    message = f"The source says {place.text}; the claim says {subject.text[slice(*claim)]}."
    kind = "bound_changed" if own else "bound_dropped"
    return finding(subject, document, "hedges", kind, message, claim=claim, place=place)


def _dates(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for a date that is the earliest in the source, and not in the claim, or the other way round."""
    for date in turned(subject.text, evidence):
        place = Place(date.sentence, *date.place)
        message = f"The source says {place.text}; the claim says {subject.text[date.start : date.end]} without that."
        kind = "bound_dropped" if date.dropped else "bound_changed"
        yield finding(subject, document, "hedges", kind, message, claim=(date.start, date.end), place=place)


def _bound(text: str, figure: Quantity) -> Bound | None:
    if figure.measure in {"score", "clock", "label", "ordinal"} or figure.vague:
        return None
    return bound(text, figure.start, figure.end, lasts=figure.measure == "time")


def _unclear(text: str, figure: Quantity) -> bool:
    return unclear(text, figure.start, figure.end, lasts=figure.measure == "time")


def _same_figure(mine: Quantity, theirs: Quantity) -> bool:
    if mine.vague or mine.measure in {"score", "clock", "label", "ordinal"} or mine.age != theirs.age:
        return False
    same = comparable(mine, theirs) and mine.low == theirs.low and mine.high == theirs.high
    return same and fit(mine, theirs) in {Fit.SAME, Fit.BOUND}


def _certainty(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each hedge that governs what the claim states wherever the evidence says it."""
    if not any(qualifiers(sentence.text) for sentence in evidence):
        return
    claim = read(subject.text)
    told: set[tuple[str, int]] = set()
    for at in _stated(claim, evidence):
        found = _relevant(matches(claim, at, evidence), min(2, len(neighbours(claim, at))))
        unmet = [(match, _unmet(subject.text, at, match)) for match in found]
        if not unmet and claim.of(at):
            unmet = _around(claim, at, evidence)
        if not unmet or any(lacking is None for _, lacking in unmet):
            continue
        match, lacking = unmet[0]
        if lacking is None or (match.sentence.id, lacking.first) in told:
            continue
        told.add((match.sentence.id, lacking.first))
        yield _hedge_finding(subject, document, claim.tokens[at], match, lacking)


def _around(claim: Reading, at: int, evidence: Sequence[Sentence]) -> list[tuple[Match, Qualifier | None]]:
    """Return what governs the words round a verb that the evidence lacks: they tell where it says the same.

    Most of those that the evidence has must be under the same hedge, and two at least.
    """
    said = claim.tokens
    hedged = [s for s in evidence if any(q.kind not in _NARROW for q in qualifiers(s.text))]
    if not hedged or all(keeps(claim.text, at, q, read(s.text)) for s in hedged for q in qualifiers(s.text)):
        return []
    found: list[tuple[Match, Qualifier | None]] = []
    for i in range(clause_start(said, at), clause_end(said, at)):
        if said[i].tag in {Tag.NOUN, Tag.NUMBER, Tag.ADJECTIVE, Tag.NAME} and i != at:
            answers = [m for m in matches(claim, i, evidence) if m.shared >= _PLACED]
            found += [(m, _unmet(claim.text, at, m)) for m in answers[:1]]
    under = [(m, q) for m, q in found if q is not None and q.kind not in _NARROW]
    same: list[tuple[Match, Qualifier | None]] = [
        (m, q) for m, q in under if (m.sentence.id, q) == (under[0][0].sentence.id, under[0][1])
    ]
    return same if len(same) >= 2 and len(same) * 5 >= len(found) * 3 else []


def _stated(claim: Reading, evidence: Sequence[Sentence]) -> list[int]:
    """Return the tokens that say what the claim states: its verbs, and what goes with a verb that says little."""
    found: set[int] = set()
    for predicate in claim.predicates:
        if predicate.lemma not in _LIGHT:
            if predicate.agents or predicate.patients or predicate.group:
                found.add(predicate.at)
        else:
            found.update([predicate.at] if predicate.passive else ())
            found.update((*predicate.agents[:1], *predicate.patients[:1]))
            found.update(i for i in range(predicate.at + 1, min(predicate.at + 5, len(claim.tokens))))
    said = claim.tokens
    hanging = {i for q in qualifiers(claim.text) if q.kind is Kind.CONDITION for i in range(*assumed(said, q.first))}
    return [
        i
        for i in sorted((found | _named_as(claim, evidence)) - hanging)
        if said[i].tag in {Tag.VERB, Tag.NOUN, Tag.ADJECTIVE}
        and said[i].lemma not in _EMPTY
        and not hedging(said[i])
        and not describes(said, i)
    ]


def _named_as(claim: Reading, evidence: Sequence[Sentence]) -> set[int]:
    """Return the nouns of the claim that the evidence has under a word of doubt: "a suspected strain"."""
    doubts = frozenset[str]().union(*(doubted(sentence.text) for sentence in evidence))
    return {i for i, t in enumerate(claim.tokens) if t.tag is Tag.NOUN and t.lemma in doubts} if doubts else set()


def _relevant(found: Sequence[Match], least: int) -> list[Match]:
    """Return the counterparts that stand among the same words: nearly as many as the best has, and `least` of them."""
    near = [m for m in found if m.shared >= max(least, found[0].shared - 1)]
    own = [m for m in near if m.relation is Relation.SAME]
    return own if own and own[0].shared >= near[0].shared else near


def _unmet(text: str, at: int, match: Match) -> Qualifier | None:
    """Return what governs the evidence's word and the claim does not keep, None where it keeps everything."""
    for qualifier in governing(match.sentence.text, match.at):
        if qualifier.kind is Kind.LINKED and read(text).tokens[at].lemma not in _CAUSING:
            continue
        if qualifier.kind is Kind.ADVISED and not _will(read(text), at):
            continue
        if qualifier.kind is Kind.SAID and not contested(match.reading, match.at, qualifier):
            continue
        if qualifier.kind in {Kind.SAID, Kind.CLAIMED} and mentions(read(text), at):
            continue
        if not keeps(text, at, qualifier, match.reading):
            return qualifier
    return None


def _will(claim: Reading, at: int) -> bool:
    """Tell whether a verb of the claim says what will be."""
    predicate = claim.of(at)
    return predicate is not None and any(claim.tokens[i].low in {"will", "'ll", "shall"} for i in predicate.group)


def _hedge_finding(subject: Subject, document: Document, token: Token, match: Match, lacking: Qualifier) -> Finding:
    said = match.reading.tokens
    place = Place(match.sentence, said[lacking.first].start, said[lacking.last].end)
    kind = _KIND.get(lacking.kind, "hedge_dropped")
    if kind == "attribution_dropped":
        message = f"In the source this is somebody's word (“{place.text}”); the claim states “{token.form}” as a fact."
    elif kind in {"widened", "bound_dropped"}:
        message = f"The source says it only with “{place.text}”; the claim leaves that out."
    elif kind == "condition_dropped":
        message = f"The source sets a condition (“{place.text}”); the claim says “{token.form}” without it."
    else:
        message = f"The source is not sure (“{place.text}”); the claim states “{token.form}” as a fact."
    return finding(subject, document, "hedges", kind, message, claim=(token.start, token.end), place=place)


def _extents(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    said = read(subject.text).tokens
    told: set[int] = set()
    for excess in excesses(read(subject.text), evidence):
        if excess.at not in told:
            told.add(excess.at)
            yield _wider(subject, document, excess, said[excess.at])


def _wider(subject: Subject, document: Document, excess: Excess, token: Token) -> Finding:
    place = None
    if excess.sentence is not None and excess.other is not None:
        other = read(excess.sentence.text).tokens[excess.other]
        place = Place(excess.sentence, other.start, other.end)
    message = _WIDER[excess.kind].format(claim=token.form, source=place.text if place else "")
    span = (token.start, token.end)
    return finding(subject, document, "hedges", excess.kind, message, claim=span, place=place)
