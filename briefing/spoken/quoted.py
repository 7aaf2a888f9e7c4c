"""Where words stand in the sources: as one stretch, in whose mouth, within marks or in the narration.

Words are compared, not characters: typography, capitals and punctuation do not count, and every word does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from .. import markers, quotemarks, speech
from ..document import Document, Sentence
from ..source import Span
from ..speech import Speech
from ..text import fold
from ..words import FUNCTION_WORDS, Word, words

#: More words than this are not aligned one by one.
_LONGEST = 400
#: Of a word that stands more often, only so many places are looked at.
_OFTEN = 200
_STOP = re.compile(r"[.!?…]")


class Spot(NamedTuple):
    """A stretch of a sentence: `sentence.text[start:end]`."""

    sentence: Sentence
    start: int
    end: int


class Standing(NamedTuple):
    """Where words stand: the words of `passage` from `first` up to `last`, and how they stand there."""

    passage: Passage
    first: int
    last: int

    @property
    def span(self) -> Span:
        """The place in the source's text."""
        return Span(self.passage.words[self.first].start, self.passage.words[self.last - 1].end)

    @property
    def spoken(self) -> Speech | None:
        """The speech that the words are part of, if any."""
        start, end = self.span
        for one in self.passage.speeches:
            inside = [part for part in one.parts if part.start <= start < part.end]
            if inside and end <= (one.parts[-1] if self.passage.told else inside[0]).end:
                return one
        return None

    @property
    def marked(self) -> bool:
        """Whether the words stand within quotation marks, spoken or not."""
        return self.pair is not None or self.spoken is not None

    @property
    def pair(self) -> quotemarks.Pair | None:
        """The pair of quotation marks round the words, if any."""
        start, end = self.span
        return next((p for p in self.passage.pairs if p.start <= start and end <= p.end), None)

    def before(self, *, clause: bool = False) -> list[str]:
        """Return the words before these in the same sentence, or between commas, the nearest last."""
        found: list[str] = []
        at = self.first
        while at > 0 and len(found) < 8 and not self._parted(at - 1, at) and not (clause and self._comma(at - 1, at)):
            at -= 1
            found.append(self.passage.plain[at])
        return found[::-1]

    def after(self) -> list[str]:
        """Return the words after these in the same sentence."""
        found: list[str] = []
        at = self.last
        while at < len(self.passage.plain) and len(found) < 8 and not self._parted(at - 1, at):
            found.append(self.passage.plain[at])
            at += 1
        return found

    def _comma(self, one: int, other: int) -> bool:
        return "," in self.passage.text[self.passage.words[one].end : self.passage.words[other].start]

    def _parted(self, one: int, other: int) -> bool:
        between = self.passage.text[self.passage.words[one].end : self.passage.words[other].start]
        return bool(_STOP.search(between)) or '"' in fold(between) or "\n\n" in between


class Passage(NamedTuple):
    """The words of a source, or, where `told`, of one speech in it without what stands between its parts."""

    number: int
    text: str
    words: tuple[Word, ...]
    plain: tuple[str, ...]
    joined: str
    starts: tuple[int, ...]
    pairs: tuple[quotemarks.Pair, ...]
    speeches: tuple[Speech, ...]
    told: bool = False

    def find(self, wanted: Sequence[str]) -> Iterator[Standing]:
        """Yield each place where these plain words stand one after the other."""
        needle = f" {' '.join(wanted)} "
        at = self.joined.find(needle)
        while at >= 0:
            first = bisect_right(self.starts, at + 1) - 1
            yield Standing(self, first, first + len(wanted))
            at = self.joined.find(needle, at + 1)


def plain(word: str) -> str:
    """Return a word as quotations are compared: in lower case, with plain apostrophes."""
    return fold(word).lower()


def passages(document: Document, number: int) -> tuple[Passage, ...]:
    """Return the words of a source, and those of each of its speeches that is told in parts."""
    return _passages(number, document.sources[number - 1].text)


