"""The real server of the tests is what they take it for: an OpenAI-compatible server and a writer of nonsense.

Nothing of the engine is tested here: the SDK and plain HTTP speak to llama.cpp.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from pydantic import BaseModel, TypeAdapter

from briefing.document import Document
from briefing.draft import Draft, DraftAnswer, DraftRevision
from tests.realserver.model import EXAMPLES
from tests.realserver.server import RealServer

ROOT = Path(__file__).parents[1]
ARTICLES = {path.stem: path.read_text("utf-8") for path in EXAMPLES}
SYSTEM = "Write a briefing as JSON. The sentences are data."


@pytest.fixture
def client(real_server: RealServer) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=real_server.base_url, api_key=real_server.api_key, max_retries=0, timeout=30) as sdk:
        yield sdk


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with no room for keys of the model's own."""
    for part in [schema, *schema.get("$defs", {}).values()]:
        if part.get("type") == "object":
            part["additionalProperties"] = False
    return schema


def form(wire: type[BaseModel]) -> Any:
    schema = {"name": wire.__name__, "strict": True, "schema": closed(wire.model_json_schema())}
    return {"type": "json_schema", "json_schema": schema}


def messages(text: str, **task: object) -> list[Any]:
    sentences = [{"id": sentence.id, "text": sentence.text} for sentence in Document.read(text).sentences]
    asked = json.dumps({"task": "summarize", **task, "sentences": sentences}, ensure_ascii=False)
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": asked}]


def ask(client: openai.OpenAI, text: str, **options: Any) -> Any:
    return client.chat.completions.create(model=RealServer.model, messages=messages(text), **options)


def valid(reply: Any, wire: type[BaseModel]) -> bool:
    """Whether the reply came to its end and has the keys of the schema, no others, and values of its types."""
    assert reply.choices[0].finish_reason == "stop"
    adapter = TypeAdapter(wire)
    found = adapter.validate_json(reply.choices[0].message.content, strict=True)
    return bool(adapter.dump_python(found, mode="json") == json.loads(reply.choices[0].message.content))


@pytest.fixture(scope="module")
def replies(real_server: RealServer) -> dict[str, Any]:
    """The reply to each article, asked for in the shape of a draft."""
    with openai.OpenAI(base_url=real_server.base_url, api_key=real_server.api_key, max_retries=0, timeout=30) as sdk:
        return {name: ask(sdk, text, response_format=form(Draft), max_tokens=3000) for name, text in ARTICLES.items()}


def content(reply: Any) -> str:
    return str(reply.choices[0].message.content)


@pytest.mark.parametrize("article", ARTICLES)
def test_a_reply_has_the_shape_of_a_draft(replies: dict[str, Any], article: str) -> None:
    assert valid(replies[article], Draft)


@pytest.mark.parametrize("wire", [DraftAnswer, DraftRevision])
def test_a_reply_has_the_shape_of_any_schema(client: openai.OpenAI, wire: type[BaseModel]) -> None:
    assert valid(ask(client, ARTICLES["summit"], response_format=form(wire), max_tokens=3000), wire)


def test_the_babble_has_words_of_the_articles_and_ids_that_look_right(replies: dict[str, Any]) -> None:
    drafts = [Draft.model_validate_json(content(reply)) for reply in replies.values()]
    claims = [claim for draft in drafts for claim in (draft.headline, draft.lede, *draft.points, *draft.analysis)]
    assert len({claim.text for claim in claims}) > 10
    told = {sentence.text for text in ARTICLES.values() for sentence in Document.read(text).sentences}
    assert told.isdisjoint(claim.text for claim in claims)
    assert told.isdisjoint(quote.text for draft in drafts for quote in draft.quotes)
    known = set(re.findall(r"\w+", " ".join(ARTICLES.values())))
    words = [word for claim in claims for word in re.findall(r"\w+", claim.text)]
    assert sum(word in known for word in words) / len(words) > 0.9
    ids = [number for claim in claims for number in claim.evidence]
    assert sum(re.fullmatch(r"s[0-9]{1,2}", number) is not None for number in ids) / len(ids) > 0.9


def test_two_articles_get_two_replies_and_one_article_the_same_again(
    client: openai.OpenAI, replies: dict[str, Any]
) -> None:
    assert len(set(map(content, replies.values()))) == len(ARTICLES)
    again = ask(client, ARTICLES["summit"], response_format=form(Draft), max_tokens=3000)
    assert content(again) == content(replies["summit"])


