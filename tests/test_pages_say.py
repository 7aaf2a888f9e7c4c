"""Every statement on a page and in a cell is true of its result: held against the result and its sources, word for word.

A page is read as text, links and marks included: a link is `[what it reads](#where)`, marked words are «so». What it must
read is written down here anew, from the result alone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Any, NamedTuple
from urllib.parse import unquote

import html5lib
import pytest

import briefing
from briefing import (
    Answer,
    Briefing,
    Claim,
    Document,
    Draft,
    DraftClaim,
    DraftQuote,
    Evidence,
    Finding,
    Report,
    Source,
    Verdict,
    markers,
)
from briefing.draft import Status
from briefing.render.report import idle
from briefing.verdict import ClaimVerdict
from tests.browser import hostile, pages

Result = Briefing | Answer | Report
_OUT = "noopener noreferrer nofollow external"


# What is shown: real results, and results of articles made up of sentences on several topics, by drafts good and bad


TOPICS = {
    "town": (["Mayor Ana Holm", "the council", "Bo Lind"], ["approved the bridge", "closed the mill in Orsted"]),
    "sport": (["Cruz Vega", "Port Alder United"], ["won the cup 3–1", "lost to Lund in the final"]),
    "court": (["Judge Zoë Pell", "the prosecutor"], ["fined the bank $4 million", "may sign the order"]),
    "sea": (["the ferry Saint Brendan", "a tug 🚢"], ["carried 212 people", "ran aground off Cebu"]),
}
_ENDS = [" on Monday", " in May", " for about $9 million", " with 14 others", "", " before the vote"]
_SLIPS = [("Monday", "Friday"), ("about ", ""), ("14", "17"), ("212", "221"), ("may sign", "signed"), ("Ana", "Bo")]


class Drafts(briefing.Extractive):
    """An engine that takes sentences for claims, some of them altered, each with evidence that may be another's."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.random = random

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        def draft(**more: str) -> dict[str, Any]:
            evidence = self.random.sample([*document.by_id], self.random.choice([1, 1, 2, 3]))
            text = document.by_id[self.random.choice(evidence)].text
            for old, new in self.random.sample(_SLIPS, 3):
                text = text.replace(old, new)
            return {"text": text, "evidence": evidence, **more}

        return Draft(
            headline=DraftClaim(**draft()),
            lede=DraftClaim(**draft()),
            points=[DraftClaim(**draft()) for _ in range(4)],
            quotes=[DraftQuote(**draft(speaker="Ana Holm"))],
            analysis=[DraftClaim(**draft())],
        )


def seeded(name: str) -> Random:
    return Random(name)  # noqa: S311 - no secret hangs on it


def article(random: Random, *, marked: bool) -> str:
    def sentence() -> str:
        people, acts = random.choice([*TOPICS.values()])
        said = f"{random.choice(people)} {random.choice(acts)}{random.choice(_ENDS)}"
        marker = random.choice([" [1]", " [2]", " [1, 2]", " [3]", "[1][2]", ""]) if marked else ""
        return f"{said[0].upper()}{said[1:]}{marker}{random.choice('..!')}{random.choice([' ', '  ', chr(10)])}"

    return "".join(sentence() for _ in range(random.randint(3, 7)))


def sources_of(kind: str, seed: int) -> tuple[Source, ...]:
    random = seeded(f"{kind} {seed}")
    marked = "markers" in kind
    if "one" in kind:
        return (Source(article(random, marked=marked), None, "https://a.example/1?b=1&c=2", "2026-03-02"),)
    return (
        Source(article(random, marked=marked), "Mayor Ana Holm approved the bridge on Monday", "javascript:1", None),
        Source(article(random, marked=marked), None, "https://b.example/"),
        Source(article(random, marked=marked), "Cruz Vega won the cup"),
    )


