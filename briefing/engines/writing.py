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
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Generic, TypeVar

from pydantic import BaseModel

from .. import prompts
from ..document import Document
from ..draft import Draft, DraftAnswer, DraftClaim, DraftQuote, DraftRevision, RevisedClaim
from ..errors import ConfigError, ContextOverflow, EngineError
from ..replies import schema
from ..text import printable
from ..verdict import Severity
from . import Fault, slices
from .model import Model, Request, Wire
from .slices import Limit, Part, Row, tokens

T = TypeVar("T")
Claim = DraftClaim | DraftQuote
Claims = AsyncGenerator[tuple[str, Claim], None]

#: So many calls of one task are in flight at a time.
AT_ONCE = 8
#: So many times a task is cut smaller because the server found its prompt too long.
_CUTS = 2
#: Tokens that are left free: for the frame that a server puts round the messages, and a share of the context for what
#: texts may gain where they are joined.
_FRAME, _MARGIN = 64, 0.01
#: With less room than this not even one sentence can be told from its beginning.
_LEAST = 64
#: So many points a slice is asked for at least, and all slices together so many times what the briefing may have.
_POINTS, _CHOICE = 3, 2


async def brief(model: Model, document: Document, *, points: int, focus: str | None) -> Draft:
    """Return a draft briefing with at most `points` points, on `focus` when it is given.

    Raises EngineError, and ConfigError when the model's context does not hold the instructions and a sentence.
    """
    work = _Briefing(model, document, points, focus, slices.rows(document, model))

    async def written(limit: Limit) -> Draft:
        last = await work.last(limit)
        return last if isinstance(last, Draft) else await model.complete(last)

    draft = await _fitted(model, written)
    return draft.model_copy(update={"points": draft.points[:points]})


async def stream(model: Model, document: Document, *, points: int, focus: str | None) -> Claims:
    """Yield each claim of a draft briefing as soon as it is written, with its place: `lede`, `points[0]`, ….

    Of a long document the slices are drafted first; what is streamed is the last call, which makes one of them.
    """
    work = _Briefing(model, document, points, focus, slices.rows(document, model))
    limit, cuts, begun = Limit(model.context), 0, False
    while True:
        try:
            async with aclosing(_claims(model, await work.last(limit))) as found:
                async for where, claim in found:
                    begun = True
                    if not where.startswith("points[") or int(where[7:-1]) < points:
                        yield where, claim
            return
        except ContextOverflow as error:
            if begun or cuts == _CUTS:
                raise
            limit, cuts = limit.lower(model, error), cuts + 1


async def answer(model: Model, document: Document, question: str) -> DraftAnswer:
    """Return a draft answer to the question, for a long document from the sentences nearest to it."""
    rows = slices.rows(document, model)

    async def written(limit: Limit) -> DraftAnswer:
        task = _Task(model, "ask", DraftAnswer, limit, tokens(rows), {"question": printable(question)})
        given = rows
        if task.whole > task.space:
            given = list(slices.pick(slices.near(document, question), rows, task.room, model.count).values())
        return await model.complete(task.request(sentences=given))

    return await _fitted(model, written)


async def revise(model: Model, document: Document, faults: Sequence[Fault]) -> list[Claim | None]:
    """Return for each fault its claim put right, or None where it is withdrawn or no reply came for it.

    Claims go into one call as far as they, their sentences and the reply fit. What the model says of claims that it
    was not given is ignored, and of two with one number the second.
    """
    rows = slices.rows(document, model)
    claims = [slices.row(_claim(number, fault), model.count) for number, fault in enumerate(faults)]
    revised: dict[int, RevisedClaim | None] = {}

    async def call(task: _Task[DraftRevision], numbers: Sequence[int], given: Sequence[Row]) -> None:
        reply = await model.complete(task.request(claims=[claims[n] for n in numbers], sentences=given))
        first = {claim.number: claim for claim in reversed(reply.claims)}
        revised.update({number: first.get(number) for number in numbers})

    async def written(limit: Limit) -> None:
        task = _Task(model, "revise", DraftRevision, limit, tokens(claims) + tokens(rows))
        fits = task.whole <= task.space
        wanted = [
            () if number in revised else range(len(rows)) if fits else slices.wanted(document, fault.claim)
            for number, fault in enumerate(faults)
        ]
        room = task.space if fits else task.room
        groups = slices.grouped(claims, wanted, rows, room, model.reply_tokens, model.count)
        await _parallel([partial(call, task, numbers, given) for numbers, given in groups])

    if faults:
        await _fitted(model, written)
    return [_revised(fault.claim, revised.get(number)) for number, fault in enumerate(faults)]


@lru_cache(maxsize=64)
def _instructed(count: Callable[[str], int], name: str, reply: type[BaseModel]) -> int:
    """Return how many tokens the instructions have, with the schema that may have to be told with them."""
    return count(prompts.load(name).text) + count(slices.written(schema(reply)))


