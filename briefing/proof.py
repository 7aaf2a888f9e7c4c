"""Check what is already written: any text against its sources, or an earlier result against corrected ones.

A text is read like an article: each sentence is a claim, the markers on it are what its author cites. Without markers
the evidence is looked for in all sources; with them, in those that they name, and each marker must be earned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from . import emphasis, markers
from .checking import examine, report, verdict
from .checks import Subject
from .document import Document, Sentence
from .engines.extractive.roles import INTERPRETIVE, interpretation
from .evidence import find
from .evidence import of as lookup
from .headings import states
from .report import Report
from .results import Answer, Briefing, Claim, Quote
from .source import Span
from .text import bare
from .verdict import ClaimVerdict, Finding, Severity, Verdict

#: A source that adds a smaller share of the claim's words, by weight, to what the others say adds nothing.
_ADDS = 0.12


def text(written: Document, sources: Document) -> Report:
    """Return what the checks say of every sentence of `written`, held against `sources`."""
    usual = _usual(written) if written.carries_markers else None
    claims: list[ClaimVerdict] = []
    silent = 0
    for sentence in _plain(written, sources):
        if states(sentence.text, heading=sentence.heading):
            claims.append(_claim(sentence, f"claims[{len(claims)}]", usual, sources))
        else:
            silent += 1
    found = report(claims, sources)
    lines = f"{silent} line{'s' if silent > 1 else ''}"
    note = f"{lines} without a statement (a question, a heading that says nothing) not checked."
    return found.model_copy(update={"notes": (*found.notes, note)}) if silent else found


def again(result: Briefing | Answer | Report, sources: Document) -> Report:
    """Return what the checks say of every claim of an earlier result, held against `sources`, perhaps corrected.

    A claim keeps the evidence that still stands there word for word; for the rest, evidence is looked for anew.
    """
    claims = []
    for where, claim in _claims(result):
        standing = [sources.by_words.get(bare(evidence.text), ()) for evidence in claim.evidence]
        kept = [s.id for sentences in standing for s in sentences[:1]]
        found = [] if kept and all(standing) else [s.id for s in find(claim.text, sources)]
        cited = tuple(dict.fromkeys((*kept, *found)))
        speaker = claim.speaker if isinstance(claim, Quote) else None
        inference = claim.verdict is Verdict.INFERENCE or where.startswith("analysis")
        # what `verify` reported has a place in the text, and was looked up even where its evidence still stands
        written = isinstance(claim, ClaimVerdict) and claim.span is not None
        printed = () if written or found else None
        seen = examine(Subject(where, claim.text, cited, speaker, printed, inference), sources)
        claims.append(seen.model_copy(update={"markers": claim.markers}))
    return report(claims, sources)


def _plain(written: Document, sources: Document) -> Iterator[Sentence]:
    """Yield the sentences of a written text without the marks of emphasis in them; their spans stay.

    What a source prints word for word, its own marks included, is kept as it is.
    """
    texts = [source.text for source in written.sources]
    found = [emphasis.marks(text) for text in texts]
    for sentence in written.sentences:
        marks = found[sentence.source - 1]
        start, end = sentence.span
        inside = marks[bisect_left(marks, (start, start)) : bisect_left(marks, (end, end))]
        if not inside or bare(sentence.text) in sources.by_words:
            yield sentence
            continue
        bounds = [start, *(place for mark in inside for place in mark), end]
        words = "".join(texts[sentence.source - 1][a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True))
        yield replace(sentence, text=(markers.strip(words) if sentence.inherited else words).strip())


def _claims(result: Briefing | Answer | Report) -> Iterator[tuple[str, Claim | ClaimVerdict]]:
    if isinstance(result, Briefing):
        yield from result.claims()
    elif isinstance(result, Answer):
        yield from ((f"claims[{n}]", claim) for n, claim in enumerate(result.claims))
    else:
        yield from ((claim.where, claim) for claim in result.claims)


def _usual(written: Document) -> tuple[int, ...]:
    """Return the markers that most of the marked sentences print, if they print several."""
    printed = Counter(s.inherited for s in written.sentences if s.inherited)
    (most, count), total = printed.most_common(1)[0], printed.total()
    return most if len(most) > 1 and count * 2 > total > 2 else ()


def _claim(sentence: Sentence, where: str, usual: tuple[int, ...] | None, sources: Document) -> ClaimVerdict:
    """Return what the checks say of a sentence; `usual` is None in a text that prints no markers."""
    inference = interpretation(sentence.text) >= INTERPRETIVE
    cited = _evidence(sentence.text, sentence.inherited, sources)
    subject = Subject(where, sentence.text, cited, None, sentence.inherited, inference)
    seen = examine(subject, sources)
    findings = list(seen.findings)
    if usual is not None:
        ours = list(_markers(subject, seen, usual, sources))
        if any(f.check == "polarity" and f.severity is Severity.ERROR for f in findings):
            # the cited source denies it: whoever moved the marker to another would print what that may not say either
            ours = [f for f in ours if f.kind != "wrong_marker"]
        # where another source says it all, what the cited one does not say is beside the point
        findings = ours if any(f.kind == "wrong_marker" for f in ours) else [*findings, *ours]
    return seen.model_copy(
        update={
            "markers": sentence.inherited,
            "span": Span(*sentence.span),
            "findings": tuple(findings),
            "verdict": verdict(findings, inference=inference),
        }
    )


def _evidence(claim: str, printed: Collection[int], sources: Document) -> tuple[str, ...]:
    """Return the ids of the sentences that a claim rests on: in the sources that its markers name, if they do."""
    standing = sources.by_words.get(bare(claim), ())
    everywhere = len(sources.sources) == 1 or {s.source for s in standing} >= {*printed}
    if standing and everywhere:
        return tuple(s.id for s in standing)
    named = [n for n in printed if n <= len(sources.sources)] if len(sources.sources) > 1 else []
    found = [s for n in named for s in find(claim, sources, within={n})] if named else list(find(claim, sources))
    return tuple(dict.fromkeys(s.id for s in found))


class _Markers(NamedTuple):
    """What a claim's markers are held against."""

    subject: Subject
    sources: Document

    def finding(self, kind: str, message: str, expected: tuple[int, ...], severity: Severity) -> Finding:
        return Finding(
            check="citations",
            kind=kind,
            where=self.subject.where,
            message=message,
            severity=severity,
            expected=markers.show(expected),
            found=markers.show(self.subject.printed or ()),
        )

    def idle(self, number: int, printed: Collection[int]) -> bool:
        """Whether a source neither says the claim nor adds to what the others printed on it say of it."""
        rest = [n for n in printed if n != number]
        if self.holds([number]) or not self.holds(rest):
            return False
        every = [s for n in printed for s in find(self.subject.text, self.sources, within={n})]
        shares = lookup(self.sources).held(self.subject.text, every)
        without = [row for row, sentence in enumerate(every) if sentence.source != number]
        added = shares.max(axis=0).sum() - (shares[without].max(axis=0).sum() if without else 0.0)
        return bool(added < _ADDS)

    def holds(self, numbers: Collection[int]) -> bool:
        """Whether the sources with these numbers alone support the claim."""
        cited = tuple(dict.fromkeys(s.id for n in numbers for s in find(self.subject.text, self.sources, within={n})))
        return bool(cited) and examine(self.subject._replace(cited=cited), self.sources).verdict is not (
            Verdict.UNSUPPORTED
        )


