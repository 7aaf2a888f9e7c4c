"""Figures, dates and names read as values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.values import dates, figures, names

FIGURES: list[tuple[str, list[tuple[str, set[str]]]]] = [
    ("It cost $1.2 billion.", [("1.2e9", {"dollar"})]),
    ("It cost 1,200 million dollars.", [("1.2e9", {"dollar"})]),
    ("It cost €3m.", [("3e6", {"euro"})]),
    ("It cost £4.5bn.", [("4.5e9", {"pound"})]),
    ("Twelve people died.", [("12", {"peopl", "die"})]),
    ("12 people died.", [("12", {"peopl", "die"})]),
    ("Twenty-three ships sailed.", [("23", {"ship", "sail"})]),
    ("Two hundred and five ships.", [("205", {"ship"})]),
    ("Three thousand ships.", [("3000", {"ship"})]),
    ("A dozen ships.", [("12", {"ship"})]),
    ("Rates rose 4 per cent.", [("4", {"%"})]),
    ("Rates rose 4%.", [("4", {"%"})]),
    ("Rates rose 0.25 percentage points.", [("0.25", {"points"})]),
    ("Half the town voted.", [("0.5", set())]),
    ("About 300 homes burned.", [("300", {"home", "burn"})]),
    ("On 2 September 2025 it rained.", []),
    ("On Sept. 2 it rained.", []),
    ("In 1998 it rained.", []),
    ("One of them left.", []),
    ("The A4 road and the MP3 player.", []),
    ("No numbers at all.", []),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures(text: str, expected: list[tuple[str, set[str]]]) -> None:
    assert [(f.value, set(f.unit)) for f in figures(text)] == [(Decimal(v), unit) for v, unit in expected]


@pytest.mark.parametrize("word", ["about", "at least", "more than", "up to", "nearly"])
def test_what_loosens_a_figure_is_kept(word: str) -> None:
    (figure,) = figures(f"It hit {word} 300 homes.")
    assert (figure.value, figure.loose) == (Decimal(300), word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on Sept. 2", "on 2 September"),
        ("on September 2nd, 2025", "on 2 Sept 2025"),
        ("on 2025-09-02", "on September 2, 2025"),
        ("on Tuesday", "Tuesday night"),
        ("in May 2024", "in May, 2024"),
    ],
)
def test_equal_dates(one: str, other: str) -> None:
    assert dates(one) == dates(other) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("on Sept. 2", "on Sept. 3"), ("on Tuesday", "on Thursday"), ("in 2024", "in 2025"), ("in May", "in June")],
)
def test_different_dates(one: str, other: str) -> None:
    assert not dates(one) & dates(other)


@pytest.mark.parametrize("text", ["It may rain.", "$2,024 was paid.", "2024.5 metres"])
def test_no_date(text: str) -> None:
    assert not {part for part, _ in dates(text)} & {"day", "year", "weekday"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister met Ana Lopes in Porto.", {"Ana", "Lopes", "Porto"}),
        ("President Marcos left.", {"Marcos"}),
        ("Ana Lopes left.", {"Ana", "Lopes"}),
        ("NATO met.", {"NATO"}),
        ("Rain fell on Monday.", set()),
        ("“We left,” she said.", set()),
        ("Japan’s fleet sailed from Kure.", {"Kure"}),
    ],
)
def test_names(text: str, expected: set[str]) -> None:
    assert names(text) == expected


@given(st.text(alphabet="0123456789.,$% millionbhalf-twenty ", max_size=60))
def test_figures_point_at_their_words(text: str) -> None:
    for figure in figures(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end].strip() == text[figure.start : figure.end]
