"""Articles out of lists, DataFrames and files: each row one article, and one that is broken stops no other."""

from __future__ import annotations

import builtins
import csv
import datetime
import io
import json
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import ConfigError, Document, InputError, Source
from briefing.rows import Article, articles, named, read, read_lines

RAIN, WIND = "It rained on Monday.", "The wind rose."
DOCUMENT = Document.read(RAIN)
Row = namedtuple("Row", "id text question")  # untyped, as pandas makes them


def _pandas() -> Any:
    return pytest.importorskip("pandas", reason="needs pip install pandas")


def _arrow() -> Any:
    pytest.importorskip("pyarrow", reason="needs the extra: pip install 'briefing[parquet]'")
    return pytest.importorskip("pyarrow.parquet")


def _short(article: Article) -> tuple[Any, ...]:
    sources = article.sources
    text = sources.text if isinstance(sources, Source) else sources
    return article.id, text, article.question, str(article.problem or "")


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (RAIN, Article("7", RAIN)),
        (Source(RAIN, title="Rain"), Article("7", Source(RAIN, title="Rain"))),
        (DOCUMENT, Article("7", DOCUMENT)),
        ([RAIN, Source(WIND)], Article("7", [RAIN, Source(WIND)])),
        ([{"text": RAIN, "title": float("nan")}], Article("7", [{"text": RAIN, "title": None}])),
        ({"text": RAIN}, Article("7", Source(RAIN))),
        ({"id": "a", "text": RAIN, "question": "Did it rain?"}, Article("a", Source(RAIN), "Did it rain?")),
        ({"id": 0, "text": RAIN}, Article("0", Source(RAIN))),
        ({"id": "a\ud800", "text": RAIN}, Article("a\ufffd", Source(RAIN))),
        ({"id": None, "text": RAIN, "question": " ", "url": None}, Article("7", Source(RAIN))),
        ({"id": float("nan"), "text": RAIN, "title": float("nan")}, Article("7", Source(RAIN))),
        (
            {"text": RAIN, "title": "T", "url": "u", "published": datetime.date(2026, 3, 4), "body": "not read"},
            Article("7", Source(RAIN, "T", "u", "2026-03-04")),
        ),
        ({"id": 1.0, "text": RAIN}, Article("1", Source(RAIN))),
        ({"id": 1.5, "text": RAIN}, Article("1.5", Source(RAIN))),
        ({"id": float("inf"), "text": RAIN}, Article("inf", Source(RAIN))),
        ({"id": "1.0", "text": RAIN}, Article("1.0", Source(RAIN))),
        ({"id": "b", "sources": [RAIN, {"text": WIND}]}, Article("b", [Source(RAIN), Source(WIND)])),
        ({"text": RAIN, "sources": "Reuters, AP"}, Article("7", Source(RAIN))),
        (Row("c", RAIN, None), Article("c", Source(RAIN))),
        (Article("d", RAIN, "Why?"), Article("d", RAIN, "Why?")),
    ],
    ids=[
        *("text", "source", "document", "list", "list of rows", "row", "row with question", "id 0", "surrogate in id"),
        *("missing values", "NaN", "all columns", "id 1.0", "id 1.5", "id without end", "id 1.0 as text"),
        *("sources", "sources that are none", "namedtuple", "article"),
    ],
)
def test_an_item_is_an_article(item: object, expected: Article) -> None:
    assert named(item, 7) == expected


