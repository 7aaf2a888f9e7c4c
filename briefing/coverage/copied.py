"""How far a claim copies a sentence word for word, and what it puts in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from typing import NamedTuple

from ..grammar.predicates import read
from ..grammar.tagging import Tag
from ..remembered import remembered
from ..words import FUNCTION_WORDS
from .coverage import MOST_WORDS

#: So many words in a row are copied and not met by chance; a frame holds one run at least so long.
_RUN, _LONG_RUN = 3, 4
#: The blocks before and after one word, and the empty one that ends them.
_AROUND_ONE = 3
#: A claim that copies so much of a sentence is held against it word for word; less is not looked into.
FRAMED = 0.5


class Frame(NamedTuple):
    """What a claim copies: the share of its words, and where (tokens `start` to `end`) it puts in words."""

    share: float
    inserted: tuple[tuple[int, int], ...]


_NO_FRAME = Frame(0.0, ())


def frame(claim: str, sentence: str) -> Frame:
    """Return what a claim copies from a sentence, word for word.

    >>> frame("Four people died when the old ferry sank off Cebu.", "Four people died when the ferry sank off Cebu.")
    Frame(share=0.9, inserted=((5, 6),))
    """
    own, places = _plain(claim)
    other, _ = _plain(sentence)
    if sum(map(frozenset(other).__contains__, own)) < max(_LONG_RUN, FRAMED * len(own)):
        return _NO_FRAME
    blocks = [b for b in SequenceMatcher(None, own, other, autojunk=False).get_matching_blocks() if b.size >= _RUN]
    if not blocks or max(block.size for block in blocks) < _LONG_RUN:
        return _NO_FRAME
    return Frame(sum(block.size for block in blocks) / len(own), tuple(_inserted(blocks, own, other, places)))


def added(claim: str, sentence: str) -> int:
    """Return the token of the one word that a claim puts into a sentence that it copies otherwise; -1 for none.

    >>> added("Four people died when the old ferry sank.", "Four people died when the ferry sank off Cebu.")
    5
    """
    own, places = _plain(claim)
    other, _ = _plain(sentence)
    if len(own) <= _LONG_RUN or len(set(own) - set(other)) > 1:
        return -1
    blocks = SequenceMatcher(None, own, other, autojunk=False).get_matching_blocks()
    if len(blocks) != _AROUND_ONE:
        return -1
    first, second = blocks[0], blocks[1]
    at, beside = first.a + first.size, first.b + first.size
    one = first.a == 0 and second.a == at + 1 and second.a + second.size == len(own)
    return places[at] if one and second.b == beside else -1


def _inserted(
    blocks: Sequence[Match], own: Sequence[str], other: Sequence[str], places: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Yield where a claim has words, and the sentence none but function words in their place."""
    at = beside = 0
    for start, there, size in [*blocks, Match(len(own), len(other), 0)]:
        if start > at and all(word in FUNCTION_WORDS for word in other[beside:there]):
            yield places[at], places[start - 1] + 1
        at, beside = start + size, there + size


@remembered(1 << 11)
def _plain(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the words of a text, marks left out, and their token numbers."""
    said = [(t.low, i) for i, t in enumerate(read(text).tokens) if t.tag is not Tag.PUNCTUATION][:MOST_WORDS]
    return tuple(low for low, _ in said), tuple(i for _, i in said)
