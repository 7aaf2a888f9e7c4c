"""One call as it arrived: a line of the ledger, and what a fault is told about the request that it answers.

Nothing is parsed before somebody asks for it, so that a benchmark pays for no JSON that it does not read.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Write = Callable[["Call"], str]


@dataclass(eq=False)
class Call:
    """A request, and what became of it."""

    number: int  # from 0, in the order of arrival
    arrived: float  # time.monotonic()
    path: str
    head: bytes  # request line and headers, byte for byte
    raw: bytes  # the body, byte for byte
    port: int  # of the server, for redirects to itself
    write: Write  # who writes the completion

    fault: str = ""  # the name of what was served: "ok" where nothing was wrong
    billed: bool = False  # a completion was produced, whether or not it arrived
    outcome: str = "pending"  # then: sent, gone (the client left first), cut (the server broke off), stopped
    ended: float | None = None  # time.monotonic()
    said: str | None = None  # the completion that was charged

    @cached_property
    def headers(self) -> dict[str, str]:
        """The headers as received, names in lower case."""
        lines = self.head.decode("latin-1").split("\r\n")[1:]
        return {
            name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
        }

    @cached_property
    def body(self) -> dict[str, Any] | None:
        """The body as JSON; None where it is no JSON object."""
        try:
            body = json.loads(self.raw)
        except ValueError:
            return None
        return body if isinstance(body, dict) else None

    @cached_property
    def prompt(self) -> dict[str, Any] | None:
        """What the user message says: its one JSON object; None where it holds none."""
        for message in reversed((self.body or {}).get("messages") or []):
            if isinstance(message, dict) and message.get("role") == "user":
                try:
                    prompt = json.loads(message.get("content") or "")
                except (TypeError, ValueError):
                    return None
                return prompt if isinstance(prompt, dict) else None
        return None

    @property
    def task(self) -> str | None:
        """The task of the prompt: summarize, ask, revise, reduce; None where the prompt names none."""
        return (self.prompt or {}).get("task")

    @property
    def key(self) -> str:
        """The bearer key as received."""
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def format(self) -> str | None:
        """The type of the response format asked for: json_schema, json_object, None."""
        return ((self.body or {}).get("response_format") or {}).get("type")

    @property
    def streams(self) -> bool:
        """Whether a stream is asked for."""
        return (self.body or {}).get("stream") is True

    @cached_property
    def content(self) -> str:
        """What the writer writes to this prompt."""
        return self.write(self)

    @property
    def tokens(self) -> tuple[int, int]:
        """The tokens of prompt and completion that were charged: none unless billed. A fixed reply is not counted."""
        return self.count(self.said) if self.billed and self.said is not None else (0, 0)

    def count(self, content: str) -> tuple[int, int]:
        """Return the tokens of this prompt and of a completion, at four characters a token."""
        return len(self.raw) // 4, len(content) // 4
