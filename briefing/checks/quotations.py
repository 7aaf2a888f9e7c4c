"""Quotations: the words of a quote stand in its evidence as direct speech, spoken by the speaker it names.

Equality is exact once typography is folded (quotation marks, dashes, blanks): never a distance.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import speech
from ..document import Document, Sentence
from ..text import bare, stands_in
from ..verdict import Finding
from . import Subject

VERSION = "1"


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding when nobody speaks the words of a quote in its evidence, or somebody else does."""
    if subject.speaker is None:
        return
    speakers = _speakers(subject.text, evidence, document)
    if not speakers:
        yield Finding(
            check="quotations",
            kind="not_spoken",
            where=subject.where,
            message="The sources do not give these words as anybody's direct speech.",
            found=subject.text,
        )
    elif subject.speaker not in speakers:
        yield Finding(
            check="quotations",
            kind="wrong_speaker",
            where=subject.where,
            message=f"The source gives these words to {speakers[0]}, not to {subject.speaker}.",
            expected=speakers[0],
            found=subject.speaker,
        )


def _speakers(words: str, evidence: Sequence[Sentence], document: Document) -> list[str]:
    """Return who speaks these words in speech that overlaps the evidence."""
    wanted = bare(words)
    found = []
    for number in sorted({sentence.source for sentence in evidence}):
        text = document.sources[number - 1].text
        spans = [s.span for s in evidence if s.source == number]
        for spoken in speech.speeches(text):
            cited = any(span.start < spoken.span.end and spoken.span.start < span.end for span in spans)
            if cited and wanted and stands_in(wanted, bare(spoken.words(text))):
                found.append(spoken.speaker)
    return found
