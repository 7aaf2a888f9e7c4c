"""What has been learnt of a server and model: which structured output it takes, which parameters, how much context."""

from __future__ import annotations

import json
import logging
import re
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ...errors import ContextOverflow, EngineError, ProviderFailed
from ...replies import schema
from ..model import Request
from .failures import Completion, Problem

_log = logging.getLogger("briefing")
OPENAI = "//api.openai.com/"
#: The ladder of structured output, from what binds a model to what only asks it.
RUNGS = ("json_schema", "json_object", "text")
#: Without these there is no request.
_NEEDED = frozenset({"model", "messages", "stream", "response_format"})
#: Newer models want the second name, many servers know only the first.
_TOKEN_LIMITS = {"max_completion_tokens": "max_tokens", "max_tokens": "max_completion_tokens"}
#: What servers say of a parameter that they do not take at all.
_UNSUPPORTED = re.compile(
    r"unsupported|support|unknown|unrecogni[sz]ed|unexpected|extra|permitted|allowed|accepted|deprecat", re.I
)
#: No model that can brief has a smaller context.
LEAST = 1024
_ROUND = 256
#: A server that asks for a longer pause than this is not waited for.
MAX_PAUSE = 120.0


@dataclass
class Server:
    """One base URL and model, shared by all engines that use them."""

    is_openai: bool = False
    rung: int = 0
    context: int | None = None
    dropped: set[str] = field(default_factory=set)
    renamed: dict[str, str] = field(default_factory=dict)
    quiet_until: float = 0.0  # one 429 slows all that use this server

    def body(self, model: str, request: Request[Any], parameters: dict[str, Any], *, rung: int) -> dict[str, Any]:
        """Return the JSON body of a request, in the form that this server is known to take, or on a lower rung."""
        rung = min(max(rung, self.rung), len(RUNGS) - 1)
        instructions = request.instructions
        sent = {self.renamed.get(name, name): value for name, value in parameters.items() if name not in self.dropped}
        if RUNGS[rung] == "json_schema":
            sent["response_format"] = _format(request.reply)  # type: ignore[arg-type]  # types can be hashed
        else:
            wanted = json.dumps(schema(request.reply), ensure_ascii=False, separators=(",", ":"))
            instructions = (
                f"{instructions}\nReply with one JSON object and nothing else, by this JSON schema:\n\n{wanted}\n"
            )
            if RUNGS[rung] == "json_object":
                sent["response_format"] = {"type": "json_object"}
        messages = [{"role": "system", "content": instructions}, {"role": "user", "content": request.given}]
        return {"model": model, "messages": messages, **sent}

    def adapt(self, error: EngineError, seen: Problem, sent: dict[str, Any]) -> bool:
        """Learn from a refusal what to send instead; return whether there is something else to send."""
        if isinstance(error, ContextOverflow):
            if error.limit and error.limit >= LEAST:  # a smaller one is no context, but some other number
                self.context = min(error.limit, self.context or error.limit)
            return False
        if not isinstance(error, ProviderFailed):
            return False
        if error.status in (400, 422, 500, 501) and seen.about_format and "response_format" in sent:
            self.rung = max(self.rung, RUNGS.index(sent["response_format"]["type"]) + 1)
            return True
        if error.status not in (400, 422) or not _UNSUPPORTED.search(f"{error.code} {seen.message}"):
            return False  # a value that is wrong is the caller's to put right
        named = next((name for name in sent if name not in _NEEDED and _names(seen, name)), None)
        if named is None:
            return False
        _log.warning("the server does not take %s: it is left out or renamed from now on", named)
        other = _TOKEN_LIMITS.get(named)
        if other is None:
            self.dropped.add(named)
        elif named in self.renamed.values():
            return False  # a limit on tokens is never dropped: it bounds what is paid
        else:
            self.renamed[named] = other
        return True

    def cut(self, reply: Completion, context: int, asked: int | None) -> None:
        """Raise ContextOverflow for a reply that was cut where nobody asked for it: so the context ends there.

        Some servers refuse only a prompt that is too long by itself. A context has a round number of tokens; a reply
        that a server cuts by a limit of its own makes up another sum, but for one in 256. OpenAI's end elsewhere.
        """
        read, wrote = reply.usage.input_tokens, reply.usage.output_tokens
        if reply.finish != "length" or not read or not wrote or self.is_openai:
            return
        if read + wrote < context and (read + wrote) % _ROUND == 0 and wrote != asked:
            self.context = read + wrote
            raise ContextOverflow(
                f"the model's context of {read + wrote} tokens has no room for the reply: give context= what it has.",
                limit=read + wrote,
            )

    def pause(self, seconds: float) -> None:
        """Keep every request to this server waiting for so long."""
        self.quiet_until = max(self.quiet_until, time.monotonic() + min(seconds, MAX_PAUSE))

    def quiet(self) -> float:
        """Return for how many seconds the server wants no request."""
        return max(0.0, self.quiet_until - time.monotonic())


def _names(seen: Problem, name: str) -> bool:
    return seen.param == name or (not seen.param and bool(re.search(rf"\b{re.escape(name)}\b", seen.message)))


@cache
def _format(reply: Any) -> dict[str, Any]:
    named = {"name": reply.__name__, "strict": True, "schema": schema(reply)}
    return {"type": "json_schema", "json_schema": named}


_servers: dict[tuple[str, str, str], Server] = {}


def known(base_url: str, model: str, key: str) -> Server:
    """Return what is known of a server and model for those who use this key, in this process."""
    return _servers.setdefault((base_url, model, key), Server(is_openai=OPENAI in base_url))
