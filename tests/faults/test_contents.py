"""Bodies, contents and streams: each fault does what its name says."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Callable

import pytest

from tests.faults import FaultServer
from tests.faults.client import ENDLESS, Heard, deltas, events, evidence, listen, parses, request, serve

BODIES: list[tuple[str, Callable[[Heard], object]]] = [
    ("body_truncated", lambda h: h.status == 200 and not parses(h.body) and h.body.startswith(b'{"id"')),
    ("body_empty", lambda h: h.status == 200 and h.body == b""),
    ("body_html", lambda h: h.body.startswith(b"<!DOCTYPE")),
    ("body_null", lambda h: h.json is None),
    ("body_error", lambda h: h.status == 200 and "error" in h.json),
    ("body_bom", lambda h: h.body.startswith(b"\xef\xbb\xbf{") and json.loads(h.body[3:])),
    ("body_nan", lambda h: b":NaN" in h.body),
    ("body_digits", lambda h: re.search(rb"\d{5000}", h.body) and not parses(h.body)),
    ("body_nested", lambda h: b"[" * 100_000 in h.body),
    ("body_surrogate", lambda h: "\ud800" in h.content),
    ("choices_empty", lambda h: h.json["choices"] == []),
    ("choices_null", lambda h: h.json["choices"] is None),
    ("choices_missing", lambda h: "choices" not in h.json),
    ("message_missing", lambda h: "message" not in h.json["choices"][0]),
    ("usage_missing", lambda h: "usage" not in h.json and parses(h.content)),
    ("usage_null", lambda h: h.json["usage"] is None and parses(h.content)),
    ("usage_strings", lambda h: h.json["usage"]["prompt_tokens"] == "100"),
    ("finish_length", lambda h: h.json["choices"][0]["finish_reason"] == "length" and not parses(h.content)),
    ("finish_content_filter", lambda h: h.json["choices"][0]["finish_reason"] == "content_filter"),
    ("refusal", lambda h: h.json["choices"][0]["message"]["refusal"].startswith("I'm sorry")),
    ("content_null", lambda h: h.json["choices"][0]["message"]["content"] is None),
    ("content_number", lambda h: h.json["choices"][0]["message"]["content"] == 5),
    ("content_parts", lambda h: h.json["choices"][0]["message"]["content"][0]["type"] == "text"),
    ("ok", lambda h: parses(h.content) and h.json["choices"][0]["finish_reason"] == "stop"),
]


@pytest.mark.parametrize(("name", "holds"), BODIES, ids=[row[0] for row in BODIES])
def test_bodies(name: str, holds: Callable[[Heard], object]) -> None:
    assert holds(serve([name]))


CONTENTS: list[tuple[str, Callable[[str], object]]] = [
    ("not_json", lambda c: "{" not in c),
    ("fenced", lambda c: c.startswith("```json\n{") and c.endswith("}\n```")),
    ("prose_around", lambda c: not parses(c) and parses(c[c.index("{") : c.rindex("}") + 1])),
    ("two_objects", lambda c: len({dumps(json.loads(line)) for line in c.splitlines()}) == 2),
    ("two_equal_objects", lambda c: len({dumps(json.loads(line)) for line in c.splitlines()}) == 1),
    ("wrong_types", lambda c: set(json.loads(c).values()) == {5}),
    ("missing_field", lambda c: "headline" not in json.loads(c)),
    ("extra_fields", lambda c: json.loads(c)["lede"]["confidence"] == 0.9),
    ("content_nan", lambda c: c.startswith('{"headline":NaN,')),
    ("content_nan_extra", lambda c: json.loads(c)["headline"] and "NaN" in c),
    ("content_digits", lambda c: re.search(r"\d{5000}", c) and not parses(c)),
    ("content_nested", lambda c: "[" * 100_000 in c and not parses(c)),
    ("duplicate_keys", lambda c: c.count('"headline"') == 2 and json.loads(c)["headline"]),
    ("content_surrogate", lambda c: "\\ud800" in c and "\ud800" in json.loads(c)["lede"]["text"]),
    ("content_bom", lambda c: c.startswith("\ufeff{")),
    ("evidence_unknown", lambda c: evidence(c) == {"s999999"}),
    ("evidence_zero", lambda c: evidence(c) == {"s0"}),
    ("evidence_negative", lambda c: evidence(c) == {"s-1"}),
    ("evidence_10_21", lambda c: evidence(c) == {"s1000000000000000000000"}),
    ("evidence_ints", lambda c: evidence(c) == {1, 2}),
    ("evidence_empty", lambda c: evidence(c) == set()),
    ("other_article", lambda c: "Quillmere" in json.loads(c)["lede"]["text"]),
    ("ok", lambda c: evidence(c) == {"t1", "s1", "s2", "s3"}),
]


def dumps(value: object) -> str:
    return json.dumps(value, sort_keys=True)


@pytest.mark.parametrize("streamed", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize(("name", "holds"), CONTENTS, ids=[row[0] for row in CONTENTS])
def test_contents(name: str, holds: Callable[[str], object], streamed: bool) -> None:
    heard = serve([name], stream=streamed)
    assert holds(deltas(heard) if streamed else heard.content)


WHOLE_STREAMS = (
    "sse sse_comments sse_split sse_crlf sse_cr sse_no_done sse_one_chunk sse_no_space sse_many_lines sse_bom"
)


@pytest.mark.parametrize("name", ["ok", *WHOLE_STREAMS.split()])
def test_streams_that_say_all(name: str) -> None:
    heard = serve([name], stream=True, stream_options={"include_usage": True})
    assert heard.headers["content-type"].startswith("text/event-stream")
    assert deltas(heard) == serve(["ok"]).content
    assert (events(heard)[-1] == "[DONE]") == (name != "sse_no_done")
    last = json.loads(events(heard)[-1 if name == "sse_no_done" else -2])
    assert last["choices"] == [] and last["usage"]["prompt_tokens"] > 0


HALF_STREAMS = [
    ("sse_eof", "eof", False),
    ("sse_reset", "reset", False),
    ("sse_hang", "silence", False),
    ("sse_ends_early", "eof", True),
    ("sse_error", "eof", True),
    ("sse_bad_json", "eof", True),
]


@pytest.mark.parametrize(("name", "end", "whole"), HALF_STREAMS, ids=[row[0] for row in HALF_STREAMS])
def test_streams_that_break_off(name: str, end: str, whole: bool) -> None:
    heard = serve([name], brief=name in ENDLESS, stream=True)
    assert heard.end == end
    assert heard.data.endswith(b"\r\n0\r\n\r\n") == whole
    said = re.sub(rb"\r\n[0-9a-f]+\r\n", b"", heard.data)
    assert b'"delta":{"content":' in said and b'"finish_reason":"stop"' not in said
    if name == "sse_error":
        assert json.loads(events(heard)[-1])["error"]


def test_streams_are_written_as_their_names_say() -> None:
    heard = serve(["sse_crlf"], stream=True)
    assert b"}\r\n\r\ndata: [DONE]\r\n\r\n" in heard.body and b"\n\n" not in heard.body
    assert b": keep-alive\n\n" in serve(["sse_comments"], stream=True).body
    assert b"usage" not in serve(["sse_no_usage"], stream=True, stream_options={"include_usage": True}).body
    assert deltas(serve(["refusal"], stream=True), "refusal").startswith("I'm sorry")
    pieces = [event for event in events(serve(["ok"], stream=True)) if '"delta":{"content"' in event]
    assert all(len(json.loads(piece)["choices"][0]["delta"]["content"]) <= 4 for piece in pieces)


def test_a_split_stream_is_cut_inside_data_and_inside_characters() -> None:
    with FaultServer(["sse_split"]) as server, socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request(stream=True))
        chunks = re.findall(rb"\r\n[0-9a-f]+\r\n(.*?)(?=\r\n[0-9a-f]+\r\n)", listen(connection).data, re.S)
    assert b"dat" in chunks
    assert any(not decodes(piece) for piece in chunks)


def decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
