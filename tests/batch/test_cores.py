"""The extractive engine in a batch: on several cores it writes what it writes on one, and leaves no process behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from briefing import Answer, Briefing, Document, Draft, Extractive, Failure, Source, batch, batching
from briefing.flow import Result
from tests.batch.engines import article, failures, ids

SENTENCES = [
    "The council approved the new bridge on Monday.",
    "It will cost about $4 million, Mayor Ana Holm said.",
    "“Work begins in May,” she said.",
    "The ferry, which carried 1,200 people a day, stops running then.",
]
#: One that cannot be used, one with a question of its own, one of several sources, a document, a hard one.
ROWS: list[Any] = [
    *({"id": f"r{n}", "text": " ".join(SENTENCES[n % 4 :] + SENTENCES[: n % 4])} for n in range(6)),
    {"id": "empty", "text": ""},
    {"id": "own", "text": " ".join(SENTENCES), "question": "How much will the bridge cost?"},
    [SENTENCES[0], Source(SENTENCES[3], "The ferry [1] stops", "https://news.example/1", "2026-03-04")],
    Document.read(" ".join(SENTENCES)),
    {"id": "odd", "text": "The \ud800 bridge opened.\x1c\u2028It cost £4m [1, 2]. 🚢"},
    {"id": "symbols", "text": "…"},
]


def children() -> set[int]:
    """Return the processes that this one has started and that still are there."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = path.read_text().rpartition(")")[2].split()[:2]
        except OSError:  # it has just ended
            continue
        if int(parent) == os.getpid() and state != "Z":
            found.add(int(path.parent.name))
    return found


def comparable(result: Result) -> Any:
    return (result.id, type(result.error), str(result.error)) if isinstance(result, Failure) else result


def test_several_cores_write_what_one_writes() -> None:
    before = children()
    options: dict[str, Any] = {"points": 2, "focus": "the bridge", "unsupported": "flag"}
    one = list(map(comparable, batch(ROWS, workers=1, **options)))
    two = list(map(comparable, batch(ROWS, workers=2, **options)))
    assert two == one and len(one) == len(ROWS)
    assert isinstance(one[0], Briefing) and isinstance(one[7], Answer) and one[6][0] == "empty"
    assert "extractive engine wrote this, offline" in one[0].notes[0]
    assert children() == before


def test_processes_are_taken_when_they_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "_PAYS", 8)
    monkeypatch.setattr(batching, "_cores", lambda: 2)
    before = children()
    asked = ["How much will the bridge cost?", "Who is the mayor?"]
    expected = list(map(comparable, batch(ROWS * 3, question=asked, workers=1)))
    results, seen = [], set()
    for result in batch(ROWS * 3, question=asked):
        results.append(comparable(result))
        seen |= children() - before
    assert results == expected and len(seen) in (1, 2)
    assert children() == before


def test_few_articles_need_no_process() -> None:
    before = children()
    for result in batch(ROWS):
        assert result is not None and children() == before


def test_one_that_is_killed_loses_nothing() -> None:
    before, killed = children(), 0
    results: list[Result] = []
    for result in batch(map(article, range(60)), workers=2):
        results.append(result)
        if len(results) in (10, 30):
            for process in sorted(children() - before)[:1]:
                os.kill(process, signal.SIGKILL)
                killed += 1
    assert killed == 2 and not failures(results)
    assert ids(results) == [f"a{number}" for number in range(60)]
    assert children() == before


def test_closed_early_it_leaves_no_process() -> None:
    before = children()
    results = batch(map(article, range(10_000)), workers=2)
    next(results)
    assert children() - before
    results.close()
    end = time.monotonic() + 2
    while children() != before and time.monotonic() < end:
        time.sleep(0.01)
    assert children() == before


class Mine(Extractive):
    """An extractive engine that somebody changed: a process would not know of it."""

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        draft = super().brief(document, points=points, focus=focus)
        return draft.model_copy(update={"points": []})


def test_a_changed_engine_stays_in_this_process() -> None:
    for engine, expected in ((Mine(), 0), (Extractive(), 2)):
        for result in batch([" ".join(SENTENCES)] * 3, engine=engine, workers=2):
            assert isinstance(result, Briefing) and len(result.points) == expected
