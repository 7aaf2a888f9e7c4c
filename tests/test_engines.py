"""Which engine writes, what a model's engine is set up with, what it keeps to itself, and what stands in for it."""

from __future__ import annotations

import copy
import pickle
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import Budget, ConfigError, Extractive, InputError, OpenAI, cli, prompts
from briefing.arguments import UNCONFIGURED
from tests.faults import Call, FaultServer, Writer, status, wire

KEY = "sk-canary-7a02"
URL = "http://127.0.0.1:9/v1"
ARTICLE = (
    "The council approved the new bridge on Monday. It will cost $4 million. Work begins in May, Mayor Ana Holm said. "
    "The ferry stops running then."
)
QUESTION = "What did the council approve on Monday?"


# What it is set up with


def test_the_environment_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", f" {KEY}\n")
    plain = OpenAI()
    assert (plain.model, plain.base_url, plain.api_key) == ("gpt-6-luna", "https://api.openai.com/v1", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", f"{URL}/ ")
    monkeypatch.setenv("BRIEFING_MODEL", "qwen3")
    assert OpenAI() == OpenAI("qwen3", URL, KEY)


def test_arguments_beat_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "BRIEFING_MODEL"):
        monkeypatch.setenv(name, "https://environment.example/v1")
    with FaultServer() as server:
        result = briefing.summarize(ARTICLE, engine=OpenAI("argument", server.base_url, KEY))
        assert [(call.key, (call.body or {})["model"]) for call in server.ledger] == [(KEY, "argument")]
    assert result.engine.startswith(f"openai:argument@127.0.0.1:{server.port};prompts=")


def test_what_is_not_set_is_told_before_any_call(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError, match="no API key"):
        OpenAI()
    with pytest.raises(ConfigError, match="no API key"):
        OpenAI(base_url="https://api.openai.com/v1/")
    monkeypatch.setenv("OPENAI_API_KEY", " \n")
    with pytest.raises(ConfigError, match="no API key"):
        OpenAI()
    assert OpenAI(base_url=URL).api_key == ""  # a server of one's own may need none


@pytest.mark.parametrize(
    "key", ["sk-ca\nnary", "sk-ca\r\nx-evil: 1", "sk-ca nary", "sk-canary-é", "sk-ca\tnary", "sk-ca\u200bnary", "sk-ca\0nary"]
)  # fmt: skip
@pytest.mark.parametrize("from_environment", [False, True], ids=["argument", "environment"])
def test_bad_keys(key: str, from_environment: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if from_environment and "\0" not in key:
        monkeypatch.setenv("OPENAI_API_KEY", key)
        key = ""
    with pytest.raises(ConfigError, match="API key holds characters") as caught:
        OpenAI(base_url=URL, api_key=key)
    assert "sk-ca" not in str(caught.value) and "nary" not in str(caught.value)


def test_a_key_is_stripped() -> None:
    with FaultServer() as server:
        briefing.summarize(ARTICLE, engine=OpenAI("stripped", server.base_url, f"\t{KEY} \r\n"))
        assert server.ledger[0].headers["authorization"] == f"Bearer {KEY}"


BAD_URLS = (
    "localhost:11434/v1", "host", "/v1", "ftp://host/v1", "http://", "http:///v1", "https://@/v1", "file:///v1",
    "http://host:port/v1", "http://host:/v1", "http://host:99999/v1", "http://host/v1?key=1", "http://host/v1#here", "http://[::1/v1",
    "http://host/v1\u202e", "http://ho\nst/v1", "http://ho st/v1", "http://host/v 1", "http://.../v1", "http://a..b/v1",
    f"http://{'a' * 64}/v1",
)  # fmt: skip
GOOD_URLS = "http://localhost:11434/v1 https://host http://[::1]:8000/v1 http://exämple.test/v1 HTTP://h/v1/".split()


@pytest.mark.parametrize("url", BAD_URLS, ids=ascii)
def test_bad_addresses(url: str) -> None:
    with pytest.raises(ConfigError, match=r"no address of a server.*like https://host/v1\.$"):
        OpenAI("m", url, KEY)


@pytest.mark.parametrize("url", GOOD_URLS, ids=ascii)
def test_good_addresses(url: str) -> None:
    assert OpenAI("m", url, KEY).base_url == url.rstrip("/")


NAN, INF = float("nan"), float("inf")
BAD: dict[str, list[Any]] = {
    "deadline": [0, -1, NAN, INF, True, "5", None],
    "max_tokens": [0, -1, 1.5, True, "5", NAN],
    "context": [0, -1, 8192.0, False, "8k"],
    "model": [5, b"m"],
    "base_url": [5, ["http://h"], "https://user:secret@host/v1", "http://[::1]x/v1", "http://[v1.x]/v1"],
    "api_key": [5, b"sk"],
    "language": [5, "", "Fren\nch", "\ud800"],
    "prices": [(1,), ("a", "b"), (1, -1), (1, NAN), 3],
    "budget": [5, {"calls": 1}],
    "parameters": [[1], {"seed": b"7"}, {"temperature": NAN}, {"stop": "\ud800"}, {"model": "n"}, {"stream": True}],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD.items() for value in values], ids=repr
)
def test_nonsense_is_told_when_it_is_given(name: str, value: Any) -> None:
    arguments: dict[str, Any] = {"base_url": URL, name: value}
    with pytest.raises(ConfigError, match=name) as caught:
        OpenAI(**arguments)
    assert "secret" not in str(caught.value)


