"""Countries and a few other places and bodies under all their names: Japan, Japanese, Tokyo; UK, Britain, British.

The table is `data/places.tsv`: what a place is called, its adjectives and people, the capital and the seats that
stand for its government, and other names. English names, spelled without accents.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from ..remembered import remembered
from ..text import fold

#: Names that stand for any of several countries.
REGIONS: Mapping[str, frozenset[str]] = {
    "nordic": frozenset("denmark finland iceland norway sweden".split()),
    "scandinavian": frozenset("denmark norway sweden finland".split()),
    "baltic": frozenset("estonia latvia lithuania".split()),
    "eu": frozenset(
        """austria belgium bulgaria croatia cyprus denmark estonia finland france germany greece hungary ireland italy
        latvia lithuania luxembourg malta netherlands poland portugal romania slovakia slovenia spain sweden""".split()
    ),
}


class Form(StrEnum):
    """How a word names a place."""

    NAME = "name"
    PEOPLE = "people"  # "Japanese", "Britons"
    SEAT = "seat"  # "Tokyo", "the White House": the place itself, and its government


class Mention(NamedTuple):
    """A place named in a text at `text[start:end]`; `keys` are the places that it may be, as two Congos."""

    keys: frozenset[str]
    form: Form
    start: int
    end: int


# A capitalised word, or letters with stops: only there can a place be named.
_WORD = re.compile(r"(?<![\w.])(?:[A-Z]\.(?:[A-Z]\.){1,4}|[A-Z]\w*)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# Letters that no accent is taken off from.
_LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})


@lru_cache(maxsize=1 << 14)
def unaccented(word: str) -> str:
    """Return a word without accents: `Erdoğan` as `Erdogan`; the length may change.

    >>> unaccented("Erdoğan"), unaccented("Türkiye"), unaccented("Østergård")
    ('Erdogan', 'Turkiye', 'Ostergard')
    """
    if word.isascii():
        return word
    split = unicodedata.normalize("NFD", word.translate(_LETTERS))
    return "".join(c for c in split if not unicodedata.combining(c))


@remembered(1 << 12)
def places(text: str) -> tuple[Mention, ...]:
    """Return the places that `text` names, in order, the longest name first where one is part of another.

    Abbreviations count only in capitals, so that `us` is nobody; other names need a capital, or a text in capitals.

    >>> [(sorted(m.keys), str(m.form)) for m in places("Britons told us that the U.S. and Tokyo agreed.")]
    [(['united kingdom'], 'people'), (['united states'], 'name'), (['japan'], 'seat')]
    """
    plain = fold(text)
    folded = unaccented_text(plain)
    low = folded.lower()
    found: list[Mention] = []
    for match in _WORD.finditer(folded):
        if found and match.start() < found[-1].end:
            continue
        if short := _abbreviations().get(match[0].replace(".", "")):
            found.append(Mention(*short, match.start(), match.end()))
            continue
        for name in _by_first_word().get(low[match.start() : match.end()].rstrip("."), ()):
            end = match.start() + len(name)
            if low.startswith(name, match.start()) and not low[end : end + 1].isalnum():
                found.append(Mention(*_names()[_low(name)], match.start(), end))
                break
    return tuple(found)


def keys(text: str) -> frozenset[str]:
    """Return the places that `text` names in any form.

    >>> sorted(keys("The Japanese and the Dutch"))
    ['japan', 'netherlands']
    """
    return frozenset(key for mention in places(text) for key in mention.keys)


def known(word: str) -> bool:
    """Tell whether a word or a name alone is a place of the table, in any case.

    >>> known("japanese"), known("Ottawa"), known("plan")
    (True, True, False)
    """
    return _low(unaccented(word)) in _names() or word.replace(".", "") in _abbreviations()


def unaccented_text(text: str) -> str:
    """Return `text` without accents, its length unchanged.

    >>> unaccented_text("Erdoğan, Straße")
    'Erdogan, Straße'
    """
    return text if text.isascii() else _NOT_ASCII.sub(lambda match: one_to_one(match[0]), text)


def one_to_one(character: str) -> str:
    """Return a character without its accent where that is one character, so that offsets stay.

    >>> one_to_one("é"), one_to_one("ß")
    ('e', 'ß')
    """
    plain = unaccented(character)
    return plain if len(plain) == 1 else character


def _low(name: str) -> str:
    """Return a name as the table keeps it: lower case, blanks for hyphens, no stops, no `s` of a plural people."""
    return re.sub(r"[-\s]+", " ", name.lower().replace(".", ""))


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], Form], ...]:
    rows = []
    table = (files("briefing") / "data" / "places.tsv").read_text("utf-8")
    for line in table.splitlines()[1:]:
        name, people, seats, others = line.split("\t")
        for form, cell in ((Form.NAME, others), (Form.PEOPLE, people), (Form.SEAT, seats)):
            rows.append((name.lower(), tuple(filter(None, cell.split(", "))), form))
        rows.append((name.lower(), (name,), Form.NAME))
    return tuple(rows)


@cache
def _names() -> Mapping[str, tuple[frozenset[str], Form]]:
    found: dict[str, tuple[frozenset[str], Form]] = {}
    for key, written, form in _rows():
        for name in written:
            if name.isupper() and name != "NATO":
                continue
            for spelled in (name, *_plurals(name, form)):
                before = found.get(_low(spelled))
                best = form if before is None or form is Form.NAME else before[1]
                found[_low(spelled)] = ((before[0] if before else frozenset()) | {key}, best)
    return found


@cache
def _abbreviations() -> Mapping[str, tuple[frozenset[str], Form]]:
    return {
        name.replace(".", ""): (frozenset({key}), form)
        for key, written, form in _rows()
        for name in written
        if name.isupper()
    }


@cache
def _by_first_word() -> Mapping[str, tuple[str, ...]]:
    """Return the names in lower case by their first word, the longest first, each with blanks and with hyphens."""
    found: dict[str, set[str]] = {}
    for _, written, form in _rows():
        for name in written:
            if name.isupper() and name != "NATO":
                continue
            for spelled in (name, *_plurals(name, form)):
                low = spelled.lower()
                found.setdefault(re.split(r"[ '-]", low, maxsplit=1)[0], set()).update({low, low.replace(" ", "-")})
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}


def _plurals(name: str, form: Form) -> list[str]:
    return [f"{name}s"] if form is Form.PEOPLE and not name.endswith(("ese", "ish", "s", "men", "ch")) else []
