"""The acts that a sentence tells of, with who takes which part in them, whatever the words and their order.

"Harland bought the mill from Borel", "Borel sold the mill to Harland" and "the purchase of the mill by Harland" are
one act of one kind with the same parts. Verbs come from `predicates`, what has two sides from `converses`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..grammar.lexicon import Relation, related
from ..grammar.phrases import is_time
from ..grammar.predicates import Predicate, Reading, read
from ..grammar.tagging import Tag, Token
from ..remembered import remembered
from .converses import LIGHT, PHRASAL, SYMMETRIC, uses
from .parties import Party, parties

Parts = Mapping[str, tuple[Party, ...]]

#: The parts that people and bodies take: two of them can be exchanged.
_MEASURES = frozenset(
    "percent cent point euro dollar pound yen peso rupee yuan crown franc tonne ton mile metre".split()
)
_PARTICLES = frozenset("up down out off away back over in on for way charge evidence aside".split())


class Act(NamedTuple):
    """An act at token `at`: `word` is its verb or noun, `parts` who stands where beside it.

    `kinds` gives for each kind of two-sided act that it may be the parts by name; `transitive` tells whether
    somebody has it done to them; `sure` are the parties that are named and not guessed from a pronoun.
    """

    at: int
    word: str
    verb: bool
    passive: bool
    parts: Parts
    kinds: Mapping[str, Parts]


@remembered(1 << 11)
def acts(text: str) -> tuple[Act, ...]:
    """Return the acts of a sentence in order of their verbs, then those that nouns name.

    >>> act = acts("Borel sold the mill to Harland.")[0]
    >>> {part: [p.head for p in those] for part, those in act.kinds["sale"].items()}
    {'giver': ['borel'], 'thing': ['mill'], 'taker': ['harland']}
    """
    reading = read(text)
    return (*_verbs(reading), *_nouns(reading))


def _verbs(reading: Reading) -> Iterator[Act]:
    for predicate in reading.predicates:
        words = _words(reading.tokens, predicate)
        parts = {"doer": _resolved(reading, predicate, predicate.agents), "done": _of(reading, predicate.patients)}
        for preposition, head in predicate.others:
            place = preposition or "+"
            if place not in parts and not (predicate.passive and place == "by"):
                parts[place] = _of(reading, (head,))
        parts = {place: those for place, those in parts.items() if those or place == "+"}
        word = next((w for w in words if w in uses() or w in PHRASAL), words[-1])
        word = PHRASAL.get(word, word)
        kinds = {use.kind: _turned(use.parts, parts) for use in uses().get(word, ())}
        if owner := _owner(reading, predicate.patients):
            parts["whose"] = owner
        parts = {place: those for place, those in parts.items() if those}
        yield Act(predicate.at, word, True, predicate.passive, parts, {k: p for k, p in kinds.items() if p})


def _owner(reading: Reading, indexes: Sequence[int]) -> tuple[Party, ...]:
    """Return whose the object of a verb is: the council's, in "rejected the council's plan"."""
    owner = next((i for i in indexes[1:] if reading.tokens[i].owns and i < indexes[0]), None)
    return _of(reading, (owner,)) if owner is not None else ()


def _words(said: Sequence[Token], predicate: Predicate) -> list[str]:
    """Return what the verb may be called: with its particle, then alone."""
    after = (said[i].low for i in range(predicate.at + 1, min(len(said), predicate.at + 4)))
    return [*(f"{predicate.lemma}-{word}" for word in after if word in _PARTICLES), predicate.lemma]


def _turned(places: Mapping[str, str], parts: Parts) -> Parts:
    """Return the parts by their names in a two-sided act."""
    found: dict[str, tuple[Party, ...]] = {}
    named = dict(places)
    if "+" in parts and named.get("done") == "thing":
        named["done"], named["+"] = "taker", "thing"  # "gave the city land"
    elif "with" in parts and named.get("done") == "thing" and named.get("to") == "taker":
        named["done"], named["with"] = "taker", "thing"  # "presented her with a medal"
    elif "to" not in parts and named.get("to") == "taker" and any(p.name for p in parts.get("done", ())):
        named["done"] = "taker"
    for place, those in parts.items():
        if those and (name := named.get(place)) and name not in found:
            found[name] = those
    return found


