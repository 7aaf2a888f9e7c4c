"""The sources as a page shows them: whole, sentence by sentence, each knowing which claims use it.

Texts are cut where a finding points, so that the words that say otherwise than a claim can be marked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit

from ..document import Document, Sentence
from ..source import Span
from ..values import dates, figures, names
from ..verdict import Evidence, Finding, Version
from ..words import words

_ID = re.compile("[st][0-9]{1,9}")
#: So many characters of a sentence are read for a name, a figure or a date.
_READ = 2000


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

    `start` and `end` are its offsets in the source. `uses` are the claims that cite it. `left_out`: none does, and it
    holds a name, a figure or a date. `exact` is False where the text lacks the markers that the source prints in it.
    """

    pieces: tuple[Piece, ...]
    id: str = ""
    start: int = 0
    end: int = 0
    uses: tuple[str, ...] = ()
    left_out: bool = False
    heading: bool = False
    exact: bool = True

    @property
    def text(self) -> str:
        """The sentence as it is shown."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True)
class Article:
    """A source as paragraphs of lines. `linked` tells whether its address is one that a page may link to."""

    number: int
    paragraphs: tuple[tuple[Line, ...], ...]
    title: Line | None = None
    url: str = ""
    linked: bool = False
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

    def line(self, sentence: str, text: str, span: Span, *, heading: bool = False) -> Line:
        """Return a sentence that stands at `span` of its source; findings point into it if it is as it is there."""
        exact = len(text) == span.end - span.start  # else markers of the source are left out of it
        marks = [Mark(m.start - span.start, m.end - span.start, m.label) for m in self._marks[sentence] if exact]
        return Line(tuple(cut(text, marks)), sentence, *span, tuple(self._uses[sentence]), heading=heading, exact=exact)


def articles(document: Document, cited: Cited) -> tuple[Article, ...]:
    """Return the sources of a document, whole."""
    telling = _telling(document)
    titles = {title.source: cited.line(title.id, title.text, title.span, heading=True) for title in document.titles}
    return tuple(
        Article(
            number,
            tuple(_paragraphs(source.text, document.by_source[number - 1], cited, telling)),
            titles.get(number),
            source.url or "",
            linkable(source.url),
            source.published or "",
        )
        for number, source in enumerate(document.sources, start=1)
    )


def excerpts(evidence: Iterable[Evidence], cited: Cited) -> tuple[Article, ...]:
    """Return what is known of sources that are not at hand: the sentences that claims cite, in their order."""
    found: defaultdict[int, list[Line]] = defaultdict(list)
    known = {item.sentence: item for item in evidence if _ID.fullmatch(item.sentence)}  # in a stranger's file any text
    for item in sorted(known.values(), key=lambda each: (not each.sentence.startswith("t"), each.start)):
        found[item.source].append(cited.line(item.sentence, item.text, Span(item.start, item.end)))
    return tuple(Article(number, tuple((line,) for line in found[number])) for number in sorted(found))


def stands(place: Evidence | Version, document: Document) -> bool:
    """Tell whether a place is in the sentence of the document that it names, and evidence all of it."""
    sentence = document.by_id.get(place.sentence)
    if sentence is None or sentence.source != place.source:
        return False
    if isinstance(place, Evidence):
        return (sentence.text, *sentence.span) == (place.text, place.start, place.end)
    return sentence.span.start <= place.start < place.end <= sentence.span.end


def cut(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """Yield a text in pieces, cut where marks begin and end, each with the labels of those that cover it.

    >>> [tuple(piece) for piece in cut("signed on Monday", [Mark(0, 6, "c1")])]
    [('signed', ('c1',)), (' on Monday', ())]
    """
    opened: defaultdict[int, list[str]] = defaultdict(list)
    closed: defaultdict[int, list[str]] = defaultdict(list)
    for mark in marks:
        start, end = max(mark.start, 0), min(mark.end, len(text))
        if start < end:
            opened[start].append(mark.label)
            closed[end].append(mark.label)
    covering: Counter[str] = Counter()
    for start, end in pairwise(sorted({0, len(text), *opened, *closed})):
        covering.update(opened[start])
        for label in closed[start]:
            covering[label] -= 1
            if not covering[label]:
                del covering[label]
        yield Piece(text[start:end], tuple(sorted(covering)))


def linkable(url: str | None) -> bool:
    """Tell whether a page may link to an address: http or https, with a host.

    >>> linkable("https://example.org/a?b=1"), linkable("javascript:alert(1)")
    (True, False)
    """
    if not url or not url.isprintable() or any(map(str.isspace, url)):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def _paragraphs(
    text: str, sentences: Iterable[Sentence], cited: Cited, telling: Set[str]
) -> Iterator[tuple[Line, ...]]:
    """Yield the whole text, what is no sentence too; a line break between two sentences parts paragraphs."""
    paragraph: list[Line] = []
    at = 0
    for sentence in sentences:
        between = text[at : sentence.span.start]
        if "\n" in between and paragraph:
            yield tuple(paragraph)
            paragraph = []
        if between.strip() or paragraph:
            paragraph.append(Line((Piece(between),)))
        line = cited.line(sentence.id, text[slice(*sentence.span)], sentence.span, heading=sentence.heading)
        paragraph.append(replace(line, left_out=sentence.id in telling and not line.uses))
        at = sentence.span.end
    if text[at:].strip():
        paragraph.append(Line((Piece(text[at:]),)))
    yield tuple(paragraph)


def _telling(document: Document) -> set[str]:
    """Return the ids of the sentences that hold a name, a figure or a date: what a reader may miss.

    A word that opens a sentence is a name where it is one elsewhere.
    """
    texts = {sentence.id: sentence.text[:_READ] for sentence in document.sentences if not sentence.heading}
    known = {name for text in texts.values() for name in names(text)}
    return {id_ for id_, text in texts.items() if _words(text) & known or figures(text) or dates(text)}


def _words(text: str) -> set[str]:
    """Return the words as `names` gives them: as they are written, without a possessive."""
    return {word.form.removesuffix("’s").removesuffix("'s") for word in words(text)}
