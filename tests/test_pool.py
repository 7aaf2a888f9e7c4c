"""Extractive work in processes: results and errors as in this process, and what becomes of processes that end."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import briefing
from briefing import (
    Answer,
    BadReply,
    Briefing,
    BriefingError,
    ConfigError,
    EngineError,
    InputError,
    Report,
    Source,
    UnsupportedClaims,
    Usage,
    loop,
)
from briefing.pool import Pool, Task
from briefing.worker import Problem, Reply, reply, request

BRIDGE = Source("The council approved the bridge on Monday. It will cost $4 million. “We are glad,” said Ann Lee.")
FERRY = Source("The ferry sank on Tuesday [1]. All 40 passengers were saved [1, 2]. The captain was questioned.")
LONG = Source(
    "\n".join(f"On day {n} the ferry of town {n * 7} carried {n * 3} people over strait {n}." for n in range(3000))
)
REPORT = Report(claims=(), checks={"figures": "1"}, notes=("one",))


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    loop.run(pool.aclose())


def in_process(task: Task, sources: Sequence[Source], options: Mapping[str, Any]) -> Briefing | Answer:
    verb: Callable[..., Briefing | Answer] = briefing.ask if task == "ask" else briefing.summarize
    return verb(list(sources), engine=briefing.Extractive(), **options)


def pids(pool: Pool) -> set[int]:
    return {worker.process.pid for worker in (*pool._free, *pool._busy)}


def gone(pid: int) -> bool:
    """Whether there is no such process, not even one that nobody has waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def vanish(pids: Iterable[int]) -> bool:
    """Whether all of them go, in a generous time: what nobody ended sees the end of its socket."""
    left, end = set(pids), time.monotonic() + 60
    while left and time.monotonic() < end:
        left = {pid for pid in left if not gone(pid)}
        time.sleep(0.02)
    return not left


async def at_work(pool: Pool, number: int = 1) -> None:
    while len(pool._busy) < number:
        await asyncio.sleep(0.01)


# What comes back

WORK: dict[str, tuple[Task, list[Source], dict[str, Any]]] = {
    "one article": ("summarize", [BRIDGE], {}),
    "all that a source has": (
        "summarize",
        [Source(BRIDGE.text, "Bridge [1] approved", "https://news.example/a?b=1", "2026-03-04")],
        {"points": 1},
    ),
    "several sources": ("summarize", [BRIDGE, FERRY, Source("The bridge will cost $5 million, a paper says.")], {}),
    "markers, a focus, flagged": ("summarize", [FERRY], {"focus": "captain", "unsupported": "flag", "points": 2}),
    "a focus on nothing there": ("summarize", [FERRY], {"focus": "tennis", "fallback": None}),
    "Spanish": ("summarize", [Source("El alcalde dimitió el lunes. «No hay dinero», dijo. Costará 4,5 millones.")], {}),
    "Japanese": ("summarize", [Source("首相は月曜日に辞任した。後任は未定である。「残念だ」と述べた。")], {}),
    "Arabic": ("summarize", [Source("وافق المجلس على الجسر يوم الاثنين. سيكلف ٤ ملايين دولار.")], {}),
    "lone surrogates": (
        "summarize",
        [Source("The \ud800 bridge opened. It cost \udfff $4 million.", "A \udc80 title")],
        {},
    ),
    "characters that end lines": ("summarize", [Source("It rained.\x1c\x85\u2028It\0 snowed.\r\n\x0bIt froze.")], {}),
    "beyond 16 bits": ("summarize", [Source("The 🚢 sailed on Monday. 𝔄ll were saved.")], {}),
    "a question answered": ("ask", [BRIDGE], {"question": "How much will the bridge cost?"}),
    "a question that nothing answers": ("ask", [BRIDGE, FERRY], {"question": "Who won the tennis match?"}),
    "a question with a lone surrogate": ("ask", [FERRY], {"question": "Who sank \ud83d?", "unsupported": "drop"}),
}


