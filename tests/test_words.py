"""Words and stems."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import words


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("Japan’s 1,200 troops left.", ["Japan’s", "1,200", "troops", "left"]),
        ("3.5% of G7 members", ["3.5", "of", "G7", "members"]),
        ("don't stop", ["don't", "stop"]),
        ("an F-35 jet", ["an", "F", "35", "jet"]),
        ("café Ünal", ["café", "Ünal"]),
        ("東京で会談", ["東", "京", "で", "会", "談"]),
        ("_", []),
    ],
)
def test_words(text: str, forms: list[str]) -> None:
    found = words.words(text)
    assert [word.form for word in found] == forms
    assert all(text[word.start : word.end] == word.form for word in found)


@pytest.mark.parametrize(
    ("one", "other"),
    [("The leaders agreed", "a leader agrees"), ("the bank's losses", "bank loss"), ("1,200 ships", "1200 ship")],
)
def test_equal_terms(one: str, other: str) -> None:
    assert words.terms(one) == words.terms(other) != ()


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=80))
def test_the_ascii_pattern_finds_the_same_words(text: str) -> None:
    assert [m[0] for m in words._ASCII_WORD.finditer(text)] == [m[0] for m in words._WORD.finditer(text)]