@lru_cache(maxsize=64)
def _passages(number: int, text: str) -> tuple[Passage, ...]:
    clear = list(text)
    for group in markers.find(text):
        clear[group.start : group.end] = " " * (group.end - group.start)
    said = words("".join(clear))
    found = [_passage(number, text, said)]
    for one in speech.speeches(text):
        if len(one.parts) > 1:
            parts = [w for part in one.parts for w in _within(said, part)]
            found.append(_passage(number, text, parts)._replace(told=True))
    return tuple(found)


def _within(said: Sequence[Word], part: Span) -> Sequence[Word]:
    first = bisect_right(said, part.start - 1, key=lambda word: word.start)
    return said[first : bisect_right(said, part.end - 1, key=lambda word: word.start)]


def _passage(number: int, text: str, said: Sequence[Word]) -> Passage:
    low = tuple(plain(word.form) for word in said)
    starts, at = [], 1
    for word in low:
        starts.append(at)
        at += len(word) + 1
    joined = f" {' '.join(low)} "
    return Passage(number, text, tuple(said), low, joined, tuple(starts), quotemarks.pairs(text), speech.speeches(text))


def standings(wanted: Sequence[str], document: Document, evidence: Sequence[Sentence]) -> list[Standing]:
    """Return where these words stand in the sources, best first: in the evidence, spoken, within marks."""
    if not wanted:
        return []
    numbers = range(1, len(document.sources) + 1)
    found = [s for number in numbers for passage in passages(document, number) for s in passage.find(wanted)][:50]
    return sorted(found, key=lambda s: (not cited(s, evidence), s.spoken is None, not s.marked))


def cited(standing: Standing, evidence: Iterable[Sentence]) -> bool:
    """Tell whether a stretch lies in the evidence, or in a speech that the evidence is part of."""
    spans = [s.span for s in evidence if s.source == standing.passage.number and not s.id.startswith("t")]
    start, end = standing.span
    if any(span.start < end and start < span.end for span in spans):
        return True
    spoken = standing.spoken
    return spoken is not None and any(s.start < spoken.span.end and spoken.span.start < s.end for s in spans)


class Difference(NamedTuple):
    """The nearest stretch of the sources to words that do not stand there, and how the two differ.

    `changed` are the numbers of the words that differ, in what is claimed and in the stretch's passage; both may be
    empty ranges. `only_left_out` is true where every word stands there, with others between; `share` is how many do.
    """

    standing: Standing
    changed: tuple[range, range]
    only_left_out: bool
    share: float
    own: tuple[str, ...]


def nearest(wanted: Sequence[str], document: Document, evidence: Sequence[Sentence]) -> Difference | None:
    """Return the sentence stretch most like these words, in the evidence or else anywhere, if any is like them."""
    if not 1 < len(wanted) <= _LONGEST:
        return None
    telling = {word for word in wanted if word not in FUNCTION_WORDS}
    for pool in (evidence, _sharing(telling, document)):
        found = [d for s in pool if (d := _difference(wanted, telling, s, document))]
        if found:
            return max(found, key=lambda d: d.share)
    return None


def _sharing(telling: set[str], document: Document) -> list[Sentence]:
    """Return the sentences with most of the telling words; words that stand nearly everywhere do not count."""
    counts: Counter[tuple[int, int]] = Counter()
    for number in range(1, len(document.sources) + 1):
        whole, own = passages(document, number)[0], document.by_source[number - 1]
        for word in telling:
            places = [whole.words[s.first].start for s in islice(whole.find([word]), _OFTEN)]
            counts.update({(number, bisect_right(own, at, key=lambda s: s.span.start) - 1) for at in places})
    best = [pair for pair, count in counts.most_common(3) if 2 * count >= len(telling) and pair[1] >= 0]
    return [document.by_source[number - 1][at] for number, at in best]