class Shown(NamedTuple):
    """A result, the sources that its page is given, and page and cell as a browser parses them."""

    result: Result
    sources: tuple[Source, ...]
    page: Any
    cell: Any
    whole: bool

    @property
    def claims(self) -> list[Claim | ClaimVerdict]:
        return [claim for _, claim in self.placed]

    @property
    def placed(self) -> list[tuple[str, Claim | ClaimVerdict]]:
        if isinstance(self.result, Briefing):
            return [*self.result.claims()]
        return [(claim.where, claim) for claim in self.result.claims]

    @property
    def report(self) -> Report:
        return self.result if isinstance(self.result, Report) else self.result.report

    def words(self, sentence: str, start: int, end: int) -> str:
        source = self.sources[self.document.by_id[sentence].source - 1]
        return ((source.title if sentence[0] == "t" else source.text) or "")[start:end]

    @property
    def document(self) -> Document:
        return _read(self.sources)

    @property
    def conflicts(self) -> list[briefing.Conflict]:
        cited = {item.sentence for claim in self.claims for item in claim.evidence}
        every = isinstance(self.result, Briefing | Report)
        return [c for c in self.report.conflicts if every or cited & {version.sentence for version in c.versions}]


@cache
def _read(sources: tuple[Source, ...]) -> Document:
    return Document.read(sources)


def parsed(text: str) -> Any:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    return parser.parse(text) if text.startswith("<!DOCTYPE") else parser.parseFragment(text)


def drawn(result: Result, sources: tuple[Source, ...], *, whole: bool = True) -> Shown:
    page = result.html(sources if whole else None) if isinstance(result, Report) else result.html()
    return Shown(result, sources, parsed(page), parsed(pages.cell_of(result)), whole)


SEEDS = range(2)
KINDS = ("one source", "one source with markers", "several sources", "several sources with markers")
MADE = [f"{kind} {seed}" for kind in KINDS for seed in SEEDS]
CHECKED = [f"{made}, {which}" for made in MADE[::2] for which in ("checked", "checked, sources not given")]
ALL = [*pages.NAMES, *MADE, *CHECKED, "German, checked"]
GERMAN = "Der Rat hat die Brücke am Montag genehmigt. Sie kostet den Staat vier Millionen Euro, sagte Anna Holm."


@cache
def shown(name: str) -> Shown:
    if name in pages.NAMES:
        result = pages.result(name)
        sources = (Source(pages.SUMMIT),) if isinstance(result, Report) else result.sources
        return drawn(result, sources, whole="without" not in name)
    made, _, checked = name.partition(", ")
    if made == "German":
        return drawn(briefing.verify(GERMAN.replace("Montag", "Freitag"), GERMAN), (Source(GERMAN),))
    kind, _, seed = made.rpartition(" ")
    sources, random = sources_of(kind, int(seed)), seeded(name)
    if checked:
        text = article(random, marked=True) + sources[0].text.replace("Monday", "Friday").replace("14", "17")
        return drawn(briefing.verify(text, sources), sources, whole="not given" not in checked)
    return drawn(briefing.summarize(sources, engine=Drafts(random), unsupported="flag"), sources)


# How a page is read


def classed(root: Any, name: str) -> list[Any]:
    return [each for each in root.iter() if name in (each.get("class") or "").split()]


def solid(text: str) -> str:
    """Return a text without its white space, which a page sets anew."""
    return "".join(text.split()).replace("»«", "")


def reads(element: Any) -> str:
    """Return what an element reads; the link of a number is left to the test of markers."""

    def inner(each: Any) -> str:
        said = (each.text or "") + "".join(inner(child) + (child.tail or "") for child in each)
        if each.tag == "a" and not said.isdigit():
            return f"[{said}]({place_of(each)})"
        return f"«{said}»" if each.tag == "mark" else said

    return solid(inner(element))


def place_of(link: Any) -> str:
    """Return where a link leads: in a cell, whose names are its own alone, without what makes them so."""
    href = unquote(link.get("href"))
    own = re.fullmatch(r"#briefing-[0-9a-f]+-[0-9a-f]+-[0-9]+-(\w+)", href)
    return f"#{own[1]}" if own else href


def blocks(element: Any) -> Iterator[str]:
    """Yield what each block reads, those of sections and lists one by one."""
    for child in element:
        if child.tag in {"section", "ul"}:
            yield from blocks(child)
        elif child.tag not in {"style", "details"}:
            yield reads(child)


# What must be there


def link(each: Shown, sentence: str, words: str, *, cell: bool = False) -> str:
    return f"[{words}](#{sentence})" if sentence in linked(each, cell=cell) else words


def linked(each: Shown, *, cell: bool) -> set[str]:
    cited = {item.sentence for claim in each.claims for item in claim.evidence}
    if each.whole and not cell:
        return {*each.document.by_id}
    if not isinstance(each.result, Report):
        cited |= {version.sentence for conflict in each.conflicts for version in conflict.versions}
    return cited


