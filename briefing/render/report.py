"""A report as lines to read: verdict, claim, and below it what is wrong, where it stands and what the source says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..text import printable, squeeze

if TYPE_CHECKING:
    from ..report import Report
from ..verdict import ClaimVerdict, Conflict, Finding


def report(result: Report) -> str:
    """Return a report as text: the counts, every claim, every conflict, what was not checked."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in result.counts.items() if count)
    lines = [counts or "no claims"]
    for claim in result.claims:
        lines.extend(_claim(claim))
    for conflict in result.conflicts:
        lines.extend(_conflict(conflict))
    lines.extend(f"note: {_line(note)}" for note in result.notes)
    idle = [f"{name} ({why})" for name, why in result.checks.items() if not why[:1].isdigit()]
    if idle:
        lines.append(f"did not run: {'; '.join(idle)}")
    return "\n".join(lines)


def _claim(claim: ClaimVerdict) -> Iterator[str]:
    yield f"{claim.verdict:<11}  {claim.where:<12}  {_line(claim.text)}"
    for finding in claim.findings:
        yield f"    {finding.severity}, {finding.check}: {_line(finding.message)}"
        if finding.claim_span:
            yield f"        claim {finding.claim_span.start}–{finding.claim_span.end}: {_line(finding.found)}"
        if finding.evidence_span:
            yield f"        {_place(finding)}: {_line(finding.expected)}"


def _place(finding: Finding) -> str:
    assert finding.evidence_span  # noqa: S101 - the caller looked
    start, end = finding.evidence_span
    return f"source {finding.source}, {finding.sentence}, {start}–{end}"


def _conflict(conflict: Conflict) -> Iterator[str]:
    yield f"conflict     {conflict.kind:<12}  {_line(conflict.message)}"
    for version in conflict.versions:
        yield f"    source {version.source}, {version.sentence}, {version.start}–{version.end}: {_line(version.text)}"


def _line(text: str) -> str:
    return squeeze(printable(text))
