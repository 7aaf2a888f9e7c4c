"""The engine over the real server: nothing is scripted, and what the model writes is babble that no source supports.

What a scripted server cannot prove shows here: the schema as llama.cpp's grammar, its token counts and its own words
for a full context, streams as they come, replies at once, and checks that are fed with the words of the article in an
order that nobody chose. `tests/test_real_server.py` shows that the server is what it is taken for.
"""

from __future__ import annotations

import asyncio
import json
import logging
import pickle
import random
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest

import briefing
from briefing import Answer, Briefing, Claim, OpenAI, Usage, Verdict
from briefing.api import OnUnsupported
from briefing.document import Document
from briefing.report import Action
from briefing.usage import metered
from tests.realserver.model import EXAMPLES
from tests.realserver.server import RealServer

ROOT = Path(__file__).parents[1]
ARTICLES = {path.stem: path.read_text("utf-8") for path in EXAMPLES}
VOCABULARY = ROOT / "briefing" / "data" / "vocabulary.txt"  # in the order of how common a word is
BOTH = [ARTICLES["ferry-courier"], ARTICLES["ferry-herald"]]
SOURCES: dict[str, str | list[str]] = {**ARTICLES, "both": BOTH}
FOCUSES = ["", "the rescue", "defense", "the inquiry"]
ROWS = [(name, focus) for name in SOURCES for focus in FOCUSES]
QUESTIONS = [f"What of the {'ferry ' * number}?" for number in range(16)]  # each prompt one word longer
REQUESTS = [(list(ARTICLES.values())[number % len(ARTICLES)], text) for number, text in enumerate(QUESTIONS)]
RARE = [word for word in VOCABULARY.read_text("utf-8").split() if word.isascii() and len(word) > 5][9_000:11_000]
PARTS = ["headline", "lede", "points", "quotes", "analysis"]
WRONG = "sk-wrong-0123456789"

Made = Callable[..., OpenAI]
Drafted = Callable[[str, str], Briefing]


@pytest.fixture(scope="session")
def made(real_server: RealServer) -> Made:
    """Makes engines that speak to the real server."""

    def make(model: str = real_server.model, *, api_key: str = real_server.api_key, **options: object) -> OpenAI:
        return OpenAI(model, base_url=real_server.base_url, api_key=api_key, **options)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def drafted(made: Made) -> Drafted:
    """Gives the briefing of some sources with all its claims in it, drafted once."""

    @cache
    def draft(name: str, focus: str = "") -> Briefing:
        return briefing.summarize(SOURCES[name], engine=made(), focus=focus or None, unsupported="flag")

    return draft


@pytest.fixture(scope="session")
def alone(made: Made) -> list[Answer]:
    """The answers to all requests, made one after the other."""
    return [briefing.ask(text, question, engine=made(), unsupported="flag") for text, question in REQUESTS]


def said(answer: Answer) -> list[str]:
    return [claim.text for claim in answer.claims]


def at_home(claims: Iterable[Claim], text: str) -> bool:
    """Whether the evidence of claims is there, and stands in a text under its ids."""
    document, found = Document.read(text), [each for claim in claims for each in claim.evidence]
    return bool(found) and all(document.by_id[each.sentence].text == each.text for each in found)


def long(size: int) -> str:
    """About so many characters in which no sentence stands twice."""
    draw = random.Random(4)  # noqa: S311 - the same text in every run
    told = [sentence.text for text in ARTICLES.values() for sentence in Document.read(text).sentences]
    days = size // (sum(map(len, told)) // len(told) + 13)
    return "\n".join(f"On day {day}: {draw.choice(told)}" for day in range(1, days + 1))


def test_a_briefing_is_typed_counted_and_a_file(drafted: Drafted) -> None:
    result = drafted("summit", "")
    assert result.engine.startswith("openai:babble@127.0.0.1:")
    assert result.usage.calls == 1
    assert result.usage.input_tokens and result.usage.output_tokens
    assert result.usage.cost is None  # nobody gave the prices
    assert Briefing.model_validate_json(result.model_dump_json()) == result
    assert [claim.where for claim in result.report.claims] == [where for where, _ in result.claims()]
    assert at_home((claim for _, claim in result.claims()), ARTICLES["summit"])


