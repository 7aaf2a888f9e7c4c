"""Claims that say nothing a source could say: no English, no statement, or words of the source shuffled.

Every word of such a claim may stand in its evidence, so that nothing in it is new; what is wrong is how they stand
together. A writer that picks likely words makes them by the hundred, a journalist next to none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..evidence import Lookup
from ..grammar.predicates import read
from ..grammar.tagging import Token
from ..text import fold
from ..words import FUNCTION_WORDS, stem
from .coverage import CONTENT, LIGHT, side
from .predicate import only_predicate
from .statement import fault, is_stated
from .stitched import seam

#: A fragment of fewer words of content only names a topic.
_TOPIC = 3
_UNKNOWN = re.compile(
    r"\b(?:(?:nothing|little|not much|no (?:details?|information|one|word|figures?)|nobody) (?:\w+ ){0,3}"
    r"(?:known|disclosed|released|revealed|published|reported|knows?|given)|"
    r"(?:is|are|was|were|remains?) (?:still )?(?:not (?:yet )?(?:known|clear)|unknown|unclear|a mystery))\b",
    re.IGNORECASE,
)
#: What a source says that does not know.
_LACKS = re.compile(
    r"\b(?:not|no|none|nor|never|nothing|nobody|little|few|without|yet|un\w+|whether|if|declin\w+|refus\w+|myster\w+|"
    r"question\w*|doubt\w*|secre\w+|confidential|withh\w+|lack\w*|missing|fail\w*|deni\w+|deny\w*|could|may|might|"
    r"investigat\w+|inquiry|why|how|who|what)\b|n['’]t\b",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,.!?;](?: |$)")
_OPENING, _CLOSING = "“", "”"


class Nonsense(NamedTuple):
    """What is wrong with the characters `start` to `end` of a claim."""

    start: int
    end: int
    message: str


def nonsense(claim: str, evidence: Sequence[str], document: Lookup) -> Nonsense | None:
    """Return why a claim says nothing that its evidence says, None where it may say something.

    >>> from briefing import Document
    >>> from briefing.evidence import of
    >>> said = "The council opened an inquiry on Monday."
    >>> nonsense("The old inquiry.", [said], of(Document.read(said))).message
    'It names something, and states nothing of it.'
    """
    whole = (0, len(claim))
    if (wrong := fault(claim)) and not _stands(claim[slice(*wrong)], evidence):
        return Nonsense(*wrong, f"These words make no sentence: “{claim[slice(*wrong)]}”.")
    content = [token for token in _content(claim) if token.lemma not in LIGHT]
    if not is_stated(claim) and not (len(content) >= _TOPIC and _together(content, evidence)):
        return Nonsense(*whole, "It names something, and states nothing of it.")
    if (stitch := seam(claim, document)) is not None:
        message = f"No source has these words together: “{claim[slice(*stitch)]}”."
        return Nonsense(*stitch, message)
    if (unclosed := _unclosed(claim)) and not _stands(claim[slice(*unclosed)], evidence):
        return Nonsense(*unclosed, "A quotation mark stands alone here, and nobody spoke these words.")
    if (ignorance := _UNKNOWN.search(claim)) and not any(map(_LACKS.search, evidence)):
        return Nonsense(*ignorance.span(), "No source says that this is not known.")
    if (word := only_predicate(claim, evidence, document)) is not None:
        message = f"Nothing in the sources that it cites says this: “{word.token.form}”."
        return Nonsense(word.token.start, word.token.end, message)
    return None


def _stands(part: str, evidence: Sequence[str]) -> bool:
    wanted = fold(part).casefold().strip(' "“”.,')
    return any(wanted in fold(text).casefold() for text in evidence)


def _content(claim: str) -> list[Token]:
    return [t for t in read(claim).tokens if t.tag in CONTENT and t.low not in FUNCTION_WORDS]


def _together(content: Sequence[Token], evidence: Sequence[str]) -> bool:
    """Tell whether one sentence says all of some words."""
    wanted = {stem(t.low) for t in content}
    return any(wanted <= set(side(text).stems) for text in evidence)


def _unclosed(claim: str) -> tuple[int, int] | None:
    """Return what stands after an opening curly mark that nothing closes, or before a closing one that none opens."""
    opens, closes = claim.rfind(_OPENING), claim.find(_CLOSING)
    if claim.count(_OPENING) > claim.count(_CLOSING):
        end = _PAUSE.search(claim, opens)
        return opens + 1, end.start() if end else len(claim)
    return (0, closes) if claim.count(_CLOSING) > claim.count(_OPENING) and closes > 0 else None
