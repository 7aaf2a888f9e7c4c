"""README and docs: their examples and commands run, their links and figures lead somewhere, and the site is built strictly.

Blocks of Python without prompts ask a model: here the scripted server answers, whatever address they name.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml  # type: ignore[import-untyped]

import briefing
from briefing.checking import CHECKS
from tests import command
from tests.faults import FaultServer

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
SERVER = re.compile(r"http://localhost:\d+/v1")
KEY = "a-key-of-the-tests"
#: Commands that are only held against the options that there are, and why they are not run.
NOT_RUN = {
    "briefing batch articles.csv -o answers.csv --question 'What was agreed?' --rpm 500 --max-cost 5": (
        "a price is known only of models at their makers' addresses"
    ),
}
#: What bounds a model needs one that is set up; other commands are run as on a machine without a key.
BOUNDS = {"--rpm", "--tpm", "--max-calls", "--token-budget"}
#: What may stand before a block, and the first word of a command that is not ours.
LANGUAGES = {"", "python", "sh", "text"}
OTHERS = {"python3", "pip", "pytest", ".", "cat", "tail", "echo", "ollama", "llama-server", "vllm"}


class Block(NamedTuple):
    """A block of code of a page, and the number of its first line."""

    language: str
    text: str
    line: int


def blocks(page: str, language: str) -> list[Block]:
    text = (ROOT / page).read_text(encoding="utf-8")
    found = re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
    every = [Block(match[1], match[2], text.count("\n", 0, match.start(2)) + 1) for match in found]
    assert {block.language for block in every} <= LANGUAGES
    return [block for block in every if block.language == language]


def with_code(language: str) -> list[str]:
    return [page for page in PAGES if blocks(page, language)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the pages speak of: the examples, and files of the reader's own."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", "examples")
    article = (ROOT / "examples/summit.txt").read_text(encoding="utf-8")
    for name in ("article.md", "corrected.md"):
        Path(name).write_text(article, encoding="utf-8")
    Path("summary.md").write_text("The ferry ran aground [1]. Two people died [2].", encoding="utf-8")
    Path("briefing.json").write_text(briefing.summarize(article).model_dump_json(), encoding="utf-8")
    Path("articles.jsonl").write_text(json.dumps({"id": "summit", "text": article}) + "\n", encoding="utf-8")
    Path("articles.csv").write_text("id,text\na,The council approved the bridge.\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer() as server:
        yield server


@pytest.mark.parametrize("page", with_code("python"))
@pytest.mark.usefixtures("folder")
def test_examples_run(page: str, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    article = Path("examples/summit.txt").read_text(encoding="utf-8")
    names: dict[str, Any] = {"__name__": "__main__", "briefing": briefing, "text": article}
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    for block in blocks(page, "python"):
        if block.text.startswith(">>> "):
            test = doctest.DocTestParser().get_doctest(block.text, {}, page, str(ROOT / page), block.line - 1)
            test.globs = names
            assert not runner.run(test, clear_globs=False).failed
        else:
            with monkeypatch.context() as patch:
                patch.setenv("OPENAI_API_KEY", KEY)
                patch.setenv("OPENAI_BASE_URL", server.base_url)
                code = "\n" * (block.line - 1) + SERVER.sub(server.base_url, block.text)
                exec(compile(code, ROOT / page, "exec"), names)  # noqa: S102 - our own pages


class Command(NamedTuple):
    """A command of ours on a page: its arguments, and the files that it reads as standard input and is written to."""

    arguments: list[str]
    stdin: str
    stdout: str


def commands(page: str) -> Iterator[Command]:
    """Yield the commands of ours on a page as a shell would start them; what comes before one may be what it reads."""
    for line in "".join(block.text for block in blocks(page, "sh")).splitlines():
        lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
        lexer.whitespace_split = True
        read = ""
        for several in re.split(r"\0(?:\||&&)\0", "\0".join(lexer)):
            words = several.split("\0")
            words = words[next(n for n, word in enumerate(words) if "=" not in word) :]
            if words[0].rsplit("/", 1)[-1] == "briefing":
                *arguments, out = words[1:] if ">" in words else (*words[1:], "")
                yield Command([name for word in arguments if word != ">" for name in _expanded(word)], read, out)
            else:
                assert words[0].rsplit("/", 1)[-1] in OTHERS, line
            read = words[-1]


def _expanded(word: str) -> list[str]:
    return sorted(map(str, Path().glob(word))) if "*" in word else [word]


@pytest.mark.parametrize("page", with_code("sh"))
@pytest.mark.usefixtures("folder")
def test_commands_run(page: str, server: FaultServer) -> None:
    briefing.summarize("It rained.", engine=briefing.OpenAI("m", base_url=server.base_url))  # so that there is a cache
    for arguments, stdin, stdout in commands(page):
        shown = shlex.join(["briefing", *arguments])
        given = [SERVER.sub(server.base_url, argument) for argument in arguments]
        read = Path(stdin).read_bytes() if "-" in arguments else b""
        if shown in NOT_RUN:
            given.append("--help")  # options that there are not are refused all the same
        model = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url} if BOUNDS & {*arguments} else {}
        code, out, told = command.run(given, read, {"BROWSER": "true", "COLUMNS": "100", **model})
        # what is checked may be found wanting, and of the example articles one has no text
        assert code in ((0, 1) if arguments[0] in ("verify", "recheck", "batch") else (0,)), (shown, told.decode())
        if stdout:
            Path(stdout).write_bytes(out)


def test_what_is_not_run_stands_on_a_page() -> None:
    every = {shlex.join(["briefing", *each.arguments]) for page in with_code("sh") for each in commands(page)}
    assert set(NOT_RUN) <= every


@pytest.mark.parametrize("page", [*PAGES, "CHANGELOG.md"])
def test_links_within_the_project_lead_somewhere(page: str) -> None:
    text = re.sub(r"`[^`]*`", "", (ROOT / page).read_text(encoding="utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / page).parent / target).exists(), target


def test_limits_tell_no_figure_that_was_not_measured() -> None:
    def figures(*pages: str) -> set[str]:
        return {each for page in pages for each in re.findall(r"\d[\d.,]*\d|\d", (ROOT / page).read_text("utf-8"))}

    assert figures("docs/limits.md") <= figures("docs/measurements.md", "docs/models.md", "README.md")


def test_the_reference_names_all_that_is_public() -> None:
    named = re.findall(r"^::: briefing\.(\w+)$", (ROOT / "docs/reference.md").read_text(encoding="utf-8"), re.M)
    assert sorted(named) == sorted(briefing.__all__)


# The site


@pytest.fixture
def pages() -> Any:
    """The module that makes the pages of the checks."""
    pytest.importorskip("mkdocs", reason="the site needs the extra docs")
    return import_module("tools.made_pages")


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_has_caught_and_clean_examples(check: str, pages: Any) -> None:
    table = pages.rows(check)
    kinds = {row.kind for row in table if row.kind}
    assert len(kinds) > 1 and sum(not row.kind for row in table) > 10
    (listed,) = re.findall(rf"^\| {check} \|.*", (ROOT / "docs/checks.md").read_text(encoding="utf-8"), re.M)
    assert {kind for kind in kinds if ":" not in kind} <= set(re.findall(r"`(\w+)`", listed))
    for row in table:
        assert row.findings or not row.kind, row


class Rows(HTMLParser):
    """What a page says is claimed, and what the browser would ask somebody for."""

    def __init__(self) -> None:
        super().__init__()
        self.claims: list[str] = []
        self.asked: list[str] = []
        self._open = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "dd":
            self._open = given.get("class") == "claim"
            self.claims += [""] * self._open
        loaded = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}
        if tag in loaded and given.get("rel") not in ("canonical", "next", "prev"):
            self.asked.append(given.get(loaded[tag]) or "")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "dd"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.claims[-1] += data


def read(page: Path) -> Rows:
    rows = Rows()
    rows.feed(page.read_text(encoding="utf-8"))
    return rows


@pytest.mark.skipif(not (find_spec("material") and find_spec("mkdocstrings")), reason="the site needs the extra docs")
def test_the_site_is_built_strictly_and_asks_nobody(tmp_path: Path, pages: Any) -> None:
    done = subprocess.run(  # not --quiet: warnings that are not printed are not counted either
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not done.returncode, done.stderr
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = re.findall(r"[\w/]+(?=\.md)", json.dumps(settings["nav"]))
    for name in listed:
        assert not [url for url in read(tmp_path / f"{name}.html").asked if "//" in url], name
    for sheet in tmp_path.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()[\s\"']*(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet
    assert {f"checks/{name}" for name in (*CHECKS, "statements", "stances")} <= {*listed}
    for name in (*CHECKS, "statements", "stances"):
        told = {" ".join(row.claim.split()) for row in pages.rows(name)}
        assert told == {*read(tmp_path / f"checks/{name}.html").claims}, name
    reference = (tmp_path / "reference.html").read_text(encoding="utf-8")
    assert not [name for name in briefing.__all__ if f'id="briefing.{name}"' not in reference]
