"""Dates and times that a text names: calendar dates, weekdays, years, decades, seasons, and times told from now.

`calendar.py` says which days of the calendar they can be. English names; digits are ASCII.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..remembered import remembered
from ..text import fold
from .numerals import ORDINALS

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())
SEASONS = {"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"}
_DIRECTIONS = {"this": 0, "current": 0, "last": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}
_DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70} | {
    "eighties": 80,
    "nineties": 90,
}
_PARTS_OF_DAY = {
    word: part
    for part, group in {
        "morning": "morning mornings dawn sunrise daybreak breakfast",
        "afternoon": "afternoon afternoons",
        "evening": "evening evenings dusk sunset",
        "night": "night nights overnight tonight nightfall",
    }.items()
    for word in group.split()
}

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_ORDINAL_DAY = "|".join(sorted((w for w, n in ORDINALS.items() if n < 32), key=len, reverse=True))
_NEXT = "(?i:last|next|this|previous|following|coming)"
_MOMENT = re.compile(
    rf"""
    (?<![\w$€£.,:])(?:(?P<d0>{_DAY})(?:st|nd|rd|th)?[ ]?(?:-|to|and)[ ]?)?(?P<d1>{_DAY})(?:st|nd|rd|th)?[ -](?:of[ ])?
      (?P<m1>{_MONTH})\b(?:,?[ ](?P<y1>{_YEAR})\b)?
    | \b(?P<m2>{_MONTH})[ ](?P<d2>{_DAY})(?:st|nd|rd|th)?(?![\w:]|[.,][0-9])(?:[ ]?(?:-|to|and)[ ]?(?P<d3>{_DAY})\b)?
      (?:,?[ ](?P<y2>{_YEAR})\b)?
    | \b(?P<m3>{_MONTH}),?[ ](?:of[ ])?(?P<y3>{_YEAR})\b
    | \b(?P<y4>{_YEAR})-(?P<m4>0[1-9]|1[0-2])-(?P<d4>0[1-9]|[12][0-9]|3[01])\b
    | \b(?P<slashed>[0-3]?[0-9]/[0-3]?[0-9]/[0-9]{{2,4}})\b
    | \b(?:(?P<dw>{_NEXT})[ ])?(?P<weekday>{"|".join(d.title() for d in WEEKDAYS)})s?\b
    | (?:\b(?:the|late|early|mid|in)[ -]|')?(?<![\w$€£.,-])(?P<decade>(?:1[0-9]|20)?[0-9]0)'?s\b
    | \bthe[ ](?P<named>{"|".join(_DECADES)})\b
    | \b(?P<century>[0-9]{{1,2}}(?:st|nd|rd|th)|first|{_ORDINAL_DAY})[ -]century\b
    | (?<![\w$€£¥₹.,/])(?<![A-Za-z]-)(?P<year>{_YEAR})(?:-(?P<y5>[0-9]{{2}}(?:[0-9]{{2}})?)\b)?
      (?![\w%]|,[0-9]{{3}}|\.[0-9]|-[a-z])
    | \b(?P<dm>{_NEXT})[ ](?P<m6>{_MONTH})\b
    | \b(?P<m5>January|February|April|June|July|August|September|October|November|December)\b
    | \b(?:(?i:in|by|since|until|till|of|from|to|during|early|late|mid|between|through)[ -])(?P<m7>March|May)\b
      (?![ ][A-Z])
    | \b(?<!the[ ])(?<!his[ ])(?<!her[ ])(?<!its[ ])(?P<dr>{_NEXT}|(?i:current))[ ]
      (?P<unit>week|weekend|month|quarter|season|year|decade|century)\b
    | \b(?P<rel>(?i:yesterday|today|tomorrow|tonight))\b
    | \b(?:(?P<ds>{_NEXT})[ ]|(?i:in|the|late|early|since|until|by|of|during|every|mid)[ -](?:the[ ])?)
      (?P<season>(?i:spring|summer|autumn|winter)(?!s?[ ](?:Olympics?|Games|Palace))
        |fall(?=[ ]of\b|[.,;]|[ ](?:and|but|when|as)\b|$))
      (?:[ ](?:of[ ])?(?P<y6>{_YEAR})\b)?
    | \b(?P<part>(?i:{"|".join(_PARTS_OF_DAY)}))\b(?![ ]?-|[ ](?:club|shift|school|sky|market|train|bus|vision))
    """,
    re.VERBOSE,
)
# "2000 people", "about 1,950 homes": a count, not a year.
_COUNTED = re.compile(
    r"[ ](?!was|has|is|as|elections|games|olympics|finals|awards|championships|protests|riots|floods|wildfires|was)"
    r"(?:[a-z]{2,20}[ ])?(?:people|men|women|children|[a-z]{3,20}(?<!s)s|tonnes|km|kg|metres|meters|miles)\b"
)
_COUNTING = re.compile(
    r"\b(?:about|around|approximately|nearly|almost|roughly|some|than|over|least|to|killed|killing|injured|employs?|all|hired?"
    r"|another|other|additional|further|extra|up|minus|plus|total of|these|those|its|their|has|have|had|with)[ ]$",
    re.IGNORECASE,
)
# "its 2030 target"
_OWNING = re.compile(r"\b(?:its|their|this|with)[ ]$", re.IGNORECASE)
_TITLED = re.compile(
    r"[ ](?:[a-z-]{3,14}[ ])?(?:targets?|goals?|deadline|election|budget|plan|vote|season|report|census|campaign"
    r"|forecast|estimate|outlook|results?|guidance|strategy|title|edition|law|ruling|summit|agreement|debut|album|film|novel)\b"
)
_DATING = re.compile(
    r"\b(?:in|since|until|till|by|from|the|of|during|before|after|for|and|to|between|early|late|mid|season)[ -]"
    r"(?:(?:about|around)[ ])?$|\b(?:until|till|since|before|after)[ ](?:at[ ]least|almost|nearly|over)[ ]$",
    re.I,
)


# Every moment has a digit or one of these words; to look for them first is much faster.
_TELLING = re.compile(
    r"[0-9]+|day|week|month|quarter|season|year|decade|centur|to(?:night|morrow)|ties\b|spring|summer|autumn|fall|winter"
    r"|morning|noon|evening|night|dawn|dusk|sun(?:set|rise)|breakfast"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
    re.IGNORECASE,
)


#: How far a moment reaches before and after such a word.
_LEAD, _TAIL = 24, 48


class Moment(NamedTuple):
    """A date or time in a text: `text[start:end]`, code points from 0.

    `kind` is `date` (with what is known of `year`, `month`, `day`, `weekday`; -1 is not known), `decade` and `century`
    (their first year in `year`), `relative` (`unit` and `offset` from now), `season` and `part_of_day` (in `name`).
    `offset` of a date is -1 after "last", 1 after "next".
    """

    kind: str
    start: int
    end: int
    year: int = -1
    month: int = -1
    day: int = -1
    weekday: int = -1
    unit: str = ""
    offset: int = 0
    name: str = ""

    @property
    def masks(self) -> bool:
        """Whether the figures in it are no figures of their own."""
        return self.kind in {"date", "decade", "century", "season"}


@remembered(1 << 13)
def moments(text: str) -> tuple[Moment, ...]:
    """Return the dates and times that `text` names, in order.

    >>> [(m.kind, m.day, m.month, m.year) for m in moments("on Sept. 2, 2025, and in the 1990s")]
    [('date', 2, 9, 2025), ('decade', -1, -1, 1990)]
    """
    folded = fold(text)
    return tuple(
        moment
        for start, end in _windows(folded)
        for match in _MOMENT.finditer(folded, start, end)
        for moment in _read(match, folded)
    )


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that can hold a moment."""
    found: list[tuple[int, int]] = []
    for match in _TELLING.finditer(text):
        start, end = max(0, match.start() - _LEAD), match.end() + _TAIL
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _read(match: re.Match[str], text: str) -> Iterator[Moment]:
    part = match.groupdict()
    start, end = match.span()
    if part["year"]:
        yield from _years(match, text)
    elif part["weekday"]:
        yield Moment("date", start, end, weekday=WEEKDAYS.index(part["weekday"].lower()), offset=_offset(part["dw"]))
    elif part["decade"] or part["named"]:
        yield from _decade(match)
    elif part["century"]:
        word = part["century"].lower()
        number = 1 if word == "first" else ORDINALS.get(word) or int(re.sub(r"\D", "", word) or 0)
        yield Moment("century", start, end, year=(number - 1) * 100)
    elif part["unit"]:
        yield Moment("relative", start, end, unit=part["unit"].lower(), offset=_offset(part["dr"]))
    elif part["rel"]:
        yield Moment("relative", start, end, unit="day", offset=_DAYS[part["rel"].lower()])
    elif part["season"]:
        year = int(part["y6"]) if part["y6"] else -1
        begin = match.start("ds") if part["ds"] else match.start("season")
        name = SEASONS[part["season"].lower()]
        yield Moment(
            "season", begin, end, year=year, offset=_offset(part["ds"]), unit="year" if part["ds"] else "", name=name
        )
    elif part["part"]:
        yield Moment("part_of_day", start, end, name=_PARTS_OF_DAY[part["part"].lower()])
    elif part["slashed"]:
        yield Moment("date", start, end)
    else:
        yield from _dated(match)


def _dated(match: re.Match[str]) -> Iterator[Moment]:
    part = match.groupdict()
    start, end = match.span()
    month = next(part[f"m{n}"] for n in range(1, 8) if part[f"m{n}"])
    number = int(month) if month.isdigit() else MONTHS[month.rstrip(".").lower()]
    year = next((int(part[f"y{n}"]) for n in range(1, 5) if part[f"y{n}"]), -1)
    if part["m7"]:
        start = match.start("m7")
    days = [int(part[key]) for key in ("d0", "d1", "d2", "d3", "d4") if part[key]]
    for day in days or [-1]:
        yield Moment("date", start, end, year=year, month=number, day=day, offset=_offset(part["dm"]))


def _years(match: re.Match[str], text: str) -> Iterator[Moment]:
    start, end = match.span()
    year, before = int(match["year"]), text[max(0, start - 20) : start]
    owned = year >= 1900 and _OWNING.search(before) and _TITLED.match(text, end)
    counted = _COUNTED.match(text, end) and not _DATING.search(before)
    if (
        counted
        or (_COUNTING.search(before) and not _DATING.search(before) and not owned)
        or (year < 1500 and not _DATING.search(before))
    ):
        return
    yield Moment("date", start, end, year=year)
    if match["y5"]:
        last = match["y5"]
        yield Moment("date", start, end, year=int(last) if len(last) == 4 else year // 100 * 100 + int(last))


def _decade(match: re.Match[str]) -> Iterator[Moment]:
    if match["named"]:
        yield Moment("decade", match.start("named"), match.end(), year=1900 + _DECADES[match["named"]])
        return
    digits = match["decade"]
    if len(digits) == 4 or match[0].startswith(("'", "the")):
        yield Moment(
            "decade", match.start("decade"), match.end(), year=int(digits) if len(digits) == 4 else 1900 + int(digits)
        )


def _offset(word: str | None) -> int:
    return _DIRECTIONS.get((word or "").lower(), 0)
