"""Replies as the cache keeps them: under a key that says all that was asked, the server's own words as they came."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pydantic_core import from_json

from ...cachekey import key
from ...errors import EngineError
from ...replies import schema
from ..model import Request

if TYPE_CHECKING:
    from .engine import OpenAI

#: A key of so many characters is a secret; shorter ones, for servers that need none, may be any word of a reply.
_SECRET = 16


def key_of(settings: OpenAI, request: Request[Any], parameters: dict[str, Any]) -> str:
    """Return the key of a request: of the server, the model, its parameters, the schema, the prompt and all given.

    It says what is asked for. In which form a server takes it (which structured output, which names of parameters) is
    learnt anew by each process, and a reply is the same reply in each of them.
    """
    return key(
        server=settings.base_url,  # holds no credentials: such a one is refused
        model=settings.model,
        parameters=json.loads(json.dumps(parameters)),  # names as JSON has them: {5: 1} is sent as {"5": 1}
        schema=schema(request.reply),
        task=request.task,
        prompt=_sum(request.instructions),
        given=request.given,
    )


# The same few for every request: their sum stands for them.
@lru_cache(maxsize=64)
def _sum(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def about(settings: OpenAI, request: Request[Any]) -> dict[str, str]:
    """Return what is told of a reply beside it, for whoever looks into the cache."""
    return {"task": request.task, "model": settings.model, "server": urlsplit(settings.base_url).netloc}


def packed(settings: OpenAI, body: bytes) -> str:
    """Return the JSON text that holds an answer's body; bytes that are no UTF-8 make no reply, and are replaced.

    A page or an error with status 200 may echo the key, which is not kept.
    """
    text = body.decode("utf-8", "replace")
    if len(settings.api_key) >= _SECRET:
        text = text.replace(settings.api_key, "***")
    return json.dumps({"body": text}, ensure_ascii=False)


def whole(text: str) -> bytes:
    """Return the body of an answer that was streamed, as it would have come whole."""
    message = {"role": "assistant", "content": text}
    return json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}).encode()


def body(value: str) -> bytes:
    """Return the body of an answer out of the cache; nothing where something else lies there."""
    try:
        # not json.loads, which would take a thousand brackets on the stack
        found = from_json(value.encode("utf-8", "replace"))
    except ValueError:
        found = None
    told = found.get("body") if isinstance(found, dict) else None
    return told.encode("utf-8", "replace") if isinstance(told, str) else b""


def failure(error: EngineError) -> str:
    """Return the JSON text that tells of a request for which no reply came."""
    return json.dumps({"error": type(error).__name__, "message": str(error), "attempts": error.attempts})
