"""Commitment: nothing stands higher in the claim than in its evidence.

What is considered is not planned, what is planned is not done, what is alleged is not proved, and talks on a pact are
no pact. Each act of the claim is held against the same act in the evidence, or, where the evidence has another verb,
against what the act is done to: "signed a pact" against "negotiations on a pact". The highest level at which the
evidence speaks of it counts. A claim may say less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..document import Document, Sentence
from ..grammar.lexicon import kind
from ..grammar.tagging import Tag
from ..stances.claimed import TRIED, acts, bound, carried, counted, given, thing
from ..stances.commitments import alleged, announced, holds, level
from ..stances.counterparts import Counterpart, counterparts
from ..stances.denials import denied
from ..stances.frames import Frames, frames
from ..stances.ladders import climb
from ..stances.stance import ACHIEVES, ALLEGES, ESTABLISHES, LEVELS, PERFORMED, Level
from ..stances.undone import undone
from ..stances.wording import framing, phrase, stated_by
from ..verdict import Finding
from . import Place, Subject, finding

VERSION = "2"

#: How much of a clause must stand round the counterpart, how far below the best counts; for a name; where sure.
_LEAST_FIT, _NEARLY, _NAMED_FIT, _SURE_FIT = 0.25, 0.25, 0.12, 0.5
#: The level that a claim must reach to be above the evidence's.
_ABOVE = {
    Level.CONSIDERED: Level.PLANNED,
    Level.URGED: Level.PLANNED,
    Level.WISHED: Level.COMING,
    Level.PLANNED: Level.DECIDED,
    Level.COMING: Level.DONE,
    Level.DECIDED: Level.DONE,
}
#: Where a claim says that a thing is but considered, or planned, how far it must be for that to be wrong.
_AT_LEAST = {Level.CONSIDERED: Level.COMING, Level.PLANNED: Level.DONE}
_KINDS = {
    Level.CONSIDERED: "considered_as_decided",
    Level.URGED: "over_committed",
    Level.WISHED: "over_committed",
    Level.PLANNED: "planned_as_done",
    Level.COMING: "planned_as_done",
    Level.DECIDED: "over_committed",
}
_IN_WORDS = {
    Level.CONSIDERED: "only possible or under discussion",
    Level.URGED: "only asked for",
    Level.WISHED: "only wished for or proposed",
    Level.PLANNED: "planned",
    Level.COMING: "to come",
    Level.DECIDED: "decided or agreed",
    Level.DONE: "done",
}
#: What is approved as a plan is approved: "approved the extension", "approved plans to extend".
_APPROVES = frozenset("approve adopt pass accept endorse back reject".split())


class _Seen(NamedTuple):
    sentence: Sentence
    counterpart: Counterpart
    level: Level
    alleged: bool


class _Over(NamedTuple):
    at: int
    level: Level
    seen: _Seen


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for the act that the claim takes furthest beyond its evidence."""
    if subject.speaker is not None or any(subject.text == sentence.text for sentence in evidence):
        return
    found = list(_asserted(subject.text, evidence)) if subject.inference else []
    for seek in (_overs, _unders, _undone):
        found = found or list(seek(subject.text, evidence))
    if found:
        worst = max(found, key=lambda over: (over.level - over.seen.level, over.seen.counterpart.fit))
        yield _finding(subject, document, worst)
        return
    yield from _climbs(subject, evidence, document)


def _overs(claim: str, evidence: Sequence[Sentence]) -> Iterator[_Over]:
    one = frames(claim)
    for at in one.content:
        if not acts(one, at):
            continue
        sought = _sought(one, at)
        own = level(one, at if sought is None else sought, now=Level.COMING)
        if own is None or own < Level.PLANNED or denied(one, at) is None:
            continue
        own = Level.DONE if given(one, at) else min(own, bound(one, at))
        best = _highest(claim, at, evidence)
        if best is None or (denied(one, at) and not _open(best)):
            continue
        as_fact = best.alleged and own is Level.DONE and at in one.verbs and not _attributed(one, at)
        as_fact = as_fact and not counted(one, at)
        if as_fact or (
            _above(one.words[at], own, best.level)
            and (carried(one, at) or given(one, at) or best.level < Level.DECIDED)
        ):
            yield _Over(at, own, best)


