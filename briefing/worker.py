"""The other end of `briefing.pool`: one process that does extractive work, asked and answering in lines of JSON."""

from __future__ import annotations

import json
import os
import signal
import socket
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from queue import SimpleQueue
from threading import Thread
from typing import Any

from pydantic import BaseModel

from . import errors
from .api import ask, summarize
from .engines.extractive import Extractive
from .errors import BriefingError, EngineError
from .report import Report
from .results import Answer, Briefing
from .source import Source
from .usage import Usage


class Problem(BaseModel):
    """An error as JSON: its type and what it is made of; of one that is not ours, which may quote, the type alone."""

    type: str
    args: tuple[Any, ...] = ()
    report: Report | None = None
    usage: Usage | None = None

    @classmethod
    def of(cls, error: BriefingError) -> Problem:
        """Return an error in this form."""
        report, usage = getattr(error, "report", None), getattr(error, "usage", None)
        return cls(type=type(error).__name__, args=error.args, report=report, usage=usage)

    def error(self) -> BriefingError:
        """Return the error that this was made of; an EngineError that tells the type where it was not one of ours."""
        kind = getattr(errors, self.type, None)
        if not (isinstance(kind, type) and issubclass(kind, BriefingError)):
            return EngineError(
                f"the extractive engine failed on it with {self.type}, a fault of this library: report it with the "
                "article and the traceback, which is on stderr."
            )
        error = kind(*self.args)
        carried = {"report": self.report, "usage": self.usage}
        vars(error).update({name: value for name, value in carried.items() if value is not None})
        return error


class Reply(BaseModel):
    """What a line answers: a briefing, an answer, or what went wrong."""

    briefing: Briefing | None = None
    answer: Answer | None = None
    problem: Problem | None = None


def request(task: str, sources: Sequence[Source], options: Mapping[str, object]) -> bytes:
    r"""Return a request as a line; raises TypeError when there is something in it that JSON cannot hold.

    It is plain ASCII, so that lone surrogates pass, too.

    >>> request("ask", [Source("It rained\ud800.")], {"question": "Did it rain?"})[:36]
    b'["ask", [{"text": "It rained\\ud800."'
    """
    return json.dumps([task, [asdict(source) for source in sources], dict(options)]).encode() + b"\n"


def reply(line: bytes) -> bytes:
    """Return the answer to a request, as a line; whatever is raised is in it."""
    try:
        try:
            answered = _answered(*json.loads(line))
        except BriefingError as error:
            answered = Reply(problem=Problem.of(error))
        return _line(answered)
    except Exception as error:  # a fault of ours: the work must go on, the traceback must not be lost
        traceback.print_exc()
        return _line(Reply(problem=Problem(type=type(error).__name__)))


def _answered(task: str, sources: list[dict[str, Any]], options: dict[str, Any]) -> Reply:
    given = [Source(**row) for row in sources]
    if task == "ask":
        return Reply(answer=ask(given, engine=Extractive(), **options))
    return Reply(briefing=summarize(given, engine=Extractive(), **options))


def _line(answered: Reply) -> bytes:
    return answered.model_dump_json().encode() + b"\n"


def main(descriptor: int) -> None:
    """Answer one line after another on this socket, until nobody is at its other end; then the process is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the parent to decide on
    channel, requests = socket.socket(fileno=descriptor), SimpleQueue[bytes]()
    Thread(target=_read, args=(channel, requests), daemon=True).start()
    while True:
        line = reply(requests.get())
        with suppress(OSError):  # nobody is there: the thread that reads sees that, too
            channel.sendall(line)


def _read(channel: socket.socket, requests: SimpleQueue[bytes]) -> None:
    """Pass on each line that comes; at the end of them, end the process, in the middle of an article as well."""
    try:
        with channel.makefile("rb") as lines:
            while (line := lines.readline()).endswith(b"\n"):  # half a line is one whose sender is gone
                requests.put(line)
    finally:
        os._exit(0)
