"""The ladders that have words of their own: from talks to a treaty in force, from suspicion to sentence.

A rung holds words that stand for one stage; a word on a higher rung says more than one below it. `commitments` reads
how far any act has come from the words that it stands under; these are the acts that are stages themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..grammar.tagging import Tag
from .commitments import finite, level
from .counterparts import counterparts
from .denials import denied
from .frames import Frames, frames
from .stance import Level

Ladder = tuple[frozenset[str], ...]


def _ladder(*rungs: str) -> Ladder:
    return tuple(frozenset(rung.split()) for rung in rungs)


#: Lowest rung first.
LADDERS: tuple[Ladder, ...] = (
    _ladder(
        "explore consider discuss negotiate negotiation discussion talk talks consultation",
        "agree agreement accord",
        "sign signing signature initial conclude",
        "ratify ratification",
        "implement implementation enforce",
    ),
    _ladder(
        "suspect suspected suspicion investigate investigation accuse allege alleged allegation question probe",
        "arrest detain arrested",
        "charge indict indictment prosecute charged",
        "try trial",
        "convict conviction guilty convicted",
    ),
    _ladder(
        "nominate nomination nominee candidate shortlist candidacy", "elect election appoint appointment inaugurate"
    ),
    _ladder(
        "link associate association correlate correlation connection linked associated",
        "cause trigger prevent cure",
    ),
    _ladder("suggest suggestion think believe expect", "show demonstrate", "prove establish proof proven"),
    _ladder("test trial study testing", "submit apply application", "approve authorise authorize license approval"),
    _ladder("try attempt seek effort", "succeed manage"),
    _ladder("propose draft table proposal proposed", "pass enact adopt approve", "implement enforce"),
)
_LADDERED = frozenset().union(*(words for ladder in LADDERS for words in ladder))


class Step(NamedTuple):
    """A word `at` of a claim that goes further than word `there` of a sentence, counted among the evidence."""

    at: int
    sentence: int
    there: int


def climb(claim: str, evidence: Sequence[str]) -> Step | None:
    """Return where a word of the claim stands higher on a ladder than any in the evidence, if it does.

    >>> climb("They signed a pact on fish.", ["They agreed on a pact on fish."])
    Step(at=1, sentence=0, there=1)
    """
    one = frames(claim)
    acts = [
        i
        for i in one.content
        if (one.words[i] in _LADDERED or one.reading.tokens[i].low in _LADDERED)
        and (finite(one, i) or one.reading.tokens[i].tag is Tag.ADJECTIVE)
        and denied(one, i) == 0
        and level(one, i) is Level.DONE
    ]
    for at in acts:
        for ladder in LADDERS:
            own = rung(ladder, one, at)
            below = _below(claim, at, ladder, evidence) if own else None
            if below is not None and own is not None and below[0] < own:
                return Step(at, *below[1:])
    return None


def _below(claim: str, at: int, ladder: Ladder, evidence: Sequence[str]) -> tuple[int, int, int] | None:
    """Return the highest rung that the evidence reaches about what the claim speaks of, and where."""
    one = frames(claim)
    near = [i for i in one.content if i != at and one.clauses[i] == one.clauses[at]]
    best = None
    for number, text in enumerate(evidence):
        other, pairs = frames(text), counterparts(claim, text)
        shared = sum(any(not c.opposite for c in pairs.get(i, ())) for i in near)
        for there in other.content:
            theirs = rung(ladder, other, there)
            if theirs is None or denied(other, there) == 1:
                continue
            if best is None or theirs > best[0]:
                enough = shared >= 2 or (shared and 2 * shared >= len(near))
                best = (theirs, number, there) if enough or (best is None and theirs) else best
    return best


def rung(ladder: Sequence[frozenset[str]], sentence: Frames, at: int) -> int | None:
    """Return the rung of a word on a ladder, that of the lowest word of the ladder over it; None for other words.

    >>> from briefing.stances.frames import frames
    >>> sentence = frames("They agreed to begin negotiations on a pact.")
    >>> rung(LADDERS[0], sentence, 1)
    0
    """
    own = _on(ladder, sentence, at)
    if own is None:
        return None
    reached = level(sentence, at)
    if reached is not None and reached < Level.DONE and at in sentence.verbs and own > 0:
        return 0 if _framed(sentence, at, reached) else own
    if sentence.words[at] == "agree":
        below = [_on(ladder, sentence, i) for i in range(at + 1, min(at + 6, len(sentence.words)))]
        if any(lower == 0 for lower in below):
            return 0
    return own


def _framed(sentence: Frames, at: int, reached: Level) -> bool:
    return reached < Level.DONE and sentence.reading.tokens[at].tag is Tag.VERB


def _on(ladder: Sequence[frozenset[str]], sentence: Frames, at: int) -> int | None:
    word, low = sentence.words[at], sentence.reading.tokens[at].low
    return next((n for n, words in enumerate(ladder) if word in words or low in words), None)
