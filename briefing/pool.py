"""Extractive work on all cores: processes of our own, each at the end of a socket, asked and answering in JSON.

Python's own pools do not serve a library. Processes that they spawn import the caller's main module, which then runs
again when it has no guard; those that they fork from a process with threads may hang; and one that dies takes the whole
pool with it. Here a process starts as a fresh interpreter that imports `briefing.worker` and nothing of the caller's,
nothing is pickled, and one that dies costs at most the article that it worked on.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Literal
from weakref import finalize

from .errors import BriefingError, ConfigError, EngineError, InputError
from .results import Answer, Briefing
from .source import Source, as_source, name_of
from .worker import Reply, request

Task = Literal["summarize", "ask"]

_START = "import sys; sys.path[:] = sys.argv[2:]; from briefing.worker import main; main(int(sys.argv[1]))"
_PART = 1 << 18  # bytes read at once


class Pool:
    """At most so many processes that summarize and answer with the extractive engine.

    They start as work comes and stay until the pool is closed; without that they end with the process that has it. All
    is called on one event loop, in whatever thread.
    """

    def __init__(self, workers: int) -> None:
        self._turns, self._workers = asyncio.Semaphore(workers), workers
        self._free: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._closed = self._proven = False

    async def run(self, task: Task, sources: Sequence[Source], options: Mapping[str, object]) -> Briefing | Answer:
        """Return what `summarize` or `ask` returns with these keyword arguments; who comes first is served first.

        Raises what they raise; EngineError when two processes in turn ended over these sources, ConfigError when none
        can be started. Cancelled, it ends the process that was at work; in a pool that is closed it is cancelled.
        """
        line = _line(task, sources, options)
        async with self._turns:
            try:
                answer = await self._asked(line)
            except EngineError:  # the article may be innocent: whose memory runs out is not always who took it
                answer = await self._asked(line, fresh=True)
        await asyncio.sleep(0)  # the process that is free gets its next article before this one's result is read
        reply = Reply.model_validate_json(answer)
        if result := reply.briefing or reply.answer:
            return result
        assert reply.problem  # noqa: S101 - one of the three is there
        raise reply.problem.error()

    async def _asked(self, line: bytes, *, fresh: bool = False) -> bytes:
        worker = await self._worker(fresh=fresh)
        self._busy.add(worker)
        try:
            answer = await worker.asked(line)
            if not answer:
                raise self._ended(worker)
        except BaseException:
            worker.end()
            raise
        finally:
            self._busy.remove(worker)
        self._free.append(worker)
        self._proven = True
        return answer

    async def _worker(self, *, fresh: bool) -> _Worker:
        """Return a worker that is free, or a new one; where none can be started, one of those that live must do."""
        while not self._closed:
            while self._free and not fresh:
                worker = self._free.pop()
                if worker.process.poll() is None:
                    return worker
                worker.end()  # it died while nothing was asked of it: no article is told of that
            if not sys.executable or getattr(sys, "frozen", False):  # a frozen program would start itself again
                raise ConfigError("this program has no Python interpreter to start processes with: use one worker.")
            try:
                return _Worker()
            except OSError as error:
                if not (self._free or self._busy):
                    told = f"no further process could be started ({error.strerror}): use fewer workers."
                    raise self._failure(told) from None
            await self._give_up_a_place()
            fresh = False
        raise asyncio.CancelledError("the pool is closed")

    async def _give_up_a_place(self) -> None:
        """Return when another has ended its turn: who calls has two then, and gives one back."""
        await self._turns.acquire()
        if self._closed:  # which waits for all of them
            self._turns.release()
        else:
            self._workers -= 1

    def _ended(self, worker: _Worker) -> BaseException:
        """Return what to raise for a worker that is gone."""
        worker.end()
        if self._closed:
            return asyncio.CancelledError("the pool was closed")
        status = worker.process.returncode
        if status > 0:  # no article does that
            told = f"a worker process ended at once (exit status {status}), and says why on stderr: mend that, or use "
            return self._failure(f"{told}one worker.")
        return EngineError(
            f"the process that worked on it ended (signal {-status}), and so did a second one: if memory ran out, use "
            "fewer workers or shorter sources; if not, report it with the article."
        )

    def _failure(self, told: str) -> BriefingError:
        return EngineError(told) if self._proven else ConfigError(told)

    async def aclose(self) -> None:
        """Return when no process is left; what still runs is cancelled."""
        self._closed = True
        for worker in self._busy:
            worker.process.kill()  # whoever waits for its answer sees that and ends it
        async with AsyncExitStack() as turns:
            for _ in range(self._workers):
                await turns.enter_async_context(self._turns)
            while self._free:
                self._free.pop().end()

    async def __aenter__(self) -> Pool:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        await self.aclose()


class _Worker:
    """One process, and our end of the socket to it. `end` ends it, is safe to call again, and runs at exit at last."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        self._channel.setblocking(False)
        descriptor = theirs.fileno()
        command = [sys.executable, "-c", _START, str(descriptor), *(path for path in sys.path if isinstance(path, str))]
        try:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[descriptor],
                process_group=0,  # an interrupt from the keyboard goes to the caller's group
                env={"OMP_NUM_THREADS": "1", **os.environ},  # each has a core: no threads of numpy's beside it
            )
        except OSError:
            self._channel.close()
            raise
        finally:
            theirs.close()
        self.end = finalize(self, _end, self.process, self._channel)

    async def asked(self, line: bytes) -> bytes:
        """Return the line that answers this one; nothing when the process is gone."""
        loop, answer = asyncio.get_running_loop(), bytearray()
        try:
            await loop.sock_sendall(self._channel, line)
            while not answer.endswith(b"\n"):  # nothing follows it: it answers one line at a time
                part = await loop.sock_recv(self._channel, _PART)
                if not part:
                    return b""
                answer += part
        except OSError:
            return b""
        return bytes(answer)


def _end(process: subprocess.Popen[bytes], channel: socket.socket) -> None:
    process.kill()
    process.wait()
    channel.close()


def _line(task: Task, sources: Sequence[Source], options: Mapping[str, object]) -> bytes:
    """Return a request; raises InputError where it holds what is of a wrong type."""
    try:
        return request(task, sources, options)
    except (TypeError, ValueError):
        for number, source in enumerate(sources, start=1):
            as_source(source, name_of(number, len(sources)))
        wrong = [name for name, value in options.items() if not isinstance(value, str | int | None)]
        raise InputError(f"{', '.join(wrong)}: give text or a number.") from None