@pytest.mark.parametrize(("name", "focus"), ROWS)
def test_no_babble_holds(drafted: Drafted, name: str, focus: str) -> None:
    claims = drafted(name, focus).report.claims
    assert len(claims) > 3
    held = {claim.text: claim.verdict for claim in claims if claim.verdict is not Verdict.UNSUPPORTED}
    # an inference may say what no source says, and some babble passes for one: alone it makes no briefing (see below)
    assert set(held.values()) <= {Verdict.INFERENCE}
    assert all(claim.where.startswith("analysis") for claim in claims if claim.text in held)


def test_no_babble_is_an_answer(alone: list[Answer]) -> None:
    assert sum(len(answer.claims) for answer in alone) > len(alone)
    assert {claim.text for answer in alone for claim in answer.claims if claim.verdict is Verdict.SUPPORTED} == set()


@pytest.mark.parametrize(
    ("article", "unsupported", "calls"), [*((article, "repair", 2) for article in ARTICLES), ("summit", "drop", 1)]
)
def test_a_briefing_of_nothing_but_babble_is_a_bad_reply(
    made: Made, article: str, unsupported: OnUnsupported, calls: int
) -> None:
    with pytest.raises(briefing.BadReply) as caught, metered() as meter:
        briefing.summarize(ARTICLES[article], engine=made(), unsupported=unsupported)
    assert caught.value.kind == "ungrounded"
    assert caught.value.report is not None and not caught.value.report.ok
    assert not any(repaired.action is Action.REVISED for repaired in caught.value.report.repairs)
    assert meter.usage.calls == calls  # nobody asked again for what was a whole reply
    assert not caught.value.retryable


def test_what_an_ungrounded_reply_cost_is_told(made: Made) -> None:
    with pytest.raises(briefing.BadReply) as caught, metered() as meter:
        briefing.summarize(ARTICLES["summit"], engine=made())
    assert meter.usage.calls == 2
    assert caught.value.usage == meter.usage


def test_babble_is_raised_where_that_was_asked_for(made: Made) -> None:
    with pytest.raises(briefing.UnsupportedClaims) as caught:
        briefing.summarize(ARTICLES["summit"], engine=made(), unsupported="raise")
    assert caught.value.report is not None
    assert caught.value.report.counts[Verdict.UNSUPPORTED] > 3


def test_the_extractive_engine_takes_over_where_that_was_asked_for(made: Made) -> None:
    result = briefing.summarize(ARTICLES["summit"], engine=made(), fallback="extractive")
    by_itself = briefing.summarize(ARTICLES["summit"], engine=briefing.Extractive())
    assert result.engine == by_itself.engine
    assert list(result.claims()) == list(by_itself.claims())
    assert result.report.ok
    assert result.notes[0].startswith("The engine openai:babble@127.0.0.1:") and "failed" in result.notes[0]
    assert result.usage.calls == 2 and result.usage.input_tokens  # what was paid for counts all the same


@pytest.mark.parametrize(
    ("article", "question"),
    [
        ("summit", "What did the leaders agree on defense?"),
        ("ferry-herald", "What did the leaders agree on defense?"),
        ("ferry-courier", "Who asked for an inquiry?"),
    ],
)
def test_an_answer_of_babble_is_none(made: Made, article: str, question: str) -> None:
    flagged = briefing.ask(ARTICLES[article], question, engine=made(), unsupported="flag")
    answer = briefing.ask(ARTICLES[article], question, engine=made(), cache=None)
    assert (answer.status, answer.claims) == (briefing.Status.NOT_IN_SOURCES, ())
    assert [each.before.text for each in answer.report.repairs] == said(flagged) != []
    assert {each.action for each in answer.report.repairs} == {Action.DROPPED}
    assert all(each.note and each.after is None for each in answer.report.repairs)
    assert answer.nearest
    assert answer.usage.calls == 2