def _markers(subject: Subject, seen: ClaimVerdict, usual: tuple[int, ...], sources: Document) -> Iterator[Finding]:
    """Yield what is wrong with the markers that the author printed on a claim."""
    held = _Markers(subject, sources)
    printed = subject.printed or ()
    several = len(sources.sources) > 1
    known = (
        set(range(1, len(sources.sources) + 1))
        if several or not sources.carries_markers
        else {n for s in sources.sentences for n in s.inherited}
    )
    if unknown := tuple(n for n in printed if n not in known):
        message = f"The marker {markers.show(unknown)} leads nowhere: there is no such source."
        yield held.finding("unknown_marker", message, tuple(sorted(known)), Severity.ERROR)
    elif not printed:
        if not subject.inference and seen.evidence and seen.verdict is Verdict.SUPPORTED:
            numbers = sources.printed_markers([sources.by_id[e.sentence] for e in seen.evidence])
            if numbers:
                message = "The claim prints no marker, though others in the text do."
                yield held.finding("missing_marker", message, numbers, Severity.WARNING)
    elif several:
        yield from _earned(held, seen, printed)
    elif sources.carries_markers and seen.evidence:
        yield from _carried(held, seen, printed)
    if set(printed) < set(usual):
        missing = tuple(n for n in usual if n not in printed)
        message = (
            f"Only {markers.show(printed)} stands behind this, where most of the text cites {markers.show(usual)}."
        )
        if not unknown and printed and missing:
            yield held.finding("fewer_markers", message, usual, Severity.WARNING)


def _earned(held: _Markers, seen: ClaimVerdict, printed: tuple[int, ...]) -> Iterator[Finding]:
    """Yield a finding for each marker whose source does not say what the claim says, where the others do."""
    if len(printed) > 1 and seen.verdict is not Verdict.UNSUPPORTED:
        idle = [n for n in printed if held.idle(n, printed)]
        if idle and len(idle) < len(printed):
            rest = tuple(n for n in printed if n not in idle)
            message = (
                f"{markers.show(printed)} is printed, but only {markers.show(rest)} says this: "
                f"source {', '.join(map(str, idle))} does not."
            )
            yield held.finding("marker_not_earned", message, rest, Severity.ERROR)
    elif seen.verdict is Verdict.UNSUPPORTED:
        others = [n for n in range(1, len(held.sources.sources) + 1) if n not in printed and held.holds([n])]
        if others:
            message = f"{markers.show(printed)} does not say this, but {markers.show(others)} does."
            yield held.finding("wrong_marker", message, tuple(others), Severity.ERROR)


def _carried(held: _Markers, seen: ClaimVerdict, printed: tuple[int, ...]) -> Iterator[Finding]:
    """Yield a finding where a claim prints other markers than the article prints on its evidence."""
    carried = {n for e in seen.evidence for n in e.inherited}
    best = set(seen.evidence[0].inherited)
    if not set(printed) <= carried:
        shown = markers.show(carried) or "none"
        message = f"{markers.show(printed)} is printed, but the article prints {shown} on what says this."
        yield held.finding("marker_not_earned", message, tuple(carried), Severity.ERROR)
    elif set(printed) < best:
        message = f"{markers.show(printed)} is printed, where the article prints {markers.show(best)}."
        yield held.finding("missing_marker", message, tuple(best), Severity.WARNING)