def test_settings_that_make_sense() -> None:
    for base_url in ("http://[::1]:8080/v1", "http://127.0.0.1", "https://api.example.org/openai/v1/"):
        engine = OpenAI(
            "m", base_url, KEY, 0.5, parameters={"stop": ["\n"], "seed": 1}, prices=(0, 0.5), language="ไทย"
        )
        assert copy.copy(engine) is engine and copy.deepcopy(engine).api_key == KEY
    assert OpenAI("m", URL, budget=Budget(cost=1), prices=(1, 2)).budget
    with pytest.raises(ConfigError, match="budget cannot be sent to another process"):
        pickle.dumps(OpenAI("m", URL, budget=Budget(calls=1)))


# What it keeps to itself


def test_no_key_is_shown() -> None:
    engine = OpenAI("m", URL, KEY)
    for shown in (repr(engine), str(engine), f"{engine}", pickle.dumps(engine).decode("latin-1"), engine.fingerprint):
        assert KEY not in shown and "api_key" not in shown


def test_unpickled_it_takes_the_key_of_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as server:
        engine = OpenAI("pickled", server.base_url, KEY, 5.0, parameters={"seed": 7})
        briefing.summarize(ARTICLE, engine=engine)  # so that it holds its client
        monkeypatch.setenv("OPENAI_API_KEY", "sk-there")
        there = pickle.loads(pickle.dumps(engine))  # noqa: S301 - of our own making
        assert there == replace(engine, api_key="sk-there") and there.fingerprint == engine.fingerprint
        assert briefing.ask(ARTICLE, QUESTION, engine=there).status == "answered"
        assert [call.key for call in server.ledger] == [KEY, "sk-there"]


def test_equal_engines() -> None:
    one, same = OpenAI("m", URL, KEY, parameters={"seed": 1}), OpenAI("m", f"{URL}/", KEY, parameters={"seed": 1})
    assert one == same and hash(one) == hash(same)
    for other in (replace(one, model="n"), replace(one, api_key="sk-other"), replace(one, parameters={"seed": 2})):
        assert one != other
    assert one == replace(one, budget=Budget(calls=1))