def _highest(claim: str, at: int, evidence: Sequence[Sentence]) -> _Seen | None:
    """Return where the evidence speaks of a word of the claim at the highest level; None where it is not clear."""
    seen, one = [], frames(claim)
    for known in _seen(claim, at, evidence):
        if known is None:
            return None
        seen.append(known)
    best = max((found.counterpart.fit for found in seen), default=0.0)
    if best < (_NAMED_FIT if one.reading.tokens[at].tag is Tag.NAME else _LEAST_FIT):
        return None
    close = [found for found in seen if found.counterpart.fit >= best - _NEARLY]
    return max(close, key=lambda found: (found.level, not found.alleged, found.counterpart.fit))


def _seen(claim: str, at: int, evidence: Sequence[Sentence]) -> Iterator[_Seen | None]:
    """Yield where the evidence speaks of a word of the claim, None where that does not tell."""
    one = frames(claim)
    for sentence in evidence:
        other = frames(sentence.text)
        places = counterparts(claim, sentence.text).get(at, ())
        for found in places:
            if not _answers(one, at, other, found) or (holds(one, at) and one.words[at] != other.words[found.at]):
                continue
            if other.words[found.at] != one.words[at] and any(
                found.at in other.chain(c.at) for c in places if c.fit >= found.fit
            ):
                continue  # "urged her to *call*": that is the call, and not the urging
            if not _approved(one, at, other, found.at):
                sought = None if _sought(one, at) is None else _asked(other, found.at)
                theirs = level(other, found.at if sought is None else sought)
                if theirs is Level.COMING and announced(other, found.at):
                    theirs = Level.DECIDED
                yield None if theirs is None else _Seen(sentence, found, theirs, alleged(other, found.at))


def _answers(one: Frames, at: int, other: Frames, found: Counterpart) -> bool:
    """Tell whether a counterpart speaks of the same act: not of its opposite, of its denial, of who does it."""
    ours, theirs = one.reading.tokens[at], other.reading.tokens[found.at]
    if found.opposite or found.loose or denied(other, found.at) == 1:
        return False
    if theirs.tag is Tag.NOUN and "person" in kind(theirs.low):
        return False
    misread = theirs.tag is Tag.NOUN and ours.low == theirs.low and at in one.verbs and not one.verbs[at].group
    return not misread  # "rules" is the noun on one side, and was taken for the verb on the other


def _sought(one: Frames, at: int) -> int | None:
    """Return the verb where a thing is sought, which is an act of its own: "will *seek* a review"."""
    over = one.governors[at]
    return (
        over if over is not None and at not in one.verbs and over in one.verbs and one.words[over] == "seek" else None
    )


def _asked(other: Frames, at: int) -> int | None:
    """Return the word by which the evidence asks for a thing: "*demanded* that it be limited"."""
    found = _sought(other, at)
    asking = {Level.URGED, Level.WISHED}
    return (
        found if found is not None else next((i for i in other.chain(at) if LEVELS.get(other.words[i]) in asking), None)
    )


def _open(seen: _Seen) -> bool:
    """Tell whether the evidence leaves open whether something is so: "has not said *whether* it will sign"."""
    return seen.level is Level.CONSIDERED and denied(frames(seen.sentence.text), seen.counterpart.at) is None


def _approved(one: Frames, at: int, other: Frames, there: int) -> bool:
    """Tell whether what a claim calls approved is approved in the evidence, as a plan."""
    over = one.governors[at]
    if over is None or at in one.verbs or one.words[over] not in _APPROVES:
        return False
    return any(other.words[i] in _APPROVES and level(other, i) is Level.DONE for i in other.chain(there))


def _above(word: str, own: Level, theirs: Level) -> bool:
    if theirs is Level.DONE or (theirs is Level.DECIDED and word in PERFORMED):
        return False
    return own >= _ABOVE[theirs]


def _attributed(one: Frames, at: int) -> bool:
    verb = one.verbs[at]
    if alleged(one, at) or any(word in ALLEGES or word in TRIED for word in one.words):
        return True
    if verb.speaker is None:
        return False
    tokens = one.reading.tokens
    return verb.speaker >= len(tokens) or tokens[verb.speaker].lemma not in ESTABLISHES


