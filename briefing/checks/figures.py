"""Figures: each figure of a claim stands in its evidence as a value, for the same thing, or follows from it.

`$1.2 billion` is `1,200 million`, `half` is `50 %`, `a year and a half` is `18 months`. A claim may leave figures and
bounds out; a bound that says the contrary of its source is a figure that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..document import Document, Sentence
from ..english import is_english, is_foreign
from ..values.allowances import REST, may_be_said, stands_otherwise
from ..values.comparison import Fit, comparable, derivations, fit, written
from ..values.digits import missing
from ..values.nearby import PART, Context, flat
from ..values.phrasing import loosened, rate_of_change, sure_role
from ..values.reckoned import beside, complementary, given, replaces, told_of_plan, turned_round, worked_out
from ..values.standing import GENERIC, Held, Reading, around, elsewhere, nearness, owner, placed
from ..values.timed import of_its_time, of_last_time
from ..values.units import MONEY, Quantity
from ..verdict import Finding, Severity
from . import Place, Subject, finding

VERSION = "1"

#: So many shared words say that two figures of different units count the same.
_NEAR = 2
#: So many figures of sentences that are not cited are looked at for a factor or a share.
_MORE = 12

_TOGETHER = re.compile(
    r"\b(?:total|totall?ed|in all|altogether|combined|together|both|overall|between them|sum|or|jointly)\b",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\b(?:more|less|fewer|difference|gap|margin|up|down|rose|rise|risen|fell|fall|fallen|increase\w*|decrease\w*|grew|growth"
    r"|drop\w*|declin\w+|older|younger|later|earlier"
    r"|ahead|(?!oth)\w{2,12}er[ ]than|not|without|except|behind|remaining|rest|other|others"
    r"|lost|gain\w*|short|above|below|extra|additional"
    r"|lower|higher|faster|slower|longer|shorter|cheaper|dearer|closer|keep\w*|kept|retain\w*|surviv\w+|left|cut|jump\w*|margin|majority)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby[ ](?:a (?:margin|majority) of[ ])?(?:\w{1,20}[ ])?$", re.IGNORECASE)
_IN_ALL = re.compile(
    r"(?:[ ][a-z]{3,12})?[ ](?:in total|in all|altogether"
    r"|over (?:the|its|their) (?:life|lifetime|course|entire|whole)\b)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:from|was|were|had|been|before|previous(?:ly)?|earlier|last|ago|then|once|used|former|compared|than|against"
    r"|in [12][0-9]{3})\b",
    re.IGNORECASE,
)
_RATES = {"year": "annual", "day": "daily", "month": "monthly", "week": "weekly", "hour": "hourly"}
_OPPOSITE = {"change": {"level", "from"}, "level": {"change", "from"}, "from": {"level"}}
_WHOLE = frozenset({"score", "clock", "label", "times", "ordinal"})
_NEVER_OWNED = _WHOLE - {"clock"}


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each figure of the claim that its evidence does not give, or not for this thing."""
    if not evidence or any(subject.text == sentence.text for sentence in evidence):
        return
    source = " ".join(sentence.text for sentence in evidence)
    if is_english(source) and not is_foreign(source) and not is_foreign(subject.text):
        reading = Reading.of(subject.text, evidence, document)
        for quantity, context in reading.mine:
            for kind, message, at in _checked(reading, quantity, context):
                yield _finding(subject, document, kind, message, quantity, at)
        for part, message, at in _parts(reading):
            yield _finding(subject, document, "swapped_figures", message, part, at)
    else:
        for start, end in missing(subject.text, source):
            message = f"The cited sentences do not say {subject.text[start:end]}."
            yield finding(subject, document, "figures", "new_figure", message, claim=(start, end))


def _finding(subject: Subject, document: Document, kind: str, message: str, q: Quantity, at: Held | None) -> Finding:
    place = Place(at.sentence, at.quantity.start, at.quantity.end) if at else None
    severity = _SEVERITY.get(kind, Severity.ERROR)
    span = (q.start, q.end)
    return finding(subject, document, "figures", kind, message, claim=span, place=place, severity=severity)


_SEVERITY = {"rounded": Severity.WARNING, "not_cited": Severity.WARNING, "derived": Severity.NOTE}
_Seen = tuple[str, str, Held | None]


def _parts(reading: Reading) -> Iterator[tuple[Quantity, str, Held | None]]:
    """Yield where a part is greater than its whole: "44 of 19 seats"."""
    for part, whole in pairwise(q for q, _ in reading.mine):
        between = reading.text[part.end : whole.start]
        if part.measure == whole.measure == "count" and part.low > whole.high and PART.fullmatch(between):
            at = next((h for h in reading.held if comparable(part, h.quantity) and h.quantity.low == part.low), None)
            yield part, f"{reading.words(part)} cannot be a part of {reading.words(whole)}.", at


