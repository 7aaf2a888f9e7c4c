"""Pytest's way to the browser: `watch` opens pages in it, `screen` is each of four that they are shown on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.watch import SCREENS, Screen, Watch, started


@pytest.fixture(scope="module")
def window() -> Iterator[Watch]:
    """The browser, started once a module: while it runs no test of this thread can call `asyncio.run`."""
    with started() as browser:
        yield Watch(browser)


@pytest.fixture
def watch(window: Watch, tmp_path: Path) -> Iterator[Watch]:
    """What opens pages; at the end of the test none of them may have done what a page of ours must not."""
    window.folder = tmp_path
    yield window
    noticed, window.noticed = window.noticed, []
    assert noticed == []


@pytest.fixture(params=[*SCREENS.values()], ids=[*SCREENS])
def screen(request: pytest.FixtureRequest) -> Screen:
    """Each screen in turn: wide and narrow, light and dark."""
    found: Screen = request.param
    return found
