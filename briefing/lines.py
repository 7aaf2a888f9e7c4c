"""Stretches of a text that sentences do not cross: paragraphs, list items and headings.

A line break ends a block, unless the text is hard-wrapped there: the next word would not have fitted on the
line, or the sentence goes on with a small letter. Marks at the start of a line (list bullets and numbers, Markdown
`##`, block-quote `>`) and rules (`***`, `---`) are in no block. A heading is a Markdown heading, or a short line
without a stop before running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from briefing import markers


class Block(NamedTuple):
    """One paragraph, list item or heading: `text[start:end]`, without white space round it."""

    start: int
    end: int
    heading: bool


class _Line(NamedTuple):
    start: int  # of its first character that is not white space
    end: int
    gap: bool  # a blank line comes before it


_BREAKS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"\S[^{_BREAKS}]*")
_QUOTE_MARK = re.compile(r"(?:>[ \t]{0,3}){1,9}")
_RULE = re.compile(r"(?:[-_=~][ \t]?){3,}|(?:[*#•·][ \t]?){2,}")
_HASHES = re.compile(r"#{1,6}[ \t]+")
_BULLET = re.compile(r"[-*+•‣▪●◦·⁃][ \t]+(?=\S)|\(?(?:[0-9]{1,3}|[a-z]|[ivx]{2,4})[.)]\)?[ \t]+(?=\S)")
_STOPPED = re.compile(r"[.!?…:;。！？｡؟۔।॥][\"'”’»›)\]*_]*$")
_WORD = re.compile(r"\S*")
_TAIL = 12  # how much of a line's end is looked at
_NARROWEST, _WIDEST = 40, 100  # columns of hard-wrapped text
_HEADING_LENGTH = 100
_ENUMERATED = re.compile(r"(?<!\S)[•⁃]? ?\(?([0-9]{1,2}|[a-z])(?:\.\)|\.|\))(?=\s)")
_INLINE_BULLET = re.compile(r"(?<!\S)[•⁃‣▪●◦]")


def blocks(text: str) -> Iterator[Block]:
    """Yield the stretches of `text` that sentences cannot cross, without the marks at their lines' start."""
    paragraphs = list(_paragraphs(text))
    lines = [line for paragraph in paragraphs for line in _join(text, paragraph)]
    running = [e - s > _HEADING_LENGTH or ends_with_stop(text, s, e) for s, e, _ in lines]
    last_running = max((i for i, yes in enumerate(running) if yes), default=-1)
    for i, line in enumerate(lines):
        start, end = line.start, line.end
        if _RULE.fullmatch(text, start, end):
            continue
        if hashes := _HASHES.match(text, start, end):
            inside = text[hashes.end() : end].rstrip("# \t")
            if inside:
                yield Block(hashes.end(), hashes.end() + len(inside), True)
            continue
        heading = False
        if not running[i] and i < last_running:
            after = lines[i + 1]
            alone = after.gap and (i == 0 or line.gap)
            underlined = bool(_RULE.fullmatch(text, after.start, after.end)) and not after.gap
            heading = (alone or underlined or running[i + 1]) and _looks_like_heading(text, start, end)
        label = _BULLET.match(text, start, end)
        if label and not items(text, start, end):
            start, heading = label.end(), False
        yield Block(start, end, heading)


def items(text: str, start: int, end: int) -> list[int]:
    """Return where the items of a list written in one line begin: "1. One thing 2. Another", "• One • Another"."""
    if _INLINE_BULLET.match(text, start, end):
        bullets = [m.start() for m in _INLINE_BULLET.finditer(text, start, end)]
        if len(bullets) > 1:
            return bullets
    if not _ENUMERATED.match(text, start, end):
        return []
    starts: list[int] = []
    expected = ""
    for label in _ENUMERATED.finditer(text, start, end):
        if not starts or label[1] == expected:
            starts.append(label.start())
            expected = str(int(label[1]) + 1) if label[1].isdecimal() else chr(ord(label[1]) + 1)
    return starts if len(starts) > 1 else []


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    """Yield the lines of `text` by paragraph: no blank line inside."""
    paragraph: list[_Line] = []
    position = 0
    for match in _LINE.finditer(text):
        start = match.start()
        between = text[position:start]
        gap = between != "\n" and len((between + "x").splitlines()) > 2
        if quoted := _QUOTE_MARK.match(text, start):
            start = min(quoted.end(), match.end())
        position = match.end()
        end = start + len(text[start:position].rstrip())
        if end == start:  # `>` alone: a blank line of a quotation
            gap = True
        if gap and paragraph:
            yield paragraph
            paragraph = []
        if end > start:
            paragraph.append(_Line(start, end, gap))
    if paragraph:
        yield paragraph


def _join(text: str, paragraph: list[_Line]) -> list[_Line]:
    """Return `paragraph` with the lines of hard-wrapped text joined."""
    width = max(end - start for start, end, _ in paragraph)
    # A small letter after a line without a stop goes on with its sentence, at whatever width the text is wrapped.
    broken = any(_goes_on(text, before, line) for before, line in pairwise(paragraph))
    if len(paragraph) == 1 or not (broken or _NARROWEST <= width <= _WIDEST):
        return paragraph
    joined = [paragraph[0]]
    in_list = bool(_BULLET.match(text, *paragraph[0][:2]))
    for before, line in pairwise(paragraph):
        first_word = _WORD.match(text, line.start, line.end)
        wrapped = before.end - before.start + 1 + len(first_word[0] if first_word else "") > width
        marked = _HASHES.match(text, *line[:2]) or _RULE.fullmatch(text, *line[:2])
        if label := _BULLET.match(text, *line[:2]):
            # "… on May⏎17. The next …": a label opens an item only where a new line can be expected.
            marked = label if in_list or ends_with_stop(text, before.start, before.end) else marked
        in_list = bool(label) or (in_list and wrapped)
        wrapped = wrapped or (broken and not ends_with_stop(text, before.start, before.end))
        if wrapped and not marked:
            joined[-1] = joined[-1]._replace(end=line.end)
        else:
            joined.append(line)
    return joined


def _goes_on(text: str, before: _Line, line: _Line) -> bool:
    return (
        text[line.start].islower()
        and not ends_with_stop(text, before.start, before.end)
        and not _BULLET.match(text, line.start, line.end)
    )


def ends_with_stop(text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` ends with a stop; closing marks and citation markers aside.

    >>> ends_with_stop("He left.” [1]", 0, 13)
    True
    """
    tail = text[max(start, end - 40) : end]
    return bool(_STOPPED.search(markers.strip(tail)[-_TAIL:]))


def _looks_like_heading(text: str, start: int, end: int) -> bool:
    line = text[start:end]
    quoted = any(c in line[1:-1] for c in '"“”')
    return not (line[0].islower() or line[-1] in ",]-–—" or quoted) and any(map(str.isalpha, line))