@dataclass(frozen=True)
class _Task(Generic[Wire]):
    """What is asked of a model, but for the entries; `whole` is how many tokens all of them have."""

    model: Model
    name: str
    reply: type[Wire]
    limit: Limit
    whole: int
    head: Mapping[str, object] = field(default_factory=dict)

    def request(self, **lists: Sequence[Row]) -> Request[Wire]:
        """Return the request with these lists of entries."""
        head = {name: value for name, value in self.head.items() if value is not None}
        language = {"language": self.model.language} if self.model.language else {}
        entries = {name: [row.entry for row in rows] for name, rows in lists.items()}
        given = slices.written({"task": self.name, **head, **language, **entries})
        return Request(self.name, prompts.load(self.name).text, given, self.reply)

    @property
    def _fixed(self) -> int:
        """How many tokens stand round the entries."""
        given = self.request(claims=[], candidates=[], sentences=[]).given
        told = _instructed(self.model.count, self.name, self.reply)
        return told + self.model.count(given) + _FRAME + int(_MARGIN * self.limit.context)

    @property
    def _free(self) -> int:
        return self.limit.context - self._fixed - self.model.reply_tokens

    @property
    def space(self) -> int:
        """How many tokens of entries fit, as if any did."""
        return self._free if self.limit.share == 1 else int(self.limit.share * min(self._free, self.whole))

    @property
    def room(self) -> int:
        """How many tokens of entries fit; raises ConfigError when that is too few for any."""
        if self._free < _LEAST:
            raise ConfigError(
                f"a context of {self.limit.context} tokens is too small: what is asked takes {self._fixed}, the reply "
                f"{self.model.reply_tokens}; no sentence fits beside them. Use a model with a larger context, set the "
                "server's higher, or keep fewer tokens for the reply."
            )
        return max(_LEAST, self.space)


@dataclass(frozen=True)
class _Briefing:
    """A briefing under way: `parts` are the slices of it that have been drafted."""

    model: Model
    document: Document
    points: int
    focus: str | None
    rows: list[Row]
    parts: list[Part] = field(default_factory=list)

    async def last(self, limit: Limit) -> Request[Draft] | Draft:
        """Return the call that writes the briefing, after the slices have been drafted where there are several.

        Where no claim of theirs can be used it is the first of their drafts, for the checks to judge.
        """
        drafted = frozenset(i for part in self.parts for i in part.ids)
        rows = [row for row in self.rows if row.entry["id"] not in drafted]
        task = self._task("summarize", limit, self.points)
        cut = [rows] if tokens(rows) <= task.space else slices.cut(rows, task.room, self.model.count)
        if not self.parts and len(cut) == 1:
            return task.request(sentences=cut[0])
        await self._draft(list(filter(None, cut)), limit)
        return self._reduced(limit)

    async def _draft(self, cut: Sequence[Sequence[Row]], limit: Limit) -> None:
        points = min(self.points, max(_POINTS, -(-_CHOICE * self.points // max(1, len(cut)))))
        task = self._task("summarize", limit, points)

        async def draft(rows: Sequence[Row]) -> None:
            written = await self.model.complete(task.request(sentences=rows))
            ids = tuple(str(row.entry["id"]) for row in rows)
            self.parts.append(Part(ids, written.model_copy(update={"points": written.points[:points]})))

        await _parallel([partial(draft, rows) for rows in cut])

    def _reduced(self, limit: Limit) -> Request[Draft] | Draft:
        place = {sentence.id: n for n, sentence in enumerate(slices.sentences(self.document))}
        parts = sorted(self.parts, key=lambda part: place[part.ids[0]])
        task = self._task("reduce", limit, self.points)
        candidates = slices.candidates(parts, self.model.count)
        rows = [row for own in candidates for row in own]
        if tokens(rows) > task.space:
            rows = slices.best(candidates, self.document, self.focus, task.room, self.model.count)
        return task.request(candidates=rows) if rows else parts[0].draft

    def _task(self, name: str, limit: Limit, points: int) -> _Task[Draft]:
        focus = None if self.focus is None else printable(self.focus)
        return _Task(self.model, name, Draft, limit, tokens(self.rows), {"points": points, "focus": focus})


async def _fitted(model: Model, written: Callable[[Limit], Awaitable[T]]) -> T:
    """Return what is written within the model's context, which turns out smaller than thought twice at most."""
    limit = Limit(model.context)
    for _ in range(_CUTS):
        try:
            return await written(limit)
        except ContextOverflow as error:
            limit = limit.lower(model, error)
    return await written(limit)


async def _parallel(calls: Sequence[Callable[[], Awaitable[None]]]) -> None:
    """Make the calls, some at a time; the first to fail stops all, and its error comes out."""
    waiting = iter(calls)

    # Each worker takes its next call itself: one that fails makes room for none that would have to be paid for.
    async def work() -> None:
        for call in waiting:
            await call()

    try:
        async with asyncio.TaskGroup() as group:
            for _ in calls[:AT_ONCE]:
                group.create_task(work())
    except ExceptionGroup as several:
        failed = min(several.exceptions, key=lambda error: not isinstance(error, EngineError))
    else:
        return
    raise failed  # outside the group's handler, so that it keeps its own cause


async def _claims(model: Model, last: Request[Draft] | Draft) -> Claims:
    """Yield the claims of a draft, or those of the reply to a request as they are written."""
    if isinstance(last, Draft):
        for where, claim in slices.places(last):
            yield where, claim
        return
    async with aclosing(model.claims(last)) as claims:  # whoever stops listening must not leave a server writing
        async for found in claims:
            yield found


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
