"""From when on, and until when: `until at least Friday`, `Friday at the latest`, and where a claim turns one round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..document import Sentence
from ..values.moments import Moment, moments

_EARLIEST = re.compile(
    r"\b(?:at least(?: until| till)?|no earlier than|not before|no sooner than)(?: the)? $", re.IGNORECASE
)
_LATEST = re.compile(r"\b(?:no later than|not later than|at the latest by|until at most)(?: the)? $", re.IGNORECASE)
_AT_EARLIEST = re.compile(r"[ ](?:at the (?:very )?earliest|at least|or later)\b", re.IGNORECASE)
_AT_LATEST = re.compile(r"[ ](?:at the (?:very )?latest|or (?:earlier|sooner|before))\b", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:earliest|at least|before|later|longer|from|after)\b", re.IGNORECASE)


class Turned(NamedTuple):
    """Dates of a claim, `text[start:end]`, and of a sentence: the first an end, or exact, the other a beginning."""

    start: int
    end: int
    sentence: Sentence
    place: tuple[int, int]
    dropped: bool


def turned(text: str, evidence: Sequence[Sentence]) -> Iterator[Turned]:
    """Yield the dates that are bounded on the other side in the claim than in its evidence, or no longer bounded.

    >>> from briefing.document import Document
    >>> sentence = Document.read("Talks will go on until at least Friday.").sentences[0]
    >>> [t.dropped for t in turned("Talks will end by Friday at the latest.", [sentence])]
    [False]
    """
    bounded = [(s, m, side) for s in evidence for m in moments(s.text) if (side := _side(s.text, m))]
    for mine in moments(text) if bounded else ():
        own = _side(text, mine)
        for sentence, theirs, side in bounded:
            if not _same(mine, theirs) or own == side:
                continue
            if own or (side < 0 and not _OPEN.search(text)):
                yield Turned(mine.start, mine.end, sentence, _with_bound(sentence.text, theirs), not own)
                break


def _side(text: str, moment: Moment) -> int:
    """Return -1 where a date is the earliest, 1 where it is the latest, 0 where neither is said."""
    before, after = text[max(0, moment.start - 24) : moment.start], text[moment.end : moment.end + 24]
    if _EARLIEST.search(before) or _AT_EARLIEST.match(after):
        return -1
    return int(bool(_LATEST.search(before) or _AT_LATEST.match(after)))


def _with_bound(text: str, moment: Moment) -> tuple[int, int]:
    first = max(0, moment.start - 24)
    before = text[first : moment.start]
    found = _EARLIEST.search(before) or _LATEST.search(before)
    after = text[moment.end : moment.end + 24]
    behind = _AT_EARLIEST.match(after) or _AT_LATEST.match(after)
    return first + found.start() if found else moment.start, moment.end + (behind.end() if behind else 0)


def _same(one: Moment, other: Moment) -> bool:
    """Tell whether two dates name the same day, month or year."""
    if one.kind != other.kind:
        return False
    parts = ("name", "offset") if one.kind != "date" else ("year", "month", "day", "weekday")
    return all(getattr(one, part) == getattr(other, part) for part in parts)
