"""One request over the SDK: the only module that knows `openai`.

The SDK makes the client: its headers, its signature, its transport. Its way from a call to a typed reply is passed by:
it costs most of the time of a call, its retries would multiply with ours, it follows redirects (with the key), and it
turns a broken reply into errors of other libraries.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import re
import ssl
import zlib
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import aiohttp
import httpx2
import openai
from pydantic_core import to_json

from ... import loop
from ...errors import BadReply, ConfigError, ConnectionFailed, EngineError
from .failures import MAX_REPLY, Problem, failure, problem, retry_after

#: Seconds to wait for a connection; the whole is bounded by the deadline.
_CONNECT = 10.0
#: So many clients without work are kept open, of as many endpoints and keys.
_MOST = 16
_LIMITS = httpx2.Limits(max_connections=1000, max_keepalive_connections=100, keepalive_expiry=30)
#: What a connection that does not come about or breaks may raise; the transport lets some of aiohttp's own through.
_BROKEN = (openai.OpenAIError, httpx2.HTTPError, aiohttp.ClientError)


class Rejected(NamedTuple):
    """An answer that is an error: ours, what its body says, and for how many seconds it asks to wait."""

    error: EngineError
    problem: Problem
    pause: float | None


class Event(NamedTuple):
    """One event of a streamed answer, or the whole answer of a server that does not stream."""

    data: bytes
    whole: bool = False


class Endpoint(NamedTuple):
    """Where requests go and how they are signed."""

    base_url: str
    key: str

    def __repr__(self) -> str:  # without the key: whatever goes wrong may print it
        return f"Endpoint({self.base_url!r})"


async def _unpacked(response: httpx2.Response) -> AsyncGenerator[bytes, None]:
    """Yield the body of a response, decompressed; raises BadReply when it is larger than is read."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    inflate = None if encoding in ("", "identity") else zlib.decompressobj(wbits=47)  # gzip or zlib, told by its head
    if inflate and encoding not in ("gzip", "x-gzip", "deflate"):
        raise BadReply("the server compressed its answer in a way that was not asked for: check base_url.", "not_json")
    size = 0
    async for raw in response.aiter_raw():
        try:
            part = inflate.decompress(raw, MAX_REPLY - size + 1) if inflate else raw
        except zlib.error:
            raise BadReply("the server's answer is broken in its compression: try again.", "not_json") from None
        size += len(part)
        if size > MAX_REPLY:
            told = f"the server's answer is larger than {MAX_REPLY // 1_000_000} MB: check base_url."
            raise BadReply(told, "too_large")
        yield part


async def _read(response: httpx2.Response) -> bytes:
    return b"".join([part async for part in _unpacked(response)])


_BREAK = re.compile(rb"\r\n|\n|\r")


async def _events(response: httpx2.Response) -> AsyncGenerator[bytes, None]:
    """Yield the data of each server-sent event (WHATWG HTML, 9.2.6), comments and other fields left out."""
    parts: list[bytes] = []
    data: list[bytes] = []
    halved = False  # a line break that ended with the last part may go on as \r\n
    async for raw in _unpacked(response):
        first, *rest = _BREAK.split(raw[1:] if halved and raw.startswith(b"\n") else raw)
        halved = raw.endswith(b"\r")
        parts.append(first)
        for begun in rest:
            line, parts = b"".join(parts).removeprefix(b"\xef\xbb\xbf"), [begun]
            if line.startswith(b"data:"):
                data.append(line[5:].removeprefix(b" "))
            elif not line and data:
                yield b"\n".join(data)
                data = []
    if data:  # a server that breaks off, or forgets the last empty line
        yield b"\n".join(data)


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context()  # reads all certificates: 20 ms, so once


