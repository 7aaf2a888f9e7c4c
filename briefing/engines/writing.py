"""The tasks of an engine that a language model does: what it is given, and how much of it at a time.

The instructions are the prompts that the library ships. All that comes from outside goes into one JSON object beside
them, so that no byte of a source can end the text that it stands in and speak to the model.

Where the sentences do not fit into the model's context, a briefing is drafted slice by slice, and one more call makes
one of the drafts' claims; an answer is written from the sentences nearest to the question; a claim is put right from
those nearest to it. A server that finds a prompt too long is asked again with less, twice at most, and what has been
drafted by then is kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..document import Document
from ..draft import Draft, DraftAnswer, DraftClaim, DraftQuote, DraftRevision, NotedDraft, RevisedClaim
from ..errors import BadReply, ContentFiltered, ContextOverflow, EngineError, Refused, Truncated
from ..replies import Scanner
from ..text import printable
from ..verdict import Severity
from . import Fault, candidates, slices
from .candidates import Part
from .model import Model, Request
from .slices import Limit, Row, tokens
from .task import CUTS, Task, fitted, parallel

Claim = DraftClaim | DraftQuote
Claims = AsyncGenerator[tuple[str, Claim], None]

#: A text of more characters is worked on in a thread.
_LONG = 50_000
#: So many points a slice is asked for at least, and all slices together so many times what the briefing may have.
_POINTS, _CHOICE = 3, 2


async def brief(model: Model, document: Document, *, points: int, focus: str | None) -> Draft:
    """Return a draft briefing with at most `points` points, on `focus` when it is given.

    Raises EngineError, and ConfigError when the model's context does not hold the instructions and a sentence.
    """
    work = _Briefing(model, document, points, focus, slices.entries(document))

    async def written(limit: Limit) -> Draft:
        last = await work.last(limit)
        return last if isinstance(last, Draft) else await model.complete(last)

    draft = await fitted(model, written)
    return NotedDraft(**dict(draft), notes=tuple(work.notes())) if work.unread else draft


async def stream(model: Model, document: Document, *, points: int, focus: str | None) -> Claims:
    """Yield each claim of a draft briefing as soon as it is written, with its place: `lede`, `points[0]`, ….

    Of a long document the slices are drafted first; what is streamed is the last call, which makes one of them.
    """
    work = _Briefing(model, document, points, focus, slices.entries(document))
    limit, cuts, begun = Limit(model.context), 0, False
    while True:
        try:
            async with aclosing(_claims(model, await work.last(limit))) as found:
                async for where, claim in found:
                    begun = True
                    yield where, claim
            return
        except ContextOverflow as error:
            if begun or cuts == CUTS:
                raise
            limit, cuts = limit.lower(model, error), cuts + 1


async def answer(model: Model, document: Document, question: str) -> DraftAnswer:
    """Return a draft answer to the question, for a long document from the sentences nearest to it."""
    entries, head = slices.entries(document), {"question": printable(question)}

    async def written(limit: Limit) -> DraftAnswer:
        if limit == Limit(model.context) and (easy := slices.with_ease(entries, model)) is not None:
            return await model.complete(Task(model, "ask", DraftAnswer, limit, 0, head).request(sentences=easy))
        rows = await _rows(entries, model)
        task = Task(model, "ask", DraftAnswer, limit, tokens(rows), head)
        given = rows
        if task.whole > task.space:
            room = task.room
            given = await asyncio.to_thread(
                lambda: list(slices.pick(slices.near(document, question), rows, room, model.count).values())
            )
        return await model.complete(task.request(sentences=given))

    return await fitted(model, written)


async def revise(model: Model, document: Document, faults: Sequence[Fault]) -> list[Claim | None]:
    """Return for each fault its claim put right, or None where it is withdrawn or no reply came for it.

    Claims go into one call as far as they, their sentences and the reply fit. What the model says of claims that it
    was not given is ignored, and of two with one number the second.
    """
    rows = await _rows(slices.entries(document), model)
    claims = [slices.row(_claim(number, fault), model.count) for number, fault in enumerate(faults)]
    revised: dict[int, RevisedClaim | None] = {}

    async def call(task: Task[DraftRevision], numbers: Sequence[int], given: Sequence[Row]) -> None:
        reply = await model.complete(task.request(claims=[claims[n] for n in numbers], sentences=given))
        first = {claim.number: claim for claim in reversed(reply.claims)}
        revised.update({number: first.get(number) for number in numbers})

    async def written(limit: Limit) -> None:
        task = Task(model, "revise", DraftRevision, limit, tokens(claims) + tokens(rows))
        fits = task.whole <= task.space
        wanted: list[Sequence[int]] = [
            () if number in revised else range(len(rows)) if fits else await asyncio.to_thread(_wanted, document, fault)
            for number, fault in enumerate(faults)
        ]
        room = task.space if fits else task.room
        groups = slices.grouped(claims, wanted, rows, room, model.reply_tokens, model.count)
        await parallel([partial(call, task, numbers, given) for numbers, given in groups])

    if faults:
        await fitted(model, written)
    return [_revised(fault.claim, revised.get(number)) for number, fault in enumerate(faults)]


@dataclass(frozen=True)
class _Briefing:
    """A briefing under way: `parts` are the slices of it that have been drafted."""

    model: Model
    document: Document
    points: int
    focus: str | None
    entries: list[dict[str, Any]]
    rows: list[Row] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    unread: dict[tuple[str, ...], EngineError] = field(default_factory=dict)

    def notes(self) -> Iterator[str]:
        """Yield for each slice that the model did not write about which sentences the briefing does without."""
        for ids, error in self.unread.items():
            yield f"Sentences {ids[0]} to {ids[-1]} were left out: {error}"

    async def last(self, limit: Limit) -> Request[Draft] | Draft:
        """Return the call that writes the briefing, after the slices have been drafted where there are several.

        Where no claim of theirs can be used it is the first of their drafts, for the checks to judge.
        """
        if limit == Limit(self.model.context) and not self.parts:
            easy = slices.with_ease(self.entries, self.model)
            if easy is not None:
                return self._task("summarize", limit, self.points).request(sentences=easy)
        self.rows.extend(() if self.rows else await _rows(self.entries, self.model))
        drafted = {i for part in self.parts for i in part.ids} | {i for ids in self.unread for i in ids}
        rows = [row for row in self.rows if row.entry["id"] not in drafted]
        task = self._task("summarize", limit, self.points)
        cut = [rows]
        if tokens(rows) > task.space:
            cut = await asyncio.to_thread(slices.cut, rows, task.room, self.model.count)
        if not self.parts and len(cut) == 1:
            return task.request(sentences=cut[0])
        await self._draft(list(filter(None, cut)), limit)
        if not self.parts:
            raise next(iter(self.unread.values()))
        return await asyncio.to_thread(self._reduced, limit)

    async def _draft(self, cut: Sequence[Sequence[Row]], limit: Limit) -> None:
        points = min(self.points, max(_POINTS, -(-_CHOICE * self.points // max(1, len(cut)))))
        task = self._task("summarize", limit, points)

        async def draft(rows: Sequence[Row]) -> None:
            ids = tuple(str(row.entry["id"]) for row in rows)
            try:
                written = await self.model.complete(task.request(sentences=rows))
            except Truncated as error:
                written = _begun(error)
            except (Refused, ContentFiltered, BadReply) as error:  # the other slices have been paid for
                self.unread[ids] = error
                return
            self.parts.append(Part(ids, written.model_copy(update={"points": written.points[:points]})))

        await parallel([partial(draft, rows) for rows in cut])

    def _reduced(self, limit: Limit) -> Request[Draft] | Draft:
        place = {sentence.id: n for n, sentence in enumerate(slices.sentences(self.document))}
        parts = sorted(self.parts, key=lambda part: place[part.ids[0]])
        task = self._task("reduce", limit, self.points)
        found = candidates.candidates(parts, self.model.count)
        rows = [row for own in found for row in own]
        if tokens(rows) > task.space:
            rows = candidates.best(found, self.document, self.focus, task.room, self.model.count)
        return task.request(candidates=rows) if rows else parts[0].draft

    def _task(self, name: str, limit: Limit, points: int) -> Task[Draft]:
        focus = None if self.focus is None else printable(self.focus)
        return Task(self.model, name, Draft, limit, tokens(self.rows), {"most_points": points, "focus": focus})


async def _rows(entries: list[dict[str, Any]], model: Model) -> list[Row]:
    """Return entries with their tokens; those of a long document in a thread, for counting takes its time."""
    if sum(len(entry["text"]) for entry in entries) < _LONG:
        return slices.rows(entries, model)
    return await asyncio.to_thread(slices.rows, entries, model)


async def _claims(model: Model, last: Request[Draft] | Draft) -> Claims:
    """Yield the claims of a draft, or those of the reply to a request as they are written."""
    if isinstance(last, Draft):
        for where, claim in candidates.places(last):
            yield where, claim
        return
    async with aclosing(model.claims(last)) as claims:  # whoever stops listening must not leave a server writing
        async for found in claims:
            yield found


def _wanted(document: Document, fault: Fault) -> Sequence[int]:
    return slices.wanted(document, fault.claim)


def _begun(cut: Truncated) -> Draft:
    """Return the claims that were whole when a slice's reply was cut, which has been paid for; raises it for none."""
    found: dict[str, Claim] = {}
    with suppress(BadReply):
        found.update(Scanner(Draft).feed(cut.partial))
    claims = {where: claim for where, claim in found.items() if isinstance(claim, DraftClaim)}
    if not claims:
        raise cut
    first = next(iter(claims.values()))
    return Draft(
        headline=claims.get("headline", first),
        lede=claims.get("lede", first),
        points=[claim for where, claim in claims.items() if where.startswith("points")],
        quotes=[quote for quote in found.values() if isinstance(quote, DraftQuote)],
        analysis=[],
    )


def _claim(number: int, fault: Fault) -> dict[str, object]:
    claim = fault.claim
    errors = [finding for finding in fault.findings if finding.severity is Severity.ERROR] or fault.findings
    speaker = {"speaker": printable(claim.speaker)} if isinstance(claim, DraftQuote) else {}
    said = {"number": number, "text": printable(claim.text), **speaker, "evidence": claim.evidence}
    return {**said, "problems": list(dict.fromkeys(printable(finding.message) for finding in errors))}


def _revised(claim: Claim, revised: RevisedClaim | None) -> Claim | None:
    if revised is None or not revised.text.strip():
        return None
    if isinstance(claim, DraftQuote):
        speaker = revised.speaker if revised.speaker.strip() else claim.speaker
        return DraftQuote(text=revised.text, speaker=speaker, evidence=revised.evidence)
    return DraftClaim(text=revised.text, evidence=revised.evidence)
