"""Sentences of a text, as spans: split where a reader would, and never inside a citation marker.

`briefing.lines` first says which stretches of text a sentence cannot leave. In each, `sentencex` (Wikimedia's
splitter, which brings the abbreviations and what may follow them) proposes ends on a copy in which markers,
quotation marks and brackets are blanked, so that none of them hides a stop. Each stop is then judged here by
what stands right before and after it, and takes its closing marks and its citation markers with it:

    “I left.”[1] She stayed.        the quotation mark and the marker belong to the sentence before
    “Are you sure?” he asked.       one sentence
    “I left. I ran,” he said.       two: a quotation may hold several sentences
    in the city . the gains         tokenised text: a stop between blanks is an end, whatever the next letter

Every judgement looks at a bounded window, so the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import sentencex

from briefing import markers
from briefing.abbreviations import BEFORE_NUMBERS, GERMAN_MONTHS, JOINING, ORDINARY, SPEECH, TITLES
from briefing.lines import Block, blocks, ends_with_stop, items
from briefing.text import replace_surrogates, replacer


class Piece(NamedTuple):
    """One sentence or heading: `text[start:end]`, in code points, without white space round it."""

    start: int
    end: int
    heading: bool


# The document, the engine and the checks read the same few texts.
@lru_cache(maxsize=8)
def split(text: str) -> tuple[Piece, ...]:
    """Return the sentences and headings of `text`, in order.

    >>> article = "The talks lasted an hour.[1] “Will it hold?” he asked."
    >>> [article[start:end] for start, end, _ in split(article)]
    ['The talks lasted an hour.[1]', '“Will it hold?” he asked.']
    """
    groups = {group.start: group.end for group in markers.find(text)}
    view = _View(text, _blank(text, groups), groups, _loose_closers(text))
    pieces: list[Piece] = []
    for block in blocks(text):
        if block.heading:
            pieces.append(Piece(*block))
            continue
        start = block.start
        if pieces and start in groups:
            start = _claim_markers(text, block, groups, pieces)
        pieces += [Piece(first, stop, False) for first, stop in _sentences(view, start, block.end)]
    return tuple(pieces)


class _View(NamedTuple):
    text: str
    blank: str  # the text, the length unchanged, with all that hides a stop from `sentencex` blanked
    groups: dict[int, int]  # the start of each marker group: its end
    closers: set[int]  # where a straight quotation mark between blanks closes a quotation


# Full stops of other scripts are no abbreviation mark, so nobody needs to propose them.
_PLAIN_STOPS = "。！？｡．؟۔।॥։።፧။។៕"
_CLOSING = "\"'”’»›“‘«)]}>」』】）》*_⁰¹²³⁴⁵⁶⁷⁸⁹†‡"
_OPENING = "\"'“‘«»„‚`´([{<「『【（《*_> \t\r\n"
_LEADING = _OPENING + "-–—" + "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_HIDING = '"“”„‟«»‘‚‛‹›`()[]{}<>「」『』《》*_\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029'
# An e-mail address would be looked for from every stop: `@` hides nothing, it costs time.
_blank_hiding = replacer(dict.fromkeys(_HIDING + _PLAIN_STOPS, " ") | {"@": "a"})
_APOSTROPHES = re.compile(r"['’](?:(?!\w)|(?<!\w['’]))")
_STOP = re.compile(rf"[.!?…‼⁇⁈⁉]+(?: ?\.(?!\S))*|[{_PLAIN_STOPS}]+")
_AFTER_STOP = re.compile(rf"[{re.escape(_CLOSING)}]+(?=[\s\[,;:—–-]|$)")
_AFTER_PLAIN_STOP = re.compile(r"[」』】）》”’»›\"']+")
_OMISSION = re.compile(r"\s?\[(?:…|\. ?\. ?\.)\]")
_LOOSE_CLOSING = re.compile(r"[ \t](?:''|[”’»)\]}]+|[:;=]-?[()DP])(?!\w)")  # tokenised text; a smiley
_SPEECH_AFTER = re.compile(
    rf"(?!(?:He|She|They|We|It|You)\b)(?:[A-Z][\w.’'-]{{0,30}} ){{1,5}}(?:{SPEECH})"
    r"(?=[.,;:]|$| (?:in|at|on|as|after|during|when|while|before|reporters|[a-z]{2,12}ly)\b)"
)
_LABEL = re.compile(r"[^\w.]{0,3}(?:[0-9]{1,3}|[a-zA-Z])")
_TOP_LEVEL = re.compile(r"(?:com|org|net|co|gov|edu|io|html?|php|doc|pdf)\b", re.IGNORECASE)
_LOOSE_QUOTE = re.compile(r"(?<!\S)\"(?!\S)|(?<!\S)(?<!s )'(?!\S)|(?<=s )'(?= [^a-z])")
_BEFORE_OPENING = re.compile(rf"(?::|\b(?:{SPEECH}) [.,:]) ?$")
_SPACE = re.compile(r"\s*(?:(?<=[\n\r])(?:>[ \t]{0,3}){1,9})?")  # and the quote marks of a wrapped block quote
_RULE = re.compile(r"[*=_~-]{3,}(?:\s+|$)")  # between two sentences of one line
_NEVER_LAST = JOINING | TITLES | BEFORE_NUMBERS
_LETTER = re.compile(r"[^\W_]")
_WINDOW = 60  # characters looked at before and after a stop
_FEED = 1024  # characters given to sentencex at once: it looks back to the last white space from every stop


def _claim_markers(text: str, block: Block, groups: dict[int, int], pieces: list[Piece]) -> int:
    """Return where `block`, which opens with a marker, starts once the piece before has taken its markers.

    Markers alone on their line belong to the sentence before; so do those that follow it on the next line.
    A line that opens with its marker after a heading or after another such line is a list of sources.
    """
    end = _after_markers(text, block.start, block.end, groups)
    last = pieces[-1]
    new_paragraph = text.count("\n", last.end, block.start) > 1
    entry = last.heading or last.start in groups or text[last.end - 1] == ":" or new_paragraph
    if end < block.end and (entry or not ends_with_stop(text, last.start, last.end)):
        return block.start
    pieces[-1] = last._replace(end=end)
    return end


def _after_markers(text: str, start: int, end: int, groups: dict[int, int]) -> int:
    """Return the end of the markers that stand at `start`, white space or commas between them; or `start`."""
    position = start
    while True:
        start = _skip(text, position, end)
        if start < end and position > 0 and text[start] in ",;":
            start = _skip(text, start + 1, end)
        if start not in groups:
            return position
        position = groups[start]


def _skip(text: str, start: int, end: int) -> int:
    match = _SPACE.match(text, start, end)
    return match.end() if match else start


def _blank(text: str, groups: dict[int, int]) -> str:
    """Return `text`, the length unchanged, with all that hides a stop from `sentencex` blanked."""
    parts, position = [], 0
    for start, end in groups.items():
        parts += [text[position:start], " " * (end - start)]
        position = end
    text = "".join([*parts, text[position:]])
    return _APOSTROPHES.sub(" ", _blank_hiding(replace_surrogates(text)))


def _sentences(view: _View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences in `text[start:end]`.

    What has no letter and no digit (a dash, a smiley) is no sentence: it stays with the one before or after.
    """
    span: tuple[int, int] | None = None
    worded = False
    text, opening = view.text, start
    for cut in [*_cuts(view, start, end), end]:
        first = _skip(text, opening, cut)
        if rule := _RULE.match(text, first, cut):
            first = rule.end()
        stop = first + len(text[first:cut].rstrip())
        opening = cut
        has_word = bool(_LETTER.search(text, first, stop))
        if span and not (worded and has_word):
            span, worded = (span[0], stop if stop > first else span[1]), worded or has_word
        elif stop > first:
            if span:
                yield span
            span, worded = (first, stop), has_word
    if span:
        yield span