def place(each: Shown, item: Any, start: int, end: int, *, cell: bool = False) -> str:
    title = "title of " if item.sentence[0] == "t" else ""
    return link(each, item.sentence, f"{title}source {item.source}, characters {start}–{end}", cell=cell)


def marked(text: str, spans: Iterable[tuple[int, int]], start: int = 0) -> str:
    """Return a text, from `start` on, with all that lies in a span marked."""
    inside = {index for span in spans for index in range(*span)}
    parts = groupby(range(start, len(text)), key=inside.__contains__)
    return "".join(f"«{part}»" if on else part for on, at in parts for part in ["".join(text[n] for n in at)])


def words_of(claim: Claim | ClaimVerdict, *, numbers: bool) -> str:
    """Return a claim as it is shown: the words found marked, its markers before the closing full stop."""
    spans = [said.claim_span for said in claim.findings if said.claim_span]
    printed = f"[{', '.join(map(str, claim.markers))}]" if claim.markers and numbers else ""
    if speaker := getattr(claim, "speaker", ""):
        return f"“{marked(claim.text, spans)}” — {speaker} {printed}"
    end = markers.closing(claim.text)
    return f"{marked(claim.text[:end], spans)} {printed}{marked(claim.text, spans, end)}"


LABELS = {"headline": "Headline", "lede": "Lede", "points": "Point", "quotes": "Quote", "analysis": "Analysis"}


def label(where: str) -> str:
    part, number = re.fullmatch(r"(\w*)(?:\[(\d+)\])?", where).groups()  # type: ignore[union-attr]
    return LABELS.get(part, "Sentence") + (f" {int(number) + 1}" if number else "")


def finding(each: Shown, said: Finding) -> str:
    at = place(each, said, *said.evidence_span) if said.evidence_span else ""
    parts = [f"{said.severity.capitalize()}, {said.check}: {said.message}"]
    if said.found:
        parts.append(f"Claim {said.found}")
        parts += [f"characters {said.claim_span[0]}–{said.claim_span[1]}"] if said.claim_span else []
    if said.expected:
        parts.append(f"{'Source' if at else 'Expected'} {said.expected} {at}")
    return " ".join(parts)


def independence(claim: Claim | ClaimVerdict) -> str:
    count = len({item.source for item in claim.evidence})
    if not isinstance(claim, Claim) or count < 2:
        return ""
    own = "each in words of its own" if claim.independent == count else "some in the same words: "
    return f". {count} sources, {own}" + (f"{claim.independent} independent" if claim.independent < count else "")


def on_page(each: Shown, where: str, claim: Claim | ClaimVerdict) -> str:
    warned = any(said.severity == "warning" for said in claim.findings)
    parts = [label(where), claim.verdict, "warning" * warned, words_of(claim, numbers=where != "headline")]
    parts += [finding(each, said) for said in claim.findings]
    if first := getattr(claim, "repaired_from", ""):
        parts.append(f"First written: {first}")
    evidence = "; ".join(place(each, item, item.start, item.end) for item in claim.evidence)
    parts.append((f"Evidence: {evidence}" if evidence else "No evidence") + independence(claim))
    cited = {item.sentence for item in claim.evidence}
    for number, conflict in enumerate(each.conflicts, start=1):
        if cited & {version.sentence for version in conflict.versions}:
            parts.append(f"[The sources differ here](#conflict-{number})")
    return solid(" ".join(parts))


def side(each: Shown, version: briefing.Version) -> str:
    sentence = each.document.by_id[version.sentence]
    start, end = sentence.span
    span = (version.start - start, version.end - start)
    text = each.words(version.sentence, start, end)
    # Of a source that is not at hand the words are known, and of a sentence that is cited the text without its markers.
    known = each.whole or (version.sentence in linked(each, cell=False) and not markers.find(text))
    return (marked(text, [span]) if known else f"«{version.text}»") + place(each, version, version.start, version.end)


