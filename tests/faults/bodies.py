"""Faults inside a 200 that keeps to HTTP: the body is not what the API promises."""

from __future__ import annotations

from typing import Any

from . import wire
from .call import Call
from .fault import Fault, Step, body, table

_FILTERED = "The response was filtered due to the prompt triggering the content management policy."
_NO = "I'm sorry, but I can't help with that."
_DIGITS = "7" * 5_000
_NESTED = "[" * 100_000 + "]" * 100_000


def _good(call: Call) -> dict[str, Any]:
    return wire.completion(call, call.content)


def _with(call: Call, **parts: object) -> dict[str, Any]:
    return {**_good(call), **parts}


def _choice(call: Call, **parts: object) -> dict[str, Any]:
    good = _good(call)
    return {**good, "choices": [{**good["choices"][0], **parts}]}


def _without(call: Call, *names: str) -> dict[str, Any]:
    return {name: value for name, value in _good(call).items() if name not in names}


def _raw_number(call: Call, number: str) -> str:
    return wire.dump(_with(call, usage={"prompt_tokens": "NUMBER"})).replace('"NUMBER"', number)


def _ended(call: Call, finish: str, content: str | None, refusal: str | None = None) -> list[Step]:
    """Reply with an end other than stop, streamed when asked for."""
    if not call.streams:
        return [wire.reply(wire.completion(call, content, finish, refusal=refusal))]
    part = "refusal" if refusal else "content"
    events = (*wire.deltas(call, refusal or content or "", finish, part=part), "[DONE]")
    return list(wire.chunked((f"data: {data}\n\n".encode() for data in events), wire.EVENTS))


def _parts(call: Call) -> object:
    return [{"type": "text", "text": call.content}]


def _half(call: Call) -> str:
    return call.content[: len(call.content) // 2]


_ENDS = [
    Fault("finish_length", lambda call: _ended(call, "length", _half(call)), billed=True),
    Fault("finish_length_empty", lambda call: _ended(call, "length", ""), billed=True),  # all spent on reasoning
    Fault("finish_content_filter", lambda call: _ended(call, "content_filter", None), billed=True),
    Fault("finish_content_filter_half", lambda call: _ended(call, "content_filter", _half(call)), billed=True),
    Fault("refusal", lambda call: _ended(call, "stop", None, _NO), billed=True),
    Fault("content_null", lambda call: _ended(call, "stop", None), billed=True),
    Fault("content_empty", lambda call: _ended(call, "stop", ""), billed=True),
]

_BODIES = [
    body("body_truncated", lambda call: wire.dump(_good(call)).encode()[:-25]),
    body("body_empty", lambda call: b""),
    body("body_spaces", lambda call: b" \n" * 50),
    body("body_html", lambda call: wire.PAGE, {"content-type": wire.HTML}),
    body("body_null", lambda call: b"null"),
    body("body_list", lambda call: [_good(call)]),
    body("body_string", lambda call: wire.dump("ok")),
    body("body_error", lambda call: wire.error("The model is overloaded.", "server_error")),
    body("body_error_quota", lambda call: wire.error("Out of credits.", code="insufficient_quota")),
    body("body_error_text", lambda call: {"error": "model is loading"}),
    body("body_error_filter", lambda call: wire.error(_FILTERED, code="content_filter")),
    body("body_binary", lambda call: bytes(range(256))),
    body("body_latin1", lambda call: wire.dump(_with(call, model="modèle")).encode("latin-1", "replace")),
    body("body_bom", lambda call: b"\xef\xbb\xbf" + wire.dump(_good(call)).encode()),
    body("body_nan", lambda call: _raw_number(call, "NaN")),
    body("body_digits", lambda call: _raw_number(call, _DIGITS)),
    body("body_nested", lambda call: _raw_number(call, _NESTED)),
    body("body_surrogate", lambda call: wire.completion(call, call.content[:-1] + "\ud800" + call.content[-1:])),
    body("choices_empty", lambda call: _with(call, choices=[])),
    body("choices_null", lambda call: _with(call, choices=None)),
    body("choices_missing", lambda call: _without(call, "choices")),
    body("choices_object", lambda call: _with(call, choices={"0": _good(call)["choices"][0]})),
    body("choice_null", lambda call: _with(call, choices=[None])),
    body("message_missing", lambda call: _with(call, choices=[{"index": 0, "finish_reason": "stop"}])),
    body("message_null", lambda call: _choice(call, message=None)),
    body("message_text", lambda call: _choice(call, message=call.content)),
    body("content_number", lambda call: _choice(call, message={"role": "assistant", "content": 5})),
    body("content_parts", lambda call: _choice(call, message={"role": "assistant", "content": _parts(call)})),
    body(
        "finish_missing", lambda call: {**_good(call), "choices": [{"message": _good(call)["choices"][0]["message"]}]}
    ),
    body("finish_null", lambda call: _choice(call, finish_reason=None)),
    body(
        "tool_call",
        lambda call: wire.completion(call, None, "tool_calls", tool_calls=[{"id": "call_1", "type": "function"}]),
    ),
    body("usage_missing", lambda call: _without(call, "usage")),
    body("usage_null", lambda call: _with(call, usage=None)),
    body("usage_strings", lambda call: _with(call, usage={"prompt_tokens": "100", "completion_tokens": "many"})),
    body("usage_negative", lambda call: _with(call, usage={"prompt_tokens": -5, "completion_tokens": -1})),
    body("usage_list", lambda call: _with(call, usage=[1, 2])),
    body("usage_partial", lambda call: _with(call, usage={"prompt_tokens": 100})),
]

FAULTS = table([*_ENDS, *_BODIES])
