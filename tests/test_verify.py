"""From a draft to checked claims, with a ten-line engine that returns whatever it is given."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import briefing
from briefing import Document, Draft, DraftAnswer, DraftClaim, DraftQuote, Severity, Status, Verdict
from briefing.checking import CHECKS

TEXT = "The mayor of Graz resigned on Monday. “I am tired of the job,” Ida Holm said. She led the town for nine years."
MORE = (
    " The party denied that the vote was bought. Holm took bribes from two builders, rivals say."
    " The town will sell the pier if the court agrees."
)


@dataclass
class Fixed:
    """An engine that returns a fixed draft."""

    point: DraftClaim
    quotes: list[DraftQuote]
    fingerprint: str = "fixed/1"

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        first = DraftClaim(text=document.sentences[0].text, evidence=["s1"])
        return Draft(headline=first, lede=first, points=[self.point], quotes=self.quotes, analysis=[])

    def answer(self, document: Document, question: str) -> DraftAnswer:
        return DraftAnswer(status=Status.ANSWERED, claims=[self.point], missing="")


CAUGHT = [
    ("other words", "The mayor of Graz was fired on Monday.", ["s1"], "substituted"),
    ("one word more", "The mayor of Graz resigned early on Monday.", ["s1"], "new_detail"),
    ("half a word", "The mayor of Graz resign", ["s1"], "part_of_sentence"),
    ("another sentence's words", "She led the town for nine years.", ["s1"], "wrong_sentence"),
    ("no such sentence", "She led the town for nine years.", ["s9"], "unknown_sentence"),
    ("no such sentence, too", "She led the town for nine years.", ["s3", "s-1"], "unknown_sentence"),
    ("huge id", "She led the town for nine years.", ["s1000000000000000000000"], "unknown_sentence"),
    ("no evidence", "She led the town for nine years.", [], "no_evidence"),
    ("empty", "", ["s1"], "not_supported"),
    ("cut out of a denial", "the vote was bought", ["s4"], "negation_lost"),
    ("cut off its source", "Holm took bribes from two builders", ["s5"], "part_of_sentence"),
    ("cut off its condition", "The town will sell the pier", ["s6"], "condition_dropped"),
]
CLEAN = [
    ("verbatim", "The mayor of Graz resigned on Monday.", ["s1"]),
    ("its beginning", "She led the town", ["s3"]),
    ("straight marks", '"I am tired of the job," Ida Holm said.', ["s2"]),
    ("white space", "She led  the town\nfor nine years.", ["s3"]),
]


def _claim(text: str, evidence: list[str]) -> briefing.Claim:
    engine = Fixed(DraftClaim(text=text, evidence=evidence), [])
    result = briefing.summarize(TEXT + MORE, engine=engine, unsupported="flag")
    assert result.engine == "fixed/1"
    assert result.report.ok is (result.points[0].verdict is Verdict.SUPPORTED)
    answer = briefing.ask(TEXT + MORE, "Who resigned?", engine=engine, unsupported="flag")
    assert [f.kind for f in answer.claims[0].findings] == [f.kind for f in result.points[0].findings]
    return result.points[0]


@pytest.mark.parametrize(("text", "evidence", "kind"), [row[1:] for row in CAUGHT], ids=[row[0] for row in CAUGHT])
def test_unproved_claims_are_caught(text: str, evidence: list[str], kind: str) -> None:
    claim = _claim(text, evidence)
    assert claim.verdict is Verdict.UNSUPPORTED
    assert kind in {finding.kind for finding in claim.findings}
    assert all(finding.where.endswith("[0]") and finding.message.endswith(".") for finding in claim.findings)


@pytest.mark.parametrize(("text", "evidence"), [row[1:] for row in CLEAN], ids=[row[0] for row in CLEAN])
def test_proved_claims_are_clean(text: str, evidence: list[str]) -> None:
    claim = _claim(text, evidence)
    assert (claim.verdict, claim.findings, claim.markers) == (Verdict.SUPPORTED, (), (1,))


def test_evidence_that_is_not_needed_does_not_make_a_claim_unsupported() -> None:
    claim = _claim("She led the town for nine years.", ["s1", "s3"])
    assert claim.verdict is Verdict.SUPPORTED
    assert all(finding.severity is not Severity.ERROR for finding in claim.findings)


def test_markers_that_an_engine_writes_never_count() -> None:
    claim = _claim("She led the town for nine years [1, 7].", ["s3"])
    assert (claim.text, claim.markers, claim.verdict) == ("She led the town for nine years.", (1,), Verdict.SUPPORTED)
    (finding,) = claim.findings  # without a place: the marker is no longer in the text
    assert (finding.kind, finding.found, finding.claim_span) == ("marker_in_text", "[1, 7]", None)
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("words", "speaker", "kind"),
    [
        ("I am tired of the job", "Ida Holm", None),
        ("tired of the job", "Ida Holm", None),
        ("I am tired of the job", "the mayor of Graz", "wrong_speaker"),
        ("I am sick of the job", "Ida Holm", "not_spoken"),
        ("She led the town for nine years", "Ida Holm", "not_spoken"),
        ("ired of the job", "Ida Holm", "not_spoken"),
        ("I am tired of the jo", "Ida Holm", "not_spoken"),
        ("I", "Ida Holm", None),
    ],
)
def test_quotes(words: str, speaker: str, kind: str | None) -> None:
    quote = DraftQuote(text=words, speaker=speaker, evidence=["s2", "s3"])
    engine = Fixed(DraftClaim(text="She led the town", evidence=["s3"]), [quote])
    (checked,) = briefing.summarize(TEXT, engine=engine, unsupported="flag").quotes
    assert [f.kind for f in checked.findings] == ([kind] if kind else [])
    assert (checked.verdict is Verdict.SUPPORTED) is (kind is None)


def test_the_report_says_what_was_found() -> None:
    engine = Fixed(DraftClaim(text="The mayor of Graz was fired on Monday.", evidence=["s1"]), [])
    result = briefing.summarize(TEXT, engine=engine, unsupported="flag")
    lines = result.report.text().splitlines()
    assert lines[0] == "2 supported, 1 unsupported"
    assert any("points[0]" in line and "was fired" in line for line in lines)
    assert any("The source says “resigned” where the claim says “fired”." in line for line in lines)
    assert "(UNSUPPORTED: " in result.text()
    assert set(result.report.checks) == set(CHECKS)
