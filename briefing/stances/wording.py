"""The words by which a claim and its evidence say how far something has come, as a message shows them."""

from __future__ import annotations

from .commitments import framed_from
from .frames import Frames
from .stance import LEVELS

_LONGEST_PHRASE = 90


def stated_by(one: Frames, at: int) -> int:
    """Return the verb by which a claim says that a thing came about: "*signed* a pact"."""
    return next((i for i in (at, *one.chain(at)) if i in one.verbs), at)


def framing(other: Frames, at: int) -> int:
    """Return the word that says how far a thing has come, where that is another: "*negotiations* on a pact"."""
    chain = other.chain(at)
    return at if at in other.verbs else next((i for i in chain if i in other.verbs or other.words[i] in LEVELS), at)


def phrase(sentence: Frames, at: int) -> str:
    """Return a word with the words before it that say how far it has come."""
    tokens = sentence.reading.tokens
    words = sentence.reading.text[tokens[framed_from(sentence, at)].start : tokens[at].end]
    return words if len(words) < _LONGEST_PHRASE else tokens[at].form
