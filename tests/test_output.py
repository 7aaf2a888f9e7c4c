"""Results in files: whole lines whatever happens, and what was there before only replaced by all of a run."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, field_serializer

import briefing
from briefing import Answer, Briefing, ConnectionFailed, InputError
from briefing.formats import row_of
from briefing.output import refuse_same, written

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
COLUMNS = "id status question headline lede points quotes analysis answer ok unsupported engine error".split()


class Failed(BaseModel):
    """An article that failed, as a batch gives it."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    id: str
    question: str = ""
    error: Exception

    @field_serializer("error")
    def _error(self, error: Exception) -> dict[str, str]:
        return {"type": type(error).__name__, "message": str(error)}


class Line(BaseModel):
    number: int
    text: str = ""


LOST = Failed(id="x7", error=ConnectionFailed("No connection came about: check the address."))


@pytest.fixture(scope="module")
def brief() -> Briefing:
    return briefing.summarize(SUMMIT, engine=briefing.Extractive())


@pytest.fixture(scope="module")
def answer() -> Answer:
    return briefing.ask(SUMMIT, "What did the leaders agree on?", engine=briefing.Extractive())


def _arrow() -> Any:
    pytest.importorskip("pyarrow", reason="needs the extra: pip install 'briefing[parquet]'")
    return pytest.importorskip("pyarrow.parquet")


def _needed_for(name: str) -> None:
    if name.endswith(".parquet"):
        _arrow()


def _numbers(path: Path) -> list[int]:
    """Return the numbers of the lines that a file holds; each has to be whole."""
    data = path.read_bytes()
    assert data == b"" or data.endswith(b"\n")
    return [json.loads(line)["number"] for line in data.splitlines()]


def test_lines_are_results_that_come_back_equal(tmp_path: Path, brief: Briefing, answer: Answer) -> None:
    path = tmp_path / "out.jsonl"
    with written(path) as sink:
        for result in (brief, answer, LOST):
            sink.put(result)
        assert not path.exists()
    assert sink.finish(complete=True) == str(path)
    first, second, third = path.read_text(encoding="utf-8").split("\n")[:-1]
    assert (Briefing.model_validate_json(first), Answer.model_validate_json(second)) == (brief, answer)
    message = "No connection came about: check the address."
    assert json.loads(third) == {"id": "x7", "question": "", "error": {"type": "ConnectionFailed", "message": message}}
    assert list(tmp_path.iterdir()) == [path]


def test_a_row_holds_what_the_text_prints(brief: Briefing, answer: Answer) -> None:
    row = row_of(brief)
    assert list(row) == COLUMNS
    parts = [str(row[part]).replace("\n", "\n\n") for part in ("headline", "lede", "points", "quotes")]
    assert "\n\n".join([*parts, "Analysis", str(row["analysis"]).replace("\n", "\n\n")]) in brief.text()
    assert (row["status"], row["ok"], row["unsupported"], row["error"]) == ("done", True, 0, None)
    assert row["engine"] == brief.engine and "[1, 2]" in str(row["lede"])
    row = row_of(answer)
    assert (row["status"], row["question"]) == (str(answer.status), answer.question)
    assert str(row["answer"]).replace("\n", "\n\n") in answer.text() and row["headline"] is None
    row = row_of(LOST)
    assert {name: cell for name, cell in row.items() if cell is not None} == {
        "id": "x7",
        "status": "failed",
        "error": "ConnectionFailed: No connection came about: check the address.",
    }


@pytest.mark.parametrize(("name", "mark"), [("out.csv", ","), ("out.TSV", "\t")])
def test_a_table_is_read_back(tmp_path: Path, brief: Briefing, answer: Answer, name: str, mark: str) -> None:
    results: list[Any] = [brief, answer, LOST]
    with written(tmp_path / name) as sink:
        for result in results:
            sink.put(result)
    with (tmp_path / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=mark))
    shown: dict[object, str] = {True: "true", None: ""}
    for row, result in zip(rows, results, strict=True):
        assert row == {key: shown.get(cell, str(cell)) for key, cell in row_of(result).items()}


