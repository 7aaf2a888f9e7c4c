"""Which words of a cited sentence a claim's words answer to, and how well the two contexts fit.

Both `polarity` and `commitment` ask: where does the evidence speak of what the claim speaks of here? The answer is a
word that says the same or the opposite, in the place that shares most with the claim: its clause first, then the rest
of the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..grammar.predicates import Predicate
from ..grammar.tagging import Tag, Token
from ..remembered import remembered
from .frames import Frames, frames
from .sides import Meaning, Side, known, meaning, shared

#: Words that say nothing of their own: they match everywhere.
_EMPTY = frozenset("be have do make take get go say tell add new last first year also more people".split())
#: What a word of the claim counts that is found in another clause of the sentence, and what one that the word acts on.
_FAR, _ARGUMENT = 0.5, 2.0
#: So many answers to one word are looked at.
_PLACES = 8


class Counterpart(NamedTuple):
    """A word of the evidence that answers to a word of the claim; `fit` is how much of the context they share, 0 to 1.

    `opposite` says that it is the other side, `loose` that it only points the same way (welcome, approve); `near`
    counts the words that the two clauses share.
    """

    at: int
    opposite: bool
    loose: bool
    fit: float
    near: int


class _Index(NamedTuple):
    """The content words of a sentence, by what finds them."""

    names: dict[str, list[int]]
    keys: dict[str, list[int]]
    groups: dict[str, list[int]]
    parts: dict[str, list[int]]
    meanings: dict[int, Meaning]


@remembered(1 << 12)
def counterparts(claim: str, sentence: str) -> Mapping[int, tuple[Counterpart, ...]]:
    """Return for each content word of a claim the words of a sentence that answer to it.

    >>> found = counterparts("Prices fell in May.", "In May, prices rose.")
    >>> [(c.at, c.opposite) for c in found[1]]
    [(4, True)]
    """
    one, other = frames(claim), frames(sentence)
    mine, theirs = _indexed(claim), _indexed(sentence)
    sides = {i: _nearest(i, found) for i in one.content if (found := _answers(one, i, mine, theirs))}
    same = {i: [j for j, side in found.items() if side is Side.SAME] for i, found in sides.items()}
    return {
        i: tuple(
            Counterpart(j, side is Side.OPPOSITE, side is Side.LOOSE, *_fit(context, other, j, same))
            for j, side in sorted(found.items())
        )
        for i, found in sides.items()
        for context in (_context(one, i),)
    }


def _nearest(at: int, found: dict[int, Side]) -> dict[int, Side]:
    """Return the answers that stand about where the word does: a word that is said a hundred times has as many."""
    return found if len(found) <= _PLACES else {j: found[j] for j in sorted(found, key=lambda j: abs(j - at))[:_PLACES]}


@remembered(1 << 11)
def _indexed(text: str) -> _Index:
    sentence = frames(text)
    index = _Index({}, {}, {}, {}, {})
    for at in sentence.content:
        token = sentence.reading.tokens[at]
        if token.tag in {Tag.NAME, Tag.NUMBER}:
            index.names.setdefault(_bare(token), []).append(at)
            continue
        part = {Tag.VERB: "v", Tag.NOUN: "n"}.get(token.tag, "a")
        own = index.meanings[at] = meaning(sentence.words[at], part, token.low, token.lemma)
        index.parts.setdefault(part, []).append(at)
        for key in own.keys:
            index.keys.setdefault(key, []).append(at)
        for group in (*own.groups, *(group for group in own.against if group.startswith("not "))):
            index.groups.setdefault(group, []).append(at)
    return index


def _answers(one: Frames, at: int, mine: _Index, theirs: _Index) -> dict[int, Side]:
    """Return the words of a sentence that answer to a word of the claim."""
    own = mine.meanings.get(at)
    if own is None:
        token = one.reading.tokens[at]
        plain = theirs.keys.get(token.low, ()) if token.tag is Tag.NAME else ()  # "the Chamber", "the chamber"
        return dict.fromkeys(theirs.names.get(_bare(token)) or plain, Side.SAME)
    found = {j: Side.SAME for key in own.keys | own.kin for j in theirs.keys.get(key, ())}
    for j in {j for group in own.groups | own.against for j in theirs.groups.get(group, ())}:
        other = theirs.meanings[j]
        side = shared(own, other.groups) or shared(other, own.groups)
        if side and j not in found:
            found[j] = side
    if own.part == "v" or Side.SAME not in found.values():
        for j in theirs.parts.get(own.part, ()):
            if j not in found or found[j] is Side.LOOSE:
                side = known(own.word, theirs.meanings[j].word)
                if side:
                    found[j] = side
    return found


def _bare(token: Token) -> str:
    return token.low.rstrip("s") if token.tag is Tag.NAME else token.low


class _Context(NamedTuple):
    """The words round a word of the claim with their weights; `arguments` are the subject and object of a verb."""

    weights: tuple[tuple[int, float], ...]
    total: float
    arguments: frozenset[int]


def _context(one: Frames, i: int) -> _Context:
    others = [c for c in one.content if c != i and one.words[c] not in _EMPTY]
    context = [c for c in others if one.clauses[c] == one.clauses[i]]
    if len(context) < 2:
        context = others
    verb = one.verbs.get(i)
    over = one.governors[i]
    arguments = frozenset((*verb.agents[:1], *verb.patients[:1]) if verb else ())
    weights = tuple((c, _ARGUMENT if c in arguments or (c == over and not verb) else 1.0) for c in context)
    return _Context(weights, max(sum(weight for _, weight in weights), 1.0), arguments)


def _fit(context: _Context, other: Frames, j: int, same: Mapping[int, list[int]]) -> tuple[float, int]:
    """Return how much of the context of a word of the claim stands round a word of the evidence, and how many near."""
    theirs = other.verbs.get(j) or _links(other, j)
    beside = (*theirs.agents, *theirs.patients) if theirs else ()
    clause, clauses = other.clauses[j], other.clauses
    pronoun = bool(theirs) and any(other.reading.tokens[k].tag is Tag.PRONOUN for k in beside)  # "they oppose *it*"
    found, near = 0.0, 0
    for c, weight in context.weights:
        places = [k for k in same.get(c, ()) if k != j]
        if any(clauses[k] == clause or k in beside for k in places):
            near, found = near + 1, found + weight
            continue
        stood_for = pronoun and c in context.arguments
        if places and stood_for and min(places) < j:
            near, found = near + 1, found + weight
        elif places or stood_for:
            found += _FAR * weight
    return found / context.total, near


def _links(other: Frames, j: int) -> Predicate | None:
    """Return the verb of which a word is the complement: "it *remained* open"."""
    verb = other.verbs.get(j - 1)
    return verb if verb and other.reading.tokens[j].tag is Tag.ADJECTIVE else None
