"""Whether two sentences report the same, differ, or are copies: for each pair that agrees one that does not."""

from __future__ import annotations

import pytest

from briefing.agreement import copies, differ, independent, reports
from briefing.alignment import exchanged
from briefing.document import Document

REPORTS = [
    ("The ferry sank off Cebu on Monday.", "The ferry sank off Cebu on Monday."),
    ("Officials said the ferry sank off Cebu on Monday, killing four.", "The ferry sank off Cebu on Monday."),
    ("The court fined the bank $1.2 billion.", "The court fined the bank 1,200 million dollars."),
    ("Inflation rose to 4 per cent in May.", "Inflation in May rose to 4%."),
    ("The mayor of Porto, Ana Lopes, opened the new bridge.", "Ana Lopes opened the new bridge."),
    ("The two sides signed the treaty in Oslo.", "Both sides signed the treaty in Oslo."),
]
DOES_NOT_REPORT = [
    ("another figure", "The ferry sank with 40 people on board.", "The ferry sank with 60 people on board."),
    ("another day", "The ferry sank off Cebu on Sunday.", "The ferry sank off Cebu on Monday."),
    ("no day", "The ferry sank off Cebu.", "The ferry sank off Cebu on Monday."),
    ("another name", "The ferry sank off Bohol on Monday.", "The ferry sank off Cebu on Monday."),
    ("negation", "The ferry did not sink off Cebu.", "The ferry did sink off Cebu."),
    ("direction", "Inflation fell to 4% in May.", "Inflation rose to 4% in May."),
    (
        "commitment",
        "The sides began talks on the border treaty in Oslo.",
        "The sides signed the border treaty in Oslo.",
    ),
    ("hedge", "The bank may close 40 branches in May.", "The bank will close 40 branches in May."),
    ("bound", "The fire burned at least 40 homes.", "The fire burned 40 homes."),
    ("accusation", "He was charged with fraud in Lyon.", "He was convicted of fraud in Lyon."),
    ("percent and points", "Rates rose 2 percentage points.", "Rates rose 2 percent."),
    ("another topic", "The museum reopened on Monday.", "The ferry sank off Cebu on Monday."),
]
DIFFER = [
    ("figure", "Fourteen people were treated in hospital.", "Seventeen people were treated in hospital."),
    ("day", "The mine flooded on Tuesday.", "The mine flooded on Thursday."),
    ("date", "The vote is set for 4 June.", "The vote is set for June 6."),
    ("year", "The bridge was built in 1931.", "The bridge was built in 1933."),
    ("name", "The inquiry is led by judge Ida Holm.", "The inquiry is led by judge Ada Holm."),
    ("money", "The court fined the bank $40 million.", "The court fined the bank $45 million."),
    ("percent", "Sales of the carmaker fell 4% in May.", "Sales of the carmaker fell 6% in May."),
]
DO_NOT_DIFFER = [
    ("equal", "Fourteen people were treated in hospital.", "14 people were treated in hospital."),
    ("about", "About 300 homes burned in the fire.", "312 homes burned in the fire."),
    ("at least", "At least 12 people died in the fire.", "14 people died in the fire."),
    ("only one gives it", "The mine flooded.", "The mine flooded on Thursday."),
    ("another thing", "Fourteen people were hurt in the crash.", "Seventeen ships left the port."),
    ("different units", "The bank cut 40 jobs in Lyon.", "The bank closed 12 branches in Lyon."),
    ("title beside name", "President Marcos opened the fair.", "Ferdinand Marcos opened the fair."),
]


@pytest.mark.parametrize(("by", "claim"), REPORTS)
def test_reports(by: str, claim: str) -> None:
    assert reports(by, claim, {})


@pytest.mark.parametrize(("by", "claim"), [row[1:] for row in DOES_NOT_REPORT], ids=[row[0] for row in DOES_NOT_REPORT])
def test_does_not_report(by: str, claim: str) -> None:
    assert not reports(by, claim, {})


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in DIFFER], ids=[row[0] for row in DIFFER])
def test_differ(one: str, other: str) -> None:
    assert differ(one, other, {})
    assert differ(other, one, {})


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in DO_NOT_DIFFER], ids=[row[0] for row in DO_NOT_DIFFER])
def test_do_not_differ(one: str, other: str) -> None:
    assert not differ(one, other, {})
    assert not differ(other, one, {})