def test_the_fingerprint_names_model_server_and_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint = OpenAI("m", "https://host:8000/v1", KEY).fingerprint
    assert fingerprint.startswith("openai:m@host:8000;prompts=")
    load = prompts.load
    monkeypatch.setattr(prompts, "load", lambda name: load(name)._replace(sha256="0" * 64))
    assert OpenAI("m", "https://host:8000/v1", KEY).fingerprint != fingerprint


def _echo(call: Call) -> object:
    return wire.error(
        f"Rejected with {call.key}: {call.raw.decode()}", f"{call.key}", param=ARTICLE[:40], code=call.key
    )


@pytest.mark.parametrize("code", [400, 401, 403, 404, 413, 422, 429, 500])
@pytest.mark.parametrize("verb", ["summarize", "stream"])
def test_errors_repeat_neither_key_nor_article(code: int, verb: str) -> None:
    with FaultServer(status(code, _echo, {"retry-after": "99"}), forever=True) as server:
        engine = OpenAI(f"echo {verb} {code}", server.base_url, KEY, 5.0)
        with pytest.raises(briefing.EngineError) as caught:
            list(
                briefing.stream(ARTICLE, engine=engine)
                if verb == "stream"
                else [briefing.summarize(ARTICLE, engine=engine)]
            )
    told = "".join([*traceback.format_exception(caught.value), repr(vars(caught.value))])
    assert f"HTTP {code}" in told and "council" not in told and "Holm" not in told
    assert KEY not in told


# Which engine writes


def test_without_a_model_the_extractive_engine_writes_and_says_so() -> None:
    for result in (briefing.summarize(ARTICLE), briefing.ask(ARTICLE, QUESTION)):
        assert result.engine == Extractive().fingerprint and result.notes == (UNCONFIGURED,)
        assert result.text().count(UNCONFIGURED) == 1 and "\n" not in UNCONFIGURED
    assert briefing.summarize(ARTICLE, engine=Extractive()).notes == ()  # who asks for it is told nothing


