"""A sentence told again with one word put in another's place.

Where a claim copies a sentence word for word and has another noun in the place of one, it says something
else unless the two say the same. Copies are seldom honest rewording: who rewords changes more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ..grammar.lexicon import Relation, kind, parts, related
from ..grammar.tagging import Tag, Token
from .coverage import LIGHT, MOST_WORDS, Side
from .substitution import Substitution

_SAME = frozenset({Relation.SAME, Relation.SYNONYM, Relation.DERIVED, Relation.BROADER, Relation.NARROWER})
#: WordNet's files of things that are told apart by name.
_THINGS = frozenset("person artifact body food animal plant substance location communication group".split())
#: They tell much beside one another.
_PEOPLE = frozenset({"man", "woman"})
#: So much of a claim's content stands word for word in the sentence, and so many of its words.
_COPIED, _LEAST = 0.8, 5
#: Words nearer than this may say the same; in a whole copy, where nothing else is reworded, nearer than that.
_NEAR, _NEARER = 0.6, 0.8
#: A copy but for one word.
_WHOLE = 1
#: A name of so many words tells what it names.
_NAMED = 2


def replaced(claim: Side, evidence: Sequence[Side]) -> Iterator[Substitution]:
    """Yield the word of a claim that stands for another word in a sentence that it copies otherwise.

    >>> from briefing.coverage.coverage import side
    >>> source = side("The ferry carried forty goats to the island on Monday.")
    >>> claim = side("The ferry carried forty pianos to the island on Monday.")
    >>> [claim.reading.tokens[r.at].form for r in replaced(claim, [source])]
    ['pianos']
    """
    yield from _entitled(claim, evidence)
    known = {stem for other in evidence for stem in other.stems}
    new = [number for number, stem in enumerate(claim.stems) if stem not in known]
    if not new or len(new) > (1 - _COPIED) * len(claim.content):
        return
    for which, other in enumerate(evidence):
        held = sum(stem in other.stems for stem in claim.stems)
        if held < max(_LEAST - 1, _COPIED * len(claim.content)):
            continue
        for at, there, whole in _slots(claim.reading.tokens, other.reading.tokens):
            number, answer = _number(claim, at), _number(other, there)
            if (
                number not in new
                or _phrase(claim.reading.tokens, at)
                or answer < 0
                or other.stems[answer] in claim.stems
            ):
                continue
            near = float(claim.table[number] @ other.table[answer])
            if _differ(claim.token(number), other.token(answer), whole=whole) and near <= (_NEARER if whole else _NEAR):
                yield Substitution(at, which, there)
                return


def _entitled(claim: Side, evidence: Sequence[Side]) -> Iterator[Substitution]:
    """Yield the noun after a name that has another noun after it: "the Upper Lavel mine", "the Upper Lavel dam"."""
    for number, at in enumerate(claim.content):
        name = _name(claim.reading.tokens, at)
        if len(name) < _NAMED or any(claim.stems[number] in other.stems for other in evidence):
            continue
        for which, other in enumerate(evidence):
            for answer, there in enumerate(other.content):
                near = float(claim.table[number] @ other.table[answer])
                differ = near <= _NEAR and _differ(claim.token(number), other.token(answer), whole=False)
                if differ and _name(other.reading.tokens, there) == name:
                    yield Substitution(at, which, there)
                    return


def _name(said: Sequence[Token], at: int) -> tuple[str, ...]:
    """Return the words of the name right before a token."""
    start = at
    while start and said[start - 1].tag is Tag.NAME and not said[start - 1].owns:
        start -= 1
    return tuple(t.low for t in said[start:at])


def _phrase(said: Sequence[Token], at: int) -> bool:
    """Tell whether a bare noun is part of a set phrase: "in exchange for", "in light of"."""
    return all(t.tag is Tag.PREPOSITION for t in (*said[at - 1 : at], *said[at + 1 : at + 2]))


def _number(side: Side, at: int) -> int:
    return side.content.index(at) if at in side.content else -1


def _differ(one: Token, other: Token, *, whole: bool) -> bool:
    """Tell whether two words are nouns, and no dictionary has them for one another."""
    noun = one.tag is Tag.NOUN or (whole and "n" in parts(one.low))
    fit = noun and other.tag is Tag.NOUN and not {one.lemma, other.lemma} & (LIGHT - _PEOPLE)
    if not whole and not kind(one.low) & kind(other.low) & _THINGS:
        return False
    return fit and not {related(one.low, other.low), related(other.low, one.low)} & _SAME


def _slots(own: Sequence[Token], their: Sequence[Token]) -> Iterator[tuple[int, int, bool]]:
    """Yield each single word of a claim that stands for a single word, with whether the claim is a copy otherwise."""
    mine = [i for i, t in enumerate(own) if t.tag is not Tag.PUNCTUATION][:MOST_WORDS]
    theirs = [i for i, t in enumerate(their) if t.tag is not Tag.PUNCTUATION][:MOST_WORDS]
    matcher = SequenceMatcher(None, [own[i].low for i in mine], [their[i].low for i in theirs], autojunk=False)
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    for name, start, end, first, last in changes:
        if name == "replace" and end - start == last - first == 1:
            yield mine[start], theirs[first], len(changes) == _WHOLE
