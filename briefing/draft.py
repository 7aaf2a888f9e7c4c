"""What an engine must return: not yet checked, and citing sentences only by their ids.

These are the wire models: only text, lists and enumerations, so that every structured-output server can be held
to their JSON schema.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Status(StrEnum):
    """How far the sources answer a question."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_IN_SOURCES = "not_in_sources"


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True)


class DraftClaim(_Wire):
    """One statement and the ids of the sentences that it rests on."""

    text: str
    evidence: list[str]


class DraftQuote(_Wire):
    """Words that somebody spoke, who spoke them, and the sentences that say so."""

    text: str
    speaker: str
    evidence: list[str]


class Draft(_Wire):
    """A briefing as an engine writes it."""

    headline: DraftClaim
    lede: DraftClaim
    points: list[DraftClaim]
    quotes: list[DraftQuote]
    analysis: list[DraftClaim]


class NotedDraft(Draft):
    """A briefing with notes for its reader, on how it came about."""

    notes: tuple[str, ...] = ()


class DraftAnswer(_Wire):
    """An answer as an engine writes it; `missing` says what part of the question the sources leave open."""

    status: Status
    claims: list[DraftClaim]
    missing: str


class RevisedClaim(_Wire):
    """The claim with this number, put right: an empty `text` withdraws it, `speaker` is empty but for quotes."""

    number: int
    text: str
    speaker: str
    evidence: list[str]


class DraftRevision(_Wire):
    """Claims that did not hold, as an engine puts them right."""

    claims: list[RevisedClaim]
