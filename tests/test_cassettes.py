"""What a model's server said once, played again without network: the engine from request to typed result.

Where the script of `tests/faults` wrote, results are pinned word for word; whoever wrote, nothing may stand in a
result that no reply said. `cassettes/README.md` says what was recorded against what.
"""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pytest
from vcr import VCR  # type: ignore[import-untyped]
from vcr.errors import CannotOverwriteExistingCassetteException  # type: ignore[import-untyped]

import briefing
from briefing.document import Document
from briefing.draft import Draft, DraftAnswer, DraftClaim, DraftQuote
from briefing.engines import Fault
from briefing.errors import AuthFailed
from briefing.report import Action
from briefing.usage import Budget, Usage
from briefing.verdict import Verdict
from tests.cassettes.endpoint import LOCAL_KEY, SCRIPTED, WRONG_KEY, Endpoint, recorded
from tests.cassettes.replies import replies, texts
from tests.cassettes.tape import FOLDER, SETTINGS, Readable, unplayed

EXAMPLES = FOLDER.parent / "examples"
HERALD, COURIER, SUMMIT = (
    (EXAMPLES / name).read_text("utf-8") for name in ("ferry-herald.md", "ferry-courier.md", "summit.txt")
)
FOURTEEN = "Fourteen people were treated in hospital for minor injuries."
FALSE = "Forty people were treated in hospital for minor injuries."


@pytest.fixture
def vcr_config() -> dict[str, Any]:
    return SETTINGS


@pytest.fixture(scope="module")
def vcr_cassette_dir() -> str:
    return str(FOLDER)


@pytest.fixture(autouse=True)
def _all_is_played(vcr: Any, record_mode: str) -> Iterator[None]:
    yield
    if vcr is not None and record_mode == "none":
        assert not unplayed(vcr), f"{vcr.path} holds what is not asked for any more: record it again"


def engine(endpoint: Endpoint, **options: Any) -> briefing.OpenAI:
    return briefing.OpenAI(
        endpoint.model, base_url=endpoint.base_url, api_key=endpoint.key, **{"deadline": 60.0, **options}
    )


def holds(result: briefing.Briefing | briefing.Answer, endpoint: Endpoint, cassette: Any) -> None:
    """What is true of a result whoever wrote: it is what the replies said, at their price, and all of it is proved."""
    told = replies(cassette)
    assert result.engine.startswith(f"openai:{endpoint.model}@")
    assert result.usage == sum((part.usage for part in told), Usage())
    assert {claim.text for claim in result.report.claims} <= set(
        chain.from_iterable(texts(json.loads(part.text)) for part in told)
    )
    assert result.report.ok


def shape(result: briefing.Briefing) -> list[tuple[str, list[str]]]:
    return [(where, [sentence.sentence for sentence in claim.evidence]) for where, claim in result.claims()]


@recorded("summarize")
def test_a_briefing_is_read_from_one_reply(endpoint: Endpoint, vcr: Any) -> None:
    result = briefing.summarize(HERALD, engine=engine(endpoint), points=3)
    holds(result, endpoint, vcr)
    assert len(vcr) == 1
    assert json.loads(vcr.requests[0].body)["response_format"]["json_schema"]["name"] == "Draft"
    if endpoint.scripted:
        assert shape(result) == [
            ("headline", ["s2"]),
            ("lede", ["s2"]),
            ("points[0]", ["s3"]),
            ("points[1]", ["s4"]),
            ("points[2]", ["s5"]),
            ("quotes[0]", ["s6"]),
        ]
        assert result.points[1].text == FOURTEEN
        assert (result.quotes[0].text, result.quotes[0].speaker) == (
            "We heard a long scrape and then the lights went out",
            "Moira Keane",
        )
        assert {claim.verdict for _, claim in result.claims()} == {Verdict.SUPPORTED}
        assert result.usage == replies(vcr)[0].usage
        assert not result.report.repairs


