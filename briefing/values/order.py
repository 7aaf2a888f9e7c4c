"""What a text says of the order of events, of how often and for how long things happen, and of early and late."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..document import Sentence
from ..remembered import remembered
from ..text import fold
from ..words import FUNCTION_WORDS, stem, terms, words
from .quantities import quantities

_FREQUENCIES = {
    "day": r"daily|every day|each day|a day",
    "week": r"weekly|every week|each week|a week|(?:every|each) (?:mon|tues|wednes|thurs|fri|satur|sun)day",
    "fortnight": r"fortnightly|every two weeks|every other week|every fortnight|bi-?weekly",
    "month": r"monthly|every month|each month|a month",
    "quarter": r"quarterly|every quarter|each quarter|every three months",
    "half-year": r"twice a year|every six months|biannual(?:ly)?|half-yearly|twice-yearly",
    "year": r"annual(?:ly)?|yearly|every year|each year|a year|once a year",
    "two years": r"biennial(?:ly)?|every two years|every other year",
    "hour": r"hourly|every hour|an hour",
}
_OFTEN = {
    often: re.compile(rf"\b(?:{pattern})\b(?! (?:ago|later|earlier|after|before))", re.I)
    for often, pattern in _FREQUENCIES.items()
}
_STRICT = re.compile(
    r"\b(?:hourly|daily|weekly|fortnightly|monthly|quarterly|annual(?:ly)?|yearly|biannual(?:ly)?|biennial(?:ly)?"
    r"|(?:every|each)[ ](?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|hour|day|week|fortnight|month|quarter|year)"
    r"|once a (?:day|week|month|year))\b",
    re.IGNORECASE,
)
_POSITIONS = {
    "for": re.compile(r"\bfor (?:(?!the |next |past |last |coming )\w+ ){0,2}$", re.I),
    "within": re.compile(r"\bwithin (?:\w+ ){0,2}$", re.I),
    "after": re.compile(r"\bafter (?:(?!the |next |past |last |coming )\w+ ){0,2}$", re.I),
    "in": re.compile(r"\bin (?:(?!the |next |past |last |coming )\w+ ){0,2}$", re.I),
    "every": re.compile(r"\bevery (?:\w+ ){0,1}$", re.I),
}
_BEHIND = {"ago": re.compile(r" (?:ago|earlier)\b", re.I), "later": re.compile(r" (?:later|from now)\b", re.I)}
_OPPOSED = {
    frozenset(pair)
    for pair in (
        ("for", "in"),
        ("ago", "later"),
        ("ago", "for"),
        ("ago", "in"),
        ("every", "for"),
        ("every", "ago"),
        ("within", "after"),
        ("within", "for"),
        ("within", "ago"),
    )
}
_OPPOSITE = {"early": "late", "earlier": "later", "first half": "second half"}
_OPPOSITE |= {later: earlier for earlier, later in _OPPOSITE.items()}
_SPANNING = re.compile(
    rf"\b({'|'.join(_OPPOSITE)}) (?:of |on |in )?(?:the |his |her |its |this |that |next |last )?"
    r"(?!of\b|the\b)([A-Za-z0-9]+)",
    re.IGNORECASE,
)
_PERFECT = re.compile(r"\b(?:has|have|had|'ve)[ ][^.,;:!?]{0,80}$", re.IGNORECASE)
_RECORD = re.compile(r"\b(?:first|most|least|worst|best|only|\w{3,}est)\b", re.IGNORECASE)


class Contrast(NamedTuple):
    """What a claim says of time and its evidence otherwise: two spans, in the claim and in a sentence."""

    kind: str
    claim: tuple[int, int]
    sentence: Sentence
    told: tuple[int, int]
    message: str


def opposites(text: str, evidence: Sequence[Sentence]) -> Iterator[Contrast]:
    """Yield "late next year" where the source says "early next year", and the like."""
    for said in _SPANNING.finditer(text):
        if said[2].lower() in FUNCTION_WORDS:
            continue
        word, following = said[1].lower(), said[2].lower()
        told = [(m, s) for s in evidence for m in _SPANNING.finditer(s.text) if m[2].lower() == following]
        told.sort(key=lambda row: -len({*terms(row[1].text)} & {*terms(text)}))
        if told and _early(told[0][0][1]) != _early(word) and not any(m[1].lower() == word for m, _ in told):
            other, sentence = told[0]
            message = f"The source says {other[0]}; the claim says {said[0]}."
            yield Contrast("wrong_relative_time", said.span(), sentence, other.span(), message)


def _early(word: str) -> str:
    return {"earlier": "early", "later": "late"}.get(word.lower(), word.lower())


def frequencies(text: str, evidence: Sequence[Sentence]) -> Iterator[Contrast]:
    """Yield where something is said to happen more or less often than in the source."""
    for said in _STRICT.finditer(fold(text)):
        often = next(name for name, pattern in _OFTEN.items() if pattern.search(said[0]))
        rivals = [(m, s, name) for s in evidence for name, p in _OFTEN.items() for m in p.finditer(fold(s.text))]
        if any(name == often for *_, name in rivals):
            continue
        strict = [(m, s) for m, s, _ in rivals if _STRICT.search(m[0]) or m[0].startswith(("every", "twice", "bi"))]
        if strict:
            told, sentence = strict[0]
            message = f"The source says {told[0]}; the claim says {said[0]}."
            yield Contrast("wrong_frequency", said.span(), sentence, told.span(), message)


def durations(text: str, evidence: Sequence[Sentence]) -> Iterator[Contrast]:
    """Yield where a time of the same length lies otherwise: for it, in it, ago, later."""
    if not any(_position(text, q.start, q.end, q.measure) for q in quantities(text)):
        return
    told = [
        (q.low, how, q, s)
        for s in evidence
        for q in quantities(s.text)
        if (how := _position(s.text, q.start, q.end, q.measure))
    ]
    for q in quantities(text):
        how = _position(text, q.start, q.end, q.measure)
        alike = [row for row in told if row[0] == q.low] if how else []
        if not alike or any(frozenset({how, row[1]}) not in _OPPOSED for row in alike):
            continue
        _, other, place, sentence = alike[0]
        spans = [(text, q.start), (sentence.text, place.start)]
        lasting = next((t[:at] for t, at in spans if _POSITIONS["for"].search(t[max(0, at - 24) : at])), "")
        if {how, other} == {"for", "ago"} and _PERFECT.search(lasting):
            continue  # closed two years ago, it has been closed for two years
        if {how, other} == {"for", "in"} and (_RECORD.search(text) or _RECORD.search(sentence.text)):
            continue
        message = (
            f"In the source it is {_said(sentence.text, place.start, place.end)}; "
            f"in the claim it is {_said(text, q.start, q.end)}."
        )
        yield Contrast("wrong_duration", (q.start, q.end), sentence, (place.start, place.end), message)


def _position(text: str, start: int, end: int, measure: str) -> str:
    """Return how a length of time lies: `for`, `in`, `every`, `ago`, `later`, or "" where nothing tells."""
    if measure != "time" or "-" in text[start:end]:
        return ""
    behind = next((name for name, pattern in _BEHIND.items() if pattern.match(text, end)), "")
    return behind or next(
        (name for name, pattern in _POSITIONS.items() if pattern.search(text[max(0, start - 24) : start])), ""
    )


def _said(text: str, start: int, end: int) -> str:
    before = text[max(0, start - 24) : start].split()[-1:]
    behind = re.match(r" (?:ago|earlier|later|from now)\b", text[end:])
    return " ".join([*([] if behind else before), text[start:end]]) + (behind[0] if behind else "")


_KINDS = {
    "before": "before|ahead of|prior to|in advance of|in the run-up to|on the eve of|pending",
    "until": "until|till|up until",
    "by": "by",
    "after": "after|following|in the wake of|in the aftermath of|once",
    "since": "since",
    "from": "from",
    "during": "during|throughout|in the course of",
}
_KIND_OF = {phrase: kind for kind, phrases in _KINDS.items() for phrase in phrases.split("|")}
_RELATION = re.compile(rf"\b(?:{'|'.join(sorted(_KIND_OF, key=len, reverse=True))})\b", re.IGNORECASE)
# "the following day", "named after", "the day after"; "before the court" is a place.
_OTHER_USE = re.compile(
    r"\b(?:the|are|is|was|were|a|his|her|named|looks?|looked|looking|sought|modelled|takes|brought|called)[ -]$",
    re.IGNORECASE,
)
_PRESENCE = re.compile(
    r" (?:\w+ ){0,3}?(?:courts?|judges?|magistrates?|committees?|panel|tribunal|lawmakers|jury|cameras?|crowds?"
    r"|spectators|fans|audience)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|without|unless|cannot|refus\w+|fail(?:s|ed|ing)?|den(?:y|ies|ied|ying)|ruled out|\w+n't)\b",
    re.IGNORECASE,
)
_JOINING = frozenset("of was were is are be been being had has have the a an his her its their he she it they".split())
_LIGHT = frozenset(
    "going go went gone being having coming come came taking take took year years month months week weeks days".split()
)
_EARLIER, _LATER = frozenset({"before", "until", "by"}), frozenset({"after", "since", "from"})
_ONLY_DATED = frozenset({"by", "from"})
#: So many telling words after the relation say what it is about.
_OBJECT, _SUBJECT = 4, 6
_CUT = re.compile(r"[,;:.!?()]|\b(?:and|but|when|while|which|who|that)\b", re.IGNORECASE)


class Relation(NamedTuple):
    """That something comes before, after or during `object`: stems; `text[start:end]` is the word that says so."""

    kind: str
    subject: frozenset[str]
    object: frozenset[str]
    start: int
    end: int
    negated: bool


@remembered(1 << 12)
def relations(text: str) -> tuple[Relation, ...]:
    """Return the order that a text tells, word for word.

    >>> [(r.kind, sorted(r.subject), sorted(r.object)) for r in relations("They spoke to reporters after the vote.")]
    [('after', ['report', 'spoke'], ['vote'])]
    """
    folded = fold(text)
    found: list[Relation] = []
    floor = 0
    for match in _RELATION.finditer(folded):
        kind = _KIND_OF[match[0].lower()]
        after = folded[match.end() :]
        if _OTHER_USE.search(folded[max(0, match.start() - 12) : match.start()]) or _PRESENCE.match(after):
            continue
        behind = _phrase(_CUT.split(after, maxsplit=1)[0])
        if kind in _ONLY_DATED and not _DATED.match(after):
            continue
        before = _stems(folded[floor : match.start()], _SUBJECT, last=True)
        opens = not folded[: match.start()].strip() or folded[: match.start()].rstrip()[-1:] in ".,;"
        if opens and "," in after[:120]:
            main = _stems(re.split(r"[,;]", after, maxsplit=2)[1], _SUBJECT, last=False)
            before = main or before
        floor = match.end()
        negated = bool(_NEGATED.search(_CUT.split(folded[: match.start()])[-1]))
        found.append(Relation(kind, before, behind, match.start(), match.end(), negated))
    return tuple(found)


_DATED = re.compile(
    r" (?:the end|[0-9]{4}\b|(?:next|this|late|early|mid)[ -]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[0-9]{1,2} [A-Z]|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"|noon|midnight|dawn|[0-9]{1,2}(?:[:.][0-9]{2})? ?[ap]\.?m)"
)


def contrary(claim: Relation, evidence: Relation) -> bool:
    """Tell whether two relations about the same thing cannot both hold."""
    if claim.kind == evidence.kind:
        # "They voted after signing", "they signed after voting".
        mine, theirs = claim.object & evidence.subject, claim.subject & evidence.object
        theirs = frozenset(filter(str.isalpha, theirs))  # a year belongs to anything
        return bool(claim.kind in _EARLIER | _LATER and mine and theirs and not claim.object & evidence.object)
    shared = claim.object & evidence.object
    two = bool(claim.object - shared and evidence.object - shared)  # "the 2024 election", "the 2025 election"
    related = claim.subject & evidence.subject
    if not shared or claim.negated != evidence.negated or (two and len(related) < 2):
        return False
    pair = {claim.kind, evidence.kind}
    if not related and not (pair & _EARLIER and pair & _LATER):
        return False
    return (
        bool(pair & _EARLIER and pair & (_LATER | {"during"})) or pair == {"after", "during"} or pair == {"until", "by"}
    )


def _phrase(text: str) -> frozenset[str]:
    """Return the stems of the phrase that a text begins with, to its next preposition."""
    kept: list[str] = []
    for word in words(text):
        form = word.form.lower().removesuffix("'s")
        if form in FUNCTION_WORDS and form not in _JOINING and kept:
            break
        if form not in FUNCTION_WORDS and form not in _LIGHT:
            kept.append(stem(form))
    return frozenset(kept[:_OBJECT])


def _stems(text: str, count: int, *, last: bool) -> frozenset[str]:
    kept = [stem(form) for word in words(text) if (form := word.form.lower().removesuffix("'s")) not in FUNCTION_WORDS]
    return frozenset(kept[-count:] if last else kept[:count])
