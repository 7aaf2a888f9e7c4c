"""Articles of our own invention with honest rewordings of their sentences: what the false claims are made from.

One Markdown file each: the names in it, sorted and with their other forms, the text with a sentence a line, and
rewordings as a good journalist writes them, each with the sentences that prove it.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from briefing import Document

FOLDER = Path(__file__).resolve().parent.parent / "rewordings"
_REWORDING = re.compile(r"^- \[([^\]]+)\] (.+)$", re.MULTILINE)
#: The sorts of names that an article lists.
SORTS = ("people", "places", "bodies")


class Named(NamedTuple):
    """Somebody or something with a name: its `sort`, and the forms it has in the text, the full one first."""

    sort: str
    forms: tuple[str, ...]


class Item(NamedTuple):
    """A true claim with the ids that prove it: a sentence of an article, or a rewording."""

    article: Article
    claim: str
    evidence: tuple[str, ...]
    reworded: bool


class Article:
    """An article: its text as a document, its names, its honest rewordings."""

    def __init__(self, path: Path) -> None:
        head, rest = path.read_text(encoding="utf-8").split("## Text")
        body, told = rest.split("## Rewordings")
        self.name = path.stem
        self.text = "\n\n".join(" ".join(part.split("\n")) for part in body.strip().split("\n\n"))
        self.document = Document.read(self.text)
        self.named = tuple(_named(head))
        self.rewordings = tuple(
            Item(self, claim.strip(), tuple(ids.split(", ")), reworded=True) for ids, claim in _REWORDING.findall(told)
        )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """The sentences of the article and their rewordings, each a true claim."""
        own = (Item(self, s.text, (s.id,), reworded=False) for s in self.document.sentences)
        return (*own, *self.rewordings)


@lru_cache(maxsize=1)
def articles() -> tuple[Article, ...]:
    """Return all articles, sorted by the names of their files."""
    return tuple(Article(path) for path in sorted(FOLDER.glob("*.md")))


def _named(head: str) -> list[Named]:
    found = []
    for sort in SORTS:
        line = re.search(rf"^{sort}:(.*)$", head, re.MULTILINE)
        for entry in filter(None, map(str.strip, line[1].split(";") if line else [])):
            forms = tuple(map(str.strip, entry.split("=")))
            found.append(Named(sort, (*forms, forms[0].split()[-1]) if sort == "people" else forms))
    return found
