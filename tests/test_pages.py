"""Results as web pages in a folder, with an index over them; and `briefing batch --pages`."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
import pytest

import briefing
from briefing import Answer, BriefingError, Failure, InputError
from briefing.flow import Result
from briefing.webpages import Pages
from tests.faults import FaultServer
from tests.test_cli import run
from tests.test_cli_batch import at, folder, lines, rows

__all__ = ["folder"]

OFFLINE = briefing.Extractive()
FIRST = "The council approved the bridge on Monday."
COST = "It will cost about $4 million, Mayor Ana Ruiz said."
TEXT, OTHER = f"{FIRST} {COST}", f"{FIRST} {COST.replace('4', '5')}"
BRIEFING = briefing.summarize(briefing.Source(TEXT, title="A bridge", published="2026-03-02"), engine=OFFLINE)
PAGE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.html")


def made(id_: str = "", result: Result = BRIEFING, **changed: object) -> Any:
    return result.model_copy(update={"id": id_, **changed})


def asked(question: str, text: str = TEXT) -> Answer:
    return briefing.ask(text, question, engine=OFFLINE)


def failed(id_: str, error: BriefingError, question: str = "") -> Failure:
    return Failure(id=id_, question=question, error=error)


def parsed(index: Path) -> Any:
    text = index.read_text(encoding="utf-8")
    return html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(text)


def told(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def table(index: Path) -> list[list[str]]:
    """Return the cells of the index, row by row, once its links are known to lead to pages that are whole."""
    document = parsed(index)
    for link in document.iter("a"):
        address = urlsplit(urljoin(index.resolve().as_uri(), link.get("href")))
        assert address.scheme == "file" and Path(address.path).parent == index.parent.resolve()
        page = Path(address.path).read_text(encoding="utf-8")
        assert page.startswith("<!DOCTYPE html>") and page.endswith("</html>\n")
    return [[told(cell) for cell in row.iter("td")] for row in document.iter("tr") if list(row.iter("td"))]


def names(path: Path) -> set[str]:
    return {each.name for each in path.iterdir()}


# The index


ROWS: dict[str, tuple[Result, str, str]] = {
    "a briefing": (
        made("a1"), "A bridge a1 2026-03-02 extractive/0.1.0", "3 supported",
    ),
    "an answer": (
        made("a2", asked("What will the bridge cost?")),
        f"What will the bridge cost? {COST} a2 {FIRST} extractive/0.1.0",
        "1 supported",
    ),
    "no answer": (
        made("a3", asked("Who won the election?")),
        f"Who won the election? a3 {FIRST} extractive/0.1.0",
        "Not in the sources",
    ),
    "half an answer": (
        made("", asked("What will the bridge cost?"), status=briefing.Status.PARTLY, missing="when"),
        f"What will the bridge cost? {COST} {FIRST} extractive/0.1.0",
        "Partly answered 1 supported",
    ),
    "conflicts": (
        made("", briefing.summarize([TEXT, OTHER], engine=OFFLINE)),
        f"The council approved the bridge on Monday {FIRST} 1 more source extractive/0.1.0",
        "4 supported 1 conflict",
    ),
    "a failure": (failed("a4", InputError("its text is empty")), "InputError its text is empty a4", "Failed"),
    "a question that failed": (
        failed("a5", briefing.Refused("the model declined"), "Who?"), "Who? Refused: the model declined a5", "Failed",
    ),
    "no headline": (
        made("a6", headline=BRIEFING.headline.model_copy(update={"text": "\u202e \x00"})),
        "Briefing a6 A bridge 2026-03-02 extractive/0.1.0", "3 supported",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("result", "says", "checked"), ROWS.values(), ids=ROWS)
def test_a_row(tmp_path: Path, result: Result, says: str, checked: str) -> None:
    index = briefing.pages([result], tmp_path)
    version = f"extractive/{briefing.__version__}"
    assert table(index) == [["1", says.replace("extractive/0.1.0", version), checked]]
    assert len(list(parsed(index).iter("a"))) == (not isinstance(result, Failure))


def test_verdicts_and_warnings(tmp_path: Path) -> None:
    class Wrong(briefing.Extractive):
        def brief(self, document: object, **_: object) -> briefing.Draft:
            claim = briefing.DraftClaim(text="The bridge will cost $7 million.", evidence=["s2"])
            return briefing.Draft(headline=claim, lede=claim, points=[], quotes=[], analysis=[claim])

    result = briefing.summarize(TEXT, engine=Wrong(), unsupported="flag")
    counts = result.report.counts
    warned = sum(any(found.severity == "warning" for found in claim.findings) for _, claim in result.claims())
    (row,) = table(briefing.pages([result], tmp_path))
    for word, count in (*((verdict.value, count) for verdict, count in counts.items()), ("warned", warned)):
        assert (f"{count} {word}" in row[2]) == (count > 0)
    assert counts[briefing.Verdict.UNSUPPORTED]


def test_what_is_above_the_rows(tmp_path: Path) -> None:
    index = briefing.pages((result for result, _, _ in ROWS.values()), tmp_path)
    document = parsed(index)
    assert [told(each) for each in document.iter("label")] == [
        "All 8", "Conflicts 1", "Partly answered 1", "Not in the sources 1", "Failed 2",
    ]  # fmt: skip
    (header,) = document.iter("header")
    assert "8 results 6 done, 2 failed; 12 claims: 12 supported, 0 unsupported, 0 inference;" in told(header)
    assert "stopped" not in told(header)
    style = next(document.iter("style")).text
    for radio in document.iter("input"):
        state = radio.get("value")
        assert radio.get("type") == "radio"
        assert state == "all" or f"[value={state}]:checked) + #results tbody tr:not(.{state})" in style
    (policy,) = [each.get("content") for each in document.iter("meta") if each.get("http-equiv")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith("default-src 'none';") and f"style-src 'sha256-{digest}'" in policy
    assert not list(document.iter("script")) and "://" not in index.read_text(encoding="utf-8")


@pytest.mark.parametrize(("count", "heading"), [(0, "0 results"), (1, "1 result"), (1_250, "1,250 results")])
def test_rows_are_numbered(tmp_path: Path, count: int, heading: str) -> None:
    index = briefing.pages((failed(str(n), InputError("empty")) for n in range(count)), tmp_path / "new" / "folder")
    assert [row[0] for row in table(index)] == [str(n) for n in range(1, count + 1)]
    (title,), (first,) = parsed(index).iter("title"), parsed(index).iter("h1")
    assert told(title) == told(first) == heading
    assert ("There are no results." in told(parsed(index))) == (count == 0)


def test_results_that_were_read_back(tmp_path: Path) -> None:
    articles = [{"id": "a", "text": TEXT}, {"id": "b", "text": " "}]
    given = list(briefing.batch(articles, engine=OFFLINE))
    read = [type(each).model_validate_json(each.model_dump_json()) for each in given]
    assert table(briefing.pages(given, tmp_path / "1")) == table(briefing.pages(read, tmp_path / "2"))
    assert names(tmp_path / "1") == names(tmp_path / "2")


# Strangers' texts


HOSTILE = [
    "<script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", '" onmouseover="alert(1)', "'><a href=//evil.example>",
    "{{ 7 * 7 }}{% for x in y %}", "</title></table></html>", "[x](javascript:alert(1))", "https://evil.example/x",
    "\u202egnp.exe\u2066", "\x1b]8;;https://evil.example\x07", "<!--", "&lt;b&gt;", "\ud800\x00\x0c", "<b>" * 2_000, "漢" * 5_000,
]  # fmt: skip


def trouble(text: str) -> list[Result]:
    """Return a briefing, an answer and a failure that have a text wherever a stranger may have put it."""
    headline = BRIEFING.headline.model_copy(update={"text": text})
    source = BRIEFING.sources[0]
    sources = (replace(source, title=f"{text} (title)", url=text, published=text),)
    answer = asked("What will the bridge cost?")
    claims = (answer.claims[0].model_copy(update={"text": text}),)
    return [
        made(text, headline=headline, engine=text, sources=sources),
        made(text, answer, question=text, claims=claims, engine=text, sources=sources, id=text),
        failed(text, InputError(text), text),
    ]


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text)[:30] for text in HOSTILE])
def test_a_text_is_never_markup(tmp_path: Path, text: str) -> None:
    shapes: list[list[tuple[str, object]]] = []
    for number, each in enumerate((text, "harmless words")):
        index = briefing.pages(trouble(each), tmp_path / str(number))
        assert len(table(index)) == 3
        shapes.append([])
        for element in parsed(index).iter():
            attributes = dict(element.attrib)
            if element.tag == "a":
                assert PAGE.fullmatch(attributes.pop("href")) and told(element)
            shapes[-1].append((str(element.tag), attributes))
        assert names(index.parent) - {"index.html"} == {link.get("href") for link in parsed(index).iter("a")}
    assert shapes[0] == shapes[1]
    raw = (tmp_path / "0" / "index.html").read_text(encoding="utf-8")
    assert not re.search("[\x00\x1b\x07\u202e\u2066]", raw) and len(raw) < 20_000


def test_a_row_is_small(tmp_path: Path) -> None:
    with Pages(tmp_path) as written:
        for result in trouble("word " * 100_000):
            written.put(result)
        assert all(len(repr(row)) < 2_000 for row in written._rows)


# Names


IDS = {
    "plain": "ferry-1",
    "other case": "Ferry-1",
    "spaces": " ferry 1 ",
    "path": "../../etc/passwd",
    "absolute": "/etc/passwd",
    "drive": "C:\\aux",
    "device": "con",
    "dots": "..",
    "hidden": ".htaccess",
    "index": "index",
    "index as a file": "index.html",
    "empty": "",
    "blank": " ",
    "accents": "Éireann Ürün",
    "composed": "e\u0301",
    "precomposed": "é",
    "chinese": "第一篇文章",
    "other chinese": "第二篇文章",
    "arabic": "مقال",
    "emoji": "🚢",
    "long": "x" * 5_000,
    "other long": "x" * 5_000 + "y",
    "address": "https://example.org/a?b=c#d",
    "escape": "%2e%2e%2f",
    "nul": "a\x00b",
    "line break": "a\nb",
    "bidi": "\u202etxt.exe",
    "surrogate": "\ud800",
    "replacement": "\ufffd",
    "quotes": "\"><script>'",
    "shell": "$(rm -rf ~); `id`",
    "dash": "-rf",
    "number": "17",
}


def test_names_of_pages(tmp_path: Path) -> None:
    """Safe, the same in each run whatever the order, and different for each id on a disk that ignores case."""
    found = {}
    for name, ids in (("1", [*IDS.values()]), ("2", [*IDS.values()][::-1])):
        index = briefing.pages(map(made, ids), tmp_path / name)
        links = [link.get("href") for link in parsed(index).iter("a")]
        assert len({link.lower() for link in links}) == len(ids) == len(table(index))
        assert all(PAGE.fullmatch(link) and len(link) < 70 for link in links)
        assert names(tmp_path / name) == {*links, "index.html"}
        found[name] = dict(zip(ids, links, strict=True))
    assert found["1"] == found["2"]
    assert found["1"]["ferry-1"].startswith("ferry-1-") and found["1"]["Éireann Ürün"].startswith("eireann-urun-")
    assert names(tmp_path) == {"1", "2"}


def test_what_has_the_same_id_has_pages_of_its_own(tmp_path: Path) -> None:
    answers = [asked(question) for question in ("What will the bridge cost?", "Who won the election?")]
    index = briefing.pages([made("a"), made("a"), *(made("a", each) for each in answers)], tmp_path)
    links = [link.get("href") for link in parsed(index).iter("a")]
    assert len(set(links)) == 4 and len(table(index)) == 4
    assert links[1] == links[0].replace(".html", "-2.html")


# The folder


REFUSED: dict[str, tuple[str, str]] = {
    "a file": ("file", "file is a file: name a folder for the pages"),
    "in a file": ("file/pages", "name a folder for the pages"),
    "no name": ("", "the folder of the pages has no name"),
    "none can be made": ("/proc/briefing", "/proc/briefing is no folder that can be made"),
    "none can be written": ("/proc/self", "/proc/self cannot hold pages"),
    "an index that is a folder": ("taken", "index.html is a folder, and the index has that name"),
}


@pytest.mark.parametrize(("name", "says"), REFUSED.values(), ids=REFUSED)
def test_a_folder_that_cannot_be_used(tmp_path: Path, name: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if name.startswith("/") and not Path("/proc").is_dir():
        pytest.skip("there is no /proc, where nobody can write, not even root")
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("kept", encoding="utf-8")
    Path("taken/index.html").mkdir(parents=True)
    waiting = iter([BRIEFING])
    with pytest.raises(InputError, match=re.escape(says)):
        briefing.pages(waiting, name)
    assert next(waiting) is BRIEFING and Path("file").read_text(encoding="utf-8") == "kept"
    assert names(tmp_path) == {"file", "taken"} and names(Path("taken")) == {"index.html"}


@pytest.mark.parametrize("given", [BRIEFING, ["text"], [BRIEFING.report]], ids=["one result", "text", "report"])
def test_what_has_no_page(tmp_path: Path, given: Any) -> None:
    with pytest.raises(InputError, match="there is no page: give what batch gives, or a list of results"):
        briefing.pages(given, tmp_path)
    assert not names(tmp_path)


def test_another_run_replaces_its_own_and_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("mine", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    index = briefing.pages([made("a"), made("b")], tmp_path)
    before = names(tmp_path)
    (left,) = [name for name in before if name.startswith("b-")]
    new = BRIEFING.headline.model_copy(update={"text": "Another headline"})
    assert briefing.pages([made("a", headline=new)], tmp_path) == index
    assert names(tmp_path) == before and (tmp_path / "mine.html").read_text(encoding="utf-8") == "mine"
    assert [row[1][:16] for row in table(index)] == ["Another headline"]
    assert "Another headline" in next(tmp_path.glob("a-*")).read_text(encoding="utf-8")
    assert left not in index.read_text(encoding="utf-8")


# How a run ends


def ending(error: BaseException, after: int) -> Iterator[Result]:
    yield from (made(str(n)) for n in range(after))
    raise error


STOPS: dict[str, Callable[[], BaseException]] = {
    "interrupt": KeyboardInterrupt,
    "exit": SystemExit,
    "wrong key": lambda: briefing.AuthFailed("set a key"),
    "budget": lambda: briefing.BudgetExceeded("spent"),
    "disk of the articles": lambda: OSError(5, "Input/output error", "articles.jsonl"),
    "anything": lambda: ZeroDivisionError("x"),
}


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_a_run_that_is_stopped_has_an_index_of_what_there_is(tmp_path: Path, stop: Callable[[], BaseException]) -> None:
    error = stop()
    with pytest.raises(type(error)) as caught:
        briefing.pages(ending(error, 2), tmp_path)
    assert caught.value is error
    assert len(table(tmp_path / "index.html")) == 2 and len(names(tmp_path)) == 3
    assert "The run was stopped before its end." in told(parsed(tmp_path / "index.html"))


def test_a_run_that_is_stopped_with_nothing_leaves_what_there_was(tmp_path: Path) -> None:
    for count in (0, 2):
        briefing.pages(map(made, "ab"), tmp_path) if count else None
        with pytest.raises(KeyboardInterrupt):
            briefing.pages(ending(KeyboardInterrupt(), 0), tmp_path)
        assert len(names(tmp_path)) == (3 if count else 0)
    assert len(table(tmp_path / "index.html")) == 2


_SCENES = """
import resource, sys
import briefing
from briefing.webpages import Pages

