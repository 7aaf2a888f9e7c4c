"""What people look at: colour on a terminal, pages, and `briefing view`, in processes and terminals of their own."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import stat
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import briefing
from briefing import cli_view, saved
from tests import command
from tests.faults import FaultServer
from tests.test_cli import FERRY, SUMMIT, run
from tests.test_console import DRAFT, HOSTILE, SGR, everything, poisoned, words

QUESTION = "what did the leaders agree on defense?"
#: What a user may have set, and each of which decides about colour or width.
_UNSET = dict.fromkeys(
    ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM", "COLUMNS", "LINES")
)


def on_terminal(
    *arguments: str, columns: int = 80, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command whose standard output is a terminal of so many columns."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    wanted = {**_UNSET, "TERM": "xterm-256color", **(environment or {})}
    with ThreadPoolExecutor(1) as reader:
        sent = reader.submit(_read, outer)
        try:
            code, _, told = command.run([*arguments], b"", wanted, terminal=os.ttyname(inner))
        finally:
            os.close(inner)
    os.close(outer)
    return subprocess.CompletedProcess(arguments, code, sent.result().decode().replace("\r\n", "\n"), told.decode())


def _read(terminal: int) -> bytes:
    """Return what a terminal is sent until nobody has it open any more."""
    sent = b""
    with suppress(OSError):
        while part := os.read(terminal, 1 << 16):
            sent += part
    return sent


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, encoding="utf-8")
    return str(path)


@pytest.fixture
def result(tmp_path: Path) -> str:
    path = tmp_path / "result.json"
    path.write_text(briefing.summarize(Path(SUMMIT).read_text(encoding="utf-8")).model_dump_json(), encoding="utf-8")
    return str(path)


def test_each_verb_has_colour_on_a_terminal(draft: str, result: str) -> None:
    for verb in (
        ["summarize", SUMMIT],
        ["ask", QUESTION, SUMMIT],
        ["verify", draft, SUMMIT],
        ["recheck", result, SUMMIT],
    ):
        plain, shown = run(*verb), on_terminal(*verb)
        assert (shown.returncode, shown.stderr) == (plain.returncode, plain.stderr) and plain.returncode in (0, 1)
        assert "\x1b[32m" in shown.stdout and "\x1b" not in plain.stdout
        assert max(len(SGR.sub("", line)) for line in shown.stdout.split("\n")) <= 80
        said = [words(line) for line in plain.stdout.split("\n") if not line[:1].isdigit()]
        assert all(line in words(SGR.sub("", shown.stdout)) for line in said)


@pytest.mark.parametrize(
    ("options", "environment", "coloured"),
    [
        ([], {}, "colour"),
        ([], {"NO_COLOR": "1"}, "weight"),
        ([], {"NO_COLOR": "1", "FORCE_COLOR": "1"}, "weight"),
        ([], {"TERM": "dumb"}, "text"),
        ([], {"FORCE_COLOR": ""}, "text"),
        (["--format", "text"], {}, "text"),
        (["--format", "text"], {"FORCE_COLOR": "1"}, "text"),
        (["--format", "markdown"], {}, "markdown"),
    ],
    ids=["terminal", "NO_COLOR", "both", "dumb", "not forced", "text", "text for all that", "markdown"],
)
def test_colour_is_for_who_wants_it(options: list[str], environment: dict[str, str], coloured: str) -> None:
    answer = briefing.ask(Path(SUMMIT).read_text(encoding="utf-8"), QUESTION)
    shown = on_terminal("ask", QUESTION, SUMMIT, *options, environment=environment).stdout
    codes = {int(code) for found in SGR.findall(shown) for code in found[2:-1].split(";")}
    if coloured in ("text", "markdown"):
        assert shown == getattr(answer, coloured)()
    else:
        assert bool(codes & {*range(30, 38)}) == (coloured == "colour") and 2 in codes


@pytest.mark.parametrize(("forced", "coloured"), [("", False), ("1", True)])
def test_colour_in_a_pipe(forced: str, coloured: bool) -> None:
    code = f"import sys; from briefing import cli; sys.argv = {['briefing', 'ask', QUESTION, SUMMIT]!r}\n"
    code += "try: cli.main()\nexcept SystemExit as end: print(end.code, 'rich' in sys.modules, 'jinja2' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TERM": "xterm", "FORCE_COLOR": forced, "TTY_COMPATIBLE": ""}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    shown, _, told = done.stdout.rstrip("\n").rpartition("\n")
    assert told == f"0 {coloured} False" and ("\x1b" in shown) == coloured
    if not coloured:
        assert f"{shown}\n" == briefing.ask(Path(SUMMIT).read_text(encoding="utf-8"), QUESTION).text()


def test_a_hostile_article_on_a_terminal(tmp_path: Path) -> None:
    evil = "".join(HOSTILE.values()).replace("\0", "")  # no argument of a command can hold that
    text = (
        f"The council {evil}approved the bridge on Monday. “We will {evil}build it,” said Mayor Ada {evil}Lovelace. "
        f"It may {evil}cost $4 million. [red]Work[/red] starts :smile: in May [link=http://x.example]there[/link]."
    )
    article, summary = tmp_path / "article.json", tmp_path / "summary.txt"
    article.write_text(json.dumps({"text": text, "title": f"Bridge {evil}approved"}), encoding="utf-8")
    summary.write_text(f"The council {evil}approved the bridge. It cost {evil}$5 million [1].", encoding="utf-8")
    kept = tmp_path / "kept.json"
    kept.write_text(run("summarize", str(article), "-f", "json").stdout, encoding="utf-8")
    for verb in (
        ["summarize", str(article)],
        ["ask", f"What did the council {evil} approve?", str(article)],
        ["ask", f"Who {evil} signed the treaty in Peru?", str(article)],
        ["verify", str(summary), str(article)],
        ["recheck", str(kept), str(summary)],
    ):
        shown = on_terminal(*verb)
        assert shown.returncode in (0, 1) and "Traceback" not in shown.stderr, shown.stderr
        assert "council" in shown.stdout and SGR.search(shown.stdout)
        assert SGR.sub("", shown.stdout).replace("\n", "").isprintable()
        # all that begins with an escape is a style of ours
        assert shown.stdout.count("\x1b") == len(
            re.findall(r"\x1b\[(?:0|[12347]|3[1-6])(?:;(?:[12347]|3[1-6]))*m", shown.stdout)
        )
    shown = on_terminal("summarize", str(article))
    assert "[red]Work[/red] starts :smile: in May [link=http://x.example]there[/link]" in words(
        SGR.sub("", shown.stdout)
    )


def test_a_strangers_result_on_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "evil.json"
    evil = poisoned(everything(), "".join(HOSTILE.values()))
    file.write_text(evil.model_dump_json(), encoding="utf-8")
    for form in ("text", "json"):
        shown = on_terminal("recheck", str(file), SUMMIT, "--format", form)
        assert shown.returncode == 1 and "Traceback" not in shown.stderr
        assert "unsupported" in shown.stdout and shown.stdout.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "said",
    [
        *HOSTILE.values(), "next line\x85", "\u200d \u2028 \ufeff", "“Ça va\u00a0?” 会議は\u3000月曜日 🌧",
    ],
    ids=[*HOSTILE, "next line", "not seen", "clean"],
)  # fmt: skip
def test_json_on_a_terminal(said: str, tmp_path: Path) -> None:
    article = tmp_path / "article.json"
    article.write_text(json.dumps({"text": f"It rained {said} in Graz on Monday."}), encoding="utf-8")
    verb = ["summarize", str(article), "--format", "json"]
    piped, shown = run(*verb), on_terminal(*verb)
    result = briefing.summarize(briefing.read(article))
    assert (shown.returncode, shown.stderr) == (piped.returncode, piped.stderr) == (0, "")
    assert piped.stdout == f"{result.model_dump_json(indent=2)}\n"
    assert json.loads(shown.stdout) == json.loads(piped.stdout)
    assert all(c.isprintable() or c in "\n\u00a0\u3000" for c in shown.stdout)
    if said.startswith("“"):
        assert shown.stdout == piped.stdout


def test_pages_of_each_verb(draft: str, result: str) -> None:
    text, ferry = briefing.read(SUMMIT), [source for name in FERRY for source in briefing.read(name)]
    earlier = briefing.Briefing.model_validate_json(Path(result).read_bytes())
    for verb, page, code in (
        (["summarize", *FERRY], briefing.summarize(ferry).html(), 0),
        (["ask", QUESTION, SUMMIT], briefing.ask(text, QUESTION).html(), 0),
        (["verify", draft, SUMMIT], briefing.verify(DRAFT, text).html(text), 1),
        (["recheck", result, *FERRY], briefing.recheck(earlier, ferry).html(ferry), 1),
    ):
        done = run(*verb, "--format", "html")
        assert (done.returncode, done.stderr, done.stdout) == (code, "", page)
        assert done.stdout.startswith("<!DOCTYPE html>")


def test_a_page_of_what_is_refused() -> None:
    with FaultServer(["other_article"], forever=True) as server:
        where = ["--base-url", server.base_url, "--model", "cli-page", "--unsupported", "raise"]
        done = run("summarize", SUMMIT, *where, "-f", "html")
        shown = on_terminal("summarize", SUMMIT, *where)
    assert done.returncode == shown.returncode == 1 and done.stderr.count("\n") == shown.stderr.count("\n") == 1
    assert done.stdout.startswith("<!DOCTYPE html>") and "GSOMIA" in done.stdout  # the source stands beside it
    assert "✗ unsupported" in SGR.sub("", shown.stdout)


# ---- briefing view ----

#: No browser anywhere: neither a display nor a terminal for one, nor a program that could be one.
NOWHERE = {"BROWSER": "", "DISPLAY": "", "WAYLAND_DISPLAY": "", "TERM": "", "PATH": ""}


@pytest.fixture
def browser(tmp_path: Path) -> Callable[[], list[str]]:
    """Return a function that tells what the browser of BROWSER, a script, was asked to open."""
    script, asked = tmp_path / "browser", tmp_path / "asked"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> {asked}\necho starting up\n', encoding="utf-8")
    script.chmod(0o755)
    return lambda: asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


def view(*arguments: str, tmp_path: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    environment = {"BROWSER": str(tmp_path / "browser"), "TMPDIR": str(tmp_path)}
    return run("view", *arguments, stdin=stdin, environment=environment)


@cache
def kinds() -> dict[str, tuple[briefing.Briefing | briefing.Answer | briefing.Report, list[str]]]:
    text = Path(SUMMIT).read_text(encoding="utf-8")
    source = briefing.read(SUMMIT)
    return {
        "briefing": (briefing.summarize(source), []),
        "answer": (briefing.ask(text, QUESTION), []),
        "report": (briefing.verify(DRAFT, text), []),
        "report and its source": (briefing.verify(DRAFT, source), ["--source", SUMMIT]),
    }


@pytest.mark.parametrize("indent", [None, 2], ids=["a line", "indented"])
@pytest.mark.parametrize("kind", kinds())
def test_view(kind: str, indent: int | None, tmp_path: Path, browser: Callable[[], list[str]]) -> None:
    shown, options = kinds()[kind]
    file = tmp_path / "a result.json"
    file.write_text(shown.model_dump_json(indent=indent), encoding="utf-8")
    done = view(str(file), *options, tmp_path=tmp_path)
    page = Path(done.stdout.removesuffix("\n"))
    assert (done.returncode, done.stdout) == (0, f"{page}\n") and page.suffix == ".html"
    assert browser() == [page.as_uri()]
    wanted = shown.html(briefing.read(SUMMIT)) if options and isinstance(shown, briefing.Report) else shown.html()
    assert page.read_text(encoding="utf-8") == wanted
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    piped = view("-", *options, tmp_path=tmp_path, stdin=file.read_bytes())
    again = Path(piped.stdout.removesuffix("\n"))
    assert again != page and again.read_text(encoding="utf-8") == wanted and browser()[1:] == [again.as_uri()]


@pytest.mark.parametrize("name", ["page.html", "a page #1?.html", "none.json"])
def test_view_into_a_file(name: str, result: str, tmp_path: Path, browser: Callable[[], list[str]]) -> None:
    target = tmp_path / name
    target.write_text("what was there", encoding="utf-8")
    link = tmp_path / "link.html"
    link.symlink_to(target)
    done = view(result, "-o", str(link), tmp_path=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"{link}\n")
    assert link.is_symlink() and target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [unquote(urlsplit(asked).path) for asked in browser()] == [str(link)]
    assert not list(tmp_path.glob("*.part")) and not list(tmp_path.glob("briefing-*"))
    kept = view(result, "-o", str(target), "--no-open", tmp_path=tmp_path)
    assert (kept.returncode, kept.stdout, kept.stderr, len(browser())) == (0, f"{target}\n", "", 1)


@pytest.mark.parametrize(
    ("umask", "before", "after"),
    [("022", 0o600, 0o600), ("077", 0o664, 0o664), ("027", None, 0o640)],
    ids=["private stays so", "shared stays so", "new"],
)
def test_who_can_read_the_page(umask: str, before: int | None, after: int, result: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    if before is not None:
        page.touch()
        page.chmod(before)
    command = f"umask {umask} && {sys.executable} -m briefing view {result} --no-open -o {page}"
    subprocess.run(["/bin/sh", "-c", command], check=True, capture_output=True)
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert stat.S_IMODE(page.stat().st_mode) == after


@pytest.mark.parametrize(
    ("planted", "written"),
    [(f"page.html.{os.getpid()}.part", True), (".guessed.part", False), ("beside.html", True)],
    ids=["what can be guessed", "what cannot", "another"],
)
def test_a_planted_link_is_not_followed(
    planted: str, written: bool, result: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, victim = tmp_path / "folder", tmp_path / "victim"
    folder.mkdir()
    victim.write_text("what was there", encoding="utf-8")
    folder.joinpath(planted).symlink_to(victim)
    page = folder / "page.html"
    monkeypatch.setattr("secrets.token_hex", lambda _: "guessed")
    with nullcontext() if written else pytest.raises(briefing.InputError, match="cannot be written"):
        cli_view.view_command(result, target=str(page), shown=False)
    assert victim.read_text(encoding="utf-8") == "what was there" and page.exists() == written


def test_a_name_on_a_terminal(result: str, tmp_path: Path) -> None:
    page = tmp_path / "a\x1b]0;owned\x07\u202epage.html"
    verb = ["view", result, "--no-open", "-o", str(page)]
    assert on_terminal(*verb).stdout == f"{tmp_path}/a]0;ownedpage.html\n"
    assert run(*verb).stdout == f"{page}\n" and page.exists()


def test_view_where_no_browser_is(result: str, tmp_path: Path) -> None:
    done = run("view", result, environment={**NOWHERE, "TMPDIR": str(tmp_path)})
    page = done.stdout.removesuffix("\n")
    assert done.returncode == 0 and Path(page).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert done.stderr == f"briefing: no browser could be opened: the page is {page}\n"


@pytest.mark.parametrize("closed", ["", "2>&-"], ids=["open", "no standard error"])
def test_view_in_a_shell_that_takes_the_name(
    closed: str, result: str, tmp_path: Path, browser: Callable[[], list[str]]
) -> None:
    command = f'page=$({sys.executable} -m briefing view {result} {closed}) && head -c 15 "$page"'
    environment = {**os.environ, "BROWSER": str(tmp_path / "browser"), "TMPDIR": str(tmp_path)}
    done = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "<!DOCTYPE html>" and len(browser()) == 1
    assert done.stderr == ("" if closed else "starting up\n")


@pytest.mark.parametrize("options", [["-o", "page.html"], []], ids=["named", "temporary"])
def test_a_page_that_does_not_fit(options: list[str], result: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.joinpath("page.html").write_text("what was there", encoding="utf-8")
    command = f"cd {folder} && ulimit -f 8 && {sys.executable} -m briefing view {result} --no-open {' '.join(options)}"
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.fullmatch(r"briefing: \S+ cannot be written \(File too large\): name another output\.\n", done.stderr)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == {"page.html": "what was there"}


def _changed(data: bytes) -> bytes:
    value = json.loads(data)
    value["lede"]["verdict"] = "plausible"
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("data", "options", "says"),
    [
        (Path(SUMMIT).read_bytes(), [], "holds no briefing, no answer and no report"),
        (Path(SUMMIT).read_bytes(), [], "briefing summarize FILE --format html"),
        (b"", [], "holds no briefing"),
        (b"\xff\xfe\0", [], "holds no briefing"),
        (b'{"text": "It rained."}\n{"text": "It froze."}', [], "in.json, line 1 holds no briefing"),
        (b"[" * 100_000, [], "holds no briefing"),
        (b'"headline"', [], "holds no briefing"),
        (briefing.summarize("It rained.").model_dump_json().encode()[:-9], [], "holds no briefing"),
        (_changed(briefing.summarize("It rained.").model_dump_json().encode()), [], "(lede.verdict: Input should be"),
        (briefing.summarize("It rained.").model_dump_json().encode(), ["-s", SUMMIT], "holds its sources itself"),
        (briefing.verify("It rained.", "It rained.").model_dump_json().encode(), ["-s", "none.md"], "none.md does not"),
        (briefing.summarize("It rained.").model_dump_json().encode(), ["-o", "in.json"], "would overwrite it"),
        (briefing.summarize("It rained.").model_dump_json().encode(), ["-o", "-"], "writes a page to a file"),
        (briefing.summarize("It rained.").model_dump_json().encode(), ["-o", "."], "is no file"),
        (briefing.summarize("It rained.").model_dump_json().encode(), ["-o", "/dev/null"], "is no file"),
        (briefing.summarize("It rained.").model_dump_json().encode(), ["-o", "none/a.html"], "cannot be written (No such"),
        (briefing.verify("It rained.", "It rained.").model_dump_json().encode(), ["-s", "a.md", "-o", "a.md"], "would overwrite it"),
    ],
    ids=[
        "article", "what to do", "empty", "not text", "rows", "deep", "a string", "cut off", "changed", "sources twice",
        "no such source", "its input", "standard output", "folder", "device", "no folder", "its source",
    ],
)  # fmt: skip
def test_what_cannot_be_viewed(
    data: bytes, options: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    browser: Callable[[], list[str]],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    Path("in.json").write_bytes(data)
    Path("a.md").write_text("It rained.", encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    done = view("in.json", *options, tmp_path=tmp_path)
    assert (done.returncode, done.stdout, browser()) == (2, "", [])
    assert done.stderr.startswith("briefing: ") and says in done.stderr and done.stderr.count("\n") == 1
    assert Path("in.json").read_bytes() == data and sorted(tmp_path.iterdir()) == before


def of_a_batch(tmp_path: Path) -> Path:
    """Return what a batch of three articles wrote, one of which failed."""
    rows = [{"id": f"a{number}", "text": f"It rained in Graz on day {number}."} for number in (1, 2)]
    articles, written = tmp_path / "articles.jsonl", tmp_path / "out.jsonl"
    articles.write_text("\n".join(map(json.dumps, [*rows, {"id": "a3", "text": ""}])), encoding="utf-8")
    assert run("batch", str(articles), "-o", str(written), "--workers", "1").returncode == 1
    return written


@pytest.mark.parametrize("options", [["-o", "made/pages"], []], ids=["named", "temporary"])
def test_view_of_a_batch(
    options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: Callable[[], list[str]]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = view("out.jsonl", *options, tmp_path=of_a_batch(tmp_path).parent)
    index = Path(done.stdout.removesuffix("\n"))
    assert (done.returncode, done.stderr) == (0, "starting up\n")
    assert browser() == [index.absolute().as_uri()] and index.name == "index.html"
    assert len(list(index.parent.glob("*.html"))) == 3
    assert {"a1", "a2", "a3"} <= set(re.findall(r"\ba[123]\b", index.read_text(encoding="utf-8")))
    if options:
        assert index == Path("made/pages/index.html")
    else:
        assert stat.S_IMODE(index.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("change", "pages", "says"),
    [
        (lambda lines: lines, 2, ""),
        (lambda lines: [*lines, lines[0][:-9]], 2, "line 4 is cut off, and left out."),
        (lambda lines: [lines[0], lines[1][:-9]], 0, "line 2 is cut off, and left out."),
        (lambda lines: [*lines[:2], "", lines[2][:-9], ""], None, "line 4 holds no briefing"),
        (lambda lines: [lines[2]], 0, ""),
        (lambda lines: [*lines, briefing.verify("It rained.", "It rained.").model_dump_json()], None, "holds a report"),
    ],
    ids=["whole", "killed", "killed early", "broken", "a failure alone", "a report among them"],
)
def test_view_of_lines(
    change: Callable[[list[str]], list[str]], pages: int | None, says: str, tmp_path: Path,
    browser: Callable[[], list[str]],
) -> None:  # fmt: skip
    written = of_a_batch(tmp_path)
    lines = sorted(written.read_text(encoding="utf-8").splitlines(), key=lambda line: line.startswith('{"id"'))
    written.write_text("\n".join(change(lines)), encoding="utf-8")
    done = view(str(written), "--no-open", tmp_path=tmp_path)
    assert done.stderr.endswith(f"{says}\n" if pages is not None and says else "") and says in done.stderr
    if pages is None:
        assert (done.returncode, done.stdout) == (2, "") and not list(tmp_path.glob("briefing-*"))
    else:
        page = Path(done.stdout.removesuffix("\n"))
        assert done.returncode == 0 and (page.name == "index.html") == (pages > 0 or len(change(lines)) == 1)
        assert len(list(page.parent.glob("a*.html"))) == pages
    refused = view(str(written), "--source", SUMMIT, tmp_path=tmp_path)
    assert refused.returncode == 2 and not browser()


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert "none.json cannot be read (No such file" in run("view", "none.json").stderr
    assert "cannot be read (Is a directory)" in run("recheck", str(tmp_path), SUMMIT).stderr
    both = run("view", "-", "--source", "-")
    assert both.returncode == 2 and "can be given once" in both.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"claims": [], "checks": {"x" * 100_000: 1}}, "(checks.xxx"),
        ({"id": "a", "error": {"type": "InputError", "message": "x" * 100_000}}, "the article failed (xxx"),
    ],
    ids=["key", "message"],
)
def test_what_is_quoted_of_a_file_is_short(data: object, says: str, tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    refused = run("recheck", str(file), SUMMIT)
    assert refused.returncode == 2 and says in refused.stderr and "…" in refused.stderr and len(refused.stderr) < 400


#: The shortest report.
SHORT = '{"claims":[],"checks":{}}'


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (f'{SHORT[:-1]},"notes":["{"x" * 100}"]}}', "line 1 has more than the 100 bytes"),
        (f"{SHORT}\n{SHORT[:-1]},{' ' * 100}\n", "line 2 has more than the 100 bytes"),
        (
            json.dumps({"claims": [], "checks": {}, "notes": ["x"] * 10}, indent=1),
            "in.json has more than the 100 bytes",
        ),
        ("\n" * 101, "line 101 has more than the 100 bytes"),
        (f"{SHORT}\n" + "\n" * 101, "line 102 has more than the 100 bytes"),
        (f"{SHORT}\n" * 10, ""),
        (f"{SHORT}\n" + ("\n" * 60 + f"{SHORT}\n") * 2, ""),
        (json.dumps(json.loads(SHORT), indent=1), ""),
    ],
    ids=["a line", "another line", "lines", "blank", "blank then", "many short", "blank between", "short"],
)
def test_a_result_that_is_too_long(data: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "LONGEST", 100)
    file = tmp_path / "in.json"
    file.write_text(data, encoding="utf-8")
    with pytest.raises(briefing.InputError, match=says) if says else nullcontext():
        assert all(each == briefing.Report(claims=(), checks={}) for each in saved.read(str(file)))


def test_a_file_without_end() -> None:
    refused = run("view", "/dev/zero", "--no-open")
    assert refused.returncode == 2 and f"more than the {saved.LONGEST:,} bytes" in refused.stderr


def test_what_recheck_takes(result: str, draft: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(run("verify", draft, SUMMIT, "-f", "json").stdout, encoding="utf-8")
    done = run("recheck", str(report), SUMMIT)
    assert done.returncode == 1 and done.stdout.startswith("1 supported, 2 unsupported")
    line = Path(result).read_text(encoding="utf-8")
    for data, says in ((f"{line}\n{line}\n", "holds several results"), ('{"id": "a", "error": {}}', "is not as")):
        report.write_text(data, encoding="utf-8")
        refused = run("recheck", str(report), SUMMIT)
        assert refused.returncode == 2 and says in refused.stderr


def test_a_result_is_of_one_kind(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    made = [shown for shown, _ in kinds().values()]
    failure = briefing.Failure(id="a", question="Who met?", error=briefing.InputError("the article is empty."))
    for each in made:
        file.write_text(each.model_dump_json(), encoding="utf-8")
        assert list(saved.read(str(file))) == [each] and saved.one(str(file)) == each
    file.write_text("\n\n".join(each.model_dump_json() for each in (failure, *made)), encoding="utf-8")
    first, *rest = saved.read(str(file))
    assert isinstance(first, briefing.Failure) and str(first.error) == str(failure.error) and rest == made
    file.write_text(failure.model_dump_json(), encoding="utf-8")
    with pytest.raises(briefing.InputError, match="the article failed"):
        saved.one(str(file))
