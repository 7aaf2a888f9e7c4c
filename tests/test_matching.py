"""Which word of the evidence a word of a claim answers to."""

from __future__ import annotations

import pytest

from briefing import Document
from briefing.grammar.lexicon import Relation
from briefing.grammar.matching import matches, neighbours
from briefing.grammar.predicates import read

# A claim, a word of it, the evidence, and the word that it answers to ("" for none).
ANSWERS: list[tuple[str, str, str, str]] = [
    ("The firm purchased the mill.", "purchased", "The firm bought the mill.", "bought"),
    ("The mayor's resignation came late.", "resignation", "The mayor resigned on Monday.", "resigned"),
    ("Nine people were hurt.", "hurt", "The storm killed nine people.", ""),
    ("The ministry closed the port.", "closed", "The bank closed a branch. The ministry closed the port.", "closed"),
    ("Weber won.", "Weber", "Koch lost to Weber.", "Weber"),
    ("Koch won.", "Koch", "The cook won.", ""),
]


@pytest.mark.parametrize(("claim", "word", "evidence", "answer"), ANSWERS)
def test_answers(claim: str, word: str, evidence: str, answer: str) -> None:
    reading = read(claim)
    at = next(i for i, token in enumerate(reading.tokens) if token.form == word)
    found = matches(reading, at, Document.read(evidence).sentences)
    assert (found[0].token.form if found else "") == answer


def test_likeliest_has_most_neighbours() -> None:
    reading = read("The ministry closed the port.")
    document = Document.read("The bank closed a branch. The ministry closed the port.")
    found = matches(reading, 2, document.sentences)
    assert [match.sentence.id for match in found] == ["s2", "s1"]
    assert neighbours(reading, 2) == {"ministri", "port"}


def test_opposites_on_request() -> None:
    reading = read("Prices rose.")
    sentences = Document.read("Prices fell.").sentences
    assert not matches(reading, 1, sentences)
    assert matches(reading, 1, sentences, frozenset({Relation.ANTONYM}))


def test_names_have_no_synonyms() -> None:
    reading = read("They met Rose")
    assert not matches(reading, 2, Document.read("Prices climbed").sentences)
