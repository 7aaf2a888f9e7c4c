"""Similarity: which sentence is about this, in English by meaning, in other languages by words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefing import question
from briefing.question import Kind
from briefing.similarity import Index


def best(sentences: list[str], query: str) -> int:
    relevance = Index(sentences).relevance(query)
    return max(range(len(relevance)), key=relevance.__getitem__)


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        ("defense", "They will share military secrets.", "They will lower the tariffs on fruit."),
        ("Who was hurt?", "Two workers were injured in the blast.", "Two workers were praised by the mayor."),
        ("negotiations", "The two sides will negotiate in May.", "The two sides of the valley are green."),
        ("cost of the bridge", "The bridge will have a price of 4 million.", "The bridge was built of stone."),
        ("1932", "It was opened in 1932.", "It was opened in 1933."),
        ("1,200 troops", "About 1,200 troops left.", "About 1,300 troops left."),
        ("When did it open?", "It was to open on 3 May.", "It was to open with a concert."),
        ("How many homes were flooded?", "About 900 homes were flooded.", "Some of the homes were flooded."),
        ("Where was the treaty signed?", "The treaty was signed in Lima.", "The treaty was signed at last."),
    ],
    ids=["meaning", "injured", "stem", "price", "year", "figure", "date", "number", "place"],
)
def test_the_right_sentence_comes_first(query: str, right: str, wrong: str) -> None:
    assert best([right, wrong], query) == 0
    assert best([wrong, right], query) == 1


def test_a_sentence_that_refers_back_takes_from_the_one_before() -> None:
    before, referring, other = (
        "The union met Alder Lines.",
        "It demanded higher wages.",
        "Dockers demanded higher wages.",
    )
    relevance = Index([before, referring, "Rain fell.", other]).relevance("What wages did the union demand?")
    assert relevance[1] > relevance[3]


def test_question_and_function_words_weigh_nothing() -> None:
    assert Index(["What did they do about it when they were there?", "Rain fell."]).relevance("What did they do?") == [
        0.0,
        0.0,
    ]
    terms = Index(["The rain fell."]).terms("How many of the people did they say were there in Lima in 2019?")
    assert [(t.form, t.name) for t in terms] == [("people", False), ("say", False), ("lima", True), ("2019", True)]


def test_relevance_goes_from_zero_to_one() -> None:
    sentences = ["The council opened the bridge in 1932.", "", "?!", "Rain fell on the hills."]
    for query in ("When did the council open the bridge?", "bridge", "the council opened the bridge in 1932"):
        relevance = Index(sentences).relevance(query)
        assert relevance[0] == pytest.approx(1, abs=1e-6)
        assert all(0 <= value <= 1 + 1e-9 for value in relevance)


@pytest.mark.parametrize("sentences", [[], [""], ["…"]], ids=["none", "empty", "no word"])
def test_nothing_to_search(sentences: list[str]) -> None:
    assert Index(sentences).relevance("bridge") == [0.0] * len(sentences)
    assert Index(sentences).lexical("bridge") == [0.0] * len(sentences)


def test_lexical_counts_shared_stems_by_weight() -> None:
    index = Index(["The leaders agreed.", "The leaders left.", "Rain fell."])
    agreed, left, rain = index.lexical("leaders agree")
    assert agreed == pytest.approx(1)
    assert 0 < left < 0.5
    assert rain == 0
    assert index.lexical("military") == [0, 0, 0]


@pytest.mark.parametrize(
    ("sentences", "query"),
    [
        (
            ["Der Rat beschloss am Montag den Bau der Brücke.", "Die Kosten betragen vier Millionen Euro."],
            "Was beschloss der Rat zur Brücke?",
        ),
        (
            ["市議会は月曜日に橋の建設を決めた。", "雨は明日まで続く見込みだ。"],
            "市議会は橋について何を決めたか",
        ),
        (
            ["El consejo aprobó el lunes la construcción del puente.", "El coste será de cuatro millones de euros."],
            "¿Qué aprobó el consejo sobre el puente?",
        ),
    ],
    ids=["German", "Japanese", "Spanish"],
)
def test_other_languages_are_compared_by_words(sentences: list[str], query: str) -> None:
    index = Index(sentences)
    assert not index.english
    assert best(sentences, query) == 0
    alignment = index.align(query)
    # Nothing between a shared word and none at all but a shared beginning: no vectors took part.
    assert {round(float(value), 3) for value in alignment.soft.ravel()} <= {0.0, 0.6, 1.0}


def test_english_is_seen_as_english() -> None:
    assert Index(["The council approved the bridge on Monday.", "It will cost $4 million."]).english


@pytest.mark.parametrize(
    ("asked", "kind", "holds", "lacks"),
    [
        ("Who signed it?", Kind.PERSON, "Marta Ruiz signed it.", "it was signed quickly."),
        ("Who was blamed?", Kind.PERSON, "the police were blamed.", "the weather was blamed."),
        ("When did it end?", Kind.DATE, "It ended on Friday.", "It ended well."),
        ("In what year did it end?", Kind.DATE, "It ended in 1987.", "It ended well."),
        ("How many were hurt?", Kind.NUMBER, "Seven were hurt.", "They were hurt."),
        ("How old is the mill?", Kind.NUMBER, "The mill is 90 years old.", "The mill is old."),
        ("Where is it?", Kind.PLACE, "It is in Lima.", "It is green."),
        ("Why did it close?", Kind.REASON, "It closed because of the losses.", "It closed."),
        ("How was it found?", Kind.MEANS, "It was found by chance.", "It was found."),
    ],
)
def test_kinds_of_answer(asked: str, kind: Kind, holds: str, lacks: str) -> None:
    read = question.read(asked)
    assert read.kind is kind
    assert read.answerable_by(holds)
    assert not read.answerable_by(lacks)


def test_what_the_question_says_itself_is_no_answer() -> None:
    read = question.read("When in 1932 did Marta Ruiz open it?")
    assert not read.answerable_by("Marta Ruiz opened it in 1932.")
    assert question.read("Which bridge?").kind is Kind.OTHER


@pytest.mark.parametrize(
    ("text", "expected"),
    [("It did not rule.", True), ("They won’t go.", True), ("She refused to go.", True), ("He ruled.", False)],
)
def test_negation(text: str, expected: bool) -> None:
    assert question.negated(text) is expected


def test_lexical_use_does_not_load_numpy() -> None:
    code = (
        "import sys; from briefing.similarity import Index; Index(['Rain fell.']).lexical('rain');"
        "sys.exit('numpy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
