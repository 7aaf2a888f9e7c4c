"""Figures with a form of their own: times of day, scores, shares and factors told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from .numerals import SMALL
from .units import Quantity

_HOURS = "|".join(list(SMALL)[1:13])
_CLOCK = re.compile(
    rf"""
    (?<![\w.,:$€£/])(?:(?P<h0>[01]?[0-9])(?:[:.](?P<m0>[0-5][0-9]))?[ ]?(?:-|to|and)[ ]?)?
      (?P<h1>[01]?[0-9]|2[0-3])(?:[:.](?P<m1>[0-5][0-9]))?[ ]?(?P<half>[ap])(?:\.[ ]?m\b\.?|m\b)(?![ ]?\d)
    | (?<![\w.,:/-])(?P<h2>[01]?[0-9]|2[0-3]):(?P<m2>[0-5][0-9])(?![:\d]|\.[0-9])
    | \b(?P<name>noon|midday|midnight)\b
    | \b(?P<h3>{_HOURS}|1?[0-9])[ ]o'clock\b
    | (?:(?<=[ ]at[ ])|(?<=after[ ])|(?<=before[ ])|(?<=until[ ])|(?<=[ ]by[ ])|(?<=from[ ]))(?P<h5>{_HOURS}|1?[0-9])
      (?=[ ](?:at[ ]night|in[ ]the[ ](?:morning|afternoon|evening))\b)
    | \b(?P<past>half|quarter|ten|twenty|five)[ ](?P<way>past|to)[ ](?P<h4>{_HOURS})\b(?![ ](?!in|on|at)[a-z]+s\b)
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_PAST = {"half": 30, "quarter": 15, "ten": 10, "twenty": 20, "five": 5}
_LATER_HALF = re.compile(
    r" (?:in the|on \w{3,10}day) (afternoon|evening)\b| at night\b|,? \w{3,10}day (?:afternoon|evening|night)\b", re.I
)
_MORNING = re.compile(r" (?:in the|on \w{3,10}day|this|\w{3,10}day) morning\b", re.I)

_PAIR = re.compile(
    r"(?<![\w.,$€£/:-])(?P<a>[0-9]{1,3})-(?P<b>[0-9]{1,3})(?![\w%/]|-(?!up\b)|\.[0-9]|,[0-9]{3}| ?%| per)"
)
_SETS = re.compile(r",? (?:and )?$")
_VOTES = re.compile(
    rf"\b(?P<a>[0-9]{{1,3}}|{'|'.join(SMALL)})[ ]"
    r"(?:(?P<of>votes?|goals?|sets?|points?|games?|runs?|frames?|seats?)[ ])?to[ ]"
    rf"(?P<b>[0-9]{{1,3}}|{'|'.join(SMALL)})\b(?! ?(?:%|per|million|billion|hundred|thousand|\.[0-9]))",
    re.IGNORECASE,
)
_CONTEST = re.compile(
    r"\b(?:beat|beaten|beats|beating|defeat|won|win|wins|winning|lost|loses?|losing|loss|lead|leads|leading|led|draw|drew|drawn"
    r"|scores?|scored|victory|triumph|vot(?:e|es|ed|ing)|ruled|ruling|down|trail|trails|trailed|trailing|tied?|sets?|final"
    r"|thrash|thrashed|thrashing|edged|overcame|upset|ahead|approved|passed|rejected|match|game|record|semi-final)\b",
    re.IGNORECASE,
)
_LOSING = re.compile(
    r"\b(?:lost|loses?|losing|loss|defeat(?= (?:to|by|against))|beaten|trail|trails|trailed|trailing|down|fell)\b", re.I
)