@recorded("ask-answered")
def test_an_answer_rests_on_a_sentence_and_keeps_its_quotation_marks(endpoint: Endpoint, vcr: Any) -> None:
    result = briefing.ask(COURIER, "What did Tom Brannigan say the crew did?", engine=engine(endpoint))
    holds(result, endpoint, vcr)
    assert result.status == "answered"
    assert not result.missing
    if endpoint.scripted:
        assert [(claim.text, [sentence.sentence for sentence in claim.evidence]) for claim in result.claims] == [
            ("“The crew did everything right,” said Tom Brannigan, the head of Alder Lines.", ["s7"])
        ]


@recorded("ask-not-in-sources")
def test_a_question_that_the_sources_leave_open_is_no_error(endpoint: Endpoint, vcr: Any) -> None:
    question = "Who won the football match on Sunday?"
    result = briefing.ask(COURIER, question, engine=engine(endpoint))
    holds(result, endpoint, vcr)
    assert (result.status, result.claims) == ("not_in_sources", ())
    assert result.nearest
    if endpoint.scripted:
        assert result.missing == question


@dataclass(frozen=True)
class Planting:
    """An engine that lies once, whoever writes: its draft has a false first point. What is false, the model revises."""

    model: briefing.OpenAI

    @property
    def fingerprint(self) -> str:
        return self.model.fingerprint

    async def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        draft = await self.model.brief(document, points=points, focus=focus)
        [evidence] = [sentence.id for sentence in document.body if sentence.text == FOURTEEN]
        return draft.model_copy(update={"points": [DraftClaim(text=FALSE, evidence=[evidence])]})

    async def answer(self, document: Document, question: str) -> DraftAnswer:
        return await self.model.answer(document, question)

    async def revise(self, document: Document, faults: list[Fault]) -> list[DraftClaim | DraftQuote | None]:
        return await self.model.revise(document, faults)


@recorded("revise")
def test_a_false_point_goes_back_with_what_is_wrong_and_returns_true(endpoint: Endpoint, vcr: Any) -> None:
    result = briefing.summarize(HERALD, engine=Planting(engine(endpoint)), points=1)
    holds(result, endpoint, vcr)
    told = json.loads(json.loads(vcr.requests[1].body)["messages"][1]["content"])
    assert (len(vcr), told["task"]) == (2, "revise")
    assert [(claim["text"], bool(claim["problems"])) for claim in told["claims"]] == [(FALSE, True)]
    [receipt] = result.report.repairs
    assert (receipt.where, receipt.action, receipt.before.text) == ("points[0]", Action.REVISED, FALSE)
    assert [finding.check for finding in receipt.before.findings] == ["figures"]
    assert (result.points[0].repaired_from, result.points[0].verdict) == (FALSE, Verdict.SUPPORTED)
    if endpoint.scripted:
        assert (result.points[0].text, result.points[0].evidence[0].sentence) == (FOURTEEN, "s4")


@recorded("stream")
def test_a_streamed_briefing_gives_each_claim_with_its_verdict(endpoint: Endpoint, vcr: Any) -> None:
    budget = Budget()
    claims = list(briefing.stream(SUMMIT, engine=engine(endpoint, budget=budget), points=3))
    [told] = replies(vcr)
    assert json.loads(vcr.requests[0].body)["stream"] is True
    assert vcr.responses[0]["body"]["string"].count(b"data: ") > 10
    assert [claim.text for claim in claims] == list(texts(json.loads(told.text)))
    assert (budget.spent.calls, budget.spent.input_tokens) == (1, told.usage.input_tokens)
    assert budget.spent.output_tokens == told.usage.output_tokens
    if endpoint.scripted:
        assert [claim.where for claim in claims] == [
            "headline",
            "lede",
            "points[0]",
            "points[1]",
            "points[2]",
            "quotes[0]",
        ]
        assert {claim.verdict for claim in claims} == {Verdict.SUPPORTED}
        assert isinstance(claims[-1], briefing.Quote)
        assert (claims[-1].speaker, claims[-1].markers) == ("Takaichi", (1, 2))


