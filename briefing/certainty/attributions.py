"""Who says what a sentence says: `police said`, `accused of`, `according to reports`, and what each of them covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..grammar.predicates import Predicate, Reading
from ..grammar.tagging import Tag, Token
from .qualifier import Kind, Qualifier
from .reach import FINITE, HARD, hard_end, hard_start, phrase_end, speech_end

_BELIEVE = frozenset(
    """believe think suspect fear suggest hint estimate reckon guess assume speculate predict forecast project presume
    imagine""".split()
)
_EXPECT = frozenset("expect anticipate foresee".split())
_CLAIM = frozenset(
    """claim allege accuse insist maintain contend assert argue blame complain charge suspect
    attribute ascribe""".split()
)
#: "called the plan a mistake", "described it as a mistake".
_JUDGES_AS = frozenset("call describe brand label denounce dismiss condemn hail".split())
_SAY = frozenset(
    "say tell state report announce add note explain write testify declare warn reply acknowledge hear admit".split()
)
_VAGUE_SOURCES = frozenset("reports source sources rumours rumors witness witnesses".split())
#: What they hear, one side tells them.
HEARINGS = frozenset("court jury trial inquest tribunal hearing inquiry judge panel".split())
_ACCUSED = {"accuse": "of", "suspect": "of", "charge": "with", "blame": "for"}
#: Verbs that only say how sure something is, or whose word it is.
SPEECH = _BELIEVE | _EXPECT | _CLAIM | _SAY | _JUDGES_AS


def attributions(reading: Reading) -> Iterator[Qualifier]:
    """Yield who says what, before it or behind it."""
    said = reading.tokens
    for at, token in enumerate(said):
        if token.low == "according" and at + 1 < len(said) and said[at + 1].low == "to":
            yield _according(said, at)
        if token.lemma == "call" and any(t.low == "what" for t in said[max(0, at - 4) : at]):
            yield Qualifier(Kind.CLAIMED, at, at, at + 1, phrase_end(said, at + 1))  # "what they called meddling"
    for predicate in reading.predicates:
        at, who = predicate.at, predicate.agents
        if predicate.lemma not in SPEECH or not _attributes(said, predicate):
            continue
        kind = _kind(predicate.lemma)
        if kind is Kind.SAID and any(said[i].low in _VAGUE_SOURCES for i in who):
            kind = Kind.REPORTED
        if _closes(said, at):
            yield Qualifier(kind, at, at, hard_start(said, at), at, who or predicate.patients)
        elif not predicate.passive or predicate.lemma in _ACCUSED:
            yield Qualifier(kind, at, at, at, min(speech_end(said, at), _aside_end(said, at)), who)


def _aside_end(said: Sequence[Token], at: int) -> int:
    """Return where a clause of *who* or *which* between commas ends that holds a verb, else the end."""
    opening = next((i for i in range(at - 1, max(0, at - 6), -1) if said[i].low in {"who", "which", "whose"}), 0)
    if not opening or said[opening - 1].form != ",":
        return len(said)
    return next((i for i in range(at + 1, len(said)) if said[i].form == ","), len(said))


def _kind(lemma: str) -> Kind:
    if lemma in _CLAIM | _JUDGES_AS:
        return Kind.CLAIMED
    return Kind.BELIEVED if lemma in _BELIEVE else Kind.EXPECTED if lemma in _EXPECT else Kind.SAID


def _attributes(said: Sequence[Token], predicate: Predicate) -> bool:
    """Tell whether a verb of speech gives what follows to somebody, and does not just stand there."""
    at = predicate.at
    if any(said[i].low in {"i", "you"} for i in predicate.agents):
        return False  # "I think" is how people talk
    if predicate.lemma == "hear" and not any(said[i].lemma in HEARINGS for i in predicate.agents):
        return False  # "neighbours heard a bang"
    if any(token.low == "according" for token in said[max(0, at - 4) : at]):
        return False  # "according to media *reports*"
    if predicate.lemma == "charge":
        near = said[at + 1].low if at + 1 < len(said) else ""
        return near == "with" or any(preposition == "with" for preposition, _ in predicate.others)
    return predicate.lemma not in _JUDGES_AS or _judges_as(said, predicate)


def _judges_as(said: Sequence[Token], predicate: Predicate) -> bool:
    """Tell whether a verb such as *call* says what somebody thinks of a thing."""
    if predicate.passive:
        return False
    for i in range(predicate.at + 2, min(predicate.at + 9, len(said))):
        if said[i].tag in FINITE or said[i].tag is Tag.PUNCTUATION:
            return False
        before = said[i - 1].tag in {Tag.NOUN, Tag.NAME, Tag.PRONOUN}
        if before and (said[i].low == "as" or (predicate.lemma == "call" and said[i].low in {"a", "an"})):
            return True
    return False


def _according(said: Sequence[Token], at: int) -> Qualifier:
    comma = next((i for i in range(at, len(said)) if said[i].form == ","), len(said))
    end = next((i for i in range(at + 2, comma) if said[i].tag in {Tag.PREPOSITION, Tag.RELATIVE}), comma)
    speaker = tuple(
        i for i in range(at + 2, min(end, at + 12)) if said[i].tag in {Tag.NOUN, Tag.NAME} or said[i].low == "reports"
    )
    kind = Kind.REPORTED if any(said[i].low in _VAGUE_SOURCES for i in speaker[-1:]) else Kind.SAID
    if at == 0 or hard_start(said, at) == at:
        return Qualifier(kind, at, at + 1, comma, hard_end(said, comma), speaker)
    return Qualifier(kind, at, at + 1, hard_start(said, at), at, speaker)


def _closes(said: Sequence[Token], at: int) -> bool:
    """Tell whether a verb of speech stands behind what it introduces: "…, police said"."""
    following = said[at + 1 : at + 3]
    if following and following[0].low in {"that", "of", "with", "for"}:
        return False
    if following and following[0].low in {"at", "to"} and said[at].lemma in _BELIEVE:
        return False  # "deaths estimated at 400"
    before = said[max(0, at - 8) : at]
    comma = next((i for i in range(len(before) - 1, -1, -1) if before[i].form in {",", '"', "”"}), None)
    if comma is None or any(t.tag in FINITE for t in before[comma + 1 :]):
        return False
    opening = not any(t.tag is Tag.VERB for t in said[: at - len(before) + comma])
    rest = said[at + 1 :]
    ends = next((i for i, t in enumerate(rest) if t.form in HARD or t.form in {",", '"', "“"}), len(rest))
    return not opening and not any(t.tag in FINITE for t in rest[:ends])