def below(each: Shown) -> Iterator[str]:
    """Yield what stands on a page below the claims."""
    result, report = each.result, each.report
    if isinstance(result, Answer):
        silent = result.status is Status.NOT_IN_SOURCES
        if silent or result.missing:
            yield f"Not found in the sources: {result.question if silent else result.missing}"
        if silent:
            yield "The nearest sentences"
            yield from (f"{item.text} {place(each, item, item.start, item.end)}" for item in result.nearest)
    if each.conflicts:
        yield "Where the sources differ"
        for conflict in each.conflicts:
            sides = " ".join(side(each, version) for version in conflict.versions)
            yield f"{conflict.kind.capitalize()}: {conflict.message} {sides}"
    if report.repairs:
        yield "What was written first"
    for repair in report.repairs:
        wrong = [f"Error, {f.check}: {f.message}" for f in repair.before.findings if f.severity == "error"]
        now = f"Now: {repair.after.text}" if repair.after else ""
        yield f"{repair.where} {repair.action} {repair.before.text} {''.join(wrong)} {repair.note} {now}"
    noted = [*notes(each), *(f"Did not run: {reason}" for reason in idle(report))]
    yield from ["Worth knowing", *noted] if noted else []


def notes(each: Shown) -> list[str]:
    own = () if isinstance(each.result, Report) else each.result.notes
    return [*dict.fromkeys((*own, *each.report.notes))]


@pytest.mark.parametrize("name", ALL)
def test_what_a_page_says(name: str) -> None:
    each = shown(name)
    (section,) = (part for part in each.page.iter("section") if part.get("id") == "claims")
    wanted = ["The text" if isinstance(each.result, Report) else "What it says"]
    for part, found in groupby(each.placed, key=lambda pair: pair[0].partition("[")[0]):
        wanted += [name for start, name in (("quotes", "Quotes"), ("analysis", "Analysis")) if part == start]
        wanted += [on_page(each, *pair) for pair in found if pair[0] != "headline"]
    assert [*blocks(section)] == [*map(solid, [*wanted, *below(each)])]
    if isinstance(each.result, Briefing):
        (head,) = classed(next(each.page.iter("header")), "claim")
        assert reads(head) == on_page(each, "headline", each.result.headline)
        assert head.find("h1") is not None
    elif isinstance(each.result, Answer):
        assert reads(next(each.page.iter("h1"))) == solid(each.result.question)


@pytest.mark.parametrize("name", ALL)
def test_what_a_page_counts(name: str) -> None:
    each = shown(name)
    counts = {"All": len(each.claims)}
    counts |= {kind.capitalize(): sum(claim.verdict is kind for claim in each.claims) for kind in Verdict}
    counts["Warned"] = sum(any(f.severity == "warning" for f in claim.findings) for claim in each.claims)
    counts["Mark what was left out"] = len(classed(next(each.page.iter("main")), "left-out"))
    if isinstance(each.result, Answer):
        del counts["Mark what was left out"]  # it was not to tell everything
    wanted = [f"{what} {count}" for what, count in counts.items() if count]
    assert [" ".join("".join(each.itertext()).split()) for each in each.page.iter("label")] == wanted
    by = "" if isinstance(each.result, Report) else f" written by {each.result.engine}"
    (about,) = (part for part in next(each.page.iter("header")).iter("p") if part.get("class") == "about")
    assert about.text == f"{type(each.result).__name__}{by}; this page by briefing {briefing.__version__}"


@pytest.mark.parametrize("name", [name for name in ALL if "not given" not in name and "without" not in name])
def test_the_sources_of_a_page(name: str) -> None:
    """Each sentence is the source's, names the claims that cite it, and is marked where their findings point."""
    each = shown(name)
    by_id = {part.get("id"): part for part in each.page.iter()}
    for id_, sentence in each.document.by_id.items():
        part, (start, end) = by_id[id_], sentence.span
        users = [f"c{n}" for n, claim in enumerate(each.claims) if id_ in {item.sentence for item in claim.evidence}]
        assert (part.get("data-claims") or "").split() == users
        pointed = [
            (f"c{n}", said.evidence_span)
            for n, claim in enumerate(each.claims)
            for said in claim.findings
            if said.evidence_span and said.sentence == id_
        ]
        wanted = [
            (char, {name for name, span in pointed if span[0] <= at < span[1]})
            for at, char in enumerate(each.words(id_, start, end), start=start)
        ]
        assert [*characters(part)] == [pair for pair in wanted if not pair[0].isspace()]
    for number, claim in enumerate(each.claims):
        lit = by_id[f"c{number}"].get("data-evidence").split()
        assert lit == [item.sentence for item in claim.evidence]


