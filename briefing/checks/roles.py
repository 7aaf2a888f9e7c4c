"""Who did what to whom: nobody may change places with another, or do what somebody else did.

Each act of the claim is held against the acts of the evidence that can be the same one, passives turned round, buying
held against selling. A claim that has the one in the other's place, or names another doer, is caught; where the
phrases may mean the same party, nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..acts.acts import Act, Parts, acts, pairs
from ..acts.crossed import crossings, stands_in
from ..acts.identity import GENERIC, Same, cannot_bear, of_different_sorts, same
from ..acts.mixed import mixed
from ..acts.parties import Party
from ..acts.turned import Turn, turns
from ..acts.verbatim import verbatim
from ..document import Document, Sentence
from ..grammar.matching import neighbours
from ..grammar.predicates import read
from ..verdict import Finding
from . import Place, Subject, finding

VERSION = "1"

#: Places that may hold a party to the act; the parts of two-sided acts do, but for things.
_PLACES = frozenset("doer done to from against".split())
_THINGS = frozenset("thing prize".split())
#: Places that cross only with one another's party on the other side: "sent off for a foul on".
_LOOSE = frozenset("on with for over about".split())


_AGAINST = frozenset("while whereas but although though".split())
#: So many words round two acts in common make them one.
_ENOUGH_AROUND = 2


class _Fault(NamedTuple):
    """What is wrong: the party of the claim, and who stands in its place in the evidence."""

    kind: str
    claimed: Party
    found: Party | None
    weight: int


class _Told(NamedTuple):
    """An act of the evidence and the sentence that tells of it."""

    sentence: Sentence
    act: Act


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each act whose parts the claim gives to others than the evidence does."""
    told = [_Told(sentence, act) for sentence in evidence for act in acts(sentence.text)]
    for act in acts(subject.text):
        yield from _act(subject, act, told, evidence, document)
    for turn in (
        *crossings(subject.text, evidence, document),
        *turns(subject.text, evidence),
        *mixed(subject.text, evidence, document),
        *verbatim(subject.text, evidence, document),
    ):
        yield _turned(subject, document, turn)


def _act(
    subject: Subject, act: Act, told: Sequence[_Told], evidence: Sequence[Sentence], document: Document
) -> Iterator[Finding]:
    found: list[tuple[_Fault, _Told]] = []
    for other in told:
        for mine, theirs, known in pairs(act, other.act):
            if _agree(mine, theirs, document):
                return
            around = neighbours(read(subject.text), act.at) & neighbours(read(other.sentence.text), other.act.at)
            fault = _exchanged(act, other.act, mine, theirs, document, around, known=known)
            if known or not _only_set(act, other.act, theirs):
                fault = fault or _owner(mine, theirs, document, around)
            fault = fault or _wrong(act, mine, other, theirs, evidence, document, around)
            if fault:
                found.append((fault, other))
    if found:
        fault, other = max(found, key=lambda pair: pair[0].weight)
        yield _finding(subject, fault, other, document)


def _level(ones: Iterable[Party], others: Sequence[Party], document: Document) -> Same:
    """Return how surely one of some parties is one of others; UNSURE where a pronoun could be either."""
    return max((same(one, other, document) for one in ones for other in others), default=Same.NO)


def _agree(mine: Parts, theirs: Parts, document: Document) -> bool:
    """Tell whether everybody whom the claim names stands where the evidence has them, or may."""
    levels = [_level(mine[p], theirs[p], document) for p in mine.keys() & theirs.keys() - _THINGS - _LOOSE]
    return len(levels) > 1 and min(levels) >= Same.NEAR


def _exchanged(
    act: Act, other: Act, mine: Parts, theirs: Parts, document: Document, around: frozenset[str], *, known: bool
) -> _Fault | None:
    """Return the fault when a party of the claim stands in another's place in the evidence."""
    for part, place in ((p, q) for p in mine for q in theirs if p != q):
        if not {part, place} & _sides(mine, theirs, known=known):
            continue
        crossing = (p for p in mine[part] for o in theirs[place] if same(p, o, document) is Same.YES)
        one = next(crossing, None)
        if one is None or _level((one,), theirs.get(part, ()), document) >= Same.NEAR:
            continue
        if _level((one,), mine.get(place, ()), document) >= Same.NEAR:
            continue
        if not known and _only_set(act, other, theirs):
            continue
        instead = next(iter(theirs.get(part, ())), None)
        back = _level(mine.get(place, ()), theirs.get(part, ()), document)
        if back is Same.YES or (back is Same.NEAR and {part, place} <= _sides(mine, theirs, known=known)):
            return _Fault("exchanged", one, instead, 3)
        unnamed = not mine.get(place) or not theirs.get(part)
        leading = {part, place} == {"doer", "done"} or (known and {part, place} <= _sides(mine, theirs, known=True))
        thing = any(_level(mine[p], theirs[p], document) >= Same.NEAR for p in _THINGS & mine.keys() & theirs.keys())
        told = known and (not act.verb or len(around) > _ENOUGH_AROUND)
        passive = act.passive and "doer" not in act.parts and (known or len(theirs) > 1)
        opposite = thing or mine.get(place) or told or passive
        named = (
            thing or theirs.get(part) or (other.passive and "doer" not in other.parts) or (known and len(around) > 1)
        )
        apart = any(_level(mine[p], theirs[p], document) is Same.NO for p in _THINGS & mine.keys() & theirs.keys())
        close = thing or len(around) > 1 or (not apart and (around or act.word == other.word))
        if leading and close and (back is Same.UNSURE or unnamed) and opposite and named:
            return _Fault("exchanged", one, instead, 2)
    return None


