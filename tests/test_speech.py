"""Direct speech: who is named as the speaker of which words, and what is no speech."""

from __future__ import annotations

from time import process_time

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


# For each trap a clean row beside it: the same words of narration where they do attribute speech.
MORE: list[tuple[str, list[tuple[str, str]]]] = [
    # names and nouns that look like adverbs
    ("“The harvest is in,” Molly Donnelly said.", [("The harvest is in,", "Molly Donnelly")]),
    ("“The harvest is in,” Molly Donnelly quietly said.", [("The harvest is in,", "Molly Donnelly")]),
    ("“We are grateful,” the grieving family said.", [("We are grateful,", "the grieving family")]),
    ("“We will vote again,” the Regional Assembly said.", [("We will vote again,", "the Regional Assembly")]),
    ("Sicily said: “We are open.”", [("We are open.", "Sicily")]),
    ("UNHCR said in a report: “Camps are full.”", [("Camps are full.", "UNHCR")]),
    # months, abbreviations and nicknames inside a name
    ("“It was cold,” said April Haas.", [("It was cold,", "April Haas")]),
    ("“It was cold,” said the warden in April.", [("It was cold,", "the warden")]),
    ("“It was cold,” said the warden April 3.", [("It was cold,", "the warden")]),
    ("“It was cold,” said Col. Gen. Ivo Brandt.", [("It was cold,", "Col. Gen. Ivo Brandt")]),
    ("“It was cold,” said U.K. ambassador Nell Frost.", [("It was cold,", "U.K. ambassador Nell Frost")]),
    ("“It was cold,” said Nell Frost Tuesday.", [("It was cold,", "Nell Frost")]),
    ("“It was cold,” said Dame (Nell) Frost.", [("It was cold,", "Dame (Nell) Frost")]),
    # a description and the name after it
    ("“Why now?” asked the choir's founder, Jo Pell. “We were full.”", [("Why now? We were full.", "Jo Pell")]),
    ("“Why now?” asked the choir's founder, who left in May.", [("Why now?", "the choir's founder")]),
    ("“Why now?” asked a singer, Norway's best.", [("Why now?", "a singer")]),
    ("“I swam,” said former lifeguard Tess Omar, 31, of Leith.", [("I swam,", "former lifeguard Tess Omar")]),
    # one noun phrase speaks, not a clause
    ("Nolan rejected claims that the club had said “no refunds.”", []),
    ("Nolan rejected claims of waste and said: “No refunds.”", [("No refunds.", "Nolan")]),
    ("She told the panel that her landlord had shouted “Get out!”", []),
    ("Her landlord shouted: “Get out!”", [("Get out!", "Her landlord")]),
    ("The film was panned by Una Reid and said: “Stay home.”", []),
    ("If anyone at the depot says: “Stop!”, stop.", []),
    ("Did Reid say: “Stay home”?", []),
    ("Suppose a pilot told you: “We are lost.”", []),
    ("A pilot told us: “We are lost.”", [("We are lost.", "A pilot")]),
    ("The notice should say: “Closed.”", []),
    ("Pike wrongly claimed that Reid said: “Stay home.”", []),
    ("“Stay home,” said Reid, quoting Pike.", []),
    ("“Stay home,” said Reid, citing the storm.", [("Stay home,", "Reid")]),
    ("Reid never said: “Stay home.”", []),
    # between the verb and the words stand only listeners, adverbs and prepositions
    ("Inspector Vi Lund said a boy shouted “they have gone” from a window.", []),
    ("Inspector Vi Lund said at the scene: “They have gone.”", [("They have gone.", "Inspector Vi Lund")]),
    ("Ms Abara recalled her saying: “We will be fine.”", []),
    ("Ms Abara recalled: “We were fine.”", [("We were fine.", "Ms Abara")]),
    ("Farmers say the wind, which elders call “the widow,” will turn.", []),
    ("Farmers say: “The wind will turn.”", [("The wind will turn.", "Farmers")]),
    ("Pike told the crew to shout “land ahead” at dawn.", []),
    ("Pike told the crew at dawn: “Land ahead.”", [("Land ahead.", "Pike")]),
    # verbs with other objects, and nouns that look like verbs
    ("Digging continued on the “Deep Line” in June.", []),
    ("“The line is deep,” the surveyor continued.", [("The line is deep,", "the surveyor")]),
    ("The gala concluded with “Nessun Dorma.”", []),
    ("The judge concluded: “You lied.”", [("You lied.", "The judge")]),
    ("The party promised “a tram for every town”.", []),
    ("The party leader promised: “We will build trams.”", [("We will build trams.", "The party leader")]),
    ("Her answers — “I was asleep” — were false, the nurse Bo Lind said.", []),
    ("Lind wrote in an essay titled “The Long Night.”", []),
    ("Lind wrote in an essay: “The night was long.”", [("The night was long.", "Lind")]),
    ("Lind said “Rising Tides” was his best book.", []),
    ("Lind said “we lost the boat.”", [("we lost the boat.", "Lind")]),
    # a term or title at the start of a sentence
    ("“Oliver” said farewell to London after a year.", []),
    ("“Specialists” said the dam was sound.", []),
    ("“Macbeth,” the director Ada Moss once said, is a comedy.", []),
    ("“I love Macbeth,” the director Ada Moss once said.", [("I love Macbeth,", "the director Ada Moss")]),
    ("“Zombie firms,” economists said, were kept alive.", []),
    ("“Zombie firms must die,” economists said.", [("Zombie firms must die,", "economists")]),
    ("“We are thrilled”, conductor Meg Orr told the BBC.", [("We are thrilled", "Meg Orr")]),
    # things that bear words, and nobody in particular
    ("The placard said: “Pay us.”", []),
    ("The woman with the placard said: “Pay us.”", [("Pay us.", "The woman with the placard")]),
    ("The inquiry's report said: “The valve failed.”", []),
    ("The report's author said: “The valve failed.”", [("The valve failed.", "The report's author")]),
    ("“The valve failed,” a letter from the ministry said.", []),
    ("People often say: “You get used to it.”", []),
    # whom a pronoun means
    ("The flood hit Market Street. “I ran,” she said.", []),
    ("The flood hit Lena Moss. “I ran,” she said.", []),
    ("Lena Moss saw the flood coming. “I ran,” she said.", [("I ran,", "Lena Moss")]),
    ("Lena Moss met Carla Diaz. “I ran,” she said.", []),
    ("Ms Moss's neighbour saw it. “I ran,” he said.", []),
    ("“Run,” Moss told Diaz. “I did,” she said.", [("Run,", "Moss")]),
    ("“Run,” Moss told reporters. “I did,” she said.", [("Run,", "Moss"), ("I did,", "Moss")]),
    ("“Run,” Mr Moss said. “I did,” she said.", [("Run,", "Mr Moss")]),
    ("“Run,” Moss said. He laughed. “I did,” she said.", [("Run,", "Moss")]),
    ("“Run,” Moss said. Lena Diaz nodded. “I did,” she said.", [("Run,", "Moss"), ("I did,", "Lena Diaz")]),
    ("Lena Moss was calm. “I ran,” she'd said that day.", [("I ran,", "Lena Moss")]),
    ("Lena Moss sat. “Run,” she said. “I did,” he said.", [("Run,", "Lena Moss")]),
    ("Lena Moss opened the gate and the guard said: “Go.”", []),
    # two speakers in a sentence
    (
        "“Nobody knew about the leak,” Moss told Diaz, who replied: “Everybody did.”",
        [("Nobody knew about the leak,", "Moss")],
    ),
    ("“Nobody knew,” Moss told Diaz, “and nobody asked.”", [("Nobody knew, and nobody asked.", "Moss")]),
    # attributions without a verb of speech of their own
    ("Lena Moss denied the charge: “We were never there.”", [("We were never there.", "Lena Moss")]),
    ("Lena Moss read the letter: “We were never there.”", []),
    ("Lena Moss attacked the plan, saying: “It drowns us.”", [("It drowns us.", "Lena Moss")]),
    ("The plan was attacked by Lena Moss, saying: “It drowns us.”", []),
    ("Moss, whom Diaz trained in 2010, said: “I ran.”", [("I ran.", "Moss")]),
    ("Moss turned to the cameras and said:\n\n“It is over.”", [("It is over.", "Moss")]),
    ("Moss, who said nothing, left.\n\n“It is over.”", []),
]


