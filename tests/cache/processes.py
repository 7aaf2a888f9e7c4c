"""Scenes in which processes brief articles with one cache between them, each in a process without threads.

`python -m tests.cache.processes SCENE PATH ADDRESS` prints what came of it as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
import warnings
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import briefing
from briefing import OpenAI, Usage
from briefing.cache import SQLiteCache
from briefing.engines.openai import chat  # before any fork: the SDK takes a second to import
from tests.cache import ARTICLE, article
from tests.cache.scenes import NOBODY, Ledger, forked, joined

#: So many short articles make one that does not fit into the context.
LONG, CONTEXT = 100, 4096


def long() -> str:
    return "\n\n".join(map(article, range(LONG)))


def engine(url: str, **options: Any) -> OpenAI:
    return OpenAI("processes", url, "sk-x", **options)


def _killed_after(replies: int) -> None:
    """Have the process end as a killed one does, when so many replies have come and before it looks into that one."""
    number, read = count(1), vars(chat)["read"]

    def last(*given: Any) -> Any:
        if next(number) == replies:
            os._exit(9)
        return read(*given)

    vars(chat)["read"] = last


def relay(path: Path, url: str) -> dict[str, object]:
    """One process after another: what each used, and how it ended."""
    ledger = Ledger(path)

    def brief(text: str, killed_after: int = 0, **options: Any) -> None:
        if killed_after:
            _killed_after(killed_after)
        ledger.add(
            briefing.summarize(text, engine=engine(url, **options), cache=path, points=2).usage.model_dump_json()
        )

    runs = [
        partial(brief, ARTICLE),
        partial(brief, ARTICLE),
        partial(brief, article(1), killed_after=1),
        partial(brief, article(1)),
        partial(brief, long(), killed_after=3, context=CONTEXT),
        partial(brief, long(), context=CONTEXT),
        partial(brief, long(), context=CONTEXT),
    ]
    codes = [joined([forked(run)])[0] for run in runs]
    used = [Usage.model_validate_json(line) for line in ledger.lines()]
    return {"codes": codes, "used": [(usage.calls, usage.cached) for usage in used]}


def crowd(path: Path, url: str) -> dict[str, object]:
    """Eight processes want the same 100 articles at the same time, and nothing is there yet."""
    ledger = Ledger(path)

    async def work() -> None:
        warnings.simplefilter("error")
        each = (briefing.asummarize(article(n), engine=engine(url), cache=path) for n in range(100))
        for number, result in enumerate(await asyncio.gather(*each)):
            assert result.lede.text == article(number).partition(". ")[0] + "."
            ledger.add(f"{result.usage.calls} {result.usage.cached}")

    codes = joined([forked(lambda: asyncio.run(work())) for _ in range(8)])
    lines = ledger.lines()
    return {"codes": codes, "paid": lines.count("1 0"), "cached": lines.count("0 1"), "results": len(lines)}


def hindered(path: Path, url: str) -> dict[str, object]:
    """The file in the folder `full` may not grow beyond 100 kB; that in `theirs` is another user's."""
    _briefed(path / "none", url, 1)  # imports all that it needs
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    sys.dont_write_bytecode = True  # what is imported from here on would be cut off, for later tests as well
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
    full = _briefed(path / "full" / "replies.sqlite3", url, 30)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    return {"full": full, "theirs": _briefed(path / "theirs" / "replies.sqlite3", url, 3)}


def _briefed(path: Path, url: str, times: int) -> tuple[int, list[str]]:
    """Return how many calls were made, and what was told."""
    cache, calls = SQLiteCache(path), 0
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for number in range(times):
            result = briefing.summarize(article(number), engine=engine(url), cache=cache)
            assert result.lede.text == article(number).partition(". ")[0] + "."
            calls += result.usage.calls or 0
    return calls, [f"{each.category.__name__}: {each.message}" for each in told]


SCENES: dict[str, Callable[[Path, str], dict[str, Any]]] = {scene.__name__: scene for scene in (relay, crowd, hindered)}

if __name__ == "__main__":
    briefing.verify(ARTICLE, ARTICLE)  # what the checks need is read once, before any fork
    print(json.dumps(SCENES[sys.argv[1]](Path(sys.argv[2]), sys.argv[3])))  # noqa: T201
