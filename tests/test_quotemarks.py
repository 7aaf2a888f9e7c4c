"""Pairs of quotation marks in all their forms, and apostrophes left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.quotemarks import pairs

TABLE = [
    ("curly", "“No,” he said.", ["No,"]),
    ("straight", 'He said "no" and "yes".', ["no", "yes"]),
    ("german", "Er sagte: „Nein.“", ["Nein."]),
    ("french", "« Non », dit-il.", [" Non "]),
    ("danish", "»Nej,« sagde han.", ["Nej,"]),
    ("treebank", "`` no , '' he said", [" no , "]),
    ("single curly", "‘No,’ he said.", ["No,"]),
    ("single straight", "'No,' he said.", ["No,"]),
    ("nested single", "“He said ‘no,’ and left,” she said.", ["He said ‘no,’ and left,"]),
    ("nested double in single", "‘He said “no” to me,’ she said.", ["He said “no” to me,"]),
    ("apostrophes", "It’s the dogs' dinner, isn't it?", []),
    ("decade", "The '90s were theirs. They won, 'twas said.", []),
    ("inches", "The 6'2\" guard scored.", []),
    ("unclosed", "“We left and never came back.\n\nThe town is empty.", []),
    ("unclosed, then another", "“We left.\n\nThe town “sleeps” now.", ["sleeps"]),
    ("over a wrapped line", "“We left\nat dawn,” he said.", ["We left\nat dawn,"]),
    ("runs on", "“We left.\n\n“We came back.”", ["We left.", "We came back."]),
    ("empty", "“” is a pair.", [""]),
    ("none", "Nothing is quoted here.", []),
]


@pytest.mark.parametrize(("text", "inside"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_pairs(text: str, inside: list[str]) -> None:
    assert [text[p.inner_start : p.inner_end] for p in pairs(text)] == inside


def test_a_paragraph_that_stays_open_says_so() -> None:
    assert [p.closed for p in pairs("“We left.\n\n“We came back.”")] == [False, True]


@given(st.text(alphabet="“”\"'‘’„«»` \nab,.", max_size=80))
def test_pairs_are_in_order_and_apart(text: str) -> None:
    end = 0
    for pair in pairs(text):
        assert end <= pair.start < pair.inner_start <= pair.inner_end <= pair.end
        end = pair.end
