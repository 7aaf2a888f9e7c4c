"""The extractive engine: roles, headline, quotes, points, focus, several sources. For each yes a no."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing import Briefing, Source, Verdict
from briefing.engines.extractive.headline import main_clause
from briefing.engines.extractive.roles import CUES, INTERPRETIVE, Cue, Role, interpretation, roles
from briefing.words import forms

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
FERRY = [source for name in ("herald", "courier") for source in briefing.read(EXAMPLES / f"ferry-{name}.md")]

STORM = """Storm Ines cut power to 40,000 homes in the north on Friday. Engineers expect repairs to last until Sunday, the
grid operator said. “We have every crew on the road,” its director, Nils Aas, told reporters. Two rail lines are closed.
The storm signals how fragile the region's ageing network has become. Schools in three towns stay shut on Monday.
The government calls the network its “green backbone”. Insurers put the damage at $90 million."""

INTERPRETS = [
    "This shift signals a deepening of ties.",
    "The ruling marks a turning point for small lenders.",
    "The defeat underscores the party's growing weakness in the cities.",
    "The merger suggests that scale is increasingly decisive in the trade.",
    "Analysts say the pact could shift the balance of power.",
    "It remains to be seen whether the truce will hold.",
    "The decision raises questions about the bank's supervision.",
    "The vote is widely seen as a test of her leadership.",
    "That silence speaks to a broader unease among the allies.",
    "In other words, the club may have overpaid.",
    "By closing the plant, the company is sending a signal to its rivals, which serves as a stark warning.",
    "Its victory represents a significant break with the past.",
]
REPORTS = [
    "The council approved the budget on Monday.",
    "The leaders agreed to begin talks on fisheries.",
    "The company said the shift would cost 400 jobs.",
    "A study suggests that 4% of the bees died.",
    "Police said the marks on the door suggest a break-in.",
    "The bridge opened in 1931.",
    "The team won 3-1 in Turin.",
    "The train signals failed at noon on Tuesday.",
    "The minister signed the treaty in Oslo.",
    "Rain is expected on Thursday.",
    "The report highlights 12 cases of fraud.",
    "The two sides met for about an hour.",
]


@pytest.mark.parametrize("sentence", INTERPRETS)
def test_interpretation(sentence: str) -> None:
    assert interpretation(sentence) >= INTERPRETIVE


@pytest.mark.parametrize("sentence", REPORTS)
def test_reporting(sentence: str) -> None:
    assert interpretation(sentence) < INTERPRETIVE


def test_roles() -> None:
    text = (
        "Bridge news\n\nThe bridge opened. “We are proud of it,” she said. Why so late?\n\n“A proud day for the town”"
    )
    document = briefing.Document.read(text)
    assert [roles(document)[s.id].role for s in document.sentences] == [
        Role.NONE,
        Role.FACT,
        Role.QUOTATION,
        Role.NONE,
        Role.QUOTATION,
    ]


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        (
            "The two banks agreed to merge their lending arms after a year of talks in Vienna and Graz.",
            "The two banks agreed to merge their lending arms",
        ),
        ("The court freed the editor.", "The court freed the editor"),
        (
            "The minister took bribes from two builders over ten years, prosecutors in the capital say.",
            "The minister took bribes from two builders over ten years, prosecutors in the capital say",
        ),
        (
            "The airline will buy forty new jets from the French maker when the regulator says that it may.",
            "The airline will buy forty new jets from the French maker when the regulator says that it may",
        ),
        (
            "The town will rebuild the “old (and much loved) pier while it can” with money from the lottery fund.",
            "The town will rebuild the “old (and much loved) pier while it can” with money from the lottery fund",
        ),
    ],
    ids=["circumstance", "short", "attribution", "condition", "inside marks"],
)
def test_main_clause(sentence: str, clause: str) -> None:
    assert main_clause(sentence) == clause


def test_headline_is_the_title_else_a_heading_else_a_clause() -> None:
    titled = briefing.summarize(Source(STORM, title="Storm Ines hits the north"))
    assert titled.headline.text == "Storm Ines hits the north"
    assert [(e.sentence, e.start, e.end) for e in titled.headline.evidence] == [("t1", 0, 25)]
    headed = briefing.summarize(f"Storm Ines hits the north\n\n{STORM}")
    assert headed.headline.text == "Storm Ines hits the north"
    bare = briefing.summarize(STORM)
    assert bare.lede.text.startswith(bare.headline.text)
    assert bare.headline.evidence == bare.lede.evidence


def test_summit_example() -> None:
    result = briefing.summarize(SUMMIT)
    facts = " ".join(c.text for c in (result.lede, *result.points))
    for said in ("comprehensive strategic partners", "GSOMIA", "exports of defense equipment", "Economic Partnership"):
        assert said in facts
    by_text = {c.text: c.markers for c in result.points}
    assert {markers for text, markers in by_text.items() if "about one hour" in text} == {(1,)}
    assert {markers for text, markers in by_text.items() if "agreed" in text} == {(1, 2)}
    assert [(q.speaker, q.markers) for q in result.quotes] == [("Takaichi", (1, 2))]
    assert "Two neighbors at sea" not in result.text()
    assert [c.text.split()[:2] for c in result.analysis] == [["The", "new"], ["The", "decision"]]
    assert {c.verdict for c in result.analysis} == {Verdict.INFERENCE}
    (note,) = result.notes
    assert note.startswith("The source itself prints no marker on: ")
    assert note.endswith("analysis 1, 2.")


def test_every_claim_is_word_for_word_and_has_exact_offsets() -> None:
    for sources in (SUMMIT, STORM, FERRY, [SUMMIT, STORM]):
        result = briefing.summarize(sources)
        assert result.report.ok
        for where, claim in result.claims():
            assert claim.evidence, where
            for item in claim.evidence:
                source = result.sources[item.source - 1]
                text = source.title if item.sentence.startswith("t") else source.text
                assert text is not None
                assert briefing.markers.strip(text[item.start : item.end]) == item.text
            if where.startswith(("points", "lede", "analysis")):
                assert claim.text in {item.text for item in claim.evidence}


@pytest.mark.parametrize("points", [0, 1, 3, 20])
def test_points_are_at_most_what_is_asked_for_and_in_reading_order(points: int) -> None:
    result = briefing.summarize(STORM, points=points)
    assert len(result.points) <= points
    starts = [claim.evidence[0].start for claim in result.points]
    assert starts == sorted(starts)
    texts = [result.lede.text, *(claim.text for claim in result.points)]
    assert len(set(texts)) == len(texts)


def test_quotes_and_terms() -> None:
    result = briefing.summarize(STORM, points=8)
    assert [(q.text, q.speaker) for q in result.quotes] == [("We have every crew on the road", "Nils Aas")]
    assert not any("every crew" in point.text for point in result.points)
    assert any("fragile" in claim.text for claim in result.analysis)


def test_focus() -> None:
    on_rail = briefing.summarize(STORM, focus="rail lines")
    assert any("rail lines" in c.text for c in (on_rail.lede, *on_rail.points))
    assert not any("Insurers" in c.text for c in (on_rail.lede, *on_rail.points))
    defense = briefing.summarize(SUMMIT, focus="defense")
    assert any("exports of defense" in c.text for c in (defense.lede, *defense.points))
    assert not any("Economic Partnership" in c.text for c in (defense.lede, *defense.points))


def test_a_focus_that_no_sentence_is_about_says_so() -> None:
    result = briefing.summarize(STORM, focus="monetary policy of Peru")
    assert result.points == result.quotes == ()
    assert result.notes == ("No sentence of the sources is about monetary policy of Peru.",)


def _points(result: Briefing) -> dict[str, tuple[int, ...]]:
    return {claim.text: claim.markers for claim in (result.lede, *result.points)}


def test_ferry_example() -> None:
    result = briefing.summarize(FERRY, points=8)
    points = _points(result)
    assert points["Fourteen people were treated in hospital for minor injuries."] == (1,)
    assert points["Seventeen people were treated in hospital for minor injuries."] == (2,)
    texts = list(points)
    assert abs(texts.index("Fourteen people were treated in hospital for minor injuries.")
               - texts.index("Seventeen people were treated in hospital for minor injuries.")) == 1  # fmt: skip
    assert points["The Marine Safety Office opened an inquiry on Wednesday."] == (1, 2)
    assert result.lede.markers == (1, 2)
    assert result.lede.independent == 1  # the same sentence, word for word, in both
    steering = next(c for c in result.points if "steering" in c.text)
    assert (steering.markers, steering.independent) == ((1, 2), 2)
    assert {e.source for e in steering.evidence} == {1, 2}


VAULT = "Thieves took 31 paintings from the Halm museum on Sunday night. A guard was hurt. The museum opened in 1902."
OTHER = "The Halm museum in Graz is closed. Thieves took {what} from the Halm museum on {day} night."


@pytest.mark.parametrize(
    ("what", "day", "joint"),
    [
        ("31 paintings", "Sunday", True),
        ("thirty-one paintings", "Sunday", True),
        ("13 paintings", "Sunday", False),
        ("31 paintings", "Monday", False),
        ("about 31 paintings", "Sunday", False),
    ],
)
def test_a_joint_marker_needs_both_sources_to_state_all_of_it(what: str, day: str, joint: bool) -> None:
    points = _points(briefing.summarize([VAULT, OTHER.format(what=what, day=day)], points=8))
    markers = {m for text, m in points.items() if "Thieves" in text}
    assert ((1, 2) in markers) is joint
    if (what, day) in {("13 paintings", "Sunday"), ("31 paintings", "Monday")}:
        assert markers == {(1,), (2,)}


def test_unrelated_sources_share_no_marker() -> None:
    points = _points(briefing.summarize([STORM, VAULT], points=10))
    assert set(points.values()) == {(1,), (2,)}


@pytest.mark.parametrize(
    "text",
    [
        "Yes.",
        "Rain",
        "“We left,” said Ana.",
        "Is it raining?",
        "Rain\n\nSnow\n\nWind",
        "今日は晴れです。明日は雨です。",
    ],
    ids=["one word", "no stop", "only a quote", "only a question", "only headings", "japanese"],
)
def test_a_short_or_odd_text_gets_an_honest_short_briefing(text: str) -> None:
    result = briefing.summarize(text)
    assert result.lede.text in text
    assert result.report.ok
    assert result.text().strip()


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.pattern.pattern[5:24])
@given(st.data())
def test_a_telling_word_stands_in_whatever_a_cue_matches(cue: Cue, data: st.DataObject) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz- '"
    wording = data.draw(st.from_regex(cue.pattern.pattern, fullmatch=True, alphabet=letters))
    assert not cue.telling.isdisjoint(forms(wording))
