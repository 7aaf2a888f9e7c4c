"""What `summarize` and `ask` take besides sources: engines, points, a focus; and what they say of it."""

from __future__ import annotations

from typing import Any

import pytest

import briefing
from briefing import ConfigError, Document, Extractive, InputError

ARTICLE = """The council approved the new bridge on Monday. The ferry stops running in May. It rained on the parade.
“The harbour tunnel is far too expensive for us,” Mayor Ana Holm said."""


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("extractive", "engine is of type str"),
        ("", "engine is of type str"),
        (Extractive, "engine is the class Extractive: give an instance"),
        (5, "engine is of type int"),
        (0, "engine is of type int"),
        (False, "engine is of type bool"),
        (object(), "engine is of type object"),
    ],
)
def test_what_is_no_engine(engine: Any, says: str) -> None:
    for call in (
        lambda: briefing.summarize("They met.", engine=engine),
        lambda: briefing.ask("They met.", "Who met?", engine=engine),
        lambda: briefing.summarize("", engine=engine),  # before any work is done
    ):
        with pytest.raises(ConfigError) as caught:
            call()
        assert says in str(caught.value)
        assert "briefing.Extractive()" in str(caught.value)
        assert str(caught.value).endswith(".")


@pytest.mark.parametrize("engine", [None, Extractive()])
def test_engines(engine: Any) -> None:
    assert briefing.summarize("They met.", engine=engine).lede.text == "They met."


@pytest.mark.parametrize("points", [-1, 1.5, "3", None, True])
def test_points_are_a_whole_number(points: Any) -> None:
    with pytest.raises(InputError, match=r"points is .*: give a whole number, 0 or more\."):
        briefing.summarize(ARTICLE, points=points)


@pytest.mark.parametrize("focus", ["", "?!", 7, b"bridge", ["bridge"]])
def test_a_focus_is_words(focus: Any) -> None:
    with pytest.raises(InputError, match="the focus"):
        briefing.summarize(ARTICLE, focus=focus)


def test_surrogates_in_question_and_focus_are_replaced() -> None:
    answer = briefing.ask(ARTICLE, "Who\ud800 signed the trade treaty?")
    assert answer.question == "Who\ufffd signed the trade treaty?"
    assert answer.model_dump_json()
    result = briefing.summarize(ARTICLE, focus="Peru\udcff", engine=Extractive())
    assert result.notes == ("No sentence of the sources is about Peru\ufffd.",)
    assert result.model_dump_json()


@pytest.mark.parametrize("points", [0, 1, 5])
@pytest.mark.parametrize(
    ("focus", "told"),
    [
        ("bridge", False),  # the only sentence about it is the lede
        ("ferry", False),
        ("harbour tunnel", False),  # the only sentence about it is a quote
        ("monetary policy of Peru", True),
    ],
)
def test_that_nothing_is_about_the_focus_is_said_when_it_is_so(focus: str, told: bool, points: int) -> None:
    notes = briefing.summarize(ARTICLE, focus=focus, points=points, engine=Extractive()).notes
    assert (notes == (f"No sentence of the sources is about {focus}.",)) is told
    assert told or notes == ()


def test_that_nothing_is_about_the_focus_is_said_beside_versions_of_the_lede() -> None:
    sources = [f"Thieves took {n} paintings from the Halm museum on Sunday night. It rained." for n in (31, 13)]
    notes = briefing.summarize(sources, focus="monetary policy of Peru", engine=Extractive()).notes
    assert notes == ("No sentence of the sources is about monetary policy of Peru.",)


def test_a_hint_is_one_message() -> None:
    with pytest.raises(InputError) as caught:
        briefing.summarize(["https://example.org/a"] * 500)
    assert "source 1 of 500 is only a URL" in str(caught.value)
    assert len(str(caught.value)) < 200
    with pytest.raises(InputError, match="file name"):
        briefing.summarize(Document.read("a.txt"))
