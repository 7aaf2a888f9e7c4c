"""Whether two words that seem to contradict one another are said of different things, shares or times.

"A seven-year-*old* girl" is young; "78 percent *have received* it" leaves a fifth that has not; what "still *has to be*
signed" has not been signed yet.
"""

from __future__ import annotations

from ..grammar.lexicon import kind
from ..grammar.tagging import Tag
from .commitments import level
from .counterparts import Counterpart, counterparts
from .denials import denied
from .frames import Frames, frames
from .stance import LEVEL, Level

#: One side's winning is the other's losing: only of the same party is one the opposite of the other.
_TWO_SIDED = frozenset("win lose beat defeat victory loss miss".split())
_PARTS = frozenset("percent per half third quarter fifth most majority tenth two-thirds remainder rest".split())
#: What they are said of was not there before, or is not there after.
_CHANGES = frozenset("restore resume reconnect return recover lose cut close shut abolish remove expel vacate".split())
_MEASURED = frozenset("old long high deep tall wide thick".split())


def unlike(claim: str, sentence: str, at: int, found: Counterpart) -> bool:
    """Return whether an opposite word is used in another sense, or said of another party or thing."""
    one, other = frames(claim), frames(sentence)
    if not found.opposite:
        return False
    if _measures(one, at) or _measures(other, found.at) or _person(one, at) != _person(other, found.at):
        return True
    ours, theirs = one.verbs.get(at), other.verbs.get(found.at)
    if ours is None or theirs is None:
        return False
    words = {one.words[at], other.words[found.at]}
    pairs = counterparts(claim, sentence)

    def same(mine: tuple[int, ...], its: tuple[int, ...]) -> bool:
        unclear = any(other.reading.tokens[i].tag is Tag.PRONOUN for i in its)
        return not mine or not its or unclear or any(c.at in its for i in mine for c in pairs.get(i, ()))

    if words <= _TWO_SIDED and not same(ours.agents, theirs.agents):
        return True
    if not words.isdisjoint(LEVEL["v"]):
        return not same((ours.patients or ours.agents)[:1], theirs.patients[:1])
    return False


def apart(one: Frames, at: int, other: Frames, there: int) -> bool:
    """Return whether what one side denies and the other asserts are two shares, two times, or what was and what is."""
    ours, theirs = _parts(one, at), _parts(other, there)
    if ours and theirs and ours != theirs:
        return True
    if at not in one.verbs and any(other.words[i] in _CHANGES for i in other.chain(there)):
        return True
    at = next((i for i in (at, *one.chain(at)) if i in one.verbs), at)
    there = next((i for i in (there, *other.chain(there)) if i in other.verbs), there)
    if at not in one.verbs:
        return False
    if there not in other.verbs or not denied(one, at) or not _not_yet(one, at):
        return False
    has_to = any(other.words[i] == "have" for i in other.chain(there))
    return has_to or level(other, there) in {Level.COMING, Level.PLANNED}


def _not_yet(one: Frames, at: int) -> bool:
    """Tell whether something is only said not to have been done so far: "*has yet* to sign", "*has not* signed"."""
    said, group = one.reading.tokens, one.verbs[at].group
    start = group[0] if group else at
    if start and said[start - 1].low == "yet":
        return True
    return any(said[i].low in {"has", "have"} for i in group) and not any(said[i].tag is Tag.TO for i in group)


def _measures(sentence: Frames, at: int) -> bool:
    """Tell whether an adjective only names a measure: "seven years *old*", "a two-metre-*high* wall"."""
    said = sentence.reading.tokens
    if said[at].tag is Tag.VERB or not at:
        return False
    before = said[max(0, at - 4) : at]
    low = said[at].low
    counted = any(t.tag is Tag.NUMBER or t.form == "-" or "-year" in t.low for t in before)
    return (low in _MEASURED and counted) or "-year-" in low


def _person(sentence: Frames, at: int) -> bool:
    token = sentence.reading.tokens[at]
    return token.tag is Tag.NOUN and "person" in kind(token.low)


def _parts(sentence: Frames, at: int) -> frozenset[str]:
    """Return the words that say of which share of something a word is said."""
    said = sentence.reading.tokens
    clause = [i for i in range(len(said)) if sentence.clauses[i] == sentence.clauses[at]]
    if not any(said[i].low in _PARTS for i in clause):
        return frozenset()
    return frozenset(said[i].low for i in clause if said[i].low in _PARTS or said[i].tag is Tag.NUMBER)
