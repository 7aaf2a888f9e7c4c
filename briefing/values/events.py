"""Which event a date belongs to, and which dates follow from others: what a month after, or the second quarter, is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..document import Sentence
from ..remembered import remembered
from ..words import terms
from .moments import Moment
from .nearby import Context, flat, says
from .order import Contrast
from .quantities import quantities

_PERIOD = re.compile(
    r"\b(?P<nth>first|second|third|fourth|last|final|opening)[ -](?P<period>quarter|half)\b|\b[QH](?P<q>[1-4])\b"
    r"|\bfirst (?P<n>\w+) months\b",
    re.IGNORECASE,
)
_PLACES = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_NUMBERS = dict(zip("two three four five six seven eight nine ten eleven".split(), range(2, 12), strict=True))
_PREVIOUS = {
    unit: re.compile(rf"\b(?:an?|one|the) (?:previous )?{unit} (?:earlier|ago|before)\b|\bthe previous {unit}\b", re.I)
    for unit in ("day", "week", "month", "quarter", "year", "decade")
}
_WITHIN = {
    unit: re.compile(rf"\b(?:end|middle|start|beginning|course|rest|remainder) of the {unit}\b", re.I)
    for unit in ("week", "month", "quarter", "year", "decade")
}
# "0.7 per cent this year and 1.8 per cent next"
_FOLLOWING = {
    unit: re.compile(rf"\bthis {unit}\b[^;!?]{{1,80}}\bnext(?=[.,;]|$)", re.I)
    for unit in ("week", "month", "quarter", "season", "year")
}
_STAGE = re.compile(
    r"\b(?P<which>first|opening|second|third|fourth|fifth|final|last|deciding|closing)[ -]"
    r"(?P<part>half|set|quarter|period|round|leg|innings|session|stage|race|game)\b|\b(?P<decider>decider)\b",
    re.IGNORECASE,
)
#: So many words in common say that two sentences are about the same contest.
_ALIKE = 2
_DAYS = 86_400


def likeness(claim: Context, other: Context) -> int:
    """Return how many words of a claim's event the other event has, as they stand or by a word for the same."""
    mine, theirs = flat(claim), flat(other)
    shared = mine & theirs
    return len(shared) + sum(any(says(a, b) for b in theirs - shared) for a in mine - shared)


def follows(moment: Moment, held: Iterable[Moment], texts: Sequence[str]) -> bool:
    """Tell whether a date is one of the evidence in other words, or follows from one and a time that lies between."""
    if moment.kind == "relative":
        table = {-1: _PREVIOUS, 0: _WITHIN, 1: _FOLLOWING}.get(moment.offset, {})
        pattern = table.get(moment.unit)
        return bool(pattern and any(pattern.search(text) for text in texts))
    if moment.kind != "date":
        return False
    if (
        moment.month > 0
        and moment.day < 0
        and any(moment.month in period for text in texts for period in _periods(text))
    ):
        return True
    apart = [int(q.low) // _DAYS for text in texts for q in quantities(text) if q.measure == "time"]
    return any(_shifted(moment, other, days) for other in held if other.kind == "date" for days in apart if days)


def _shifted(moment: Moment, other: Moment, days: int) -> bool:
    """Tell whether a month or year lies so many days from another."""
    if other.year < 0 and moment.year > 0:
        return False
    if moment.month > 0 and other.month > 0 and moment.day < 0:
        apart = (moment.month - other.month) + 12 * (
            (moment.year - other.year) if min(moment.year, other.year) > 0 else 0
        )
        return abs(abs(apart) - days / 30.44) <= (0.6 if days < 300 else 1.1)
    if moment.month < 0 and moment.year > 0 and moment.weekday < 0:
        return days >= 180 and abs(abs(moment.year - other.year) - days / 365.25) <= 1
    return False


@remembered(1 << 12)
def _periods(text: str) -> tuple[tuple[int, int], ...]:
    """Return the first and the last month of the quarters and halves of a year that a text names."""
    found = []
    for match in _PERIOD.finditer(text):
        if match["n"]:
            months = _NUMBERS.get(match["n"].lower()) or (int(match["n"]) if match["n"].isdigit() else 0)
            found.append((1, months))
            continue
        length = 6 if (match["period"] or "").lower() == "half" or match[0][0] == "H" else 3
        place = int(match["q"]) if match["q"] else _PLACES[match["nth"].lower()]
        last = min(place * length, 12)
        found.append((last - length + 1, last))
    return tuple(found)


def stages(text: str, evidence: Sequence[Sentence]) -> Iterator[Contrast]:
    """Yield another part of a contest or of a year than in the source: the first half for the second."""
    for said in _STAGE.finditer(text):
        told = [(m, s) for s in evidence for m in _STAGE.finditer(s.text) if _part(m) == _part(said)]
        mine = _stage(said)
        others = [(m, s) for m, s in told if len({*terms(s.text)} & {*terms(text)}) > _ALIKE]
        if others and len(told) == len(others) == 1 and _apart(_stage(others[0][0]), mine):
            other, sentence = others[0]
            message = f"The source says {other[0]}; the claim says {said[0]}."
            yield Contrast("wrong_stage", said.span(), sentence, other.span(), message)


def _apart(one: str, other: str) -> bool:
    """Tell whether two stages are two: the last may be the third, and is not the first."""
    return one != other and ("last" not in (one, other) or "first" in (one, other))


def _part(match: re.Match[str]) -> str:
    return "set" if match["decider"] else match["part"].lower()


def _stage(match: re.Match[str]) -> str:
    if match["decider"]:
        return "last"
    word = match["which"].lower()
    return {"opening": "first", "final": "last", "deciding": "last", "closing": "last"}.get(word, word)