def clocks(text: str) -> Iterator[Quantity]:
    """Yield the times of day of a folded text, in minutes after midnight; `soft` where morning or evening is not told.

    >>> [(int(c.low), c.word) for c in clocks("from 9 a.m. to 3:30 p.m., and at 15:30")]
    [(540, '24h'), (930, '24h'), (930, '24h')]
    """
    for match in _CLOCK.finditer(text):
        start, end = match.span()
        later = (match["half"] or "").lower() == "p"
        if match["h0"]:
            first = _minutes(int(match["h0"]), int(match["m0"] or 0), later=later)
            middle = match.end("m0") if match["m0"] else match.end("h0")
            yield _clock(first, start, middle, sure=True)
            start = match.start("h1")
        if match["name"]:
            yield _clock(0 if match["name"].lower() == "midnight" else 720, start, end, sure=True)
            continue
        hour = next(match[f"h{n}"] for n in range(1, 6) if match[f"h{n}"])
        value = SMALL.get(hour.lower(), -1) if not hour.isdigit() else int(hour)
        minute = int(match["m1"] or match["m2"] or 0)
        if match["past"]:
            passed = _PAST[match["past"].lower()]
            value, minute = (value, passed) if match["way"].lower() == "past" else ((value - 1) % 12, 60 - passed)
        sure = bool(match["half"]) or value > 12 or value == 0 or hour.startswith("0")
        if match["half"]:
            value = value % 12 + (12 if later else 0)
        elif not sure and (_LATER_HALF.match(text, end) or _MORNING.match(text, end)):
            value, sure = value % 12 + (12 if _LATER_HALF.match(text, end) else 0), True
        yield _clock(value * 60 + minute, start, end, sure=sure)


def scores(text: str) -> Iterator[Quantity]:
    """Yield the scores and votes of a folded text; sets that follow one another are one score.

    >>> [q.goals for q in scores("won 6-4, 3-6, 7-5 in 10-15 days; passed by 62 votes to 38")]
    [((6, 4), (3, 6), (7, 5)), ((62, 38),)]
    """
    goals: list[tuple[int, int]] = []
    first = last = 0
    for match in _PAIR.finditer(text):
        pair = int(match["a"]), int(match["b"])
        joined = bool(goals) and bool(_SETS.fullmatch(text[last : match.start()]))
        if not joined and not _is_score(pair, text, match):
            continue
        if goals and not joined:
            yield _score(tuple(goals), first, last, text)
            goals = []
        first = first if goals else match.start()
        goals.append(pair)
        last = match.end()
    if goals:
        yield _score(tuple(goals), first, last, text)
    for match in _VOTES.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        around = before + " " + text[match.end() : match.end() + 40]
        if (match["of"] or _CONTEST.search(around)) and not re.search(r"\bfrom (?:\w+ )?$", before):
            goals = [(_number(match["a"]), _number(match["b"]))]
            yield _score(tuple(goals), match.start(), match.end(), text)


def _is_score(pair: tuple[int, int], text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 30]
    if re.match(
        r"[ -](?:years?|months?|weeks?|days?|hours?|minutes?|miles|km|metres|degrees|people|million|billion)\b", after
    ):
        return False
    around = text[max(0, match.start() - 60) : match.start()] + " " + after
    return pair[0] >= pair[1] or bool(_CONTEST.search(around))


def _score(goals: tuple[tuple[int, int], ...], start: int, end: int, text: str) -> Quantity:
    losing = bool(_LOSING.search(text[max(0, start - 60) : start]))
    value = Decimal(goals[0][0])
    return Quantity(value, value, "score", start, end, word="lost" if losing else "", goals=goals)


def _clock(value: int, start: int, end: int, *, sure: bool) -> Quantity:
    return Quantity(Decimal(value), Decimal(value), "clock", start, end, word="24h" if sure else "12h")


def _minutes(hour: int, minute: int, *, later: bool) -> int:
    return (hour % 12 + (12 if later else 0)) * 60 + minute


def _number(text: str) -> int:
    return int(text) if text.isdigit() else SMALL[text.lower()]


