"""Quantities read from text as values with what they measure, so that they can be compared.

`values.figures` reads the same numbers for ranking, where a rough answer will do; here a wrong reading would call an
honest sentence false.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from itertools import islice

from ..remembered import remembered
from ..text import fold
from ..words import stem
from .forms import clocks, factors, points, scores, shares
from .moments import moments
from .numerals import Numeral, numerals, ordinals
from .phrasing import bound_of, counted, per_of, role_of
from .units import MONEY, SIGNS, UNITS, Quantity, Unit, same_calendar, unit_at

_SIGN = re.compile(r"(?:(?:US|A|C|NZ|HK|S)?([$€£¥₹₱₽₩])|\b(USD|EUR|GBP|JPY|CHF|Rs)\.?)[ ]?$")
_RANGE = re.compile(r"[ ]?-[ ]?|[ ](?:to|and|or)[ ](?:[A-Z]{0,2}[$€£¥₹₱])?")
_OLD = re.compile(r"[ -]?olds?\b(?!-)")
_AGED = re.compile(r"\b(?:aged|age|ages|age of|turned|turns|turning)[ ]$")
_NAMED = re.compile(
    r"\b(?:articles?|section|route|flight|chapter|clause|channel|formula|highway|group|phase|level|grade|type|no\.|number"
    r"|page|stage|round|lap|episode|season|volume|gate|platform|terminal|reactor|zone|district|ward|category|rule|resolution"
    r"|covid|apollo|boeing|airbus|act|bill|version|windows|iphone|model|unit|room|court|week|day|game|match|top)[ -]$",
    re.IGNORECASE,
)
_METRES = re.compile(
    r"[ ](?:sprint|race|freestyle|hurdles|relay|final|butterfly|backstroke|breaststroke|deep|high|tall|long|wide|away"
    r"|from|below|above|underground|champion|dash|record)\b"
)
_ARTICLE = re.compile(
    r"\b(?P<half>half[ ])?an?[ ](?P<unit>second|minute|hour|day|week|fortnight|month|year|decade|century)(?![-\w])"
    r"(?P<more>[ ]and[ ]a[ ](?P<part>half|quarter))?|\b(?P<short>half-hour)\b|\ban?[ ](?P<pair>couple|pair)[ ]of\b",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"[ ](?:of|another|day|side|hand|way|thing|point|time|or|more|such|that|who|with|in|by|is|was|has|could|can)\b"
    r"|[.,;:!?\"')-]|$"
)
_RATED = re.compile(
    r"[\d%]$|\b(?:once|twice|times|million|billion|thousand|hundred|dollars|euros|pounds|per cent|percent)$|[a-z]s$",
    re.I,
)
_AND = re.compile(r"(?:,|,? and)? $")
_REST = re.compile(r"[ ](?:and[ ]a[ ](?P<part>half|quarter))\b")
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
_SHARED = frozenset({"%", "points", "length", "mass", "degree", "area", "volume", "power", "speed"})
_AGAINST = re.compile(r"\b(?:with|against|versus|than|up from|down from)[ ][^\w]{0,2}$", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:from|to|with|against|versus|than|at)[ ](?:\w+[ ])?[^\w]{0,2}$", re.IGNORECASE)
_LISTED = re.compile(r"^\s{0,8}[0-9]{1,2}[.)]\s", re.MULTILINE)  # the number of a point
# "Ana Bell, 41, hired": an age, as far as can be told
_NAMED_BEFORE = re.compile(r"\b[A-Z][\w'-]{0,24},[ ](?:now[ ])?$")
_APPOSED = re.compile(r"[,.;)]|$|[ ]and\b")
#: A text with more figures than this is a table, and the rest of it is not read.
_MOST = 200
#: The level that something came to is so many times the change at least.
_FAR = 5
_MINUS = re.compile(r"(?:minus |(?<![\w])-)$", re.IGNORECASE)


@remembered(1 << 13)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of `text` in order, dates left out.

    >>> [(str(q.low), q.measure, q.bound) for q in quantities("about 300 homes, half of them new, for €1.5m")]
    [('300', 'count', 'about'), ('50', '%', ''), ('1500000.0', 'euro', '')]
    """
    folded = fold(text)
    free = bytearray(b"\1") * len(folded)
    masked = [(moment.start, moment.end) for moment in moments(text) if moment.masks]
    for start, end in masked + [listed.span() for listed in _LISTED.finditer(folded)]:
        free[start:end] = bytes(end - start)
    found: list[Quantity] = []
    for reader in (clocks, scores, points, shares, factors, partial(_numbers, free=free), _ordinals, _articles):
        new = [q for q in islice(reader(folded), _MOST) if all(free[q.start : q.end])]
        for q in new:
            free[q.start : q.end] = bytes(q.end - q.start)
        found.extend(new)
    found = sorted(found, key=lambda q: q.start)[:_MOST]
    described = [_described(q, folded) for q in _joined(found, folded)]
    return tuple(_with_unit_of_neighbour(described, at, folded) for at in range(len(described)))


