"""Polarity: what the evidence denies is not asserted, what it asserts is not denied, and no direction is turned.

Each verb, noun and adjective of the claim is held against the word of the evidence that it answers to. Whether a word
is denied is counted down the chain of words that it stands under, so that "failed to sign", "refused to sign" and "did
not sign" are one, and "did not rule out" is no denial. An opposite word counts as one denial more: "was not open" says
what "was closed" says. Where the evidence has the word both ways, the place that shares most with the claim decides,
and where that is not clear nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..document import Document, Sentence
from ..grammar.lexicon import kind
from ..grammar.tagging import Tag
from ..stances.counterparts import Counterpart, counterparts
from ..stances.denials import denied, refused
from ..stances.frames import Frames, frames
from ..stances.likeness import apart, unlike
from ..stances.stance import POLES, SHADES, STATES
from ..stances.verbatim import denial_added
from ..verdict import Finding
from . import Place, Subject, finding

VERSION = "1"

#: How much of the claim's clause must stand round the counterpart, and how much more than round one that agrees.
_LEAST_FIT, _LEAD = 0.4, 0.12
#: How much more, where the evidence has the word itself elsewhere and only its opposite here.
_AGAINST = 0.35
#: So much of a clause is said of the same event, whatever other sentences deny.
_SAME_FIT = 0.8
_DENIES = frozenset("not n't no never nothing nobody none neither".split())
#: The same for a thing of which the evidence only says that there is none: "but no passwords".
_BARE_FIT = 0.1
#: Words whose denial denies nothing that a claim says.
_PASSED_OVER = frozenset(
    """be have do make take get say tell think believe know go come want allegation allege claim
    accusation question""".split()
)

#: People, bodies, places and times are there in any case: what is denied is what is said of them.
_STANDING = frozenset("person group location time quantity".split())
_POLAR = frozenset(word for pole in POLES for side in pole for word in side.split())
#: "Is not fully known" denies "is fully known".
_WHOLLY = frozenset("fully entirely completely quite always wholly totally".split())
_WH = frozenset("what why how when where who which whether".split())
#: So many words after an act its limit is looked for first: "did not open before May".
_NEXT = 12
#: "Did not open before May" and "until May" set one limit.
_SAME_LIMIT = {"till": "until", "before": "until"}
_UP_TO = frozenset("until till before unless without".split())


class _Clash(NamedTuple):
    at: int
    sentence: Sentence
    counterpart: Counterpart
    denied: bool


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for the word of the claim that says the opposite of its evidence, the surest one only."""
    if subject.speaker is not None or any(subject.text == sentence.text for sentence in evidence):
        return
    clashes = list(_clashes(subject.text, evidence))
    if clashes:
        verbs = frames(subject.text).verbs
        yield _finding(subject, document, max(clashes, key=lambda c: c.counterpart.fit + _LEAD * (c.at in verbs)))
    elif added := denial_added(subject.text, [sentence.text for sentence in evidence]):
        found = Counterpart(added.there, opposite=False, loose=False, fit=1.0, near=0)
        yield _finding(subject, document, _Clash(added.at, evidence[added.sentence], found, denied=True))


def _clashes(claim: str, evidence: Sequence[Sentence]) -> Iterator[_Clash]:
    one = frames(claim)
    for at in one.content:
        own = denied(one, at) if _tells(one, at) else None
        if own is None:
            continue
        agree, clash = 0.0, None
        for sentence in evidence:
            other = frames(sentence.text)
            for found in counterparts(claim, sentence.text).get(at, ()):
                theirs = denied(other, found.at)
                if theirs is None and not own and _wholly(one, at) == 1 and _wholly(other, found.at) == -1:
                    theirs = 1
                if theirs is not None and _taken(claim, sentence, at, found):
                    continue
                if theirs is None or not (own + theirs + found.opposite) % 2:
                    agree = max(agree, found.fit)
                elif (not clash or _weight(found) > _weight(clash.counterpart)) and not (
                    _delayed(one, at, other, found.at)
                    or _other_event(claim, sentence.text, at, found)
                    or unlike(claim, sentence.text, at, found)
                    or (own != theirs and not found.opposite and apart(one, at, other, found.at))
                ):
                    clash = _Clash(at, sentence, found, bool(own))
        if clash and _sure(one, clash, agree, evidence):
            yield clash


def _wholly(sentence: Frames, at: int) -> int:
    """Return 1 where something is fully so, -1 where it is not fully so, else 0."""
    said = sentence.reading.tokens
    found = next((i for i in range(max(0, at - 2), at) if said[i].low in _WHOLLY), None)
    return 0 if not found else -1 if said[found - 1].low in _DENIES else 1


def _weight(found: Counterpart) -> float:
    """Return how likely a counterpart is meant: the word itself rather than its opposite ("*failed* to *qualify*")."""
    return found.fit - _LEAD * found.opposite


def _tells(sentence: Frames, at: int) -> bool:
    """Tell whether a word can be so or not so: a verb, an adjective, a thing that is or is not there."""
    token = sentence.reading.tokens[at]
    if token.tag in {Tag.NAME, Tag.NUMBER, Tag.ADVERB, Tag.PRONOUN}:
        return False
    if sentence.words[at] in _PASSED_OVER:
        verb = sentence.verbs.get(at)
        if verb is not None and sentence.words[at] in {"take", "make"} and verb.patients:
            return verb.negator is not None
        return verb is not None and (verb.passive or _asks(sentence, at)) and sentence.words[at] not in {"be", "have"}
    return token.tag is not Tag.NOUN or token.low in _POLAR or not kind(token.low) & _STANDING


