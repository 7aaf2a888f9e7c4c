"""Whether two sentences put the same words to the same use: who did it to whom, which figure belongs to what.

Two sentences can have all their words in common and say the opposite: "Weber beat Koch", "Koch beat Weber". Here the
words around each word are compared, passives turned round: a phrase may move, but its parts may not change places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from enum import Enum

from .content import content
from .remembered import remembered
from .words import FUNCTION_WORDS, stem, words

#: How many words on each side of a word tell who does and who is done to.
_NEIGHBOURS = 2
#: A sentence with more telling words than this is not aligned word by word: it is no news sentence.
_MOST_ALIGNED = 150
_BE = frozenset("is are was were be been being".split())
_BEFORE_NOUNS = frozenset("a an the of in on at by for from with into near its his her their this that".split())


def exchanged(one: str, other: str) -> bool:
    """Tell whether two sentences exchange who does and who is done to, which figure is whose, or what is negated.

    >>> exchanged("Anna Weber beat Lena Koch.", "Lena Koch beat Anna Weber.")
    True
    >>> exchanged("Ana Lopes opened the bridge.", "The bridge was opened by Ana Lopes on Monday.")
    False
    """
    said, other_said = content(one), content(other)
    a, b = said.sequence, other_said.sequence
    for kind, governed in said.governed.items():
        other_governed = other_said.governed.get(kind, governed)
        if not {*b}.isdisjoint(governed - other_governed) and not {*a}.isdisjoint(other_governed - governed):
            return True
    shared = {*a} & {*b}
    mine, theirs = ([x for x in dict.fromkeys(side) if x in shared] for side in (a, b))
    verbs = (x for x in shared if x not in FUNCTION_WORDS and not x.startswith("#"))
    if any(_crossed(mine, theirs, verb, one, other) for verb in verbs):
        return True
    numbers = [x for x in shared if x.startswith("#")]
    return len(numbers) > 1 and any(_rebound(mine, theirs, number) for number in numbers)


def _crossed(mine: Sequence[str], theirs: Sequence[str], verb: str, one: str, other: str) -> bool:
    """Tell whether what stands to the left of a verb in one sentence stands to its right in the other."""
    use, other_use = (_uses(text).get(verb, _Use.NOUN) for text in (one, other))
    if _Use.NOUN in (use, other_use) or {use, other_use} == {_Use.ACTIVE, _Use.PASSIVE}:
        return False
    left, right = _beside(mine, verb)
    other_left, other_right = _beside(theirs, verb)
    if (use is _Use.BY) != (other_use is _Use.BY):
        other_left, other_right = other_right, other_left
    if left[-1:] and left[-1:] == other_right[:1] and right[:1] and right[:1] == other_left[-1:]:
        return True
    crossed = not {*left}.isdisjoint(other_right) and not {*right}.isdisjoint(other_left)
    return crossed and {*left}.isdisjoint(other_left) and {*right}.isdisjoint(other_right)


def _rebound(mine: Sequence[str], theirs: Sequence[str], number: str) -> bool:
    """Tell whether a figure follows a word that in the other sentence another figure follows, and vice versa."""
    left, other_left = {*_beside(mine, number)[0]}, {*_beside(theirs, number)[0]}

    def belongs_elsewhere(words_: set[str], sequence: Sequence[str]) -> bool:
        others = (x for x in sequence if x.startswith("#") and x != number)
        return any(not words_.isdisjoint(_beside(sequence, x)[0]) for x in others)

    return belongs_elsewhere(left - other_left, theirs) and belongs_elsewhere(other_left - left, mine)


def _beside(sequence: Sequence[str], word: str) -> tuple[Sequence[str], Sequence[str]]:
    at = sequence.index(word)
    return sequence[max(0, at - _NEIGHBOURS) : at], sequence[at + 1 : at + 1 + _NEIGHBOURS]


class _Use(Enum):
    """How a word is used, as far as the words around it tell."""

    ACTIVE = "active"
    PASSIVE = "passive"  # "was opened"
    BY = "by"  # "opened by", which names who did it
    NOUN = "noun"  # after an article or a preposition, or a name


@remembered(1 << 12)
def _uses(text: str) -> Mapping[str, _Use]:
    """Return how each word of a sentence is used where it first stands, by its stem."""
    tokens = words(text)
    said = [token.form.lower().replace("’", "'") for token in tokens]
    found: dict[str, _Use] = {}
    for at, form in enumerate(said):
        found.setdefault(stem(form.removesuffix("'s")), _use(said, at, name=tokens[at].form[0].isupper()))
    return found


def _use(said: Sequence[str], at: int, *, name: bool) -> _Use:
    if name or (at and said[at - 1] in _BEFORE_NOUNS):
        return _Use.NOUN
    passive = at > 0 and (said[at - 1] in _BE or (said[at - 1].endswith("ly") and said[at - 2] in _BE))
    after = said[at + 1 : at + 8] if passive else said[at + 1 : at + 2]
    if "by" in after:
        agent = said[at + 2 + after.index("by") :][:1]
        if agent and not agent[0][0].isdigit():  # "rose by 5%"
            return _Use.BY
    return _Use.PASSIVE if passive else _Use.ACTIVE


def substituted(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether one sequence has a word of its own where the other has a word of its own: `killed`, `injured`."""
    if max(len(one), len(other)) > _MOST_ALIGNED:
        return True
    only, other_only = {*one} - {*other}, {*other} - {*one}
    if not only or not other_only:
        return False
    for tag, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "replace" and not only.isdisjoint(one[i:j]) and not other_only.isdisjoint(other[k:m]):
            return True
    return False
