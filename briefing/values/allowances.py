"""What a claim may say though no figure of its evidence says it.

Another form of a figure, an end of a range, the time between two dates, a count of what is named, a way to speak.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ..text import fold
from .comparison import comparable, written
from .moments import Moment, moments
from .nearby import PART, Context, flat, stems
from .quantities import quantities
from .standing import Held, Reading, around, placed
from .units import MONEY, Quantity

_PLURAL = re.compile(
    r"\b(?:they|them|their|themselves|both|each other|one another|couple|sides|pair|another|other)\b", re.IGNORECASE
)
#: Words for what is left of a whole.
REST = re.compile(r"\b(?:rest|remaining|remainder|others?|not|without|except|\w+n't)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?] )\b[A-Z][\w'’-]{1,30}(?: [A-Z][\w'’-]{1,30}){0,4}")


_FROM_TIME = re.compile(
    r"\bminutes?[ ](?:from|before)[ ](?:time|the end|full[ -]time|half[ -]time|the break|the interval)\b"
    r"|\bminutes?[ ](?:later|in|into|after)\b|\b(?:stoppage|injury|added)[ -]time\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"[ ](?:of[ ](?:them|whom|which|those|these)|(?:were|was|are|is)[ ])", re.IGNORECASE)
_PLUS = re.compile(r"^(?:[ ][\w'-]+){0,3},?[ ](?:and|plus)[ ]$", re.IGNORECASE)
_PERIODS = {3: "quarter", 6: "half"}
_WORDS_FOR = {2: "twice|brace|double|both|pair|couple|twins?", 3: "hat-trick|trio|triplets?|thrice", 4: "quartet"}
_HOW_OFTEN = re.compile(r"\b(?:twice|thrice)\b", re.IGNORECASE)
_SENT_OFF = re.compile(r"\b(?:sent off|red card|dismissed|sending-off|sent-off)\b", re.IGNORECASE)
_AS_MUCH = re.compile(r"[ ]as[ ][a-z]{2,12}\b")  # "half as fast"
_AGO = re.compile(r"[ ](?:ago|earlier|before)\b", re.IGNORECASE)
#: Counts that a writer makes of what is named: "the two leaders".
_LISTED = range(2, 7)
_CLOSE = Decimal("0.02")
_YEAR = 31_557_600
#: How far off a duration may be that is counted between two dates.
_UNIT = {"day": Decimal(86_400), "week": Decimal(2 * 86_400), "month": Decimal(16 * 86_400), "year": Decimal(_YEAR)}
#: More times of day and more dates than this are not taken together.
_CLOCKS, _DATES = 12, 24


def stands_otherwise(reading: Reading, q: Quantity) -> bool:
    """Tell whether the evidence has the figure in a form that is not read as one."""
    return (
        _as_written(reading, q)
        or any(_is_end(reading, q, h.quantity) for h in reading.held)
        or _bare(reading, q)
        or _names_part(q, reading.held, rest=bool(REST.search(reading.text)))
        or _more_money(reading, q)
        or _factor(reading, q)
        or _ordinal(reading, q)
        or _worded(reading, q)
        or _part_of_whole(reading, q)
        or _from_age(reading, q)
        or (q.measure == "time" and (_between_clocks(reading, q) or _between_dates(reading, q)))
    )


def _as_written(reading: Reading, q: Quantity) -> bool:
    if q.scale != 1 or q.measure == "count" or reading.words(q).lower().startswith(("a ", "an ")):
        return False
    same = re.compile(rf"(?<![\w.,]){re.escape(fold(reading.words(q)).lower())}(?![\w%]|[.,][0-9])")
    return any(same.search(fold(sentence.text).lower()) for sentence in reading.evidence)


def _bare(reading: Reading, q: Quantity) -> bool:
    """Tell whether the number stands in the evidence, or the claim has it, without saying what it counts."""
    counts = [h.quantity for h in reading.held if h.quantity.measure == "count"]
    if q.measure == "clock":
        return q.low % 60 == 0 and any(count.low == (q.low // 60 - 1) % 12 + 1 for count in counts)
    if q.measure not in {"ordinal", "score"} and any(not c.noun and written(c) == written(q) for c in counts):
        return True
    unsaid = q.measure == "count" and not q.noun and not q.age
    return unsaid and any(written(q) == written(h.quantity) for h in reading.held)


def _more_money(reading: Reading, q: Quantity) -> bool:
    """Tell whether an amount has its currency in the same sentence: "it cost 38 million pounds, 9 million over"."""
    if q.measure not in MONEY or q.scale == 1:
        return False
    alike = [h for h in reading.held if h.quantity.measure == "count" and h.quantity.scale == q.scale]
    money = [h.sentence for h in reading.held if h.quantity.measure == q.measure]
    return any(written(q) == written(h.quantity) and h.sentence in money for h in alike)


def _factor(reading: Reading, q: Quantity) -> bool:
    """Tell whether a factor is told as a percentage, or from the other side: doubled is up 100 %, or half of it."""
    others = [h.quantity for h in reading.held]
    if q.measure == "times" and any(o.measure == "%" and o.low == abs(q.low - 1) * 100 for o in others):
        return True
    if q.measure == "%" and any(o.measure == "times" and q.low == abs(o.low - 1) * 100 for o in others):
        return True
    mine = q.low / 100 if q.word == "share" and _AS_MUCH.match(reading.text, q.end) else _as_factor(q)
    if mine is None:
        return False
    factors = [factor for o in others if (factor := _as_factor(o)) is not None]
    return any(factor == mine or abs(factor * mine - 1) < _CLOSE for factor in factors)


def _as_factor(q: Quantity) -> Decimal | None:
    if q.measure == "times":
        return q.low
    return q.low / 100 if q.word == "share" and q.role != "change" else None


def _ordinal(reading: Reading, q: Quantity) -> bool:
    """Tell whether a count is told as an ordinal or the other way round: "the seventh victim", "seven victims"."""
    for h in reading.held:
        alike = {q.measure, h.quantity.measure} == {"count", "ordinal"} and h.quantity.low == q.low
        if alike and stems(q.noun) & stems(h.quantity.noun):
            return True
    return bool(q.measure == "ordinal" and "minut" in q.noun and _FROM_TIME.search(_source(reading)))


def _worded(reading: Reading, q: Quantity) -> bool:
    """Tell whether a word of the evidence means the number: a hat-trick, the second quarter, the 30th anniversary."""
    source, number = _source(reading), int(written(q))
    if q.measure == "time":
        if any(h.quantity.measure == "ordinal" and h.quantity.low == number for h in reading.held):
            return True
        return q.word == "month" and bool(re.search(rf"\b{_PERIODS.get(number, '!')}\b", source))
    if q.measure != "count" or not 2 <= q.low <= 11:
        return False
    if number in (9, 10) and any(_SENT_OFF.search(sentence.text) for sentence in around(reading)):
        return True
    return bool(re.search(rf"\b(?:{_WORDS_FOR.get(number, '!')})\b", source, re.IGNORECASE))


def _part_of_whole(reading: Reading, q: Quantity) -> bool:
    """Tell whether a count is what is left of a whole of which the evidence gives a part: "two of its nine plants"."""
    if q.measure != "count":
        return False
    for sentence in around(reading):
        for one, other in pairwise(c for c, _ in placed(sentence.text) if c.measure == "count" and c.low == c.high):
            between = sentence.text[one.end : other.start]
            joined = PART.fullmatch(between) or _OF_THEM.match(sentence.text, other.end)
            if (joined and abs(one.low - other.low) == q.low) or (
                _PLUS.search(between) and one.low + other.low == q.low
            ):
                return True
    return False


def _from_age(reading: Reading, q: Quantity) -> bool:
    """Tell whether a limit of age is told from the other side: "under 12", "12 and over"."""
    text = reading.text[max(0, q.start - 12) : q.end + 20].lower()
    aged = q.age or "year" in text or " aged" in text
    alike = [h.quantity for h in reading.held if written(h.quantity) == written(q)]
    return aged and _may_be_age(q) and any((o.age or o.bound) and _may_be_age(o) for o in alike)


def _may_be_age(q: Quantity) -> bool:
    return q.scale == 1 and (q.measure == "count" or q.word == "year")


def _between_clocks(reading: Reading, q: Quantity) -> bool:
    """Tell whether a duration is the time between two times of day of the document."""
    if q.word not in {"minute", "hour", "half-hour"} or q.low > 86_400:
        return False
    found = [
        int(held.low) for sentence in around(reading) for held in quantities(sentence.text) if held.measure == "clock"
    ][:_CLOCKS]
    loose = q.low / 8 if q.bound else q.step / 2
    return any(abs(Decimal((a - b) % 720 * 60) - q.low) <= loose for a in found for b in found if a != b)


def _source(reading: Reading) -> str:
    return " ".join(sentence.text for sentence in reading.evidence)


def may_be_said(reading: Reading, q: Quantity, context: Context, named: Sequence[Held]) -> bool:
    """Tell whether a figure that the evidence does not give may be a way to speak, or a count of what it names."""
    nouns = [h for h in named if q.noun & h.quantity.noun or h.quantity.measure == q.measure != "count"]
    nouns += [
        h for h in reading.held if {q.measure, h.quantity.measure} == {"times", "count"} and comparable(q, h.quantity)
    ]
    if q.soft:
        if q.measure == "time":
            return not any(h.quantity.word == q.word and flat(h.context) & flat(context) for h in named)
        return not nouns or q.measure == "label"
    if q.measure == "ordinal" and not q.noun and _other_ordinal(reading, q):
        return False
    if q.measure == "ordinal":
        return not any(h.quantity.measure == "ordinal" and stems(q.noun) & stems(h.quantity.noun) for h in reading.held)
    if q.measure == "count" and q.low == q.high and q.low in _LISTED and not nouns:
        source = " ".join(sentence.text for sentence in reading.evidence)
        if "time" in q.noun and _HOW_OFTEN.search(source):
            return False
        listed = len(re.findall(r",|\b(?:and|or|with|against|between)\b", source)) + 1
        if q.low == 2 and _PLURAL.search(source):
            return True
        return max(listed, len({*_NAME.findall(source)})) >= q.low
    return False


def _other_ordinal(reading: Reading, q: Quantity) -> bool:
    """Tell whether a sentence with another ordinal of the claim has one in the place of this: "from 31st to 44th"."""
    said = {other.low for other, _ in reading.mine if other.measure == "ordinal"} - {q.low}
    for sentence in reading.evidence:
        told = {h.quantity.low for h in reading.held if h.sentence is sentence and h.quantity.measure == "ordinal"}
        if said and said < told and q.low not in told:
            return True
    return False


def _names_part(q: Quantity, held: Sequence[Held], *, rest: bool) -> bool:
    """Tell whether a third is the third: a share in the one, an ordinal in the other."""
    pairs = [(q, h.quantity) for h in held] + [(h.quantity, q) for h in held]
    return any(
        one.word == "share" and other.measure == "ordinal" and _part(one.low, other.low, rest=rest)
        for one, other in pairs
    )


def _part(share: Decimal, ordinal: Decimal, *, rest: bool) -> bool:
    """Tell whether a share is one of so many parts, or all but one."""
    return abs(share * ordinal - 100) < 1 or (rest and abs((100 - share) * ordinal - 100) < 1)


def _is_end(reading: Reading, q: Quantity, held: Quantity) -> bool:
    """Tell whether a figure is one end of a range of the evidence of which the claim gives both ends."""
    said = {other.low for other, _ in reading.mine if other.measure == q.measure}
    return (
        held.measure == q.measure
        and held.low < held.high
        and q.low in (held.low, held.high)
        and {held.low, held.high} <= said
    )


def _between_dates(reading: Reading, q: Quantity) -> bool:
    """Tell whether a duration is the time between two dates of the document, or one of them and its publication."""
    known = {s.id: [m for m in moments(s.text) if m.kind == "date"] for s in around(reading)}
    cited = [m for s in reading.evidence for m in known[s.id]][:_DATES]
    named = [m for held in known.values() for m in held][:_DATES]
    loose = max(q.low / 7 if q.bound else Decimal(0), _UNIT.get(q.word, Decimal(86_400)))
    if q.word in {"year", "decade", "century"}:
        years = {m.year for m in cited if m.year > 0}
        today = [p for s in reading.document.sources if (p := (s.published or "")[:4]).isdigit()]
        if years and not today and _AGO.match(reading.text, q.end):
            return any(int(q.low) // _YEAR <= 60 and max(years) - 1 <= y + int(q.low) // _YEAR for y in years)
        years |= set(map(int, today)) if years else set()
        return any(abs(abs(a - b) * _YEAR - q.low) <= loose for a in years for b in years if a != b)
    days = [d for m in named if (d := _day(m))]
    own = [d for m in cited if (d := _day(m))]
    if any(abs(abs(a - b) * 86_400 - q.low) <= loose for a in own for b in days if a != b):
        return True
    weekdays = {m.weekday for m in cited if m.weekday >= 0}
    numbers = {m.day for m in cited if m.day > 0}
    of = weekdays or numbers
    return q.word == "day" and len(of) > 1 and int(q.low) // 86_400 <= max(of) - min(of) + 1


def _day(m: Moment) -> int:
    """Return a date as a number of days; a month alone is its middle, an unknown year any one."""
    if m.month < 0:
        return 0
    return (m.year if m.year > 0 else 2001) * 365 + m.month * 30 + (m.day if m.day > 0 else 15)
