"""Faults that are told by a status: limits, refusals, breakdowns."""

from __future__ import annotations

import time
from email.utils import formatdate

from . import wire
from .call import Call
from .fault import OK, Fault, Step, status, table

_LIMIT = wire.error("Rate limit reached for requests per min.", "requests", code="rate_limit_exceeded")
_QUOTA = wire.error("You exceeded your current quota.", "insufficient_quota", code="insufficient_quota")

#: The forms in which a server says when to come back; functions where the clock comes in.
RETRY_AFTER = {
    "seconds": lambda: {"retry-after": "1"},
    "fraction": lambda: {"retry-after": "0.25"},
    "zero": lambda: {"retry-after": "0"},
    "date": lambda: {"retry-after": formatdate(time.time() + 2, usegmt=True)},
    "past": lambda: {"retry-after": formatdate(time.time() - 3600, usegmt=True)},
    "bad_date": lambda: {"retry-after": "Mon, 99 Foo 2026 99:99:99 GMT"},
    "ms": lambda: {"retry-after-ms": "300"},
    "ms_and_seconds": lambda: {"retry-after-ms": "300", "retry-after": "1"},
    "bad_ms": lambda: {"retry-after-ms": "soon"},
    "nan": lambda: {"retry-after": "NaN"},
    "inf": lambda: {"retry-after": "inf"},
    "negative": lambda: {"retry-after": "-5"},
    "day": lambda: {"retry-after": "86400"},
    "huge": lambda: {"retry-after": "1" + "0" * 400},
    "empty": lambda: {"retry-after": ""},
    "words": lambda: {"retry-after": "in a while"},
}

#: What a client may try again.
RETRYABLE = (408, 409, 429, 500, 502, 503, 504, 529)

_CONTEXT = (
    "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens. "
    "Please reduce the length of the messages."
)
_LLAMA = "the request exceeds the available context size, try increasing it"


def _too_long(form: str, size: int, n_ctx: int) -> object:
    if form == "llama":
        counts = {"n_prompt_tokens": size, "n_ctx": n_ctx}
        return {"error": {"code": 400, "message": _LLAMA, "type": "exceed_context_size_error", **counts}}
    said = _CONTEXT.replace("4096", str(n_ctx)).replace("5000", str(size))
    if form == "vllm":
        return {"object": "error", "message": said, "type": "BadRequestError", "param": None, "code": 400}
    return wire.error(said, param="messages", code="context_length_exceeded")


def context(n_ctx: int, form: str = "openai") -> Fault:
    """Return the server with a context of so many tokens: it refuses what is longer; forms: openai, llama, vllm."""

    def script(call: Call) -> list[Step]:
        return [wire.reply(_too_long(form, call.count("")[0], n_ctx), 400)]

    return Fault(f"context_{form}_{n_ctx}", script, applies=lambda call: call.count("")[0] > n_ctx, forever=True)


def refuses(param: str, message: str, *, named: bool = True, code: str | None = None, name: str = "") -> Fault:
    """Return the server that knows no such parameter: 400 as long as the parameter is sent, for ever."""
    said = wire.error(message, param=param if named else None, code=code)
    fault = status(400, said, name=name or f"400_{param}", applies=lambda call: param in (call.body or {}))
    return Fault(fault.name, fault.script, applies=fault.applies, forever=True)


def _formats(code: int, message: str, name: str, *formats: str) -> Fault:
    said = wire.error(message, "invalid_request_error" if code == 400 else "server_error", "response_format")
    fault = status(code, said, name=name)
    return Fault(name, fault.script, applies=lambda call: call.format in formats, forever=True)


def _echo(call: Call) -> object:
    message = f"Incorrect API key provided: {call.key}. You can find your API key in your account."
    return wire.error(message, param=None, code="invalid_api_key")


def _redirect(code: int) -> Fault:
    def script(call: Call) -> list[Step]:
        elsewhere = f"http://localhost:{call.port}/elsewhere/chat/completions"
        return [wire.reply("", code, {"location": elsewhere})]

    return Fault(f"redirect_{code}", script)


_LIMITS = [
    status(429, _LIMIT),
    status(429, _LIMIT).repeated(),
    *(status(429, _LIMIT, headers, f"429_retry_after_{form}") for form, headers in RETRY_AFTER.items()),
    status(429, _QUOTA, name="429_insufficient_quota"),
    status(429, _QUOTA, {"retry-after": "1", "x-should-retry": "true"}, "429_insufficient_quota_retry"),
    status(503, None, {"retry-after": "1"}, "503_retry_after_seconds"),
]

_BREAKDOWNS = [
    *(status(code) for code in RETRYABLE if code != 429),
    *(status(code).repeated() for code in RETRYABLE if code != 429),
    status(500, None, {"x-should-retry": "false"}, "500_should_not_retry"),
    status(400, wire.error("Try again."), {"x-should-retry": "true"}, "400_should_retry"),
    status(429, _LIMIT, {"x-should-retry": "false"}, "429_should_not_retry"),
    status(502, wire.PAGE, {"content-type": wire.HTML}, "502_html"),
    status(503, b"", name="503_empty"),
    status(500, b'{"error": {"mess', name="500_truncated"),
    _formats(500, "response_format json_schema is not implemented", "500_response_format", "json_schema"),
]

_NO_SCHEMA = "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."
_REFUSALS = [
    status(400, wire.error("Bad request."), name="400"),
    refuses(
        "temperature",
        "Unsupported value: 'temperature' does not support 0.2 with this model.",
        code="unsupported_value",
    ),
    refuses("max_completion_tokens", "Unrecognized request argument supplied: max_completion_tokens"),
    refuses(
        "max_tokens",
        "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        code="unsupported_parameter",
    ),
    refuses("stream_options", "Unrecognized request argument supplied: stream_options"),
    refuses("stream_options", "Unknown argument: stream_options", named=False, name="400_stream_options_unnamed"),
    refuses("temperature", "temperature is not accepted here", named=False, name="400_temperature_unnamed"),
    refuses("response_format", "Unrecognized request argument supplied: response_format", name="400_response_format"),
    _formats(400, _NO_SCHEMA, "400_json_schema", "json_schema"),
    _formats(400, "response_format is not supported", "400_no_format", "json_schema", "json_object"),
    status(400, _too_long("openai", 5000, 4096), name="400_context_openai"),
    status(400, _too_long("llama", 5000, 4096), name="400_context_llama"),
    status(400, _too_long("vllm", 5000, 4096), name="400_context_vllm"),
    status(401, _echo, name="401_echoes_key"),
    status(403, wire.error("Your country, region, or territory is not supported.", "request_forbidden"), name="403"),
    status(404, wire.error("The model does not exist.", code="model_not_found"), name="404_model_not_found"),
    status(404, "404 page not found", {"content-type": "text/plain"}, "404_text"),
    status(413, wire.PAGE, {"content-type": wire.HTML}, "413"),
    status(422, {"detail": [{"loc": ["body", "messages"], "msg": "field required"}]}, name="422"),
    *map(_redirect, (301, 302, 307, 308)),
]

FAULTS = table([OK, *_LIMITS, *_BREAKDOWNS, *_REFUSALS])
