"""What part a sentence can play in a briefing: fact, analysis, quotation, or none.

Interpretation is told from reporting by how it is worded: a shift *signals*, *marks* or *underscores* something, a
step *serves as* something, it is *increasingly* or *significantly* so, analysts *see* it. Reporting names figures and
days and attributes. The weights in `cues` add up; from `INTERPRETIVE` on a sentence is analysis. They are set by
hand, from how English words it, and English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from ...document import Document, Sentence
from ...quotemarks import pairs
from ...text import fold
from ...words import forms
from .cues import CUES, Cue
from .subjects import EVENTS, of_event

#: The sum of weights from which a sentence interprets.
INTERPRETIVE = 1.2

#: From this share of its characters inside quotation marks a sentence has no narration of its own to give.
MOSTLY_QUOTED = 0.4

#: How far before a verb its subject is looked for.
_LOOK_BACK = 200


#: What makes it report: it attributes, gives findings, figures and days, or speaks for itself.
_AGAINST = tuple(
    (weight, re.compile(rf"\b(?:{words})\b"))
    for weight, words in (
        (-1.0, "said|told|according to|announced|reported|added"),
        (-1.0, "study|studies|report|survey|poll|data|figures|census|police|statement|records?|documents?"),
        (-0.6, r"(?!(?:19|20)[0-9]{2}\b)[0-9][\w,.]*"),
        (-0.4, "monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday"),
        (-0.5, "i|we|my|our|you|your"),
    )
)

#: The cues that a word may tell of.
_TOLD_BY: dict[str, list[int]] = {}
for _place, _cue in enumerate(CUES):
    for _word in _cue.telling:
        _TOLD_BY.setdefault(_word, []).append(_place)
_TELLING = frozenset(_TOLD_BY)

#: An event is the subject: "This diplomatic shift …"
_EVENT_SUBJECT = re.compile(
    rf"(?:\w[\w-]+, )?(?:this|that|these|such|the|its|their)\b(?: [\w'-]+){{0,4}}? (?:{'|'.join(sorted(EVENTS))})s?\b"
)
_EVENT_WEIGHT = 0.5


# Lines of the page that end like sentences; those that do not are told by that.
_DAY = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,7}\.?"
_FURNITURE = re.compile(
    r"!\[|\||[_*(]{0,3}(?:"
    r"by [a-z][\w.'-]*(?: (?:and )?[a-z][\w.'-]*){0,3}"
    r"(?:, [a-z ]{0,40}(?:correspondent|reporter|editor|writer)\b.*|[_*.]*$)|"
    rf"(?:(?:first|last) )?(?:published|updated|posted|modified):?(?: (?:on|at|{_DAY}|[0-9][\w:./-]*|[ap]\.?m\.?|ago|"
    r"hours?|minutes?|today|[a-z]{1,4}t|utc),?){1,8}\W*$|"
    r"(?:additional )?(?:reporting|writing|editing|compiled|edited|written)(?: and [a-z]+)? by .*\)|"
    r"click (?:here|on|the link)|tap here|scroll down|sign up (?:for|to) our|subscribe to our|follow us on|"
    r"read (?:more|also|next)\b|see also\b|share this|q ?[:.] |[a-z_]{2,20}: ?\[|"
    r"this (?:article|story|page|post) (?:was|has been) [a-z, ]{0,30}(?:updated|published|corrected|amended|edited)|"
    r"this report (?:was|has been) (?:updated|corrected|amended))"
)
_CREDIT = re.compile(r"contributed to this (?:report|article|story)\b")
_STOPPED = re.compile(r"[.!?…。！？｡؟۔।॥։።၊။។៕][\"'”’»›“‘)\]}>」』】）》*_\s]*$")
#: Where this share of a source's characters is in sentences that end in a stop, a line without one is none.
_PUNCTUATED = 0.6


class Role(Enum):
    """The part that a sentence can play."""

    FACT = "fact"
    ANALYSIS = "analysis"
    QUOTATION = "quotation"  # mostly inside quotation marks, whoever speaks or does not
    NONE = "none"  # a heading, a question, a line of the page, a line without a sentence in it


class Reading(NamedTuple):
    """A sentence's role, and how much it interprets."""

    role: Role
    interpretation: float


