"""Emphasis in Markdown: find the marks of `**bold**`, `*italic*`, `_italic_` and `` `code` ``.

Marks come in pairs round words, as CommonMark has it, but stricter, because plain text uses the same characters: a
mark opens before a word and after none, and closes after one and before none. So `5 * 3`, `5*3*2`, `snake_case_name`,
a footnote's `5%*` and the quotation marks of ``tokenised'' text stay as they are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .source import Span

#: Runs of marks; what no pair reaches across: a blank line, a new item of a list, a heading.
_RUN = re.compile(r"(?P<mark>\*+|_+|`+)|\n[ \t]*(?=\r?\n|(?:[-*+•]|#{1,6}|[0-9]{1,3}[.)])[ \t])")
_LONGEST = 3
#: So many marks are kept open at once: nobody nests deeper, and the time stays linear.
_MOST_OPEN = 16
_OPENING, _CLOSING = "([{“‘«„¿¡", ")]}”’»,.;:!?…"


class _Open(NamedTuple):
    """A run that opens: `text[start:end]`, of which the outer marks may have yet to be closed."""

    mark: str
    start: int
    end: int


def marks(text: str) -> list[Span]:
    """Return where the marks of emphasis stand in `text`, in order; offsets count code points from 0.

    >>> marks("The **old** pier, `pier_2`, cost 5 * 3.")
    [Span(start=4, end=6), Span(start=9, end=11), Span(start=18, end=19), Span(start=25, end=26)]
    """
    pairs: list[tuple[Span, Span]] = []
    opened: list[_Open] = []
    for run in _RUN.finditer(text):
        if not run["mark"]:
            opened.clear()
            continue
        start, end = run.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if end - start > _LONGEST or before == "\\":
            continue
        if _closes(before, after):
            start = _close(run["mark"][0], start, end, opened, pairs)
        if start < end and _opens(before, after):
            opened.append(_Open(run["mark"][0], start, end))
            del opened[:-_MOST_OPEN]
    return sorted(span for pair in pairs for span in pair)


def _opens(before: str, after: str) -> bool:
    return not before.isalnum() and bool(after) and not after.isspace() and after not in _CLOSING


def _closes(before: str, after: str) -> bool:
    return not after.isalnum() and bool(before) and not before.isspace() and before not in _OPENING


def _close(mark: str, start: int, end: int, opened: list[_Open], pairs: list[tuple[Span, Span]]) -> int:
    """Add the pairs that the run `start` to `end` closes, and return where what is left of it starts."""
    while start < end and any(one.mark == mark for one in opened):
        number = max(n for n, one in enumerate(opened) if one.mark == mark)
        one = opened[number]
        del opened[number:]  # what opened after it closes nowhere
        length = min(one.end - one.start, end - start)
        if mark == "`":
            if one.end - one.start != end - start:
                break
            while pairs and pairs[-1][0].start > one.start:
                pairs.pop()  # in code, marks are characters
        pairs.append((Span(one.end - length, one.end), Span(start, start + length)))
        start += length
        if one.start < one.end - length:
            opened.append(one._replace(end=one.end - length))
    return start
