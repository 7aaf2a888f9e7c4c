"""The errors: one family, each with what it carries, through a pickle and without a secret."""

from __future__ import annotations

import pickle

import pytest

import briefing
from briefing import errors
from briefing.usage import Usage

ALL = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, errors.BriefingError)]
ROWS: list[tuple[errors.BriefingError, bool, bool]] = [  # the error, whether to try again, whether all calls would fail
    (errors.InputError("x"), False, False),
    (errors.ConfigError("x"), False, False),
    (errors.EngineError("x"), False, False),
    (errors.AuthFailed("x"), False, True),
    (errors.QuotaExceeded("x"), False, True),
    (errors.RateLimited("x", 2.5), True, False),
    (errors.ConnectionFailed("x", sent=False), True, False),
    (errors.DeadlineExceeded("x"), True, False),
    (errors.ProviderFailed("x", 503, "overloaded"), True, False),
    (errors.ProviderFailed("x", 400, "invalid"), False, False),
    (errors.ModelNotFound("x", 404, "model_not_found"), False, True),
    (errors.ContextOverflow("x", 400, "context_length_exceeded", 4096), False, False),
    (errors.Refused("x"), False, False),
    (errors.ContentFiltered("x"), False, False),
    (errors.Truncated("x", '{"headline'), False, False),
    (errors.BadReply("x", "html"), True, False),
    (errors.BadReply("x", "too_large"), False, False),
    (errors.UnsupportedClaims("x"), False, False),
    (errors.BudgetExceeded("x"), False, False),
    (errors.CacheError("x"), False, False),
]


def test_every_error_has_a_row() -> None:
    assert {type(error) for error, _, _ in ROWS} == {*ALL} - {errors.BriefingError}
    assert all(f" {kind.__name__} " in (errors.__doc__ or "") for kind in ALL if kind is not errors.BriefingError)
    assert all(getattr(briefing, kind.__name__) is kind for kind in ALL)


@pytest.mark.parametrize(("error", "again", "fatal"), ROWS, ids=lambda value: type(value).__name__)
def test_errors(error: errors.BriefingError, again: bool, fatal: bool) -> None:
    assert isinstance(error, errors.BriefingError)
    assert error.retryable is again
    assert getattr(error, "fatal", False) is fatal
    if isinstance(error, errors.EngineError):
        error.attempts, error.usage = 3, Usage(calls=3, input_tokens=None)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(copy) is type(error)
    assert (str(copy), vars(copy)) == (str(error), vars(error)) == ("x", vars(error))
