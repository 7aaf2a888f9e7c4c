"""Citation markers: find them in a text, take them out, print them again.

A marker group is a pair of square brackets round source numbers: `[1]`, `[1, 2]`, `[1,2;4]`, `[1–3]`, with page numbers
after it if there are any (`[6]: 23–25`).
Groups that follow one another, as in `[1][2]` or `[1], [2]`, belong together. Not markers: `[sic]`, `[0]`,
`[2024]` (a source number has at most three digits), `[1](url)` and `[1]: url` (Markdown links), `[^1]`,
`array[0]`, and digits outside 0 to 9, such as `[٣]` or `［１］`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

#: A range wider than this (`[1–900]`) is not a list of sources.
WIDEST_RANGE = 50

# The inside of the brackets. Bounded repetition everywhere: the pattern is linear in the text's length.
_NUMBERS = r"[1-9][0-9]{0,2}"
_ITEM = rf"{_NUMBERS}(?: ?[-‐‑–—] ?{_NUMBERS})?"
_GROUP = re.compile(rf"\[ ?({_ITEM}(?: ?[,;] ?{_ITEM}){{0,99}}) ?\]")
# `[1](url)`, and `[1][home]` unless what follows is an encyclopedia's note, as in `[1][citation needed]`
_LINK_AFTER = re.compile(r"\(|\[(?![0-9]|[a-z]{1,2}\]|[a-z]+ (?:needed|\?)|(?:note|nb|n) ?[0-9]|(?:by )?wh[a-z]+\?)")
_DEFINITION = re.compile(r":(?=\s|$)")  # `[1]: url` at the start of a line
_PAGES = re.compile(r": ?[0-9][0-9,–-]{0,30}(?=\s{0,4}(?:$|[A-Z“\"\[(]))")
# `x[1] = 2`, `x[1].y`, `x[1](`, `x[1]+`: an index in code, not a citation.
_CODE_AFTER = re.compile(r" ?[=+*/<>({]|\.[a-z_]|`")
_CODE_BEFORE = re.compile(r"(?:[_$`][\w.]*|(?:^|[\s(`])[a-z])$")
_BLANKS = " \t\u00a0\u2009\u202f"


class Group(NamedTuple):
    """One bracketed group in a text: `text[start:end]` is the group as printed, `numbers` its sources."""

    start: int
    end: int
    numbers: tuple[int, ...]


def find(text: str) -> list[Group]:
    """Return the marker groups of `text`, in order; offsets count code points from 0.

    >>> find("agreed [1, 2]. See [sic] and [3–5].")
    [Group(start=7, end=13, numbers=(1, 2)), Group(start=29, end=34, numbers=(3, 4, 5))]
    """
    if "[" not in text:
        return []
    groups = []
    for match in _GROUP.finditer(text):
        numbers = _expand(match[1])
        if numbers and not _is_link_or_code(text, match.start(), match.end()):
            glued = match.start() and not text[match.start() - 1].isspace()
            pages = _PAGES.match(text, match.end()) if glued else None
            groups.append(Group(match.start(), pages.end() if pages else match.end(), numbers))
    return groups


def strip(text: str) -> str:
    """Return `text` without its markers and without the blanks and commas that only joined them to it.

    >>> strip("They met for an hour [1], [2].")
    'They met for an hour.'
    """
    kept, position = [], 0
    for start, end in removals(text, find(text)):
        kept.append(text[position:start])
        position = end
    return "".join([*kept, text[position:]])


def removals(text: str, groups: Iterable[Group]) -> list[tuple[int, int]]:
    """Return the spans to cut so that the markers `groups` of `text` leave no trace, in order.

    Each span takes the blanks before a group with it; a comma between two groups goes too. At the start of
    the text the blanks after the group go instead.
    """
    spans: list[tuple[int, int]] = []
    for group in groups:
        start, end = group.start, group.end
        floor = spans[-1][1] if spans else 0
        while start > floor and text[start - 1] in _BLANKS:
            start -= 1
        if spans and text[floor:start].strip(_BLANKS) in {",", ";"}:
            start = floor
        if start == 0:
            while end < len(text) and text[end] in _BLANKS:
                end += 1
        if spans and start == floor:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def show(numbers: Iterable[int]) -> str:
    """Return source numbers as they are printed: sorted, each once; an empty string for none.

    >>> show([2, 1, 2])
    '[1, 2]'
    """
    unique = sorted(set(numbers))
    return f"[{', '.join(map(str, unique))}]" if unique else ""


def attach(sentence: str, numbers: Iterable[int]) -> str:
    """Return a sentence with its markers printed before the closing full stop, or at the end without one.

    >>> attach("They met for an hour.", [1]), attach("He said “yes.”", [1, 2])
    ('They met for an hour [1].', 'He said “yes.” [1, 2]')
    """
    shown = show(numbers)
    if not shown:
        return sentence
    at = closing(sentence)
    return f"{sentence[:at]} {shown}{sentence[at:]}" if at else f"{sentence} {shown}"


def closing(sentence: str) -> int:
    """Return where the closing full stop of a sentence begins, its length without one: markers go before it.

    >>> closing("They met."), closing("He said “yes.”")
    (8, 14)
    """
    return len(sentence.rstrip(".!?。！？…"))


def _expand(inside: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for item in re.split(r"[,;]", inside):
        ends = [int(n) for n in re.findall(r"[0-9]+", item)]
        first, last = ends[0], ends[-1]
        if not first <= last < first + WIDEST_RANGE:
            return ()
        numbers.extend(range(first, last + 1))
    return tuple(dict.fromkeys(numbers))


def _is_link_or_code(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    if before == "[" or (before == "!" and text[end : end + 1] == "(") or _LINK_AFTER.match(text, end):
        return True
    if before in {"", "\n"} and _DEFINITION.match(text, end) and not _PAGES.match(text, end):
        return True
    # Encyclopedias print `word[1]` without a blank, so a word before the bracket alone decides nothing.
    glued = before.isalnum() or before in {"_", "$", ")", "]"}
    return glued and bool(_CODE_AFTER.match(text, end) or _CODE_BEFORE.search(text[max(0, start - 40) : start]))
