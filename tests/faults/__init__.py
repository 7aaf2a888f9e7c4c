"""A chat-completions server that fails in every way that real ones do, on raw sockets, with a ledger.

    FaultServer   the server: `with FaultServer(["429", "reset_in_body"]) as server: ... server.base_url`
    FAULTS        every fault by name; `status`, `body`, `says`, `context`, `refuses` make others
    mix           the plan of a bad day: a share of the calls goes wrong
    Writer        who writes the completions, faithfully or with lies

Read in the order `fault.py` (what a fault is), `statuses.py` to `streams.py` (the faults), `plan.py`, `server.py`.
"""

from .call import Call
from .fault import HANG, OK, End, Fault, body, says, speak, status
from .lies import LIES
from .plan import EVERYDAY, FAULTS, mix
from .server import FaultServer
from .statuses import RETRY_AFTER, RETRYABLE, context, refuses
from .writer import REVISIONS, Writer

__all__ = [
    "EVERYDAY",
    "FAULTS",
    "HANG",
    "LIES",
    "OK",
    "RETRYABLE",
    "RETRY_AFTER",
    "REVISIONS",
    "Call",
    "End",
    "Fault",
    "FaultServer",
    "Writer",
    "body",
    "context",
    "mix",
    "refuses",
    "says",
    "speak",
    "status",
]
