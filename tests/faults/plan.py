"""Which fault answers which call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import blake2b
from random import Random

from . import bodies, breaks, contents, statuses, streams
from .call import Call
from .fault import OK, Fault

#: Every fault by name.
FAULTS: dict[str, Fault] = {
    **statuses.FAULTS,
    **breaks.FAULTS,
    **bodies.FAULTS,
    **contents.FAULTS,
    **streams.FAULTS,
}

Choose = Callable[[Call], Fault | str]
Plan = Fault | str | Sequence[Fault | str] | Choose | None

#: What goes wrong on an ordinary bad day and soon goes well again: nothing here keeps a client waiting.
EVERYDAY = ("429", "500", "502_html", "503", "529", "reset", "closed", "reset_in_body", "body_truncated", "body_empty")


def choice(plan: Plan, *, forever: bool = False) -> Choose:
    """Return what chooses the fault for each call.

    A sequence serves successive calls, then all goes well; with `forever` its last fault is served from then on. A
    fault that is for ever itself is never got past; where it does not apply to a call, the call goes well.
    """
    if callable(plan):
        return plan
    listed = [plan] if isinstance(plan, Fault | str) else list(plan or [])
    faults = [find(fault) for fault in listed]
    position = 0

    def choose(call: Call) -> Fault:
        nonlocal position
        if position >= len(faults):
            return OK
        fault = faults[position]
        if not fault.forever and not (forever and position == len(faults) - 1):
            position += 1
        return fault

    return choose


def find(fault: Fault | str) -> Fault:
    """Return the fault of that name."""
    return fault if isinstance(fault, Fault) else FAULTS[fault]


def mix(share: float, *, seed: int = 7, faults: Sequence[Fault | str] = EVERYDAY) -> Choose:
    """Return the plan that answers this share of the calls with a fault, drawn by what is asked and how often before.

    So a run draws the same faults in whatever order its calls arrive.
    """
    known = [find(fault) for fault in faults]
    times: Counter[bytes] = Counter()

    def choose(call: Call) -> Fault:
        asked = blake2b(call.raw, digest_size=16).digest()
        times[asked] += 1
        draw = Random(f"{seed} {asked.hex()} {times[asked]}")  # noqa: S311 - a repeatable draw, no secret
        return draw.choice(known) if draw.random() < share else OK

    return choose
