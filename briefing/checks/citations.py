"""Citations: every claim cites sentences that exist, and leaves the printing of markers to the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import markers
from ..document import Document, Sentence, Span
from ..verdict import Finding
from . import Subject

VERSION = "1"


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each id that is not in the document, for no evidence at all, for a marker in the text."""
    for cited in dict.fromkeys(subject.cited):
        if cited not in document.by_id:
            yield Finding(
                check="citations",
                kind="unknown_sentence",
                where=subject.where,
                message=f"It cites sentence {cited!r}, which is not in the sources.",
                expected=f"s1 to s{len(document.sentences)}",
                found=cited,
            )
    if not evidence:
        yield Finding(
            check="citations", kind="no_evidence", where=subject.where, message="It cites no sentence of the sources."
        )
    for group in markers.find(subject.text):
        yield Finding(
            check="citations",
            kind="marker_in_text",
            where=subject.where,
            message="A marker was written into the text; it was taken out, and the evidence decides what is printed.",
            found=subject.text[group.start : group.end],
            claim_span=Span(group.start, group.end),
        )
