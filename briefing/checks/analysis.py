"""Analysis: an inference may go beyond the facts, but it must start from them.

What it takes from them (figures, names, quotes, degrees of commitment) the other checks hold against its premises.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..coverage.statement import fault, may_state
from ..document import Document, Sentence
from ..english import is_english
from ..evidence import of
from ..verdict import Finding
from . import Subject, finding

VERSION = "2"

#: The least share of an inference's words, by weight, that its premises must hold.
_PREMISED = 0.15


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for an inference that states nothing, or that no fact of the sources is a premise of."""
    if not subject.inference or not evidence:
        return
    if is_english(subject.text) and (fault(subject.text) or not may_state(subject.text)):
        message = "This states nothing: an inference says what follows from the facts."
        yield finding(subject, document, "analysis", "no_statement", message, claim=(0, len(subject.text)))
    shares = of(document).held(subject.text, evidence)
    if shares.size and shares.max(axis=0).sum() < _PREMISED:
        message = "This is an inference, and the sentences that it cites say nothing that it could be drawn from."
        yield finding(subject, document, "analysis", "no_premise", message, claim=(0, len(subject.text)))
