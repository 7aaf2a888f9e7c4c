"""Where two sources give different figures, dates or names for the same thing, with the place of each.

Two sentences must first be about the same: most of what the one says, by weight, the other says too. Then what
stands in
the same slot is compared: what is counted, when the same verb happened, who or what stands between the same words.
Bounds and roundings that can both be true are no conflict, nor is what a source corrects in itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from ..certainty.bounds import Side, bound
from ..document import Document, Sentence
from ..naming.proper_names import Name
from ..values.comparison import comparable
from ..values.moments import Moment, moments
from ..values.quantities import quantities
from ..values.units import Quantity
from ..verdict import Conflict, Version
from ..words import FUNCTION_WORDS, forms, stem, words
from .pairing import SPEECH, Pairing, about, named

#: The share of a sentence's weight that another must hold, the fuller way round, to be about the same thing; and to
#: differ from it in a date or a name alone.
_SAME_THING, _SAME_WORDS = 0.6, 0.75
_WHEN = frozenset("on in at by since until before after from for during late early".split())


class _Candidate(NamedTuple):
    """A value at `text[start:end]` of a sentence, and the words that tell a reader what it is of."""

    sentence: Sentence
    start: int
    end: int
    shown: str


def conflicts(document: Document) -> list[Conflict]:
    """Return where the sources of a document contradict one another, in the order of the first; none for one source.

    >>> from briefing.document import Document
    >>> found = conflicts(Document.read(["Fourteen people were treated.", "Seventeen people were treated."]))
    >>> [(c.kind, [v.text for v in c.versions]) for c in found]
    [('figures', ['Fourteen', 'Seventeen'])]
    """
    if len(document.sources) < 2:
        return []
    pairing = Pairing(document)
    found: dict[tuple[object, ...], Conflict] = {}
    for sentence in document.body:
        for others in pairing.others(sentence):
            for kind, one, other in _differences(sentence, others, pairing.weight):
                if kind == "names" and _known(document, one, other):
                    continue
                key = (kind, sentence.source, other.sentence.source, _low(one), _low(other))
                found.setdefault(key, _conflict(document, kind, one, other))
    return list(found.values())


def _known(document: Document, one: _Candidate, other: _Candidate) -> bool:
    """Tell whether a source knows the other's name too: then it tells of two."""
    pairs = ((one, other), (other, one))
    return any(a.shown in document.sources[b.sentence.source - 1].text for a, b in pairs)


def _low(value: _Candidate) -> str:
    return value.sentence.text[value.start : value.end].lower()


def _conflict(document: Document, kind: str, one: _Candidate, other: _Candidate) -> Conflict:
    message = f"Source {one.sentence.source} says “{one.shown}”, source {other.sentence.source} says “{other.shown}”."
    return Conflict(kind=kind, message=message, versions=(_version(document, one), _version(document, other)))


def _version(document: Document, value: _Candidate) -> Version:
    span = document.span_of(value.sentence, value.start, value.end)
    source = value.sentence.source
    text = document.sources[source - 1].text[span.start : span.end]
    return Version(source=source, sentence=value.sentence.id, start=span.start, end=span.end, text=text)


def _differences(
    sentence: Sentence, others: Sequence[Sentence], weight: Mapping[str, float]
) -> Iterator[tuple[str, _Candidate, _Candidate]]:
    """Yield the values in which a sentence and one of those closest to it differ; none where another one agrees."""
    for mine in quantities(sentence.text):
        rivals = [
            (other, theirs)
            for other in others
            for theirs in quantities(other.text)
            if _same_slot(mine, theirs, sentence, other)
        ]
        if any(_compatible(mine, theirs, sentence.text, other.text) for other, theirs in rivals):
            continue
        for other, theirs in rivals:
            if (mine.age or mine.measure == "ordinal") and not _share_names(sentence.text, other.text):
                continue  # a person's: somebody else's is another
            if _single(mine, sentence) and _single(theirs, other) and _same_event(sentence, other, weight):
                yield "figures", _figure(sentence, mine), _figure(other, theirs)
                break
    for other in others[:2]:
        apart = [*_dates(sentence, other), *_names(sentence, other)]
        if apart and not _figures_apart(sentence, other) and _same_words(sentence, other, weight):
            yield from apart


