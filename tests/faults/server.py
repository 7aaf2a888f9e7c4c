"""The server: asyncio on raw bytes, in a thread of its own, with a plan of faults and a ledger of calls.

with FaultServer(["429_retry_after_seconds"]) as server:
    ...  # the first call gets a 429, the others go well
    assert server.faults == ["429_retry_after_seconds", "ok"] and server.billed == 1
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
import threading
import time
from types import TracebackType

from . import wire
from .call import Call, Write
from .fault import OK, End, Fault
from .plan import Plan, choice, find
from .writer import Writer

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER on, for 0 seconds


class FaultServer:
    """A chat-completions server that misbehaves as planned; a context manager.

    `plan` is a fault, a sequence of faults or a function of the call (see `plan.choice`); `delay` seconds pass before
    each reply. With `fixed`, the bytes of a body, all that goes well is answered with it and no prompt is read. One
    that takes the place of a server which has stopped has its `port`.
    """

    def __init__(
        self,
        plan: Plan = None,
        *,
        forever: bool = False,
        delay: float = 0.0,
        writer: Write | None = None,
        fixed: bytes | None = None,
        port: int = 0,
    ) -> None:
        self.delay = delay
        self.port = port
        self.most_in_flight = 0
        self.bugs: list[Exception] = []  # of scripts and plans: raised when the server stops
        self.write = writer or Writer()
        self.fixed = None if fixed is None else wire.reply(fixed)
        self.choose = choice(plan, forever=forever) if plan is not None else None
        self.calls_seen: list[Call] = []
        self.connections: set[Connection] = set()
        self.in_flight = 0
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="fault-server", daemon=True)

    @property
    def base_url(self) -> str:
        """Where the API begins."""
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def ledger(self) -> list[Call]:
        """Every call so far, in the order of arrival."""
        return list(self.calls_seen)

    @property
    def calls(self) -> int:
        """How many calls came."""
        return len(self.calls_seen)

    @property
    def billed(self) -> int:
        """For how many of them a provider would charge."""
        return sum(call.billed for call in self.ledger)

    @property
    def faults(self) -> list[str]:
        """What was served to each."""
        return [call.fault for call in self.ledger]

    def idle(self, timeout: float = 2.0) -> bool:
        """Return whether, within the time, no call is in flight any more."""
        end = time.monotonic() + timeout
        while self.in_flight and time.monotonic() < end:
            time.sleep(0.005)
        return not self.in_flight

    def read_all(self) -> None:
        """Return when all that has arrived by now is read, and in the ledger."""
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.05), self._loop).result(30)

    def __enter__(self) -> FaultServer:
        self._thread.start()
        self._started.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        if self.bugs and kind is None:
            raise self.bugs[0]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await self._loop.create_server(lambda: Connection(self), "127.0.0.1", self.port, backlog=4096)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        server.close()
        await asyncio.sleep(0)  # those accepted this moment become connections
        while self.connections:
            for connection in list(self.connections):
                connection.transport.abort()
            await asyncio.sleep(0)


class Connection(asyncio.Protocol):
    """One kept-alive connection; it answers one call at a time."""

    transport: asyncio.Transport

    def __init__(self, server: FaultServer) -> None:
        self.server = server
        self.buffer = bytearray()
        self.whole = 0  # bytes of the request that is arriving, once its head is here
        self.head = 0
        self.call: Call | None = None
        self.task: asyncio.Task[None] | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.writable: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.server.connections.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.server.connections.discard(self)
        self._end("stopped" if self.server._stop.is_set() else "gone")
        if self.task:
            self.task.cancel()
        if self.timer:
            self.timer.cancel()

    def pause_writing(self) -> None:
        self.writable = self.server._loop.create_future()

    def resume_writing(self) -> None:
        if self.writable and not self.writable.done():
            self.writable.set_result(None)
        self.writable = None

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.call is None:
            self._next()

    def _next(self) -> None:
        """Take the next request from the buffer, where it is whole."""
        if not self.whole:
            at = self.buffer.find(b"\r\n\r\n")
            if at < 0:
                return
            found = _LENGTH.search(self.buffer, 0, at)
            self.head, self.whole = at + 2, at + 4 + (int(found[1]) if found else 0)
        if len(self.buffer) < self.whole:
            return
        head, raw = bytes(self.buffer[: self.head]), bytes(self.buffer[self.head + 2 : self.whole])
        del self.buffer[: self.whole]
        self.whole = 0
        path = head.split(b" ", 2)[1].decode("latin-1")
        server = self.server
        self.call = Call(len(server.calls_seen), time.monotonic(), path, head, raw, server.port, server.write)
        server.calls_seen.append(self.call)
        server.in_flight += 1
        server.most_in_flight = max(server.most_in_flight, server.in_flight)
        if server.fixed and server.choose is None:
            self._answer_fixed()
        else:
            self.task = server._loop.create_task(self._answer(self.call))

    def _answer_fixed(self) -> None:
        if self.server.delay:
            self.timer = self.server._loop.call_later(self.server.delay, self._send_fixed)
        else:
            self._send_fixed()

    def _send_fixed(self) -> None:
        assert self.call and self.server.fixed
        self.call.fault, self.call.billed = "ok", True
        self.transport.write(self.server.fixed)
        self._done()

    async def _answer(self, call: Call) -> None:
        try:
            fault = self._choose(call)
            call.fault = fault.name
            await asyncio.sleep(self.server.delay)
            call.billed = fault.billed
            if fault is OK and self.server.fixed:
                self.transport.write(self.server.fixed)
            else:
                await self._play(fault, call)
        except Exception as bug:
            self.server.bugs.append(bug)
            self.transport.abort()
            return
        if not self.transport.is_closing():
            self._done()

    def _choose(self, call: Call) -> Fault:
        if call.path == "/elsewhere/chat/completions":  # whoever comes here followed a redirect
            return OK
        if not call.path.partition("?")[0].endswith("/chat/completions"):
            return find("404_text")
        fault = find(self.server.choose(call)) if self.server.choose else OK
        return fault if fault.applies(call) else OK

    async def _play(self, fault: Fault, call: Call) -> None:
        for step in fault.script(call):
            if isinstance(step, bytes):
                self.transport.write(step)
                await (self.writable or asyncio.sleep(0))  # others have their turn, the client may leave
            elif isinstance(step, End):
                return self._break(step)
            elif step == float("inf"):
                await self.server._loop.create_future()  # until the client leaves
            else:
                await asyncio.sleep(step)
        return None

    def _break(self, how: End) -> None:
        self._end("cut")
        if how is End.RESET:
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self.transport.abort()
        else:
            self.transport.close()

    def _done(self) -> None:
        """Turn to the next request on the connection."""
        assert self.call
        last = b"connection: close" in self.call.head.lower()
        self._end("sent")
        self.task = self.timer = None
        if last:
            self.transport.close()
        elif self.buffer:
            self._next()

    def _end(self, outcome: str) -> None:
        if self.call:
            self.call.outcome, self.call.ended = outcome, time.monotonic()
            self.call = None
            self.server.in_flight -= 1
