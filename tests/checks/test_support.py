"""What a claim says beyond its evidence: details, causes, other words, cut-out parts; and rewordings that pass."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.checks import support

from .rows import Caught, Clean, run

BRIDGE = "The council closed the old bridge on Monday after engineers found cracks in two of its pillars."
RAIL = (
    "Commuters in Aldmoor face a week of delays because the rail operator is replacing signals near the main station."
)
VACCINE = "The trial gave 1,200 nurses in six hospitals either the vaccine or a placebo."
COURT = "Marta Quill was jailed for three years on Tuesday for stealing paintings from the gallery where she worked."
HARVEST = "Wheat farmers in Tolland expect their smallest harvest in a decade, the growers' union said."
MATCH = "Keeper Jonas Ruhl saved two penalties as Brenholm beat Astrup 1-0 in front of 14,000 spectators."
FILM = "The director said her next film would be shot in black and white on an island off the northern coast."
MINE = "Rescuers brought eleven miners to the surface on Friday, three days after a shaft collapsed."
BANK = "Norlund Bank will close 40 branches next year and offer its staff other jobs."
STORM = "The storm damaged the roof of the old school and cut power to 3,000 homes."
RENT = "The tenants' group called for a rent freeze of at least two years in the capital."
TRUCE = "Both armies agreed on Sunday to open a road for food lorries for five days."

CAUGHT = [
    Caught("another thing in a copy", "The ferry carried forty goats to the island on Monday.", "The ferry carried forty pianos to the island on Monday.", "substituted", "pianos"),
    Caught("others in a copy", "The survey covered six towns and did not include children.", "The survey covered six towns and did not include women.", "substituted", "women"),
    # a copied sentence with something put in
    Caught("put in: a source of money", BANK, "Norlund Bank will close 40 branches next year, using a loan from Danish investors, and offer its staff other jobs.", "new_detail"),
    Caught("put in: a relative clause", MATCH, "Keeper Jonas Ruhl, whose father coached the national volleyball squad, saved two penalties as Brenholm beat Astrup 1-0 in front of 14,000 spectators.", "new_detail"),
    Caught("put in: a further event", MINE, "Rescuers brought eleven miners to the surface on Friday, three days after a shaft collapsed, and helicopters flew them to a military clinic.", "new_detail"),
    Caught("put in: a description", COURT, "Marta Quill was jailed for three years on Tuesday for stealing paintings from the gallery where she worked as a cleaner and night guard.", "new_detail"),
    Caught("put in: who they are", VACCINE, "The trial gave 1,200 nurses in six hospitals either the vaccine or a placebo, most of them young mothers from rural villages.", "new_detail"),
    Caught("put in: what it is for", BRIDGE, "The council closed the old bridge on Monday after engineers found cracks in two of its pillars and ordered steel beams from a shipyard.", "new_detail"),
    Caught("put in: a companion", FILM, "The director said her next film would be shot in black and white on an island off the northern coast with an orchestra of prisoners.", "new_detail"),
    Caught("put in: a mood", HARVEST, "Wheat farmers in Tolland expect their smallest harvest in a decade and have begun slaughtering cattle, the growers' union said.", "new_detail"),
    # a rewording with something added
    Caught("added: a hall", MINE, "Eleven miners were rescued on Friday and taken by bus to a sports hall in a nearby village.", "new_detail"),
    Caught("added: a promise", HARVEST, "The growers' union said ministers had promised tractors and cheap diesel to Tolland's wheat farmers.", "new_detail"),
    Caught("added: a plan", BANK, "The bank is preparing to buy an insurance company with branches in Scotland.", "new_detail"),
    Caught("added: another crime", COURT, "Quill hid the paintings in a rented garage and sold them to collectors abroad.", "new_detail"),
    Caught("added: an injury", MATCH, "Ruhl broke a finger in training and played with a plaster cast.", "not_supported"),
    Caught("added: a cost", TRUCE, "The lorries carry blankets, tents and medicine worth millions from a warehouse in the desert.", "not_supported"),
    Caught("added: a finding", VACCINE, "Nurses who took the vaccine complained of fever, rashes and swollen ankles.", "new_detail"),
    # causes
    Caught("cause: because of", MATCH, "Brenholm beat Astrup 1-0 because of a muddy pitch and a sick defender.", "new_cause"),
    Caught("cause: due to", BANK, "Norlund Bank will close 40 branches next year due to rising burglary and vandalism.", "new_cause"),
    Caught("cause: owing to", BRIDGE, "The council closed the old bridge on Monday owing to complaints from fishermen.", "new_cause"),
    Caught("cause: driven by", HARVEST, "Wheat farmers in Tolland expect their smallest harvest in a decade, driven by locusts and hail.", "new_cause"),
    Caught("cause: blamed", HARVEST, "The growers' union blamed expensive fertiliser and locusts.", "new_cause"),
    Caught("effect: prompting", COURT, "Marta Quill was jailed for three years on Tuesday, prompting riots among students.", "new_cause"),
    Caught("effect: forcing", STORM, "The storm damaged the roof of the old school, forcing surgeons to cancel operations.", "new_cause"),
    Caught("cause: in response to", BANK, "Norlund Bank will close 40 branches next year in response to a takeover threat from a Swedish billionaire.", "new_cause"),
    Caught("cause: thanks to", MINE, "Rescuers brought eleven miners to the surface on Friday thanks to a drilling robot from Chile.", "new_cause"),
    Caught("cause: two things that only both happened", "The mill shut its doors. The mayor resigned.", "The mayor resigned because of the mill.", "new_cause"),
    # another word in the place
    Caught("word: road for roof", STORM, "The storm damaged the road of the old school and cut power to 3,000 homes.", "substituted", "road"),
    Caught("word: husband for brother", "Ilse Brandt said her brother was among the missing.", "Her husband is missing, Ilse Brandt said.", "substituted", "husband"),
    Caught("word: uncle for son", "Ammar Said's son runs the family bakery in the port.", "The bakery in the port is run by Ammar Said's uncle.", "substituted", "uncle"),
    Caught("word: water for milk", "The dairy recalled 400 bottles of milk from shops in the south on Monday.", "The dairy recalled 400 bottles of water from shops in the south on Monday.", "substituted", "water"),
    Caught("word: liver for kidney", "Doctors in the clinic took out the wrong kidney of a patient in March.", "Doctors in the clinic took out the wrong liver of a patient in March.", "substituted", "liver"),
    Caught("word: violin for piano", "Her sister plays the piano in the opera of the town.", "Her sister plays the violin in the opera of the town.", "substituted", "violin"),
    Caught("word: sacked for resigned", "The head of the museum resigned on Thursday after a row about loans.", "The head of the museum was sacked on Thursday after a row about loans.", "substituted", "sacked"),
    Caught("word: leased for bought", "The airline bought six small aircraft from a rival in May.", "The airline leased six small aircraft from a rival in May.", "substituted", "leased"),
    Caught("word: destroyed for damaged", "The blaze damaged the village hall on Sunday night.", "The blaze destroyed the village hall on Sunday night.", "substituted", "destroyed"),
    Caught("word: cancelled for postponed", "Organisers postponed the marathon on Friday because of the heat.", "Organisers cancelled the marathon on Friday because of the heat.", "substituted", "cancelled"),
    # one word put in, a cause told as what came first
    Caught("put in: one adverb", "The ambassador left the capital on Sunday.", "The ambassador left the capital secretly on Sunday.", "new_detail", "secretly"),
    Caught("cause: after something invented", MATCH, "Brenholm beat Astrup 1-0 after a drunk referee ignored two obvious fouls.", "new_cause"),
    Caught("cause: of another sentence", "The ferry line halted its evening trips in March. A storm sank two yachts near the pier.", "The ferry line halted its evening trips because of a storm.", "new_cause"),
    # cut out, and next to nothing
    Caught("cut inside a word", "The harbour master closed the northern dock.", "The harbour master close", "part_of_sentence"),
    Caught("cut off what rivals say", "The senator hid two farms from the tax office, critics allege.", "The senator hid two farms from the tax office", "part_of_sentence"),
    Caught("cut out of a denial", "The firm denied that the plant was unsafe.", "the plant was unsafe", "part_of_sentence"),
    Caught("cut off its condition", "The club will move to the new ground if the court agrees.", "The club will move to the new ground", "part_of_sentence"),
    Caught("cut out of a hope", "The league hopes to play all matches in June.", "play all matches in June", "part_of_sentence"),
    # no English, no statement, shuffled words
    Caught("order: an article without a noun", STORM, "The storm cut power to the on the old school.", "not_supported", "to the on"),
    Caught("order: two articles", BRIDGE, "The council closed such a the old bridge.", "not_supported"),
    Caught("order: of before a verb", MINE, "Rescuers brought eleven of are miners to the surface.", "not_supported"),
    Caught("order: a word twice", MATCH, "Keeper Jonas Ruhl saved penalties penalties in front of spectators.", "not_supported"),
    Caught("order: a plural after a", BANK, "The bank will offer its staff a jobs.", "not_supported", "staff a jobs"),
    Caught("order: ends on a function word", RAIL, "The rail operator is replacing signals near the main station because", "not_supported"),
    Caught("order: two verbs", BANK, "The bank has closed were 40 branches next year.", "not_supported"),
    Caught("order: a phrase beside a phrase", RENT, "The capital a rent freeze of two years.", "not_supported"),
    Caught("order: will with a past", BANK, "Norlund Bank will offered staff other jobs.", "not_supported"),
    Caught("order: been without have", TRUCE, "A road been opened by both armies.", "not_supported"),
    Caught("no statement: a topic", BRIDGE, "The old bridge.", "not_supported"),
    Caught("no statement: one word", BANK, "branches", "not_supported"),
    Caught("no statement: only said", HARVEST, "The growers' union said.", "not_supported"),
    Caught("no statement: of two sentences", "The orchestra plays in Lund. Bakers went on strike in Malmo.", "The orchestra of bakers in Malmo", "not_supported"),
    Caught("stitched: inside a phrase", "The council opened an inquiry on Monday. Nine sailors slept in the old town hall.", "The council opened an inquiry in the old town hall.", "not_supported"),
    Caught("stitched: after a preposition", "The zoo raised new questions about a fence. The choir sang in two churches.", "The zoo raised new questions about churches.", "not_supported"),
    Caught("stitched: what hangs on", "All climbers were brought down before midnight. The mayor set the timetable.", "All climbers were brought down before midnight, the timetable.", "not_supported"),
    Caught("a verb that says all, and is new", "The barge Helene capsized near Lindau on Friday.", "The barge was burgled.", "not_supported", "burgled"),
    Caught("what is not known", "The barge Helene capsized near Lindau on Friday.", "Nothing is known about the barge.", "not_supported", "Nothing is known"),
    Caught("what is unclear", BANK, "It remains unclear what the bank will close.", "not_supported"),
    Caught("a mark that opens", "“We want peace,” the abbot said. Monks left the abbey.", "“Monks want the abbey.", "not_supported"),
    Caught("cut off what it is said of", "The roof of the chapel collapsed.", "The chapel collapsed.", "part_of_sentence"),
    Caught("next to nothing", BRIDGE, "Penguins waddle past tourists eating sandwiches beside frozen lakes.", "not_supported"),
    Caught("next to nothing, in German", "Der Rat sperrte am Montag die alte Brücke über den Fluss, nachdem Risse gefunden wurden.", "Pinguine watscheln vorbei, während Touristen belegte Brote essen.", "not_supported"),
]  # fmt: skip

CLEAN = [
    Clean("order: the and an adverb", "The then mayor closed the inner harbour.", "The then mayor shut the inner harbour."),
    Clean("order: at least", "The vet spoke of at least nine dead horses.", "Of at least nine dead horses the vet spoke."),
    Clean("order: he had had", "The skipper had had a drink before the race.", "Before the race the skipper had had a drink."),
    Clean("order: a and a compound", "The city opened a sports hall on Monday.", "On Monday a sports hall was opened by the city."),
    Clean("order: an hour", "The train left at 10 a.m. on Monday.", "On Monday the train left at 10 a.m. sharp."),
    Clean("order: a clause hung on", "The dam that the firm has built was opened.", "The dam the firm has built was opened."),
    Clean("a headline", BRIDGE, "Council closes old bridge after cracks found"),
    Clean("a headline without a verb", STORM, "Storm damage to roof of old school"),
    Clean("a plural that plans", "Some 900 guards and platform staff will strike on Friday.", "Some 900 guards and platform staff plan to strike on Friday."),
    Clean("said no", "The growers said no to the minister's offer.", "To the minister's offer the growers said no."),
    Clean("joined where a clause begins", "The council opened an inquiry on Monday. Nine sailors slept in the old town hall.", "The council opened an inquiry after nine sailors slept in the old town hall."),
    Clean("joined with and", "The zoo raised new questions. The choir sang in two churches.", "The zoo raised new questions and the choir sang in two churches."),
    Clean("in apposition", "The abbot, the head of the order, left Lund.", "Lund was left by the abbot, the head of the order."),
    Clean("another verb of one meaning", "The barge Helene sank near Lindau on Friday.", "The barge went down."),
    Clean("a verb of one meaning, alone", "The minister stepped down on Friday.", "The minister resigned."),
    Clean("not known, as the source says", "Police have not named the rider.", "The name of the rider is not known."),
    Clean("a mark that opens, and spoken", "“We want peace. We want it now,” the abbot said.", "“We want peace, the abbot said"),
    Clean("cut off with what it is said of", "The roof of the chapel collapsed in May.", "The roof of the chapel collapsed"),
    Clean("a synonym in a copy", "The doctor gave forty patients the new pill in March.", "The physician gave forty patients the new pill in March."),
    Clean("another verb in a copy", "The report was published in the journal Sea Ice on Monday.", "The report appeared in the journal Sea Ice on Monday."),
    Clean("passive", BRIDGE, "The old bridge was closed by the council on Monday after cracks were found in two pillars."),
    Clean("shorter", BRIDGE, "The council closed the old bridge on Monday."),
    Clean("after made because", BRIDGE, "The old bridge was shut on Monday because engineers found cracks in its pillars."),
    Clean("synonyms", RAIL, "Train passengers in Aldmoor face a week of delays while signals near the main station are replaced."),
    Clean("cause kept", RAIL, "Delays in Aldmoor will last a week because the rail operator is replacing signals."),
    Clean("cause reworded", RAIL, "Signals near the main station are being replaced, which will lead to a week of delays for commuters."),
    Clean("numbers in words", VACCINE, "In the trial, 1,200 nurses at six hospitals received the vaccine or a placebo."),
    Clean("part of it", VACCINE, "The trial took place in six hospitals."),
    Clean("jailed, sentenced", COURT, "Quill was sentenced to three years in prison on Tuesday for stealing paintings from her gallery."),
    Clean("order", COURT, "For stealing paintings from the gallery where she worked, Marta Quill was jailed on Tuesday for three years."),
    Clean("according to", HARVEST, "According to the growers' union, wheat farmers in Tolland expect their smallest harvest in ten years."),
    Clean("attribution left out", HARVEST, "Wheat farmers in Tolland expect their smallest harvest in a decade."),
    Clean("goalkeeper", MATCH, "Goalkeeper Jonas Ruhl saved two penalties in Brenholm's 1-0 win over Astrup."),
    Clean("lost", MATCH, "Astrup lost 1-0 to Brenholm, whose keeper saved two penalties."),
    Clean("crowd", MATCH, "A crowd of 14,000 saw Brenholm beat Astrup 1-0."),
    Clean("film", FILM, "Her next film will be in black and white, the director said."),
    Clean("movie", FILM, "The director said she would shoot her next film on an island off the northern coast."),
    Clean("rescued", MINE, "Eleven miners were brought up on Friday, three days after the shaft collapsed."),
    Clean("passive with date", MINE, "On Friday, eleven miners were rescued."),
    Clean("shut", BANK, "The bank is to close 40 branches next year, and its staff will be offered other jobs."),
    Clean("offices", BANK, "Norlund Bank plans to shut 40 branches next year."),
    Clean("wording of a storm", STORM, "The roof of the old school was damaged by the storm, which left 3,000 homes without power."),
    Clean("part of a storm", STORM, "The storm cut power to 3,000 homes."),
    Clean("demand", RENT, "The tenants' group wants rents in the capital frozen for at least two years."),
    Clean("demand, nearly copied", RENT, "The tenants' group has called for a rent freeze of at least two years in the capital."),
    Clean("truce", TRUCE, "The two armies agreed on Sunday to open a road to food lorries for five days."),
    Clean("truce, trucks", TRUCE, "For five days a road will be open to lorries with food, both armies agreed on Sunday."),
    Clean("kin turned round", "Hana Roth's grandson inherited the vineyard.", "The vineyard was inherited by the grandson of Hana Roth."),
    Clean("two sentences", "Ana Lind won the race in 2:31. She had been ill for a month.", "Ana Lind, who had been ill for a month, won the race in 2:31."),
    Clean("two sentences joined", "The mill shut in May. It had employed 300 people.", "The mill, which had employed 300 people, shut in May."),
    Clean("its beginning", "The town will sell the pier and repair the harbour wall.", "The town will sell the pier"),
    Clean("cut off another fact", "The museum opens in June, and the library in July.", "The museum opens in June"),
    Clean("in exchange, in return", "The firm gave the town a park in return for a building permit.", "The firm gave the town a park in exchange for a building permit."),
    Clean("pictures, photographs", "The court saw photographs of the damaged bus on Tuesday.", "The court saw pictures of the damaged bus on Tuesday."),
    Clean("words of report", HARVEST, "The growers' union warned that Tolland's wheat farmers face their smallest harvest in a decade."),
    Clean("words of attitude", BANK, "Norlund Bank, which plans to close 40 branches next year, insisted that staff would be offered other jobs."),
    Clean("sold, bought", "Hana Roth bought the bakery from Emil Lind in May.", "Emil Lind sold the bakery to Hana Roth in May."),
    Clean("German, reworded", "Der Rat sperrte am Montag die alte Brücke.", "Die alte Brücke wurde am Montag vom Rat gesperrt."),
    Clean("French, reworded", "Le conseil a fermé le vieux pont lundi matin.", "Le vieux pont a été fermé lundi matin par le conseil."),
    Clean("a translation", "Der Rat sperrte am Montag die alte Brücke.", "The council closed the old bridge on Monday."),
    Clean("curly marks", "“We are tired,” the captain said after the game.", '"We are tired," the captain said after the game.'),
    Clean("due to with a verb", "Peru and Chile agreed to reopen the rail line to freight from May 2. The deal was signed in Lima.", "Freight on the rail line is due to resume in May under a deal signed in Lima."),
    Clean("a cause that is denied", "The boatbuilder denied that its paint was to blame for the cracks in the hulls.", "The boatbuilder rejected suggestions that its paint caused the cracks."),
    Clean("nothing caused", "Inspectors found no sign of a gas leak after the collision.", "The collision has not caused any detectable leak of gas, inspectors found."),
    Clean("denied opposite", "The minister said libraries in two towns would stay shut until Monday.", "The minister said libraries in two towns would not open until Monday."),
    Clean("noun of a verb", "A late header by Osei knocked Lugano out of the cup.", "A late header by Osei sealed Lugano's elimination from the cup."),
    Clean("margin", "The motion passed by 58 votes to 49.", "The motion was carried by a margin of nine votes."),
    Clean("data collection", "Smoking fell to 14 percent, the lowest since records began in 1988.", "Smoking dropped to 14 percent, the lowest since data collection began in 1988."),
]  # fmt: skip

ALL: list[Caught | Clean] = [*CAUGHT, *CLEAN]

_run = partial(run, support.check)


@pytest.mark.parametrize("row", CAUGHT, ids=[row.name for row in CAUGHT])
def test_what_the_evidence_does_not_say_is_caught(row: Caught) -> None:
    found = _run(row)
    assert row.kind in {finding.kind for finding in found}, found
    if row.found is not None:
        assert row.found in {finding.found for finding in found}
    assert all(finding.claim_span and finding.evidence_span for finding in found)


@pytest.mark.parametrize("row", CLEAN, ids=[row.name for row in CLEAN])
def test_rewordings_pass(row: Clean) -> None:
    assert _run(row) == []


@pytest.mark.parametrize("row", ALL, ids=[row.name for row in ALL])
def test_the_evidence_itself_passes(row: Caught | Clean) -> None:
    assert _run(Clean(row.name, row.evidence, row.evidence.split(". ")[0].rstrip(".") + ".")) == []


def test_an_empty_claim_is_not_supported() -> None:
    assert [finding.kind for finding in _run(Clean("empty", BRIDGE, ""))] == ["not_supported"]


def test_quotes_are_left_to_their_own_check() -> None:
    assert _run(Clean("a quote", BRIDGE, "penguins everywhere", speaker="the mayor")) == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from([row.evidence for row in CAUGHT]))
def test_it_never_raises(claim: str, evidence: str) -> None:
    _run(Clean("any", evidence, claim))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(" ".join(row.claim for row in CAUGHT).split()), max_size=40))
def test_it_never_raises_on_words(words: list[str]) -> None:
    _run(Clean("any", BRIDGE + " " + STORM, " ".join(words)))


@pytest.mark.parametrize("claim", ["", "🦀🦀", "وصل الوزير", "of the and", "word " * 10_000, "because " * 500])
def test_it_says_nothing_strange_of_strange_texts(claim: str) -> None:
    _run(Clean("strange", BRIDGE, claim))
