"""News briefings and answers from article text, every sentence held against its sources.

>>> import briefing
>>> result = briefing.summarize("The council approved the bridge on Monday. It will cost $4 million.")
>>> result.points[0].text, result.points[0].evidence[0].start
('It will cost $4 million.', 43)
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .api import aask, ask, astream, asummarize, recheck, stream, summarize, verify
    from .batching import abatch, batch
    from .cache import Cache, CacheWarning, SQLiteCache
    from .document import Document, Sentence
    from .draft import Draft, DraftAnswer, DraftClaim, DraftQuote, Status
    from .engines import Engine
    from .engines.cached import Cached
    from .engines.extractive import Extractive
    from .engines.openai import OpenAI
    from .errors import (
        AuthFailed,
        BadReply,
        BriefingError,
        BudgetExceeded,
        CacheError,
        ConfigError,
        ConnectionFailed,
        ContentFiltered,
        ContextOverflow,
        DeadlineExceeded,
        EngineError,
        InputError,
        ModelNotFound,
        ProviderFailed,
        QuotaExceeded,
        RateLimited,
        Refused,
        Truncated,
        UnsupportedClaims,
    )
    from .files import read
    from .flow import Failure
    from .pace import Pace
    from .report import Repair, Report
    from .results import Answer, Briefing, Claim, Quote
    from .source import Source, Span
    from .usage import Budget, Usage, metered
    from .verdict import ClaimVerdict, Conflict, Evidence, Finding, Severity, Verdict, Version
    from .webpages import pages

__all__ = [
    "Answer",
    "AuthFailed",
    "BadReply",
    "Briefing",
    "BriefingError",
    "Budget",
    "BudgetExceeded",
    "Cache",
    "CacheError",
    "CacheWarning",
    "Cached",
    "Claim",
    "ClaimVerdict",
    "ConfigError",
    "Conflict",
    "ConnectionFailed",
    "ContentFiltered",
    "ContextOverflow",
    "DeadlineExceeded",
    "Document",
    "Draft",
    "DraftAnswer",
    "DraftClaim",
    "DraftQuote",
    "Engine",
    "EngineError",
    "Evidence",
    "Extractive",
    "Failure",
    "Finding",
    "InputError",
    "ModelNotFound",
    "OpenAI",
    "Pace",
    "ProviderFailed",
    "QuotaExceeded",
    "Quote",
    "RateLimited",
    "Refused",
    "Repair",
    "Report",
    "SQLiteCache",
    "Sentence",
    "Severity",
    "Source",
    "Span",
    "Status",
    "Truncated",
    "UnsupportedClaims",
    "Usage",
    "Verdict",
    "Version",
    "__version__",
    "aask",
    "abatch",
    "ask",
    "astream",
    "asummarize",
    "batch",
    "metered",
    "pages",
    "read",
    "recheck",
    "stream",
    "summarize",
    "verify",
]

# Where each public name lives: imported when it is first used, so that `import briefing` costs next to nothing.
_HOMES = {
    "Answer": "results",
    "AuthFailed": "errors",
    "BadReply": "errors",
    "Briefing": "results",
    "BriefingError": "errors",
    "Budget": "usage",
    "BudgetExceeded": "errors",
    "Cache": "cache",
    "CacheError": "errors",
    "CacheWarning": "cache",
    "Cached": "engines.cached",
    "Claim": "results",
    "ClaimVerdict": "verdict",
    "ConfigError": "errors",
    "Conflict": "verdict",
    "ConnectionFailed": "errors",
    "ContentFiltered": "errors",
    "ContextOverflow": "errors",
    "DeadlineExceeded": "errors",
    "Document": "document",
    "Draft": "draft",
    "DraftAnswer": "draft",
    "DraftClaim": "draft",
    "DraftQuote": "draft",
    "Engine": "engines",
    "EngineError": "errors",
    "Evidence": "verdict",
    "Extractive": "engines.extractive",
    "Failure": "flow",
    "Finding": "verdict",
    "InputError": "errors",
    "ModelNotFound": "errors",
    "OpenAI": "engines.openai",
    "Pace": "pace",
    "ProviderFailed": "errors",
    "QuotaExceeded": "errors",
    "Quote": "results",
    "RateLimited": "errors",
    "Refused": "errors",
    "Repair": "report",
    "Report": "report",
    "SQLiteCache": "cache",
    "Sentence": "document",
    "Severity": "verdict",
    "Source": "source",
    "Span": "source",
    "Status": "draft",
    "Truncated": "errors",
    "UnsupportedClaims": "errors",
    "Usage": "usage",
    "Verdict": "verdict",
    "Version": "verdict",
    "aask": "api",
    "abatch": "batching",
    "ask": "api",
    "astream": "api",
    "asummarize": "api",
    "batch": "batching",
    "metered": "usage",
    "pages": "webpages",
    "read": "files",
    "recheck": "api",
    "stream": "api",
    "summarize": "api",
    "verify": "api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