@pytest.mark.parametrize(("task", "sources", "options"), WORK.values(), ids=WORK.keys())
def test_results_are_those_of_this_process(
    pool: Pool, task: Task, sources: list[Source], options: dict[str, Any]
) -> None:
    result = loop.run(pool.run(task, sources, options))
    assert result == in_process(task, sources, options)
    assert type(result) is (Answer if task == "ask" else Briefing)


def test_the_table_has_an_answer_of_either_kind() -> None:
    statuses = {in_process(*row).status for row in WORK.values() if row[0] == "ask"}  # type: ignore[union-attr]
    assert "not_in_sources" in statuses
    assert len(statuses) > 1


WRONG: dict[str, tuple[Task, list[Any], dict[str, Any]]] = {
    "an empty text": ("summarize", [Source(" \n")], {}),
    "the second is empty": ("ask", [BRIDGE, Source("")], {"question": "Who?"}),
    "no sources": ("summarize", [], {}),
    "only an address": ("summarize", [Source("https://news.example/a")], {}),
    "too long": ("summarize", [Source("a" * 4_000_001)], {}),
    "bytes": ("summarize", [BRIDGE, Source(b"It rained.")], {}),  # type: ignore[arg-type]
    "a title of a wrong type": ("summarize", [Source("It rained.", title=object())], {}),  # type: ignore[arg-type]
    "no number of points": ("summarize", [BRIDGE], {"points": "five"}),
    "a fraction of points": ("summarize", [BRIDGE], {"points": 2.5}),
    "a question without words": ("ask", [BRIDGE], {"question": "?"}),
    "no such mode": ("ask", [BRIDGE], {"question": "Who?", "unsupported": "ignore \ud800"}),
}


@pytest.mark.parametrize(("task", "sources", "options"), WRONG.values(), ids=WRONG.keys())
def test_errors_are_those_of_this_process(pool: Pool, task: Task, sources: list[Any], options: dict[str, Any]) -> None:
    with pytest.raises(InputError) as here:
        in_process(task, sources, options)
    with pytest.raises(InputError) as there:
        loop.run(pool.run(task, sources, options))
    assert (type(there.value), str(there.value)) == (type(here.value), str(here.value))


def test_an_option_that_json_cannot_hold(pool: Pool) -> None:
    with pytest.raises(InputError, match=r"^focus: give text or a number"):
        loop.run(pool.run("summarize", [BRIDGE], {"points": 3, "focus": object()}))


def test_a_fault_of_ours_is_told_and_its_traceback_kept(capfd: pytest.CaptureFixture[str]) -> None:
    async def work() -> Briefing | Answer:
        async with Pool(1) as pool:
            with pytest.raises(EngineError, match="with TypeError, a fault of this library") as caught:
                await pool.run("summarize", [BRIDGE], {"nonsense": 1})
            assert "nonsense" not in str(caught.value)
            return await pool.run("summarize", [BRIDGE], {})

    assert asyncio.run(work()) == in_process("summarize", [BRIDGE], {})
    assert "nonsense" in capfd.readouterr().err


