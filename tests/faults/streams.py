"""Faults of a stream of server-sent events; to a call that asks for no stream they are streams all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from . import wire
from .call import Call
from .fault import HANG, End, Fault, Step, table

#: Seconds in which a piece has left on its own, so that the client reads it on its own.
_LEAVES = 0.001
_OVERLOADED = wire.error("The server had an error while processing your request.", "server_error")


def _events(call: Call, *, size: int = 4, end: str = "\n", done: bool = True, counted: bool = True) -> list[bytes]:
    """Return the events of a good stream."""
    said = [*wire.deltas(call, call.content, size=size, counted=counted), *(["[DONE]"] if done else [])]
    return [f"data: {data}{end}{end}".encode() for data in said]


def _whole(events: list[bytes]) -> Iterator[Step]:
    yield from wire.chunked(events, wire.EVENTS)


def _half(call: Call, *steps: Step) -> Iterator[Step]:
    events = _events(call)
    yield from list(wire.chunked(events[: len(events) // 2], wire.EVENTS))[:-1]
    yield from steps


def _half_said(call: Call, last: bytes) -> Iterator[Step]:
    """Stream the half, then another event, and end the stream as if all were well."""
    events = _events(call)
    yield from _whole([*events[: len(events) // 2], *([last] if last else [])])


def _with_comments(call: Call) -> Iterator[Step]:
    lines = (b": keep-alive\n\n", b":\n\n", b"event: message\nid: 1\nretry: 1000\n", b"\n")
    events = _events(call)
    yield from _whole([lines[0], *(part for n, event in enumerate(events) for part in (event, lines[n % len(lines)]))])


def _split(call: Call) -> Iterator[Step]:
    """Stream so that reads end inside `data:` lines and inside characters of several bytes."""
    yield next(wire.chunked([], wire.EVENTS))
    for event in _events(call, size=40):
        cuts = {3, *(at for at, byte in enumerate(event) if byte & 0xC0 == 0x80)}
        places = [0, *sorted(cuts), len(event)]
        for start, stop in pairwise(places):
            yield wire.chunk(event[start:stop])
            yield _LEAVES
    yield wire.LAST_CHUNK


def _many_lines(call: Call) -> Iterator[Step]:
    """Stream with each event's JSON over several `data:` lines, as the standard allows."""
    events = [event.replace(b',"choices"', b',\ndata: "choices"') for event in _events(call)]
    yield from _whole(events)


def _silence(call: Call) -> Iterator[Step]:
    yield next(wire.chunked([], wire.EVENTS))
    while True:
        yield wire.chunk(b": keep-alive\n\n")
        yield 0.2


def _slow(call: Call) -> Iterator[Step]:
    yield next(wire.chunked([], wire.EVENTS))
    for event in _events(call):
        yield wire.chunk(event)
        yield 0.2


def _endless(call: Call) -> Iterator[Step]:
    """Stream white space for ever, as models without a stop do."""
    yield next(wire.chunked([], wire.EVENTS))
    event = wire.chunk(b"data: %b\n\n" % list(wire.deltas(call, " " * 20_000, size=20_000))[1].encode())
    while True:
        yield event
        yield _LEAVES


_SCRIPTS: dict[str, Callable[[Call], Iterator[Step]]] = {
    "sse": lambda call: _whole(_events(call)),
    "sse_eof": lambda call: _half(call, End.CLOSE),
    "sse_ends_early": lambda call: _half_said(call, b""),
    "sse_reset": lambda call: _half(call, 0.01, End.RESET),
    "sse_hang": lambda call: _half(call, HANG),
    "sse_slow": _slow,
    "sse_silence": _silence,
    "sse_endless": _endless,
    "sse_comments": _with_comments,
    "sse_split": _split,
    "sse_one_chunk": lambda call: _whole([b"".join(_events(call))]),
    "sse_many_lines": _many_lines,
    "sse_no_space": lambda call: _whole([event.replace(b"data: ", b"data:", 1) for event in _events(call)]),
    "sse_crlf": lambda call: _whole(_events(call, end="\r\n")),
    "sse_cr": lambda call: _whole(_events(call, end="\r")),
    "sse_bom": lambda call: _whole([b"\xef\xbb\xbf", *_events(call)]),
    "sse_no_done": lambda call: _whole(_events(call, done=False)),
    "sse_no_usage": lambda call: _whole(_events(call, counted=False)),
    "sse_error": lambda call: _half_said(call, f"data: {wire.dump(_OVERLOADED)}\n\n".encode()),
    "sse_error_event": lambda call: _half_said(call, f"event: error\ndata: {wire.dump(_OVERLOADED)}\n\n".encode()),
    "sse_error_line": lambda call: _half_said(call, f"error: {wire.dump(_OVERLOADED)}\n\n".encode()),
    "sse_bad_json": lambda call: _half_said(call, b'data: {"id": "chatcm\n\ndata: [DONE]\n\n'),
    "sse_null": lambda call: _half_said(call, b"data: null\n\ndata: [DONE]\n\n"),
    "sse_no_choices": lambda call: _half_said(call, b'data: {"choices": null}\n\ndata: [DONE]\n\n'),
    "sse_empty": lambda call: _whole([]),
    "sse_only_done": lambda call: _whole([b"data: [DONE]\n\n"]),
}

FAULTS = table(Fault(name, script, billed=True) for name, script in _SCRIPTS.items())
