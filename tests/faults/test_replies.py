"""Statuses, headers, and what goes wrong on the connection: each fault does what its name says."""

from __future__ import annotations

import gzip
import json
import re
import socket
import time
import zlib
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import pytest

from tests.faults import FaultServer, context, statuses
from tests.faults.client import ALL, ENDLESS, FORMAT, SENTENCES, SUMMARIZE, ask, listen, request, serve


def test_a_status_is_the_one_of_its_name() -> None:
    with FaultServer(list(statuses.FAULTS), forever=True):
        pass  # the plan takes every name
    for name, fault in statuses.FAULTS.items():
        code = 200 if name == "ok" else int(re.findall(r"\d{3}", name)[0])
        heard = serve([fault], **ALL)
        assert (heard.status, heard.end) == (code, "eof"), name
        assert fault.billed == (code == 200), name


RETRY_AFTER: list[tuple[str, str, Callable[[str], object]]] = [
    ("429_retry_after_seconds", "retry-after", lambda v: v == "1"),
    ("429_retry_after_date", "retry-after", lambda v: 0 < parsedate_to_datetime(v).timestamp() - time.time() <= 2),
    ("429_retry_after_past", "retry-after", lambda v: parsedate_to_datetime(v).timestamp() < time.time() - 3000),
    ("429_retry_after_ms", "retry-after-ms", lambda v: v == "300"),
    ("429_retry_after_nan", "retry-after", lambda v: v == "NaN"),
    ("429_retry_after_negative", "retry-after", lambda v: v == "-5"),
    ("429_retry_after_day", "retry-after", lambda v: v == "86400"),
    ("429_retry_after_huge", "retry-after", lambda v: len(v) > 300),
    ("500_should_not_retry", "x-should-retry", lambda v: v == "false"),
    ("400_should_retry", "x-should-retry", lambda v: v == "true"),
    ("502_html", "content-type", lambda v: v.startswith("text/html")),
    ("body_html", "content-type", lambda v: v.startswith("text/html")),
    ("redirect_307", "location", lambda v: v.endswith("/elsewhere/chat/completions")),
]


@pytest.mark.parametrize(("name", "header", "says"), RETRY_AFTER, ids=[row[0] for row in RETRY_AFTER])
def test_headers(name: str, header: str, says: Callable[[str], object]) -> None:
    assert says(serve([name]).headers[header])


def test_a_429_without_retry_after_has_none() -> None:
    assert not {"retry-after", "retry-after-ms"} & set(serve(["429"]).headers)


ERRORS: list[tuple[str, dict[str, object]]] = [
    ("429_insufficient_quota", {"code": "insufficient_quota"}),
    ("400_temperature", {"param": "temperature", "type": "invalid_request_error"}),
    ("400_max_completion_tokens", {"param": "max_completion_tokens"}),
    ("400_stream_options", {"param": "stream_options"}),
    ("400_stream_options_unnamed", {"param": None}),
    ("400_json_schema", {"param": "response_format"}),
    ("400_context_openai", {"code": "context_length_exceeded"}),
    ("400_context_llama", {"type": "exceed_context_size_error", "n_prompt_tokens": 5000, "n_ctx": 4096, "code": 400}),
    ("401_echoes_key", {"code": "invalid_api_key"}),
    ("404_model_not_found", {"code": "model_not_found"}),
    ("body_error", {"type": "server_error"}),
]


@pytest.mark.parametrize(("name", "parts"), ERRORS, ids=[row[0] for row in ERRORS])
def test_error_bodies(name: str, parts: dict[str, object]) -> None:
    error = serve([name], **ALL).json["error"]
    assert {part: error[part] for part in parts} == parts


def test_what_errors_mention() -> None:
    assert "sk-test" in serve(["401_echoes_key"]).json["error"]["message"]
    assert b"response_format" in serve(["500_response_format"], **ALL).body


ONLY_WITH = [
    # fault, what it refuses, what it lets pass
    ("400_temperature", {"temperature": 0}, {}),
    ("400_max_tokens", {"max_tokens": 10_000}, {"max_completion_tokens": 10_000}),
    ("400_json_schema", {"response_format": FORMAT}, {"response_format": {"type": "json_object"}}),
    ("500_response_format", {"response_format": FORMAT}, {"response_format": {"type": "json_object"}}),
    ("400_no_format", {"response_format": {"type": "json_object"}}, {}),
]


