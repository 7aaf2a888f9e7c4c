"""Whether a word of a sentence is denied: counted down the chain of words that it stands under.

"Did not sign", "failed to sign", "refused to sign", "ruled out signing" and "no one signed" deny the signing; "did not
rule out signing" and "never failed to sign" do not. Where a denial may or may not reach the word, that is said too.
"""

from __future__ import annotations

from ..grammar.predicates import Predicate
from ..grammar.tagging import Tag
from ..remembered import remembered
from .frames import Frames, frames
from .stance import HARDLY, LIGHT, NEGATIVE, NEGATIVE_TO, NO_DENIAL, NOBODY, REJECTS, SIGNS, STATES, TRANSPARENT

_OF = frozenset("of in to from on that".split())
#: "Too little evidence" is no evidence, and is some.
_FAILED = frozenset("fail fails failed declined refused refuses declines neglected".split())
_SCANT = frozenset("little few insufficient scant enough".split())


def denied(sentence: Frames, at: int) -> int | None:
    """Return 1 where a word is denied, 0 where it is not, None where it is not clear."""
    return _denied(sentence.reading.text, at)


# Each word of the evidence is asked about for each word of each claim.
@remembered(1 << 15)
def _denied(text: str, at: int) -> int | None:
    sentence = frames(text)
    below, count = at, _own(sentence, at, None)
    for over in sentence.chain(at):
        own = _own(sentence, over, below)
        if count is None or own is None:
            return None
        word = sentence.words[over]
        if _asked(sentence, over, below):
            return None
        if below not in sentence.verbs and (word in REJECTS or (word in NEGATIVE and not _lacks(sentence, over))):
            return None  # who rejects criticism or a roster has one before him
        if word in NEGATIVE and (word not in NEGATIVE_TO or _to_do(sentence, over, below)):
            count += 1 + own
        elif word in (TRANSPARENT if below in sentence.verbs else LIGHT | SIGNS):
            count += own
        else:
            return None if own or any(sentence.words[k] in NEGATIVE for k in sentence.chain(over)) else count % 2
        below = over
    return None if count is None else count % 2


def _lacks(sentence: Frames, over: int) -> bool:
    """Tell whether a noun denies what is after it: "a lack *of* money", and not "absences *among* pupils"."""
    said = sentence.reading.tokens
    return said[over].tag is not Tag.NOUN or said[over + 1].low in _OF


def _to_do(sentence: Frames, over: int, below: int) -> bool:
    """Tell whether a verb depends on a word as what is not done: "a failure to *act*", "a decline that they *see*"."""
    verb, said = sentence.verbs.get(below), sentence.reading.tokens
    return verb is not None and (
        said[over].tag is not Tag.NOUN
        or any(said[i].tag is Tag.TO for i in verb.group)
        or said[below].low[-3:] == "ing"
    )


def _asked(sentence: Frames, over: int, below: int) -> bool:
    """Tell whether a clause is only asked about: "did not say *whether* he would stay"."""
    said = sentence.reading.tokens
    return any(said[i].low in {"whether", "if"} for i in range(over + 1, below))


def _own(sentence: Frames, at: int, below: int | None) -> int | None:
    """Return how often a word itself is denied, what stands over it aside; None where a denial is doubtful.

    `below` is the word that is asked about, when `at` stands over it: what denies both is counted once.
    """
    said = sentence.reading.tokens
    verb = sentence.verbs.get(at)
    if at > 1 and said[at - 1].form == "-" and said[at - 2].low == "non":
        return 1
    if verb is None and at and said[at - 1].low in _SCANT:
        return None
    if verb is None:
        return _adjective(sentence, at) if said[at].tag is Tag.ADJECTIVE else int(refused(sentence, at))
    count = sum(said[i].low in HARDLY for i in verb.group)
    if _reaches(sentence, verb) and verb.negator is not None and (below is None or not verb.negator < below < at):
        after = said[verb.negator + 1].low if verb.negator + 1 < len(said) else ""
        if after in NO_DENIAL or after == "other" or any(t.low == "else" for t in said[verb.negator : at]):
            return None  # "no other country makes as much" is the most
        count += 1
    start = verb.group[0] if verb.group else at
    before = said[start - 1].low if start else ""
    if before == "without" or (before in NOBODY and verb.negator is None):
        count += 1
    if start and said[start - 1].low == "yet" and said[start].tag is Tag.TO:
        count += 1
    count += _failed(sentence, at, start)
    if not verb.passive and any(said[i].low in NOBODY for i in verb.patients):
        return count + 1
    if below is None and any(refused(sentence, i) for i in verb.patients[:1] if not verb.passive):
        return None
    return count


def _reaches(sentence: Frames, verb: Predicate) -> bool:
    """Tell whether a negation reaches a verb: not across "and" to a subject of its own."""
    if verb.negator is None or verb.negator in verb.group:
        return True
    first, subject = verb.group[0] if verb.group else verb.at, verb.patients if verb.passive else verb.agents
    taken = any(i in other.patients for other in sentence.verbs.values() if other.at < verb.negator for i in subject)
    return not (taken and any(t.low in {"and", "but"} for t in sentence.reading.tokens[verb.negator + 1 : first]))


def _failed(sentence: Frames, at: int, start: int) -> bool:
    """Tell whether an infinitive stands after a word that denies it and was not seen to govern it."""
    said = sentence.reading.tokens
    if start < 1 or said[start].tag is not Tag.TO or start - 1 in sentence.chain(at):
        return False
    return said[start - 1].low in _FAILED


def refused(sentence: Frames, at: int) -> bool:
    """Tell whether a noun stands after `no` or `without`, or is itself a word for nobody."""
    said = sentence.reading.tokens
    if said[at].low in NOBODY:
        return True
    i = at - 1
    while i >= 0 and said[i].tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.NUMBER, Tag.ADVERB}:
        i -= 1
    if i < 0:
        return False
    if said[i].low == "of" and i and said[i - 1].low == "out" and said[at].low in STATES:
        return True
    if said[i].low in {"a", "an", "any"} and i and said[i - 1].low in {"without", "not"}:
        return True
    return said[i].low in {"no", "without"} and said[i + 1].low not in NO_DENIAL


def _adjective(sentence: Frames, at: int) -> int | None:
    said = sentence.reading.tokens
    count = 0
    if at > 1 and said[at - 1].low == "to" and sentence.words[at - 2] in NEGATIVE_TO:
        return 1  # "failed to light": a verb that was not seen to be one
    for i in range(at - 1, max(-1, at - 4), -1):
        if said[i].low in {"not", "n't", "never", "no", "hardly", "non"}:
            return None if said[i + 1].low in NO_DENIAL else 1
        if said[i].form != "-" and said[i].tag not in {Tag.ADVERB, Tag.ADJECTIVE, Tag.DETERMINER, Tag.VERB, Tag.AUX}:
            break
    return count
