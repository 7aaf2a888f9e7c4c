"""Time: dates, times told from now, and the order of events."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing import Document, Source
from briefing.checks import Subject, time
from briefing.verdict import Severity

from .rows import Caught, Clean, errors, run

PUBLISHED = "2025-09-04"  # a Thursday
PACT = "The leaders met on Tuesday and signed the pact on Friday."

CAUGHT: list[Caught] = [
    Caught("another weekday", "The court sits on Monday.", "The court sits on Wednesday.", "wrong_date", "Wednesday"),
    Caught("the day of another event", PACT, "The leaders met on Friday.", "wrong_date", "Friday"),
    Caught("the day of another event, other verb", PACT, "The pact was signed on Tuesday.", "wrong_date", "Tuesday"),
    Caught("another day", "She was born on Sept. 2, 1950.", "She was born on 3 September 1950.", "wrong_date"),
    Caught("another month", "The vote is set for 4 May.", "The vote is set for 4 June.", "wrong_date", "4 June"),
    Caught("another year", "The dam was built in 1962.", "The dam was built in 1972.", "wrong_date", "1972"),
    Caught("another month alone", "Rain returned in April.", "Rain returned in August.", "wrong_date", "August"),
    Caught("another decade", "The mill closed in the 1980s.", "The mill closed in the 1990s.", "wrong_date", "1990s"),
    Caught("a decade that the year is not in", "The mill closed in 1987.", "The mill closed in the 1990s.", "wrong_date"),
    Caught("another century", "It is a 17th-century map.", "It is a 16th-century map.", "wrong_date"),
    Caught("a weekday that is not that date", "It opens on 2 September 2025.", "It opens on Friday.", "wrong_date"),
    Caught("this week for last week", "The bridge opened last week.", "The bridge opened this week.", "wrong_relative_time"),
    Caught("next year for this year", "Fares rise this year.", "Fares rise next year.", "wrong_relative_time", "next year"),
    Caught("tomorrow for yesterday", "Troops left yesterday.", "Troops leave tomorrow.", "wrong_relative_time", "tomorrow"),
    Caught("last month for this", "Sales slowed this month.", "Sales slowed last month.", "wrong_relative_time"),
    Caught("before for after", "Police made arrests after the vote.", "Police made arrests before the vote.", "wrong_order", "before"),
    Caught("after for ahead of", "Shares fell ahead of the merger.", "Shares fell after the merger.", "wrong_order", "after"),
    Caught("during for after", "Fans fought after the match.", "Fans fought during the match.", "wrong_order", "during"),
    Caught("until for since", "He has led the party since 1998.", "He led the party until 1998.", "wrong_order", "until"),
    Caught("after for by", "Staff must reply by Friday.", "Staff must reply after Friday.", "wrong_order", "after"),
    Caught("events exchanged", "They signed after voting on the text.", "They voted after signing the text.", "wrong_order"),
    Caught("until for after", "The ban applies until the harvest.", "The ban applies after the harvest.", "wrong_order"),
    Caught("monthly for weekly", "The paper appears weekly.", "The paper appears monthly.", "wrong_frequency", "monthly"),
    Caught("every year for every month", "She is tested every month.", "She is tested every year.", "wrong_frequency"),
    Caught("daily for annual", "The annual count of geese fell.", "The daily count of geese fell.", "wrong_frequency"),
    Caught("evening for morning", "The quake struck on Monday morning.", "The quake struck on Monday evening.", "wrong_time_of_day"),
    Caught("afternoon for night", "Thieves came in the night.", "Thieves came in the afternoon.", "wrong_time_of_day"),
    Caught("in for for", "He was banned for nine years.", "He will be banned in nine years.", "wrong_duration", "nine years"),
    Caught("later for ago", "The firm failed two years ago.", "The firm failed two years later.", "wrong_duration"),
    Caught("another season", "The reservoir was drained last winter.", "The reservoir was drained last summer.", "wrong_date"),
    Caught("a date of its own", "The orchestra toured Chile.", "The orchestra toured Chile in March 2019.", "new_date"),
    Caught("a year of its own", "The vaccine was approved.", "The vaccine was approved in 2021.", "new_date", "2021"),
    Caught("a weekday of its own", "Dockers walked out over pay.", "Dockers walked out over pay on Monday.", "new_date"),
    Caught("the date of another sentence", "Vandals broke the pane in June 2016. Olsen was charged and released in October 2017.",
           "Olsen was charged and released in June 2016.", "wrong_date"),
    Caught("this year for next", "Mills will shut the Turin plant next year, he said on Friday.", "Mills is to close its Turin plant this year.", "wrong_date"),
    Caught("this week for last May", "The full text came out this week; a draft leaked to reporters last May.",
           "A draft leaked to reporters this week.", "wrong_date"),
    Caught("the other half", "Ito scored twice in the second half against Kobe.", "Ito scored twice in the first half against Kobe.", "wrong_stage"),
    Caught("later for earlier", "Earlier on Friday, nurses marched to the ministry.", "Later on Friday, nurses marched to the ministry.", "wrong_relative_time"),
    Caught("monthly for each Monday", "The clinic opens every Monday.", "The clinic opens every month.", "wrong_frequency"),
    Caught("from for until", "Snow is forecast until Sunday evening.", "Snow is forecast from Sunday evening.", "wrong_order"),
    Caught("night for a morning hour", "The train left Lyon at 9:40 a.m. on Sunday.", "The train left Lyon on Sunday night.", "wrong_time_of_day"),
    Caught("one of two years", "The rate was set in 2019 and cut in 2023.", "The rate was cut in 2019.", "wrong_date", "2019"),
    Caught("a time of its own", "The clinic will close.", "The clinic will close next month.", "new_date", "next month"),
    Caught("another night", "A fire killed 14 on Wednesday night; he was held on Friday morning.", "The fire broke out on Friday night.", "wrong_date"),
    Caught("another target's year", "The council will miss its 2030 target.", "The council will miss its 2035 target.", "wrong_date", "2035"),
    Caught("another year to last until", "The quarry is open until at least 2050.", "The quarry is open until at least 2060.", "wrong_date", "2060"),
    Caught("for so long as ago, with no end told", "The bank closed its branch two years ago.", "The bank will close its branch for two years.", "wrong_duration"),
]  # fmt: skip

DATED: list[Caught] = [
    Caught("a date that was not that weekday", "The leaders met on Tuesday.", "They met on 3 September.", "wrong_date"),
    Caught("last month", "The leaders met on Tuesday.", "The leaders met last month.", "wrong_relative_time"),
    Caught(
        "yesterday is another date", "The strike began yesterday.", "The strike began on 1 September.", "wrong_date"
    ),
    Caught("last year is another year", "Output fell last year.", "Output fell in 2022.", "wrong_date", "2022"),
    Caught(
        "another weekday than yesterday", "The strike began yesterday.", "The strike began on Monday.", "wrong_date"
    ),
]

CLEAN: list[Clean] = [
    Clean("the form of a date", "She was born on Sept. 2, 1950.", "She was born on 2 September 1950."),
    Clean("a date less exact", "She was born on Sept. 2, 1950.", "She was born in September 1950."),
    Clean("the decade of a year", "The mill closed in 1987.", "The mill closed in the 1980s."),
    Clean("the century of a year", "The map is from 1642.", "The map is from the 17th century."),
    Clean("a date left out", PACT, "The leaders met and signed a pact."),
    Clean("each its day", PACT, "The pact was signed on Friday, after a meeting on Tuesday."),
    Clean("the weekday of a date", "It opens on 2 September 2025.", "It opens on Tuesday."),
    Clean("the same week", "The bridge opened last week.", "Last week saw the bridge open."),
    Clean("following", "Police made arrests after the vote.", "Following the vote, police made arrests."),
    Clean("ahead of", "Shares fell before the merger.", "Shares fell ahead of the merger."),
    Clean("told the other way round", "They signed after voting on the text.", "They voted on the text before signing."),
    Clean("in front of, not earlier", "She appeared before the court after her arrest.", "She was in court after her arrest."),
    Clean("took over in", "He has led the party since 1998.", "He took over the party in 1998."),
    Clean("every week", "The paper appears every week.", "The weekly paper appears."),
    Clean("a year", "The annual fair draws 4,000.", "The fair draws 4,000 each year."),
    Clean("night and evening", "The quake struck on Monday evening.", "The quake struck on Monday night."),
    Clean("an hour of the evening", "Fire broke out at 9 p.m. on a summer night.", "The fire broke out in the evening."),
    Clean("for", "He was banned for nine years.", "He is out for nine years."),
    Clean("a record", "It was the driest May in nine years.", "It was the driest May for nine years."),
    Clean("ago and earlier", "The firm failed two years ago.", "The firm failed two years earlier."),
    Clean("today for now", "The region has few doctors.", "Today the region has few doctors."),
    Clean("may is no month", "The law may change.", "The law may change in the end."),
    Clean("march is no month", "Thousands joined the march.", "Thousands went on the march."),
    Clean("a figure, no year", "Some 2000 people marched.", "About 2,000 people marched."),
    Clean("parts of one date", "It was on Tuesday. It was 2 September 2025.", "It was on Tuesday, 2 September 2025."),
    Clean("a season in its month", "It opened in July 2019.", "It opened in the summer of 2019."),
    Clean("years of a range", "The war lasted from 1914 to 1918.", "The war began in 1914 and ended in 1918."),
    Clean("two-digit range", "In the 2019-20 season she scored twice.", "She scored twice in the 2019–20 season."),
    Clean("negated until", "The rule applies after the election.", "The rule will not apply before the election."),
    Clean("the next day", "The pilots met on Monday and flew the next day.", "The pilots met on Monday and then flew."),
    Clean("a quarter in months", "Rents rose in the first quarter.", "Rents rose between January and March."),
    Clean("ten months", "Arrivals rose in the first ten months of the year.", "Arrivals rose in January-October."),
    Clean("the end of the month", "The flight could take place before the end of the month.", "The flight could take place this month."),
    Clean("a year earlier", "A year earlier it had bought a rival.", "It bought a rival last year."),
    Clean("a month later", "He was held in October 2017 and freed a month later.", "He was freed in November 2017."),
    Clean("a year unknown", "She was jailed last year.", "She was jailed in 2024."),
    Clean("two relations", "He spent nine years in exile and returned in 1975, a year after the junta fell.",
          "After nine years of exile, he came back in 1975, one year after the junta fell."),
    Clean("two goals in order", "Baez scored twice in the first half before Okoye hit a penalty.",
          "Okoye hit a penalty after Baez had scored twice before half-time."),
    Clean("the decider", "She lost five games in the decider.", "She lost five games in the third set."),
    Clean("other elections", "He lost support after the 2019 election.", "He lost support after the 2019 election and never recovered."),
    Clean("German", "Der Vertrag wurde nach Angaben des Ministers am 2. September in Wien unterzeichnet.",
          "The treaty was signed on 2 September."),
    Clean("from and between", "He took bribes between 2014 and 2018.", "He took bribes from 2014 to 2018."),
    Clean("the month of an election", "Four ministers moved in the first reshuffle since the May election.", "It is the first reshuffle since May's election."),
    Clean("next alone", "Growth is 0.7 percent this year and 1.8 percent next.", "Next year's growth is seen at 1.8 percent."),
    Clean("at least until", "The lease keeps the quarry open until at least 2050.", "The quarry stays open until 2050 or later."),
    Clean("a target's year", "The council will miss its 2030 target unless it builds more.", "The council's 2030 target is at risk."),
    Clean("a season named in passing", "Growers blame the driest winter since 2006.", "The winter was the driest since 2006."),
    Clean("once for after", "The law does not apply to flats built after 2020.", "Rents will be capped once the law takes effect, but not in flats built after 2020."),
    Clean("for so long as ago", "The bank closed its branch in the town two years ago.", "The bank has had no branch in the town for two years."),
]  # fmt: skip

DATED_CLEAN: list[Clean] = [
    Clean("the date of a weekday", "The leaders met on Tuesday.", "The leaders met on 2 September."),
    Clean("with its year", "The leaders met on 2 September.", "The leaders met on Sept. 2, 2025."),
    Clean("this week", "The leaders met on Tuesday.", "The leaders met this week."),
    Clean("its month", "The leaders met on Tuesday.", "They met in September 2025."),
    Clean("yesterday", "The strike began yesterday.", "The strike began on Wednesday."),
    Clean("last year", "Output fell last year.", "Output fell in 2024."),
    Clean("next month", "The clinic will close next month.", "The clinic will close in October."),
    Clean("the year of publication", "The leaders met on Tuesday.", "The leaders met in 2025."),
    Clean("next year", "The tunnel opens in 2026.", "The tunnel opens next year."),
]


@pytest.mark.parametrize("row", CAUGHT, ids=[row.name for row in CAUGHT])
def test_caught(row: Caught) -> None:
    found = errors(run(time.check, row))
    assert row.kind in {f.kind for f in found}, found
    if row.found:
        assert row.found in {f.found for f in found if f.kind == row.kind}


@pytest.mark.parametrize("row", DATED, ids=[row.name for row in DATED])
def test_caught_by_the_date_of_publication(row: Caught) -> None:
    assert row.kind in {f.kind for f in errors(run(time.check, row, published=PUBLISHED))}


@pytest.mark.parametrize("row", CLEAN, ids=[row.name for row in CLEAN])
@pytest.mark.parametrize("published", [None, PUBLISHED], ids=["undated", "dated"])
def test_clean(row: Clean, published: str | None) -> None:
    assert not errors(run(time.check, row, published=published))


@pytest.mark.parametrize("row", DATED_CLEAN, ids=[row.name for row in DATED_CLEAN])
def test_clean_by_the_date_of_publication(row: Clean) -> None:
    assert not errors(run(time.check, row, published=PUBLISHED))


def test_a_date_of_another_sentence_is_pointed_at() -> None:
    document = Document.read("The council met on Tuesday. It rejected the plan for a casino.")
    subject = Subject("points[0]", "The council rejected the plan on Tuesday.", ("s2",))
    (finding,) = time.check(subject, document.sentences[1:], document)
    assert (finding.kind, finding.sentence, finding.severity) == ("new_date", "s1", Severity.WARNING)


def test_both_times_are_named() -> None:
    (finding,) = run(time.check, CAUGHT[0])
    assert (finding.expected, finding.found) == ("Monday", "Wednesday")
    assert finding.message == "The source says Monday; the claim says Wednesday."


@pytest.mark.parametrize("published", [None, "", "yesterday", "2025-99-99", "0001-01-01", "9999-12-31", "12 May 2024"])
def test_any_date_of_publication_is_read(published: str | None) -> None:
    for row in (*CAUGHT, *DATED):
        run(time.check, row, published=published)


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_never_raises(evidence: str, claim: str) -> None:
    if any(map(str.isalnum, evidence)):
        run(time.check, Clean("any", evidence, claim), published=PUBLISHED)


_PIECES = st.lists(
    st.sampled_from(
        "2 31 30 Sept. February 29 1950 2025 2019-20 Tuesday last next this week weekend month quarter year decade 1990s 0000 1000 "
        "the '90s 21st century 99th before after until since during by morning summer of 2025-02-30 31/12/2025 two weeks ago".split()
    ),
    min_size=1,
    max_size=14,
)


@given(_PIECES, _PIECES, st.sampled_from([None, PUBLISHED, "0001-01-03", "9999-12-31"]))
def test_it_never_raises_on_dates(evidence: list[str], claim: list[str], published: str | None) -> None:
    run(time.check, Clean("any", "It was " + " ".join(evidence), " ".join(claim)), published=published)


@given(st.sampled_from(CAUGHT), st.sampled_from(CLEAN))
def test_a_sentence_of_the_evidence_passes(row: Caught, other: Clean) -> None:
    for evidence in (row.evidence, other.evidence, f"{row.evidence} {other.evidence}"):
        document = Document.read(Source(evidence, published=PUBLISHED))
        for sentence in document.sentences:
            assert not list(time.check(Subject("lede", sentence.text, (sentence.id,)), document.sentences, document))


def test_a_long_text_is_read() -> None:
    text = "It opened on Monday, 2 September 2025, after the vote of last week. " * 400
    assert not errors(run(time.check, Clean("long", text, "It opened on Monday.")))
