"""What a page or a notebook cell shows of a result: each claim with its evidence and what was found wrong with it.

Everything here is text and numbers; `html.py` draws it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from .. import markers
from ..document import Document
from ..draft import Status
from ..errors import InputError
from ..verdict import ClaimVerdict, Conflict, Evidence, Finding, Verdict, Version
from . import report as lines
from . import text
from .articles import Article, Cited, Line, Mark, Piece, articles, cut, excerpts, stands

if TYPE_CHECKING:
    from ..report import Repair, Report
    from ..results import Answer, Briefing, Claim

Claims: TypeAlias = Sequence[tuple[str, "Claim | ClaimVerdict"]]

_WHERE = re.compile(r"(?P<part>[a-z]+)(?:\[(?P<number>[0-9]{1,6})\])?")
_ASTRAY = "What is cited does not stand in these sources as it did, so only the sentences that are cited are shown."
_LABELS = {"headline": "Headline", "lede": "Lede", "points": "Point", "quotes": "Quote", "analysis": "Analysis"}


class Link(NamedTuple):
    """A place in the sources: the id of a sentence, and what a link to it reads."""

    to: str
    reads: str


@dataclass(frozen=True)
class Problem:
    """A finding, with the place of the source where its words stand; None where it points at none."""

    finding: Finding
    place: Link | None


@dataclass(frozen=True)
class Statement:
    """One claim as it is drawn: `pieces`, then `markers`, then `stop`, its closing full stop.

    `before` is what was written first; `counted` says how many sources report it independently, where it has several.
    `differs` are the numbers of the conflicts that its evidence is in.
    """

    id: str
    label: str
    verdict: Verdict
    pieces: tuple[Piece, ...]
    stop: tuple[Piece, ...]
    markers: tuple[Link, ...]
    evidence: tuple[Link, ...]
    problems: tuple[Problem, ...]
    speaker: str = ""
    before: str = ""
    counted: str = ""
    differs: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The claim without its markers."""
        return "".join(piece.text for piece in (*self.pieces, *self.stop))

    @property
    def severities(self) -> frozenset[str]:
        """How severe what was found is: error, warning, note."""
        return frozenset(problem.finding.severity.value for problem in self.problems)


