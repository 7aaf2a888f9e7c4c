"""The words within marks in a claim: whom the claim gives them to, and whether it presents them as speech."""

from __future__ import annotations

import re
from typing import NamedTuple

from .. import quotemarks, speech
from ..speaker import subject_name
from ..text import fold
from ..words import Word, words

#: What an editor puts for words left out, and words of the editor's own: `…`, `[the plan]`.
_EDITED = re.compile(r"\.(?: ?\.){2,3}|…|\[[^\]]{0,80}\]|\((?:\.\.\.|…)\)")
#: Verbs with which a clause takes quoted words in: `called it “unfair”`.
_TAKES_IN = re.compile(
    r"\b(?:said|says|told|called|calls|described|describes|labelled|labeled|branded|dubbed|denounced|hailed|dismissed|"
    r"praised|condemned|criticised|criticized|warned|promised|vowed|urged|insisted|argued|accused|demanded)\b"
)


class Said(NamedTuple):
    """Words within a pair of marks: their pieces between an editor's changes, and who is said to speak them.

    `as_speech` tells that they are presented as what somebody said, not as a term within a sentence, and
    `attributed` that at least a verb such as `called` takes them in.
    """

    pair: quotemarks.Pair
    pieces: tuple[tuple[Word, ...], ...]
    speaker: str
    as_speech: bool
    attributed: bool

    @property
    def words(self) -> tuple[Word, ...]:
        """All the words, in order."""
        return tuple(word for piece in self.pieces for word in piece)

    @property
    def span(self) -> tuple[int, int]:
        """From the first word to the last, in the claim's text."""
        return self.words[0].start, self.words[-1].end


def within_marks(text: str) -> list[Said]:
    """Return the words within quotation marks in `text`, in order; marks with no word in them are left out.

    >>> [(s.speaker, s.as_speech) for s in within_marks("“It is … dead,” said Ana Lopes. Ray called it “unfair”.")]
    [('Ana Lopes', True), ('', False)]
    """
    found = []
    for pair in quotemarks.pairs(text):
        pieces = _pieces(text, pair)
        if not pieces:
            continue
        spoken = next((s for s in speech.speeches(text) if any(p.start == pair.inner_start for p in s.parts)), None)
        outside = text[: pair.start] + text[pair.end :]
        alone = not any(map(str.isalpha, outside))
        speaker = spoken.speaker if spoken else ""
        taken_in = bool(_TAKES_IN.search(text[: pair.start]))
        if not speaker and not alone and taken_in:
            speaker = subject_name(fold(text))[0]
        as_speech = spoken is not None or alone
        found.append(Said(pair, pieces, speaker, as_speech, as_speech or taken_in))
    return found


def _pieces(text: str, pair: quotemarks.Pair) -> tuple[tuple[Word, ...], ...]:
    edges = [pair.inner_start]
    for match in _EDITED.finditer(text, pair.inner_start, pair.inner_end):
        edges += [match.start(), match.end()]
    edges.append(pair.inner_end)
    pieces = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        piece = tuple(Word(w.form, w.start + start, w.end + start) for w in words(text[start:end]))
        if piece:
            pieces.append(piece)
    return tuple(pieces)