@pytest.mark.parametrize(
    ("item", "name", "says"),
    [
        (None, "3", "article 3 is None: give a text"),
        (5, "3", "article 3 is of type int: give a text"),
        (b"bytes", "3", "decode them first"),
        (Path("a.txt"), "3", "briefing.read(path)"),
        (Source, "3", "of type type"),
        ({"body": RAIN}, "3", 'has no "text" (its keys: body)'),
        ({"id": "x", "text": None}, "x", "its text is empty: give the article's text"),
        ({"id": "x", "text": " "}, "x", "its text is empty: give the article's text"),
        ({"id": ["x"], "text": RAIN}, "3", "its id is of type list: give text or a number"),
        ({"id": "x", "text": RAIN, "question": 1}, "x", "its question is of type int: give it as text"),
        ({"id": "x", "text": RAIN, "question": "?"}, "x", "article 3: its question has no word in it: say"),
        ({"id": "x", "sources": "Reuters"}, "x", "its sources are of type str: give a list"),
        ({"id": "x", "sources": []}, "x", "article 3: its list of sources is empty: give at least one"),
        ({"id": "x", "sources": [RAIN, {"text": 7}]}, "x", "article 3, source 2: its text is of type int: give"),
        ({"id": "x", "sources": [" ", WIND]}, "x", "article 3, source 1 is empty: give the article's text"),
        ({"id": "x", "text": RAIN, "sources": [WIND]}, "x", "give one of them"),
    ],
)
def test_an_item_of_a_wrong_kind_has_a_problem_and_the_next_follows(item: object, name: str, says: str) -> None:
    first, second = articles([item, RAIN])
    assert second == Article("1", RAIN)
    article = named(item, 3)
    assert (article.id, article.sources) == (name, None)
    assert isinstance(article.problem, InputError) and says in str(article.problem)
    assert not article.problem.__traceback__ and not article.problem.__context__, "or it would keep the row alive"
    assert first.problem


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (RAIN, "are one text: give a list of articles, as in batch([text])"),
        ("in.jsonl", "For a file of rows there is the command `briefing batch`; in Python give map(json.loads,"),
        (None, "are None: give a list"),
        (3, "of type int: give a list"),
        (b"bytes", "of type bytes: give a list"),
        (Path("a.csv"), "pandas.read_csv(path) or pandas.read_parquet(path)."),
        ({"text": RAIN}, "of type dict: give a list"),
        (Source(RAIN), "of type Source: give a list"),
        (DOCUMENT, "of type Document: give a list"),
        (Row("a", RAIN, None), "of type Row: give a list"),
        (io.StringIO(RAIN), "of type StringIO: give a list"),
    ],
    ids=["text", "name", "None", "number", "bytes", "path", "row", "source", "document", "namedtuple", "file"],
)
def test_what_is_no_collection_is_refused_at_once(given: object, says: str) -> None:
    with pytest.raises(InputError) as caught:
        articles(given)
    assert says in str(caught.value)


def test_a_generator_is_read_as_it_is_asked_for() -> None:
    asked: list[int] = []
    found = articles(asked.append(n) or RAIN for n in range(1_000_000))  # type: ignore[func-returns-value]
    assert [next(found).id for _ in range(3)] == ["0", "1", "2"]
    assert asked == [0, 1, 2]


def test_rows_of_pandas() -> None:
    pandas = _pandas()
    frame = pandas.DataFrame(
        {
            "ID": [11, 12, 13],
            "Text ": [RAIN, WIND, None],
            "title": ["Rain", pandas.NA, None],
            "published": [pandas.Timestamp("2026-03-04"), pandas.NaT, None],
        }
    )
    rain, wind, none = articles(frame)
    assert rain == Article("11", Source(RAIN, "Rain", None, "2026-03-04T00:00:00"))
    assert wind == Article("12", Source(WIND))
    assert none.id == "13" and "its text is empty" in str(none.problem)
    assert [a.id for a in articles(frame.drop(columns="ID").set_index([["x", "y", float("nan")]]))] == ["x", "y", "2"]
    with pytest.raises(InputError, match=r'no column "text" \(its columns: body\)'):
        articles(pandas.DataFrame({"body": [RAIN]}))
    lower = frame.rename(columns={"ID": "id", "Text ": "text"})
    assert [named(row, n).id for n, (_, row) in enumerate(lower.iterrows())] == ["11", "12", "13"]
    assert list(articles(lower["text"][:2])) == [Article("0", RAIN), Article("1", WIND)]


def test_whole_numbers_are_ids_also_where_a_gap_made_floats_of_them() -> None:
    pandas = _pandas()
    table = pandas.read_csv(io.StringIO(f"id,text\n1,{RAIN}\n,{WIND}\n3,{RAIN}\n"))
    assert str(table["id"].dtype) == "float64"
    assert [a.id for a in articles(table)] == ["1", "1", "3"]
    assert [named(row, n).id for n, (_, row) in enumerate(table.iterrows())] == ["1", "1", "3"]
    assert [a.id for a in articles(table.set_index("id"))] == ["1", "1", "3"]
    for column in ([1, pandas.NA, 3], [1.0, None, 3.0], [1, pandas.NaT, 3]):
        assert [a.id for a in articles(table.assign(id=pandas.Series(column, dtype="object")))] == ["1", "1", "3"]


def test_rows_of_polars() -> None:
    polars = pytest.importorskip("polars", reason="needs pip install polars")
    rain, wind = articles(polars.DataFrame({"id": [11, None], "text": [RAIN, None], "sources": [None, [WIND]]}))
    assert (rain, wind) == (Article("11", Source(RAIN)), Article("1", [WIND]))
    with pytest.raises(InputError, match="LazyFrame: give a list"):
        articles(polars.DataFrame({"text": [RAIN]}).lazy())


