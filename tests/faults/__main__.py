"""The server as a process of its own: `python -m tests.faults --delay 0.05 --fixed` prints its port, then serves.

It stops when its parent is gone, on an interrupt or on SIGTERM, and then prints what it counted as one line of JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time

from . import FAULTS, FaultServer, Writer, mix

_PROMPT = {
    "task": "summarize",
    "most_points": 5,
    "sentences": [{"id": f"s{n}", "text": f"The ferry carried {100 + n} people on day {n}."} for n in range(1, 10)],
}


def fixed_body() -> bytes:
    """Return the body of a good reply to summarize, the same for every prompt that has nine sentences."""
    content = Writer().reply(_PROMPT)
    message = {"role": "assistant", "content": content, "refusal": None}
    usage = {"prompt_tokens": 500, "completion_tokens": len(content) // 4, "total_tokens": 500 + len(content) // 4}
    choices = [{"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}]
    reply = {"id": "chatcmpl-0", "object": "chat.completion", "created": 1_764_000_000, "model": "scripted"}
    return json.dumps({**reply, "choices": choices, "usage": usage}).encode()


def main() -> None:
    """Serve until the parent is gone."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds before each reply")
    parser.add_argument("--fixed", action="store_true", help="one reply to all, no prompt read")
    parser.add_argument("--mix", type=float, default=0.0, help="the share of calls that go wrong")
    parser.add_argument("--plan", nargs="*", choices=FAULTS, metavar="FAULT", help="faults of successive calls")
    parser.add_argument("--forever", action="store_true", help="the last fault of the plan stays")
    given = parser.parse_args()
    plan = mix(given.mix) if given.mix else given.plan
    fixed = fixed_body() if given.fixed else None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    parent = os.getppid()
    with FaultServer(plan, forever=given.forever, delay=given.delay, fixed=fixed) as server:
        began = time.process_time()
        print(server.port, flush=True)  # noqa: T201
        try:
            while os.getppid() == parent:
                time.sleep(0.2)
        except (KeyboardInterrupt, SystemExit):
            pass
    counts = {"calls": server.calls, "billed": server.billed, "most_in_flight": server.most_in_flight}
    print(json.dumps({**counts, "cpu_seconds": time.process_time() - began}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
