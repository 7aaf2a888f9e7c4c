"""Quotations: words within marks stand in the evidence word for word, spoken, and by the speaker that is named.

Equality is exact once typography is folded: never a distance. Words are compared in every language; who speaks, and
what is narration, is told for English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..coverage.speakers import ill_named
from ..document import Document, Sentence
from ..naming import directory, persons
from ..speaker import speech_verbs, subject_name
from ..speech import Speech, speeches
from ..spoken import quoted
from ..spoken.attributed import Said, within_marks
from ..spoken.quoted import Difference, Standing
from ..text import bare, fold, stands_in
from ..verdict import Finding, Severity
from ..words import FUNCTION_WORDS, Word, forms, words
from . import Place, Subject, finding

VERSION = "1"
_CHECK = "quotations"
#: Up to so many words within marks can be a term or a nickname rather than what somebody said.
_TERM = 4
_NEGATIONS = frozenset(
    "not never cannot can't don't didn't doesn't won't wouldn't isn't aren't wasn't weren't hardly".split()
)
_CONDITIONS = frozenset("if unless whether".split())
_TURNS_BEFORE = _NEGATIONS | frozenset(
    "no deny denies denied doubt doubts nobody neither nor without wrong false nonsense untrue".split()
)
_TURNS_AFTER = frozenset("unless if until except provided".split())
#: What is said after these has a subject of its own.
_NEXT_CLAUSE = re.compile(r"; |, (?:while|whereas) ")
_OWN = frozenset("i we my our me us i'm we're i've we've i'll we'll mine ours".split())


class _Case(NamedTuple):
    subject: Subject
    evidence: Sequence[Sentence]
    document: Document
    english: bool
    foreign: bool

    def found(
        self,
        kind: str,
        message: str,
        claim: tuple[int, int] | None,
        at: tuple[int, int, int] | None = None,
        *,
        severity: Severity = Severity.ERROR,
        expected: str | None = None,
        found: str | None = None,
    ) -> Finding:
        """Return a finding; `at` is the number of a source and offsets in its text."""
        spot = quoted.spot_of(*at, self.document) if at else None
        place = Place(*spot) if spot and spot.start < spot.end else None
        return finding(
            self.subject,
            self.document,
            _CHECK,
            kind,
            message,
            claim=claim,
            place=place,
            severity=severity,
            expected=expected,
            found=found,
        )


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for words within marks that nobody, or somebody else, says so in the evidence; quotes too."""
    if subject.speaker is not None:
        yield from _quote(_Case(subject, evidence, document, True, False), subject.speaker)
        return
    said = within_marks(subject.text) if evidence else []
    if not said:
        return
    known = directory.of(document.sources)
    foreign = known.english != directory.reads_as_english(subject.text, known if known.english else None)
    case = _Case(subject, evidence, document, known.english, foreign)
    for own in said:
        pieces = [quoted.standings(_plain(piece), document, evidence) for piece in own.pieces]
        if all(pieces):
            yield from _cut_out(own, [places[0] for places in pieces], case)
            yield from _standing(own, pieces[0], case)
        elif not foreign:
            yield from _absent(own, own.pieces[[bool(p) for p in pieces].index(False)], case)


def _plain(piece: Sequence[Word]) -> list[str]:
    return [quoted.plain(word.form) for word in piece]


def _at(standing: Standing) -> tuple[int, int, int]:
    return standing.passage.number, *standing.span


def _quote(case: _Case, speaker: str) -> Iterator[Finding]:
    text = case.subject.text
    if not (spoken := _speakers(case)):
        near = quoted.nearest(_plain(words(text)), case.document, case.evidence)
        message = "The sources do not give these words as anybody's direct speech."
        yield case.found("not_spoken", message, (0, len(text)) if text else None, _at(near.standing) if near else None)
        return
    number, one = spoken[0]
    if not any(persons.same(speaker, other.speaker, case.document) for _, other in spoken):
        message = f"The source gives these words to {one.speaker}, not to {speaker}."
    elif all(speaker != other.speaker for _, other in spoken) and (wrong := ill_named(speaker, case.document)):
        message = f"{wrong}: “{speaker}”; the source gives these words to {one.speaker}."
    else:
        return
    at = _named_at(number, one, case.document)
    yield case.found("wrong_speaker", message, None, at, expected=one.speaker, found=speaker)


