"""On which sides two words stand: whether one says what the other says, points the same way, or says the opposite.

What a word can answer to is worked out once a word (`meaning`), so that two sentences are held against one another by
looking up what they have in common and not by comparing every pair of words.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from ..grammar import lexicon_tables as tables
from ..grammar.lexicon import Relation, converse, related
from ..grammar.matching import SAYS
from ..words import stem
from .stance import ALIKE, DOWN, LEVEL, POLES, UP


class Side(Enum):
    """How a word of the evidence stands to a word of the claim."""

    SAME = "same"
    LOOSE = "loose"
    OPPOSITE = "opposite"


class Meaning(NamedTuple):
    """A word with its part of speech, and what finds the words that it answers to.

    `keys` are its forms; `kin` what it is derived from. `groups` are the sides on which it stands, `against` those
    opposite.
    """

    word: str
    part: str
    keys: frozenset[str]
    kin: frozenset[str]
    groups: frozenset[str]
    against: frozenset[str]


_SCALE = tuple(zip("up down level".split(), (UP, DOWN, LEVEL), strict=True))
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_SIGNS = {"+": "-", "-": "+"}


def _grouped() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, words in enumerate(ALIKE):
        for word in words:
            found.setdefault(word, set()).add(f"={number}")
    for number, poles in enumerate(POLES):
        for sign, side in zip("+-", poles, strict=True):
            for word in side.split():
                found.setdefault(word, set()).add(f"{sign}{number}")
    return {word: frozenset(groups) for word, groups in found.items()}


_GROUPS = _grouped()


@lru_cache(maxsize=1 << 14)
def meaning(word: str, part: str, low: str, lemma: str) -> Meaning:
    """Return what a word can answer to: `word` is what it stands for, `lemma` its own dictionary form."""
    own = word == lemma  # "edged up" stands for "rise", and no longer for "edge"
    forms = {word, low} if own else {word}
    keys = {word, stem(low)} if own else {word, stem(word)}
    groups = {group for form in forms for group in _GROUPS.get(form, ())}
    scale = {name for name, words in _SCALE if not forms.isdisjoint(words[part])}
    against = {_SIGNS[group[0]] + group[1:] for group in groups if group[0] in _SIGNS}
    against |= {name for name, _ in _SCALE if scale and name not in scale}
    if part == "a":
        against.add(f"not {word}")
        groups |= {f"not {word[len(p) :]}" for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3}
    kin = {kin for kin, _ in tables.derived((word, part))}
    return Meaning(word, part, frozenset(keys), frozenset(kin), frozenset(groups | scale), frozenset(against))


def shared(one: Meaning, groups: frozenset[str]) -> Side | None:
    """Return on which side a word stands by its groups alone."""
    if not one.against.isdisjoint(groups):
        return Side.OPPOSITE
    common = one.groups & groups
    if any(group[0] == "=" or group in {"up", "down", "level"} for group in common):
        return Side.SAME
    return Side.LOOSE if any(group[0] in _SIGNS for group in common) else None


@lru_cache(maxsize=1 << 16)
def known(one: str, other: str) -> Side | None:
    """Return on which sides two words of one part of speech stand by the lexicon.

    >>> known("purchase", "buy")
    <Side.SAME: 'same'>
    """
    if {one, other} == {"keep", "prevent"}:
        return None  # "keep from" is read as "prevent"
    relation = related(one, other)
    if relation is Relation.ANTONYM and _roles(one, other):
        return None
    if relation in SAYS or (relation is Relation.ANTONYM and converse(one, other)):
        return Side.SAME
    compared = one.endswith("er") and other.endswith("er")  # of comparatives only the listed are sure opposites
    return Side.OPPOSITE if relation is Relation.ANTONYM and not compared else None


def _roles(one: str, other: str) -> bool:
    """Tell whether two words only name the two sides of one event, as "pay" and "earnings" do."""
    if converse(one, other):
        return False
    ones = {one, *(kin for part in "nv" for kin, _ in tables.derived((one, part)))}
    others = {other, *(kin for part in "nv" for kin, _ in tables.derived((other, part)))}
    return any(converse(a, b) for a in ones for b in others)