def limit(size):
    sys.dont_write_bytecode = True  # that of a module imported from here on would be cut off, for later tests as well
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

result = briefing.summarize("The council approved the bridge on Monday. It will cost $4 million.")
large = briefing.summarize("The council approved the bridge on Monday. It will cost $4 million. " * 1_000)

def full(folder, size):
    try:
        with Pages(folder) as written:
            written.put(result)
            limit(int(size))
            written.put(large)
    except OSError as error:
        print(error)
    print(written.index)

def endless(folder, _):
    with Pages(folder) as written:
        number = 0
        while True:
            written.put(result.model_copy(update={"id": str(number)}))
            number += 1
            print(number, flush=True)

globals()[sys.argv[1]](*sys.argv[2:])
"""


@pytest.mark.parametrize(("size", "index"), [(50_000, True), (1_000, False)], ids=["for one page", "for the index too"])
def test_a_full_disk(tmp_path: Path, size: int, index: bool) -> None:
    command = [sys.executable, "-c", _SCENES, "full", str(tmp_path), str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    error, there = done.stdout.splitlines()
    assert re.fullmatch(rf"\[Errno 27\] File too large: '{re.escape(str(tmp_path))}/[0-9a-f]+-2\.html'", error)
    assert there == (str(tmp_path / "index.html") if index else "None")
    assert len(names(tmp_path)) == 1 + index  # nothing that is not whole
    if index:
        assert len(table(tmp_path / "index.html")) == 1


def test_a_killed_run_leaves_whole_pages(tmp_path: Path) -> None:
    for turn in range(3):
        command = [sys.executable, "-c", _SCENES, "endless", str(tmp_path), "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            for _ in range(3 + turn):
                process.stdout.readline()
            process.kill()
        pages = list(tmp_path.glob("*.html"))
        assert len(pages) >= 3 + turn and not (tmp_path / "index.html").exists()
        for page in pages:
            text = page.read_text(encoding="utf-8")
            assert text.startswith("<!DOCTYPE html>") and text.endswith("</html>\n")
    assert len(table(briefing.pages([made("0"), made("1")], tmp_path))) == 2


# On the command line


def outcome(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr.splitlines()[-1]


COMMANDS = {
    "pages alone": ([], 0, False),
    "and a file": (["-o", "out.jsonl"], 0, True),
    "and a table": (["-o", "out.csv"], 0, True),
    "and standard output": (["-o", "-"], 8, False),
}


@pytest.mark.parametrize(("options", "printed", "file"), COMMANDS.values(), ids=COMMANDS)
@pytest.mark.usefixtures("folder")
def test_where_the_results_go(options: list[str], printed: int, file: bool) -> None:
    done = run("batch", "in.jsonl", "-e", "extractive", "--ordered", "--pages", "out/pages", *options)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, printed)
    where = f"results in {options[1]}; pages in" if file else "pages in"
    assert re.fullmatch(rf"briefing: 8 articles: 8 done; [^;]*; {where} out/pages/index\.html", outcome(done))
    assert [row[0] for row in table(Path("out/pages/index.html"))] == [str(n) for n in range(1, 9)]
    assert Path(options[1] if file else "in.jsonl").exists()
    assert not list(Path().rglob("*.part"))


@pytest.mark.usefixtures("folder")
def test_questions_failures_and_none(tmp_path: Path) -> None:
    Path("in.jsonl").write_bytes(lines([*rows(1), {"id": "bad", "text": " "}]))
    done = run("batch", "in.jsonl", "-e", "extractive", "--pages", "p", "-q", "How many people did the ferry carry?")
    assert done.returncode == 1 and outcome(done).endswith("; pages in p/index.html")
    assert sorted(row[2] for row in table(Path("p/index.html"))) == ["1 supported", "Failed"]
    Path("in.jsonl").write_bytes(b"")
    done = run("batch", "in.jsonl", "-e", "extractive", "--pages", "p")
    assert done.returncode == 0 and table(Path("p/index.html")) == []
    done = run("batch", "-", "-e", "extractive", "--pages", "q", stdin=lines(rows(2)))
    assert (done.returncode, done.stdout) == (0, "") and len(table(Path("q/index.html"))) == 2


UNUSABLE = {
    "pages in a file": (["--pages", "in.jsonl"], "in.jsonl is a file: name a folder for the pages."),
    "pages in a file, and a file": (["--pages", "in.jsonl", "-o", "out.jsonl"], "in.jsonl is a file"),
    "results that cannot be written": (["--pages", "p", "-o", "none/out.jsonl"], "its folder does not exist"),
    "no name": (["--pages", ""], "the folder of the pages has no name"),
}


@pytest.mark.parametrize(("options", "says"), UNUSABLE.values(), ids=UNUSABLE)
def test_what_cannot_be_used(options: list[str], says: str, folder: Path) -> None:
    done = run("batch", "in.jsonl", "-e", "extractive", *options)
    assert (done.returncode, done.stdout) == (2, "") and says in done.stderr
    assert names(folder) == {"in.jsonl"}


def test_each_day_of_a_budget_adds_to_the_pages(folder: Path) -> None:
    seen: set[str] = set()
    options = ["--ordered", "-o", "out.jsonl", "--pages", "p"]
    with FaultServer() as server:
        for calls, there in ((3, 3), (6, 6), (8, 8)):
            done = run("batch", "in.jsonl", *at(server), *options, "--max-calls", "3")
            assert (done.returncode, server.calls) == (0 if there == 8 else 4, calls), done.stderr
            assert done.stderr.splitlines()[0].endswith("; results in out.jsonl; pages in p/index.html")
            index = Path("p/index.html")
            assert len(table(index)) == there and seen <= names(Path("p"))
            assert ("The run was stopped" in told(parsed(index))) == (there < 8)
            seen = names(Path("p"))
        assert len(seen) == 9
        done = run("batch", "in.jsonl", *at(server), *options)
        assert (server.calls, done.returncode) == (8, 0) and names(Path("p")) == seen


def test_nothing_done_says_nothing_of_pages(folder: Path) -> None:
    with FaultServer() as server:
        done = run("batch", "in.jsonl", *at(server), "--pages", "p", "--max-calls", "0")
    assert done.returncode == 4 and "pages" not in done.stderr and not names(Path("p"))


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["interrupted", "terminated"]
)
def test_a_signal_leaves_an_index(number: signal.Signals, code: int, folder: Path) -> None:
    Path("in.jsonl").write_bytes(lines(rows(3_000)))
    command = [sys.executable, "-m", "briefing", "batch", "in.jsonl", "-o", "out.jsonl", "--pages", "p"]
    process = subprocess.Popen(
        [*command, "-e", "extractive", "--workers", "1"], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    end = time.monotonic() + 60
    while len(list(Path("p").glob("*.html"))) < 5 and time.monotonic() < end:
        time.sleep(0.01)
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == code, said
    assert re.fullmatch(
        r"briefing: stopped after \d+ articles: .*; results in out\.jsonl; pages in p/index\.html\n", said
    ), said
    done, there = len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()), len(table(Path("p/index.html")))
    assert 4 <= there <= done <= there + 1  # the signal may come when a page lies there and is not yet in the index
    assert not list(Path("p").glob("*.part")) and not list(Path("p").glob(".*"))


def test_a_full_disk_is_one_message(folder: Path) -> None:
    Path("in.jsonl").write_bytes(lines([*rows(1), {"id": "large", "text": rows(1)[0]["text"] * 1_000}]))
    command = f"export PYTHONDONTWRITEBYTECODE=1; ulimit -f 90; {sys.executable} -m briefing batch in.jsonl -e extractive --ordered --pages p"
    done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False, timeout=120)
    first, last = done.stderr.splitlines()
    assert done.returncode == 2 and re.fullmatch(
        r"briefing: stopped after 1 article: .*; pages in p/index\.html", first
    )
    assert re.fullmatch(
        r"briefing: p/large-\w+\.html cannot be used \(File too large\): check it and try again\.", last
    )
    assert len(table(Path("p/index.html"))) == 1