@pytest.mark.parametrize(("text", "spoken"), MORE, ids=[row[0][:40] for row in MORE])
def test_traps_and_what_looks_like_them(text: str, spoken: list[tuple[str, str]]) -> None:
    assert [(s.words(text), s.speaker) for s in speeches(text)] == spoken


def test_the_longest_part_is_contiguous() -> None:
    text = "“It was a hard night,” said the fire chief. “We lost two homes. Nobody was hurt.”"
    (spoken,) = speeches(text)
    assert text[spoken.longest.start : spoken.longest.end] == "We lost two homes. Nobody was hurt."
    assert spoken.longest in spoken.parts


@pytest.mark.parametrize(
    "unit", ["“", "“a” ", "“a,” ", "Ab ", "said ", "“a,” said ", "Ab said: “A b.” ", "told he, ", "quoted by ", "and, "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = "“A b,” said Lee. " + unit * (size // len(unit)) + ": “A b.”"
        start = process_time()
        speeches(text)
        return process_time() - start

    seconds(2_000)
    assert seconds(200_000) < 25 * seconds(20_000) + 1


@pytest.mark.parametrize(("text", "spoken"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_speech(text: str, spoken: list[tuple[str, str]]) -> None:
    assert [(s.words(text), s.speaker) for s in speeches(text)] == spoken


@given(st.text(alphabet="“”\"' \n.,ab", max_size=60).map(lambda t: f"Lee said: {t} said Ana Kim."))
def test_parts_stand_in_the_text(text: str) -> None:
    for spoken in speeches(text):
        assert spoken.speaker
        assert spoken.longest in spoken.parts
        for start, end in spoken.parts:
            assert spoken.span.start <= start < end <= spoken.span.end <= len(text)
