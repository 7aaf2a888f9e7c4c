"""Results: files that come back equal, and text and Markdown in which nothing of the article is markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing import Briefing, Source
from briefing.render import markdown

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
FERRY = [source for name in ("herald", "courier") for source in briefing.read(EXAMPLES / f"ferry-{name}.md")]


@pytest.mark.parametrize("sources", [SUMMIT, FERRY, "Rain fell. 🌧️ “It rained,” said Ana."], ids=["one", "two", "emoji"])
def test_a_briefing_is_a_file(sources: Any) -> None:
    result = briefing.summarize(sources)
    again = Briefing.model_validate_json(result.model_dump_json())
    assert again == result
    assert again.text() == result.text()
    assert isinstance(again.sources[0], Source)


def test_a_briefing_does_not_change() -> None:
    result = briefing.summarize(SUMMIT)
    with pytest.raises(ValueError, match="frozen"):
        result.engine = "other"  # type: ignore[misc]


def test_text_is_in_the_style_of_a_news_page() -> None:
    paragraphs = briefing.summarize(SUMMIT).text().split("\n\n")
    assert paragraphs[1].endswith("this week [1, 2].")
    said = "I agreed with President Marcos today that our two countries will be comprehensive strategic partners"
    assert f"“{said},” Takaichi said [1, 2]." in paragraphs
    assert paragraphs.index("Analysis") > 5


@pytest.mark.parametrize(
    ("line", "escaped"),
    [
        ("Plain text, 3.5% up.", "Plain text, 3.5% up."),
        ("# No heading", "\\# No heading"),
        ("1. No list", "1\\. No list"),
        ("- No item", "\\- No item"),
        ("*No* _emphasis_", "\\*No\\* \\_emphasis\\_"),
        ("<script>", "\\<script\\>"),
        ("![x](y)", "!\\[x\\](y)"),
        ("&lt;", "\\&lt;"),
        ("http://example.org", "http&#58;//example.org"),
        ("www.example.org", "www&#46;example.org"),
        ("a@example.org", "a&#64;example.org"),
        ("`code`", "\\`code\\`"),
    ],
)
def test_markdown_escapes(line: str, escaped: str) -> None:
    assert markdown.escape(line) == escaped


def test_an_article_brings_no_markup_and_no_control_characters() -> None:
    text = "<b>Rain</b> fell in ![x](http://a.example/p.png) town\x1b[31m on Monday. \u202eIt rained a lot. # More rain fell."
    result = briefing.summarize(Source(text, title="<h1>Rain</h1> [a](javascript:b)"))
    for output in (result.text(), result.markdown()):
        assert not any(character in output for character in "\x1b\u202e")
    page = result.markdown()
    assert "<" not in page.replace("\\<", "")
    assert "](" not in page.replace("\\](", "")
    assert "http:" not in page


@given(st.text(min_size=1, max_size=120))
def test_any_text_can_be_printed(text: str) -> None:
    try:
        result = briefing.summarize(text)
    except briefing.InputError:
        return
    assert result.text().strip()
    assert result.markdown().startswith("# ")
    assert Briefing.model_validate_json(result.model_dump_json()) == result