BROKEN = (
    b'{"id": "a", "text": "It rained on Monday."}\n'
    b"\n"
    b'{"id": "b", "text": \n'
    b"[1]\n"
    b'{"id": "c", "text": "caf\xe9"}\n'
    b'{"id": "d"}\r\n'
    b'"The wind rose."'
)


def test_a_broken_line_is_a_problem_that_names_its_place(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + BROKEN)
    assert list(map(_short, read(path))) == [
        ("a", RAIN, None, ""),
        ("1", None, None, f'{path}, line 3 is no JSON (Expecting value at column 20): give an object with "text".'),
        ("2", None, None, f'{path}, line 4 is no object: give an object with "text".'),
        (
            *("3", None, None),
            (
                f"{path}, line 5 is not UTF-8 text (byte 24 cannot be read): "
                "save it as UTF-8, for example with iconv -f latin1 -t utf-8."
            ),
        ),
        ("d", None, None, f'{path}, line 6 has no "text" (its keys: id): put the article under "text".'),
        ("5", WIND, None, ""),
    ]


def test_lines_of_a_stream_that_are_too_long_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.rows.MAX_BYTES", 40)
    long = [b'{"text": "%s"}' % (b"x" * n) for n in (26, 27, 28, 29, 68, 69, 200)]
    lines = [part for line in long for part in (line, b'{"text": "It rained."}')]
    found = list(read_lines(io.BytesIO(b"\n".join(lines)), "standard input"))
    assert [a.problem is None for a in found] == [True] * 4 + [False, True] * 5
    assert str(found[4].problem).startswith("standard input, line 5 is longer than the 40 bytes")


_values = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
_rows = st.dictionaries(
    st.sampled_from(["id", "text", "title", "url", "question", "sources", "other"]) | st.text(),
    _values | st.lists(_values | st.dictionaries(st.text(), _values), max_size=3),
)
_lines = _rows.map(lambda row: json.dumps(row).encode()) | st.binary().map(lambda line: line.replace(b"\n", b""))


@given(st.lists(_lines))
def test_every_line_that_is_not_blank_is_one_article(lines: list[bytes]) -> None:
    found = list(read_lines(io.BytesIO(b"\n".join(lines)), "in"))
    assert len(found) == sum(bool(line.strip()) for line in lines)
    for article in found:
        assert article.id
        article.id.encode()
        if article.problem is None:
            try:
                Document.read(article.sources)
            except InputError:
                continue
        else:
            assert isinstance(article.problem, InputError)


def test_an_array_is_rows(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps([{"id": 5, "text": RAIN}, WIND, 3]), encoding="utf-8")
    assert [_short(a)[:2] for a in read(path)] == [("5", RAIN), ("1", WIND), ("2", None)]
    path.write_text(json.dumps({"text": RAIN}), encoding="utf-8")
    assert [_short(a)[:2] for a in read(path)] == [("0", RAIN)]


