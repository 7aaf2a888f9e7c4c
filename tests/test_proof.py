"""Any text against its sources: `verify` and `recheck`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing
from briefing import Document, InputError, Severity, Source, Verdict

EXAMPLES = sorted(p for p in (Path(__file__).parents[1] / "examples").iterdir() if p.suffix in {".txt", ".md"})

HERALD = "The ferry ran aground off Port Alder on Tuesday with 212 people aboard. Divers found no damage to the tanks."
COURIER = (
    "The ferry ran aground off Port Alder on Tuesday with 212 people aboard. The operator cancelled all crossings."
)

MARKERS = [
    # name, text, kind of the finding of the citations check, or None, and the verdict
    ("joint and earned", "The ferry ran aground off Port Alder on Tuesday [1, 2].", None, "supported"),
    ("joint, one says so", "Divers found no damage to the tanks [1, 2].", "marker_not_earned", "unsupported"),
    ("the other says so", "The operator cancelled all crossings [1].", "wrong_marker", "unsupported"),
    ("leads nowhere", "Divers found no damage to the tanks [3].", "unknown_marker", "unsupported"),
    ("right one", "Divers found no damage to the tanks [1].", None, "supported"),
    (
        "each part from one",
        "Divers found no damage and the operator cancelled all crossings [1, 2].",
        None,
        "supported",
    ),
]


@pytest.mark.parametrize(("name", "text", "kind", "verdict"), MARKERS, ids=[row[0] for row in MARKERS])
def test_markers_must_be_earned(name: str, text: str, kind: str | None, verdict: str) -> None:
    report = briefing.verify(text, [HERALD, COURIER])
    claim = report.claims[0]
    kinds = [f.kind for f in claim.findings if f.check == "citations" and f.severity is Severity.ERROR]
    assert kinds == ([kind] if kind else []), claim.findings
    assert claim.verdict == verdict, claim.findings


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The farmer's brother was charged too [2].", "negation_lost"),
        ("The farmer was fined on Tuesday [2].", "wrong_marker"),
    ],
    ids=["its source denies it", "the other source says it"],
)
def test_no_marker_is_advised_for_what_the_cited_source_denies(text: str, kind: str) -> None:
    sources = [
        "The farmer was fined on Tuesday. He drove the animals to his brother's land.",
        "The court sat for an hour. The farmer's brother was not charged.",
    ]
    kinds = [f.kind for f in briefing.verify(text, sources).claims[0].findings if f.severity is Severity.ERROR]
    assert kind in kinds and (kind == "wrong_marker" or "wrong_marker" not in kinds)


def test_a_fact_without_a_marker_among_marked_ones_is_a_warning() -> None:
    text = "The ferry ran aground off Port Alder on Tuesday [1, 2]. Divers found no damage to the tanks."
    claims = briefing.verify(text, [HERALD, COURIER]).claims
    assert [f.kind for f in claims[1].findings] == ["missing_marker"]
    assert claims[1].verdict is Verdict.SUPPORTED


def test_markers_that_a_source_prints_itself() -> None:
    source = "They met for an hour [1]. They agreed to open talks on fishing [1, 2]. They shook hands [1, 2]."
    claims = briefing.verify(
        "They met for one hour [1, 2]. They agreed to open talks on fishing [1, 2].", source
    ).claims
    assert [[f.kind for f in c.findings] for c in claims] == [["marker_not_earned"], []]


def test_the_span_of_a_claim_counts_in_the_text_that_was_given() -> None:
    text = "  Divers found no damage [1].\n\nThe operator cancelled all crossings [2]."
    for claim in briefing.verify(text, [HERALD, COURIER]).claims:
        assert claim.span is not None
        assert text[claim.span.start : claim.span.end].startswith(claim.text.rstrip("."))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_sentence_of_an_article_is_supported_by_it(path: Path) -> None:
    source = briefing.read(path)[0]
    report = briefing.verify(source.text, source)
    assert report.ok, report.text()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_extractive_briefings_and_answers_have_no_finding(path: Path) -> None:
    source = briefing.read(path)
    results: list[briefing.Briefing | briefing.Answer] = [
        briefing.summarize(source),
        briefing.ask(source, "What happened?"),
        briefing.ask(source, "Who spoke?"),
    ]
    for result in results:
        assert [f for claim in result.report.claims for f in claim.findings] == []


SILENT = [
    ("a question", "Will it sail again?"),
    ("a short heading", "# Key points\n\nDivers found no damage."),
    ("what we know", "## What we know\n\nDivers found no damage."),
    ("what happens next", "## What happens next\n\nDivers found no damage."),
    ("in bold", "## **What we know so far:**\n\nDivers found no damage."),
    ("a bold line", "**Where things stand**\n\nDivers found no damage."),
    ("numbered", "### 2. Why it matters\n\nDivers found no damage."),
    ("looking ahead", "## Looking ahead: what comes next\n\nDivers found no damage."),
    ("about a thing", "## What the report means for passengers\n\nDivers found no damage."),
    ("what to do", "## How to help\n\nDivers found no damage."),
    ("before a list", "Key points:\n\n- Divers found no damage."),
]
STATING = [
    ("what happened", "# Ferry runs aground", Verdict.SUPPORTED),
    ("what did not", "# Crew abandons ferry", Verdict.UNSUPPORTED),
    ("with a figure", "## Ferry carried 221", Verdict.UNSUPPORTED),
    ("in bold", "## **Divers find damage**", Verdict.UNSUPPORTED),
    ("after a label", "## What we know: divers found no damage", Verdict.SUPPORTED),
    ("why what happened did not", "## Why the captain resigned", Verdict.UNSUPPORTED),
    ("a verb that fits anywhere", "## Repairs begin", Verdict.UNSUPPORTED),
    ("before a list", "Police arrested divers:", Verdict.UNSUPPORTED),
]


@pytest.mark.parametrize(("name", "text"), SILENT, ids=[row[0] for row in SILENT])
def test_what_states_nothing_is_named_in_the_notes(name: str, text: str) -> None:
    report = briefing.verify(text, HERALD)
    assert len(report.claims) == text.count("Divers") and "not checked" in report.notes[-1]


@pytest.mark.parametrize(("name", "heading", "verdict"), STATING, ids=[row[0] for row in STATING])
def test_a_heading_that_states_something_is_checked(name: str, heading: str, verdict: Verdict) -> None:
    report = briefing.verify(f"{heading}\n\nDivers found no damage to the tanks.", HERALD)
    assert [claim.verdict for claim in report.claims] == [verdict, Verdict.SUPPORTED]
    assert report.notes == ()


EMPHASIS = [
    ("bold", "**Divers** found no damage.", "Divers found no damage."),
    ("all bold", "**Divers found no damage.**", "Divers found no damage."),
    ("italic", "Divers found *no damage*.", "Divers found no damage."),
    ("underscores", "Divers found _no_ damage __to the tanks__.", "Divers found no damage to the tanks."),
    ("code", "Divers found no damage to the `tanks`.", "Divers found no damage to the tanks."),
    ("nested", "Divers ***found** no* damage.", "Divers found no damage."),
    ("in an item", "- **Divers:** found no damage.", "Divers: found no damage."),
    ("with a marker", "**Divers found no damage [1].**", "Divers found no damage."),
    ("before a stop", "Divers found “*no damage*”.", "Divers found “no damage”."),
    ("before an apostrophe", "The **ferry**'s tanks had *no* damage.", "The ferry's tanks had no damage."),
]
PLAIN = [
    ("a product", "The tanks hold 5 * 3 * 2 tonnes."),
    ("a close product", "The tanks hold 5*3*2 tonnes."),
    ("a name in code", "The file is called tank_depth_log, not tank_log."),
    ("a footnote", "Traffic fell 5%* in May."),
    ("two footnotes", "Traffic* fell in May, and freight* rose."),
    ("a mark at the start", "*Excluding freight, traffic fell 5%."),
    ("a mark alone", "The rating (*) fell and the other (*) rose."),
    ("tokenised quotes", "``It held,'' he said, and ``we are safe.''"),
    ("escaped", "The rating \\*rose\\* in May."),
    ("blanks to fill", "The ____ found no damage to ____ tanks."),
]


@pytest.mark.parametrize(("name", "text", "claim"), EMPHASIS, ids=[row[0] for row in EMPHASIS])
def test_emphasis_is_no_part_of_a_claim(name: str, text: str, claim: str) -> None:
    whole = f"The ferry ran aground.\n\n{text}\n"
    found = briefing.verify(whole, HERALD).claims[1]
    assert (found.text, found.verdict) == (claim, Verdict.SUPPORTED), found.findings
    assert found.span and whole[slice(*found.span)] == text.removeprefix("- ")


@pytest.mark.parametrize(("name", "text"), PLAIN, ids=[row[0] for row in PLAIN])
def test_what_only_looks_like_emphasis_stays(name: str, text: str) -> None:
    assert " ".join(claim.text for claim in briefing.verify(text, HERALD).claims) == text


def test_emphasis_over_two_sentences_is_taken_from_both() -> None:
    text = "**Divers found no damage. The ferry ran aground.** It had 221 people aboard."
    claims = briefing.verify(text, HERALD).claims
    assert [c.text for c in claims[:2]] == ["Divers found no damage.", "The ferry ran aground."]
    assert [text[slice(*c.span)].strip("*") for c in claims if c.span] == [c.text for c in claims]
    assert [c.verdict for c in claims] == [Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.UNSUPPORTED]


def test_the_emphasis_of_a_source_is_its_own() -> None:
    source = "The **ferry** ran aground off *Port Alder*. Divers found _no damage_."
    report = briefing.verify(source, source)
    assert [c.text for c in report.claims] == [s.text for s in Document.read(source).sentences]
    assert [c.findings for c in report.claims] == [(), ()]


ARLO = """The council of Arlo approved a new tram line on Monday. Building it will cost 90 million euros. Heavy rain flooded
two schools. Rangers counted 340 otters. The hospital hired twelve nurses. Farmers sold wheat at the lowest price in a
decade.""".replace("\n", " ")
LOOKED_UP = [
    ("one word from elsewhere", "The council of Arlo approved a new tram line on Monday for the decade."),
    ("another", "On Monday the council approved a tram line for Arlo, a new price."),
]


@pytest.mark.parametrize(("name", "text"), LOOKED_UP, ids=[row[0] for row in LOOKED_UP])
def test_nobody_is_blamed_for_evidence_that_was_looked_up(name: str, text: str) -> None:
    report = briefing.verify(text, ARLO)
    assert [e.sentence for e in report.claims[0].evidence] == ["s1", "s6"]
    for again in (report, briefing.recheck(report, ARLO)):
        assert [f for c in again.claims for f in c.findings if f.check == "citations"] == []


@pytest.mark.parametrize("text", ["Der Präsident trat gestern zurück.", "Die Sitzung endete ohne Beschluss."])
def test_what_no_sentence_is_about_is_unsupported_in_any_language(text: str) -> None:
    claim = briefing.verify(text, GERMAN).claims[0]
    assert (claim.verdict, "no_evidence" in {f.kind for f in claim.findings}) == (Verdict.UNSUPPORTED, True)


BAD = [("empty", ""), ("symbols", " … "), ("bytes", b"text"), ("none", None)]


@pytest.mark.parametrize(("name", "text"), BAD, ids=[row[0] for row in BAD])
def test_what_is_no_text_is_refused(name: str, text: object) -> None:
    with pytest.raises(InputError, match="text to verify"):
        briefing.verify(text, HERALD)  # type: ignore[arg-type]


def test_recheck_tells_what_a_correction_undoes() -> None:
    result = briefing.summarize(HERALD)
    assert briefing.recheck(result, HERALD).ok
    corrected = HERALD.replace("212", "221").replace("no damage", "heavy damage")
    report = briefing.recheck(result, corrected)
    assert [c.where for c in report.claims if c.verdict is Verdict.SUPPORTED] == ["headline"]
    assert "figures" in {f.check for c in report.claims for f in c.findings}


def test_recheck_takes_answers_and_reports() -> None:
    answer = briefing.ask(HERALD, "How many people were aboard?")
    assert briefing.recheck(answer, HERALD).ok
    assert not briefing.recheck(answer, HERALD.replace("212", "12")).ok
    report = briefing.verify("Divers found no damage to the tanks.", HERALD)
    assert briefing.recheck(report, HERALD).ok
    with pytest.raises(InputError, match="result to recheck"):
        briefing.recheck("text", HERALD)  # type: ignore[arg-type]


def test_a_report_is_a_file() -> None:
    report = briefing.verify("The ferry sank off Port Alder with 300 aboard [1].", [HERALD, COURIER])
    assert briefing.Report.model_validate_json(report.model_dump_json()) == report
    assert not report.ok and report.counts[Verdict.UNSUPPORTED] == 1
    assert "300" in report.text() and "212" in report.text()


GERMAN = "Die Fähre lief am Dienstag vor Port Alder mit 212 Menschen an Bord auf Grund. Niemand wurde verletzt."


def test_checks_that_do_not_know_a_language_say_so() -> None:
    report = briefing.verify("Die Fähre lief mit 212 Menschen an Bord auf Grund.", GERMAN)
    assert report.ok and "English" in report.checks["polarity"] and "English" in report.notes[0]
    assert report.checks["figures"][0].isdigit()
    last = report.text().splitlines()[-1]
    assert last == "did not run: roles, polarity, commitment, hedges, time (reads English only)"
    wrong = briefing.verify("Die Fähre lief mit 221 Menschen an Bord auf Grund.", GERMAN)
    assert next(f.check for f in wrong.claims[0].findings if f.severity is Severity.ERROR) == "figures"


@given(st.text(max_size=200), st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_verify_never_raises_anything_else(text: str, source: str) -> None:
    try:
        report = briefing.verify(text, source)
    except InputError:
        return
    for claim in report.claims:
        assert claim.span is not None and 0 <= claim.span.start < claim.span.end <= len(text)
        for finding in claim.findings:
            if finding.claim_span:
                assert claim.text[finding.claim_span.start : finding.claim_span.end]
            if finding.evidence_span:
                assert finding.evidence_span.end <= len(source)


def test_the_title_is_not_needed_for_what_the_text_says() -> None:
    source = Source(HERALD, title="Ferry runs aground")
    assert Document.read(source).titles
    assert briefing.verify("Divers found no damage to the tanks.", source).ok
