"""What fits into a model's context: sentences cut into slices, or chosen, within so many tokens.

Everything that is sent is counted once, as the JSON that is sent. A sentence is never cut in two, with one exception:
of one that is longer than all the room there is, the beginning is sent under its id, up to a word that ends in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pydantic_core import to_json

from .. import evidence
from ..document import Document, Sentence
from ..draft import DraftClaim, DraftQuote
from ..errors import ContextOverflow
from ..similarity import index
from ..text import printable
from .model import Model

#: Where the server does not say how long a prompt may be, or counts more tokens than we do, so much of what was sent is
#: tried next: not of the context, in which the instructions would soon leave no room.
_SMALLER = 1 / 3
#: Tokens between two rows: a comma, and what a text may gain where it is joined with another.
_BETWEEN = 2
#: The share of a context that is surely free beside instructions and reply; a text of so many times more characters has
#: more tokens than that; and the characters round the text of a sentence.
_EASE, _MANY, _FRAME = 0.5, 10, 24
#: A sentence that does not fit is cut to somewhat less than its share, so that one or two counts are enough.
_SHORTER = 0.9


class Limit(NamedTuple):
    """The context that a model is taken to have, and the share of what would fit that is sent."""

    context: int
    share: float = 1.0

    def lower(self, model: Model, error: ContextOverflow) -> Limit:
        """Return the limit to try next: the context that is known now, or a smaller share where it is the same."""
        known = min(model.context, error.limit or model.context)
        return Limit(known, self.share) if known < self.context else Limit(self.context, self.share * _SMALLER)


class Row(NamedTuple):
    """One entry of the JSON that is sent, and how many tokens it has."""

    entry: Mapping[str, Any]
    tokens: int


def written(value: object) -> str:
    r"""Return a value as the JSON that a model is given: nothing in a text can end the string that it stands in.

    >>> written({"text": 'He said: "}]'})
    '{"text":"He said: \\"}]"}'
    """
    return to_json(value).decode()


def row(entry: Mapping[str, Any], count: Callable[[str], int]) -> Row:
    """Return an entry with its tokens."""
    return Row(entry, count(written(entry)) + _BETWEEN)


def tokens(rows: Iterable[Row]) -> int:
    """Return how many tokens the rows have together."""
    return sum(row.tokens for row in rows)


def sentences(document: Document) -> tuple[Sentence, ...]:
    """Return what is sent of a document: the titles, then the body."""
    return (*document.titles, *document.body)


def entries(document: Document) -> list[dict[str, Any]]:
    """Return the sentences as they are sent."""
    several = len(document.sources) > 1
    return [
        {"id": s.id, **({"source": s.source} if several else {}), "text": printable(s.text)}
        for s in sentences(document)
    ]


def with_ease(entries: Sequence[Mapping[str, Any]], model: Model) -> list[Row] | None:
    """Return the rows of entries that fit into half of the context by their bytes alone, and so need no count.

    Nothing has more tokens than bytes. Their tokens are left at 0.
    """
    fit = len(written(entries).encode()) <= model.context * _EASE
    return [Row(entry, 0) for entry in entries] if fit else None


def rows(entries: Sequence[Mapping[str, Any]], model: Model) -> list[Row]:
    """Return entries with their tokens, each counted once; where all of them fit with ease, all at once."""
    whole = written(entries)
    ease = int(model.context * _EASE)
    most = _MANY * ease
    total = (model.count(whole) if len(whole) < most else most) + _BETWEEN * len(entries)
    if total > ease:
        return [row(entry, model.count) for entry in entries]
    return [Row(entry, total * (len(str(entry["text"])) + _FRAME) // len(whole) + 1) for entry in entries]


def near(document: Document, question: str) -> Iterator[int]:
    """Yield the rows nearest to a question, each followed by its title and the sentences around it."""
    titles = {title.source: n for n, title in enumerate(document.titles)}
    relevance = index(tuple(s.text for s in document.body)).relevance(question)
    for n in sorted(range(len(relevance)), key=lambda n: -relevance[n]):
        yield len(titles) + n
        yield titles.get(document.body[n].source, len(titles) + n)
        yield from _around(document, len(titles) + n)


def wanted(document: Document, claim: DraftClaim | DraftQuote) -> list[int]:
    """Return the rows that may put a claim right: its evidence, what else has its words, and the sentences around."""
    place = {sentence.id: n for n, sentence in enumerate(sentences(document))}
    found = [*claim.evidence, *(sentence.id for sentence in evidence.find(claim.text, document))]
    best = [place[i] for i in found if i in place]
    return [*best, *(beside for n in best for beside in _around(document, n))]


def _around(document: Document, n: int) -> Iterator[int]:
    """Yield the rows before and after a sentence, of its own source; a title has none."""
    sent = sentences(document)
    first = len(document.titles)
    for beside in (n - 1, n + 1):
        if n >= first <= beside < len(sent) and sent[beside].source == sent[n].source:
            yield beside


def shortened(long: Row, room: int, count: Callable[[str], int]) -> Row:
    """Return a row within `room` tokens: itself, or with only the beginning of its text, as far as that can help.

    >>> shortened(Row({"id": "s1", "text": "one two three four"}, 20), 17, len).entry["text"]
    ''
    >>> shortened(Row({"id": "s1", "text": "one two three four"}, 42), 35, len).entry["text"]
    'one two'
    """
    text = str(long.entry["text"])
    while long.tokens > room and text:
        kept = text[: max(0, min(len(text) - 1, int(len(text) * _SHORTER * room / long.tokens)))]
        # Not half a word or half a figure, unless the writing has no blanks.
        whole = kept.rsplit(maxsplit=1)[0] if len(kept.split(maxsplit=1)) > 1 else kept
        text = whole if 2 * len(whole) >= len(kept) else kept
        long = row({**long.entry, "text": text}, count)
    return long


def cut(rows: Sequence[Row], room: int, count: Callable[[str], int]) -> list[list[Row]]:
    """Return the rows in as few slices as it takes, in order, about equally long, each within `room` tokens.

    >>> rows = [Row({"text": text}, 10) for text in "abcd"]
    >>> [[row.entry["text"] for row in part] for part in cut(rows, 35, len)]
    [['a', 'b'], ['c', 'd']]
    """
    fitting = [shortened(row, room, count) for row in rows]
    slices = _filled(fitting, room)
    if len(slices) > 1:
        # A slice is left when its next row does not fit, so with this limit each holds an equal share or more: as many
        # slices as before, and none of just the last sentence, of which a model would make a lede.
        share = -(-tokens(fitting) // len(slices))
        slices = _filled(fitting, min(room, share + max(row.tokens for row in fitting) - 1))
    return slices


def _filled(rows: Iterable[Row], room: int) -> list[list[Row]]:
    slices: list[list[Row]] = []
    left = 0
    for row in rows:
        if not slices or row.tokens > left:
            slices.append([])
            left = room
        slices[-1].append(row)
        left -= row.tokens
    return slices


def pick(order: Iterable[int], rows: Sequence[Row], room: int, count: Callable[[str], int]) -> dict[int, Row]:
    """Return the rows that fit, by their index: those that come first in `order` are taken first.

    A row longer than the whole room is shortened to half of it, so that it does not stand alone.

    >>> rows = [Row({"text": text}, 10) for text in "abcd"]
    >>> list(pick([3, 0, 1], rows, 25, len))
    [0, 3]
    """
    chosen: dict[int, Row] = {}
    left, least = room, min((row.tokens for row in rows), default=0)
    for n in order:
        if left < min(least, room // 2):
            break
        if n in chosen:
            continue
        half = rows[n].tokens > room and left >= room // 2
        row = shortened(rows[n], room // 2, count) if half else rows[n]
        if row.tokens <= left:
            chosen[n] = row
            left -= row.tokens
    return dict(sorted(chosen.items()))


def grouped(
    claims: Sequence[Row],
    wanted: Sequence[Iterable[int]],
    rows: Sequence[Row],
    room: int,
    reply: int,
    count: Callable[[str], int],
) -> list[tuple[list[int], list[Row]]]:
    """Return the numbers of the claims in groups, each with as much of what its claims want as fits beside them.

    The claims of a group, which its reply repeats, have `reply` tokens at most together, unless it is just one. A claim
    that wants nothing, or leaves no room for it, is in no group.
    """
    groups: list[tuple[list[int], dict[int, Row]]] = []
    for number, claim in enumerate(claims):
        own = pick(wanted[number], rows, room - claim.tokens, count)
        if not own:
            continue
        numbers, given = groups[-1] if groups else ([], {})
        said, joined = tokens(claims[n] for n in (*numbers, number)), {**given, **own}
        if numbers and said <= reply and said + tokens(joined.values()) <= room:
            groups[-1] = ([*numbers, number], joined)
        else:
            groups.append(([number], own))
    return [(numbers, [row for _, row in sorted(given.items())]) for numbers, given in groups]