def _asserted(claim: str, evidence: Sequence[Sentence]) -> Iterator[_Over]:
    """Yield what an inference asserts as an act where all that its premises say of the same things is talk or plan."""
    one = frames(claim)
    for at, verb in one.verbs.items():
        word = one.words[at]
        if word not in ACHIEVES or denied(one, at) != 0:
            continue
        own = level(one, at, now=Level.DONE)
        helpers = [one.reading.tokens[i].low for i in verb.group]
        if own is not Level.DONE or "to" in helpers:
            continue
        shared = list(_shared(claim, evidence))
        low = [seen for seen in shared if seen.level < Level.DONE]
        if low and 2 * len(low) > len(shared):
            yield _Over(at, own, min(low, key=lambda seen: seen.level))


def _shared(claim: str, evidence: Sequence[Sentence]) -> Iterator[_Seen]:
    """Yield where the evidence speaks of the things that the claim speaks of."""
    one = frames(claim)
    for sentence in evidence:
        other = frames(sentence.text)
        for at, places in counterparts(claim, sentence.text).items():
            if not thing(one, at):
                continue
            for found in places:
                reached = level(other, found.at)
                if reached is not None and not found.opposite and not found.loose and thing(other, found.at):
                    yield _Seen(sentence, found, reached, alleged=False)


def _climbs(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding where a word of the claim stands higher on a ladder of its own than any in the evidence."""
    if step := climb(subject.text, [sentence.text for sentence in evidence]):
        token = frames(subject.text).reading.tokens[step.at]
        sentence = evidence[step.sentence]
        other = frames(sentence.text)
        its = framing(other, step.there)
        theirs = other.reading.tokens[its]
        message = f"The source says “{phrase(other, its)}”; the claim says “{token.form}”, which goes further."
        own, place = (token.start, token.end), Place(sentence, theirs.start, theirs.end)
        yield finding(subject, document, "commitment", "over_committed", message, claim=own, place=place)


def _unders(claim: str, evidence: Sequence[Sentence]) -> Iterator[_Over]:
    """Yield what a claim says is only considered or planned, though the evidence has it further everywhere."""
    one = frames(claim)
    for at in one.verbs:
        over = one.governors[at]
        if over is None or over not in one.verbs or LEVELS.get(one.words[over]) not in _AT_LEAST or denied(one, over):
            continue
        said = one.reading.tokens
        if said[one.verbs[at].group[0] if one.verbs[at].group else at].tag is Tag.AUX and "that" not in {
            t.low for t in said[over:at]
        }:
            continue  # "*talks* would go on"
        own = level(one, at)
        if own is None or own is not LEVELS[one.words[over]]:
            continue
        seen = list(_seen(claim, at, evidence))
        if not seen or any(found is None for found in seen):
            continue
        known = [found for found in seen if found is not None]
        best = max(known, key=lambda found: found.counterpart.fit)
        verbal = best.counterpart.at in frames(best.sentence.text).verbs
        if verbal and best.counterpart.fit >= _SURE_FIT and min(found.level for found in known) >= _AT_LEAST[own]:
            yield _Over(at, own, best)


def _undone(claim: str, evidence: Sequence[Sentence]) -> Iterator[_Over]:
    """Yield what a claim has as done, in other words, though a sentence with all else of it has that to come."""
    if early := undone(claim, [sentence.text for sentence in evidence]):
        there = Counterpart(early.there, opposite=False, loose=False, fit=1.0, near=0)
        yield _Over(early.at, Level.DONE, _Seen(evidence[early.sentence], there, early.level, alleged=False))


def _finding(subject: Subject, document: Document, over: _Over) -> Finding:
    one, other = frames(subject.text), frames(over.seen.sentence.text)
    mine, its = stated_by(one, over.at), framing(other, over.seen.counterpart.at)
    token, there = one.reading.tokens[mine], other.reading.tokens[its]
    place = Place(over.seen.sentence, there.start, there.end)
    theirs, ours = phrase(other, its), phrase(one, mine)
    message = (
        f"The source says “{theirs}”, which is {_IN_WORDS[over.seen.level]}; "
        f"the claim says “{ours}”, which is {_IN_WORDS[over.level]}."
    )
    if over.level < over.seen.level:
        sort = "under_committed"
    elif over.seen.level is Level.DONE:
        sort = "alleged_as_fact"
        message = f"The source has it as an accusation or a suspicion (“{theirs}”); the claim says that it is so."
    else:
        sort = _KINDS[over.seen.level]
    return finding(subject, document, "commitment", sort, message, claim=(token.start, token.end), place=place)
