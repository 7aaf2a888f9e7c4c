"""Numbers as they are written, in digits or in words, and the values they stand for.

English number words; digits are ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..text import fold

SMALL = dict(
    zip(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen""".split(),
        range(20),
        strict=True,
    )
)
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "dozen": 12, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_ORDINALS = dict(
    zip(
        """second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
        sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        range(2, 21),
        strict=True,
    )
) | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_ORDINAL_TENS = {f"{tens}-{word}": t + n for tens, t in TENS.items() for word, n in _ORDINALS.items() if n < 10} | {
    f"{tens}-first": t + 1 for tens, t in TENS.items()
}
ORDINALS = _ORDINALS | _ORDINAL_TENS
_MARKS = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}

_ONE_WORD = "|".join(sorted((*SMALL, *TENS), key=len, reverse=True))
_UNDER_100 = rf"(?:(?:{'|'.join(TENS)})[ -](?:{'|'.join(list(SMALL)[1:10])})|(?:{_ONE_WORD}))"
_UNDER_1000 = rf"(?:{_UNDER_100}\b(?:[ -]hundred\b(?:(?:[ ]and)?[ -]{_UNDER_100}\b)?)?)"
_BIG = "thousand|million|billion|trillion"
_NUMERAL = re.compile(
    rf"""
    (?<![A-Za-z0-9_.,])(?<![A-Za-z_]-)(?<![A-Za-z]/)(?:
      (?P<digits>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,9}}(?:\.[0-9]{{1,9}})?|[0-9]{{1,30}}(?:\.[0-9]{{1,9}})?)(?P<mark>[¼½¾])?
        (?![0-9]|[.,][0-9])
        (?: [ -]?(?P<scale>{_BIG}|hundred|dozen)\b | (?P<short>k|mn|m|bn|b|tn)\b | (?P<th>st|nd|rd|th)\b
          | (?![A-Za-z_]) | (?=[a-z°]) )
      | (?P<article>half[ ](?:an?[ ])?|an?[ ]|(?:several|many|few)[ ])?
        (?P<many>(?:(?:tens|hundreds)[ ]of[ ])?(?:dozens|scores|hundreds|thousands|millions|billions|trillions))\b
      | (?P<half>(?:half[ ](?:an?[ ])?|an?[ ](?:quarter[ ]of[ ]an?[ ])?))(?P<unit>{_BIG}|hundred|dozen)\b
      | (?P<words>{_UNDER_1000}(?:[ -](?:dozen|{_BIG})\b(?:(?:[ ]and)?[ ]{_UNDER_1000})?){{0,4}})\b
    )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_VAGUE = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 10**3, "millions": 10**6} | {
    "billions": 10**9,
    "trillions": 10**12,
}
_AND_A_PART = re.compile(r"(?:[ -]and[ -]an?[ -]|[ -]and[ -])(half|quarter)\b|[ -]and[ -]three[ -]quarters\b", re.I)
_ORDINAL = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\b", re.IGNORECASE | re.ASCII)


class Numeral(NamedTuple):
    """A number: `low` and `high` are equal unless it is vague (`dozens`); `text[start:end]` is how it is written.

    `step` is the smallest difference that it is written to: 100,000,000 for `1.2 billion`. `scale` is what its digits
    were multiplied by; `form` is `digits`, `words` or `ordinal`.
    """

    low: Decimal
    high: Decimal
    step: Decimal
    scale: int
    form: str
    start: int
    end: int


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of `text`, in digits or words, in order; ordinals in words come by `ordinals`.

    >>> [(str(n.low), n.start) for n in numerals("two hundred and five of 1,200; half a million, 2.5bn")]
    [('205', 0), ('1200', 24), ('500000.0', 31), ('2500000000.0', 47)]
    """
    folded = fold(text)
    for match in _NUMERAL.finditer(folded):
        low, high, scale = _value(match)
        start, end = match.span()
        if match["article"] and match["many"]:
            start = match.start("many")
        tail = _AND_A_PART.match(folded, end) if not match["th"] and not match["many"] else None
        step = _step(match["digits"], low, scale)
        if tail:
            part = Decimal("0.75") if not tail[1] else Decimal("0.5") if tail[1].lower() == "half" else Decimal("0.25")
            low, end, step = low + part, tail.end(), Decimal("0.25")
            later = re.compile(rf"[ -]({_BIG})\b").match(folded, end)
            if later:
                scale, end = SCALES[later[1]], later.end()
                low, step = low * scale, step * scale
            high = low
        form = "ordinal" if match["th"] else "digits" if match["digits"] else "words"
        yield Numeral(low, high, step, scale, form, start, end)


def ordinals(text: str) -> Iterator[Numeral]:
    """Yield the ordinals of `text` that are written as words, from `second` on.

    >>> [(int(n.low), n.start) for n in ordinals("the twenty-third and the third")]
    [(23, 4), (3, 25)]
    """
    for match in _ORDINAL.finditer(fold(text)):
        value = Decimal(ORDINALS[match[0].lower()])
        yield Numeral(value, value, Decimal(1), 1, "ordinal", *match.span())


def number(words: str) -> Decimal | None:
    """Return the value of a phrase of number words, None when there is none in it.

    >>> str(number("two thousand three hundred"))
    '2300'
    """
    total, group, seen = Decimal(0), Decimal(0), False
    for word in re.findall(r"[a-z]+", words.lower()):
        word = word if word in SCALES else word.removesuffix("s") if word.removesuffix("s") in SCALES else word
        if word == "half":
            group, seen = Decimal("0.5"), True
        elif word in SMALL or word in TENS:
            group, seen = group + (SMALL.get(word) or TENS.get(word) or 0), True
        elif word in SCALES:
            scaled, seen = (group or 1) * SCALES[word], True
            if SCALES[word] < 1000:
                group = Decimal(scaled)
            else:
                total, group = total + scaled, Decimal(0)
    return total + group if seen else None


def _value(match: re.Match[str]) -> tuple[Decimal, Decimal, int]:
    if match["digits"]:
        scale = SCALES.get((match["scale"] or "").lower()) or SHORT_SCALES.get((match["short"] or "").lower()) or 1
        value = (Decimal(match["digits"].replace(",", "")) + _MARKS.get(match["mark"] or "", 0)) * scale
        return value, value, scale
    if match["many"]:
        return _vague(match["many"].lower())
    if match["unit"]:
        scale = SCALES[match["unit"].lower()]
        said = match["half"].lower()
        value = Decimal(scale) * (Decimal("0.25") if "quarter" in said else Decimal("0.5") if "half" in said else 1)
        return value, value, scale
    value = number(match["words"]) or Decimal(0)
    return value, value, 1


def _vague(words: str) -> tuple[Decimal, Decimal, int]:
    """Return the least and the most that `dozens`, `tens of thousands` and the like can mean."""
    *more, last = words.split(" of ")
    unit = _VAGUE[last]
    low = unit * (10 if more == ["tens"] else 100 if more == ["hundreds"] else 1)
    return Decimal(low * 2 if unit == 12 else low), Decimal(low * (18 if unit < 10**3 else 100)), unit


def _step(digits: str | None, value: Decimal, scale: int) -> Decimal:
    if digits and "." in digits:
        return Decimal(scale).scaleb(-len(digits.rsplit(".", 1)[1]))
    whole = int(value / scale) if digits else int(value)
    step = 1
    while whole and whole % (step * 10) == 0:
        step *= 10
    return Decimal(step * (scale if digits else 1))
