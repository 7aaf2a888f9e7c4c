"""How the senses of two words lie in WordNet: the same, opposite, one above the other, side by side.

The functions take words with their part of speech (`("rise", "v")`) and look at the commoner senses only.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from briefing.grammar import lexicon_tables as tables
from briefing.grammar.lexicon_tables import Key

#: Synonyms and opposites must be so in common senses: the ranks of the two senses, from 0, add up to no more.
_RANKS = {"n": 3, "v": 4, "a": 3, "r": 3}
#: How many steps up a word is still "broader", and how many when both words are meant in their first sense.
_STEPS = {"n": 3, "v": 2}
_STEPS_FIRST = {"n": 9, "v": 3}
#: What a word is a kind of makes sisters of its kinds when there are no more than so many; for things that can be
#: pointed at, so does what lies two steps up.
_WIDEST, _WIDEST_ABOVE = 50, 30
_SOLID = frozenset("animal artifact body food location object person plant substance time".split())


class Surroundings(NamedTuple):
    """What must overlap for two forms to be related at all: comparing these first makes most pairs cheap."""

    near: frozenset[int | Key]
    above: frozenset[int]
    senses: frozenset[int]


def strangers(one: Surroundings, other: Surroundings) -> bool:
    """Return whether two forms cannot be related."""
    disjoint = one.near.isdisjoint(other.near)
    return disjoint and one.above.isdisjoint(other.senses) and other.above.isdisjoint(one.senses)


def surroundings(keys: tuple[Key, ...]) -> Surroundings:
    """Return the surroundings of a form that can be any of the words `keys`."""
    near: set[int | Key] = set(keys)
    above: set[int] = set()
    for key in keys:
        links = tables.derived(key)
        near |= links | tables.listed().get(key, {}).keys()
        near.update(sense for link in links for sense in tables.word(link).senses)
        for sense in tables.word(key).senses:
            near.add(sense)
            near.update(far for s in (sense, *tables.sense(sense).similar) for far in tables.sense(s).opposite)
        near.update(-1 - parent for parent in _parents(key))  # below 0, so as to meet no sense
        above |= _above(key)
    return Surroundings(
        frozenset(near), frozenset(above), frozenset(s for key in keys for s in tables.word(key).senses)
    )


def sign(one: Key, other: Key) -> str:
    """Return the sign between two words in the hand-made lists, or nothing: see `lexicon_tables.listed`."""
    return tables.listed().get(one, {}).get(other, "")


def meet(one: Key, other: Key) -> bool:
    """Return whether two words share a sense that is common for both."""
    ranks = {sense: rank for rank, sense in enumerate(tables.word(one).senses)}
    most = _RANKS[one[1]]
    return any(ranks.get(sense, most + 1) + rank <= most for rank, sense in enumerate(tables.word(other).senses))


def oppose(one: Key, other: Key) -> bool:
    """Return whether a sense of `one`, or for an adjective one it is similar to, is opposite to one of `other`."""
    ranks = {sense: rank for rank, sense in enumerate(tables.word(other).senses)}
    most = _RANKS[one[1]]
    for rank, sense in enumerate(tables.word(one).senses):
        near = (sense, *tables.sense(sense).similar)
        if any(ranks.get(far, most + 1) + rank <= most for s in near for far in tables.sense(s).opposite):
            return True
    return False


def under(one: Key, other: Key) -> bool:
    """Return whether a common sense of `other` is a few steps above one of `one`, or what an adjective is like."""
    below, above = tables.word(one).senses[:3], tables.word(other).senses[:2]
    steps, most = _STEPS.get(one[1], 1), _STEPS_FIRST.get(one[1], 1)
    if any(not _climb(sense, steps).isdisjoint(above) for sense in below):
        return True
    return any(not _climb(sense, most).isdisjoint(above[:1]) for sense in below[:1])


def sisters(one: Key, other: Key) -> bool:
    """Return whether two words are kinds of the same thing in common senses of both."""
    return not _parents(one).isdisjoint(_parents(other))


@lru_cache(maxsize=1 << 14)
def _parents(key: Key) -> frozenset[int]:
    """Return the senses above the first sense of a word that are narrow enough to make sisters."""
    first = tables.word(key).senses[:1]
    found = {b for sense in first for b in _climb(sense, 1) if tables.sense(b).breadth <= _WIDEST}
    if any(tables.kind_of(sense) in _SOLID for sense in first):
        found |= {b for sense in first for b in _climb(sense, 2) if tables.sense(b).breadth <= _WIDEST_ABOVE}
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def _above(key: Key) -> frozenset[int]:
    """Return the senses above a word: far above its first sense, a few steps above the next ones."""
    senses = tables.word(key).senses
    steps = [_STEPS_FIRST.get(key[1], 1)] + [_STEPS.get(key[1], 1)] * 2
    return frozenset().union(*(_climb(sense, many) for sense, many in zip(senses, steps, strict=False)))


@lru_cache(maxsize=1 << 14)
def _climb(sense: int, steps: int) -> frozenset[int]:
    """Return the senses above `sense`, as far up as `steps`; for an adjective, what it is like."""
    found: set[int] = set()
    level = {sense}
    for _ in range(steps):
        level = {broader for below in level for broader in tables.sense(below).broader}
        found |= level
    return frozenset(found or tables.sense(sense).similar)
