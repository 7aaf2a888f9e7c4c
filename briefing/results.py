"""What the caller gets: a `Briefing` or an `Answer`, each claim with its evidence, verdict and findings.

Results are files: `Briefing.model_validate_json(briefing.model_dump_json()) == briefing`. Nothing in them changes
after they are made.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel, ConfigDict

from .draft import Status
from .render import markdown, text
from .report import Report
from .source import Source
from .usage import Usage
from .verdict import Evidence, Finding, Verdict


class _Result(BaseModel):
    model_config = ConfigDict(frozen=True)


class Claim(_Result):
    """One checkable statement: its text, the markers it prints, its evidence, and what the checks say of it.

    `independent` counts the sources that report it in their own words: agency copy that stands nearly word for word
    in two sources is evidence from both, and counts once. `repaired_from` is what the engine wrote first, where that
    did not hold and was revised (`report.repairs` says why). `where` is its place in the result: `lede`, `points[0]`.
    """

    text: str
    markers: tuple[int, ...]
    evidence: tuple[Evidence, ...]
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    independent: int = 1
    repaired_from: str = ""
    where: str = ""


class Quote(Claim):
    """Words that somebody spoke, verbatim, and the speaker as the source names them."""

    speaker: str


class Briefing(_Result):
    """A briefing: headline, lede, points, quotes and analysis, each claim proved from `sources`.

    `report` holds every verdict; `engine` says who wrote; `notes` says in plain words what the reader should know;
    `id` is that of the article in a batch.
    """

    headline: Claim
    lede: Claim
    points: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    analysis: tuple[Claim, ...]
    sources: tuple[Source, ...]
    report: Report
    engine: str
    usage: Usage = Usage()
    notes: tuple[str, ...] = ()
    id: str = ""

    def claims(self) -> Iterator[tuple[str, Claim]]:
        """Yield every claim with the name of its place: `headline`, `lede`, `points[0]`, `quotes[0]`, …."""
        yield "headline", self.headline
        yield "lede", self.lede
        for part, claims in (("points", self.points), ("quotes", self.quotes), ("analysis", self.analysis)):
            for number, claim in enumerate(claims):
                yield f"{part}[{number}]", claim

    def text(self) -> str:
        """Return the briefing as plain text, one paragraph a claim, markers before the full stop."""
        return text.briefing(self)

    def markdown(self) -> str:
        """Return the briefing as Markdown, with the sources listed below."""
        return markdown.briefing(self)

    def html(self) -> str:
        """Return the briefing as one self-contained HTML page, its claims beside the sources.

        >>> import briefing
        >>> page = briefing.summarize("The council approved the bridge on Monday. It will cost $4 million.").html()
        >>> page.startswith("<!DOCTYPE html>"), "https://" in page
        (True, False)
        """
        from .render import html, view

        return html.page(view.of_briefing(self))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from .render import html, view

        return {"text/plain": self.text(), "text/html": html.cell(view.of_briefing(self))}

    def __str__(self) -> str:
        return self.text()


class Answer(_Result):
    """What the sources say to a question.

    `status` is answered, partly (`missing` says what is left open) or not_in_sources, which is a normal answer: then
    there are no claims. `nearest` are the sentences closest to the question, best first, always.
    """

    question: str
    status: Status
    claims: tuple[Claim, ...]
    nearest: tuple[Evidence, ...]
    missing: str
    sources: tuple[Source, ...]
    report: Report
    engine: str
    usage: Usage = Usage()
    notes: tuple[str, ...] = ()
    id: str = ""

    def text(self) -> str:
        """Return the answer as plain text: its sentences, or that the sources do not say, and what comes nearest."""
        return text.answer(self)

    def markdown(self) -> str:
        """Return the answer as Markdown, with the sources listed below."""
        return markdown.answer(self)

    def html(self) -> str:
        """Return the answer as one self-contained HTML page, beside the sources."""
        from .render import html, view

        return html.page(view.of_answer(self))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from .render import html, view

        return {"text/plain": self.text(), "text/html": html.cell(view.of_answer(self))}

    def __str__(self) -> str:
        return self.text()