@pytest.mark.parametrize("variable", ["OPENAI_API_KEY", "OPENAI_BASE_URL"])
def test_where_a_model_is_set_up_it_writes(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        if variable == "OPENAI_API_KEY":
            monkeypatch.setenv("OPENAI_API_KEY", KEY)
        result = briefing.summarize(ARTICLE)
        names = "OPENAI_API_KEY, OPENAI_BASE_URL" if variable == "OPENAI_API_KEY" else "OPENAI_BASE_URL"
        told = f"The engine is what the environment sets up ({names}): gpt-6-luna at 127.0.0.1:{server.port}."
        assert result.engine == OpenAI().fingerprint and result.notes == (told,)
        assert result.text().count(told) == 1 and KEY not in result.text()
        assert briefing.ask(ARTICLE, QUESTION).notes == (told,)
        assert briefing.summarize(ARTICLE, engine=OpenAI(), cache=None).notes == ()  # who asks for it is told nothing
        assert [claim.where for claim in briefing.stream(ARTICLE)][:2] == ["headline", "lede"]
        assert [call.task for call in server.ledger] == ["summarize", "ask", "summarize", "summarize"]


Outcome = tuple[int, str, str]


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Callable[..., Outcome]:
    """Run `briefing summarize` on the article, in this process: exit code, standard output, standard error."""
    article = tmp_path / "bridge.txt"
    article.write_text(ARTICLE, encoding="utf-8")

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["briefing", "summarize", str(article), *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_the_command_chooses_alike(command: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = command()
    assert (code, err, out.count(UNCONFIGURED)) == (0, "", 1)
    assert UNCONFIGURED not in command("--engine", "extractive")[1]
    code, out, err = command("--engine", "openai")
    assert (code, out) == (2, "") and "no API key" in err
    with FaultServer() as server:
        for arguments in (["--base-url", server.base_url, "--model", "cli"], ["--engine", "openai"]):
            code, out, err = command(*arguments)
            assert (code, err) == (0, "") and UNCONFIGURED not in out
            monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
            monkeypatch.setenv("BRIEFING_MODEL", "of the environment")
        assert command("--language", "French")[0] == 0
        assert [(call.body or {})["model"] for call in server.ledger] == ["cli", *["of the environment"] * 2]
        assert [(call.prompt or {}).get("language") for call in server.ledger] == [None, None, "French"]


def test_the_command_tells_what_failed_in_one_line(command: Callable[..., Outcome]) -> None:
    with FaultServer("401_echoes_key", forever=True) as server:
        code, out, err = command("--base-url", server.base_url, "--model", "denied")
        assert (code, out, err.count("\n")) == (3, "", 1) and "wants a key, and none was given" in err
        code, out, err = command("--base-url", server.base_url, "--model", "denied", "--fallback", "extractive")
        assert (code, err) == (0, "") and "The extractive engine wrote this instead." in out


@pytest.mark.parametrize("verb", ["summarize", "ask"])
def test_the_fallback_writes_only_where_it_was_asked_for_and_says_so(verb: str) -> None:
    def write(**options: Any) -> briefing.Briefing | briefing.Answer:
        if verb == "ask":
            return briefing.ask(ARTICLE, QUESTION, **options)
        return briefing.summarize(ARTICLE, **options)

    with FaultServer("401_echoes_key", forever=True) as server:
        engine = OpenAI("fallback", server.base_url, KEY)
        with pytest.raises(briefing.AuthFailed):
            write(engine=engine)
        result = write(engine=engine, fallback="extractive")
    assert result.engine == Extractive().fingerprint
    (note,) = result.notes
    assert engine.fingerprint in note and "does not accept the key" in note and KEY not in note
    assert result.usage.calls == 1
    alone = write(engine=Extractive())
    assert result.model_copy(update={"notes": (), "usage": alone.usage}) == alone
    with FaultServer() as server:
        engine = OpenAI("fallback", server.base_url, KEY)
        result = write(engine=engine, fallback="extractive")
        assert result.engine == engine.fingerprint and result.notes == ()


def test_the_fallback_is_for_engines_that_fail_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = OpenAI("broke", URL, KEY, budget=Budget(calls=0))
    with pytest.raises(briefing.BudgetExceeded):  # which is the caller's own limit, not a failure
        briefing.summarize(ARTICLE, engine=engine, fallback="extractive")
    monkeypatch.setenv("OPENAI_API_KEY", "a key")
    with pytest.raises(ConfigError):
        briefing.summarize(ARTICLE, fallback="extractive")


@pytest.mark.parametrize("value", ["fix", "", "REPAIR", None, 1, ["drop"]], ids=repr)
def test_unknown_modes(value: Any) -> None:
    with pytest.raises(InputError, match=r'unsupported is .*give one of "repair", "drop", "flag", "raise"'):
        briefing.ask(ARTICLE, QUESTION, unsupported=value)
    if value is not None:
        with pytest.raises(InputError, match=r'fallback is .*give "extractive", or leave it out'):
            briefing.summarize(ARTICLE, fallback=value)


@pytest.mark.parametrize(("mode", "calls", "points"), [("repair", 2, 3), ("drop", 1, 2), ("flag", 1, 3)])
def test_what_becomes_of_a_lie(mode: Any, calls: int, points: int) -> None:
    with FaultServer(writer=Writer(lies={"points[0]": "figure"})) as server:
        result = briefing.summarize(ARTICLE, engine=OpenAI(f"lies {mode}", server.base_url, KEY), unsupported=mode)
        assert server.calls == result.usage.calls == calls
    assert (result.report.ok, len(result.points)) == (mode != "flag", points)
    lying = FaultServer(writer=Writer(lies={"points[0]": "figure"}))
    with lying as server, pytest.raises(briefing.UnsupportedClaims) as caught:
        briefing.summarize(ARTICLE, engine=OpenAI("lies", server.base_url, KEY), unsupported="raise")
    assert caught.value.usage is not None and caught.value.usage.calls == 1
