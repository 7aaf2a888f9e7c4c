"""Have an engine put right the claims that did not hold, and take from it only what mends them.

An engine that is told what the checks found could write something that they cannot see: a claim without evidence, one
that says nothing, another true sentence. So a revised claim must hold, rest on sentences that exist, say something of
them, and be about what the claim was about that it stands for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from . import verification
from .checking import unread
from .content import content
from .document import Document
from .draft import DraftClaim, DraftQuote
from .engines import Engine, Fault, Revises
from .english import is_english
from .errors import BudgetExceeded, ConfigError, EngineError
from .grammar.predicates import read
from .loop import settled
from .results import Claim
from .text import bare
from .verdict import ClaimVerdict, Severity, Verdict
from .words import stem, terms

Statement: TypeAlias = DraftClaim | DraftQuote

#: A claim is about the same when it has this share of the telling words of the other, dates and figures aside.
_SAME = 0.5
#: A claim that cites more sentences than this can be about any of them: only its words tell.
_FEW = 3
#: A claim says something of its evidence with so many of its words.
_SOMETHING = 2
#: Findings that say that the claim cited what is not about it: all of it, or the sentence that was found.
_ALL_BESIDE = frozenset({"wrong_sentence", "not_supported", "no_premise", "no_evidence"})
_ONE_BESIDE = frozenset({"not_about", "not_needed"})
# With these a claim speaks of what is not said, or of the article itself, unless the article does so too.
_HOLLOW = frozenset(
    map(
        stem,
        """nothing something anything known unknown unclear unspecified mentioned mention article articles source
        sources text passage document sentence sentences claim claims evidence unconfirmed""".split(),
    )
)


class Revision(NamedTuple):
    """What became of the claims that did not hold, by their places: put right, or why not."""

    accepted: Mapping[str, Statement]
    refused: Mapping[str, str]
    note: str = ""


async def revise(
    written: Mapping[str, Statement], verdicts: Sequence[ClaimVerdict], document: Document, engine: Engine
) -> Revision:
    """Return what the engine makes, asked once, of the claims that did not hold; nothing where it cannot revise.

    An engine that fails here has written a briefing before, which was paid for: the failure becomes a note.
    """
    if not isinstance(engine, Revises):
        return Revision({}, {})
    faults = [
        Fault(v.where, written[v.where], tuple(f for f in v.findings if f.severity is Severity.ERROR))
        for v in verdicts
        if v.verdict is Verdict.UNSUPPORTED
    ]
    try:
        replies = await settled(engine.revise, document, faults)
    except (EngineError, BudgetExceeded, ConfigError) as error:
        return Revision({}, {}, f"What did not hold could not be revised, and was dropped: {error}")
    return await asyncio.to_thread(_judged, replies, faults, verdicts, document)


def _judged(replies: object, faults: Sequence[Fault], verdicts: Sequence[ClaimVerdict], document: Document) -> Revision:
    given: Sequence[object] = replies if isinstance(replies, Sequence) and not isinstance(replies, str) else ()
    by_place = {v.where: v for v in verdicts}
    standing = {
        _said(v.where, v.text) for v in verdicts if v.verdict is not Verdict.UNSUPPORTED and v.where != "headline"
    }
    accepted: dict[str, Statement] = {}
    refused: dict[str, str] = {}
    for number, fault in enumerate(faults):
        if number >= len(given):
            refused[fault.where] = "The engine gave nothing back for it."
            continue
        new = given[number]
        if new is None:
            refused[fault.where] = "The engine withdrew it."
        elif not isinstance(new, DraftClaim | DraftQuote):
            refused[fault.where] = "What the engine gave back is no claim."
        elif objection := _objection(by_place[fault.where], fault, new, standing, document):
            refused[fault.where] = f"The engine wrote “{new.text}” instead, which was not taken: {objection}"
        else:
            accepted[fault.where] = new
            if fault.where != "headline":
                standing.add(_said(fault.where, new.text))
    note = "" if len(given) == len(faults) else f"The engine was asked to revise {len(faults)}, and gave {len(given)}."
    return Revision(accepted, refused, note)


def _objection(
    before: ClaimVerdict, fault: Fault, new: Statement, standing: set[tuple[str, ...]], document: Document
) -> str:
    """Return why a revised claim may not stand where the other stood, or nothing."""
    if isinstance(new, DraftQuote) != isinstance(fault.claim, DraftQuote):
        return "it is a quote and was none, or was one and is none."
    if isinstance(new, DraftQuote) and not any(map(str.isalnum, new.speaker)):
        return "it names no speaker."
    if not any(map(str.isalnum, new.text)):
        return "there is no word in it."
    if not new.evidence or not all(i in document.by_id for i in new.evidence):
        return "it does not rest on sentences of the sources."
    checked = verification.statement(new, fault.where, document)
    if checked.verdict is Verdict.UNSUPPORTED:
        return " ".join(f.message for f in checked.findings if f.severity is Severity.ERROR)
    if not set(unread(checked.text, document)) <= set(before.unchecked):
        return "less of it could be checked than before."
    if _said(fault.where, checked.text) in standing:
        return "it says the same as another claim."
    if not _says_something(checked, before, quote=isinstance(new, DraftQuote)):
        return "it says nothing."
    return "" if _about_the_same(before, checked) else "it is about something else."


def _said(where: str, text: str) -> tuple[str, ...]:
    """Return what tells two claims apart: quotes among themselves, the rest among themselves."""
    return ("quote" if where.startswith("quotes") else "claim", *(terms(text) or (bare(text).casefold(),)))


def _says_something(new: Claim, before: ClaimVerdict, *, quote: bool) -> bool:
    """Tell whether a claim states something of its evidence, more than that it is there."""
    own = set(terms(new.text))
    if any(bare(new.text) == bare(e.text) for e in new.evidence) or bare(new.text) == bare(before.text):
        return True
    if quote:
        return bool(own)
    if new.text.rstrip("”\"' ").endswith("?"):
        return False  # a question is never wrong
    theirs = {term for e in new.evidence for term in terms(e.text)}
    if not is_english(new.text) or not is_english(before.text):
        return bool(own)
    states = bool(read(new.text).predicates) or not read(before.text).predicates
    return states and len(own & theirs) >= _SOMETHING and not (own - theirs) & _HOLLOW


def _about_the_same(before: ClaimVerdict, new: Claim) -> bool:
    """Tell whether a claim is about what the other was about: by the evidence of that one, or by its words."""
    kinds = {finding.kind for finding in before.findings}
    beside = {f.found for f in before.findings if f.kind in _ONE_BESIDE}
    pointed = len(before.evidence) <= _FEW and not kinds & _ALL_BESIDE
    cited = {e.sentence for e in before.evidence} - beside if pointed else set()
    about = {e.sentence for e in new.evidence} - {f.found for f in new.findings if f.kind in _ONE_BESIDE}
    if cited & about:
        return True
    old, own = content(before.text).terms, content(new.text).terms
    return bool(old and own) and len(old & own) >= _SAME * min(len(old), len(own))
