"""Pytest's way to the real server: the fixtures `real_model` and `real_server`, which tests/conftest.py gives to all."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.realserver.server import MISSING, RealServer

# Where the index has wheels of xllamacpp: elsewhere its absence is no fault of ours, here it is.
WHEELS = {
    ("Linux", "x86_64"),
    ("Linux", "aarch64"),
    ("Darwin", "arm64"),
    ("Darwin", "x86_64"),
    ("Windows", "AMD64"),
}


def _is_there_a_wheel() -> bool:
    musl = platform.system() == "Linux" and platform.libc_ver()[0] != "glibc"
    return (platform.system(), platform.machine()) in WHEELS and not musl


@pytest.fixture(scope="session")
def real_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model file, written once by each worker of the run."""
    if MISSING and not _is_there_a_wheel():
        pytest.skip(f"no wheel of {MISSING} for {platform.system()} {platform.machine()}")
    assert not MISSING, f"install the dev extra: {MISSING} is missing"
    from tests.realserver.model import write_model

    path = tmp_path_factory.mktemp("model") / "babble.gguf"
    write_model(path)
    return path


@pytest.fixture(scope="session")
def real_server(real_model: Path) -> Iterator[RealServer]:
    """The server that a whole run of tests shares: 4,096 tokens for each of 4 requests at a time."""
    with RealServer(real_model) as server:
        yield server
