"""What was paid for once is not paid for again, and what is asked differently is asked anew: over real HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import Answer, Briefing, Cached, OpenAI, Source, SQLiteCache, Usage, verification
from briefing.cache import opened
from briefing.engines.openai import chat, server
from tests.cache import ARTICLE, KEY, QUESTION, article, claims, made, rows, unclaimed
from tests.cache.processes import CONTEXT, long
from tests.faults import FaultServer, Writer, body, says, wire

Verb = Callable[[OpenAI], Briefing | Answer]
FIGURE = Writer(lies={"points[0]": "figure"})
TITLED = [Source(ARTICLE, title="A bridge"), Source(article(3))]


@pytest.fixture
def default() -> SQLiteCache:
    """The cache in which replies are kept when nobody says."""
    cache = opened(None)
    assert isinstance(cache, SQLiteCache)
    return cache


def same(one: Briefing | Answer, other: Briefing | Answer) -> bool:
    """Whether two results are equal but for what was used."""
    return one == other.model_copy(update={"usage": one.usage})


# Paid once

ASKED: dict[str, tuple[Verb, Writer, int]] = {  # what is asked, who writes, in how many calls
    "summarize": (lambda engine: briefing.summarize(ARTICLE, engine=engine), Writer(), 1),
    "summarize with focus": (lambda engine: briefing.summarize(TITLED, engine=engine, focus="ferry", points=2), Writer(), 1),
    "ask": (lambda engine: briefing.ask(ARTICLE, QUESTION, engine=engine), Writer(), 1),
    "not in the sources": (lambda engine: briefing.ask(ARTICLE, "Who owns the orchard?", engine=engine), Writer(), 1),
    "a revision": (lambda engine: briefing.summarize(ARTICLE, engine=engine), FIGURE, 2),
    "a long document": (lambda engine: briefing.summarize(long(), engine=engine, points=2), Writer(), 8),
}  # fmt: skip


@pytest.mark.parametrize("name", ASKED)
def test_the_second_time_is_from_the_cache(name: str) -> None:
    verb, writer, calls = ASKED[name]
    with FaultServer(writer=writer) as server:
        engine = made(server, context=CONTEXT if calls == 8 else None)
        first, again, pickled = verb(engine), verb(engine), verb(pickle.loads(pickle.dumps(engine)))  # noqa: S301
        assert server.calls == first.usage.calls == calls
    assert first.usage.cached == 0
    assert again.usage == pickled.usage == Usage(cached=calls)
    assert same(first, again) and same(first, pickled)


@pytest.mark.parametrize("cache", [None, False])
def test_without_a_cache_all_is_asked_anew(cache: bool | None, default: SQLiteCache) -> None:
    with FaultServer() as server:
        for _ in range(2):
            assert briefing.summarize(ARTICLE, engine=made(server, "m"), cache=cache).usage.calls == 1
        assert server.calls == 2
    assert not default.path.exists()


def test_an_engine_with_a_cache_of_its_own_keeps_it(tmp_path: Path, default: SQLiteCache) -> None:
    with FaultServer() as server:
        engine = Cached(made(server), tmp_path / "own.sqlite3")
        first = briefing.summarize(ARTICLE, engine=engine, cache=None)
        again = briefing.summarize(ARTICLE, engine=pickle.loads(pickle.dumps(engine)))  # noqa: S301
        assert again.usage == Usage(cached=1) and same(first, again) and server.calls == 1
    assert not default.path.exists()


def test_what_a_server_does_not_take_is_learnt_anew_and_its_reply_still_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for fault in ("400_json_schema", "400_no_format", "400_max_tokens", "not_json"):
        with FaultServer([fault], forever=fault != "not_json") as wayward:
            engine = made(wayward, max_tokens=900)
            first = briefing.summarize(ARTICLE, engine=engine)
            assert wayward.calls == first.usage.calls and (first.usage.calls or 0) > 1
            monkeypatch.setattr(server, "_servers", {})  # as in another process
            again = briefing.summarize(ARTICLE, engine=made(wayward, engine.model, max_tokens=900))
            assert again.usage == Usage(cached=1) and same(first, again) and wayward.calls == first.usage.calls


def test_replies_are_judged_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as server:
        engine = made(server)
        first = briefing.summarize(ARTICLE, engine=engine, unsupported="flag")
        assert first.report.ok
        statement = verification.briefing

        def strict(draft: Any, *given: Any, **more: Any) -> Briefing:
            wrong = draft.model_copy(
                update={"lede": draft.lede.model_copy(update={"text": "It will cost $9 million."})}
            )
            return statement(wrong, *given, **more)

        monkeypatch.setattr(verification, "briefing", strict)
        again = briefing.summarize(ARTICLE, engine=engine, unsupported="flag")
        assert again.usage == Usage(cached=1) and not again.report.ok and server.calls == 1


# What lies in the file


@pytest.mark.parametrize(
    "plan",
    ["ok", "401_echoes_key", body("echo", lambda call: wire.error(f"Wrong: {call.key}", code="invalid_api_key")),
     body("echo", lambda call: f"<html><pre>Authorization: Bearer {call.key}</pre></html>")],
    ids=["ok", "401", "error object", "page"],
)  # fmt: skip
def test_no_key_lies_in_the_file(plan: Any, default: SQLiteCache) -> None:
    with FaultServer(plan, forever=True) as server:
        for streamed in (False, True):
            try:
                engine = Cached(made(server, "m"))
                list(briefing.stream(ARTICLE, engine=engine)) if streamed else briefing.ask(
                    ARTICLE, "Why?", engine=engine
                )
            except briefing.EngineError as error:
                assert KEY not in str(error)
    files = sorted(default.path.parent.iterdir())
    assert [each.name for each in files] == [f"replies.sqlite3{end}" for end in ("", "-shm", "-wal")]
    assert rows(default.path)
    for each in files:
        assert KEY.encode() not in each.read_bytes() and KEY[-12:].encode() not in each.read_bytes()


def test_a_reply_lies_there_as_it_came_and_says_what_it_is(default: SQLiteCache) -> None:
    with FaultServer(writer=FIGURE) as server:
        briefing.summarize(ARTICLE, engine=made(server, "m"))
        summary, revision = sorted(rows(default.path), key=lambda row: row.about["task"], reverse=True)
        place = {"model": "m", "server": f"127.0.0.1:{server.port}"}
        assert [row.about for row in (summary, revision)] == [
            {"task": task, **place} for task in ("summarize", "revise")
        ]
        assert [json.loads(row.value["body"])["choices"][0]["message"]["content"] for row in (summary, revision)] == [
            call.said for call in server.ledger
        ]


@pytest.mark.parametrize("where", ["read", "completion"])
def test_a_bug_of_ours_costs_no_money(where: str, monkeypatch: pytest.MonkeyPatch, default: SQLiteCache) -> None:
    def bug(*given: object, **more: object) -> None:
        raise RuntimeError("a bug")

    with FaultServer() as server:
        with monkeypatch.context() as patch:
            patch.setattr(chat, where, bug)
            with pytest.raises(RuntimeError, match="a bug"):
                briefing.summarize(ARTICLE, engine=made(server, "m"))
        assert [row.kind for row in rows(default.path)] == ["reply"]
        assert briefing.summarize(ARTICLE, engine=made(server, "m")).usage == Usage(cached=1)
        assert server.calls == 1


def test_a_long_document_that_was_stopped_pays_for_the_rest(default: SQLiteCache) -> None:
    async def stopped(server: FaultServer) -> None:
        engine = made(server, "m", context=CONTEXT)
        task = asyncio.create_task(briefing.asummarize(long(), engine=engine, points=2))
        while server.calls < 7 or default.stats().replies < 3:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with FaultServer(lambda call: "hang" if 3 <= call.number < 7 else "ok") as server:
        asyncio.run(stopped(server))
        result = briefing.summarize(long(), engine=made(server, "m", context=CONTEXT), points=2)
        assert (result.usage.cached, result.usage.calls, server.calls, server.billed) == (3, 5, 12, 8)


# Where it is kept


@pytest.mark.parametrize("form", ["text", "Path", "home", "relative", "object", "variable"])
def test_a_file_of_ones_own(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "own.sqlite3"
    if form == "variable":
        monkeypatch.setenv("BRIEFING_CACHE", "~/own.sqlite3")
    given: dict[str, Any] = {
        "text": str(path), "Path": path, "home": "~/own.sqlite3", "relative": "own.sqlite3",
        "object": SQLiteCache(path), "variable": True,
    }  # fmt: skip
    with FaultServer() as server:
        for cache in (given[form], path):
            briefing.summarize(ARTICLE, engine=made(server, "m"), cache=cache)
        assert server.calls == 1 and [row.kind for row in rows(path)] == ["reply"]
    assert sorted(os.listdir(tmp_path)) == [f"own.sqlite3{end}" for end in ("", "-shm", "-wal")]  # noqa: PTH208


WRONG: dict[str, tuple[Any, type[briefing.BriefingError]]] = {
    "a class": (SQLiteCache, briefing.ConfigError),
    "a number": (5, briefing.ConfigError),
    "zero": (0, briefing.ConfigError),
    "a dict": ({}, briefing.ConfigError),
    "bytes": (b"own.sqlite3", briefing.ConfigError),
    "a folder": (Path("/"), briefing.CacheError),
    "nothing": ("", briefing.CacheError),
    "no file": ("a\0b", briefing.CacheError),
    "a device": ("/dev/null", briefing.CacheError),
    "nobody's home": ("~nobody-of-this-name/x", briefing.CacheError),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_cache(name: str) -> None:
    given, error = WRONG[name]
    with FaultServer() as server:
        for verb in (briefing.summarize, lambda text, **more: briefing.ask(text, QUESTION, **more)):
            with pytest.raises(error, match=r"[Gg]ive|Name"):
                verb(ARTICLE, engine=made(server), cache=given)
        with pytest.raises(error):
            Cached(made(server), given)
        assert server.calls == 0


# Streams


def whole(result: Briefing) -> list[str]:
    return [claim.text for _, claim in result.claims()]


@pytest.mark.parametrize("first", ["stream", "summarize"])
@pytest.mark.parametrize("second", ["stream", "summarize"])
def test_streams_and_briefings_are_served_from_each_other(first: str, second: str) -> None:
    with FaultServer() as server:
        engine = Cached(made(server))
        told = []
        for verb in (first, second):
            if verb == "stream":
                told.append([claim.text for claim in briefing.stream(ARTICLE, engine=engine)])
            else:
                told.append(whole(briefing.summarize(ARTICLE, engine=engine, unsupported="flag")))
        assert told[0] == told[1] and len(told[0]) > 3 and server.calls == 1


@pytest.mark.parametrize("plan", ["sse_eof", "sse_ends_early", "refusal", "left"])
def test_a_stream_that_breaks_off_is_no_reply(plan: str, default: SQLiteCache) -> None:
    with FaultServer([] if plan == "left" else [plan]) as server:
        engine = Cached(made(server))
        if plan == "left":
            claims = briefing.stream(ARTICLE, engine=engine)
            assert next(claims).where == "headline"
            claims.close()
            assert not default.stats().failures
        else:
            with pytest.raises(briefing.EngineError):
                list(briefing.stream(ARTICLE, engine=engine))
            assert default.stats().failures
        assert default.stats().replies == 0
        assert len(list(briefing.stream(ARTICLE, engine=engine))) > 3
        assert (server.calls, default.stats().replies) == (2, 1) and unclaimed(default)


def test_a_briefing_that_waits_for_a_stream_is_served_by_it() -> None:
    async def both(server: FaultServer) -> Briefing:
        engine = Cached(made(server))
        claims = briefing.astream(ARTICLE, engine=engine)
        first = await anext(claims)
        waiting = asyncio.create_task(briefing.asummarize(ARTICLE, engine=engine))
        await asyncio.sleep(0.1)
        assert [first.where, *[claim.where async for claim in claims]][:2] == ["headline", "lede"]
        return await asyncio.wait_for(waiting, 10)

    with FaultServer() as server:
        assert asyncio.run(both(server)).usage == Usage(cached=1)
        assert server.calls == 1


BABBLE = {"text": "Penguins won the regatta in Oslo on Friday.", "evidence": ["s1"]}
UNGROUNDED = json.dumps({"headline": BABBLE, "lede": BABBLE, "points": [BABBLE], "quotes": [], "analysis": []})


@pytest.mark.parametrize("fallback", [None, "extractive"])
def test_a_reply_of_which_nothing_could_be_used_is_asked_for_anew(default: SQLiteCache, fallback: Any) -> None:
    with FaultServer([says("babble", lambda _: UNGROUNDED)]) as server:
        engine = made(server)
        if fallback:
            assert "extractive" in briefing.summarize(ARTICLE, engine=engine, fallback=fallback).notes[0]
        else:
            with pytest.raises(briefing.BadReply, match="supported"):
                briefing.summarize(ARTICLE, engine=engine)
        stock = default.stats()
        assert (stock.replies, claims(default.path)) == (0, []) and stock.failures
        assert briefing.summarize(ARTICLE, engine=engine).usage.calls == 1
        assert briefing.summarize(ARTICLE, engine=engine).usage.cached == 1
