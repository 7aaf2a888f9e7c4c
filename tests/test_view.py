"""What a page shows of a result: pieces, markers, evidence, what was left out, conflicts."""

from __future__ import annotations

import cProfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing import verification
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
    assert linkable(url) is linked


def test_a_source_is_shown_whole() -> None:
    shown = view.of_briefing(briefing.summarize(MILL, engine=OFFLINE))
    (article,) = shown.articles
    assert [["".join(line.text for line in paragraph)] for paragraph in article.paragraphs] == [
        ["The mill in Orsted closed on Friday."],
        ["It had 80 workers [2]. Nobody was surprised."],
        ["Owner Lise Vang said: “We ran out of wood.”"],
    ]
    assert article.title and article.title.text == "Mill closes"
    assert (article.url, article.linked, article.published) == (MILL.url, True, MILL.published)
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
        assert statement.text == claim.text
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


ORSTED = [
    "The mill in Orsted closed on Friday. Eighty people worked there.",
    "Drivers in Lund protested. Nobody knows why.",
]


@pytest.mark.parametrize(
    "others",
    [ORSTED[::-1], ORSTED[1:], ["The mill in Orsted closed on Monday.", ORSTED[1]], ["  " + ORSTED[0], ORSTED[1]]],
    ids=["in another order", "one missing", "corrected", "shifted"],
)
def test_a_report_is_not_shown_beside_other_sources(others: list[str]) -> None:
    report = briefing.verify("The mill in Orsted closed on Friday [1].", ORSTED)
    assert report.html(ORSTED)
    with pytest.raises(briefing.InputError, match="not the sources that the report is on: give those"):
        report.html(others)


def test_a_result_that_was_split_otherwise_shows_what_it_cites() -> None:
    result = briefing.summarize(ORSTED[0], engine=OFFLINE)
    item = result.lede.evidence[0]
    moved = result.lede.model_copy(update={"evidence": (item.model_copy(update={"sentence": "s2"}),)})
    shown = view.of_briefing(result.model_copy(update={"lede": moved}))
    assert not shown.whole and any("does not stand in these sources" in note for note in shown.notes)
    assert view.of_briefing(result).whole and not any("does not stand" in n for n in view.of_briefing(result).notes)


def test_markers_lead_to_their_sources_whatever_the_articles_print() -> None:
    sources = ["The mill in Orsted closed on Friday [2].", "On Friday the mill in Orsted closed its doors [1]."]
    report = briefing.verify("The mill in Orsted closed on Friday [1, 2].", sources)
    (claim,) = view.of_report(report, briefing.Document.read(sources)).statements
    assert [tuple(link) for link in claim.markers] == [("s1", "1"), ("s2", "2")]


def test_a_conflict_without_sources_marks_no_other_words() -> None:
    sources = ["The ferry [1] had 40 people on board.", "The ferry [1] had 60 people on board."]
    report = briefing.verify("The ferry had 40 people on board [1].", sources)
    ((_, sides),) = view.of_report(report, None).conflicts
    assert {piece.text for side in sides for piece in side.pieces if piece.marks} == {"40", "60"}


@pytest.mark.parametrize(
    ("where", "label"),
    [
        ("points[0]", "Point 1"),
        ("lede", "Lede"),
        ("claims[11]", "Sentence 12"),
        ("points[" + "9" * 5000 + "]", "Sentence"),
        ("points[٣]", "Sentence"),
        ("<script>", "Sentence"),
        ("", "Sentence"),
    ],
    ids=["point", "lede", "sentence", "endless", "other digits", "markup", "empty"],
)
def test_places_have_names(where: str, label: str) -> None:
    report = briefing.verify("It rained.", "It rained.")
    claim = report.claims[0].model_copy(update={"where": where})
    (shown,) = view.of_report(report.model_copy(update={"claims": (claim,)}), None).statements
    assert shown.label == label


def test_a_finding_on_the_closing_stop_is_marked() -> None:
    report = briefing.verify("It rained!", "It rained.")
    finding = briefing.Finding(
        check="c", kind="k", where="claims[0]", message="It stops.", claim_span=briefing.Span(3, 10)
    )
    claim = report.claims[0].model_copy(update={"findings": (finding,)})
    (shown,) = view.of_report(report.model_copy(update={"claims": (claim,)}), None).statements
    assert [(p.text, bool(p.marks)) for p in (*shown.pieces, *shown.stop)] == [
        ("It ", False),
        ("rained", True),
        ("!", True),
    ]


def test_many_claims_on_one_sentence_take_work_that_grows_with_their_number() -> None:
    def calls(count: int) -> int:
        report = briefing.verify("It rained in Lund on Monday.", "It rained in Lund on Friday.")
        many = report.model_copy(update={"claims": report.claims * count})
        profile = cProfile.Profile()
        profile.runcall(view.of_report, many, None)
        return sum(entry.callcount for entry in profile.getstats())

    calls(1)
    assert calls(800) < 6 * calls(200)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("“We ran out of wood.”", "We ran out of wood."),
        ('"We ran out of wood."', "We ran out of wood."),
        ("We ran out of wood.", "We ran out of wood."),
        ("“We” ran out of “wood”", "“We” ran out of “wood”"),
    ],
    ids=["typographic", "straight", "none", "inner ones"],
)
def test_a_quote_has_one_pair_of_marks(words: str, kept: str) -> None:
    draft = briefing.DraftQuote(text=words, speaker="Lise Vang", evidence=["s4"])
    assert verification.quote(draft, "quotes[0]", briefing.Document.read(MILL)).text == kept