def _numbers(text: str, free: Sequence[int]) -> Iterator[Quantity]:
    read = list(islice((n for n in numerals(text) if free[n.start]), _MOST))
    skip = False
    for at, numeral in enumerate(read):
        if skip:
            skip = False
            continue
        following = read[at + 1] if at + 1 < len(read) else None
        if following and (quantity := _range(numeral, following, text)):
            skip = True
        else:
            quantity = _single(numeral, text)
        if quantity:
            yield quantity


def _single(numeral: Numeral, text: str) -> Quantity | None:
    low, high, step, scale, form = numeral[:5]
    written, before = text[numeral.start : numeral.end].lower(), text[max(0, numeral.start - 30) : numeral.start]
    if written in {"one", "zero"} and (_ONE.match(text, numeral.end) or before.lower().endswith("no ")):
        return None  # "one" is an article or a pronoun far more often than a count
    unit, start, end = _unit(numeral, text)
    if form == "ordinal":
        return Quantity(low, high, "ordinal", start, end, noun=counted(text, end))
    if unit:
        return _measured(numeral, unit, text, start, end)
    if form == "digits" and (text[end : end + 1].isalpha() or text[end : end + 1] == "_"):
        return None  # 5G, 3D
    if label := _NAMED.search(before):
        noun = frozenset({stem(label[0].strip(" -.").lower())})
        return Quantity(low, high, "label", start, end, noun=noun, soft=True)
    if _AGED.search(before):
        year = UNITS["year"].factor
        return Quantity(low * year, high * year, "time", start, end, "year", year, age=True)
    age = form == "digits" and low < 120 and bool(_NAMED_BEFORE.search(before) and _APPOSED.match(text, end))
    word = "vague" if low < high else ""
    return Quantity(low, high, "count", start, end, word, step, scale, soft=written == "one", age=age)


def _measured(numeral: Numeral, unit: Unit, text: str, start: int, end: int) -> Quantity:
    """Return a number with its unit in the common unit of what it measures."""
    low, high, step, scale = numeral[:4]
    factor, old = unit.factor, _OLD.match(text, end) if unit.measure == "time" else None
    if unit.measure == "degree" and (minus := _MINUS.search(text[max(0, start - 6) : start])):
        factor, start = -factor, start - len(minus[0])
    soft = text[numeral.start : numeral.end].lower() == "one"
    return Quantity(
        low * factor,
        high * factor,
        unit.measure,
        start,
        old.end() if old else end,
        unit.word,
        step * abs(factor),
        scale,
        soft=soft,
        age=bool(old),
    )


def _unit(numeral: Numeral, text: str) -> tuple[Unit | None, int, int]:
    """Return the unit of a number, where both begin and end."""
    start, end = numeral.start, numeral.end
    sign = _SIGN.search(text[max(0, start - 5) : start])
    if sign:
        key = (sign[1] or sign[2]).lower()
        named = unit_at(text, end)
        end = named[1] if named and named[0].measure == SIGNS[key] else end
        return Unit(SIGNS[key], Decimal(1), SIGNS[key]), start - len(sign[0]), end
    if text[end - 1 : end] == "m" and numeral.scale == 10**6 and _METRES.match(text, end):
        return Unit("length", Decimal("0.000001"), "metre"), start, end
    if found := unit_at(text, end):
        return found[0], start, found[1]
    return None, start, end


def _range(first: Numeral, last: Numeral, text: str) -> Quantity | None:
    """Return two numbers as one quantity where they are the ends of a range."""
    unit_first, start, end = _unit(first, text)
    between = text[end : last.start]
    joint = _RANGE.fullmatch(between)
    before = text[max(0, start - 20) : start].lower()
    if (
        not joint
        or first.form == "ordinal"
        or ("and" in between and not re.search(r"\bbetween (?:about |around )?$", before))
    ):
        return None
    unit, _, last_end = _unit(last, text)
    grown = last.scale if first.scale == 1 and last.scale > 1 and first.low < 1000 else 1
    alike = unit_first is None or (unit is None and unit_first.measure in MONEY) or unit_first == unit
    if not alike or (unit_first and _moved(text, start, end, before)):
        return None
    low, high = first.low * grown, last.high
    role = role_of(text, start, end) if " to " in between else ""
    if low >= high or role == "from" or (role == "change" and high >= low * _FAR):
        return None  # "fell by 27,000 to 781,000"
    if text[last_end : last_end + 1].isalpha():
        return None
    kept = unit or unit_first
    factor = kept.factor if kept else Decimal(1)
    measure, word = (kept.measure, kept.word) if kept else ("count", "")
    age = bool(measure == "time" and (old := _OLD.match(text, last_end)) and old)
    return Quantity(
        low * factor, high * factor, measure, start, last_end, word, last.step * factor, last.scale, age=age
    )


