"""Time: the dates, the times told from now and the order of events in a claim are those of its evidence.

The date of publication of a source tells which day its "on Tuesday" or "last month" is. A claim may leave times out.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from ..document import Document, Sentence
from ..english import is_english
from ..values.days import Match, match, published
from ..values.events import follows, stages
from ..values.moments import Moment, moments
from ..values.nearby import Context, flat
from ..values.occasions import ALIKE, NEAR_PARTS, Held, dated, one_phrase, other_part, owner, same_part
from ..values.order import contrary, durations, frequencies, opposites, relations
from ..values.standing import placed
from ..verdict import Finding, Severity
from ..words import terms, words
from . import Place, Subject, finding

VERSION = "1"

_HOURS = {
    "morning": range(12),
    "afternoon": range(12, 18),
    "evening": range(16, 24),
    "night": (*range(18, 24), *range(7)),
}
#: With more evidence than this, words that two sentences share tell nothing of which date is whose.
_FEW = 5


def _place(h: Held) -> Place:
    return Place(h.sentence, h.moment.start, h.moment.end)


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each time in the claim that its evidence does not give, or not for this event."""
    if not evidence or any(subject.text == sentence.text for sentence in evidence):
        return
    if not is_english(" ".join(sentence.text for sentence in evidence)):
        return
    held = [
        Held(moment, sentence, context, published(document.sources[sentence.source - 1].published))
        for sentence in evidence
        for moment, context in dated(sentence.text)
    ]
    for moment, context in dated(subject.text):
        yield from (_part_of_day if moment.kind == "part_of_day" else _moment)(
            subject, evidence, document, moment, context, held
        )
    yield from _order(subject, evidence, document)
    for contrasts in (opposites, stages, frequencies, durations):
        for kind, span, sentence, told, message in contrasts(subject.text, evidence):
            place = Place(sentence, *told)
            yield finding(subject, document, "time", kind, message, claim=span, place=place)


def _moment(
    subject: Subject,
    evidence: Sequence[Sentence],
    document: Document,
    moment: Moment,
    context: Context,
    held: Sequence[Held],
) -> Iterator[Finding]:
    text = subject.text[moment.start : moment.end]
    today = next((h.today for h in held if h.today), None) or _day_of(evidence, document)
    found = [(h, match(moment, h.moment, h.today)) for h in held]
    same = [h for h, how in found if how is Match.SAME]
    others = [
        h
        for h, how in found
        if how is Match.OTHER and h.moment.kind == moment.kind and _grain(h.moment) == _grain(moment)
    ]
    span = (moment.start, moment.end)
    if same:
        apart = [h for h, how in found if how in {Match.OTHER, Match.UNKNOWN} and not _contains(moment, h.moment)]
        alike = [h for h in same if h.moment.kind == moment.kind and _grain(h.moment) == _grain(moment)]
        rivals = [*others, *(h for h in apart if not any(one_phrase(h, own) for own in alike))]
        if other_part(subject.text, moment, same) and (other := same_part(subject.text, moment, held)):
            message = f"The source says {other.text} of this part of the day; the claim says {text}."
            yield finding(subject, document, "time", "wrong_date", message, claim=span, place=_place(other))
        elif len(evidence) <= _FEW and (other := owner(subject.text, moment, context, same, rivals)):
            message = f"The source gives {same[0].text} for something else; here it says {other.text}."
            yield finding(subject, document, "time", "wrong_date", message, claim=span, place=_place(other))
        return
    texts = [sentence.text for sentence in evidence]
    if moment.month > 0 and max(moment.day, moment.year) < 0 and any(_named(text, other) for other in texts):
        return
    if _idle(moment, text) and any(moment.name and moment.name in other.lower() for other in texts):
        return
    if _pieced_together(moment, [h.moment for h in held], today) or follows(moment, [h.moment for h in held], texts):
        return
    wrong = sorted(
        (h for h, how in found if how is Match.OTHER),
        key=lambda h: (h not in others, -len(flat(h.context) & flat(context))),
    )
    if wrong:
        kind = "wrong_relative_time" if moment.kind == "relative" else "wrong_date"
        message = f"The source says {wrong[0].text}; the claim says {text}."
        yield finding(subject, document, "time", kind, message, claim=span, place=_place(wrong[0]))
    elif (_on_calendar(moment, found) or not _untold(found)) and not _idle(moment, text):
        yield _new(subject, evidence, document, moment, today)


def _named(text: str, other: str) -> bool:
    """Tell whether a text has the name of a month: "the May election" may be read as none."""
    return any(word.form[:1].isupper() and word.form == text for word in words(other))


def _new(
    subject: Subject, evidence: Sequence[Sentence], document: Document, moment: Moment, today: datetime.date | None
) -> Finding:
    """Return the finding for a time that the cited sentences do not give."""
    text, span = subject.text[moment.start : moment.end], (moment.start, moment.end)
    cited = {sentence.id for sentence in evidence}
    named = [word.form for word in words(text) if word.form[0].isupper() or word.form[0].isdigit()] or [text]
    for sentence in document.sentences:
        if sentence.id not in cited and any(word in sentence.text for word in named):
            for other in moments(sentence.text):
                if match(moment, other, today) is Match.SAME and other.kind == moment.kind:
                    message = f"The cited sentences do not say {text}; sentence {sentence.id}, not cited, does."
                    place = Place(sentence, other.start, other.end)
                    return finding(
                        subject,
                        document,
                        "time",
                        "new_date",
                        message,
                        claim=span,
                        place=place,
                        severity=Severity.WARNING,
                    )
    return finding(subject, document, "time", "new_date", f"The cited sentences do not say {text}.", claim=span)


