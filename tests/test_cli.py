"""The command line, run as its users run it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import briefing

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = str(EXAMPLES / "summit.txt")
FERRY = [str(EXAMPLES / f"ferry-{name}.md") for name in ("herald", "courier")]


def run(
    *arguments: str, stdin: bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "COLUMNS": "100", **(environment or {})},
        check=False,
        timeout=60,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_summarize() -> None:
    done = run("summarize", SUMMIT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == briefing.summarize(Path(SUMMIT).read_text(encoding="utf-8")).text()


def test_ask() -> None:
    done = run("ask", "what did the leaders agree on defense?", SUMMIT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "GSOMIA [1, 2]." in done.stdout
    assert "EPA" not in done.stdout
    assert run("ask", "Who signed the trade treaty?", SUMMIT).stdout.startswith("Not in the sources")


def test_standard_input_points_and_focus() -> None:
    text = Path(SUMMIT).read_bytes()
    done = run("summarize", "-", "--points", "1", "--focus", "defense", stdin=text)
    assert done.returncode == 0
    assert done.stdout == briefing.summarize(text.decode(), points=1, focus="defense").text()


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
    done = run("summarize", SUMMIT, environment=locale)
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
    for option in ("--points", "--focus", "--format", "--engine", "FILE..."):
        assert option in run("summarize", "--help").stdout


def test_json_is_whole() -> None:
    answer = json.loads(run("ask", "Who met?", SUMMIT, "--format", "json").stdout)
    assert set(answer) == set(briefing.Answer.model_fields)
