"""Pytest's way to cassettes: the fixtures `endpoint` and `babble`, which tests/conftest.py gives to all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from pytest_recording import network

from briefing.engines.openai.engine import MODEL
from briefing.engines.openai.settings import OPENAI
from tests.faults import FaultServer
from tests.faults.call import Call
from tests.realserver.server import RealServer

from .endpoint import LOCAL_KEY, SCRIPTED, Endpoint
from .tape import KEY, Readable

AT, WRITER = "BRIEFING_RECORD_BASE_URL", "BRIEFING_RECORD_MODEL"


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    vcr.register_serializer("yaml", Readable)


@pytest.fixture
def endpoint(vcr: Any, record_mode: str) -> Iterator[Endpoint]:
    """Who writes: as the cassette says; to record one, a paid model where a key was given for that, else the script."""
    if record_mode == "none":
        yield _of(vcr)
    elif key := os.environ.get(KEY, "").strip():
        yield Endpoint(os.environ.get(AT, OPENAI), key, os.environ.get(WRITER, MODEL))
    else:
        with FaultServer(_known) as server, _nobody_else():
            yield Endpoint(server.base_url, LOCAL_KEY, SCRIPTED)


@pytest.fixture
def babble(vcr: Any, record_mode: str, request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    """The tiny model behind llama.cpp's server, whoever else is recorded."""
    if record_mode == "none":
        yield _of(vcr)
    else:
        server: RealServer = request.getfixturevalue("real_server")
        with _nobody_else():
            yield Endpoint(server.base_url, server.api_key, server.model)


def _of(cassette: Any) -> Endpoint:
    """Return where a cassette was recorded."""
    assert len(cassette), f"there is no {cassette.path}: record it as cassettes/README.md says"
    first = cassette.requests[0]
    return Endpoint(first.uri.removesuffix("/chat/completions"), LOCAL_KEY, yaml.safe_load(first.body)["model"])


def _known(call: Call) -> str:
    """Refuse a stranger's key as OpenAI does."""
    return "ok" if call.key == LOCAL_KEY else "401_echoes_key"


@contextmanager
def _nobody_else() -> Iterator[None]:
    with network.blocking_context(allowed_hosts=[r"127\.0\.0\.1$"]):
        yield
