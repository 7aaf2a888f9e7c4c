"""The cache with real files, processes, signals, locks and full disks."""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from briefing import cachefile, cachekey
from briefing.cache import Cache, CacheWarning, SQLiteCache
from briefing.cachekey import key
from briefing.errors import CacheError
from tests.cache import Fetched, fetched, paying, raw, scene, told

REPLY = json.dumps({"reply": "The ferry carried 120 people. “So be it.” " * 40})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "replies.sqlite3"


@pytest.fixture
def cache(path: Path) -> SQLiteCache:
    return SQLiteCache(path, patience=0.2)


# Keeping and finding


def test_what_was_put_is_found(cache: SQLiteCache) -> None:
    assert cache.get("a") is None
    cache.put("a", REPLY, about={"model": "m", "task": "summarize"})
    cache.put("b", "1")
    cache.put("b", "2")
    assert [cache.get(each) for each in "abc"] == [REPLY, "2", None]
    cache.close()
    assert SQLiteCache(cache.path).get("a") == REPLY


def test_it_is_a_cache_and_travels_to_other_processes(cache: SQLiteCache) -> None:
    cache.put("a", REPLY)
    again: SQLiteCache = pickle.loads(pickle.dumps(cache))  # noqa: S301
    assert (isinstance(again, Cache), isinstance(5, Cache)) == (True, False)
    assert (again.path, again.patience, again.get("a")) == (cache.path, 0.2, REPLY)


def test_failures_are_kept_and_never_served(cache: SQLiteCache) -> None:
    cache.put("refused", REPLY, kind="failure", about={"why": "refused"})
    cache.put("bad", REPLY)  # kept before it was looked at, and then found to be none
    cache.put("bad", REPLY, kind="failure")
    cache.put("good", "1")
    cache.put("good", "2", kind="failure")  # an earlier try
    assert [cache.get(each) for each in ("refused", "bad", "good")] == [None, None, "1"]
    assert (cache.stats().replies, cache.stats().failures) == (1, 3)


@pytest.mark.parametrize("value", ["", "{", "yaml: 1", "NaN", "'a'", "\ud800", '"\ud800"', "\x80\x04K\x01."])
def test_no_json_is_put(cache: SQLiteCache, value: str) -> None:
    with pytest.raises(CacheError):
        cache.put("a", value)
    assert cache.get("a") is None
    cache.put("a", '"\\ud800 \\u0000 é"')
    assert cache.get("a") == '"\\ud800 \\u0000 é"'


def test_keys() -> None:
    one = key(model="m", document={"b": ["é", "\ud800"], "a": 1.5}, prompt=None)
    assert one == key(prompt=None, document={"a": 1.5, "b": ["é", "\ud800"]}, model="m")
    assert len(one) == 64
    others = [key(), key(model="m"), key(model=["m"]), key(model="m", task=""), key(parts={"model": "m"}), one]
    assert len(set(others)) == len(others)
    for wrong in ({1, 2}, float("nan"), b"bytes"):
        with pytest.raises((TypeError, ValueError)):
            key(part=wrong)


def test_another_key_version_is_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(a=1)
    monkeypatch.setattr(cachekey, "KEY_VERSION", cachekey.KEY_VERSION + 1)
    assert key(a=1) != before


# The file


def test_all_is_the_users_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.umask(0)
    try:
        deep = path.parent / "deeper" / "replies.sqlite3"
        cache = SQLiteCache(deep)
        cache.put("a", REPLY)
    finally:
        os.umask(before)
    assert {each.name: oct(each.stat().st_mode & 0o777) for each in path.parent.rglob("*")} == {
        "deeper": "0o700", "replies.sqlite3": "0o600", "replies.sqlite3-wal": "0o600", "replies.sqlite3-shm": "0o600"
    }  # fmt: skip
    assert path.parent.stat().st_mode & 0o777 == 0o700
    cache.close()
    deep.chmod(0o644)
    assert cache.get("a") == REPLY
    assert deep.stat().st_mode & 0o777 == 0o600


def test_where_it_lies_when_nobody_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFING_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    cache = SQLiteCache()
    cache.put("a", "1")
    assert cache.path.name == "replies.sqlite3"
    if sys.platform == "linux":
        assert cache.path.parent == tmp_path / "briefing"
    assert cache.path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("odd", ["a b?c#d%20.db", "é“.db", ":memory:", "x" * 200])
def test_odd_names(tmp_path: Path, odd: str) -> None:
    SQLiteCache(tmp_path / odd).put("a", "1")
    assert SQLiteCache(str(tmp_path / odd)).get("a") == "1"
    assert (tmp_path / odd).stat().st_size


