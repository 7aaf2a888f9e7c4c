"""The checks: one file each, pure functions from a claim and its evidence to findings.

A check looks at one claim, the sentences that it cites and the document, and yields a `Finding` for each thing that
is wrong; none means that it saw nothing wrong. Checks do not know one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..document import Document, Sentence
from ..source import Span
from ..verdict import Finding, Severity


class Subject(NamedTuple):
    """What is checked: a claim's text without markers, the ids that it cites, and the speaker of a quote.

    `printed` are the markers that an author printed on the claim, perhaps none; then its evidence was looked up. None
    for a claim that cites its sentences itself, as an engine's does. `inference` marks a line of analysis, which may go
    beyond its evidence.
    """

    where: str
    text: str
    cited: tuple[str, ...]
    speaker: str | None = None
    printed: tuple[int, ...] | None = None
    inference: bool = False


class Place(NamedTuple):
    """A stretch of a cited sentence: `sentence.text[start:end]`."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words there."""
        return self.sentence.text[self.start : self.end]


Check = Callable[[Subject, Sequence[Sentence], Document], Iterable[Finding]]


def finding(
    subject: Subject,
    document: Document,
    check: str,
    kind: str,
    message: str,
    *,
    claim: tuple[int, int] | None = None,
    place: Place | None = None,
    severity: Severity = Severity.ERROR,
    expected: str | None = None,
    found: str | None = None,
) -> Finding:
    """Return a finding with its spans: `claim` counts in the subject's text, `place` in a sentence.

    What was expected and found are the words at those places, unless they are given.
    """
    return Finding(
        check=check,
        kind=kind,
        where=subject.where,
        message=message,
        severity=severity,
        expected=expected if expected is not None else place.text if place else "",
        found=found if found is not None else subject.text[slice(*claim)] if claim else "",
        claim_span=Span(*claim) if claim else None,
        source=place.sentence.source if place else None,
        sentence=place.sentence.id if place else "",
        evidence_span=document.span_of(place.sentence, place.start, place.end) if place else None,
    )