def _same_words(one: Sentence, other: Sentence, weight: Mapping[str, float]) -> bool:
    return about(one.text, other.text, weight) >= _SAME_WORDS


def _figures_apart(one: Sentence, other: Sentence) -> bool:
    """Tell whether figures differ too: then the sentences tell of two things."""
    pairs = [(a, b) for a in quantities(one.text) for b in quantities(other.text) if _same_slot(a, b, one, other)]
    return bool(pairs) and not any(_compatible(a, b, one.text, other.text) for a, b in pairs)


def _figure(sentence: Sentence, quantity: Quantity) -> _Candidate:
    following = words(sentence.text[quantity.end : quantity.end + 40])[:1]
    close = bool(following) and following[0].start == 1 and following[0].form.lower() not in FUNCTION_WORDS
    end = quantity.end + following[0].end if close else quantity.end
    return _Candidate(sentence, quantity.start, quantity.end, sentence.text[quantity.start : end])


def _same_slot(mine: Quantity, theirs: Quantity, sentence: Sentence, other: Sentence) -> bool:
    """Tell whether two quantities count or measure the same thing in two sentences."""
    if mine.measure in {"label", "clock"} or mine.vague or theirs.vague or mine.soft or theirs.soft:
        return False
    if _of_a_whole(mine, sentence) != _of_a_whole(theirs, other):
        return False
    if (
        not comparable(mine, theirs)
        or (mine.per, mine.age) != (theirs.per, theirs.age)
        or {mine.role, theirs.role} == {"change", "level"}
    ):
        return False
    if mine.measure == "count" and not mine.noun & theirs.noun:
        counted = {stem(form) for form in forms(sentence.text)} & {stem(form) for form in forms(other.text)}
        return bool(counted) and not (mine.noun and theirs.noun)
    return True


def _of_a_whole(quantity: Quantity, sentence: Sentence) -> bool:
    return sentence.text[quantity.end : quantity.end + 4] == " of "


def _single(quantity: Quantity, sentence: Sentence) -> bool:
    """Tell whether a quantity is the only one of its kind in its sentence: else which answers to which is open."""
    return sum(q.measure == quantity.measure and not q.soft for q in quantities(sentence.text)) == 1


def _compatible(mine: Quantity, theirs: Quantity, text: str, other: str) -> bool:
    """Tell whether two quantities can both be true: equal, rounded, or one within the bound of the other."""
    low, high = _range(mine, text)
    other_low, other_high = _range(theirs, other)
    return low <= other_high and other_low <= high


def _range(quantity: Quantity, text: str) -> tuple[Decimal, Decimal]:
    side = bound(text, quantity.start, quantity.end, lasts=quantity.measure == "time")
    kind = side.side if side else None
    low, high = quantity.low, quantity.high
    far = abs(high) * 10**6 + 1
    if kind in {Side.OVER, Side.LEAST}:
        return low, far
    if kind in {Side.UNDER, Side.MOST}:
        return -far, high
    if kind is Side.NEARLY:
        return low * Decimal("0.85"), high
    # a round number may be a rounded one
    rounded = (
        quantity.step / 2 if quantity.step > 1 and quantity.step * 10 <= abs(high) and abs(high) >= 100 else Decimal(0)
    )
    loose = abs(high) / 10 if kind is Side.ABOUT else max(min(rounded, abs(high) / 20), abs(high) / 10**6)
    return low - loose, high + loose


def _same_event(one: Sentence, other: Sentence, weight: Mapping[str, float]) -> bool:
    """Tell whether two sentences are about the same thing, as far as words, names and dates tell."""
    if _other_time(one.text, other.text) or _other_names(one.text, other.text):
        return False
    return about(one.text, other.text, weight) >= _SAME_THING


