"""The extractive engine: roles, headline, quotes, points, focus, several sources. For each yes a no."""

from __future__ import annotations

from pathlib import Path

import pytest

import briefing
from briefing import Briefing, Source, Verdict

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
FERRY = [source for name in ("herald", "courier") for source in briefing.read(EXAMPLES / f"ferry-{name}.md")]

STORM = """Storm Ines cut power to 40,000 homes in the north on Friday. Engineers expect repairs to last until Sunday, the
grid operator said. “We have every crew on the road,” its director, Nils Aas, told reporters. Two rail lines are closed.
The storm signals how fragile the region's ageing network has become. Schools in three towns stay shut on Monday.
The government calls the network its “green backbone”. Insurers put the damage at $90 million."""


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
    result = briefing.summarize(SUMMIT, engine=briefing.Extractive())
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
    result = briefing.summarize(STORM, focus="monetary policy of Peru", engine=briefing.Extractive())
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


@pytest.mark.parametrize("count", [2, 12, 40])
def test_however_many_sources_report_it(count: int) -> None:
    result = briefing.summarize(["The mayor of Graz resigned on Monday."] * count)
    assert result.lede.markers == tuple(range(1, count + 1))
    assert result.lede.independent == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The court found Miller guilty on Tuesday.", "The court found Miller not guilty on Tuesday."),
        ("Anna Weber beat Lena Koch in the final on Sunday.", "Lena Koch beat Anna Weber in the final on Sunday."),
        ("The company will cut 100 jobs in Leeds.", "The company will add 100 jobs in Leeds."),
    ],
    ids=["negation", "roles", "direction"],
)
def test_opposite_versions_both_stand(one: str, other: str) -> None:
    points = _points(briefing.summarize([f"{one} Rain fell in the north.", f"{other} Trains ran late."], points=6))
    assert points[one] == (1,)
    assert points[other] == (2,)