ERRORS: list[BriefingError] = [
    InputError("x"),
    ConfigError("x"),
    EngineError("x"),
    UnsupportedClaims("x", REPORT),
    BadReply("x", "ungrounded", REPORT),
    briefing.BudgetExceeded("x"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("usage", [None, Usage(calls=2)], ids=["", "usage"])
def test_errors_as_json(error: BriefingError, usage: Usage | None) -> None:
    if usage:
        vars(error)["usage"] = usage
    copy = Problem.model_validate_json(Problem.of(error).model_dump_json()).error()
    assert type(copy) is type(error)
    assert (str(copy), copy.retryable) == (str(error), error.retryable)
    assert [getattr(copy, name, None) for name in ("report", "usage")] == [getattr(error, "report", None), usage]


@pytest.mark.parametrize("name", ["KeyError", "Literal", "annotations", "__doc__", "no such name", "Exception"])
def test_only_our_own_errors_are_made(name: str) -> None:
    error = Problem(type=name, args=("rm",)).error()
    assert type(error) is EngineError
    assert name in str(error)


@pytest.mark.parametrize(("task", "sources", "options"), [WORK["one article"], WORK["a question answered"]])
def test_a_line_answers_a_line(task: Task, sources: list[Source], options: dict[str, Any]) -> None:
    line = reply(request(task, sources, options))
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    answered = Reply.model_validate_json(line)
    assert (answered.answer or answered.briefing) == in_process(task, sources, options)


def test_a_line_answers_whatever_comes(capsys: pytest.CaptureFixture[str]) -> None:
    problem = Reply.model_validate_json(reply(b"no json\n")).problem
    assert problem
    assert problem.type == "JSONDecodeError"
    assert "Traceback" in capsys.readouterr().err
    problem = Reply.model_validate_json(reply(request("summarize", [Source("")], {}))).problem
    assert problem
    assert problem.type == "InputError"


# Who works, and when


def test_processes_start_as_work_comes_and_stay() -> None:
    async def work() -> None:
        async with Pool(2) as pool:
            assert pids(pool) == set()
            await pool.run("summarize", [BRIDGE], {})
            await pool.run("summarize", [FERRY], {})
            first = pids(pool)
            assert len(first) == 1
            results = await asyncio.gather(*(pool.run("summarize", [BRIDGE], {"points": n}) for n in range(7)))
            assert results == [in_process("summarize", [BRIDGE], {"points": n}) for n in range(7)]
            assert len(pids(pool)) == 2
            assert first < pids(pool)
            left = pids(pool)
        assert pids(pool) == set()
        assert all(map(gone, left))

    asyncio.run(work())


def test_who_comes_first_is_served_first() -> None:
    done: list[int] = []

    async def one(pool: Pool, number: int) -> None:
        await pool.run("summarize", [LONG if number == 0 else BRIDGE], {})
        done.append(number)

    async def work() -> None:
        async with Pool(1) as pool:
            await asyncio.gather(*(one(pool, number) for number in range(6)))

    asyncio.run(work())
    assert done == [*range(6)]


# Processes that end


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV], ids=lambda number: number.name)
def test_an_article_is_tried_in_a_second_process_and_then_fails_alone(number: signal.Signals) -> None:
    async def kill(pool: Pool, seen: set[int], task: asyncio.Task[Any]) -> None:
        while not (new := {worker.process.pid for worker in pool._busy} - seen):
            assert not task.done()
            await asyncio.sleep(0.01)
        seen |= new
        os.kill(new.pop(), number)

    async def work() -> None:
        async with Pool(2) as pool:
            other = asyncio.create_task(pool.run("summarize", [LONG], {}))
            await at_work(pool)
            seen = pids(pool)
            once = asyncio.create_task(pool.run("summarize", [BRIDGE], {}))
            await kill(pool, seen, once)
            assert await once == in_process("summarize", [BRIDGE], {})
            seen |= pids(pool)
            while pool._free:  # so that a new one takes the next
                pool._free.pop().end()
            twice = asyncio.create_task(pool.run("summarize", [BRIDGE], {}))
            await kill(pool, seen, twice)
            await kill(pool, seen, twice)
            with pytest.raises(EngineError, match=rf"ended \(signal {number.value}\), and so did a second") as caught:
                await twice
            assert not caught.value.fatal
            assert await pool.run("summarize", [FERRY], {}) == in_process("summarize", [FERRY], {})
            assert isinstance(await other, Briefing)
        assert all(map(gone, seen))

    asyncio.run(work())


def test_a_process_that_ended_while_it_had_no_work_costs_nothing() -> None:
    async def work() -> None:
        async with Pool(1) as pool:
            await pool.run("summarize", [BRIDGE], {})
            (pid,) = pids(pool)
            os.kill(pid, signal.SIGKILL)
            assert await pool.run("summarize", [FERRY], {}) == in_process("summarize", [FERRY], {})
            assert pids(pool) != {pid}

    asyncio.run(work())


def test_an_interrupt_is_not_for_the_processes() -> None:
    async def work() -> None:
        async with Pool(1) as pool:
            await pool.run("summarize", [BRIDGE], {})
            (pid,) = pids(pool)
            assert os.getpgid(pid) != os.getpgid(0)
            task = asyncio.create_task(pool.run("summarize", [LONG], {}))
            await at_work(pool)
            os.kill(pid, signal.SIGINT)
            assert isinstance(await task, Briefing)
            assert pids(pool) == {pid}

    asyncio.run(work())