_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_COUNTS = {"a": 1} | {word: SMALL[word] for word in "one two three four five six seven eight nine ten".split()}
_NUMBER = "two|three|four|five|six|seven|eight|nine|ten|twenty|100|[1-9][0-9]?"
_NOT_OF = (
    r"(?![ ]?(?:%|percent|per[ ]cent|million|billion"
    r"|(?:consecutive[ ])?(?:years?|months?|weeks?|days?|hours?|minutes?)))"
)
_GOES_ON = (
    "more|less|fewer|higher|lower|from|in|on|by|since|to|at|among|during|after|before|over|between|within|this|last|next|were|was"
    "|are|is|have|has|had|said|and|or|but|who|that|which|while|when|as|for|with|compared"
)
_SHARE = re.compile(
    rf"""\b(?P<many>{"|".join(_COUNTS)})[ -](?P<part>{"|".join(_PARTS)})
        (?:s\b|\b(?=[ ](?:of[ ](?!an?\b)|{_GOES_ON})\b|[.,;:!?)]|$|[ ](?:the|its|their|his|her)\b))
      | (?<!first[ ])(?<!second[ ])(?<!the[ ])(?<!other[ ])(?<!and[ ]a[ ])(?<![\w-])half\b
        (?=[ ](?:of|the|its|their|his|her|all|those|these|that|as|were|was|are|is|said|had|have)\b|[.,;:!?)]|$)
      | (?<![\d.,])\b(?P<n>one(?:[ ](?!of\b)[a-z]+){{0,3}}|two|three|four|five|six|seven|eight|nine|[1-9][0-9]?)
        [ ](?:in|out[ ]of)[ ](?:every[ ])?(?P<of>{_NUMBER})\b(?![.,][0-9]){_NOT_OF}""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_TIMES = re.compile(
    r"\b(?:(?P<x2>doubl(?:ed|es|ing)|double"
    r"(?=[ ](?:the|its|that|what|their|from|in|to|by|last|capacity|output|sales|production)\b|[.,;])"
    r"|twofold|two-fold"
    r"|twice(?=[ ](?:as|the|its|that|what|their)\b))"
    r"|(?P<x3>tripl(?:ed|es|ing)|trebl(?:ed|es|ing)|(?:triple|treble)(?=[ ](?:the|its|that|what|from|in)\b)|threefold)"
    r"|(?P<x4>quadrupl(?:ed|es|ing|e)|fourfold)|(?P<half>halv(?:ed|es|ing)))\b(?![ ]down\b)",
    re.IGNORECASE,
)
_MANY_TIMES = re.compile(
    r"\b(?P<n>three|four|five|six|seven|eight|nine|ten|twelve|[1-9][0-9]{0,2}(?:\.[0-9])?)[ ]times"
    r"(?=[ ](?:as|the|its|their|his|her|that|what|last|more|less|fewer|larger|bigger|higher|greater|faster|longer)\b)",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"[ ](?:quarter|half)\b", re.IGNORECASE)


def shares(text: str) -> Iterator[Quantity]:
    """Yield the shares that a folded text tells in words, as per cent.

    >>> [round(float(q.low), 1) for q in shares("two-thirds of the seats; half the town; one in five voters")]
    [66.7, 50.0, 20.0]
    """
    for match in _SHARE.finditer(text):
        if match["part"]:
            value = Decimal(_COUNTS[match["many"].lower()] * 100) / _PARTS[match["part"].lower()]
        elif match["of"]:
            of = Decimal(
                SMALL.get(match["of"].lower()) or (20 if match["of"].lower() == "twenty" else int(match["of"]))
            )
            many = match["n"].lower().split()[0]
            value = Decimal(SMALL.get(many) or int(many)) * 100 / of
            if value >= 100:
                continue
        else:
            value = Decimal(50)
        yield Quantity(value, value, "%", match.start(), match.end(), word="share", step=Decimal(2))


_POINTS = re.compile(
    r"\b(?:(?P<half>half)(?:[ -]an?)?|(?:a[ -])?(?P<quarter>quarter)(?:[ -]of[ -]an?)?"
    r"|three[ -]quarters?(?:[ -]of[ -]an?)?)"
    r"[ -](?:percentage[ -])?points?\b",
    re.IGNORECASE,
)


def points(text: str) -> Iterator[Quantity]:
    """Yield the parts of a percentage point that a folded text tells in words: `half a percentage point`."""
    for match in _POINTS.finditer(text):
        value = Decimal("0.5" if match["half"] else "0.25" if match["quarter"] else "0.75")
        yield Quantity(value, value, "points", match.start(), match.end(), "percentage-point", step=Decimal("0.01"))


def factors(text: str) -> Iterator[Quantity]:
    """Yield the factors that a folded text tells in words: 2 for `doubled`, 0.5 for `halved`."""
    for match in _MANY_TIMES.finditer(text):
        value = Decimal(SMALL.get(match["n"].lower(), 0) or match["n"])
        yield Quantity(value, value, "times", match.start(), match.end(), step=Decimal(1))
    for match in _TIMES.finditer(text):
        value = Decimal({"x2": "2", "x3": "3", "x4": "4", "half": "0.5"}[str(match.lastgroup)])
        yield Quantity(value, value, "times", match.start(), match.end(), step=Decimal("0.1"))
