"""The bytes of replies: HTTP/1.1 and chat completions, written by hand so that each can be written wrongly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from .call import Call

JSON, HTML, EVENTS = "application/json", "text/html; charset=utf-8", "text/event-stream; charset=utf-8"
#: Every gateway has such a page.
PAGE = "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1>{}</body></html>\n"


def dump(value: object) -> str:
    """Return a value as compact JSON; lone surrogates stay escaped, everything else stays as it is."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return "".join(f"\\u{ord(c):04x}" if "\ud800" <= c <= "\udfff" else c for c in text) if not _utf8(text) else text


def _utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """Return the status line and headers, with the empty line that ends them."""
    reason = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def reply(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> bytes:
    """Return a whole reply: the body is bytes or text as it is, anything else as JSON."""
    data = body if isinstance(body, bytes) else (body if isinstance(body, str) else dump(body)).encode()
    return head(status, {"content-type": JSON, "content-length": str(len(data)), **(headers or {})}) + data


def chunk(data: bytes) -> bytes:
    """Return one chunk of the chunked transfer coding."""
    return b"%x\r\n%b\r\n" % (len(data), data)


LAST_CHUNK = b"0\r\n\r\n"


def chunked(pieces: Iterable[bytes], content_type: str = JSON) -> Iterator[bytes]:
    """Return a whole reply in the chunked transfer coding, a chunk for each piece."""
    yield head(200, {"content-type": content_type, "transfer-encoding": "chunked", "cache-control": "no-cache"})
    yield from map(chunk, pieces)
    yield LAST_CHUNK


def usage(call: Call, content: str) -> dict[str, int]:
    """Return what a completion is charged for."""
    prompt, completion = call.count(content)
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def completion(call: Call, content: str | None, finish: str = "stop", **message: object) -> dict[str, Any]:
    """Return a chat completion; `message` adds to its message, or replaces parts of it."""
    call.said = content or ""
    said = {"role": "assistant", "content": content, "refusal": None, **message}
    return {
        **envelope(call, "chat.completion"),
        "choices": [{"index": 0, "message": said, "logprobs": None, "finish_reason": finish}],
        "usage": usage(call, content or ""),
    }


def deltas(
    call: Call, content: str, finish: str = "stop", *, size: int = 4, part: str = "content", counted: bool = True
) -> Iterator[str]:
    """Return the data of the events that stream a completion, a few characters each, the usage last if asked for."""
    call.said = content
    counted = counted and ((call.body or {}).get("stream_options") or {}).get("include_usage") is True
    frame = {**envelope(call, "chat.completion.chunk"), **({"usage": None} if counted else {})}

    def event(delta: dict[str, Any], finish: str | None = None) -> str:
        return dump({**frame, "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

    size = max(size, len(content) // 1_000)  # a long content in no more than 1,000 events
    yield event({"role": "assistant", "content": ""})
    for start in range(0, len(content), size):
        yield event({part: content[start : start + size]})
    yield event({}, finish)
    if counted:
        yield dump({**frame, "choices": [], "usage": usage(call, content)})


def envelope(call: Call, kind: str) -> dict[str, Any]:
    """Return what a completion says besides its choices."""
    model = (call.body or {}).get("model") or "scripted"
    return {"id": f"chatcmpl-{call.number}", "object": kind, "created": 1_764_000_000, "model": model}


def error(
    message: str, kind: str = "invalid_request_error", param: str | None = None, code: object = None
) -> dict[str, Any]:
    """Return an error body in OpenAI's form."""
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}