@pytest.mark.parametrize(
    ("sources", "count"),
    [
        (["The ferry sank off Cebu on Monday.", "The ferry sank off Cebu on Monday, officials said."], 1),
        (["The ferry sank off Cebu on Monday.", "On Monday a ferry went down near Cebu."], 2),
        (["The ferry sank off Cebu.", "The ferry sank off Cebu.", "A ferry went down at Cebu."], 2),
        (["The ferry sank off Cebu on Monday."], 1),
    ],
    ids=["copy", "own words", "two copies and own words", "one source"],
)
def test_copies_count_once(sources: list[str], count: int) -> None:
    assert independent(Document.read(sources).sentences) == count


def test_copies_are_near_enough_word_for_word() -> None:
    assert copies("The ferry “Brendan” sank off Cebu.", 'The ferry "Brendan" sank off Cebu.')
    assert not copies("The ferry sank off Cebu on Monday.", "A ferry went down near Cebu.")


EXCHANGED = [
    ("winner and loser", "Rovers beat United in the cup final.", "United beat Rovers in the cup final."),
    ("lender and borrower", "Norway lent Iceland a patrol ship.", "Iceland lent Norway a patrol ship."),
    ("accuser", "The union accused the port of a lockout.", "The port accused the union of a lockout."),
    ("figures", "Labour won 30 seats and the Greens won 12.", "The Greens won 30 seats and Labour won 12."),
    ("order in time", "Exports rose before prices fell.", "Prices fell before exports rose."),
    ("directions", "Sales rose in Asia and fell in Europe.", "Sales rose in Europe and fell in Asia."),
    ("negation", "The pill helps men but does not help boys.", "The pill helps boys but does not help men."),
    ("passive against active", "The mayor opened the bridge.", "The mayor was opened by the bridge."),
    ("two passives", "Koch was beaten by Weber.", "Weber was beaten by Koch."),
    ("speakers", "Lind praised Okoro after the vote.", "Okoro praised Lind after the vote."),
]
NOT_EXCHANGED = [
    ("passive", "Police arrested three men in Lyon.", "Three men were arrested in Lyon by police."),
    ("circumstance in front", "The sides met in Oslo on Monday.", "On Monday the sides met in Oslo."),
    (
        "clause in front",
        "The dam burst on Friday, flooding two towns.",
        "Two towns were flooded when the dam burst on Friday.",
    ),
    ("apposition", "The mayor of Porto, Ana Lopes, spoke.", "Ana Lopes, the mayor of Porto, spoke."),
    ("compound", "The sides signed a treaty on fisheries.", "The sides signed a fisheries treaty."),
    ("same order", "Labour won 30 seats and the Greens 12.", "The count gave Labour 30 seats and the Greens 12."),
    ("relative clause", "The towns share a river that floods.", "The river, shared by the towns, floods."),
]


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in EXCHANGED], ids=[row[0] for row in EXCHANGED])
def test_exchanged(one: str, other: str) -> None:
    assert exchanged(one, other)
    assert exchanged(other, one)
    assert not reports(other, one, {})
    assert differ(one, other, {})


@pytest.mark.parametrize(("one", "other"), [row[1:] for row in NOT_EXCHANGED], ids=[row[0] for row in NOT_EXCHANGED])
def test_not_exchanged(one: str, other: str) -> None:
    assert not exchanged(one, other)
    assert not exchanged(other, one)


ONE_WORD = "The {} of the museum in Bergen was {} {} on Friday after a long dispute with the city."
CHANGES = [
    (("director", "dismissed", "again"), ("director", "reinstated", "again")),
    (("director", "dismissed", "quietly"), ("curator", "dismissed", "quietly")),
    (("director", "nearly", "dismissed"), ("director", "formally", "dismissed")),
    (("director", "not", "dismissed"), ("director", "quietly", "dismissed")),
    (("director", "reportedly", "dismissed"), ("director", "quietly", "dismissed")),
    (("former director", "quietly", "dismissed"), ("director", "quietly", "dismissed")),
]


@pytest.mark.parametrize(("one", "other"), CHANGES)
def test_another_word_in_the_same_place_is_another_version(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    a, b = ONE_WORD.format(*one), ONE_WORD.format(*other)
    assert not reports(a, b, {})
    assert differ(a, b, {})
    assert reports(a, a, {})


@pytest.mark.parametrize("text", ["on ſunday in ſeptember", "FRİDAY", "1" * 100_000 + " trillion", "#", "", "\x00"])
def test_odd_text_is_compared_without_an_error(text: str) -> None:
    assert not reports(text, "The ferry sank off Cebu.", {})
    assert not differ(text, "The ferry sank off Cebu.", {})
