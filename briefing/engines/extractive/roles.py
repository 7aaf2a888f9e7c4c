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


class Cue(NamedTuple):
    """A kind of wording and what it adds: `pattern` in lower case, and words one of which stands in all it matches.

    A look at a sentence's words tells for most sentences and most cues that there is nothing to search for.
    """

    weight: float
    telling: frozenset[str]
    pattern: re.Pattern[str]


def _cue(weight: float, telling: str, *phrases: str) -> Cue:
    return Cue(weight, frozenset(telling.split()), re.compile(rf"\b(?:{'|'.join(phrases)})\b"))


_EVENT = (
    "shift|move|decision|agreement|deal|step|pact|result|ruling|change|trend|transition|development|visit|policy|effort|"
    "vote|outcome|approach|strategy|alliance|partnership|escalation|episode|case|defeat|victory|win|loss|rise|fall|"
    "increase|decline|delay|failure|success|dispute|merger|choice|announcement|timing|pattern|disagreement|silence|"
    "reversal|arrangement|commitment|milestone|moment|contrast|divide|rivalry|reform"
)
#: An event is the subject: "This diplomatic shift …"
_EVENT_SUBJECT = re.compile(
    rf"(?:\w[\w-]+, )?(?:this|that|these|such|the|its|their)\b(?: [\w'-]+){{0,4}}? (?:{_EVENT})s?\b"
)
_EVENT_WEIGHT = 0.5
_TURN = "shift|change|escalation|departure|turning|step|break|moment|milestone|beginning|end of an era|reversal"

#: What makes a sentence interpret; two wordings of a kind count once.
CUES = (
    # it means something
    _cue(
        1.2,
        """underscore underscores underscoring underline underlines underlining highlights exemplifies heralds
        foreshadows epitomises epitomizes embodies amounts serve serves serving speaks doubt way stage bare questions doubts signal
        message sign mark marks""",
        r"underscor(?:es?|ing)|underlin(?:es?|ing)|highlights|exemplifies|heralds|foreshadows|epitomi[sz]es|embodies",
        r"amounts to|serv(?:es?|ing) as|speaks to|casts? doubt|paves? the way|sets the stage|lays bare",
        r"raises? (?:\w+ )?(?:questions|doubts)|sends? a (?:\w+ )?(?:signal|message)|(?:is|are|in) a (?:\w+ )?sign",
        rf"marks? (?:an? |the )(?:\w+ ){{0,2}}(?:{_TURN})",
    ),
    _cue(
        1.0,
        """signals signaling signalling reflects illustrates suggests indicates demonstrates represents points means
        shows""",
        r"signals|signall?ing|reflects|illustrates|suggests|indicates|demonstrates|represents|points to|means that",
        r"shows (?:how|just|that)",
    ),
    _cue(
        0.3,
        "signals reflects illustrates suggests indicates demonstrates means",
        r"(?:signals|reflects|illustrates|suggests|indicates|demonstrates|means) (?:how|that|a|an)",
    ),
    # the writer judges, conjectures, or lets observers do it
    _cue(
        1.2,
        """clear unclear likely unlikely possible striking telling worth hard question challenge risk danger seen viewed
        regarded interpreted read words remains what""",
        r"it (?:is|seems|appears) (?:\w+ )?(?:clear|unclear|likely|unlikely|possible|striking|telling|worth|hard)",
        r"(?:real|bigger|broader|open) (?:question|challenge|risk|danger)|(?:question|risk) (?:is whether|remains)",
        r"(?:is|are|was|were) (?:\w+ly )?(?:seen|viewed|regarded|interpreted) as|could be (?:seen|read) as",
        r"in other words|remains to be seen|what (?:this|that|it) means",
    ),
    _cue(
        0.8,
        "analysts experts observers critics economists",
        r"(?:analysts|experts|observers|critics|economists) (?:\w+ )?(?:say|see|believe|argue|expect|think|warn)",
    ),
    _cue(
        0.4,
        "may might could seem seems appear appears likely perhaps",
        r"may|might|could|seems? to|appears? to|is likely to|are likely to|perhaps",
    ),
    # it says what a step is for, which the step itself does not show
    _cue(
        0.6,
        """aim aims aimed seek seeks hope hopes intended designed meant supposed allow enable help let make give open
        bolster strengthen weaken""",
        r"(?:aims?|aimed|seeks?|hopes?) to|(?:is|are|was|were) (?:intended|designed|meant|supposed) to",
        r"(?:would|could|will) (?:allow|enable|help|let|make it|give|open|bolster|strengthen|weaken)",
    ),
    # degree and weight
    _cue(
        0.4,
        "increasingly significantly fundamentally largely arguably effectively essentially ultimately",
        r"increasingly|significantly|fundamentally|largely|arguably|(?<!more )effectively|essentially|ultimately",
    ),
    _cue(
        0.4,
        """significant strategic crucial pivotal notable reaching unprecedented profound symbolic decisive delicate
        stark telling broader deeper growing lasting vital""",
        r"significant|strategic|crucial|pivotal|notable|far-reaching|unprecedented|profound|symbolic|decisive",
        r"delicate|stark|telling|broader|deeper|growing|lasting|vital",
    ),
    _cue(
        0.4,
        """counterweight turning milestone escalation deepening watershed cornerstone leverage willing momentum
        resilience test wake blow boost""",
        r"counterweight|turning point|milestone|escalation|deepening|watershed|cornerstone|leverage|willing|momentum",
        r"resilience|test case|wake-up call|blow to|boost for",
    ),
)
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
    said = forms(sentence)
    cues = [cue for cue in CUES if not cue.telling.isdisjoint(said)]
    if not cues:
        return 0.0
    plain = fold(sentence).lower()
    total = sum(cue.weight for cue in cues if cue.pattern.search(plain))
    if not total:
        return 0.0
    total += _EVENT_WEIGHT if _EVENT_SUBJECT.match(plain) else 0.0
    return max(0.0, total + sum(weight for weight, pattern in _AGAINST if pattern.search(plain)))


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
