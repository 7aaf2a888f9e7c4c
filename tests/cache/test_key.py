"""What a reply depends on is in its key, so that it is asked for anew; what it does not depend on is not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import briefing
from briefing import Answer, Briefing, Budget, OpenAI, Source, Usage, prompts
from briefing.engines.openai import kept
from briefing.replies import schema
from tests.cache import ARTICLE, QUESTION, article, made
from tests.faults import FaultServer

Change = Callable[[FaultServer, pytest.MonkeyPatch], Briefing | Answer]
OPTIONS: dict[str, Any] = {"parameters": {"temperature": 0.2, "seed": 7}, "max_tokens": 900}


def asked(**change: Any) -> Change:
    """Return what asks for a briefing of the article, with these options of the engine."""
    return lambda server, patch: briefing.summarize(ARTICLE, engine=made(server, **{"model": "m", **OPTIONS, **change}))


def summarized(sources: Any = ARTICLE, **change: Any) -> Change:
    return lambda server, patch: briefing.summarize(sources, engine=made(server, "m", **OPTIONS), **change)


def question(text: str) -> Change:
    return lambda server, patch: briefing.ask(ARTICLE, text, engine=made(server, "m", **OPTIONS))


def elsewhere(server: FaultServer, patch: pytest.MonkeyPatch) -> Briefing:
    other = made(server, "m", base_url=server.base_url.replace("/v1", "/other/v1"), **OPTIONS)
    return briefing.summarize(ARTICLE, engine=other)


def another_key(server: FaultServer, patch: pytest.MonkeyPatch) -> Briefing:
    return briefing.summarize(ARTICLE, engine=OpenAI("m", f"{server.base_url}/", "sk-another", **OPTIONS))


def reworded(server: FaultServer, patch: pytest.MonkeyPatch) -> Briefing | Answer:
    load = prompts.load
    with patch.context() as patched:
        patched.setattr(prompts, "load", lambda name: load(name)._replace(text=load(name).text + " "))
        return asked()(server, patch)


def reshaped(server: FaultServer, patch: pytest.MonkeyPatch) -> Briefing | Answer:
    patch.setattr(kept, "schema", lambda reply: {**schema(reply), "title": "another"})
    return asked()(server, patch)


ANEW: dict[str, Change] = {
    "model": asked(model="n"),
    "path of the address": elsewhere,
    "a parameter": asked(parameters={"temperature": 0.3, "seed": 7}),
    "a parameter left out": asked(parameters={"temperature": 0.2}),
    "a parameter more": asked(parameters={"temperature": 0.2, "seed": 7, "top_p": 1}),
    "a parameter within": asked(parameters={"temperature": 0.2, "seed": 7, "logit_bias": {"5": 1}}),
    "max_tokens": asked(max_tokens=901),
    "no max_tokens": asked(max_tokens=None),
    "language": asked(language="French"),
    "points": summarized(points=4),
    "focus": summarized(focus="the ferry"),
    "text": summarized(ARTICLE.replace("Monday", "Sunday")),
    "a source more": summarized([ARTICLE, article(3)]),
    "title": summarized(Source(ARTICLE, title="A bridge")),
    "task": question(QUESTION),
    "prompt": reworded,
    "schema": reshaped,
}
NOT_ANEW: dict[str, Change] = {
    "nothing": asked(),
    "key and slash": another_key,
    "deadline": asked(deadline=7),
    "budget": asked(budget=Budget(calls=5)),
    "prices": asked(prices=(1, 2)),
    "context": asked(context=8_000),
    "order of parameters": asked(parameters={"seed": 7, "temperature": 0.2}),
    "what becomes of claims": summarized(unsupported="flag"),
    "fallback": summarized(fallback="extractive"),
    "a row": summarized({"text": ARTICLE}),
    "the cache by its name": summarized(cache=True),
}


@pytest.mark.parametrize(("change", "calls"), [(name, 2) for name in ANEW] + [(name, 1) for name in NOT_ANEW])
def test_the_key(change: str, calls: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as server:
        asked()(server, monkeypatch)
        result = (ANEW | NOT_ANEW)[change](server, monkeypatch)
        assert (result.usage.calls, result.usage.cached, server.calls) == (calls - 1, 2 - calls, calls)
        again = (ANEW | NOT_ANEW)[change](server, monkeypatch)
        assert (again.usage, server.calls) == (Usage(cached=1), calls)


def test_another_question_is_asked_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultServer() as server:
        for text in (QUESTION, QUESTION.rstrip("?"), QUESTION):
            question(text)(server, monkeypatch)
        assert server.calls == 2


def test_names_of_parameters_of_several_kinds_are_one_key() -> None:
    """JSON knows only texts as names: the same request is the same key, and none is an error."""
    with FaultServer() as server:
        for bias in ({5: 1, "6": 2}, {"5": 1, 6: 2}):
            briefing.summarize(ARTICLE, engine=made(server, "m", parameters={"logit_bias": bias}))
        assert server.calls == 1
        assert (server.ledger[0].body or {})["logit_bias"] == {"5": 1, "6": 2}