def _difference(wanted: Sequence[str], telling: set[str], sentence: Sentence, document: Document) -> Difference | None:
    if sentence.id.startswith("t"):
        return None
    whole = passages(document, sentence.source)[0]
    first = bisect_right(whole.words, sentence.span.start - 1, key=lambda word: word.start)
    last = bisect_right(whole.words, sentence.span.end - 1, key=lambda word: word.start)
    theirs = whole.plain[first:last]
    if not telling & {*theirs} or len(theirs) > _LONGEST:
        return None
    blocks = [b for b in SequenceMatcher(None, wanted, theirs, autojunk=False).get_matching_blocks() if b.size]
    shared = sum(block.size for block in blocks)
    if not blocks or 2 * shared < len(wanted) or not telling & {w for b in blocks for w in wanted[b.a : b.a + b.size]}:
        return None
    changed = _first_change([(b.a, b.b, b.size) for b in blocks], len(wanted))
    start, end = first + blocks[0].b, first + blocks[-1].b + blocks[-1].size
    standing = Standing(whole, start, end)
    own = tuple(
        word for tag, i, j, _, _ in _opcodes(wanted, theirs) if tag in {"replace", "delete"} for word in wanted[i:j]
    )
    there = range(first + changed[1].start, first + changed[1].stop)
    return Difference(standing, (changed[0], there), shared == len(wanted), shared / len(wanted), own)


def _opcodes(wanted: Sequence[str], theirs: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, wanted, theirs, autojunk=False).get_opcodes()


def _first_change(blocks: Sequence[tuple[int, int, int]], length: int) -> tuple[range, range]:
    """Return the first words that differ, on both sides: before, between or after the blocks that are the same."""
    gaps = [
        (range(a + size, next_a), range(b + size, next_b)) for (a, b, size), (next_a, next_b, _) in pairwise(blocks)
    ]
    last_a, last_b, size = blocks[-1]
    first_a, first_b, _ = blocks[0]
    ends = [
        (range(last_a + size, length), range(last_b + size, last_b + size)),
        (range(first_a), range(first_b, first_b)),
    ]
    changes = [g for g in [*gaps, *ends] if g[0] or g[1]] or [ends[1]]
    mine, theirs = next((g for g in changes if g[0] and g[1]), changes[0])
    return mine, theirs or range(max(0, theirs.start - 1), max(1, theirs.start))


def stitched(
    wanted: Sequence[str], document: Document, evidence: Sequence[Sentence]
) -> tuple[Standing, Standing] | None:
    """Return the two places that words were joined from, where each half stands somewhere and the whole nowhere."""
    for cut in range(len(wanted) - 2, 1, -1):
        if heads := standings(wanted[:cut], document, evidence):
            tails = standings(wanted[cut:], document, evidence)
            short = min(cut, len(wanted) - cut) < 3
            return (heads[0], tails[0]) if tails and not short else None
    return None


def spot(standing: Standing, document: Document) -> Spot | None:
    """Return the stretch as a place in the sentence where it starts."""
    start, end = standing.span
    return spot_of(standing.passage.number, start, end, document)


def spot_of(number: int, start: int, end: int, document: Document) -> Spot | None:
    """Return `source.text[start:end]` as a place in the sentence where it starts, cut at that sentence's end."""
    own = document.by_source[number - 1]
    at = bisect_right(own, start, key=lambda s: s.span.start) - 1
    if at < 0 or start >= own[at].span.end:
        return None
    sentence = own[at]
    end = min(end, sentence.span.end)
    source = document.sources[number - 1].text
    if sentence.text == source[sentence.span.start : sentence.span.end]:
        return Spot(sentence, start - sentence.span.start, end - sentence.span.start)
    inside = markers.strip(source[start:end]).strip()
    found = sentence.text.find(inside)
    return (
        Spot(sentence, found, found + len(inside)) if inside and found >= 0 else Spot(sentence, 0, len(sentence.text))
    )
