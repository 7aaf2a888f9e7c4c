"""What body a text says that a person belongs to: `Kiln chief executive Ana Lopes`, `Ana Lopes of the Harbour Club`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..document import Sentence
from ..remembered import remembered
from ..text import fold
from .proper_names import Name, names
from .spellings import alike
from .titles import titles

_OF = re.compile(r" (?:of|from|at) (?:the )?")


class Member(NamedTuple):
    """A person, and the body that a text says the person belongs to."""

    person: Name
    body: Name


class Misplaced(NamedTuple):
    """A member of a claim who belongs to another body in `sentence`."""

    claimed: Member
    real: Member
    sentence: Sentence


@remembered(1 << 12)
def members(text: str) -> tuple[Member, ...]:
    """Return the persons in `text` with their bodies.

    >>> [(m.person.text, m.body.text) for m in members("Kiln chief executive Ana Lopes met Bo Ray of the Salt Club.")]
    [('Ana Lopes', 'Kiln'), ('Bo Ray', 'Salt Club')]
    """
    return tuple(_members(text))


def _members(text: str) -> Iterator[Member]:
    plain, found = fold(text), names(text)
    leads = {(t.start, t.holder.start) for t in titles(text) if t.holder and t.start < t.holder.start}
    for first, second in pairwise(found):
        if any(plain[first.end : start] == " " and holder == second.start for start, holder in leads):
            if not first.keys:
                yield Member(second, first)
        elif not first.keys and not second.keys and _OF.fullmatch(plain, first.end, second.start):
            yield Member(first, second)
    for name in found:
        if inner := _within(name, plain):
            yield inner


def misplaced(claim: str, evidence: Sequence[Sentence]) -> Iterator[Misplaced]:
    """Yield the members of a claim whom the evidence gives to another body only."""
    for own in members(claim):
        there = [(m, s) for s in evidence for m in members(s.text) if m.person.words[-1] == own.person.words[-1]]
        if there and not any(_same(own.body, real.body) for real, _ in there):
            yield Misplaced(own, *there[0])


def _within(name: Name, plain: str) -> Member | None:
    """Return the member in a run that was read as one name: `Ana Lopes of Salt College`."""
    for before, after in pairwise(name.parts):
        if before is not name.parts[0] and _OF.fullmatch(plain, before.end, after.start):
            at = name.parts.index(after)
            person = name._replace(text=plain[name.start : before.end], end=before.end, parts=name.parts[:at])
            body = name._replace(text=plain[after.start : name.end], start=after.start, parts=name.parts[at:])
            return Member(person, body)
    return None


def _same(one: Name, other: Name) -> bool:
    """Tell whether two names may be of one body: they share a word, or the initials of one are the other."""
    if any(alike(a, b) for a in one.words for b in other.words if a not in _COMMON):
        return True
    short, long = sorted((one.words, other.words), key=len)
    return len(short) == 1 and short[0].lower() == "".join(word[0] for word in long)


_COMMON = frozenset("university college institute school party club united group bank ministry department".split())
