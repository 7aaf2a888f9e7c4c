"""What a server's answer means: the text of the reply, or which of our errors it is.

Nothing of a body goes into a message but codes that look like codes: a body may echo the key or the article.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from ...errors import (
    AuthFailed,
    BadReply,
    ContentFiltered,
    ContextOverflow,
    EngineError,
    ModelNotFound,
    ProviderFailed,
    QuotaExceeded,
    RateLimited,
    Refused,
    Truncated,
)
from ...usage import Usage

#: More than this of a reply, decompressed, is not read: 8 MB.
MAX_REPLY = 8_000_000
#: What surely is a code and no key, which a body may echo anywhere: those have digits and hyphens.
_CODE = re.compile(r"[A-Za-z][A-Za-z_.]{0,63}")
_CONTEXT_CODES = frozenset({"context_length_exceeded", "exceed_context_size_error"})
_CONTEXT_WORDS = re.compile(r"context (?:length|size|window)|maximum context|too many tokens", re.I)
#: "maximum context length is 8192 tokens", as OpenAI, vLLM and others say it.
_CONTEXT_LIMIT = re.compile(r"(?:context length|context size|context window)[^0-9]{0,40}([0-9]{3,8})", re.I)
_FORMAT_WORDS = re.compile(r"response_format|json_schema|json_object|structured outputs?\b|pars\w+ grammar", re.I)
#: What ends a stream.
DONE = b"[DONE]"
_QUOTA_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"})


class Problem(NamedTuple):
    """What an error body says: its code or type, the parameter it names, and its message, which is never printed."""

    code: str = ""
    param: str = ""
    message: str = ""
    limit: int | None = None

    @property
    def about_format(self) -> bool:
        """Whether it is about the structured output that was asked for."""
        return self.param.startswith("response_format") or bool(_FORMAT_WORDS.search(self.message))

    @property
    def about_context(self) -> bool:
        """Whether the prompt was too long."""
        return self.code in _CONTEXT_CODES or bool(_CONTEXT_WORDS.search(self.message))


def problem(body: bytes) -> Problem:
    """Return what an error body says, as far as it says it in OpenAI's form."""
    try:
        data = from_json(body[:MAX_REPLY])
    except ValueError:
        return Problem(message=body[:2000].decode("utf-8", "replace"))
    return _problem(data)


def _problem(data: object) -> Problem:
    inner = data.get("error", data) if isinstance(data, dict) else None
    if isinstance(inner, str):
        return Problem(message=inner[:2000])
    if not isinstance(inner, dict):
        return Problem()
    message = str(inner.get("message") or inner.get("detail") or "")[:2000]
    names = [str(inner.get(key)) for key in ("code", "type") if _CODE.fullmatch(str(inner.get(key)))]
    param = str(inner.get("param") or "")
    said = _CONTEXT_LIMIT.search(message)
    limit = inner.get("n_ctx", int(said[1]) if said else None)
    return Problem(
        code=next((n for n in names if n != "None"), ""),
        param=param if _CODE.fullmatch(param) else "",
        message=message,
        limit=limit if isinstance(limit, int) and limit > 0 else None,
    )


def failure(status: int, headers: Mapping[str, str], body: bytes) -> EngineError:
    """Return the error that an HTTP status other than success stands for."""
    seen = problem(body)
    said = f"HTTP {status}" + (f", {seen.code}" if seen.code else "")
    if status in (401, 403):
        refused = AuthFailed(f"the server does not accept the key ({said}): check the key and what it may use.")
        refused.doubtful = status == 403 and not seen.code  # or a firewall in between does not like one text
        return refused
    if status == 402 or (status == 429 and seen.code in _QUOTA_CODES):
        return QuotaExceeded(f"the account has no quota left ({said}): add credit or raise its limit.")
    if status == 429:
        pause = retry_after(headers)
        told = "" if pause is None else f", and to wait {pause:.0f} s"
        limited = RateLimited(f"the server asks for fewer requests{told} ({said}): wait, or make fewer at once.", pause)
        return _as_asked(limited, headers)
    if seen.code == "content_filter":
        return ContentFiltered(f"the provider's filter stopped the request ({said}): this text cannot be sent there.")
    if status == 404:
        text = f"the server has no such model, or nothing at this address ({said}): check model and base_url."
        missing = ModelNotFound(text, status, seen.code)
        missing.doubtful = not seen.code
        return missing
    if (status in (400, 413, 422) and seen.about_context) or (status == 500 and seen.code in _CONTEXT_CODES):
        text = f"the prompt is longer than the model's context ({said}): give context= the size that the server has."
        return ContextOverflow(text, status, seen.code, seen.limit)
    return _as_asked(ProviderFailed(_advice(status, said, seen), status, seen.code), headers)


def _as_asked(error: EngineError, headers: Mapping[str, str]) -> EngineError:
    """Return an error that is retryable if the server says so: it knows best."""
    asked = headers.get("x-should-retry", "").strip().lower()
    if asked in ("true", "false"):
        error.retryable = asked == "true"
    return error


