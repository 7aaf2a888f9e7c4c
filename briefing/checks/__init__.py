"""The checks: one file each, pure functions from a claim and its evidence to findings.

A check looks at one claim, the sentences that it cites and the document, and yields a `Finding` for each thing that
is wrong; none means that it saw nothing wrong. Checks do not know one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..document import Document, Sentence
from ..verdict import Finding


class Subject(NamedTuple):
    """What is checked: a claim's text as the engine wrote it, the ids that it cites, and the speaker of a quote."""

    where: str
    text: str
    cited: tuple[str, ...]
    speaker: str | None = None


Check = Callable[[Subject, Sequence[Sentence], Document], Iterable[Finding]]
