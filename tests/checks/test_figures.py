"""Figures: held against their evidence as values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import Document, Source
from briefing.checks import Subject, figures
from briefing.verdict import Severity

from .rows import Caught, Clean, errors, run

FIRE = "The fire killed 12 people and injured 30 others, the mayor said."
CARS = "Ford sold 12,000 cars in Germany and 9,000 in France."
JOBLESS = "Unemployment fell from 7.2% to 6.8% in the spring."

CAUGHT: list[Caught] = [
    Caught("another count", FIRE, "The fire killed 13 people.", "wrong_figure", "13"),
    Caught("another count in words", FIRE, "Fourteen people were killed in the fire.", "wrong_figure", "Fourteen"),
    Caught("one verb for the other", FIRE, "The fire injured 12 people.", "swapped_figures", "12"),
    Caught("two counts exchanged", FIRE, "The fire killed 30 people and injured 12.", "swapped_figures"),
    Caught("one count given to the other", FIRE, "30 people died.", "swapped_figures", "30"),
    Caught("the wrong country", CARS, "Ford sold 9,000 cars in Germany.", "swapped_figures", "9,000"),
    Caught("a wrong sum", CARS, "Ford sold 23,000 cars in the two countries together.", "wrong_figure", "23,000"),
    Caught("ends of a change exchanged", JOBLESS, "Unemployment fell from 6.8% to 7.2%.", "swapped_figures", "6.8%"),
    Caught("the old level for the new", JOBLESS, "Unemployment fell to 7.2%.", "swapped_figures", "7.2%"),
    Caught("a level as a change", JOBLESS, "Unemployment fell by 6.8%.", "level_for_change", "6.8%"),
    Caught("a change as a level", "Rents rose by 4 per cent.", "Rents rose to 4 per cent.", "level_for_change"),
    Caught("points for per cent", "Rates rose by 2 percentage points.", "Rates rose by 2 per cent.", "wrong_unit"),
    Caught("million for billion", "It cost $1.2 billion to build.", "It cost $1.2 million to build.", "wrong_unit"),
    Caught("another currency", "The club paid £40m for the striker.", "The club paid €40m for him.", "wrong_unit"),
    Caught("another rate", "Nurses earn $30 an hour.", "Nurses earn $30 a day.", "wrong_unit", "$30"),
    Caught("a rate of its own", "The plant makes 400 tyres.", "The plant makes 400 tyres a day.", "wrong_unit"),
    Caught("another unit of length", "The road is 40 km long.", "The road is 40 miles long.", "wrong_unit"),
    Caught("another duration", "They met for one hour.", "They met for two hours.", "wrong_figure", "two hours"),
    Caught("months for years", "He was jailed for 18 months.", "He was jailed for 18 years.", "wrong_unit"),
    Caught("a year and a half", "He was jailed for two years.", "He was jailed for a year and a half.", "wrong_figure"),
    Caught("another share", "A third of the crop was lost.", "Two-thirds of the crop was lost.", "wrong_figure"),
    Caught("half for a quarter", "A quarter of voters stayed home.", "Half of voters stayed home.", "wrong_figure"),
    Caught("one in ten", "One in five pupils skips breakfast.", "One in ten pupils skips breakfast.", "wrong_figure"),
    Caught("a bound turned", "More than 300 homes lost power.", "Fewer than 300 homes lost power.", "wrong_bound", "300"),
    Caught("over for about", "About 400 marched.", "Over 400 marched.", "wrong_bound"),
    Caught("over for nearly", "Nearly 50 flights were cancelled.", "More than 50 flights were cancelled.", "wrong_bound"),
    Caught("a bound that does not hold", "The storm felled 312 trees.", "The storm felled at least 400 trees.", "wrong_figure"),
    Caught("another score", "Porto beat Braga 3-1.", "Porto beat Braga 3-2.", "wrong_figure", "3-2"),
    Caught("sets in another order", "She won 6-4, 3-6, 7-5.", "She won 3-6, 6-4, 7-5.", "wrong_figure"),
    Caught("another vote", "The bill passed by 62 votes to 38.", "The bill passed by 64 votes to 38.", "wrong_figure"),
    Caught("another time of day", "The strike begins at 3:30 p.m.", "The strike begins at 4:30 p.m.", "wrong_figure"),
    Caught("afternoon for morning", "Polls open at 7 a.m.", "Polls open at 7 p.m.", "wrong_figure", "7 p.m."),
    Caught("another age", "Marta Ruiz, 34, leads the team.", "Marta Ruiz, 43, leads the team.", "wrong_figure", "43"),
    Caught("an age of another", "Ana Bell, 41, hired Leo Kern, 29.", "The 39-year-old Ana Bell hired Leo Kern.", "wrong_figure"),
    Caught("another ordinal", "It was her third title.", "It was her fourth title.", "wrong_figure", "fourth"),
    Caught("tripled", "Exports doubled last year.", "Exports tripled last year.", "wrong_figure", "tripled"),
    Caught("a figure of its own", "The museum reopened after repairs.", "The museum reopened after $9m of repairs.", "new_figure"),
    Caught("a vague number", "Dozens of cattle drowned.", "Hundreds of cattle drowned.", "wrong_figure", "Hundreds"),
    Caught("a range", "The drug cuts risk by 10 to 15 per cent.", "The drug cuts risk by 20 to 25 per cent.", "wrong_figure"),
    Caught("a wrong ratio", "Visits rose from 40,000 to 50,000.", "Visits rose by 35% to 50,000.", "new_figure", "35%"),
    Caught("a false margin", "Councillors approved the stadium by 48 to 37.", "The stadium won a majority of nine votes.", "new_figure", "nine"),
    Caught("sides of a vote exchanged", "The motion had 31 votes in favour and 24 against.", "The motion passed by 24 votes to 31.", "new_figure"),
    Caught("one too many so far", "It will be the fourth storm this winter.", "Three storms are expected next winter.", "new_figure", "Three"),
    Caught("a share of the rest without a sign", "At most a third of the crop is sold abroad.", "At most two thirds of the crop is sold abroad.", "wrong_figure"),
    Caught("a bound turned with nothing barred", "At least 400 nurses marched.", "Fewer than 400 nurses marched.", "wrong_bound"),
    Caught("a wrong lead", "She leads Bo Lund by 1 minute and 4 seconds, 15 seconds less than before.", "She leads Bo Lund by 84 seconds.", "wrong_figure"),
    Caught("a change and its level", "The number of pupils fell by 3,000 to 64,000.", "The number of pupils fell to 61,000.", "wrong_figure"),
    Caught("one for three", "Three soldiers died.", "One soldier died.", "wrong_figure", "One"),
    Caught("points of another player", "Weber scored 21 points and Koch 18.", "Koch scored 21 points.", "swapped_figures"),
    Caught("a year's profit", "Profit was €45m in 2024 against €30m in 2023.", "Profit was €30m in 2024.", "swapped_figures"),
    Caught("the old price for the new", "A tram ticket costs €3, up from €2.60.", "A tram ticket costs €2.60.", "swapped_figures"),
    Caught("a fine for a rate", "It pays a fine of $500 a day. It paid $9,000 in 2018.", "It pays a fine of $9,000 a day.", "swapped_figures"),
    Caught("a year's rent in all", "The farm pays £40,000 a year for the land.",
           "The farm pays £40,000 over the lifetime of the lease for the land.", "wrong_unit"),
    Caught("another bounded figure", "Thieves took just over 870 bottles.", "Thieves took just over 780 bottles.", "wrong_figure"),
    Caught("another factor", "Rainfall was three times the May average.", "Rainfall was six times the May average.", "wrong_figure"),
    Caught("another speed", "Gusts reached 90 kilometres an hour.", "Gusts reached 60 kph.", "wrong_figure", "60 kph"),
    Caught("digits in Spanish", "El incendio dejó 350 casas destruidas en la región, según el alcalde de la ciudad.",
           "El incendio destruyó 450 casas.", "new_figure", "450"),
    Caught("another year's figure", "Wages rise 5% this year and 4% next year.", "Wages rise 4% this year.", "swapped_figures"),
    Caught("a whole for its part", "Engineers replaced 64 of the 96 cables.", "Engineers replaced 96 cables.", "swapped_figures"),
    Caught("cut to for cut by", "It cut the area by 31 percent.", "It cut the area to 31 percent.", "level_for_change"),
    Caught("most for least", "He faces up to 12 years in prison.", "He faces at least 12 years in prison.", "wrong_bound"),
    Caught("so many times for twice", "Ms Roy, the coach, was fined twice, and left.", "She was fined three times.", "new_figure"),
    Caught(
        "guards counted for nurses",
        "The ship took off 26 guards. Those brought ashore, among them 14 nurses, were fed.",
        "The rescued included 26 nurses.",
        "swapped_figures",
    ),
    Caught("years for months", "A permit takes at least ten months.", "A permit takes ten years or more.", "wrong_unit"),
    Caught("euros for dollars a year", "The fee is up to 400 dollars a year.", "The fee is up to 400 euros a year.", "wrong_unit"),
]  # fmt: skip

CLEAN: list[Clean] = [
    Clean("digits and words", FIRE, "Twelve people died and thirty were hurt."),
    Clean("a figure left out", FIRE, "The fire killed 12 people."),
    Clean("places exchanged", FIRE, "30 people were injured in the fire and 12 were killed."),
    Clean("what was left out is filled in", CARS, "In France, Ford sold 9,000 cars."),
    Clean("a sum", CARS, "Ford sold 21,000 cars in the two countries together."),
    Clean("a level", JOBLESS, "Unemployment dropped to 6.8 per cent."),
    Clean("a difference", JOBLESS, "Unemployment was down 0.4 percentage points."),
    Clean("scales", "It paid $1.2 billion.", "It paid 1,200 million dollars."),
    Clean("short scale", "It paid £4.5bn for the rail line.", "The rail line cost £4.5 billion."),
    Clean("half", "Half of the voters stayed home.", "50% of the voters stayed home."),
    Clean("thirds", "67 per cent of members agreed.", "Two-thirds of members agreed."),
    Clean("one in five", "One in five pupils skips breakfast.", "20 per cent of pupils skip breakfast."),
    Clean("a dozen", "A dozen goats escaped.", "Twelve goats escaped."),
    Clean("minutes", "They met for one hour.", "The two sides talked for 60 minutes."),
    Clean("a year and a half", "He was jailed for 18 months.", "He got a year and a half in prison."),
    Clean("weeks", "The strike lasted two weeks.", "The strike went on for 14 days."),
    Clean("the clock", "The strike begins at 3:30 p.m.", "The strike begins at 15:30."),
    Clean("noon", "The siren sounds at 12 p.m.", "The siren sounds at noon."),
    Clean("a range", "Between 4 and 6 people were rescued.", "4–6 people were rescued."),
    Clean("more than", "The storm felled 312 trees.", "The storm felled more than 300 trees."),
    Clean("about", "The storm felled 298 trees.", "The storm felled about 300 trees."),
    Clean("nearly", "The port handled 3.9 million boxes.", "The port handled nearly 4 million boxes."),
    Clean("another word for about", "About 400 marched.", "Some 400 people marched."),
    Clean("a bound dropped", "More than 300 homes lost power.", "300 homes lost power."),
    Clean("two named leaders", "Premier Sato met President Cruz.", "The two leaders met."),
    Clean("three named towns", "Snow closed schools in Ede, Wick and Lairg.", "Snow closed schools in three towns."),
    Clean("a score told by the loser", "Porto beat Braga 3-1.", "Braga lost 1-3 to Porto."),
    Clean("an age", "Marta Ruiz, 34, leads the team.", "The team is led by 34-year-old Marta Ruiz."),
    Clean("an ordinal", "It was her third title.", "She took her 3rd title."),
    Clean("a rate", "The line carries 40,000 passengers per day.", "The line carries 40,000 people a day."),
    Clean("a year's budget", "The annual budget is €3m.", "The budget is €3m a year."),
    Clean("doubled", "Exports rose from 20 million to 40 million tonnes.", "Exports doubled to 40 million tonnes."),
    Clean("twice", "Exports doubled.", "Exports were twice what they were."),
    Clean("a percentage worked out", "Visits rose from 40,000 to 50,000.", "Visits rose by 25% to 50,000."),
    Clean("a share worked out", "Of 48 patients, 12 recovered.", "A quarter of the patients recovered."),
    Clean("years between dates", "She led the bank from 1998 to 2024.", "She led the bank for 26 years."),
    Clean("kilometres and miles", "The road is 100 km long.", "The road is 62 miles long."),
    Clean("a few degrees", "It was -5 degrees in Oulu.", "Temperatures fell to minus 5 degrees in Oulu."),
    Clean("a unit given once", "Turnout rose from 40 to 45 per cent.", "Turnout rose from 40% to 45%."),
    Clean("one as a pronoun", "The court rejected the appeal.", "The court rejected it, one of its members said."),
    Clean("less than half, worked out", "Of 900 pupils, 410 sat the test.", "Less than half of the 900 pupils sat the test."),
    Clean("more than halved", "Just 180 storks nest there, down from 400.", "The number of storks more than halved from 400 to 180."),
    Clean("a ratio", "The isle has 4,000 people. It had 33,000 visitors.", "It drew over eight times its population in visitors."),
    Clean("the other way round", "Boys were twice as likely as girls to smoke.", "Girls were half as likely as boys to smoke."),
    Clean("between two times of day", "The alarm rang at 4:10 a.m. A patrol came at 4:19.", "Police came nine minutes after the alarm."),
    Clean("between two dates", "The leak began on 4 March and was found on 19 March.", "The leak went unseen for about two weeks."),
    Clean("the rest of a whole", "The bank will shut two of its nine branches.", "Seven of the bank's branches will stay open."),
    Clean("two counts together", "The bus carried 31 pilgrims and 2 drivers.", "All 33 people on the bus were unhurt."),
    Clean("above a level", "Inflation was 4% in May, against a target of 2%.", "Inflation was 4% in May, above the 2% target."),
    Clean("more than a year earlier", "Rents are up 6% from a year ago.", "Rents are 6% more than a year earlier."),
    Clean("higher by", "The offer was 9% above the first bid.", "The offer was 9% higher than the first bid."),
    Clean("growth that slowed", "Prices rose 5.1% in June, after a 6.9% rise in May.", "Price growth slowed to 5.1% in June from 6.9%."),
    Clean("both sides of a vote", "Crews voted by 83% to 17% for a strike.", "Crews backed a strike by 83% to 17%."),
    Clean("who says which", "Senator Poe said it would cost more than $900m; the agency says $610m.",
          "Senator Poe put the cost at over $900m, against the agency's $610m."),
    Clean("kilometres an hour", "Winds eased to 75 kilometres per hour.", "Winds eased to about 75 kph."),
    Clean("a count told as an ordinal", "He is the seventh rider to be banned.", "Seven riders have been banned."),
    Clean("a minute of play", "Diallo scored four minutes from time.", "Diallo scored in the 86th minute."),
    Clean("shortly after four", "The quake struck at 4:12 a.m.", "The quake struck shortly after 4 a.m."),
    Clean("six months", "Profit doubled in the first half.", "Profit doubled in the first six months."),
    Clean("an anniversary", "They met on the 30th anniversary of the accord.", "They met 30 years after the accord."),
    Clean("a hat-trick", "Sousa hit a hat-trick.", "Sousa scored three goals."),
    Clean("a name with a figure", "The 5G network failed.", "The 5G network broke down."),
    Clean("vague and exact", "The flood drowned 240 sheep.", "The flood drowned hundreds of sheep."),
    Clean("respectively", "Sales rose 8% and profit 12%.", "Sales and profit rose 8% and 12% respectively."),
    Clean("digits in German", "Nach Angaben der Polizei kamen 1.200 Menschen zu der Demonstration in der Stadt.",
          "Zu der Demonstration kamen 1 200 Menschen."),
    Clean("a claim in English on a German text", "Am Montag wurden nach Angaben der Polizei zwölf Menschen verletzt.",
          "Twelve people were hurt."),
    Clean("not possible in under", "It cannot be done in under 100 days.", "It takes at least 100 days."),
    Clean("within and under", "They were saved within three hours.", "They were saved in under three hours."),
    Clean("six in ten", "Turnout was 61%.", "Six in ten voters turned out."),
    Clean("a rate for so long", "It lost 3 million dollars a day for 17 days.", "It lost 51 million dollars."),
    Clean("so much a year", "It costs 90 million pounds over three years.", "It costs 30 million pounds a year."),
    Clean("two of a jury", "Two members of the jury left; the other five jurors stayed.", "Two jurors left."),
    Clean("who they are is left out", "Some 35 families were asked; 22 have accepted.", "22 families accepted."),
    Clean("a margin between scores", "Councillors approved the stadium by 48 to 37.", "The stadium won by a margin of 11 votes."),
    Clean("a majority", "The tenants' bill had 31 votes in favour and 24 against.", "The tenants' bill got through with a majority of seven."),
    Clean("two sides of a vote", "The tenants' bill had 31 votes in favour and 24 against.", "The tenants' bill passed by 31 votes to 24."),
    Clean("a vote that was lost", "Only 24 voted for the tax and 31 against it.", "The tax was rejected by 31 votes to 24."),
    Clean("points short of a target", "About 71 per cent of adults had a booster, below the 85 per cent that doctors advise.", "Cover is 14 percentage points short of what doctors advise."),
    Clean("an amount better than expected", "Profit was 412 million euros, above the 395 million euros that analysts expected.", "Profit beat forecasts by 17 million euros."),
    Clean("an amount cheaper", "Diesel cost 71 cents a litre, down from 79 cents.", "Diesel was 8 cents a litre cheaper than before."),
    Clean("a currency left out", "Sales were 640 million pounds, against the 590 million pounds forecast.", "Brokers had forecast less, 590 million pounds, than the 640 million the chain took."),
    Clean("what an opponent had", "Ruiz served 21 aces, nine more than her opponent.", "Her opponent served 12 aces."),
    Clean("the level before a fall", "The number of vacancies fell by 27,000 to 781,000.", "There were 808,000 vacancies before."),
    Clean("the time before a loss", "She now leads by 1 minute and 12 seconds, 20 seconds less than on Friday.", "She led by 1 minute and 32 seconds on Friday."),
    Clean("minutes in seconds", "She now leads by 1 minute and 12 seconds, 20 seconds less than on Friday.", "Her lead is 72 seconds."),
    Clean("the rest of a bound", "The bus company will run no more than a quarter of its routes.", "At least three quarters of the routes will be cancelled."),
    Clean("half as fast", "Lambs on clover grew almost twice as fast as those on grass.", "Lambs on grass grew only about half as fast."),
    Clean("three before the fourth", "It will be the fourth rail strike this year.", "The railway has already had three strikes this year."),
    Clean("a wait that ended", "It was the striker's first goal in 14 matches.", "The striker ended a run of 13 matches without a goal."),
    Clean("the last eight", "Osei had beaten two seeds on the way to the quarter-finals.", "Osei beat two seeds to reach the last eight."),
    Clean("for a year and a half", "The team laid nets around eight farms for 18 months.", "The team laid nets around eight salmon farms for a year and a half."),
    Clean("what holds until a plan", "Ministers want to raise the pension age from 55 to 60.", "Guards can now retire at 55."),
    Clean("years between ages", "Ministers want to raise the pension age from 55 to 60.", "Guards would have to work five years longer."),
    Clean("a limit that bars", "The act holds fare increases to a maximum of 5 per cent.", "Fare increases above 5 per cent will be barred."),
    Clean("a condition turned", "She said the goal would be missed unless at least 1,400 wells were dug.", "The goal would be missed if fewer than 1,400 wells were dug, she said."),
    Clean("another noun in the same list", "Police hold three men over the theft of 130 cars. They seized 26 vehicles, 40,000 euros and two guns.", "Police seized 26 cars, two guns and 40,000 euros."),
    Clean("the year before", "Cases of mumps rose to 2,916, more than double the 1,340 recorded in the same months last year.", "A year earlier, 1,340 cases were registered."),
    Clean("points in short", "Turnout was 61 per cent, compared with 68 per cent in 2019.", "Turnout was seven points lower than in 2019."),
    Clean("a record that was missed", "Koech ran 2 hours, 4 minutes and 11 seconds, 9 seconds outside the record.", "The record is 2 hours, 4 minutes and 2 seconds."),
    Clean("what was asked for", "He was jailed for nine years, two more than the prosecutor had sought.", "The prosecutor had sought seven years."),
    Clean("who stays", "The foundry employs 1,250 people, of whom 300 will lose their jobs.", "The foundry will keep 950 workers."),
    Clean("below the usual", "Rainfall was 40 per cent below normal.", "The valley got 60 per cent of its usual rain."),
    Clean("three in a row", "It was the brewer's third loss in a row.", "The brewer has made a loss three times in a row."),
    Clean(
        "a share of the rest with a bound",
        "About 77 percent of the pupils in Lund passed the swimming test.",
        "More than a fifth of pupils in Lund have not passed the test.",
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", CAUGHT, ids=[row.name for row in CAUGHT])
def test_caught(row: Caught) -> None:
    found = errors(run(figures.check, row))
    assert row.kind in {f.kind for f in found}, found
    if row.found:
        assert row.found in {f.found for f in found if f.kind == row.kind}


@pytest.mark.parametrize("row", CLEAN, ids=[row.name for row in CLEAN])
def test_clean(row: Clean) -> None:
    assert not errors(run(figures.check, row))


def test_a_sum_is_shown() -> None:
    (note,) = run(figures.check, Clean("sum", FIRE, "In all, 42 people were hurt or killed."))
    assert (note.kind, note.severity) == ("derived", Severity.NOTE)
    assert "12 + 30 = 42" in note.message


def test_rounding_without_a_word_is_a_warning() -> None:
    (warning,) = run(figures.check, Clean("rounded", "It cost 1.23 billion euros.", "It cost 1.2 billion euros."))
    assert (warning.kind, warning.severity) == ("rounded", Severity.WARNING)


def test_a_figure_of_another_sentence_is_pointed_at() -> None:
    document = Document.read("The dam burst at night. It had held 740 tonnes of ore waste for a decade.")
    subject = Subject("points[0]", "The dam, with 740 tonnes of waste, burst.", ("s1",))
    (finding,) = figures.check(subject, document.sentences[:1], document)
    assert (finding.kind, finding.sentence, finding.expected) == ("not_cited", "s2", "740 tonnes")


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (
            "Two thirds of the stalls were let. The market has 24 lamps. It had 18 lamps in May.",
            "Three quarters of the stalls were let.",
        ),
        (
            "The ferry picked up 11 sailors. The harbour has 19 piers. It lost 3 of them.",
            "A smaller ferry picked up 16 sailors.",
        ),
    ],
)
def test_figures_not_cited_do_not_make_another(evidence: str, claim: str) -> None:
    document = Document.read(evidence)
    found = list(figures.check(Subject("points[0]", claim, ("s1",)), document.sentences[:1], document))
    assert [f.kind for f in found] == ["wrong_figure"]


def test_both_figures_are_named() -> None:
    (finding,) = run(figures.check, CAUGHT[0])
    assert (finding.expected, finding.found) == ("12", "13")
    assert finding.message == "The source says 12; the claim says 13."


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_never_raises(evidence: str, claim: str) -> None:
    if any(map(str.isalnum, evidence)):
        run(figures.check, Clean("any", evidence, claim))


_PIECES = st.lists(
    st.sampled_from(
        "12 1.2 $ € % million half a third of two-thirds from to by between and 3-1 p.m. 7:30 noon an hour one in five , . - more "
        "than about per day doubled 2,000 people 1990s third dozens of rose -5 degrees ½ bn 34-year-old minus".split()
    ),
    min_size=1,
    max_size=14,
)


@given(_PIECES, _PIECES)
def test_it_never_raises_on_figures(evidence: list[str], claim: list[str]) -> None:
    run(figures.check, Clean("any", "Prices " + " ".join(evidence), " ".join(claim)))


@given(st.sampled_from(CAUGHT), st.sampled_from(CLEAN))
def test_a_sentence_of_the_evidence_passes(row: Caught, other: Clean) -> None:
    for evidence in (row.evidence, other.evidence, f"{row.evidence} {other.evidence}"):
        document = Document.read(Source(evidence))
        for sentence in document.sentences:
            assert not list(figures.check(Subject("lede", sentence.text, (sentence.id,)), document.sentences, document))


def test_a_long_text_is_read() -> None:
    text = "It rose 4 per cent to 1.2 billion, from 12 of 48. " * 500
    assert not errors(run(figures.check, Clean("long", text, "It rose 4%.")))


FRENCH = (
    "L'usine a coûté 2,3 milliards d'euros, a dit la ministre le 14 mars. Elle emploie 1 200 personnes depuis 2021, "
    "et trois ateliers ouvriront."
)
GERMAN = (
    "Die Fabrik hat nach dem Bericht 2,3 Milliarden Euro gekostet und beschäftigt seit dem 14. März 2021 rund 1.200 "
    "Menschen. Um 9.30 Uhr wurden zwei verletzt."
)
SPANISH = "La fábrica costó 2,3 millones de euros y emplea a 1.200 personas desde el 14 de marzo de 2021."
ENGLISH = "The plant cost 2.3 billion euros, the minister said on March 14. It has employed 1,200 people since 2021, two of them at night."
ABROAD = [
    Caught("fr: another number", FRENCH, "L'usine a coûté 7 milliards d'euros.", "new_figure", "7"),
    Caught("fr: digits exchanged", FRENCH, "L'usine a coûté 3,2 milliards d'euros.", "new_figure", "3,2"),
    Caught("fr: another year", FRENCH, "L'usine emploie 1 200 personnes depuis 2019.", "new_figure", "2019"),
    Caught("fr: another day", FRENCH, "La ministre l'a dit le 15 mars.", "new_figure", "15"),
    Caught("fr: thousands lost", FRENCH, "L'usine emploie 200 personnes.", "new_figure", "200"),
    Caught("fr: a count of words", FRENCH, "L'usine ouvrira 4 ateliers.", "new_figure", "4"),
    Caught("de: another number", GERMAN, "Die Fabrik hat 7 Milliarden Euro gekostet.", "new_figure", "7"),
    Caught("de: digits exchanged", GERMAN, "Die Fabrik hat 3,2 Milliarden Euro gekostet.", "new_figure", "3,2"),
    Caught("de: another month", f"{GERMAN} Stand: 14.03.2021.", "Seit dem 14.04.2021 arbeitet die Fabrik.", "new_figure", "14.04.2021"),
    Caught("de: another time", GERMAN, "Um 9.40 Uhr wurden zwei verletzt.", "new_figure", "9.40"),
    Caught("es: another number", SPANISH, "La fábrica costó 7 millones de euros.", "new_figure", "7"),
    Caught("es: ten times as many", SPANISH, "La fábrica emplea a 12.000 personas.", "new_figure", "12.000"),
    Caught("es: another day", SPANISH, "La fábrica emplea a personas desde el 15 de marzo.", "new_figure", "15"),
    Caught("fr of en: another number", ENGLISH, "L'usine a coûté 7 milliards d'euros.", "new_figure", "7"),
    Caught("fr of en: digits exchanged", ENGLISH, "L'usine a coûté 3,2 milliards d'euros.", "new_figure", "3,2"),
    Caught("de of en: another year", ENGLISH, "Die Fabrik beschäftigt seit 2019 rund 1.200 Menschen.", "new_figure", "2019"),
    Caught("en of fr: another number", FRENCH, "The plant has employed 1,300 people since 2021.", "new_figure", "1,300"),
    Caught("ja: another year", "工場は2021年に23億ユーロかかった。", "工場は2019年に23億ユーロかかった。", "new_figure", "2019"),
]  # fmt: skip
AT_HOME = [
    Clean("fr: as it is", FRENCH, "Le 14 mars, la ministre a dit que l'usine a coûté 2,3 milliards d'euros."),
    Clean("fr: thousands parted otherwise", FRENCH, "Depuis 2021, l'usine emploie 1200 personnes (1.200, ou 1\u202f200)."),
    Clean("fr: a word in digits", FRENCH, "L'usine ouvrira 3 ateliers."),
    Clean("fr: words are not read", FRENCH, "L'usine a coûté sept milliards d'euros."),
    Clean("de: parted otherwise", GERMAN, "Die Fabrik hat 2,30 Milliarden Euro gekostet und beschäftigt 1 200 Menschen."),
    Clean("de: a date in digits", GERMAN, "Seit dem 14.03.2021 arbeiten 1200 Menschen in der Fabrik."),
    Clean("de: a time", GERMAN, "Um 9:30 Uhr wurden 2 Menschen verletzt."),
    Clean("es: parted otherwise", SPANISH, "La fábrica emplea a 1,200 personas desde el 14 de marzo, y costó 2.3 millones."),
    Clean("fr of en", ENGLISH, "L'usine a coûté 2,3 milliards d'euros, a dit la ministre le 14 mars; 2 personnes sur 1 200."),
    Clean("de of en", ENGLISH, "Die Fabrik beschäftigt seit 2021 rund 1.200 Menschen und hat 2,3 Milliarden gekostet."),
    Clean("en of fr", FRENCH, "The plant cost 2.3 billion euros and has employed 1,200 people since 2021, at 3 workshops."),
    Clean("ja: full width", "工場は2021年に23億ユーロかかった。", "２０２１年に工場ができた。"),
]  # fmt: skip


@pytest.mark.parametrize("row", ABROAD, ids=lambda row: row.name)
def test_a_number_that_is_not_there_in_any_language(row: Caught) -> None:
    (finding,) = errors(run(figures.check, row))
    assert (finding.kind, finding.found) == (row.kind, row.found)


@pytest.mark.parametrize("row", AT_HOME, ids=lambda row: row.name)
def test_numbers_written_otherwise_in_any_language(row: Clean) -> None:
    assert not run(figures.check, row)


@given(st.text("0123456789.,  '’年²٣３deun", max_size=40), st.text("0123456789.,  '’年²٣３deun", max_size=40))
def test_it_never_raises_on_digits(evidence: str, claim: str) -> None:
    run(figures.check, Clean("any", f"L'usine qu'il a {evidence}", f"L'usine {claim}"))
