"""Check a draft, and derive from its sentence ids everything that is printed.

Here a draft becomes claims: ids become evidence with offsets and markers, findings become verdicts. An engine is
never believed; its ids are looked up, its text is checked, and what it gets wrong is reported with the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from . import markers
from .agreement import independent
from .checking import cited, examine, report, shown, unread
from .checks import Subject
from .document import Document, Sentence
from .draft import Draft, DraftAnswer, DraftClaim, DraftQuote
from .report import Report
from .results import Answer, Briefing, Claim, Quote
from .verdict import ClaimVerdict, Finding, Severity

# Words between marks of their own, and no other marks in them.
_QUOTED = re.compile('[“"«„]([^“”"«»„]+)[”"»“]')


_QUOTED = re.compile('[“"«„]([^“”"«»„]+)[”"»“]')


def briefing(draft: Draft, document: Document, *, engine: str, notes: Iterable[str] = ()) -> Briefing:
    """Return a draft briefing as checked claims with their evidence, markers and report."""
    headline, lede = claim(draft.headline, "headline", document), claim(draft.lede, "lede", document)
    points = [claim(c, f"points[{n}]", document) for n, c in enumerate(draft.points)]
    quotes = [quote(q, f"quotes[{n}]", document) for n, q in enumerate(draft.quotes)]
    analysis = [claim(c, f"analysis[{n}]", document, inference=True) for n, c in enumerate(draft.analysis)]
    parts: dict[str, Sequence[Claim]] = {"lede": [lede], "points": points, "quotes": quotes, "analysis": analysis}
    if len(document.sources) == 1 and document.carries_markers:
        notes = [*notes, *_unmarked(parts)]
    result = Briefing(
        headline=headline,
        lede=lede,
        points=tuple(points),
        quotes=tuple(quotes),
        analysis=tuple(analysis),
        sources=document.sources,
        report=Report(claims=(), checks={}),
        engine=engine,
        notes=tuple(notes),
    )
    return result.model_copy(update={"report": _report_of(result.claims(), document)})


def answer(
    draft: DraftAnswer, document: Document, question: str, *, engine: str, nearest: Iterable[Sentence]
) -> Answer:
    """Return a draft answer as checked claims with their evidence, markers and report."""
    claims = tuple(claim(c, f"claims[{n}]", document) for n, c in enumerate(draft.claims))
    return Answer(
        question=question,
        status=draft.status,
        claims=claims,
        nearest=tuple(map(shown, nearest)),
        missing=draft.missing,
        sources=document.sources,
        report=_report_of([(f"claims[{n}]", c) for n, c in enumerate(claims)], document),
        engine=engine,
    )


def statement(draft: DraftClaim | DraftQuote, where: str, document: Document) -> Claim:
    """Return a claim or a quote of a draft, checked as what its place says that it is."""
    if isinstance(draft, DraftQuote):
        return quote(draft, where, document)
    return claim(draft, where, document, inference=where.startswith("analysis"))


def claim(draft: DraftClaim, where: str, document: Document, *, inference: bool = False) -> Claim:
    """Return a draft claim with its evidence, markers, findings and verdict; `inference` marks a line of analysis."""
    subject = Subject(where, markers.strip(draft.text).strip(), tuple(draft.evidence), inference=inference)
    return Claim(**_fields(subject, draft.text, document))


def quote(draft: DraftQuote, where: str, document: Document) -> Quote:
    """Return a draft quote with its evidence, markers, findings and verdict."""
    words = markers.strip(draft.text).strip()
    if outer := _QUOTED.fullmatch(words):  # whoever prints a quote sets the marks
        words = outer[1]
    subject = Subject(where, words, tuple(draft.evidence), draft.speaker)
    return Quote(speaker=draft.speaker, **_fields(subject, draft.text, document))


def _fields(subject: Subject, written: str, document: Document) -> dict[str, Any]:
    seen = examine(subject, document)
    evidence = cited(subject.cited, document)
    return {
        "where": subject.where,
        "text": subject.text,
        "markers": document.printed_markers(evidence),
        "evidence": seen.evidence,
        "verdict": seen.verdict,
        "findings": (*_marker_in(written, subject.where), *seen.findings),
        "independent": independent(evidence),
    }


def _marker_in(written: str, where: str) -> Iterator[Finding]:
    for group in markers.find(written):
        yield Finding(
            check="citations",
            kind="marker_in_text",
            where=where,
            message="A marker was written into the text; it was taken out, and the evidence decides what is printed.",
            severity=Severity.WARNING,
            found=written[group.start : group.end],
        )


def _unmarked(parts: Mapping[str, Sequence[Claim]]) -> Iterator[str]:
    """Yield a note that names the claims on which an article that prints markers prints none."""
    named = [
        part if part == "lede" else f"{part} {', '.join(bare)}"
        for part, claims in parts.items()
        if (bare := [str(n) for n, c in enumerate(claims, start=1) if not c.markers])
    ]
    if named:
        yield f"The source itself prints no marker on: {'; '.join(named)}."


def _report_of(claims: Iterable[tuple[str, Claim]], document: Document) -> Report:
    return report(
        (
            ClaimVerdict(
                where=where,
                text=c.text,
                verdict=c.verdict,
                findings=c.findings,
                evidence=c.evidence,
                markers=() if where == "headline" else c.markers,
                unchecked=unread(c.text, document),
            )
            for where, c in claims
        ),
        document,
    )