def _checked(reading: Reading, q: Quantity, context: Context) -> Iterator[_Seen]:
    rivals = [h for h in reading.held if comparable(q, h.quantity)]
    fits = [(h, fit(q, h.quantity)) for h in rivals]
    same = [h for h, how in fits if how is Fit.SAME]
    if same:
        others = [h for h, how in fits if how is Fit.NONE and not h.quantity.soft]
        yield from _misplaced(reading, q, context, same, others)
    elif contrary := next((h for h, how in fits if how is Fit.BOUND), None):
        if turned_round(reading, q, contrary):
            return
        yield (
            "wrong_bound",
            f"The source says {_phrase(contrary)}; the claim says {_bounded(reading.text, q)}.",
            contrary,
        )
    elif rounded := next((h for h, how in fits if how is Fit.ROUNDED), None):
        message = f"The source says {rounded.text}; the claim rounds it to {reading.words(q)} without saying so."
        yield "rounded", message, rounded
    elif points := next((h for h in reading.held if _in_points(q, h.quantity)), None):
        message = f"The source says {points.text}; the claim says {reading.words(q)}, in another unit."
        yield "wrong_unit", message, points
    elif not stands_otherwise(reading, q) and not worked_out(reading, q):
        yield from _derived(reading, q, context) or _missing(reading, q, context, rivals)


def _misplaced(
    reading: Reading, q: Quantity, context: Context, same: Sequence[Held], others: Sequence[Held]
) -> Iterator[_Seen]:
    """Yield what is wrong with a figure that the evidence gives: its role, its rate, or what it belongs to."""
    first = same[0]
    if now := of_its_time(reading, q, same, others):
        if now is not first:
            yield "swapped_figures", f"In the source {first.text} is of another time; then it is {now.text}.", now
        return
    if q.role and all(h.quantity.role in _OPPOSITE[q.role] for h in same):
        if "change" in {q.role, first.quantity.role}:
            if not _surely_told(reading, q, first):
                return
            told, said = (_told(role) for role in (first.quantity.role, q.role))
            yield "level_for_change", f"In the source {first.text} is {told}; in the claim it is {said}.", first
        elif _surely_end(first) and not told_of_plan(reading, q, first):
            yield "swapped_figures", f"In the source {first.text} is the other end of the change.", first
    elif q.per and all(h.quantity.per != q.per for h in [*same, *others]) and not _mentions(same, q.per):
        rate = f"a {first.quantity.per}" if first.quantity.per else "without a rate"
        yield "wrong_unit", f"The source says {reading.words(q)} {rate}; the claim says it a {q.per}.", first
    elif q.per and (rival := next((h for h in others if h.quantity.per == q.per), None)) and not _rate(same, q.per):
        yield "swapped_figures", f"The source gives {first.text} for something else; here it says {rival.text}.", rival
    elif first.quantity.per and not q.per and _IN_ALL.match(reading.text, q.end):
        yield "wrong_unit", f"The source says {first.text} a {first.quantity.per}; the claim says it in all.", first
    elif now := _now(reading, q, same, others):
        yield "swapped_figures", f"In the source {first.text} is what it was before; now it is {now.text}.", now
    elif q.measure in _NEVER_OWNED or (q.word == "share" and not others):
        return
    elif other := owner(reading, q, context, same, others):
        if any(of_last_time(reading, h) for h in same):
            return
        if at := elsewhere(reading, q, context):
            yield "not_cited", f"Sentence {at.sentence.id}, not cited, says this of {at.text}.", at
        else:
            message = f"The source gives {first.text} for something else; here it says {other.text}."
            yield "swapped_figures", message, other


def _rate(same: Sequence[Held], per: str) -> bool:
    return any(h.quantity.per == per or h.quantity.noun & {per} for h in same)


def _now(reading: Reading, q: Quantity, same: Sequence[Held], others: Sequence[Held]) -> Held | None:
    """Return the new level where the claim gives the old one as if it were the new: "up from 35 cents"."""
    alone = sum(other.measure == q.measure for other, _ in reading.mine) == 1
    if q.role or not alone or _BACK.search(reading.text) or any(h.quantity.role != "from" for h in same):
        return None
    beside = [h for h in others if h.sentence is same[0].sentence and h.quantity.measure == q.measure]
    return beside[0] if len(beside) == 1 and beside[0].quantity.role != "change" else None


def _surely_end(held: Held) -> bool:
    """Tell whether a figure is where a change began, or where a verb says that it ended: "fell to 4"."""
    q = held.quantity
    return q.role == "from" or sure_role(held.sentence.text, q.start) == "level"


