"""The bar of a batch: what it tells, where it is shown, and that nothing depends on it."""

from __future__ import annotations

import gc
import io
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from briefing import Failure, InputError, Usage, batch
from briefing.flow import Result
from briefing.progress import Tally
from tests.batch.engines import Writes, article, model, numbers, one
from tests.faults import FaultServer

WRITTEN = one(batch([article(0)], engine=Writes()))


def used(usage: Usage) -> Result:
    return WRITTEN.model_copy(update={"usage": usage})


FAILED = Failure(id="1", error=InputError("x"), usage=Usage(calls=1, input_tokens=10, output_tokens=0))
TOLD: dict[str, tuple[list[Result], list[str]]] = {
    "nothing": ([], []),
    "offline": ([used(Usage())], []),
    "failed": ([FAILED, FAILED], ["2 failed", "tokens 20", "cost 0.0000"]),
    "from the cache": ([used(Usage(cached=2)), used(Usage(cached=1))], ["2 from the cache"]),
    "partly from the cache": (
        [used(Usage(cached=1, calls=1, input_tokens=900, output_tokens=100, cost=0.5))],
        ["tokens 1,000", "cost 0.5000"],
    ),
    "cost unknown": (
        [used(Usage(calls=1, input_tokens=9, output_tokens=1, cost=None))],
        ["tokens 10", "cost unknown"],
    ),
    "all unknown": (
        [used(Usage(calls=1, input_tokens=None, output_tokens=None, cost=None)), FAILED],
        ["1 failed", "tokens unknown", "cost unknown"],
    ),
}


@pytest.mark.parametrize(("results", "told"), TOLD.values(), ids=TOLD.keys())
def test_what_is_told(results: list[Result], told: list[str]) -> None:
    tally = Tally()
    for result in results:
        tally.add(result)
    assert tally.told() == told
    assert tally.done + tally.failed.total() == len(results)


def test_a_bar_is_shown_where_it_was_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with FaultServer() as server:
        engine = model(server, prices=(2.0, 10.0))
        list(batch([article(0), article(1)], engine=engine))
        assert capsys.readouterr() == ("", "")
        rows = [article(0), article(1), article(2), {"text": ""}]
        results = list(batch(rows, engine=engine, progress=True))
    out, bar = capsys.readouterr()
    last = bar.rstrip("\n").rpartition("\r")[2]
    assert out == "" and bar.endswith("\n") and "4/4" in last
    assert "1 failed, 2 from the cache, tokens" in last
    assert f"cost {sum(result.usage.cost or 0 for result in results):.4f}" in last


def test_of_a_generator_the_end_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    list(batch(map(article, range(3)), engine=Writes(), progress=True))
    assert re.search(r"\r3 articles \[", capsys.readouterr().err)


def test_several_questions_are_several_results(capsys: pytest.CaptureFixture[str]) -> None:
    """A row with a question of its own has one, so their number is not known."""
    rows = [article(0), {**article(1), "question": "How?"}]
    list(batch(rows, question=["Who?", "Why?"], engine=Writes(), progress=True))
    assert re.search(r"\r3 articles \[", capsys.readouterr().err)
    list(batch(rows, question=["Who?"], engine=Writes(), progress=True))
    assert "2/2" in capsys.readouterr().err


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize(("progress", "shown"), [(None, None), (True, True), (False, False)])
def test_where_a_bar_is_shown(
    terminal: bool, progress: bool | None, shown: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    list(batch(map(article, range(3)), engine=Writes(), progress=progress))
    assert bool(stream.getvalue()) is (terminal if shown is None else shown)


class Broken(io.StringIO):
    """A standard error that nobody reads, from some time on."""

    def __init__(self, error: Exception, fine: int) -> None:
        super().__init__()
        self.error, self.fine = error, fine

    def write(self, text: str) -> int:
        self.fine -= 1
        if self.fine < 0:
            raise self.error
        return super().write(text)

    def flush(self) -> None:
        self.write("")


def streams() -> Iterator[Any]:
    for fine in (0, 3, 20):
        yield pytest.param(Broken(BrokenPipeError(32, "no reader"), fine), id=f"a broken pipe after {fine}")
        yield pytest.param(Broken(OSError(28, "no space"), fine), id=f"a full disk after {fine}")
        yield pytest.param(Broken(ValueError("I/O operation on closed file"), fine), id=f"closed after {fine}")
    yield pytest.param(None, id="none")


@pytest.mark.parametrize("stream", list(streams()))
def test_where_it_cannot_be_shown_the_batch_goes_on(
    stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tqdm.std.tqdm.monitor_interval", 0)  # a thread of its own is none of this
    monkeypatch.setattr(sys, "stderr", stream)
    assert numbers(batch(map(article, range(30)), engine=Writes(), progress=True)) == list(range(30))
    assert numbers(batch(map(article, range(3)), engine=Writes(), progress=True)) == list(range(3))
    gc.collect()


def test_a_bar_is_closed_when_the_consumer_stops(capsys: pytest.CaptureFixture[str]) -> None:
    results = batch(map(article, range(100)), engine=Writes(), progress=True)
    next(results)
    results.close()
    assert capsys.readouterr().err.endswith("\n")


NOTEBOOK = """
import asyncio, briefing
from tests.batch.engines import Writes, article, numbers
asyncio.get_running_loop()
print(numbers(briefing.batch(map(article, range(5)), engine=Writes())))
print(numbers([result async for result in briefing.abatch(map(article, range(5)), engine=Writes(), progress=False)]))
"""
SLOW = """
async def slow(number): print("started", flush=True); await asyncio.sleep(30)
list(briefing.batch([article(0)], engine=Writes(slow), progress=False))
"""


def test_in_a_notebook() -> None:
    jupyter_client = pytest.importorskip("jupyter_client", reason="needs ipykernel, of the dev extra")
    pytest.importorskip("ipykernel", reason="needs ipykernel, of the dev extra")
    manager = jupyter_client.KernelManager()
    manager.kernel_spec.argv[0] = sys.executable
    manager.start_kernel()
    client = manager.client()
    printed: dict[str, str] = {"stdout": "", "stderr": ""}

    def shown(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream":
            printed[message["content"]["name"]] += message["content"]["text"]
            if "started" in message["content"]["text"]:
                manager.interrupt_kernel()

    def cell(code: str) -> dict[str, Any]:
        content: dict[str, Any] = client.execute_interactive(code, timeout=60, output_hook=shown)["content"]
        return content

    try:
        client.start_channels()
        client.wait_for_ready(timeout=30)
        assert cell(NOTEBOOK)["status"] == "ok"
        assert printed["stdout"].splitlines() == ["[0, 1, 2, 3, 4]"] * 2
        assert re.search(r"5 articles \[", printed["stderr"])  # no widgets here: as plain text, without a warning
        assert "Warning" not in printed["stderr"]
        assert cell(SLOW)["ename"] == "KeyboardInterrupt"
        assert cell("print(numbers(briefing.batch([article(7)], engine=Writes())))")["status"] == "ok"
        assert printed["stdout"].splitlines()[-1] == "[7]"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
