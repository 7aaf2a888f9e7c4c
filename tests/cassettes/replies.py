"""What a cassette says that was replied, read without the code that the tests of the engine test."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any, NamedTuple

from briefing.usage import Usage


class Reply(NamedTuple):
    """What a cassette says of one answer: the text of the completion and what it was charged for."""

    text: str
    usage: Usage


def replies(cassette: Any) -> list[Reply]:
    """Return each answer in a cassette."""
    return [reply(response["body"]["string"].decode()) for response in cassette.responses]


def reply(body: str) -> Reply:
    """Return the completion in a body, streamed or not."""
    lines = [line[6:] for line in body.splitlines() if line.startswith("data: {")]
    parts = [json.loads(part) for part in lines or [body]]
    said = [choice.get("delta") or choice.get("message") or {} for part in parts for choice in part["choices"]]
    [used] = [part["usage"] for part in parts if part.get("usage")]
    tokens = {"input_tokens": used["prompt_tokens"], "output_tokens": used["completion_tokens"]}
    return Reply("".join(part.get("content") or "" for part in said), Usage(calls=1, cost=None, **tokens))


def texts(told: object) -> Iterator[str]:
    """Yield every `text` in the JSON of a reply."""
    if isinstance(told, dict):
        yield from (value for key, value in told.items() if key == "text")
        told = list(told.values())
    if isinstance(told, list):
        yield from chain.from_iterable(map(texts, told))
