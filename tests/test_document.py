"""Documents: exact offsets, inherited markers, what a claim prints, and clear errors for what cannot be read."""

from __future__ import annotations

import cProfile
import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

import briefing
from briefing import Document, InputError, Source, markers, verification


class Article(BaseModel):
    headline: str = "Bridge opens"
    body: str = "The bridge opened."


SUMMIT = (Path(__file__).parent.parent / "examples" / "summit.txt").read_text(encoding="utf-8")


def test_markers_of_the_example_are_parsed_and_printed_again() -> None:
    document = Document.read(SUMMIT)
    groups = markers.find(SUMMIT)
    marked = [s for s in document.sentences if s.inherited]
    assert [g.numbers for g in groups] == [s.inherited for s in marked]
    for sentence in marked:
        printed = markers.attach(sentence.text, document.printed_markers([sentence]))
        assert printed == SUMMIT[sentence.span.start : sentence.span.end]


@pytest.mark.parametrize(
    "text",
    [
        SUMMIT,
        "  A first one [1].  A second, with 🚢 in it [2]!\n\n- An item [1, 2]\n- Another\n",
        "# A heading\n\nIt rained in Lisbon [3]. “It rained,” she said.[4] Then it stopped.",
        "e\u0301te\u0301 à Paris. \u200fשלום עולם. 𝒜 bold 𝓁etter [1].",
    ],
    ids=["example", "list and emoji", "heading", "other scripts"],
)
def test_a_sentence_is_its_span_without_markers(text: str) -> None:
    document = Document.read(text)
    assert document.sentences
    for sentence in document.sentences:
        assert markers.strip(text[sentence.span.start : sentence.span.end]) == sentence.text
        assert not markers.find(sentence.text)


def test_ids_run_through_all_sources() -> None:
    document = Document.read(["One came. Two left.", Source("Three stayed.", title="Who stayed")])
    assert [(s.id, s.source) for s in document.sentences] == [("s1", 1), ("s2", 1), ("s3", 2)]
    assert [(t.id, t.text, t.source) for t in document.titles] == [("t2", "Who stayed", 2)]
    assert document.by_id["s3"].text == "Three stayed."


@pytest.mark.parametrize(
    ("sources", "printed"),
    [
        ("They met [1]. They agreed [1, 2]. It rained.", [(1,), (1, 2), ()]),
        ("They met. They agreed.", [(1,), (1,)]),
        (["They met [3].", "They agreed."], [(1,), (2,)]),
    ],
    ids=["one source with markers", "one source without", "several sources"],
)
def test_what_a_claim_prints(sources: Any, printed: list[tuple[int, ...]]) -> None:
    document = Document.read(sources)
    assert [document.printed_markers([s]) for s in document.sentences] == printed


def test_evidence_of_several_sentences_prints_the_union() -> None:
    several = Document.read(["They met.", "They talked."])
    assert several.printed_markers(several.sentences) == (1, 2)
    inherited = Document.read("They met [4]. They talked [2, 3].")
    assert inherited.printed_markers(inherited.sentences) == (2, 3, 4)


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        (None, "None"),
        (b"They met.", "decode"),
        (7, "type int"),
        ("", "empty"),
        (" \n\t\u00a0", "empty"),
        ("[1, 2] [3]", "no sentence"),
        ("*** --- !!!", "no sentence"),
        ([], "list of sources is empty"),
        (["They met.", None], "source 2 of 2 is None"),
        (["They met.", b"They left."], "source 2 of 2 is bytes"),
        (["They met.", ""], "source 2 of 2 is empty"),
        ([["They met."]], "the source is of type list"),
        (Path("article.txt"), "briefing.read"),
        ({"title": "No text"}, 'no "text" (its keys: title)'),
        ({"text": None}, "its text is None"),
        ({"text": b"They met."}, "its text is bytes, not text: decode"),
        ({"text": ["They met."]}, "its text is of type list: give the article's text."),
        (Source("They met.", title=3), "its title is of type int: give it as text, or leave it out."),  # type: ignore[arg-type]
        ({"text": "They met.", "url": Path("a")}, "its url is of type PosixPath: give it as text"),
        ({"text": "They met.", "published": 20260304}, "its published is of type int: give a date"),
        (io.StringIO("They met.\nThey left."), "an open file: pass its text, file.read()"),
        ([io.StringIO("They met.")], "an open file: pass its text, file.read()"),
        (Article(), "the sources are of type Article"),
        ([Article()], "the source is of type Article"),
        (range(3), "source 1 of 3 is of type int"),
        (({"x": 1}.items()), "the source is of type tuple"),
        ([Document.read("They met.")], "the source is a Document: give it alone"),
        ({"The bridge opened on Monday, after four years of work.": 1}, "(its keys: The bridge opened on Monday, a)"),
        ("It rains. " * 2_000_000, "20,000,000 characters"),
    ],
    ids=lambda value: repr(value).split(" at 0x")[0][:30],  # an address would differ from worker to worker
)
@pytest.mark.parametrize("call", [Document.read, briefing.summarize], ids=["read", "summarize"])
def test_bad_input(call: Any, given_: Any, says: str) -> None:
    with pytest.raises(InputError) as caught:
        call(given_)
    assert says in str(caught.value)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("https://example.org/news/1", "nothing is fetched"),
        ("www.example.org", "nothing is fetched"),
        ("articles/monday.txt", "briefing.read(path)"),
        ("C:\\news\\monday.html", "briefing.read(path)"),
        ("example.com/news/story", "nothing is fetched"),
        (" <https://x.org/a>\n", "nothing is fetched"),
        ("https://x.org/a, https://x.org/b\nhttps://x.org/c", "nothing is fetched"),
        ("/etc/passwd", "briefing.read(path)"),
        ("./article", "briefing.read(path)"),
        ("../news/article", "briefing.read(path)"),
        ("~/article", "briefing.read(path)"),
        ("C:\\My news\\monday", "briefing.read(path)"),
        ("MONDAY.TXT", "briefing.read(path)"),
    ],
)
def test_what_looks_like_a_url_or_a_path_is_text_with_a_hint(text: str, says: str) -> None:
    document = Document.read(text)
    assert document.sentences[0].text
    assert says in document.hints[0]
    with pytest.raises(InputError, match=r"only a URL|file name"):
        briefing.summarize(text)
    with pytest.raises(InputError, match=r"only a URL|file name"):
        briefing.ask([text, "They met."], "Who met?")