def characters(line: Any) -> Iterator[tuple[str, set[str]]]:
    pieces = [(line.text or "", "")]
    for mark in line:
        pieces += [(mark.text, mark.get("data-claims")), (mark.tail or "", "")]
    yield from ((char, {*names.split()}) for text, names in pieces for char in text if not char.isspace())


# A cell of a notebook


def stands_for(each: Shown, claim: Claim | ClaimVerdict, number: int) -> list[Evidence]:
    """Return the evidence that a marker may lead to: of that source, or the sentences of the one source that print it."""
    sources = {item.source for claim in each.claims for item in claim.evidence}  # all that a report knows of them
    if len(sources if isinstance(each.result, Report) else each.sources) > 1:
        return [item for item in claim.evidence if item.source == number]
    return [item for item in claim.evidence if number in (item.inherited or (item.source,))]


def in_cell(each: Shown, where: str, claim: Claim | ClaimVerdict) -> str:
    head = where == "headline"
    badge = "" if head and claim.verdict is Verdict.SUPPORTED else claim.verdict
    parts = [words_of(claim, numbers=not head), badge]
    for said in claim.findings:
        at = place(each, said, *said.evidence_span, cell=True) if said.evidence_span else ""
        parts.append(f"{said.severity.capitalize()}: {said.message} {at and f'({at})'}")
    stood = [stands_for(each, claim, number)[:1] for number in ([] if head else claim.markers)]
    if any([item] not in stood for item in claim.evidence):  # no marker leads there
        parts.append("Evidence: " + "; ".join(place(each, e, e.start, e.end, cell=True) for e in claim.evidence))
    return " ".join(parts)


def cell_below(each: Shown) -> Iterator[str]:
    result = each.result
    if isinstance(result, Answer):
        silent = result.status is Status.NOT_IN_SOURCES
        if silent or result.missing:
            yield f"Not found in the sources: {result.question if silent else result.missing}"
        if silent:
            yield "The nearest sentences"
        for item in result.nearest if silent else ():
            yield f"{item.text} source {item.source}, characters {item.start}–{item.end}"
    for conflict in each.conflicts:
        sides = "; ".join(place(each, version, version.start, version.end, cell=True) for version in conflict.versions)
        yield f"The sources differ: {conflict.message} ({sides})"
    for repair in each.report.repairs:
        yield f"{repair.action.capitalize()}: {repair.before.text} {repair.note}"
    yield from notes(each)
    yield from (f"Did not run: {reason}" for reason in idle(each.report))
    if not isinstance(result, Report):
        yield f"Written by {result.engine}; shown by briefing {briefing.__version__}"


@pytest.mark.parametrize("name", ALL)
def test_what_a_cell_says(name: str) -> None:
    each = shown(name)
    (cell,) = each.cell
    wanted = []
    if isinstance(each.result, Answer):
        wanted.append(each.result.question)
    elif isinstance(each.result, Report):
        wanted.append("A text held against its sources")
    for part, found in groupby(each.placed, key=lambda pair: pair[0].partition("[")[0]):
        wanted += [part.capitalize()] if part in {"quotes", "analysis"} else []
        wanted += [in_cell(each, *pair) for pair in found]
    assert "".join(blocks(cell)) == solid("".join([*wanted, *cell_below(each)]))


@pytest.mark.parametrize("name", ALL)
def test_markers_of_a_cell_lead_to_what_they_stand_for(name: str) -> None:
    each = shown(name)
    claims = [claim for where, claim in each.placed if where != "headline"]
    for part, claim in zip(classed(each.cell, "claim"), claims, strict=True):
        links = {int(a.text): place_of(a)[1:] for a in part.iter("a") if a.text.isdigit()}
        assert {*links} == {number for number in claim.markers if stands_for(each, claim, number)}
        for number, to in links.items():
            assert to in [item.sentence for item in stands_for(each, claim, number)]


