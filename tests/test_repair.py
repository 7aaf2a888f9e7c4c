"""What becomes of claims that do not hold, with engines of ten lines on articles of our own."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence

import pytest

from briefing import Extractive, Source, Verdict, errors, verification
from briefing.answered import left_open
from briefing.document import Document
from briefing.draft import Draft, DraftAnswer, DraftClaim, DraftQuote, Status
from briefing.engines import Fault
from briefing.repair import Unsupported, answer, briefing
from briefing.report import Action, Repair
from briefing.results import Answer, Briefing

FERRY = Document.read(
    Source(
        title="Ferry Aurora sinks off Bohol",
        text="The ferry Aurora sank off Bohol on Tuesday. Four people died, mayor Lina Cruz said. “We will find out why "
        "this ship went down,” Cruz said. Divers searched the wreck for two days. The company agreed to begin talks "
        "with the families. Ticket prices rose 4 percent in May.",
    )
)
BANK = Document.read(
    "The Bank of Lantia raised its key rate to 5 percent on Thursday. Governor Ana Ruiz denied that the bank had sold "
    "gold. Unemployment fell to 6 percent in March. Exporters asked the government for lower taxes."
)
HAFEN = Document.read(
    "Der Hafen von Kiel wurde am Montag für zwei Tage gesperrt. Die Feuerwehr rettete 34 Menschen aus dem Terminal. "
    "Die Ursache des Brandes ist noch nicht bekannt, sagte die Polizei."
)
REEF = Document.read(
    [
        "Scientists mapped 40 reefs near Palmu. Warm water bleached half of the corals in 2019.",
        "The park will close two beaches to boats next year. Rangers counted 12 turtle nests in June.",
    ]
)


def c(text: str, *evidence: str) -> DraftClaim:
    return DraftClaim(text=text, evidence=list(evidence))


def q(text: str, speaker: str, *evidence: str) -> DraftQuote:
    return DraftQuote(text=text, speaker=speaker, evidence=list(evidence))


HEADLINE = c("Ferry Aurora sinks off Bohol", "t1")
LEDE = c("The ferry Aurora sank off Bohol on Tuesday.", "s1")
DEAD = c("Four people died, mayor Lina Cruz said.", "s2")
DIVERS = c("Divers searched the wreck for two days.", "s4")
WHY = q("We will find out why this ship went down", "Cruz", "s3")
SIGNED = c("The company signed a deal with the families.", "s5")
TALKS = c("The company agreed to begin talks with the families.", "s5")
FORTY = c("Forty people died, mayor Lina Cruz said.", "s2")
MISQUOTED = q("We will find out who sank this ship", "Cruz", "s3")
PRICES = c("The 9 percent rise in ticket prices may weigh on the families.", "s6")


def draft(
    headline: DraftClaim = HEADLINE,
    lede: DraftClaim = LEDE,
    points: Sequence[DraftClaim] = (DEAD, DIVERS),
    quotes: Sequence[DraftQuote] = (WHY,),
    analysis: Sequence[DraftClaim] = (),
) -> Draft:
    return Draft(headline=headline, lede=lede, points=list(points), quotes=list(quotes), analysis=list(analysis))


class Plain:
    """An engine that cannot revise."""

    fingerprint = "plain"

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        raise AssertionError("nobody asks for a draft here")

    def answer(self, document: Document, question: str) -> DraftAnswer:
        raise AssertionError("nobody asks for an answer here")


class Revising(Plain):
    """An engine that revises as it is told, and keeps what it was asked."""

    def __init__(self, *replies: object, error: Exception | None = None) -> None:
        self.replies, self.error, self.asked = replies, error, list[Sequence[Fault]]()

    def revise(self, document: Document, faults: Sequence[Fault]) -> Sequence[DraftClaim | DraftQuote | None]:
        self.asked.append(tuple(faults))
        if self.error:
            raise self.error
        return self.replies  # type: ignore[return-value]


class Async(Plain):
    async def revise(self, document: Document, faults: Sequence[Fault]) -> Sequence[DraftClaim | DraftQuote | None]:
        await asyncio.sleep(0)
        return [TALKS for _ in faults]


def brief(written: Draft, engine: Plain, mode: str = "repair", document: Document = FERRY) -> Briefing:
    return asyncio.run(briefing(written, document, engine, Unsupported(mode), notes=["A note."]))


def reply(written: DraftAnswer, engine: Plain, mode: str = "repair") -> Answer:
    nearest = iter(FERRY.body[:2])
    return asyncio.run(answer(written, FERRY, "What about it?", engine, Unsupported(mode), nearest=nearest))


def receipt(result: Briefing | Answer, where: str) -> Repair:
    (found,) = (r for r in result.report.repairs if r.where == where)
    return found


# --- the four modes


@pytest.mark.parametrize("mode", list(Unsupported))
def test_a_draft_that_holds_stays_as_verified(mode: Unsupported) -> None:
    engine = Revising()
    result = brief(draft(), engine, mode)
    assert result == verification.briefing(draft(), FERRY, engine="plain", notes=["A note."])
    assert not engine.asked and not result.report.repairs


def test_the_fast_path_checks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = verification.briefing

    def counted(*args: object, **kwargs: object) -> Briefing:
        calls.append(args)
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(verification, "briefing", counted)
    engine = Extractive()
    result = asyncio.run(briefing(engine.brief(FERRY, points=3, focus=None), FERRY, engine, Unsupported.REPAIR))
    assert result.report.ok and len(calls) == 1


def test_flag_leaves_all_as_the_verdicts_say() -> None:
    engine = Revising(TALKS)
    result = brief(draft(points=[SIGNED, DEAD]), engine, "flag")
    assert [p.verdict for p in result.points] == [Verdict.UNSUPPORTED, Verdict.SUPPORTED]
    assert not result.report.repairs and not engine.asked and "(UNSUPPORTED: " in result.text()


def test_raise_raises_with_the_report() -> None:
    engine = Revising(TALKS)
    with pytest.raises(errors.UnsupportedClaims) as caught:
        brief(draft(points=[SIGNED, DEAD, FORTY]), engine, "raise")
    assert caught.value.report and not caught.value.report.ok and not engine.asked
    message = str(caught.value)
    assert "2 of 6" in message and "points[0], points[2]" in message and "deal" not in message


def test_drop_does_not_ask_the_engine() -> None:
    engine = Revising(TALKS)
    result = brief(draft(points=[SIGNED, DEAD]), engine, "drop")
    assert not engine.asked and [p.text for p in result.points] == [DEAD.text] and result.report.ok
    found = receipt(result, "points[0]")
    assert found.action is Action.DROPPED and found.after is None and found.before.text == SIGNED.text
    assert any(f.kind == "over_committed" for f in found.before.findings)


def test_repair_without_revise_drops() -> None:
    result = brief(draft(points=[SIGNED, DEAD]), Plain())
    assert [p.text for p in result.points] == [DEAD.text] and receipt(result, "points[0]").action is Action.DROPPED


# --- the revision


def test_the_engine_is_asked_once_with_the_errors() -> None:
    engine = Revising(TALKS, DEAD)
    brief(draft(points=[SIGNED, DIVERS, FORTY]), engine)
    ((first, second),) = engine.asked
    assert (first.where, first.claim, second.where, second.claim) == ("points[0]", SIGNED, "points[2]", FORTY)
    assert first.findings and all(f.severity == "error" for f in (*first.findings, *second.findings))


@pytest.mark.parametrize("engine", [Revising(TALKS), Async()], ids=["plain", "async"])
def test_a_revised_claim_stands_with_its_receipt(engine: Plain) -> None:
    result = brief(draft(points=[DEAD, SIGNED]), engine)
    assert [p.text for p in result.points] == [DEAD.text, TALKS.text] and result.report.ok
    assert [p.repaired_from for p in result.points] == ["", SIGNED.text]
    found = receipt(result, "points[1]")
    assert found.action is Action.REVISED and found.after == result.report.claims[3]
    assert "1 claim revised (see report.repairs)" in result.notes[1] and result.notes[0] == "A note."
    assert "1 claim revised" in result.text() and "1 claim revised" in result.markdown()


FIXED = [
    ("figure", FERRY, FORTY, DEAD),
    ("commitment", FERRY, SIGNED, TALKS),
    ("paraphrase", FERRY, FORTY, c("The mayor said that four people died.", "s2")),
    ("only the evidence", FERRY, c(DIVERS.text, "s6"), DIVERS),
    ("an unknown id taken out", FERRY, c(DIVERS.text, "s4", "s99"), DIVERS),
    ("denial", BANK, c("The bank sold gold.", "s2"), c("Governor Ana Ruiz denied that the bank had sold gold.", "s2")),
    (
        "direction",
        BANK,
        c("Unemployment rose to 6 percent in March.", "s3"),
        c("Unemployment fell to 6 percent.", "s3"),
    ),
    (
        "another language",
        HAFEN,
        c("Die Feuerwehr rettete 43 Menschen.", "s2"),
        c("Die Feuerwehr rettete 34 Menschen.", "s2"),
    ),
    ("another source", REEF, c("Rangers counted 20 turtle nests.", "s1"), c("Rangers counted 12 turtle nests.", "s4")),
    ("tense", REEF, c("The park has closed two beaches.", "s3"), c("The park will close two beaches next year.", "s3")),
]


@pytest.mark.parametrize(("document", "wrong", "right"), [row[1:] for row in FIXED], ids=[row[0] for row in FIXED])
def test_a_claim_that_was_put_right_is_taken(document: Document, wrong: DraftClaim, right: DraftClaim) -> None:
    lede = c(document.sentences[0].text, "s1")
    written = draft(headline=lede, lede=lede, points=[wrong], quotes=[])
    assert not verification.briefing(written, document, engine="").report.ok
    result = brief(written, Revising(right), document=document)
    assert [(p.text, p.repaired_from) for p in result.points] == [(right.text, wrong.text)], result.report.text()


REFUSED: list[tuple[str, object, str]] = [
    ("repeats", SIGNED, "goes further"),
    ("withdraws", None, "withdrew"),
    ("no evidence", c(TALKS.text), "rest on"),
    ("unknown id", c(TALKS.text, "s99"), "rest on"),
    ("unknown id beside a known one", c(TALKS.text, "s5", "s0"), "rest on"),
    ("empty", c("", "s5"), "no word"),
    ("blank", c(" … ", "s5"), "no word"),
    ("another true sentence", DIVERS, "something else"),
    ("another true sentence that shares a word", c("Ticket prices rose 4 percent in May.", "s6"), "something else"),
    ("a claim that stands", DEAD, "same as another"),
    ("a claim that stands in other marks", c("Four people died, Mayor Lina Cruz said", "s2"), "same as another"),
    ("nothing is known", c("Nothing is known.", "s5"), "not taken"),
    ("nothing is known of it", c("Nothing is known about the company.", "s5"), "not known"),
    (
        "nothing is known of it, in its words",
        c("Nothing is known about the company and the families.", "s5"),
        "not known",
    ),
    ("it is mentioned", c("The company and the families are mentioned.", "s5"), "says nothing"),
    ("about the article", c("The article says nothing about the company's talks.", "s5"), "not taken"),
    ("a topic", c("The company.", "s5"), "states nothing of it"),
    ("two words without a verb", c("The company and the families.", "s5"), "states nothing of it"),
    ("a question", c("Did the company sign a deal with the families?", "s5"), "not taken"),
    ("a question that holds", c("Will the company begin talks with the families?", "s5"), "says nothing"),
    ("a quote", q(TALKS.text, "Cruz", "s5"), "quote"),
    ("another language", c("L'entreprise a signé un accord avec les familles de la company", "s5"), "not taken"),
    (
        "words that no check reads",
        c("Company families talks begin agreed deal vertrag unterschrieben endlich", "s5"),
        "less of it",
    ),
    ("no claim", "The company agreed to begin talks.", "is no claim"),
]


@pytest.mark.parametrize(("new", "why"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_does_not_mend_is_not_taken(new: object, why: str) -> None:
    result = brief(draft(points=[DEAD, SIGNED]), Revising(new))
    assert [p.text for p in result.points] == [DEAD.text] and result.report.ok
    found = receipt(result, "points[1]")
    assert (found.action, found.before.text, found.after) == (Action.DROPPED, SIGNED.text, None)
    assert why in found.note


@pytest.mark.parametrize("replies", [(), (TALKS,), (TALKS, DEAD, DIVERS)], ids=["none", "too few", "too many"])
def test_a_wrong_number_of_revisions_is_noted(replies: Sequence[DraftClaim]) -> None:
    result = brief(draft(points=[SIGNED, FORTY]), Revising(*replies))
    assert len(result.points) == min(2, len(replies)) and result.report.ok
    assert f"asked to revise 2, and gave {len(replies)}" in " ".join(result.notes)
    assert {r.where for r in result.report.repairs} == {"points[0]", "points[1]"}


def test_a_claim_that_cites_everything_is_not_about_everything() -> None:
    wrong = c("Rescuers saved everyone aboard.", *(s.id for s in FERRY.sentences))
    result = brief(draft(points=[wrong, DIVERS]), Revising(DEAD))
    assert [p.text for p in result.points] == [DIVERS.text]


def test_two_claims_do_not_become_one() -> None:
    result = brief(
        draft(points=[SIGNED, c("The company signed a pact with the families.", "s5")]), Revising(TALKS, TALKS)
    )
    assert [p.text for p in result.points] == [TALKS.text]
    assert [r.action for r in result.report.repairs] == [Action.REVISED, Action.DROPPED]


FAILURES = [
    errors.RateLimited("the server asks for fewer requests: wait.", 3.0),
    errors.DeadlineExceeded("no reply in 30 s: allow more."),
    errors.BadReply("the reply is no JSON: try again.", "not_json"),
    errors.BudgetExceeded("the budget of 1 calls does not cover the next call: raise it."),
]


@pytest.mark.parametrize("error", FAILURES, ids=lambda e: type(e).__name__)
def test_a_failing_revision_keeps_what_held(error: Exception) -> None:
    result = brief(draft(points=[SIGNED, DEAD]), Revising(error=error))
    assert [p.text for p in result.points] == [DEAD.text] and result.report.ok
    assert any(str(error) in note for note in result.notes)
    assert str(error) in receipt(result, "points[0]").note


def test_a_fault_in_the_engine_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        brief(draft(points=[SIGNED]), Revising(error=ZeroDivisionError()))


# --- each place


def test_a_dropped_lede_is_replaced_by_the_first_point() -> None:
    result = brief(draft(lede=SIGNED), Plain())
    assert result.lede.text == DEAD.text and [p.text for p in result.points] == [DIVERS.text]
    dropped, moved = receipt(result, "lede"), receipt(result, "points[0]")
    assert dropped.action is Action.DROPPED and moved.action is Action.MOVED
    assert dropped.after == moved.after and moved.after and moved.after.where == "lede"
    assert any("first point stands in its place" in note for note in result.notes)


def test_a_revised_point_moves_up() -> None:
    result = brief(draft(lede=FORTY, points=[SIGNED, DEAD]), Revising(None, TALKS))
    assert (result.lede.text, result.lede.repaired_from) == (TALKS.text, SIGNED.text)
    found = receipt(result, "points[0]")
    assert found.action is Action.REVISED and "moved up" in found.note and found.after == result.report.claims[1]


def test_without_points_the_headline_leads() -> None:
    result = brief(draft(lede=SIGNED, points=[]), Plain())
    assert result.lede.text == HEADLINE.text and receipt(result, "lede").after == result.report.claims[1]


def test_without_points_and_headline_the_quote_leads() -> None:
    result = brief(draft(headline=SIGNED, lede=SIGNED, points=[]), Plain())
    assert result.lede.text == FERRY.by_id["s3"].text and len(result.quotes) == 1 and result.report.ok
    assert result.headline.text == "Ferry Aurora sinks off Bohol"


def test_a_dropped_headline_is_replaced_by_the_title() -> None:
    result = brief(draft(headline=SIGNED), Plain())
    assert result.headline.text == "Ferry Aurora sinks off Bohol" and result.headline.evidence[0].sentence == "t1"
    assert receipt(result, "headline").after == result.report.claims[0]
    assert any("title of the source stands in its place" in note for note in result.notes)


@pytest.mark.parametrize("document", [BANK, REEF], ids=["no title", "several sources"])
def test_without_a_title_the_lede_heads(document: Document) -> None:
    lede = c(document.sentences[0].text, "s1")
    written = draft(c("Minister resigns over dam", "s2"), lede, points=[], quotes=[])
    assert brief(written, Plain(), document=document).headline.text == lede.text


def test_a_headline_is_revised() -> None:
    written = draft(headline=c("Ferry Aurora sinks off Cebu", "s1"))
    result = brief(written, Revising(c("Ferry Aurora sinks off Bohol", "s1")))
    assert result.headline.text == HEADLINE.text and result.headline.repaired_from == written.headline.text


@pytest.mark.parametrize(
    ("new", "left"),
    [
        (WHY, [WHY.text]),
        (q("find out why this ship went down", "Cruz", "s3"), ["find out why this ship went down"]),
        (q(WHY.text, "", "s3"), []),
        (q(WHY.text, "Lee", "s3"), []),
        (q(WHY.text, "Cruz"), []),
        (c(WHY.text, "s3"), []),
        (None, []),
    ],
    ids=["right", "shorter", "no speaker", "wrong speaker", "no evidence", "a claim", "withdrawn"],
)
def test_a_quote_stays_a_quote_with_its_speaker(new: object, left: list[str]) -> None:
    result = brief(draft(quotes=[MISQUOTED]), Revising(new))
    assert [quote.text for quote in result.quotes] == left and result.report.ok
    assert receipt(result, "quotes[0]").action is (Action.REVISED if left else Action.DROPPED)


def test_a_wrong_speaker_is_put_right() -> None:
    result = brief(draft(quotes=[q(WHY.text, "Lee", "s3")]), Revising(WHY))
    assert [(quote.text, quote.speaker) for quote in result.quotes] == [(WHY.text, "Cruz")]


def test_analysis_is_held_to_its_figures_and_stays_analysis() -> None:
    right = c("The 4 percent rise in ticket prices may weigh on the families.", "s6")
    result = brief(draft(analysis=[PRICES]), Revising(right))
    assert [(a.text, a.verdict, a.repaired_from) for a in result.analysis] == [
        (right.text, Verdict.INFERENCE, PRICES.text)
    ]
    assert brief(draft(analysis=[PRICES]), Plain()).analysis == ()


def test_no_claim_moves_into_analysis() -> None:
    guess = c("The deal may calm the families.", "s5")
    result = brief(draft(points=[SIGNED]), Revising(guess))
    assert not result.analysis and SIGNED.text not in result.text()


@pytest.mark.parametrize("analysis", [(), (c("The talks may help the families.", "s5"),)], ids=["nothing", "analysis"])
def test_nothing_supported_is_an_error(analysis: Sequence[DraftClaim]) -> None:
    written = draft(c("Dam bursts", "s1"), SIGNED, [FORTY], [MISQUOTED], analysis)
    with pytest.raises(errors.BadReply) as caught:
        brief(written, Plain())
    assert caught.value.kind == "ungrounded" and not caught.value.retryable
    assert caught.value.report and not caught.value.report.ok


# --- answers


def said(status: Status, *claims: DraftClaim, missing: str = "") -> DraftAnswer:
    return DraftAnswer(status=status, claims=list(claims), missing=missing)


ANSWERS: list[tuple[str, str, DraftAnswer, Plain, Status, list[str], str]] = [
    ("holds", "repair", said(Status.ANSWERED, DEAD), Plain(), Status.ANSWERED, [DEAD.text], ""),
    ("revised", "repair", said(Status.ANSWERED, FORTY), Revising(DEAD), Status.ANSWERED, [DEAD.text], ""),
    ("dropped", "drop", said(Status.ANSWERED, DEAD, SIGNED), Plain(), Status.PARTLY, [DEAD.text], "what 1 withdrawn statement said"),
    ("dropped of a part", "drop", said(Status.PARTLY, DEAD, SIGNED, missing="The cause."), Plain(), Status.PARTLY, [DEAD.text], "The cause; what 1 withdrawn statement said"),
    ("all dropped", "repair", said(Status.ANSWERED, SIGNED), Revising(SIGNED), Status.NOT_IN_SOURCES, [], ""),
    ("flagged", "flag", said(Status.ANSWERED, SIGNED), Plain(), Status.ANSWERED, [SIGNED.text], ""),
    ("denied", "repair", said(Status.NOT_IN_SOURCES, DEAD), Revising(DEAD), Status.NOT_IN_SOURCES, [], ""),
    ("denied, flagged", "flag", said(Status.NOT_IN_SOURCES, DEAD), Plain(), Status.PARTLY, [DEAD.text], ""),
    ("not in sources", "repair", said(Status.NOT_IN_SOURCES), Plain(), Status.NOT_IN_SOURCES, [], ""),
    ("answered with nothing", "repair", said(Status.ANSWERED), Plain(), Status.NOT_IN_SOURCES, [], ""),
    ("partly with nothing", "flag", said(Status.PARTLY), Plain(), Status.NOT_IN_SOURCES, [], ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "written", "engine", "status", "left", "missing"),
    [row[1:] for row in ANSWERS],
    ids=[r[0] for r in ANSWERS],
)
def test_answers(mode: str, written: DraftAnswer, engine: Plain, status: Status, left: list[str], missing: str) -> None:
    result = reply(written, engine, mode)
    assert (result.status, [claim.text for claim in result.claims], result.missing) == (status, left, missing)
    assert len(result.nearest) == 2 and [v.text for v in result.report.claims] == left
    assert Answer.model_validate_json(result.model_dump_json()) == result
    changed = bool(result.report.repairs) or status is not written.status
    assert bool(result.notes) == changed
    kept = {r.before.text for r in result.report.repairs} | set(left)
    assert {claim.text for claim in written.claims} <= kept


def test_an_answer_raises_too() -> None:
    with pytest.raises(errors.UnsupportedClaims, match="1 of 2"):
        reply(said(Status.ANSWERED, DEAD, SIGNED), Plain(), "raise")


def test_a_denied_answer_costs_no_revision() -> None:
    engine = Revising(DEAD)
    result = reply(said(Status.NOT_IN_SOURCES, FORTY), engine)
    assert not engine.asked and "the sources do not answer" in receipt(result, "claims[0]").note


def test_a_revised_answer_carries_its_text_before() -> None:
    result = reply(said(Status.ANSWERED, SIGNED, FORTY), Revising(None, DEAD))
    assert [(claim.text, claim.repaired_from) for claim in result.claims] == [(DEAD.text, FORTY.text)]
    revised = receipt(result, "claims[1]")
    assert revised.after and revised.after.where == "claims[0]" and result.status is Status.PARTLY


# --- the receipts


def test_the_report_shows_before_after_and_why() -> None:
    result = brief(draft(lede=FORTY, points=[DIVERS, SIGNED]), Revising(None, TALKS))
    lines = result.report.text().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("revised"))
    assert SIGNED.text in lines[at] and any(TALKS.text in line for line in lines[at:])
    assert any("signed" in line and "error, commitment" in lines[n] for n, line in enumerate(lines[at:], at)), lines
    assert any(line.startswith("dropped") and FORTY.text in line for line in lines)
    assert any(line.startswith("moved") and DIVERS.text in line for line in lines)


CLAIMS = (
    HEADLINE,
    LEDE,
    DEAD,
    DIVERS,
    TALKS,
    SIGNED,
    FORTY,
    PRICES,
    c("Aliens landed.", "s4"),
    c("", "s1"),
    c("No.", "x"),
)
QUOTES = (WHY, MISQUOTED, q("Go away", "Lee", "s1"), q("", "", "s3"))
REPLIES = (*CLAIMS, *QUOTES, None, "no claim")


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("make", [lambda r: Plain(), lambda r: Revising(*r)], ids=["drop", "repair"])
def test_every_claim_is_in_the_result_or_has_a_receipt(seed: int, make: Callable[[Sequence[object]], Plain]) -> None:
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    claims, quotes = rng.choices(CLAIMS, k=7), rng.choices(QUOTES, k=2)
    written = draft(claims[0], claims[1], claims[2:5], quotes, claims[5:])
    first = verification.briefing(written, FERRY, engine="plain", notes=["A note."])
    try:
        result = brief(written, make(rng.choices(REPLIES, k=9)))
    except errors.BadReply:
        supported = [v for v in first.report.claims if v.verdict is Verdict.SUPPORTED]
        assert not supported
        return
    assert result.report.ok and all(claim.verdict is not Verdict.UNSUPPORTED for _, claim in result.claims())
    assert Briefing.model_validate_json(result.model_dump_json()) == result
    assert [(v.where, v.text) for v in result.report.claims] == [
        (where, claim.text) for where, claim in result.claims()
    ]
    places = [r.where for r in result.report.repairs]
    assert len(places) == len(set(places))
    standing = list(result.report.claims)
    for verdict in first.report.claims:
        part = verdict.where.partition("[")[0]
        if verdict.where in places:
            assert receipt(result, verdict.where).before == verdict
        else:
            assert verdict.verdict is not Verdict.UNSUPPORTED
            same = next(v for v in standing if v.text == verdict.text and v.where.startswith(part))
            standing.remove(same)
    for found in result.report.repairs:
        assert found.after is None or found.after in result.report.claims
        assert found.note and (found.action is not Action.REVISED or found.after)


@pytest.mark.parametrize(
    ("missing", "shown"),
    [
        ("the cause", True),
        ("The date of the next hearing.", True),
        ("who the victims are", True),
        ("Cruz confessed to the police on Friday and her lawyer quit.", False),
        ("the 41 victims", False),
        ("<b>the cause</b>", False),
        ("", True),
    ],
)
def test_what_is_left_open_states_nothing(missing: str, shown: bool) -> None:
    question = "Who are the victims, and who pays?"
    assert left_open(missing, question) == (missing if shown else question)
