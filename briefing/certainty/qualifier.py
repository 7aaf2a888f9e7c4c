"""What a qualifier is: how it takes back what a sentence says, and how far it reaches."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How a qualifier takes back what it governs."""

    POSSIBLE = "possible"
    PROBABLE = "probable"
    BELIEVED = "believed"
    REPORTED = "reported"
    EXPECTED = "expected"
    NEARLY = "nearly"
    PARTLY = "partly"
    PRELIMINARY = "preliminary"
    EARLIEST = "earliest"
    CONDITION = "condition"
    ADVISED = "advised"  # should: what ought to be, or is thought to come
    LINKED = "linked"  # goes with something, and need not come of it
    SAID = "said"
    CLAIMED = "claimed"  # by a verb that doubts it or lays blame


class Qualifier(NamedTuple):
    """A qualifier: its words are tokens `first` to `last`, and it governs tokens `low` up to `high`.

    `speaker` are the tokens of who said it.
    """

    kind: Kind
    first: int
    last: int
    low: int
    high: int
    speaker: tuple[int, ...] = ()

    def governs(self, at: int) -> bool:
        """Whether token `at` is within its reach and none of its own words."""
        return self.low <= at < self.high and not self.first <= at <= self.last
