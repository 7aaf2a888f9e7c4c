"""Every fault of a server: what failed is kept for diagnosis and never served, what went well is served for nothing.

All run side by side against one server, as in `tests/test_faults.py`, where the model's name says which fault it
serves. Then the server is well, nothing is known of it any more, and all ask again.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import tenacity

from briefing import BriefingError, Cached, Document, DraftClaim, DraftQuote, OpenAI, Usage
from briefing.engines.openai import attempts, server
from briefing.usage import metered
from tests.cache import ARTICLE, Row, rows
from tests.faults import FaultServer
from tests.faults.breaks import FAULTS as BREAKS
from tests.test_faults import CASES as ALL
from tests.test_faults import ENDLESS, KEY, Case, model, serve

DOCUMENT = Document.read(ARTICLE)
_ONCE = {(case.streamed, case.model): case.outcome for case in ALL}
#: Each fault once; and for ever, where something else comes of it then.
CASES = [
    case
    for case in ALL
    if case.outcome != _ONCE.get((case.streamed, case.model.removesuffix("!"))) or case.model[-1] != "!"
]


class Run(NamedTuple):
    """What came of one case: the claims or the error, what was used, and what lay in the cache of it then."""

    told: list[str] | BriefingError
    usage: Usage


class Seen(NamedTuple):
    first: Run
    kept: list[Row]
    again: Run


async def run(case: Case, url: str, path: Path, *, streamed: bool) -> Run:
    name = case.model.strip("!")
    # a connection that the server has just closed must not be the next case's: another key has other connections
    key = f"{KEY}-{model(case)}" if name in BREAKS else KEY
    engine = Cached(OpenAI(model(case), url, key, 1.5 if name in ENDLESS else 8.0), path)
    with metered() as meter:
        try:
            if streamed:
                claims: AsyncIterator[Any] = engine.stream(DOCUMENT, points=3, focus=None)
                return Run([claim.text async for _, claim in claims], meter.usage)
            draft = await engine.brief(DOCUMENT, points=3, focus=None)
        except BriefingError as error:
            return Run(error, meter.usage)
    statements: list[DraftClaim | DraftQuote] = [
        draft.headline,
        draft.lede,
        *draft.points,
        *draft.quotes,
        *draft.analysis,
    ]
    return Run([each.text for each in statements], meter.usage)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[Case, Seen]:
    """Run every case once with its fault, and once more without."""
    path, counter, well = tmp_path_factory.mktemp("faults") / "replies.sqlite3", Counter[str](), False

    async def every(url: str) -> list[Run]:
        at_once = asyncio.Semaphore(40)

        async def one(work: Coroutine[Any, Any, Run]) -> Run:
            async with at_once:
                return await work

        return await asyncio.gather(*(one(run(case, url, path, streamed=case.streamed and not well)) for case in CASES))

    with (
        FaultServer(lambda call: "ok" if well else serve(call, counter)) as faulty,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(attempts, "_JITTER", tenacity.wait_none())
        first = asyncio.run(every(faulty.base_url))
        kept = rows(path)
        well = True
        patch.setattr(server, "_servers", {})  # as in another process
        again = asyncio.run(every(faulty.base_url))
    of = {case: [row for row in kept if row.about["model"] == model(case)] for case in CASES}
    return {case: Seen(one, of[case], two) for case, one, two in zip(CASES, first, again, strict=True)}


@pytest.mark.parametrize("case", CASES, ids=model)
def test_faults(case: Case, seen: dict[Case, Seen]) -> None:
    first, kept, again = seen[case]
    assert isinstance(again.told, list) and len(again.told) > 3, again.told
    kinds = Counter(row.kind for row in kept)
    if case.outcome == "ok":
        assert first.told == again.told
        assert again.usage == Usage(cached=1)
        assert kinds["reply"] == 1
    else:
        assert isinstance(first.told, BriefingError)
        assert (again.usage.calls, again.usage.cached) == (1, 0)
        assert kinds["reply"] == 0 and kinds["failure"] >= 1
        assert kept[-1].value["error"] == type(first.told).__name__
        assert KEY not in str(kept) and "council" not in str(kept[-1].value)
    assert len({row.key for row in kept}) == 1
