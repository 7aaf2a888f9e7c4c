"""Results in colour, for a terminal. The only module that knows rich, of which it takes styles and wrapping alone.

What a result says stands here as in its plain text, and no colour says what words or marks do not. Every text of an
article goes in without its control characters and as it is: no markup, no emoji, no highlighting. So the only escape
sequences that come out set a colour or a weight of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TextIO

from rich.console import Console
from rich.text import Text

from .. import markers
from ..draft import Status
from ..verdict import Severity, Verdict
from . import report as lines
from . import text
from .text import clean

if TYPE_CHECKING:
    from ..report import Repair, Report
    from ..results import Answer, Briefing, Claim, Quote
    from ..verdict import ClaimVerdict, Conflict, Finding

_BADGES = {
    Verdict.SUPPORTED: ("✓", "green"),
    Verdict.UNSUPPORTED: ("✗", "bold red"),
    Verdict.INFERENCE: ("≈", "yellow"),
}
_SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_MARKER, _PLACE, _EXPECTED, _CONFLICT, _REPAIR = "cyan", "dim", "green", "magenta", "blue"
_NARROWEST = 20  # columns for words, however deep they are set and however narrow the terminal says that it is


class Line(NamedTuple):
    """A paragraph, and what stands to the left of its first line; its other lines begin below its words."""

    left: Text
    words: Text


def screen(file: TextIO) -> Console | None:
    """Return the terminal that `file` writes to; None where it shows no styles, as with TERM=dumb."""
    console = Console(file=file, markup=False, emoji=False, highlight=False)
    return console if console.color_system else None


def drawn(paragraphs: Iterable[Line], on: Console) -> str:
    """Return paragraphs in the styles of a terminal, wrapped by words at its width."""
    with on.capture() as captured:
        for left, words in paragraphs:
            for part in words.wrap(on, max(on.width - left.cell_len, _NARROWEST)):
                part.rstrip()
                on.print(Text.assemble(left, part), soft_wrap=True)
                left = Text(" " * left.cell_len)
    return captured.get().strip("\n")


def briefing(result: Briefing) -> Iterator[Line]:
    """Yield a briefing: each claim with the mark of its verdict, and with what is wrong where it is unsupported."""
    yield from _claim(result.headline, Text(clean(result.headline.text), "bold"))
    for claim in (result.lede, *result.points):
        yield from _claim(claim, _cited(claim))
    for quote in result.quotes:
        yield from _claim(quote, _spoken(quote))
    if result.analysis:
        yield from _paragraph(Text("Analysis", "bold"))
    for claim in result.analysis:
        yield from _claim(claim, _cited(claim, "italic"))
    yield from _ending(result, result.report.conflicts)


def answer(result: Answer) -> Iterator[Line]:
    """Yield an answer: its claims, or that the sources do not say and what comes nearest."""
    for claim in result.claims:
        yield from _claim(claim, _cited(claim))
    silent = result.status is Status.NOT_IN_SOURCES
    if missing := result.question if silent else result.missing if result.status is Status.PARTLY else "":
        yield from _paragraph(Text.assemble(("Not found in the sources: ", "bold yellow"), clean(missing)))
    if silent:
        yield from _paragraph(Text("The nearest sentences:"))
        for item in result.nearest:
            place = f" (source {item.source}, characters {item.start}–{item.end})"
            yield from _paragraph(Text.assemble(clean(item.text), (place, _PLACE)), Text("- "))
    yield from _ending(result, text.conflicts(result))


def report(result: Report) -> Iterator[Line]:
    """Yield a report: the counts, every claim, conflict and receipt, what was not checked."""
    yield Line(Text(), _counts(result) or Text("no claims"))
    for claim in result.claims:
        yield from _checked(claim)
    for conflict in result.conflicts:
        yield from _conflict(conflict)
    for repair in result.repairs:
        yield from _repair(repair)
    for note in result.notes:
        yield Line(Text(), Text.assemble(("note: ", "bold"), clean(note)))
    if idle := "; ".join(lines.idle(result)):
        yield Line(Text(), Text.assemble(("did not run: ", "bold"), clean(idle)))


def _paragraph(words: Text, left: Text | None = None) -> Iterator[Line]:
    yield Line(Text(), Text())
    yield Line(left or Text(), words)


def _ending(result: Briefing | Answer, conflicts: Iterable[Conflict]) -> Iterator[Line]:
    for note in text.ending(result, conflicts):
        yield from _paragraph(Text(note, "dim"))
    if counts := _counts(result.report):
        yield from _paragraph(counts)


def _claim(item: Claim, words: Text) -> Iterator[Line]:
    failed = item.verdict is Verdict.UNSUPPORTED
    if failed:
        words = Text.assemble(("UNSUPPORTED", "bold reverse red"), " ", words)
    yield from _paragraph(words, _badge(item.verdict))
    if failed:
        yield from _findings(f for f in item.findings if f.severity is Severity.ERROR)


def _checked(claim: ClaimVerdict) -> Iterator[Line]:
    _, style = _BADGES[claim.verdict]
    yield Line(_badge(claim.verdict), _headed((f"{claim.verdict:<11}", style), claim.where, _cited(claim)))
    yield from _findings(claim.findings)


def _conflict(conflict: Conflict) -> Iterator[Line]:
    words = Text(clean(conflict.message))
    yield Line(Text("≠ ", _CONFLICT), _headed(("conflict   ", _CONFLICT), conflict.kind, words))
    for version in conflict.versions:
        place = f"source {version.source}, {clean(version.sentence)}, {version.start}–{version.end}: "
        yield Line(Text("    "), Text.assemble((place, _PLACE), (clean(version.text), _CONFLICT)))


def _repair(repair: Repair) -> Iterator[Line]:
    words = _marked(Text(clean(repair.before.text)), repair.before)
    yield Line(Text("→ ", _REPAIR), _headed((f"{repair.action:<11}", _REPAIR), repair.where, words))
    yield from _findings(f for f in repair.before.findings if f.severity is Severity.ERROR)
    yield Line(Text("    "), Text(clean(repair.note)))
    if repair.after:
        now = (f"now {clean(repair.after.where)}: ", "bold")
        yield Line(Text("    "), Text.assemble(now, clean(repair.after.text)))


def _headed(kind: tuple[str, str], where: str, words: Text) -> Text:
    return Text.assemble(kind, "  ", (f"{clean(where):<12}", _PLACE), "  ", words)


def _findings(findings: Iterable[Finding]) -> Iterator[Line]:
    for finding in findings:
        style = _SEVERITIES[finding.severity]
        named = (f"{finding.severity}, {clean(finding.check)}: ", style)
        yield Line(Text("    "), Text.assemble(named, clean(finding.message)))
        if finding.claim_span:
            place = (f"claim {finding.claim_span.start}–{finding.claim_span.end}: ", _PLACE)
            yield Line(Text("        "), Text.assemble(place, (clean(finding.found), style)))
        if finding.evidence_span:
            place = (f"{clean(lines.place(finding))}: ", _PLACE)
            yield Line(Text("        "), Text.assemble(place, (clean(finding.expected), _EXPECTED)))


def _badge(verdict: Verdict) -> Text:
    mark, style = _BADGES[verdict]
    return Text(f"{mark} ", style)


def _counts(result: Report) -> Text:
    """Return how many claims have each verdict, with its mark: the key to the marks."""
    counted = (_badge(verdict).append(f"{count} {verdict}") for verdict, count in result.counts.items() if count)
    return Text(", ").join(counted)


def _cited(item: Claim | ClaimVerdict, style: str = "") -> Text:
    """Return a claim with its markers."""
    shown = _marked(Text(markers.attach(clean(item.text), item.markers), style), item)
    return _colour_markers(shown, item)


def _spoken(item: Quote) -> Text:
    """Return the words of a quote, who said them, and its markers."""
    shown, speaker = Text(text.spoken(item)), clean(item.speaker)
    closing = shown.plain.rindex(f"” {speaker} said") + 1
    shown.stylize("italic", 0, closing)
    shown.stylize("bold", closing + 1, closing + 1 + len(speaker))
    return _colour_markers(_marked(shown, item, after=1), item)


def _colour_markers(shown: Text, item: Claim | ClaimVerdict) -> Text:
    if printed := markers.show(item.markers):
        at = shown.plain.rindex(printed)
        shown.stylize(_MARKER, at, at + len(printed))
    return shown


def _marked(shown: Text, item: Claim | ClaimVerdict, after: int = 0) -> Text:
    """Return a claim as shown with the words that findings are about underlined; it begins `after` so many characters.

    They count in the claim's own text, and what is shown is shorter by its control characters and wide blanks.
    """
    for finding in item.findings:
        if finding.claim_span:
            start, end = finding.claim_span
            first, last = len(clean(f"{item.text[:start]}|")) - 1, len(clean(item.text[:end]))
            shown.stylize(f"underline {_SEVERITIES[finding.severity]}", after + first, after + last)
    return shown
