"""The parts of speech of words, over the forms that sentences of the news take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grammar.tagging import Tag, tokens

# A sentence, and the tag of some of its words.
TAGGED: list[tuple[str, dict[str, str]]] = [
    ("The mayor plans to resign.", {"plans": "verb", "to": "to", "resign": "verb"}),
    ("The plans were dropped.", {"plans": "noun", "were": "auxiliary", "dropped": "verb"}),
    ("She led exploratory talks this week.", {"talks": "noun", "led": "verb"}),
    ("Residents protested against the proposed limit.", {"proposed": "adjective", "limit": "noun"}),
    ("Farrow's wife left.", {"Farrow's": "name", "wife": "noun", "left": "verb"}),
    ("Farrow gave evidence.", {"Farrow": "name", "gave": "verb"}),
    ("The group had not yet hired advisers.", {"had": "auxiliary", "yet": "adverb", "hired": "verb"}),
    ("He asked her to back lower rates.", {"to": "to", "back": "verb", "lower": "adjective"}),
    ("She does not back a rent freeze.", {"does": "auxiliary", "back": "verb", "freeze": "noun"}),
    ("The dating was convincing.", {"dating": "noun", "convincing": "adjective"}),
    ("At least 12 people died.", {"At": "adverb", "least": "adverb", "12": "number", "died": "verb"}),
    ("Up to 400 jobs could go.", {"Up": "adverb", "to": "adverb", "400": "number"}),
    ("It could begin lowering borrowing costs.", {"lowering": "verb", "borrowing": "adjective", "costs": "noun"}),
    ("Ukraine imports gas from Hungary.", {"Ukraine": "name", "imports": "verb", "gas": "noun"}),
    ("The bank cut its growth forecast.", {"cut": "verb", "growth": "noun", "forecast": "noun"}),
    ("Seven died and many fled.", {"Seven": "number", "died": "verb", "many": "determiner", "fled": "verb"}),
    ("They didn't agree.", {"did": "auxiliary", "n't": "not", "agree": "verb"}),
    ("Its own testing found lead.", {"own": "adjective", "testing": "noun", "found": "verb"}),
    ("In May it may rain.", {"May": "name", "may": "auxiliary", "rain": "verb"}),
    ("Weber beat Koch in the final.", {"Weber": "name", "beat": "verb", "Koch": "name", "final": "noun"}),
]


@pytest.mark.parametrize(("text", "expected"), TAGGED, ids=lambda value: value if isinstance(value, str) else "")
def test_tags(text: str, expected: dict[str, str]) -> None:
    found = {token.form: token.tag.value for token in tokens(text)}
    assert {form: found.get(form) for form in expected} == expected


def test_offsets_and_lemmas() -> None:
    text = "The company’s shares rose; they’re up 4%."
    for token in tokens(text):
        assert text[token.start : token.end] == token.form
    lemmas = {token.form: token.lemma for token in tokens(text)}
    assert lemmas["rose"] == "rise"
    assert lemmas["shares"] == "share"
    assert next(token for token in tokens(text) if token.owns).low == "company"


def test_no_word() -> None:
    assert tokens("") == ()
    assert all(token.tag is Tag.PUNCTUATION for token in tokens("…?!"))


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_text(text: str) -> None:
    for token in tokens(text):
        assert text[token.start : token.end] == token.form