#: What nobody sees before a formula, and a spreadsheet may leave out.
BLANKS = "\n\u00a0\u00ad\u034f\u115f\u180e\u200b\u200f\u2028\u2060\u2800\u3000\u3164\ufe0f\ufeff\U000e0100"


@pytest.mark.parametrize(
    ("given", "cell"),
    [
        ('=HYPERLINK("http://a.b","x")', '\'=HYPERLINK("http://a.b","x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\0=x", "'=x"),
        ("a\0b", "ab"),
        ("a\ud800b", "a\ufffdb"),
        ("\x1b[31mred", "[31mred"),
        ("1 = 1", "1 = 1"),
        ('a\rb\nc,"d"', 'a\rb\nc,"d"'),
        ("a = b", "a = b"),
        ("\ufeffa = b", "\ufeffa = b"),
        (" a", " a"),
        ("“=x”", "“=x”"),
        ("„x“ — y", "„x“ — y"),
        ("²=x", "²=x"),
        ("=", "'="),
        ("", ""),
        ("\u200b", "\u200b"),
        ("- a point", "'- a point"),
        *((f"{blank}=1+1", f"'{blank}=1+1") for blank in BLANKS),
        *((f" {sign}1", f"' {sign}1") for sign in "=+-@＝＋－＠﹦﹢﹣﹫⁼⁺"),
    ],
)
def test_a_cell_is_no_formula(tmp_path: Path, given: str, cell: str) -> None:
    with written(tmp_path / "out.csv") as sink:
        sink.put(Failed(id=given, error=ValueError()))
        sink.put(LOST)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["id", cell, "x7"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_whatever_the_text_a_line_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.getbasetemp() / "any.jsonl"
    lines = [Line(number=number, text=text) for number, text in enumerate(texts)]
    with written(path) as sink:
        for line in lines:
            sink.put(line)
    assert [Line.model_validate_json(line) for line in path.read_bytes().split(b"\n")[:-1]] == lines


def test_parquet(tmp_path: Path, brief: Briefing, answer: Answer) -> None:
    parquet = _arrow()
    results: list[Any] = [brief, answer, LOST, Failed(id="=a\ud800", error=ValueError())] * 200
    with written(tmp_path / "out.parquet") as sink:
        for result in results:
            sink.put(result)
    file = parquet.ParquetFile(tmp_path / "out.parquet")
    assert file.metadata.num_row_groups == 4
    rows = file.read().to_pylist()
    assert rows == list(map(row_of, results)) and rows[3]["id"] == "=a\ufffd"


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv", "out.parquet"])
def test_an_interrupted_run_leaves_what_it_has(tmp_path: Path, name: str) -> None:
    """Under the name itself where there was nothing, else beside it; and what had no result leaves nothing."""
    _needed_for(name)
    path, part = tmp_path / name, tmp_path / f"{name}.part"

    def run(results: int) -> str:
        with pytest.raises(KeyboardInterrupt), written(path) as sink:
            for _ in range(results):
                sink.put(LOST)
            raise KeyboardInterrupt
        return sink.finish(complete=True)

    def held(file: Path) -> int:
        if name.endswith(".parquet"):
            return int(_arrow().ParquetFile(file).metadata.num_rows)
        return file.read_text(encoding="utf-8").count("x7")

    assert run(0) == "" and not list(tmp_path.iterdir())
    assert run(300) == str(path) and held(path) == 300 and not part.exists()
    assert run(2) == str(part) and (held(path), held(part)) == (300, 2)
    assert run(0) == "" and (held(path), held(part)) == (300, 2)
    with written(path) as sink:
        sink.put(LOST)
    assert held(path) == 1 and not part.exists()


OLD = {
    "none": ([], "OUT"),
    "fewer": (["done"], "OUT"),
    "as many": (["done", "done"], "holds as many or more"),
    "more": (["done", "done", "done"], "holds as many or more"),
    "failures": (["failed", "failed", "failed", "done", "failed"], "OUT"),
    "blank lines": ([b"\n", b" \r\n", "done", b"\n"], "OUT"),
    "half a line at its end": (["done", b'{"headline":'], "holds as many or more"),
    "half a failure at its end": (["done", b'{"id":"x7","quest'], "holds as many or more"),
    "another order": ([b'{"id":"a","lede":{}}\n', b'{"id":"b","lede":{}}\n'], "holds as many or more"),
    "no results": ([b"A letter.\n", b"Two lines of it.\n"], "holds as many or more"),
    "other names": ([b'{"id":"a","text":"error"}\n', b'[{"id":1}]\n', b"\xff\n"], "holds as many or more"),
}


@pytest.mark.parametrize(("old", "kept"), OLD.values(), ids=OLD)
def test_an_interrupted_run_replaces_fewer_results(
    tmp_path: Path, brief: Briefing, answer: Answer, old: list[str | bytes], kept: str
) -> None:
    """Of two results and a failure; a file that holds as many stays."""
    path, part = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    failed = briefing.Failure(id="x7", error=ConnectionFailed("No connection came about: check the address."))
    lines = {"done": brief.model_dump_json(), "failed": failed.model_dump_json()}
    before = b"".join(each if isinstance(each, bytes) else lines[each].encode() + b"\n" for each in old)
    path.write_bytes(before)
    with written(path) as sink:
        for result in (brief, failed, answer):
            sink.put(result)
        place = sink.finish(complete=False)
    new = "".join(f"{each.model_dump_json()}\n" for each in (brief, failed, answer)).encode()
    if kept == "OUT":
        assert (place, sink.reason, path.read_bytes(), part.exists()) == (str(path), "", new, False)
    else:
        assert (place, sink.reason) == (str(part), f"{path} {kept}, from an earlier run")
        assert (path.read_bytes(), part.read_bytes()) == (before, new)


def test_an_interrupt_within_the_first_line_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(file: int, data: bytes) -> int:
        write(file, data)
        raise KeyboardInterrupt

    write = os.write
    with pytest.raises(KeyboardInterrupt), written(tmp_path / "out.jsonl") as sink:
        monkeypatch.setattr(os, "write", interrupted)
        sink.put(LOST)
    assert sink.finish(complete=False) == "" and not list(tmp_path.iterdir())


def test_an_interrupted_table_replaces_none(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("id\n", encoding="utf-8")
    with written(path) as sink:
        sink.put(LOST)
        assert sink.finish(complete=False) == f"{path}.part"
    assert sink.reason == f"{path} is there, from an earlier run" and path.read_text(encoding="utf-8") == "id\n"


@pytest.mark.parametrize(("name", "content"), [("out.jsonl", ""), ("out.csv", ",".join(COLUMNS) + "\r\n")])
def test_a_complete_run_without_results_is_a_file(tmp_path: Path, name: str, content: str) -> None:
    with written(tmp_path / name):
        pass
    assert (tmp_path / name).read_bytes() == content.encode()


def test_a_run_that_ends_early_can_say_so(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before", encoding="utf-8")
    with written(path) as sink:
        sink.put(Line(number=0))
        assert sink.finish(complete=False) == f"{path}.part"
    assert path.read_text(encoding="utf-8") == "before"
    assert _numbers(tmp_path / "out.jsonl.part") == [0]
    with pytest.raises(OSError, match="Bad file descriptor"):
        sink.put(Line(number=1))


def test_one_run_at_a_time_writes_a_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    (tmp_path / "link.jsonl").symlink_to(path)
    (tmp_path / "out.jsonl.part").write_bytes(b'{"number": 5}\n{"num')  # of a run that was killed
    with written(path) as sink:
        for other in (path, tmp_path / "link.jsonl"):
            with pytest.raises(InputError, match=r"another run is writing .*out\.jsonl\.part: wait"):
                written(other)
        sink.put(Line(number=1))
    assert _numbers(path) == [1]
    with written(tmp_path / "link.jsonl") as sink:
        sink.put(Line(number=2))
    assert _numbers(path) == [2] and (tmp_path / "link.jsonl").is_symlink()


def test_a_file_keeps_who_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.touch(0o600)
    with written(path) as sink:
        assert (tmp_path / "out.jsonl.part").stat().st_mode & 0o777 == 0o600
        sink.put(Line(number=1))
    assert path.stat().st_mode & 0o777 == 0o600


def _folder(path: Path) -> Path:
    (path / "out.jsonl").mkdir()
    return path / "out.jsonl"


def _device(path: Path) -> Path:
    (path / "out.jsonl").symlink_to("/dev/null")
    return path / "out.jsonl"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "none" / "out.jsonl", "its folder does not exist: make "),
        (_folder, "is a folder: name a file in it."),
        (_device, "is no file: name one, or - for standard output."),
        (lambda folder: folder / "out.txt", "has no ending that says its format: end it in .jsonl"),
        (lambda folder: folder / "out", "has no ending that says its format: end it in .jsonl"),
        (lambda folder: Path("/proc/out.jsonl"), "cannot be written ("),
        (lambda folder: folder / ("x" * 250 + ".jsonl"), "cannot be written (File name too long)"),
    ],
)
def test_what_cannot_be_written_is_refused_before_any_work(
    tmp_path: Path, make: Callable[[Path], Path], says: str
) -> None:
    path = make(tmp_path)
    with pytest.raises(InputError) as caught:
        written(path)
    assert str(caught.value).startswith(str(path)) and says in str(caught.value)
    assert Path("/dev/null").is_char_device()


def test_what_is_read_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text("kept", encoding="utf-8")
    (tmp_path / "same.jsonl").symlink_to(path)
    (tmp_path / "out.jsonl.part").write_text("kept", encoding="utf-8")
    for output, read in [("in.jsonl", path), ("same.jsonl", path), ("out.jsonl", tmp_path / "out.jsonl.part")]:
        with pytest.raises(InputError, match=r"is read, and writing .* would overwrite it: name another output"):
            written(tmp_path / output, inputs=[read])
        assert read.read_text(encoding="utf-8") == "kept"
    refuse_same(tmp_path / "other.jsonl", path)
    refuse_same(tmp_path / "other.jsonl", "-")


_SCENES = """
import os, random, resource, shutil, signal, sys, time
from pathlib import Path
from pydantic import BaseModel
from briefing.output import written

class Line(BaseModel):
    number: int
    text: str = ""
    id: str = ""

def killed(path):
    for turn in range(10):
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            with written(path) as sink:
                number = 0
                while True:
                    sink.put(Line(number=number, text="x" * 1_000_000))
                    os.write(tell, b".")
                    number += 1
        os.read(told, 1)
        time.sleep(random.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        shutil.copyfile(path + ".part", f"{path}.{turn}")  # the next run finds what this one left

def limit(size):
    sys.dont_write_bytecode = True  # that of a module imported from here on would be cut off, for later tests as well
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def full(path):
    limit(1_000_000)
    with written(path) as sink:
        for number in range(100):
            try:
                sink.put(Line(number=number, text="x" * 30_000))
            except OSError as error:
                print(number, error)
                if number == 50:
                    limit(resource.RLIM_INFINITY)

def broken(path):
    limit(5_000)
    try:
        with written(path) as sink:
            for number in range(1_000):
                sink.put(Line(number=number, id=str(random.random())))
    except OSError as error:
        print(error)
    print(sink.finish(True))

def unended(path):
    taken = len(sys.argv) > 3
    with written(path) as sink:
        for number in range(300):
            sink.put(Line(number=number, id=str(random.random())))
        if taken:
            limit(os.stat(path + ".part").st_size)
        try:
            print(sink.finish(True))
        except OSError as error:
            print(error)
    print(sink.finish(True))

def interrupted(path):
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    for turn in range(20):
        put = 0
        try:
            with written(Path(path).with_stem(str(turn))) as sink:
                sink.put(Line(number=0))
                # each second once more: one that comes amid a collection of garbage is lost
                signal.setitimer(signal.ITIMER_REAL, 0.001 + turn * 0.002, 1)
                while True:
                    sink.put(Line(number=put + 1, text="x" * 100_000))
                    put += 1
        except KeyboardInterrupt:
            signal.setitimer(signal.ITIMER_REAL, 0)
        print(put)

def orphan(path):
    told, tell = os.pipe()
    asked, ask = os.pipe()
    run = os.fork()
    if not run:
        with written(path) as sink:
            sink.put(Line(number=0))
            if not os.fork():  # a worker, which outlives its run
                os.write(tell, b".")
                os.read(asked, 1)
                os.write(tell, b".")
                os._exit(0)
            os.read(asked, 1)
    os.read(told, 1)
    os.kill(run, signal.SIGKILL)
    os.waitpid(run, 0)
    with written(path) as sink:
        sink.put(Line(number=1))
    os.write(ask, b".")
    os.read(told, 1)

def standard(path):
    with written("-") as sink:
        print("before")
        sink.put(Line(number=0))
        sink.put(Line(number=1))
    print(sink.finish(True))

globals()[sys.argv[1]](sys.argv[2])
"""


def _scene(name: str, path: Path, *more: str) -> str:
    told = subprocess.run(
        [sys.executable, "-c", _SCENES, name, str(path), *more],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_a_killed_run_leaves_whole_lines_and_what_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before", encoding="utf-8")
    _scene("killed", path)
    assert path.read_text(encoding="utf-8") == "before"
    for turn in range(10):
        *lines, _ = Path(f"{path}.{turn}").read_bytes().split(b"\n")
        assert [json.loads(line)["number"] for line in lines] == list(range(len(lines)))
        assert lines, "the child had said that one is written"


# in a process of its own: an interrupt amid what measures the coverage would leave that locked for ever
@pytest.mark.parametrize("name", ["out.jsonl", "out.parquet"])
def test_an_interrupt_at_any_moment_leaves_a_whole_file(tmp_path: Path, name: str) -> None:
    _needed_for(name)
    for turn, put in enumerate(map(int, _scene("interrupted", tmp_path / name).split())):
        path = (tmp_path / name).with_stem(str(turn))
        if name.endswith(".jsonl"):
            assert len(_numbers(path)) in (put + 1, put + 2)
        elif path.exists():  # else it came while a group was on its way, and nothing says that it is a file
            assert _arrow().ParquetFile(path).metadata.num_rows in (put + 1, put + 2)
    assert turn == 19


def test_a_full_disk_leaves_whole_lines_and_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    told = _scene("full", path).splitlines()
    lost = [int(line.split()[0]) for line in told]
    assert lost[0] > 30 and lost[-1] == 50
    assert all(f"File too large: '{path}.part'" in line for line in told)
    assert _numbers(path) == [number for number in range(100) if number not in lost]


def test_a_full_disk_makes_no_parquet_that_is_none(tmp_path: Path) -> None:
    _arrow()
    path = tmp_path / "out.parquet"
    assert _scene("broken", path).splitlines() == [f"[Errno 27] File too large: '{path}.part'", f"{path}.part"]
    assert not path.exists()


@pytest.mark.parametrize("full", [True, False])
def test_a_disk_that_is_full_at_the_end_of_a_table(tmp_path: Path, full: bool) -> None:
    """Where they lie is told all the same."""
    _arrow()
    path = tmp_path / "out.parquet"
    told = _scene("unended", path, *["full"] * full).splitlines()
    assert told == ([f"[Errno 27] File too large: '{path}.part'", f"{path}.part"] if full else [str(path)] * 2)
    assert path.exists() != full


@pytest.mark.parametrize("results", [0, 2])
def test_a_name_that_was_taken_meanwhile(tmp_path: Path, results: int) -> None:
    path = tmp_path / "out.jsonl"
    with pytest.raises(IsADirectoryError), written(path) as sink:
        for number in range(results):
            sink.put(Line(number=number))
        path.mkdir()
    assert sink.finish(complete=False) == (f"{path}.part" if results else "")
    assert _numbers(tmp_path / "out.jsonl.part") == [*range(results)]


def test_a_worker_that_outlives_its_run_does_not_keep_the_file(tmp_path: Path) -> None:
    _scene("orphan", tmp_path / "out.jsonl")
    assert _numbers(tmp_path / "out.jsonl") == [1]


def test_standard_output_holds_lines(tmp_path: Path) -> None:
    assert _scene("standard", tmp_path).splitlines() == [
        "before",
        '{"number":0,"text":"","id":""}',
        '{"number":1,"text":"","id":""}',
        "standard output",
    ]


def test_standard_output_that_is_closed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(InputError, match="standard output is closed: leave it open"):
        written("-")
