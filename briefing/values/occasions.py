"""The times of a claim beside those of its evidence, and which of them belong to the same event."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..document import Sentence
from ..remembered import remembered
from ..words import terms
from .days import Match, match
from .events import likeness
from .moments import Moment, moments
from .nearby import Context, belongs_to_other, contexts, one_clause

CALENDAR = frozenset({"date", "decade", "century"})
_TOLD = frozenset({"date", "relative", "season"})
NEAR_PARTS = {frozenset({"evening", "night"}), frozenset({"afternoon", "evening"})}
#: So many more words in common say that a date is of another event.
ALIKE = 2
_SAID = re.compile(
    r"\b(?:said|told|announced|reported|confirmed|added|warned|stated)"
    r"(?:[ ](?:\w+|a news conference))?[ ](?:on[ ](?:\w+ )?)?$"
)
_SAYS = re.compile(r"\b(?:sa(?:y|id)|tell|told|announc|report|confirm|add|warn|stat)(?:e?[sd]|ing)?\b")
_NOTHING: Context = {}
#: With more dates than this it is no sentence.
_LONGEST = 100


class Held(NamedTuple):
    """A moment of the evidence, its sentence, what it belongs to there, and the day its source was published."""

    moment: Moment
    sentence: Sentence
    context: Context
    today: datetime.date | None

    @property
    def text(self) -> str:
        """The words there."""
        return self.sentence.text[self.moment.start : self.moment.end]


@remembered(1 << 12)
def dated(text: str) -> Sequence[tuple[Moment, Context]]:
    """Return the times that a text names, each with what it belongs to."""
    found = moments(text)
    spans = list(dict.fromkeys((m.start, m.end) for m in found))
    if not spans:
        return ()
    of = dict(zip(spans, contexts(text, tuple(spans)), strict=True))
    return tuple((m, of[m.start, m.end]) for m in found[:_LONGEST])


def one_phrase(one: Held, other: Held) -> bool:
    """Tell whether two times stand in one clause, so that both can be of one event."""
    first, last = sorted((one.moment, other.moment), key=lambda m: m.start)
    return one.sentence is other.sentence and one_clause(one.sentence.text[first.end : last.start])


def _part_at(text: str, moment: Moment) -> str:
    """Return the part of the day that follows a weekday: "Friday night"."""
    found = (m for m in moments(text) if m.kind == "part_of_day" and text[moment.end : m.start] == " ")
    return next((m.name for m in found), "") if moment.weekday >= 0 else ""


def other_part(text: str, moment: Moment, same: Sequence[Held]) -> bool:
    """Tell whether the source has a weekday of the claim with another part of the day."""
    part = _part_at(text, moment)
    told = [_part_at(h.sentence.text, h.moment) for h in same]
    return bool(part) and all(name and name != part and {name, part} not in NEAR_PARTS for name in told)


def same_part(text: str, moment: Moment, held: Sequence[Held]) -> Held | None:
    """Return the weekday of the source that has the part of the day that the claim gives."""
    part = _part_at(text, moment)
    return next((h for h in held if h.moment.weekday >= 0 and _part_at(h.sentence.text, h.moment) == part), None)


def owner(text: str, moment: Moment, context: Context, same: Sequence[Held], others: Sequence[Held]) -> Held | None:
    """Return the other time of the evidence that stands for what the claim gives this one for."""
    calendar = [h for h in others if h.moment.kind in CALENDAR] if moment.kind in CALENDAR else []
    if moment.kind in CALENDAR:
        said = [m for m, _ in dated(text)]
        calendar = [h for h in calendar if not any(match(m, h.moment, h.today) is Match.SAME for m in said)]
        same = [h._replace(context=_of_saying(h, text)) for h in same]
        calendar = [h for h in calendar if h.context is _of_saying(h, text)]
        others = [h for h in others if h.moment.kind not in CALENDAR or h in calendar]
    for other in calendar:
        beside = any(other.sentence is h.sentence for h in same)
        if belongs_to_other(context, [h.context for h in same], other.context, least=1 if beside else 3):
            return other
    own = max(likeness(context, h.context) for h in same)
    rivals = [(likeness(context, h.context), h) for h in others if h.moment.kind in _TOLD]
    best = max(rivals, key=lambda row: row[0], default=None)
    if not best:
        return None
    if moment.kind in CALENDAR and own <= best[0] and best[0] and best[1] in calendar:
        near, far = _shared(text, best[1].sentence), max(_shared(text, h.sentence) for h in same)
        if near >= far + ALIKE:
            return best[1]
    # "this year" holds of any day of it, so that an event of next year is told by little
    wide = moment.kind == best[1].moment.kind == "relative" and all(h.moment.kind != "relative" for h in same)
    return best[1] if best[0] >= max(ALIKE, own + ALIKE * (not wide)) else None


def _of_saying(h: Held, text: str) -> Context:
    """Return what a date belongs to: one that tells when something was said, to nothing of what was said."""
    said = _SAID.search(h.sentence.text[: h.moment.start]) and not _SAYS.search(text)
    return _NOTHING if said else h.context


def _shared(text: str, sentence: Sentence) -> int:
    return len({term for term in {*terms(text)} & {*terms(sentence.text)} if not term[0].isdigit()})
