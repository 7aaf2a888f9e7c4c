"""Names: people, places, bodies, titles and abbreviations of a claim are those of its evidence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document
from briefing.checks import Subject, names

from .rows import Caught, Clean, errors, run

HARBOUR = "Mayor Ines Duarte opened the Ribeira Fish Market in Vigo on Friday. The market was built by the Dutch firm Van Loon."
BANK = "The Swedish central bank, the Riksbank, cut its rate. Governor Karin Holm said inflation had slowed in Malmo."
COURT = (
    "Judge Peter Okoro jailed former senator Luis Vega for fraud. The prosecutor, Helen Marsh, told the court in Accra "
    "that Vega took bribes."
)
CUP = "Kenya beat Ghana 2-1 in Kumasi. Striker Amina Otieno scored both goals, and coach Rosa Lindqvist praised her."
SCIENCE = (
    "Researchers at the University of Leiden found water on the moon Enceladus. The work, led by Dr Yuki Tanabe, was paid "
    "for by the European Space Agency."
)
WAR = (
    "President Oleh Marchenko met Chancellor Greta Vogel in Warsaw. They signed the Joint Air Defence Accord (JADA). "
    "Marchenko thanked the Polish army."
)
FIRM = "Solbakken, a Norwegian shipping company, named Erik Dahl as chief executive. He replaces Tove Lund, who is retiring."

CAUGHT = [
    Caught("new place", HARBOUR, "The mayor opened the market in Porto on Friday.", "wrong_place", "Porto"),
    Caught("other mayor", HARBOUR, "Mayor Marta Seoane opened the fish market.", "wrong_name", "Marta Seoane"),
    Caught(
        "other nation's firm", HARBOUR, "The market was built by the Danish firm Van Loon.", "wrong_place", "Danish"
    ),
    Caught("other first name", HARBOUR, "Carla Duarte opened the market.", "wrong_first_name", "Carla Duarte"),
    Caught("one letter", HARBOUR, "Ines Duarta opened the market in Vigo.", "misspelled", "Duarta"),
    Caught("governor for mayor", HARBOUR, "Governor Ines Duarte opened the market.", "wrong_title", "Governor"),
    Caught("no former", HARBOUR, "Former mayor Ines Duarte opened the market.", "wrong_title", "Former mayor"),
    Caught("headline, other place", HARBOUR, "New Fish Market Opens In Lisbon", "new_name", "Lisbon"),
    Caught("capitals, other name", HARBOUR, "SEOANE OPENS FISH MARKET IN VIGO", "wrong_name", "SEOANE"),
    Caught("other nation", BANK, "The Danish central bank cut its rate.", "wrong_place", "Danish"),
    Caught("other body", BANK, "The Bundesbank cut its rate.", "new_name", "Bundesbank"),
    Caught(
        "deputy added", BANK, "Deputy governor Karin Holm said inflation had slowed.", "wrong_title", "Deputy governor"
    ),
    Caught("other town", BANK, "Karin Holm said inflation had slowed in Uppsala.", "wrong_place", "Uppsala"),
    Caught("former dropped", COURT, "Senator Luis Vega was jailed for fraud.", "wrong_title", "Senator"),
    Caught("judge made prosecutor", COURT, "Prosecutor Peter Okoro jailed Luis Vega.", "wrong_title", "Prosecutor"),
    Caught("other surname", COURT, "Judge Peter Mensah jailed Luis Vega for fraud.", "wrong_name", "Peter Mensah"),
    Caught(
        "prosecutor made judge", COURT, "Vega took bribes, judge Helen Marsh told the court.", "wrong_title", "judge"
    ),
    Caught(
        "other capital", COURT, "Helen Marsh told the court in Lagos that Vega took bribes.", "wrong_place", "Lagos"
    ),
    Caught("other opponent", CUP, "Kenya beat Nigeria 2-1 in Kumasi.", "wrong_place", "Nigeria"),
    Caught("other scorer", CUP, "Striker Grace Wanjiru scored both goals.", "wrong_name", "Grace Wanjiru"),
    Caught("keeper for striker", CUP, "Goalkeeper Amina Otieno scored both goals.", "wrong_title", "Goalkeeper"),
    Caught("other university", SCIENCE, "Researchers at the University of Ghent found water.", "wrong_name"),
    Caught("other moon", SCIENCE, "Water was found on the moon Europa.", "wrong_name", "Europa"),
    Caught("other agency", SCIENCE, "The work was paid for by the Japanese Space Agency.", "wrong_name"),
    Caught("other doctor", SCIENCE, "The work was led by Dr Yuki Sato.", "wrong_name", "Yuki Sato"),
    Caught("titles crossed", WAR, "Chancellor Oleh Marchenko met Greta Vogel.", "wrong_title", "Chancellor"),
    Caught("other accord", WAR, "They signed the Joint Sea Defence Accord.", "wrong_name", "Joint Sea Defence Accord"),
    Caught("other abbreviation", WAR, "The leaders signed NATO papers.", "wrong_name", "NATO"),
    Caught("other army", WAR, "Marchenko thanked the Czech army.", "wrong_place", "Czech"),
    Caught("prime minister for president", WAR, "Prime Minister Oleh Marchenko was in Warsaw.", "wrong_title"),
    Caught("other boss", FIRM, "Solbakken named Jonas Berg as chief executive.", "wrong_name", "Jonas Berg"),
    Caught("chairman for chief executive", FIRM, "Solbakken named Erik Dahl as chairman.", "wrong_title", "chairman"),
    Caught("other firm", FIRM, "Nordkap named Erik Dahl as chief executive.", "new_name", "Nordkap"),
    Caught("other predecessor", FIRM, "Erik Dahl replaces Ida Strand.", "wrong_name", "Ida Strand"),
    Caught(
        "office without name",
        "The mayor resigned over the flood.",
        "The governor resigned over the flood.",
        "wrong_title",
    ),
    Caught(
        "acting dropped",
        "The acting president spoke on television.",
        "The president spoke on television.",
        "wrong_title",
    ),
    Caught("portfolio", "Finance Minister Bo Lund resigned.", "Defence Minister Bo Lund resigned.", "wrong_title"),
    Caught("vice dropped", "Vice President Ada Cole flew to Oslo.", "President Ada Cole flew to Oslo.", "wrong_title"),
    Caught(
        "name of another sentence",
        "Tomas Brandt runs the port. Storms closed it for a week. Ships waited. Sailors slept on board. The union leader, "
        "Ewa Zielinska, called a strike on Sunday. Pay talks had failed.",
        "Tomas Brandt called a strike on Sunday, and Ewa Kowalska runs the port.",
        "wrong_name",
    ),
    Caught(
        "hospital",
        "She was taken to St Mary's Hospital in Leeds.",
        "She was taken to St Anne's Hospital in Leeds.",
        "wrong_name",
    ),
    Caught(
        "another body's head",
        "Northern Grain chief executive Gail Soren praised the ruling. A bid by Gulf Line failed.",
        "Gulf Line chief executive Gail Soren praised the ruling.",
        "wrong_name",
        "Gulf Line",
    ),
    Caught(
        "another university",
        "The study was led by Dr Grace Acheng of Maseno University. It was published in Nairobi.",
        "The study was led by Dr Grace Acheng of the University of Nairobi.",
        "wrong_name",
    ),
    Caught(
        "prime for foreign minister",
        "Foreign Minister Helga Strand met her colleague in Vienna.",
        "Prime Minister Helga Strand met her colleague in Vienna.",
        "wrong_title",
    ),
]

CLEAN = [
    Clean("surname alone", HARBOUR, "Duarte opened the new fish market in Vigo."),
    Clean("title dropped", HARBOUR, "Ines Duarte opened the market."),
    Clean("possessive", HARBOUR, "Vigo's mayor opened the Ribeira Fish Market."),
    Clean("people of the place", HARBOUR, "A firm from the Netherlands built the market."),
    Clean("headline", HARBOUR, "Mayor Opens Ribeira Fish Market In Vigo"),
    Clean("capitals", HARBOUR, "MAYOR DUARTE OPENS FISH MARKET IN VIGO"),
    Clean("common word first", HARBOUR, "Shoppers can now visit the market that Van Loon built."),
    Clean("metonym", BANK, "Sweden's central bank cut its rate."),
    Clean("country for people", BANK, "Inflation has slowed in Malmo, said the governor, Karin Holm."),
    Clean("with accent", BANK, "Inflation had slowed in Malmö, Holm said."),
    Clean("former kept", COURT, "Ex-senator Luis Vega was jailed for fraud by a judge in Accra."),
    Clean("title after the name", COURT, "Helen Marsh, the prosecutor, said that Vega took bribes."),
    Clean("judge", COURT, "Former senator Vega was sent to prison by Judge Okoro."),
    Clean("people for team", CUP, "The Kenyans beat the Ghanaian side 2-1."),
    Clean("coach named", CUP, "Lindqvist, the coach, praised Otieno."),
    Clean("weekday", CUP, "On Tuesday Otieno scored both goals for Kenya."),
    Clean("abbreviation by initials", SCIENCE, "The ESA paid for the work."),
    Clean("turned round", SCIENCE, "Leiden University researchers found water on Enceladus."),
    Clean("title word", SCIENCE, "Tanabe led the work, which the European agency funded."),
    Clean("accord in full", WAR, "Marchenko and Vogel signed the Joint Air Defence Accord."),
    Clean("accord in short", WAR, "The two leaders signed JADA in the Polish capital."),
    Clean("Poland", WAR, "Poland's army was thanked by President Marchenko."),
    Clean("the chancellor", WAR, "The chancellor, Vogel, met the president in Warsaw."),
    Clean("CEO", FIRM, "Erik Dahl is the new CEO of Solbakken."),
    Clean("country", FIRM, "The shipping company from Norway gets a new chief executive."),
    Clean("predecessor", FIRM, "Tove Lund retires, and Dahl takes over at Solbakken."),
    Clean("nickname", "Robert Hale won the race.", "Bob Hale won the race."),
    Clean("two spellings", "Volodymyr Zelensky spoke in Kyiv.", "Zelenskyy spoke in Kiev."),
    Clean("U.S.", "The United States raised tariffs.", "The U.S. raised its tariffs; Washington gave no reason."),
    Clean("Britain", "London and the EU reached a deal.", "Britain and the European Union reached a deal."),
    Clean("plural people", "German farmers blocked roads.", "Germans blocked roads with tractors; farmers led them."),
    Clean("premier", "Prime Minister Asha Rao resigned.", "The premier, Asha Rao, resigned."),
    Clean("chairwoman", "Chairwoman Li Na opened the meeting.", "Li Na, the chair, opened the meeting."),
    Clean("known initials", "The World Health Organization sent doctors.", "The WHO sent doctors."),
    Clean("expanded", "The ECB kept rates where they are.", "The European Central Bank kept rates unchanged."),
    Clean(
        "pronoun before",
        "Nils Aker runs the ferry line. He wants new ships.",
        "Aker wants new ships for the ferry line.",
    ),
    Clean("month and day", "The fair opens on 3 May.", "The fair opens in May, on a Saturday."),
    Clean(
        "German text", "Der Bürgermeister eröffnete am Freitag den Markt.", "Der Minister eröffnete den Hafen in Kiel."
    ),
    Clean("French text", "Le maire a ouvert le marché vendredi.", "La ministre a ouvert le port de Brest."),
    Clean("other script", "市長は金曜日に市場を開いた。", "大統領は市場を開いた。"),
    Clean(
        "had been",
        "Transport Secretary Gareth Pell moves to the interior ministry.",
        "Gareth Pell, who had been transport secretary, moves to the interior ministry.",
    ),
    Clean(
        "president of a body",
        "The guild of the Asolo hills expects less wine, its president, Giorgio Zanin, said.",
        "Giorgio Zanin, president of the Asolo guild, expects less wine.",
    ),
    Clean(
        "nobody's apposition",
        "Visitors to Lumina will pay a fee, Tourism Minister Celeste Moreau announced.",
        "A fee will be paid by visitors to Lumina, the tourism minister announced.",
    ),
    Clean(
        "a role",
        "Peter Astbury pleaded guilty. His brother-in-law, Ivo Pell, was tried.",
        "Astbury, the defendant's brother-in-law, pleaded guilty.",
    ),
    Clean("first word", "The jury cleared Ivo Pell of forgery.", "Jurors cleared Ivo Pell of forgery."),
    Clean(
        "a region",
        "The team followed 48,000 people in Finland and Sweden.",
        "The team followed 48,000 people in two Nordic countries.",
    ),
    Clean(
        "then speaker",
        "The bill goes to the House, where Speaker Carla Ruiz opposes it.",
        "The speaker of the House, Carla Ruiz, opposes the bill.",
    ),
]


@pytest.mark.parametrize("row", CAUGHT, ids=[row.name for row in CAUGHT])
def test_wrong_names_are_caught(row: Caught) -> None:
    found = errors(run(names.check, row))
    assert row.kind in {finding.kind for finding in found}, found
    if row.found:
        assert row.found in {finding.found for finding in found}


@pytest.mark.parametrize("row", CLEAN, ids=[row.name for row in CLEAN])
def test_right_names_are_clean(row: Clean) -> None:
    assert run(names.check, row) == []


def _check(text: str, document: Document, cited: tuple[str, ...]) -> list[str]:
    evidence = [document.by_id[i] for i in cited]
    return [f.kind for f in names.check(Subject("points[0]", text, cited), evidence, document)]


PORT = Document.read(
    "The port of Aveiro will be dredged this spring. Work starts in March. The dredger Adamastor came from Ostend. Ship "
    "owners welcomed the news. Harbour master Rui Pinto said that large ships had waited outside for days. Fishing boats "
    "are not affected. A second phase may follow. Environmental groups asked for a study. The groups fear for the "
    "salt pans. Prices for mussels rose. The pilot Vasco Leal retired in the autumn. He had served for thirty years."
)


@pytest.mark.parametrize(
    ("text", "cited", "kinds"),
    [
        ("Rui Pinto retired in the autumn.", ("s11",), ["wrong_name"]),
        ("Leal had served for thirty years.", ("s12",), []),
        ("Pinto had served for thirty years.", ("s12",), ["not_in_evidence"]),
        ("Work in Aveiro starts in March.", ("s2",), []),
        ("Work in Ostend starts in March.", ("s2",), ["not_in_evidence"]),
        ("Prices for mussels rose in Aveiro.", ("s10",), []),
        ("The Adamastor came from Ostend.", ("s3",), []),
        ("Ship owners welcomed the Adamastor.", ("s4",), []),
        ("The pilot Rui Leal retired.", ("s11",), ["wrong_first_name"]),
    ],
)
def test_names_from_elsewhere_in_the_document(text: str, cited: tuple[str, ...], kinds: list[str]) -> None:
    assert _check(text, PORT, cited) == kinds


def test_a_finding_says_what_the_source_says() -> None:
    (finding,) = run(names.check, CAUGHT[0])
    assert (finding.expected, finding.found) == ("Vigo", "Porto")
    assert finding.message == "The source says Vigo; the claim says Porto."


@given(st.text(max_size=300), st.text(min_size=1, max_size=300))
@settings(max_examples=60, deadline=None)
def test_nothing_raises(claim: str, source: str) -> None:
    if any(map(str.isalnum, source)):
        run(names.check, Clean("any", source, claim))


@given(st.sampled_from([row.evidence for row in CAUGHT]), st.integers(0, 3))
def test_a_sentence_of_the_evidence_passes(text: str, number: int) -> None:
    sentences = Document.read(text).sentences
    assert run(names.check, Clean("same", text, sentences[number % len(sentences)].text)) == []


@pytest.mark.parametrize(
    "text", ["", "😀 😀", "مرحبا بالعالم في القاهرة", "Word " * 10_000, "İstanbul’da ÇOK güzel", "A. B. C. O'"]
)
def test_odd_texts_pass_through(text: str) -> None:
    document = Document.read("Ana Lopes met Bo Ray in Rome. " + text)
    list(names.check(Subject("lede", text, ("s1",)), document.sentences, document))
