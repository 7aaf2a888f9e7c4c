"""`briefing cache`, run as its users run it."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shlex
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing import SQLiteCache
from briefing.cachestock import Stock
from tests.test_cli import run

DAY = 86_400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A cache of four replies of 1,000 bytes, from now to 60 days ago, and a failure of today."""
    cache = SQLiteCache(tmp_path / "replies.sqlite3")
    for number in range(4):
        cache.put(str(number), json.dumps("x" * 998))
        with cache._lock:
            row = (time.time() - number * 20 * DAY, str(number))
            cache._opened().execute("UPDATE reply SET at = ? WHERE key = ?", row)
    cache.put("4", json.dumps("no"), kind="failure", about={"task": "summarize"})
    cache.close()
    return cache.path


def rows(path: Path) -> tuple[int, int]:
    stock = SQLiteCache(path).stats()
    return stock.replies, stock.failures


def test_stats(path: Path) -> None:
    done = run("cache", "stats", "--cache", str(path), environment={"TZ": "UTC"})
    assert (done.returncode, done.stderr) == (0, "")
    told = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert (told["path"], told["replies"], told["failures"]) == (str(path), "4", "1")
    assert re.fullmatch(r"\d+\.\d kB, 4\.0 kB of it text", told["size"])
    old = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 60 * DAY))
    assert told["oldest"].startswith(old) and told["newest"] > told["oldest"]
    stock = Stock.model_validate_json(run("cache", "stats", "--cache", str(path), "-f", "json").stdout)
    assert (stock.path, stock.replies, stock.failures, stock.text_bytes) == (str(path), 4, 1, 4004)


def test_the_default_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_CACHE", str(tmp_path / "mine.sqlite3"))
    SQLiteCache().put("a", "1")
    assert "replies   1\n" in run("cache", "stats").stdout
    assert run("cache", "clear", "--yes").stdout == "1 row removed\n"
    assert rows(tmp_path / "mine.sqlite3") == (0, 0)


