"""The figures of a claim beside those of its evidence, and which of them belong to the same thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from ..document import Document, Sentence
from ..remembered import remembered
from ..words import terms
from .comparison import Fit, comparable, fit
from .nearby import PART, Context, belongs_to_other, contexts, flat, one_clause, says
from .quantities import quantities
from .units import Quantity

#: Counts that a writer makes of what is named: "the two leaders".
FEW = range(2, 5)
#: Stems of words that count anything.
GENERIC = frozenset("peopl person men man women woman other more new total member".split())
#: More figures than this are not looked at: neither claim nor evidence is a sentence then.
_LONGEST = 100
#: A claim with more figures than this is a table: words near to a figure tell nothing.
_TABLE = 12
#: With more evidence than this, words that two sentences share tell nothing of which figure is whose.
_MOST = 5
#: How much of a source is read for a figure that the cited sentences do not give.
_READ = 80
_OPPOSED = {"level": {"from", "change"}, "from": {"level", "change"}, "change": {"level", "from"}}
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)


# Words before a figure that govern nothing.
_LOOSE = frozenset("around about some nearli almost roughli approxim estim least most more less fewer".split())
_OF = re.compile(r"\bof(?: (?:about|around|some|nearly|almost|roughly|over|the|its))?[ ]$", re.IGNORECASE)
_CHANGE = re.compile(r"(?:[ ][a-z]+)?,?[ ](?:(?:up|down)[ ])?(?:from|to)[ ]", re.IGNORECASE)
_STANDS_FOR = re.compile(r"[ ](?:have|has|had|were|was|are|is|will|would|did|do)\b")


class Held(NamedTuple):
    """A quantity, the sentence that it stands in, and what it belongs to there."""

    quantity: Quantity
    sentence: Sentence
    context: Context

    @property
    def text(self) -> str:
        """The words there."""
        return self.sentence.text[self.quantity.start : self.quantity.end]


class Reading(NamedTuple):
    """A claim and its evidence as they are compared: the quantities of the claim are `mine`, the others `held`."""

    text: str
    evidence: Sequence[Sentence]
    document: Document
    mine: Sequence[tuple[Quantity, Context]]
    held: Sequence[Held]

    @classmethod
    def of(cls, text: str, evidence: Sequence[Sentence], document: Document) -> Reading:
        """Return the reading of a claim; the evidence of one without a figure is not read."""
        mine = placed(text)[:_LONGEST]
        found = (Held(q, s, context) for s in (evidence if mine else ()) for q, context in placed(s.text))
        held = list(islice(found, 5 * _LONGEST))
        return cls(text, evidence, document, mine, held)

    def words(self, q: Quantity) -> str:
        """Return a quantity of the claim as it is written."""
        return self.text[q.start : q.end]


def owner(reading: Reading, q: Quantity, context: Context, same: Sequence[Held], others: Sequence[Held]) -> Held | None:
    """Return which of the other figures of the evidence stands for what the claim gives this one for."""
    alike = [h for h in others if h.quantity.measure == q.measure and h.quantity.age == q.age]
    if q.measure == "time":
        alike = [h for h in alike if h.quantity.word == q.word]
    table = len(reading.mine) > _TABLE or len(alike) > 2 * _TABLE
    if table or not alike or q.soft or _RESPECTIVELY.search(reading.text) or len(reading.evidence) > _MOST:
        return None
    if told := _counted_otherwise(reading, q, context, same, alike) or _governed(reading, q, same, alike):
        return told
    before = all(own.quantity.role == "from" for own in same)
    if (q.measure == "count" and q.low in FEW) or before or all(_elided(h) for h in same):
        return None
    agreed = q.role and any(own.quantity.role == q.role for own in same)
    for h in alike:
        if (agreed and h.quantity.role != q.role) or h.quantity.role in _OPPOSED.get(q.role, ()):
            continue  # "from 7 to 6 per cent": the words say which is which
        if any(_one_change(own, h) for own in same):
            continue
        if crossed := _crossing(reading, q, h):
            if _exchanged(context, crossed, same, h):
                return h
            continue
        beside = any(h.sentence is own.sentence for own in same)
        if belongs_to_other(context, [own.context for own in same], h.context, least=1 if beside else 3):
            return h
    return _told_elsewhere(reading, q, context, same, alike)


def _counted_otherwise(
    reading: Reading, q: Quantity, context: Context, same: Sequence[Held], alike: Sequence[Held]
) -> Held | None:
    """Return the figure that counts what the claim counts, where its own figure counts something else."""
    noun = q.noun - GENERIC
    nouns = [h.quantity.noun - GENERIC for h in same]
    if q.measure != "count" or not noun or not all(nouns):
        return None
    near = [(h, own) for h, own in zip(same, nouns, strict=True) if noun & flat(h.context) or _says(noun, own)]
    head = counted_head(noun)
    if near or any(_among_its_own(reading, q, own) for own in same):
        return None
    rivals = [h for h in alike if head & h.quantity.noun]
    if len(rivals) == 1 and all(rivals[0].sentence is not own.sentence for own in same):
        return rivals[0]
    return next((h for h in rivals if flat(context) & flat(h.context)), None)


def _among_its_own(reading: Reading, q: Quantity, own: Held) -> bool:
    """Tell whether the other figures of a claim stand in the sentence of this one, so that it is told there."""
    others = [o for o, _ in reading.mine if o is not q and not o.soft]
    beside = [h.quantity for h in reading.held if h.sentence is own.sentence and h is not own]
    told = [any(comparable(o, b) and fit(o, b) is Fit.SAME and o.low != q.low for b in beside) for o in others]
    return len(told) > 1 and all(told)


def counted_head(noun: frozenset[str]) -> frozenset[str]:
    """Return the words of what is counted that can tell it from other things."""
    return frozenset(word for word in noun if len(word) > 2)


def _says(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return any(says(a, b) for a in mine for b in theirs)


def _exchanged(context: Context, crossed: Context, same: Sequence[Held], h: Held) -> bool:
    """Tell whether two figures of a claim each stand with the words that the source has for the other."""
    own, theirs = frozenset().union(*(flat(held.context) for held in same)), flat(h.context)
    apart = own - theirs, theirs - own

    def like(context: Context, words: frozenset[str]) -> bool:
        return _says(flat(context), words)

    straight = like(context, apart[0]) or like(crossed, apart[1])
    return not straight and like(context, apart[1]) and like(crossed, apart[0])


def _crossing(reading: Reading, q: Quantity, h: Held) -> Context | None:
    """Return what the claim gives another figure of the evidence for, None where it does not give it."""
    said = (c for o, c in reading.mine if o is not q and comparable(o, h.quantity) and fit(o, h.quantity) is Fit.SAME)
    return next(said, None)


def _one_change(one: Held, other: Held) -> bool:
    """Tell whether two figures are the ends of one change or range: what they belong to is the same."""
    first, last = sorted((one, other), key=lambda h: h.quantity.start)
    return one.sentence is other.sentence and bool(
        _CHANGE.fullmatch(one.sentence.text[first.quantity.end : last.quantity.start])
    )


def _elided(h: Held) -> bool:
    """Tell whether a figure stands for people or things named before: "22 have accepted"."""
    return h.quantity.measure == "count" and bool(_STANDS_FOR.match(h.sentence.text, h.quantity.end))


def _before(text: str, at: int) -> list[str]:
    """Return the stems of the last words that govern a figure, the nearest first."""
    stretch = re.split(r"[,;:!?()]|[.](?![0-9])|[0-9]|\b(?:and|but|while)\b", text[max(0, at - 60) : at])[-1]
    return list(reversed([term for term in terms(stretch) if term not in _LOOSE]))[:2]


def _governed(reading: Reading, q: Quantity, same: Sequence[Held], alike: Sequence[Held]) -> Held | None:
    """Return the figure that stands after the words that the claim has before this one: "passport numbers of 310,000".

    A whole is not its part: "four of five charges".
    """
    mine = _before(reading.text, q.start)
    if not mine:
        return None
    for h in alike:
        theirs = _before(h.sentence.text, h.quantity.start)
        if not theirs or not says(mine[0], theirs[0]) or any(o.low == h.quantity.low for o, _ in reading.mine):
            continue
        owned = [_before(own.sentence.text, own.quantity.start) for own in same]
        apart = all(words and not any(says(a, b) for a in mine for b in words) for words in owned)
        both = len(mine) == len(theirs) == 2 and says(mine[1], theirs[1])
        of = all(_OF.search(text[:at]) for text, at in ((reading.text, q.start), (h.sentence.text, h.quantity.start)))
        if apart and (both or of):
            return h
        if all(_one_part(h, own) for own in same):
            return h
    return None


def _one_part(part: Held, whole: Held) -> bool:
    """Tell whether two figures are a part and its whole: "2,100 of the 2,600 attendants"."""
    if part.sentence is not whole.sentence or part.quantity.end >= whole.quantity.start:
        return False
    return bool(PART.fullmatch(part.sentence.text[part.quantity.end : whole.quantity.start]))


def _told_elsewhere(
    reading: Reading, q: Quantity, context: Context, same: Sequence[Held], alike: Sequence[Held]
) -> Held | None:
    """Return the figure of the sentence that the claim is about, when its own figure stands in quite another."""
    only = sum(other.measure == q.measure for other, _ in reading.mine) == 1
    only = only and (q.measure != "clock" or one_clause(reading.text))
    if q.measure == "clock" and not only:
        return None
    mine = {*terms(reading.text)}.difference(terms(reading.words(q))) if only else flat(context)

    def shared(h: Held) -> int:
        theirs = {*terms(h.sentence.text)}
        return sum(term in theirs or any(says(term, other) for other in theirs) for term in mine if term.isalpha())

    near, best = max(map(shared, same)), max(alike, key=shared)
    far = near <= 1 and shared(best) >= near + 3 if only else near == 0 and shared(best) >= 2
    return best if far else None


def nearness(q: Quantity, context: Context, h: Held) -> int:
    """Return how much a figure of the evidence is about the same thing as one of the claim; 0 for not at all."""
    shared = len(flat(context) & flat(h.context))
    return (
        shared
        + 3 * bool(q.noun & h.quantity.noun)
        + (q.measure not in {"count", "ordinal", "time"} and h.quantity.measure == q.measure)
    )


def around(reading: Reading) -> list[Sentence]:
    """Return the cited sentences, and after them the others of their sources."""
    cited = {sentence.id for sentence in reading.evidence}
    sources = {sentence.source for sentence in reading.evidence}
    every = [s for n in sorted(sources) for s in reading.document.by_source[n - 1][:_READ]] if sources else []
    return [*reading.evidence, *(sentence for sentence in every if sentence.id not in cited)]


def elsewhere(reading: Reading, q: Quantity, context: Context) -> Held | None:
    """Return where the document gives the figure, of the same thing, outside the cited sentences."""
    for sentence in around(reading)[len(reading.evidence) :]:
        for held in placed(sentence.text):
            if comparable(q, held[0]) and fit(q, held[0]) in {Fit.SAME, Fit.ROUNDED}:
                h = Held(held[0], sentence, held[1])
                if flat(context) & (flat(held[1]) | held[0].noun) or q.noun & held[0].noun - GENERIC:
                    return h
    return None


@remembered(1 << 12)
def placed(text: str) -> tuple[tuple[Quantity, Context], ...]:
    """Return the quantities of a text, each with what it belongs to."""
    found = quantities(text)
    return tuple(zip(found, contexts(text, tuple((q.start, q.end) for q in found)), strict=True)) if found else ()
