"""For which time a figure is given: this year or the year before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .days import Match, match
from .moments import Moment, moments
from .standing import Held, Reading, placed
from .units import Quantity

#: How far behind a figure its time stands.
_BEHIND = 60
_YEAR_BEFORE = re.compile(
    r"[ ](?:in )?(?:the|a) (?:day|week|month|quarter|season|year) (?:before|earlier)\b", re.IGNORECASE
)
_PHRASE = re.compile(r"(?:[ ](?!and\b|but\b|from\b|to\b|than\b|before\b|after\b)[A-Za-z'-]{1,20}){0,5}[ ]")
_BEFORE = re.compile(
    r"\b(?:(?:year|season|month|quarter|week|day|decade)s? (?:earlier|before|ago|previously)"
    r"|(?:last|previous|preceding|prior) (?:year|season|month|quarter|week|decade)|yesterday)\b",
    re.IGNORECASE,
)


def of_its_time(reading: Reading, q: Quantity, same: Sequence[Held], others: Sequence[Held]) -> Held | None:
    """Return the figure that the source gives for the time for which the claim gives this one; None if none tells."""
    said = _timed(reading.text, q)
    if not said:
        return None
    told = [(h, _timed(h.sentence.text, h.quantity)) for h in same]
    if any(then and match(said, then, None) is Match.SAME for _, then in told):
        return same[0] if len(same) == 1 else None
    if not all(
        (then and _apart(said, then)) or _YEAR_BEFORE.match(h.sentence.text, h.quantity.end) for h, then in told
    ):
        return None
    for h in others:
        then = _timed(h.sentence.text, h.quantity)
        if then and h.quantity.measure == q.measure and match(said, then, None) is Match.SAME:
            return h
    return None


def _apart(one: Moment, other: Moment) -> bool:
    return one.kind == other.kind and match(one, other, None) is Match.OTHER


def _timed(text: str, q: Quantity) -> Moment | None:
    """Return the time that follows a figure in its own phrase: "5.5% this year"."""
    after = next((m for m in moments(text) if m.start >= q.end and m.kind in {"date", "relative"}), None)
    if not after or not _PHRASE.fullmatch(text[q.end : after.start]):
        return None
    return after


def of_last_time(reading: Reading, held: Held) -> bool:
    """Tell whether claim and source both give a figure for a time before, the source right after it."""
    text, end = held.sentence.text, held.quantity.end
    following = next((q.start for q, _ in placed(text) if q.start >= end and not q.soft), end + _BEHIND)
    return bool(_BEFORE.search(reading.text) and _BEFORE.search(text[end : min(following, end + _BEHIND)]))
