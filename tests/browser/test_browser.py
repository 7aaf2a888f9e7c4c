"""Which browser the tests run in: without one they are skipped, and one that was named must start."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.watch import NAMED, started


def test_without_a_browser_tests_are_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(NAMED, raising=False)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(pytest.skip.Exception, match="no browser: install chromium, or name one in BRIEFING_CHROMIUM"):
        started().__enter__()


def test_a_browser_that_does_not_start_is_skipped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("playwright")
    _broken(tmp_path)
    monkeypatch.delenv(NAMED, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="chromium does not start"), started():
        pass


def test_a_named_browser_that_does_not_start_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    error = pytest.importorskip("playwright.sync_api").Error
    monkeypatch.setenv(NAMED, str(_broken(tmp_path)))
    with pytest.raises(error), started():
        pass


def _broken(folder: Path) -> Path:
    browser = folder / "chromium"
    browser.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    browser.chmod(0o755)
    return browser