def _surely_told(reading: Reading, q: Quantity, held: Held) -> bool:
    """Tell whether verbs say of a figure on both sides that it is a change or a level, no rate of growth."""
    text = held.sentence.text
    roles = sure_role(reading.text, q.start), sure_role(text, held.quantity.start)
    if "change" not in roles or set(roles) - {"change", "level", ""}:
        return False
    stands = roles[0] == "change" and held.quantity.role == "level"
    return ({*roles} == {"change", "level"} or stands) and (
        q.measure not in {"%", "points"} or not (rate_of_change(reading.text) or rate_of_change(text))
    )


def _told(role: str) -> str:
    return "by how much it changed" if role == "change" else "the level itself"


def _derived(reading: Reading, q: Quantity, context: Context) -> list[_Seen]:
    """Return a note with the sum when a figure follows from figures of the evidence and the claim says so."""
    text, held = reading.text, list(reading.held)
    if q.measure == "count" and "point" in q.noun and any(h.quantity.measure == "%" for h in held):
        q = q._replace(measure="points")
    if q.measure == "times" or q.word == "share" or (q.measure == "count" and q.bound):
        others = around(reading)[len(reading.evidence) :]
        held += [Held(other, s, context) for s in others for other, context in placed(s.text)][:_MORE]
    else:
        held += beside(reading, q, held)[:_MORE]
    for kind, shown, parts in derivations(q, [h.quantity for h in held]):
        if replaces(reading, q, context, parts):
            continue
        at = next(h for h in held if h.quantity is parts[0])
        if sure_role(text, q.start) != "level" and given(reading, parts):
            return [("derived", f"It is worked out from the source: {shown}.", at)]
        if q.measure == "times" and not any(h.quantity is part for part in parts for h in reading.held):
            continue
        counts = q.measure == "count" and q.low >= 10 and not any(q.noun & p.noun - GENERIC for p in parts)
        told = {
            "sum": bool(_TOGETHER.search(text)) or counts,
            "difference": _difference(text, q, parts),
            "rest": bool(REST.search(text)) or complementary(reading, q, at),
            "share": bool(q.low >= 5),
            "whole": bool(q.bound),
            "majority": "majorit" in text,
        }.get(kind, True)
        if told:
            return [("derived", f"It is worked out from the source: {shown}.", at)]
    return []


def _difference(text: str, q: Quantity, parts: Sequence[Quantity]) -> bool:
    if q.role == "change" and any(part.role == "change" for part in parts):
        return False  # what something changed by lies between two levels
    if q.role == "change" or q.measure == "points" or _BY.search(text[: q.start]):
        return True
    return sure_role(text, q.start) != "level" and bool(_APART.search(text))


def _missing(reading: Reading, q: Quantity, context: Context, rivals: Sequence[Held]) -> list[_Seen]:
    """Return what to say of a figure that the evidence does not give and that does not follow from it."""
    text = reading.words(q)
    related = sorted(rivals, key=lambda h: -nearness(q, context, h))
    named = [h for h in related if nearness(q, context, h) > 0]
    if may_be_said(reading, q, context, named):
        return []
    if at := elsewhere(reading, q, context):
        place = f"sentence {at.sentence.id}, not cited, does"
        return [("not_cited", f"The cited sentences do not say {text}; {place}.", at)]
    if own := next((h for h in reading.held if _same_digits(q, context, h)), None):
        return [("wrong_unit", f"The source says {own.text}; the claim says {text}, in another unit.", own)]
    if rival := next(iter(named), related[0] if len(related) == 1 else None):
        said = _bounded(reading.text, q)
        return [("wrong_figure", f"The source says {_phrase(rival)}; the claim says {said}.", rival)]
    return [("new_figure", f"The cited sentences do not say {text}.", None)]


def _same_digits(q: Quantity, context: Context, held: Held) -> bool:
    """Tell whether two quantities are written with the same number and differ in unit or scale."""
    other = held.quantity
    measures = {q.measure, other.measure}
    if measures & _WHOLE or q.word == "share" or other.soft or q.age != other.age or written(q) != written(other):
        return False
    if measures == {"count"}:
        return q.scale != other.scale
    related = len(measures) == 1 or measures <= MONEY or measures <= {"%", "points"}
    near = len(flat(context) & flat(held.context)) >= _NEAR
    return related or q.scale > 1 or bool(q.noun & other.noun) or ("count" in measures and near)


def _mentions(same: Sequence[Held], per: str) -> bool:
    rated = re.compile(
        rf"\b(?:(?:an?|per|each|every|the|this|last|next) {per}s?|{per}ly|{_RATES.get(per, per)})\b", re.I
    )
    return any(rated.search(h.sentence.text) and not (h.quantity.per and h.quantity.per != per) for h in same)


def _in_points(q: Quantity, other: Quantity) -> bool:
    return {q.measure, other.measure} == {"%", "points"} and q.word != "share" and q.low == other.low


def _bounded(text: str, q: Quantity) -> str:
    return loosened(text, q.start, q.end) if q.bound else text[q.start : q.end]


def _phrase(h: Held) -> str:
    return _bounded(h.sentence.text, h.quantity)
