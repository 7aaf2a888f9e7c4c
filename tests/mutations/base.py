"""One edit of a true claim, and the ways to make edits that all kinds share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import NamedTuple

from .articles import Item


class Change(NamedTuple):
    """A claim made false: in which `way`, its text, what was changed, and its evidence where that is not the item's."""

    way: str
    claim: str
    what: str
    evidence: tuple[str, ...] | None = None


Maker = Callable[[Item, Random], Iterable[Change]]

# What may open a sentence and is no name.
_ORDINARY = frozenset("the a an no some two three four five six seven eight nine ten its".split())
_QUOTED = re.compile(r"[\"“][^\"“”]{1,400}[\"”]")


def replaced(way: str, text: str, start: int, end: int, new: str, evidence: tuple[str, ...] | None = None) -> Change:
    """Return the change that puts `new` where `text[start:end]` stands; blanks and the first letter are mended."""
    before, old = text[:start], text[start:end]
    if old[:1].isupper() and before[-1:] in ("", '"', "“"):
        new = new[:1].upper() + new[1:]
    elif re.search(r"\ba $", before) and new[:1] in set("aeiou"):
        before = f"{before[:-1]}n "
    claim = before + new + text[end:]
    claim = re.sub(r" {2,}", " ", claim).replace(" ,", ",").replace(" .", ".").strip()
    return Change(way, claim[:1].upper() + claim[1:], f"{old!r} became {new!r}", evidence)


def substitutions(way: str, text: str, table: Mapping[str, str]) -> Iterator[Change]:
    """Yield the changes that a table of patterns and their replacements makes, one a place."""
    for pattern, new in table.items():
        for match in re.finditer(pattern, text, re.IGNORECASE):
            yield replaced(way, text, *match.span(), match.expand(new))


def exchanged(way: str, text: str, one: tuple[int, int], other: tuple[int, int]) -> Change:
    """Return the change that swaps two stretches of a text, the first of which stands first."""
    first, second = text[slice(*one)], text[slice(*other)]
    if one[0] == 0 and first.split()[0].lower() in _ORDINARY:
        first = first[:1].lower() + first[1:]
    claim = text[: one[0]] + second + text[one[1] : other[0]] + first + text[other[1] :]
    return Change(way, claim[:1].upper() + claim[1:], f"{first!r} and {second!r} swapped")


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the stretches between quotation marks of at least three words, marks included."""
    return [match.span() for match in _QUOTED.finditer(text) if len(match[0].split()) > 2]


def in_quotes(text: str, place: int) -> bool:
    """Tell whether a place of a text stands between quotation marks."""
    return any(match.start() <= place < match.end() for match in _QUOTED.finditer(text))
