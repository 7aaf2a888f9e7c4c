"""Time and money over real HTTP: pauses that are kept and shared, what was used, also by a repair, and what may be."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from itertools import count

import pytest

import briefing
from briefing import Budget, BudgetExceeded, OpenAI, Usage
from briefing.engines.openai.failures import retry_after
from briefing.usage import metered
from tests.faults import LIES, Fault, FaultServer, Writer, status
from tests.faults.plan import Plan

ARTICLE = (
    "The council approved the new bridge on Monday. It will cost $4 million. Work begins in May, Mayor Ana Holm said. "
    "The ferry stops running then."
)
DOCUMENT = briefing.Document.read(ARTICLE)
_names = count()


def made(server: FaultServer, **options: object) -> OpenAI:
    """Return an engine of its own: what is learnt of a server and model is shared in the process."""
    return OpenAI(f"budget-{next(_names)}", server.base_url, "sk-x", **options)  # type: ignore[arg-type]


def limit(seconds: object) -> Fault:
    return status(429, None, {"retry-after": str(seconds)})


# What a server asks for


def date(seconds: float) -> str:
    return formatdate(time.time() + seconds, usegmt=True)


ASKED: list[tuple[Mapping[str, str], float | None]] = [
    ({}, None),
    ({"retry-after": "1"}, 1.0),
    ({"retry-after": " 1.5 "}, 1.5),
    ({"retry-after": "0"}, 0.0),
    ({"retry-after": "86400"}, 86400.0),
    ({"retry-after-ms": "300"}, 0.3),
    ({"retry-after-ms": "300", "retry-after": "1"}, 0.3),
    ({"retry-after-ms": "soon", "retry-after": "1"}, 1.0),
    ({"retry-after": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0.0),
    ({"retry-after": "Sunday, 06-Nov-94 08:49:37 GMT"}, 0.0),
    ({"retry-after": "Sun Nov  6 08:49:37 1994"}, 0.0),
    *(
        ({"retry-after": value}, None)
        for value in (
            "", "NaN", "inf", "-inf", "-5", "1e400", "1" + "0" * 400, "in a while", "0x10", "1,5", "1 2",
            "Mon, 99 Foo 2026 99:99:99 GMT", f"Mon, {'9' * 20} Jan 2026 00:00:00 GMT",
            f"Mon, 01 Jan 2026 00:00:00 +{'9' * 30}",
        )
    ),
    ({"retry-after-ms": "NaN"}, None),
    ({"retry-after-ms": "-300"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("headers", "seconds"), ASKED, ids=lambda value: ascii(value)[:60])
def test_what_a_server_asks_for(headers: Mapping[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


def test_a_date_to_come() -> None:
    found = retry_after({"retry-after": date(100)})
    assert found is not None and 98 < found <= 100


# Pauses


@pytest.mark.parametrize("headers", [{"retry-after": "1"}, {"retry-after-ms": "1000"}], ids=str)
def test_a_pause_is_kept(headers: dict[str, str]) -> None:
    with FaultServer([status(429, None, headers)]) as server:
        result = briefing.summarize(ARTICLE, engine=made(server, deadline=5.0))
        first, second = server.ledger
        assert result.usage.calls == 2
        assert first.ended is not None and 1.0 <= second.arrived - first.ended < 2.0


def test_a_pause_is_shared_by_all_that_use_the_server() -> None:
    with FaultServer(["ok", "ok", limit(0.4)], delay=0.02) as server:
        engine, other = made(server), made(server)

        async def work() -> None:
            for _ in range(4):
                await OpenAI(engine.model, server.base_url, "sk-x").brief(DOCUMENT, points=1, focus=None)

        async def bystander() -> None:  # another model is another limit
            while "429" not in server.faults:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.15)
            await other.brief(DOCUMENT, points=1, focus=None)

        async def every() -> None:
            await asyncio.gather(*(work() for _ in range(8)), bystander())

        asyncio.run(every())
        refused = next(call for call in server.ledger if call.fault == "429")
        assert refused.ended is not None
        told = refused.ended + 0.05  # until the client has read it, calls may be on their way
        within = [call for call in server.ledger if told < call.arrived < refused.ended + 0.4]
        assert {(call.body or {})["model"] for call in within} == {other.model}
        assert server.calls == 8 * 4 + 1 + 1


def test_a_pause_that_grows_while_others_wait_for_its_end() -> None:
    with FaultServer([limit(0.5), limit(1)], delay=0.3) as server:
        engine = made(server)

        async def late(calls: int, refused: int, after: float) -> None:
            while server.calls < calls or server.faults.count("429") - server.in_flight < refused:
                await asyncio.sleep(0.01)
            await asyncio.sleep(after)
            await engine.brief(DOCUMENT, points=1, focus=None)

        async def every() -> None:
            # the second is on its way when the first is refused; the third waits for 0.5 s, and must hear of 1 s
            await asyncio.gather(late(0, 0, 0.0), late(1, 0, 0.2), late(2, 1, 0.05))

        asyncio.run(every())
        second = server.ledger[1]
        assert server.faults == ["429", "429", "ok", "ok", "ok"] and second.ended is not None
        assert min(call.arrived for call in server.ledger[2:]) >= second.ended + 1


def test_a_pause_beyond_the_deadline_is_not_begun() -> None:
    with FaultServer([limit(30)]) as server:
        engine = made(server, deadline=20.0)
        for calls, least in ((1, 30.0), (0, 25.0)):  # the second is not even sent
            start = time.monotonic()
            with pytest.raises(briefing.RateLimited) as caught:
                briefing.summarize(ARTICLE, engine=engine)
            assert time.monotonic() - start < 0.3
            assert caught.value.attempts == calls and caught.value.usage == Usage(calls=calls)
            assert caught.value.retry_after is not None and least <= caught.value.retry_after <= 30.0
        assert server.calls == 1


# What was used

PRICES = (2.0, 10.0)
USED: dict[str, tuple[Plan, int, bool]] = {
    "well": (["ok"], 1, True),
    "429, then well": ([limit(0)], 2, True),
    "400 that is adapted to, then well": (["400_json_schema"], 2, True),
    "500, then well": (["500"], 2, False),
    "reset, then well": (["reset_in_body"], 2, False),
    "no JSON, then well": (["not_json"], 2, True),
    "no usage": (["usage_missing"], 1, False),
    "half a usage": (["usage_partial"], 1, False),
}


@pytest.mark.parametrize("name", USED)
def test_usage_is_that_of_all_attempts(name: str) -> None:
    plan, calls, known = USED[name]
    with FaultServer(plan) as server, metered() as meter:
        result = briefing.summarize(ARTICLE, engine=made(server, prices=PRICES))
        billed = [call.tokens for call in server.ledger]
    assert meter.usage == result.usage
    assert result.usage.calls == server.calls == calls
    if known:
        read, written = (sum(tokens) for tokens in zip(*billed, strict=True))
        assert (result.usage.input_tokens, result.usage.output_tokens) == (read, written)
        assert result.usage.cost == pytest.approx((read * PRICES[0] + written * PRICES[1]) / 1_000_000)
    else:
        assert None in (result.usage.input_tokens, result.usage.output_tokens) and result.usage.cost is None


def test_usage_of_a_failure_and_of_a_stream() -> None:
    with FaultServer([*["not_json"] * 2, "ok"]) as server, metered() as meter:
        with pytest.raises(briefing.BadReply) as caught:
            briefing.summarize(ARTICLE, engine=made(server))
        assert caught.value.usage == meter.usage and meter.usage.calls == 2
        assert meter.usage.output_tokens == sum(call.tokens[1] for call in server.ledger)
        assert list(briefing.stream(ARTICLE, engine=made(server)))
        assert (meter.usage.calls, meter.usage.cost) == (3, None)  # without prices
        assert meter.usage.input_tokens == sum(call.tokens[0] for call in server.ledger)


def test_nothing_was_used_where_nobody_listens() -> None:
    with FaultServer() as server:
        gone = made(server, deadline=3.0)
    with pytest.raises(briefing.ConnectionFailed) as caught:
        briefing.summarize(ARTICLE, engine=gone)
    assert caught.value.sent is False and caught.value.usage == Usage(calls=4)


# What may be used


@pytest.mark.parametrize(
    ("budget", "calls"),
    [
        ({"calls": 0}, 0), ({"calls": 2}, 2), ({"tokens": 0}, 0), ({"tokens": 100}, 0), ({"tokens": 3500}, 2),
        ({"cost": 0}, 0), ({"cost": 0.000_01}, 0), ({"cost": 0.0125}, 2), ({"calls": 1, "tokens": 10**6, "cost": 1}, 1),
        ({}, 3), ({"calls": 3, "tokens": 10**6, "cost": 1.0}, 3),
    ],
    ids=str,
)  # fmt: skip
def test_a_budget_is_kept_before_the_call(budget: dict[str, float], calls: int) -> None:
    with FaultServer() as server:
        limits = Budget(**budget)  # type: ignore[arg-type]
        engine = made(server, budget=limits, prices=PRICES, max_tokens=500)
        done = 0
        for _ in range(3):
            try:
                briefing.summarize(ARTICLE, engine=engine, cache=None)
                done += 1
            except BudgetExceeded as error:
                assert error.usage == limits.spent and f"{done}" == f"{limits.spent.calls}"
        assert done == server.calls == calls == limits.spent.calls
        assert limits.spent.input_tokens == sum(call.tokens[0] for call in server.ledger)
        assert limits.tokens is None or sum(sum(call.tokens) for call in server.ledger) <= limits.tokens
        assert limits.cost is None or (limits.spent.cost or 0) <= limits.cost


@pytest.mark.parametrize("limits", [{"calls": -1}, {"tokens": True}, {"cost": "1"}, {"cost": float("nan")}], ids=str)
def test_what_is_no_budget(limits: dict[str, float]) -> None:
    with pytest.raises(briefing.ConfigError, match="budget's"):
        Budget(**limits)  # type: ignore[arg-type]


def test_a_budget_of_money_needs_prices() -> None:
    with pytest.raises(briefing.ConfigError, match="prices"):
        OpenAI("m", "http://127.0.0.1:9/v1", budget=Budget(cost=1.0))


def test_attempts_count_too() -> None:
    with FaultServer("500", forever=True) as server:
        budget = Budget(calls=2)
        with pytest.raises(BudgetExceeded):
            briefing.summarize(ARTICLE, engine=made(server, budget=budget))
        assert server.calls == 2 == budget.spent.calls
        assert budget.spent.input_tokens  # what is not known stays as reserved


def test_one_budget_for_16_threads_is_never_exceeded() -> None:
    with FaultServer(["429", "500", "ok", "ok", "not_json"], delay=0.01) as server:
        budget = Budget(calls=20)
        engine = made(server, budget=budget)

        def work(_: int) -> str:
            try:
                return briefing.summarize(ARTICLE, engine=engine, cache=None).engine
            except BudgetExceeded:
                return ""

        with ThreadPoolExecutor(16) as pool:
            done = list(pool.map(work, range(32)))
        assert server.calls == budget.spent.calls == 20
        assert sum(map(bool, done)) == 17


def test_a_revision_beyond_the_budget_is_a_note_and_no_loss() -> None:
    with FaultServer(writer=Writer(lies={"points[0]": "figure"})) as server:
        result = briefing.summarize(ARTICLE, engine=made(server, budget=Budget(calls=1)))
        assert [call.task for call in server.ledger] == ["summarize"]
    assert result.report.ok and [claim.text for claim in result.points] == [
        "Work begins in May, Mayor Ana Holm said.",
        "The ferry stops running then.",
    ]
    assert any("could not be revised" in note and "budget of 1 calls" in note for note in result.notes)
    (receipt,) = result.report.repairs
    assert (receipt.where, receipt.before.text) == ("points[0]", "It will cost $7 million.")
    assert "budget" in receipt.note and result.usage.calls == 1


@pytest.mark.parametrize("revises", ["faithfully", "repeats", "no_evidence", "withdraws"])
@pytest.mark.parametrize("lie", LIES)
def test_a_lie_costs_one_revision_and_leaves_a_receipt(lie: str, revises: str) -> None:
    writer = Writer(lies={"points": lie, "quotes": lie}, revises=revises)
    text = ARTICLE.replace("$4", "about $4").replace("stops", "may stop") + " “The bridge is safe,” said Jon Berg."
    with FaultServer(writer=writer) as server:
        result = briefing.summarize(text, engine=made(server))
        assert [call.task for call in server.ledger] == ["summarize", "revise"]
        used = [sum(tokens) for tokens in zip(*(call.tokens for call in server.ledger), strict=True)]
    assert result.report.ok and result.usage == Usage(calls=2, input_tokens=used[0], output_tokens=used[1], cost=None)
    told = {lie.path: lie for lie in writer.told}
    assert told and told.keys() == {receipt.where for receipt in result.report.repairs}
    mends = revises == "faithfully" and "evidence" not in lie
    for receipt in result.report.repairs:
        lied = told[receipt.where]
        assert (receipt.before.text, receipt.action) == (lied.after["text"], "revised" if mends else "dropped")
        assert receipt.note and (receipt.after.text == lied.before["text"] if receipt.after else not mends)
