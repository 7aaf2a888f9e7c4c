"""The headline: a source's title, else the heading it opens with, else the main clause of the lede.

A clause is cut off only where what stays has its verb and says no more than the sentence; in doubt all of it stays.
"""

from __future__ import annotations

import re
from itertools import islice, takewhile

from ...clauses import can_leave_out
from ...document import Document, Sentence
from ...draft import DraftClaim
from ...quotemarks import pairs
from .roles import furniture

#: A lede with at most this many words is its own headline.
_SHORT = 12
_LEAST_WORDS = 5
#: So many places of a cut are tried: each is judged by all that follows.
_CUTS = 12
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:,? (?:{_MONTH} [0-9]{{1,2}}|[0-9]{{1,2}} {_MONTH}),?)?"
# "BERLIN, March 3 (Reuters) - ", "Hamburg (dpa) – ", "KYIV, Ukraine — ": where and by whom it was written.
_DATELINE = re.compile(
    rf"(?:(?:[A-Z0-9][\w.'’/-]*|am|an|de|del|la|of),? ){{0,6}}?"
    rf"\([A-Za-z][\w ./-]{{1,24}}\) ?[-–—]{{1,2}} ?(?=[\"“‘A-Z0-9])|"
    rf"[A-Z][A-Z.'’-]+(?:,? [A-Z][A-Z.'’-]+){{0,3}}(?:, [A-Z][\w.]+)?{_DATE} ?(?:[–—]|-{{1,2}} ) ?(?=[\"“‘A-Z0-9])"
)
# A circumstance that may be left out of a headline without making it say more than the sentence. After a comma
# "which", "as" and the like add something; without one they may compare, or say which of several.
_CIRCUMSTANCE = re.compile(
    r",? (?:during|after|before|amid|following|ahead of|in the wake of)\b|"
    r", (?:while|when|where|which|as(?! (?:well|much|many|far|long|soon|little|few)\b))\b|"
    r",? on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|;|(?<=\w)—| [–—] | - "
)
# A verb that can be nothing else, and one that may be a participle: "the men *arrested* after the robbery were …".
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|did|does|do|took|went|saw|fell|rose|gave|"
    r"wrote|broke|drove|grew|knew|flew|chose|began|came|became|ran|stole|threw|spoke|drew|blew|withdrew|sank|said|says|"
    r"wants|plans|seeks|faces|opens|closes)\b|n't\b",
    re.IGNORECASE,
)
_PERHAPS_FINITE = re.compile(
    r"\b(?:\w{2,}ed|won|lost|met|made|told|found|built|left|put|cut|hit|led|struck|bought|sold|brought|caught|set|shot|"
    r"spent|paid|held|sent|kept|fought|sought|taught|dealt|quit|shut|read|beat|got|fled|felt|thought|bid|sued)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:who|which|that|whose|whom|because|if|when|where|while)\b", re.IGNORECASE)
# What a cut must not leave at the end.
_DANGLING = re.compile(
    r"\b(?:an?|the|and|or|of|in|on|at|by|for|with|from|to|into|than|as|such|so|more|less|twice|not|even|only|just|soon|"
    r"shortly|long|immediately|right|named|looked?|looks|looking|ran|runs?|sought|seconds?|minutes?|hours?|days?|weeks?|"
    r"months?|years?|decades?|night|morning|evening|while|until|since|ever|day)$",
    re.IGNORECASE,
)


def headline(document: Document, lede: Sentence) -> DraftClaim:
    """Return the headline with the id of the title or sentence that it is taken from, word for word."""
    titled = [title for title in document.titles if title.source == lede.source] or list(document.titles)
    if titled:
        return DraftClaim(text=titled[0].text, evidence=[titled[0].id])
    for sentence in takewhile(lambda sentence: sentence.heading, document.sentences):
        if not furniture(sentence.text):
            return DraftClaim(text=sentence.text, evidence=[sentence.id])
    return DraftClaim(text=main_clause(lede.text), evidence=[lede.id])


def main_clause(sentence: str) -> str:
    """Return the beginning of a sentence that says its news, or all of it where leaving out would change the meaning.

    >>> main_clause("The two banks agreed to merge their lending arms in a deal announced on Monday.")
    'The two banks agreed to merge their lending arms in a deal announced'
    >>> main_clause("The minister took bribes from two builders over a decade, prosecutors say.")
    'The minister took bribes from two builders over a decade, prosecutors say'
    """
    whole = _unopened(_without_stop(sentence.strip()))
    dateline = _DATELINE.match(whole)
    whole = whole[dateline.end() :] if dateline else whole
    if len(whole.split()) <= _SHORT:
        return whole
    quoted = pairs(whole)
    for cut in islice(_CIRCUMSTANCE.finditer(whole), _CUTS):
        head, rest = whole[: cut.start()].rstrip(" ,;:–—-"), whole[cut.start() :]
        inside = any(pair.start < cut.start() < pair.end for pair in quoted)
        if len(head.split()) >= _LEAST_WORDS and not inside and can_leave_out(rest, of=head) and _stands(head, rest):
            return head
    return whole


def _without_stop(sentence: str) -> str:
    """Return a sentence without its full stop; that of "U.S." and dots that stand for an omission stay."""
    return sentence[:-1] if re.search(r"[^.\s](?<!\.\w)\.$", sentence) else sentence


def _unopened(sentence: str) -> str:
    """Return a sentence without a quotation mark at its start that closes in a later sentence."""
    return sentence[1:].lstrip() or sentence if sentence[:1] in '“«„"' and not _balanced(sentence) else sentence


def _stands(head: str, rest: str) -> bool:
    """Tell whether the beginning of a sentence can stand alone: it has its verb, and breaks nothing off."""
    if _DANGLING.search(head) or not _balanced(head):
        return False
    subordinate = len(_SUBORDINATE.findall(head))
    sure = len(_FINITE.findall(head))
    if sure > subordinate:
        return True
    # The verb of ", which cost …" is its own; one after "after the robbery" may be that of the sentence.
    own = _SUBORDINATE.match(rest.lstrip(", ")) and rest.count(",") == 1
    perhaps = len(_PERHAPS_FINITE.findall(head))
    return sure + perhaps > subordinate and (bool(own) or not _FINITE.search(rest))


def _balanced(text: str) -> bool:
    """Tell whether no quotation mark or bracket stays open."""
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in ("“”", "()", "[]", "«»"))