def _asks(sentence: Frames, at: int) -> bool:
    """Tell whether what is said or known is an answer: "has not said *what* he will do"."""
    return any(t.low in _WH for t in sentence.reading.tokens[at + 1 : at + 2])


def _taken(claim: str, sentence: Sentence, at: int, found: Counterpart) -> bool:
    """Tell whether the opposite word that was found is in the claim itself, for something else."""
    if not found.opposite:
        return False
    theirs, ours = frames(sentence.text).words[found.at], frames(claim)
    return any(
        one.at == found.at
        and not one.opposite
        and (ours.words[i] == theirs or (i in ours.verbs and one.fit >= found.fit))
        for i, others in counterparts(claim, sentence.text).items()
        if i != at
        for one in others
    )


def _sure(one: Frames, clash: _Clash, agree: float, evidence: Sequence[Sentence]) -> bool:
    """Tell whether the place is the one that the claim speaks of, and no other denial makes up for the difference."""
    found = clash.counterpart
    other = frames(clash.sentence.text)
    least = _LEAST_FIT
    if found.opposite:
        if found.near < 1:
            return False
    else:
        mine = [word for word in _shades(one) if word != "despite"]
        if clash.denied and not found.near:
            return False
        told = [clash.sentence] if found.fit >= _SAME_FIT and one.words[clash.at] == other.words[found.at] else evidence
        if clash.denied and len(mine) <= sum(len(_shades(frames(s.text))) for s in told):
            return False
        if not clash.denied and clash.at not in one.verbs and not _DENIES.isdisjoint(mine):
            return False  # "nothing suggests" may deny it by another word
        elsewhere = {word for s in evidence if s != clash.sentence for word in _shades(frames(s.text))}
        if not clash.denied and len(_shades(other)) <= sum(word not in elsewhere for word in mine):
            return False
        if one.words[clash.at] == other.words[found.at] and not agree and not mine:
            least = _BARE_FIT if refused(other, found.at) else _LEAST_FIT / 2
    lead = _AGAINST if found.opposite else _LEAD
    return found.fit >= least and found.fit > agree + lead * (agree > 0)


def _shades(sentence: Frames) -> list[str]:
    """Return the words of a sentence that have a denial in them."""
    pairs = zip(sentence.words, sentence.reading.tokens, strict=True)
    return [
        token.low
        for i, (word, token) in enumerate(pairs)
        if (word in SHADES or token.low in SHADES or (token.low in STATES and refused(sentence, i)))
        and not (word == "clear" and sentence.words[i - 1] == "make")
    ]


def _delayed(one: Frames, at: int, other: Frames, there: int) -> bool:
    """Tell whether a denial may hold only up to a time that one side alone names: "did not open *until* May"."""
    if _limited(one, at) != _limited(other, there):
        return True
    return all(_limits(one, at, far) != _limits(other, there, far) for far in (_NEXT, None))


def _limited(sentence: Frames, at: int) -> bool:
    """Tell whether a word says itself up to when something holds: "until the line is *repaired*"."""
    clause = [i for i in range(max(0, at - 8), at) if sentence.clauses[i] == sentence.clauses[at]]
    return any(sentence.reading.tokens[i].low in _UP_TO - {"without"} for i in clause)


def _other_event(claim: str, sentence: str, at: int, found: Counterpart) -> bool:
    """Tell whether an opposite verb is said of something else, of which the claim has words as well."""
    ours, theirs = frames(claim).verbs.get(at), frames(sentence).verbs.get(found.at)
    if not found.opposite or ours is None or theirs is None:
        return False
    pairs, other = counterparts(claim, sentence), frames(sentence)
    both = {*theirs.agents, *theirs.patients}
    both |= {i for word, i in theirs.others if word == "for" and theirs.patients}  # "blocked a bid *for Olsen*"
    said = other.reading.tokens
    both |= {i + 2 for i in both if any(t.form == "(" for t in said[i + 1 : i + 2])}  # "the Authority (*CA*)"
    for mine, its in ((ours.patients, theirs.patients), (ours.agents, theirs.agents)):
        same = {c.at for i in mine[:1] for c in pairs.get(i, ()) if not c.opposite}
        if same.isdisjoint(both) and same and its and said[its[0]].tag is Tag.NOUN:
            return True
    return False


def _limits(sentence: Frames, at: int, far: int | None) -> frozenset[str]:
    said = sentence.reading.tokens[at + 1 : far and at + 1 + far]
    return frozenset(
        _SAME_LIMIT.get(t.low, t.low)
        for t, after in pairwise(said)
        if t.low in _UP_TO and (t.low != "without" or after.low.endswith("ing"))
    )


def _finding(subject: Subject, document: Document, clash: _Clash) -> Finding:
    token = frames(subject.text).reading.tokens[clash.at]
    there = frames(clash.sentence.text).reading.tokens[clash.counterpart.at]
    place = Place(clash.sentence, there.start, there.end)
    sort = "opposite" if clash.counterpart.opposite else "negation_added" if clash.denied else "negation_lost"
    if sort == "opposite":
        message = f"The source says “{there.form}” where the claim says “{token.form}”, which is the opposite."
    elif sort == "negation_added":
        message = f"The claim denies what the source says: “{there.form}” is not denied there."
    else:
        message = f"The source denies it (“{there.form}”), and the claim says that it is so (“{token.form}”)."
    return finding(subject, document, "polarity", sort, message, claim=(token.start, token.end), place=place)
