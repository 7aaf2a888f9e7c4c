"""Answering: the sentences that answer, and only those; or that none does.

The articles and questions are our own, in fields that the tables of weights were not fitted on. Each article has as
many questions that it does not answer as it answers.
"""

from __future__ import annotations

import pytest

from briefing.engines.extractive.answer import MOST, NEAREST, answer
from briefing.sentences import split

SUMMIT = """Canada and Chile agreed to raise their ties to a "strategic alliance" at a summit in Ottawa on Tuesday.
The step points to closer work on security and trade between the two countries.
During the talks, the leaders agreed to start negotiations on a pact for sharing military secrets.
This pact would let the two armies exchange classified reports more quickly.
The leaders also agreed to speed up talks on the sale of defense equipment.
On the economic side, the leaders agreed to look again at the tariff on copper.
That review is meant to bring the trade agreement of 1997 up to date."""

FOOTBALL = """Harwick Town beat Brant Rovers 3-1 on Saturday to reach the quarter-finals of the Shield Cup.
Ines Okafor scored twice in the first half, and Lena Marsh added a third goal from a free kick.
Rovers had taken the lead after nine minutes through their captain, Petra Vance.
The match was watched by 8,400 people at Mill Lane.
Vance was sent off in the 70th minute for a second yellow card.
"We never stopped running," said the Harwick coach, Dana Ruiz.
Harwick will play the winner of the tie between Selby and Northgate on 12 March."""

COURT = """A former treasurer of the Eastfield library was found guilty of fraud on Thursday.
The jury deliberated for six hours before it returned its verdict.
Prosecutors said Martin Kehoe had moved 240,000 pounds into his own accounts between 2017 and 2021.
He used the money to pay for holidays and to buy a racing boat.
The defence argued that the transfers were loans that the library's board had approved.
Judge Amara Bello will sentence him on 4 May.
The library has closed two of its branches because of the losses."""

ECONOMY = """The central bank of Norland raised its main interest rate to 4.5 percent on Wednesday.
It was the third increase this year.
Governor Elsa Lindqvist said inflation was still too high, at 6.2 percent in April.
Unemployment fell to 3.9 percent, the lowest level since 2008.
Exporters complained that the strong currency makes their goods more expensive abroad.
Most analysts expect the bank to keep rates unchanged in September."""

SCIENCE = """Researchers in Lisbon have found a fungus that breaks down polystyrene within weeks.
The fungus was discovered in the soil of an abandoned rubbish dump near Setúbal.
In the laboratory it consumed nearly half of a sample in 40 days.
The team, led by the biologist Rita Sampaio, published its results in the journal Mycology Letters.
It works best at 28 degrees and stops growing in dry conditions.
The university has applied for a patent, and the work was paid for by the European Research Fund."""

FLOOD = """Heavy rain caused the Tarn river to burst its banks near Colby early on Monday.
At least 12 people were injured and about 900 homes were flooded.
Firefighters rescued a family from the roof of a farmhouse with a helicopter.
The bridge at Weir Street collapsed shortly after 5 a.m.
Schools in the district will stay closed until Thursday.
The Red Cross opened a shelter in the sports hall, where 300 people spent the night.
The mayor, Julia Novak, asked the government for emergency money to repair the roads."""

COUNCIL = """The Dunmore council voted 14 to 9 on Monday to ban cars from the old market square.
The ban will start in June and applies from 10 a.m. to 8 p.m.
Councillor Hugh Tierney, who proposed the plan, said it would make the centre safer for children.
Shopkeepers fear that they will lose customers, and 60 of them signed a petition against it.
Deliveries will still be allowed before ten in the morning.
The council will spend 1.2 million euros on benches, trees and a new fountain.
A plan for a cycle path along the canal was postponed to next year."""

ARTICLES = {
    "summit": SUMMIT,
    "football": FOOTBALL,
    "court": COURT,
    "economy": ECONOMY,
    "science": SCIENCE,
    "flood": FLOOD,
    "council": COUNCIL,
}

ANSWERED = [
    ("summit", "what did the leaders agree on defense?", {2, 4}),
    ("summit", "What did the leaders agree on copper?", {5}),
    ("summit", "Where was the summit?", {0}),
    ("football", "Who scored twice?", {1}),
    ("football", "How many people watched the match?", {3}),
    ("football", "Why was Vance sent off?", {4}),
    ("football", "When will Harwick play again?", {6}),
    ("court", "How long did the jury deliberate?", {1}),
    ("court", "What did Kehoe do with the money?", {3}),
    ("court", "When will the judge sentence him?", {5}),
    ("court", "Why has the library closed branches?", {6}),
    ("economy", "How high is the interest rate?", {0}),
    ("economy", "What did the governor say about inflation?", {2}),
    ("economy", "What do analysts expect in September?", {5}),
    ("science", "Where was the fungus discovered?", {1}),
    ("science", "Who led the team?", {3}),
    ("science", "Who paid for the work?", {5}),
    ("flood", "How many people were injured?", {1}),
    ("flood", "When did the bridge collapse?", {3}),
    ("flood", "What caused the river to burst its banks?", {0}),
    ("flood", "Who opened a shelter?", {5}),
    ("council", "When will the ban start?", {1}),
    ("council", "Who proposed the plan?", {2}),
    ("council", "How much will the council spend on trees?", {5}),
    ("council", "Who signed a petition?", {3}),
]

