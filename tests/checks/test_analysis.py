"""Analysis: an inference starts from facts, and keeps to their figures, names, quotes and degrees of commitment."""

from __future__ import annotations

import pytest

from briefing import Document, Severity, Verdict
from briefing.checking import examine
from briefing.checks import Subject

FACTS = (
    "Norland and Vesk agreed to begin negotiations on a fisheries treaty, the two governments said. "
    "They also agreed to accelerate discussions on the sale of patrol boats to Vesk. "
    "The central bank raised its key rate to 4.5 percent from 4.25 percent. "
    "The company plans to close its plant in Odell and is considering the sale of its ferries. "
    "Prosecutors charged the former mayor, Rosa Lind, with taking bribes. "
    "A trial of the vaccine in 900 adults cut severe illness by about half. "
    "“We cannot wait any longer,” said Tomas Berg, the head of the union. "
    "The city approved a plan for 1,200 homes beside the harbour. "
    "Drought reduced the wheat harvest by 30 percent, the ministry said. "
    "The court will hear the appeal of the landlord in May."
)
CAUGHT = [
    # the inference, and the check that sees what it takes from the facts wrongly
    ("A fisheries treaty between the two governments.", "analysis"),
    ("Suggests the of the ferries may the union to.", "analysis"),
    (
        "By opening talks on a fisheries treaty, Norland is providing Vesk with the patrol boats that it needs.",
        "commitment",
    ),
    ("The fisheries treaty that Norland and Vesk signed marks a new era.", "commitment"),
    ("Having sold patrol boats to Vesk, Norland signals a shift.", "commitment"),
    ("The rise to 4.75 percent suggests that the bank fears inflation.", "figures"),
    ("A key rate of 5.4 percent indicates growing concern.", "figures"),
    ("The closure of the plant in Mirel underscores the company's troubles.", "names"),
    ("Norland and Tarsk are drawing closer, the fisheries talks suggest.", "names"),
    ("That Rosa Lind was convicted of taking bribes signals a turning point.", "commitment"),
    ("The trial in 9,000 adults suggests that the vaccine may change practice.", "figures"),
    ("“We cannot wait another day,” Berg's warning, signals a strike.", "quotations"),
    ("The 2,100 homes beside the harbour point to a city that expects growth.", "figures"),
    ("A harvest down 13 percent suggests that bread will become dearer.", "figures"),
    ("The Lisbon plan for homes beside the harbour signals confidence.", "names"),
    ("Whales sing louder in autumn, which hints at changing seas.", "analysis"),
    ("Jazz festivals increasingly shape how tourists choose a hotel.", "analysis"),
    ("Younger painters seem to be turning away from oil on canvas.", "analysis"),
    ("The decline of the typewriter reflects deeper changes in offices.", "analysis"),
    ("The popularity of chess on television signals a new taste for patience.", "analysis"),
    ("Space telescopes are likely to redefine what counts as a planet.", "analysis"),
    ("The silence of the choir hints at a quarrel behind the scenes.", "analysis"),
    ("Coffee growers may be the first to feel warmer nights.", "analysis"),
    ("“Time has run out,” as Berg put it, shows how tense the mood is.", "quotations"),
    ("A drop of 60 percent in wheat suggests a hard winter.", "figures"),
    ("Carla Lind's bribery case signals that nobody is untouchable.", "names"),
    ("The rate of 4.5 percent, up from 2.45 percent, signals resolve.", "figures"),
]
CLEAN = [
    "The talks on a fisheries treaty signal a warming between Norland and Vesk.",
    "The discussions on patrol boats suggest that Vesk is worried about its coast.",
    "The agreement to begin negotiations marks a shift in relations between Norland and Vesk.",
    "The rise of the key rate to 4.5 percent suggests that the central bank fears inflation.",
    "A key rate of 4.5 percent indicates that borrowing will become dearer.",
    "The plan to close the plant in Odell underscores the company's troubles.",
    "Considering the sale of its ferries hints at a lack of cash.",
    "The charges against Rosa Lind could weaken trust in the town hall.",
    "The bribery charge against the former mayor may shape the next election.",
    "The trial in 900 adults suggests that the vaccine could change practice.",
    "Cutting severe illness by about half would make the vaccine a serious option.",
    "Berg's impatience suggests that the union is close to a strike.",
    "“We cannot wait any longer” signals how tense the mood in the union is.",
    "The 1,200 homes beside the harbour point to a city that expects to grow.",
    "The plan for homes beside the harbour reflects pressure on rents.",
    "A wheat harvest down by 30 percent suggests that bread will become dearer.",
    "The drought underlines how exposed wheat farmers are.",
    "The appeal of the landlord suggests that the quarrel is far from over.",
    "A hearing in May leaves the landlord's tenants waiting.",
    "The patrol boats would give Vesk more weight at sea.",
    "Accelerating the discussions on boats hints at urgency in Vesk.",
    "The treaty talks serve as a counterweight to older quarrels between Norland and Vesk.",
    "The bank's step to 4.5 percent shows how far it is willing to go.",
    "The company's plans for Odell may be a sign of things to come for its ferries.",
    "The vaccine's effect on severe illness is likely to attract buyers.",
]


def _seen(text: str) -> tuple[Verdict, set[str]]:
    document = Document.read(FACTS)
    ids = tuple(s.id for s in document.sentences)
    seen = examine(Subject("analysis[0]", text, ids, inference=True), document)
    return seen.verdict, {f.check for f in seen.findings if f.severity is Severity.ERROR}


@pytest.mark.parametrize(("text", "check"), CAUGHT, ids=[row[0] for row in CAUGHT])
def test_caught(text: str, check: str) -> None:
    verdict, checks = _seen(text)
    assert verdict is Verdict.UNSUPPORTED and check in checks


@pytest.mark.parametrize("text", CLEAN)
def test_clean(text: str) -> None:
    assert _seen(text) == (Verdict.INFERENCE, set())


def test_a_source_may_infer_beyond_its_own_facts_and_is_warned_of() -> None:
    text = f"{FACTS} By opening these talks, Norland is providing Vesk with the patrol boats that it needs at sea."
    document = Document.read(text)
    last = document.sentences[-1]
    seen = examine(Subject("analysis[0]", last.text, (last.id,), inference=True), document)
    assert seen.verdict is Verdict.INFERENCE
    assert {(f.check, f.severity) for f in seen.findings} == {("commitment", Severity.WARNING)}
