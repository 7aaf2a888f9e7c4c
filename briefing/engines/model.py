"""What a language model is to the tasks that it is given: a request goes in, a typed reply comes out."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import BaseModel

from ..draft import Draft, DraftClaim, DraftQuote

Wire = TypeVar("Wire", bound=BaseModel)


@dataclass(frozen=True)
class Request(Generic[Wire]):
    """One task for a model.

    `instructions` is the prompt that the library ships, `given` the JSON object with the sentences and all else that
    comes from outside, `reply` the wire model that the answer must fit.
    """

    task: str
    instructions: str
    given: str
    reply: type[Wire]


class Model(Protocol):
    """A language model behind an engine: bounded in time and money, its replies parsed and typed, not believed."""

    @property
    def context(self) -> int:
        """How many tokens a prompt and its reply may have together, as far as is known now."""
        ...

    @property
    def reply_tokens(self) -> int:
        """How many of them are kept free for the reply."""
        ...

    @property
    def language(self) -> str | None:
        """The language to write in, None for that of the sources."""
        ...

    def count(self, text: str) -> int:
        """Return how many tokens a text has for this model, or an estimate that is not too low."""
        ...

    async def complete(self, request: Request[Wire]) -> Wire:
        """Return the reply to a request; raises EngineError, ContextOverflow when the prompt was too long."""
        ...

    def claims(self, request: Request[Draft]) -> AsyncGenerator[tuple[str, DraftClaim | DraftQuote], None]:
        """Yield each claim of the reply as soon as it is written whole, with its place; raises what `complete` does."""
        ...
