"""Figures and times made wrong: the value, its scale, its unit, its currency; the day, the direction in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations
from random import Random

from .articles import Item
from .base import Change, exchanged, replaced, substitutions

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WORDS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty""".split()
# A number that is no date, score, time of day or part of a name.
_NUMBER = re.compile(
    rf"(?<![\w.,-])[€£$]?(?P<digits>[0-9][0-9,]*(?:\.[0-9]+)?)(?=bn\b|m\b|mm\b|%|\b)"
    rf"(?!-[0-9]|[.,]?[0-9]|st\b|nd\b|rd\b|th\b| a\.m\.| p\.m\.| (?:{_MONTH})\b)"
    rf"|(?<!-)(?<!past )\b(?P<word>{'|'.join(_WORDS)})\b(?! thirds| fifths| quarters|-(?:two|three|six)\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_AFTER_MONTH = re.compile(rf"(?:{_MONTH}) $")
_CEILING = re.compile(r"(?:up to|no more than|less than|below|fewer than|as (?:long|high) as|to|within) [€£$]?$", re.I)
_LOOSE = re.compile(
    r"(?:about|around|roughly|some|nearly|almost|estimated|least|more than|over|fewer than|under|up to|minimum of"
    r"|between|below|as high as|as long as|less than|no more than|within) [€£$]?$",
    re.IGNORECASE,
)

_SCALES = {
    r"(?<=[0-9] )million\b": "billion",
    r"(?<=[0-9] )billion\b": "million",
    r"(?<=[0-9])bn\b": "m",
    r"(?<=[0-9])m\b": "bn",
}
_UNITS = {
    r"\b((?:by|fell|lost|gained|climbed|rose|offered|offers|of) (?:nearly |almost )?[0-9.]+)(?:%| percent)(?! of)": (
        r"\1 percentage points"
    ),
    r"\bpercentage points?\b": "percent",
    r"(?<=[0-9] )(millimetres|mm)\b": "centimetres",
    r"(?<=[0-9] )tonnes\b": "kilograms",
    r"\b(six|eleven|ten|two|18|30|11) (weeks|days)\b": r"\1 months",
    r"\b(36|three|four|two|five) hours\b": r"\1 days",
    r"\b(ten|six) months\b": r"\1 years",
    r"\b(40) seconds\b": r"\1 minutes",
}
_CURRENCIES = {
    r"\bcrowns\b": "dollars",
    r"\beuros\b": "pounds",
    r"\bpounds\b": "euros",
    r"\bdollars\b(?= a|\.)": "euros",
    r"\bmarks\b(?= a)": "dollars",
    "€": "£",
    "£": "$",
    r"\$": "€",
}
_FRACTIONS = {
    r"\b(a|one) third(?= of| in| among)": "a quarter",
    r"\b(a|one) quarter(?= of| to)": "a third",
    r"\ba quarter point\b": "a full point",
    r"\btwo thirds\b": "three quarters",
    r"\btwo fifths\b": "three fifths",
    r"\bhalf a\b": "a quarter of a",
    r"\btwice\b": "three times",
    r"\bhalf an hour\b": "two hours",
    r"\bone in (five|seven)\b": "one in three",
}


def figures(item: Item, _: Random) -> Iterator[Change]:
    """Yield the claim with one figure wrong."""
    claim = item.claim
    found = list(_numbers(claim))
    for match in found:
        start, end = match.span("digits" if match["digits"] else "word")
        yield replaced("value", claim, start, end, _other(match[0].lstrip("€£$"), _lower(claim, match)))
        if match["digits"] and not _LOOSE.search(claim[: match.start()]):
            yield replaced("near", claim, start, end, _near(match["digits"]))
    for one, other in combinations(found, 2):
        first, second = (m.span("digits" if m["digits"] else "word") for m in (one, other))
        apart = claim[first[1] : second[0]]
        if bool(one["word"]) != bool(other["word"]) and not all(map(_plain, (one, other), (claim, claim))):
            continue  # "twobn"
        if one[0].lower() != other[0].lower() and not re.search(r"^\D{0,14} (and|to) $", apart):
            yield exchanged("swapped", claim, first, second)
    yield from substitutions("scale", claim, _SCALES)
    yield from substitutions("unit", claim, _UNITS)
    yield from substitutions("currency", claim, _CURRENCIES)
    yield from substitutions("fraction", claim, _FRACTIONS)


def crossed_figures(item: Item) -> Iterator[Change]:
    """Yield the claim with a figure that another sentence gives to another thing, which it cites as well."""
    for match in _numbers(item.claim):
        if _LOOSE.search(item.claim[: match.start()]):
            continue  # "at least 20%" says "at least 5%" as well
        for sentence in item.article.document.sentences:
            for other in _numbers(sentence.text):
                alike = match["digits"] and other["digits"] and _unit(item.claim, match) == _unit(sentence.text, other)
                if alike and sentence.id not in item.evidence and other["digits"] not in item.claim:
                    both = (*item.evidence, sentence.id)
                    yield replaced("crossed figure", item.claim, *match.span("digits"), other["digits"], both)


def _numbers(text: str) -> Iterator[re.Match[str]]:
    for match in _NUMBER.finditer(text):
        day = _AFTER_MONTH.search(text[: match.start()])
        if not day and not (match["digits"] and _YEAR.fullmatch(match["digits"])):
            yield match


def _plain(match: re.Match[str], text: str) -> bool:
    return match[0].isalnum() and text[match.end() : match.end() + 1] in " -"


def _unit(text: str, match: re.Match[str]) -> str:
    sign = match[0][:1] if match[0][:1] in "€£$" else ""
    after = re.match(
        r"(?:bn|m)?%?(?: ?(?:million|billion|percent|seats|patients|euros|days)){0,2}", text[match.end() :]
    )
    unit = sign + (after[0].strip() if after else "")
    return unit.replace("%", "percent").replace("mpercent", "percent") or "things"


def _lower(text: str, match: re.Match[str]) -> bool:
    return bool(
        _CEILING.search(text[: match.start()]) or re.match(r" ?(?:[6-9][0-9])(?:%| percent)", text[match.start() :])
    )


def _other(number: str, lower: bool) -> str:
    """Return another number in the same form: far below where a ceiling stands before it, else far above."""
    if number.lower() in _WORDS:
        at = _WORDS.index(number.lower())
        return _WORDS[max(0, at // 2) if lower and at > 1 else (at + 3) % len(_WORDS)]
    value = Decimal(number.replace(",", ""))
    places = len(number.partition(".")[2])
    changed = (value * (Decimal("0.6") if lower else Decimal("1.5"))).quantize(Decimal(1).scaleb(-places))
    return f"{changed:,}" if "," in number else str(changed)


def _near(number: str) -> str:
    """Return a number that differs in its last digit that is not zero."""
    at = max(n for n, c in enumerate(number) if c in "123456789")
    return number[:at] + str(int(number[at]) % 9 + 1) + number[at + 1 :]


_TIMES = {
    r"\blast (?=week|month|year|autumn|spring|summer)": "next ",
    r"\bnext (?=week|month|year|autumn|spring|summer|Monday)": "last ",
    r"\bthis (?=year|month|week|summer)": "last ",
    r"\bbefore\b(?! Judge)": "after",
    r"\bafter\b(?! eleven| six months| half a)": "before",
    r"\bearlier\b": "later",
    r"\blater\b": "earlier",
    r"\bsince\b": "until",
    r"\buntil\b": "since",
    r"\bearly (?=next|last)": "late ",
    r"\bnight\b": "morning",
    r"\bmorning\b": "evening",
    r"\bafternoon\b": "morning",
    r"\bwithin (?=two|four|30|a )": "after ",
    r"\bby (?=the end|Sunday|Friday|2028)": "after ",
    r"\bautumn\b": "spring",
    r"\bsummer\b": "winter",
    r"\bfirst half\b": "second half",
    r"\bfirst day\b": "third day",
}


def time(item: Item, random: Random) -> Iterator[Change]:
    """Yield the claim with one time wrong: the day, the month, the year, or what came first."""
    claim = item.claim
    yield from substitutions("order", claim, _TIMES)
    days, months = _DAY.split("|"), _MONTH.split("|")
    for match in re.finditer(rf"\b(?:{_DAY})\b", claim):
        yield replaced("weekday", claim, *match.span(), days[(days.index(match[0]) + random.randint(1, 5)) % 7])
    for match in re.finditer(rf"(?<!-)\b(?:{_MONTH})\b", claim):
        yield replaced("month", claim, *match.span(), months[(months.index(match[0]) + random.randint(1, 10)) % 12])
    for match in re.finditer(r"(?<![\w,.])(?:19|20)[0-9]{2}\b(?![,.][0-9])", claim):
        yield replaced("year", claim, *match.span(), str(int(match[0]) + random.choice((-3, -2, -1, 1, 2, 4))))
    for match in re.finditer(
        rf"\b([0-9]{{1,2}})(?= (?:{_MONTH}))|(?<=March )3\b|(?<=May )24\b|(?<=September )9\b", claim
    ):
        yield replaced("day", claim, *match.span(), str((int(match[0]) + random.randint(2, 9)) % 28 + 1))
