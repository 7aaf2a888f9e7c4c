"""A client on raw sockets, so that nothing softens what the fault server sends."""

from __future__ import annotations

import http.client
import io
import json
import re
import socket
import time
from typing import Any, NamedTuple

from tests.faults import FaultServer
from tests.faults.plan import Plan

SENTENCES = [
    {"id": "t1", "text": "Ferry runs aground off Port Alder"},
    {"id": "s1", "text": "The ferry ran aground off Port Alder on Tuesday with 212 people aboard."},
    {"id": "s2", "text": "“We heard a bang,” said Maria López, the captain."},
    {"id": "s3", "text": "Sea Lines and the port of Quillmere agreed to begin negotiations on a new route."},
    {"id": "s4", "text": "Divers have found about 3 tonnes of oil near Garrow Point."},
    {"id": "s5", "text": "He said “nobody was hurt” on Tuesday."},
]
SUMMARIZE: dict[str, Any] = {"task": "summarize", "most_points": 2, "sentences": SENTENCES}
FORMAT = {"type": "json_schema", "json_schema": {"name": "Draft", "strict": True, "schema": {}}}
#: Every parameter that a fault may refuse.
ALL: dict[str, Any] = {
    "temperature": 0.2,
    "max_tokens": 10_000,
    "max_completion_tokens": 10_000,
    "stream_options": {"include_usage": True},
    "response_format": FORMAT,
}


class Heard(NamedTuple):
    """What a client hears until the connection ends, and how it ends: eof, reset, or silence."""

    data: bytes
    end: str
    status: int = 0
    headers: dict[str, str] = {}  # noqa: RUF012
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def content(self) -> str:
        return str(self.json["choices"][0]["message"]["content"])


class _Bytes:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self.data)


def request(
    prompt: object = SUMMARIZE, path: str = "/v1/chat/completions", close: bool = True, **more: object
) -> bytes:
    messages = [{"role": "system", "content": "Write."}, {"role": "user", "content": json.dumps(prompt)}]
    data = json.dumps({"model": "m", "messages": messages, **more}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sk-test\r\nContent-Length: {len(data)}\r\n"
    return (head + ("Connection: close\r\n" if close else "") + "\r\n").encode() + data


def listen(connection: socket.socket, wait: float = 3.0, patience: float = 10.0) -> Heard:
    """Return what arrives until the end, or until nothing has for `wait` seconds, or `patience` is over."""
    data, end, stop = bytearray(), "silence", time.monotonic() + patience
    connection.settimeout(wait)
    while time.monotonic() < stop:
        try:
            got = connection.recv(1 << 20)
        except TimeoutError:
            break
        except ConnectionResetError:
            end = "reset"
            break
        if not got:
            end = "eof"
            break
        data += got
    return Heard(bytes(data), end)


def ask(
    server: FaultServer,
    prompt: object = SUMMARIZE,
    *,
    path: str = "/v1/chat/completions",
    brief: bool = False,
    **more: object,
) -> Heard:
    """Return what one call hears, the reply read as HTTP where it is whole."""
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request(prompt, path, True, **more))
        heard = listen(connection, 0.3, 0.4) if brief else listen(connection)
    reply = http.client.HTTPResponse(_Bytes(heard.data))  # type: ignore[arg-type]
    try:
        reply.begin()
        read = reply.read()
    except (http.client.HTTPException, ValueError):
        return heard
    return heard._replace(status=reply.status, headers={k.lower(): v for k, v in reply.getheaders()}, body=read)


def serve(plan: Plan, brief: bool = False, **more: Any) -> Heard:
    """Return what a call hears from a server with this plan; `brief` where it will hear nothing more."""
    with FaultServer(plan) as server:
        return ask(server, brief=brief, **more)


#: Those that do not come to an end in time.
ENDLESS = set("hang hang_in_body drip drip_body sse_hang sse_slow sse_silence sse_endless".split())


def parses(text: str | bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def evidence(content: str) -> set[object]:
    draft = json.loads(content)
    claims = [draft["headline"], draft["lede"], *draft["points"], *draft["quotes"]]
    return {name for claim in claims for name in claim["evidence"]}


def events(heard: Heard) -> list[str]:
    """Return the data of the events, read as the standard says."""
    text = re.sub(r"\r\n?", "\n", heard.body.decode("utf-8-sig"))
    found = []
    for block in text.split("\n\n"):
        lines = [line.removeprefix("data:").removeprefix(" ") for line in block.split("\n") if line.startswith("data:")]
        if lines:
            found.append("\n".join(lines))
    return found


def deltas(heard: Heard, part: str = "content") -> str:
    read = [json.loads(event) for event in events(heard) if event != "[DONE]" and parses(event)]
    choices = [choice for event in read for choice in (event or {}).get("choices") or []]
    return "".join(choice["delta"].get(part) or "" for choice in choices)