def _speakers(case: _Case) -> list[tuple[int, Speech]]:
    """Return the speech that overlaps the evidence and holds the quote's words, and the number of its source."""
    wanted, found = bare(case.subject.text), []
    for number in sorted({sentence.source for sentence in case.evidence}):
        text = case.document.sources[number - 1].text
        spans = [s.span for s in case.evidence if s.source == number]
        for spoken in speeches(text):
            cited = any(span.start < spoken.span.end and spoken.span.start < span.end for span in spans)
            if cited and wanted and stands_in(wanted, bare(spoken.words(text))):
                found.append((number, spoken))
    return found


def _named_at(number: int, one: Speech, document: Document) -> tuple[int, int, int]:
    """Return where the source names a speaker: beside the words, or before them where a pronoun stands there."""
    text = fold(document.sources[number - 1].text)
    near = text.find(one.speaker, one.span.start, one.span.end)
    at = near if near >= 0 else text.rfind(one.speaker, 0, one.span.start)
    return (number, at, at + len(one.speaker)) if at >= 0 else (number, *one.longest)


def _cut_out(said: Said, places: Sequence[Standing], case: _Case) -> Iterator[Finding]:
    """Yield a finding where an ellipsis hides a negation."""
    for here, after in pairwise(places):
        if here.passage != after.passage or not here.last <= after.first <= here.last + 30:
            continue
        hidden = here.passage.plain[here.last : after.first]
        edges = {*hidden[:2], *hidden[-2:]}  # deeper in what is left out, it is about something else
        if turned := next((word for word in hidden if word in edges & _NEGATIONS), None):
            at = here.last + hidden.index(turned)
            message = f"The words left out of the quotation hold “{turned}”."
            yield case.found("truncated_quote", message, said.span, _at(Standing(here.passage, at, at + 1)))


def _standing(said: Said, places: Sequence[Standing], case: _Case) -> Iterator[Finding]:
    """Yield what is wrong with words that stand in the sources: cut short, another speaker, or spoken by nobody."""
    best = places[0]
    if not quoted.cited(best, case.evidence):
        message = "The cited sentences do not hold these words; they stand elsewhere in the sources."
        yield case.found("not_in_evidence", message, said.span, _at(best))
    elif best.marked:
        yield from _cut(said, best, case)
        if case.english:
            yield from _other_speaker(said, [s for s in places if quoted.cited(s, case.evidence)], case)
            yield from _pull_quote(said, best, case)
    elif case.english and not case.foreign:
        yield from _narration(said, best, case)


def _cut(said: Said, standing: Standing, case: _Case) -> Iterator[Finding]:
    """Yield a finding where words beside the quoted ones turn their meaning round: `not`, `unless`."""
    text, pair = case.subject.text, said.pair
    if {*forms(text[: pair.start]), *forms(text[pair.end :])} & (_TURNS_BEFORE | _CONDITIONS | _TURNS_AFTER):
        return
    before, after = standing.before()[-(3 if len(said.words) < 3 else 5) :], standing.after()[:1]
    only, clause = before[-2:] == ["not", "only"], len(standing.before(clause=True))
    same_clause = before[-clause:] if clause else []
    turned = [w for w in before if (w in _TURNS_BEFORE and w in same_clause and not only) or w in _CONDITIONS]
    if word := next(iter([*turned[-1:], *(w for w in after if w in _TURNS_AFTER)]), None):
        first = standing.first - len(before) if turned else standing.first
        whole = Standing(standing.passage, first, standing.last if turned else standing.last + 1)
        yield case.found("truncated_quote", f"The quotation is cut so that “{word}” is lost.", said.span, _at(whole))


def _other_speaker(said: Said, places: Sequence[Standing], case: _Case) -> Iterator[Finding]:
    """Yield a finding where the claim gives words to somebody who does not speak them in any of these places."""
    if not said.speaker:
        return
    text, found = case.subject.text, []
    for standing in places:
        if spoken := standing.spoken:
            name, at = spoken.speaker, _named_at(standing.passage.number, spoken, case.document)
        else:
            name, at = _subject_of(standing, case.document)
        if not name or persons.same(said.speaker, name, case.document) is not False:
            return
        found.append((name, at))
    name, at = found[0]
    start = fold(text).find(said.speaker)
    span = (start, start + len(said.speaker)) if start >= 0 else said.span
    yield case.found(
        "wrong_speaker", f"The source gives these words to {name}, not to {said.speaker}.", span, at, expected=name
    )


def _subject_of(standing: Standing, document: Document) -> tuple[str, tuple[int, int, int]]:
    """Return the person a sentence is about that has words within marks but no full speech, and where it is named."""
    if not (spot := quoted.spot_of(*_at(standing), document)):
        return "", _at(standing)
    told = fold(spot.sentence.text)
    clause = max((match.end() for match in _NEXT_CLAUSE.finditer(told, 0, spot.end)), default=0)
    name = subject_name(told[clause:])[0]
    at = fold(document.sources[standing.passage.number - 1].text).find(name, spot.sentence.span.start)
    return name, (standing.passage.number, at, at + len(name))


