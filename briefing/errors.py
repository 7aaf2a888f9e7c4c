"""Every error that `briefing` raises, drawn as a tree.

    BriefingError
    ├── InputError (ValueError)      what the caller gave: empty, wrong type, too large, unreadable
    └── ConfigError                  how the caller set things up: a missing extra, an unknown engine

Each message names the item, says what was wrong with it and ends in what to do.
None of them carries article text.
"""

from __future__ import annotations


class BriefingError(Exception):
    """The base of every error of this library: `except briefing.BriefingError` catches them all."""

    #: Whether the same call may succeed when it is made again unchanged.
    retryable: bool = False


class InputError(BriefingError, ValueError):
    """The caller's input cannot be used; the message says which item, why, and what to do."""


class ConfigError(BriefingError):
    """Something is not set up: raised before any work is done; the message says what to install or set."""
