"""What a fault is: the script that the server plays to the client.

A script yields bytes to send, seconds to wait, and at last how the connection ends, where it does not live on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from math import inf

from . import wire
from .call import Call


class End(Enum):
    """How a connection ends."""

    CLOSE = "close"  # a FIN: all that was sent arrives, then a clean end
    RESET = "reset"  # an RST


Step = bytes | float | End
Script = Callable[[Call], Iterable[Step]]

HANG = inf


@dataclass(frozen=True)
class Fault:
    """A named script, whether the call it answers is billed, and which calls it is for (the others go well)."""

    name: str
    script: Script
    billed: bool = False
    applies: Callable[[Call], bool] = lambda call: True
    forever: bool = False

    def repeated(self) -> Fault:
        """Return the fault that a plan never gets past."""
        return replace(self, name=f"{self.name}_forever", forever=True)


def table(faults: Iterable[Fault]) -> dict[str, Fault]:
    """Return faults by name."""
    found: dict[str, Fault] = {}
    for fault in faults:
        assert fault.name not in found, fault.name
        found[fault.name] = fault
    return found


def well(call: Call) -> Iterator[Step]:
    """Reply as a server does with which nothing is wrong: streamed when asked for, cut at the length asked for."""
    if call.body is None or not call.body.get("messages"):
        yield wire.reply(wire.error("We could not parse the JSON body of your request."), 400)
        return
    limit = call.body.get("max_completion_tokens") or call.body.get("max_tokens")
    content, finish = call.content, "stop"
    if isinstance(limit, int) and len(content) > 4 * limit:
        content, finish = content[: 4 * limit], "length"
    yield from speak(call, content, finish)


def speak(call: Call, content: str, finish: str = "stop") -> Iterator[Step]:
    """Reply with a completion, streamed when asked for."""
    if not call.streams:
        yield wire.reply(wire.completion(call, content, finish))
        return
    events = (f"data: {data}\n\n".encode() for data in (*wire.deltas(call, content, finish), "[DONE]"))
    yield from wire.chunked(events, wire.EVENTS)


OK = Fault("ok", well, billed=True)


def status(
    code: int,
    body: object = None,
    headers: Mapping[str, str] | Callable[[], Mapping[str, str]] | None = None,
    name: str = "",
    applies: Callable[[Call], bool] = OK.applies,
) -> Fault:
    """Return the fault that answers with a status; without a body, with an error in OpenAI's form."""

    def script(call: Call) -> Iterator[Step]:
        said = wire.error(f"The server answered {code}.", "server_error") if body is None else body
        said = said(call) if callable(said) else said
        yield wire.reply(said, code, headers() if callable(headers) else headers)

    return Fault(name or str(code), script, applies=applies)


def body(name: str, make: Callable[[Call], object], headers: Mapping[str, str] | None = None) -> Fault:
    """Return the fault that answers 200, billed, with a body that is made from the call."""
    return Fault(name, lambda call: [wire.reply(make(call), 200, headers)], billed=True)


def says(name: str, change: Callable[[str], str], finish: str = "stop") -> Fault:
    """Return the fault that changes what the writer wrote, streamed when asked for."""
    return Fault(name, lambda call: speak(call, change(call.content), finish), billed=True)
