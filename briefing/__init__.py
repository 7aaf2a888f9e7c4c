"""News briefings and answers from article text, every sentence proved from its sources.

>>> import briefing
>>> result = briefing.summarize("The council approved the bridge on Monday. It will cost $4 million.")
>>> result.points[0].text, result.points[0].evidence[0].start
('It will cost $4 million.', 43)
"""

from importlib import import_module
from typing import TYPE_CHECKING

from ._version import __version__

if TYPE_CHECKING:
    from .api import ask, recheck, summarize, verify
    from .document import Document, Sentence
    from .draft import Draft, DraftAnswer, DraftClaim, DraftQuote, Status
    from .engines import Engine
    from .engines.extractive import Extractive
    from .errors import BriefingError, ConfigError, InputError
    from .files import read
    from .report import Report
    from .results import Answer, Briefing, Claim, Quote
    from .source import Source, Span
    from .verdict import ClaimVerdict, Conflict, Evidence, Finding, Severity, Verdict, Version

__all__ = [
    "Answer",
    "Briefing",
    "BriefingError",
    "Claim",
    "ClaimVerdict",
    "ConfigError",
    "Conflict",
    "Document",
    "Draft",
    "DraftAnswer",
    "DraftClaim",
    "DraftQuote",
    "Engine",
    "Evidence",
    "Extractive",
    "Finding",
    "InputError",
    "Quote",
    "Report",
    "Sentence",
    "Severity",
    "Source",
    "Span",
    "Status",
    "Usage",
    "Verdict",
    "Version",
    "__version__",
    "ask",
    "read",
    "recheck",
    "summarize",
    "verify",
]

# Where each public name lives: imported when it is first used, so that `import briefing` costs next to nothing.
_HOMES = {
    "Answer": "results",
    "Briefing": "results",
    "BriefingError": "errors",
    "Claim": "results",
    "ClaimVerdict": "verdict",
    "ConfigError": "errors",
    "Conflict": "verdict",
    "Document": "document",
    "Draft": "draft",
    "DraftAnswer": "draft",
    "DraftClaim": "draft",
    "DraftQuote": "draft",
    "Engine": "engines",
    "Evidence": "verdict",
    "Extractive": "engines.extractive",
    "Finding": "verdict",
    "InputError": "errors",
    "Quote": "results",
    "Report": "report",
    "Sentence": "document",
    "Severity": "verdict",
    "Source": "source",
    "Span": "source",
    "Status": "draft",
    "Usage": "usage",
    "Verdict": "verdict",
    "Version": "verdict",
    "ask": "api",
    "read": "files",
    "recheck": "api",
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
