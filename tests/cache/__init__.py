"""What the tests of the cache share: replies that cost something, and scenes with processes of their own."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

from briefing.cache import Cache
from briefing.once import LEASE, turn


def scene(name: str, path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.cache.scenes", name, str(path)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


class Fetched(NamedTuple):
    """A reply as JSON text, and whether it came from the cache: the caller paid nothing for it."""

    value: str
    cached: bool


async def fetched(cache: Cache, key: str, pay: Callable[[], Awaitable[str]], *, lease: float = LEASE) -> Fetched:
    """Return the reply under this key, paid for by `pay` when nobody has."""
    async with turn(cache, key, lease=lease) as own:
        if own.found is not None:
            return Fetched(own.found, cached=True)
        value = await pay()
        await own.keep(value)
        return Fetched(value, cached=False)


def paying(value: str, seconds: float = 0.0, ledger: list[str] | None = None) -> Callable[[], Any]:
    async def pay() -> str:
        if ledger is not None:
            ledger.append(value)
        await asyncio.sleep(seconds)
        return value

    return pay
