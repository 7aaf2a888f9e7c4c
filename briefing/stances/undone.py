"""A claim that is otherwise word for word its evidence, and has as done what that has as still to come.

"A vote in parliament took place in May" and "Parliament will vote in May": no verb of the evidence answers to "took
place", and yet all the rest does, and all that it says happens is to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..grammar.lexicon import is_past, participle
from ..grammar.tagging import Tag
from .commitments import finite, level
from .counterparts import Counterpart, counterparts
from .denials import denied
from .frames import Frames, frames
from .stance import ACHIEVES, LEVELS, PERFORMED, Level

#: The share of the claim's other content words that one sentence must hold, how many, and what another may hold.
_SHARE, _HITS, _ELSEWHERE = 0.6, 4, 0.4
_EMPTY = frozenset("be have do make take get go say tell add also now first time".split())
_SAYS = frozenset("say tell add state explain note announce report write think believe know show warn argue".split())
#: What they say of a thing is that it has been reached.
_REACHED = frozenset("complete finished over done concluded closed effective final underway".split())
_HELPERS = frozenset("has have had was were 've".split())

_COMES_ABOUT = ACHIEVES | frozenset("take return rise fall pay arrive become".split())
#: The same form is present and past.
_UNMARKED = frozenset("cost cut put set hit let shut spread hurt".split())
_LATER = frozenset("next tomorrow upcoming coming".split())
_PAST = frozenset("last ago yesterday since".split())
_PERIODS = frozenset("day week month year season spring summer autumn winter decade quarter tomorrow".split())


class Undone(NamedTuple):
    """A word `at` of a claim that has as done what word `there` of sentence `sentence` has at level `level`."""

    at: int
    sentence: int
    there: int
    level: Level


def undone(claim: str, evidence: Sequence[str]) -> Undone | None:
    """Return what a claim has as done though the sentence that holds nearly all its words has all of it to come.

    >>> claim = "A vote on the pensions bill of the Labour party took place in May."
    >>> undone(claim, ["Parliament will vote in May on the pensions bill of the Labour party."]).level.name
    'COMING'
    """
    one = frames(claim)
    done = [i for i in one.verbs if _happened(one, i)]
    if not done or _tentative(one, done):
        return None
    others = [i for i in one.content if i not in done and not _light(one, i)]
    shares = [_share(one, others, counterparts(claim, text), text) for text in evidence]
    if not shares or max(shares) < _SHARE or max(shares) * len(others) < _HITS:
        return None
    number = shares.index(max(shares))
    if any(_facts(claim, text) for text, share in zip(evidence, shares, strict=True) if share >= _ELSEWHERE):
        return None
    text, pairs = evidence[number], counterparts(claim, evidence[number])
    if any(_counts(one, i) and i not in pairs and not _printed(one, i, text) for i in others):
        return None
    there = _to_come(frames(text))
    free = [at for at in done if not _answered(pairs.get(at, ()), frames(text))]
    if any(token.low in _PAST for token in frames(text).reading.tokens):
        return None
    if there is None or not free or len(free) < len(done):
        return None
    return Undone(free[0], number, there, _reached(frames(text), there))


def _tentative(one: Frames, done: Sequence[int]) -> bool:
    """Tell whether a claim itself has something as to come."""
    if any(token.low == "already" for token in one.reading.tokens):
        return False
    return any(
        i not in done and ((level(one, i) or Level.DONE) < Level.DECIDED or one.words[i] in LEVELS) and _moody(one, i)
        for i in one.verbs
    )


def _moody(one: Frames, at: int) -> bool:
    return bool(one.verbs[at].group) or one.words[at] in LEVELS


def _counts(one: Frames, at: int) -> bool:
    token = one.reading.tokens[at]
    return token.tag is Tag.NUMBER and "." not in token.low


def _printed(one: Frames, at: int, text: str) -> bool:
    """Tell whether a sentence has a figure of the claim, with another sign: "3%", "3 percent"."""
    token = one.reading.tokens[at]
    return token.tag is Tag.NUMBER and token.low.strip("%$€£") in text


def _light(one: Frames, at: int) -> bool:
    token = one.reading.tokens[at]
    return token.tag is Tag.ADVERB or one.words[at] in _EMPTY or token.low in _REACHED


def _share(one: Frames, others: Sequence[int], pairs: Mapping[int, Sequence[Counterpart]], text: str) -> float:
    held = sum(any(not c.opposite for c in pairs.get(i, ())) or _printed(one, i, text) for i in others)
    return held / max(1, len(others))


def _happened(one: Frames, at: int) -> bool:
    """Tell whether a verb of the claim says that something has happened: "took place", "has opened", "is over"."""
    said, verb = one.reading.tokens, one.verbs[at]
    if not finite(one, at) or denied(one, at) != 0 or one.words[at] in _SAYS or level(one, at) is not Level.DONE:
        return False
    if one.words[at] in PERFORMED:
        return False
    helpers = {said[i].low for i in verb.group}
    after = said[at + 1].low if at + 1 < len(said) else ""
    if said[at].low in {"is", "are"}:
        return after in _REACHED
    if one.words[at] in LEVELS or one.words[at] in {"be", "have"}:
        return after == "already" or "already" in helpers
    return bool(helpers & _HELPERS) or (
        not helpers and one.words[at] in _COMES_ABOUT and is_past(said[at].low) and _own(one, at)
    )


def _own(one: Frames, at: int) -> bool:
    """Tell whether a form in -ed is the verb of a clause, and not a participle: "the pact *signed* in May"."""
    return not participle(one.reading.tokens[at].low) or bool(one.verbs[at].agents)


def _answered(found: Sequence[Counterpart], other: Frames) -> bool:
    """Tell whether the evidence has the act itself at the highest level."""
    return any(not c.opposite and level(other, c.at) in {Level.DONE, None} for c in found)


def _facts(claim: str, text: str) -> bool:
    """Tell whether a sentence says that something happened which is not in the claim by the same word."""
    other, pairs = frames(text), counterparts(claim, text)
    taken = {c.at for found in pairs.values() for c in found}
    return any(
        i not in taken
        and other.words[i] not in _SAYS | _EMPTY
        and other.words[i] not in LEVELS
        and denied(other, i) != 1
        and level(other, i) is Level.DONE
        and (is_past(other.reading.tokens[i].low) or other.verbs[i].group or other.words[i] in _UNMARKED)
        and not _present(other, i)
        for i in other.verbs
    )


def _present(other: Frames, at: int) -> bool:
    helpers = {other.reading.tokens[i].low for i in other.verbs[at].group}
    return bool(helpers & {"is", "are"})


def _to_come(other: Frames) -> int | None:
    """Return the word by which a sentence has a thing as to come: "*will* vote", "*plans* to", "next week"."""
    said = other.reading.tokens
    for i in other.verbs:
        if denied(other, i) == 1:
            continue
        reached = level(other, i)
        if reached is not None and Level.WISHED <= reached < Level.DECIDED:
            return i
        if other.words[i] in LEVELS and Level.WISHED <= LEVELS[other.words[i]] < Level.DECIDED and finite(other, i):
            return i
    return next((i for i in other.verbs if _later(other, i) and said[i].low != "said"), None)


def _later(other: Frames, at: int) -> bool:
    said = other.reading.tokens
    present = not is_past(said[at].low) and not other.verbs[at].group
    return present and any(a.low in _LATER and b.low in _PERIODS for a, b in pairwise(said))


def _reached(other: Frames, at: int) -> Level:
    found = level(other, at)
    own = LEVELS.get(other.words[at], Level.COMING)
    return own if found is None or found is Level.DONE else found
