"""Polarity: denials kept, directions kept, and other words for the same left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.checks.polarity import check

from .rows import Caught, Clean, errors, run

LOST, ADDED, OPPOSITE = "negation_lost", "negation_added", "opposite"

CAUGHT: list[Caught] = [
    Caught(
        "reworded verb denied",
        "The choir's new organ comes from the Danish firm Marcussen.",
        "The choir's new organ was not made by the Danish firm Marcussen.",
        ADDED,
    ),
    Caught(
        "reworded verb failed",
        "Petra Lind ferried 40 crates of books from Oslo to Bergen in June 2020.",
        "Petra Lind failed to haul 40 crates of books from Oslo to Bergen in June 2020.",
        ADDED,
    ),
    Caught("plain", "The museum did not buy the painting.", "The museum bought the painting.", LOST, "bought"),
    Caught(
        "contraction", "The mayor didn't attend the funeral in Porto.", "The mayor attended the funeral in Porto.", LOST
    ),
    Caught(
        "never", "The company never tested the brakes on the bus.", "The company tested the brakes on the bus.", LOST
    ),
    Caught(
        "nobody",
        "Nobody was injured in the fire at the mill.",
        "Several people were injured in the fire at the mill.",
        LOST,
    ),
    Caught("no one charged", "No one was charged over the leak.", "Two engineers were charged over the leak.", LOST),
    Caught(
        "failed to", "Lindgren failed to qualify for the final.", "Lindgren qualified for the final.", LOST, "qualified"
    ),
    Caught("refused to", "The union refused to sign the pay deal.", "The union signed the pay deal.", LOST, "signed"),
    Caught("declined to", "The bank declined to name the customer.", "The bank named the customer.", LOST, "named"),
    Caught(
        "denied that",
        "The minister denied that he took money from the builder.",
        "The minister took money from the builder.",
        LOST,
    ),
    Caught("denied -ing", "Varga denied hitting the cyclist.", "Varga hit the cyclist.", LOST, "hit"),
    Caught(
        "ruled out",
        "The chancellor ruled out raising taxes before 2027.",
        "The chancellor will raise taxes before 2027.",
        LOST,
        "raise",
    ),
    Caught(
        "unable to",
        "Divers were unable to reach the wreck on Sunday.",
        "Divers reached the wreck on Sunday.",
        LOST,
        "reached",
    ),
    Caught(
        "no risk",
        "Inspectors found no asbestos in the school.",
        "Inspectors found asbestos in the school.",
        LOST,
        "asbestos",
    ),
    Caught(
        "without",
        "Police searched the flat without a warrant.",
        "Police searched the flat with a warrant.",
        LOST,
        "warrant",
    ),
    Caught(
        "no evidence",
        "The study found no link between coffee and stroke.",
        "The study found a link between coffee and stroke.",
        LOST,
        "link",
    ),
    Caught(
        "not ruled out", "The airline has not ruled out job cuts.", "The airline has ruled out job cuts.", LOST, "ruled"
    ),
    Caught(
        "yet to",
        "The regulator has yet to approve the vaccine.",
        "The regulator has approved the vaccine.",
        LOST,
        "approved",
    ),
    Caught(
        "added not",
        "The senate approved the water bill on Tuesday.",
        "The senate did not approve the water bill on Tuesday.",
        ADDED,
        "approve",
    ),
    Caught(
        "added failed",
        "Rescuers reached the trapped miners at dawn.",
        "Rescuers failed to reach the trapped miners at dawn.",
        ADDED,
        "reach",
    ),
    Caught(
        "added refused",
        "The orchestra played the anthem before the match.",
        "The orchestra refused to play the anthem before the match.",
        ADDED,
        "play",
    ),
    Caught(
        "added no",
        "The audit found errors in the accounts of the charity.",
        "The audit found no errors in the accounts of the charity.",
        ADDED,
        "errors",
    ),
    Caught(
        "added never",
        "The suspect visited the warehouse in April.",
        "The suspect never visited the warehouse in April.",
        ADDED,
        "visited",
    ),
    Caught(
        "rose and fell",
        "Unemployment fell to 5 percent in June.",
        "Unemployment rose to 5 percent in June.",
        OPPOSITE,
        "rose",
    ),
    Caught(
        "gained and lost",
        "Shares in Corvo gained 3 percent on Monday.",
        "Shares in Corvo slid 3 percent on Monday.",
        OPPOSITE,
        "slid",
    ),
    Caught(
        "raised and cut",
        "The central bank raised its main rate by a quarter point.",
        "The central bank cut its main rate by a quarter point.",
        OPPOSITE,
        "cut",
    ),
    Caught(
        "kept and cut",
        "The ferry company kept its fares unchanged.",
        "The ferry company raised its fares.",
        OPPOSITE,
        "raised",
    ),
    Caught(
        "support",
        "The Greens opposed the nuclear plant in Velden.",
        "The Greens supported the nuclear plant in Velden.",
        OPPOSITE,
        "supported",
    ),
    Caught(
        "turned down",
        "The actor turned down a role in the series.",
        "The actor accepted a role in the series.",
        OPPOSITE,
        "accepted",
    ),
    Caught(
        "suspend",
        "The two states agreed to accelerate the withdrawal of troops.",
        "The two states agreed to suspend the withdrawal of troops.",
        OPPOSITE,
        "suspend",
    ),
    Caught(
        "open",
        "The pass stayed open through the storm.",
        "The pass stayed closed through the storm.",
        OPPOSITE,
        "closed",
    ),
    Caught(
        "likely",
        "Doctors said the virus was unlikely to spread to humans.",
        "Doctors said the virus was likely to spread to humans.",
        OPPOSITE,
        "likely",
    ),
    Caught("win", "Okello lost the semi-final to Haas.", "Okello won the semi-final against Haas.", OPPOSITE, "won"),
    Caught("higher", "Turnout was higher than in 2019.", "Turnout was lower than in 2019.", OPPOSITE, "lower"),
    Caught(
        "faster",
        "The new train is faster than the old one.",
        "The new train is slower than the old one.",
        OPPOSITE,
        "slower",
    ),
    Caught(
        "above",
        "Nitrate levels in the lake were below the legal limit.",
        "Nitrate levels in the lake were above the legal limit.",
        OPPOSITE,
        "above",
    ),
    Caught("un-", "The court called the search lawful.", "The court called the search unlawful.", OPPOSITE, "unlawful"),
    Caught(
        "guilty", "The jury found Dorsey not guilty of arson.", "The jury found Dorsey guilty of arson.", LOST, "guilty"
    ),
    Caught(
        "imports",
        "Exports to Turkey fell while imports from Vietnam grew.",
        "Exports to Turkey grew.",
        OPPOSITE,
        "grew",
    ),
    Caught(
        "elsewhere something else is denied",
        "The agency confirmed the orbit of the probe on Monday. An earlier probe did not reach space.",
        "The agency did not confirm the orbit of the probe on Monday.",
        ADDED,
        "confirm",
    ),
    Caught(
        "neither",
        "She was talking to two bidders, she said, but neither had made a formal offer.",
        "Two bidders made a formal offer, she said.",
        LOST,
    ),
    Caught(
        "it remained",
        "Flights were cut at Dorn airport, although it remained open.",
        "Dorn airport was closed.",
        OPPOSITE,
    ),
    Caught(
        "failed for passed",
        "The plant had passed a safety check in March.",
        "The plant had failed a safety check in March.",
        OPPOSITE,
    ),
    Caught(
        "abstained",
        "The council leader abstained from the vote on the quay.",
        "The council leader voted for the quay.",
        OPPOSITE,
    ),
    Caught(
        "gained",
        "The crown gained about 0.4 percent against the dollar.",
        "The crown weakened by about 0.4 percent against the dollar.",
        OPPOSITE,
    ),
    Caught(
        "granted",
        "The judge rejected a request to adjourn the trial until after the vote.",
        "The judge granted a request to adjourn the trial until after the vote.",
        OPPOSITE,
    ),
    Caught(
        "did not accuse",
        "Thibaud said he did not accuse anyone of acting for gain.",
        "Thibaud accused the organisers of acting for gain.",
        LOST,
    ),
]

CLEAN: list[Clean] = [
    Clean(
        "denial inside another word",
        "The chairlift on the north slope of the Kogel has been idle since the March storm in Tyrol.",
        "The chairlift on the north slope of the Kogel has not run after the March storm in Tyrol.",
    ),
    Clean(
        "duty and who fails it",
        "Shops must refund buyers of faulty kettles within ten days or pay a fine of 500 euros.",
        "Shops that fail to refund buyers of faulty kettles within ten days pay a fine of 500 euros.",
    ),
    Clean(
        "and a new subject",
        "The firm cancelled all flights.",
        "Inspectors found no fault and the firm cancelled all flights.",
    ),
    Clean(
        "no other",
        "Chile mined more copper last year than any other country.",
        "No other country mined as much copper as Chile last year.",
    ),
    Clean(
        "rest of a share",
        "About 70 percent of pupils have received a laptop.",
        "Almost a third of pupils have not received a laptop.",
    ),
    Clean(
        "to be signed",
        "The treaty still has to be signed by President Ana Reyes.",
        "President Ana Reyes has yet to sign the treaty.",
    ),
    Clean("an age", "Firefighters rescued a six-year-old boy from the roof.", "A young boy was rescued from the roof."),
    Clean("did not and failed", "Lindgren failed to qualify for the final.", "Lindgren did not qualify for the final."),
    Clean("refused and would not", "The union refused to sign the pay deal.", "The union would not sign the pay deal."),
    Clean(
        "ruled out and will not",
        "The chancellor ruled out raising taxes before 2027.",
        "The chancellor will not raise taxes before 2027.",
    ),
    Clean("closed and not open", "The library was closed on Monday.", "The library was not open on Monday."),
    Clean(
        "lost and failed to win",
        "Okello lost the semi-final to Haas.",
        "Okello failed to win the semi-final against Haas.",
    ),
    Clean(
        "rejected and did not accept",
        "The board rejected the offer from Tarn.",
        "The board did not accept the offer from Tarn.",
    ),
    Clean("voted against", "Deputies voted against the budget.", "Deputies rejected the budget."),
    Clean("denial reported", "The minister denied that he took money.", "The minister denied taking money."),
    Clean(
        "denial as rejects",
        "Norland denies that it shelled the village.",
        "Norland rejects the claim that it shelled the village.",
    ),
    Clean("no one", "No one was injured in the fire at the mill.", "The fire at the mill injured nobody."),
    Clean(
        "no link",
        "The study found no link between coffee and stroke.",
        "The study did not find that coffee was linked to stroke.",
    ),
    Clean(
        "unlikely",
        "Doctors said the virus was unlikely to spread.",
        "Doctors do not think the virus is likely to spread.",
    ),
    Clean("both directions", "Prices rose in May but fell in June.", "Prices fell in June."),
    Clean("both directions, first", "Prices rose in May but fell in June.", "Prices rose in May."),
    Clean(
        "for and against", "The Greens backed the dam; the Liberals opposed it.", "The Liberals were against the dam."
    ),
    Clean(
        "exports and imports",
        "Exports to Turkey fell while imports from Vietnam grew.",
        "Imports from Vietnam increased.",
    ),
    Clean(
        "not only",
        "The storm not only flooded the port but also cut power.",
        "The storm flooded the port and cut power.",
    ),
    Clean("not until", "The gallery did not open until 1998.", "The gallery opened in 1998."),
    Clean("no fewer than", "No fewer than 40 ships took part in the race.", "At least 40 ships took part in the race."),
    Clean(
        "kept unchanged",
        "The central bank left its main rate unchanged at 3 percent.",
        "The central bank kept its main rate at 3 percent.",
    ),
    Clean(
        "gave up",
        "The rebels abandoned their demand for a new vote.",
        "The rebels gave up their demand for a new vote.",
    ),
    Clean(
        "called off",
        "The concert in Graz was cancelled because of the storm.",
        "The concert in Graz was called off because of the storm.",
    ),
    Clean(
        "other clause denied",
        "The driver was not hurt, but two passengers were taken to hospital.",
        "Two passengers were taken to hospital.",
    ),
    Clean(
        "relative clause",
        "The plant, which does not make cars, will hire 200 workers.",
        "The plant will hire 200 workers.",
    ),
    Clean("double", "The airline has not ruled out job cuts.", "The airline did not exclude job cuts."),
    Clean("double, put plainly", "The airline has not ruled out job cuts.", "Job cuts at the airline remain possible."),
    Clean("beat and lost", "Haas beat Okello in the semi-final.", "Okello lost to Haas in the semi-final."),
    Clean("bought and sold", "Tarn bought the mill from Orrin.", "Orrin sold the mill to Tarn."),
    Clean("more and fewer turned", "More women than men voted in Sarn.", "Fewer men than women voted in Sarn."),
    Clean("lack", "The clinic lacks doctors.", "The clinic does not have enough doctors."),
    Clean(
        "without",
        "The deal was signed without the approval of parliament.",
        "Parliament did not approve the deal before it was signed.",
    ),
    Clean("yet to", "The regulator has yet to approve the vaccine.", "The regulator has not approved the vaccine."),
    Clean("ban voted", "The council voted to ban fireworks.", "The council approved a ban on fireworks."),
    Clean(
        "prevented",
        "Guards prevented the protesters from entering the hall.",
        "The protesters did not enter the hall because guards stopped them.",
    ),
    Clean("another language", "Der Rat hat den Haushalt nicht gebilligt.", "Der Rat hat den Haushalt gebilligt."),
    Clean(
        "nothing suggests",
        "There was no evidence that the affected doses were harmful.",
        "Nothing suggests that the affected doses cause harm.",
    ),
    Clean(
        "ascribed",
        "Seizures fell, a decline that officials attribute to a shift in routes.",
        "Officials ascribe the drop in seizures to a shift in routes.",
    ),
    Clean(
        "not to but to",
        "The authors attribute the change not to the diet but to the weather.",
        "The authors put the change down to the weather.",
    ),
    Clean(
        "threatens to block",
        "The lower house approved the reform. It goes to the Senate, where the party has threatened to block it.",
        "The party is threatening to block the reform in the Senate.",
    ),
    Clean("a dispute over", "Guards will walk out in a dispute over rosters.", "Guards plan to strike over rosters."),
    Clean(
        "absences among",
        "Frequent absences were among the factors behind the rise.",
        "Frequent absences were one of several factors behind the rise.",
    ),
]


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.name)
def test_caught(row: Caught) -> None:
    found = errors(run(check, row))
    assert [finding.kind for finding in found] == [row.kind]
    assert found[0].claim_span and found[0].evidence_span
    if row.found is not None:
        assert found[0].found == row.found


@pytest.mark.parametrize("row", CLEAN, ids=lambda row: row.name)
def test_clean(row: Clean) -> None:
    assert run(check, row) == []


@pytest.mark.parametrize("row", [*CAUGHT, *CLEAN], ids=lambda row: row.name)
def test_a_sentence_agrees_with_itself(row: Caught | Clean) -> None:
    assert run(check, Clean(row.name, row.evidence, row.evidence)) == []
    assert run(check, Clean(row.name, row.claim, row.claim + " ")) == []


_PIECES = st.sampled_from(
    [
        *{word for row in CAUGHT for word in (row.claim + " " + row.evidence).split()},
        "🙂",
        "لم يوقع",
        ",",
        "—",
        "",
        "“not",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=25).map(" ".join), st.lists(_PIECES, min_size=1, max_size=25).map(" ".join))
def test_it_never_raises_and_points_at_words(claim: str, evidence: str) -> None:
    run(check, Clean("any", evidence + " Rain fell.", claim))


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_it_never_raises_on_any_text(claim: str, evidence: str) -> None:
    run(check, Clean("any", evidence + " Rain fell.", claim))


def test_a_long_claim() -> None:
    assert run(check, Clean("long", "Rain fell.", "no rain fell " * 3_000)) is not None