def test_a_json_object_is_one_unless_it_is_cut_off(client: openai.OpenAI) -> None:
    options = {"response_format": {"type": "json_object"}, "max_tokens": 400}
    replies = (
        ask(client, f"{text} {number}", **options).choices[0] for number in range(9) for text in ARTICLES.values()
    )
    ended = next(reply for reply in replies if reply.finish_reason == "stop")
    assert isinstance(json.loads(ended.message.content), dict)


def test_a_stream_says_what_the_reply_says(client: openai.OpenAI, replies: dict[str, Any]) -> None:
    options = {"response_format": form(Draft), "max_tokens": 3000}
    whole = replies["summit"]
    chunks = list(ask(client, ARTICLES["summit"], stream=True, stream_options={"include_usage": True}, **options))
    assert "".join(part.choices[0].delta.content or "" for part in chunks if part.choices) == content(whole)
    assert [part.choices[0].finish_reason for part in chunks if part.choices][-1] == "stop"
    assert chunks[-1].usage.completion_tokens == whole.usage.completion_tokens


@pytest.mark.parametrize("limit", ["max_tokens", "max_completion_tokens"])
def test_a_small_limit_cuts_the_reply_off(client: openai.OpenAI, limit: str) -> None:
    reply = ask(client, ARTICLES["summit"], response_format=form(Draft), **{limit: 20})
    assert reply.choices[0].finish_reason == "length"
    assert reply.usage.completion_tokens == 20


def test_a_wrong_key_is_refused(real_server: RealServer) -> None:
    with (
        openai.OpenAI(base_url=real_server.base_url, api_key="another", max_retries=0) as sdk,
        pytest.raises(openai.AuthenticationError) as caught,
    ):
        ask(sdk, "A text.")
    assert caught.value.status_code == 401
    assert caught.value.body == {"message": "Invalid API Key", "type": "authentication_error", "code": 401}


def test_too_long_a_request_is_refused_with_its_length(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError) as caught:
        ask(client, " ".join(ARTICLES.values()) * 8)
    assert isinstance(caught.value.body, dict)
    body = dict(caught.value.body)
    assert body.pop("n_prompt_tokens") > 4096
    assert re.sub("[0-9]+", "N", body.pop("message")) == (
        "request (N tokens) exceeds the available context size (N tokens), try increasing it"
    )
    assert body == {"code": 400, "type": "exceed_context_size_error", "n_ctx": 4096}


def test_the_tokenizer_is_the_one_that_llama_cpp_runs(real_server: RealServer) -> None:
    from tests.realserver.bpe import encode
    from tests.realserver.model import tokenizer

    text = "\n".join([*ARTICLES.values(), "naïve “x” – 1,234 don't\n\n  日本 🚢 a_b  ", "I'll\t\tgo ."])
    headers = {"authorization": f"Bearer {real_server.api_key}", "content-type": "application/json"}
    url = real_server.base_url.removesuffix("/v1") + "/tokenize"
    request = urllib.request.Request(url, json.dumps({"content": text}).encode(), headers)  # noqa: S310 - our server
    with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 - our own server
        assert json.load(reply)["tokens"] == encode(text, tokenizer())


def test_the_model_is_the_same_file_every_time(real_model: Path, tmp_path: Path) -> None:
    from tests.realserver.model import write_model

    write_model(tmp_path / "again.gguf")
    assert (tmp_path / "again.gguf").read_bytes() == real_model.read_bytes()
    assert real_model.stat().st_size < 4_000_000


def test_a_server_has_the_size_that_was_asked_for_and_ends_with_its_block(real_model: Path) -> None:
    with (
        RealServer(real_model, context=256, parallel=1, api_key="k") as server,
        openai.OpenAI(base_url=server.base_url, api_key="k", max_retries=0) as sdk,
    ):
        with pytest.raises(openai.BadRequestError, match="256 tokens"):
            ask(sdk, ARTICLES["summit"])
        assert ask(sdk, "The ship sank.", max_tokens=2).choices[0].finish_reason == "length"
    with (
        openai.OpenAI(base_url=server.base_url, api_key="k", max_retries=0) as sdk,
        pytest.raises(openai.APIConnectionError),
    ):
        ask(sdk, "The ship sank.")


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)did not start:\n.*absent\.gguf"), RealServer(tmp_path / "absent.gguf"):
        pass


def test_the_server_ends_when_the_tests_are_gone(real_model: Path) -> None:
    command = [sys.executable, "-m", "tests.realserver.server", str(real_model), "512", "1", "k"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("http://127.0.0.1:")
            assert process.stdin is not None
            process.stdin.close()
            assert process.wait(timeout=10) == 0
        finally:
            process.kill()
