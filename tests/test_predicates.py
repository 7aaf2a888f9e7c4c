"""Who does what to whom in a sentence, and under what: a table over the forms that sentences of the news take."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.grammar.predicates import read

# A sentence, a verb in it, the head of who does it and of who has it done to them ("" for nobody).
ROLES: list[tuple[str, str, str, str]] = [
    ("The mayor opened the bridge.", "opened", "mayor", "bridge"),
    ("The bridge was not opened by the mayor.", "opened", "mayor", "bridge"),
    ("The bridge, opened by the mayor last week, was closed.", "opened", "mayor", "bridge"),
    ("The bridge, opened by the mayor last week, was closed.", "closed", "", "bridge"),
    ("A ship carrying grain sank off Cebu.", "sank", "ship", ""),
    ("The mayor's plan to close the pool drew protests.", "drew", "plan", "protests"),
    ("The plan was abandoned after protests by drivers.", "abandoned", "", "plan"),
    (
        "The driver was pulled from the wreckage by firefighters and flown to hospital.",
        "pulled",
        "firefighters",
        "driver",
    ),
    ("The driver was pulled from the wreckage by firefighters and flown to hospital.", "flown", "", "driver"),
    ("Two of the authors said they had received fees.", "said", "authors", ""),
    ("Two of the authors said they had received fees.", "received", "they", "fees"),
    ("Police said the suspect had denied the charge.", "denied", "suspect", "charge"),
    ("Police said traffic in the old town had risen.", "risen", "traffic", ""),
    ("The suspect fled, police said.", "said", "police", ""),
    ('"We left," said President Leal.', "said", "Leal", ""),
    ("The Space Agency (CSA) has paid the firm 60 million euros.", "paid", "Agency", "firm"),
    ("The ministry promised 75 million euros in aid.", "promised", "ministry", "euros"),
    ("The prosecutor accused the minister of hiding assets.", "hiding", "minister", "assets"),
    ("The court ordered the bank to pay 12 customers.", "pay", "bank", "customers"),
    ("Lind was appointed by Rossi to lead the inquiry.", "lead", "Lind", "inquiry"),
    ("Parliament elected Maria Silva president.", "elected", "Parliament", "Silva"),
    ("In 2016 Nordalp bought the brand.", "bought", "Nordalp", "brand"),
    ("The firm, which Acme bought in 2010, sold its shares.", "bought", "Acme", "firm"),
    ("The firm, which Acme bought in 2010, sold its shares.", "sold", "firm", "shares"),
    ("Residents accused the mayor of ignoring a warning issued on Friday.", "issued", "", "warning"),
    ("The report issued on Friday found that 12 people died.", "found", "report", ""),
    ("Police arrested a man suspected of killing his neighbour.", "suspected", "", "man"),
    ("The city was in negotiations to buy 40 flats from Domara.", "buy", "city", "flats"),
    ("Firefighters rescued him from the wreckage and he was treated.", "treated", "", "he"),
    ("The union rejected the offer and workers walked out.", "walked", "workers", ""),
    ("The union rejected the offer and will strike next week.", "strike", "union", ""),
    ("Japan and the Philippines agreed to begin negotiations.", "begin", "Japan", "negotiations"),
    ("One of three crossings that Solvia shut reopened.", "shut", "Solvia", ""),
]
# A sentence, a verb in it, the word that governs it, and whether it is negated.
FRAMES: list[tuple[str, str, str, bool]] = [
    ("They agreed to begin talks.", "begin", "agreed", False),
    ("He told reporters that talks had not begun.", "begun", "told", True),
    ("He denied taking bribes.", "taking", "denied", False),
    ("The board is considering whether to cut the dividend.", "cut", "considering", False),
    ("No one was injured.", "injured", "", True),
    ("Officials said the bridge might close.", "close", "said", False),
]


@pytest.mark.parametrize(("text", "verb", "agent", "patient"), ROLES)
def test_roles(text: str, verb: str, agent: str, patient: str) -> None:
    reading = read(text)
    predicate = next(p for p in reading.predicates if reading.tokens[p.at].form == verb)
    heads = [reading.tokens[those[0]].form if those else "" for those in (predicate.agents, predicate.patients)]
    assert heads == [agent, patient]


@pytest.mark.parametrize(("text", "verb", "governor", "negated"), FRAMES)
def test_frames(text: str, verb: str, governor: str, negated: bool) -> None:
    reading = read(text)
    predicate = next(p for p in reading.predicates if reading.tokens[p.at].form == verb)
    assert (reading.tokens[predicate.under].form if predicate.under is not None else "") == governor
    assert (predicate.negator is not None) is negated


def test_others() -> None:
    reading = read("The company bought Polarella from the Swiss group Nordalp for 210 million euros.")
    assert [(place, reading.tokens[head].form) for place, head in reading.predicates[0].others] == [
        ("from", "Nordalp"),
        ("for", "euros"),
    ]
    second = read("The council gave the school two buses.").predicates[0]
    assert [place for place, _ in second.others] == [""]


@pytest.mark.parametrize("text", ["Rain fell, police said.", "According to police, rain fell."])
def test_attribution(text: str) -> None:
    reading = read(text)
    fell = next(p for p in reading.predicates if reading.tokens[p.at].form == "fell")
    assert fell.speaker is not None or "According" in text


@given(st.text(max_size=80))
@settings(deadline=None)
def test_any_text(text: str) -> None:
    reading = read(text)
    for predicate in reading.predicates:
        for at in (*predicate.agents, *predicate.patients, *(head for _, head in predicate.others)):
            assert 0 <= at < len(reading.tokens)