def test_names_of_no_file(tmp_path: Path) -> None:
    for wrong in (tmp_path, "", 5, "a\0b", "/dev/null"):
        with pytest.raises(CacheError):
            SQLiteCache(wrong)  # type: ignore[arg-type]


def _foreign(path: Path) -> None:
    raw(path, "CREATE TABLE reply (key TEXT PRIMARY KEY, value TEXT)", "PRAGMA application_id = 5")


def _newer(path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        SQLiteCache(path).put("a", "1")
    raw(path, "PRAGMA user_version = 99", "PRAGMA wal_checkpoint(TRUNCATE)")


OTHERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_text("a list of things to do\n" * 100), "no cache of briefing"),
    "one byte": (lambda path: path.write_bytes(b"S"), "no cache of briefing"),
    "another database": (_foreign, "no cache of briefing"),
    "another database without id": (lambda path: raw(path, "CREATE TABLE t (x)"), "no cache of briefing"),
    "newer": (_newer, "newer briefing"),
}


@pytest.mark.parametrize(("make", "word"), OTHERS.values(), ids=OTHERS)
def test_a_file_that_is_not_ours_stays_as_it_is(
    cache: SQLiteCache, path: Path, make: Callable[[Path], object], word: str
) -> None:
    path.parent.mkdir()
    make(path)
    before = {each.name: each.read_bytes() for each in path.parent.iterdir()}
    with told(word):
        for _ in range(3):
            assert cache.claim("a", 5)
            cache.put("a", REPLY)
            assert cache.get("a") is None
    with pytest.raises(CacheError, match=word):
        cache.clear()
    assert {each.name: each.read_bytes() for each in path.parent.iterdir()} == before


@pytest.mark.parametrize("make", [Path.touch, _foreign], ids=["empty", "moved away"])
def test_files_that_do_not_hinder(cache: SQLiteCache, path: Path, make: Callable[[Path], object]) -> None:
    path.parent.mkdir()
    make(path)
    if path.stat().st_size:
        path.rename(path.with_suffix(".away"))
    with told():
        cache.put("a", REPLY)
        assert cache.get("a") == REPLY


@pytest.mark.parametrize("share", [0.0001, 0.01, 0.3, 0.9])
def test_a_truncated_file_is_set_aside(cache: SQLiteCache, path: Path, share: float) -> None:
    for number in range(100):
        cache.put(str(number), REPLY)
    cache.close()
    rest = path.read_bytes()[: max(100, int(path.stat().st_size * share))]
    path.write_bytes(rest)
    other = SQLiteCache(path)
    with told("was damaged", "was damaged"):  # one each
        cache.put("a", REPLY)
        # the other opened it before; whoever comes second leaves the new file alone
        other._opened = _once_damaged(other)  # type: ignore[method-assign]
        other.put("b", REPLY)
    assert [cache.get("a"), other.get("b"), cache.get("b")] == [REPLY] * 3
    (aside,) = path.parent.glob("*.damaged-*")
    assert aside.read_bytes()[:100] == rest[:100]


def _once_damaged(cache: SQLiteCache) -> Any:
    """Return an opening that first meets the file that lay there before."""
    opened = SQLiteCache._opened

    def first() -> sqlite3.Connection:
        cache._opened = partial(opened, cache)  # type: ignore[method-assign]
        cache._inode = 1
        raise cachefile.Damaged

    return first


def test_tables_that_are_not_ours_are_damage(cache: SQLiteCache, path: Path) -> None:
    cache.put("a", REPLY)
    cache.close()
    raw(path, "CREATE TRIGGER planted AFTER INSERT ON reply BEGIN DELETE FROM reply; END")
    with told("was damaged"):
        cache.put("a", REPLY)
    assert cache.get("a") == REPLY


def test_damage_met_while_it_is_open(cache: SQLiteCache, path: Path) -> None:
    for number in range(300):
        cache.put(str(number), REPLY)
    raw(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * (path.stat().st_size - 8192))
    cache.close()
    with told("was damaged"):
        assert [cache.get(str(number)) for number in range(300)] == [None] * 300
        cache.put("a", REPLY)
    assert cache.get("a") == REPLY


def test_a_warning_made_an_error_loses_nothing(cache: SQLiteCache, path: Path) -> None:
    cache.put("a", "1")
    cache.close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(CacheWarning):  # as all warnings are here
        cache.put("b", REPLY)
    assert cache.get("b") == REPLY


def test_a_file_taken_away_while_it_is_open(cache: SQLiteCache, path: Path) -> None:
    cache.put("a", REPLY)
    shutil.rmtree(path.parent)
    with told():
        cache.put("b", REPLY)
    assert SQLiteCache(path).get("b") == REPLY


# Rows


