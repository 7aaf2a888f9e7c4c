"""The straight line from text to result: read the sources, have a draft written, check it, mend or drop what fails.

Each verb is written once, to be awaited; the plain verbs run that on an event loop of the library's own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextlib import aclosing
from typing import Literal, TypeVar

from . import arguments, handover, loop, once, proof, repair, verification
from .cache import Cache
from .document import Document, Sentence, Sources
from .draft import Draft, NotedDraft
from .engines import Engine, Streams
from .engines.extractive.focus import about
from .errors import BadReply, BudgetExceeded, EngineError, InputError, UnsupportedClaims
from .report import Report
from .results import Answer, Briefing, Claim
from .similarity import index
from .usage import metered

T = TypeVar("T", Briefing, Answer)
#: What is done with a claim that the sources do not support.
OnUnsupported = Literal["repair", "drop", "flag", "raise"]
#: Where replies are kept: True is the file in the platform's cache folder, None and False are nowhere.
Keep = Cache | str | os.PathLike[str] | bool | None
#: How many of the sentences nearest to a question an answer carries.
NEAREST = 3
#: An engine may write more quotes and analysis than anybody asked for; no more than this are taken.
_MOST = 20


def summarize(
    sources: Sources,
    *,
    engine: Engine | None = None,
    points: int = 5,
    focus: str | None = None,
    unsupported: OnUnsupported = "repair",
    fallback: Literal["extractive"] | None = None,
    cache: Keep = True,
) -> Briefing:
    """Return a briefing of the sources, each claim with its evidence, markers and verdict.

    `sources` is a text, a `Source`, a row (`{"text": …, "title": …}`) or a list of them, or a `Document`; several are
    taken to be about one event. `points` is the most points to make; `focus` is what they are to be about ("defense").
    Without an `engine` a model writes when `OPENAI_API_KEY` or `OPENAI_BASE_URL` is set (`briefing.OpenAI()`), else
    the extractive engine: sentences of the sources, word for word, offline; `result.engine` says which.

    `unsupported` is what becomes of a claim that fails its checks: "repair" sends it back to the engine once and then
    drops it, "drop" drops it at once, "flag" leaves it with its verdict, "raise" raises. `result.report.repairs` keeps
    what was changed. With `fallback="extractive"` an engine that fails is replaced by the extractive one, and
    `result.notes` says so.

    What a model of `briefing.OpenAI` replied is kept in a file in the platform's cache folder (or that of
    `BRIEFING_CACHE`) and not paid for again; `cache` is the path of another file, an object with `get` and `put`
    (which keep the drafts of any engine: see `Cached`), or None to ask anew. `result.usage.cached` counts what came
    from there.

    Raises InputError when an item of `sources`, `points` or `focus` cannot be used, ConfigError when `engine` is
    not an engine or not set up, CacheError when `cache` names no file, EngineError when the engine fails,
    UnsupportedClaims as said, and BudgetExceeded.

    >>> briefing = summarize("The council approved the bridge on Monday. It will cost $4 million.")
    >>> briefing.lede.text, briefing.lede.markers
    ('The council approved the bridge on Monday.', (1,))
    """
    return loop.run(
        asummarize(
            sources,
            engine=engine,
            points=points,
            focus=focus,
            unsupported=unsupported,
            fallback=fallback,
            cache=cache,
        )
    )


async def asummarize(
    sources: Sources,
    *,
    engine: Engine | None = None,
    points: int = 5,
    focus: str | None = None,
    unsupported: OnUnsupported = "repair",
    fallback: Literal["extractive"] | None = None,
    cache: Keep = True,
) -> Briefing:
    """Return what `summarize` returns, to be awaited; cancelled, it stops its calls."""
    writer, notes = arguments.writer(engine, cache)
    mode, other = arguments.mode(unsupported), arguments.fallback(fallback)
    document = await _read(sources)
    points, focus = arguments.points(points), None if focus is None else arguments.words(focus, "focus")
    if focus and not await asyncio.to_thread(about, document, focus):
        notes = [*notes, f"No sentence of the sources is about {focus}."]

    async def written(by: Engine, notes: list[str]) -> Briefing:
        draft, extra = _bounded(await handover.brief(by, document, points, focus), points)
        return await repair.briefing(draft, document, by, mode, notes=[*notes, *extra])

    return await _counted(written, writer, notes, other)


def ask(
    sources: Sources,
    question: str,
    *,
    engine: Engine | None = None,
    unsupported: OnUnsupported = "repair",
    fallback: Literal["extractive"] | None = None,
    cache: Keep = True,
) -> Answer:
    """Return what the sources say to a question, or that they do not say.

    `status` is answered, partly (`missing` says what is left open) or not_in_sources; then there are no claims, and
    `nearest` shows the sentences that come closest. All else is as for `summarize`; the extractive engine answers with
    sentences of the sources, in reading order.

    Raises InputError when an item of `sources` or the question cannot be used; else what `summarize` raises.

    >>> text = "The council approved the bridge on Monday. It will cost $4 million."
    >>> ask(text, "How much will the bridge cost?").claims[0].text
    'It will cost $4 million.'
    """
    return loop.run(aask(sources, question, engine=engine, unsupported=unsupported, fallback=fallback, cache=cache))


async def aask(
    sources: Sources,
    question: str,
    *,
    engine: Engine | None = None,
    unsupported: OnUnsupported = "repair",
    fallback: Literal["extractive"] | None = None,
    cache: Keep = True,
) -> Answer:
    """Return what `ask` returns, to be awaited; cancelled, it stops its calls."""
    writer, notes = arguments.writer(engine, cache)
    mode, other = arguments.mode(unsupported), arguments.fallback(fallback)
    document = await _read(sources)
    question = arguments.words(question, "question")
    nearest = await asyncio.to_thread(_nearest, document, question)

    async def written(by: Engine, notes: list[str]) -> Answer:
        draft = await handover.answer(by, document, question)
        result = await repair.answer(draft, document, question, by, mode, nearest=nearest)
        return result.model_copy(update={"notes": (*notes, *result.notes)})

    return await _counted(written, writer, notes, other)


def stream(
    sources: Sources, *, engine: Engine | None = None, points: int = 5, focus: str | None = None
) -> Generator[Claim, None, None]:
    """Return an iterator over the claims of a briefing, each as soon as it is written and checked.

    Each claim says in `where` what it is (`headline`, `lede`, `points[0]`, `quotes[0]`, …) and carries its verdict and
    findings: nothing is revised or dropped, since what comes later is not there yet. Stop reading, and the engine
    stops. An engine that does not stream gives all claims at the end. Arguments and errors are those of `summarize`.

    >>> text = "The council approved the bridge on Monday. It will cost $4 million."
    >>> [claim.where for claim in stream(text)]
    ['headline', 'lede', 'points[0]']
    """
    return loop.iterate(astream(sources, engine=engine, points=points, focus=focus))


async def astream(
    sources: Sources, *, engine: Engine | None = None, points: int = 5, focus: str | None = None
) -> AsyncGenerator[Claim, None]:
    """Yield what `stream` gives, with `async for`; to stop early, close it (`contextlib.aclosing`)."""
    writer, _ = arguments.engine(engine)
    document = await asyncio.to_thread(arguments.document, sources)
    points, focus = arguments.points(points), None if focus is None else arguments.words(focus, "focus")
    if not isinstance(writer, Streams):
        with metered() as meter:
            try:
                draft = await handover.brief(writer, document, points, focus)
            except (EngineError, BudgetExceeded) as error:
                handover.charge(error, meter.usage)
                raise
        whole, _ = _bounded(draft, points)
        result = await asyncio.to_thread(verification.briefing, whole, document, engine=writer.fingerprint)
        for _, claim in result.claims():
            yield claim
        return
    async with aclosing(handover.stream(writer, document, points, focus)) as drafts:
        async for where, statement in drafts:
            if _within(where, points):
                yield await asyncio.to_thread(verification.statement, statement, where, document)


def verify(text: str, sources: Sources) -> Report:
    """Return what the checks say of a text that anybody wrote, sentence by sentence, against its sources.

    Markers in the text (`[1]`, `[1, 2]`) name the sources by position, or are those that a single source prints itself;
    each must be earned. Without markers the evidence is found first. `report.claims[n].span` is the claim's place in
    `text`; a finding's `claim_span` counts in the claim, its `evidence_span` in the source.

    Raises InputError when the text or an item of `sources` cannot be used.

    >>> report = verify("The council rejected the bridge.", "The council approved the bridge on Monday.")
    >>> report.ok, report.claims[0].findings[0].check, report.claims[0].findings[0].expected
    (False, 'polarity', 'approved')
    """
    document = arguments.document(sources)
    if not isinstance(text, str):
        raise InputError(f"the text to verify is of type {type(text).__name__}: give it as text.")
    if not any(map(str.isalnum, text)):
        raise InputError("the text to verify has no word in it: give the summary or answer to check.")
    return proof.text(Document.read(text), document)


def recheck(result: Briefing | Answer | Report, sources: Sources) -> Report:
    """Return which claims of an earlier result still hold against sources that were corrected, without any engine.

    A claim keeps its evidence where that still stands word for word; for the rest, evidence is looked for anew.

    Raises InputError when `result` is no result, or an item of `sources` cannot be used.

    >>> result = summarize("The council approved the bridge on Monday. It will cost $4 million.")
    >>> report = recheck(result, "The council approved the bridge on Monday. It will cost $6 million.")
    >>> [(claim.where, claim.verdict.value) for claim in report.claims]
    [('headline', 'supported'), ('lede', 'supported'), ('points[0]', 'unsupported')]
    """
    if not isinstance(result, Briefing | Answer | Report):
        raise InputError(
            f"the result to recheck is of type {type(result).__name__}: give a Briefing, an Answer or a Report, as "
            "summarize, ask and verify return them."
        )
    return proof.again(result, arguments.document(sources))


async def _read(sources: Sources) -> Document:
    """Return the document; reading takes a thread, so that it holds up no other work."""
    if isinstance(sources, Document):
        return arguments.document(sources)
    return await asyncio.to_thread(arguments.document, sources)


async def _counted(
    written: Callable[[Engine, list[str]], Awaitable[T]], writer: Engine, notes: list[str], fallback: Engine | None
) -> T:
    """Return what an engine wrote and what it used; where it fails and a fallback was asked for, what that wrote."""
    with metered() as meter, once.watched() as turns:
        try:
            try:
                result = await written(writer, notes)
            except EngineError as error:
                if isinstance(error, BadReply) and error.kind == "ungrounded":
                    await once.withdrawn(turns)
                if fallback is None:
                    raise
                told = f"The engine {writer.fingerprint} failed ({error}) The extractive engine wrote this instead."
                result = await written(fallback, [*notes, told])
        except (EngineError, UnsupportedClaims, BudgetExceeded) as error:
            handover.charge(error, meter.usage)
            raise
    return result.model_copy(update={"usage": meter.usage})


def _bounded(draft: Draft, points: int) -> tuple[Draft, list[str]]:
    """Return a draft with no more than was asked for, with notes of what was left out and of how it came about."""
    kept = draft.model_copy(
        update={"points": draft.points[:points], "quotes": draft.quotes[:_MOST], "analysis": draft.analysis[:_MOST]}
    )
    extra = sum(len(getattr(draft, part)) - len(getattr(kept, part)) for part in ("points", "quotes", "analysis"))
    notes = list(draft.notes) if isinstance(draft, NotedDraft) else []
    return kept, [*notes, f"The engine wrote {extra} more than was asked for; left out."] if extra else notes


def _within(where: str, points: int) -> bool:
    part, _, number = where.rstrip("]").partition("[")
    return int(number or -1) < (points if part == "points" else _MOST)


def _nearest(document: Document, question: str) -> list[Sentence]:
    relevance = index(tuple(s.text for s in document.body)).relevance(question)
    best = sorted(range(len(document.body)), key=lambda i: -relevance[i])[:NEAREST]
    return [document.body[i] for i in best]
