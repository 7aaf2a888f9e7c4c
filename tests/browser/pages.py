"""The results that are shown: real ones, made by the library from drafts that we wrote, good claims and bad."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import briefing
from briefing import (
    Answer,
    Briefing,
    Claim,
    Document,
    Draft,
    DraftAnswer,
    DraftClaim,
    DraftQuote,
    Evidence,
    Finding,
    Report,
    Source,
    Verdict,
)
from briefing.draft import Status
from briefing.engines import Fault
from briefing.verdict import ClaimVerdict

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SUMMIT = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
HERALD, COURIER = (
    Source((EXAMPLES / f"ferry-{name}.md").read_text(encoding="utf-8"), title, f"https://{name}.example/ferry", when)
    for name, title, when in (
        ("herald", "Ferry Saint Brendan runs aground off Port Alder", "2026-03-04"),
        ("courier", "Hundreds rescued as ferry grounds near Port Alder", None),
    )
)
FERRY = (HERALD, COURIER)


class Told(NamedTuple):
    """A claim as a page must show it."""

    text: str
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]

    @property
    def warned(self) -> bool:
        """Whether it has a warning."""
        return any(finding.severity == "warning" for finding in self.findings)


class Shown(NamedTuple):
    """A page, and what it must show: the claims in its order, the report, the sources."""

    html: str
    claims: tuple[Told, ...]
    report: Report
    sources: tuple[Source, ...]

    def sentence(self, evidence: Evidence) -> str:
        """Return a sentence as the source prints it."""
        source = self.sources[evidence.source - 1]
        whole = source.title if evidence.sentence.startswith("t") else source.text
        return (whole or "")[evidence.start : evidence.end]

    def users(self, sentence: str) -> list[str]:
        """Return the ids of the claims that a sentence is evidence for."""
        return [f"c{n}" for n, c in enumerate(self.claims) if any(e.sentence == sentence for e in c.evidence)]


class Written:
    """An engine that hands over drafts that were written before, and puts the first fault right."""

    fingerprint = "written/1"

    def __init__(self, draft: Draft | None = None, answer: DraftAnswer | None = None, *better: DraftClaim) -> None:
        self._draft, self._answer, self._better = draft, answer, better

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        assert self._draft
        return self._draft

    def answer(self, document: Document, question: str) -> DraftAnswer:
        assert self._answer
        return self._answer

    def revise(self, document: Document, faults: Sequence[Fault]) -> Sequence[DraftClaim | None]:
        return [*self._better, *[None] * len(faults)][: len(faults)]


def claim(text: str, *evidence: str) -> DraftClaim:
    return DraftClaim(text=text, evidence=list(evidence))


def quote(text: str, speaker: str, *evidence: str) -> DraftQuote:
    return DraftQuote(text=text, speaker=speaker, evidence=list(evidence))


# What stands, what a check finds an error in, what it warns of; one sentence for several claims, several for one.
DRAFT = Draft(
    headline=claim("Ferry Saint Brendan runs aground off Port Alder", "t1"),
    lede=claim(
        "The ferry Saint Brendan ran aground off Port Alder on Tuesday night with 212 passengers on board.", "s2", "s13"
    ),
    points=[
        claim("Fourteen people were treated in hospital.", "s4"),
        claim("Twelve people were treated in hospital.", "s4"),
        claim("Divers found damage to the fuel tanks.", "s7"),
        claim("All 212 passengers were taken ashore by lifeboats before midnight.", "s15"),
        claim("A tug will try to pull the ferry free on Friday.", "s21"),
    ],
    quotes=[
        quote("The crew did everything right", "Tom Brannigan", "s17"),
        quote("We heard a long scrape and then the lights went out", "Tom Brannigan", "s6"),
    ],
    analysis=[claim("The accident raises new questions about the age of the fleet.", "s10")],
)
PARTLY = DraftAnswer(
    status=Status.PARTLY,
    claims=[claim("Takaichi received Marcos for about one hour.", "s2")],
    missing="the cost of the meeting",
)
CHECKED = (
    "Takaichi met Marcos for two hours. The governments signed a General Security of Military Information Agreement. "
    "Philippine forces have asked for ships and radar for years. “We will be strategic partners,” Marcos said."
)


def _flagged() -> Briefing:
    return briefing.summarize(FERRY, engine=Written(DRAFT), unsupported="flag")


def _repaired() -> Briefing:
    better = claim("Fourteen people were treated in hospital for minor injuries.", "s4")
    return briefing.summarize(FERRY, engine=Written(DRAFT, None, better))


def _asked(question: str) -> Answer:
    return briefing.ask(SUMMIT, question)


def _partly() -> Answer:
    engine = Written(answer=PARTLY)
    return briefing.ask(SUMMIT, "How long did they meet, and what did it cost?", engine=engine)


_RESULTS: dict[str, Callable[[], Briefing | Answer | Report]] = {
    "briefing": _flagged,
    "repaired": _repaired,
    "answered": lambda: _asked("What did the leaders agree on defense equipment?"),
    "partly": _partly,
    "not in the sources": lambda: _asked("Who paid for the hotel?"),
    "report": lambda: briefing.verify(CHECKED, SUMMIT),
    "report without its sources": lambda: briefing.verify(CHECKED, SUMMIT),
}
NAMES = tuple(_RESULTS)


@cache
def result(name: str) -> Briefing | Answer | Report:
    """Return one of the results by its name."""
    return _RESULTS[name]()


@cache
def shown(name: str) -> Shown:
    """Return the page of one of the results."""
    found = result(name)
    if isinstance(found, Report):
        html, sources = found.html(None if "without" in name else SUMMIT), (Source(SUMMIT),)
        return Shown(html, tuple(map(_told, found.claims)), found, sources)
    claims = [c for _, c in found.claims()] if isinstance(found, Briefing) else found.claims
    return Shown(found.html(), tuple(map(_told, claims)), found.report, found.sources)


def cell(name: str) -> str:
    """Return what a notebook shows of one of the results."""
    return cell_of(result(name))


def cell_of(found: Briefing | Answer | Report) -> str:
    """Return what a notebook shows of a result."""
    return found._repr_mimebundle_()["text/html"]


def _told(claim: Claim | ClaimVerdict) -> Told:
    return Told(claim.text, claim.verdict, claim.evidence, claim.findings)


def long(sentences: int = 2000, claims: int = 40) -> Shown:
    """Return the page of one long article: a claim cites a sentence in each half of it, a third of them badly."""
    names = ("Ana Holm", "Bo Lind", "Cruz Vega", "Dale Orr", "Egan Pike", "Fay Moss")
    text = "\n\n".join(
        " ".join(
            f"{names[n % 6]} opened gate {n} of the harbour in Port {names[n % 5].split()[1]} on Monday."
            for n in range(first, first + 10)
        )
        for first in range(0, sentences, 10)
    )
    read = Document.read(text).sentences
    points = []
    for number in range(claims - 2):
        one, other = (read[at + number * sentences // 2 // claims] for at in (0, sentences // 2))
        said = one.text if number % 3 else one.text.replace("Monday", "Friday")
        points.append(claim(said, one.id, other.id))
    draft = Draft(
        headline=claim(read[-1].text, read[-1].id),
        lede=claim(read[0].text, "s1"),
        points=points,
        quotes=[],
        analysis=[],
    )
    found = briefing.summarize(text, engine=Written(draft), points=claims, unsupported="flag")
    return Shown(found.html(), tuple(_told(c) for _, c in found.claims()), found.report, found.sources)