def test_a_cache_that_does_not_exist(tmp_path: Path) -> None:
    where = ["--cache", str(tmp_path / "none.sqlite3")]
    assert "replies   0\nfailures  0\nsize      0 B\noldest    -\nnewest    -\n" in run("cache", "stats", *where).stdout
    for command in (["prune", "--older-than", "1d"], ["clear"], ["clear", "--yes"]):
        done = run("cache", *command, *where)
        assert (done.returncode, done.stdout, done.stderr) == (0, "0 rows removed\n", "")
    export = run("cache", "export", str(tmp_path / "out.jsonl"), *where)
    assert export.returncode == 2 and "There is no cache at" in export.stderr and export.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (["--older-than", "30d"], (2, 1)),
        (["--older-than", "100w"], (4, 1)),
        (["--older-than", "59d"], (3, 1)),
        (["--older-than", "1440h"], (3, 1)),
        (["--older-than", "3600 M"], (1, 1)),
        (["--older-than", "90s"], (1, 1)),
        (["--larger-than", "1GB"], (4, 1)),
        (["--larger-than", "2.5kB"], (2, 1)),
        (["--larger-than", "0.0025 mb"], (2, 1)),
        (["--larger-than", "0B"], (0, 0)),
        (["--older-than", "30d", "--larger-than", "1.5kB"], (1, 1)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_prune(options: list[str], left: tuple[int, int], path: Path) -> None:
    done = run("cache", "prune", "--cache", str(path), *options)
    removed = 5 - sum(left)
    assert (done.returncode, done.stdout) == (0, f"{removed} row{'s' * (removed != 1)} removed\n")
    assert rows(path) == left


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ([], "give --older-than, --larger-than or both"),
        (["--older-than", "30"], "'30' is no number with a unit: give one with s, m, h, d, w"),
        (["--older-than", "a month"], "is no number with a unit"),
        (["--older-than", "-1d"], "is no number with a unit"),
        (["--older-than", "30MB"], "is no number with a unit"),
        (["--older-than", "1e9d"], "is no number with a unit"),
        (["--older-than", f"{'9' * 400}d"], "is no number with a unit"),
        (["--larger-than", "500"], "'500' is no number with a unit: give one with B, kB, MB, GB"),
        (["--larger-than", "1TB"], "is no number with a unit"),
        (["--larger-than", ""], "is no number with a unit"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_prune_of_what(options: list[str], says: str, path: Path) -> None:
    done = run("cache", "prune", "--cache", str(path), *options, environment={"COLUMNS": "600"})
    assert (done.returncode, done.stdout) == (2, "") and says in done.stderr
    assert rows(path) == (4, 1)


def test_clear_wants_a_yes(path: Path) -> None:
    done = run("cache", "clear", "--cache", str(path))
    assert (done.returncode, done.stdout) == (2, "") and "give --yes" in done.stderr and rows(path) == (4, 1)
    done = run("cache", "clear", "--cache", str(path), "--yes")
    assert (done.returncode, done.stdout, done.stderr) == (0, "5 rows removed\n", "") and rows(path) == (0, 0)


@pytest.mark.parametrize(
    ("answer", "code", "left"),
    [(b"y\n", 0, 0), (b"Yes\n", 0, 0), (b"n\n", 0, 5), (b"\n", 0, 5), (b"\x04", 0, 5), (b"\x03", 130, 5)],
    ids=["y", "yes", "no", "enter", "end", "interrupt"],
)
def test_clear_asks_on_a_terminal(answer: bytes, code: int, left: int, path: Path) -> None:
    ours, theirs = pty.openpty()
    # opened by a session of its own, the terminal is the one whose Ctrl-C reaches it
    command = f"exec {shlex.quote(sys.executable)} -m briefing cache clear --cache {path} <>{os.ttyname(theirs)} 2>&0"
    process = subprocess.Popen(["/bin/bash", "-c", command], stdout=subprocess.PIPE, start_new_session=True)
    told = b""
    while b"[y/N]" not in told:
        assert select.select([ours], [], [], 60)[0], told
        told += os.read(ours, 1000)
    os.write(ours, answer)
    out, _ = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert f"Remove 5 rows from {path} for good?".encode() in told
    removed = b"" if code else b"0 rows removed\n" if left else b"5 rows removed\n"
    assert (process.returncode, out, sum(rows(path))) == (code, removed, left)


def test_export(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    done = run("cache", "export", str(target), "--cache", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"5 rows written to {target}\n", "")
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert sorted(row["kind"] for row in found) == ["failure", *["reply"] * 4]
    for name in (str(path), str(tmp_path), str(tmp_path / "none" / "out.jsonl")):
        done = run("cache", "export", name, "--cache", str(path))
        assert done.returncode == 2 and done.stderr.startswith("briefing: Cannot export to ")
    assert rows(path) == (4, 1)


def _pipe(name: Path) -> None:
    os.mkfifo(name)


def _device(name: Path) -> None:
    name.symlink_to("/dev/null")


@pytest.mark.parametrize(("make", "refused"), [(_pipe, True), (_device, True), (Path.touch, False)])
def test_export_replaces_only_a_file(make: Callable[[Path], None], refused: bool, path: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    make(target)
    kind = stat.S_IFMT(target.lstat().st_mode)
    done = run("cache", "export", str(target), "--cache", str(path))
    if refused:
        says = f"briefing: Cannot export to {target}: that is no plain file. Name a new file.\n"
        assert (done.returncode, done.stdout, done.stderr) == (2, "", says)
    else:
        assert (done.returncode, done.stdout) == (0, f"5 rows written to {target}\n")
    assert stat.S_IFMT(target.lstat().st_mode) == kind
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith((".", "out"))) == ["out"]


def test_export_to_standard_output(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run("cache", "export", "out.jsonl", "--cache", str(path))
    done = run("cache", "export", "-", "--cache", str(path))
    assert (done.returncode, done.stderr) == (0, "") and not Path("-").exists()
    assert done.stdout == Path("out.jsonl").read_text(encoding="utf-8") and done.stdout.count("\n") == 5
    assert (
        run("cache", "export", "./-", "--cache", str(path)).stdout == "5 rows written to ./-\n" and Path("-").exists()
    )


@pytest.mark.parametrize(
    ("end", "code", "out"), [("| head -1 | wc -l", 0, "1\n"), (">&-", 2, "")], ids=["read no further", "closed"]
)
def test_export_to_a_standard_output_that_ends(end: str, code: int, out: str, path: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m briefing cache export - --cache {path} {end}"
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (code, out) and ("standard output is closed" in done.stderr) == bool(code)


@pytest.mark.parametrize(
    "command", [["stats"], ["prune", "--older-than", "1d"], ["clear", "--yes"], ["export", "o"]], ids=lambda c: c[0]
)
@pytest.mark.parametrize("what", ["a letter", "a folder", "damaged"])
def test_what_is_no_cache(
    command: list[str], what: str, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = tmp_path / "mine"
    if what == "a folder":
        name.mkdir()
    else:
        name.write_bytes(b"A letter." if what == "a letter" else path.read_bytes()[:4096] + b"?" * 4096)
    before = None if name.is_dir() else name.read_bytes()
    done = run("cache", *command, "--cache", str(name))
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("briefing: The cache ") and done.stderr.count("\n") == 1
    assert not Path("o").exists() and (before is None or name.read_bytes() == before)
