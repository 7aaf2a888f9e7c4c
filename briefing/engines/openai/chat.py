"""A chat model behind a server: a request goes out, its typed reply comes back, what it used is counted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from random import random
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ... import tokens
from ...draft import Draft
from ...errors import AuthFailed, BadReply, ConnectionFailed, ContextOverflow, EngineError, ModelNotFound, RateLimited
from ...replies import Part, Scanner, read
from ...usage import Usage, record
from ..model import Request, Wire
from .attempts import Run
from .client import Client, Endpoint, Rejected
from .failures import DONE, Completion, completion, delta, problem
from .server import known

if TYPE_CHECKING:
    from .engine import OpenAI

OPENAI = "//api.openai.com/"
#: Tokens of prompt and reply that are counted on: all current models of OpenAI have more; other servers may have less.
_CONTEXT, _CONTEXT_ELSEWHERE = 128_000, 8_192
#: Tokens kept for a reply without `max_tokens`, and the share of a small context that they are at most.
_REPLY, _REPLY_SHARE = 4_000, 4
_ROUND = 256
#: A reply of more characters is parsed in a thread: it may be built to take long.
_LONG = 50_000
#: Those who wait for the end of a pause come back within so many seconds of it.
_SPREAD = 0.25
_UNKNOWN = Usage(calls=1, input_tokens=None, output_tokens=None, cost=None)


class Chat:
    """The model of an `OpenAI` engine, as tasks see it."""

    def __init__(self, settings: OpenAI) -> None:
        self._settings = settings
        # an SDK client wants some key; a server without keys ignores it
        self._client = Client(Endpoint(settings.base_url, settings.api_key or "none"))
        self._server = known(settings.base_url, settings.model, settings.api_key)

    @property
    def context(self) -> int:
        """The tokens that the caller gave, or the server told, or that are taken for granted."""
        given = self._settings.context
        told = self._server.context
        if given is None and told is None:
            least = 2 * (self._settings.max_tokens or 0)
            return _CONTEXT if OPENAI in self._settings.base_url else max(_CONTEXT_ELSEWHERE, least)
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
        return tokens.count(text, self._settings.model)

    async def complete(self, request: Request[Wire]) -> Wire:
        """Return the typed reply to a request; raises EngineError and BudgetExceeded."""
        run = Run(self._server, self._settings.deadline)
        async with run.bounded():
            return await run.retried(lambda: self._attempt(run, request))

    async def _attempt(self, run: Run, request: Request[Wire]) -> Wire:
        body = await self._ready(run, request)
        reserved = await self._reserve(body)
        spent, text = _UNKNOWN, ""
        run.attempts += 1
        try:
            answer = await self._client.post(body)
            if isinstance(answer, Rejected):
                spent = self._rejected(run, answer, body)
                raise answer.error
            try:
                reply = completion(answer)
            except EngineError as error:
                run.adapted = self._server.adapt(error, problem(answer), body)
                raise
            spent, text = self._priced(reply.usage), reply.text
            self._cut(reply)
            reply.written()
            wire = (
                await asyncio.to_thread(read, text, request.reply) if len(text) > _LONG else read(text, request.reply)
            )
            self._server.rung = max(self._server.rung, run.rung)  # a schema that was taken, and not kept to
            return wire
        except ConnectionFailed as error:
            spent = _UNKNOWN if error.sent else Usage(calls=1)
            raise
        except BadReply as error:
            if text and error.kind in ("not_json", "schema"):
                run.rung += 1
            raise
        finally:
            self._settle(run, reserved, spent, text)

    async def _read(self, text: str, request: Request[Wire]) -> Wire:
        if len(text) > _LONG:
            return await asyncio.to_thread(read, text, request.reply)
        return read(text, request.reply)

    async def claims(self, request: Request[Draft]) -> AsyncGenerator[tuple[str, Part], None]:
        """Yield each claim of the reply as it is written; only what fails before its first piece is tried again."""
        run, scanner = Run(self._server, self._settings.deadline), Scanner(request.reply)
        try:
            async with run.bounded():
                piece, rest = await run.retried(lambda: self._begun(run, request))
            async with aclosing(rest):
                while piece is not None:
                    for claim in scanner.feed(piece):
                        yield claim
                    async with run.bounded():
                        piece = await anext(rest, None)
            scanner.close()
        except EngineError as error:
            run.told(error)
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
        reserved = await self._reserve(body)
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
                        spent = self._priced(part.usage)
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
            self._settle(run, reserved, spent, "".join(written))

    async def _ready(self, run: Run, request: Request[Any], **more: Any) -> dict[str, Any]:
        """Return the body to send, once the server wants to hear from us."""
        while pause := self._server.quiet():  # which may have grown meanwhile
            if pause >= run.left:
                run.pause = pause  # no attempt before it has passed: so this is the last
                raise RateLimited(
                    f"the server asked for a pause of {pause:.0f} s more, longer than the deadline: wait, or give a "
                    "longer one.",
                    pause,
                )
            await asyncio.sleep(pause + random() * min(_SPREAD, pause))  # noqa: S311 - so that not all come back at once
        run.pause = None
        settings = self._settings
        # other servers know only the older name, and some leave out in silence what they do not know
        name = "max_completion_tokens" if OPENAI in settings.base_url else "max_tokens"
        limit = {} if settings.max_tokens is None else {name: settings.max_tokens}
        return self._server.body(settings.model, request, {**limit, **settings.parameters, **more}, rung=run.rung)

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

    def _cut(self, reply: Completion) -> None:
        """Raise ContextOverflow for a reply that was cut where nobody asked for it: so the context ends there.

        Some servers refuse only a prompt that is too long by itself. A context has a round number of tokens; a reply
        that a server cuts by a limit of its own makes up another sum, but for one in 256. OpenAI's end elsewhere.
        """
        read, wrote = reply.usage.input_tokens, reply.usage.output_tokens
        if reply.finish != "length" or not read or not wrote or OPENAI in self._settings.base_url:
            return
        if read + wrote < self.context and (read + wrote) % _ROUND == 0 and wrote != self._settings.max_tokens:
            self._server.context = read + wrote
            raise ContextOverflow(
                f"the model's context of {read + wrote} tokens has no room for the reply: give context= what it has.",
                limit=read + wrote,
            )

    async def _reserve(self, body: dict[str, Any]) -> Usage:
        budget = self._settings.budget
        if budget is None:
            return Usage()
        prompt = await asyncio.to_thread(lambda: sum(self.count(message["content"]) for message in body["messages"]))
        expected = Usage(calls=1, input_tokens=prompt, output_tokens=self._settings.max_tokens or 0)
        return budget.reserve(expected.model_copy(update={"cost": self._cost(expected) or 0.0}))

    def _settle(self, run: Run, reserved: Usage, spent: Usage, text: str) -> None:
        run.usage += spent
        record(spent)
        if self._settings.budget is None:
            return
        if spent.output_tokens is None and text:  # what the server does not tell is estimated, for the budget alone
            told = {"input_tokens": reserved.input_tokens, "output_tokens": self.count(text)}
            spent = spent.model_copy(update={**told, "cost": self._cost(spent.model_copy(update=told))})
        self._settings.budget.settle(reserved, spent)

    def _priced(self, usage: Usage) -> Usage:
        return usage.model_copy(update={"calls": 1, "cost": self._cost(usage)})

    def _cost(self, usage: Usage) -> float | None:
        prices = self._settings.prices
        if prices is None or usage.input_tokens is None or usage.output_tokens is None:
            return None
        return (usage.input_tokens * prices[0] + usage.output_tokens * prices[1]) / 1_000_000
