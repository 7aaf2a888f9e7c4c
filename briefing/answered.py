"""An answer made consistent: its status, its claims, and what it says is left open."""

from __future__ import annotations

from collections.abc import Mapping

from .coverage.statement import is_stated
from .draft import DraftAnswer, DraftClaim, DraftQuote, Status
from .words import terms

#: What is left open is named in fewer characters than this.
_LONGEST = 200
#: Beside the words of the question, what it may be called.
_ASKED = frozenset(terms("cause reason date number name amount place time detail"))


def consistent(draft: DraftAnswer, *, keeps: bool) -> tuple[DraftAnswer, tuple[str, ...]]:
    """Return an answer whose status fits its claims, where that can be had without dropping any, and what to note."""
    if draft.claims and draft.status is Status.NOT_IN_SOURCES:
        said = "The engine said that the sources do not answer, and yet wrote an answer"
        if keeps:
            return draft.model_copy(update={"status": Status.PARTLY}), (f"{said}: it is shown as one in part.",)
        return draft, (f"{said}: it was dropped (see report.repairs).",)
    if not draft.claims and draft.status is not Status.NOT_IN_SOURCES:
        note = "The engine said that the sources answer, and wrote no answer: it counts as not in the sources."
        return draft.model_copy(update={"status": Status.NOT_IN_SOURCES}), (note,)
    return draft, ()


def left_open(missing: str, question: str) -> str:
    """Return what an engine says is left open, or the question where it states something there, which no check reads.

    >>> left_open("the cause", "Why did she resign?"), left_open("She fled to Spain.", "Why did she resign?")
    ('the cause', 'Why did she resign?')
    """
    asked = {*terms(question), *_ASKED}
    told = is_stated(missing) or any(map(str.isdigit, missing)) or len(missing) > _LONGEST or set("<>[]") & {*missing}
    return question if told and not set(terms(missing)) <= asked else missing


def remaining(draft: DraftAnswer, kept: Mapping[str, DraftClaim | DraftQuote]) -> DraftAnswer:
    """Return the answer that is left, with a status that fits it."""
    claims = [claim for claim in kept.values() if isinstance(claim, DraftClaim)]
    status, missing, gone = draft.status, draft.missing, len(draft.claims) - len(claims)
    if not claims:
        status = Status.NOT_IN_SOURCES
    elif gone:
        status = Status.PARTLY
        withdrawn = f"what {gone} withdrawn statement{'' if gone == 1 else 's'} said"
        missing = f"{missing.rstrip(' .')}; {withdrawn}" if missing.strip(" .") else withdrawn
    return DraftAnswer(status=status, claims=claims, missing=missing)
