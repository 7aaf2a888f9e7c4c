"""The report over all claims: verdicts, conflicts between the sources, and what ran."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, computed_field

from .document import Document, Sources
from .render.report import report
from .verdict import ClaimVerdict, Conflict, Verdict


class Action(StrEnum):
    """What was done with a claim of the first draft."""

    REVISED = "revised"  # the engine wrote it anew, and that holds
    DROPPED = "dropped"
    MOVED = "moved"  # it held, and stands in the place of one that did not


class Repair(BaseModel):
    """The receipt for a claim that an engine wrote and that is not in the result as it was: before, after, and why.

    `where` is its place in the first draft, `before` its verdict there: the findings say what was wrong. `after` is
    the claim as the result has it, with its place there; for a dropped headline or lede what stands in its place, for
    any other dropped claim None. `note` says in plain words what was done.
    """

    model_config = ConfigDict(frozen=True)

    where: str
    action: Action
    before: ClaimVerdict
    after: ClaimVerdict | None = None
    note: str = ""


class Report(BaseModel):
    """Every claim with its verdict, where the sources conflict, and which checks ran.

    `checks` gives each check's version, or says why it did not run. `notes` say in plain words what could not be
    checked. `repairs` are the receipts for what an engine wrote first and the result has no more, or otherwise.
    """

    model_config = ConfigDict(frozen=True)

    claims: tuple[ClaimVerdict, ...]
    checks: dict[str, str]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()

    @computed_field  # type: ignore[prop-decorator]
    @property
    def ok(self) -> bool:
        """Whether no claim is unsupported."""
        return all(claim.verdict is not Verdict.UNSUPPORTED for claim in self.claims)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def counts(self) -> dict[Verdict, int]:
        """How many claims have each verdict."""
        return {verdict: sum(claim.verdict is verdict for claim in self.claims) for verdict in Verdict}

    def text(self) -> str:
        """Return the report as lines to read: the counts, each claim with its findings, conflicts, what did not run."""
        return report(self)

    def html(self, sources: Sources | None = None) -> str:
        """Return the report as one self-contained HTML page, its claims beside the sources.

        A report does not keep its sources: without them the page has only the sentences that the claims cite. Raises
        InputError for sources that cannot be used, or that are not those that the report is on.
        """
        from .render import html, view

        return html.page(view.of_report(self, None if sources is None else Document.read(sources)))

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from .render import html, view

        return {"text/plain": self.text(), "text/html": html.cell(view.of_report(self, None))}

    def __str__(self) -> str:
        return self.text()