def test_a_stream_gives_the_claims_of_the_briefing_while_it_is_written(made: Made, drafted: Drafted) -> None:
    expected = drafted("summit", "")
    with metered() as meter:
        claims = briefing.stream(ARTICLES["summit"], engine=made())
        first = next(claims)
        assert meter.usage.calls == 0  # counted at the end of the reply, which is not there yet
        streamed = [first, *claims]
    assert streamed == [claim for _, claim in expected.claims()]
    assert [PARTS.index(claim.where.partition("[")[0]) for claim in streamed] == sorted(
        PARTS.index(claim.where.partition("[")[0]) for claim in streamed
    )
    assert meter.usage == expected.usage


def test_claims_come_before_the_reply_is_cut_off(made: Made) -> None:
    claims = []

    async def read() -> None:
        async for claim in briefing.astream(ARTICLES["summit"], engine=made(max_tokens=120)):
            claims.append(claim)  # noqa: PERF401 - what came before the error is wanted

    with pytest.raises(briefing.Truncated):
        asyncio.run(read())
    assert [claim.where for claim in claims][:2] == ["headline", "lede"]
    assert all(claim.verdict is Verdict.UNSUPPORTED for claim in claims)


def test_claims_come_apart_in_time(made: Made) -> None:
    async def times() -> AsyncIterator[float]:
        async for _ in briefing.astream(ARTICLES["summit"], engine=made()):
            yield asyncio.get_running_loop().time()

    async def all_times() -> list[float]:
        return [time async for time in times()]

    came = asyncio.run(all_times())
    assert came[0] < came[-1]
    assert came == sorted(came)


def test_a_reader_who_leaves_keeps_nobody_waiting(made: Made, alone: list[Answer]) -> None:
    engine = made()
    with metered() as meter:
        claims = briefing.stream(ARTICLES["summit"], engine=engine)
        next(claims)
        claims.close()
    assert meter.usage == Usage(calls=1, input_tokens=None, output_tokens=None, cost=None)
    text, question = REQUESTS[0]
    assert said(briefing.ask(text, question, engine=engine, unsupported="flag")) == said(alone[0])


async def gathered(engine: OpenAI) -> list[Answer]:
    return await asyncio.gather(
        *(briefing.aask(text, question, engine=engine, unsupported="flag") for text, question in REQUESTS)
    )


def in_a_loop(engine: OpenAI) -> list[Answer]:
    return asyncio.run(gathered(engine))


def in_threads(engine: OpenAI) -> list[Answer]:
    with ThreadPoolExecutor(len(REQUESTS)) as pool:
        return list(pool.map(lambda request: briefing.ask(*request, engine=engine, unsupported="flag"), REQUESTS))


def prompts(answers: list[Answer]) -> list[int | None]:
    return [answer.usage.input_tokens for answer in answers]


@pytest.mark.parametrize("at_once", [in_a_loop, in_threads])
def test_sixteen_at_once_each_get_their_own_reply(
    made: Made, alone: list[Answer], at_once: Callable[[OpenAI], list[Answer]]
) -> None:
    answers = at_once(made())
    assert len(set(prompts(alone))) == len(REQUESTS)  # so the length of a prompt tells whose it was
    assert prompts(answers) == prompts(alone)
    for (text, question), answer in zip(REQUESTS, answers, strict=True):
        assert (answer.question, answer.usage.calls) == (question, 1)
        assert at_home(answer.claims, text)
    strangers = [
        (one, other)
        for one, answer in enumerate(answers)
        for other, known in enumerate(alone)
        if said(answer) == said(known) != said(alone[one])
    ]
    assert strangers == []


def test_a_long_document_is_read_in_slices_once_the_server_told_its_limit(
    made: Made, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "briefing")
    # The server answers under any name, and under this one nothing has been learnt of it.
    engine, text = made("a model that nobody has asked yet", context=16_384), long(20_000)
    result = briefing.summarize(text, engine=engine, unsupported="flag")
    assert "call 1 failed with ContextOverflow" in caplog.text
    assert result.usage.calls is not None and result.usage.calls > 5
    assert at_home((claim for _, claim in result.claims()), text)
    caplog.clear()
    briefing.ask(long(1_000_000), "What happened on day 4321?", engine=engine, unsupported="flag")
    assert "ContextOverflow" not in caplog.text  # what was learnt is remembered