def _pull_quote(said: Said, standing: Standing, case: _Case) -> Iterator[Finding]:
    """Yield a warning where the source's marks stand round a line of its own that tells of others."""
    pair, text = standing.pair, standing.passage.text
    if standing.spoken or not pair or len(said.words) <= _TERM or _OWN & {*_plain(said.words)}:
        return
    line_start, line_end = text.rfind("\n", 0, pair.start) + 1, text.find("\n", pair.end)
    around = text[line_start : pair.start] + text[pair.end : line_end if line_end >= 0 else len(text)]
    if any(map(str.isalpha, around)):
        return
    message = "Nobody speaks these words: in the source the marks stand round a line that nobody is named for."
    yield case.found("narration_in_marks", message, said.span, _at(standing), severity=Severity.WARNING)


def _narration(said: Said, standing: Standing, case: _Case) -> Iterator[Finding]:
    if len(said.words) <= _TERM and not said.as_speech:
        if not _is_title(said):
            message = "The source uses these words without quotation marks."
            yield case.found("narration_in_marks", message, said.span, _at(standing), severity=Severity.WARNING)
    elif _is_indirect(standing, case.document):
        message = "The source reports this without quoting it; the claim gives it as the speaker's own words."
        yield case.found("indirect_as_direct", message, said.span, _at(standing))
    else:
        message = "These words are the source's own; nobody speaks them."
        yield case.found("narration_in_marks", message, said.span, _at(standing))


def _is_title(said: Said) -> bool:
    """Tell whether words are written as titles of works and names are, with capitals."""
    return all(w.form[:1].isupper() or w.form[:1].isdigit() for w in said.words if w.form.lower() not in FUNCTION_WORDS)


def _is_indirect(standing: Standing, document: Document) -> bool:
    if not (spot := quoted.spot_of(*_at(standing), document)):
        return False
    told = re.sub(r'"[^"]*"', " ", fold(spot.sentence.text))
    return bool(speech_verbs(told)) or "according to" in told.lower()


def _absent(said: Said, piece: Sequence[Word], case: _Case) -> Iterator[Finding]:
    """Yield what happened to words that stand nowhere as they are."""
    wanted, span = _plain(piece), (piece[0].start, piece[-1].end)
    if _is_title(said) and not said.as_speech and len(piece) <= 8:
        return
    near = quoted.nearest(wanted, case.document, case.evidence)
    joined = quoted.stitched(wanted, case.document, case.evidence)
    if joined and not (near and near.only_left_out):
        message = "The words are put together from two places."
        yield case.found("stitched_quote", message, span, _at(joined[1]))
    elif near and (near.share >= 0.6 or len(piece) < 4):
        yield _altered(piece, near, case)
    else:
        lightly = len(piece) < 3 and not said.attributed
        severity = Severity.WARNING if lightly else Severity.ERROR
        message = "The sources do not hold the words that the claim puts in quotation marks."
        yield case.found("invented_quote", message, span, severity=severity)


def _altered(piece: Sequence[Word], near: Difference, case: _Case) -> Finding:
    standing, (mine, theirs) = near.standing, near.changed
    span = (piece[0].start, piece[-1].end)
    pairs_touch = any(p is not None for p in (standing.pair, *(_one(standing, i).pair for i in theirs)))
    if not pairs_touch and not any(_one(standing, i).pair for i in range(standing.first, standing.last)):
        if _is_indirect(standing, case.document):
            message = "The source reports this without quoting it; the claim gives it as the speaker's own words."
            return case.found("indirect_as_direct", message, span, _at(standing))
        message = "The claim puts in quotation marks what nobody says in the sources."
        return case.found("invented_quote", message, span, _at(standing))
    there = (standing.passage.number, standing.passage.words[theirs[0]].start, standing.passage.words[theirs[-1]].end)
    real = " ".join(standing.passage.words[i].form for i in theirs)
    if near.only_left_out:
        return case.found("truncated_quote", f"The quotation leaves out “{real}” without saying so.", span, there)
    if mine:
        span = (piece[mine[0]].start, piece[mine[-1]].end)
    written = case.subject.text[slice(*span)]
    return case.found("altered_quote", f"The words are “{real}”; the claim quotes “{written}”.", span, there)


def _one(standing: Standing, at: int) -> Standing:
    return Standing(standing.passage, at, at + 1)