def test_cancelled_work_ends_its_process_and_no_other() -> None:
    async def work() -> None:
        async with Pool(2) as pool:
            tasks = [asyncio.create_task(pool.run("summarize", [LONG], {"points": n})) for n in range(3)]
            await at_work(pool, 2)
            await asyncio.sleep(0.1)
            before = pids(pool)
            tasks[0].cancel()
            with pytest.raises(asyncio.CancelledError):
                await tasks[0]
            assert [gone(pid) for pid in before].count(True) == 1
            assert all(isinstance(result, Briefing) for result in await asyncio.gather(*tasks[1:]))

    asyncio.run(work())


def test_closing_cancels_what_runs_and_what_waits() -> None:
    async def work() -> None:
        pool = Pool(2)
        tasks = [asyncio.create_task(pool.run("summarize", [LONG], {"points": n})) for n in range(5)]
        await at_work(pool, 2)
        before = pids(pool)
        await pool.aclose()
        assert all(map(gone, before))
        assert all(
            isinstance(result, asyncio.CancelledError)
            for result in await asyncio.gather(*tasks, return_exceptions=True)
        )
        await pool.aclose()
        with pytest.raises(asyncio.CancelledError, match="closed"):
            await pool.run("summarize", [BRIDGE], {})

    asyncio.run(work())


# Where none can start


@pytest.mark.parametrize(
    ("executable", "frozen", "told"),
    [
        ("/nonexistent/python", False, "no further process could be started"),
        ("", False, "no Python interpreter"),
        (sys.executable, True, "no Python interpreter"),
        ("/bin/false", False, r"exit status 1.*stderr"),
    ],
    ids=["missing", "none", "frozen", "ends at once"],
)
def test_no_process_can_start(monkeypatch: pytest.MonkeyPatch, executable: str, frozen: bool, told: str) -> None:
    monkeypatch.setattr(sys, "executable", executable)
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)

    async def work() -> None:
        async with Pool(1) as pool:
            with pytest.raises(ConfigError, match=f"{told}.*: .*worker"):
                await pool.run("summarize", [BRIDGE], {})

    asyncio.run(work())


# The end of the process that has the pool. None of these scripts has a guard around its work.

SCRIPT = """
import asyncio, logging, os, signal, sys, threading, time
from briefing import loop, Source, Extractive, summarize
from briefing.pool import Pool

logging.getLogger("asyncio").setLevel(logging.ERROR)  # it warns of what takes 0.1 s, as it does on a busy machine
print("begin", flush=True)
article = Source("The council approved the bridge on Monday. It will cost $4 million.")
long = Source("\\n".join(f"On day {n} the ferry of town {n * 7} carried {n * 3} people." for n in range(40000)))
pool = Pool(2)

async def short():
    return await pool.run("summarize", [article], {})

async def hard():
    return await pool.run("summarize", [long], {})

async def several():
    running = asyncio.create_task(hard())
    try:
        yield await short()
        yield await running
    finally:
        running.cancel()

def show():
    print(*(worker.process.pid for worker in (*pool._free, *pool._busy)), flush=True)

def amid(call):
    def wait():
        while not pool._busy:
            time.sleep(0.01)
        time.sleep(0.3)
        show()
        call()
    threading.Thread(target=wait, daemon=True).start()

"""
ENDS = {
    "closed": (
        "assert loop.run(short()) == summarize(article, engine=Extractive()); show(); loop.run(pool.aclose())",
        0,
    ),
    "closed, on a loop of its own": (
        "async def main():\n async with pool: await short(); show()\nasyncio.run(main())",
        0,
    ),
    "not closed": ("loop.run(short()); show()", 0),
    "left at work": ("results = loop.iterate(several()); next(results); show(); sys.exit(7)", 7),
    "interrupted": (
        "amid(lambda: os.killpg(0, signal.SIGINT))\ntry: loop.run(hard())\nexcept KeyboardInterrupt: pass",
        0,
    ),
    "killed": ("amid(lambda: os.kill(os.getpid(), signal.SIGKILL)); loop.run(hard())", -9),
}


