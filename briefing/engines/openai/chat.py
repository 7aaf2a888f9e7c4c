"""A chat model behind a server: a request goes out, its typed reply comes back, what it used is counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing
from random import random
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from ... import once, pace
from ...cache import Cache
from ...draft import Draft
from ...errors import (
    AuthFailed,
    BadReply,
    ConnectionFailed,
    DeadlineExceeded,
    EngineError,
    ModelNotFound,
    RateLimited,
)
from ...once import Turn
from ...pace import Slot
from ...replies import Part, Scanner, read
from ...usage import Usage, record, stopped
from .. import candidates
from ..model import Request, Wire
from . import kept
from .account import Account, Reserved
from .attempts import Run
from .client import Client, Endpoint, Rejected
from .failures import DONE, Completion, completion, delta, problem
from .server import known

if TYPE_CHECKING:
    from .engine import OpenAI

#: Tokens of prompt and reply that are counted on: all current models of OpenAI have more; other servers may have less.
_CONTEXT, _CONTEXT_ELSEWHERE = 128_000, 8_192
#: Tokens kept for a reply without `max_tokens`, and the share of a small context that they are at most.
_REPLY, _REPLY_SHARE = 4_000, 4
#: A reply of more characters is parsed in a thread: it may be built to take long.
_LONG = 50_000
#: Those who wait for the end of a pause come back within so many seconds of it.
_SPREAD = 0.25
_UNKNOWN = Usage(calls=1, input_tokens=None, output_tokens=None, cost=None)


class Chat:
    """The model of an `OpenAI` engine, as tasks see it."""

    def __init__(self, settings: OpenAI, cache: Cache | None = None) -> None:
        self._settings, self._cache = settings, cache
        # an SDK client wants some key; a server without keys ignores it
        self._client = Client(Endpoint(settings.base_url, settings.api_key or "none"))
        self._account = Account(settings)
        self._server = known(settings.base_url, settings.model, settings.api_key)

    @property
    def context(self) -> int:
        """The tokens that the caller gave, or the server told, or that are taken for granted."""
        given = self._settings.context
        told = self._server.context
        if given is None and told is None:
            least = 2 * (self._settings.max_tokens or 0)
            return _CONTEXT if self._server.is_openai else max(_CONTEXT_ELSEWHERE, least)
        return min(n for n in (given, told) if n is not None)

    @property
    def reply_tokens(self) -> int:
        """The tokens that are kept free for the reply."""
        return self._settings.max_tokens or min(_REPLY, self.context // _REPLY_SHARE)

    @property
    def language(self) -> str | None:
        """The language to write in."""
        return self._settings.language

    def count(self, text: str) -> int:
        """Return how many tokens a text has, or an estimate that is not too low."""
        return self._account.count(text)

    async def complete(self, request: Request[Wire]) -> Wire:
        """Return the typed reply to a request; raises EngineError and BudgetExceeded."""
        run = Run(self._server, self._settings.deadline, patient=pace.current() is not None)
        async with self._turn(request) as turn:
            try:
                async with run.bounded():
                    return await run.retried(lambda: self._attempt(run, request, turn))
            except EngineError as error:
                if error.attempts:
                    await turn.disown(kept.failure(error))
                raise

    def _turn(self, request: Request[Any]) -> AbstractAsyncContextManager[Turn]:
        if self._cache is None:
            return once.turn(None, "")
        name = kept.key_of(self._settings, request, self._parameters())
        return once.turn(self._cache, name, about=kept.about(self._settings, request))

    async def _found(self, turn: Turn, request: Request[Wire], ask: Callable[[], Awaitable[None]]) -> Wire | None:
        """Return the typed reply that lies in the cache, when it is asked so; None where there is none."""
        while True:
            await ask()
            if turn.found is None:
                return None
            try:
                wire = await _wire(completion(kept.body(turn.found)), request)
            except EngineError:  # kept by a run that ended before it could look into it
                await turn.disown(turn.found)
            else:
                record(Usage(cached=1))
                return wire

    async def _attempt(self, run: Run, request: Request[Wire], turn: Turn) -> Wire:
        going = pace.current()
        while True:
            # in a batch the claim comes after the place: so that nobody elsewhere waits for our queue
            if (found := await self._found(turn, request, turn.look if going else turn.claim)) is not None:
                return found
            body = await self._ready(run, request)
            expected = await self._account.expected(body, counted=going is not None and going.counts_tokens)
            if going is None:
                return await self._sent(run, request, turn, body, self._account.reserve(expected))
            async with AsyncExitStack() as stack:
                with run.waiting():
                    slot = await stack.enter_async_context(going.call(expected.input_tokens or 0))
                found = await self._found(turn, request, turn.try_claim)
                # the server may have asked another call for a pause meanwhile
                free = found is None and not turn.is_others and not self._server.quiet()
                if free and (reserved := self._account.try_reserve(expected)):
                    return await self._sent(run, request, turn, body, reserved, slot)
                slot.unused()
            if found is not None:
                return found
            if not self._server.quiet():  # another pays, or what it set aside may not all be used
                with run.waiting():  # without a place, which that one may need
                    await turn.wait()

    async def _sent(
        self,
        run: Run,
        request: Request[Wire],
        turn: Turn,
        body: dict[str, Any],
        reserved: Reserved,
        slot: Slot | None = None,
    ) -> Wire:
        spent, text, error = _UNKNOWN, "", cast(EngineError | None, None)
        run.attempts += 1
        try:
            answer = await self._client.post(body)
            if isinstance(answer, Rejected):
                spent = self._rejected(run, answer, body)
                raise answer.error
            with run.waiting():  # before anything is read of it: it has been paid for
                await turn.keep(kept.packed(self._settings, answer))
            async with turn.looking():
                reply = self._opened(run, answer, body)
                spent, text = self._account.priced(reply.usage), reply.text
                self._server.cut(reply, self.context, self._settings.max_tokens)
                wire = await _wire(reply, request)
            self._server.rung = max(self._server.rung, run.rung)  # a schema that was taken, and not kept to
            return wire
        except EngineError as failed:
            error = failed
            if isinstance(error, ConnectionFailed):
                spent = _UNKNOWN if error.sent else Usage(calls=1)
            run.rung += bool(text) and isinstance(error, BadReply) and error.kind in ("not_json", "schema")
            raise
        except asyncio.CancelledError:  # by the deadline, most often
            error = DeadlineExceeded("the call was broken off.")
            raise
        finally:
            if error and error.fatal:
                stopped(error)  # at once: those that wait for this place would make the same call
            run.usage += spent
            reserved.settle(spent, text)
            if slot:
                slot.told(error, spent)

    def _opened(self, run: Run, answer: bytes, body: dict[str, Any]) -> Completion:
        try:
            return completion(answer)
        except EngineError as error:
            run.adapted = self._server.adapt(error, problem(answer), body)
            raise

    async def claims(self, request: Request[Draft]) -> AsyncGenerator[tuple[str, Part], None]:
        """Yield each claim of the reply as it is written; only what fails before its first piece is tried again."""
        run = Run(self._server, self._settings.deadline)
        async with self._turn(request) as turn:
            async with run.bounded():
                whole = await self._found(turn, request, turn.claim)
            if whole is not None:
                for each in candidates.places(whole):
                    yield each
                return
            turn.let_lapse()  # a reader may leave a stream open for ever, and nobody is to wait for that
            async with aclosing(self._written(run, request, turn)) as claims:
                async for each in claims:
                    yield each

    async def _written(self, run: Run, request: Request[Draft], turn: Turn) -> AsyncGenerator[tuple[str, Part], None]:
        scanner = Scanner(request.reply)
        try:
            async with run.bounded():
                piece, rest = await run.retried(lambda: self._begun(run, request))
            async with aclosing(rest):
                while piece is not None:
                    for claim in scanner.feed(piece):
                        yield claim
                    async with run.bounded():
                        piece = await anext(rest, None)
            await turn.keep(kept.packed(self._settings, kept.whole(scanner.text)))
            async with turn.looking():
                scanner.close()
        except EngineError as error:
            await turn.disown(kept.failure(run.told(error)))
            raise

    async def _begun(self, run: Run, request: Request[Any]) -> tuple[str | None, AsyncGenerator[str, None]]:
        rest = self._streamed(run, request)
        try:
            return await anext(rest, None), rest
        except BaseException:
            await rest.aclose()
            raise

    async def _streamed(self, run: Run, request: Request[Any]) -> AsyncGenerator[str, None]:
        body = await self._ready(run, request, stream_options={"include_usage": True})
        reserved = self._account.reserve(await self._account.expected(body, counted=False))
        spent = _UNKNOWN
        run.attempts += 1
        ended, written = None, []
        try:
            async with aclosing(self._client.stream(body)) as events:
                async for event in events:
                    if isinstance(event, Rejected):
                        spent = self._rejected(run, event, body)
                        raise event.error
                    if event.data.strip() == DONE:
                        break  # whatever the connection does then
                    part = (completion if event.whole else delta)(event.data)
                    if part.usage.input_tokens is not None:
                        spent = self._account.priced(part.usage)
                    if part.finish or part.refused:
                        ended = part._replace(refused=part.refused or (ended is not None and ended.refused))
                    if part.text:
                        written.append(part.text)
                        yield part.text
            (ended or Completion("", "", False, Usage()))._replace(text="".join(written)).written()
        except ConnectionFailed as error:
            spent = _UNKNOWN if error.sent else Usage(calls=1)
            raise
        finally:
            run.usage += spent
            reserved.settle(spent, "".join(written))

    async def _ready(self, run: Run, request: Request[Any], **more: Any) -> dict[str, Any]:
        """Return the body to send, once the server wants to hear from us."""
        while pause := self._server.quiet():  # which may have grown meanwhile
            if pause >= run.left and not run.patient:
                run.pause = pause  # no attempt before it has passed: so this is the last
                raise RateLimited(
                    f"the server asked for a pause of {pause:.0f} s more, longer than the deadline: wait, or give a "
                    "longer one.",
                    pause,
                )
            await run.paused(pause + random() * min(_SPREAD, pause))  # noqa: S311 - so that not all come back at once
        run.pause = None
        return self._server.body(self._settings.model, request, {**self._parameters(), **more}, rung=run.rung)

    def _parameters(self) -> dict[str, Any]:
        settings = self._settings
        # other servers know only the older name, and some leave out in silence what they do not know
        name = "max_completion_tokens" if self._server.is_openai else "max_tokens"
        limit = {} if settings.max_tokens is None else {name: settings.max_tokens}
        return {**limit, **settings.parameters}

    def _rejected(self, run: Run, answer: Rejected, body: dict[str, Any]) -> Usage:
        """Return what a rejected request used: nothing, unless the server failed while at it."""
        run.pause = answer.pause
        run.adapted = self._server.adapt(answer.error, answer.problem, body)
        host = urlsplit(self._settings.base_url).netloc
        if isinstance(answer.error, ModelNotFound):
            told = f"{host} has no model {self._settings.model!r}, or nothing at this address (HTTP 404)"
            answer.error.args = (f"{told}: check model and base_url.",)
        elif isinstance(answer.error, AuthFailed) and not self._settings.api_key:
            answer.error.args = (f"{host} wants a key, and none was given: set OPENAI_API_KEY, or give api_key.",)
        return _UNKNOWN if getattr(answer.error, "status", 0) >= 500 else Usage(calls=1)


async def _wire(reply: Completion, request: Request[Wire]) -> Wire:
    """Return the typed reply; raises EngineError for one that was cut, refused or is something else."""
    text = reply.written()
    return await asyncio.to_thread(read, text, request.reply) if len(text) > _LONG else read(text, request.reply)
