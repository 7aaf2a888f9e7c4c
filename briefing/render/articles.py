"""The sources as a page shows them: whole, sentence by sentence, each knowing which claims use it.

Texts are cut where a finding points, so that the words that say otherwise than a claim can be marked.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from ..document import Document, Sentence
from ..values import dates, figures, names
from ..verdict import Evidence, Finding
from ..words import words

_ID = re.compile("[st][0-9]{1,9}")


class Piece(NamedTuple):
    """A stretch of a text, and what marks it: in a source the ids of the claims whose findings point at it."""

    text: str
    marks: tuple[str, ...] = ()


class Mark(NamedTuple):
    """A place to be marked in a text, `text[start:end]`, and what for: the id of a claim, the severity of a finding."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Line:
    """A sentence of a source, or what stands between two (`id` is then empty).

    `start` is its offset in the source. `uses` are the claims that cite it. `left_out`: none does, and it holds a name,
    a figure or a date.
    """

    pieces: tuple[Piece, ...]
    id: str = ""
    start: int = 0
    uses: tuple[str, ...] = ()
    left_out: bool = False
    heading: bool = False

    @property
    def text(self) -> str:
        """The sentence as the source prints it."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Article:
    """A source as paragraphs of lines; `url` is empty where it is none that a page may link to."""

    number: int
    paragraphs: tuple[tuple[Line, ...], ...]
    title: Line | None = None
    url: str = ""
    published: str = ""

    @property
    def lines(self) -> Iterator[Line]:
        """The title and the sentences."""
        if self.title:
            yield self.title
        for paragraph in self.paragraphs:
            yield from (line for line in paragraph if line.id)


class Cited:
    """What claims say of each sentence: which of them use it, and where their findings point."""

    def __init__(self) -> None:
        self._uses: defaultdict[str, list[str]] = defaultdict(list)
        self._marks: defaultdict[str, list[Mark]] = defaultdict(list)

    def add(self, claim: str, evidence: Iterable[Evidence], findings: Iterable[Finding]) -> None:
        """Note what a claim, by its id, cites and where its findings point."""
        for item in evidence:
            self._uses[item.sentence].append(claim)
        for finding in findings:
            if finding.evidence_span:
                self._marks[finding.sentence].append(Mark(*finding.evidence_span, claim))

    def line(self, sentence: str, text: str, start: int, *, exact: bool = True, heading: bool = False) -> Line:
        """Return a sentence that begins at `start` of its source; findings point into it only where it is `exact`."""
        marks = [Mark(m.start - start, m.end - start, m.label) for m in self._marks.get(sentence, ()) if exact]
        uses = tuple(self._uses.get(sentence, ()))
        return Line(tuple(cut(text, marks)), sentence, start, uses, heading=heading)


def articles(document: Document, cited: Cited) -> tuple[Article, ...]:
    """Return the sources of a document, whole."""
    telling = _telling(document)
    titles = {title.source: cited.line(title.id, title.text, 0, heading=True) for title in document.titles}
    return tuple(
        Article(
            number,
            tuple(_paragraphs(source.text, document.by_source[number - 1], cited, telling)),
            titles.get(number),
            linkable(source.url),
            source.published or "",
        )
        for number, source in enumerate(document.sources, start=1)
    )


def excerpts(evidence: Iterable[Evidence], cited: Cited) -> tuple[Article, ...]:
    """Return what is known of sources that are not at hand: the sentences that claims cite, in their order."""
    found: defaultdict[int, dict[str, Line]] = defaultdict(dict)
    for item in sorted(evidence, key=lambda each: each.start):
        if not _ID.fullmatch(item.sentence):
            continue  # of a file that we did not write: it would be the id of any part of a page
        exact = len(item.text) == item.end - item.start  # else markers of the source are left out of it
        found[item.source][item.sentence] = cited.line(item.sentence, item.text, item.start, exact=exact)
    return tuple(Article(number, tuple((line,) for line in found[number].values())) for number in sorted(found))


def cut(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Yield a text in pieces, cut where marks begin and end, each with the labels of those that cover it.

    >>> [tuple(piece) for piece in cut("signed on Monday", [Mark(0, 6, "c1")])]
    [('signed', ('c1',)), (' on Monday', ())]
    """
    clipped = (mark._replace(start=max(mark.start, 0), end=min(mark.end, len(text))) for mark in marks)
    inside = [mark for mark in clipped if mark.start < mark.end]
    bounds = sorted({0, len(text), *(bound for mark in inside for bound in mark[:2])})
    for start, end in pairwise(bounds):
        covering = (mark.label for mark in inside if mark.start <= start and end <= mark.end)
        yield Piece(text[start:end], tuple(dict.fromkeys(covering)))


def linkable(url: str | None) -> str:
    """Return an address that a page may link to, http or https with a host, or an empty string.

    >>> linkable("https://example.org/a?b=1"), linkable("javascript:alert(1)")
    ('https://example.org/a?b=1', '')
    """
    if not url or not url.isprintable() or any(map(str.isspace, url)):
        return ""
    try:
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else ""
    except ValueError:
        return ""


def _paragraphs(
    text: str, sentences: Iterable[Sentence], cited: Cited, telling: Set[str]
) -> Iterator[tuple[Line, ...]]:
    """Yield the whole text, what is no sentence too; a line break between two sentences parts paragraphs."""
    paragraph: list[Line] = []
    at = 0
    for sentence in sentences:
        start, end = sentence.span
        between = text[at:start]
        if "\n" in between and paragraph:
            yield tuple(paragraph)
            paragraph = []
        if between.strip() or paragraph:
            paragraph.append(Line((Piece(between),)))
        line = cited.line(sentence.id, text[start:end], start, heading=sentence.heading)
        paragraph.append(replace(line, left_out=sentence.id in telling and not line.uses))
        at = end
    if text[at:].strip():
        paragraph.append(Line((Piece(text[at:]),)))
    yield tuple(paragraph)


def _telling(document: Document) -> set[str]:
    """Return the ids of the sentences that hold a name, a figure or a date: what a reader may miss.

    A word that opens a sentence is a name where it is one elsewhere.
    """
    known = {name for sentence in document.sentences for name in names(sentence.text)}
    return {
        sentence.id
        for sentence in document.sentences
        if not sentence.heading and (_words(sentence.text) & known or figures(sentence.text) or dates(sentence.text))
    }


def _words(text: str) -> set[str]:
    """Return the words as `names` gives them: as they are written, without a possessive."""
    return {word.form.removesuffix("’s").removesuffix("'s") for word in words(text)}
