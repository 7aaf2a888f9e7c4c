"""Files as sources: text, Markdown, HTML, JSON rows; and errors that name the file, the row and what to do."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import ConfigError, InputError
from briefing.files import detect

PAGE = """<!doctype html><html lang="en"><head><title>Bridge opens - Daily</title></head><body><nav>Home Sport</nav>
<article><h1>Bridge opens</h1><p>The new bridge over the Taw opened on Monday after four years of work.</p>
<p>It cost 41 million pounds, the county council said, two million more than planned.</p>
<p>Buses will cross it every ten minutes from the first week of May, according to the operator.</p></article>
<script>alert("x")</script><footer>Cookies and terms</footer></body></html>"""


def test_text_and_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffThe bridge opened.\r\nIt rained.".encode())
    (tmp_path / "b.md").write_text("# Bridge opens #\n\nThe bridge opened.", encoding="utf-8")
    assert briefing.read(tmp_path / "a.txt")[0].text == "The bridge opened.\r\nIt rained."
    assert [s.title for s in briefing.read(str(tmp_path / "b.md"))] == ["Bridge opens"]


def test_html_is_reduced_to_its_article(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura", reason="needs the extra: pip install 'briefing[html]'")
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (source,) = briefing.read(tmp_path / "a.html")
    assert "41 million pounds" in source.text
    assert source.title and source.title.startswith("Bridge opens")
    assert not any(word in source.text for word in ("alert", "Cookies", "Sport"))


@pytest.mark.parametrize(
    ("error", "says", "silent"),
    [
        (
            ModuleNotFoundError("No module", name="trafilatura"),
            "is not installed: pip install 'briefing[html]'",
            "lxml",
        ),
        (ModuleNotFoundError("No module named 'lxml'", name="lxml"), "No module named 'lxml'", "not installed"),
        (ImportError("lxml.html.clean is\nnow apart."), "(lxml.html.clean is now apart)", "not installed"),
    ],
    ids=["without it", "without lxml", "without lxml_html_clean"],
)
def test_html_without_the_extra_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: ImportError, says: str, silent: str
) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    original = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("trafilatura"):
            raise error
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError) as caught:
        briefing.read(tmp_path / "a.html")
    assert says in str(caught.value)
    assert silent not in str(caught.value)
    assert str(caught.value).endswith("'briefing[html]'.")


def test_rows(tmp_path: Path) -> None:
    row = {"text": "It rained.", "title": "Rain", "url": "https://example.org", "published": "2026-03-04"}
    rows = [row, "It froze."]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "b.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    (tmp_path / "c.json").write_text(json.dumps(row), encoding="utf-8")
    for name in ("a.json", "b.jsonl"):
        first, second = briefing.read(tmp_path / name)
        assert (first.text, first.title, first.url, first.published) == tuple(row.values())
        assert (second.text, second.title) == ("It froze.", None)
    assert briefing.read(tmp_path / "c.json")[0].title == "Rain"


def test_a_line_separator_inside_a_row_is_no_new_row(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "It rained.\u2028It froze."}\n', encoding="utf-8")
    assert briefing.read(tmp_path / "a.jsonl")[0].text == "It rained.\u2028It froze."


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", "caf\xe9".encode("latin-1"), "not UTF-8 text (byte 3"),
        ("a.txt", b"", "is empty"),
        ("a.md", b"\xef\xbb\xbf \r\n", "is empty"),
        ("a.html", b"", "is empty"),
        ("a.json", b"\n", "is empty"),
        ("a.txt", b"%PDF-1.7\n1 0 obj", "is a PDF"),
        ("a.docx", b"PK\x03\x04\x14\0", "ZIP archive, as .docx"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is not text"),
        ("a.txt", b"It rained.\0It froze.", "is not text"),
        ("a.txt", "It rained.".encode("utf-16"), "iconv -f utf-16"),
        ("a.txt", b"\xfe\xff" + "It rained.".encode("utf-16-be"), "iconv -f utf-16"),
        ("a.txt", "It rained.".encode("utf-32"), "iconv -f utf-32"),
        ("a.txt", "é".encode() * 8_000_001, "more than the 16,000,000 bytes"),
        ("a.txt", b"It rains. " * 400_001, "4,000,010 characters, more than the 4,000,000"),
        ("a.json", b"{", "is not JSON (Expecting property name enclosed in double quotes at column 2)"),
        ("a.json", b'[{"text": "It rained."},\n {"text" "x"}]', "(Expecting ':' delimiter at line 2, column 10)"),
        ("a.json", b'[{"text": "It\n rained."}]', "(Invalid control character at line 1, column 14)"),
        ("a.json", b"[]", "empty list"),
        ("a.json", b"[7]", "row 1 is a number"),
        ("a.json", b"null", "is null"),
        ("a.json", b'["It rained.", ["It froze."]]', "row 2 is a list"),
        ("a.json", b'["It rained.", ""]', "row 2: its text is empty"),
        ("a.json", b'["It rained.", {"text": " \\n"}]', "row 2: its text is empty"),
        ("a.json", b'{"text": null}', "a.json: its text is null"),
        ("a.json", b'[{"text": true}]', "row 1: its text is true or false"),
        ("a.json", b'{"text": {"body": "It rained."}}', "its text is an object"),
        ("a.json", b'{"text": "It rained.", "title": 4.5}', "its title is a number"),
        ("a.json", b'{"text": "It rained.", "published": []}', "its published is a list"),
        ("a.json", b"[" * 100_000, "is not JSON"),
        ("a.json", b"1" * 10_000, "is not JSON"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.jsonl", b'{"text": "It rained."}\n{"title": "x"}', 'line 2 has no "text"'),
        ("a.jsonl", b'{"text": "It rained."}\nnot json', "line 2 is not JSON (Expecting value at column 1)"),
        ("a.jsonl", b'"It rained."\n{"text": 7}', "line 2: its text is a number"),
    ],
)
def test_unusable_files(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        briefing.read(tmp_path / name)
    message = str(caught.value)
    assert says in message
    assert name in message
    assert message.endswith(".")
    assert "latin1" not in message or b"\xe9" in content
    assert not any(word in message for word in ("NoneType", "float", "dict", "It froze"))


FRONT = "---\ntitle: {title}\ntags:\n  - rivers\n- bridges\n# a comment\n\ndate: 2026-03-04\n---\n"
BODY = "\n# Bridge opens\n\nThe bridge opened."


@pytest.mark.parametrize(
    ("content", "title", "text"),
    [
        (FRONT.format(title="The bridge, at last") + BODY, "The bridge, at last", BODY),
        (FRONT.format(title='"Bridge: at last"') + BODY, "Bridge: at last", BODY),
        (FRONT.format(title="'Tis done") + BODY, "'Tis done", BODY),
        (FRONT.format(title=">") + BODY, "Bridge opens", BODY),
        ("---\r\nlayout: post\r\n...\r\n" + BODY, "Bridge opens", BODY),
        ("---\n\nIt rained.\n\n---\n" + BODY, None, "---\n\nIt rained.\n\n---\n" + BODY),
        ("---\nIt rained: all day.\n---\n" + BODY, None, "---\nIt rained: all day.\n---\n" + BODY),
        ("---\ntitle: Never closed\n" + BODY, None, "---\ntitle: Never closed\n" + BODY),
        ("\ntitle: No rule\n---\n" + BODY, None, "\ntitle: No rule\n---\n" + BODY),
    ],
    ids=["plain", "quoted", "apostrophe", "folded", "CRLF", "two rules", "prose", "open", "no rule"],
)
def test_front_matter_is_no_text(tmp_path: Path, content: str, title: str | None, text: str) -> None:
    (tmp_path / "a.md").write_bytes(content.encode())
    (source,) = briefing.read(tmp_path / "a.md")
    assert (source.title, source.text) == (title, text)
    (tmp_path / "a.txt").write_bytes(content.encode())
    assert briefing.read(tmp_path / "a.txt")[0].text == content


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("\n<!DOCTYPE html>\n<title>x</title>", ".html"),
        ('<?xml version="1.0"?>\n<html xmlns="x">', ".html"),
        ('{"text": "It rained."}', ".json"),
        ('[\n  {"text": "It rained."}\n]', ".json"),
        ('["It rained."]\n', ".json"),
        ('{"text": "It rained."}\n\n{"text": "It froze."}\n', ".jsonl"),
        ("<html5 is not a tag>", ".txt"),
        ("He wrote <html> on the wall.", ".txt"),
        ("{It rained} and froze.", ".txt"),
        ('["I left," he said] to us.', ".txt"),
        ('{"text": "It rained."}\nIt froze.', ".txt"),
        ("[1, 2]", ".txt"),
        ("7", ".txt"),
        ('{"a":' * 50_000, ".txt"),
        ("", ".txt"),
    ],
)
def test_what_standard_input_holds(text: str, suffix: str) -> None:
    assert detect(text) == suffix


def test_named_files_are_what_their_suffix_says(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('{"text": "It rained."}', encoding="utf-8")
    assert briefing.read(tmp_path / "a.txt")[0].text == '{"text": "It rained."}'


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (None, "the path is None"),
        (5, "of type int"),
        (b"a.txt", "of type bytes"),
        (["a.txt"], "of type list"),
        ("", "the path is empty"),
        (" ", "the path is empty"),
        ("https://example.org/a.html", "nothing is fetched"),
        (Path("https://example.org/a.html"), "nothing is fetched"),
        ("The bridge opened.\nIt rained.", "reads like a text"),
        ("The bridge opened. " * 100, "reads like a text"),
        ("The bridge opened. " * 20, "cannot be read"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_no_path(path: Any, says: str) -> None:
    with pytest.raises(InputError) as caught:
        briefing.read(path)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("in.csv", "pandas.read_csv(path)."),
        ("in.TSV", "pandas.read_csv(path, sep='\\t')."),
        ("in.parquet", "pandas.read_parquet(path)."),
    ],
)
def test_a_table_is_for_batch(tmp_path: Path, name: str, call: str) -> None:
    (tmp_path / name).write_bytes(b"id,text\n1,It rained.\n")
    with pytest.raises(InputError) as caught:
        briefing.read(tmp_path / name)
    assert f"{name} is a table: `briefing batch` reads it" in str(caught.value)
    assert str(caught.value).endswith(call)
    (tmp_path / "csv").write_bytes(b"It rained.")
    assert briefing.read(tmp_path / "csv")[0].text == "It rained."


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        briefing.read(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        briefing.read(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        briefing.read("a\0b.txt")
