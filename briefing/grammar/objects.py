"""What follows a verb: its object, what its prepositions bring, and who does it after "by"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .chains import BREAKS, EVENT_AFTER, OPENS_CLAUSE, Clause, ending, opens_clause, starting
from .phrases import IN_PHRASE
from .tagging import Tag, Token

_NAMING = frozenset("elect appoint name declare crown make call choose".split())
_PARTICLES = frozenset("up down out off away back over in on through forward ahead aside".split())
_SUBORDINATE = frozenset("while whereas although though because if unless whether".split())


class Complements(NamedTuple):
    """What follows a verb: its object, and the heads after its prepositions."""

    direct: tuple[int, ...]
    others: tuple[tuple[str, int], ...]


def complements(clause: Clause, at: int) -> Complements:
    """Return the direct object after a verb, and the heads after the prepositions that follow."""
    said, i = clause.said, _after_particles(clause.said, at)
    direct: tuple[int, ...] = ()
    end, others = i, list[tuple[str, int]]()
    phrase = clause.holding.get(i)
    if phrase and not phrase.time:
        after_chain = min(clause.chain_end(i), len(said) - 1)
        clausal = said[after_chain].tag is Tag.AUX or said[at].lemma in OPENS_CLAUSE
        if clausal and opens_clause(clause, i):
            return Complements((), ())
        direct, end = starting(clause, i)
        if said[at].lemma in _NAMING and said[phrase.start].tag is Tag.NAME and said[phrase.head].tag is Tag.NOUN:
            named = [j for j in direct if said[j].tag is Tag.NAME]
            direct, others = (named[-1], *named[:-1]), [("", phrase.head)]  # "elected Maria Silva president"
        second = clause.starting(end)
        if second and not second.time and not (clausal and opens_clause(clause, end)):
            others.append(("", second.head))
    for j in range(i, min(len(said), i + 24)):
        token = said[j]
        if token.form in BREAKS or token.tag is Tag.RELATIVE or token.low in _SUBORDINATE | {"according"}:
            break
        if token.tag in {Tag.VERB, Tag.AUX} or (token.tag is Tag.CONJUNCTION and opens_clause(clause, j + 1)):
            break
        if token.tag is Tag.PREPOSITION and j + 1 < len(said) and token.low != "of":
            heads, _ = starting(clause, j + 1) if said[j + 1].tag in IN_PHRASE else starting(clause, j + 2)
            if heads and not (said[j + 1].tag not in IN_PHRASE and said[j + 1].tag is not Tag.ADVERB):
                others.append((token.low, heads[0]))
    return Complements(direct, tuple(others))


def _after_particles(said: Sequence[Token], at: int) -> int:
    i = at + 1
    while i < len(said) and (said[i].tag in {Tag.ADVERB, Tag.NOT} or said[i].low in _PARTICLES):
        if said[i].low in _PARTICLES and i + 1 < len(said) and said[i + 1].tag in IN_PHRASE and i > at + 1:
            break
        named = i + 1 < len(said) and said[i + 1].tag in {Tag.NAME, Tag.NUMBER}
        if said[i].tag is not Tag.ADVERB and (
            said[i].low in {"in", "on", "over", "through"} or (said[i].low in _PARTICLES and named)
        ):
            break
        i += 1
    return i


def doer(clause: Clause, others: Sequence[tuple[str, int]]) -> tuple[int, ...]:
    """Return the words of who does it after "by", unless that belongs to an event named before it."""
    for number, (preposition, head) in enumerate(others):
        if preposition != "by":
            continue
        token = clause.said[head]
        acts = token.tag is not Tag.NUMBER and not token.low.endswith("ing")
        phrase = clause.holding[head]
        earlier = others[number - 1] if number else ("", -1)
        own_event = earlier[0] in EVENT_AFTER and clause.holding[earlier[1]].end == phrase.start - 1
        if acts and not own_event and not phrase.time:
            return starting(clause, phrase.start)[0]
    return ()


def relative_object(clause: Clause, at: int, own: Sequence[int]) -> tuple[int, ...]:
    """Return what a verb without an object has before it: "the firm, which Acme bought"."""
    said = clause.said
    start = own[0] if own else at
    phrase = clause.ending(start - 1)
    if phrase is None or phrase.start < 2 or said[phrase.start - 1].low not in {"which", "whom", "who"}:
        return ()
    before = phrase.start - 2
    return ending(clause, before - 1 if said[before].form == "," else before)