@pytest.mark.parametrize("name", ALL)
def test_the_evidence_of_a_cell(name: str) -> None:
    """With the offsets of the evidence, which count in the source with its markers, whether it is at hand or not."""
    each = shown(name)
    known = not isinstance(each.result, Report)
    wanted = {}
    for item in (item for claim in each.claims for item in claim.evidence):
        text = each.words(item.sentence, item.start, item.end) if known else item.text
        title = "title" if item.sentence[0] == "t" else ""
        wanted[item.sentence] = solid(f"{text} {title} {item.start}–{item.end}")
    found = {place_id.rsplit("-", 1)[1]: reads(li) for li in each.cell.iter("li") if (place_id := li.get("id"))}
    assert {id_: found.get(id_) for id_ in wanted} == wanted
    differ = {version.sentence for conflict in each.conflicts for version in conflict.versions}
    assert {*found} == {*wanted} | (differ if known else set())
    for summary in each.cell.iter("summary"):
        sources = {each.document.by_id[id_].source for id_ in found}
        counted = (
            f"Evidence: {len(found)} sentence{'s'[: len(found) - 1]} of {len(sources)} source{'s'[: len(sources) - 1]}"
        )
        assert summary.text == counted


def test_the_results_have_all_there_is_to_say() -> None:
    """Else the tests above say nothing of it."""
    every = [shown(name) for name in ALL]
    claims = [claim for each in every for claim in each.claims]
    findings = [said for claim in claims for said in claim.findings]
    assert {said.severity.value for said in findings} == {"error", "warning", "note"}
    assert any({f.severity for f in claim.findings} == {briefing.Severity.NOTE} for claim in claims), (
        "a note is no warning"
    )
    assert {claim.verdict for claim in claims} == {*Verdict}
    assert {independence(claim).count("own") for claim in claims} == {0, 1} and any(map(independence, claims))
    assert any("same words" in independence(claim) for claim in claims)
    assert any(item.sentence[0] == "t" for claim in claims for item in claim.evidence)
    assert any(getattr(claim, "repaired_from", "") for claim in claims)
    assert all(
        any(filled(each) for each in every) for filled in (notes, lambda e: e.conflicts, lambda e: e.report.repairs)
    )
    assert any(list(idle(each.report)) for each in every)
    assert any(not claim.evidence for claim in claims) and any(f.expected and not f.evidence_span for f in findings)
    crossed = [
        item.inherited
        for each in every
        if isinstance(each.result, Briefing) and len(each.sources) > 1
        for claim in each.claims
        for item in claim.evidence
        if item.inherited and item.source not in item.inherited
    ]
    assert crossed, "articles with markers that are not their numbers"


# What a page may do


def hashed(root: Any, name: str) -> str:
    (part,) = root.iter(name)
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.text.encode()).digest()).decode()}'"


def policy(root: Any) -> str:
    (said,) = (meta.get("content") for meta in root.iter("meta") if meta.get("http-equiv"))
    return str(said)


@pytest.mark.parametrize("name", pages.NAMES)
def test_the_policy_of_a_page(name: str) -> None:
    page = shown(name).page
    style, script = hashed(page, "style"), hashed(page, "script")
    rest = "img-src data:; base-uri 'none'; form-action 'none'"
    assert policy(page) == f"default-src 'none'; style-src {style}; script-src {script}; {rest}"
    assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "referrer"] == ["no-referrer"]


@cache
def index(folder: Path, text: str) -> Any:
    result = briefing.summarize(Source(text, text, text, text), engine=briefing.Extractive())
    named = result.model_copy(update={"id": text, "engine": text})
    failure = briefing.Failure(id=text, error=briefing.InputError(text))
    asked = briefing.ask([text, f"{text} {text}"], text, engine=briefing.Extractive())
    return parsed(briefing.pages([named, failure, asked], folder).read_text(encoding="utf-8"))


def test_the_policy_of_an_index(tmp_path: Path) -> None:
    page = index(tmp_path, "Ana Holm opened the bridge on Monday.")
    rest = "img-src data:; base-uri 'none'; form-action 'none'"
    assert policy(page) == f"default-src 'none'; style-src {hashed(page, 'style')}; {rest}"
    assert [meta.get("content") for meta in page.iter("meta") if meta.get("name") == "referrer"] == ["no-referrer"]
    assert not [*page.iter("script")]


@pytest.mark.parametrize("name", ["briefing", "one source 0", "several sources 0"])
def test_links_that_lead_out_tell_nobody(name: str) -> None:
    each = shown(name)
    for root in (each.page, each.cell):
        links = {link.get("href"): link.get("rel") for link in root.iter("a")}
        out = {source.url: _OUT for source in each.sources if str(source.url).startswith("https://")}
        assert {href: rel for href, rel in links.items() if href[0] != "#"} == out
        assert {rel for href, rel in links.items() if href[0] == "#"} == {None}