@pytest.mark.parametrize(("name", "refused", "passed"), ONLY_WITH, ids=[row[0] for row in ONLY_WITH])
def test_a_parameter_is_refused_for_ever_and_only_where_it_is_sent(
    name: str, refused: dict[str, Any], passed: dict[str, Any]
) -> None:
    with FaultServer([name]) as server:
        assert [ask(server, **sent).status // 100 == 2 for sent in (refused, refused, passed, refused)] == [0, 0, 1, 0]
        assert server.faults == [name, name, "ok", name]
        assert server.billed == 1


def test_a_context_lets_what_fits_pass() -> None:
    with FaultServer(context(500, "llama")) as server:
        long = {**SUMMARIZE, "sentences": SENTENCES * 10}
        refused, passed = ask(server, long), ask(server)
    assert refused.json["error"]["n_ctx"] == 500
    assert refused.json["error"]["n_prompt_tokens"] == len(server.ledger[0].raw) // 4
    assert passed.status == 200


ENDS = [
    # fault, how the connection ends, how much of the reply has come, from 0 (nothing) to 1
    ("reset", "reset", "nothing"),
    ("closed", "eof", "nothing"),
    ("hang", "silence", "nothing"),
    ("reset_in_body", "reset", "half"),
    ("eof_in_body", "eof", "half"),
    ("hang_in_body", "silence", "half"),
    ("eof_after_head", "eof", "head"),
    ("eof_in_head", "eof", "less"),
    ("ok_then_closed", "eof", "whole"),
    ("ok", "eof", "whole"),
]


@pytest.mark.parametrize(("name", "end", "share"), ENDS, ids=[row[0] for row in ENDS])
def test_how_connections_end(name: str, end: str, share: str) -> None:
    heard = serve([name], brief=name in ENDLESS)
    whole = serve(["ok"]).data
    head = whole.index(b"\r\n\r\n") + 4
    size = {"nothing": 0, "less": 40, "head": head, "half": head + (len(whole) - head) // 2, "whole": len(whole)}
    assert (heard.end, heard.data) == (end, whole[: size[share]])


def test_a_closed_connection_is_closed_without_connection_close() -> None:
    for name, again in (("ok_then_closed", False), ("ok", True)):
        with FaultServer([name]) as server, socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(request(close=False))
            assert listen(connection, 0.3 if again else 3).end == ("silence" if again else "eof")
            if again:
                connection.sendall(request(close=False) + request(close=False))
                assert listen(connection, 0.3).data.count(b"HTTP/1.1 200 OK") == 2
                assert server.calls == 3


def test_a_drip_comes_a_byte_at_a_time() -> None:
    with (
        FaultServer("drip", forever=True) as server,
        socket.create_connection(("127.0.0.1", server.port)) as connection,
    ):
        connection.sendall(request())
        times = []
        for _ in range(3):
            assert len(connection.recv(100)) == 1
            times.append(time.monotonic())
    assert times[2] - times[0] >= 0.35
    assert server.ledger[0].outcome in {"gone", "stopped"}


LENGTHS = [("length_too_short", -5), ("length_too_long", 5), ("ok", 0)]


@pytest.mark.parametrize(("name", "by"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_lengths_that_lie(name: str, by: int) -> None:
    head, _, rest = serve([name]).data.partition(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head)
    assert found and int(found[1]) == len(rest) + by


def test_honest_and_dishonest_encodings() -> None:
    good = serve(["ok"]).json
    assert json.loads(gzip.decompress(serve(["gzip"]).body)) == good
    assert b"transfer-encoding: chunked" in (chunked := serve(["chunked"])).data and chunked.json == good
    assert b"content-length" not in chunked.data
    assert not serve(["chunked_eof"]).body and not serve(["chunked_bad_size"]).body
    assert serve(["no_length"]).json == good


def test_a_bomb_is_small_outside_and_large_inside() -> None:
    began = time.monotonic()
    packed = serve(["gzip_bomb"]).body
    inflate, size, tail = zlib.decompressobj(31), 0, b""
    rest = packed
    while rest:
        piece = inflate.decompress(rest, 10_000_000)
        size, tail, rest = size + len(piece), (tail + piece)[-5_000:], inflate.unconsumed_tail
    assert inflate.eof and not inflate.unused_data  # the checksum held
    assert len(packed) < 300_000 and size > 200_000_000
    assert json.loads(tail) == serve(["ok"]).json
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("name", ["huge", "huge_chunked"])
def test_a_huge_reply_is_a_good_one(name: str) -> None:
    heard = serve([name])
    assert len(heard.body) > 20_000_000
    assert (b"content-length" in heard.data[:500]) == (name == "huge")
    assert json.loads(heard.body) == serve(["ok"]).json


def test_a_redirect_shows_whether_it_was_followed() -> None:
    with FaultServer(["redirect_302"]) as server:
        location = ask(server).headers["location"]
        assert (server.calls, server.billed) == (1, 0)
        assert location.startswith(f"http://localhost:{server.port}/")
        followed = ask(server, path=location.partition(str(server.port))[2])
        assert followed.status == 200
        assert [call.path for call in server.ledger][1] == "/elsewhere/chat/completions"
        assert server.billed == 1
