"""Claims of several statements: each sentence, and each clause hung on to a copied one, is held by itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.checking import examine
from briefing.checks import Subject
from briefing.coverage.speakers import ill_named
from briefing.coverage.statements import sentences, statements
from briefing.document import Document
from briefing.verdict import ClaimVerdict, Finding, Severity, Verdict

LIBRARY = Document.read(
    "The library in Orford reopened on Monday after two years of repairs. The roof, which had leaked since 2015, was "
    "replaced at a cost of 3.4 million euros. Clara Voss, the head librarian, said that 40,000 books had been stored in "
    "a warehouse in Pell. The town paid half of the cost, and a foundation gave the rest. Voss has not seen the bill. "
    "The builders, Hume and Sons, remain on site until May. The accountant is away."
)
FERRY = Document.read(
    "The ferry Aurora left Vik on Friday with 212 passengers and returned two hours later. Captain Ole Brandvik had "
    "reported smoke in the engine room. Nobody was hurt. “We did what we train for,” Brandvik said. The owner, Nordlinje, "
    "cancelled all crossings until Sunday. Inspectors will examine the engine next week."
)

CAUGHT: list[tuple[str, Document, str, str, str]] = [
    ("all of it new", LIBRARY, "s4", "The town paid half of the cost, and a foundation gave the rest. The senator is bankrupt.", "bankrupt"),
    ("pronoun sentence", LIBRARY, "s5", "Voss has not seen the bill. She lied.", "lied"),
    ("contrary of itself", LIBRARY, "s5", "Voss has not seen the bill. Voss has seen the bill.", "seen the bill"),
    ("somebody of elsewhere", LIBRARY, "s6", "The builders, Hume and Sons, remain on site until May. The accountant resigned.", "resigned"),
    ("first of two", FERRY, "s4", "Brandvik panicked. “We did what we train for,” Brandvik said.", "panicked"),
    ("third of three", FERRY, "s3", "Nobody was hurt. Nobody was hurt. He confessed.", "confessed"),
    ("and she has", LIBRARY, "s5", "Voss has not seen the bill, and she has confessed.", "confessed"),
    ("but is", FERRY, "s2", "Captain Ole Brandvik had reported smoke in the engine room, but is bankrupt.", "bankrupt"),
    ("so they were", FERRY, "s5", "The owner, Nordlinje, cancelled all crossings until Sunday, so the inspectors were sacked.", "sacked"),
    ("semicolon", FERRY, "s5", "The owner, Nordlinje, cancelled all crossings until Sunday; it is bankrupt.", "bankrupt"),
    ("participle", FERRY, "s1", "The ferry Aurora left Vik on Friday with 212 passengers and returned two hours later, killing two people.", "killing two people."),
    ("after an honest tail", LIBRARY, "s4", "The town paid half of the cost, and a foundation gave the rest, and it is bankrupt.", "bankrupt"),
    ("resigned", LIBRARY, "s3", "Voss resigned.", "resigned"),
    ("lied", FERRY, "s4", "Brandvik lied.", "lied"),
    ("is bankrupt", FERRY, "s5", "Nordlinje is bankrupt.", "bankrupt"),
    ("with its day", FERRY, "s1", "The ferry exploded on Friday.", "exploded"),
    ("was arrested", FERRY, "s2", "Brandvik was arrested.", "arrested"),
]  # fmt: skip

CLEAN: list[tuple[str, Document, tuple[str, ...], str]] = [
    ("two copied", FERRY, ("s3", "s5"), "Nobody was hurt. The owner, Nordlinje, cancelled all crossings until Sunday."),
    ("two reworded", FERRY, ("s2", "s6"), "Captain Ole Brandvik reported smoke. Inspectors will look at the engine next week."),
    ("its pronoun", LIBRARY, ("s3", "s5"), "Clara Voss is the head librarian. She has not seen the bill."),
    ("a quotation of two", FERRY, ("s4",), "“We did what we train for,” Brandvik said."),
    ("and, as it is told", FERRY, ("s1", "s5"), "The ferry Aurora left Vik on Friday with 212 passengers, and its owner cancelled crossings until Sunday."),
    ("but, as it is told", FERRY, ("s2", "s3"), "Captain Ole Brandvik had reported smoke in the engine room, but nobody was hurt."),
    ("while", LIBRARY, ("s2", "s4"), "The town paid half of the cost, while a foundation paid the rest."),
    ("participle", FERRY, ("s1",), "The ferry Aurora left Vik on Friday with 212 passengers, returning two hours later."),
    ("no verb in it", FERRY, ("s1",), "The ferry Aurora left Vik on Friday with 212 passengers, and returned."),
    ("reopened", LIBRARY, ("s1",), "The library reopened."),
    ("opened again", LIBRARY, ("s1",), "The library opened again on Monday."),
    ("came back", FERRY, ("s1",), "The ferry came back."),
    ("was renewed", LIBRARY, ("s2",), "The roof was renewed."),
    ("a verb with a particle", Document.read("The minister stepped down on Friday."), ("s1",), "The minister resigned."),
    ("turned back", FERRY, ("s1",), "The ferry turned back."),
]  # fmt: skip


def _claim(document: Document, text: str, *cited: str, speaker: str | None = None) -> ClaimVerdict:
    return examine(Subject("points[0]", text, cited, speaker), document)


def _errors(seen: ClaimVerdict) -> list[Finding]:
    return [finding for finding in seen.findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(("document", "cited", "text", "found"), [r[1:] for r in CAUGHT], ids=[r[0] for r in CAUGHT])
def test_what_one_statement_says_alone_is_caught(document: Document, cited: str, text: str, found: str) -> None:
    seen = _claim(document, text, cited)
    assert seen.verdict is Verdict.UNSUPPORTED
    spans = [finding.claim_span for finding in _errors(seen) if finding.claim_span]
    assert all(text[slice(*finding.claim_span)] for finding in _errors(seen) if finding.claim_span)
    start, end = text.rindex(found), text.rindex(found) + len(found)
    assert any(span.start < end and start < span.end for span in spans), _errors(seen)


@pytest.mark.parametrize(("document", "cited", "text"), [r[1:] for r in CLEAN], ids=[r[0] for r in CLEAN])
def test_honest_statements_pass(document: Document, cited: tuple[str, ...], text: str) -> None:
    assert _errors(_claim(document, text, *cited)) == []


@pytest.mark.parametrize("document", [LIBRARY, FERRY], ids=["library", "ferry"])
def test_neighbouring_sentences_pass_as_one_claim(document: Document) -> None:
    for one, other in zip(document.sentences, document.sentences[1:], strict=False):
        assert _errors(_claim(document, f"{one.text} {other.text}", one.id, other.id)) == []


def test_needless_evidence_is_told_of_the_whole_only() -> None:
    seen = _claim(FERRY, "Nobody was hurt. Inspectors will examine the engine next week.", "s3", "s6", "s5")
    assert len([f for f in seen.findings if f.check == "citations"]) <= 1
    assert seen.verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("“We left. We ran,” he said. Nobody was hurt.", 2),
        ('"We left. We ran," he said.', 0),
        ("Dr. Voss came at 5 p.m. on Monday.", 0),
        ("", 0),
        ("One.\nTwo.", 2),
    ],
)
def test_sentences_of_a_claim(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from([*' ,.;“”"\n', " and ", " but is ", ", and he ", "lied", "The ferry left Vik"]), max_size=25
    )
)
def test_places_stay_inside_the_claim(parts: list[str]) -> None:
    text = "".join(parts)
    for one in statements(text, ["The ferry left Vik."]):
        assert 0 <= one.start < one.end <= len(text)
        low, high = one.span(0, len(one.text))
        assert one.start <= low < high <= one.end


QUAY = Document.read(
    "Ana Holm, the mayor of Tarn, opened the quay. “We sail at dawn,” Holm said on Monday. “It is too late,” a "
    "spokeswoman for the company said. “I saw it all,” said Jean-Luc d'Évreux, a baker. “No comment,” said J. R. van der "
    "Meer, a fisherman. Otto Lang, president of the rowing club, was dismissed for fraud. “We lost,” the coach said."
)
DAWN, LATE, SAW, COMMENT, LOST = (
    ("We sail at dawn", "s2"), ("It is too late", "s3"), ("I saw it all", "s4"), ("No comment", "s5"), ("We lost", "s7"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        *((DAWN, name) for name in ("Holm", "Ana Holm", "Mayor Ana Holm", "Mayor Holm", "A. Holm", "Ms Holm")),
        *((DAWN, name) for name in ("the mayor", "Ana Holm, the mayor of Tarn", "Mayor Ana Holm of Tarn")),
        *((LATE, name) for name in ("a spokeswoman for the company", "the company's spokeswoman")),
        *((SAW, name) for name in ("Jean-Luc d'Évreux", "Jean-Luc d’Évreux, a baker", "the baker Jean-Luc d'Évreux")),
        *((COMMENT, name) for name in ("J. R. van der Meer", "van der Meer")),
        *((LOST, name) for name in ("the coach", "The coach")),
    ],
)
def test_namings_that_the_source_has_pass(quote: tuple[str, str], speaker: str) -> None:
    assert _claim(QUAY, *quote, speaker=speaker).findings == ()


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        *((DAWN, name) for name in ("President Holm", "Holm, who was dismissed for fraud", "he", "Holm [7]", "<b>Holm</b>")),
        *((DAWN, name) for name in ("Otto Lang said that Holm", "Holm said", "disgraced Holm", "Holm, a liar", "*Holm*")),
        *((DAWN, name) for name in ("Holm, dismissed for fraud", "Holm (a thief)", "Mayor Ana Holm " * 5, "")),
        *((LATE, name) for name in ("a spokeswoman for the club that was dismissed", "she", "a corrupt spokeswoman")),
        *((SAW, name) for name in ("Jean-Luc d'Évreux, president", "Jean-Luc d'Évreux, who saw it all", "it")),
        *((COMMENT, name) for name in ("J. R. van der Meer\nthe thief", "President van der Meer")),
        *((LOST, name) for name in ("the coach, who was dismissed", "the drunken coach")),
    ],
)  # fmt: skip
def test_namings_of_another_making_are_caught(quote: tuple[str, str], speaker: str) -> None:
    assert "wrong_speaker" in {finding.kind for finding in _errors(_claim(QUAY, *quote, speaker=speaker))}


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80))
def test_any_naming_is_judged(naming: str) -> None:
    assert isinstance(ill_named(naming, QUAY), str)
