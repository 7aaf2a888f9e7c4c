"""The headline: a source's title, else the heading it opens with, else the main clause of the lede."""

from __future__ import annotations

import re

from ...document import Document, Sentence
from ...draft import DraftClaim

#: A lede with at most this many words is its own headline.
_SHORT = 12
_LEAST_WORDS = 5
# A circumstance that may be left out of a headline without making it say more than the sentence …
_CIRCUMSTANCE = re.compile(
    r",? (?:during|after|before|while|as|when|amid|following|ahead of|in the wake of|which|where)\b|"
    r",? on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|[;–—]| - "
)
# … unless what is left out says who claims it, on what condition, or that it is not so.
_KEEP = re.compile(
    r"\b(?:said|says?|told|according|claim\w*|alleg\w*|report\w*|accus\w*|suspect\w*|if|unless|but|although|though|"
    r"except|provided|not|no|never|without|would|could|may|might|only|denie[sd]|reject\w*|pending|subject to)\b",
    re.IGNORECASE,
)


def headline(document: Document, lede: Sentence) -> DraftClaim:
    """Return the headline with the id of the title or sentence that it is taken from, word for word."""
    titled = [title for title in document.titles if title.source == lede.source] or list(document.titles)
    if titled:
        return DraftClaim(text=titled[0].text, evidence=[titled[0].id])
    if document.sentences[0].heading:
        return DraftClaim(text=document.sentences[0].text, evidence=[document.sentences[0].id])
    return DraftClaim(text=main_clause(lede.text), evidence=[lede.id])


def main_clause(sentence: str) -> str:
    """Return the beginning of a sentence that says its news, or all of it where leaving out would change the meaning.

    >>> main_clause("The two banks agreed to merge their lending arms in a deal announced on Monday.")
    'The two banks agreed to merge their lending arms in a deal announced'
    >>> main_clause("The minister took bribes from two builders over a decade, prosecutors say.")
    'The minister took bribes from two builders over a decade, prosecutors say'
    """
    whole = sentence.strip().rstrip(".")
    if len(whole.split()) <= _SHORT:
        return whole
    for cut in _CIRCUMSTANCE.finditer(whole):
        head, rest = whole[: cut.start()], whole[cut.start() :]
        if len(head.split()) >= _LEAST_WORDS and not _KEEP.search(rest) and _balanced(head):
            return head
    return whole


def _balanced(text: str) -> bool:
    """Tell whether no quotation mark or bracket stays open."""
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in ("“”", "()", "[]", "«»"))