class Side(NamedTuple):
    """One version of what two sources tell differently: where, and the sentence with the words that differ marked."""

    place: Link
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class View:
    """All that is drawn. `parts` are the claims under their headings, the first without one.

    `whole` tells whether the sources are there as a whole: else only the sentences that claims cite.
    """

    kind: str
    heading: str
    parts: tuple[tuple[str, tuple[Statement, ...]], ...]
    articles: tuple[Article, ...]
    whole: bool
    conflicts: tuple[tuple[Conflict, tuple[Side, ...]], ...]
    repairs: tuple[Repair, ...]
    notes: tuple[str, ...]
    idle: tuple[str, ...]
    title: Statement | None = None
    nearest: tuple[Evidence, ...] = ()
    missing: str = ""
    engine: str = ""

    @property
    def statements(self) -> Iterator[Statement]:
        """Every claim, in the order of the page."""
        if self.title:
            yield self.title
        for _, statements in self.parts:
            yield from statements

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many claims have each verdict."""
        return {verdict: sum(each.verdict is verdict for each in self.statements) for verdict in Verdict}

    @property
    def warned(self) -> int:
        """How many claims have a warning."""
        return sum("warning" in each.severities for each in self.statements)

    @property
    def left_out(self) -> int:
        """How many sentences with a name, a figure or a date no claim uses."""
        return sum(line.left_out for article in self.articles for line in article.lines)

    @property
    def shown(self) -> frozenset[str]:
        """The ids of the sentences that can be linked to."""
        return frozenset(line.id for article in self.articles for line in article.lines)

    @property
    def folded(self) -> frozenset[str]:
        """The ids of the sentences that a cell shows, and so can link to."""
        return frozenset(line.id for _, lines in self.cited for line in lines)

    @property
    def cited(self) -> tuple[tuple[Article, tuple[Line, ...]], ...]:
        """The sentences that claims cite, and those in which sources differ, by their sources."""
        differ = {side.place.to for _, sides in self.conflicts for side in sides}
        found = (
            (article, tuple(line for line in article.lines if line.uses or line.id in differ))
            for article in self.articles
        )
        return tuple((article, cited) for article, cited in found if cited)


def of_briefing(result: Briefing) -> View:
    """Return what is shown of a briefing."""
    view = _view("Briefing", list(result.claims()), result.report, Document.read(result.sources))
    first, *rest = (statement for _, part in view.parts for statement in part)
    spoken = 1 + len(result.points)
    after = spoken + len(result.quotes)
    parts = (("", rest[:spoken]), ("Quotes", rest[spoken:after]), ("Analysis", rest[after:]))
    return replace(
        view,
        heading=result.headline.text,
        title=first,
        parts=tuple((name, tuple(found)) for name, found in parts if found),
        notes=(*text.notes(result), *view.notes),
        engine=result.engine,
    )


def of_answer(result: Answer) -> View:
    """Return what is shown of an answer: what comes nearest, where the sources do not say."""
    claims = [(claim.where or f"claims[{n}]", claim) for n, claim in enumerate(result.claims)]
    report = result.report.model_copy(update={"conflicts": text.conflicts(result)})
    silent = result.status is Status.NOT_IN_SOURCES
    view = _view("Answer", claims, report, Document.read(result.sources))
    return replace(
        view,
        heading=result.question,
        nearest=result.nearest if silent else (),
        missing=result.question if silent else result.missing if result.status is Status.PARTLY else "",
        notes=(*text.notes(result), *view.notes),
        engine=result.engine,
    )


def of_report(result: Report, document: Document | None) -> View:
    """Return what is shown of a report; without the document only the sentences that it cites.

    Raises InputError for a document that the report is not on.
    """
    view = _view("Report", [(claim.where, claim) for claim in result.claims], result, document)
    if document and not view.whole:
        raise InputError(
            "these are not the sources that the report is on: give those that were given to verify, in their order."
        )
    return replace(view, heading="A text held against its sources", notes=(*result.notes, *view.notes))


def _view(kind: str, claims: Claims, report: Report, document: Document | None) -> View:
    cited = Cited()
    for number, (_, claim) in enumerate(claims):
        cited.add(f"c{number}", claim.evidence, claim.findings)
    evidence = [item for _, claim in claims for item in claim.evidence]
    places: list[Evidence | Version] = [*evidence, *(v for each in report.conflicts for v in each.versions)]
    # not where an older version of us split it otherwise, or somebody gave other sources
    known = document if document and all(stands(place, document) for place in places) else None
    column = articles(known, cited) if known else excerpts(evidence, cited)
    lines_ = {line.id: line for article in column for line in article.lines}
    differ = {v.sentence: number for number, each in enumerate(report.conflicts, start=1) for v in each.versions}
    several = len(known.sources if known else {item.source for item in evidence}) > 1
    statements = tuple(
        _statement(f"c{number}", where, claim, differ, several) for number, (where, claim) in enumerate(claims)
    )
    return View(
        kind=kind,
        heading="",
        parts=(("", statements),) if statements else (),
        articles=column,
        whole=known is not None,
        conflicts=tuple(
            (conflict, tuple(_side(version, lines_.get(version.sentence)) for version in conflict.versions))
            for conflict in report.conflicts
        ),
        repairs=report.repairs,
        notes=(_ASTRAY,) if document and not known else (),
        idle=tuple(lines.idle(report)),
    )


def _statement(
    id_: str, where: str, claim: Claim | ClaimVerdict, differ: Mapping[str, int], several: bool
) -> Statement:
    speaker = getattr(claim, "speaker", "")
    end = len(claim.text) if speaker else markers.closing(claim.text)
    marks = [Mark(*f.claim_span, f.severity.value) for f in claim.findings if f.claim_span]
    return Statement(
        id=id_,
        label=_label(where),
        verdict=claim.verdict,
        pieces=tuple(cut(claim.text[:end], marks)),
        stop=tuple(cut(claim.text[end:], [Mark(m.start - end, m.end - end, m.label) for m in marks])),
        markers=tuple(_markers(claim, several)),
        evidence=tuple(_link(item.sentence, item.source, item.start, item.end) for item in claim.evidence),
        problems=tuple(Problem(finding, _found_at(finding)) for finding in claim.findings),
        speaker=speaker,
        before=getattr(claim, "repaired_from", ""),
        counted=_counted(claim),
        differs=tuple(sorted({differ[item.sentence] for item in claim.evidence if item.sentence in differ})),
    )


def _counted(claim: Claim | ClaimVerdict) -> str:
    sources = len({item.source for item in claim.evidence})
    if isinstance(claim, ClaimVerdict) or sources < 2:
        return ""
    if claim.independent == sources:
        return f"{sources} sources, each in words of its own"
    return f"{sources} sources, some in the same words: {claim.independent} independent"


def _label(where: str) -> str:
    """Return the name of a place in a result: `points[0]` is Point 1."""
    place = _WHERE.fullmatch(where)
    if place is None:
        return "Sentence"
    label = _LABELS.get(place["part"], "Sentence")
    return f"{label} {int(place['number']) + 1}" if place["number"] else label


def _markers(claim: Claim | ClaimVerdict, several: bool) -> Iterator[Link]:
    """Yield each marker that a claim prints with the first sentence that it stands for.

    It is the number of a source where there are several; else what the source itself prints, if it prints any.
    """
    for number in claim.markers:
        stands = (
            item.sentence
            for item in claim.evidence
            if number in ((item.source,) if several else item.inherited or (item.source,))
        )
        yield Link(next(stands, ""), str(number))


def _link(sentence: str, source: int, start: int, end: int) -> Link:
    """Return a link to a sentence that says where a place stands: offsets count in the title for that of a source."""
    part = "title of " if sentence.startswith("t") else ""
    return Link(sentence, f"{part}source {source}, characters {start}–{end}")


def _found_at(finding: Finding) -> Link | None:
    if finding.evidence_span is None or finding.source is None:
        return None
    return _link(finding.sentence, finding.source, *finding.evidence_span)


def _side(version: Version, line: Line | None) -> Side:
    place = _link(version.sentence, version.source, version.start, version.end)
    if line is None or not line.exact:
        return Side(place, (Piece(version.text, ("conflict",)),))
    mark = Mark(version.start - line.start, version.end - line.start, "conflict")
    return Side(place, tuple(cut(line.text, [mark])))