def _other_time(one: str, other: str) -> bool:
    """Tell whether two sentences date what they tell differently."""
    return any(_apart(a, b) for a in moments(one) for b in moments(other)) and not any(
        _alike(a, b) for a in moments(one) for b in moments(other)
    )


def _apart(one: Moment, other: Moment) -> bool:
    """Tell whether two dates name the same part of a date differently."""
    if one.kind != "date" or other.kind != "date":
        return one.kind == other.kind and (one.name, one.offset) != (other.name, other.offset)
    parts = ("year", "month", "day", "weekday")
    return any(-1 not in (a, b) and a != b for part in parts for a, b in [(getattr(one, part), getattr(other, part))])


def _alike(one: Moment, other: Moment) -> bool:
    return one.kind == other.kind and not _apart(one, other)


def _other_names(one: str, other: str) -> bool:
    """Tell whether each sentence names something and they have no name in common."""
    mine, theirs = ({word for name in named(text) for word in name.words} for text in (one, other))
    return bool(mine and theirs and not mine & theirs)


def _share_names(one: str, other: str) -> bool:
    """Tell whether two sentences name the same, or both nobody."""
    mine, theirs = ({word for name in named(text) for word in name.words} for text in (one, other))
    return bool(mine & theirs) or not (mine or theirs)


def _dates(one: Sentence, other: Sentence) -> Iterator[tuple[str, _Candidate, _Candidate]]:
    mine, theirs = (
        [m for m in moments(s.text) if m.kind == "date" and not _of_speech(s.text, m)] for s in (one, other)
    )
    if len(mine) == len(theirs) == 1 and _apart(mine[0], theirs[0]) and not _other_names(one.text, other.text):
        a, b = _dated(one, mine[0]), _dated(other, theirs[0])
        if a.shown.split()[0].lower() == b.shown.split()[0].lower() or not {a.shown[0], b.shown[0]} & {"b", "s", "u"}:
            yield "dates", a, b


def _dated(sentence: Sentence, moment: Moment) -> _Candidate:
    before = words(sentence.text[max(0, moment.start - 12) : moment.start])[-1:]
    start = (
        moment.start - len(sentence.text[max(0, moment.start - 12) : moment.start]) + before[0].start if before else 0
    )
    shown = start if before and before[0].form.lower() in _WHEN else moment.start
    return _Candidate(sentence, moment.start, moment.end, sentence.text[shown : moment.end])


def _of_speech(text: str, moment: Moment) -> bool:
    """Tell whether a date says when somebody said it, and not when it was."""
    return bool(SPEECH & {*forms(text[max(0, moment.start - 30) : moment.start])[-3:]})


def _names(one: Sentence, other: Sentence) -> Iterator[tuple[str, _Candidate, _Candidate]]:
    """Yield two names that stand between the same words, where neither sentence has the other's."""
    mine, theirs = named(one.text), named(other.text)
    held, other_held = ({word for name in side for word in name.words} for side in (mine, theirs))
    left = [name for name in mine if not {*name.words} & other_held]
    right = [name for name in theirs if not {*name.words} & held]
    if len(left) != 1 or len(right) != 1 or _other_time(one.text, other.text):
        return
    a, b = left[0], right[0]
    if not _short_for(a, b) and _beside(one.text, a) == _beside(other.text, b) != ("", ""):
        yield "names", _Candidate(one, a.start, a.end, a.text), _Candidate(other, b.start, b.end, b.text)


def _short_for(one: Name, other: Name) -> bool:
    """Tell whether one name is made of the other's initials."""
    for a, b in ((one, other), (other, one)):
        if a.text.replace(".", "").lower() == "".join(word[0] for word in b.words):
            return True
    return bool(one.keys & other.keys)


def _beside(text: str, name: Name) -> tuple[str, str]:
    """Return the words before and after a name."""
    before, after = words(text[: name.start])[-1:], words(text[name.end :])[:1]
    return before[0].form.lower() if before else "", stem(after[0].form.lower()) if after else ""
