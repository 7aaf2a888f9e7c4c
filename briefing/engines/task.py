"""One task of a model: what is sent of it, how much room it has, and what is done when that was less than thought."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeVar

from pydantic import BaseModel

from .. import prompts
from ..errors import ConfigError, ContextOverflow, EngineError
from ..replies import schema
from . import slices
from .model import Model, Request, Wire
from .slices import Limit, Row

T = TypeVar("T")

#: So many calls of one task are in flight at a time.
AT_ONCE = 8
#: So many times a task is cut smaller because the server found its prompt too long.
CUTS = 2
#: Tokens that are left free: for the frame that a server puts round the messages, and a share of the context for what
#: texts may gain where they are joined.
_FRAME, _MARGIN = 64, 0.01
#: With less room than this not even one sentence can be told from its beginning.
_LEAST = 64


@lru_cache(maxsize=64)
def _instructed(count: Callable[[str], int], name: str, reply: type[BaseModel]) -> int:
    """Return how many tokens the instructions have, with the schema that may have to be told with them."""
    return count(prompts.load(name).text) + count(slices.written(schema(reply)))


@dataclass(frozen=True)
class Task(Generic[Wire]):
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


async def fitted(model: Model, written: Callable[[Limit], Awaitable[T]]) -> T:
    """Return what is written within the model's context, which turns out smaller than thought twice at most."""
    limit = Limit(model.context)
    for _ in range(CUTS):
        try:
            return await written(limit)
        except ContextOverflow as error:
            limit = limit.lower(model, error)
    return await written(limit)


async def parallel(calls: Sequence[Callable[[], Awaitable[None]]]) -> None:
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
