"""What checking says: a verdict a claim, findings where something is wrong, and the report over all of them."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from .document import Span
from .text import printable, squeeze


class Verdict(StrEnum):
    """What the checks say of a claim."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    INFERENCE = "inference"  # analysis: allowed to go beyond the facts, and shown apart from them


class Severity(StrEnum):
    """What a finding does to its claim."""

    ERROR = "error"  # the claim is not supported
    WARNING = "warning"  # worth a look: the source's own fault, or something that the reader should know
    NOTE = "note"  # how it was established, as a sum that was worked out


class Finding(BaseModel):
    """One thing that a check saw: `expected` is what the source says, `found` what the claim says.

    `where` names the claim (`lede`, `points[2]`); `claim_span` counts code points in the claim's text, and
    `evidence_span` in the text of source number `source` (in its title, for a sentence `t1`, `t2`, …). `sentence` is
    the id of the sentence that holds the span. `message` is one sentence for a reader who knows nothing of checks.
    """

    model_config = ConfigDict(frozen=True)

    check: str
    kind: str
    where: str
    message: str
    severity: Severity = Severity.ERROR
    expected: str = ""
    found: str = ""
    claim_span: Span | None = None
    source: int | None = None
    sentence: str = ""
    evidence_span: Span | None = None


class ClaimVerdict(BaseModel):
    """The verdict on one claim: where it stands in the result, its text, and what the checks found."""

    model_config = ConfigDict(frozen=True)

    where: str
    text: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


class Report(BaseModel):
    """Every claim with its verdict, and which checks ran (name and version)."""

    model_config = ConfigDict(frozen=True)

    claims: tuple[ClaimVerdict, ...]
    checks: dict[str, str]

    @property
    def ok(self) -> bool:
        """Whether no claim is unsupported."""
        return all(claim.verdict is not Verdict.UNSUPPORTED for claim in self.claims)

    def text(self) -> str:
        """Return the report as lines to read: one a claim, each finding below the claim that it is about."""
        counts = {verdict: sum(c.verdict is verdict for c in self.claims) for verdict in Verdict}
        lines = [", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count) or "no claims"]
        for claim in self.claims:
            lines.append(f"{claim.verdict:<11}  {claim.where:<12}  {squeeze(printable(claim.text))}")
            lines.extend(f"             {f.check}: {squeeze(printable(f.message))}" for f in claim.findings)
        return "\n".join(lines)
