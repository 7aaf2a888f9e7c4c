"""Results in colour: what they say is what their text says, and nothing of an article speaks to the terminal."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rich.cells import cell_len
from rich.console import Console

import briefing
from briefing import Answer, Briefing, Report, Verdict
from briefing.render import console
from briefing.render.console import Line

EXAMPLES = Path(__file__).parent.parent / "examples"
SUMMIT = (EXAMPLES / "summit.txt").read_text(encoding="utf-8")
FERRY = [*briefing.read(EXAMPLES / "ferry-herald.md"), *briefing.read(EXAMPLES / "ferry-courier.md")]
DRAFT = (
    "The two governments signed a General Security of Military Information Agreement [1, 2]. "
    "Takaichi received Marcos for one hour [1]. The leaders also agreed to speed up talks on defense exports [1, 2]."
)
SGR = re.compile(r"\x1b\[[0-9;]*m")


def paragraphs(result: Briefing | Answer | Report) -> Iterable[Line]:
    if isinstance(result, Report):
        return console.report(result)
    return console.briefing(result) if isinstance(result, Briefing) else console.answer(result)


def drawn(result: Briefing | Answer | Report, width: int = 10_000) -> str:
    return console.drawn(
        paragraphs(result), Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=width)
    )


class Overstates(briefing.Extractive):
    fingerprint = "overstates/1"

    def brief(self, document: Any, *, points: int, focus: str | None) -> Any:
        draft = super().brief(document, points=points, focus=focus)
        wrong = [c.model_copy(update={"text": c.text.replace("open negotiations on", "sign")}) for c in draft.points]
        return draft.model_copy(update={"points": wrong})


def partly() -> Answer:
    answer = briefing.ask(SUMMIT, "what did the leaders agree on defense?")
    return answer.model_copy(update={"status": briefing.Status.PARTLY, "missing": "How long the talks take."})


def everything() -> Report:
    """Return a report that has all that a report can have: findings in both texts, conflicts, receipts, notes."""
    found = next(
        claim for claim in briefing.verify(DRAFT, SUMMIT).claims if any(f.evidence_span for f in claim.findings)
    )
    repaired = briefing.summarize(SUMMIT, engine=Overstates()).report.repairs[0]
    return Report(
        claims=(found,),
        checks={"figures": "did not run: no figures", "names": "1"},
        conflicts=briefing.summarize(FERRY).report.conflicts,
        notes=("Not English, so checked for figures alone.",),
        repairs=(repaired.model_copy(update={"after": found, "note": "Written anew."}),),
    )


RESULTS: dict[str, Callable[[], Briefing | Answer | Report]] = {
    "briefing": lambda: briefing.summarize(SUMMIT),
    "of two sources": lambda: briefing.summarize(FERRY),
    "with what is unsupported": lambda: briefing.summarize(SUMMIT, engine=Overstates(), unsupported="flag"),
    "answer": lambda: briefing.ask(SUMMIT, "what did the leaders agree on defense?"),
    "answer in part": partly,
    "no answer": lambda: briefing.ask(SUMMIT, "Who signed the trade treaty?"),
    "report": lambda: briefing.verify(DRAFT, SUMMIT),
    "report of conflicts": lambda: briefing.summarize(FERRY).report,
    "report of repairs": lambda: briefing.summarize(SUMMIT, engine=Overstates()).report,
    "report of everything": everything,
    "report on another language": lambda: briefing.verify("Der Rat tagte am Montag.", "Der Rat tagte am Montag."),
    "report without claims": lambda: Report(claims=(), checks={"figures": "did not run: no figures"}),
}
all_results = pytest.mark.parametrize("make", RESULTS.values(), ids=RESULTS.keys())


def words(text: str) -> str:
    return " ".join(text.split())


@all_results
def test_it_says_what_the_text_says(make: Callable[[], Briefing | Answer | Report]) -> None:
    result = make()
    shown = words(SGR.sub("", drawn(result)))
    said = [
        part.removesuffix(")") for line in result.text().split("\n") for part in re.split(r" \((?=UNSUPPORTED)", line)
    ]
    for part in (words(part).removeprefix("UNSUPPORTED: ") for part in said):
        for each in part.split(", ") if part[:1].isdigit() else [part]:  # the counts have a mark each
            assert each in shown
    report = result if isinstance(result, Report) else result.report
    assert all(f"{count} {verdict}" in shown for verdict, count in report.counts.items() if count)


@pytest.mark.parametrize("width", [1, 24, 60, 100])
@all_results
def test_wrapped_by_words(make: Callable[[], Briefing | Answer | Report], width: int) -> None:
    result = make()
    lines = [SGR.sub("", line) for line in drawn(result, width).split("\n")]
    assert words(" ".join(lines)) == words(SGR.sub("", drawn(result)))
    assert all(line == line.rstrip() for line in lines)
    # what is set eight columns deep has twenty all the same
    assert max(map(cell_len, lines)) <= max(width, 28)


def test_verdicts_are_told_without_colour() -> None:
    flagged = RESULTS["with what is unsupported"]()
    assert isinstance(flagged, Briefing)
    shown = SGR.sub("", drawn(flagged)).split("\n")
    marks = {Verdict.SUPPORTED: "✓ ", Verdict.UNSUPPORTED: "✗ UNSUPPORTED ", Verdict.INFERENCE: "≈ "}
    for _, claim in flagged.claims():
        line = next(line for line in shown if claim.text.rstrip(".") in line)
        assert line.startswith(marks[claim.verdict])
    assert any(claim.verdict is Verdict.UNSUPPORTED for _, claim in flagged.claims())
    report = SGR.sub("", drawn(briefing.verify(DRAFT, SUMMIT))).split("\n")
    assert [line[:13] for line in report if line[0] in "✓✗≈"][1:] == ["✗ unsupported", "✗ unsupported", "✓ supported  "]


class Piece(NamedTuple):
    text: str
    styles: set[int]


def pieces(shown: str) -> list[Piece]:
    """Return what is shown with the styles of each piece."""
    found, styles = [], set[int]()
    for text, codes in re.findall(r"([^\x1b]*)(?:\x1b\[([0-9;]*)m)?", shown):
        found.append(Piece(text, set(styles)))
        styles = {int(code) for code in codes.split(";")} if codes.strip("0;") else set()
    return found


@pytest.mark.parametrize(
    ("claim", "underlined"),
    [
        ("The council signed the treaty on Monday.", ["signed"]),
        ("  The\tcouncil  \x1b[31m signed\u202e the treaty.", ["signed"]),
        ("The council opened talks on the treaty on Monday.", []),
    ],
    ids=["a word", "after what is not shown", "nothing found"],
)
def test_the_words_found_are_marked_in_the_claim(claim: str, underlined: list[str]) -> None:
    text = "The council agreed to open talks on the treaty on Monday."
    found = briefing.verify(claim.replace("\x1b[31m", "").replace("\u202e", "").strip(), text).claims[0]
    at = claim.find("signed")
    span = briefing.Span(at, at + len("signed"))
    findings = [f.model_copy(update={"claim_span": span}) for f in found.findings if f.found == "signed"]
    assert [f.found for f in findings][:1] == underlined
    report = Report(claims=(found.model_copy(update={"text": claim, "findings": tuple(findings)}),), checks={})
    assert [piece.text for piece in pieces(drawn(report)) if 4 in piece.styles] == underlined
    if underlined:
        assert Piece(findings[0].expected, {32}) in pieces(drawn(report))


def test_speakers_words_and_markers_have_styles() -> None:
    result = briefing.summarize(SUMMIT)
    shown = pieces(drawn(result))
    quote = result.quotes[0]
    assert Piece(f"“{quote.text},”", {3}) in shown and Piece(quote.speaker, {1}) in shown
    assert Piece("[1, 2]", {36}) in shown and Piece(result.headline.text, {1}) in shown
    assert {3} in [piece.styles for piece in shown if piece.text in {claim.text for claim in result.analysis}]


HOSTILE = {
    "link": "\x1b]8;;http://evil.example\x07here\x1b]8;;\x1b\\",
    "colour": "\x1b[31mred\x1b[0m",
    "eight-bit": "\x9b31m\x9d52;c;aGk=\x9c\x90q\x9c",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "title of the window": "\x1b]0;owned\x07",
    "cursor": "\x1b[2J\x1b[H\x1b[1A\b\b\r\v\f\x00\x7f",
    "reading direction": "\u202eabc\u202c\u2066def\u2069",
    "tags": "\U000e0041\U000e007f",
}


def poisoned(result: Briefing | Answer | Report, hostile: str) -> Briefing | Answer | Report:
    """Return a result as a stranger's file may hold it: with hostile text in all that takes any text."""

    def within(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name + hostile * (key == "checks"): within(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [within(each, key) for each in value]
        fixed = {"verdict", "severity", "status", "action"}
        return f"{value[:3]}{hostile}{value[3:]}" if isinstance(value, str) and key not in fixed else value

    return type(result).model_validate(within(json.loads(result.model_dump_json())))


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
@all_results
def test_nothing_of_an_article_speaks_to_the_terminal(
    make: Callable[[], Briefing | Answer | Report], hostile: str
) -> None:
    result = poisoned(make(), hostile)
    assert result.text().replace("\n", "").isprintable()
    shown = drawn(result, 80)
    rest = SGR.sub("", shown)
    assert rest.replace("\n", "").isprintable()
    codes = {int(code) for found in SGR.findall(shown) for code in found[2:-1].split(";")}
    assert codes <= {0, 1, 2, 3, 4, 7, *range(31, 37)}


@pytest.mark.parametrize(
    "text",
    [
        "[red]The council met[/red] on Monday.",
        "The council [link=http://x.example]met[/link] on Monday.",
        "The council met :smile: on Monday.",
        "The council met at http://x.example on Monday, 2026-03-04.",
        "The council met \\[bold] on Monday [/].",
        "Le conseil 会議は月曜日 met on Monday.",
    ],
    ids=["markup", "link", "emoji", "address", "backslash", "wide characters"],
)
def test_text_is_shown_as_it_is(text: str) -> None:
    report = briefing.verify(text, text)
    assert any(piece.text.split("\n")[0] == f"  {text}" for piece in pieces(drawn(report)))
