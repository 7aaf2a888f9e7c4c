"""Where a claim is stitched together: it copies one sentence and goes on with another's words inside a phrase.

Who rewords joins two sentences where a clause begins, and who copies goes on copying. A claim that leaves one sentence
inside a phrase and goes on with a copied row of words that no sentence has beside those before says of the one
what is said of something else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..evidence import Lookup
from ..grammar.predicates import read
from ..grammar.tagging import Tag, Token
from ..words import FUNCTION_WORDS, stem
from .coverage import MOST_WORDS

#: So many words in a row are copied and not met by chance; so many words of content are in each of two such rows.
_RUN, _CONTENT = 3, 2
#: A row that breaks off in the middle of a phrase shows it sooner or later: so many words of it.
_LONG_RUN = 4
#: So many words of content on each side of a seam are looked at.
_BEFORE, _AFTER = 2, 3
#: A new clause may begin with them, and after them whoever is named said it or it is somebody's name.
_SEAMS = frozenset(
    """and but or nor while whereas although though because after before when since until unless if who whom whose
    which that where as than so said says told according also""".split()
)


class Seam(NamedTuple):
    """Where one copied row of words ends and the next begins: characters `start` to `end` of the claim are both."""

    start: int
    end: int


class _Run(NamedTuple):
    """Words `start` to `end` of a claim, which stand so in these sentences; in none where they are the claim's own."""

    start: int
    end: int
    sentences: frozenset[int]


class _Text(NamedTuple):
    """Sentences word by word: in lower case, where each word stands, and the stems of each."""

    rows: tuple[tuple[str, ...], ...]
    places: dict[str, list[tuple[int, int]]]
    stems: tuple[frozenset[str], ...]


def seam(claim: str, document: Lookup) -> Seam | None:
    """Return the first seam of a claim, None where it has none.

    >>> from briefing import Document
    >>> from briefing.evidence import of
    >>> said = "The council opened an inquiry on Monday. Nine sailors slept in the old town hall."
    >>> claim = "The council opened an inquiry in the old town hall."
    >>> seam(claim, of(Document.read(said))) is not None
    True
    """
    tokens = read(claim).tokens[:MOST_WORDS]
    text = _text(document)
    runs = list(_runs(tuple(t.low for t in tokens), text))
    for one, other in pairwise(runs):
        if _stitched(tokens, one, other, text):
            return Seam(tokens[one.start].start, tokens[other.end - 1].end)
    at = _tail(tokens, text)
    return None if at is None else Seam(tokens[0].start, tokens[at].end)


def _stitched(tokens: Sequence[Token], one: _Run, other: _Run, text: _Text) -> bool:
    if not one.sentences or not other.sentences or one.sentences & other.sentences:
        return False
    left, right = tokens[one.start : one.end], tokens[other.start : other.end]
    if _parts(left[-1]) or _parts(right[0]):
        return False
    before, after = _content(left), _content(right)
    whole = min(len(left), len(right)) >= _RUN and min(len(before), len(after)) >= _CONTENT
    inside = len(left) >= _LONG_RUN and len(before) >= _CONTENT and bool(after) and _goes_on(left, right)
    return (whole or inside) and not _beside(before[-_BEFORE:], after[:_AFTER], text)


def _goes_on(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Tell whether a row breaks off after a preposition or an article of its own, and no clause began just before."""
    open_ended = left[-1].tag in {Tag.PREPOSITION, Tag.DETERMINER} and right[0].tag not in {Tag.NAME, Tag.NUMBER}
    counts = any(t.tag is Tag.NUMBER for t in left)  # "tonnes of", "days of": anything may come after
    return open_ended and not counts and not any(map(_parts, left[-_BEFORE - 1 :]))


def _tail(tokens: Sequence[Token], text: _Text) -> int | None:
    """Return the last word of a noun phrase that hangs on a claim after a comma, where no sentence has it so."""
    words = [at for at, t in enumerate(tokens) if t.tag is not Tag.PUNCTUATION]
    commas = [at for at, t in enumerate(tokens) if t.form == ","]
    if not commas or not words or commas[-1] >= words[-1]:
        return None
    rest = tokens[commas[-1] + 1 : words[-1] + 1]
    if rest[0].low not in _KNOWN or any(t.tag not in _PHRASE or _parts(t) for t in rest):
        return None
    before, after = _content(tokens[: commas[-1]]), _content(rest)
    if not before or not after:
        return None
    return None if _beside(before, after[-1:], text) else words[-1]


_KNOWN = frozenset("the its their his her".split())
_PHRASE = frozenset({Tag.DETERMINER, Tag.ADJECTIVE, Tag.NOUN})


def _parts(token: Token) -> bool:
    return token.tag in {Tag.PUNCTUATION, Tag.CONJUNCTION, Tag.RELATIVE} or token.low in _SEAMS


def _beside(before: Sequence[Token], after: Sequence[Token], text: _Text) -> bool:
    """Tell whether a sentence has one of the words before and one of those after."""
    ones, others = ({stem(t.low) for t in side} for side in (before, after))
    return any(ones & stems and others & stems for stems in text.stems)


def _content(tokens: Sequence[Token]) -> list[Token]:
    return [t for t in tokens if t.tag is not Tag.PUNCTUATION and t.low not in FUNCTION_WORDS]


def _runs(words: tuple[str, ...], text: _Text) -> Iterator[_Run]:
    """Yield the longest rows of words that stand so in a sentence, and the single words that stand in none."""
    at = 0
    while at < len(words):
        longest, where = 0, set[int]()
        for sentence, place in text.places.get(words[at], ()):
            row, size = text.rows[sentence], 0
            while at + size < len(words) and place + size < len(row) and words[at + size] == row[place + size]:
                size += 1
            if size > longest:
                longest, where = size, set()
            if size == longest:
                where.add(sentence)
        yield _Run(at, at + max(1, longest), frozenset(where))
        at += max(1, longest)


@lru_cache(maxsize=8)
def _text(document: Lookup) -> _Text:
    tokens = [read(sentence.text).tokens for sentence in document.sentences]
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, row in enumerate(tokens):
        for at, token in enumerate(row):
            places[token.low].append((number, at))
    return _Text(
        tuple(tuple(t.low for t in row) for row in tokens),
        dict(places),
        tuple(frozenset(stem(t.low) for t in row) for row in tokens),
    )
