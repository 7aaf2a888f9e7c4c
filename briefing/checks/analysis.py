"""Analysis: an inference may go beyond the facts, but it must start from them.

What it takes from them (figures, names, quotes, degrees of commitment) the other checks hold against its premises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..document import Document, Sentence
from ..evidence import of
from ..verdict import Finding
from . import Subject, finding

VERSION = "1"

#: The least share of an inference's words, by weight, that its premises must hold.
_PREMISED = 0.15


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for an inference that no fact of the sources is a premise of."""
    if not subject.inference or not evidence:
        return
    shares = of(document).held(subject.text, evidence)
    if shares.size and shares.max(axis=0).sum() < _PREMISED:
        message = "This is an inference, and the sentences that it cites say nothing that it could be drawn from."
        yield finding(subject, document, "analysis", "no_premise", message, claim=(0, len(subject.text)))
