"""What an engine hands over, held to what an engine must: a draft of the right type, claims at places that there are.

An engine of the caller's own may return anything; ConfigError then names the method and what it must return.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TypeVar

from .document import Document
from .draft import Draft, DraftAnswer, DraftClaim, DraftQuote
from .engines import Engine, Streams
from .errors import BudgetExceeded, ConfigError, EngineError, UnsupportedClaims
from .loop import settled
from .usage import Meter, Usage, metered

T = TypeVar("T", Draft, DraftAnswer)
_PLACE = re.compile(r"headline|lede|(?:points|quotes|analysis)\[(?:0|[1-9][0-9]{0,8})\]")


async def brief(engine: Engine, document: Document, points: int, focus: str | None) -> Draft:
    """Return the draft briefing that an engine writes."""
    return _typed(await settled(engine.brief, document, points=points, focus=focus), Draft, "brief")


async def answer(engine: Engine, document: Document, question: str) -> DraftAnswer:
    """Return the draft answer that an engine writes."""
    return _typed(await settled(engine.answer, document, question), DraftAnswer, "answer")


async def stream(
    engine: Streams, document: Document, points: int, focus: str | None
) -> AsyncGenerator[tuple[str, DraftClaim | DraftQuote], None]:
    """Yield each claim that an engine streams, with its place; an error carries the usage of the whole stream."""
    drafts = engine.stream(document, points=points, focus=focus)
    if not inspect.isasyncgen(drafts):
        if inspect.iscoroutine(drafts):
            drafts.close()
        raise ConfigError(
            f"the engine's stream returned {_type(drafts)}: it must be an async generator (async def with yield)."
        )
    meters: list[Meter] = []
    async with aclosing(drafts):
        while True:
            with metered() as meter:  # round each step alone: what is set across a yield would leak to the caller
                meters.append(meter)
                try:
                    given = await anext(drafts)
                except StopAsyncIteration:
                    return
                except (EngineError, BudgetExceeded) as error:
                    charge(error, sum((each.usage for each in meters), Usage()))
                    raise
            yield _placed(given)


def charge(error: EngineError | BudgetExceeded | UnsupportedClaims, usage: Usage) -> None:
    """Let an error tell what the work that it ended had used, all attempts counted; a budget has told it already."""
    if error.usage is None or not isinstance(error, BudgetExceeded):
        error.usage = usage
    if isinstance(error, EngineError):
        error.attempts = max(error.attempts, usage.calls or 0)


def _typed(given: object, kind: type[T], method: str) -> T:
    if not isinstance(given, kind):
        raise ConfigError(f"the engine's {method} returned {_type(given)}: it must return a briefing.{kind.__name__}.")
    return given


def _placed(given: object) -> tuple[str, DraftClaim | DraftQuote]:
    where, draft = given if isinstance(given, tuple) and len(given) == 2 else (None, None)
    if not isinstance(where, str) or not isinstance(draft, DraftClaim | DraftQuote):
        raise ConfigError(
            f"the engine's stream yielded {_type(given)}: it must yield pairs of a place and a briefing.DraftClaim or "
            "briefing.DraftQuote."
        )
    if not _PLACE.fullmatch(where):
        raise ConfigError(
            f"the engine's stream yielded the place {where[:40]!r}, which there is not: give headline, lede, "
            "points[0], quotes[0] or analysis[0], counted from 0."
        )
    if where.startswith("quotes") is not isinstance(draft, DraftQuote):
        kind = "DraftQuote" if where.startswith("quotes") else "DraftClaim"
        raise ConfigError(f"the engine's stream yielded {_type(draft)} at {where}: it must be a briefing.{kind}.")
    return where, draft


def _type(given: object) -> str:
    return "None" if given is None else f"something of type {type(given).__name__}"
