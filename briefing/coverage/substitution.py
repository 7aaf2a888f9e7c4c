"""A word of a claim that stands where its evidence has another one, which says something else.

Nouns and adjectives, and of the verbs those that `data/contrasts.txt` tells apart: the rest are reworded too freely,
and names and figures have checks of their own. Two words stand in one place when what stands beside them is the same,
word for word or content word by content word. The more of that, the less the two words themselves need to show that
they are kinds of the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from ..grammar.lexicon import Relation, kind, related
from ..grammar.tagging import NOT, Tag, Token
from .coverage import LIGHT, Side, Word

#: Kinship, by which people it is between; a husband is nobody's brother, whatever the words are near to.
_KIN = {
    word: group
    for group, words in enumerate(
        (
            "husband wife spouse widow widower",
            "brother sister sibling twin",
            "son daughter child mother father parent",
            "grandson granddaughter grandchild grandmother grandfather grandparent",
            "uncle aunt nephew niece",
            "cousin",
        )
    )
    for word in words.split()
}
#: So many words on each side are compared, and what a neighbouring content word on one side counts beside them.
_BESIDE, _NEIGHBOUR = 4, 2
#: From so many on, a place is the same: for things of one sort, for two kinds of one thing, and for opposites
#: and words that the hand-made groups tell apart.
_ALIKE, _SISTERS, _OPPOSED = 7, 6, 4
#: Words so near in meaning may say the same though no dictionary has them as synonyms; other things of one sort must
#: be farther apart.
_NEAR, _APART = 0.6, 0.5
_PARTS = {Tag.VERB: "v", Tag.NOUN: "n", Tag.ADJECTIVE: "a"}
#: So close before a word a *not* denies it.
_DENIED = 3
_NEVER = float("inf")
#: WordNet's files of things that are told apart by name: the one is never the other.
_THINGS = frozenset("person artifact body food animal plant substance location".split())
_SAME = frozenset({Relation.SAME, Relation.SYNONYM, Relation.DERIVED, Relation.BROADER, Relation.NARROWER})
#: Stand for nearly anything.
_ANYTHING = frozenset(
    """person individual official source somebody space term matter question issue body move step measure package
    member spread role side party area site place""".split()
)


class Substitution(NamedTuple):
    """Token `at` of a claim stands where sentence number `sentence` of the evidence has token `there`."""

    at: int
    sentence: int
    there: int


def substitutions(claim: Side, evidence: Sequence[Side], said: Sequence[Word]) -> Iterator[Substitution]:
    """Yield the words of a claim that stand in the place of another word of its evidence.

    >>> from briefing.coverage.coverage import coverage, side
    >>> claim = side("The storm damaged the road of the old school.")
    >>> source = side("The storm damaged the roof of the old school.")
    >>> [claim.reading.tokens[s.at].form for s in substitutions(claim, [source], coverage(claim, [source]))]
    ['road']
    """
    answered = {(word.sentence, word.answer) for word in said if word.share == 1}
    kin = {token.lemma for side in evidence for i in range(len(side.content)) if (token := side.token(i)).lemma in _KIN}
    for number, word in enumerate(said):
        fit = word.token.tag in _PARTS and word.token.lemma not in LIGHT | _ANYTHING
        if word.share == 1 or not fit or (word.token.tag is Tag.VERB and ("v", word.token.lemma) not in _contrasts()):
            continue
        free = ((s, i) for s, side in enumerate(evidence) for i in range(len(side.content)) if (s, i) not in answered)
        best: tuple[float, Substitution] | None = None
        for which, there in free:
            there_at = evidence[which].content[there]
            if _negated(claim.reading.tokens, word.at) != _negated(evidence[which].reading.tokens, there_at):
                continue  # "would not open" is "stay shut"
            beside = _beside(claim, said, number, evidence[which], which, there)
            if beside >= max(_OPPOSED, best[0] if best else 0) and beside >= _wanted(
                word, claim, number, evidence[which], there
            ):
                best = beside, Substitution(word.at, which, evidence[which].content[there])
        if best:
            yield best[1]
        elif (kinsman := _kin(word, evidence, kin)) is not None:
            yield kinsman


def _wanted(word: Word, claim: Side, number: int, other: Side, there: int) -> float:
    """Return how much must be the same beside two words before one stands for the other."""
    one, their = word.token, other.token(there)
    relation = related(one.low, their.low)
    if one.tag is not their.tag or their.lemma in LIGHT | _ANYTHING or {relation, related(their.low, one.low)} & _SAME:
        return _NEVER
    if contrast(one, their) or (relation is Relation.ANTONYM and one.tag is not Tag.VERB):
        return _OPPOSED
    same_kind = bool(kind(one.low) & kind(their.low) & _THINGS)
    alike = float(claim.table[number] @ other.table[there])
    if one.tag is Tag.VERB or not same_kind or alike >= _NEAR:
        return _NEVER
    return _SISTERS if relation is Relation.SISTER else _ALIKE if alike < _APART else _NEVER


def _negated(said: Sequence[Token], at: int) -> bool:
    """Tell whether a word of denial stands close before token `at`."""
    return any(t.low in NOT for t in said[max(0, at - _DENIED) : at])


def contrast(one: Token, other: Token) -> bool:
    """Tell whether two words rule one another out, by the hand-made groups."""
    groups = _contrasts()
    sides = groups.get((_PARTS.get(one.tag, ""), one.lemma), {})
    theirs = groups.get((_PARTS.get(other.tag, ""), other.lemma), {})
    shared = sides.keys() & theirs.keys()
    return bool(shared) and all(sides[group] != theirs[group] for group in shared)


@cache
def _contrasts() -> Mapping[tuple[str, str], Mapping[int, int]]:
    """Return the side of each group of contrasts on which a word stands, by its part of speech and dictionary form."""
    found: dict[tuple[str, str], dict[int, int]] = {}
    lines = (files("briefing") / "data" / "contrasts.txt").read_text("utf-8").splitlines()
    for group, line in enumerate(lines):
        if line and not line.startswith("#"):
            part, _, rest = line.partition(" ")
            for number, words in enumerate(rest.split("|")):
                for word in words.split():
                    found.setdefault((part, word), {})[group] = number
    return found


def _beside(claim: Side, said: Sequence[Word], number: int, other: Side, which: int, there: int) -> float:
    """Return how many words beside two places are the same, neighbouring content words counting more."""
    own, their = claim.reading.tokens, other.reading.tokens
    count = 0.0
    for step in (-1, 1):
        i, j = said[number].at + step, other.content[there] + step
        taken = 0
        while 0 <= i < len(own) and 0 <= j < len(their) and taken < _BESIDE and own[i].low == their[j].low:
            i, j, taken = i + step, j + step, taken + 1
        near = number + step
        answers = 0 <= near < len(said) and said[near].share >= 0.9 and said[near].sentence == which
        count += taken + (_NEIGHBOUR if answers and said[near].answer == there + step else 0)
    return count


def _kin(word: Word, evidence: Sequence[Side], kin: set[str]) -> Substitution | None:
    """Return the one kinsman that the evidence names where a claim names one of another kind."""
    mine = _KIN.get(word.token.lemma)
    if mine is None or len(kin) != 1 or _KIN[next(iter(kin))] == mine:
        return None
    for which, other in enumerate(evidence):
        for there in range(len(other.content)):
            if other.token(there).lemma in kin:
                return Substitution(word.at, which, other.content[there])
    return None
