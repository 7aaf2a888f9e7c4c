"""What an index of many results shows of each: a row to look for trouble in, and to open its page from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from ..verdict import Verdict
from .text import clean
from .view import View

if TYPE_CHECKING:
    from ..errors import BriefingError

#: What a row can be looked for by, in the order of the page, and what that is called.
STATES = {
    "unsupported": "Unsupported",
    "warned": "Warned",
    "conflicts": "Conflicts",
    "partly": "Partly answered",
    "not_in_sources": "Not in the sources",
    "failed": "Failed",
}
# Characters of a headline, an answer or an error, and of a name: rows are kept until the end, and there may be many.
_LONG, _SHORT = 240, 80


class Row(NamedTuple):
    """A result in the index; `page` is the file that shows it, empty where it failed.

    `reads` is its headline, its question, or what failed; `says` how the answer begins, or what the error says.
    `source` is the title or the beginning of its first source, `more` how many others there are.
    """

    id: str
    page: str
    reads: str
    says: str = ""
    source: str = ""
    more: int = 0
    published: str = ""
    engine: str = ""
    supported: int = 0
    unsupported: int = 0
    inference: int = 0
    warned: int = 0
    conflicts: int = 0
    status: str = ""

    @property
    def states(self) -> tuple[str, ...]:
        """What it can be looked for by."""
        return tuple(name for name in STATES if name == self.status or getattr(self, name, False))


@dataclass(frozen=True)
class Overview:
    """All that an index shows; `complete` tells whether the run came to its end."""

    rows: Sequence[Row]
    complete: bool

    @cached_property
    def states(self) -> Mapping[str, int]:
        """How many rows can be found by each state, without those that none can."""
        found = Counter(state for row in self.rows for state in row.states)
        return {state: found[state] for state in STATES if found[state]}

    @cached_property
    def verdicts(self) -> Mapping[str, int]:
        """How many claims of all results have each verdict."""
        return {verdict.value: sum(getattr(row, verdict.value) for row in self.rows) for verdict in Verdict}


def of_view(view: View, id_: str, page: str, status: str = "") -> Row:
    """Return the row of a briefing, or of an answer with its status, of what its page shows."""
    said = " ".join(each.text for each in view.statements)
    first = next((line.text for article in view.articles for line in article.lines), "")
    published = next((article.published for article in view.articles if article.published), "")
    return Row(
        id=_cut(id_, _SHORT),
        page=page,
        reads=_cut(view.heading, _LONG) or view.kind,
        says=_cut(said, _LONG) if status else "",
        source="" if first == view.heading else _cut(first, _SHORT),  # a headline may be the title of the article
        more=len(view.articles) - 1,
        published=_cut(published, _SHORT),
        engine=intern(_cut(view.engine, _SHORT)),
        **{verdict.value: count for verdict, count in view.counts.items()},
        warned=view.warned,
        conflicts=len(view.conflicts),
        status=status,
    )


def of_failure(id_: str, question: str, error: BriefingError) -> Row:
    """Return the row of an article that came to nothing."""
    return Row(
        id=_cut(id_, _SHORT),
        page="",
        reads=_cut(question, _LONG) or type(error).__name__,
        says=_cut(f"{type(error).__name__}: {error}" if question else str(error), _LONG),
        status="failed",
    )


def _cut(text: str, length: int) -> str:
    text = clean(text[: 4 * length])
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