@pytest.mark.parametrize(("suffix", "mark"), [(".csv", ","), (".TSV", "\t")])
def test_a_table(tmp_path: Path, suffix: str, mark: str) -> None:
    path = tmp_path / f"in{suffix}"
    rows = [
        'other,ID, Text ,question\r\n1,a,"It rained, it said ""today"".\r\nThen it stopped.",\r\n',
        '2,,The wind rose.,"Who?"\r\n\r\n,,,\r\n3,b,,\r\n4,c,one, two,\r\n5,d,"a "b" c",\r\n6,e,Snow fell.,\r\n',
    ]
    path.write_bytes(
        b"\xef\xbb\xbf"
        + "".join(rows).replace(",", mark).encode()
        + b'7,f,caf\xe9,\r\n8,g,"open,'.replace(b",", mark.encode())
    )
    assert list(map(_short, read(path))) == [
        ("a", f'It rained{mark} it said "today".\r\nThen it stopped.', None, ""),
        ("1", WIND, "Who?", ""),
        ("b", None, None, f"{path}, line 7: its text is empty: give the article's text."),
        *[("c", None, None, f"{path}, line 8 has 5 cells, and the header 4: put quotation marks round its text.")],
        *[
            (
                "4",
                None,
                None,
                f"{path}, line 9 is no row ('{mark}' expected after '\"'): look for a quotation mark out of place.",
            )
        ],
        ("e", "Snow fell.", None, ""),
        ("f", None, None, f"{path}, line 11 is not UTF-8 text: save the file as UTF-8."),
        (
            "7",
            None,
            None,
            f"{path}, line 12 is no row (unexpected end of data): look for a quotation mark out of place.",
        ),
    ]


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        (b"id,text", b"a,caf\xe9", "a"),
        (b"id,text", b"\xe9a,It rained.", "\ufffda"),
        (b"id,text", b" ,caf\xe9", "0"),
        (b"text,id", b"caf\xe9,a", "a"),
        (b"text", b"caf\xe9", "0"),
        (b"id,text", b"a,It rained, and stopped.", "a"),
        (b"other,id,title,text", b"1,a,Rain,It rained, and stopped.", "a"),
        (b"text,id", b"It rained, and stopped.,a", "0"),
        (b"title,id,text", b"Rain, and wind,a,It rained.", "0"),
        (b"id,text", b"of a text that was broken.", "0"),
    ],
    ids=[
        *("bytes", "bytes in the id", "blank id", "id behind bytes", "no id", "too many cells", "id before all texts"),
        *("id behind the text", "id behind the title", "too few cells"),
    ],
)
def test_a_row_of_a_table_that_cannot_be_used_has_its_id_where_that_can_be_told(
    tmp_path: Path, header: bytes, row: bytes, name: str
) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(header + b"\n" + row + b"\n")
    (article,) = read(path)
    assert article.id == name and str(article.problem).startswith(f"{path}, line 2 ")


def test_a_table_takes_the_characters_that_json_takes(tmp_path: Path) -> None:
    table, lines = tmp_path / "in.csv", tmp_path / "in.jsonl"
    text = "The council\0 voted.\x07 It rained\x1b[31m red."
    table.write_text(f"id,text\na\0,{text}\n", encoding="utf-8")
    lines.write_text(json.dumps({"id": "a\0", "text": text}), encoding="utf-8")
    assert list(read(table)) == list(read(lines)) == [Article("a\0", Source(text))]


UNUSABLE = {
    "https://news.example/1": "its text is only a URL or a file name, and none is opened: give the article's text.",
    "/etc/passwd": "its text is only a URL or a file name, and none is opened: give the article's text.",
    "[1] …": "its text has no sentence in it, only markers or symbols: give the article's text.",
    "\u200b": "its text has no sentence in it, only markers or symbols: give the article's text.",
    " ": "its text is empty: give the article's text.",
}


@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".csv", ".parquet"])
def test_a_row_that_cannot_be_used_names_its_file_and_place(tmp_path: Path, suffix: str) -> None:
    path, texts = tmp_path / f"in{suffix}", [RAIN, *UNUSABLE, WIND]
    rows = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
    if suffix == ".parquet":
        _arrow().write_table(pytest.importorskip("pyarrow").Table.from_pylist(rows), path)
    elif suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("id", "text"), *(tuple(row.values()) for row in rows)])
    else:
        path.write_text(json.dumps(rows) if suffix == ".json" else "\n".join(map(json.dumps, rows)), encoding="utf-8")
    rain, *unusable, wind = read(path)
    assert [rain.sources, wind.sources] == [Source(RAIN), Source(WIND)]
    places = [f"{path}, {'row' if suffix in ('.json', '.parquet') else 'line'} {n}" for n in range(2, 8)]
    places = places[1:] if suffix == ".csv" else places  # after its header
    assert [str(a.problem) for a in unusable] == [f"{p}: {m}" for p, m in zip(places, UNUSABLE.values(), strict=False)]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"text": 42}, "line 1: its text is of type int: give the article's text."),
        ({"text": RAIN, "title": 4.5}, "line 1: its title is of type float: give it as text, or leave it out."),
        ({"sources": [RAIN, "[1]"]}, "line 1, source 2: its text has no sentence in it"),
        ({"text": "a " * 2_000_001}, "line 1 has 4,000,002 characters"),
        ({"text": "7"}, ""),
        ({"text": "A [1]"}, ""),
        ({"text": "Read https://news.example/1"}, ""),
    ],
    ids=["number", "title", "source", "long", "digit", "letter", "address in a sentence"],
)
def test_a_line_says_what_is_wrong_with_it_as_summarize_would(row: object, says: str) -> None:
    (article,) = read_lines(io.BytesIO(json.dumps(row).encode()), "in.jsonl")
    assert str(article.problem or "").startswith(f"in.jsonl, {says}" if says else "")
    assert bool(article.problem) == bool(says)
    if not says:
        assert Document.read(article.sources).sentences and not Document.read(article.sources).hints


