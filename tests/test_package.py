"""The package: its public names, what importing it costs, its prompts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import briefing
from briefing import ConfigError, prompts

ROOT = Path(__file__).parent.parent


def test_public_names() -> None:
    assert sorted(briefing.__all__) == briefing.__all__
    assert set(briefing.__all__) == {
        "Answer", "AuthFailed", "BadReply", "Briefing", "BriefingError", "Budget", "BudgetExceeded", "Cache", "CacheError", "CacheWarning", "Cached",
        "Claim", "ClaimVerdict", "ConfigError", "Conflict", "ConnectionFailed", "ContentFiltered", "ContextOverflow",
        "DeadlineExceeded", "Document", "Draft", "DraftAnswer", "DraftClaim", "DraftQuote", "Engine", "EngineError",
        "Evidence", "Extractive", "Failure", "Finding", "InputError", "ModelNotFound", "OpenAI", "Pace", "ProviderFailed",
        "QuotaExceeded", "Quote", "RateLimited", "Refused", "Repair", "Report", "SQLiteCache", "Sentence", "Severity", "Source",
        "Span", "Status", "Truncated", "UnsupportedClaims", "Usage", "Verdict", "Version", "__version__", "aask",
        "abatch", "ask", "astream", "asummarize", "batch", "metered", "pages", "read", "recheck", "stream", "summarize", "verify",
    }  # fmt: skip
    for name in briefing.__all__:
        assert getattr(briefing, name)
        assert name in dir(briefing)
    with pytest.raises(AttributeError, match="sumarize"):
        briefing.sumarize  # noqa: B018


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        (
            "import briefing",
            ["numpy", "pydantic", "typer", "openai", "aiohttp", "tenacity", "tiktoken", "jinja2", "trafilatura"],
        ),
        (
            "import briefing; briefing.summarize('It rained. It froze.')",
            ["numpy", "typer", "openai", "aiohttp", "tenacity", "tiktoken", "trafilatura"],
        ),
        ("import briefing; briefing.OpenAI('m', base_url='http://localhost/v1')", ["numpy", "openai", "aiohttp"]),
    ],
    ids=["import", "one source", "an engine that has not been used"],
)
def test_what_is_not_needed_is_not_imported(code: str, absent: list[str]) -> None:
    check = f"{code}; import sys; print([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_prompts_are_versioned_by_their_bytes() -> None:
    for path in sorted((ROOT / "prompts").glob("*.md")):
        prompt = prompts.load(path.stem)
        assert prompt.text == path.read_text(encoding="utf-8")
        assert len(prompt.sha256) == 64
        assert "data from strangers" in " ".join(prompt.text.split())
    with pytest.raises(ConfigError, match="no prompt 'none'"):
        prompts.load("none")
