"""What a page shows of a result: pieces, markers, evidence, what was left out, conflicts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing.render import view
from briefing.render.articles import Mark, cut, linkable

OFFLINE = briefing.Extractive()
MILL = briefing.Source(
    "The mill in Orsted closed on Friday.\nIt had 80 workers [2]. Nobody was surprised.\n\nOwner Lise Vang said: “We ran out of wood.”",
    title="Mill closes",
    url="https://example.org/mill",
    published="2026-03-04",
)


@pytest.mark.parametrize(
    ("text", "marks", "pieces"),
    [
        ("signed on Monday", [], [("signed on Monday", ())]),
        ("signed on Monday", [(0, 6, "a")], [("signed", ("a",)), (" on Monday", ())]),
        ("signed", [(0, 6, "a")], [("signed", ("a",))]),
        (
            "abcdef",
            [(1, 4, "a"), (3, 5, "b")],
            [("a", ()), ("bc", ("a",)), ("d", ("a", "b")), ("e", ("b",)), ("f", ())],
        ),
        ("abc", [(0, 2, "a"), (0, 2, "a")], [("ab", ("a",)), ("c", ())]),
        ("abc", [(-5, 1, "a")], [("a", ("a",)), ("bc", ())]),
        ("abc", [(2, 9, "a")], [("ab", ()), ("c", ("a",))]),
        ("abc", [(5, 9, "a"), (2, 2, "b"), (3, 1, "c")], [("abc", ())]),
        ("", [(0, 1, "a")], []),
    ],
    ids=["none", "start", "whole", "overlapping", "twice", "before", "beyond", "outside", "empty"],
)
def test_a_text_is_cut_where_findings_point(text: str, marks: list[tuple[int, int, str]], pieces: list[object]) -> None:
    assert list(cut(text, [Mark(*mark) for mark in marks])) == pieces


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45), st.sampled_from("ab"))))
def test_pieces_are_the_text(text: str, marks: list[tuple[int, int, str]]) -> None:
    pieces = list(cut(text, [Mark(*mark) for mark in marks]))
    assert "".join(piece.text for piece in pieces) == text
    at = 0
    for piece in pieces:
        for index in range(at, at + len(piece.text)):
            assert set(piece.marks) == {label for start, end, label in marks if start <= index < end}
        at += len(piece.text)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2#d", True),
        ("http://example.org", True),
        ("HTTPS://example.org/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("ftp://example.org/a", False),
        ("//example.org/a", False),
        ("/etc/passwd", False),
        ("https://", False),
        ("https://[", False),
        (" https://example.org", False),
        ("https://example.org/a b", False),
        ("https://example.org/\u202egnp.exe", False),
        ("vbscript:x", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, linked: bool) -> None:
    assert linkable(url) == (url if linked else "")


def test_a_source_is_shown_whole() -> None:
    shown = view.of_briefing(briefing.summarize(MILL, engine=OFFLINE))
    (article,) = shown.articles
    assert [["".join(line.text for line in paragraph)] for paragraph in article.paragraphs] == [
        ["The mill in Orsted closed on Friday."],
        ["It had 80 workers [2]. Nobody was surprised."],
        ["Owner Lise Vang said: “We ran out of wood.”"],
    ]
    assert article.title and article.title.text == "Mill closes"
    assert (article.url, article.published) == (MILL.url, MILL.published)
    for line in article.lines:
        whole = MILL.title if line.id == "t1" else MILL.text
        assert whole and whole[line.start : line.start + len(line.text)] == line.text


def test_what_was_left_out_has_a_name_a_figure_or_a_date() -> None:
    report = briefing.verify("Nobody in town was surprised.", MILL)
    shown = view.of_report(report, briefing.Document.read(MILL))
    lines = {line.text: line.left_out for line in shown.articles[0].lines}
    assert lines == {
        "Mill closes": False,  # a heading
        "The mill in Orsted closed on Friday.": True,
        "It had 80 workers [2].": True,
        "Nobody was surprised.": False,  # used
        "Owner Lise Vang said: “We ran out of wood.”": True,
    }
    assert shown.left_out == 3


def test_the_parts_of_a_briefing() -> None:
    result = briefing.summarize(
        [MILL, "The mill in Orsted closed on Saturday. Eighty workers lost their jobs."], engine=OFFLINE
    )
    shown = view.of_briefing(result)
    assert shown.title and shown.title.label == "Headline"
    labels = {name: [claim.label for claim in claims] for name, claims in shown.parts}
    assert labels[""][:2] == ["Lede", "Point 1"]
    assert labels["Quotes"] == ["Quote 1"]
    assert [claim.id for claim in shown.statements] == [f"c{n}" for n in range(len(list(result.claims())))]
    for statement, (_, claim) in zip(shown.statements, result.claims(), strict=True):
        assert "".join(piece.text for piece in statement.pieces) + statement.stop == claim.text
        assert [link.to for link in statement.evidence] == [item.sentence for item in claim.evidence]
        assert [link.reads for link in statement.markers] == [str(number) for number in claim.markers]
        for link in statement.markers:
            (item,) = [item for item in claim.evidence if item.sentence == link.to]
            assert item.source == int(link.reads)
        assert statement.verdict is claim.verdict


def test_markers_of_the_article_lead_to_the_sentence_that_prints_them() -> None:
    text = "Tolls rose in May [1]. The minister signed the order [2, 3]. Drivers in Lund protested for two days."
    shown = view.of_briefing(briefing.summarize(text, engine=OFFLINE))
    links = {claim.pieces[0].text: [tuple(link) for link in claim.markers] for claim in shown.statements}
    assert links["The minister signed the order"] == [("s2", "2"), ("s2", "3")]
    assert links["Drivers in Lund protested for two days"] == []


def test_words_that_differ_are_marked_on_both_sides() -> None:
    sources = ["The ferry had 40 people on board. It sank.", "The ferry had 60 people on board. It sank."]
    shown = view.of_briefing(briefing.summarize(sources, engine=OFFLINE))
    ((_, sides),) = shown.conflicts
    assert [[piece.text for piece in side.pieces if piece.marks] for side in sides] == [["40"], ["60"]]
    assert ["".join(piece.text for piece in side.pieces) for side in sides] == [
        "The ferry had 40 people on board.",
        "The ferry had 60 people on board.",
    ]


def test_a_report_without_sources_shows_what_it_cites() -> None:
    report = briefing.verify("The mill in Orsted closed on Monday. Nobody was surprised.", MILL)
    shown = view.of_report(report, None)
    assert not shown.whole
    (article,) = shown.articles
    assert [line.text for line in article.lines] == ["The mill in Orsted closed on Friday.", "Nobody was surprised."]
    assert [piece.text for piece in next(article.lines).pieces if piece.marks] == ["Friday"]
    assert all(link.to in shown.shown for claim in shown.statements for link in claim.evidence)


def test_an_excerpt_is_not_marked_where_offsets_do_not_fit() -> None:
    text = "The mill [1] closed on Friday [2]."
    report = briefing.verify("The mill closed on Monday.", text)
    (line,) = view.of_report(report, None).articles[0].lines
    assert line.text == "The mill closed on Friday." and not any(piece.marks for piece in line.pieces)
    (line,) = view.of_report(report, briefing.Document.read(text)).articles[0].lines
    assert [piece.text for piece in line.pieces if piece.marks] == ["Friday"]


def test_a_silent_source() -> None:
    result = briefing.ask("The mill closed. Its owner was sad.", "Who signed the trade treaty?", engine=OFFLINE)
    shown = view.of_answer(result)
    assert shown.missing == shown.heading == "Who signed the trade treaty?"
    assert shown.nearest == result.nearest and not list(shown.statements)


@pytest.mark.parametrize(
    ("second", "counted"),
    [
        ("The mill in Orsted closed on Friday.", "2 sources, some in the same words: 1 independent"),
        ("On Friday the Orsted mill was closed.", "2 sources, each in words of its own"),
    ],
    ids=["agency copy", "own words"],
)
def test_sources_that_copy_one_another_are_told(second: str, counted: str) -> None:
    class Writes(briefing.Extractive):
        def brief(self, document: briefing.Document, *, points: int, focus: str | None) -> briefing.Draft:
            claim = briefing.DraftClaim(text="The mill in Orsted closed on Friday.", evidence=["s1", "s2"])
            return briefing.Draft(headline=claim, lede=claim, points=[], quotes=[], analysis=[])

    result = briefing.summarize(["The mill in Orsted closed on Friday.", second], engine=Writes(), unsupported="flag")
    (_, (lede,)) = view.of_briefing(result).parts[0]
    assert lede.counted == counted


def test_a_name_at_the_start_of_a_sentence_is_told_by_the_others() -> None:
    text = "Nobody was hurt. The judge heard Pell twice. Pell wept. Rain fell. It said so in a footnote [2]."
    shown = view.of_report(briefing.verify("Nobody was hurt.", text), briefing.Document.read(text))
    lines = {line.text: line.left_out for line in shown.articles[0].lines}
    assert lines == {
        "Nobody was hurt.": False,
        "The judge heard Pell twice.": True,
        "Pell wept.": True,
        "Rain fell.": False,
        "It said so in a footnote [2].": False,  # the number of a marker is no figure
    }


SHIPS = ["The ferry had 40 people on board. It sank off Cebu.", "The ferry had 60 people on board. It sank off Cebu."]


@pytest.mark.parametrize(
    ("question", "told"),
    [("How many people were on board?", True), ("Where did the ferry sink?", False)],
    ids=["what they differ in", "something else"],
)
def test_an_answer_tells_of_conflicts_in_what_it_cites(question: str, told: bool) -> None:
    result = briefing.ask(SHIPS, question, engine=OFFLINE)
    assert result.claims and result.report.conflicts
    assert bool(view.of_answer(result).conflicts) is told
    for shown in (result.text(), result.markdown()):
        assert ("The sources differ: " in shown) is told


def test_a_claim_leads_to_what_other_sources_say_otherwise() -> None:
    result = briefing.summarize(SHIPS, engine=OFFLINE)
    told = {"".join(p.text for p in claim.pieces): claim.differs for claim in view.of_briefing(result).statements}
    assert {words: numbers for words, numbers in told.items() if numbers} == {
        words: (1,) for words in told if "on board" in words
    }
    assert "The sources differ: " in result.text() and "The sources differ: " in result.markdown()
