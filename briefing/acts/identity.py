"""Whether two phrases of one document mean the same party: "Vidal", "the mayor", "the IOM".

Who bears a name is looked up in the document: titles before it, appositions after it, what stands in brackets. Where
nothing tells, the answer is `UNSURE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import lru_cache

from ..document import Document
from ..grammar import given_names, places
from ..grammar.lexicon import Relation, kind, related
from ..grammar.phrases import Phrase
from ..grammar.predicates import Reading, read
from ..grammar.tagging import Tag
from ..naming import directory
from ..naming.spellings import nickname
from ..source import Source
from ..words import stem
from .parties import Party

#: They name anybody or any body, so that another name for the same is no contradiction.
GENERIC = frozenset(
    """official authority police officer government ministry company firm group team people man woman person source
    spokesman spokeswoman spokesperson leader member expert analyst scientist researcher author resident study report
    agency body organisation organization department office service party side state country nation city council
    administration court investigator worker staff employee public critic supporter victim others many some most
    one two three family boy girl child student statement survey poll data figures document board panel committee
    operator maker giant chain unit business manager boss executive chief head president director minister both they
    campaigner activist crowd troop force military army soldier""".split()
)
# Who of one line is nobody of another line, whatever the company or the country.
_SORTS = """
union worker employee staff staffer labourer laborer
company employer firm operator manufacturer retailer bank lender insurer airline shareholder owner management
court judge jury tribunal juror
prosecutor prosecution
police policeman
defendant suspect accused
government ministry cabinet
parliament senate congress lawmaker legislator
opposition
army military navy
rebel militant insurgent guerrilla
resident protester demonstrator villager voter passenger patient customer pupil student parent tenant farmer migrant
scientist researcher
doctor nurse hospital
"""
_SORT: dict[str, int] = {word: n for n, line in enumerate(_SORTS.strip().splitlines()) for word in line.split()}
#: Names that share so many letters at the start may be forms of one.
_ROOT = 5
#: A part of a country holds towns of other names.
_REGIONS = frozenset("northern southern eastern western central".split())
#: No abbreviation has more letters.
_LONGEST_INITIALS = 7
_CAPITAL = re.compile(r"\b[A-Z]")


class Same(IntEnum):
    """Whether two phrases mean the same party."""

    NO = 0
    UNSURE = 1
    NEAR = 2  # a part, a member, who acts for it: "the Greens", "Green leader Brauner"
    YES = 3


def same(one: Party, other: Party, document: Document) -> Same:
    """Return whether two phrases mean the same, as far as they and the document tell."""
    if one.pronoun or other.pronoun:
        return Same.UNSURE
    one, other = _settled(one, document), _settled(other, document)
    if one.maybe and other.maybe:
        return _same_nouns(one, other)
    if one.name and other.name and one.head != other.head and (_by_origin(one) or _by_origin(other)):
        return Same.UNSURE
    if one.name and other.name:
        return _same_names(one, other, document)
    if one.name or other.name:
        named, plain = (one, other) if one.name else (other, one)
        return _describes(plain, named, document)
    return _same_nouns(one, other)


def akin(one: Party, other: Party) -> bool:
    """Tell whether two names may be forms of one: "Tarsia", "Tarsian"."""
    if len(one.name) != 1 or len(other.name) != 1:
        return False  # "Hanna Wirth", "Paul Wirth"
    return any(a[:_ROOT] == b[:_ROOT] for a in one.name for b in other.name if min(len(a), len(b)) >= _ROOT)


def _by_origin(party: Party) -> bool:
    """Tell whether a phrase calls somebody by where he is from: "the 34-year-old Spaniard", "the Italian"."""
    alone = len(party.name) == 1 and not party.head.endswith("s") and party.text[:4].lower() == "the "
    return alone and is_person(party.head) and party.head not in given_names.NAMES


def _settled(party: Party, document: Document) -> Party:
    """Return a party that may be a name as a noun, when the document has the word in lower case."""
    if party.maybe and party.head in directory.of(document.sources).small:
        return party._replace(name=frozenset(), maybe=False)
    return party


def _same_names(one: Party, other: Party, document: Document) -> Same:
    if _relatives(one, other):
        return Same.NO
    if one.name == other.name or one.head == other.head or stem(one.head) == stem(other.head):
        return Same.YES
    if one.name <= other.name or other.name <= one.name:
        return Same.YES
    if _place(one.name) & _place(other.name):
        return Same.YES
    if _initials(one, other) or _initials(other, one):
        return Same.YES
    known = described(tuple(sorted(one.name)), document.sources, document), other.name
    if other.name & known[0] or one.name & described(tuple(sorted(other.name)), document.sources, document):
        return Same.YES if _short(one) or _short(other) else Same.NEAR
    if _overlap(one.name, other.around) or _overlap(other.name, one.around):
        return Same.NEAR
    return Same.UNSURE if (one.around & _REGIONS) ^ (other.around & _REGIONS) else Same.NO


def _relatives(one: Party, other: Party) -> bool:
    """Tell whether two names share their last word alone: "Hanna Wirth", "Paul Wirth"."""
    mine, theirs = one.name - other.name, other.name - one.name
    if one.head != other.head or not mine or not theirs or one.name & other.name != {one.head}:
        return False
    given = mine <= given_names.NAMES or theirs <= given_names.NAMES
    return given and not any(nickname(a, b) for a in mine for b in theirs)


def _initials(short: Party, long: Party) -> bool:
    """Tell whether a name is made of the initials of another: "the IOM"."""
    capitals = [word[0].lower() for word in _CAPITAL.findall(long.text)]
    if len(short.name) > 1 or not 1 < len(short.head) < _LONGEST_INITIALS or [short.head[0]] != capitals[:1]:
        return False
    rest = iter(capitals)
    return len(capitals) <= len(short.head) + 1 and all(letter in rest for letter in short.head)


@lru_cache(maxsize=1 << 12)
def _place(name: frozenset[str]) -> frozenset[str]:
    return frozenset(key for mention in places.places(" ".join(sorted(name)).title()) for key in mention.keys)


def _short(party: Party) -> bool:
    return len(party.name) == 1 and len(party.head) < 6


def _describes(plain: Party, named: Party, document: Document) -> Same:
    """Return whether a phrase without a name can mean who bears one: "the mayor", "Ernesto Vidal"."""
    if plain.head in named.around or plain.head in {stem(word) for word in named.name} | named.name:
        return Same.YES
    known = described(tuple(sorted(named.name)), document.sources, document)
    if plain.head in known or any(_means(plain.head, word) for word in known | named.around):
        return Same.YES
    if _overlap(plain.around, named.name) or (plain.around & known and not plain.around <= GENERIC):
        return Same.NEAR
    return Same.UNSURE


def _means(word: str, other: str) -> bool:
    return word.isascii() and other.isascii() and related(word, other, "n") in {Relation.SYNONYM, Relation.BROADER}


@lru_cache(maxsize=1 << 12)
def is_person(word: str) -> bool:
    """Tell whether a noun can name a person: "client", "striker"."""
    return "person" in kind(word)


def cannot_bear(plain: Party, named: Party, document: Document) -> bool:
    """Tell whether a phrase without a name surely does not mean who bears one.

    People and bodies are called many things; but a plural is no single person, and a union is no company.
    """
    known = described(tuple(sorted(named.name)), document.sources, document) | named.around
    if not known:
        return False
    if plain.plural and any(is_person(word) for word in known):
        return True
    sort, sorts = _SORT.get(plain.head), {_SORT[word] for word in known if word in _SORT}
    return sort is not None and bool(sorts) and sort not in sorts


def _same_nouns(one: Party, other: Party) -> Same:
    relation = related(one.head, other.head, "n") if one.head != other.head else Relation.SAME
    if relation in {Relation.SAME, Relation.SYNONYM}:
        return Same.YES
    if relation in {Relation.BROADER, Relation.NARROWER}:
        return Same.NEAR
    if one.head in other.around or other.head in one.around:
        return Same.NEAR
    if one.head in GENERIC or other.head in GENERIC:
        return Same.UNSURE
    return Same.NO


def of_different_sorts(one: Party, other: Party) -> bool:
    """Tell whether two phrases without names are of sorts that are never one party: a union and a company."""
    sorts = _SORT.get(one.head), _SORT.get(other.head)
    return None not in sorts and sorts[0] != sorts[1]


def _overlap(some: Iterable[str], others: Iterable[str]) -> bool:
    """Tell whether a word of one group and one of the other are forms of one word: "Tarsia", "Tarsian"."""
    mine = [word for word in some if len(word) > 3]
    return any(a[:5] == b[:5] for a in mine for b in others if len(b) > 3)


def described(name: tuple[str, ...], sources: tuple[Source, ...], document: Document) -> frozenset[str]:
    """Return the words by which a document calls who bears a name: titles, appositions, abbreviations, as lemmas."""
    key = (name, sources)
    if (found := _kept.get(key)) is None:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        found = _kept[key] = frozenset(_descriptions(frozenset(name), document))
    return found


_kept: dict[tuple[tuple[str, ...], tuple[Source, ...]], frozenset[str]] = {}
_MOST_KEPT = 1 << 11
#: So many sentences with a name tell enough about it.
_MOST_READ = 12


def _descriptions(name: frozenset[str], document: Document) -> Iterator[str]:
    rarest = max(name, key=len, default="")
    for number, sentence in enumerate(directory.of(document.sources).sentences(rarest, document)):
        if number >= _MOST_READ:
            break
        reading = read(sentence.text)
        said = reading.tokens
        for at, phrase in enumerate(reading.phrases):
            inside = [said[i] for i in range(phrase.start, phrase.end)]
            if said[phrase.head].low not in name:
                continue
            yield from (t.lemma for t in inside if t.tag in {Tag.NOUN, Tag.NAME} and t.low not in name and not t.owns)
            if phrase.start > 1 and said[phrase.start - 1].low == "of" and at:
                yield said[reading.phrases[at - 1].head].lemma  # "rebels of the Northern Front"
            for near in (at - 1, at + 1):
                if 0 <= near < len(reading.phrases):
                    yield from _apposed(reading, reading.phrases[min(at, near)], reading.phrases[max(at, near)], name)


def _apposed(reading: Reading, first: Phrase, second: Phrase, name: frozenset[str]) -> Iterator[str]:
    """Yield the nouns of the phrase that stands in apposition to a name: "the mayor, Ernesto Vidal," "(EBC)"."""
    said = reading.tokens
    between = [t.form for t in said[first.end : second.start]]
    after = said[second.end].form if second.end < len(said) else "."
    copula = between and between[-1] in {"is", "was", "as", "called", "named"} and len(between) <= 3
    listed = after == "," and second.end + 1 < len(said) and said[second.end + 1].low in {"and", "or"}
    several = said[first.head].low.endswith("s") and after == "and"  # "two engineers, Horak and Cho"
    own = said[first.head].low in name or said[second.head].low in name
    apposed = between == [","] and (several or (after in {",", ".", ";"} and not listed))
    if own and (apposed or copula or between == ["("] or (between == [","] and after in {"of", "at", "for", "who"})):
        for phrase in (first, second):
            words = (said[i] for i in range(phrase.start, phrase.end))
            yield from (t.lemma for t in words if t.tag in {Tag.NOUN, Tag.NAME} and t.low not in name and not t.owns)


def sort_of(party: Party, document: Document) -> str:
    """Return whether a name is surely a person's or a body's, or an empty string."""
    known = described(tuple(sorted(party.name)), document.sources, document) | party.around
    if party.name & given_names.NAMES or any(map(is_person, known)):
        return "person"
    body = party.text[:4].lower() == "the " or any("group" in kind(word) for word in known) or places.known(party.head)
    return "body" if body else ""
