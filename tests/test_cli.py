"""The command line, run as its users run it: in a process of its own (see tests/command.py)."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import briefing
from briefing import cli, terminal
from briefing.engines.openai.engine import MODEL
from briefing.verdict import ClaimVerdict
from tests import command
from tests.faults import FaultServer

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = str(EXAMPLES / "summit.txt")
FERRY = [str(EXAMPLES / f"ferry-{name}.md") for name in ("herald", "courier")]


def run(
    *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    code, out, err = command.run([*arguments], stdin, {"COLUMNS": "100", **(environment or {})})
    return subprocess.CompletedProcess(arguments, code, out.decode(), err.decode())


def fresh(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a process that starts from nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        capture_output=True,
        env={**os.environ, "COLUMNS": "100", **(environment or {})},
        check=False,
        timeout=60,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_summarize() -> None:
    done = fresh("summarize", SUMMIT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == briefing.summarize(Path(SUMMIT).read_text(encoding="utf-8")).text()


def test_ask() -> None:
    done = run("ask", "what did the leaders agree on defense?", SUMMIT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "GSOMIA [1, 2]." in done.stdout
    assert "EPA" not in done.stdout
    assert run("ask", "Who signed the trade treaty?", SUMMIT).stdout.startswith("Not found in the sources")


def test_standard_input_points_and_focus() -> None:
    text = Path(SUMMIT).read_bytes()
    done = run("summarize", "-", "--points", "1", "--focus", "defense", stdin=text)
    assert done.returncode == 0
    assert done.stdout == briefing.summarize(text.decode(), points=1, focus="defense").text()


ROWS = [{"text": "It rained in Graz on Monday.", "title": "Rain"}, {"text": "Snow fell in Lech on Friday."}]
PAGE = (
    b"<!DOCTYPE html><html><body><article><p>It rained in Graz on Monday, and it froze there on Friday.</p></article>"
)


@pytest.mark.parametrize(
    ("stdin", "titles"),
    [
        (json.dumps(ROWS).encode(), ["Rain", None]),
        (b"\xef\xbb\xbf" + json.dumps(ROWS[0], indent=1).encode(), ["Rain"]),
        ("\n".join(map(json.dumps, ROWS)).encode(), ["Rain", None]),
        (b'{"text" is how it began. It rained.', [None]),
        (PAGE, [None]),
    ],
    ids=["rows", "one row", "lines", "text", "page"],
)
def test_standard_input_is_what_it_holds(stdin: bytes, titles: list[str | None]) -> None:
    if stdin == PAGE:
        pytest.importorskip("trafilatura", reason="needs the extra: pip install 'briefing[html]'")
    done = run("summarize", "-", "--format", "json", stdin=stdin)
    assert (done.returncode, done.stderr) == (0, "")
    result = briefing.Briefing.model_validate_json(done.stdout)
    assert [source.title for source in result.sources] == titles
    assert not any("<p>" in source.text for source in result.sources)


def test_stray_bytes_in_a_question_are_printed() -> None:
    done = run("ask", "Who \udcff met in Peru?", SUMMIT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Not found in the sources: Who \ufffd met in Peru?")
    assert run("ask", "Who \udcff met?", SUMMIT, "-f", "json").returncode == 0


def test_names_of_formats_and_engines_in_any_case() -> None:
    done = run("summarize", SUMMIT, "--format", "JSON", "--engine", "Extractive")
    assert json.loads(done.stdout)["engine"].startswith("extractive/")


SHELL = f"{shlex.quote(sys.executable)} -m briefing"


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        (f"{SHELL} summarize - <&-", 2, "briefing: standard input is closed: "),
        (f"{SHELL} summarize {SUMMIT} >&-", 2, "briefing: standard output is closed: "),
        (f"{SHELL} summarize {SUMMIT} >/dev/full", 2, "briefing: standard output cannot be used (No space left"),
        (f"{SHELL} --help >/dev/full", 2, "briefing: standard output cannot be used (No space left"),
        (f"{SHELL} --version >/dev/full", 2, "briefing: standard output cannot be used (No space left"),
        (f"{SHELL} summarize none.txt 2>/dev/full", 2, ""),
        (f"set -o pipefail; {SHELL} summarize {SUMMIT} | true", 0, ""),
        (f"set -o pipefail; {SHELL} summarize {SUMMIT} --format json | head -c 1 >/dev/null", 0, ""),
    ],
    ids=["no input", "no output", "full", "help full", "version full", "errors full", "pipe", "pipe later"],
)
def test_what_a_shell_may_do(command: str, code: int, says: str, unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    done = subprocess.run(
        ["/bin/bash", "-c", command], capture_output=True, text=True, env=environment, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.count("\n") == (1 if says else 0)
    assert done.stderr.startswith(says)


@pytest.mark.parametrize(("passes", "code"), [(True, 0), (False, 1)])
def test_exit_code_1_is_a_claim_that_failed(
    passes: bool, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = briefing.ask("The council approved the bridge on Monday.", "What did the council approve?")
    claim = answer.claims[0]
    assert claim.verdict is briefing.Verdict.SUPPORTED
    failed = ClaimVerdict(where="claims[0]", text=claim.text, verdict=briefing.Verdict.UNSUPPORTED, findings=())
    report = answer.report if passes else briefing.Report(claims=(failed,), checks={})
    monkeypatch.setattr(briefing, "ask", lambda *_, **__: answer.model_copy(update={"report": report}))
    monkeypatch.setattr(sys, "argv", ["briefing", "ask", "What did the council approve?", SUMMIT])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == code
    assert "bridge" in capsys.readouterr().out


def test_a_fault_of_ours_is_no_failed_claim(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(briefing, "ask", lambda *_, **__: 1 / 0)
    monkeypatch.setattr(sys, "argv", ["briefing", "ask", "Who met?", SUMMIT])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_several_files_are_sources_of_one_briefing() -> None:
    done = run("summarize", "--format", "json", *FERRY)
    result = briefing.Briefing.model_validate_json(done.stdout)
    assert [source.title for source in result.sources] == [briefing.read(name)[0].title for name in FERRY]
    assert (1, 2) in {claim.markers for claim in result.points}


def test_markdown() -> None:
    done = run("summarize", "--format", "markdown", *FERRY)
    assert done.stdout.startswith("# Ferry Saint Brendan runs aground off Port Alder\n")
    assert "## Sources" in done.stdout


@pytest.mark.parametrize("locale", [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}], ids=["C", "ascii"])
def test_typographic_marks_in_a_poor_locale(locale: dict[str, str]) -> None:
    done = fresh("summarize", SUMMIT, environment=locale)
    assert done.returncode == 0
    assert "“I agreed" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (["summarize", "none.txt"], b"", "none.txt does not exist"),
        (["summarize", str(EXAMPLES)], b"", "is a folder"),
        (["summarize", "-"], b"", "empty"),
        (["summarize", "-"], b"[1, 2]", "no sentence"),
        (["summarize", "-"], b"https://example.org/a", "only a URL"),
        (["summarize", "-"], b"caf\xe9", "standard input is not UTF-8"),
        (["summarize", "-"], b"%PDF-1.7", "standard input is a PDF"),
        (["summarize", "-"], b'[{"text": "It rained."}, {"text": ""}]', "standard input, row 2: its text is empty"),
        (["summarize", "-"], b'{"text": "It rained."}\n{"body": "x"}', 'line 2 has no "text" (its keys: body)'),
        (["summarize", "no\udcffne.txt"], b"", "no\\udcffne.txt does not exist"),
        (["summarize", "none\x1b[31m.txt"], b"", "none[31m.txt does not exist"),
        (["summarize", ""], b"", "path is empty"),
        (["summarize", "https://example.org/a"], b"", "nothing is fetched"),
        (["summarize", SUMMIT, "--format", "\udcff"], b"", "--format"),
        (["summarize", SUMMIT, "none.txt"], b"", "none.txt does not exist"),
        (["ask", "?", SUMMIT], b"", "question has no word"),
        (["summarize"], b"", "Missing argument"),
        (["summarize", "-", "-"], b"It rained.", "can be given once"),
        (["summarize", SUMMIT, "--points", "-1"], b"", "--points"),
        (["summarize", SUMMIT, "--format", "pdf"], b"", "--format"),
        (["summarize", SUMMIT, "--engine", "oracle"], b"", "--engine"),
        (["brief", SUMMIT], b"", "No such command"),
    ],
    ids=lambda value: " ".join(value)[-30:] if isinstance(value, list) else "",
)
def test_bad_input_is_one_message_and_exit_code_2(arguments: list[str], stdin: bytes, says: str) -> None:
    done = run(*arguments, stdin=stdin)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_help_and_version() -> None:
    assert run("--version").stdout.strip() == f"briefing {briefing.__version__}"
    overview = run("--help").stdout
    assert "summarize" in overview
    assert "ask" in overview
    assert " ".join(overview.split()).endswith(terminal.EXIT_CODES)
    for option in ("--points", "--focus", "--format", "--engine", "FILE..."):
        assert option in run("summarize", "--help").stdout


def test_json_is_whole() -> None:
    answer = json.loads(run("ask", "Who met?", SUMMIT, "--format", "json").stdout)
    assert set(answer) == set(briefing.Answer.model_fields)


def test_a_model_by_its_server() -> None:
    with FaultServer() as server:
        done = run("summarize", SUMMIT, "--base-url", server.base_url, "--model", "cli-well", "--format", "json")
        assert (done.returncode, done.stderr) == (0, "")
        result = briefing.Briefing.model_validate_json(done.stdout)
        assert result.engine.startswith("openai:cli-well@127.0.0.1:") and result.usage.calls == server.calls == 1
        asked = run(
            "ask", "what did the leaders agree on defense?", SUMMIT, "-e", "openai", "--language", "French",
            environment={"OPENAI_BASE_URL": server.base_url, "BRIEFING_MODEL": "cli-french"},
        )  # fmt: skip
        assert (asked.returncode, asked.stderr) == (0, "")
        assert server.ledger[-1].prompt is not None and server.ledger[-1].prompt["language"] == "French"


@pytest.mark.parametrize(
    ("fault", "options", "code", "says"),
    [
        ("401_echoes_key", [], 3, "wants a key, and none was given: set OPENAI_API_KEY"),
        ("400", [], 3, "does not take the request"),
        ("400", ["--fallback", "extractive"], 0, ""),
        ("other_article", [], 3, "supports nothing of this article"),
        ("other_article", ["--unsupported", "raise"], 1, "report"),
        ("other_article", ["--unsupported", "flag"], 1, ""),
    ],
)
def test_a_model_that_fails(fault: str, options: list[str], code: int, says: str) -> None:
    with FaultServer([fault], forever=True) as server:
        done = run("summarize", SUMMIT, "--base-url", server.base_url, "--model", f"cli-{fault}", *options)
    assert done.returncode == code, done.stderr
    assert says in done.stderr and (bool(says) or not done.stderr)
    assert len(done.stderr.splitlines()) <= 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-e", "openai"], "there is no API key: set OPENAI_API_KEY"),
        (["--model", "m"], "there is no API key: set OPENAI_API_KEY"),
        (["-e", "openai"], "or give --base-url for a server that needs none, or --engine extractive"),
        (["--base-url", "localhost:11434"], "--base-url is no address of a server"),
        (
            ["--language", "French"],
            "--language is for a model, and none is set up: set OPENAI_API_KEY, or give --base-url",
        ),
        (["--max-calls", "5"], "--max-calls is for a model, and none is set up"),
        (["--context", "4096", "-e", "extractive"], "--context is for a model: leave it out, or leave out --engine"),
        (["--base-url", "http://h", "--deadline", "0"], "--deadline is 0.0: give a number above 0"),
    ],
)
def test_a_model_that_is_not_set_up(arguments: list[str], says: str) -> None:
    done = run("summarize", SUMMIT, *arguments)
    assert done.returncode == 2 and says in done.stderr and len(done.stderr.splitlines()) == 1


def test_limits_of_a_model_reach_the_engine() -> None:
    with FaultServer() as server:
        where = ["--base-url", server.base_url, "--model", "cli-limits"]
        limits = ["--max-tokens", "900", "--context", "9000", "--deadline", "30", "--max-calls", "1"]
        for arguments in (["summarize", SUMMIT], ["ask", "what did the leaders agree on defense?", SUMMIT]):
            done = run(*arguments, *where, *limits)
            assert (done.returncode, done.stderr) == (0, "")
        assert [(call.body or {})["max_tokens"] for call in server.ledger] == [900, 900]
        spent = run("summarize", SUMMIT, *where, "--max-calls", "0")
        assert (spent.returncode, spent.stdout, server.calls) == (4, "", 2)
        assert "budget of 0 calls" in spent.stderr and spent.stderr.rstrip().endswith("The limit is --max-calls.")


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_is_refused_is_reported(form: str) -> None:
    with FaultServer(["other_article"], forever=True) as server:
        done = run(
            "summarize", SUMMIT, "--base-url", server.base_url, "--model", "cli-raise", "--unsupported", "raise", "-f", form
        )  # fmt: skip
    assert done.returncode == 1 and done.stderr.startswith("briefing: ") and done.stderr.count("\n") == 1
    if form == "json":
        assert not briefing.Report.model_validate_json(done.stdout).ok
    else:
        assert "unsupported" in done.stdout and "error, " in done.stdout


def test_recheck_of_standard_input(tmp_path: Path) -> None:
    result = briefing.summarize("The council approved the bridge on Monday. It will cost $4 million.").model_dump_json()
    corrected = tmp_path / "corrected.txt"
    corrected.write_text("The council approved the bridge on Monday. It will cost $6 million.", encoding="utf-8")
    kept = tmp_path / "result.json"
    kept.write_text(result, encoding="utf-8")
    done = run("recheck", "-", str(corrected), stdin=result.encode())
    assert (done.returncode, done.stderr) == (1, "") and done.stdout == run("recheck", str(kept), str(corrected)).stdout
    source = run(
        "recheck", str(kept), "-", stdin=b"The council approved the bridge on Monday. It will cost $4 million."
    )
    assert (source.returncode, source.stderr) == (0, "")
    for verb in ("recheck", "verify"):
        both = run(verb, "-", "-", stdin=result.encode())
        assert both.returncode == 2 and "can be given once" in both.stderr
    for stdin, says in ((b"", "standard input holds no briefing"), (b"[1]", "standard input holds no briefing")):
        assert says in run("recheck", "-", str(corrected), stdin=stdin).stderr


def test_help_names_what_the_environment_gives() -> None:
    told = " ".join(run("summarize", "--help").stdout.replace("│", " ").split())
    for said in ("BRIEFING_MODEL", MODEL, "The key comes from OPENAI_API_KEY", "OPENAI_BASE_URL", "--max-calls"):
        assert said in told
