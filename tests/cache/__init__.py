"""What the tests of the cache share: replies that cost something, and scenes with processes of their own."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def scene(name: str, path: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.cache.scenes", name, str(path)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def paying(value: str, seconds: float = 0.0, ledger: list[str] | None = None) -> Callable[[], Any]:
    async def pay() -> str:
        if ledger is not None:
            ledger.append(value)
        await asyncio.sleep(seconds)
        return value

    return pay
