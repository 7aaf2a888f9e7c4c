"""`briefing batch`, run as its users run it: against a server that misbehaves, with signals, pipes and full disks."""

from __future__ import annotations

import csv
import json
import os
import re
import select
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import typer.main

import briefing
from briefing import cli, cli_batch, terminal
from briefing.arguments import UNCONFIGURED
from briefing.batching import CONCURRENCY
from briefing.progress import Tally
from tests.faults import FAULTS, Call, Fault, FaultServer, Writer
from tests.faults.plan import Choose
from tests.test_cli import fresh, run

PEOPLE = re.compile(rb"carried (\d+) people")


def rows(count: int) -> list[dict[str, str]]:
    return [
        {"id": f"a{n}", "text": f"The ferry carried {1000 + n} people to Port Alder on Monday."} for n in range(count)
    ]


def lines(given: list[dict[str, str]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in given).encode()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that commands run in, with eight articles in in.jsonl."""
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_bytes(lines(rows(8)))
    return tmp_path


def at(server: FaultServer) -> list[str]:
    return ["--base-url", server.base_url, "--model", "cli-batch"]


def whole(name: str) -> list[dict[str, Any]]:
    """Return the results in a file, every line of which has to be whole."""
    data = Path(name).read_bytes()
    assert data.endswith(b"\n") or not data
    return [json.loads(line) for line in data.splitlines()]


def on(number: int, fault: str) -> Choose:
    """Return the plan of a fault that one article meets, and only it."""
    return lambda call: fault if f"carried {1000 + number} people".encode() in call.raw else "ok"


# How a batch ends


ENDS = {
    "all done": (None, [], 0, 8, "8 articles: 8 done; 8 calls, tokens "),
    "one refused": (on(3, "refusal"), [], 1, 8, "8 articles: 7 done, 1 failed (1 Refused; the first: article a3: "),
    "all cut off": (
        on(0, "finish_length"), ["--fallback", "extractive"], 0, 8, "8 articles: 8 done; ",
    ),
    "wrong key": ("401_echoes_key", [], 3, None, "set OPENAI_API_KEY"),
    "spent quota": ("429_insufficient_quota", [], 3, None, "quota"),
    "unknown model": ("404_model_not_found", [], 3, None, "model"),
    "budget of calls": (None, ["--max-calls", "3"], 4, None, "The limit is --max-calls."),
    "budget of no call": (None, ["--max-calls", "0"], 4, None, "The limit is --max-calls."),
    "budget of tokens": (None, ["--token-budget", "4000"], 4, None, "The limit is --token-budget."),
    "enough": (None, ["--max-calls", "8", "--token-budget", "900000"], 0, 8, "8 articles: 8 done; 8 calls, tokens "),
}  # fmt: skip


@pytest.mark.parametrize(("plan", "options", "code", "results", "says"), ENDS.values(), ids=ENDS)
@pytest.mark.usefixtures("folder")
def test_how_a_batch_ends(
    plan: Choose | str | None, options: list[str], code: int, results: int | None, says: str
) -> None:
    with FaultServer(plan, forever=True) as server:
        done = run("batch", "in.jsonl", "-o", "out.jsonl", *at(server), "--concurrency", "2", *options)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    told = done.stderr.splitlines()
    found = whole("out.jsonl") if Path("out.jsonl").exists() else []
    failed = [result for result in found if "error" in result]
    if code in (3, 4):  # one line says what was done, one why it ended
        assert len(told) == 2 and says in told[1] and told[1].startswith("briefing: ")
        assert told[0].startswith(f"briefing: stopped after {len(found)} article") and len(found) < 8
        assert bool(failed) == (code == 3)  # what the budget does not cover is not begun, and has no row
    else:
        assert len(told) == 1 and told[0].startswith(f"briefing: {says}") and bool(failed) == code
        assert sorted(result["id"] for result in found) == [row["id"] for row in rows(8)]
    assert told[0].endswith("; results in out.jsonl") == bool(found)
    assert server.billed >= len(found) - len(failed)


def test_what_is_done_by_the_end_does_not_replace_more(folder: Path) -> None:
    Path("out.jsonl").write_text("{}\n" * 9, encoding="utf-8")
    with FaultServer(on(4, "401_echoes_key")) as server:
        done = run("batch", "in.jsonl", "-o", "out.jsonl", *at(server), "--concurrency", "1")
        assert done.returncode == 3 and len(whole("out.jsonl")) == 9
        part = str(folder / "out.jsonl.part")
        told = done.stderr.splitlines()[0]
        assert told.endswith(f"; results in {part} (out.jsonl holds as many or more, from an earlier run)")
        assert {"a0", "a4"} <= {result["id"] for result in whole(part)}
    with FaultServer() as server:
        assert run("batch", "in.jsonl", "-o", "out.jsonl", *at(server)).returncode == 0
    assert len(whole("out.jsonl")) == 8 and not Path(part).exists()


@pytest.mark.parametrize("output", ["-", "out.jsonl", "out.csv"])
@pytest.mark.usefixtures("folder")
def test_a_name_that_is_no_utf8(output: str) -> None:
    name = os.fsdecode(b"\xe9.jsonl")
    Path(name).write_bytes(b"{\n" + lines(rows(1)))
    done = run("batch", name, "-o", output, "-e", "extractive")
    assert done.returncode == 1 and "2 articles: 1 done, 1 failed (1 InputError; the first: article 0: " in done.stderr
    found = done.stdout if output == "-" else Path(output).read_text(encoding="utf-8")
    assert "\ufffd.jsonl, line 1 is no JSON" in found and "a0" in found


def test_each_day_of_a_budget_adds_to_the_results(folder: Path) -> None:
    with FaultServer() as server:
        for day, done in ((1, 3), (2, 6), (3, 8)):
            ended = run("batch", "in.jsonl", "-o", "out.jsonl", *at(server), "--ordered", "--max-calls", "3")
            assert (ended.returncode, server.calls) == (4 if day < 3 else 0, done), ended.stderr
            assert sum("error" not in result for result in whole("out.jsonl")) == done
            assert (
                ended.stderr.splitlines()[0].endswith("; results in out.jsonl") and not Path("out.jsonl.part").exists()
            )


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("short.", "article 7: short."),
        ("a\n\x1b[31m  b", "article 7: a [31m b"),
        ("x" * 109, "article 7: " + "x" * 109),
        ("x" * 110, "article 7: " + "x" * 108 + "…"),
    ],
    ids=["short", "not printable", "just", "long"],
)
def test_the_first_failure_is_told(message: str, told: str) -> None:
    tally = Tally()
    for number, error in ((7, briefing.InputError(message)), (8, briefing.InputError("another"))):
        tally.add(briefing.Failure(id=str(number), error=error))
    done = f"2 articles: 0 done, 2 failed (2 InputError; the first: {told}); 1.0 s"
    assert cli_batch._summary(tally, "article", 1.0, []) == done


def test_which_engine_writes_is_said_where_nobody_chose_it(folder: Path) -> None:
    with FaultServer() as server:
        for options, environment, said in (
            ([], {}, True),
            (["-e", "extractive"], {}, False),
            (at(server), {}, False),
            ([], {"OPENAI_BASE_URL": server.base_url, "BRIEFING_MODEL": "m"}, False),
        ):
            done = run("batch", "in.jsonl", *options, environment=environment)
            assert done.returncode == 0 and done.stderr.count(UNCONFIGURED) == said
            assert done.stderr.count("\n") == 1 + said


UNUSABLE = {
    "no input": (["none.jsonl"], "none.jsonl cannot be read (No such file or directory)"),
    "no table": (["in.txt"], "in.txt is no table"),
    "no folder": (["in.jsonl", "-o", "none/out.jsonl"], "its folder does not exist"),
    "no format": (["in.jsonl", "-o", "out.doc"], "out.doc has no ending that says its format"),
    "over its input": (["in.jsonl", "-o", "in.jsonl"], "in.jsonl is read, and writing in.jsonl would overwrite it"),
    "over its input by a link": (["in.jsonl", "-o", "link.jsonl"], "would overwrite it: name another output"),
    "points of answers": (["in.jsonl", "-q", "Who?", "--points", "3"], "points is for briefings"),
    "focus of answers": (["in.jsonl", "-q", "Who?", "--focus", "ferries"], "focus is for briefings"),
    "no question": (["in.jsonl", "-q", "?"], "the question has no word in it"),
    "nobody in flight": (["in.jsonl", "--concurrency", "0"], "--concurrency"),
    "no pace": (["in.jsonl", "--rpm", "0"], "--rpm"),
    "pace without a model": (["in.jsonl", "--rpm", "60"], "--rpm is for a model, and none is set up"),
    "budget of the extractive engine": (
        ["in.jsonl", "-e", "extractive", "--token-budget", "9"], "--token-budget is for a model: leave it out"
    ),
    "no key": (["in.jsonl", "--model", "m"], "there is no API key: set OPENAI_API_KEY"),
    "price unknown": (
        ["in.jsonl", "--base-url", "http://localhost:9/v1", "--max-cost", "1"], "--max-cost needs the prices of"
    ),
    "cache and none": (["in.jsonl", "--cache", "c.sqlite3", "--no-cache"], "--cache and --no-cache exclude"),
    "cache that is a folder": (
        ["in.jsonl", "--base-url", "http://localhost:9/v1", "--cache", "."], "that is a folder or no plain file"
    ),
}  # fmt: skip


@pytest.mark.parametrize("installed", [True, False])
def test_why_money_cannot_be_counted(installed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_batch, "find_spec", lambda name: installed and name)
    with pytest.raises(briefing.ConfigError) as caught:
        cli_batch._refuse_unpriced(briefing.OpenAI(model="m", base_url="http://localhost:9/v1"))
    assert ("in the price list of the server localhost: give --max-calls" in str(caught.value)) == installed
    assert ("pip install 'briefing[prices]', or give --max-calls" in str(caught.value)) != installed


@pytest.mark.parametrize(("arguments", "says"), UNUSABLE.values(), ids=UNUSABLE)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_used(arguments: list[str], says: str) -> None:
    Path("in.txt").write_text("It rained.", encoding="utf-8")
    Path("link.jsonl").symlink_to("in.jsonl")
    before = {path.name: path.read_bytes() for path in Path().iterdir()}
    done = run("batch", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.replace("│", " ").split())
    assert {path.name: path.read_bytes() for path in Path().iterdir()} == before


@pytest.mark.usefixtures("folder")
def test_no_articles() -> None:
    Path("empty.jsonl").touch()
    done = run("batch", "empty.jsonl", "-o", "out.jsonl", "-e", "extractive")
    assert (done.returncode, Path("out.jsonl").read_bytes()) == (0, b"")
    assert re.fullmatch(r"briefing: 0 articles: 0 done; [\d.]+ s; results in out\.jsonl\n", done.stderr)


# Signals


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["interrupted", "terminated"]
)
@pytest.mark.parametrize("engine", ["model", "extractive"])
def test_a_signal_ends_it_in_good_order(number: signal.Signals, code: int, engine: str, folder: Path) -> None:
    Path("in.jsonl").write_bytes(lines(rows(3_000)))
    command = [sys.executable, "-m", "briefing", "batch", "in.jsonl", "-o", "out.jsonl"]
    with FaultServer(delay=0.05) as server:
        options = [*at(server), "--concurrency", "4"] if engine == "model" else ["-e", "extractive", "--workers", "2"]
        process = subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, start_new_session=True)
        part, end = Path("out.jsonl.part"), time.monotonic() + 60
        # more than one, for one that is being written when the signal comes is taken back
        while not (part.exists() and part.stat().st_size > 10_000) and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(process.pid, number)
        _, told = process.communicate(timeout=20)
        calls, idle = server.calls, server.idle()
        time.sleep(0.2)
        assert idle and server.calls == calls  # none is made after the end
    assert process.returncode == code
    found = whole("out.jsonl")
    assert 0 < len(found) < 3_000 and not part.exists()
    assert re.fullmatch(rf"briefing: stopped after {len(found):,} articles?: .*; results in out\.jsonl\n", told), told
    assert f"; {calls:,} calls, tokens " in told or not calls


def test_a_batch_in_the_background_is_not_interrupted(folder: Path) -> None:
    command = f"trap '' INT; {shlex.quote(sys.executable)} -m briefing batch in.jsonl --ordered -o out.jsonl"
    with FaultServer(delay=0.3) as server:
        process = subprocess.Popen(
            ["/bin/bash", "-c", f"{command} --concurrency 4 {shlex.join(at(server))}"],
            stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        end = time.monotonic() + 60
        while not server.calls and time.monotonic() < end:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0 and "8 articles: 8 done" in told


# The cache


@pytest.mark.usefixtures("folder")
def test_what_was_paid_for_is_not_paid_for_again() -> None:
    with FaultServer() as server:
        for calls, options, says in (
            (8, [], "8 done; 8 calls"),
            (0, [], "8 done (8 from the cache); "),
            (8, ["--no-cache"], "8 done; 8 calls"),
            (8, ["--cache", "other.sqlite3"], "8 done; 8 calls"),
            (0, ["--cache", "other.sqlite3"], "8 done (8 from the cache); "),
        ):
            before = server.calls
            done = run("batch", "in.jsonl", "-o", "out.jsonl", *at(server), *options)
            assert (done.returncode, server.calls - before) == (0, calls)
            assert says in done.stderr and (calls > 0) == ("tokens" in done.stderr) == ("cost unknown" in done.stderr)
        Path("in.jsonl").write_bytes(lines(rows(10)))
        done = run("batch", "in.jsonl", "-o", "out.jsonl", *at(server))
        assert "10 articles: 10 done (8 from the cache); 2 calls" in done.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "verb", [["summarize"], ["ask", "How many people did the ferry carry?"]], ids=lambda verb: verb[0]
)
def test_one_article_uses_the_cache_too(verb: list[str]) -> None:
    Path("a.txt").write_text(rows(1)[0]["text"], encoding="utf-8")
    with FaultServer() as server:
        for calls, options in ((1, []), (0, []), (1, ["--no-cache"]), (1, ["--cache", "b"]), (0, ["--cache", "b"])):
            before = server.calls
            assert run(*verb, "a.txt", *at(server), *options).returncode == 0
            assert server.calls - before == calls
        both = run(*verb, "a.txt", *at(server), "--cache", "b", "--no-cache")
        assert both.returncode == 2 and "exclude each other" in both.stderr


@pytest.mark.usefixtures("folder")
def test_a_cache_that_cannot_be_used_is_one_line() -> None:
    Path("mine.txt").write_text("A letter.", encoding="utf-8")
    with FaultServer() as server:
        done = run("batch", "in.jsonl", "-o", "out.jsonl", *at(server), "--cache", "mine.txt")
    assert done.returncode == 0 and server.calls == 8 and Path("mine.txt").read_text(encoding="utf-8") == "A letter."
    told = done.stderr.splitlines()
    assert len(told) == 2 and told[0].startswith("briefing: The cache ") and "is no cache of briefing" in told[0]


# What is read and written


@pytest.mark.usefixtures("folder")
def test_standard_input_to_standard_output() -> None:
    done = run("batch", "-", stdin=lines([*rows(2), {"id": "bad", "body": "x"}]))
    assert done.returncode == 1
    found = {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert set(found) == {"a0", "a1", "bad"}
    assert 'standard input, line 3 has no "text"' in found["bad"]["error"]["message"]
    for name in ("a0", "a1"):
        assert briefing.Briefing.model_validate(found[name]).id == name
    failed = r"1 failed \(1 InputError; the first: article bad: standard input, line 3 has no \"text\"[^\n]{,90}\)"
    assert re.fullmatch(
        rf"briefing: {re.escape(UNCONFIGURED)}\nbriefing: 3 articles: 2 done, {failed}; [\d.]+ s\n", done.stderr
    )


def _slowly(*options: str) -> subprocess.Popen[bytes]:
    """Start a batch of what comes on standard input."""
    command = [sys.executable, "-m", "briefing", "batch", "-", *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)


@pytest.mark.parametrize("options", [["--as-finished"], ["--ordered"], ["-q", "How many people?"]], ids=" ".join)
@pytest.mark.usefixtures("folder")
def test_a_result_does_not_wait_for_the_next_article(options: list[str]) -> None:
    with _slowly(*options) as process:
        assert process.stdin and process.stdout
        for row in rows(3):
            process.stdin.write(lines([row]))
            process.stdin.flush()
            assert select.select([process.stdout], [], [], 60)[0]
            assert json.loads(os.read(process.stdout.fileno(), 1_000_000))["id"] == row["id"]
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0 and b": 3 done; " in told


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["interrupted", "terminated"]
)
@pytest.mark.usefixtures("folder")
def test_the_end_does_not_wait_for_standard_input(number: signal.Signals, code: int) -> None:
    with _slowly() as process:
        assert process.stdin and process.stdout
        process.stdin.write(lines(rows(1)))
        process.stdin.flush()
        assert select.select([process.stdout], [], [], 60)[0]
        os.killpg(process.pid, number)
        assert process.wait(timeout=60) == code  # with standard input still open
        told = (process.stderr or process.stdout).read().decode().splitlines()
    # none, where the signal came after the result was written and before it was counted
    assert len(told) == 2 and re.match(r"briefing: stopped after (1 article: 1|0 articles: 0) done; ", told[1]), told


@pytest.mark.usefixtures("folder")
def test_what_is_paid_for_articles_of_standard_input_is_told() -> None:
    with FaultServer() as server:
        done = run("batch", "-", *at(server), stdin=lines(rows(3)))
    assert done.returncode == 0 and "briefing: 3 articles: 3 done; 3 calls, tokens " in done.stderr


@pytest.mark.usefixtures("folder")
def test_tables() -> None:
    with Path("in.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["id", "text"])
        table.writeheader()
        table.writerows(rows(3))
    assert run("batch", "in.csv", "-o", "out.csv", "--ordered").returncode == 0
    with Path("out.csv").open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [row["id"] for row in found] == ["a0", "a1", "a2"] and "1002 people" in found[2]["lede"]


@pytest.mark.usefixtures("folder")
def test_questions() -> None:
    asked = ["How many people did the ferry carry?", "Who signed the treaty?"]
    own = {"id": "own", "text": "The council approved the bridge.", "question": "What did the council approve?"}
    Path("in.jsonl").write_bytes(lines([*rows(2), own]))
    done = run("batch", "in.jsonl", "--ordered", "-q", asked[0], "-q", asked[1])
    assert done.returncode == 0 and "briefing: 5 answers: 5 done" in done.stderr
    found = [briefing.Answer.model_validate_json(line) for line in done.stdout.splitlines()]
    assert [(answer.id, answer.question) for answer in found] == [
        *(("a0", question) for question in asked), *(("a1", question) for question in asked), ("own", own["question"]),
    ]  # fmt: skip
    assert [answer.status.value for answer in found[:2]] == ["answered", "not_in_sources"]


@pytest.mark.usefixtures("folder")
def test_a_question_of_its_own_among_briefings() -> None:
    own = {"id": "own", "text": "The council approved the bridge.", "question": "What did the council approve?"}
    Path("in.jsonl").write_bytes(lines([*rows(2), own]))
    for options in ([], ["--workers", "2"]):
        done = run("batch", "in.jsonl", "--ordered", "--points", "3", "--focus", "ferry", *options)
        assert done.returncode == 0
        assert ["lede" in json.loads(line) for line in done.stdout.splitlines()] == [True, True, False]


@pytest.mark.parametrize(
    ("options", "first"),
    [([], "a1"), (["--as-finished"], "a1"), (["--ordered"], "a0")],
    ids=["", "as finished", "ordered"],
)
@pytest.mark.usefixtures("folder")
def test_order(options: list[str], first: str) -> None:
    def late(call: Call) -> Iterator[bytes | float]:
        yield 0.5
        yield from FAULTS["ok"].script(call)  # type: ignore[misc]  # nothing here ends a connection

    slow = Fault("late", late, billed=True)
    Path("in.jsonl").write_bytes(lines(rows(2)))
    with FaultServer(lambda call: slow if b"carried 1000 people" in call.raw else "ok") as server:
        done = run("batch", "in.jsonl", *at(server), *options)
    assert json.loads(done.stdout.splitlines()[0])["id"] == first


SHELL = f"{shlex.quote(sys.executable)} -m briefing batch"


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        ("- -o in.jsonl < in.jsonl", True),
        ("- -o link.jsonl < in.jsonl", True),
        ("- -o in.jsonl < link.jsonl", True),
        ("- -o out.jsonl < out.jsonl.part", True),
        ("- -o new.jsonl < in.jsonl", False),
        ("- -o new.jsonl < <(cat in.jsonl)", False),
        ("in.jsonl -o new.jsonl < in.jsonl", False),
    ],
)
@pytest.mark.usefixtures("folder")
def test_standard_input_is_not_overwritten(command: str, refused: bool) -> None:
    Path("link.jsonl").symlink_to("in.jsonl")
    Path("out.jsonl.part").write_bytes(lines(rows(8)))
    command = f"{SHELL} -e extractive {command}"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2 if refused else 0, ""), done.stderr
    says = r"briefing: standard input is read, and writing \S+ would overwrite it: name another output\.\n"
    assert bool(re.fullmatch(says, done.stderr)) == refused
    assert Path("in.jsonl").read_bytes() == Path("out.jsonl.part").read_bytes() == lines(rows(8))
    assert Path("new.jsonl").exists() != refused and (refused or len(whole("new.jsonl")) == 8)


@pytest.mark.parametrize("waits", [True, False])
def test_a_pipe_that_is_read_slowly_gets_all(waits: bool, folder: Path) -> None:
    """Be it that a write to it waits, or that it says that it would have to: a pipe of a terminal multiplexer, say."""
    Path("in.jsonl").write_bytes(lines(rows(100)))
    reader, writer = os.pipe()
    os.set_blocking(writer, waits)
    command = [sys.executable, "-m", "briefing", "batch", "in.jsonl", "-e", "extractive", "--workers", "1"]
    with subprocess.Popen(command, stdout=writer, stderr=subprocess.PIPE, text=True) as process:
        os.close(writer)
        with suppress(subprocess.TimeoutExpired):  # long enough for the pipe to be full
            process.wait(timeout=3)
        with os.fdopen(reader, "rb") as pipe:
            found = [json.loads(line)["id"] for line in pipe.read().splitlines()]
        _, told = process.communicate(timeout=60)
    assert process.returncode == 0 and told.startswith("briefing: 100 articles: 100 done; ")
    assert sorted(found) == sorted(row["id"] for row in rows(100))


@pytest.mark.parametrize("meanwhile", ["a folder", "nothing"])
@pytest.mark.usefixtures("folder")
def test_where_results_lie_that_cannot_get_their_name(meanwhile: str, folder: Path) -> None:
    with _slowly("-o", "out.jsonl", "-e", "extractive") as process:
        assert process.stdin and process.stderr
        process.stdin.write(lines(rows(2)))
        process.stdin.flush()
        part, end = Path("out.jsonl.part"), time.monotonic() + 60
        while not (part.exists() and part.read_bytes().count(b"\n") == 2) and time.monotonic() < end:
            time.sleep(0.01)
        if meanwhile == "a folder":
            Path("out.jsonl").mkdir()
        _, told = process.communicate(timeout=60)
    first, *rest = told.decode().splitlines()
    if meanwhile == "a folder":
        assert process.returncode == 2 and "(Is a directory)" in rest[0]
        assert first.endswith(f"; results in {folder / part}") and len(whole(str(part))) == 2
    else:
        assert (process.returncode, rest) == (0, []) and first.endswith("; results in out.jsonl")


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (f"set -o pipefail; {SHELL} in.jsonl | head -c 1 >/dev/null", 141, "briefing: stopped after "),
        (f"{SHELL} in.jsonl >/dev/full", 2, "briefing: standard output cannot be used (No space left"),
        (f"{SHELL} in.jsonl >&-", 2, "briefing: standard output is closed"),
        (f"{SHELL} - <&-", 2, "briefing: standard input is closed"),
        (
            f"ulimit -f 16; trap '' XFSZ; PYTHONDONTWRITEBYTECODE=1 {SHELL} in.jsonl -o out.jsonl",
            2,
            "out.jsonl.part cannot be used (File too large)",
        ),
        (f"{SHELL} in.jsonl -o out.jsonl 2>/dev/full", 0, ""),
        (f"set -o pipefail; {SHELL} in.jsonl 2>/dev/full | head -c 1 >/dev/null", 141, ""),
    ],
    ids=["pipe", "full", "no output", "no input", "no room", "errors full", "pipe and errors full"],
)
def test_what_a_shell_may_do(command: str, code: int, says: str, folder: Path) -> None:
    Path("in.jsonl").write_bytes(lines(rows(100)))
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert says in (done.stderr.splitlines() or [""])[-1] and bool(done.stderr) == bool(says)
    assert "Traceback" not in done.stderr
    for name in ("out.jsonl", "out.jsonl.part"):
        assert not Path(name).exists() or whole(name)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.04, "0.0 s"), (9.94, "9.9 s"), (41.2, "41 s"), (60, "1 min 0 s"), (3_599, "59 min 59 s"), (7_380, "2 h 3 min")],
)
def test_how_long_it_took(seconds: float, told: str) -> None:
    assert cli_batch._time(seconds) == told


# How fast, how far


@pytest.mark.parametrize("options", [["--rpm", "60"], ["--tpm", "60000"]], ids=" ".join)
@pytest.mark.usefixtures("folder")
def test_a_pace_is_kept(options: list[str]) -> None:
    Path("in.jsonl").write_bytes(lines(rows(3)))
    with FaultServer() as server:
        assert run("batch", "in.jsonl", *at(server), *options).returncode == 0
        first, _, last = (call.arrived for call in server.ledger)
    assert last - first > 0.5  # of each second's worth one more may go out at once, and then one a second


def test_concurrency_is_kept(folder: Path) -> None:
    for options, most in (([], 8), (["--concurrency", "3"], 3)):
        with FaultServer(delay=0.3) as server:
            assert run("batch", "in.jsonl", *at(server), *options).returncode == 0
        assert server.most_in_flight == most


def test_a_bar_is_shown_when_it_is_asked_for(folder: Path) -> None:
    for options, shown in ((["--progress"], True), (["--no-progress"], False), ([], False)):
        done = run("batch", "in.jsonl", "-o", "out.jsonl", *options)
        assert done.returncode == 0 and ("8/8" in done.stderr) == shown  # it knows how many lines there are
        assert done.stderr.splitlines()[-1].startswith("briefing: 8 articles: 8 done; ")


def test_workers_write_the_same(folder: Path) -> None:
    one, two = (run("batch", "in.jsonl", "--ordered", "--workers", n).stdout for n in "12")
    assert one == two and len(one.splitlines()) == 8


def test_what_a_model_writes_is_held_to_the_options(folder: Path) -> None:
    Path("in.jsonl").write_bytes(lines(rows(1)))
    with FaultServer(writer=Writer({"*": "figure"})) as server:
        for mode, code in (("flag", 0), ("raise", 1)):
            options = ["--unsupported", mode, "--language", "French", "--max-tokens", "900"]
            done = run("batch", "in.jsonl", *at(server), "--no-cache", *options)
            assert done.returncode == code
            assert (json.loads(done.stdout).get("error") or {"type": ""})["type"] == (
                "UnsupportedClaims" if code else ""
            )
        assert {(call.prompt or {})["language"] for call in server.ledger} == {"French"}
        assert {(call.body or {})["max_tokens"] for call in server.ledger} == {900}


# Help


@pytest.mark.parametrize(
    "names", [["batch"], ["cache", "stats"], ["cache", "prune"], ["cache", "clear"], ["cache", "export"]], ids=" ".join
)
def test_help_names_all_options(names: list[str]) -> None:
    found: Any = typer.main.get_command(cli.app)
    for name in names:
        found = found.commands[name]
    told = run(*names, "--help", environment={"COLUMNS": "80"}).stdout
    options = [option for parameter in found.params for option in (*parameter.opts, *parameter.secondary_opts)]
    assert options and not [option for option in options if option.startswith("-") and f"{option} " not in told]


def test_help_is_right() -> None:
    option = {parameter.name: parameter for parameter in typer.main.get_command(cli.app).commands["batch"].params}  # type: ignore[attr-defined]
    assert option["concurrency"].default == CONCURRENCY
    for code in ("0", "1", "2", "3", "4", "70", "130", "141", "143"):
        assert f" {code} " in terminal.EXIT_CODES
    assert {"batch", "cache"} <= set(run("--help").stdout.split())


@pytest.mark.parametrize("command", [["batch", "--help"], ["cache", "stats", "--help"]], ids=" ".join)
def test_help_waits_for_nothing(command: list[str]) -> None:
    heavy = [
        "asyncio",
        "numpy",
        "openai",
        "tqdm",
        "briefing.api",
        "briefing.batching",
        "briefing.cache",
        "briefing.rows",
    ]
    code = (
        f"import sys; sys.argv = ['briefing', *{command!r}]; from briefing.cli import main\n"
        f"try: main()\nexcept SystemExit: print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_process_that_starts_from_nothing(folder: Path) -> None:
    done = fresh("batch", "in.jsonl", "-o", "out.jsonl")
    assert done.returncode == 0 and len(whole("out.jsonl")) == 8
    assert re.fullmatch(rf"briefing: {re.escape(UNCONFIGURED)}\nbriefing: 8 articles: 8 done; .*\n", done.stderr)
