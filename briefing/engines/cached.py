"""`briefing.Cached`: an engine whose replies are kept, so that what was paid for once is never paid for again."""

from __future__ import annotations

import json
import os
from collections.abc import Awaitable, Callable, Sequence, Set
from contextlib import suppress
from contextvars import ContextVar
from functools import partial
from typing import Any, TypeVar

from pydantic import InstanceOf, TypeAdapter, ValidationError
from pydantic_core import to_jsonable_python

from .. import once
from ..cache import Cache, SQLiteCache, opened
from ..cachekey import key
from ..document import Document
from ..draft import Draft, DraftAnswer, DraftClaim, DraftQuote, NotedDraft
from ..errors import ConfigError
from ..loop import settled
from ..once import Turn
from ..usage import Usage, record
from . import Engine, Fault, Keeps, Revises, Streams

T = TypeVar("T")
# What is being written now: in which cache, by its path where two may have one file, and under which key.
_under_way: ContextVar[Set[tuple[object, str]]] = ContextVar("_under_way", default=frozenset())
# `InstanceOf`: a dict of the right shape is read from the cache, and is nothing that an engine may return.
_BRIEF: TypeAdapter[Draft] = TypeAdapter(InstanceOf[NotedDraft] | InstanceOf[Draft])
_ANSWER: TypeAdapter[DraftAnswer] = TypeAdapter(InstanceOf[DraftAnswer])
_REVISED: TypeAdapter[Sequence[DraftClaim | DraftQuote | None]] = TypeAdapter(
    Sequence[InstanceOf[DraftClaim] | InstanceOf[DraftQuote] | None]
)


class Cached:
    """An engine that asks another one only for what does not lie in the cache.

    `cache` is the path of a SQLite file, or any object with `get` and `put` for JSON text; None is the file in the
    platform's cache folder. Of `briefing.OpenAI` each reply is kept as the server gave it, before anything is read of
    it. Of an engine of your own the drafts are kept (not what it streams), under its fingerprint, the task and the
    sources: the fingerprint must change when what it writes may. What was kept is checked again whenever it is served.

    Raises CacheError for a path that names no file, ConfigError for what is no cache, and for the class of an engine.

    >>> from briefing import Extractive
    >>> Cached(Extractive(), "replies.sqlite3").fingerprint == Extractive().fingerprint
    True
    """

    def __init__(self, engine: Engine, cache: Cache | str | os.PathLike[str] | None = None) -> None:
        if isinstance(engine, type):
            raise ConfigError(f"engine is the class {engine.__name__}: give an instance of it.")
        self.cache = opened(cache)
        self._keeps = isinstance(engine, Keeps)
        self.engine = engine.keeping(self.cache) if isinstance(engine, Keeps) else engine
        # an engine says what more it can do by having the method, so this one has those that the other has
        if isinstance(self.engine, Revises):
            self.revise = partial(self._revise, self.engine)
        if isinstance(self.engine, Streams):
            self.stream = self.engine.stream

    @property
    def fingerprint(self) -> str:
        """That of the engine: a reply is the same from the cache."""
        return self.engine.fingerprint

    async def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        """Return a draft briefing of the document, asked for or from the cache."""
        write = partial(self.engine.brief, document, points=points, focus=focus)
        return await self._kept(_BRIEF, write, task="brief", document=document.sha256, points=points, focus=focus)

    async def answer(self, document: Document, question: str) -> DraftAnswer:
        """Return a draft answer to the question, asked for or from the cache."""
        write = partial(self.engine.answer, document, question)
        return await self._kept(_ANSWER, write, task="answer", document=document.sha256, question=question)

    async def _revise(
        self, engine: Revises, document: Document, faults: Sequence[Fault]
    ) -> Sequence[DraftClaim | DraftQuote | None]:
        told = [[fault.where, fault.claim.model_dump(), [f.message for f in fault.findings]] for fault in faults]
        write = partial(engine.revise, document, faults)
        return await self._kept(_REVISED, write, task="revise", document=document.sha256, faults=told)

    async def _kept(self, kind: TypeAdapter[T], write: Callable[[], T | Awaitable[T]], **asked: Any) -> T:
        """Return what was written for this before, else what is written now."""
        if self._keeps:  # each reply by itself: that is finer than the whole
            return await settled(write)
        name, about = key(engine=self.fingerprint, **asked), {"task": asked["task"], "engine": self.fingerprint}
        place = self.cache.path if isinstance(self.cache, SQLiteCache) else id(self.cache), name
        if place in _under_way.get():  # an engine with one like this within would wait for itself
            return await settled(write)
        under_way = _under_way.set({*_under_way.get(), place})
        try:
            async with once.turn(self.cache, name, about=about) as turn:
                return await _written(kind, write, turn)
        finally:
            _under_way.reset(under_way)


async def _written(kind: TypeAdapter[T], write: Callable[[], T | Awaitable[T]], turn: Turn) -> T:
    while True:
        await turn.claim()
        if turn.found is None:
            break
        try:
            found = kind.validate_json(turn.found)
        except ValidationError:
            await turn.disown(turn.found)
        else:
            record(Usage(cached=1))
            return found
    written = await settled(write)
    with suppress(ValueError):  # what an engine must not return: whoever asked for it says so
        kind.validate_python(written)
        value = json.dumps(to_jsonable_python(written))
        kind.validate_json(value)
        await turn.keep(value)
    return written
