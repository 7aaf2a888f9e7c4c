"""Sources, and the sentences in them: what every claim points at.

A `Document` is what the caller gave, read once: each source's text, its sentences with exact offsets into
that text, and the markers that the text itself carries. Everything printed later (markers, evidence, offsets)
is derived from here, so nothing can be cited that is not in it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from . import markers, sentences
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
_BYTE_ORDER_MARK = "\ufeff"
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a source: what a claim can cite.

    `id` is `s1`, `s2`, … through all sources (`t1` for the title of source 1); `text` is
    `source.text[span.start:span.end]` without its markers, and otherwise untouched; `source` counts from 1;
    `inherited` are the markers printed in the article itself; `heading` is a line that heads a part.
    """

    id: str
    text: str
    span: Span
    source: int
    inherited: tuple[int, ...] = ()
    heading: bool = False


@dataclass(frozen=True)
class Document:
    """The sources of one briefing and their sentences. Make it with `Document.read`.

    >>> document = Document.read("They met for an hour [1]. They agreed to begin talks [1, 2].")
    >>> [(s.id, s.text, s.inherited) for s in document.sentences]
    [('s1', 'They met for an hour.', (1,)), ('s2', 'They agreed to begin talks.', (1, 2))]
    """

    sources: tuple[Source, ...]
    sentences: tuple[Sentence, ...]
    hints: tuple[str, ...] = ()

    @classmethod
    def read(cls, sources: Sources) -> Document:
        """Return the document made of a text, a `Source`, a row (`{"text": …, "title": …}`) or several of them.

        A document comes back as it is. A string is always text: one that looks like a URL or a path is not fetched or
        opened; `hints` says so. A lone surrogate is read as U+FFFD, which keeps every offset. A title loses its
        markers; one without a letter or digit is None.

        Raises InputError when an item is of a wrong type, empty, without any word, or too long, and says which.
        """
        if isinstance(sources, cls):
            return sources
        items = _items(sources)
        read = tuple(_source(item, _name(n, len(items))) for n, item in enumerate(items, start=1))
        found: list[Sentence] = []
        for number, source in enumerate(read, start=1):
            own = list(_sentences(source, number, first_id=len(found) + 1))
            if not own:
                raise InputError(
                    f"{_name(number, len(read))} has no sentence in it, only markers or symbols: "
                    "give the article's text."
                )
            found.extend(own)
        hints = tuple(hint for n, source in enumerate(read, start=1) if (hint := _hint(source, _name(n, len(read)))))
        return cls(read, tuple(found), hints)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the sources as canonical JSON: equal for equal input, on every machine."""
        rows = [[s.text, s.title, s.url, s.published] for s in self.sources]
        return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    @cached_property
    def titles(self) -> tuple[Sentence, ...]:
        """The titles of the sources as citable sentences `t1`, `t2`, …; their spans count in `source.title`."""
        return tuple(
            Sentence(f"t{n}", s.title, Span(0, len(s.title)), n, heading=True)
            for n, s in enumerate(self.sources, start=1)
            if s.title
        )

    @cached_property
    def body(self) -> tuple[Sentence, ...]:
        """The sentences that are not headings; all of them where there is nothing else."""
        return tuple(s for s in self.sentences if not s.heading) or self.sentences

    @cached_property
    def by_source(self) -> tuple[tuple[Sentence, ...], ...]:
        """The sentences of each source, in the order of the sources."""
        found: list[list[Sentence]] = [[] for _ in self.sources]
        for sentence in self.sentences:
            found[sentence.source - 1].append(sentence)
        return tuple(map(tuple, found))

    @cached_property
    def by_id(self) -> Mapping[str, Sentence]:
        """Every sentence and title by its id."""
        return {s.id: s for s in (*self.sentences, *self.titles)}

    @cached_property
    def carries_markers(self) -> bool:
        """Whether the article itself prints markers."""
        return any(s.inherited for s in self.sentences)

    def span_of(self, sentence: Sentence, start: int, end: int) -> Span:
        """Return where `sentence.text[start:end]` stands in its source; markers inside it are within the span.

        >>> document = Document.read("It rained. They met [1] for an hour [2].")
        >>> met = document.sentences[1]
        >>> document.span_of(met, met.text.index("for"), met.text.index("hour"))
        Span(start=24, end=31)
        """
        source = self.sources[sentence.source - 1]
        whole = source.title if sentence.id.startswith("t") else source.text
        printed = (whole or "")[sentence.span.start : sentence.span.end]
        cuts = markers.removals(printed, markers.find(printed)) if sentence.inherited else []
        first, last = sentence.span.start + start, sentence.span.start + max(start, end - 1)
        for cut_start, cut_end in cuts:
            first += cut_end - cut_start if sentence.span.start + cut_start <= first else 0
            last += cut_end - cut_start if sentence.span.start + cut_start <= last else 0
        return Span(first, last + 1 if end > start else first)

    def printed_markers(self, evidence: Iterable[Sentence]) -> tuple[int, ...]:
        """Return the markers that a claim built on `evidence` prints, sorted.

        With several sources: the source numbers. With one source that carries its own markers: the union of
        those on the evidence, perhaps none. With one source without markers: 1.

        >>> one = Document.read("They met for an hour [1]. They agreed [1, 2]. It rained.")
        >>> [one.printed_markers([s]) for s in one.sentences]
        [(1,), (1, 2), ()]
        """
        evidence = list(evidence)
        if len(self.sources) == 1 and self.carries_markers:
            return tuple(sorted({n for s in evidence for n in s.inherited}))
        return tuple(sorted({s.source for s in evidence}))


#: What `summarize`, `ask` and `Document.read` take: a text, a source, a row, several of them, or a document.
Sources: TypeAlias = str | Source | Mapping[str, Any] | Iterable[str | Source | Mapping[str, Any]] | Document


def _items(sources: object) -> list[object]:
    if isinstance(sources, str | Source | Mapping):
        return [sources]
    if sources is None or _known(sources) or not isinstance(sources, Iterable):
        raise InputError(f"the sources are {_problem(sources)}")
    items = list(sources)
    if not items:
        raise InputError("the list of sources is empty: give at least one text or Source.")
    if not isinstance(sources, Sequence | Set | Iterator) and not any(
        isinstance(i, str | Source | Mapping) for i in items
    ):
        raise InputError(f"the sources are {_problem(sources)}")  # a pydantic model, say: its items are its fields
    return items


def _source(item: object, name: str) -> Source:
    if isinstance(item, Mapping):
        item = from_row(item, name)
    elif isinstance(item, str):
        item = Source(item)
    if not isinstance(item, Source):
        raise InputError(f"{name} is {_problem(item)}")
    clean: dict[str, str] = {}
    for field, advice in _FIELDS.items():
        value = getattr(item, field)
        if isinstance(value, str):
            clean[field] = replace_surrogates(value)
        elif field == "text":
            raise InputError(f"{name}: its text is {_problem(value, advice)}")
        elif value is not None:
            raise InputError(f"{name}: its {field} is of type {type(value).__name__}: {advice}")
    check_length(item.text, name)
    if not item.text.strip():
        raise InputError(f"{name} is empty: give the article's text.")
    title = squeeze(markers.strip(clean.pop("title", "").replace(_BYTE_ORDER_MARK, " ")))
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


def _sentences(source: Source, number: int, first_id: int) -> Iterable[Sentence]:
    groups = markers.find(source.text)
    at = 0  # groups come in order, and so do pieces: one pass over both
    count = first_id
    # A byte-order mark that was left on is no part of the first sentence; a blank in its place keeps the offsets.
    marks = len(source.text) - len(source.text.lstrip(_BYTE_ORDER_MARK))
    for start, end, heading in sentences.split(" " * marks + source.text[marks:]):
        while at < len(groups) and groups[at].start < start:
            at += 1
        first = at
        while at < len(groups) and groups[at].end <= end:
            at += 1
        inside = groups[first:at]
        text = source.text[start:end]
        if inside:
            text = markers.strip(text)
        if any(map(str.isalnum, text)):
            inherited = tuple(sorted({n for group in inside for n in group.numbers}))
            yield Sentence(f"s{count}", text, Span(start, end), number, inherited, heading)
            count += 1


def _name(number: int, of: int) -> str:
    return "the source" if of == 1 else f"source {number} of {of}"


def _problem(value: object, advice: str = "give a text, a Source, a row with a text, or a list of them.") -> str:
    """Return what is wrong with a value that should be a text, ending in what to do."""
    if value is None:
        return f"None: {advice}"
    return _known(value) or f"of type {type(value).__name__}: {advice}"


def _known(value: object) -> str:
    """Return what is wrong with a value that only holds the text, and how to get at it; "" for any other value."""
    if isinstance(value, bytes | bytearray | memoryview):
        return "bytes, not text: decode them first, for example data.decode('utf-8')."
    if isinstance(value, os.PathLike):
        return "a path: open it with briefing.read(path), which returns its sources."
    if isinstance(value, Document):
        return "a Document: give it alone, or the sources in it (document.sources)."
    return "an open file: pass its text, file.read()." if callable(getattr(value, "read", None)) else ""


def _hint(source: Source, name: str) -> str:
    text = source.text.strip()
    if all(_URL.fullmatch(token[0]) for token in re.finditer(r"\S+", text)):
        return f"{name} is only a URL, and nothing is fetched: download the page and pass its text."
    if _PATH_ONLY.fullmatch(text):
        return f"{name} looks like a file name, and was read as text: briefing.read(path) opens a file."
    return ""
