"""Every error that `briefing` raises, drawn as a tree.

    BriefingError
    ├── InputError (ValueError)      what the caller gave: empty, wrong type, too large, unreadable
    ├── ConfigError                  how the caller set things up: no key, a bad base URL, a missing extra
    ├── EngineError                  the engine wrote nothing that can be used: .attempts, .usage
    │   ├── AuthFailed               the key is wrong, or may not use this model
    │   ├── QuotaExceeded            the account has no money or quota left
    │   ├── RateLimited              too many requests: .retry_after
    │   ├── ConnectionFailed         no connection, or it broke
    │   ├── DeadlineExceeded         no reply in time
    │   ├── ProviderFailed           the server answered with an error: .status, .code
    │   │   ├── ModelNotFound        it has no such model
    │   │   └── ContextOverflow      the prompt is too long for the model: .limit
    │   ├── Refused                  the model declined to write
    │   ├── ContentFiltered          a filter of the provider stopped it
    │   ├── Truncated                the reply ended before it was complete: .partial
    │   └── BadReply                 a reply that is none: .kind
    ├── UnsupportedClaims            claims that the sources do not support, for unsupported="raise": .report
    ├── BudgetExceeded               the next call would cost more than was allowed: .usage
    └── CacheError                   the cache cannot be used

Each message names the item, says what was wrong with it and ends in what to do. None of them carries article text or a
key in its message, and all of them can be pickled.
"""
# ruff: noqa: N818 - each is named for what happened, as one says it: "the request was refused"

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .report import Report
    from .usage import Usage


class BriefingError(Exception):
    """The base of every error of this library: `except briefing.BriefingError` catches them all."""

    #: Whether the same call may succeed when it is made again unchanged.
    retryable: bool = False


class InputError(BriefingError, ValueError):
    """The caller's input cannot be used; the message says which item, why, and what to do."""


class ConfigError(BriefingError):
    """Something is not set up: raised before any work is done; the message says what to install or set."""


class EngineError(BriefingError):
    """The engine wrote nothing that can be used, after `attempts` calls that used `usage`.

    `fatal` says that every further call with this engine would fail alike, so that a batch should stop. Where it is
    `doubtful`, that is so once it comes again and again.
    """

    fatal: bool = False
    doubtful: bool = False
    attempts: int = 0
    usage: Usage | None = None


class AuthFailed(EngineError):
    """The server does not accept the key, or the key may not use this model."""

    fatal = True


class QuotaExceeded(EngineError):
    """The account behind the key has no money or quota left; waiting does not help."""

    fatal = True


class RateLimited(EngineError):
    """The server asks for fewer requests; `retry_after` is the seconds it asked to wait, None when it did not say."""

    retryable = True

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ConnectionFailed(EngineError):
    """No connection came about, or it broke before the reply was whole.

    `sent` says whether the request may have gone out; then it may have to be paid for.
    """

    retryable = True

    def __init__(self, message: str, sent: bool = True) -> None:
        super().__init__(message)
        self.sent = sent


class DeadlineExceeded(EngineError):
    """No usable reply came within the deadline, all attempts and waits included."""

    retryable = True


class ProviderFailed(EngineError):
    """The server answered with an HTTP error: its `status`, and the `code` of its error object if it gave one."""

    def __init__(self, message: str, status: int = 0, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.retryable = status in (408, 409) or status >= 500


class ModelNotFound(ProviderFailed):
    """The server has no model of this name, or no such address."""

    fatal = True


class ContextOverflow(ProviderFailed):
    """The prompt is longer than the model's context; `limit` is that context in tokens, None when it was not said."""

    def __init__(self, message: str, status: int = 400, code: str = "", limit: int | None = None) -> None:
        super().__init__(message, status, code)
        self.limit = limit


class Refused(EngineError):
    """The model declined to write."""


class ContentFiltered(EngineError):
    """A content filter of the provider stopped the request or the reply."""


class Truncated(EngineError):
    """The reply ended before it was complete; `partial` is what came."""

    def __init__(self, message: str, partial: str = "") -> None:
        super().__init__(message)
        self.partial = partial


#: What can be wrong with a reply: nothing in it; a web page; no JSON; JSON of another shape; no choice in it; more
#: than is read; nothing in it that this article supports.
BadReplyKind = Literal["empty", "html", "not_json", "schema", "no_choices", "too_large", "ungrounded"]


class BadReply(EngineError):
    """The server answered with success and yet with nothing that can be used; `kind` says what it was.

    `report` says for an `ungrounded` reply what was wrong with each claim.
    """

    def __init__(self, message: str, kind: BadReplyKind, report: Report | None = None) -> None:
        super().__init__(message, kind)
        self.kind = kind
        self.report = report
        # Another try may go better where the model or a proxy slipped; a reply too large would be so again.
        self.retryable = kind not in ("too_large", "ungrounded")

    def __str__(self) -> str:
        return str(self.args[0])


class UnsupportedClaims(BriefingError):
    """Claims that the sources do not support, where `unsupported="raise"` asked for it; `report` says which and why."""

    usage: Usage | None = None

    def __init__(self, message: str, report: Report | None = None) -> None:
        super().__init__(message)
        self.report = report


class BudgetExceeded(BriefingError):
    """The next call would go beyond the budget; `usage` is what was spent so far."""

    usage: Usage | None = None


class CacheError(BriefingError):
    """The cache cannot be used; the message says which file, why, and what to do."""