def test_a_text_longer_than_csv_reads_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(f"text\n{RAIN * 10_000}\n", encoding="utf-8")
    assert [len(a.sources.text) for a in read(path)] == [len(RAIN) * 10_000]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=8))
def test_a_table_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    rows = [(name, text + RAIN) for name, text in rows if name.strip()]
    path = tmp_path_factory.getbasetemp() / "again.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "text"), *rows])
    assert [_short(a)[:2] for a in read(path)] == rows


def test_parquet(tmp_path: Path) -> None:
    parquet = _arrow()
    arrow: Any = pytest.importorskip("pyarrow")
    path = tmp_path / "in.parquet"
    when = datetime.datetime(2026, 3, 4, 5)
    columns = {"Id": [11, None, 13], "text": [RAIN, None, None], "sources": [None, [{"text": WIND}], None]}
    parquet.write_table(arrow.table({**columns, "published": [when, None, None], "x": [1, 2, 3]}), path)
    rain, wind, none = read(path)
    assert rain == Article("11", Source(RAIN, published="2026-03-04T05:00:00"))
    assert wind == Article("1", [Source(WIND)])
    assert str(none.problem) == f"{path}, row 3: its text is empty: give the article's text."
    assert [a.sources for a in articles(_pandas().read_parquet(path))] == [rain.sources, wind.sources, None]


def test_a_row_of_parquet_that_is_no_text_stops_no_other(tmp_path: Path) -> None:
    parquet = _arrow()
    arrow: Any = pytest.importorskip("pyarrow")
    path = tmp_path / "in.parquet"
    starts = arrow.array([0, 2, 4, 6], arrow.int32()).buffers()[1]
    texts = arrow.Array.from_buffers(arrow.utf8(), 3, [None, starts, arrow.py_buffer(b"ab\xff\xfecd")])
    parquet.write_table(arrow.table({"text": texts}), path)
    assert list(map(_short, read(path))) == [
        ("0", "ab", None, ""),
        ("1", None, None, f"{path}, row 2 cannot be read: write its text as UTF-8."),
        ("2", "cd", None, ""),
    ]


def _file(name: str, content: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _folder(path: Path) -> Path:
    (path / "in.jsonl").mkdir()
    return path / "in.jsonl"


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "none.jsonl", "cannot be read (No such file or directory): check the name"),
        (lambda folder: folder / "none.csv", "cannot be read (No such file or directory): check the name"),
        (_folder, "cannot be read (Is a directory): check the name"),
        (_file("in.txt", b"It rained."), "is no table: name a file that ends in .jsonl"),
        (_file("in.json", b'{"text'), "is no JSON ("),
        (_file("in.json", b""), "is no JSON ("),
        (_file("in.csv", b""), 'has no column "text" (its columns: none)'),
        (_file("in.csv", b"id, body \n1,2\n"), 'has no column "text" (its columns: id, body): call'),
        (_file("in.csv", b'id,"text'), "has no header that can be read: save it as CSV in UTF-8"),
        (_file("in.csv", "id,text\n".encode("utf-16")), "has no header that can be read: save it as CSV in UTF-8"),
    ],
)
def test_what_cannot_be_read_at_all_is_refused_at_once(tmp_path: Path, make: Callable[[Path], Path], says: str) -> None:
    path = make(tmp_path)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(caught.value).startswith(str(path)) and says in str(caught.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "cannot be read as Parquet ("),
        (b"PAR1 and no more", "cannot be read as Parquet ("),
        (None, "cannot be read (No such file or directory)"),
    ],
    ids=["empty", "none", "missing"],
)
def test_parquet_that_is_none_is_refused_at_once(tmp_path: Path, content: bytes | None, says: str) -> None:
    _arrow()
    path = tmp_path / "in.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert says in str(caught.value)


def test_parquet_without_the_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ModuleNotFoundError(name=name)
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError, match=r"pip install 'briefing\[parquet\]'"):
        read(tmp_path / "in.parquet")


@pytest.mark.parametrize("name", ["in.jsonl", "in.json", "in.csv"])
def test_a_file_without_articles_is_no_error(tmp_path: Path, name: str) -> None:
    content = {"in.jsonl": "\n", "in.json": "[]", "in.csv": "text\n"}[name]
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert list(read(tmp_path / name)) == []
