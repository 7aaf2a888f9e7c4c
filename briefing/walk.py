"""Where the JSON objects are in a text that comes in pieces: one walk, each character seen at most twice.

It asks of an object only that keys, colons, values, commas and brackets follow one another as they must; a JSON parser
has the last word on the texts found. So `{x}` in prose and an object that the writer broke off do not hide the one that
follows, and nothing is ever searched again from its start: 1 MB of `{{{{` takes as long as 1 MB of prose.

>>> [text[span.start : span.end] for text in ['Of {x}: {"a": [1, {}]}.'] for span in Walk().over(text)]
['{}', '{"a": [1, {}]}']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DEEPEST = 32  # levels of brackets: a reply has 5, and a parser that calls itself takes each of them on its stack


class Span(NamedTuple):
    """A complete JSON object in the text, and what leads to it: indices, and where keys stand."""

    start: int
    end: int
    path: tuple[int | tuple[int, int], ...]


# What a token makes of a state inside an object; a token that is not here, nor a bracket, ends the object there.
# `"` stands for a string, `0` for a number or a word.
_NEXT = {
    ("first key", '"'): "colon", ("key", '"'): "colon", ("colon", ":"): "value",
    ("value", '"'): "after", ("first value", '"'): "after", ("value", "0"): "after", ("first value", "0"): "after",
}  # fmt: skip
_CLOSES = {("{", "first key", "}"), ("{", "after", "}"), ("[", "first value", "]"), ("[", "after", "]")}
_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:(?P<mark>[{}\[\]:,"])|"""
    r"""(?P<word>[-0-9tfnNI][^ \t\r\n{}\[\]:,"]*+)|([^ \t\r\n{}\[\]:,"]++))"""
)
_STRING = re.compile(r'(?:[^"\\]++|\\.)*+', re.DOTALL)


class Walk:
    """Finds the JSON objects in a text that comes in pieces; the same ones however it is cut."""

    def __init__(self) -> None:
        self._length = 0
        self._stack: list[tuple[str, int]] = []  # the open brackets, and where they stand
        self._steps: list[int | tuple[int, int]] = []  # for each of them the key or index that it is at
        self._state = ""
        self._string = self._escaped = self._word = False  # whether the last piece ended inside one
        self._key = self._start = 0  # where the last key began, and the object that ended last

    @property
    def inside(self) -> bool:
        """Whether the text so far ends inside an object."""
        return bool(self._stack)

    def over(self, piece: str) -> Iterator[Span]:
        """Yield the objects that end in this piece and lie no deeper than in a list of the outermost object."""
        at, base = 0, self._length
        self._length += len(piece)
        while at < len(piece):
            if self._string:
                at = self._through_string(piece, at, base)
            elif not self._stack:
                if (at := piece.find("{", at)) < 0:
                    return
                self._open("{", base + at)
                at += 1
            elif match := _TOKEN.match(piece, at):
                mark, first, at = match["mark"], match.start(match.lastindex or 0), match.end()
                goes_on = self._word and mark is None and first == 0
                self._word = mark is None and at == len(piece)
                if goes_on or self._take(mark or ("0" if match["word"] else ""), base + at):
                    if mark == "}" and len(self._stack) < 3:
                        yield Span(self._start, base + at, tuple(self._steps))
                else:
                    self._stack.clear()
                    self._steps.clear()
                    self._word = False
                    at -= mark == "{"  # this one may begin the object that is meant
            else:
                self._word = False
                return

    def _through_string(self, piece: str, at: int, base: int) -> int:
        """Return where a string ends in this piece, or the end of the piece."""
        if self._escaped:
            self._escaped = False
            at += 1
        match = _STRING.match(piece, at)
        at = match.end() if match else at
        if at < len(piece):
            self._escaped = piece[at] == "\\"
            self._string = self._escaped
            at += 1
            if not self._string and self._state == "colon":
                self._steps[-1] = (self._key, base + at)
        return at

    def _open(self, bracket: str, start: int) -> None:
        self._stack.append((bracket, start))
        self._steps.append(0)
        self._state = "first key" if bracket == "{" else "first value"

    def _take(self, mark: str, end: int) -> bool:
        """Move on over one token, which ends at `end`; false if it may not stand there."""
        bracket = self._stack[-1][0]
        if mark in ("{", "["):
            if self._state not in ("value", "first value") or len(self._stack) == _DEEPEST:
                return False
            self._open(mark, end - 1)
        elif (bracket, self._state, mark) in _CLOSES:
            self._start = self._stack.pop()[1]
            self._steps.pop()
            self._state = "after"
        elif mark == "," and self._state == "after":
            self._state = "key" if bracket == "{" else "value"
            if isinstance(step := self._steps[-1], int):
                self._steps[-1] = step + 1
        elif follows := _NEXT.get((self._state, mark)):
            self._state = follows
            self._string, self._key = mark == '"', end - 1
        else:
            return False
        return True