def _advice(status: int, said: str, seen: Problem) -> str:
    if 300 <= status < 400:
        return f"the server answers with a redirect ({said}), which is not followed: set base_url to where it leads."
    if status >= 500 or status in (408, 409):
        return f"the server failed ({said}): try again later."
    if status == 413:
        return f"the prompt is more than the server takes ({said}): give a smaller context=, or a shorter text."
    named = f"; it names {seen.param}" if seen.param else ""
    return f"the server does not take the request ({said}{named}): check the model and the parameters given."


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait, from any of the three forms; None when it says nothing usable.

    `retry-after-ms` in milliseconds goes before `retry-after` in seconds or as an HTTP date (RFC 9110, 10.2.3); a date
    that has passed is 0.
    """
    for name, unit in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        value = headers.get(name, "").strip()
        try:
            seconds = float(value) / unit
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds >= 0:
            return seconds
        return None
    try:
        when = parsedate_to_datetime(headers.get("retry-after", ""))
    except (TypeError, ValueError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


class Completion(NamedTuple):
    """What a reply holds: the text that the model wrote, why it ended, and what it used (calls not counted)."""

    text: str
    finish: str
    refused: bool
    usage: Usage

    def written(self) -> str:
        """Return the text; raises what ended it where it did not end by itself."""
        if self.refused:
            raise Refused("the model declined to write about this: try another model, or the extractive engine.")
        if self.finish == "content_filter":
            raise ContentFiltered("the provider's filter stopped the reply: try another model, or the extractive one.")
        if self.finish == "length":
            raise Truncated(
                "the reply ended at its token limit before it was complete: raise max_tokens, or ask for fewer points.",
                self.text,
            )
        if not self.text.strip():
            raise BadReply("the reply is empty: try again, or try another model.", "empty")
        return self.text


def completion(body: bytes) -> Completion:
    """Return what the body of a successful answer holds; raises BadReply, or what an error object in it stands for."""
    return unpack(_decoded(body))


def _decoded(body: bytes) -> object:
    start = body[:100].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise BadReply("the server's answer is empty: try again, or check base_url.", "empty")
    if start.startswith(b"<"):
        raise BadReply("the server answered with a web page: check base_url, which often ends in /v1.", "html")
    try:
        decoded: object = from_json(body.removeprefix(b"\xef\xbb\xbf"))
    except ValueError:
        raise BadReply("the server's answer is not whole JSON: try again, or check base_url.", "not_json") from None
    return decoded


def unpack(data: object) -> Completion:
    """Return what a decoded answer holds; it is looked at piece by piece, since servers differ."""
    if isinstance(data, dict) and data.get("error"):
        raise _told(data)
    choices = data.get("choices") if isinstance(data, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        raise BadReply("the server's answer holds no reply: try again, or check base_url.", "no_choices")
    message = choices[0].get("message")
    if not isinstance(message, dict):
        raise BadReply("the server's answer holds no message: try again, or check base_url.", "no_choices")
    content = message.get("content")
    if isinstance(content, list):  # parts, as some servers send them
        content = "".join(str(part.get("text") or "") for part in content if isinstance(part, dict))
    return Completion(
        text=content if isinstance(content, str) else "",
        finish=str(choices[0].get("finish_reason") or ""),
        refused=bool(message.get("refusal")),
        usage=used(data),
    )


def delta(data: bytes) -> Completion:
    """Return what one event of a streamed answer adds; raises what an error object in it stands for."""
    event = _decoded(data)
    if not isinstance(event, dict):
        return Completion("", "", False, used(None))
    if event.get("error"):
        raise _told(event)
    choices = event.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices and isinstance(choices[0], dict) else {}
    part = choice.get("delta")
    part = part if isinstance(part, dict) else {}
    text = part.get("content")
    return Completion(
        text=text if isinstance(text, str) else "",
        finish=str(choice.get("finish_reason") or ""),
        refused=bool(part.get("refusal")),
        usage=used(event),
    )


def _told(data: dict[str, Any]) -> EngineError:
    """Return the error of an error object that came with a 200: its code, if it is a status, says which."""
    inner = data["error"]
    code = inner.get("code") if isinstance(inner, dict) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    seen = _problem(data)
    if seen.code in _QUOTA_CODES or seen.code == "rate_limit_exceeded":
        status = 429
    elif seen.about_context:
        status = 400
    return failure(status, {}, to_json(data))


def used(data: object) -> Usage:
    """Return the tokens that an answer reports; None where it does not."""
    usage = data.get("usage") if isinstance(data, dict) else None
    counts = usage if isinstance(usage, dict) else {}
    return Usage(
        calls=0,
        input_tokens=_count(counts.get("prompt_tokens")),
        output_tokens=_count(counts.get("completion_tokens")),
    )


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12 else None
