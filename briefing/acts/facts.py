"""The facts of a sentence, each with the party that it belongs to: what is said of a subject, of a name, at a place.

Unlike acts, facts need no verb of their own: "the bus, which had passed an inspection", "Lund, 43, a baker", "in
Galway the river burst its banks".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..grammar.chains import BREAKS, SPEECH
from ..grammar.matching import CONTENT
from ..grammar.phrases import Phrase, is_time
from ..grammar.predicates import Predicate, Reading, read
from ..grammar.tagging import Tag, Token
from ..remembered import remembered
from ..words import FUNCTION_WORDS, stem
from .converses import LIGHT, SYMMETRIC
from .parties import Party, parties

#: A name and a number tell more than another word.
HEAVY = 2
_WHERE = frozenset("in at near around inside outside on".split())
_SPEECH = frozenset("promise pledge vow predict forecast complain deny describe call stress concede".split())
#: So many verbs on a clause has ended.
_NEXT = 6
_CUTS = frozenset("and while but whereas although though".split())
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()
_DIGITS = {word: str(number) for number, word in enumerate(_ONES, start=1)}


class Fact(NamedTuple):
    """What is said of a party: `words` are the stems with their weights, `role` is `subject`, `described` or a place's.

    `low` are the words themselves by their stems.
    """

    role: str
    party: Party
    words: Mapping[str, int]
    low: Mapping[str, str]

    @property
    def weight(self) -> int:
        """How much is said."""
        return sum(self.words.values())


@remembered(1 << 11)
def facts(text: str) -> tuple[Fact, ...]:
    """Return the facts of a sentence.

    >>> [(f.role, f.party.head, sorted(f.words)) for f in facts("Lund, a baker, closed his shop in Oslo.")]
    [('subject', 'lund', ['close', 'oslo', 'shop']), ('described', 'lund', ['baker']), ('where', 'oslo', [...
    """
    reading = read(text)
    return (*_subjects(reading), *_described(reading), *_places(reading), *_sayings(reading))


def spoken(text: str, speaker: str) -> Iterator[Fact]:
    """Yield what a sentence of direct speech says, as a fact of its speaker."""
    reading = read(speaker)
    named = [p for p in reading.phrases if reading.tokens[p.head].tag is Tag.NAME] or reading.phrases
    for phrase in named[:1]:
        party = parties(reading, (phrase.head,))[0]
        yield from _fact("says", party._replace(start=0, end=0), read(text).tokens)


def _fact(role: str, party: Party, said: Iterable[Token]) -> Iterator[Fact]:
    words, low = dict[str, int](), dict[str, str]()
    for token in said:
        if token.tag not in CONTENT or token.low in FUNCTION_WORDS or (token.lemma in LIGHT and token.tag is Tag.VERB):
            continue
        if (token.start >= party.start and token.end <= party.end) or token.low in party.name:
            continue
        word = _DIGITS.get(token.low) or stem(token.low)
        words[word] = HEAVY if token.tag in {Tag.NAME, Tag.NUMBER} and not is_time(token) else 1
        low[word] = token.low
    if words:
        yield Fact(role, party, words, low)


def _subject(predicate: Predicate) -> tuple[int, ...]:
    return predicate.patients if predicate.passive else predicate.agents


def _subjects(reading: Reading) -> Iterator[Fact]:
    said = reading.tokens
    starts = {i: p.start for p in reading.phrases for i in range(p.start, p.end)}
    for predicate in reading.predicates:
        subject = _subject(predicate)
        if not subject or predicate.lemma in SPEECH | SYMMETRIC:
            continue
        end = _end(reading, predicate, starts)
        for party in _named(reading, _together(parties(reading, subject))):
            yield from _fact("subject", party, said[predicate.at : end])


def _named(reading: Reading, found: Sequence[Party]) -> Iterator[Party]:
    """Yield parties, one with a name in apposition by that name: "the orchestra's manager, Eva Stolz, said"."""
    said = reading.tokens
    for party in found:
        at = bisect_right(reading.phrases, party.at, key=lambda p: p.start)
        own, after = reading.phrases[at - 1] if at else None, reading.phrases[at] if at < len(reading.phrases) else None
        closed = (
            own
            and after
            and after.start == own.end + 1
            and said[own.end].form == ","
            and after.end < len(said)
            and said[after.end].form == ","
        )
        if closed and after and not party.name and said[after.head].tag is Tag.NAME:
            yield parties(reading, (after.head,))[0]
        else:
            yield party


def _sayings(reading: Reading) -> Iterator[Fact]:
    """Yield what each speaker is said to say: all up to the next speaker, before the verb where nothing follows it."""
    said = reading.tokens
    verbs = [p for p in reading.predicates if p.lemma in SPEECH | _SPEECH and p.agents]
    for number, predicate in enumerate(verbs):
        first, last = min(*predicate.agents, predicate.at), predicate.at + 1
        after = min(*verbs[number + 1].agents, verbs[number + 1].at) if number + 1 < len(verbs) else len(said)
        start = verbs[number - 1].at + 1 if number else 0
        ends = last + 4 >= len(said) or said[last].form in {".", ","}
        words = (*said[start:first], *said[last:after]) if ends or not number else said[last:after]
        for party in _named(reading, parties(reading, predicate.agents)):
            yield from _fact("says", party, words)
    for at, token in enumerate(said[:-2]):
        phrase = next((p for p in reading.phrases if p.start == at + 2), None) if token.low == "according" else None
        if phrase:
            party = parties(reading, (phrase.head,))[0]
            yield from _fact("says", party, (*said[:at], *said[phrase.end :]))


def _together(found: Sequence[Party]) -> Sequence[Party]:
    """Return the parties that do it: in "trade between Chile and Peru" the trade alone."""
    return found[:1] if found and any(word in found[0].text.split() for word in ("between", "among")) else found


def _end(reading: Reading, predicate: Predicate, starts: Mapping[int, int]) -> int:
    """Return where what a verb says ends: before the subject of another, or where the clause is cut."""
    said, own = reading.tokens, _subject(predicate)[:1]
    end = len(said)
    following = bisect_right(reading.predicates, predicate.at, key=lambda p: p.at)
    for other in reading.predicates[following : following + _NEXT]:
        subject = _subject(other)
        if subject and subject[:1] != own and subject[0] > predicate.at:
            end = min(end, starts.get(subject[0], end))
        elif subject[:1] == own and not _infinitive(said, other):
            end = min(end, (other.group or (other.at,))[0])
    for i in range(predicate.at + 1, end):
        if said[i].form in BREAKS or (said[i].form == "," and i + 1 < end and said[i + 1].low in _CUTS):
            return i
    return end


def _infinitive(said: Sequence[Token], predicate: Predicate) -> bool:
    return any(said[i].tag is Tag.TO for i in predicate.group)


def _described(reading: Reading) -> Iterator[Fact]:
    """Yield what stands beside a party as its description: "Lund, a baker", "baker Jon Lund of Oslo"."""
    said, phrases = reading.tokens, reading.phrases
    for at, phrase in enumerate(phrases):
        head = said[phrase.head]
        party = parties(reading, (phrase.head,))[0]
        if head.tag is Tag.NAME:
            inside = [said[i] for i in range(phrase.start, phrase.end) if not said[i].owns]
            following = phrases[at + 1] if at + 1 < len(phrases) else None
            if following and following.start == phrase.end + 1 and said[phrase.end].low in {"of", "from"}:
                inside += said[following.start : following.end]
                party = party._replace(end=head.end)
            yield from _fact("described", party._replace(start=head.start), inside)
        if phrase.time or head.tag not in {Tag.NAME, Tag.NOUN}:
            continue
        if beside := _beside(reading, phrase):
            yield from _fact("described", party, beside)
    for first, second in pairwise(phrases):
        named = said[second.head].tag is Tag.NAME and said[first.head].tag is Tag.NOUN
        after = said[second.end].form if second.end < len(said) else "."
        if named and second.start == first.end + 1 and said[first.end].form == "," and after in {",", "."}:
            party = parties(reading, (second.head,))[0]
            start = _chain_start(reading, first)
            yield from _fact("described", party, said[start : first.end])  # "the mayor, Ana Lopes,"


def _chain_start(reading: Reading, phrase: Phrase) -> int:
    """Return where the phrases begin that a phrase ends by "of": "the manager of the orchestra"."""
    at = bisect_left(reading.phrases, phrase.start, key=lambda p: p.start)
    before = reading.phrases[at - 1] if at else None
    return (
        before.start
        if before and before.end == phrase.start - 1 and reading.tokens[phrase.start - 1].low in {"of", "at", "for"}
        else phrase.start
    )


def _beside(reading: Reading, phrase: Phrase) -> Sequence[Token]:
    """Return what commas enclose after a phrase when it describes: it begins with an article or a number."""
    said, start = reading.tokens, phrase.end + 1
    if start >= len(said) or said[phrase.end].form != ",":
        return ()
    at = bisect_left(reading.phrases, start, key=lambda p: p.start)
    following = reading.phrases[at] if at < len(reading.phrases) and reading.phrases[at].start == start else None
    end = next((i for i in range(start, min(len(said), start + 14)) if said[i].form in {",", ".", ";"}), -1)
    named = following is not None and said[following.head].tag is Tag.NAME
    if following is None or end <= start or (named and said[start].low not in {"a", "an"}):
        return ()
    closed = said[end].form == "," or said[phrase.head].tag is Tag.NAME
    verbs = any(t.tag in {Tag.VERB, Tag.AUX} for t in said[start:end])
    listed = said[end].form == "," and end + 1 < len(said) and said[end + 1].low in {"and", "or"}
    return said[start:end] if closed and not verbs and not listed and not following.time else ()


def _places(reading: Reading) -> Iterator[Fact]:
    """Yield what each stretch of a sentence says with the names in it that follow a preposition."""
    said = reading.tokens
    starting = {p.start: p for p in reading.phrases}
    frame: Party | None = None
    role = ""
    for start, end in _stretches(said):
        found = []
        for i in range(start, end):
            phrase = starting.get(i + 1) if said[i].tag is Tag.PREPOSITION and i + 1 < end else None
            local = said[i].low in _WHERE | {"to", "from", "into"}
            if phrase and local and not phrase.time and said[phrase.head].tag is Tag.NAME:
                party = parties(reading, (phrase.head,))[0]
                found.append((_role(said[i].low), party, i, phrase.end))
        if said[start - 1 if start else 0].form == ";":
            frame = None
        if found and found[0][2] == start and found[0][3] >= end:  # "In Cork, a gym was damaged"
            role, frame = found[0][0], found[0][1]
            continue
        if frame:
            yield from _fact(role, frame, said[start:end])
        for kind, party, _, _ in found:
            yield from _fact(kind, party, said[start:end])


def _role(preposition: str) -> str:
    return "where" if preposition in _WHERE else preposition


def _stretches(said: Sequence[Token]) -> Iterator[tuple[int, int]]:
    start = 0
    for i, token in enumerate(said):
        if token.form in {",", ";", "."} or token.low in _CUTS:
            if i > start:
                yield start, i
            start = i + 1
    if start < len(said):
        yield start, len(said)
