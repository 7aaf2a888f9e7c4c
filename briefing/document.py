"""Sources, and the sentences in them: what every claim points at.

A `Document` is what the caller gave, read once: each source's text, its sentences with exact offsets into
that text, and the markers that the text itself carries. Everything printed later (markers, evidence, offsets)
is derived from here, so nothing can be cited that is not in it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from . import markers, sentences
from .errors import InputError
from .source import BYTE_ORDER_MARK, Source, Span, as_source, hint_of, known, name_of, problem
from .text import bare


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
        read = sources_of(sources)
        found: list[Sentence] = []
        for number, source in enumerate(read, start=1):
            own = list(_sentences(source, number, first_id=len(found) + 1))
            if not own:
                raise InputError(
                    f"{name_of(number, len(read))} has no sentence in it, only markers or symbols: "
                    "give the article's text."
                )
            found.extend(own)
        names = [name_of(n, len(read)) for n in range(1, len(read) + 1)]
        hints = tuple(filter(None, map(hint_of, read, names)))
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
    def by_words(self) -> Mapping[str, tuple[Sentence, ...]]:
        """The sentences and titles by their words, folded and without outer marks: who says this word for word."""
        found: defaultdict[str, list[Sentence]] = defaultdict(list)
        for sentence in (*self.sentences, *self.titles):
            found[bare(sentence.text)].append(sentence)
        return {words: tuple(sentences) for words, sentences in found.items()}

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


def sources_of(given: Sources) -> tuple[Source, ...]:
    """Return the sources in what `Document.read` takes; raises InputError for one that cannot be used."""
    if isinstance(given, Document):
        return given.sources
    items = _items(given)
    return tuple(as_source(item, name_of(n, len(items))) for n, item in enumerate(items, start=1))


def _items(sources: object) -> list[object]:
    if isinstance(sources, str | Source | Mapping):
        return [sources]
    if sources is None or known(sources) or not isinstance(sources, Iterable):
        raise InputError(f"the sources are {problem(sources)}")
    items = list(sources)
    if not items:
        raise InputError("the list of sources is empty: give at least one text or Source.")
    if not isinstance(sources, Sequence | Set | Iterator) and not any(
        isinstance(i, str | Source | Mapping) for i in items
    ):
        raise InputError(f"the sources are {problem(sources)}")  # a pydantic model, say: its items are its fields
    return items


def _sentences(source: Source, number: int, first_id: int) -> Iterable[Sentence]:
    groups = markers.find(source.text)
    at = 0  # groups come in order, and so do pieces: one pass over both
    count = first_id
    # A byte-order mark that was left on is no part of the first sentence; a blank in its place keeps the offsets.
    marks = len(source.text) - len(source.text.lstrip(BYTE_ORDER_MARK))
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
