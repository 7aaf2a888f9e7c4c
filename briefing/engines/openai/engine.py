"""`briefing.OpenAI`: briefings and answers by a model of OpenAI, or of any server that speaks its protocol."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ... import prompts
from ...cache import Cache
from ...document import Document
from ...draft import Draft, DraftAnswer, DraftClaim, DraftQuote
from ...errors import ConfigError
from ...usage import Budget
from .. import Fault, writing
from .settings import OPENAI, check

if TYPE_CHECKING:
    from .chat import Chat

#: OpenAI's small general model: for focused, high-volume work, by their list of models of November 2026.
MODEL = "gpt-6-luna"
_PROMPTS = ("summarize", "ask", "revise", "reduce")


def configured() -> bool:
    """Return whether the environment names a key or a server, so that a model can write."""
    return any(os.environ.get(name, "").strip() for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"))


@dataclass(frozen=True)
class OpenAI:
    """An engine that has a language model write, through structured output; what it writes is checked like all else.

    What is not given is taken from `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `BRIEFING_MODEL`. A local server usually
    needs no key. `deadline` is the seconds that one request may take, all attempts and waits included; `max_tokens`
    bounds each reply; `context` is how many tokens the model takes, prompt and reply together (128,000 at OpenAI,
    8,192 elsewhere, or what the server says when a prompt is too long): longer documents are read in slices.
    `language` is the language to write in, as in "French". `parameters` go into each request as they are
    (`{"temperature": 0}`); none is sent unasked. `budget` bounds what the engine may use over its life; `prices` are
    those of a million tokens read and written, for `usage.cost`; else it is in US dollars, by the list that
    `pip install 'briefing[prices]'` brings, where that knows the model at this server.

    Raises ConfigError for a missing or impossible key, address or number; its methods raise EngineError and
    BudgetExceeded. Pickled, it leaves its key behind, and takes `OPENAI_API_KEY` where it is unpickled.

    >>> OpenAI("llama3.2", base_url="http://localhost:11434/v1").fingerprint.partition(";")[0]
    'openai:llama3.2@localhost:11434'
    """

    model: str = ""
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    deadline: float = 120.0
    max_tokens: int | None = None
    context: int | None = None
    language: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict, hash=False)
    budget: Budget | None = field(default=None, compare=False)
    prices: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        for name, variable, default in (
            ("model", "BRIEFING_MODEL", MODEL),
            ("base_url", "OPENAI_BASE_URL", OPENAI),
            ("api_key", "OPENAI_API_KEY", ""),
        ):
            given = getattr(self, name)
            if given is not None and not isinstance(given, str):
                raise ConfigError(f"{name} is of type {type(given).__name__}: give it as text.")
            value = (given or os.environ.get(variable, "")).strip() or default
            object.__setattr__(self, name, value.rstrip("/") if name == "base_url" else value)
        if self.prices is not None and isinstance(self.prices, list):
            object.__setattr__(self, "prices", tuple(self.prices))
        check(self)

    def __copy__(self) -> OpenAI:
        return self

    def __deepcopy__(self, memo: object) -> OpenAI:
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name not in ("api_key", "_chat")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        # without a key here either, the first request says so: an error now would only kill a worker process
        self.__dict__.update(state, api_key=os.environ.get("OPENAI_API_KEY", "").strip())

    @cached_property
    def fingerprint(self) -> str:
        """The model, the server, and the version of the prompts."""
        told = hashlib.sha256("".join(prompts.load(name).sha256 for name in _PROMPTS).encode()).hexdigest()
        return f"openai:{self.model}@{urlsplit(self.base_url).netloc};prompts={told[:8]}"

    @cached_property
    def _chat(self) -> Chat:
        check(self)  # once more: unpickled, it may have no key
        from .chat import Chat  # it imports the SDK, which takes a second

        return Chat(self, self.__dict__.get("_cache"))

    def keeping(self, cache: Cache) -> OpenAI:
        """Return an engine like this one that keeps each reply in a cache as it comes, and takes it from there."""
        kept = replace(self)
        kept.__dict__["_cache"] = cache
        return kept

    async def _ready(self) -> Chat:
        if "_chat" not in self.__dict__:
            await asyncio.to_thread(getattr, self, "_chat")  # the import would hold up the loop
        return self._chat

    async def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        """Return a draft briefing of the document."""
        return await writing.brief(await self._ready(), document, points=points, focus=focus)

    async def answer(self, document: Document, question: str) -> DraftAnswer:
        """Return a draft answer to the question."""
        return await writing.answer(await self._ready(), document, question)

    async def revise(self, document: Document, faults: Sequence[Fault]) -> list[DraftClaim | DraftQuote | None]:
        """Return the claims put right, None for one that is withdrawn."""
        return await writing.revise(await self._ready(), document, faults)

    async def stream(
        self, document: Document, *, points: int, focus: str | None
    ) -> AsyncGenerator[tuple[str, DraftClaim | DraftQuote], None]:
        """Yield each claim of a draft briefing as soon as it is written whole."""
        async with aclosing(writing.stream(await self._ready(), document, points=points, focus=focus)) as claims:
            async for claim in claims:
                yield claim
