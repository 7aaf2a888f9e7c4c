"""Results as plain text: one paragraph a claim, markers before the closing full stop, analysis set apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from .. import markers
from ..draft import Status
from ..text import printable, squeeze
from ..verdict import Severity, Verdict

if TYPE_CHECKING:
    from ..results import Answer, Briefing, Claim, Quote
    from ..verdict import Conflict, Evidence


def briefing(result: Briefing) -> str:
    """Return a briefing as plain text that ends in a line break."""
    facts = [claim(c) for c in (result.lede, *result.points)]
    parts = [headline(result.headline), *facts, *map(quote, result.quotes)]
    if result.analysis:
        parts += ["Analysis", *map(claim, result.analysis)]
    return "\n\n".join([*parts, *ending(result, result.report.conflicts)]) + "\n"


def answer(result: Answer) -> str:
    """Return an answer as plain text that ends in a line break."""
    parts = [claim(c) for c in result.claims]
    if result.status is Status.NOT_IN_SOURCES:
        parts = [f"Not found in the sources: {clean(result.question)}", "The nearest sentences:"]
        parts += [f"- {evidence(e)}" for e in result.nearest]
    elif result.status is Status.PARTLY and result.missing:
        parts.append(f"Not found in the sources: {clean(result.missing)}")
    return "\n\n".join([*parts, *ending(result, conflicts(result))]) + "\n"


def headline(item: Claim) -> str:
    """Return a headline: it prints no markers."""
    return _flagged(clean(item.text), item)


def claim(item: Claim) -> str:
    """Return a claim with its markers, and with what is wrong with it when the checks do not support it."""
    return _flagged(markers.attach(clean(item.text), item.markers), item)


def quote(item: Quote) -> str:
    """Return a quote as a newspaper prints it, and what is wrong with it when the checks do not support it."""
    return _flagged(spoken(item), item)


def spoken(item: Quote) -> str:
    """Return the words of a quote with their speaker and markers: “words,” speaker said [1]."""
    words = clean(item.text).rstrip(",.;: ")
    line = f"“{words}{'' if words.endswith(('?', '!', '…')) else ','}” {clean(item.speaker)} said."
    return markers.attach(line, item.markers)


def _flagged(line: str, item: Claim) -> str:
    if item.verdict is not Verdict.UNSUPPORTED:
        return line
    why = next((clean(f.message) for f in item.findings if f.severity is Severity.ERROR), "")
    return f"{line} (UNSUPPORTED: {why})" if why else f"{line} (UNSUPPORTED)"


def ending(result: Briefing | Answer, conflicts: Iterable[Conflict]) -> list[str]:
    """Return what stands below the claims: where the sources differ, and the notes."""
    return [*(f"The sources differ: {clean(conflict.message)}" for conflict in conflicts), *notes(result)]


def conflicts(result: Answer) -> tuple[Conflict, ...]:
    """Return where the sources differ in what an answer cites: what else they differ in is beside the question."""
    cited = {item.sentence for claim in result.claims for item in claim.evidence}
    found = result.report.conflicts
    return tuple(each for each in found if any(version.sentence in cited for version in each.versions))


def notes(result: Briefing | Answer) -> list[str]:
    """Return what a reader should know of the result and of its checks, each note once."""
    return list(dict.fromkeys(map(clean, (*result.notes, *result.report.notes))))


def evidence(item: Evidence) -> str:
    """Return an evidence sentence with the number of its source."""
    return f"{clean(item.text)} (source {item.source}, characters {item.start}–{item.end})"


def clean(text: str) -> str:
    """Return article text for one line of output: white space squeezed, control characters left out."""
    return squeeze(printable(text))
