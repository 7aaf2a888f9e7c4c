"""What the tables of the checks are made of: one row a claim, and how a row is run."""

from __future__ import annotations

from typing import NamedTuple

from briefing import Document, Source
from briefing.checks import Check, Subject
from briefing.verdict import Finding, Severity


class Caught(NamedTuple):
    """A claim that must not get through: `kind` is the finding's, `found` the words of the claim that it names."""

    name: str
    evidence: str
    claim: str
    kind: str
    found: str | None = None
    speaker: str | None = None


class Clean(NamedTuple):
    """A claim that its evidence supports."""

    name: str
    evidence: str
    claim: str
    speaker: str | None = None


def run(check: Check, row: Caught | Clean, *, published: str | None = None, inference: bool = False) -> list[Finding]:
    """Return what a check finds when the claim cites every sentence of the evidence; each span is held to its words."""
    document = Document.read(Source(row.evidence, published=published))
    cited = tuple(sentence.id for sentence in document.sentences)
    subject = Subject("points[0]", row.claim, cited, row.speaker, None, inference)
    found = list(check(subject, document.sentences, document))
    for finding in found:
        assert finding.message and finding.message[-1] in '.!?”"', finding
        if finding.claim_span:
            assert 0 <= finding.claim_span.start < finding.claim_span.end <= len(row.claim), finding
        if finding.evidence_span:
            sentence = document.by_id[finding.sentence]
            assert finding.source == sentence.source, finding
            assert sentence.span.start <= finding.evidence_span.start < finding.evidence_span.end, finding
            assert finding.evidence_span.end <= sentence.span.end, finding
    return found


def errors(found: list[Finding]) -> list[Finding]:
    """Return the findings that make a claim unsupported."""
    return [finding for finding in found if finding.severity is Severity.ERROR]
