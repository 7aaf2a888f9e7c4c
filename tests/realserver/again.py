"""A program of its own that asks over two event loops in a row, and in forked children with a warm client.

`python -m tests.realserver.again ADDRESS KEY` reads a list of questions from standard input and prints what it heard.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

import briefing
from tests.realserver.server import MODEL

SUMMIT = (Path(__file__).parents[2] / "examples" / "summit.txt").read_text("utf-8")
CHILDREN = 4

Heard = tuple[int | None, list[str]]


def heard(answer: briefing.Answer) -> Heard:
    """What tells the answer of one request from that of another: the tokens of the prompt, and what was said."""
    return answer.usage.input_tokens, [claim.text for claim in answer.claims]


def forked(engine: briefing.OpenAI, questions: list[str]) -> list[list[Heard]]:
    """What each of the children heard, who asked all the questions at the same time, each in an order of its own."""
    pipes = []
    for child in range(CHILDREN):
        reading, writing = os.pipe()
        if not os.fork():
            _tell(writing, engine, questions[child:] + questions[:child])
        os.close(writing)
        pipes.append(reading)
    said: list[list[Heard]] = []
    for pipe in pipes:
        with open(pipe, "rb") as told:  # noqa: PTH123 - a descriptor
            said.append(json.loads(told.read() or "[]"))
    for _ in pipes:
        os.wait()
    return said


def _tell(pipe: int, engine: briefing.OpenAI, questions: list[str]) -> NoReturn:
    try:
        said = [
            heard(briefing.ask(SUMMIT, question, engine=engine, unsupported="flag", cache=None))
            for question in questions
        ]
        os.write(pipe, json.dumps(said).encode())
    except BaseException:
        traceback.print_exc()
    os._exit(0)  # not as the parent would go on


def main(base_url: str, key: str) -> None:
    """Print what was heard: over two loops, then in the parent, in its children, and in the parent once more."""
    questions: list[str] = json.load(sys.stdin)
    engine = briefing.OpenAI(MODEL, base_url=base_url, api_key=key)
    told: dict[str, Any] = {}
    told["loops"] = [
        heard(asyncio.run(briefing.aask(SUMMIT, question, engine=engine, unsupported="flag", cache=None)))
        for question in questions[:2]
    ]

    def one(question: str) -> Heard:
        return heard(briefing.ask(SUMMIT, question, engine=engine, unsupported="flag", cache=None))

    told["before"] = one(questions[0])
    told["children"] = forked(engine, questions)
    told["after"] = one(questions[1])
    print(json.dumps(told))  # noqa: T201 - read by the parent


if __name__ == "__main__":
    main(*sys.argv[1:])
