"""Citations: ids that exist, evidence that is about the claim, markers that are earned."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing
from briefing import Document, Severity
from briefing.checks import Subject
from briefing.checks.citations import check

# s1 … s10
TEXT = (
    "The council of Arlo approved a new tram line on Monday. Building it will cost 90 million euros. "
    "Heavy rain flooded two schools in the south of the town. The library closed its reading room for repairs. "
    "Rangers counted 340 otters along the river this spring. A court fined the ferry company for late sailings. "
    "The hospital hired twelve nurses from Portugal. Farmers sold their wheat at the lowest price in a decade. "
    "The football club dismissed its coach after six defeats. Engineers replaced the cables of the old bridge."
)
CAUGHT = [
    # claim, ids cited, kind
    ("The council approved a new tram line.", "s3", "wrong_sentence"),
    ("The tram line will cost 90 million euros to build.", "s5", "wrong_sentence"),
    ("Two schools were flooded after heavy rain.", "s4", "wrong_sentence"),
    ("The reading room of the library is closed for repairs.", "s6", "wrong_sentence"),
    ("Rangers counted 340 otters.", "s7", "wrong_sentence"),
    ("A court fined the ferry company.", "s8", "wrong_sentence"),
    ("The hospital hired twelve nurses.", "s9", "wrong_sentence"),
    ("Farmers sold wheat at the lowest price in a decade.", "s10", "wrong_sentence"),
    ("The football club dismissed its coach.", "s1", "wrong_sentence"),
    ("Engineers replaced the cables of the bridge.", "s2", "wrong_sentence"),
    ("The council approved a new tram line.", "s11", "unknown_sentence"),
    ("The council approved a new tram line.", "s1 s0", "unknown_sentence"),
    ("The council approved a new tram line.", "t1", "unknown_sentence"),
    ("The council approved a new tram line.", "1", "unknown_sentence"),
    ("The council approved a new tram line.", "S1", "unknown_sentence"),
    ("The council approved a new tram line.", "s01", "unknown_sentence"),
    ("The council approved a new tram line.", "s-1", "unknown_sentence"),
    ("The council approved a new tram line.", "s1 s99999999999999999999", "unknown_sentence"),
    ("The council approved a new <b>tram</b> line.", "s1", "markup"),
    ("The council ~~rejected~~ approved a new tram line.", "s1", "markup"),
    ("The council <!-- not --> approved a new tram line.", "s1", "markup"),
    ("The council approved a new [tram line](https://example.org/pay).", "s1", "markup"),
    ("The council approved a new tram line, see www.example.org.", "s1", "markup"),
    ("The council approved a new tram line.", "", "no_evidence"),
    ("A court fined the ferry company.", "", "no_evidence"),
    ("The hospital hired twelve nurses.", "s77", "no_evidence"),
    ("Farmers sold wheat.", "x", "no_evidence"),
    ("Rangers counted 340 otters along the river.", "s3 s4", "wrong_sentence"),
    ("Two schools in the south were flooded by heavy rain.", "s9 s10", "wrong_sentence"),
    ("The coach of the football club was dismissed after six defeats.", "s2 s5", "wrong_sentence"),
    ("The council of Arlo approved the tram line on Monday.", "s6 s7 s8", "wrong_sentence"),
]
CLEAN = [
    ("The council approved a new tram line (for 90 million euros).", "s1 s2"),
    ("The council approved a new tram line.", "s1"),
    ("On Monday a new tram line was approved by the council of Arlo.", "s1"),
    ("The council approved a tram line that will cost 90 million euros to build.", "s1 s2"),
    ("Building it will cost 90 million euros.", "s2"),
    ("It will cost 90 million euros to build.", "s1 s2"),
    ("Heavy rain flooded two schools.", "s3"),
    ("Two schools in the south of the town were flooded.", "s3"),
    ("The library closed its reading room.", "s4"),
    ("The reading room of the library is shut for repairs.", "s4"),
    ("Rangers counted 340 otters along the river.", "s5"),
    ("This spring 340 otters were counted along the river.", "s5"),
    ("A court fined the ferry company.", "s6"),
    ("The ferry company was fined for late sailings.", "s6"),
    ("The hospital hired twelve nurses.", "s7"),
    ("Twelve nurses from Portugal were hired by the hospital.", "s7"),
    ("Farmers sold their wheat at the lowest price in a decade.", "s8"),
    ("Wheat was sold at its lowest price in a decade.", "s8"),
    ("The football club dismissed its coach.", "s9"),
    ("After six defeats the football club dismissed its coach.", "s9"),
    ("Engineers replaced the cables.", "s10"),
    ("The cables of the old bridge were replaced by engineers.", "s10"),
    ("The hospital hired nurses and the library closed its reading room.", "s4 s7"),
    ("A court fined the ferry company, and farmers sold wheat at the lowest price in a decade.", "s6 s8"),
    ("Rain flooded two schools, and rangers counted 340 otters.", "s3 s5"),
    ("The council approved the tram line, the club dismissed its coach and the bridge got new cables.", "s1 s9 s10"),
]


class Marked(NamedTuple):
    """A sentence with the markers that its author printed, and the findings of the citations check on them."""

    name: str
    text: str
    kinds: tuple[str, ...]


NORTH = "The dam burst on Friday. Two villages were evacuated, the governor said."
SOUTH = "The dam burst on Friday. Soldiers carried food to the valley by helicopter."
MARKED = [
    Marked("both say it", "The dam burst on Friday [1, 2].", ()),
    Marked("both, apart", "The dam burst on Friday [1][2].", ()),
    Marked("one of two", "The dam burst on Friday [1].", ()),
    Marked("only the first", "Two villages were evacuated, the governor said [1, 2].", ("marker_not_earned",)),
    Marked("only the second", "Soldiers carried food to the valley [1, 2].", ("marker_not_earned",)),
    Marked("the other one", "Two villages were evacuated, the governor said [2].", ("wrong_marker",)),
    Marked("the first, not the second", "Soldiers carried food to the valley by helicopter [1].", ("wrong_marker",)),
    Marked("nowhere", "The dam burst on Friday [3].", ("unknown_marker",)),
    Marked("one too many", "The dam burst on Friday [1, 2, 3].", ("unknown_marker",)),
    Marked("a range", "The dam burst on Friday [1–2].", ()),
    Marked("a range too long", "The dam burst on Friday [1–4].", ("unknown_marker",)),
]


def _findings(claim: str, ids: str) -> list[briefing.Finding]:
    document = Document.read(TEXT)
    cited = tuple(ids.split())
    return list(
        check(Subject("points[0]", claim, cited), [document.by_id[i] for i in cited if i in document.by_id], document)
    )


@pytest.mark.parametrize(("claim", "ids", "kind"), CAUGHT, ids=[f"{row[1] or 'none'}: {row[0]}" for row in CAUGHT])
def test_caught(claim: str, ids: str, kind: str) -> None:
    assert kind in {f.kind for f in _findings(claim, ids) if f.severity is Severity.ERROR}


@pytest.mark.parametrize(("claim", "ids"), CLEAN, ids=[row[0] for row in CLEAN])
def test_clean(claim: str, ids: str) -> None:
    assert [f for f in _findings(claim, ids) if f.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("row", MARKED, ids=[row.name for row in MARKED])
def test_markers_of_an_author(row: Marked) -> None:
    found = briefing.verify(row.text, [NORTH, SOUTH]).claims[0].findings
    assert tuple(f.kind for f in found if f.check == "citations" and f.severity is Severity.ERROR) == row.kinds
    assert bool(row.kinds) is (
        briefing.verify(row.text, [NORTH, SOUTH]).claims[0].verdict is briefing.Verdict.UNSUPPORTED
    )


LANGUAGES = [
    ("German", "Der Damm brach am Freitag.", "Zwei Dörfer wurden geräumt, sagte der Gouverneur."),
    ("French", "Le barrage a cédé vendredi.", "Deux villages ont été évacués, a déclaré le gouverneur."),
    ("Spanish", "La presa se rompió el viernes.", "Dos pueblos fueron evacuados, dijo el gobernador."),
]


@pytest.mark.parametrize(("language", "both", "one"), LANGUAGES, ids=[row[0] for row in LANGUAGES])
def test_markers_are_read_in_any_language(language: str, both: str, one: str) -> None:
    sources = [f"{both} {one}", f"{both} {both}"]
    kinds = [
        [f.kind for f in c.findings] for c in briefing.verify(f"{both} [1, 2] {one} [2] {one} [7]", sources).claims
    ]
    assert kinds[0] == [] and "wrong_marker" in kinds[1] and "unknown_marker" in kinds[2]


LOOKED_UP = [
    # claim, ids that stand in for what was looked up, the markers on it, kind or none
    ("The council of Arlo approved a new tram line on Monday for the decade.", "s1 s8", None, "not_about"),
    ("The council of Arlo approved a new tram line on Monday for the decade.", "s1 s8", (), None),
    ("The council of Arlo approved a new tram line on Monday for the decade.", "s1 s8", (1,), None),
    ("Rangers counted 340 otters.", "s7 s5", None, "not_about"),
    ("Rangers counted 340 otters.", "s7 s5", (), None),
    ("Rangers counted 340 otters.", "s7", None, "wrong_sentence"),
    ("Rangers counted 340 otters.", "s7", (2,), "wrong_sentence"),
    ("Astronauts repaired a telescope.", "s5", (), "no_evidence"),
    ("The river is new.", "s5 s1", (), None),
    ("Rangers counted 340 otters.", "", (), "no_evidence"),
]


@pytest.mark.parametrize(("claim", "ids", "printed", "kind"), LOOKED_UP)
def test_evidence_that_was_looked_up_is_no_fault_of_the_author(
    claim: str, ids: str, printed: tuple[int, ...] | None, kind: str | None
) -> None:
    document = Document.read(TEXT)
    cited = tuple(ids.split())
    found = check(Subject("claims[0]", claim, cited, None, printed), [document.by_id[i] for i in cited], document)
    assert [f.kind for f in found] == ([kind] if kind else [])


@given(st.text(max_size=120), st.lists(st.text(max_size=4), max_size=4))
@settings(max_examples=100, deadline=None)
def test_it_never_raises(claim: str, ids: list[str]) -> None:
    assert all(finding.message for finding in _findings(claim, " ".join(ids)))
