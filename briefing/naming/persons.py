"""Whether two ways to name a speaker mean the same one: `Takaichi`, `Prime Minister Sanae Takaichi`, `the premier`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..document import Document
from ..speech_words import PRONOUNS, ROLES
from ..words import FUNCTION_WORDS
from . import directory
from .directory import initials_stand_for
from .proper_names import names, plain_words
from .spellings import alike, nickname
from .titles import titles

#: What follows tells where somebody is from, not who.
_AFTER_HEAD = re.compile(r",? (?:from|of|at|for|in|who|on)\b|,")
_NO_HEAD = frozenset("of for at in from to and".split())
#: Anybody may be called so: they tell nobody from another.
_VAGUE = frozenset(
    """spokesman spokeswoman spokesperson official officials officer executive leader boss chief head man woman source
    sources expert experts people police statement company team side aide lawyer politician""".split()
)
#: They speak for others, and a source that names one says so.
_SPEAK_FOR = frozenset("spokesman spokeswoman spokesperson".split())


def same(one: str, other: str, document: Document) -> bool | None:
    """Tell whether two namings of a speaker mean the same one by the document; None where that cannot be told.

    >>> text = Document.read("The mayor, Ana Lopes, met Bo Ray. Lopes left.")
    >>> same("Mayor Lopes", "Ana Lopes", text), same("the mayor", "Lopes", text), same("Ray", "Ana Lopes", text)
    (True, True, False)
    """
    if one.lower() in PRONOUNS or other.lower() in PRONOUNS:
        return True
    if one.lower() == other.lower():
        return True
    mine, theirs = _telling(one), _telling(other)
    if mine and theirs:
        if _same_names(mine, theirs):
            return True
        return initials_stand_for(mine[-1], other) or initials_stand_for(theirs[-1], one)
    if not mine and not theirs:
        return _same_descriptions(one, other)
    named, described = (mine, other) if mine else (theirs, one)
    return _linked(named, described, document)


def _telling(naming: str) -> tuple[str, ...]:
    """Return the words of the name that a naming is about: `Lopes` in `the baker Lopes from the Harbour Club`."""
    head = _AFTER_HEAD.split(naming, maxsplit=1)[0]
    for part in dict.fromkeys((head, naming)):
        text = f"they then spoke of how {part} was there"  # in a sentence, so that capitals tell
        found = [n for n in names(text) if not n.keys and any(p.sure for p in n.parts)]
        if found:
            return found[-1].words
    return ()


def _same_names(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if alike(mine[-1], theirs[-1]):
        first, second = mine[:-1], theirs[:-1]
        return not first or not second or any(alike(a, b) or nickname(a, b) for a in first for b in second)
    return {*mine} <= {*theirs} or {*theirs} <= {*mine}


def _same_descriptions(one: str, other: str) -> bool | None:
    mine, theirs = ({w for w in plain_words(side) if w not in FUNCTION_WORDS} for side in (one, other))
    if any(alike(a, b) for a in mine for b in theirs) or mine & _VAGUE or theirs & _VAGUE:
        return True if {*mine} & {*theirs} else None
    offices = [{t.office for t in titles(side)} | ({*plain_words(side)} & ROLES) for side in (one, other)]
    return False if all(offices) and not offices[0] & offices[1] else None


def _linked(named: tuple[str, ...], described: str, document: Document) -> bool | None:
    wanted = {title.office for title in titles(described)}
    known = directory.of(document.sources)
    heads = {*_heads(described)}
    for sentence in known.sentences(named[-1], document):
        for title in titles(sentence.text):
            if title.office in wanted and title.holder and alike(title.holder.words[-1], named[-1]):
                return True
        if heads & plain_words(sentence.text):
            return True
    if heads & _SPEAK_FOR:
        return False
    return False if (wanted or heads & ROLES) and not heads & _VAGUE else None


def _heads(described: str) -> Iterator[str]:
    """Yield the nouns that a description is about: `the fire chief of Graz` has `chief`, `fire`."""
    for word in described.lower().split():
        if word in _NO_HEAD:
            return
        if word not in FUNCTION_WORDS:
            yield word.strip(",.'")
