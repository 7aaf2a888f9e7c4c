"""Where sources contradict one another, and where they only seem to."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document
from briefing.versions.conflicts import conflicts


class Pair(NamedTuple):
    """Two sources; where they conflict, its kind and what each says."""

    name: str
    one: str
    other: str
    kind: str = ""
    first: str = ""
    second: str = ""


CAUGHT = [
    Pair(
        "treated",
        "Seventeen people were treated in hospital.",
        "Fourteen people were treated in hospital.",
        "figures",
        "Seventeen",
        "Fourteen",
    ),
    Pair(
        "toll",
        "The avalanche above Serra killed 9 skiers on Sunday.",
        "Eleven skiers were killed by the avalanche above Serra on Sunday.",
        "figures",
        "9",
        "Eleven",
    ),
    Pair(
        "money",
        "The council will spend $4 million on the new library.",
        "The new library will cost the council $6 million.",
        "figures",
        "$4 million",
        "$6 million",
    ),
    Pair(
        "percent",
        "Turnout in the referendum was 61 per cent.",
        "Turnout in the referendum reached 68 per cent.",
        "figures",
        "61 per cent",
        "68 per cent",
    ),
    Pair(
        "jobs",
        "The steel firm will cut 1,200 jobs at its Marl works.",
        "The steel firm is to cut 1,900 jobs at its Marl works.",
        "figures",
        "1,200",
        "1,900",
    ),
    Pair(
        "bounds apart",
        "More than 400 homes lost power in the storm.",
        "Fewer than 250 homes lost power in the storm.",
        "figures",
        "400",
        "250",
    ),
    Pair(
        "length",
        "The new tunnel under the bay is 12 kilometres long.",
        "The new tunnel under the bay is 15 kilometres long.",
        "figures",
    ),
    Pair(
        "hours",
        "The talks on the ceasefire lasted three hours.",
        "The talks on the ceasefire lasted five hours.",
        "figures",
    ),
    Pair(
        "arrests",
        "Police arrested 31 protesters outside the embassy.",
        "Thirty-eight protesters were arrested by police outside the embassy.",
        "figures",
    ),
    Pair(
        "patients",
        "The trial of the migraine drug followed 240 patients.",
        "The trial of the migraine drug followed 420 patients.",
        "figures",
    ),
    Pair(
        "score",
        "Halden beat Moss 3-1 in the semi-final.",
        "Halden beat Moss 2-1 in the semi-final.",
        "figures",
        "3-1",
        "2-1",
    ),
    Pair(
        "age",
        "The oldest runner in the marathon was 84 years old.",
        "The oldest runner in the marathon was 81 years old.",
        "figures",
    ),
    Pair(
        "with other sentences",
        "Rain fell all day. The dam holds 3 million cubic metres of water. Boats were tied up.",
        "Nobody was hurt. The dam holds 5 million cubic metres of water.",
        "figures",
    ),
    Pair(
        "weekday",
        "The museum of glass will reopen on Friday.",
        "The museum of glass will reopen on Saturday.",
        "dates",
        "Friday",
        "Saturday",
    ),
    Pair(
        "day",
        "The treaty was signed in Lisbon on 4 March.",
        "The treaty was signed in Lisbon on 6 March.",
        "dates",
        "4 March",
        "6 March",
    ),
    Pair(
        "year",
        "The observatory on the hill was built in 1911.",
        "The observatory on the hill was built in 1913.",
        "dates",
        "1911",
        "1913",
    ),
    Pair(
        "month", "The trial of the banker will begin in April.", "The trial of the banker will begin in June.", "dates"
    ),
    Pair(
        "spelt dates",
        "The vote on the pension bill is due on Sept. 2.",
        "The vote on the pension bill is due on 9 September.",
        "dates",
    ),
    Pair(
        "founded",
        "The orchestra was founded in 1954 by two refugees.",
        "Two refugees founded the orchestra in 1956.",
        "dates",
    ),
    Pair(
        "passive date",
        "The launch of the satellite was postponed to Tuesday.",
        "The launch of the satellite was postponed to Thursday.",
        "dates",
    ),
    Pair(
        "place",
        "The trawler sank off Bodø during the storm.",
        "The trawler sank off Tromsø during the storm.",
        "names",
        "Bodø",
        "Tromsø",
    ),
    Pair(
        "person",
        "The prize for poetry went to Lena Koch this year.",
        "The prize for poetry went to Mara Vind this year.",
        "names",
        "Lena Koch",
        "Mara Vind",
    ),
    Pair(
        "team", "The cup was won by Norrby after extra time.", "The cup was won by Sandvik after extra time.", "names"
    ),
    Pair(
        "company",
        "The contract for the trams went to Veltra on price.",
        "The contract for the trams went to Ostrail on price.",
        "names",
    ),
    Pair(
        "venue",
        "The summit of the fishing nations took place in Vigo last month.",
        "The summit of the fishing nations took place in Porto last month.",
        "names",
    ),
    Pair(
        "markers",
        "It rained. Nine people were rescued [1] from the roof of the school [2].",
        "Twelve people were rescued [3] from the roof of the school.",
        "figures",
        "Nine",
        "Twelve",
    ),
]

CLEAN = [
    Pair("same", "Seventeen people were treated in hospital.", "17 people were treated in hospital."),
    Pair("bound", "More than 200 passengers were rescued from the ferry.", "The 212 passengers were rescued from the ferry."),
    Pair("about", "About 300 people marched through Riga.", "Some 310 people marched through Riga."),
    Pair("rounded", "The bridge cost 3.9 million euros to repair.", "The bridge cost nearly 4 million euros to repair."),
    Pair("at least", "At least 12 miners died in the blast.", "Fifteen miners died in the blast."),
    Pair("units", "The rocket weighs 2 tonnes at launch.", "The rocket weighs 2,000 kg at launch."),
    Pair("one source", "Nine were hurt in the crash. Later, 12 were said to be hurt in the crash.", "The road was closed."),
    Pair("other thing counted", "The storm killed nine people in Palmera.", "The storm injured 40 people in Palmera."),
    Pair("other event", "Four people died in the crash on the ring road.", "Six people died in the fire at the mill."),
    Pair("other place", "In Oslo, 40 schools were closed by snow.", "In Bergen, 25 schools were closed by snow."),
    Pair("other year", "In 2019 the club sold 4,000 season tickets.", "In 2023 the club sold 6,500 season tickets."),
    Pair("other day", "By Monday the fire had destroyed 30 homes.", "By Wednesday the fire had destroyed 52 homes."),
    Pair("change and level", "Inflation rose by 2 per cent in May.", "Inflation rose to 6 per cent in May."),
    Pair("per", "The plant makes 40 cars a day.", "The plant makes 200 cars a week."),
    Pair("two figures", "The court fined the firm $3 million and its owner $1 million.", "The court fined the owner of the firm $1 million."),
    Pair("said on", "Police said on Monday that the boy had been found.", "Police said on Tuesday that the boy had been found."),
    Pair("part of a date", "The pool opened on Tuesday.", "The pool opened on 4 March."),
    Pair("year and day", "The bridge opened in 1998.", "The bridge opened on 3 June 1998."),
    Pair("begin and end", "The festival begins on Friday.", "The festival ends on Sunday."),
    Pair("full name", "The prize went to Lena Koch this year.", "The prize went to Koch this year."),
    Pair("acronym", "The rules were drawn up by the World Ski Union last year.", "The rules were drawn up by the WSU last year."),
    Pair("two speakers", "“We are ready,” said Tom Brannigan.", "“We will appeal,” said Moira Keane."),
    Pair("two teams", "Halden beat Moss in the semi-final.", "Norrby beat Sandvik in the other semi-final."),
    Pair("agreed elsewhere", "The crash hurt nine pupils. Officials had first spoken of 12 pupils hurt in the crash.", "Twelve pupils were hurt in the crash, it was first said; nine pupils were hurt in the crash."),
    Pair("unrelated", "The bakery sold 400 loaves.", "The senate has 100 members."),
    Pair("vague", "Dozens of pupils were sent home from the school.", "Some 45 pupils were sent home from the school."),
    Pair("percent and count", "Half of the 80 beds in the ward were empty.", "Forty of the beds in the ward were empty."),
    Pair("French", "Le train a quitté la gare avec douze voyageurs.", "Le train a quitté la gare avec quinze voyageurs."),
]  # fmt: skip


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.name)
def test_caught(row: Pair) -> None:
    document = Document.read([row.one, row.other])
    found = conflicts(document)
    assert [c.kind for c in found] == [row.kind]
    for version in found[0].versions:
        assert document.sources[version.source - 1].text[version.start : version.end] == version.text
        assert document.by_id[version.sentence].source == version.source
    assert [v.source for v in found[0].versions] == [1, 2]
    if row.first:
        assert [v.text for v in found[0].versions] == [row.first, row.second]
    assert found[0].message.endswith(".") and all(v.text in found[0].message for v in found[0].versions)


@pytest.mark.parametrize("row", CLEAN, ids=lambda row: row.name)
def test_clean(row: Pair) -> None:
    assert conflicts(Document.read([row.one, row.other])) == []


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.name)
def test_one_source_has_none(row: Pair) -> None:
    assert conflicts(Document.read(f"{row.one}\n\n{row.other}")) == []


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.name)
def test_a_copy_has_none(row: Pair) -> None:
    assert conflicts(Document.read([row.one, row.one])) == []


_TEXT = st.text(min_size=1, max_size=120).map("A word. ".__add__)


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=3))
def test_never_raises(texts: list[str]) -> None:
    document = Document.read(texts)
    for conflict in conflicts(document):
        for version in conflict.versions:
            assert document.sources[version.source - 1].text[version.start : version.end] == version.text