def _moved(text: str, start: int, end: int, before: str) -> bool:
    """Tell whether something rose from the first figure, or by it, to the second: no range."""
    return bool(role_of(text, start, end)) and not re.search(r"\bbetween ", before)


def _ordinals(text: str) -> Iterator[Quantity]:
    for numeral in ordinals(text):
        if re.match(
            r"(?:-| )(?:hand|class|degree|guess|thoughts?|nature|quarter-final)\b|-(?:largest)?$|s\b",
            text[numeral.end :][:16],
        ):
            continue
        yield Quantity(numeral.low, numeral.low, "ordinal", numeral.start, numeral.end, noun=counted(text, numeral.end))


def _articles(text: str) -> Iterator[Quantity]:
    """Yield what an article counts: `an hour`, `half an hour`, `a couple of`."""
    for match in _ARTICLE.finditer(text):
        start, end = match.span()
        if match["pair"]:
            yield Quantity(Decimal(2), Decimal(2), "count", start, end, soft=True)
            continue
        if not match["half"] and _RATED.search(text[max(0, start - 9) : start].rstrip()):
            continue  # "40 a day"
        unit = UNITS[(match["unit"] or "hour").lower()]
        value = (
            Decimal("0.5")
            if match["half"] or match["short"]
            else 1 + _PARTS.get((match["part"] or "").lower(), Decimal(0))
        )
        if match["unit"] and match["unit"].lower() == "second" and not match["half"]:
            continue  # "a second term"
        soft = value == 1
        yield Quantity(
            value * unit.factor, value * unit.factor, "time", start, end, unit.word, unit.factor / 4, soft=soft
        )


def _joined(found: Iterable[Quantity], text: str) -> Iterator[Quantity]:
    """Yield the quantities with `two hours and ten minutes` made one."""
    held: Quantity | None = None
    last = ""
    for q in found:
        last, before = q.word, last
        if q.measure == "time" and not q.age and (rest := _REST.match(text, q.end)):
            part = UNITS[q.word].factor * _PARTS[rest["part"]]
            q = q._replace(low=q.low + part, high=q.high + part, end=rest.end(), soft=False, step=part)
        if (
            held
            and held.measure == q.measure
            and held.measure in {"time", "length"}
            and held.word != q.word
            and (held.measure == "length" or same_calendar(held.word, q.word))
            and UNITS[before].factor > UNITS[q.word].factor
            and q.low < UNITS[before].factor
            and _AND.fullmatch(text[held.end : q.start])
            and not (held.age or q.age)
        ):
            held = held._replace(low=held.low + q.low, high=held.high + q.high, end=q.end, step=q.step, soft=False)
            continue
        if held:
            yield held
        held = q
    if held:
        yield held


def _with_unit_of_neighbour(found: Sequence[Quantity], at: int, text: str) -> Quantity:
    """Return a bare number with the unit of the figure that it is compared with: "from 4 to 5 per cent"."""
    q = found[at]
    if q.measure != "count" or q.noun or q.soft or q.vague:
        return q
    for other in (*found[at + 1 : at + 2], *found[max(0, at - 1) : at]):
        first, last = sorted((q, other), key=lambda quantity: quantity.start)
        between = text[first.end : last.start]
        if (
            (
                other.measure in MONEY | _SHARED
                or (other.measure == "time" and not other.age and _AGAINST.search(between))
            )
            and len(between) < 40
            and _COMPARED.search(between)
            and not re.search(r"[.;]\s", between)
        ):
            factor = UNITS[other.word].factor if other.word in UNITS else Decimal(1)
            low, high = q.low * factor, q.high * factor
            return q._replace(measure=other.measure, word=other.word, low=low, high=high, step=q.step * factor)
    return q


def _described(q: Quantity, text: str) -> Quantity:
    """Return a quantity with its bound, noun, rate and role, as the words round it tell."""
    if q.measure in {"score", "clock", "label", "ordinal"}:
        return q
    if q.measure == "times":
        return q._replace(bound=bound_of(text, q.start, q.end, lasts=False))
    bound = bound_of(text, q.start, q.end, lasts=q.measure == "time")
    per = "" if q.age else per_of(text, q.start, q.end)
    noun = q.noun or (counted(text, q.end) if q.measure not in MONEY | {"time"} or not q.soft else frozenset())
    role = role_of(text, q.start, q.end) if q.measure != "time" else ""
    return q._replace(bound=bound, per=per, noun=noun, role=role)
