"""Direct speech in a text: the words that somebody spoke, and whom the text names as the speaker.

Quotation marks alone make no quote: they also stand round terms, titles, and narration that an editor pulled out.
Words count as speech only where the text attributes them:

    “X,” said Y.    “X,” Y told reporters.    Y said: “X.”    “X,” Y said, “Z.”    “X,” said Y. “Z runs on.”

and where a paragraph of speech stays open and the next one opens with a mark again. What cannot be attributed with
certainty is left out: a quote given to the wrong speaker is worse than a quote missed. English attributions only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from . import markers, quotemarks, sentences
from .document import Span
from .quotemarks import Pair
from .speaker import PRONOUNS, names, people, speaker_after, speaker_before
from .text import fold, squeeze

#: How far from the words an attribution is looked for, in code points.
MAX_FRAME = 300


class Speech(NamedTuple):
    """Words spoken: `parts` are the spans of the words in the text, without marks; `speaker` as the text names them.

    `span` covers the words and the sentences that hold them and attribute them.
    """

    parts: tuple[Span, ...]
    speaker: str
    span: Span

    def words(self, text: str) -> str:
        """Return the words spoken, parts joined by a space, markers and line breaks taken out.

        A comma that stands for a full stop, as in “X,” said Y. “Z.”, becomes one.
        """
        said = [squeeze(markers.strip(text[start:end])) for start, end in self.parts]
        for number, (here, after) in enumerate(pairwise(self.parts)):
            if said[number].endswith(",") and re.search(r"[.!?]\W*$", markers.strip(text[here.end : after.start])):
                said[number] = said[number][:-1] + "."
        return " ".join(said)


class _Frame(NamedTuple):
    """A pair of marks and the narration round it: back and forth to the sentence's end or the next marks."""

    pair: Pair
    sentence: Span  # from the start of the sentence where the words begin to the end of that where they end
    before: str
    after: str

    @property
    def opens(self) -> bool:
        """Whether the words open their sentence, so that an attribution can follow them."""
        return not self.before.strip(" -([") or self.before.strip() in {"But", "And", "So"}


# The engine and the checks read the same few texts again and again.
@lru_cache(maxsize=16)
def speeches(text: str) -> tuple[Speech, ...]:
    """Return the direct speech in `text` that is attributed to somebody, in order.

    >>> text = "“We will rebuild,” the mayor, Ana Lopes, told reporters. He called it a “new dawn”."
    >>> [(s.words(text), s.speaker) for s in speeches(text)]
    [('We will rebuild,', 'Ana Lopes')]
    """
    pairs = quotemarks.pairs(text)
    if not pairs:
        return ()
    plain = _blank_markers(fold(text))
    pieces = [Span(piece.start, piece.end) for piece in sentences.split(text)]
    found: list[Speech] = []
    previous: Pair | None = None
    for frame in _frames(plain, pieces, pairs):
        words = Span(frame.pair.inner_start, frame.pair.inner_end)
        if not plain[words.start : words.end].strip():
            continue
        last = found[-1] if found else None
        touching = last if last and previous and last.parts[-1].end == previous.inner_end else None
        if touching and previous and _continues(plain, touching, previous, frame):
            span = Span(touching.span.start, max(touching.span.end, frame.sentence.end))
            found[-1] = Speech((*touching.parts, words), touching.speaker, span)
        elif speaker := _speaker(plain, pieces, frame, last):
            found.append(Speech((words,), speaker, frame.sentence))
        previous = frame.pair
    return tuple(found)


def _frames(text: str, pieces: Sequence[Span], pairs: Sequence[Pair]) -> list[_Frame]:
    frames = []
    for number, pair in enumerate(pairs):
        first, last = _piece_at(pieces, pair.start), _piece_at(pieces, max(pair.start, pair.end - 1))
        floor = pairs[number - 1].end if number else 0
        ceiling = pairs[number + 1].start if number + 1 < len(pairs) else len(text)
        before = text[max(first.start, floor, pair.start - MAX_FRAME) : pair.start]
        after = text[pair.end : min(last.end, ceiling, pair.end + MAX_FRAME)]
        before, after = before.replace("\n", " "), after.replace("\n", " ")
        sentence = Span(min(first.start, pair.start), max(last.end, pair.end))
        frames.append(_Frame(pair, sentence, before, after))
    return frames


def _speaker(text: str, pieces: Sequence[Span], frame: _Frame, last: Speech | None) -> str:
    speaker = speaker_before(frame.before) or (speaker_after(frame.after) if frame.opens else "")
    return _antecedent(text, pieces, frame.sentence, last) if speaker in PRONOUNS else speaker


def _continues(text: str, last: Speech, marks: Pair, frame: _Frame) -> bool:
    """Tell whether the words go on with `last`, whose own last words stand in the pair of `marks` before these."""
    between = text[marks.end : frame.pair.start]
    if frame.sentence.start <= marks.start:  # “X,” Y said, “Z.”
        return bool(re.search(r"[,;.:-]\s*$", between)) and not speaker_before(between.partition(",")[2])
    if not frame.opens or frame.after.strip(" .,"):
        return False  # it has narration of its own
    if not marks.closed:
        return True
    return "\n" not in between and not text[last.span.end : frame.pair.start].strip()


def _antecedent(text: str, pieces: Sequence[Span], sentence: Span, last: Speech | None) -> str:
    """Return whom `he said` means: the last speaker if that was just now, else the one person named just before.

    Empty when another name stands between: then it is not certain.
    """
    at = _index_at(pieces, sentence.start)
    if at == 0:
        return ""
    if last and last.span.end > pieces[max(0, at - 2)].start:
        since = names(text[last.span.end : sentence.start])
        return last.speaker if since <= names(last.speaker) else ""
    named = people(text[pieces[at - 1].start : pieces[at - 1].end])
    return named[0] if len(named) == 1 else ""


def _index_at(pieces: Sequence[Span], offset: int) -> int:
    return max(0, bisect_right(pieces, (offset, len(pieces) and pieces[-1].end + 1)) - 1)


def _piece_at(pieces: Sequence[Span], offset: int) -> Span:
    return pieces[_index_at(pieces, offset)]


def _blank_markers(text: str) -> str:
    kept, position = [], 0
    for group in markers.find(text):
        kept += [text[position : group.start], " " * (group.end - group.start)]
        position = group.end
    return "".join([*kept, text[position:]])
