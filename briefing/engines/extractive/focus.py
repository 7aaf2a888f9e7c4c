"""The sentences that a briefing with a focus is made of."""

from __future__ import annotations

from collections.abc import Sequence

from ...document import Document, Sentence
from ...similarity import index

#: A sentence is about the focus from this relevance on, and from this share of the highest.
_LEAST, _SHARE = 0.35, 0.6


def about(document: Document, focus: str) -> Sequence[Sentence]:
    """Return the sentences about `focus`, in order, perhaps none."""
    relevance = index(tuple(s.text for s in document.sentences)).relevance(focus)
    least = max(_LEAST, _SHARE * max(relevance))
    return [s for s, r in zip(document.sentences, relevance, strict=True) if r >= least]
