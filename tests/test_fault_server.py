"""The fault server: its plans, its ledger, its beginning and its end."""

from __future__ import annotations

import http.client
import json
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults import (
    FAULTS,
    Fault,
    FaultServer,
    Writer,
    body,
    breaks,
    contents,
    mix,
    says,
    status,
    statuses,
    streams,
)
from tests.faults import bodies as body_faults
from tests.faults.client import ALL, ENDLESS, SENTENCES, ask, evidence, request
from tests.faults.plan import Plan


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in {"huge", "huge_chunked", "gzip_bomb"}])
def test_every_fault_is_served_and_booked(name: str) -> None:
    with FaultServer([name]) as server:
        ask(server, brief=name in ENDLESS, stream=name.startswith("sse"), **ALL)
        (call,) = server.ledger
        assert server.idle()
    assert (call.fault, call.billed, call.task, call.key) == (name, FAULTS[name].billed, "summarize", "sk-test")
    assert call.outcome in {"sent", "cut", "gone"}


OWN = status(418, {"error": "teapot"}, {"retry-after": "1"})
PLANS: list[tuple[str, Plan, bool, list[str]]] = [
    ("none", None, False, ["ok"] * 4),
    ("one name", "503", False, ["503", "ok", "ok", "ok"]),
    ("sequence, then well", ["429", "reset"], False, ["429", "reset", "ok", "ok"]),
    ("the last for ever", ["429", "500"], True, ["429", "500", "500", "500"]),
    ("for ever by name", ["ok", "429_forever"], False, ["ok", "429_forever", "429_forever", "429_forever"]),
    ("own fault", [OWN, "ok", OWN], False, ["418", "ok", "418", "ok"]),
    ("function", lambda call: "500" if call.number % 2 else "ok", False, ["ok", "500", "ok", "500"]),
    ("own content", says("shout", str.upper), True, ["shout"] * 4),
    ("own body", body("five", lambda call: 5), False, ["five", "ok", "ok", "ok"]),
]


@pytest.mark.parametrize(("name", "plan", "forever", "served"), PLANS, ids=[row[0] for row in PLANS])
def test_plans(name: str, plan: Plan, forever: bool, served: list[str]) -> None:
    with FaultServer(plan, forever=forever) as server:
        for _ in served:
            ask(server)
        assert server.faults == served
        assert server.billed == sum(FAULTS[name].billed if name in FAULTS else name != "418" for name in served)


def test_a_mix_is_the_share_asked_for_and_the_same_in_any_order() -> None:
    prompts: list[dict[str, object]] = [
        {"task": "ask", "question": f"Question {number}?", "sentences": SENTENCES} for number in range(150)
    ]

    def served(asked: list[dict[str, object]], seed: int) -> dict[str, str]:
        with FaultServer(mix(0.2, seed=seed)) as server:
            for prompt in asked:
                ask(server, prompt)
            return {(call.prompt or {})["question"]: call.fault for call in server.ledger}

    forth, back, other = served(prompts, 3), served(prompts[::-1], 3), served(prompts, 4)
    assert forth == back != other
    assert 15 <= sum(fault != "ok" for fault in forth.values()) <= 45


def test_a_call_that_names_no_chat_asks_no_plan() -> None:
    with FaultServer(["500"]) as server:
        assert ask(server, path="/v1/models").status == 404
        assert ask(server, path="/openai/deployments/x/chat/completions?api-version=1").status == 500
        assert server.billed == 0


def test_the_ledger_keeps_what_came() -> None:
    with FaultServer() as server:
        before = time.monotonic()
        reply = ask(server, temperature=0)
        (call,) = server.ledger
    assert before <= call.arrived <= (call.ended or 0)
    assert call.body and call.body["temperature"] == 0
    assert call.headers["authorization"] == "Bearer sk-test" and b"\r\nAuthorization: Bearer" in call.head
    usage = reply.json["usage"]
    assert usage["prompt_tokens"] == len(call.raw) // 4 and usage["completion_tokens"] == len(reply.content) // 4
    assert call.tokens == (usage["prompt_tokens"], usage["completion_tokens"])
    assert (call.outcome, server.most_in_flight) == ("sent", 1)


def test_the_ledger_knows_clients_that_left() -> None:
    with FaultServer(delay=30) as server:
        with socket.create_connection(("127.0.0.1", server.port)) as connection:
            connection.sendall(request())
            while not server.calls:
                time.sleep(0.005)
            assert not server.idle(0.01)
        assert server.idle()
        assert [(call.outcome, call.billed) for call in server.ledger] == [("gone", False)]


def test_a_bug_in_a_plan_is_no_fault() -> None:
    def broken(call: object) -> Fault:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), FaultServer(broken) as server:
        ask(server)


def test_hundreds_in_flight_and_a_quick_end() -> None:
    with FaultServer(["ok"] * 200 + ["hang_in_body"], forever=True, delay=0.2) as server:
        connections = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(300)]
        began = time.monotonic()
        for connection in connections:
            connection.sendall(request(close=False))
        for connection in connections:
            assert connection.recv(20)
        assert time.monotonic() - began < 2
        assert server.most_in_flight > 150 and server.billed == 300
        began = time.monotonic()
    assert time.monotonic() - began < 0.5
    for connection in connections:
        connection.close()
    assert {call.outcome for call in server.ledger} == {"sent", "stopped"}


def test_a_fixed_reply_reads_no_prompt() -> None:
    with FaultServer(fixed=b'{"fixed":true}') as server:
        assert ask(server).json == {"fixed": True}
    assert server.billed == 1 and "prompt" not in vars(server.ledger[0])
    with FaultServer(["500"], fixed=b'{"fixed":true}', delay=0.01) as server:
        assert [ask(server).status, ask(server).body] == [500, b'{"fixed":true}']


def test_it_is_a_process_too() -> None:
    command = [sys.executable, "-m", "tests.faults", "--delay", "0.01", "--fixed"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout
        assert select.select([process.stdout], [], [], 20)[0]
        port = int(process.stdout.readline())
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(2):
            connection.request("POST", "/v1/chat/completions", b"{}")
            assert "lede" in json.loads(json.loads(connection.getresponse().read())["choices"][0]["message"]["content"])
        connection.close()
        process.send_signal(signal.SIGTERM)
        counts = json.loads(process.stdout.readline())
    assert (counts["calls"], counts["billed"]) == (2, 2) and process.returncode == 0


def test_a_server_takes_a_writer_and_a_length() -> None:
    with FaultServer(writer=Writer(lies={"*": "no_evidence"})) as server:
        assert evidence(ask(server).content) == set()
        cut = ask(server, max_completion_tokens=10)
        assert cut.json["choices"][0]["finish_reason"] == "length" and len(cut.content) == 40


def test_the_tables_do_not_overlap() -> None:
    tables = (statuses.FAULTS, breaks.FAULTS, body_faults.FAULTS, contents.FAULTS, streams.FAULTS)
    assert len(FAULTS) == sum(map(len, tables)) > 150
