"""What a call to a model costs beyond the model's own time: `python -m benchmarks.overhead`.

A local server in a process of its own answers every request after a fixed delay with the same good briefing. 2,000
drafts are asked for (`engine.brief`: the prompt written, the reply parsed and typed; no checks), so many in flight, and
the time is put over the ideal: as many rounds of the delay as are needed. The same requests go through the SDK's own
`chat.completions.parse` in the same run, for the processor time that each takes. Each side is a process of its own,
held to one core where the system can.

A third figure is the SDK's `post` of a ready body over its aiohttp client, nothing parsed. The server has the other
core; on a machine with one, or a busy one, the times say little.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from benchmarks import floors

REQUESTS = 2000
#: Seconds of delay, and requests in flight.
LOADS = ((1.0, 256), (0.05, 64))
_ARTICLE = " ".join(f"The ferry carried {100 + n} people on day {n} of the trial." for n in range(1, 31))

Call = Callable[[], Awaitable[object]]


def measure() -> dict[str, float]:
    """Return the figures that have floors, after printing what they are made of."""
    figures: dict[str, float] = {}
    for delay, flight in LOADS:
        ideal = math.ceil(REQUESTS / flight) * delay
        rows = {who: _apart(who, delay, flight) for who in ("ours", "post", "parse")}
        for who, (wall, cpu) in rows.items():
            print(f"{delay:g} s, {flight} in flight, {who}: {wall / ideal:.2f} x ideal, {cpu:.2f} ms of CPU a request")
        name = f"at_{delay * 1000:.0f}_ms"
        figures[f"{name}_over_ideal"] = rows["ours"][0] / ideal
        figures[f"{name}_cpu_over_parse"] = rows["ours"][1] / rows["parse"][1]
    return figures


def _apart(who: str, delay: float, flight: int) -> tuple[float, float]:
    """Return seconds, and milliseconds of CPU a request, of one side against a server of its own."""
    server = [sys.executable, "-m", "tests.faults", "--fixed", "--delay", str(delay)]
    with subprocess.Popen(server, stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None  # noqa: S101
        port = serving.stdout.readline().strip()
        try:
            client = [sys.executable, "-m", "benchmarks.overhead", "--as", who, port, str(flight)]
            done = subprocess.run(client, stdout=subprocess.PIPE, text=True, check=True)
        finally:
            serving.terminate()
            serving.communicate()
    wall, cpu = map(float, done.stdout.split())
    return wall, cpu


def _client(who: str, port: int, flight: int) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    base_url = f"http://127.0.0.1:{port}/v1"
    call = {"ours": _ours, "post": _post, "parse": _parse}[who](base_url)
    print(*asyncio.run(_timed(call, flight)))


async def _timed(call: Call, flight: int) -> tuple[float, float]:
    await call()
    rest = iter(range(REQUESTS))

    async def worker() -> None:
        for _ in rest:
            await call()

    start, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(worker() for _ in range(flight)))
    return time.perf_counter() - start, (time.process_time() - cpu) / REQUESTS * 1000


def _ours(base_url: str) -> Call:
    import briefing

    engine = briefing.OpenAI("m", base_url=base_url, api_key="k")
    document = briefing.Document.read(_ARTICLE)
    return lambda: engine.brief(document, points=5, focus=None)


def _messages() -> list[dict[str, str]]:
    """Return what our engine sends for this article, so that both sides carry the same load."""
    from briefing import Document, prompts
    from briefing.engines.slices import sentences, written

    given = written([{"id": s.id, "text": s.text} for s in sentences(Document.read(_ARTICLE))])
    return [{"role": "system", "content": prompts.load("summarize").text}, {"role": "user", "content": given}]


def _parse(base_url: str) -> Call:
    from openai import AsyncOpenAI

    from briefing.draft import Draft

    client = AsyncOpenAI(api_key="k", base_url=base_url, max_retries=0)
    messages: Any = _messages()
    return lambda: client.chat.completions.parse(model="m", messages=messages, response_format=Draft)


def _post(base_url: str) -> Call:
    import httpx2
    from openai import AsyncOpenAI, DefaultAioHttpClient

    http = DefaultAioHttpClient(limits=httpx2.Limits(max_connections=1000))
    client = AsyncOpenAI(api_key="k", base_url=base_url, max_retries=0, http_client=http)
    body = {"model": "m", "messages": _messages()}
    return lambda: client.post("/chat/completions", cast_to=httpx2.Response, body=body)


def main() -> int:
    """Measure and compare with the floors; or, as a client of the measurement, print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--as", nargs=3, dest="client", metavar=("WHO", "PORT", "FLIGHT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.client:
        who, port, flight = given.client
        _client(who, int(port), int(flight))
        return 0
    return 0 if floors.hold("overhead", measure()) else 1


if __name__ == "__main__":
    sys.exit(main())
