"""Sources: the articles as the caller gives them, and what is said of one that cannot be used."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from . import markers
from .errors import InputError
from .text import replace_surrogates, squeeze

#: The longest source that is read, in code points: far above any article, far below what exhausts a machine.
MAX_CHARACTERS = 4_000_000

_URL = re.compile(r"<?(?:(?:https?|ftp|file)://|www\.|(?:[a-z0-9-]+\.)+[a-z]{2,24}/)\S*", re.IGNORECASE)
# A name that ends as files do; a path from a root, from here or from home; one on Windows.
_PATH_ONLY = re.compile(
    r"[^\s<>\"|?*][^\n<>\"|?*]{0,250}\.(?:txt|md|markdown|html?|json|jsonl|ndjson|pdf|docx?|csv)|"
    r"(?:~|\.{0,2})/[^\s<>\"|?*]{1,250}|(?:[A-Z]:\\|\\\\)[^\n<>\"|?*]{1,250}",
    re.IGNORECASE,
)
BYTE_ORDER_MARK = "\ufeff"
# The fields of a source, and what to do about one of a wrong type.
_FIELDS = {
    "text": "give the article's text.",
    "title": "give it as text, or leave it out.",
    "url": "give it as text, or leave it out.",
    "published": "give a date, or text such as 2026-03-04, or leave it out.",
}


class Span(NamedTuple):
    """A place in a source: `source.text[start:end]`, in code points from 0, `end` not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """One article as the caller gave it: its text, and its title, url and date of publication where known.

    Nothing is fetched: `url` is only carried along. `published` is ISO 8601 text; a `date` or `datetime` is converted.

    >>> Source("The bridge opened on Monday.", title="Bridge opens").title
    'Bridge opens'
    """

    text: str
    title: str | None = None
    url: str | None = None
    published: str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.published, datetime.date):
            object.__setattr__(self, "published", self.published.isoformat())


def as_source(item: object, name: str) -> Source:
    """Return the `Source` of a text, a row or a source; raises InputError, in which it is called `name`."""
    if isinstance(item, Mapping):
        item = from_row(item, name)
    elif isinstance(item, str):
        item = Source(item)
    if not isinstance(item, Source):
        raise InputError(f"{name} is {problem(item)}")
    clean: dict[str, str] = {}
    for field, advice in _FIELDS.items():
        value = getattr(item, field)
        if isinstance(value, str):
            clean[field] = replace_surrogates(value)
        elif field == "text":
            raise InputError(f"{name}: its text is {problem(value, advice)}")
        elif value is not None:
            raise InputError(f"{name}: its {field} is of type {type(value).__name__}: {advice}")
    check_length(item.text, name)
    if not item.text.strip():
        raise InputError(f"{name} is empty: give the article's text.")
    title = squeeze(markers.strip(clean.pop("title", "").replace(BYTE_ORDER_MARK, " ")))
    return replace(item, title=title if any(map(str.isalnum, title)) else None, **clean)


def check_length(text: str, name: str) -> None:
    """Return nothing; raises InputError, in which the source is called `name`, when it is longer than what is read."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"{name} has {len(text):,} characters, more than the {MAX_CHARACTERS:,} that are read: "
            "give one article, not a collection, or split it into several sources."
        )


def from_row(row: Mapping[Any, Any], name: str) -> Source:
    """Return the `Source` of a row with `text` and perhaps `title`, `url` and `published`; other keys are not read.

    `name` is what an error calls the row. Raises InputError when there is no `text`.
    """
    if "text" not in row:
        keys = ", ".join(key[:30] for key in sorted(map(str, row))[:8]) or "none"
        raise InputError(f'{name} has no "text" (its keys: {keys}): put the article under "text".')
    return Source(row["text"], *(row.get(key) for key in ("title", "url", "published")))


def name_of(number: int, of: int) -> str:
    """Return what an error calls source `number` of so many."""
    return "the source" if of == 1 else f"source {number} of {of}"


def problem(value: object, advice: str = "give a text, a Source, a row with a text, or a list of them.") -> str:
    """Return what is wrong with a value that should be a text, ending in what to do."""
    if value is None:
        return f"None: {advice}"
    return known(value) or f"of type {type(value).__name__}: {advice}"


def known(value: object) -> str:
    """Return what is wrong with a value that only holds the text, and how to get at it; "" for any other value."""
    if isinstance(value, bytes | bytearray | memoryview):
        return "bytes, not text: decode them first, for example data.decode('utf-8')."
    if isinstance(value, os.PathLike):
        return "a path: open it with briefing.read(path), which returns its sources."
    if isinstance(getattr(value, "sentences", None), tuple):
        return "a Document: give it alone, or the sources in it (document.sources)."
    return "an open file: pass its text, file.read()." if callable(getattr(value, "read", None)) else ""


def hint_of(source: Source, name: str) -> str:
    """Return what may be meant by a source that is only an address or a file name, else an empty string."""
    text = source.text.strip()
    if all(_URL.fullmatch(token[0]) for token in re.finditer(r"\S+", text)):
        return f"{name} is only a URL, and nothing is fetched: download the page and pass its text."
    if _PATH_ONLY.fullmatch(text):
        return f"{name} looks like a file name, and was read as text: briefing.read(path) opens a file."
    return ""
