"""Run the checks over a draft, and derive from its sentence ids everything that is printed.

Here a draft becomes claims: ids become evidence with offsets and markers, findings become verdicts. An engine is
never believed; its ids are looked up, its text is checked, and what it gets wrong is reported with the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from . import markers
from .agreement import independent
from .checks import Check, Subject, citations, quotations, support
from .document import Document, Sentence
from .draft import Draft, DraftAnswer, DraftClaim, DraftQuote
from .results import Answer, Briefing, Claim, Evidence, Quote
from .verdict import ClaimVerdict, Finding, Report, Verdict

#: The checks that every claim goes through, in the order of their findings, and their versions.
CHECKS: Mapping[str, tuple[Check, str]] = MappingProxyType(
    {
        "citations": (citations.check, citations.VERSION),
        "quotations": (quotations.check, quotations.VERSION),
        "support": (support.check, support.VERSION),
    }
)
#: Findings that tell of something mended on the way: they leave a claim as good as it was.
_MENDED = frozenset({"marker_in_text"})


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
    return result.model_copy(update={"report": _report(result.claims())})


def answer(
    draft: DraftAnswer, document: Document, question: str, *, engine: str, nearest: Iterable[Sentence]
) -> Answer:
    """Return a draft answer as checked claims with their evidence, markers and report."""
    claims = tuple(claim(c, f"claims[{n}]", document) for n, c in enumerate(draft.claims))
    return Answer(
        question=question,
        status=draft.status,
        claims=claims,
        nearest=tuple(map(_shown, nearest)),
        missing=draft.missing,
        sources=document.sources,
        report=_report([(f"claims[{n}]", c) for n, c in enumerate(claims)]),
        engine=engine,
    )


def claim(draft: DraftClaim, where: str, document: Document, *, inference: bool = False) -> Claim:
    """Return a draft claim with its evidence, markers, findings and verdict; `inference` marks a line of analysis."""
    evidence = _evidence(draft.evidence, document)
    findings = _findings(Subject(where, draft.text, tuple(draft.evidence)), evidence, document)
    return Claim(**_checked(draft.text, evidence, findings, document, inference=inference))


def quote(draft: DraftQuote, where: str, document: Document) -> Quote:
    """Return a draft quote with its evidence, markers, findings and verdict."""
    evidence = _evidence(draft.evidence, document)
    findings = _findings(Subject(where, draft.text, tuple(draft.evidence), draft.speaker), evidence, document)
    return Quote(speaker=draft.speaker, **_checked(draft.text, evidence, findings, document))


def _checked(
    text: str,
    evidence: Sequence[Sentence],
    findings: tuple[Finding, ...],
    document: Document,
    *,
    inference: bool = False,
) -> dict[str, Any]:
    return {
        "text": markers.strip(text).strip(),
        "markers": document.printed_markers(evidence),
        "evidence": tuple(map(_shown, evidence)),
        "verdict": _verdict(findings, inference=inference),
        "findings": findings,
        "independent": independent(evidence),
    }


def _unmarked(parts: Mapping[str, Sequence[Claim]]) -> Iterator[str]:
    """Yield a note that names the claims on which an article that prints markers prints none."""
    named = [
        part if part == "lede" else f"{part} {', '.join(bare)}"
        for part, claims in parts.items()
        if (bare := [str(n) for n, c in enumerate(claims, start=1) if not c.markers])
    ]
    if named:
        yield f"The source itself prints no marker on: {'; '.join(named)}."


def _report(claims: Iterable[tuple[str, Claim]]) -> Report:
    verdicts = tuple(
        ClaimVerdict(where=where, text=c.text, verdict=c.verdict, findings=c.findings) for where, c in claims
    )
    return Report(claims=verdicts, checks={name: version for name, (_, version) in CHECKS.items()})


def _findings(subject: Subject, evidence: Sequence[Sentence], document: Document) -> tuple[Finding, ...]:
    return tuple(finding for check, _ in CHECKS.values() for finding in check(subject, evidence, document))


def _verdict(findings: Iterable[Finding], *, inference: bool = False) -> Verdict:
    if any(finding.kind not in _MENDED for finding in findings):
        return Verdict.UNSUPPORTED
    return Verdict.INFERENCE if inference else Verdict.SUPPORTED


def _evidence(ids: Iterable[str], document: Document) -> list[Sentence]:
    return [document.by_id[i] for i in dict.fromkeys(ids) if i in document.by_id]


def _shown(sentence: Sentence) -> Evidence:
    return Evidence(
        source=sentence.source,
        sentence=sentence.id,
        start=sentence.span.start,
        end=sentence.span.end,
        text=sentence.text,
        inherited=sentence.inherited,
    )
