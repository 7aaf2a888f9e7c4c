"""Superlatives: the largest, the most expensive; a word in -est that is none, *harvest* or *latest*, is left out."""

from __future__ import annotations

from collections.abc import Sequence

from ..grammar import lexicon
from ..grammar.predicates import read
from ..grammar.tagging import Tag, Token
from .extent_words import NOT_SUPERLATIVE


def superlative(said: Sequence[Token], at: int) -> bool:
    """Tell whether token `at` is a superlative: largest, or most before an adjective."""
    low = said[at].low
    if low == "most" and at + 1 < len(said) and at and said[at - 1].low in {"the", "its", "his", "her", "their"}:
        return said[at + 1].tag is Tag.ADJECTIVE
    if low in {"earliest", "latest"} and at > 1 and said[at - 2].low == "at":
        return False
    shaped = low.endswith("est") and len(low) > 4 and low not in NOT_SUPERLATIVE
    return shaped and said[at].tag is not Tag.NAME and bool(_positive(low) or low in {"best", "worst"})


def compares(text: str) -> bool:
    """Tell whether a sentence has a superlative or a comparative: largest, larger."""
    said = read(text).tokens
    return any(
        superlative(said, i) or (t.low.endswith("er") and _positive(t.low[:-2] + "est")) for i, t in enumerate(said)
    )


def _positive(low: str) -> bool:
    """Tell whether a form without -est is an adjective: larg-e, happ-y, big."""
    base = low[:-3]
    forms = [
        base,
        base + "e",
        base[:-1] + "y" if base.endswith("i") else "",
        base[:-1] if base[-1:] == base[-2:-1] else "",
    ]
    return any(lexicon.parts(form).get("a", 0.0) > 0.2 for form in forms if form)
