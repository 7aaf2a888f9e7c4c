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


def test_a_source_without_a_title_is_told_by_its_first_words() -> None:
    pages = {
        "It rained.": "1. “It rained.” (10 characters)",
        SUMMIT: f"1. “Tokyo and Manila now call each other comprehensive…” ({len(SUMMIT):,} characters)",
        "雨" * 100 + "が降った。": f"1. “{'雨' * 60}…” (105 characters)",
        "*Rain* fell   in\nGraz on Monday.": r"1. “\*Rain\* fell in Graz on Monday.” (32 characters)",
    }
    for source, line in pages.items():
        page = briefing.summarize(source).markdown()
        assert page.endswith(f"## Sources\n\n{line}\n")
    for told, line in (
        (Source("It rained.", title="Rain"), "1. Rain"),
        (Source("It rained.", published="2026-11-02"), "1. 2026-11-02"),
    ):
        assert briefing.summarize(told).markdown().endswith(f"\n{line}\n")


FRENCH = (
    "Le conseil a approuvé le nouveau pont lundi. Il coûtera quatre millions d'euros. Les travaux dureront deux ans, "
    "a dit la maire."
)


def test_notes_of_the_report_are_printed_once() -> None:
    result = briefing.summarize(FRENCH)
    (note,) = result.report.notes
    assert note.startswith("Not English, so checked for ")
    answer = briefing.ask(FRENCH, "Que coûtera le nouveau pont approuvé par le conseil ?")
    for printed in (result.text(), result.markdown().replace("\\", "")):
        assert printed.count(note) == 1
    assert answer.report.notes and answer.text().count(answer.report.notes[0]) == 1
    again = result.model_copy(update={"notes": (*result.notes, note)})
    assert again.text() == result.text()
    assert "Not English" not in briefing.summarize(SUMMIT).text()


def test_what_is_flagged_says_why_in_one_line() -> None:
    text = "Peru and Chile agreed to open talks on a trade treaty on Monday [1]. “We are glad,” Minister Ana Holm said [1]."
    draft = briefing.Draft(
        headline=briefing.DraftClaim(text="Peru and Chile signed a trade treaty on Monday.", evidence=["s1"]),
        lede=briefing.DraftClaim(text="Peru and Chile signed a trade treaty on Monday.", evidence=["s1"]),
        points=[briefing.DraftClaim(text="Peru and Chile agreed to open talks on a trade treaty.", evidence=["s1"])],
        quotes=[briefing.DraftQuote(text="We are sad", speaker="Ana Holm", evidence=["s2"])],
        analysis=[],
    )

    class Signs(briefing.Extractive):
        fingerprint = "signs/1"

        def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> briefing.Draft:
            return draft

    result = briefing.summarize(text, engine=Signs(), unsupported="flag")
    why = result.lede.findings[0].message
    assert "signed" in why
    lines = result.text().split("\n\n")
    assert lines[0] == f"{draft.headline.text} (UNSUPPORTED: {why})"
    assert lines[1] == f"Peru and Chile signed a trade treaty on Monday [1]. (UNSUPPORTED: {why})"
    assert lines[2] == "Peru and Chile agreed to open talks on a trade treaty [1]."
    assert f"Ana Holm said [1]. (UNSUPPORTED: {result.quotes[0].findings[0].message})" in lines[3]
    assert result.markdown().count("(UNSUPPORTED: ") == 3
    assert "UNSUPPORTED" not in briefing.summarize(text, engine=Signs()).text()
    bare = result.model_copy(update={"lede": result.lede.model_copy(update={"findings": ()})})
    assert "on Monday [1]. (UNSUPPORTED)\n" in bare.text()
