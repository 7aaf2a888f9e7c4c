"""Which lines of a written text state something that can be held against a source.

A question states nothing, nor does a heading that only says what comes below it: "What we know", "Looking ahead". A
heading that says what happened ("Council approves bridge") is a claim like any other.
"""

from __future__ import annotations

import re
from collections.abc import Set

from .grammar.predicates import Reading, read
from .grammar.tagging import Tag
from .words import FUNCTION_WORDS

_ASKS = frozenset("what who whom whose which when where why how".split())
#: Words of headings that name nothing of the matter: they fit over any text.
_GENERAL = frozenset(
    """ahead answer background be beyond bottom brief briefly close closer come conclusion context deep deeper detail do
    dig expect explain far follow forward further get glance go happen have highlight implication important key know
    learn line look main matter mean more move need new next now overview point question read remain remember say see
    short stake stand state step still story summary takeaway tell thing today unclear understand unknown up want watch
    way wrong""".split()
)
#: What is only asked with these is not yet said: "How it *started*".
_ASKED = _GENERAL | frozenset("affect begin change concern happen help involve lead leave mean start work".split())
_NO_WORDS = frozenset({Tag.NUMBER, Tag.PUNCTUATION})
_PARTS = re.compile(r"[:;–—|]\s|\s-\s")


def states(line: str, *, heading: bool) -> bool:
    """Tell whether a line states something; one that leads to what follows need not: “Key points:”.

    >>> [states(line, heading=True) for line in ("What happens next", "Talks begin", "The old pier")]
    [False, True, False]
    """
    said = line.rstrip("”\"' ")
    if said.endswith("?"):
        return False
    if heading:
        return any(map(_says, _PARTS.split(said)))
    return not said.endswith(":") or bool(_named(read(said), _GENERAL))


def _says(part: str) -> bool:
    """Tell whether a heading, or a part of one, says of something that it is so."""
    reading = read(part)
    first = next((i for i, token in enumerate(reading.tokens) if token.tag not in _NO_WORDS), None)
    if first is None or not reading.predicates:
        return False
    if reading.tokens[first].low not in _ASKS:
        return bool(_named(reading, _GENERAL))
    # of what it asks about, a heading says only what its verb says, and of "how to vote" not even that
    named = _named(reading, _ASKED)
    return any(p.at in named and first + 1 not in p.group for p in reading.predicates)


def _named(reading: Reading, general: Set[str]) -> set[int]:
    """Return the tokens that name something of the matter."""
    empty = FUNCTION_WORDS | general
    return {
        i
        for i, token in enumerate(reading.tokens)
        if token.tag not in _NO_WORDS and token.low not in empty and token.lemma not in empty
    }