def test_a_limit_that_shows_only_where_a_reply_is_cut_off_is_learnt_as_well(made: Made) -> None:
    """The prompt fits into the server's context and leaves too little of it for the reply: no 400 tells of that."""
    lines = [f"On day {day}: {' '.join(RARE[12 * day : 12 * day + 12])}." for day in range(100)]

    def prompt(days: int) -> int:
        engine = made(max_tokens=2, context=16_384)
        with pytest.raises(briefing.Truncated) as caught:
            briefing.summarize("\n".join(lines[:days]), engine=engine)
        assert caught.value.usage is not None and caught.value.usage.input_tokens
        return caught.value.usage.input_tokens

    short, longer = prompt(10), prompt(30)
    days = 30 + 20 * (3_950 - longer) // (longer - short)
    engine = made("another that nobody has asked yet", context=16_384)
    result = briefing.summarize("\n".join(lines[:days]), engine=engine, unsupported="flag")
    assert result.usage.calls is not None and result.usage.calls > 2


def test_a_context_that_does_not_hold_the_instructions_is_told_before_any_call(made: Made) -> None:
    with metered() as meter, pytest.raises(briefing.ConfigError, match="too small"):
        briefing.summarize(long(10_000), engine=made(context=1024))
    assert meter.usage == Usage()


def failed(made: Made, verb: str, **options: object) -> briefing.EngineError:
    """The error of an engine, that it can be pickled, and that no key and no article text is told with it."""
    with pytest.raises(briefing.EngineError) as caught:
        if verb == "stream":
            list(briefing.stream(ARTICLES["summit"], engine=made(**options)))
        elif verb == "ask":
            briefing.ask(ARTICLES["summit"], "What did they agree?", engine=made(**options))
        else:
            briefing.summarize(ARTICLES["summit"], engine=made(**options))
    error = caught.value
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own making
    assert (type(copy), str(copy), vars(copy)) == (type(error), str(error), vars(error))
    told = "".join([*traceback.format_exception(error), repr(error), repr(vars(error)), str(pickle.dumps(error))])
    assert WRONG not in told
    assert "Philippine" not in str(error)
    return error


VERBS = ["summarize", "ask", "stream"]


@pytest.mark.parametrize("verb", VERBS)
def test_a_wrong_key_is_not_tried_twice(made: Made, verb: str) -> None:
    error = failed(made, verb, api_key=WRONG)
    assert type(error) is briefing.AuthFailed
    assert error.attempts == 1
    assert error.usage == Usage(calls=1)


@pytest.mark.parametrize("verb", VERBS)
def test_a_reply_that_is_cut_off_says_what_came(made: Made, verb: str) -> None:
    error = failed(made, verb, max_tokens=20)
    assert isinstance(error, briefing.Truncated)
    assert error.attempts == 1
    assert error.usage is not None and error.usage.output_tokens == 20
    assert error.partial.startswith('{"status":' if verb == "ask" else '{"headline":')


@pytest.mark.parametrize("verb", VERBS)
def test_a_deadline_that_nobody_can_keep(made: Made, verb: str) -> None:
    error = failed(made, verb, deadline=0.001)
    assert type(error) is briefing.DeadlineExceeded
    assert error.attempts <= 1


def test_a_client_outlives_its_loop_and_a_fork(real_server: RealServer, alone: list[Answer]) -> None:
    wanted = [answer for (text, _), answer in zip(REQUESTS, alone, strict=True) if text == ARTICLES["summit"]]
    questions = [answer.question for answer in wanted]
    warnings = ["-W", "always::ResourceWarning", "-W", "ignore:This process"]  # is multi-threaded, Python 3.12 adds
    program = [*warnings, "-m", "tests.realserver.again"]
    ran = subprocess.run(
        [sys.executable, *program, real_server.base_url, real_server.api_key],
        input=json.dumps(questions * 2),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert ran.stderr == ""
    told = json.loads(ran.stdout)
    own = [[answer.usage.input_tokens, said(answer)] for answer in wanted]
    assert told["loops"] == own[:2]
    assert [told["before"], told["after"]] == own[:2]
    for child, heard in enumerate(told["children"]):
        turned = (own * 2)[child:] + (own * 2)[:child]
        assert heard == turned
    assert len(told["children"]) == 4