def _cuts(view: _View, start: int, end: int) -> list[int]:
    """Return where the sentences of `text[start:end]` after the first begin, give or take white space, in order."""
    text = view.text
    listed = items(text, start, end)
    cuts = set(listed)
    proposed: set[int] | None = None
    opening, ahead = start, iter([*listed, end])
    item = next(ahead)
    for stop in _STOP.finditer(text, start, end):
        while item <= stop.start():
            opening, item = max(opening, item), next(ahead)
        cut = _extend(view, stop.end(), end)
        if cut >= end:
            break
        if proposed is None:  # many a paragraph is one sentence, and needs no second opinion
            proposed = _proposed(view.blank, start, end)
        seen = not proposed.isdisjoint(range(stop.start() + 1, stop.end() + 1))
        if cut > opening and _ends(text, opening, stop, cut, end, seen):
            cuts.add(cut)
            opening = cut
    return sorted(cuts)


def _loose_closers(text: str) -> set[int]:
    """Return where the straight quotation marks between blanks, as in tokenised text, close a quotation."""
    closers: set[int] = set()
    if " ' " not in text and ' " ' not in text:
        return closers
    is_open = dict.fromkeys("\"'", False)
    for mark in _LOOSE_QUOTE.finditer(text):
        opens = not is_open[mark[0]] or bool(_BEFORE_OPENING.search(text[max(0, mark.start() - 14) : mark.start()]))
        is_open[mark[0]] = opens
        if not opens:
            closers.add(mark.start())
    return closers


