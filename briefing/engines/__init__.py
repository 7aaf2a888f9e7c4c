"""Engines: who writes a draft. An engine is anything with two methods and a fingerprint.

What more an engine can do, it says by having the method: `revise` puts claims right that did not hold, `stream` gives
the claims of a briefing one by one as they are written, `keeping` makes it keep the replies that it pays for.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

from ..cache import Cache
from ..document import Document
from ..draft import Draft, DraftAnswer, DraftClaim, DraftQuote
from ..verdict import Finding


class Engine(Protocol):
    """Writes drafts that cite sentences by id; what it writes is checked afterwards, never believed.

    The methods may be plain or `async`; plain ones are called in a thread, so that they hold up nobody.
    """

    @property
    def fingerprint(self) -> str:
        """What identifies the engine and its version: it stands in every result."""
        ...

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft | Awaitable[Draft]:
        """Return a draft briefing of the document with at most `points` points, on `focus` when it is given."""
        ...

    def answer(self, document: Document, question: str) -> DraftAnswer | Awaitable[DraftAnswer]:
        """Return a draft answer to the question, from the document alone."""
        ...


class Fault(NamedTuple):
    """A claim that did not hold, where it stands, and what the checks found."""

    where: str
    claim: DraftClaim | DraftQuote
    findings: tuple[Finding, ...]


@runtime_checkable
class Revises(Protocol):
    """An engine that can put claims right."""

    def revise(
        self, document: Document, faults: Sequence[Fault]
    ) -> Sequence[DraftClaim | DraftQuote | None] | Awaitable[Sequence[DraftClaim | DraftQuote | None]]:
        """Return for each fault its claim put right, or None to withdraw it."""
        ...


@runtime_checkable
class Streams(Protocol):
    """An engine that gives the claims of a briefing as they are written."""

    def stream(
        self, document: Document, *, points: int, focus: str | None
    ) -> AsyncGenerator[tuple[str, DraftClaim | DraftQuote], None]:
        """Yield each claim as soon as it is written whole, with its place: `headline`, `lede`, `points[0]`, …."""
        ...


@runtime_checkable
class Keeps(Protocol):
    """An engine that pays a server for each reply: it keeps them itself, before it looks into them."""

    def keeping(self, cache: Cache) -> Engine:
        """Return an engine like this one that puts each reply into the cache, and asks for none that lies there."""
        ...
