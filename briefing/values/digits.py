"""Numbers in digits, compared across languages: `1.200`, `1 200` and `1,200` may be one number, `2,3` and `3,2` not.

Languages differ in how they part thousands and decimals, so that one writing may be read in more than one way: it is
taken for the number that the source has, if one of its readings is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..english import is_foreign
from ..words import forms
from .quantities import quantities

_BLANKS = " \u00a0\u2009\u202f"
_NUMBER = re.compile(rf"\d+(?:(?:[.,'’٫٬]|[{_BLANKS}](?=\d{{3}}(?!\d)))\d+)*")
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}([./])(\d{1,2})\1\d{4}|\d{4}([-/])(\d{1,2})\3\d{1,2})(?!\d)")
_DECIMAL = ".,٫"
# A writer may put in digits what the source has as a word; "one" is an article in many languages, and tells nothing.
_WORDS = {
    word: str(number)
    for number, words in enumerate(
        (
            "un une ein eine einen einem einer eines uno una een um uma",
            "deux zwei dos due twee dois duas",
            "trois drei tres tre drie três",
            "quatre vier cuatro quattro quatro",
            "cinq fünf cinco cinque vijf",
            "six sechs seis sei zes",
            "sept sieben siete sette zeven sete",
            "huit acht ocho otto oito",
            "neuf neun nueve nove negen",
            "dix zehn diez dieci tien dez",
            "onze elf once undici",
            "douze zwölf doce dodici twaalf doze",
        ),
        start=1,
    )
    for word in words.split()
}


def missing(claim: str, source: str) -> Iterator[tuple[int, int]]:
    """Yield where a claim has a number in digits that its source has not: `claim[start:end]`.

    Of the source also the numbers up to twelve count that it has as words, and in English all; in the claim words are
    not read.

    >>> list(missing("1.200 Menschen kamen, nicht 3,2", "Es kamen 1 200 Menschen auf 2,3 Hektar"))
    [(28, 31)]
    """
    held = _held(source)
    english = not is_foreign(claim)
    months = {found.span(group) for found in _DATE.finditer(claim) for group in (2, 4) if found[group]}
    for match in _NUMBER.finditer(claim):
        if any(all(number in held for number in reading) for reading in _readings(match[0], english=english)):
            continue
        parts = [(match.start() + part.start(), match.start() + part.end()) for part in re.finditer(r"\d+", match[0])]
        # A month in digits may be a name in the source.
        named = not _DATE.search(source) and any(part in months for part in parts)
        if named and all(part in months or _number(claim[slice(*part)]) in held for part in parts):
            continue
        yield match.span()


def _held(source: str) -> set[str]:
    """Return the numbers that a source has, in every way that they can be read."""
    english = not is_foreign(source)
    held = {n for match in _NUMBER.finditer(source) for r in _readings(match[0], english=english) for n in r}
    if not english:
        return held | {_WORDS[form] for form in forms(source) if form in _WORDS}
    for quantity in quantities(source):
        if quantity.measure == "clock":  # in minutes; other languages count 24 hours
            held |= {_plain(value) for value in (int(quantity.low) // 60, int(quantity.low) % 60)}
        else:
            held |= {_plain(value) for value in (quantity.low, quantity.high, quantity.low / quantity.scale)}
    return held


def _readings(written: str, *, english: bool) -> list[tuple[str, ...]]:
    """Return what digits with marks between them may say: each reading is one number, or several side by side."""
    parts, marks = re.findall(r"\d+", written), [" " if m in _BLANKS else m for m in re.findall(r"\D", written)]
    if not marks:
        return [(_number(written),)]
    last, found = marks[-1], list[tuple[str, ...]]()
    if len(set(marks)) == 1 and _grouped(parts) and not (english and last == "."):
        found.append((_number("".join(parts)),))
    whole = parts[:-1]
    apart = len(whole) == 1 or (len({*marks[:-1]}) == 1 and last not in marks[:-1] and _grouped(whole))
    if last in _DECIMAL and apart and not (english and last == "," and found):
        found.append((_number("".join(whole), parts[-1]),))
    if not found or (not english and marks == ["."] and _is_time(*parts)):
        found.append(tuple(map(_number, parts)))
    return found


def _grouped(parts: list[str]) -> bool:
    """Tell whether digits are parted as thousands are, in India also as hundreds of them."""
    first, *rest = parts
    threes = len(parts) > 1 and len(parts[-1]) == 3 and all(len(part) in (2, 3) for part in rest)
    return threes and len(first) <= 3 and first[0] != "0"


def _is_time(hour: str, minute: str) -> bool:
    return len(hour) <= 2 and len(minute) == 2 and int(hour) <= 24 and int(minute) < 60


def _number(whole: str, fraction: str = "") -> str:
    """Return a number as it is compared: ASCII digits, without zeros that say nothing."""
    whole, fraction = ("".join(str(unicodedata.decimal(c)) for c in digits) for digits in (whole, fraction))
    return (whole.lstrip("0") or "0") + (f".{rest}" if (rest := fraction.rstrip("0")) else "")


def _plain(value: object) -> str:
    whole, _, fraction = f"{value:f}".partition(".") if not isinstance(value, int) else (str(value), "", "")
    return _number(whole.lstrip("-"), fraction)
