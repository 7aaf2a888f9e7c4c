"""Roles of sentences, and where a headline is cut. For each yes a no."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing
from briefing import Document
from briefing.engines.extractive.cues import CUES, Cue
from briefing.engines.extractive.headline import headline, main_clause
from briefing.engines.extractive.roles import INTERPRETIVE, Role, furniture, interpretation, roles
from briefing.words import forms

INTERPRETS = [
    "This shift signals a deepening of ties.",
    "The ruling marks a turning point for small lenders.",
    "The defeat underscores the party's growing weakness in the cities.",
    "The merger suggests that scale is increasingly decisive in the trade.",
    "Analysts say the pact could shift the balance of power.",
    "It remains to be seen whether the truce will hold.",
    "The decision raises questions about the bank's supervision.",
    "The vote is widely seen as a test of her leadership.",
    "That silence speaks to a broader unease among the allies.",
    "In other words, the club may have overpaid.",
    "By closing the plant, the company is sending a signal to its rivals, which serves as a stark warning.",
    "Its victory represents a significant break with the past.",
    "The verdict is a warning to every tycoon who thought his friends would protect him.",
    "The purchase is less about defence than about prestige.",
    "Taken together, the measures amount to the biggest rewrite of the tax code in a generation.",
    "The result leaves the coalition with little room for manoeuvre.",
    "The timing was no accident.",
    "Few expect the truce to survive the winter.",
    "Her victory upends the assumption that cities vote left.",
    "What is new is the tone.",
    "The deal hands Moscow a diplomatic victory.",
    "The protests have turned a local dispute into a national reckoning.",
    "His resignation, the third this year, deprives the cabinet of its best negotiator.",
    "The ruling could reshape the way airlines price tickets.",
    "Behind the row lies a deeper struggle over the party's money.",
    "Historians regard the treaty as the moment when the empire ceased to matter.",
    "In my view the plan is hollow.",
    "Such numbers suggest that the boom has run its course.",
    "The subsidy has become a habit that no government dares to break.",
    "In effect, the court has rewritten the constitution.",
]
REPORTS = [
    "The council approved the budget on Monday.",
    "The leaders agreed to begin talks on fisheries.",
    "The company said the shift would cost 400 jobs.",
    "A study suggests that 4% of the bees died.",
    "Police said the marks on the door suggest a break-in.",
    "The bridge opened in 1931.",
    "The team won 3-1 in Turin.",
    "The train signals failed at noon on Tuesday.",
    "The minister signed the treaty in Oslo.",
    "Rain is expected on Thursday.",
    "The report highlights 12 cases of fraud.",
    "The two sides met for about an hour.",
    "The exhibition highlights the work of women photographers.",
    "The museum serves as the venue for the talks.",
    "She suggests a walk.",
    "The coach left the children with their parents.",
    "The lawyer exposed the fraud and turned the papers into a book.",
    "The agreement on road signals was signed in Bern.",
    "The minister, who lost the vote, revealed the names of her advisers.",
    "The explosion shattered windows as far away as the harbour.",
    "The parade marks the start of the school year.",
    "The number of births fell for the seventh year in a row.",
    "The gang robbed the bank of its gold.",
    "The strategic oil reserve was tapped for the second time this year.",
]


@pytest.mark.parametrize("sentence", INTERPRETS)
def test_interpretation(sentence: str) -> None:
    assert interpretation(sentence) >= INTERPRETIVE


@pytest.mark.parametrize("sentence", REPORTS)
def test_reporting(sentence: str) -> None:
    assert interpretation(sentence) < INTERPRETIVE


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.pattern.pattern[5:24])
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_a_telling_word_stands_in_whatever_a_cue_matches(cue: Cue, data: st.DataObject) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz-, '"
    wording = data.draw(st.from_regex(cue.pattern.pattern, fullmatch=True, alphabet=letters))
    assert not cue.telling.isdisjoint(forms(wording))


def test_roles() -> None:
    text = (
        "Bridge news\n\nThe bridge opened. “We are proud of it,” she said. Why so late?\n\n“A proud day for the town”"
    )
    document = Document.read(text)
    assert [roles(document)[s.id].role for s in document.sentences] == [
        Role.NONE,
        Role.FACT,
        Role.QUOTATION,
        Role.NONE,
        Role.QUOTATION,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "By Sam Hill",
        "*By Jane Doe, Science Correspondent | 4 June 2024*",
        "Published 12 May 2025, 10:30 BST",
        "Updated 5 p.m.",
        "![The new bridge](bridge.jpg)",
        "| 2020 | 20 million |",
        "(Reporting by Ana Ruiz; Editing by Bo Li)",
        "Click here to read more.",
        "The Associated Press contributed to this report.",
        "This article was updated at 5pm.",
        "Q: Why did the bridge take so long to build.",
        "tags: [bridge, halm]",
    ],
)
def test_a_line_of_the_page_is_no_fact(line: str) -> None:
    assert furniture(line)
    document = Document.read(f"The bridge opened on Monday. It cost $40 million.\n\n{line}\n\nTolls start in June.")
    facts = [s.text for s in document.sentences if roles(document)[s.id].role is Role.FACT]
    assert facts == ["The bridge opened on Monday.", "It cost $40 million.", "Tolls start in June."]


@pytest.mark.parametrize(
    "line",
    [
        "By noon the square was full of people.",
        "By Monday, Paris was quiet.",
        "Published in 1932, the novel won a prize.",
        "Reporting by journalists was restricted in the region.",
        "This report was published by the ministry.",
    ],
)
def test_a_sentence_that_begins_like_a_line_of_the_page_is_one(line: str) -> None:
    assert not furniture(line)


def test_a_line_without_a_stop_is_no_fact_where_the_others_have_one() -> None:
    box = "Key points\n\n- Bridge opens after a long delay\n- Tolls start in June\n\n"
    article = "The bridge opened on Monday. It cost $40 million, twice the sum planned. Tolls start in June."
    document = Document.read(box + article)
    assert [s.text for s in document.sentences if roles(document)[s.id].role is Role.FACT] == [
        s.text for s in Document.read(article).sentences
    ]
    bare = Document.read("The bridge opened on Monday\nIt cost 40 million\nTolls start in June")
    assert {roles(bare)[s.id].role for s in bare.sentences if not s.heading} == {Role.FACT}
    chinese = Document.read("桥梁周一通车。造价四千万美元。六月开始收费。\n\n记者张三")
    assert [roles(chinese)[s.id].role for s in chinese.sentences] == [Role.FACT] * 3 + [Role.NONE]
    assert briefing.summarize(bare.sources).lede.text


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        (
            "The two banks agreed to merge their lending arms after a year of talks in Vienna and Graz.",
            "The two banks agreed to merge their lending arms",
        ),
        ("The court freed the editor.", "The court freed the editor"),
        (
            "The minister took bribes from two builders over ten years, prosecutors in the capital say.",
            "The minister took bribes from two builders over ten years, prosecutors in the capital say",
        ),
        (
            "The airline will buy forty new jets from the French maker when the regulator says that it may.",
            "The airline will buy forty new jets from the French maker when the regulator says that it may",
        ),
        (
            "The town will rebuild the “old (and much loved) pier while it can” with money from the lottery fund.",
            "The town will rebuild the “old (and much loved) pier while it can” with money from the lottery fund",
        ),
        (
            "BERLIN, March 3 (Reuters) - The German cabinet approved a budget of 500 billion euros after a night of talks.",
            "The German cabinet approved a budget of 500 billion euros",
        ),
        (
            "LONDON (AP) — Two men were arrested near the palace after a car drove into its gate at speed.",
            "Two men were arrested near the palace",
        ),
        (
            "Hamburg (dpa) - The port deepened its main channel after years of dispute with farmers on the river.",
            "The port deepened its main channel",
        ),
        (
            "The new train runs more than twice as fast as the old one between the two coastal cities.",
            "The new train runs more than twice as fast as the old one between the two coastal cities",
        ),
        (
            "The two men arrested after the robbery in the old town were freed on bail by a court in Lyon.",
            "The two men arrested after the robbery in the old town were freed on bail by a court in Lyon",
        ),
        (
            "The mayor opened the long-awaited bridge over the river, which cost twice the sum planned ten years ago.",
            "The mayor opened the long-awaited bridge over the river",
        ),
        (
            "“The bridge opened to all traffic in June after three years of works and two of planning.",
            "The bridge opened to all traffic in June",
        ),
        ("The company will move to the U.S.", "The company will move to the U.S."),
    ],
    ids=[
        *("circumstance", "short", "attribution", "condition", "inside marks", "agency", "dash", "town", "comparison"),
        *("participle", "relative", "open quotation", "abbreviation"),
    ],
)
def test_main_clause(sentence: str, clause: str) -> None:
    assert main_clause(sentence) == clause


@given(st.text(min_size=1).filter(lambda text: any(map(str.isalnum, text))))
def test_a_clause_is_a_piece_of_its_sentence_and_never_empty(sentence: str) -> None:
    assert main_clause(sentence).strip()
    assert main_clause(sentence) in sentence


def test_a_byline_that_opens_the_text_is_no_headline() -> None:
    document = Document.read(
        "*By Jane Doe, Science Correspondent*\n\nThe bridge opened on Monday. Tolls start in June."
    )
    opening = next(s for s in document.sentences if s.text.startswith("The bridge"))
    assert headline(document, opening).text == "The bridge opened on Monday"