def ended(tmp_path: Path, code: str, status: int = 0) -> list[str]:
    """Return what a script printed that ended with this status and said nothing else."""
    script = tmp_path / "script.py"
    script.write_text(SCRIPT + code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", str(script)],
        capture_output=True,
        text=True,
        timeout=120,
        process_group=0,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert (done.stderr, done.returncode) == ("", status)
    return done.stdout.splitlines()


@pytest.mark.parametrize(("code", "status"), ENDS.values(), ids=ENDS.keys())
def test_nothing_is_left_and_nothing_said_when_the_process_ends(tmp_path: Path, code: str, status: int) -> None:
    began, workers = ended(tmp_path, code, status)
    assert (began, bool(workers)) == ("begin", True)
    assert vanish(map(int, workers.split()))


# Where no further one can start: no file can be opened any more, and each takes some

LIMITED = """
import resource
pool = Pool(3)
medium = Source(long.text[:150_000])

def limit():
    lowest = os.dup(0)
    os.close(lowest)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))

def started(source, number=1):
    return [asyncio.create_task(pool.run("summarize", [source], {})) for _ in range(number)]

async def at_work():
    while not pool._busy:
        await asyncio.sleep(0)

def kill(workers):
    for worker in workers:
        os.kill(worker.process.pid, signal.SIGKILL)
        os.waitid(os.P_PID, worker.process.pid, os.WEXITED | os.WNOWAIT)  # else it depends on who is faster

async def main():
%s
    await asyncio.gather(*started(article, 5))
    print(len(pool._free), pool._workers)
    await pool.aclose()

asyncio.run(main())
"""
MAKES_DO = {
    "one was of use": "await short(); limit(); await asyncio.gather(*started(article, 6))",
    "one works": "first = started(medium); await at_work(); limit(); await asyncio.gather(*first, short())",
    "one of two is killed": """await asyncio.gather(*started(article, 2)); limit()
    first = started(medium); await at_work(); kill(pool._busy); await asyncio.gather(*first)""",
    "who waits is cancelled": """first = started(medium); await at_work(); limit()
    other, = started(article); await asyncio.sleep(0); other.cancel()
    await asyncio.wait([other]); assert other.cancelled(); await first[0]""",
}
FAILS = {
    "none was of use": ("limit()", "ConfigError"),
    "the only one is killed": ("await short(); limit(); kill(pool._free)", "EngineError"),
    "both are killed": ("await asyncio.gather(*started(article, 2)); limit(); kill(pool._free)", "EngineError"),
}


@pytest.mark.parametrize("code", MAKES_DO.values(), ids=MAKES_DO.keys())
def test_where_no_further_one_can_start_those_that_live_do_all(tmp_path: Path, code: str) -> None:
    assert ended(tmp_path, LIMITED % f"    {code}") == ["begin", "1 1"]


@pytest.mark.parametrize(("code", "kind"), FAILS.values(), ids=FAILS.keys())
def test_where_none_lives_and_none_can_start_that_is_told(tmp_path: Path, code: str, kind: str) -> None:
    tried = "for task in started(article, 4):\n        try: await task"
    caught = "except Exception as error: print(type(error).__name__, str(error).partition(' (')[0])"
    end = "await pool.aclose(); return"
    told = ended(tmp_path, LIMITED % f"    {code}\n    {tried}\n        {caught}\n    {end}")
    assert told == ["begin", *[f"{kind} no further process could be started"] * 4]


def test_closing_does_not_wait_for_who_waits_for_another(tmp_path: Path) -> None:
    code = "tasks = started(long); await at_work(); limit(); tasks += started(article, 5); await asyncio.sleep(0.1)"
    end = "await pool.aclose(); await asyncio.wait(tasks); print([task.cancelled() for task in tasks]); return"
    assert ended(tmp_path, LIMITED % f"    {code}\n    {end}") == ["begin", str([True] * 6)]