class _Open:
    """An SDK client that is open in one event loop, and how many requests use it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.users = 0
        self._http = openai.DefaultAioHttpClient(
            verify=_tls(), limits=_LIMITS, timeout=httpx2.Timeout(None, connect=_CONNECT), follow_redirects=False
        )
        self.sdk = openai.AsyncOpenAI(
            api_key=endpoint.key, base_url=endpoint.base_url, max_retries=0, http_client=self._http
        )
        self._url = httpx2.URL(f"{endpoint.base_url}/chat/completions")
        signed = {**self.sdk.default_headers, **self.sdk.auth_headers}
        # the SDK's own would tell each server the system and the version of Python
        kept = (name for name, value in signed.items() if isinstance(value, str) and not name.startswith("X-Stainless"))
        self._headers = httpx2.Headers({name: str(signed[name]) for name in kept})

    async def send(self, body: dict[str, Any]) -> httpx2.Response:
        """Return the answer to a request, its body unread."""
        request = httpx2.Request("POST", self._url, headers=self._headers, content=to_json(body))
        return await self._http.send(request, stream=True)


# What is open, by process, event loop and endpoint. After a fork the child opens its own: over a shared connection one
# process would get the other's replies. The parent's stay in the child, unused: to close them would end the parent's.
# Loops in other threads put theirs here at any time, so it is gone through as a list.
_open: dict[tuple[int, asyncio.AbstractEventLoop, Endpoint], _Open] = {}


@asynccontextmanager
async def _client(endpoint: Endpoint) -> AsyncIterator[_Open]:
    """Give the SDK client for an endpoint in the running loop.

    On the library's own loop it stays open, with its connections; elsewhere it is closed with the last request that
    uses it, since nobody tells when a caller's loop ends.
    """
    place = (os.getpid(), asyncio.get_running_loop(), endpoint)
    used = _open.get(place)
    if used is None:
        try:
            used = _open[place] = _Open(endpoint)
        except (httpx2.InvalidURL, ValueError):
            raise ConfigError("base_url is no address of a server: give one like https://host/v1.") from None
    used.users += 1
    try:
        _open[place] = _open.pop(place)  # the last used is the last
        for idle in [p for p in list(_open) if p[:2] == place[:2] and not _open[p].users][:-_MOST]:
            # while another was being closed, this one may have been closed too, or have got work
            if (gone := _open.get(idle)) and not gone.users:
                del _open[idle]
                await gone.sdk.close()
        yield used
    finally:
        used.users -= 1
        if not used.users and not loop.is_private():
            _open.pop(place, None)
            await used.sdk.close()


@atexit.register
def _close() -> None:
    """Close what is open on the library's own loop, so that nothing complains of it at the end."""

    async def close() -> None:
        for place in [place for place in list(_open) if place[:2] == (os.getpid(), asyncio.get_running_loop())]:
            if gone := _open.pop(place, None):
                await gone.sdk.close()

    if any(place[0] == os.getpid() for place in list(_open)):
        with suppress(Exception):
            loop.run(asyncio.wait_for(close(), 1))


class Client:
    """Sends requests to one endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def post(self, body: dict[str, Any]) -> bytes | Rejected:
        """Return the bytes of a successful answer, or what was rejected; raises ConnectionFailed and BadReply."""
        async with _client(self._endpoint) as sdk:
            try:
                response = await sdk.send(body)
                try:
                    answer = await _read(response)
                finally:
                    await response.aclose()
            except _BROKEN as error:
                raise _unconnected(error, self._endpoint) from None
            return answer if response.is_success else _rejected(response, answer)

    async def stream(self, body: dict[str, Any]) -> AsyncGenerator[Event | Rejected, None]:
        """Yield the events of a streamed answer, the whole of one that is not streamed, or what was rejected."""
        async with _client(self._endpoint) as sdk:
            try:
                response = await sdk.send({**body, "stream": True})
            except _BROKEN as error:
                raise _unconnected(error, self._endpoint) from None
            try:
                if not response.is_success:
                    yield _rejected(response, await _read(response))
                    return
                if "text/event-stream" not in response.headers.get("content-type", ""):
                    yield Event(await _read(response), whole=True)
                    return
                async for data in _events(response):
                    yield Event(data)
            except _BROKEN as error:
                raise _unconnected(error, self._endpoint) from None
            finally:
                with suppress(*_BROKEN):
                    await response.aclose()


def _rejected(response: httpx2.Response, body: bytes) -> Rejected:
    headers, seen = response.headers, problem(body)
    return Rejected(failure(response.status_code, headers, body), seen, retry_after(headers))


def _unconnected(error: Exception, endpoint: Endpoint) -> ConnectionFailed:
    """Return the error of a connection that failed; whether the request went out decides what it may have cost."""
    chain: list[BaseException] = [error]
    while chain[-1].__cause__:
        chain.append(chain[-1].__cause__)
    said = f"the connection to {urlsplit(endpoint.base_url).netloc} failed ({type(chain[-1]).__name__})"
    return ConnectionFailed(
        f"{said}: check base_url and the network, and try again.",
        sent=not any(isinstance(each, aiohttp.ClientConnectorError) for each in chain),
    )
