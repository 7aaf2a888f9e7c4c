"""Engines: who writes a draft. An engine is anything with these two methods and a fingerprint."""

from __future__ import annotations

from typing import Protocol

from ..document import Document
from ..draft import Draft, DraftAnswer


class Engine(Protocol):
    """Writes drafts that cite sentences by id; what it writes is checked afterwards, never believed."""

    @property
    def fingerprint(self) -> str:
        """What identifies the engine and its version: it stands in every result."""
        ...

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        """Return a draft briefing of the document with at most `points` points, on `focus` when it is given."""
        ...

    def answer(self, document: Document, question: str) -> DraftAnswer:
        """Return a draft answer to the question, from the document alone."""
        ...