# Sources that are not those that a result is on


ASTRAY = "What is cited does not stand in these sources as it did, so only the sentences that are cited are shown."
OTHERS: dict[str, Callable[[tuple[Source, ...]], list[Source]]] = {
    "another order": lambda sources: [*sources][::-1],
    "other sources": lambda sources: [*sources_of("several sources", 77)],
    "one too few": lambda sources: [*sources][:1],
    "a sentence more at the start": lambda sources: [Source(f"It rained. {sources[0].text}"), *sources[1:]],
}


@pytest.mark.parametrize("others", OTHERS.values(), ids=OTHERS)
def test_a_report_on_other_sources_has_no_page(others: Callable[[tuple[Source, ...]], list[Source]]) -> None:
    each = shown("several sources 0, checked")
    assert isinstance(each.result, Report)
    assert ASTRAY not in each.result.html(each.sources)
    with pytest.raises(briefing.InputError, match="these are not the sources that the report is on"):
        each.result.html(others(each.sources))


@pytest.mark.parametrize("others", OTHERS.values(), ids=OTHERS)
@pytest.mark.parametrize("name", ["briefing", "several sources with markers 1"])
def test_what_is_cited_is_shown_where_it_stands_otherwise(
    name: str, others: Callable[[tuple[Source, ...]], list[Source]]
) -> None:
    """As for a result of a file that another version wrote, which split sentences otherwise: nothing else lights up."""
    each = shown(name)
    assert isinstance(each.result, Briefing)
    assert ASTRAY not in each.result.html()
    moved = each.result.model_copy(update={"sources": tuple(others(each.sources))})
    for root in (parsed(moved.html()), parsed(pages.cell_of(moved))):
        assert ASTRAY in "".join(root.itertext())
        lines = {place_of({"href": f"#{part.get('id')}"})[1:]: part for part in root.iter() if part.get("id")}
        for item in (item for claim in each.claims for item in claim.evidence):
            assert solid("".join(lines[item.sentence].itertext())).startswith(solid(item.text))
        assert len([id_ for id_ in lines if re.fullmatch("[st][0-9]+", id_)]) == len(
            {item.sentence for claim in each.claims for item in claim.evidence}
        )


# Texts that run from right to left


HEBREW = "ראש העיר פתח את הגשר ביום שני. הגשר עלה 4 מיליון שקל. “זה יום חג”, אמרה דנה לוי."


def unturned(root: Any) -> Iterator[str]:
    """Yield what would be laid out from left to right: Hebrew in no element that finds its direction by itself."""

    def inner(element: Any, turned: bool) -> Iterator[str]:
        turned = turned or element.get("dir") == "auto" or element.tag in {"bdi", "head"}
        said = (element.text or "") + "".join(child.tail or "" for child in element)
        if not turned and re.search("[א-ת]", said):
            yield f"<{element.tag} class={element.get('class')}> {said.strip()}"
        for child in element:
            yield from inner(child, turned)

    return inner(root, False)


@pytest.mark.parametrize("name", pages.NAMES)
def test_any_text_finds_its_direction(name: str) -> None:
    planted = hostile.planted(pages.result(name), lambda text: HEBREW if " " in text else text, ids=False)
    page = planted.html(None) if isinstance(planted, Report) else planted.html()
    assert HEBREW[:12] in page
    assert [*unturned(parsed(page))] == [*unturned(parsed(pages.cell_of(planted)))] == []


def test_sources_find_their_direction(tmp_path: Path) -> None:
    source = Source(HEBREW, HEBREW[:30], "https://a.example/", "יום שני")
    result = briefing.summarize([source, HEBREW.replace("4", "5")], engine=Drafts(seeded("Hebrew")), unsupported="flag")
    report = briefing.verify(HEBREW.replace("4", "7"), source)
    for text in (result.html(), report.html(source), pages.cell_of(result), pages.cell_of(report)):
        assert [*unturned(parsed(text))] == []
    titles = [*parsed(report.html(source)).iter("h3")]
    assert [title.get("dir") for title in titles if title.get("id").startswith("source-")] == ["auto"]
    assert [*unturned(index(tmp_path, HEBREW))] == []
    assert {cell.find("small/bdi") is not None for cell in index(tmp_path, HEBREW).iter("td")} == {True, False}