@pytest.mark.parametrize(
    "text",
    [
        "They met at https://example.org/a.",
        "https://example.org/a They met.",
        "The file notes.txt was lost.",
        "She left.",
        "Rain",
        "and/or",
        "U.S./China",
        "24/7",
        "/etc/passwd was read by strangers.",
        "./configure failed.",
        "C: it rained.",
    ],
)
def test_text_that_names_a_url_or_a_path_has_no_hint(text: str) -> None:
    assert Document.read(text).hints == ()


def test_a_lone_surrogate_keeps_the_offsets() -> None:
    document = Document.read("They met\ud800 there. They left.")
    assert document.sentences[1].span == (17, 27)
    assert document.sources[0].text[17:27] == "They left."
    assert document.sha256


def test_surrogates_are_replaced_in_every_field() -> None:
    row = {"text": "They met.", "title": "Met\ud800", "url": "https://example.org/\udcff", "published": "\ud800"}
    (source,) = Document.read(row).sources
    assert (source.title, source.url, source.published) == ("Met\ufffd", "https://example.org/\ufffd", "\ufffd")
    assert briefing.summarize(row).model_dump_json()


@pytest.mark.parametrize("marks", ["\ufeff", "\ufeff\ufeff", "\ufeff\n"])
def test_a_byte_order_mark_is_in_no_sentence(marks: str) -> None:
    text = f"{marks}# Talks\n\nThey met. They\ufeff left."
    document = Document.read(Source(text, title="\ufeffTalks"))
    assert [s.text for s in document.sentences] == ["Talks", "They met.", "They\ufeff left."]
    assert [text[s.span.start : s.span.end] for s in document.sentences] == [s.text for s in document.sentences]
    assert document.sources[0].text == text
    assert document.titles[0].text == "Talks"


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Leaders meet [1, 2]", "Leaders meet"),
        ("[1] Leaders\nmeet", "Leaders meet"),
        ("Leaders [sic] meet", "Leaders [sic] meet"),
        ("1984", "1984"),
        ("首脳会談", "首脳会談"),
        ("[1]", None),
        ("***", None),
        ("—", None),
        ("", None),
    ],
)
def test_a_title_has_words_and_no_markers(title: str, read: str | None) -> None:
    document = Document.read(Source("They met.", title=title))
    assert document.sources[0].title == read
    assert [t.text for t in document.titles] == ([read] if read else [])


def test_a_document_is_read_as_it_is() -> None:
    document = Document.read(["They met.", "They left."])
    assert Document.read(document) is document
    assert briefing.summarize(document) == briefing.summarize(["They met.", "They left."])
    assert briefing.ask(document, "Who met?").sources == document.sources


@pytest.mark.parametrize("several", [("They met.",), {"They met."}, {"a": "They met."}.values(), iter(["They met."])])
def test_every_collection_of_texts_is_read(several: Any) -> None:
    assert Document.read(several).sources == (Source("They met."),)


@pytest.mark.parametrize("line", ["Town {n} opened its bridge on Monday.", "The town opened its bridge on Monday."])
def test_many_sources_take_work_that_grows_with_their_number(line: str) -> None:
    def summarized(sources: list[str]) -> None:
        # not `summarize`, which works in a thread of its own: a profile sees but the one that it is started in
        document = Document.read(sources)
        verification.briefing(briefing.Extractive().brief(document, points=5, focus=None), document, engine="")

    def calls(count: int) -> int:
        profile = cProfile.Profile()
        profile.runcall(summarized, [line.format(n=n) for n in range(count)])
        return sum(entry.callcount for entry in profile.getstats())

    calls(10)  # imports
    few = calls(200)  # first: what is kept of it helps the other
    # Four times as many sources, and what is kept of sentences holds few of them; quadratic would be 16 times.
    assert calls(800) < 9 * few  # 4 times as many sources; quadratic work would be 16 times as much


def test_rows_dates_and_generators_are_read() -> None:
    rows = ({"text": f"They met {n} times.", "url": f"https://example.org/{n}", "id": n} for n in (2, 3))
    document = Document.read(rows)
    assert [s.url for s in document.sources] == ["https://example.org/2", "https://example.org/3"]
    noon = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.UTC)
    assert Source("They met.", published=datetime.date(2026, 3, 4)).published == "2026-03-04"  # type: ignore[arg-type]
    assert Document.read({"text": "They met.", "published": noon}).sources[0].published == "2026-03-04T12:00:00+00:00"


def test_the_hash_is_of_all_that_was_given() -> None:
    same = [Document.read(Source("They met.", title="Met")).sha256 for _ in range(2)]
    assert same[0] == same[1] == Document.read({"text": "They met.", "title": "Met"}).sha256
    assert same[0] != Document.read("They met.").sha256


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = Document.read(text)
    except InputError:
        return
    source = document.sources[0].text
    end = 0
    for sentence in document.sentences:
        assert end <= sentence.span.start < sentence.span.end <= len(source)
        assert markers.strip(source[sentence.span.start : sentence.span.end]) == sentence.text
        end = sentence.span.end
