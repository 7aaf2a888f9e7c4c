"""A report as lines to read: verdict, claim, and below it what is wrong, where it stands and what the source says.

A report may be read back from a file that anybody wrote, so no text of it is taken for ours, not even a claim's place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .. import markers
from ..text import printable, squeeze

if TYPE_CHECKING:
    from ..report import Repair, Report
from ..verdict import ClaimVerdict, Conflict, Finding, Severity


def report(result: Report) -> str:
    """Return a report as text: the counts, every claim, conflict and receipt, what was not checked."""
    counts = ", ".join(f"{count} {verdict}" for verdict, count in result.counts.items() if count)
    lines = [counts or "no claims"]
    for claim in result.claims:
        lines.extend(_claim(claim))
    for conflict in result.conflicts:
        lines.extend(_conflict(conflict))
    for repair in result.repairs:
        lines.extend(_repair(repair))
    lines.extend(f"note: {_line(note)}" for note in result.notes)
    if stood := list(idle(result)):
        lines.append(f"did not run: {_line('; '.join(stood))}")
    return "\n".join(lines)


def idle(result: Report) -> Iterator[str]:
    """Yield the checks that did not run by the reason, which says that they did not once more."""
    reasons: dict[str, list[str]] = {}
    for name, why in result.checks.items():
        if not why[:1].isdigit():
            reasons.setdefault(why.removeprefix("did not run").lstrip(",: ").removeprefix("it "), []).append(name)
    for reason, names in reasons.items():
        yield f"{', '.join(names)} ({reason})" if reason else ", ".join(names)


def _claim(claim: ClaimVerdict) -> Iterator[str]:
    yield f"{claim.verdict:<11}  {_line(claim.where):<12}  {_line(markers.attach(claim.text, claim.markers))}"
    yield from _findings(claim.findings)


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        yield f"    {finding.severity}, {_line(finding.check)}: {_line(finding.message)}"
        if finding.claim_span:
            yield f"        claim {finding.claim_span.start}–{finding.claim_span.end}: {_line(finding.found)}"
        if finding.evidence_span:
            yield f"        {place(finding)}: {_line(finding.expected)}"


def place(finding: Finding) -> str:
    """Return where in the sources the words stand that a finding points at."""
    assert finding.evidence_span  # noqa: S101 - the caller looked
    start, end = finding.evidence_span
    return f"source {finding.source}, {_line(finding.sentence)}, {start}–{end}"


def _conflict(conflict: Conflict) -> Iterator[str]:
    yield f"conflict     {_line(conflict.kind):<12}  {_line(conflict.message)}"
    for version in conflict.versions:
        place = f"source {version.source}, {_line(version.sentence)}, {version.start}–{version.end}"
        yield f"    {place}: {_line(version.text)}"


def _repair(repair: Repair) -> Iterator[str]:
    yield f"{repair.action:<11}  {_line(repair.where):<12}  {_line(repair.before.text)}"
    yield from _findings(f for f in repair.before.findings if f.severity is Severity.ERROR)
    yield f"    {_line(repair.note)}"
    if repair.after:
        yield f"    now {_line(repair.after.where)}: {_line(repair.after.text)}"


def _line(text: str) -> str:
    return squeeze(printable(text))
