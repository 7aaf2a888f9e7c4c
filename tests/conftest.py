"""What holds for every test: none can make a paid call, and how the suite is shared out over the cores."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import hypothesis
import pytest

from tests.cassettes.fixtures import babble, endpoint, pytest_recording_configure
from tests.realserver.fixtures import real_model, real_server

__all__ = ["babble", "endpoint", "pytest_recording_configure", "real_model", "real_server"]

# What points an engine at an endpoint, pays for it, or leads to it. A test that needs one sets its own.
_ENDPOINTS = ("OPENAI_", "AZURE_OPENAI_")
_MODEL = "BRIEFING_MODEL"
_CACHE = "BRIEFING_CACHE"
_PROXY = "_PROXY"
#: More workers than this gain little: each of them collects all tests first.
MOST_WORKERS = 4


def pytest_configure(config: pytest.Config) -> None:
    """Take away keys, endpoints and proxies: before any module is imported, in each worker, for doctests too."""
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    for name in filter(_leads_outside, list(os.environ)):
        patch.delenv(name)
    patch.delenv("FORCE_COLOR", raising=False)  # some services that run tests set it
    # nothing that a test pays for is kept where the developer's own replies lie, nor for another run
    patch.setenv(_CACHE, str(Path(tempfile.gettempdir(), f"briefing-tests-{os.getpid()}", "replies.sqlite3")))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Return how many workers share the tests: none for tests that are named one by one, which start sooner so."""
    if all("::" in argument for argument in config.args):
        return 0
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None  # xdist reads it itself
    return min(len(os.sched_getaffinity(0)), MOST_WORKERS)


# Tests share the cores, so the clock may stop while one runs: ten times Hypothesis's 200 ms, still far from a hang.
hypothesis.settings.register_profile("shared cores", deadline=timedelta(seconds=2))
hypothesis.settings.load_profile("shared cores")


@pytest.fixture(scope="session", autouse=True)
def _bytecode_of_processes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let the processes that tests start share what they compile, where Python is told to write nothing by the sources.

    Otherwise each of them would compile the whole library again: a third of what the command line takes to start.
    """
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("PYTHONDONTWRITEBYTECODE"):
            patch.delenv("PYTHONDONTWRITEBYTECODE")
            patch.setenv("PYTHONPYCACHEPREFIX", str(_of_all_workers(tmp_path_factory) / "bytecode"))
        yield


@pytest.fixture(autouse=True)
def _cache_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test pay for itself: a server's port comes again, and with it the replies of another test."""
    monkeypatch.setenv(_CACHE, str(tmp_path_factory.getbasetemp() / f"cache-{next(_numbers)}" / "replies.sqlite3"))


_numbers = count()


def _of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of this run: a worker's own lies in it."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def _leads_outside(name: str) -> bool:
    return name.startswith(_ENDPOINTS) or name == _MODEL or name.upper().endswith(_PROXY)