def _only_set(act: Act, other: Act, theirs: Parts) -> bool:
    """Tell whether a passive without a doer may be what a verb without an object says: "a satire set in Lagos"."""
    return act.passive and "doer" not in act.parts and not other.passive and "done" not in theirs


def _sides(mine: Parts, theirs: Parts, *, known: bool) -> frozenset[str]:
    """Return the parts that people and bodies take."""
    return frozenset({*mine, *theirs} - _THINGS) if known else _PLACES


def _owner(mine: Parts, theirs: Parts, document: Document, around: frozenset[str]) -> _Fault | None:
    """Return the fault when what one does to the other's is done by the other: "rejected the council's motion"."""
    if len(around) < _ENOUGH_AROUND:
        return None
    for part, place in (("whose", "doer"), ("doer", "whose")):
        for one in mine.get(part, ()):
            there = theirs.get(place, ())
            apart = _level((one,), mine.get(place, ()), document) < Same.NEAR
            unheld = _level((one,), theirs.get(part, ()), document) is Same.NO
            if apart and unheld and _level((one,), there, document) is Same.YES:
                return _Fault("exchanged", one, next(iter(theirs.get(part, ())), None), 2)
    return None


def _wrong(
    act: Act,
    mine: Parts,
    told: _Told,
    theirs: Parts,
    evidence: Sequence[Sentence],
    document: Document,
    around: frozenset[str],
) -> _Fault | None:
    """Return the fault when the evidence names another doer of the same act, or another to whom it is done."""
    for part in mine.keys() & theirs.keys() - _THINGS - _LOOSE:
        if not act.kinds and part not in {"doer", "done"}:
            continue
        rest = mine.keys() & theirs.keys() - {part}
        shared = [p for p in rest if _level(mine[p], theirs[p], document) >= Same.NEAR]
        unsure = [p for p in rest if _level(mine[p], theirs[p], document) is Same.UNSURE]
        if not (shared or (unsure and around) or (len(around) > _ENOUGH_AROUND and not rest)):
            continue
        one, other = mine[part][0], theirs[part][0]
        named = one.name and other.name and shared
        if mine[part] != act.parts.get("doer") and not (act.kinds and (one.name or other.name)) and not named:
            continue
        elsewhere = [p for place, those in theirs.items() if place != part for p in those]
        if _level((one,), elsewhere, document) >= Same.NEAR or not stands_in(one, evidence):
            continue  # "the storm sank two boats", "two boats sank"
        if all(_differ(x, z, told.sentence, evidence, document) for x in mine[part] for z in theirs[part]):
            kind = "crossed" if _does(one, evidence, document) else "wrong_agent"
            return _Fault("wrong_patient" if part == "done" else kind, one, other, 1)
    return None


def _differ(one: Party, other: Party, sentence: Sentence, evidence: Sequence[Sentence], document: Document) -> bool:
    """Tell whether two phrases surely mean two parties, the other of them in `sentence`."""
    if one.pronoun or other.pronoun or one.head == other.head:
        return False
    relation = same(one, other, document)
    if relation >= Same.NEAR:
        return False
    if (one.name and other.name) or of_different_sorts(one, other):
        return relation is Same.NO or not (one.name and other.name)
    if _both_act(one, other, sentence, document):
        return True
    if one.name or other.name:
        plain, named = (other, one) if one.name else (one, other)
        return cannot_bear(plain, named, document) and not (one.plural and not one.name)  # officials speak through one
    if {one.head, other.head} & GENERIC:
        apart = bool(one.around and other.around) and not one.around & other.around
        return apart and any(one.text.lower() in s.text.lower() for s in evidence)
    return _does(one, evidence, document)


def _both_act(one: Party, other: Party, sentence: Sentence, document: Document) -> bool:
    """Tell whether one sentence has both do things, as two: "the nurses agreed, while Medicor refused"."""
    doers = [p for act in acts(sentence.text) for p in act.parts.get("doer", ())]
    mine = [p for p in doers if p.start != other.start and same(one, p, document) is Same.YES]
    return any(_contrasted(sentence.text[min(p.end, other.end) : max(p.start, other.start)]) for p in mine)


def _contrasted(between: str) -> bool:
    """Tell whether what stands between two parties holds the one against the other, so that they are two."""
    said = read(between).tokens
    return any(t.low in _AGAINST or t.form == ";" for t in said)


def _does(one: Party, evidence: Sequence[Sentence], document: Document) -> bool:
    """Tell whether the evidence has a party do something else."""
    return any(
        same(one, doer, document) is Same.YES
        for s in evidence
        for act in acts(s.text)
        for doer in act.parts.get("doer", ())
    )


def _finding(subject: Subject, fault: _Fault, told: _Told, document: Document) -> Finding:
    claimed = subject.text[fault.claimed.start : fault.claimed.end]
    verb = read(told.sentence.text).tokens[told.act.at]
    other = fault.found
    start, end = (other.start, other.end) if other and not other.pronoun else (verb.start, verb.end)
    place = Place(told.sentence, start, end)
    named = place.text
    if fault.kind == "exchanged":
        message = f"The source has it the other way round at “{verb.form}”: “{claimed}” stands in another's place."
    elif fault.kind == "wrong_patient":
        message = f"In the source this concerns “{named}”; the claim says “{claimed}”."
    else:
        message = f"The source says this of “{named}”; the claim says it of “{claimed}”."
    return finding(
        subject,
        document,
        "roles",
        fault.kind,
        message,
        claim=(fault.claimed.start, fault.claimed.end),
        place=place,
    )


def _turned(subject: Subject, document: Document, turn: Turn) -> Finding:
    return finding(
        subject,
        document,
        "roles",
        turn.kind,
        turn.message,
        claim=(turn.start, turn.end),
        place=Place(turn.sentence, turn.place_start, turn.place_end),
    )
