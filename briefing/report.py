"""The report over all claims: verdicts, conflicts between the sources, and what ran."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, computed_field

from .render.report import report
from .verdict import ClaimVerdict, Conflict, Verdict


class Report(BaseModel):
    """Every claim with its verdict, where the sources conflict, and which checks ran.

    `checks` gives each check's version, or says why it did not run. `notes` say in plain words what could not be
    checked.
    """

    model_config = ConfigDict(frozen=True)

    claims: tuple[ClaimVerdict, ...]
    checks: dict[str, str]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()

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

    def __str__(self) -> str:
        return self.text()
