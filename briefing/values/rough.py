"""Figures, dates and names read as values, so that `1.2 billion` equals `1,200 million` and `2 September` `Sept. 2`.

A quick reading for ranking and comparing sources; `quantities.py` and `moments.py` read them for the checks. English
number words and month names; digits are ASCII.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..text import fold
from ..words import FUNCTION_WORDS, stem, words
from .moments import MONTHS, WEEKDAYS
from .numerals import SCALES, SHORT_SCALES, SMALL, TENS, number

# Without ASCII the letters ſ and İ would match s and i, and be in no table.
_PLAIN_CASE = re.IGNORECASE | re.ASCII
_SMALL = "|".join(sorted((*SMALL, *TENS), key=len, reverse=True))
_SCALE = "|".join(SCALES)
_FIGURE = re.compile(
    rf"""(?P<currency>US\$|A\$|[$€£¥₹₱])?\s?
    (?<![\w.,])
    (?: (?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,9}}(?:\.[0-9]{{1,9}})?|[0-9]{{1,30}}(?:\.[0-9]{{1,9}})?)(?![0-9])
        (?:[ -]?(?P<scale>{_SCALE})s?\b|(?P<short>k|mn|m|bn|b|tn)\b)?(?:st|nd|rd|th)?
      | (?P<words>(?:(?:half\ )?an?\ (?={_SCALE}))?(?:\b(?:{_SMALL}|{_SCALE})s?\b(?:[ -](?:and[ ])?)?){{1,8}}
        | \bhalf\b)
    )
    (?P<percent>\s?%|[ ]per[ ]?cent\b|[ ]percentage[ ]points?\b)?
    (?P<money>[ ](?:dollars?|euros?|pounds?|yen|pesos?|rupees?|yuan)\b)?""",
    re.VERBOSE | _PLAIN_CASE,
)
_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_DATE = re.compile(
    rf"\b(?P<d1>[0-3]?[0-9])(?:st|nd|rd|th)?(?: of)? (?P<m1>{_MONTH})\b\.?(?:,? (?P<y1>[12][0-9]{{3}})\b)?"
    rf"|\b(?P<m2>{_MONTH})\b\.? (?P<d2>[0-3]?[0-9])(?:st|nd|rd|th)?\b(?:,? (?P<y2>[12][0-9]{{3}})\b)?"
    rf"|\b(?P<m3>{_MONTH})\b\.?,? (?P<y3>[12][0-9]{{3}})\b"
    r"|\b(?P<y4>[12][0-9]{3})-(?P<m4>[01][0-9])-(?P<d4>[0-3][0-9])\b"
    rf"|\b(?P<weekday>{'|'.join(WEEKDAYS)})\b"
    r"|(?<![\w$€£¥.,])(?P<year>(?:19|20)[0-9]{2})(?![\w,]|\.[0-9])",
    _PLAIN_CASE,
)
_CURRENCIES = {"$": "dollar", "us$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₱": "peso"}

_LOOSE = re.compile(
    r"\b(about|around|approximately|nearly|almost|roughly|some|at least|more than|over|up to|less than|under|"
    r"fewer than) (?:an? )?$",
    _PLAIN_CASE,
)
#: Words that stand before a name and are no part of it.
TITLES = frozenset(
    """mr mrs ms dr prof sir lord lady president vice prime minister premier chancellor secretary foreign defence
    defense finance interior mayor governor senator sen rep representative congressman congresswoman gen general
    colonel col captain capt lieutenant lt sergeant sgt chief justice judge king queen prince princess pope bishop
    archbishop chairman chairwoman chair director police inspector superintendent the""".split()
)


class Figure(NamedTuple):
    """A number in a text: its value, what it counts, and where it stands (`text[start:end]`, code points).

    `unit` holds a currency, `%`, or the stems of the words that follow; `loose` is the word before it that makes it
    approximate or a bound (`about`, `at least`), or empty.
    """

    value: Decimal
    unit: frozenset[str]
    loose: str
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """Return the figures of `text` in order, dates left out.

    >>> [(str(f.value), sorted(f.unit)) for f in figures("$1.2 billion for twelve new schools, up 4 per cent")]
    [('1200000000.0', ['dollar']), ('12', ['new', 'school']), ('4', ['%'])]
    """
    text = fold(text)
    taken = [match.span() for match in _DATE.finditer(text) if not match["weekday"]]
    found = []
    for match in _FIGURE.finditer(text):
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        if any(first < match.end() and start < last for first, last in taken):
            continue
        value = _value(match)
        if value is None or (match["words"] and match["words"].lower().strip() == "one"):
            continue  # "one" is an article or a pronoun far more often than a count
        end = start + len(match[0].strip())
        loose = _LOOSE.search(text[max(0, start - 30) : start])
        found.append(Figure(value, _unit(match, text[end : end + 60]), loose[1].lower() if loose else "", start, end))
    return found


def dates(text: str) -> set[tuple[str, int]]:
    """Return the dates that `text` names, as (part, number): weekday, day of the year as month × 100 + day, year.

    >>> sorted(dates("on Tuesday, Sept. 2, 2025")) == sorted(dates("Tuesday (2 September 2025)"))
    True
    """
    found: set[tuple[str, int]] = set()
    for match in _DATE.finditer(fold(text)):
        parts = match.groupdict()
        if weekday := parts["weekday"]:
            found.add(("weekday", WEEKDAYS.index(weekday.lower())))
            continue
        month = next((parts[key] for key in ("m1", "m2", "m3", "m4") if parts[key]), None)
        day = next((parts[key] for key in ("d1", "d2", "d4") if parts[key]), None)
        year = next((parts[key] for key in ("y1", "y2", "y3", "y4", "year") if parts[key]), None)
        if month:
            number = int(month) if month.isdigit() else MONTHS[month.lower()]
            found.add(("day", number * 100 + int(day)) if day else ("month", number))
        if year:
            found.add(("year", int(year)))
    return found


def without_values(text: str) -> str:
    """Return `text` with its figures and dates cut out: what is left is compared as words.

    >>> without_values("The court fined the bank $1.2 billion on Tuesday.")
    'The court fined the bank  on .'
    """
    spans = sorted([match.span() for match in _DATE.finditer(fold(text))] + [(f.start, f.end) for f in figures(text)])
    kept, position = [], 0
    for start, end in spans:
        kept.append(text[position:start])
        position = max(position, end)
    return "".join([*kept, text[position:]])


def names(text: str) -> set[str]:
    """Return the words of `text` that are names: capitalised, no title, no weekday or month, not just opening it.

    >>> sorted(names("Prime Minister Takaichi met Marcos in Tokyo on Tuesday."))
    ['Marcos', 'Takaichi', 'Tokyo']
    """
    found = set()
    tokens = words(text)
    for at, word in enumerate(tokens):
        plain = word.form.removesuffix("’s").removesuffix("'s")
        low = plain.lower()
        if not plain[:1].isupper() or low in FUNCTION_WORDS or low in TITLES or low in WEEKDAYS or low in MONTHS:
            continue
        opens = at == 0 or text[max(0, word.start - 2) : word.start].strip(" \"“'‘")[-1:] in {".", "!", "?", ":"}
        next_is_name = at + 1 < len(tokens) and tokens[at + 1].form[:1].isupper()
        if not opens or next_is_name or (plain.isupper() and len(plain) > 1):
            found.add(plain)
    return found


def _value(match: re.Match[str]) -> Decimal | None:
    if digits := match["digits"]:
        scale = SCALES.get((match["scale"] or "").lower()) or SHORT_SCALES.get((match["short"] or "").lower()) or 1
        return Decimal(digits.replace(",", "")) * scale
    return number(match["words"])


def _unit(match: re.Match[str], after: str) -> frozenset[str]:
    if match["percent"]:
        return frozenset({"points" if "point" in match["percent"] else "%"})
    if match["currency"]:
        return frozenset({_CURRENCIES.get(match["currency"].lower(), "dollar")})
    if match["money"]:
        return frozenset({match["money"].strip().lower().removesuffix("s")})
    following = [word.form.lower() for word in words(re.split(r"[.,;:!?()]", after, maxsplit=1)[0])][:4]
    kept = []
    for word in following:
        if word in FUNCTION_WORDS and word not in {"more", "other"}:
            break
        kept.append(stem(word))
    return frozenset(kept[:3])
