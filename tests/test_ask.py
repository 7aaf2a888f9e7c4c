"""Asking: the sentences that answer, in reading order, or that the sources do not say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import Answer, InputError, Status

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
FERRY = [source for name in ("herald", "courier") for source in briefing.read(EXAMPLES / f"ferry-{name}.md")]


def test_the_summit_on_defense() -> None:
    answer = briefing.ask(SUMMIT, "what did the leaders agree on defense?")
    assert answer.status is Status.ANSWERED
    assert [claim.markers for claim in answer.claims] == [(1, 2), (1, 2)]
    assert "GSOMIA" in answer.claims[0].text
    assert "exports of defense equipment" in answer.claims[1].text
    assert answer.report.ok


def test_what_is_not_there_is_not_answered() -> None:
    answer = briefing.ask(SUMMIT, "Who signed the trade treaty?")
    assert answer.status is Status.NOT_IN_SOURCES
    assert answer.claims == ()
    assert len(answer.nearest) == 3
    assert "Not found in the sources" in answer.text()
    for near in answer.nearest:
        assert near.text in answer.text()
        assert briefing.markers.strip(SUMMIT[near.start : near.end]) == near.text


@pytest.mark.parametrize(
    ("question", "says", "markers"),
    [
        ("How many passengers were on board?", "212 passengers", (1, 2)),
        ("When did the Marine Safety Office open an inquiry?", "opened an inquiry on Wednesday", None),
        ("Who leads Alder Lines?", "Tom Brannigan", (2,)),
    ],
)
def test_several_sources(question: str, says: str, markers: tuple[int, ...] | None) -> None:
    answer = briefing.ask(FERRY, question)
    assert answer.status is Status.ANSWERED
    claim = next(c for c in answer.claims if says in c.text)
    assert markers is None or claim.markers == markers


def test_sources_that_differ_both_answer() -> None:
    answer = briefing.ask(FERRY, "How many people were treated in hospital?")
    assert {c.text.split()[0]: c.markers for c in answer.claims} == {"Fourteen": (1,), "Seventeen": (2,)}


@pytest.mark.parametrize("question", ["", "  ", "?!", None, 7, b"Who?"])
def test_a_question_without_a_word_is_refused(question: Any) -> None:
    with pytest.raises(InputError, match="question"):
        briefing.ask(SUMMIT, question)


def test_an_answer_is_a_file() -> None:
    for question in ("what did the leaders agree on defense?", "Who signed the trade treaty?"):
        answer = briefing.ask(SUMMIT, question)
        assert Answer.model_validate_json(answer.model_dump_json()) == answer
