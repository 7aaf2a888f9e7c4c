"""The tests' own surroundings: nothing in them leads to a paid call, whatever the developer's shell holds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OUTSIDE = [
    "OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "AZURE_OPENAI_API_KEY", "BRIEFING_MODEL",
    "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "all_proxy", "no_proxy",
]  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_leads_outside(name: str) -> None:
    assert name not in os.environ


def test_what_leads_nowhere_stays() -> None:
    assert "PATH" in os.environ


@pytest.mark.parametrize("workers", ["0", "1"], ids=["in one process", "in a worker"])
def test_a_key_in_the_shell_reaches_no_test(workers: str) -> None:
    names = [
        f"{__file__}::{test_nothing_leads_outside.__name__}",
        f"{__file__}::{test_what_leads_nowhere_stays.__name__}",
    ]
    # Nothing of the run around it: its options may measure coverage, and its worker is none of the child's.
    shell = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", workers, "-p", "no:cacheprovider", *names],
        env={**shell, **dict.fromkeys(OUTSIDE, "http://localhost:9/")},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert f"{len(OUTSIDE) + 1} passed" in done.stdout
