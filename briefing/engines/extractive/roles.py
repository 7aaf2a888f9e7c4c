"""What part a sentence can play in a briefing: fact, analysis, quotation, or none.

Interpretation is told from reporting by how it is worded: a shift *signals*, *marks* or *underscores* something, a
step *serves as* something, it is *increasingly* or *significantly* so, analysts *see* it. Reporting names figures and
days and attributes. The weights below add up; from `INTERPRETIVE` on a sentence is analysis. They are set by hand,
from how English words it, and English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from ...document import Document, Sentence
from ...quotemarks import pairs
from ...text import fold
from ...words import forms

#: The sum of weights from which a sentence interprets.
INTERPRETIVE = 1.2

#: From this share of its characters inside quotation marks a sentence has no narration of its own to give.
MOSTLY_QUOTED = 0.4


_EVENT = (
    "shift|move|decision|agreement|deal|step|pact|result|ruling|change|trend|transition|development|visit|policy|effort|"
    "vote|outcome|approach|strategy|alliance|partnership|escalation|episode|case|defeat|victory|win|loss|rise|fall|"
    "increase|decline|delay|failure|success|dispute|merger|choice|announcement|timing|pattern|disagreement|silence|"
    "reversal|arrangement|commitment|milestone|moment|contrast|divide|rivalry|reform"
)
_TURN = "shift|change|escalation|departure|turning|step|break|moment|milestone|beginning|end of an era|reversal"
_MEANS = (
    r"underscor(?:es?|ing)|underlin(?:es?|ing)|highlights|exemplifies|heralds|foreshadows|epitomi[sz]es|embodies",
    r"amounts to|serv(?:es?|ing) as|speaks to|casts? doubt|paves? the way|sets the stage|lays bare",
    r"raises? (?:\w+ )?(?:questions|doubts)|sends? a (?:\w+ )?(?:signal|message)|(?:is|are|in) a (?:\w+ )?sign",
    rf"marks? (?:an? |the )(?:\w+ ){{0,2}}(?:{_TURN})",
)
_SUGGESTS = (
    r"signals|signall?ing|reflects|illustrates|suggests|indicates|demonstrates|represents|points to|means that",
    r"shows (?:how|just|that)",
)
_JUDGES = (
    r"it (?:is|seems|appears) (?:\w+ )?(?:clear|unclear|likely|unlikely|possible|striking|telling|worth|hard)",
    r"(?:real|bigger|broader|open) (?:question|challenge|risk|danger)|(?:question|risk) (?:is whether|remains)",
    r"(?:is|are|was|were) (?:\w+ly )?(?:seen|viewed|regarded|interpreted) as|could be (?:seen|read) as",
    r"in other words|remains to be seen|what (?:this|that|it) means",
)
_OBSERVERS = (
    r"(?:analysts|experts|observers|critics|economists) (?:\w+ )?(?:say|see|believe|argue|expect|think|warn)",
)
_PURPOSE = (
    r"(?:aims?|aimed|seeks?|hopes?) to|(?:is|are|was|were) (?:intended|designed|meant|supposed) to",
    r"(?:would|could|will) (?:allow|enable|help|let|make it|give|open|bolster|strengthen|weaken)",
)
_DEGREE = ("increasingly|significantly|fundamentally|largely|arguably|(?<!more )effectively|essentially|ultimately",)
_WEIGHTY = (
    "significant|strategic|crucial|pivotal|notable|far-reaching|unprecedented|profound|symbolic|decisive",
    "delicate|stark|telling|broader|deeper|growing|lasting|vital",
)
_FIGURATIVE = (
    "counterweight|turning point|milestone|escalation|deepening|watershed|cornerstone|leverage|willing|momentum",
    "resilience|test case|wake-up call|blow to|boost for",
)
_CONJECTURE = ("may|might|could|seems? to|appears? to|is likely to|are likely to|perhaps",)
_ATTRIBUTES = ("said|told|according to|announced|reported|added",)
_FINDINGS = ("study|studies|report|survey|poll|data|figures|census|police|statement|records?|documents?",)
_DAY = ("monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday",)

#: An event is the subject: "This diplomatic shift …"
_EVENT_SUBJECT = re.compile(
    rf"(?:\w[\w-]+, )?(?:this|that|these|such|the|its|their)\b(?: [\w'-]+){{0,4}}? (?:{_EVENT})s?\b"
)
_EVENT_WEIGHT = 0.5


def _any(*groups: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrase for group in groups for phrase in group)})\b")


#: What each kind of wording adds; two of a kind count once. First what makes a sentence interpret:
FOR = (
    (1.2, _MEANS),
    (1.0, _SUGGESTS),
    (0.3, (r"(?:signals|reflects|illustrates|suggests|indicates|demonstrates|means) (?:how|that|a|an)",)),
    (1.2, _JUDGES),  # the writer judges, conjectures, or lets observers do it
    (0.8, _OBSERVERS),
    (0.4, _CONJECTURE),
    (0.6, _PURPOSE),  # it says what a step is for, which the step itself does not show
    (0.4, _DEGREE),
    (0.4, _WEIGHTY),
    (0.4, _FIGURATIVE),
)
#: then what makes it report: it attributes, gives findings, figures and days, or speaks for itself.
_AGAINST = (
    (-1.0, _ATTRIBUTES),
    (-1.0, _FINDINGS),
    (-0.6, (r"(?!(?:19|20)[0-9]{2}\b)[0-9][\w,.]*",)),
    (-0.4, _DAY),
    (-0.5, ("i|we|my|our|you|your",)),
)
_WEIGHTS = tuple((weight, _any(phrases)) for weight, phrases in (*FOR, *_AGAINST))
#: One of these words stands in whatever the first kind matches. Most sentences have none: one look at their words
#: tells, and no pattern is tried.
TELLING = frozenset(
    """underscore underscores underscoring underline underlines underlining highlights exemplifies heralds foreshadows
    epitomises epitomizes embodies amounts serve serves serving speaks doubt way stage bare questions doubts signal
    message sign mark marks signals signaling signalling reflects illustrates suggests indicates demonstrates represents
    points means shows clear unclear likely unlikely possible striking telling worth hard question challenge risk danger
    seen viewed regarded interpreted read words remains analysts experts observers critics economists may might could
    seem seems appear appears perhaps aim aims aimed seek seeks hope hopes intended designed meant supposed allow enable
    help let make give open bolster strengthen weaken increasingly significantly fundamentally largely arguably
    effectively essentially ultimately significant strategic crucial pivotal notable reaching unprecedented profound
    symbolic decisive delicate stark broader deeper growing lasting vital counterweight turning milestone escalation
    deepening watershed cornerstone leverage willing momentum resilience test wake blow boost""".split()
)


class Role(Enum):
    """The part that a sentence can play."""

    FACT = "fact"
    ANALYSIS = "analysis"
    QUOTATION = "quotation"  # mostly inside quotation marks, whoever speaks or does not
    NONE = "none"  # a heading, a question, a line without a sentence in it


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
    if TELLING.isdisjoint(forms(sentence)):
        return 0.0
    plain = fold(sentence).lower()
    total = _EVENT_WEIGHT if _EVENT_SUBJECT.match(plain) else 0.0
    return max(0.0, total + sum(weight for weight, pattern in _WEIGHTS if pattern.search(plain)))


def _roles(document: Document) -> Iterator[tuple[str, Reading]]:
    for source, own in zip(document.sources, document.by_source, strict=True):
        quoted = [(pair.start, pair.end) for pair in pairs(source.text)]
        at = 0
        for sentence in own:
            start, end = sentence.span
            while at < len(quoted) and quoted[at][1] <= start:
                at += 1
            inside, ahead = 0, at
            while ahead < len(quoted) and quoted[ahead][0] < end:
                inside += min(end, quoted[ahead][1]) - max(start, quoted[ahead][0])
                ahead += 1
            yield sentence.id, _reading(sentence, inside / (end - start))


def _reading(sentence: Sentence, quoted: float) -> Reading:
    degree = interpretation(sentence.text)
    fragment = sentence.text.isascii() and len(sentence.text.split()) < 3
    if sentence.heading or fragment or sentence.text.endswith("?"):
        return Reading(Role.NONE, degree)
    if quoted >= MOSTLY_QUOTED:
        return Reading(Role.QUOTATION, degree)
    return Reading(Role.ANALYSIS if degree >= INTERPRETIVE else Role.FACT, degree)
