"""Who is meant by a noun phrase: its head, the name that it is, and the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ..grammar import given_names
from ..grammar.lexicon import kind
from ..grammar.phrases import Phrase
from ..grammar.predicates import Reading, read
from ..grammar.tagging import Tag
from ..remembered import remembered
from ..values import TITLES

_PRONOUNS = frozenset(
    """he she it they him her them who which that this those these we i us me you whoever
    anybody anyone everybody everyone somebody someone nobody themselves himself herself itself""".split()
)
_TITLES = TITLES | frozenset(
    """councillor councilman councilwoman judge professor officer coach envoy commissioner spokesman spokeswoman
    spokesperson analyst striker defender midfielder goalkeeper deputy leader speaker ambassador attorney lord
    baroness corporal admiral sheriff detective constable rev reverend father sister brother minister
    secretary""".split()
)
_HANGS_ON = frozenset("of in at for from on near with to between over about against among".split())


class Party(NamedTuple):
    """A phrase that takes part in an act: `text[start:end]` of its sentence.

    `head` is its head as a lemma; `name` are the words of a proper name that it is; `around` the words before the head
    and in the phrases that hang on it, as lemmas.
    """

    start: int
    end: int
    head: str
    name: frozenset[str]
    around: frozenset[str]
    pronoun: bool
    plural: bool
    owners: frozenset[str]
    at: int
    maybe: bool = False  # a name that only opens its sentence, or a noun
    text: str = ""


def parties(reading: Reading, indexes: Sequence[int]) -> tuple[Party, ...]:
    """Return the parties that some tokens of a sentence name, the head first: two for "Japan and Korea"."""
    return _parties(reading.text, tuple(indexes)) if indexes else ()


@remembered(1 << 14)
def _parties(text: str, indexes: tuple[int, ...]) -> tuple[Party, ...]:
    reading = read(text)
    held = dict.fromkeys(p for i in indexes if (p := _phrase_of(reading, i)) is not None)
    groups: list[list[Phrase]] = []
    for phrase in sorted(held, key=lambda p: p.start):
        hangs = phrase.start and reading.tokens[phrase.start - 1].low in _HANGS_ON
        joined = bool(groups) and groups[-1][-1].end == phrase.start - 1
        if joined and (hangs or len(groups[-1]) > 1):
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
    first = indexes[0]
    ordered = sorted(groups, key=lambda g: not any(p.start <= first < p.end for p in g))
    return tuple(_party(reading, group, first) for group in ordered)


def _phrase_of(reading: Reading, at: int) -> Phrase | None:
    return _holding(reading.text).get(at)


@remembered(1 << 11)
def _holding(text: str) -> dict[int, Phrase]:
    return {i: p for p in read(text).phrases for i in range(p.start, p.end)}


def _party(reading: Reading, group: Sequence[Phrase], first: int) -> Party:
    said = reading.tokens
    phrase = next((p for p in group if p.start <= first < p.end), group[0])
    at = first if said[first].owns and phrase.start <= first < phrase.end else phrase.head
    run: list[str] = []
    for i in range(at, phrase.start - 1, -1):
        if said[i].tag is not Tag.NAME or (run and _is_title(said[i].low)) or (said[i].owns and i < at):
            break
        run.append(said[i].low)
    maybe = not run and _opening_name(reading, phrase)
    if maybe:
        run.append(said[at].low)
    name = frozenset(run)
    words = (i for p in group for i in range(p.start, p.end) if said[i].tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE})
    around = frozenset(said[i].lemma for i in words if i != at and said[i].low not in name)
    owners = frozenset(said[i].low for i in range(phrase.start, at) if said[i].owns)
    pronoun = said[at].tag is Tag.PRONOUN or said[at].low in _PRONOUNS
    start, end = said[group[0].start].start, said[group[-1].end - 1].end
    head = said[at].lemma
    plural = said[at].tag is Tag.NOUN and said[at].low != head
    return Party(start, end, head, name, around, pronoun, plural, owners, at, maybe, reading.text[start:end])


@lru_cache(maxsize=1 << 12)
def _is_title(low: str) -> bool:
    """Tell whether a word before a name says what its bearer is: "Collector Hugo Lemaire"."""
    return low in _TITLES or ("person" in kind(low) and low not in given_names.NAMES)


def _opening_name(reading: Reading, phrase: Phrase) -> bool:
    """Tell whether a phrase may be a name that only opens its sentence: "Koch", but not "The judge" or "Rebels"."""
    head = reading.tokens[phrase.head]
    alone = phrase.end == phrase.start + 1 and head.tag is Tag.NOUN and head.form[:1].isupper()
    return alone and head.lemma == head.low