@recorded("babble")
def test_what_a_real_server_babbles_is_never_supported(babble: Endpoint, vcr: Any) -> None:
    result = briefing.summarize(SUMMIT, engine=engine(babble), points=2, unsupported="flag")
    [told] = replies(vcr)
    assert result.engine.startswith("openai:babble@127.0.0.1")
    assert result.usage == told.usage
    assert (result.usage.output_tokens or 0) > 50
    written = json.loads(told.text)
    kept = {**written, "points": written["points"][:2]}  # as many as were asked for, whatever it wrote
    assert [claim.text for claim in result.report.claims] == list(texts(kept))
    assert not result.report.ok
    assert result.report.counts[Verdict.SUPPORTED] == 0
    assert len(result.report.claims) > 3
    assert all(claim.findings for claim in result.report.claims if claim.verdict is Verdict.UNSUPPORTED)


@recorded("wrong-key")
def test_a_wrong_key_is_told_apart_and_told_to_nobody(endpoint: Endpoint, vcr: Any) -> None:
    with pytest.raises(AuthFailed) as caught:
        briefing.summarize(HERALD, engine=engine(endpoint._replace(key=WRONG_KEY)))
    assert (caught.value.attempts, len(vcr)) == (1, 1)
    assert WRONG_KEY not in str(caught.value)
    assert vcr.responses[0]["status"]["code"] == 401
    assert b"(scrubbed)" in vcr.responses[0]["body"]["string"]
    assert not any("authorization" in name.lower() for name in vcr.requests[0].headers)


PLAYED = {
    mark.args[0]
    for test in list(globals().values())
    for mark in getattr(test, "pytestmark", [])
    if mark.name == "default_cassette"
}


def played(name: str) -> Any:
    """A cassette outside of the fixtures, which want all of it to be played."""
    recorder = VCR(record_mode="none", **SETTINGS)
    recorder.register_serializer("yaml", Readable)
    return recorder.use_cassette(str(FOLDER / f"{name}.yaml"))


@pytest.mark.block_network
@pytest.mark.parametrize("changed", ["question", "model", "language"])
def test_another_request_never_gets_an_old_answer(changed: str) -> None:
    with played("ask-answered") as tape:
        model = json.loads(tape.requests[0].body)["model"]
        writer = Endpoint("http://127.0.0.1/v1", LOCAL_KEY, "another" if changed == "model" else model)
        question = "What did Tom Brannigan say the crew did" + ("!" if changed == "question" else "?")
        options = {"language": "French"} if changed == "language" else {}
        with pytest.raises(CannotOverwriteExistingCassetteException, match="body differs"):
            briefing.ask(COURIER, question, engine=engine(writer, **options))
        assert len(unplayed(tape)) == 1


@pytest.mark.block_network
def test_the_same_request_to_another_host_gets_the_answer_once() -> None:
    with played("ask-answered") as tape:
        model = json.loads(tape.requests[0].body)["model"]
        writer = engine(Endpoint("https://example.org/v1", "sk-of-somebody-else", model))
        question = "What did Tom Brannigan say the crew did?"
        assert briefing.ask(COURIER, question, engine=writer, cache=None).status == "answered"
        assert unplayed(tape) == []
        with pytest.raises(CannotOverwriteExistingCassetteException):
            briefing.ask(COURIER, question, engine=writer, cache=None)


@pytest.mark.block_network
def test_no_connection_is_made_while_a_cassette_plays() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        socket.socket() as calling,
        pytest.raises(RuntimeError, match="Network is disabled"),
    ):
        calling.connect(listening.getsockname())


def test_the_folder_holds_what_is_played_and_its_readme_says_against_what_it_was_recorded() -> None:
    files = sorted(FOLDER.glob("*.yaml"))
    assert {path.stem for path in files} == PLAYED
    rows = re.findall(
        r"^\| `([\w-]+)\.yaml` \| ([^|]+) \| (\d{4}-\d\d-\d\d) \|", (FOLDER / "README.md").read_text("utf-8"), re.M
    )
    against = {SCRIPTED: "the script of `tests/faults`", "babble": "llama.cpp, `tests/realserver`"}
    told = {name: against for name, against, _ in rows}
    assert len(rows) == len(told)
    found = {}
    for path in files:
        first = Readable.deserialize(path.read_text("utf-8"))["interactions"][0]["request"]
        host = first["uri"].split("/")[2]
        found[path.stem] = against.get(json.loads(first["body"])["model"], host)
    assert told == found
