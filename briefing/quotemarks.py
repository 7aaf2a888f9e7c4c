"""Pairs of quotation marks in a text, in every common form, found in one pass.

“…”, "…", „…“, «…», »…«, ``…'' and, outside those, ‘…’ and '…'. A single mark is also an apostrophe, so single
marks pair only when the first opens a word and the second follows punctuation, as in ‘No,’ he said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", '"': '"', "``": "''"}
_EVENT = re.compile(r"``|''|[“”„«»\"‘’']|\n\s*")
_REOPENING = ("“", "„", "«", '"', "``")
_BEFORE_OPENING = ' \t\n\r\u00a0([{—–-/"“„«'
_BEFORE_CLOSING_SINGLE = ".,?!…—–-"


class Pair(NamedTuple):
    """A pair of marks: `text[start:end]` with them, `text[inner_start:inner_end]` without.

    `closed` is false for a paragraph of speech that ends without a mark because the next one opens with one.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool


@lru_cache(maxsize=8)
def pairs(text: str) -> tuple[Pair, ...]:
    """Return the outermost pairs of quotation marks of `text`, in order; offsets count code points from 0.

    >>> text = "“No,” he said. It’s the so-called 'plan'. 'Why?' she asked."
    >>> [text[p.inner_start:p.inner_end] for p in pairs(text)]
    ['No,', 'Why?']
    """
    found: list[Pair] = []
    for pair in _scan(text):
        while found and found[-1].start > pair.start:
            found.pop()  # marks inside single ones
        found.append(pair)
    return tuple(found)


def _scan(text: str) -> Iterator[Pair]:
    double: tuple[int, str] | None = None
    single: int | None = None
    for event in _EVENT.finditer(text):
        mark, at = event[0], event.start()
        if mark[0] == "\n":
            reopens = text.startswith(_REOPENING, event.end())
            if double and reopens:  # a paragraph of speech that stays open: the next one opens with a mark again
                yield Pair(double[0], at, double[0] + len(double[1]), at, closed=False)
            if reopens or mark.count("\n") > 1:
                double = single = None
        elif double and mark in _CLOSERS[double[1]]:
            yield Pair(double[0], event.end(), double[0] + len(double[1]), at, closed=True)
            double = None
        elif mark in _CLOSERS and not (mark == '"' and text[at - 1 : at].isdigit()):
            double = (at, mark)  # also when one was open: that one was never closed
        elif mark in {"‘", "’", "'"} and not double:
            if single is not None and _closes_single(text, at):
                yield Pair(single, at + 1, single + 1, at, closed=True)
                single = None
            elif mark != "’" and (at == 0 or text[at - 1] in _BEFORE_OPENING) and text[at + 1 : at + 2].isalnum():
                single = at


def _closes_single(text: str, at: int) -> bool:
    return text[at - 1] in _BEFORE_CLOSING_SINGLE and not text[at + 1 : at + 2].isalnum()
