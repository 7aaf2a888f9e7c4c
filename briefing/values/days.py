"""Which days of the calendar a moment can be, and whether two moments can be the same.

A source's date of publication anchors what is told from now: "on Tuesday" in an article of Thursday 4 September 2025
is 2 September.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Iterator
from enum import Enum

from ..remembered import remembered
from .moments import Moment, moments

Days = tuple[datetime.date, datetime.date]
_DAY = datetime.timedelta(days=1)
# Both hemispheres.
_SEASONS = {
    "spring": ((3, 6), (9, 12)),
    "summer": ((6, 9), (12, 15)),
    "autumn": ((9, 12), (3, 6)),
    "winter": ((12, 15), (6, 9)),
}
# For a text without a date: any two weeks of a year show whether two moments told from now can agree.
_SAMPLE = tuple(datetime.date(2025, month, day) for month in (3, 6, 12) for day in range(8, 15))


class Match(Enum):
    """How a moment of a claim stands to one of its evidence."""

    SAME = "same"  # it is the same, or the claim is less exact
    FINER = "finer"  # the claim is more exact than the evidence
    OTHER = "other"  # it cannot be the same
    UNKNOWN = "unknown"  # nothing tells


def published(text: str | None) -> datetime.date | None:
    """Return the day that a source's date of publication names, None when it names none.

    >>> published("2026-03-04T09:30:00Z"), published("4 March 2026")
    (datetime.date(2026, 3, 4), datetime.date(2026, 3, 4))
    """
    found = re.match(r"([12][0-9]{3})-([0-9]{2})-([0-9]{2})", text or "")
    year, month, day = map(int, found.groups()) if found else (-1, -1, -1)
    if not found:
        named = next(
            (m for m in moments((text or "")[:100]) if m.kind == "date" and min(m.year, m.month, m.day) > 0), None
        )
        if named:
            year, month, day = named.year, named.month, named.day
    return _date(year, month, day)


@remembered(1 << 14)
def match(claim: Moment, evidence: Moment, today: datetime.date | None) -> Match:
    """Return how the moment of a claim stands to one of its evidence, in an article of `today` where that is known.

    >>> claim, told = moments("on 2 September; on Tuesday")
    >>> match(claim, told, datetime.date(2025, 9, 4)), match(claim, told, None)
    (<Match.SAME: 'same'>, <Match.UNKNOWN: 'unknown'>)
    """
    if "part_of_day" in (claim.kind, evidence.kind):
        return Match.UNKNOWN
    if claim.kind == evidence.kind == "date":
        plain = _plain(claim, evidence)
        if plain is not Match.UNKNOWN:
            return plain
    if not today and claim.kind == evidence.kind == "date" and _yearly(claim, evidence):
        return Match.UNKNOWN
    for one, other in ((claim, evidence), (evidence, claim)):
        day = _date(one.year, one.month, one.day)
        if day and other.weekday >= 0 and other.month < 0 and other.year < 0:
            return Match.SAME if day.weekday() == other.weekday else Match.OTHER
    if claim.kind == evidence.kind == "relative" and claim.unit == evidence.unit:
        return Match.SAME if claim.offset == evidence.offset else Match.OTHER
    if claim.kind == evidence.kind == "season" and claim.name != evidence.name:
        return Match.OTHER
    if (
        claim.kind == evidence.kind == "season"
        and not (claim.unit and evidence.unit)
        and not min(claim.year, evidence.year) > 0
    ):
        return Match.SAME
    floating = {"relative"} if not today else set()
    anchored = [m for m in (claim, evidence) if m.kind in floating or (m.weekday >= 0 and m.year < 0)]
    if not today and len(anchored) == 1:
        return Match.UNKNOWN
    if not today and any(m.month > 0 for m in (claim, evidence)) and anchored:
        return Match.UNKNOWN
    return _best(
        _compared(list(days(claim, day)), list(days(evidence, day))) for day in ([today] if today else _SAMPLE)
    )


def days(moment: Moment, today: datetime.date) -> Iterator[Days]:
    """Yield the stretches of days that a moment can be in an article of `today`: the first and the last day of each."""
    years = [moment.year] if moment.year > 0 else [today.year + n for n in (-1, 0, 1)]
    if moment.kind == "relative":
        yield from _relative(moment, today)
    elif moment.kind in {"decade", "century"}:
        length = 10 if moment.kind == "decade" else 100
        first, last = _date(max(1, moment.year), 1, 1), _date(moment.year + length - 1, 12, 31)
        if first and last:
            yield first, last
    elif moment.kind == "season":
        yield from _season(moment, [today.year + moment.offset] if moment.unit else years)
    elif moment.kind != "date":
        return
    elif moment.month > 0:
        for year in years:
            first = _date(year, moment.month, max(1, moment.day))
            if first and (moment.weekday < 0 or first.weekday() == moment.weekday):
                yield first, first if moment.day > 0 else first.replace(day=monthrange(year, moment.month)[1])
    elif moment.year > 0:
        yield datetime.date(moment.year, 1, 1), datetime.date(moment.year, 12, 31)
    elif moment.weekday >= 0:
        for n in range(-13 if moment.offset else -7, 14 if moment.offset else 8):
            day = today + n * _DAY
            if day.weekday() == moment.weekday and n * moment.offset >= 0:
                yield day, day


def _plain(claim: Moment, evidence: Moment) -> Match:
    """Compare two dates by the parts that both have."""
    wanted = {part: value for part in ("year", "month", "day", "weekday") if (value := getattr(claim, part)) >= 0}
    held = {part: value for part in ("year", "month", "day", "weekday") if (value := getattr(evidence, part)) >= 0}
    shared = wanted.keys() & held.keys()
    if any(wanted[part] != held[part] for part in shared):
        return Match.OTHER
    if wanted.keys() <= held.keys():
        opposed = claim.offset * evidence.offset < 0
        return Match.OTHER if opposed else Match.SAME
    return Match.FINER if shared and not {"weekday", "year"} & (wanted.keys() - held.keys()) else Match.UNKNOWN


def _yearly(one: Moment, other: Moment) -> bool:
    """Tell whether one date is a year alone and the other has none: nothing tells, without a day to count from."""
    alone = [m.year > 0 and max(m.month, m.day, m.weekday) < 0 for m in (one, other)]
    return any(alone) and any(m.year < 0 for m in (one, other))


def _compared(mine: list[Days], theirs: list[Days]) -> Match:
    if not mine or not theirs:
        return Match.UNKNOWN
    if any(a <= c and d <= b for a, b in mine for c, d in theirs):
        return Match.SAME
    return Match.FINER if any(a <= d and c <= b for a, b in mine for c, d in theirs) else Match.OTHER


def _best(found: Iterator[Match]) -> Match:
    seen = set()
    for how in found:
        if how is Match.SAME:
            return how
        seen.add(how)
    return next((m for m in (Match.FINER, Match.UNKNOWN, Match.OTHER) if m in seen), Match.UNKNOWN)


def _relative(moment: Moment, today: datetime.date) -> Iterator[Days]:
    n = moment.offset
    if moment.unit == "day":
        yield today + n * _DAY, today + n * _DAY
    elif moment.unit in {"week", "weekend"}:
        monday = today + (7 * n - today.weekday()) * _DAY
        yield (monday + 4 * _DAY if moment.unit == "weekend" else monday - _DAY), monday + 6 * _DAY
        if moment.unit == "weekend" and today.weekday() < 2 and n == 0:
            yield monday - 3 * _DAY, monday
    elif moment.unit in {"month", "quarter"}:
        length = 1 if moment.unit == "month" else 3
        index = today.year * 12 + (today.month - 1) // length * length + n * length
        yield _months(index, length)
    elif moment.unit != "season":
        length = {"year": 1, "decade": 10, "century": 100}[moment.unit]
        first = today.year // length * length + n * length
        yield datetime.date(max(1, first), 1, 1), datetime.date(max(1, first + length - 1), 12, 31)


def _season(moment: Moment, years: list[int]) -> Iterator[Days]:
    for year in years:
        for first, end in _SEASONS[moment.name]:
            for shift in (0, -12):  # a winter belongs to the year in which it begins, or in which it ends
                yield _months(year * 12 + first - 1 + (shift if end > 12 else 0), end - first)


def _months(index: int, length: int) -> Days:
    first = datetime.date(max(1, index // 12), index % 12 + 1, 1)
    last = index + length
    return first, datetime.date(max(1, last // 12), last % 12 + 1, 1) - _DAY


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
