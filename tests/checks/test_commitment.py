"""Commitment: a claim stands no higher than its evidence; lower it may."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.checks.commitment import check

from .rows import Caught, Clean, errors, run

PLAN, TALK, FACT, OVER = "planned_as_done", "considered_as_decided", "alleged_as_fact", "over_committed"

CAUGHT: list[Caught] = [
    Caught(
        "to come, and took place",
        "Members of the Leeds rowing club will probably ballot on the merger in April.",
        "A ballot of members of the Leeds rowing club on the merger took place in April.",
        PLAN,
    ),
    Caught(
        "offered, and paid",
        "The foundation offered 90 million kroner to restore the abbey in Lund.",
        "The foundation paid 90 million kroner to restore the abbey in Lund.",
        OVER,
    ),
    Caught("planned, with a past verb", "The group plans to protect the reef.", "The group protected the reef.", PLAN),
    Caught("planned, no article", "The mayor plans to reduce rents.", "The mayor reduced rents.", PLAN, "reduced"),
    Caught("after an adverb", "The mayor plans to reduce rents.", "It was cold and he sharply reduced rents.", PLAN),
    Caught("in the perfect", "The mayor plans to freeze rents.", "The mayor has frozen rents.", PLAN, "frozen"),
    Caught(
        "after a relative clause",
        "The ferry that sank was due to carry mail.",
        "The ferry that sank carried mail.",
        PLAN,
        "carried",
    ),
    Caught(
        "after a participle that follows its noun",
        "The changes announced will reduce rents.",
        "The changes announced reduced rents.",
        PLAN,
        "reduced",
    ),
    Caught(
        "after a clause with a question word",
        "What the council wants is to reduce rents.",
        "What the council wanted reduced rents.",
        PLAN,
        "reduced",
    ),
    Caught(
        "a participle before the thing that was won",
        "The union plans to ask for guaranteed hours.",
        "The union won guaranteed hours.",
        OVER,
    ),
    Caught(
        "talks for pact",
        "Norland and Estrel agreed to begin negotiations on a fishing pact.",
        "Norland and Estrel signed a fishing pact.",
        TALK,
        "signed",
    ),
    Caught(
        "talks for deal reached",
        "The two banks are in talks on a merger.",
        "The two banks have agreed on a merger.",
        TALK,
    ),
    Caught(
        "agree to examine",
        "The ministers agreed to examine a joint rescue fund.",
        "The ministers set up a joint rescue fund.",
        TALK,
        "set",
    ),
    Caught(
        "agreed for signed",
        "Harland and the union agreed on a pay deal.",
        "Harland and the union signed a pay deal.",
        OVER,
        "signed",
    ),
    Caught(
        "signed for ratified",
        "The president signed the climate treaty in May.",
        "The president ratified the climate treaty in May.",
        OVER,
        "ratified",
    ),
    Caught(
        "considering",
        "The board is considering closing the theatre.",
        "The board has decided to close the theatre.",
        TALK,
        "close",
    ),
    Caught(
        "considering, done",
        "The board is considering whether to cut the dividend.",
        "The board cut the dividend.",
        TALK,
        "cut",
    ),
    Caught(
        "weighing a noun",
        "The government is weighing a ban on plastic bags.",
        "The government has imposed a ban on plastic bags.",
        TALK,
        "imposed",
    ),
    Caught(
        "studying",
        "The club is studying a move to a new stadium.",
        "The club will move to a new stadium.",
        TALK,
        "move",
    ),
    Caught(
        "proposed",
        "The commission proposed raising the minimum wage.",
        "The commission raised the minimum wage.",
        OVER,
        "raised",
    ),
    Caught("plans", "Orrin plans to close its mill in Tarn.", "Orrin closed its mill in Tarn.", PLAN, "closed"),
    Caught(
        "plans, decided",
        "Orrin plans to close its mill in Tarn.",
        "Orrin has decided to close its mill in Tarn.",
        PLAN,
        "close",
    ),
    Caught(
        "will", "The museum will open a new wing in March.", "The museum opened a new wing in March.", PLAN, "opened"
    ),
    Caught(
        "is due to",
        "The probe is due to land on the moon on Friday.",
        "The probe landed on the moon on Friday.",
        PLAN,
        "landed",
    ),
    Caught(
        "is expected to",
        "Parliament is expected to pass the budget this week.",
        "Parliament passed the budget this week.",
        PLAN,
        "passed",
    ),
    Caught("is to be", "The bridge is to be rebuilt next year.", "The bridge was rebuilt.", PLAN, "rebuilt"),
    Caught(
        "would",
        "Interior Minister Sahl said the army would send doctors to the valley.",
        "The army has sent doctors to the valley.",
        PLAN,
        "sent",
    ),
    Caught(
        "hopes",
        "The team hopes to drill in the valley in 2027.",
        "The team will drill in the valley in 2027.",
        OVER,
        "drill",
    ),
    Caught(
        "planned noun",
        "A memorial concert is planned for Sunday in Graz.",
        "A memorial concert was held on Sunday in Graz.",
        PLAN,
        "held",
    ),
    Caught(
        "offered",
        "Tarn offered to buy Orrin for 2 billion euros.",
        "Tarn bought Orrin for 2 billion euros.",
        OVER,
        "bought",
    ),
    Caught(
        "agreed to buy",
        "Tarn agreed to buy Orrin for 2 billion euros.",
        "Tarn bought Orrin for 2 billion euros.",
        OVER,
        "bought",
    ),
    Caught(
        "urged",
        "The minister urged both sides to accept a mediator.",
        "Both sides agreed to accept a mediator.",
        OVER,
        "accept",
    ),
    Caught(
        "ordered",
        "The court ordered the bank to repay 300 customers.",
        "The bank repaid 300 customers.",
        OVER,
        "repaid",
    ),
    Caught(
        "called for",
        "Teachers called for smaller classes and demanded the dismissal of the director.",
        "The director's dismissal was announced after teachers secured the dismissal of the director.",
        OVER,
    ),
    Caught(
        "tried to",
        "Two prisoners tried to escape from the jail.",
        "Two prisoners escaped from the jail.",
        OVER,
        "escaped",
    ),
    Caught(
        "could",
        "The regulator could fine the bank 4 million euros.",
        "The regulator has fined the bank 4 million euros.",
        TALK,
        "fined",
    ),
    Caught("suspected", "Police suspect the driver of stealing the van.", "The driver stole the van.", FACT, "stole"),
    Caught(
        "accused", "The opposition accused the mayor of hiding the report.", "The mayor hid the report.", FACT, "hid"
    ),
    Caught(
        "arrested for charged",
        "Police arrested the banker over the fraud in Tarn.",
        "Police charged the banker over the fraud in Tarn.",
        OVER,
        "charged",
    ),
    Caught(
        "charged for convicted",
        "The nurse was charged with manslaughter in Graz.",
        "The nurse was convicted of manslaughter in Graz.",
        OVER,
        "convicted",
    ),
    Caught(
        "nominated",
        "The party nominated Ines Marr as governor of Salto.",
        "The party elected Ines Marr governor of Salto.",
        OVER,
        "elected",
    ),
    Caught(
        "linked",
        "Researchers linked the dye to asthma in children.",
        "Researchers found that the dye causes asthma in children.",
        OVER,
        "causes",
    ),
    Caught(
        "suggests",
        "The data suggest that bees avoid the spray.",
        "The data prove that bees avoid the spray.",
        OVER,
        "prove",
    ),
    Caught(
        "investigation",
        "Prosecutors are examining whether to open an investigation into the clinic.",
        "Prosecutors have opened an investigation into the clinic.",
        TALK,
        "opened",
    ),
    Caught("whether", "Voters will decide whether the city builds a tram.", "The city built a tram.", TALK, "built"),
    Caught(
        "if",
        "The union will strike if the talks fail.",
        "The union went on strike, and the talks failed.",
        TALK,
        "failed",
    ),
    Caught(
        "time to do it",
        "The developer has four months to submit a traffic plan.",
        "The developer has submitted a traffic plan.",
        PLAN,
        "submitted",
    ),
    Caught(
        "given until",
        "The ferry firm has been given until March to produce a rescue plan.",
        "The ferry firm has produced a rescue plan.",
        PLAN,
        "produced",
    ),
    Caught(
        "whether it will",
        "The pilots' union has not said whether it will sign the accord.",
        "The pilots' union said it will not sign the accord.",
        TALK,
        "sign",
    ),
    Caught(
        "understood to be considering",
        "The chancellor is understood to be considering a levy on yachts.",
        "The chancellor has approved a levy on yachts.",
        TALK,
        "approved",
    ),
    Caught(
        "seeks what is considered",
        "The residents said they were considering a judicial review.",
        "The residents will seek a judicial review.",
        TALK,
        "seek",
    ),
    Caught(
        "contracts",
        "The operator has signed contracts for nine further flights.",
        "The operator has carried out nine further flights.",
        OVER,
        "carried",
    ),
    Caught(
        "urged to call",
        "The opposition urged the premier to call an early election.",
        "The premier will call an early election.",
        OVER,
        "call",
    ),
]

CLEAN: list[Clean] = [
    Clean(
        "wanted, before its noun",
        "The islanders plan to ask for protected status for the reef.",
        "The islanders want protected status for the reef.",
    ),
    Clean(
        "sought, before its noun",
        "The government plans to ask for the release of the frozen assets.",
        "The government seeks frozen assets' release.",
    ),
    Clean(
        "with an article", "Residents plan to petition for an elected council.", "Residents want an elected council."
    ),
    Clean("in the future", "The union plans to ask for guaranteed hours.", "The union will want guaranteed hours."),
    Clean("said so", "The firm plans to ask for reduced rates.", "The firm said that it wants reduced rates."),
    Clean(
        "with an adverb",
        "The ministry plans to ask for heavily armed guards on trains.",
        "The ministry wants heavily armed guards on trains.",
    ),
    Clean(
        "with an owner",
        "The firm plans to ask for the release of Norland's frozen assets.",
        "The firm seeks the release of Norland's frozen assets.",
    ),
    Clean("a guided walk", "The town plans to ask for a guided walk.", "The town wants guided walks."),
    Clean(
        "the past beside the plan",
        "The zoo hopes the fence will curb thefts of parrots, which cost it 70 birds last year, keeper Ana Ruiz said.",
        "The zoo lost 70 parrots to thefts last year, keeper Ana Ruiz said.",
    ),
    Clean("ordered to pay", "The judge ordered him to pay a fine of 900 euros.", "The judge fined him 900 euros."),
    Clean(
        "complaint brought",
        "The court is due to rule on a complaint by two firms.",
        "The court is expected to decide on a complaint brought by two firms.",
    ),
    Clean(
        "case for",
        "Two mayors have argued that fares should be cut.",
        "Two mayors have made the case for lowering fares.",
    ),
    Clean(
        "limit",
        "The party demanded that rents be limited to 900 euros.",
        "The party called for a limit of 900 euros on rents.",
    ),
    Clean("lower", "Norland and Estrel signed a fishing pact.", "Norland and Estrel agreed on a fishing pact."),
    Clean(
        "talks",
        "Norland and Estrel agreed to begin negotiations on a fishing pact.",
        "Norland and Estrel decided to open talks about a fishing pact.",
    ),
    Clean(
        "considering",
        "The board is considering closing the theatre.",
        "The board is weighing the closure of the theatre.",
    ),
    Clean(
        "under consideration",
        "The board is considering closing the theatre.",
        "The closure of the theatre is under consideration.",
    ),
    Clean("may", "The board is considering closing the theatre.", "The board may close the theatre."),
    Clean("plans and intends", "Orrin plans to close its mill in Tarn.", "Orrin intends to shut its mill in Tarn."),
    Clean(
        "plans and is to",
        "Orrin plans to close its mill in Tarn.",
        "Orrin's mill in Tarn is to close, under its plans.",
    ),
    Clean(
        "will and is due", "The museum will open a new wing in March.", "The museum's new wing is due to open in March."
    ),
    Clean("present for future", "The museum will open a new wing in March.", "The museum opens a new wing in March."),
    Clean(
        "progressive for future",
        "The museum will open a new wing in March.",
        "The museum is opening a new wing in March.",
    ),
    Clean(
        "expected",
        "Parliament is expected to pass the budget this week.",
        "Parliament is likely to pass the budget this week.",
    ),
    Clean(
        "past",
        "The court ordered the bank to repay 300 customers.",
        "The bank must repay 300 customers, the court ordered.",
    ),
    Clean(
        "urged",
        "The minister urged both sides to accept a mediator.",
        "The minister called on both sides to accept a mediator.",
    ),
    Clean("hopes", "The team hopes to drill in the valley in 2027.", "The team wants to drill in the valley in 2027."),
    Clean(
        "offer",
        "Tarn offered to buy Orrin for 2 billion euros.",
        "Tarn made an offer to buy Orrin for 2 billion euros.",
    ),
    Clean(
        "agreed to extend",
        "The two sides agreed to extend the truce by ten days.",
        "The two sides extended the truce by ten days.",
    ),
    Clean("voted to", "The council voted to ban fireworks.", "The council banned fireworks."),
    Clean("decided", "The bank decided to raise its main rate.", "The bank raised its main rate."),
    Clean(
        "accused",
        "The opposition accused the mayor of hiding the report.",
        "The mayor hid the report, the opposition alleged.",
    ),
    Clean(
        "accusation denied",
        "The opposition accused the mayor of hiding the report. The mayor denied it.",
        "The mayor denied the opposition's claim that he had hidden the report.",
    ),
    Clean(
        "convicted",
        "The nurse was convicted of manslaughter in Graz.",
        "The nurse was found guilty of manslaughter in Graz.",
    ),
    Clean(
        "sentenced",
        "The nurse was sentenced to four years for manslaughter.",
        "The nurse was convicted of manslaughter.",
    ),
    Clean(
        "linked",
        "Researchers linked the dye to asthma in children.",
        "The dye was associated with asthma in children, researchers said.",
    ),
    Clean(
        "causes",
        "The dye causes asthma in children, researchers found.",
        "Researchers found that the dye can trigger asthma in children.",
    ),
    Clean("elected", "Ines Marr was elected governor of Salto.", "Salto chose Ines Marr as its governor."),
    Clean("begun", "Workers began building the dam in 2021.", "Work on the dam started in 2021."),
    Clean(
        "done elsewhere",
        "Orrin closed its mill in Salto in May. It plans to close another in Tarn.",
        "Orrin closed its mill in Salto in May.",
    ),
    Clean("both acts", "The club sold its keeper and plans to buy a striker.", "The club sold its keeper."),
    Clean("managed", "Rescuers managed to free the whale.", "Rescuers freed the whale."),
    Clean("had to", "The airline had to cancel 40 flights.", "The airline cancelled 40 flights."),
    Clean(
        "examining",
        "Prosecutors are examining whether to open an investigation.",
        "Prosecutors have not decided whether to open an investigation.",
    ),
    Clean(
        "could",
        "The regulator could fine the bank 4 million euros.",
        "The bank may be fined 4 million euros by the regulator.",
    ),
    Clean("if", "The union will strike if the talks fail.", "The union will walk out should the talks fail."),
    Clean("another language", "Der Rat will die Halle schließen.", "Der Rat hat die Halle geschlossen."),
    Clean(
        "approved plans",
        "Councillors approved plans to extend the quay at Dorn.",
        "Councillors approved the extension of the quay at Dorn.",
    ),
    Clean(
        "plans were approved",
        "Plans to convert the mill into flats have been approved by the board.",
        "The board has approved the conversion of the mill into flats.",
    ),
    Clean(
        "will see it added",
        "The scheme will add two berths at the harbour.",
        "The scheme will see two berths added at the harbour.",
    ),
    Clean(
        "are to be",
        "Protesters will lift the barriers by noon and extra troops will be withdrawn.",
        "The barriers are to be lifted by noon, and extra troops withdrawn.",
    ),
    Clean(
        "must stay shut",
        "Bars in Lund have been ordered to close until Monday.",
        "Bars in Lund must stay shut until Monday.",
    ),
    Clean(
        "time to appeal",
        "The state would study the ruling before deciding whether to appeal. It has four weeks to do so.",
        "The state has four weeks in which to appeal and would examine the ruling first.",
    ),
    Clean(
        "want him released",
        "The club have offered 600,000 dollars to release the winger a year early.",
        "The club want the winger released a year early.",
    ),
    Clean(
        "wants it banned",
        "The consumer group called for a ban on the dye.",
        "The consumer group wants the dye banned.",
    ),
    Clean(
        "once it has been",
        "Once the dam has been raised, the village should be safe from floods.",
        "The village ought to be safe from floods within a year of the dam being raised.",
    ),
    Clean(
        "must submit",
        "The developer has four months to submit a traffic plan.",
        "The developer must submit a traffic plan within four months.",
    ),
]

PREMISES = (
    "Japan and the Philippines agreed to begin negotiations on an intelligence pact. "
    "They also agreed to accelerate discussions on the export of defense equipment."
)
ASSERTED = (
    "By pursuing the pact and defense exports, Tokyo is providing the Philippines with the tools to maintain security."
)
INTERPRETED = [
    "The talks on defense equipment signal a closer partnership between Tokyo and Manila.",
    "The agreement suggests that Tokyo is willing to export defense equipment.",
    "Talks on an intelligence pact mark a shift in relations.",
    "If the pact is concluded, it could give Manila new tools.",
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


def test_an_inference_asserts_no_act_that_is_only_talked_about() -> None:
    found = run(check, Clean("act", PREMISES, ASSERTED), inference=True)
    assert [finding.found for finding in found] == ["providing"]


#: What is talked about, and a reading of it that has it happening.
ASSERTIONS = [
    (
        (
            "Norland and the islands agreed to begin negotiations for a Joint Fisheries Patrol Accord, known as JFPA. "
            "The ministers also agreed to speed up discussions regarding the sale of patrol boats. "
            "The step aims to strengthen the islands' coast guard through Norland radar and boats."
        ),
        "By pursuing JFPA and boat sales, Norland is giving the islands the means to guard their waters.",
        "giving",
    ),
    (
        (
            "The two hospitals agreed to explore a Shared Imaging Programme (SIP). "
            "They also agreed to begin consultations concerning a joint laboratory."
        ),
        "Through SIP and a joint laboratory, the city hospital is supplying its rural partner with modern tools.",
        "supplying",
    ),
    (
        (
            "The league and the players' union agreed to start talks on a concussion fund. "
            "The league is considering a paid rest period."
        ),
        "With the concussion fund and the rest period, the league is providing players with real protection.",
        "providing",
    ),
]


@pytest.mark.parametrize(("premises", "text", "act"), ASSERTIONS)
def test_talk_of_a_thing_is_not_the_thing(premises: str, text: str, act: str) -> None:
    found = run(check, Clean("act", premises, text), inference=True)
    assert [finding.found.split()[-1] for finding in found] == [act]


@pytest.mark.parametrize("verb", ["signals", "marks", "indicates", "serves as"])
def test_what_talk_means_can_be_said(verb: str) -> None:
    text = f"The opening of talks on JFPA {verb} a closer bond between Norland and the islands."
    assert run(check, Clean("reading", ASSERTIONS[0][0], text), inference=True) == []


@pytest.mark.parametrize("text", INTERPRETED)
def test_an_inference_may_interpret(text: str) -> None:
    assert run(check, Clean("reading", PREMISES, text), inference=True) == []


def test_the_message_gives_both_rungs() -> None:
    row = Clean("rungs", "The board is considering closing the theatre.", "The board has decided to close the theatre.")
    message = run(check, row)[0].message
    assert "considering closing" in message and "decided to close" in message


@pytest.mark.parametrize("row", [*CAUGHT, *CLEAN], ids=lambda row: row.name)
def test_a_sentence_agrees_with_itself(row: Caught | Clean) -> None:
    assert run(check, Clean(row.name, row.evidence, row.evidence)) == []
    assert run(check, Clean(row.name, row.claim, row.claim + " ")) == []


_PIECES = st.sampled_from(
    [
        *{word for row in CAUGHT for word in (row.claim + " " + row.evidence).split()},
        "🙂",
        "وقع",
        ",",
        "—",
        "",
        "“plans",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_PIECES, max_size=25).map(" ".join),
    st.lists(_PIECES, min_size=1, max_size=25).map(" ".join),
    st.booleans(),
)
def test_it_never_raises_and_points_at_words(claim: str, evidence: str, inference: bool) -> None:
    run(check, Clean("any", evidence + " Rain fell.", claim), inference=inference)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_it_never_raises_on_any_text(claim: str, evidence: str) -> None:
    run(check, Clean("any", evidence + " Rain fell.", claim))


def test_a_long_claim() -> None:
    assert run(check, Clean("long", "Rain may fall.", "rain will fall " * 3_000)) is not None
