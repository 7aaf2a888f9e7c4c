"""Who did what to whom: parties exchanged, crossed and mistaken, and the many honest ways to turn a sentence round."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document
from briefing.checks import Subject, roles
from tests.checks.rows import Caught, Clean, errors, run

CAUGHT: list[Caught] = [
    Caught(
        "two names exchanged in a copy",
        "Corin will meet Tavel or Osk in the hall at Brede on 3 June.",
        "Tavel will meet Corin or Osk in the hall at Brede on 3 June.",
        "exchanged",
    ),
    Caught(
        "sale made a purchase",
        "Larkin are reportedly in talks to sell Mbeki to a foreign club.",
        "Larkin are negotiating the purchase of Mbeki, reports say.",
        "exchanged",
    ),
    Caught(
        "bid made a sale",
        "The regulator blocked a bid by Haldane for Corvel in 2019.",
        "An attempt by Haldane to sell Corvel failed in 2019.",
        "exchanged",
    ),
    Caught(
        "for instead of from",
        "Tarn Foods has agreed to buy the mill from the Osgood family for 20 million euros.",
        "Tarn Foods has agreed to buy the mill for the Osgood family for 20 million euros.",
        "exchanged",
    ),
    Caught(
        "another's spokeswoman",
        "A spokeswoman for Brandl rejected the report on the harbour. Kovic will visit the harbour in May.",
        "Kovic's spokeswoman rejected the report on the harbour.",
        "crossed",
    ),
    Caught(
        "described as another",
        "Nora Finch, the orchard's manager, blamed frost. Beekeeper Piet Maas said the hives were empty.",
        "Nora Finch, a beekeeper, blamed frost.",
        "crossed",
        "Nora Finch",
    ),
    Caught(
        "quoted speaker",
        "“The roof was patched, not repaired,” said builder Olga Brandt. Councillor Mark Teller left early.",
        "Mark Teller said the roof was patched and not repaired.",
        "crossed",
        "Mark Teller",
    ),
    Caught(
        "cousins",
        "Doctors said Hanna Wirth had frostbite in both feet. Her cousin Paul Wirth was unhurt.",
        "Paul Wirth had frostbite in both feet.",
        "crossed",
        "Paul Wirth",
    ),
    Caught(
        "one of two quays",
        "The northern quay, built in 1962, will close in May. The southern quay handles container ships.",
        "The southern quay, built in 1962, will close in May.",
        "crossed",
    ),
    Caught(
        "another place",
        "In Cork, a gym was damaged and 4,000 homes lost power; in Galway the river burst its banks.",
        "In Galway, 4,000 homes lost power.",
        "crossed",
    ),
    Caught(
        "gusts",
        "Gusts reached 141 km/h at Roches Point and 118 km/h at Mace Head.",
        "Gusts reached 141 km/h at Mace Head.",
        "crossed",
    ),
    Caught(
        "he is the one before",
        "Tomas Beran fell on Thursday. “I am sorry for the audience,” he said. Pianist Yara Haddad will play.",
        "Yara Haddad said she was sorry for the audience.",
        "crossed",
    ),
    Caught(
        "no antecedent",
        "Kitano raised its forecast. The company will buy back shares in May. Rival Fujimoto reports in August.",
        "Fujimoto will buy back shares in May.",
        "crossed",
    ),
    Caught("active", "Weber beat Koch in three sets.", "Koch beat Weber in three sets.", "exchanged", "Koch"),
    Caught("passive", "The striker was fouled by Rossi.", "Rossi was fouled by the striker.", "exchanged"),
    Caught("lost to", "Linden United beat Port Vale 2-0.", "Linden United lost to Port Vale.", "exchanged"),
    Caught("victory over", "Maro defeated Singh in the final.", "Singh won a victory over Maro.", "exchanged"),
    Caught("bought", "Harland bought the mill from Borel.", "Borel bought the mill from Harland.", "exchanged"),
    Caught("sold", "Harland bought the mill from Borel.", "Harland sold the mill to Borel.", "exchanged"),
    Caught(
        "takeover",
        "Dairy group Norva agreed a takeover of Lakeside by Pentland in May.",
        "Pentland was acquired by Lakeside.",
        "exchanged",
    ),
    Caught(
        "accused",
        "The treasurer accused the chairman of forging minutes.",
        "The chairman accused the treasurer of forging minutes.",
        "exchanged",
    ),
    Caught("sued", "Two tenants sued the landlord.", "The landlord sued two tenants.", "exchanged"),
    Caught(
        "lent",
        "Tarsia lent Norvania 40 million euros for the dam.",
        "Tarsia borrowed 40 million euros from Norvania for the dam.",
        "exchanged",
    ),
    Caught("export", "Brenia imports wheat from Ostia.", "Brenia exports wheat to Ostia.", "exchanged"),
    Caught("paid", "The club paid the agent a fee.", "The agent paid the club a fee.", "exchanged"),
    Caught(
        "awarded",
        "The city council awarded the architect a medal.",
        "The architect awarded the city council a medal.",
        "exchanged",
    ),
    Caught(
        "told she",
        "Elena Brandt said she would invite the Liberals to talks.",
        "The Liberals said they would invite Elena Brandt to talks.",
        "exchanged",
    ),
    Caught("succession", "Silva succeeded Alves as head of the bank.", "Alves succeeded Silva.", "exchanged"),
    Caught("replaced", "Okoro replaced Lund in goal.", "Okoro was replaced by Lund in goal.", "exchanged"),
    Caught("taught", "Marsh taught Ling to play the cello.", "Ling taught Marsh the cello.", "exchanged"),
    Caught(
        "appealed",
        "Governor Reyes appealed to the army to send boats.",
        "The army appealed to Governor Reyes to send boats.",
        "exchanged",
    ),
    Caught("arrested", "Police arrested the driver.", "The driver arrested police.", "exchanged"),
    Caught(
        "testified",
        "Moreau's brother testified against the broker on Monday.",
        "The broker testified against Moreau's brother on Monday.",
        "exchanged",
    ),
    Caught(
        "whose plan",
        "The senate rejected her plan to widen the northern canal.",
        "The senate's plan to widen the northern canal was rejected by Hale.",
        "exchanged",
    ),
    Caught(
        "rejecter",
        "The union rejected the offer on Friday. The company will meet its shareholders.",
        "The company rejected the offer on Friday.",
        "crossed",
    ),
    Caught(
        "founder",
        "The trust was funded by the Lindgren Foundation. Two curators are paid by Astra.",
        "Astra funded the trust.",
        "crossed",
        "Astra",
    ),
    Caught(
        "two clauses",
        "The nurses said they would study the deal, while Medicor rejected it.",
        "Medicor said it would study the deal, while the nurses rejected it.",
        "crossed",
    ),
    Caught(
        "speaker",
        "Flooding closed the tunnel, said Ana Costa. Piet Maas repaired the pumps.",
        "Flooding closed the tunnel, said Piet Maas.",
        "crossed",
        "Piet Maas",
    ),
    Caught(
        "office",
        "The president of Norvania visited the port. Tarsia sent an envoy.",
        "The president of Tarsia visited the port.",
        "crossed",
        "Tarsia",
    ),
    Caught(
        "place",
        "The treaty was signed in Vienna. Talks will resume in Oslo.",
        "The treaty was signed in Oslo.",
        "crossed",
        "Oslo",
    ),
    Caught(
        "owner",
        "Crews freed the captain of the cargo ship near the reef. A fishing ship stood by.",
        "Crews freed the captain of the fishing ship near the reef.",
        "crossed",
    ),
    Caught(
        "apposition",
        "The coach, Jon Berg, praised the young keeper. The referee, Luis Paz, went home.",
        "The coach, Luis Paz, praised the young keeper.",
        "crossed",
        "Luis Paz",
    ),
    Caught(
        "route",
        "The night train from Oslo to Bergen was two hours late.",
        "The night train from Bergen to Oslo was two hours late.",
        "exchanged",
    ),
    Caught(
        "comparison",
        "Rents rose faster in Lyon than in Nantes.",
        "Rents rose faster in Nantes than in Lyon.",
        "comparison_reversed",
    ),
    Caught(
        "smaller", "Lake Vern is larger than Lake Osk.", "Lake Vern is smaller than Lake Osk.", "comparison_reversed"
    ),
    Caught(
        "cause",
        "The strike led to a shortage of fuel.",
        "A shortage of fuel led to the strike.",
        "cause_reversed",
    ),
    Caught(
        "because",
        "The festival was cancelled because of the fire.",
        "The fire broke out because the festival was cancelled.",
        "cause_reversed",
    ),
    Caught(
        "hired",
        "The gallery hired Mina Holt after the auction.",
        "Mina Holt hired the gallery after the auction.",
        "exchanged",
    ),
    Caught("shelled", "Rebels shelled the army at dawn.", "The army shelled rebels at dawn.", "exchanged"),
]

CLEAN: list[Clean] = [
    Clean(
        "meeting the other way round",
        "Corin will meet Tavel in the hall at Brede on 3 June.",
        "Tavel will meet Corin in the hall at Brede on 3 June.",
    ),
    Clean(
        "bid as a takeover attempt",
        "The regulator blocked a bid by Haldane for Corvel in 2019.",
        "An attempt by Haldane to buy Corvel failed in 2019.",
    ),
    Clean(
        "by where she is from",
        "Third seed Lena Moreau won the final in Graz. The 24-year-old Belgian saved a set point.",
        "Moreau saved a set point.",
    ),
    Clean(
        "adjective of a country",
        "Tarsia says that Orvan shelled a village last week, which Orvan denies.",
        "Orvan denies Tarsian claims that it shelled a village last week.",
    ),
    Clean(
        "initials",
        "The boat sank on Monday, the International Organization for Migration said.",
        "The boat sank on Monday, the IOM said.",
    ),
    Clean(
        "nationality",
        "Striker Idris Bakare scored twice. The Nigeria international turned down a move to Lecce.",
        "Bakare rejected a move to Lecce.",
    ),
    Clean("to blame", "The mayor blamed the builder for the delay.", "The mayor said the builder was to blame."),
    Clean(
        "called on",
        "Pastor Emil Rau urged the council to change the rule.",
        "Emil Rau called on the council to amend the rule.",
    ),
    Clean(
        "both sides of a comparison",
        "Pupils in Zeeland slept longer than those in Rotterdam.",
        "Rotterdam pupils slept less than those in Zeeland.",
    ),
    Clean(
        "owner of a title",
        "Eva Stolz, the manager of the orchestra, said tickets would not be refunded.",
        "The orchestra's manager, Eva Stolz, said there would be no refunds for tickets.",
    ),
    Clean(
        "place in commas",
        "Corvane, based in Cleveland, Ohio, bought carton maker Sapri last year.",
        "Corvane bought carton maker Sapri last year.",
    ),
    Clean(
        "set in",
        "Tom Adeyemi was shortlisted for “The Cartographer”, a satire set in Lagos.",
        "Adeyemi's satire The Cartographer is set in Lagos.",
    ),
    Clean("passive", "Weber beat Koch in three sets.", "Koch was beaten by Weber in three sets."),
    Clean("lost to", "Weber beat Koch in three sets.", "Koch lost to Weber."),
    Clean("win over", "Weber beat Koch in three sets.", "Weber's win over Koch took three sets."),
    Clean("sold to", "Harland bought the mill from Borel.", "Borel sold the mill to Harland."),
    Clean("purchase", "Harland bought the mill from Borel.", "The purchase of the mill by Harland was completed."),
    Clean("acquired", "Harland bought the mill from Borel.", "The mill was acquired by Harland."),
    Clean("borrowed", "Tarsia lent Norvania 40 million euros.", "Norvania borrowed 40 million euros from Tarsia."),
    Clean("exports", "Brenia imports wheat from Ostia.", "Ostia exports wheat to Brenia."),
    Clean("given", "The council gave the school two buses.", "The school was given two buses by the council."),
    Clean("received", "The council gave the school two buses.", "The school received two buses from the council."),
    Clean("succeeded by", "Silva succeeded Alves as head of the bank.", "Alves was succeeded by Silva."),
    Clean("taken over", "Silva succeeded Alves as head of the bank.", "Silva took over from Alves at the bank."),
    Clean("met", "The premier met the bishop at the palace.", "The bishop met the premier at the palace."),
    Clean("married", "Holt married Brandt in 1998.", "Brandt married Holt in 1998."),
    Clean("talks", "Tarsia and Norvania began talks.", "Norvania and Tarsia began talks."),
    Clean("merged", "Acme merged with Bolt last year.", "Bolt merged with Acme last year."),
    Clean("sank", "The storm sank two boats.", "Two boats sank in the storm."),
    Clean("prices", "The grocer raised prices.", "Prices were raised by the grocer."),
    Clean(
        "description",
        "Ernesto Vidal, the mayor, ignored the warning. Residents accused him of neglect.",
        "The mayor was accused by residents of neglect.",
    ),
    Clean(
        "pronoun",
        "Lopes joined the club in May. She scored nine goals before the break.",
        "Lopes scored nine goals before the break.",
    ),
    Clean(
        "company",
        "Halvor Foods makes frozen meals. The company bought Polar from Nordal in 2016.",
        "In 2016 Nordal sold Polar to Halvor Foods.",
    ),
    Clean(
        "acronym",
        "The National Farmers' Federation (NFF) criticised the ministry over the delay.",
        "The ministry was criticised by the NFF over the delay.",
    ),
    Clean(
        "relative",
        "The reporter, whom the minister had insulted, left the room.",
        "The minister had insulted the reporter, who left the room.",
    ),
    Clean(
        "speech",
        "The suspect denied the charge, police said.",
        "Police said the suspect denied the charge.",
    ),
    Clean(
        "said she",
        "Elena Brandt said she would invite the Liberals to talks.",
        "The Liberals will be invited to talks by Elena Brandt, she said.",
    ),
    Clean(
        "coordination",
        "The judge fined the bank and jailed its founder.",
        "The bank was fined and its founder was jailed by the judge.",
    ),
    Clean("smaller", "Lake Vern is larger than Lake Osk.", "Lake Osk is smaller than Lake Vern."),
    Clean("because", "The strike led to a shortage of fuel.", "Fuel is short because of the strike."),
    Clean("caused by", "The fire caused the collapse.", "The collapse was caused by the fire."),
    Clean("route", "The ferry from Cebu to Bohol sank.", "The ferry sank on its way from Cebu to Bohol."),
    Clean("president", "The president of Norvania visited the port.", "Norvania's president visited the port."),
    Clean(
        "title",
        "Transport Minister Paul Haas urged both sides to accept a mediator.",
        "Both sides were urged by the transport minister, Paul Haas, to accept a mediator.",
    ),
    Clean(
        "team",
        "Researchers from the University of Aldo followed 900 nurses.",
        "A team at the University of Aldo followed 900 nurses.",
    ),
    Clean(
        "group",
        "Hackers stole the data of 4,000 patients from the clinic.",
        "A group of hackers stole patients' data from the clinic.",
    ),
    Clean(
        "control",
        "The court ordered the bank to repay its customers.",
        "The bank was ordered by the court to repay its customers.",
    ),
    Clean(
        "rejected",
        "The union rejected the company's offer.",
        "The company's offer was turned down by the union.",
    ),
    Clean(
        "other event",
        "A collector gave the museum three masks in 1954. The museum will hand them back to Obari.",
        "Obari will get three masks from the museum.",
    ),
    Clean(
        "German",
        "Der Hund biss den Mann. Der Mann rief die Polizei.",
        "Den Mann biss der Hund.",
    ),
]


@pytest.mark.parametrize("row", CAUGHT, ids=lambda row: row.name)
def test_caught(row: Caught) -> None:
    found = errors(run(roles.check, row))
    assert row.kind in {finding.kind for finding in found}
    if row.found:
        assert row.found in {finding.found for finding in found}


@pytest.mark.parametrize("row", CLEAN, ids=lambda row: row.name)
def test_clean(row: Clean) -> None:
    assert not errors(run(roles.check, row))


@pytest.mark.parametrize("row", [*CAUGHT, *CLEAN], ids=lambda row: row.name)
def test_verbatim(row: Caught | Clean) -> None:
    for sentence in Document.read(row.evidence).sentences:
        assert not run(roles.check, Clean("verbatim", row.evidence, sentence.text))


WORDS = st.sampled_from(
    "the a Weber Koch police, said that beat was by from to of and who it bought sold 12 than larger because (x) \" 's 😀 رجل".split()
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=24).map(" ".join))


@given(claim=TEXTS, evidence=st.lists(WORDS, min_size=1, max_size=24).map(" ".join))
@settings(deadline=None)
def test_never_raises(claim: str, evidence: str) -> None:
    document = Document.read(f"Rain fell. {evidence}")
    cited = tuple(sentence.id for sentence in document.sentences)
    for finding in roles.check(Subject("lede", claim, cited), document.sentences, document):
        assert finding.claim_span is not None
        assert claim[slice(*finding.claim_span)] == finding.found


def test_no_text_and_long_text() -> None:
    document = Document.read("Weber beat Koch.")
    for claim in ("", "😀", "…", "Koch beat Weber. " * 3000):
        list(roles.check(Subject("lede", claim, ("s1",)), document.sentences, document))
