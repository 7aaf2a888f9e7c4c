"""Candidates: the claims that the slices of a long document gave, and which of them go into the last call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..document import Document
from ..draft import Draft, DraftClaim, DraftQuote
from ..similarity import Index
from ..text import bare, printable
from .extractive import rank
from .slices import Row, pick, row

#: What share of the room the candidates of each part may take first, where not all fit.
_SHARES = {"lede": 0.35, "points": 0.35, "quotes": 0.2, "analysis": 0.1}


class Part(NamedTuple):
    """A slice that was drafted: the ids of its sentences, in order, and the draft."""

    ids: tuple[str, ...]
    draft: Draft


def places(draft: Draft) -> Iterator[tuple[str, DraftClaim | DraftQuote]]:
    """Yield the claims of a draft with their places: `headline`, `lede`, `points[0]`, …."""
    yield "headline", draft.headline
    yield "lede", draft.lede
    for part in ("points", "quotes", "analysis"):
        for n, claim in enumerate(getattr(draft, part)):
            yield f"{part}[{n}]", claim


def candidates(parts: Iterable[Part], count: Callable[[str], int]) -> list[list[Row]]:
    """Return the claims of each slice that can hold: they cite sentences of the slice, no others, and say it once.

    Headlines are left out: the ledes say the same, and more.
    """
    said: set[tuple[bool, str]] = set()
    found: list[list[Row]] = []
    for ids, draft in parts:
        found.append([])
        for where, claim in places(draft):
            part, once = where.partition("[")[0], (isinstance(claim, DraftQuote), bare(claim.text))
            if part == "headline" or once in said or not once[1]:
                continue
            if claim.evidence and set(ids).issuperset(claim.evidence):
                said.add(once)
                speaker = {"speaker": printable(claim.speaker)} if isinstance(claim, DraftQuote) else {}
                cited = list(dict.fromkeys(claim.evidence))
                entry = {"part": part, "text": printable(claim.text), **speaker, "evidence": cited}
                found[-1].append(row(entry, count))
    return found


def best(
    candidates: Iterable[Sequence[Row]], document: Document, focus: str | None, room: int, count: Callable[[str], int]
) -> list[Row]:
    """Return the candidates that fit, in their order.

    Each slice has its say in turn: first its lede, then what rests on the sentences that rank highest. With a focus
    those nearest to it come first, from whatever slice. Ledes leave room for the other parts.
    """
    by_slice = [[row for row in own if row.tokens <= room] for own in candidates]
    rows = [row for own in by_slice for row in own]
    worth = iter(_worth(rows, document, focus))
    keys: list[tuple[int, float]] = []
    for own in by_slice:
        values = [-next(worth) for _ in own]
        order = sorted(range(len(own)), key=lambda n: (own[n].entry["part"] != "lede", values[n]))
        turn = {n: 0 if focus else place for place, n in enumerate(order)}
        keys += [(turn[n], values[n]) for n in range(len(own))]
    preferred = sorted(range(len(rows)), key=keys.__getitem__)
    return list(pick([*_within_shares(preferred, rows, room), *preferred], rows, room, count).values())


def _worth(rows: Sequence[Row], document: Document, focus: str | None) -> list[float]:
    """Return how near each candidate is to the focus, or without one how high its evidence ranks in its source."""
    if focus:
        return Index([str(row.entry["text"]) for row in rows]).relevance(focus)
    standing = {title.id: float("inf") for title in document.titles}
    for source, own in zip(document.sources, document.by_source, strict=True):
        ranks = rank.scores([sentence.text for sentence in own], title=source.title)
        standing.update(zip((sentence.id for sentence in own), ranks, strict=True))
    return [max(standing[i] for i in row.entry["evidence"]) for row in rows]


def _within_shares(order: Iterable[int], rows: Sequence[Row], room: int) -> Iterator[int]:
    """Yield those of `order` that fit when each part has only its share of the room."""
    left = {part: room * share for part, share in _SHARES.items()}
    for n in order:
        part = rows[n].entry["part"]
        if rows[n].tokens <= left[part]:
            left[part] -= rows[n].tokens
            yield n
