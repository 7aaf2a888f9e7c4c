"""Engines of one's own behind a cache: their drafts are kept, under their fingerprint, the task and the sources."""

from __future__ import annotations

import asyncio
import json
import pickle
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import Cached, Draft, DraftAnswer, DraftClaim, DraftQuote, Extractive, SQLiteCache, Usage
from briefing.cache import opened
from briefing.draft import NotedDraft, Status
from briefing.engines import Fault, Revises, Streams
from tests.cache import ARTICLE, QUESTION, claims, rows, told, unclaimed

DOCUMENT = briefing.Document.read(ARTICLE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "replies.sqlite3"


def claim(number: int, text: str = "") -> DraftClaim:
    return DraftClaim(text=text or DOCUMENT.by_id[f"s{number}"].text, evidence=[f"s{number}"])


def draft(lede: str = "", **more: Any) -> Draft:
    kind = NotedDraft if "notes" in more else Draft
    return kind(headline=claim(1), lede=claim(1, lede), points=[claim(2), claim(3)], quotes=[], analysis=[], **more)


ANSWER = DraftAnswer(status=Status.ANSWERED, claims=[claim(1)], missing="")
WRONG = "The council rejected the new bridge on Monday."


class Own:
    """An engine as a user may write one; it counts what it is asked."""

    fingerprint = "own 1"

    def __init__(self, brief: Any = None, answer: Any = ANSWER) -> None:
        self.asked: Counter[str] = Counter()
        self.drafts = brief or draft(), answer

    def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> Any:
        self.asked["brief"] += 1
        return self.drafts[0]

    def answer(self, document: briefing.Document, question: str) -> Any:
        self.asked["answer"] += 1
        return self.drafts[1]


class Awaited(Own):
    async def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> Any:
        return Own.brief(self, document, points=points, focus=focus)

    async def answer(self, document: briefing.Document, question: str) -> Any:
        return Own.answer(self, document, question)


class Revising(Own):
    def revise(self, document: briefing.Document, faults: Sequence[Fault]) -> Any:
        self.asked["revise"] += 1
        return tuple(claim(1) for _ in faults)


class Streaming(Own):
    async def stream(
        self, document: briefing.Document, *, points: int, focus: str | None
    ) -> AsyncGenerator[tuple[str, DraftClaim | DraftQuote], None]:
        self.asked["stream"] += 1
        yield "headline", claim(1)


@pytest.mark.parametrize("kind", [Own, Awaited, Revising, Streaming])
def test_drafts_are_kept(kind: type[Own], path: Path) -> None:
    engine = kind()
    for again in (False, True):
        result = briefing.summarize(ARTICLE, engine=engine, cache=path)
        answer = briefing.ask(ARTICLE, QUESTION, engine=engine, cache=path)
        assert result.usage == answer.usage == Usage(cached=int(again))
        assert (result.engine, result.lede.text, answer.claims[0].text) == ("own 1", claim(1).text, claim(1).text)
    assert engine.asked == {"brief": 1, "answer": 1}
    pickled: Cached = pickle.loads(pickle.dumps(Cached(engine, path)))  # noqa: S301
    assert briefing.summarize(ARTICLE, engine=pickled).usage == Usage(cached=1)
    found = sorted((row.kind, row.about["task"], row.about["engine"]) for row in rows(path))
    assert found == [("reply", "answer", "own 1"), ("reply", "brief", "own 1")]


def test_a_revision_is_kept(path: Path) -> None:
    engine = Revising(draft(WRONG))
    first, again = (briefing.summarize(ARTICLE, engine=engine, cache=path) for _ in range(2))
    assert first.lede.text == again.lede.text == claim(1).text and first.report.repairs == again.report.repairs != ()
    assert again.usage == Usage(cached=2) and engine.asked == {"brief": 1, "revise": 1}


def test_notes_are_kept(path: Path) -> None:
    engine = Own(draft(notes=("Sentences s9 to s12 were left out.",)))
    for _ in range(2):
        assert briefing.summarize(ARTICLE, engine=engine, cache=path).notes == ("Sentences s9 to s12 were left out.",)
    assert engine.asked["brief"] == 1


def test_what_an_engine_can_do_more_its_cache_can_do_too(path: Path) -> None:
    for kind, revises, streams in ((Own, False, False), (Revising, True, False), (Streaming, False, True)):
        engine = Cached(kind(), path)
        assert (isinstance(engine, Revises), isinstance(engine, Streams)) == (revises, streams)
    assert isinstance(Cached(briefing.OpenAI("m", "http://127.0.0.1:9/v1"), path), Revises)
    engine = Cached(streaming := Streaming(), path)
    for _ in range(2):  # what is streamed is not kept
        assert [each.where for each in briefing.stream(ARTICLE, engine=engine)] == ["headline"]
    assert streaming.asked == {"stream": 2}
    without = Cached(own := Own(), path)
    for _ in range(2):  # the whole draft, as `summarize` would have it
        assert [each.where for each in briefing.stream(ARTICLE, engine=without)][:2] == ["headline", "lede"]
    assert own.asked == {"brief": 1}


Ask = Callable[[Any, Path], object]
ANEW: dict[str, Ask] = {
    "fingerprint": lambda engine, path: renamed(engine, path),
    "text": lambda engine, path: summarize(engine, path, sources=ARTICLE.replace("Monday", "Sunday")),
    "points": lambda engine, path: summarize(engine, path, points=4),
    "focus": lambda engine, path: summarize(engine, path, focus="the ferry"),
    "question": lambda engine, path: briefing.ask(ARTICLE, QUESTION, engine=engine, cache=path),
    "another file": lambda engine, path: summarize(engine, path.with_name("other.sqlite3")),
    "no cache": lambda engine, path: summarize(engine, None),
    "by default": lambda engine, path: summarize(engine, True),
}
NOT_ANEW: dict[str, Ask] = {
    "nothing": lambda engine, path: summarize(engine, path),
    "what becomes of claims": lambda engine, path: summarize(engine, path, unsupported="drop"),
    "a cache before the cache": lambda engine, path: summarize(Cached(engine, path), None),
}


def renamed(engine: Own, path: Path) -> briefing.Briefing:
    engine.fingerprint = "own 2"
    return summarize(engine, path)


def summarize(engine: Any, cache: Path | bool | None, sources: str = ARTICLE, **more: Any) -> briefing.Briefing:
    return briefing.summarize(sources, engine=engine, cache=cache, **more)


@pytest.mark.parametrize("name", [*ANEW, *NOT_ANEW])
def test_what_is_asked_differently_is_written_anew(name: str, path: Path) -> None:
    engine = Own()
    summarize(engine, path)
    (ANEW | NOT_ANEW)[name](engine, path)
    assert sum(engine.asked.values()) == 1 + (name in ANEW)


STACKED: dict[str, tuple[str, str, int]] = {  # the cache within, the one before it, and in how many it is kept
    "two": ("a", "b", 2),
    "one twice": ("a", "a", 1),
    "one by another name": ("a", "link", 1),
}


@pytest.mark.parametrize("name", STACKED)
@pytest.mark.parametrize("opened", [Path, SQLiteCache], ids=["path", "object"])
def test_a_cache_before_a_cache(name: str, opened: Callable[[Path], Any], tmp_path: Path) -> None:
    within, before, many = STACKED[name]
    (tmp_path / "link").symlink_to("a")
    engine = Own()

    async def brief() -> Usage:
        stacked = Cached(Cached(engine, opened(tmp_path / within)), opened(tmp_path / before))
        return (await asyncio.wait_for(briefing.asummarize(ARTICLE, engine=stacked), 20)).usage

    assert asyncio.run(brief()) == Usage()
    kept = [path for path in (tmp_path / "a", tmp_path / "b") if path.exists()]
    assert [len(rows(path)) for path in kept] == [1] * many and all(claims(path) == [] for path in kept)
    if many == 2:
        SQLiteCache(tmp_path / before).clear()
    assert asyncio.run(brief()) == Usage(cached=1) and len(rows(tmp_path / before)) == 1
    assert engine.asked == {"brief": 1}


def test_by_default_only_what_is_paid_for_is_kept(path: Path) -> None:
    for engine in (Own(), Extractive()):
        for _ in range(2):
            assert briefing.summarize(ARTICLE, engine=engine).usage.cached == 0
    for _ in range(2):  # as fast as it would be found
        assert briefing.summarize(ARTICLE, engine=Extractive(), cache=path).usage.cached == 0
    default = opened(None)
    assert isinstance(default, SQLiteCache)
    assert not default.path.exists() and not path.exists()


@pytest.mark.parametrize("engine", [briefing.OpenAI, Extractive, Own, 5, None], ids=str)
def test_what_is_no_engine(engine: Any, path: Path) -> None:
    with pytest.raises(briefing.ConfigError, match=r"give"):
        briefing.summarize(ARTICLE, engine=Cached(engine, path))


# What an engine must not give

DICT = json.loads(draft().model_dump_json())
BRIEFS: dict[str, Any] = {
    "nothing": None, "text": "a briefing", "a dict": DICT, "JSON": json.dumps(DICT), "an answer": ANSWER,
    "a list": [draft()], "a class": Draft, "what no JSON says": object(), "bytes": b"\xff",
}  # fmt: skip


@pytest.mark.parametrize("name", BRIEFS)
@pytest.mark.parametrize("kind", [Own, Awaited])
def test_what_is_no_draft_is_told_and_not_kept(name: str, kind: type[Own], path: Path) -> None:
    engine = kind(answer=json.loads(ANSWER.model_dump_json()))
    engine.drafts = BRIEFS[name], engine.drafts[1]
    for _ in range(2):
        with pytest.raises(briefing.ConfigError, match=r"brief returned .*: it must return a briefing\.Draft\."):
            briefing.summarize(ARTICLE, engine=engine, cache=path)
        with pytest.raises(briefing.ConfigError, match=r"answer returned .*: it must return a briefing\.DraftAnswer\."):
            briefing.ask(ARTICLE, QUESTION, engine=engine, cache=path)
    assert engine.asked == {"brief": 2, "answer": 2} and rows(path) == []
    assert unclaimed(SQLiteCache(path))


REVISIONS: dict[str, Any] = {
    "nothing": None, "text": "text", "a number": 5, "a dict": {}, "a list of dicts": [DICT["lede"]],
    "a list of lists": [[claim(1)]], "what no JSON says": [object()],
}  # fmt: skip


@pytest.mark.parametrize("name", REVISIONS)
def test_what_is_no_revision_is_not_kept(name: str, path: Path) -> None:
    class Bad(Revising):
        def revise(self, document: briefing.Document, faults: Sequence[Fault]) -> Any:
            super().revise(document, faults)
            return REVISIONS[name]

    engine, notes = Bad(draft(WRONG)), []
    for cache in (None, path, path):
        result = briefing.summarize(ARTICLE, engine=engine, cache=cache)
        notes.append((result.notes, result.report.repairs))
    assert notes[0] == notes[1] == notes[2] and engine.asked["revise"] == 3
    assert [row.about["task"] for row in rows(path)] == ["brief"]


def test_a_text_that_no_json_holds_is_handed_over_and_not_kept(path: Path) -> None:
    engine = Own(draft("The council approved the new bridge \ud800 on Monday."))
    plain = briefing.summarize(ARTICLE, engine=engine, cache=None, unsupported="flag").lede.text
    for _ in range(2):
        assert briefing.summarize(ARTICLE, engine=engine, cache=path, unsupported="flag").lede.text == plain
    assert engine.asked["brief"] == 3 and rows(path) == []


class Failing(Own):
    def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> Any:
        super().brief(document, points=points, focus=focus)
        if self.asked["brief"] == 1:
            raise briefing.Refused("the model declined: give another text.")
        return self.drafts[0]


def test_one_who_fails_is_asked_again(path: Path) -> None:
    engine = Failing()
    with pytest.raises(briefing.Refused):
        briefing.summarize(ARTICLE, engine=engine, cache=path)
    assert unclaimed(SQLiteCache(path))
    assert [briefing.summarize(ARTICLE, engine=engine, cache=path).usage.cached for _ in range(2)] == [0, 1]


@pytest.mark.parametrize("value", ["[]", "null", "5", '"x"', "{}", '{"headline": 1}', "[" * 500 + "]" * 500, ANSWER.model_dump_json(),
                                   json.dumps({**DICT, "lede": None}), '"\\ud800"'])  # fmt: skip
def test_a_draft_that_is_none_is_written_anew(value: str, path: Path) -> None:
    engine = Own()
    first = summarize(engine, path)
    (row,) = rows(path)
    SQLiteCache(path).put(row.key, value)
    with told():
        second, third = summarize(engine, path), summarize(engine, path)
    assert first.text() == second.text() == third.text()
    assert (second.usage.cached, third.usage.cached, engine.asked["brief"]) == (0, 1, 2)
    assert [each.kind for each in rows(path)] == ["reply", "failure"]


def test_many_at_once_are_written_once(path: Path) -> None:
    class Slow(Own):
        async def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> Any:
            await asyncio.sleep(0.1)
            return Own.brief(self, document, points=points, focus=focus)

    async def every() -> list[briefing.Briefing]:
        return await asyncio.gather(*(briefing.asummarize(ARTICLE, engine=engine, cache=path) for _ in range(20)))

    engine = Slow()
    assert sorted(result.usage.cached for result in asyncio.run(every())) == [0] + [1] * 19
    assert engine.asked == {"brief": 1}
