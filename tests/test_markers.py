"""Markers: found in every common form, and only there; taken out without a trace; printed again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import markers

MARKERS = [
    ("one", "They met [1].", [(1,)], "They met."),
    ("two", "They met [1, 2].", [(1, 2)], "They met."),
    ("no blank", "They met [1,2].", [(1, 2)], "They met."),
    ("semicolon", "They met [1,2;4].", [(1, 2, 4)], "They met."),
    ("side by side", "They met [1][2].", [(1,), (2,)], "They met."),
    ("side by side, blank", "They met [1] [2].", [(1,), (2,)], "They met."),
    ("side by side, comma", "They met [1], [2].", [(1,), (2,)], "They met."),
    ("range, en dash", "They met [1–3].", [(1, 2, 3)], "They met."),
    ("range, hyphen", "They met [1-3].", [(1, 2, 3)], "They met."),
    ("range and number", "They met [1–3, 7].", [(1, 2, 3, 7)], "They met."),
    ("after the stop", "They met.[4] Then they left.", [(4,)], "They met. Then they left."),
    ("glued to a word", "Three people[3] died.", [(3,)], "Three people died."),
    ("in the middle", "Lisbon [1] and Porto [2] agreed.", [(1,), (2,)], "Lisbon and Porto agreed."),
    ("after a quotation mark", "“We left,” [5] she said.", [(5,)], "“We left,” she said."),
    ("at the start", "[1] They met.", [(1,)], "They met."),
    ("inner blanks", "They met [ 1 ].", [(1,)], "They met."),
    ("same number twice", "They met [2, 2].", [(2,)], "They met."),
    ("three digits", "They met [128].", [(128,)], "They met."),
    ("after a bracket", "They met (again)[2].", [(2,)], "They met (again)."),
    (
        "encyclopedia's note",
        "They met.[3][citation needed] They left.",
        [(3,)],
        "They met.[citation needed] They left.",
    ),
    ("encyclopedia's letter", "They met.[3][a]", [(3,)], "They met.[a]"),
    ("pages", "They met in 1529.[6]: 23–25  They left.", [(6,)], "They met in 1529.  They left."),
    ("a figure after a colon", "They named[1]: 12 people.", [(1,)], "They named: 12 people."),
    ("colon of the sentence", "They named two [1]: Ana and Lee.", [(1,)], "They named two: Ana and Lee."),
    ("no-break space", "They met\u00a0[2].", [(2,)], "They met."),
]

NOT_MARKERS = [
    ("sic", "“They was [sic] here.”"),
    ("year", "The treaty [2024] holds."),
    ("zero", "See array[0] for it."),
    ("leading zero", "See [01]."),
    ("link", "Read [1](https://example.org/a)."),
    ("image", "Look ![1](a.png)."),
    ("link definition", "[1]: https://example.org/a"),
    ("footnote", "They met[^1]."),
    ("reference link", "Read [1][home] now."),
    ("nested link", "Read [[1]](a)."),
    ("index in code", "Set items[1] = 3."),
    ("index of a method", "Call rows[1].name here."),
    ("one letter variable", "The value x[1] grows."),
    ("snake case", "The value my_list[2] grows."),
    ("arabic digits", "They met [٣]."),
    ("full-width", "They met ［１］."),
    ("superscript", "They met [²]."),
    ("words", "They met [in Lisbon]."),
    ("number in words", "They met [12 people]."),
    ("unclosed", "They met [1, 2."),
    ("empty", "They met []."),
    ("too wide a range", "They met [1–900]."),
    ("falling range", "They met [3–1]."),
    ("negative", "They met [-1]."),
    ("decimal", "They met [1.5]."),
]


@pytest.mark.parametrize(("text", "numbers", "bare"), [row[1:] for row in MARKERS], ids=[row[0] for row in MARKERS])
def test_marker(text: str, numbers: list[tuple[int, ...]], bare: str) -> None:
    groups = markers.find(text)
    assert [group.numbers for group in groups] == numbers
    assert all(text[group.start] == "[" and "]" in text[group.start : group.end] for group in groups)
    assert markers.strip(text) == bare


@pytest.mark.parametrize("text", [row[1] for row in NOT_MARKERS], ids=[row[0] for row in NOT_MARKERS])
def test_not_a_marker(text: str) -> None:
    assert markers.find(text) == []
    assert markers.strip(text) == text


@pytest.mark.parametrize(
    ("sentence", "numbers", "printed"),
    [
        ("They met.", [1], "They met [1]."),
        ("They met.", [2, 1, 2], "They met [1, 2]."),
        ("They met?", [1], "They met [1]?"),
        ("They met…", [1], "They met [1]…"),
        ("She said “yes.”", [1], "She said “yes.” [1]"),
        ("They met", [3], "They met [3]"),
        ("会談した。", [1], "会談した [1]。"),
        ("They met.", [], "They met."),
        ("...", [1], "... [1]"),
    ],
)
def test_attach(sentence: str, numbers: list[int], printed: str) -> None:
    assert markers.attach(sentence, numbers) == printed


@given(st.lists(st.integers(1, 999), min_size=1, max_size=30))
def test_what_is_printed_is_found_again(numbers: list[int]) -> None:
    sentence = markers.attach("They met in Lisbon.", numbers)
    assert [group.numbers for group in markers.find(sentence)] == [tuple(sorted(set(numbers)))]
    assert markers.strip(sentence) == "They met in Lisbon."


@given(st.text(alphabet="[]123,;–-( ):^.aé\n", max_size=60))
def test_any_text_is_searched_without_an_error(text: str) -> None:
    for group in markers.find(text):
        assert text[group.start] == "["
        assert all(1 <= number <= 999 for number in group.numbers)
    assert markers.find(markers.strip("x" + text)) == [] or "[" in markers.strip("x" + text)


@pytest.mark.parametrize(
    "text", ["[" * 200_000, " " * 200_000 + "[", "[1" * 100_000, "[1]" * 100_000, "[1, " * 100_000]
)
def test_hostile_repetition_ends_soon(text: str) -> None:
    assert len(markers.strip(text)) <= len(text)