NOT_THERE = [
    ("summit", "Who signed the trade treaty?"),
    ("summit", "What did the leaders agree on fishing quotas?"),
    ("summit", "How many soldiers were killed?"),
    ("football", "Who was the referee?"),
    ("football", "How much did the tickets cost?"),
    ("football", "Which player broke her leg?"),
    ("football", "Where was Okafor born?"),
    ("court", "Who is Kehoe's wife?"),
    ("court", "Why did the witness lie about the murder weapon?"),
    ("court", "What did the appeal court in London decide?"),
    ("economy", "How much did the price of oil rise?"),
    ("economy", "Who is the president of Norland's parliament?"),
    ("economy", "When will the new banknotes be issued?"),
    ("economy", "What does the housing minister plan?"),
    ("science", "Which bacteria cause malaria?"),
    ("science", "When did the volcano erupt?"),
    ("science", "How many students work in the laboratory in Berlin?"),
    ("flood", "How strong was the earthquake?"),
    ("flood", "Which insurance company will pay?"),
    ("flood", "When was the dam built?"),
    ("flood", "Who was arrested for looting?"),
    ("council", "What is the speed limit on the motorway?"),
    ("council", "Who did not vote?"),
    ("council", "How many buses were bought in 2019?"),
    ("council", "When does the theatre festival begin?"),
]


def sentences(name: str) -> list[str]:
    return [ARTICLES[name][start:end] for start, end, _ in split(ARTICLES[name])]


@pytest.mark.parametrize(("article", "asked", "expected"), ANSWERED, ids=[row[1] for row in ANSWERED])
def test_what_is_there_is_found(article: str, asked: str, expected: set[int]) -> None:
    selection = answer(sentences(article), asked)
    assert selection.status == "answered"
    assert set(selection.chosen) == expected


@pytest.mark.parametrize(("article", "asked"), NOT_THERE, ids=[row[1] for row in NOT_THERE])
def test_what_is_not_there_is_not_answered(article: str, asked: str) -> None:
    selection = answer(sentences(article), asked)
    assert selection.status == "not_in_sources"
    assert selection.chosen == ()
    assert len(selection.nearest) == NEAREST


@pytest.mark.parametrize(("article", "asked"), [row[:2] for row in ANSWERED] + NOT_THERE)
def test_nearest_is_filled_and_begins_with_what_is_chosen(article: str, asked: str) -> None:
    selection = answer(sentences(article), asked)
    assert len(selection.nearest) == len(set(selection.nearest)) == NEAREST
    assert len(selection.chosen) <= MOST
    assert selection.chosen == tuple(sorted(selection.chosen))
    assert not selection.chosen or selection.nearest[0] in selection.chosen


@pytest.mark.parametrize(
    ("article", "asked", "missing"),
    [
        ("economy", "How high are inflation and unemployment and tourism in April?", "tourism"),
        ("council", "How much will the council spend on benches, trees and statues?", "statues"),
    ],
)
def test_what_nothing_supports_is_named(article: str, asked: str, missing: str) -> None:
    selection = answer(sentences(article), asked)
    assert (selection.status, selection.missing) == ("partly", missing)


def test_an_answer_is_complete_when_everything_is_supported() -> None:
    selection = answer(sentences("council"), "How much will the council spend on benches and trees?")
    assert (selection.status, selection.missing) == ("answered", "")


@pytest.mark.parametrize(
    ("article", "asked", "swapped"),
    [
        ("football", "When was Vance sent off?", "When was Delgado sent off?"),
        ("court", "What did Kehoe do with the money?", "What did Delgado do with the money in Madrid?"),
        ("economy", "How high was inflation in April?", "How high was inflation in Westland in 1974?"),
    ],
)
def test_another_name_is_not_answered(article: str, asked: str, swapped: str) -> None:
    assert answer(sentences(article), asked).status == "answered"
    assert answer(sentences(article), swapped).status == "not_in_sources"


@pytest.mark.parametrize("asked", ["Who?", "What did they do?", "?"])
def test_a_question_without_content_is_not_answered(asked: str) -> None:
    assert answer(sentences("court"), asked).status == "not_in_sources"


def test_no_sentences() -> None:
    assert answer([], "Who won?") == ("not_in_sources", (), (), "")


@pytest.mark.parametrize(
    ("article", "there", "not_there"),
    [
        (
            ["Der Stadtrat beschloss am Montag den Bau einer Brücke.", "Regen fiel auf die Hügel."],
            "Was beschloss der Stadtrat am Montag?",
            "Welche Mannschaft gewann das Pokalspiel?",
        ),
        (
            ["El consejo aprobó el lunes la construcción del puente.", "La lluvia seguirá hasta mañana."],
            "¿Qué aprobó el consejo el lunes?",
            "¿Quién ganó el partido de fútbol?",
        ),
        (
            ["市議会は月曜日に橋の建設を決めた。", "雨は明日まで続く見込みだ。"],
            "市議会は月曜日に何を決めた",
            "誰が試合に勝った",
        ),
    ],
    ids=["German", "Spanish", "Japanese"],
)
def test_other_languages(article: list[str], there: str, not_there: str) -> None:
    assert answer(article, there).chosen == (0,)
    assert answer(article, not_there).status == "not_in_sources"
