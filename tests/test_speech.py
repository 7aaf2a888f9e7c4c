"""Direct speech: who is named as the speaker of which words, and what is no speech."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.speech import speeches

TABLE: list[tuple[str, str, list[tuple[str, str]]]] = [
    (
        "said name",
        "“We will rebuild,” said Maria Lopez, the mayor of Porto, on Monday.",
        [("We will rebuild,", "Maria Lopez")],
    ),
    (
        "name told",
        "Mayor Ana Lopes told reporters on Tuesday: “The bridge is safe. It will open in May.”",
        [("The bridge is safe. It will open in May.", "Mayor Ana Lopes")],
    ),
    ("split", "“The bridge,” Lopes said, “will open in May.”", [("The bridge, will open in May.", "Lopes")]),
    (
        "runs on",
        "“It was a hard night,” said the fire chief. “We lost two homes. Nobody was hurt.”",
        [("It was a hard night. We lost two homes. Nobody was hurt.", "the fire chief")],
    ),
    ("question", '"Are you certain?" the judge asked.', [("Are you certain?", "the judge")]),
    ("term", "The council called it a “new dawn” for the town.", []),
    ("pull quote", "“Japan and the Philippines agreed to upgrade their ties.”", []),
    ("single marks", "‘No comment,’ a spokesman for the bank said.", [("No comment,", "a spokesman for the bank")]),
    ("so-called", "The so-called “peace plan,” Lopez said, has failed.", []),
    ("part of a clause", "Lopez said the plan was “deeply unfair to families” and vowed to fight it.", []),
    ("pronoun without a name", "“I resign,” he said.", []),
    (
        "pronoun after one name",
        "Tom Brady arrived late. “I missed the bus,” he said.",
        [("I missed the bus,", "Tom Brady")],
    ),
    (
        "pronoun after speaker",
        "“It is over,” Kim Lee said. “We go home,” she added.",
        [("It is over,", "Kim Lee"), ("We go home,", "Kim Lee")],
    ),
    (
        "according to, before",
        "According to the ministry, “no decision has been taken.”",
        [("no decision has been taken.", "the ministry")],
    ),
    (
        "according to, after",
        "“No decision has been taken,” according to the finance ministry.",
        [("No decision has been taken,", "the finance ministry")],
    ),
    (
        "apposition after name",
        "Tim Cook, Apple's chief executive, said: “We sold more.”",
        [("We sold more.", "Tim Cook")],
    ),
    (
        "name in apposition",
        "The company's chief executive, Tim Cook, said, “We sold more.”",
        [("We sold more.", "Tim Cook")],
    ),
    (
        "place after body",
        "Police in Oslo said: “The man has been charged.”",
        [("The man has been charged.", "Police in Oslo")],
    ),
    ("told to somebody", "Lopez was told “never come back”.", []),
    ("never said", "Lopez never said “the plan is dead”.", []),
    (
        "film title after",
        "“The water rose fast,” Lee said.\n\nThe film “Rising Water” opens on Friday.",
        [("The water rose fast,", "Lee")],
    ),
    (
        "paragraph runs on",
        "Lee said: “The water rose fast.\n\n“We had no time to leave.”",
        [("The water rose fast. We had no time to leave.", "Lee")],
    ),
    (
        "next paragraph is a pull quote",
        "“The water rose fast,” Lee said.\n\n“Everything was lost in one night”\n\nThe fund will pay.",
        [("The water rose fast,", "Lee")],
    ),
    (
        "nested marks and markers",
        "\"Today, I have agreed with President Marcos to position the relationship between our two countries as a 'comprehensive strategic partnership',\" Takaichi said [1, 2].",
        [
            (
                "Today, I have agreed with President Marcos to position the relationship between our two countries as a 'comprehensive strategic partnership',",
                "Takaichi",
            )
        ],
    ),
    (
        "marker inside",
        "“We are ready [1],” Sen. Elizabeth Warren said [2].",
        [("We are ready,", "Sen. Elizabeth Warren")],
    ),
    (
        "verb replied",
        "Asked about the vote, Prime Minister Pedro Sánchez replied: “We will see.”",
        [("We will see.", "Prime Minister Pedro Sánchez")],
    ),
    ("initials", "“X marks the spot,” wrote J. K. Rowling in 2004.", [("X marks the spot,", "J. K. Rowling")]),
    ("apposition, title", "“We tried,” Ms. Ito, a nurse at the hospital, told the court.", [("We tried,", "Ms. Ito")]),
    (
        "common noun with place",
        "“We tried,” a nurse at the hospital told the court.",
        [("We tried,", "a nurse at the hospital")],
    ),
    (
        "in a statement, before",
        "In a statement, the airline said: “Safety comes first.”",
        [("Safety comes first.", "the airline")],
    ),
    (
        "in a statement, after",
        "The airline said in a statement that “safety comes first for all of us”.",
        [("safety comes first for all of us", "The airline")],
    ),
    ("quoted by, pronoun", "He was quoted by Reuters as saying “the talks failed”.", []),
    (
        "quoted by",
        "Ivan Petrov was quoted by Reuters as saying: “The talks failed.”",
        [("The talks failed.", "Ivan Petrov")],
    ),
    ("another name between", "“We won,” Silva said. Costa disagreed. “They cheated,” he said.", [("We won,", "Silva")]),
    (
        "two speakers in a sentence",
        "“We won,” Silva said, before Costa replied: “They cheated.”",
        [("We won,", "Silva"), ("They cheated.", "Costa")],
    ),
    ("french marks", "«Nous sommes prêts», said Emmanuel Macron.", [("Nous sommes prêts", "Emmanuel Macron")]),
    ("sign, not speech", "The sign read “Keep out.” Lopez said nothing.", []),
    (
        "university",
        "“The sea is rising,” said Dr. Ruth Adeyemi of the University of Lagos. “It will not stop.”",
        [("The sea is rising. It will not stop.", "Dr. Ruth Adeyemi of the University of Lagos")],
    ),
    ("split, pronoun without a name", "She laughed. “Never,” she said, “again.”", []),
    (
        "possessive and name",
        "“Prices rose,” the bank's chief economist, Lena Vogt, said in a note to clients.",
        [("Prices rose,", "Lena Vogt")],
    ),
    ("told what to close", "Among the measures, the government said it would close “all unlicensed wells”.", []),
    ("tweeted", "Musk tweeted “the rocket is fine” on Sunday.", [("the rocket is fine", "Musk")]),
]


@pytest.mark.parametrize(("text", "spoken"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_speech(text: str, spoken: list[tuple[str, str]]) -> None:
    assert [(s.words(text), s.speaker) for s in speeches(text)] == spoken


@given(st.text(alphabet="“”\"' \n.,ab", max_size=60).map(lambda t: f"Lee said: {t} said Ana Kim."))
def test_parts_stand_in_the_text(text: str) -> None:
    for spoken in speeches(text):
        assert spoken.speaker
        for start, end in spoken.parts:
            assert spoken.span.start <= start < end <= spoken.span.end <= len(text)
