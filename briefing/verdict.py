"""What checking says: a verdict a claim, and findings where something is wrong."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from .source import Span


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


class Evidence(BaseModel):
    """A sentence that a claim rests on.

    `text` is `sources[source - 1].text[start:end]` without its markers; offsets count code points from 0. For a
    title (`sentence` is `t1`, `t2`, …) they count in `sources[source - 1].title`. `inherited` are the markers that the
    article itself prints there.
    """

    model_config = ConfigDict(frozen=True)

    source: int
    sentence: str
    start: int
    end: int
    text: str
    inherited: tuple[int, ...] = ()


class ClaimVerdict(BaseModel):
    """The verdict on one claim: where it stands in the result, its text, and what the checks found.

    `span` is the claim's place in a text given to `verify`, markers included; None for what an engine wrote. `markers`
    are those that it prints: in a text given to `verify` its author's, earned or not. `support`
    is the calibrated score, 0 to 1, of how far the evidence says the claim; None for analysis, for other languages and
    for what stands word for word. `unchecked` names the checks that did not run.
    """

    model_config = ConfigDict(frozen=True)

    where: str
    text: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    markers: tuple[int, ...] = ()
    span: Span | None = None
    support: float | None = None
    unchecked: tuple[str, ...] = ()


class Version(BaseModel):
    """What one source says where another says something else: `text` is `source.text[start:end]`."""

    model_config = ConfigDict(frozen=True)

    source: int
    sentence: str
    start: int
    end: int
    text: str


class Conflict(BaseModel):
    """Two sources that differ on one event: `kind` is figures, dates, names or wording; one version a source."""

    model_config = ConfigDict(frozen=True)

    kind: str
    message: str
    versions: tuple[Version, Version]
