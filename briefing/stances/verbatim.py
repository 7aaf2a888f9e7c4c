"""Denials of a claim that is otherwise word for word its evidence, whatever verb it puts in place of the source's.

"The rocket was not supplied by a competitor" and "the rocket comes from its competitor": no word of the evidence
answers to "supplied", and yet all the rest does, and nothing there denies anything. So the denials on both sides are
counted, those with a word of their own and those inside another word (closed, vacant, unpaid).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..grammar.tagging import Tag
from .counterparts import Counterpart, counterparts
from .frames import Frames, frames
from .stance import NEGATIVE_TO, NO_DENIAL, NOBODY, POLES, SHADES

#: The share of the claim's other content words that one sentence must hold, and how many, where it has the denied
#: word itself, and where it has not.
_SHARE, _SHARE_REWORDED = 0.6, 0.65
_HITS, _HITS_REWORDED = 3, 5
_NEGATORS = frozenset("not n't never".split())
_EMPTY = frozenset("be have do make take get go say tell add also".split())
#: With these a denial says when, if or by how much, which other words say without one.
_BOUNDS = frozenset(
    """if unless until till before whether such so than yet longer either enough too any anyone anything again even
    still because may might could nor""".split()
)
#: Words that deny something without being the opposite of one word.
_IMPLICIT = frozenset(
    """out off away pending still ongoing underway way former vacant empty abstain idle broken maximum limit most
    least unless although though remain stay bare spare rest other else exempt exception exclude unlike instead
    restore outside beyond late later end finish last final""".split()
)
_MINUS = frozenset(word for _, side in POLES for word in side.split()) - {"sell", "offload"} | _IMPLICIT
#: They deny nothing: "a little", "only two".
_MEASURES = frozenset("little few only short hard keep question doubt leave stick stand yet far".split())
#: What must be may yet fail to be: "must pay within a week" and "those that fail to pay".
_BINDS = frozenset("must should shall ought require requires required".split())
_PREFIXES = ("un", "non", "dis", "in", "im", "ir")
_SHORT = 6


class Denied(NamedTuple):
    """A word `at` of a claim that is denied there, and the word `there` of sentence `sentence` that says it is so."""

    at: int
    sentence: int
    there: int


def denial_added(claim: str, evidence: Sequence[str]) -> Denied | None:
    """Return what a claim denies though a sentence that holds nearly all its words denies nothing.

    >>> denial_added("The rocket was not supplied by Boreal of Norland.", ["The rocket came from Boreal of Norland."])
    >>> claim = "The red rocket was not supplied by the firm Boreal in 2019."
    >>> denial_added(claim, ["The red rocket came from the firm Boreal in 2019."])
    Denied(at=5, sentence=0, there=3)
    """
    one = frames(claim)
    at = _denied(one)
    if at is None:
        return None
    negator, verb = at
    answered = {i for text in evidence for i, found in counterparts(claim, text).items() if _same(found)}
    if any(i not in answered and i not in (negator, verb) and _denies(one, i) for i in range(len(one.words))):
        return None
    for number, text in enumerate(evidence):
        there = _asserted(claim, verb, negator, text)
        inside = _denies(one, verb) and verb not in answered  # "not unfilled" is not "vacant"
        if there is not None and all(_affirms(claim, other, inside=inside) for other in evidence):
            return Denied(verb, number, there)
    return None


def _denied(one: Frames) -> tuple[int, int] | None:
    """Return the one word by which a claim denies and the verb that it denies."""
    said = one.reading.tokens
    found = [i for i in range(len(said) - 1) if _negates(one, i)]
    if len(found) != 1 or any(t.low in _BOUNDS or t.low in NOBODY or t.low == "no" for t in said):
        return None
    negator = found[0]
    after = [i for i in range(negator + 1, min(negator + 5, len(said))) if said[i].low != "to"]
    if not after or said[after[0]].low in NO_DENIAL:
        return None
    verb = next((i for i in after if i in one.verbs), next((i for i in after if i in one.content), None))
    return None if verb is None else (negator, verb)


def _negates(one: Frames, at: int) -> bool:
    said = one.reading.tokens
    return said[at].low in _NEGATORS or (
        one.words[at] in NEGATIVE_TO and said[at].tag is Tag.VERB and said[at + 1].low == "to"
    )


def _same(found: Sequence[Counterpart]) -> bool:
    return any(not c.opposite for c in found)


def _denies(sentence: Frames, at: int) -> bool:
    """Tell whether a word has a denial in it."""
    token, word = sentence.reading.tokens[at], sentence.words[at]
    if token.low in _MEASURES or token.tag is Tag.NAME:
        return False
    if {token.low, word} & SHADES or token.low in _NEGATORS:
        return True
    return token.tag is Tag.ADJECTIVE and token.low.startswith(_PREFIXES) and len(token.low) > _SHORT


def _asserted(claim: str, verb: int, negator: int, text: str) -> int | None:
    """Return the word of a sentence that says what the claim denies, if it holds enough of the claim's other words."""
    one, pairs = frames(claim), counterparts(claim, text)
    others = [i for i in one.content if i not in (verb, negator) and one.words[i] not in _EMPTY]
    held = [i for i in others if _same(pairs.get(i, ()))]
    own = next((c.at for c in pairs.get(verb, ()) if not c.opposite and not c.loose), None)
    share, hits = (_SHARE_REWORDED, _HITS_REWORDED) if own is None else (_SHARE, _HITS)
    if len(held) < hits or len(held) < share * len(others):
        return None
    numbers = [i for i in others if one.reading.tokens[i].tag is Tag.NUMBER]
    if own is None and any(i not in held and one.reading.tokens[i].low.strip("%$€£") not in text for i in numbers):
        return None
    other = frames(text)
    taken = {c.at for i in held for c in pairs[i]}
    return own if own is not None else min(other.verbs, key=lambda i: (i in taken, i), default=None)


def _affirms(claim: str, text: str, *, inside: bool) -> bool:
    """Tell whether a sentence has no denial, or one `inside` a word, but what answers to words of the claim."""
    other, pairs = frames(text), counterparts(claim, text)
    taken = {c.at for found in pairs.values() for c in found if not c.opposite}
    if any(c.opposite and c.at not in taken for i, found in pairs.items() if not _same(found) for c in found):
        return False
    said = other.reading.tokens
    if any(_negates(other, i) or said[i].low in _BINDS for i in range(len(said) - 1)):
        return False
    free = [i for i in range(len(said)) if i not in taken and said[i].tag is not Tag.NAME]
    implied = sum(
        _denies(other, i) or other.words[i] in _MINUS or said[i].low in _MINUS or said[i].low.endswith("est")
        for i in free
    )
    return implied == inside
