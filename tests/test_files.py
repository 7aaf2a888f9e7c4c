"""Files as sources: text, Markdown, HTML, JSON rows; and errors that name the file, the row and what to do."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import ConfigError, InputError

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


def test_html_without_the_extra_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    original = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("trafilatura"):
            raise ImportError(name)
        return original(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ConfigError, match=r"pip install 'briefing\[html\]'"):
        briefing.read(tmp_path / "a.html")


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
        ("a.json", b"{", "is not JSON"),
        ("a.json", b"[]", "empty list"),
        ("a.json", b"[7]", "row 1 is a JSON int"),
        ("a.json", b"[" * 100_000, "is not JSON"),
        ("a.json", b"1" * 10_000, "is not JSON"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.jsonl", b'{"text": "It rained."}\n{"title": "x"}', 'line 2 has no "text"'),
        ("a.jsonl", b'{"text": "It rained."}\nnot json', "line 2 is not JSON"),
    ],
)
def test_unusable_files(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        briefing.read(tmp_path / name)
    assert says in str(caught.value)
    assert name in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        briefing.read(tmp_path / "none.txt")
    with pytest.raises(InputError, match="is a folder"):
        briefing.read(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        briefing.read("a\0b.txt")
