"""Act on the verdicts: what the sources do not support is revised once, dropped, flagged or raised.

The work is done on the draft, which is then verified again as a whole: places, markers, notes and report are those of
what is printed. For everything that was changed the report keeps a receipt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeVar

from . import verification
from .answered import consistent, left_open, remaining
from .document import Document, Sentence
from .draft import Draft, DraftAnswer, DraftClaim, DraftQuote, Status
from .engines import Engine
from .errors import BadReply, UnsupportedClaims
from .report import Action, Repair, Report
from .results import Answer, Briefing, Claim
from .revision import Revision, Statement, revise
from .text import bare, stands_in
from .verdict import Verdict


class Unsupported(StrEnum):
    """What becomes of a claim that its sources do not support."""

    REPAIR = "repair"  # the engine revises it once, if it can; what still does not hold is dropped
    DROP = "drop"
    FLAG = "flag"  # it stays, with its verdict
    RAISE = "raise"  # UnsupportedClaims


class _Mended(NamedTuple):
    """A draft that was put right: where its claims come from, and what to tell the reader.

    `places` gives for a place in the first draft the place where that claim stands now.
    """

    draft: Draft
    places: Mapping[str, str]
    notes: Sequence[str]


Kind = TypeVar("Kind", DraftClaim, DraftQuote)


async def briefing(
    draft: Draft, document: Document, engine: Engine, mode: Unsupported, *, notes: Iterable[str] = ()
) -> Briefing:
    """Return a draft as a checked briefing, with its unsupported claims dealt with as `mode` says.

    A lede that is dropped is replaced by the first point, a headline by the title of the only source or by the lede.

    Raises UnsupportedClaims where `mode` asks for it, and BadReply when nothing that is supported is left.
    """
    notes, name = tuple(notes), engine.fingerprint
    first = await asyncio.to_thread(verification.briefing, draft, document, engine=name, notes=notes)
    _refuse(first.report, mode)
    if first.report.ok or mode is Unsupported.FLAG:
        return first
    written = dict(_statements(draft))
    revision = await _revision(written, first.report, document, engine, mode)
    mended = _mended(_kept(written, first.report, revision), first.report, document)
    notes = (*notes, *_told(first.report, revision), *mended.notes)
    final = await asyncio.to_thread(verification.briefing, mended.draft, document, engine=name, notes=notes)
    receipts = _receipts(first.report, final.report, revision, mended.places)
    claims = dict(_marked(final.claims(), receipts))
    parts = {
        part: tuple(claim for where, claim in claims.items() if where.startswith(f"{part}["))
        for part in ("points", "quotes", "analysis")
    }
    report = final.report.model_copy(update={"repairs": receipts})
    return final.model_copy(update={"headline": claims["headline"], "lede": claims["lede"], **parts, "report": report})


async def answer(
    draft: DraftAnswer,
    document: Document,
    question: str,
    engine: Engine,
    mode: Unsupported,
    *,
    nearest: Iterable[Sentence],
) -> Answer:
    """Return a draft as a checked answer, with its unsupported claims dealt with as `mode` says.

    With claims dropped it is an answer in part, with none left not in the sources. An engine that gives claims and says
    that the sources do not answer is taken at its word: they are dropped, or where `mode` drops none shown as a part.

    Raises UnsupportedClaims where `mode` asks for it.
    """
    nearest, keeps = tuple(nearest), mode in (Unsupported.FLAG, Unsupported.RAISE)
    denied = draft.status is Status.NOT_IN_SOURCES and bool(draft.claims) and not keeps
    draft, notes = consistent(draft, keeps=keeps)
    draft = draft.model_copy(update={"missing": left_open(draft.missing, question)})

    def checked(draft: DraftAnswer) -> Answer:
        return verification.answer(draft, document, question, engine=engine.fingerprint, nearest=nearest)

    first = await asyncio.to_thread(checked, draft)
    _refuse(first.report, mode)
    if keeps or (first.report.ok and not denied):
        return first.model_copy(update={"notes": notes})
    written: dict[str, Statement] = {f"claims[{n}]": c for n, c in enumerate(draft.claims)}
    if denied:
        revision = Revision({}, dict.fromkeys(written, "The engine itself said that the sources do not answer."))
    else:
        revision = await _revision(written, first.report, document, engine, mode)
        notes = (*notes, *_told(first.report, revision))
    kept = _kept(written, first.report, revision)
    final = await asyncio.to_thread(checked, remaining(draft, kept))
    places = {where: f"claims[{n}]" for n, where in enumerate(kept)}
    receipts = _receipts(first.report, final.report, revision, places)
    claims = dict(_marked(zip(places.values(), final.claims, strict=True), receipts))
    report = final.report.model_copy(update={"repairs": receipts})
    return final.model_copy(update={"claims": tuple(claims.values()), "report": report, "notes": notes})


def _refuse(report: Report, mode: Unsupported) -> None:
    if mode is Unsupported.RAISE and not report.ok:
        raise _unsupported(report)


def _unsupported(report: Report) -> UnsupportedClaims:
    places = [v.where for v in report.claims if v.verdict is Verdict.UNSUPPORTED]
    return UnsupportedClaims(
        f"{len(places)} of {len(report.claims)} claims are not supported by the sources ({', '.join(places)}): see the "
        'report of this error, or choose unsupported="repair", "drop" or "flag".',
        report,
    )


async def _revision(
    written: Mapping[str, Statement], report: Report, document: Document, engine: Engine, mode: Unsupported
) -> Revision:
    if mode is Unsupported.DROP:
        return Revision({}, {})
    return await revise(written, report.claims, document, engine)


def _statements(draft: Draft) -> Iterator[tuple[str, Statement]]:
    yield "headline", draft.headline
    yield "lede", draft.lede
    yield from ((f"points[{n}]", c) for n, c in enumerate(draft.points))
    yield from ((f"quotes[{n}]", c) for n, c in enumerate(draft.quotes))
    yield from ((f"analysis[{n}]", c) for n, c in enumerate(draft.analysis))


def _kept(written: Mapping[str, Statement], report: Report, revision: Revision) -> dict[str, Statement]:
    """Return what stands, by its place in the first draft: what held, and what was put right."""
    held = {v.where for v in report.claims if v.verdict is not Verdict.UNSUPPORTED} - revision.refused.keys()
    return {
        where: revision.accepted.get(where, statement)
        for where, statement in written.items()
        if where in held or where in revision.accepted
    }


def _mended(kept: Mapping[str, Statement], report: Report, document: Document) -> _Mended:
    """Return the draft that is left: a lede and a headline that are gone are replaced by what a newsroom would take."""
    points, analysis = _part(kept, "points", DraftClaim), _part(kept, "analysis", DraftClaim)
    quotes = _part(kept, "quotes", DraftQuote)
    headline, lede = (dict(_part(kept, part, DraftClaim)).get(part) for part in ("headline", "lede"))
    places = {part: part for part in ("headline", "lede") if part in kept}
    notes = []
    if not lede:
        if not (points or headline or quotes):
            raise BadReply(
                "the engine's reply supports nothing of this article, every claim failed its checks: try a larger "
                'model, or unsupported="flag" to see what it wrote and why that failed.',
                "ungrounded",
                report,
            )
        lede, instead = _lede(points, headline, quotes, document)
        notes.append(f"The lede that was written did not hold: {instead} in its place.")
        places |= {where: "lede" for where, _ in points[:1]}
        points = points[1:]
    if not headline:
        headline, instead = _headline(lede, document)
        notes.append(f"The headline that was written did not hold: {instead} in its place.")
    for part, rows in (("points", points), ("quotes", quotes), ("analysis", analysis)):
        places |= {where: f"{part}[{n}]" for n, (where, _) in enumerate(rows)}
    draft = Draft(
        headline=headline,
        lede=lede,
        points=[claim for _, claim in points],
        quotes=[quote for _, quote in quotes],
        analysis=[line for _, line in analysis],
    )
    return _Mended(draft, places, notes)


def _part(kept: Mapping[str, Statement], part: str, kind: type[Kind]) -> list[tuple[str, Kind]]:
    return [(where, c) for where, c in kept.items() if where.partition("[")[0] == part and isinstance(c, kind)]


def _lede(
    points: Sequence[tuple[str, DraftClaim]],
    headline: DraftClaim | None,
    quotes: Sequence[tuple[str, DraftQuote]],
    document: Document,
) -> tuple[DraftClaim, str]:
    """Return what stands as the lede where the one that was written is gone, and what that is in words."""
    if points:
        return points[0][1], "the first point stands"
    if headline:
        return headline, "the headline's words stand"
    said = quotes[0][1]
    sentences = [document.by_id[i] for i in said.evidence if i in document.by_id]
    sentence = next((s for s in sentences if stands_in(bare(said.text), bare(s.text))), sentences[0])
    return DraftClaim(text=sentence.text, evidence=[sentence.id]), "the sentence of the first quote stands"


def _headline(lede: DraftClaim, document: Document) -> tuple[DraftClaim, str]:
    """Return what stands as the headline where the one that was written is gone, and what that is in words."""
    if len(document.sources) == 1 and document.titles:
        title = document.titles[0]
        return DraftClaim(text=title.text, evidence=[title.id]), "the title of the source stands"
    return lede, "the words of the lede stand"


def _told(report: Report, revision: Revision) -> Iterator[str]:
    """Yield what the reader of the result should know of the repair."""
    revised, failed = len(revision.accepted), sum(v.verdict is Verdict.UNSUPPORTED for v in report.claims)
    done = [f"{_count(n, 'claim')} {verb}" for n, verb in ((revised, "revised"), (failed - revised, "dropped")) if n]
    yield f"The sources did not support all that was written: {', '.join(done)} (see report.repairs)."
    if revision.note:
        yield revision.note


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _receipts(first: Report, final: Report, revision: Revision, places: Mapping[str, str]) -> tuple[Repair, ...]:
    """Return a receipt for every claim of the first draft that is not in the result as it was, where it was."""
    now = {v.where: v for v in final.claims}
    receipts = []
    for before in first.claims:
        where = before.where
        after = now[places[where]] if where in places else None
        moved = after is not None and after.where.partition("[")[0] != where.partition("[")[0]
        if where in revision.accepted:
            action, note = Action.REVISED, "The engine put it right, told what the checks had found"
            note += "; it moved up to be the lede." if moved else "."
        elif after is None:
            action = Action.DROPPED
            note = revision.refused.get(where) or revision.note or "The sources do not support it."
            after = now[where] if where in ("headline", "lede") else None
        elif moved:
            action, note = Action.MOVED, "It moved up to be the lede: the one that was written did not hold."
        else:
            continue
        receipts.append(Repair(where=where, action=action, before=before, after=after, note=note))
    return tuple(receipts)


def _marked(claims: Iterable[tuple[str, Claim]], receipts: Iterable[Repair]) -> Iterator[tuple[str, Claim]]:
    """Yield the claims of a result, those that were revised with their text before."""
    before = {r.after.where: r.before.text for r in receipts if r.action is Action.REVISED and r.after}
    for where, claim in claims:
        yield where, claim.model_copy(update={"repaired_from": before.get(where, "")})
