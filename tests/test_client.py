"""The clients that stay open for many endpoints and keys: whoever waits gets a reply, and no key is told."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from threading import Event, Thread

import pytest

import briefing
from briefing import OpenAI, loop
from briefing.engines.openai import client
from briefing.engines.openai.client import Endpoint
from tests.faults import FaultServer

ARTICLE = "The council approved the bridge over the Orrin on Monday. It will cost 4 million euros."
KEY = "sk-canary"
_names = count()


def made(server: FaultServer, keys: int) -> list[OpenAI]:
    return [OpenAI(f"client-{next(_names)}", server.base_url, f"{KEY}-{number}") for number in range(keys)]


def outcome(engine: OpenAI) -> str:
    """Return how a call that nothing is wrong with ends: `done`, or the name of an error."""
    try:
        return f"done in {briefing.summarize(ARTICLE, engine=engine, cache=None).usage.calls}"
    except Exception as error:  # whatever it is: the log has its text
        logging.getLogger("briefing").exception("lost")
        return type(error).__name__


@pytest.mark.parametrize(("keys", "threads"), [(4, 8), (16, 16), (50, 24)], ids=["few keys", "just enough", "too many"])
def test_no_client_is_closed_that_somebody_uses(keys: int, threads: int, caplog: pytest.LogCaptureFixture) -> None:
    with FaultServer(delay=0.05) as server, ThreadPoolExecutor(threads) as pool:
        engines = made(server, keys)
        told = Counter(ended for _ in range(3) for ended in pool.map(outcome, engines))
        assert told == {"done in 1": 3 * keys} and server.calls == server.billed == 3 * keys
    assert KEY not in caplog.text


async def _used(endpoint: Endpoint) -> None:
    async with client._client(endpoint):
        pass


@pytest.mark.parametrize("turns", range(4))
def test_a_call_that_is_cancelled_before_it_is_sent_leaves_its_client_free(turns: int) -> None:
    """After so many turns of the loop it closes clients that have been idle for longest, or is through with that."""

    async def cancelled(mine: Endpoint) -> tuple[list[int], int]:
        others = [client.Client(Endpoint(mine.base_url, f"{KEY}-idle-{number}")) for number in range(40)]
        await asyncio.gather(*(other.post({"model": "m", "messages": []}) for other in others))
        task = asyncio.create_task(_used(mine))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await _used(Endpoint(mine.base_url, f"{KEY}-after"))
        here = (os.getpid(), asyncio.get_running_loop())
        users = [kept.users for place, kept in list(client._open.items()) if place[:2] == here]
        return [number for number in users if number], len(users)

    with FaultServer(delay=0.1) as server:  # long enough that all are in use at the same time
        used, kept = loop.run(cancelled(Endpoint(server.base_url, f"{KEY}-mine")))
    assert not used and kept <= client._MOST + 1


@pytest.fixture
def others() -> Iterator[None]:
    """Loops in another thread that open clients and close them, one after another, while the test runs."""
    events, end = asyncio.new_event_loop(), Event()
    kept = client._Open(Endpoint("http://localhost:9/v1", KEY))
    places = [(os.getpid(), events, Endpoint("http://localhost:9/v1", f"{KEY}-other-{n}")) for n in range(3_000)]
    client._open.update(dict.fromkeys(places, kept))

    def change() -> None:
        while not end.is_set():
            for place in places:
                del client._open[place]
                client._open[place] = kept

    thread, before = Thread(target=change), sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
        sys.setswitchinterval(before)
        for place in places:
            del client._open[place]
        events.run_until_complete(kept.sdk.close())
        events.close()


@pytest.mark.usefixtures("others")
@pytest.mark.parametrize("verb", ["in its own loop", "in the shared one"])
def test_other_loops_open_and_close_theirs_meanwhile(verb: str) -> None:
    endpoints = [Endpoint("http://localhost:9/v1", f"{KEY}-{number}") for number in range(30)]

    async def each() -> int:
        for endpoint in endpoints:
            await _used(endpoint)
        return len(endpoints)

    assert (asyncio.run(each()) if verb == "in its own loop" else loop.run(each())) == 30


@pytest.mark.parametrize(
    "shown",
    [repr, str, lambda given: f"{given}", lambda given: repr((1, given)), lambda given: str(KeyError((1, given)))],
    ids=["repr", "str", "format", "in a tuple", "in an error"],
)
def test_an_endpoint_is_shown_without_its_key(shown: type[str]) -> None:
    endpoint = Endpoint("http://localhost:9/v1", KEY)
    assert "Endpoint('http://localhost:9/v1')" in shown(endpoint) and KEY not in shown(endpoint)
    assert KEY not in shown(OpenAI("m", *endpoint)) and endpoint.key == KEY