def _proposed(blank: str, start: int, end: int) -> set[int]:
    """Return the ends that `sentencex` sees in `blank[start:end]`."""
    ends: set[int] = set()
    while start < end:
        stop = min(start + _FEED, end)
        if stop < end:
            space = blank.rfind(" ", start, stop)
            while space > start + _FEED // 2 and not blank[space - 1].isalnum():
                space = blank.rfind(" ", start, space)
            stop = space if space > start + _FEED // 2 else stop
        for sentence in sentencex.segment("en", blank[start:stop]):
            ends.add(start + len(sentence.rstrip()))
            start += len(sentence)
        start = stop
    return ends


def _extend(view: _View, start: int, end: int) -> int:
    """Return where the closing marks and citation markers after a stop at `start` end."""
    text = view.text
    closing = _AFTER_PLAIN_STOP if text[start - 1] in _PLAIN_STOPS else _AFTER_STOP
    while start < end:
        if start + 1 in view.closers:
            start += 2
            continue
        after = closing.match(text, start, end) or _LOOSE_CLOSING.match(text, start, end)
        after = after or _OMISSION.match(text, start, end)
        position = after.end() if after else _after_markers(text, start, end, view.groups)
        if position == start:
            break
        start = position
    return start


def _ends(text: str, opening: int, stop: re.Match[str], cut: int, end: int, proposed: bool) -> bool:
    """Return whether the sentence that opened at `opening` ends with `stop`; `text[cut:end]` is what follows."""
    before = text[max(opening, stop.start() - _WINDOW) : stop.start()]
    run = stop[0]
    marks = text[stop.end() : cut]
    after = text[cut : min(end, cut + _WINDOW)]
    word = after.lstrip(_LEADING)
    if run[0] in _PLAIN_STOPS:
        return marks[-1:] in ("", "]") or after[0].isspace() or after[0] in _OPENING  # not 「そうだ。」と言った
    if not word:
        return proposed
    if _LABEL.fullmatch(text, opening, stop.start()) or before[-1:] == "[":
        return False
    cited = "[" in marks
    lower = word[0].islower() and not word[1:2].isupper() and not word.startswith(("http", "www."))
    if not after[0].isspace():
        return (cited and not lower) or (proposed and _lacks_space(before, after))
    free = not before or before[-1].isspace()
    if lower:
        return _ends_before_lower(before, run, bool(marks) or after.lstrip()[0] in _LEADING, free, proposed)
    if run[-1] in "!?":
        return proposed and not (marks and _SPEECH_AFTER.match(word))
    if cited or (free and run == "."):
        return True
    if run == "." and after.lstrip()[0] == "(" and "." in before.split()[-1]:  # "10 a.m. (CDT)"
        return False
    return _ends_with_full_stop(before, word, proposed) if run == "." else proposed


def _ends_before_lower(before: str, run: str, quoted: bool, free: bool, proposed: bool) -> bool:
    """Return whether a sentence ends where the next word has a small letter, as in careless or lower-cased text."""
    if free and run == ".":  # tokenised: "in the city . the gains"
        return True
    if quoted or (run[0] == "." and run != ".") or run == "…":  # "“Are you sure?” he asked", "well ... yes"
        return False
    token = re.split(r"[\s/(-]", before)[-1]
    if run[0] in "!?" and token[:1].isupper() and token != before:  # a name: "a star of Wham! who"
        return False
    ordinal = token.isdecimal() and len(token) < 3  # Danish "den 3. oktober"
    return (proposed or free) and not ordinal and token.lower() not in _NEVER_LAST


def _ends_with_full_stop(before: str, word: str, proposed: bool) -> bool:
    """Return whether the full stop after `before` ends a sentence although it may be an abbreviation's."""
    token = before.split()[-1].lstrip(_OPENING)
    if word[0].isdigit() or word.startswith(("One", "Two")):
        return proposed and token.lower() not in BEFORE_NUMBERS
    if token in ORDINARY:
        return True
    if token in JOINING or (token[:1].isupper() and token.lower() in TITLES):
        return False
    return proposed and not (token.isdigit() and word.split()[0].rstrip(".,") in GERMAN_MONTHS)


def _lacks_space(before: str, after: str) -> bool:
    """Return whether a stop without white space after it is a sentence's ("He left.She stayed"), not a name's."""
    token = before.split()[-1] if before and not before[-1].isspace() else ""
    name = not token[-2:].islower() or not set(token + after.split()[0]).isdisjoint("@/=_") or "." in token
    return not name and after[0].isupper() and not _TOP_LEVEL.match(after) and not after[1:2].isupper()
