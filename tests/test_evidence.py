from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document, Source
from briefing.document import Sentence
from briefing.evidence import Lookup, find, of, rank

QUARRY = """The council of Brannock voted on Tuesday to close the quarry above the village. Residents had complained of
dust for years. The quarry employs 48 people, most of them from Brannock. Its owner, Stonefield Ltd, said it would
appeal. Rain is forecast for Wednesday. The company bought the site in 2009 for 3.2 million pounds. A petition against
the quarry gathered 1,900 signatures. The mayor, Ida Holm, called the decision a relief. School starts again on Monday.
"""

FOUND = [
    ("Brannock's council decided to shut the quarry.", ["s1"]),
    ("People living there complained about dust.", ["s2"]),
    ("Forty-eight people work at the quarry.", ["s3"]),
    ("Stonefield is going to appeal.", ["s4"]),
    ("The site was purchased in 2009.", ["s6"]),
    ("Ida Holm was relieved by the decision.", ["s8"]),
    ("The petition had 1,900 signatures.", ["s7"]),
]


def read() -> Document:
    return Document.read(QUARRY.replace("\n", " "))


@pytest.mark.parametrize(("claim", "ids"), FOUND, ids=[claim[:30] for claim, _ in FOUND])
def test_the_sentence_that_a_claim_rests_on_comes_first(claim: str, ids: list[str]) -> None:
    assert [sentence.id for sentence in find(claim, read())][: len(ids)] == ids


def test_a_claim_that_joins_two_sentences_gets_both() -> None:
    found = find("The quarry employs 48 people and was bought in 2009 for 3.2 million pounds.", read())
    assert {sentence.id for sentence in found} == {"s3", "s6"}


def test_a_sentence_of_the_document_needs_no_other() -> None:
    document = read()
    for sentence in document.sentences:
        assert find(sentence.text, document) == (sentence,)


def test_no_more_come_back_than_are_wanted() -> None:
    claim = "The council voted, the owner will appeal, a petition was signed and rain is forecast for the village."
    assert len(find(claim, read())) == 3
    assert len(find(claim, read(), most=1)) == 1


def test_what_the_document_does_not_have_has_no_evidence() -> None:
    assert find("Astronauts repaired a telescope.", read()) == ()
    assert find("It is what it was.", read()) == ()
    assert rank("", read()) == ()


def test_number_words_are_the_figures() -> None:
    document = Document.read("Twelve ships were lost. Storms hit the coast.")
    assert [s.id for s in find("12 vessels sank.", document)] == ["s1"]


def test_a_figure_is_that_figure_or_none() -> None:
    document = Document.read("In 2011 the mine opened. In 2019 it closed.")
    assert [s.id for s in find("2019", document)] == ["s2"]
    assert find("2015", document) == ()


def test_a_near_meaning_tells_between_sentences_with_the_same_words() -> None:
    document = Document.read("The minister met farmers. The minister bought a house. The minister slept.")
    assert find("The minister purchased a home.", document)[0].id == "s2"


def test_the_ranking_goes_down_and_stays_within_one() -> None:
    scores = [ranked.score for ranked in rank("The quarry in Brannock employs people.", read())]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1.0001 for score in scores)


def test_all_sources_are_searched_unless_some_are_named() -> None:
    document = Document.read([Source("Fog closed the airport."), Source("Snow closed the airport on Friday.")])
    assert find("The airport was closed on Friday.", document)[0].source == 2
    assert {s.source for s in find("The airport was closed on Friday.", document, within={1})} == {1}


def test_other_languages_are_compared_by_their_words() -> None:
    document = Document.read("Der Rat stimmte am Dienstag ab. Das Werk beschäftigt 48 Menschen. Es regnete.")
    assert find("Das Werk hat 48 Menschen.", document)[0].id == "s2"
    assert not of(document).english


def test_a_document_is_made_ready_once() -> None:
    document = read()
    assert of(document) is of(read())
    for number in range(20):
        of(Document.read(f"Article number {number} has this sentence."))
    assert of(document).sentences == document.body


def test_sentences_are_known_by_number_and_aligned() -> None:
    document = read()
    lookup = of(document)
    stranger = Sentence("t1", "A title", document.sentences[0].span, 1)
    assert lookup.numbers([document.sentences[2], stranger]) == [2]
    terms = lookup.terms("The quarry employs astronauts.")
    [row] = lookup.alike(terms, [2])
    assert [term.stem for term, share in zip(terms, row, strict=True) if share == 1] == ["quarri", "employ"]
    assert lookup.alike(terms, []) == []


def test_thousands_of_sentences_cost_no_more_than_their_words() -> None:
    text = " ".join(f"Item {n} of the list concerns {n * 7} crates of apples." for n in range(3000))
    document = Document.read(text)
    assert [s.id for s in find("Item 1234 concerns 8638 crates.", document)] == ["s1235"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(min_size=1, max_size=400))
def test_no_text_breaks_it(claim: str, source: str) -> None:
    document = Document.read(f"One sentence stands here. {source}")
    found = find(claim, document)
    assert len(found) <= 3
    assert set(found) <= set(document.sentences)
    assert len(set(found)) == len(found)


def test_nothing_is_found_in_nothing() -> None:
    assert Lookup([]).sufficient("A claim.", 3) == []
    assert Lookup([]).order("A claim.") == []
