"""A cassette holds what was said, byte for byte, and nothing that is private."""

from __future__ import annotations

import os
import re
import socket
from getpass import getuser
from pathlib import Path

import pytest
from vcr import VCR  # type: ignore[import-untyped]

import briefing
from briefing.errors import AuthFailed
from tests.faults import FaultServer

from .endpoint import LOCAL_KEY, SCRIPTED, WRONG_KEY
from .tape import FOLDER, KEY, SETTINGS, Readable, scrub_response

HERALD = (FOLDER.parent / "examples" / "ferry-herald.md").read_text("utf-8")


def test_a_recording_is_unpacked_scrubbed_and_plays_as_it_went(tmp_path: Path) -> None:
    """The gzip of one reply, the key that another echoes: what a cassette made now says of them."""
    tape = tmp_path / "tape.yaml"
    results: list[briefing.Briefing] = []
    with FaultServer(["gzip", "401_echoes_key"]) as server:
        writer = briefing.OpenAI(SCRIPTED, base_url=server.base_url, api_key=LOCAL_KEY)
        for mode in ("once", "none"):
            recorder = VCR(record_mode=mode, **SETTINGS)
            recorder.register_serializer("yaml", Readable)
            with recorder.use_cassette(str(tape)):
                results.append(briefing.summarize(HERALD, engine=writer, cache=None))
                with pytest.raises(AuthFailed):
                    briefing.ask(HERALD, "Who?", engine=writer)
        assert server.calls == 2
    assert results[0] == results[1]
    text = tape.read_text("utf-8")
    assert "“We heard a long scrape" in text
    assert "gzip" not in text
    assert secrets(text) == []


# What may stand in no cassette, by name.
SECRETS = {
    "key": r"\bsk-[\w-]{6,}",
    "bearer": r"(?i)\bbearer\s+[\w.-]{4,}",
    "header": r"(?im)^\s*-?\s*[\"']?(authorization|(set-)?cookie|x-request-id|openai-[\w-]+|cf-[\w-]+|idempotency-key|x-stainless[\w-]*|user-agent|date|server)[\"']?:",
    "account": r"\b(?:org|proj|req|user|sess)[-_][A-Za-z0-9]{16,}",
    "home": r"/(?:home|Users|root|tmp|var|work|private)/",
    "email": r"\b[\w.+-]+@[\w-]+\.[\w.-]+",
    "address": r"\b127\.0\.0\.1:\d+|\b(?:10|192\.168)\.\d+\.\d+",
}


def secrets(text: str) -> list[str]:
    """The names of what is private in a text: also the key and the user of whoever records, and the machine's name."""
    found = [name for name, pattern in SECRETS.items() if re.search(pattern, text)]
    own = {
        "recording key": os.environ.get(KEY, "").strip(),
        "local key": LOCAL_KEY,
        "wrong key": WRONG_KEY,
        "home folder": str(Path.home()),
        "machine": socket.gethostname(),
        "user": getuser() if getuser() != "root" else "",
    }
    return found + [
        name
        for name, value in own.items()
        if value and re.search(rf"\b{re.escape(value)}(?!\w)|{re.escape(value)}/", text)
    ]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_cassette_holds_a_secret(path: Path) -> None:
    assert secrets(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Incorrect API key provided: sk-proj-abc123.", ["key"]),
        ("      Authorization:\n      - Bearer abcdef", ["bearer", "header"]),
        ("      x-request-id:\n      - 1", ["header"]),
        ("      Set-Cookie:\n      - __cf_bm=1", ["header"]),
        ("      openai-organization:\n      - user", ["header"]),
        ("      X-Stainless-OS: Linux", ["header"]),
        ("organization org-AbCdEfGhIjKlMnOpQr1234", ["account"]),
        ("project proj_AbCdEfGhIjKlMnOp1234", ["account"]),
        ('{"path": "/home/someone/model.gguf"}', ["home"]),
        ("write to someone@example.com", ["email"]),
        ("uri: http://127.0.0.1:40123/v1", ["address"]),
        ("      content-type:\n      - application/json", []),
        ("uri: http://127.0.0.1/v1/chat/completions", []),
        ("a risk-taking, task-based org-chart of the user-friendly server: dates and cookies", []),
        ("bearers of bad news; a ring-bearer.", []),
        ('{"id":"chatcmpl-0","system_fingerprint":"b1-1"}', []),
    ],
)
def test_what_is_private_is_found_and_what_is_not_is_not(text: str, found: list[str]) -> None:
    assert secrets(text) == found


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("Incorrect API key provided: sk-proj-abc123_-x.", "Incorrect API key provided: (scrubbed)"),
        ("key sk-wrong********************cdef here", "key (scrubbed) here"),
        ('"Bearer abc.def-ghi"', '"(scrubbed)"'),
        ("in organization org-AbCdEfGhIjKlMnOpQr1234 on", "in organization (scrubbed) on"),
        ("the key of this recording: MYKEY.", "the key of this recording: (scrubbed)."),
        ("ask someone@example.com", "ask (scrubbed)"),
        ("“Curly” ‘quotes’ – and a risk-taking org-chart", "“Curly” ‘quotes’ – and a risk-taking org-chart"),
        ('data: {"a":"sk-"}\r\n\r\n', 'data: {"a":"sk-"}\r\n\r\n'),
    ],
)
def test_a_body_is_scrubbed_of_what_is_private_and_of_nothing_else(
    body: str, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "MYKEY")
    response = {"headers": {"Set-Cookie": ["a=1"], "Content-Type": ["text/plain"]}, "body": {"string": body.encode()}}
    scrubbed = scrub_response(response)
    assert scrubbed == {"headers": {"Content-Type": ["text/plain"]}, "body": {"string": left.encode()}}


@pytest.mark.parametrize(
    "text",
    [
        "“curly” ‘quotes’",
        "one\ntwo\n",
        "data: {}\r\n\r\n",
        " indented\n  more\n\n",
        "trailing \nspace \n",
        "\u2028\x85\u2029",
        "\ufeffBOM",
        "tab\tand \\n \"quoted\" 'text' # no comment",
        "ends with breaks\n\n\n",
        "",
        "null",
        "1e3",
        "é東京 🛳 " * 500,
    ],
)
def test_a_cassette_says_byte_for_byte_what_was_said(text: str) -> None:
    tape = {"interactions": [{"response": {"body": {"string": text}}}]}
    assert Readable.deserialize(Readable.serialize(tape)) == tape
