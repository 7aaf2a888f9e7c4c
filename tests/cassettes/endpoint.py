"""Who writes in a test, and the mark of a test that plays a cassette."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

#: The name of the model that is the script of `tests/faults`.
SCRIPTED = "scripted"
LOCAL_KEY, WRONG_KEY = "sk-local-0123456789abcdef", "sk-wrong-0123456789abcdef"


class Endpoint(NamedTuple):
    """Who writes in a test: while it plays, whoever wrote when its cassette was recorded."""

    base_url: str
    key: str
    model: str

    @property
    def scripted(self) -> bool:
        """Whether what is written is known word for word: the writer is the script of `tests/faults`."""
        return self.model == SCRIPTED


def recorded(name: str) -> Callable[[Any], Any]:
    """Return the mark of a test that plays `cassettes/NAME.yaml`, without any network."""

    def mark(test: Any) -> Any:
        for one in (pytest.mark.vcr, pytest.mark.block_network, pytest.mark.default_cassette(name)):
            test = one(test)
        return test

    return mark