def _pieced_together(moment: Moment, held: Sequence[Moment], today: datetime.date | None) -> bool:
    """Tell whether each part of a date stands somewhere in the evidence, or is the year of publication."""
    if moment.kind != "date":
        return False
    if today and (moment.year in {today.year, -1}) and moment.month < 0 and moment.weekday < 0:
        return not any(h.year > 0 for h in held)
    parts = {part: value for part in ("year", "month", "day", "weekday") if (value := getattr(moment, part)) >= 0}
    given = [{part: value for part in parts if (value := getattr(h, part)) >= 0} for h in held]
    if not any(some and some.items() < parts.items() for some in given):
        return False  # its parts are parts of other dates
    known = {(part, getattr(h, part)) for h in held for part in parts} | ({("year", today.year)} if today else set())
    if moment.month < 0 or moment.day < 0 or any(h.month == moment.month and h.day == moment.day for h in held):
        return bool(held) and all(part in known for part in parts.items())
    return False


def _on_calendar(moment: Moment, found: Sequence[tuple[Held, Match]]) -> bool:
    """Tell whether a date is one of the calendar, and no "last year" of the evidence can be its year."""
    told = any(how is Match.UNKNOWN and h.moment.unit in {"year", "decade", "century"} for h, how in found)
    return moment.month > 0 or (moment.year > 0 and not told)


def _contains(claim: Moment, held: Moment) -> bool:
    """Tell whether two dates have no part in common, so that both can hold of one event: a year and a weekday."""
    if claim.kind != "date" or held.kind != "date":
        return False
    return not any(
        getattr(claim, part) >= 0 and getattr(held, part) >= 0 for part in ("year", "month", "day", "weekday")
    )


def _untold(found: Sequence[tuple[Held, Match]]) -> bool:
    """Tell whether the evidence has a time that only the day of writing could compare."""
    return any(how is Match.UNKNOWN for h, how in found if h.moment.kind != "part_of_day")


def _idle(moment: Moment, text: str) -> bool:
    """Tell whether a word of time may say nothing: `today` for now, a season or a part of the day in a name."""
    return text.lower() in {"today", "tonight"} or (moment.kind == "season" and not moment.unit and moment.year < 0)


def _grain(moment: Moment) -> tuple[bool, ...]:
    return (
        tuple(getattr(moment, part) >= 0 for part in ("year", "month", "day", "weekday"))
        if moment.kind == "date"
        else ()
    )


def _day_of(evidence: Sequence[Sentence], document: Document) -> datetime.date | None:
    return next((day for s in evidence if (day := published(document.sources[s.source - 1].published))), None)


def _part_of_day(
    subject: Subject,
    evidence: Sequence[Sentence],
    document: Document,
    moment: Moment,
    context: Context,
    held: Sequence[Held],
) -> Iterator[Finding]:
    """Yield a finding when the source says another part of the day, or an hour that is not in this one."""
    parts = [h for h in held if h.moment.kind == "part_of_day"]
    clocks = [(q, s) for s in evidence for q, _ in placed(s.text) if q.measure == "clock" and q.word == "24h"]
    fits = any(h.moment.name == moment.name or {h.moment.name, moment.name} in NEAR_PARTS for h in parts)
    if fits or any(int(q.low) // 60 in _HOURS[moment.name] for q, _ in clocks):
        return
    told = [_place(h) for h in parts]
    if not told and len(clocks) == 1:
        q, sentence = clocks[0]
        same = len(flat(context) & {*terms(sentence.text)}) >= ALIKE
        told = [Place(sentence, q.start, q.end)] if same else []
    if told:
        message = f"The source says {told[0].text}; the claim says {subject.text[moment.start : moment.end]}."
        span = (moment.start, moment.end)
        yield finding(subject, document, "time", "wrong_time_of_day", message, claim=span, place=told[0])


def _order(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding when the claim puts something before what it comes after in the source, and the like."""
    told = [(relation, sentence) for sentence in evidence for relation in relations(sentence.text)]
    for relation in relations(subject.text):
        related = [
            (r, s) for r, s in told if contrary(relation, r) or (r.kind == relation.kind and r.object & relation.object)
        ]
        related.sort(key=lambda pair: (-len(pair[0].subject & relation.subject), contrary(relation, pair[0])))
        if related and contrary(relation, related[0][0]):
            other, sentence = related[0]
            said, mine = sentence.text[other.start : other.end], subject.text[relation.start : relation.end]
            same = said.lower() == mine.lower()
            message = (
                f"What comes {said} what in the source is the other way round in the claim."
                if same
                else f"The source says {said}; the claim says {mine}."
            )
            place = Place(sentence, other.start, other.end)
            yield finding(
                subject, document, "time", "wrong_order", message, claim=(relation.start, relation.end), place=place
            )