def test_a_flipped_byte(cache: SQLiteCache, path: Path) -> None:
    for name in ("a", "b"):
        cache.put(name, json.dumps(name * 500))
    cache.close()
    content = path.read_bytes()
    at = content.index(b"a" * 500) + 250
    path.write_bytes(content[:at] + b"c" + content[at + 1 :])
    with told("damaged rows"):
        assert [cache.get("a"), cache.get("a"), cache.get("b")] == [None, None, json.dumps("b" * 500)]
        assert asyncio.run(fetched(cache, "a", paying('"anew"'))) == Fetched('"anew"', cached=False)
        assert cache.get("a") == '"anew"'


ROWS: dict[str, tuple[object, bool, bool]] = {  # value, under its own sum, served
    "JSON": ('{"a": 1}', True, True),
    "JSON under another sum": ('{"a": 1}', False, False),
    "pickle": (pickle.dumps({"a": 1}), True, False),
    "pickle as text": (pickle.dumps({"a": 1}, protocol=0).decode(), True, False),
    "YAML": ("!!python/object/apply:os.system ['true']", True, False),
    "YAML like JSON": ("{a: !!python/name:os.system }", True, False),
    "JSON as bytes": (b'{"a": 1}', True, False),
    "nothing": ("", True, False),
    "a number, which becomes text": (5.5, True, True),
    "no UTF-8": (b'"\xff"', True, False),
    "very deep": ("[" * 100_000, True, False),
}


@pytest.mark.parametrize(("value", "right", "served"), ROWS.values(), ids=ROWS)
def test_a_poisoned_row(cache: SQLiteCache, path: Path, value: object, right: bool, served: bool) -> None:
    cache.put("a", "1")
    data = value if isinstance(value, bytes) else str(value).encode()
    kept = "CAST(? AS TEXT)" if data == b'"\xff"' else "?"
    with closing(sqlite3.connect(path)) as connection, connection:
        own = sha256(b"a\n" + data if right else data).digest()
        connection.execute(f"UPDATE reply SET value = {kept}, sha256 = ?", (value, own))  # noqa: S608
    with told(*[] if served else ["damaged rows"]):
        assert (cache.get_or_claim("a", 5) is not True) is served
        # `get` by itself looks no further than the beginning where somebody forged the sum as well
        assert (cache.get("a") is not None) is (
            served or (right and data[:1] in (b"{", b"[") and isinstance(value, str))
        )


def test_a_value_under_another_key(cache: SQLiteCache, path: Path) -> None:
    cache.put("a", "1")
    raw(path, "UPDATE reply SET key = 'b'")
    with told("damaged rows"):
        assert cache.get("b") is None


# Where it cannot be used


@pytest.mark.parametrize("when", ["before", "while open"])
def test_a_lock_that_does_not_end(cache: SQLiteCache, path: Path, when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.put("a", REPLY)
    if when == "before":
        cache.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE" if when == "before" else "PRAGMA user_version")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM claim")
        start = time.monotonic()
        with told("locked by another process"):
            for _ in range(5):
                assert cache.claim("b", 5)
                cache.put("b", REPLY)
            assert cache.get("a") == (REPLY if when == "while open" else None)
        assert time.monotonic() - start < 1  # it waits once, for `patience`
        other.execute("ROLLBACK")
    monkeypatch.setitem(cache._rests, "read", 0)
    monkeypatch.setitem(cache._rests, "write", 0)
    cache.put("b", REPLY)
    assert cache.get("b") == REPLY


def rests(cache: SQLiteCache, now: list[float], times: int) -> list[float]:
    """Return for how many seconds the cache is left alone each time that it cannot be written; `now` is its clock."""
    found = []
    for _ in range(times):
        cache.put("a", REPLY)
        found.append(cache._rests["write"] - now[0])
        now[0] += found[-1]
    return found


