"""What should not lie in a cache, caches that others wrote, and files that cannot be used: a briefing comes all the same."""

from __future__ import annotations

import asyncio
import json
import pickle
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import Briefing, Cache, Cached, SQLiteCache, Usage
from tests.cache import ARTICLE, QUESTION, article, made, raw, rows, told
from tests.faults import FaultServer, says
from tests.test_cache import OTHERS
from tests.test_cached import UNGROUNDED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "replies.sqlite3"


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


def brief(server: FaultServer, cache: Cache | Path, **more: Any) -> Briefing:
    return briefing.summarize(ARTICLE, engine=made(server, "m"), cache=cache, **more)


# Replies that are none, each made of the text and body of a good one

Make = Callable[[str], object]


def answer(content: object, finish: str = "stop", **message: object) -> dict[str, str]:
    said = content if isinstance(content, str) else json.dumps(content)
    choice = {"message": {"role": "assistant", "content": said, **message}, "finish_reason": finish}
    return {"body": json.dumps({"choices": [choice]})}


NO_REPLIES: dict[str, Make] = {
    "no JSON": lambda said: answer("The ferry ran aground on Tuesday."),
    "a refusal": lambda said: answer("", refusal="I can't help with that."),
    "a refusal beside it": lambda said: answer(said, refusal="I can't help with that."),
    "cut off": lambda said: answer(said[: len(said) // 2], "length"),
    "cut off after its end": lambda said: answer(said, "length"),
    "filtered": lambda said: answer(said, "content_filter"),
    "another schema": lambda said: answer({"status": "answered", "claims": [], "missing": ""}),
    "a value of another type": lambda said: answer({**json.loads(said), "lede": 5}),
    "a page": lambda said: {"body": "<html><body>Bad gateway</body></html>"},
    "an error": lambda said: {"body": json.dumps({"error": {"message": "overloaded"}})},
    "no choices": lambda said: {"body": json.dumps({"choices": None})},
    "an empty body": lambda said: {"body": ""},
    "a number as body": lambda said: {"body": 3},
    "null as body": lambda said: {"body": None},
    "an object as body": lambda said: {"body": json.loads(answer(said)["body"])},
    "a body in a list": lambda said: [answer(said)],
    "another name": lambda said: {"Body": answer(said)["body"]},
    "a list": lambda said: [],
    "a text": lambda said: said,
    "a number": lambda said: 5,
    "null": lambda said: None,
    "a surrogate": lambda said: {"body": "\ud800"},
    "deep": lambda said: json.loads("[" * 500 + "]" * 500),
}
REPLIES: dict[str, Make] = {
    "as it was": answer,
    "fenced": lambda said: answer(f"```json\n{said}\n```"),
    "with spaces": lambda said: {"body": f" \n{answer(said)['body']}", "more": 1},
}


@pytest.mark.parametrize("name", [*NO_REPLIES, *REPLIES])
def test_a_reply_that_is_none_is_asked_for_anew(name: str, server: FaultServer, path: Path) -> None:
    first = brief(server, path)
    (row,) = rows(path)
    SQLiteCache(path).put(row.key, json.dumps((NO_REPLIES | REPLIES)[name](server.ledger[0].said or "")))
    good = name in REPLIES
    with told():
        second, third = brief(server, path), brief(server, path)
    assert [second.usage.calls, second.usage.cached] == ([0, 1] if good else [1, 0])
    assert third.usage == Usage(cached=1) and server.calls == (1 if good else 2)
    assert first.text() == second.text() == third.text()
    assert [each.kind for each in rows(path)] == (["reply"] if good else ["reply", "failure"])


def test_a_reply_that_is_none_and_cannot_be_taken_out(server: FaultServer, path: Path) -> None:
    first = brief(server, path)
    (row,) = rows(path)
    SQLiteCache(path).put(row.key, json.dumps(NO_REPLIES["a refusal"]("")))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # it can be read, and not be written
        with told("locked"):
            second = brief(server, SQLiteCache(path, patience=0.1))
    assert (second.usage.calls, second.text(), server.calls) == (1, first.text(), 2)


def test_a_stream_of_a_reply_that_is_none(server: FaultServer, path: Path) -> None:
    brief(server, path)
    (row,) = rows(path)
    for make in NO_REPLIES.values():
        SQLiteCache(path).put(row.key, json.dumps(make(server.ledger[0].said or "")))
        assert len(list(briefing.stream(ARTICLE, engine=Cached(made(server, "m"), path)))) > 3
    assert server.calls == 1 + len(NO_REPLIES)


POISON: dict[str, Any] = {
    "pickle": pickle.dumps({"body": "x"}),
    "pickle as text": pickle.dumps({"body": "x"}, protocol=0).decode(),
    "YAML": "!!python/object/apply:os.system ['true']",
    "YAML like JSON": "{body: !!python/name:os.system }",
    "cut off": '{"body": "',
    "nothing": "",
    "no text": b"\xff\xfe",
}


@pytest.mark.parametrize("name", POISON)
@pytest.mark.parametrize("right", [True, False], ids=["under its own sum", "under another"])
def test_a_poisoned_row_is_told_once_and_asked_for_anew(
    name: str, right: bool, server: FaultServer, path: Path
) -> None:
    first = brief(server, path)
    (row,) = rows(path)
    data = POISON[name] if isinstance(POISON[name], bytes) else POISON[name].encode()
    with closing(sqlite3.connect(path)) as connection, connection:
        digest = sha256(f"{row.key}\n".encode() + data).digest() if right else b"x"
        connection.execute("UPDATE reply SET value = ?, sha256 = ?", (POISON[name], digest))
    cache = SQLiteCache(path)
    with told("damaged rows"):
        second, third = brief(server, cache), brief(server, cache)
    assert (second.usage.calls, third.usage, server.calls) == (1, Usage(cached=1), 2)
    assert first.text() == second.text() == third.text()


# Caches that a user wrote


class Shelf:
    """A cache as a user may write one: it gives back what `change` makes of what was put."""

    def __init__(self, change: Callable[[str], Any] = lambda value: value) -> None:
        self.kept: dict[str, str] = {}
        self.puts: list[str] = []
        self.change = change

    def get(self, key: str) -> Any:
        return self.change(self.kept[key]) if key in self.kept else None

    def put(self, key: str, value: str) -> None:
        self.kept[key] = value
        self.puts.append(value)


def raises(error: Exception) -> Callable[..., Any]:
    def call(*given: object) -> None:
        raise error

    return call


SHELVES: dict[str, tuple[Callable[[str], Any], bool]] = {  # what it gives back, and whether that is the reply
    "as it was": (lambda value: value, True),
    "written anew": (lambda value: json.dumps(json.loads(value), indent=2), True),
    "bytes": (lambda value: value.encode(), False),
    "an object": (json.loads, False),
    "a number": (lambda value: 5, False),
    "garbage": (lambda value: "{garbage", False),
    "half": (lambda value: value[: len(value) // 2], False),
    "nothing": (lambda value: "", False),
    "a surrogate": (lambda value: "\ud800", False),
    "deep": (lambda value: "[" * 100_000, False),
    "pickle": (lambda value: pickle.dumps(value, protocol=0).decode(), False),
    "another": (lambda value: json.dumps(answer("{}")), False),
}


@pytest.mark.parametrize("name", SHELVES)
def test_a_cache_of_the_users_own(name: str, server: FaultServer) -> None:
    change, good = SHELVES[name]
    shelf = Shelf(change)
    with told():
        first, second = brief(server, shelf), brief(server, shelf)
        streamed = list(briefing.stream(ARTICLE, engine=Cached(made(server, "m"), shelf)))
    assert first.text() == second.text() and len(streamed) > 3
    assert second.usage.cached == good and server.calls == (1 if good else 3)
    assert len(shelf.kept) == 1 and all(json.loads(value)["body"] for value in shelf.kept.values())


@pytest.mark.parametrize("method", ["get", "put"])
@pytest.mark.parametrize("error", [OSError("gone"), KeyError("x"), briefing.Refused("x"), RecursionError()], ids=repr)
def test_a_cache_that_fails_stops_nothing(method: str, error: Exception, server: FaultServer) -> None:
    shelf = Shelf()
    setattr(shelf, method, raises(error))
    with told("Shelf, failed", "Shelf, failed"):
        assert brief(server, shelf).text() == brief(server, shelf).text()
    assert server.calls == 2


BAD: dict[str, tuple[Any, list[str]]] = {  # what the server does, and what then lies in the cache
    "refused": ("refusal", ["null"]),
    "none of it supported": (says("babble", lambda _: UNGROUNDED), ["null"]),
    "no reply": ("401_echoes_key", []),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reply_is_not_served_from_a_users_cache(name: str) -> None:
    plan, left = BAD[name]
    shelf = Shelf()
    with FaultServer([plan, plan]) as server:
        for calls in (1, 2):
            with pytest.raises(briefing.EngineError):
                brief(server, shelf, unsupported="drop")  # no call for a revision
            assert (server.calls, list(shelf.kept.values())) == (calls, left)
        assert (brief(server, shelf).usage.calls, brief(server, shelf).usage) == (1, Usage(cached=1))
        assert (server.calls, len(shelf.kept)) == (3, 1)
    assert [value == "null" for value in shelf.puts] == [False, True] * 2 * len(left) + [False]


def test_a_slow_cache_holds_up_nobody_else(server: FaultServer) -> None:
    go, shelf = threading.Event(), Shelf()
    slow = lambda key: shelf.kept.get(key) if go.wait(20) else None  # noqa: E731
    shelf.get = slow  # type: ignore[method-assign]

    async def both() -> list[Briefing]:
        waiting = [asyncio.create_task(briefing.asummarize(ARTICLE, engine=made(server, "m"), cache=shelf))]
        await asyncio.sleep(0.05)
        other = await briefing.asummarize(article(1), engine=made(server, "m"), cache=None)
        assert not waiting[0].done()
        go.set()
        return [other, *await asyncio.gather(*waiting)]

    assert [result.usage.calls for result in asyncio.run(both())] == [1, 1]


# Files that cannot be used


def filled(path: Path, server: FaultServer) -> None:
    """Keep some replies, so that the file has pages to lose."""
    for number in range(10):
        briefing.summarize(article(number), engine=made(server, "m"), cache=(cache := SQLiteCache(path)))
        cache.close()


def corrupt(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:200] + b"\xff" * (path.stat().st_size - 200))


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


@pytest.mark.parametrize("damage", [corrupt, truncated])
def test_a_damaged_file_is_set_aside(damage: Callable[[Path], None], server: FaultServer, path: Path) -> None:
    filled(path, server)
    damage(path)
    before, cache = path.read_bytes(), SQLiteCache(path)
    with told("was damaged"):
        first, second = brief(server, cache), brief(server, cache)
        answered = briefing.ask(ARTICLE, QUESTION, engine=made(server, "m"), cache=cache)
    assert (first.usage.calls, second.usage, answered.usage.calls) == (1, Usage(cached=1), 1)
    (aside,) = path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == before


def test_a_flipped_byte_in_a_reply(server: FaultServer, path: Path) -> None:
    brief(server, path)
    raw(path, "UPDATE reply SET value = replace(value, 'Monday', 'Sunday')")
    cache = SQLiteCache(path)
    with told("damaged rows"):
        results = [brief(server, cache) for _ in range(2)]
    assert [(result.usage.calls, "Sunday" in result.text()) for result in results] == [(1, False), (0, False)]


@pytest.mark.parametrize(("make", "word"), OTHERS.values(), ids=OTHERS)
def test_a_file_that_is_not_ours_stays_as_it_is(
    make: Callable[[Path], object], word: str, server: FaultServer, path: Path
) -> None:
    path.parent.mkdir()
    make(path)
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    cache = SQLiteCache(path)
    with told(word):
        assert [brief(server, cache).usage.calls for _ in range(3)] == [1, 1, 1]
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


def test_a_lock_that_does_not_end(server: FaultServer, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = SQLiteCache(path, patience=0.2)
    brief(server, cache)
    cache.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM claim")
        start = time.monotonic()
        with told("locked by another process"):
            assert [brief(server, cache).usage.calls for _ in range(5)] == [1] * 5
        assert time.monotonic() - start < 10
        other.execute("ROLLBACK")
    monkeypatch.setitem(cache._rests, "read", 0)
    monkeypatch.setitem(cache._rests, "write", 0)
    assert brief(server, cache).usage == Usage(cached=1)