def roles(document: Document) -> dict[str, Reading]:
    """Return how each sentence of the document reads, by its id."""
    return dict(_roles(document))


def interpretation(sentence: str) -> float:
    """Return how much a sentence interprets: the sum of the weights of the wordings in it, 0 for a plain report.

    >>> interpretation("The move signals a growing distrust.") > INTERPRETIVE
    True
    >>> interpretation("The bank moved to Lyon.")
    0.0
    """
    told = {place for word in _TELLING.intersection(forms(sentence)) for place in _TOLD_BY[word]}
    if not told:
        return 0.0
    plain = fold(sentence).lower()
    total = sum({CUES[place].kind: CUES[place].weight for place in told if _matches(CUES[place], plain)}.values())
    if not total:
        return 0.0
    total += _EVENT_WEIGHT if _EVENT_SUBJECT.match(plain) else 0.0
    return max(0.0, total + sum(weight for weight, pattern in _AGAINST if pattern.search(plain)))


def _matches(cue: Cue, plain: str) -> bool:
    if cue.opens:
        return cue.pattern.match(plain) is not None
    if not cue.of_event:
        return cue.pattern.search(plain) is not None
    starts = (found.start() for found in cue.pattern.finditer(plain))
    return any(of_event(plain[max(0, start - _LOOK_BACK) : start]) for start in starts)


def furniture(text: str) -> bool:
    """Tell whether a line belongs to the page, not to the article: a byline, a date, an image, a row of a table.

    >>> furniture("By Sam Hill"), furniture("By noon the square was full.")
    (True, False)
    """
    head = fold(text[:300])
    low = head.lower()
    if low.lstrip("_*(").startswith("by ") and not _names(head.lstrip("_*(")):
        return False
    return _FURNITURE.match(low) is not None or _CREDIT.search(low) is not None


def _names(line: str) -> bool:
    """Tell whether what follows "By" begins with capitals: a name."""
    return all(word[:1].isupper() for word in line.split()[1:3])


def _roles(document: Document) -> Iterator[tuple[str, Reading]]:
    for source, own in zip(document.sources, document.by_source, strict=True):
        quoted = [(pair.start, pair.end) for pair in pairs(source.text)]
        page = {s.id for s in own if furniture(s.text)}
        loose = _loose(own, page)
        at = 0
        for sentence in own:
            start, end = sentence.span
            while at < len(quoted) and quoted[at][1] <= start:
                at += 1
            inside, ahead = 0, at
            while ahead < len(quoted) and quoted[ahead][0] < end:
                inside += min(end, quoted[ahead][1]) - max(start, quoted[ahead][0])
                ahead += 1
            quotation = inside >= MOSTLY_QUOTED * (end - start)
            yield sentence.id, _reading(sentence, quotation, sentence.id in page, sentence.id in loose)


def _loose(sentences: Sequence[Sentence], page: set[str]) -> set[str]:
    """Return the ids of lines without a stop in a source whose sentences have one: captions, boxes, cells, credits.

    A text that is punctuated nowhere has none, nor has a line that the next one goes on with in small letters.
    """
    body = [s for s in sentences if not s.heading and s.id not in page]
    open_ended = [s for s in body if not _STOPPED.search(s.text[-12:])]
    if sum(len(s.text) for s in open_ended) > (1 - _PUNCTUATED) * sum(len(s.text) for s in body):
        return set()
    goes_on = {before.id for before, after in pairwise(sentences) if after.text[0].islower()}
    return {s.id for s in open_ended if s.id not in goes_on}


def _reading(sentence: Sentence, quotation: bool, page: bool, loose: bool) -> Reading:
    fragment = sentence.text.isascii() and sentence.text.count(" ") < 2
    if sentence.heading or page or fragment or sentence.text.endswith("?"):
        return Reading(Role.NONE, 0.0)
    degree = interpretation(sentence.text)
    if quotation or loose:
        return Reading(Role.QUOTATION if quotation else Role.NONE, degree)
    return Reading(Role.ANALYSIS if degree >= INTERPRETIVE else Role.FACT, degree)