@pytest.mark.parametrize("when", ["before", "while open"])
def test_a_locked_file_is_left_alone_for_a_short_time_first(
    path: Path, when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    SQLiteCache(path).put("a", "1")
    cache, now = SQLiteCache(path, patience=0.01), [1000.0]
    monkeypatch.setattr("briefing.cache.time", SimpleNamespace(monotonic=lambda: now[0]))
    if when == "while open":
        cache.put("a", "1")
    for again in (False, True):
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            if when == "before" and not again:
                other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            other.execute("DELETE FROM claim")
            with told(*[] if again else ["locked by another process"]):
                assert rests(cache, now, 8) == [0.5, 1, 2, 4, 8, 16, 30, 30]
            now[0] -= 1  # amid the rest
            other.execute("ROLLBACK")
        cache.put(f"b {again}", REPLY)
        assert cache._rests["write"] > now[0] and SQLiteCache(path).get(f"b {again}") is None
        now[0] += 1
        cache.put(f"b {again}", REPLY)
        assert SQLiteCache(path).get(f"b {again}") == REPLY


def test_other_troubles_are_left_alone_for_long(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    _foreign(path)
    cache, now = SQLiteCache(path), [1000.0]
    monkeypatch.setattr("briefing.cache.time", SimpleNamespace(monotonic=lambda: now[0]))
    with told("no cache of briefing"):
        assert rests(cache, now, 2) == [30, 30]


def test_a_short_lock_is_waited_for(path: Path) -> None:
    cache = SQLiteCache(path)
    cache.put("a", REPLY)
    code = "import sqlite3, sys, time; c = sqlite3.connect(sys.argv[1], isolation_level=None)\nc.execute('BEGIN IMMEDIATE'); print(flush=True); time.sleep(0.3)"
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as other, told():
        assert other.stdout
        other.stdout.readline()
        cache.put("b", REPLY)
    assert cache.get("b") == REPLY


def test_a_full_disk(path: Path) -> None:
    result = scene("full", path)
    assert 10 <= result["found"] < 200
    assert len(result["told"]) == 1
    assert "Make room" in result["told"][0]
    assert SQLiteCache(path).get("run 0")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk], capture_output=True).returncode
    ):
        pytest.skip("this user may not mount a disk")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)  # noqa: S607


def test_a_full_small_disk(small_disk: Path) -> None:
    result = scene("full", small_disk / "replies.sqlite3")
    assert 10 < result["found"] < 300
    assert len(result["told"]) == 1
    assert "Make room" in result["told"][0]


@pytest.mark.parametrize("holds", ["nothing", "a cache", "an open cache", "what is secret"])
def test_a_folder_that_may_not_be_written(holds: str) -> None:
    folder = Path(tempfile.mkdtemp())  # where another user may look
    path = folder / "replies.sqlite3"
    try:
        cache = SQLiteCache(path)
        if holds != "nothing":
            cache.put("run 1", REPLY)
            path.chmod(0o644)
        if holds in ("a cache", "what is secret"):
            cache.close()
        folder.chmod(0o500 if holds == "what is secret" else 0o555)
        before = {each.name: each.read_bytes() for each in folder.iterdir()}
        result = scene("stranger", path)
        assert result["found"] == 0
        assert len(result["told"]) == 1
        assert {each.name: each.read_bytes() for each in folder.iterdir()} == before
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


# Looking after it


def test_stats_of_none(cache: SQLiteCache, path: Path) -> None:
    assert (cache.stats().replies, cache.prune(older_than=1), cache.clear()) == (0, 0, 0)
    assert not path.parent.exists()


def test_prune_and_clear(cache: SQLiteCache, path: Path) -> None:
    for number in range(10):
        cache.put(str(number), json.dumps("x" * 998))
    raw(path, "UPDATE reply SET at = at - 1000 WHERE key IN ('0', '5')")
    assert cache.stats().text_bytes == 10_000
    size = cache.stats().file_bytes
    assert cache.prune(older_than=500) == 2
    assert cache.prune(larger_than=3500) == 5
    assert [bool(cache.get(str(number))) for number in range(10)] == [False] * 7 + [True] * 3
    cache.put("f", "1", kind="failure")
    assert cache.clear() == 4
    assert (cache.stats().replies, cache.stats().failures, cache.stats().oldest) == (0, 0, None)
    assert cache.stats().file_bytes < size


def test_export(cache: SQLiteCache, path: Path, tmp_path: Path) -> None:
    cache.put("a", '{"one":\n "\\ud800 “é”"}', about={"model": "m"})
    cache.put("b", "1", kind="failure")
    cache.put("c", "2")
    raw(path, "UPDATE reply SET value = '3' WHERE key = 'c'")  # damaged: left out
    target = tmp_path / "out.jsonl"
    assert cache.export(target) == 2
    first, second = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert first.pop("at") == pytest.approx(time.time(), abs=60)
    assert first == {"kind": "reply", "key": "a", "about": {"model": "m"}, "value": {"one": "\ud800 “é”"}}
    assert (second["kind"], second["value"]) == ("failure", 1)
    assert target.stat().st_mode & 0o777 == 0o600
    for wrong in (path, tmp_path, tmp_path / "none" / "out.jsonl"):
        with pytest.raises(CacheError):
            cache.export(wrong)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "out.jsonl"]


def test_a_damaged_file_is_told_to_who_looks_after_it(cache: SQLiteCache, path: Path) -> None:
    cache.put("a", REPLY)
    cache.close()
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(CacheError, match="damaged"):
        cache.stats()
    assert path.stat().st_size == 5000