def _nouns(reading: Reading) -> Iterator[Act]:
    said = reading.tokens
    for phrase in reading.phrases:
        head = said[phrase.head]
        if head.tag is not Tag.NOUN:
            continue
        own = uses().get(f"={head.low}") or uses().get(f"={head.lemma}") or ()
        parts: dict[str, tuple[Party, ...]] = {}
        owner = next((i for i in range(phrase.start, phrase.head) if said[i].owns), None)
        if owner is not None:
            parts["owner"] = _of(reading, (owner,))
        at = phrase.end
        for _ in range(3):
            following = next((p for p in reading.phrases if p.start == at + 1), None)
            if following is None or said[at].tag is not Tag.PREPOSITION:
                break
            parts.setdefault(said[at].low, _of(reading, (following.head,)))
            at = following.end
        parts = {place: those for place, those in parts.items() if those}
        kinds = {use.kind: _turned(use.parts, parts) for use in own}
        kinds = {kind: those for kind, those in kinds.items() if those}
        plain = _plain(parts)
        if kinds or plain:
            yield Act(phrase.head, head.lemma, False, False, plain, kinds)


def _plain(parts: Parts) -> Parts:
    """Return who does and who is done to beside a noun, where both can be told: "X's removal of Y", "removal by X"."""
    if "by" in parts:
        return {"doer": parts["by"]} | ({"done": parts["of"]} if "of" in parts else {})
    return {"doer": parts["owner"], "done": parts["of"]} if "owner" in parts and "of" in parts else {}


def _of(reading: Reading, indexes: Sequence[int]) -> tuple[Party, ...]:
    """Return the parties at some tokens, without times and amounts."""
    found = parties(reading, indexes)
    return tuple(
        p
        for p in found
        if reading.tokens[p.at].tag is not Tag.NUMBER
        and p.head not in _MEASURES
        and not (is_time(reading.tokens[p.at]) and not p.owners)
    )


def _resolved(reading: Reading, predicate: Predicate, indexes: Sequence[int]) -> tuple[Party, ...]:
    """Return the parties at some tokens; one who speaks of himself by a pronoun is the speaker: "Ana said she won"."""
    found = _of(reading, indexes)
    if (over := _joined(reading, predicate)) and found:
        return (*found, *_of(reading, over.agents))  # "said it was harsh but refused": either may be meant
    if not found or predicate.speaker is None or predicate.speaker > predicate.at or not found[0].pronoun:
        return found
    over = reading.of(predicate.speaker)
    first = reading.tokens[found[0].at].low
    if over is None or first not in {"he", "she", "it", "they"} or over.at > predicate.at:
        return found
    speakers = _of(reading, over.agents)
    return speakers if speakers and not speakers[0].pronoun else found


def _joined(reading: Reading, predicate: Predicate) -> Predicate | None:
    """Return the verb of speech over the verb that a verb, or the one over it, is joined to by a conjunction."""
    over = reading.of(predicate.under) if predicate.under is not None else None
    for verb in (predicate, over):
        start = (verb.group or (verb.at,))[0] if verb else 0
        if verb and start and reading.tokens[start - 1].tag is Tag.CONJUNCTION:
            before = next((p for p in reversed(reading.predicates) if p.at < verb.at), None)
            return reading.of(before.speaker) if before and before.speaker is not None else None
    return None


def pairs(claim: Act, evidence: Act) -> Iterator[tuple[Parts, Parts, bool]]:
    """Yield the parts of two acts by the same names where the acts can be one; and whether the kind tells the parts."""
    shared = claim.kinds.keys() & evidence.kinds.keys()
    for kind in shared:
        yield claim.kinds[kind], evidence.kinds[kind], True
    if not shared and alike(claim, evidence):
        yield claim.parts, evidence.parts, False


@lru_cache(maxsize=1 << 14)
def _alike(one: str, other: str, part: str | None) -> bool:
    if one == other:
        return True
    if "-" in one or "-" in other:
        return False
    return related(one, other, part) in {Relation.SYNONYM, Relation.DERIVED}


def alike(one: Act, other: Act) -> bool:
    """Tell whether the words of two acts say the same."""
    if {one.word, other.word} & (LIGHT | SYMMETRIC):
        return False
    return _alike(one.word, other.word, "v" if one.verb and other.verb else None)
