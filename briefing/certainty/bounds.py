"""What bounds a figure: about 300, at least 300, up to 300, 300 or more; with the place of the words that say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from ..remembered import remembered
from ..text import fold


class Side(StrEnum):
    """On which side of a figure the truth lies."""

    ABOUT = "about"
    NEARLY = "nearly"  # a little less
    OVER = "over"
    LEAST = "least"
    UNDER = "under"
    MOST = "most"


class Bound(NamedTuple):
    """A bound: the side, and the words that say it, `text[start:end]`."""

    side: Side
    start: int
    end: int


_PHRASES: Mapping[Side, str] = {
    Side.ABOUT: "about|around|approximately|approx|roughly|some|circa|an estimated|estimated|estimated at|"
    "estimated to be|in the region of|"
    "close to|somewhere around|something like|more or less|in the order of|on the order of|of the order of|"
    "or so|~|give or take|"
    "the equivalent of about|put at",
    Side.NEARLY: "nearly|almost|just under|just short of|just below|not quite|a little under|slightly less than|"
    "slightly under|"
    "virtually|a little less than|slightly below",
    Side.OVER: "more than|over|above|exceeding|upwards of|upward of|in excess of|just over|greater than|"
    "well over|higher than|better than|"
    "longer than|older than|larger than|bigger than|exceeded|exceeds|exceed|topped|topping|tops|surpassed|surpassing|"
    "a little over|slightly more than|"
    "slightly over|north of|just above|beyond|>",
    Side.LEAST: "at least|at the least|no fewer than|no less than|not less than|not fewer than|a minimum of|"
    "minimum of|a minimum|minimum|"
    "from|at the very least|upwards from|as few as|starting at|starting from|a floor of|floor of|>=",
    Side.UNDER: "less than|fewer than|under|below|lower than|well under|short of|shorter than|younger than|"
    "smaller than|<",
    Side.MOST: "up to|at most|as many as|as much as|as long as|as high as|as far as|no more than|a maximum of|"
    "maximum of|a maximum|maximum|"
    "not more than|at the most|limited to|capped at|a limit of|limit of|no longer than|no higher than|"
    "not exceeding|not exceed|cannot exceed|n't exceed|never exceed|a ceiling of|a cap of|"
    "as big as|as large as|as late as|upto|<=|anything up to",
}
#: Not certain to be bounds: `from 30 countries` is none, nor are `over three hours` and `some 30`'s like before a unit.
_UNSURE = frozenset({"from", "put at", "estimated to be"})
#: They say no more than that a figure is no exact one: what follows it may say on which side.
_LOOSE = frozenset({"an estimated", "estimated", "estimated at"})
_SIDE_OF = {phrase: side for side, phrases in _PHRASES.items() for phrase in phrases.split("|")}
_BEFORE = re.compile(
    rf"(?<![\w-])(?P<bound>{'|'.join(re.escape(p) for p in sorted(_SIDE_OF, key=len, reverse=True))})[ ]?"
    r"(?:an? |the |another |their |its |his |her |by |to |of |as |for |some |about |around |further |total of |"
    r"just |only )?"
    r"(?:(?:US|A|C|NZ|HK)?[$€£¥₹])?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:(?:[ ][a-z]{2,14}){0,3},(?=[ ]at[ ])|(?:[ ][a-z]{2,14}){0,2})(?P<words>"
    r"(?P<least>\+|[ ]or[ ](?:more|longer|over|older|higher|above|greater|"
    r"better|upwards)\b|[ ]and[ ](?:over|above|more|older|up)\b"
    r"|[ ]at[ ](?:the[ ])?(?:very[ ])?least\b|-plus\b|[ ]minimum\b|[ ]plus\b)"
    r"|(?P<about>[ ]or[ ]so\b|-odd\b|-ish\b|[ ]or[ ]thereabouts\b|[ ]approximately\b|[ ]roughly\b|[ ]give or take\b)"
    r"|(?P<most>[ ]or[ ](?:less|fewer|under|below|shorter|lower|younger)\b|"
    r"[ ]at[ ](?:the[ ])?(?:very[ ])?most\b|[ ]maximum\b|[ ]tops\b|[ ]and[ ]under\b))",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"\b(?P<words>limit\w*|restrict\w*|cap(?:s|ped|ping)?)[ ](?:[^ .,;]{1,20}[ ]){0,3}(?:to|at)[ ]$",
    re.IGNORECASE,
)
#: "over three hours" is "during" as often as "more than".
_DURING = frozenset("over under beyond from".split())
#: "more than a year earlier" compares with that time.
_THEN = re.compile(r"[ ](?:earlier|before|previously)\b", re.IGNORECASE)
#: "above the 2 per cent target" compares with a figure, and does not bound one.
_COMPARED = re.compile(
    r"^(?:above|below|over|under|beyond|short of|exceed\w*|(?:higher|lower|more|less|fewer|longer|shorter|larger|"
    r"smaller|bigger|older|younger|greater) than|topp\w*|surpass\w*|just \w+) (?:the|its|their|his|her) ",
    re.I,
)


@remembered(1 << 12)
def bound(text: str, start: int, end: int, *, lasts: bool = False) -> Bound | None:
    """Return what bounds the figure at `text[start:end]`, None for nothing; `lasts` says that it is a time.

    >>> bound("at least 30 people", 9, 11).side.value, bound("30 people or more", 0, 2).side.value
    ('least', 'least')
    """
    folded = fold(text)
    first = max(0, start - 40)
    before, behind = _before(folded, start), _BEHIND.match(folded[end : end + 64])
    loose = behind and before and before["bound"].lower() in _LOOSE
    if (
        before
        and not loose
        and before["bound"].lower() not in _UNSURE
        and not _unclear(before, folded[end:], lasts=lasts)
    ):
        return Bound(_SIDE_OF[before["bound"].lower()], before.start("bound"), before.end("bound"))
    if limited := _LIMITED.search(folded[first:start]):
        return Bound(Side.MOST, first + limited.start("words"), first + limited.end("words"))
    if behind:
        side = next(side for side in (Side.LEAST, Side.ABOUT, Side.MOST) if behind[side.value])
        words = behind["words"]
        at = end + behind.start("words") + len(words) - len(words.lstrip())
        return Bound(side, at, end + behind.end("words"))
    return None


def _before(folded: str, start: int) -> re.Match[str] | None:
    """Return the bound that stands before a figure: of "from about 30" the inner one."""
    found = _BEFORE.search(folded[:start], max(0, start - 40))
    if found and found["bound"].lower() in _UNSURE:
        return _BEFORE.search(folded[:start], found.end("bound")) or found
    return found


def unclear(text: str, start: int, end: int, *, lasts: bool = False) -> bool:
    """Tell whether what stands before a figure may be a bound on it or may not: "over three hours"."""
    folded = fold(text)
    before = _before(folded, start)
    return bool(before and _unclear(before, folded[end:], lasts=lasts))


def _unclear(before: re.Match[str], after: str, *, lasts: bool) -> bool:
    if lasts and (before["bound"].lower() in _DURING or _THEN.match(after)):
        return True
    return bool(_COMPARED.match(before[0]))


_ELSEWHERE = {
    Side.MOST: re.compile(
        r"\b(?:maximum|limit\w*|cap|caps|capped|capping|ceiling|at most|capacity|up to|no more than|highest|largest|"
        r"longest|dearest|top|peak\w*|permitted|allowed)\b",
        re.IGNORECASE,
    ),
    Side.LEAST: re.compile(
        r"\b(?:minimum|floor|lowest|smallest|cheapest|shortest|start(?:s|ed|ing)? (?:at|from)|at least|"
        r"or (?:more|longer|older|over|higher|above)|no fewer than|"
        r"no less than|statutory|mandatory|obligatory|required|requirement|threshold)\b",
        re.IGNORECASE,
    ),
    Side.ABOUT: re.compile(
        r"\b(?:estimat\w*|approximate\w*|rough\w*|or so|more or less|put at|puts?|reckon\w*|calculat\w*)\b",
        re.IGNORECASE,
    ),
}


#: "within five kilometres", "in the past 12 months": what lies there is less far.
_WITHIN = re.compile(
    r"\b(?:within|inside|in the (?:space of|previous|past|last)|(?:over|during) the (?:previous|past|last))"
    r"(?: (?:an?|the|about|just|only))? $",
    re.IGNORECASE,
)
#: What a rule, a condition or a denial turns round: "unless at least 30 come", "if fewer than 30 come".
_TURNS = re.compile(
    r"\b(?:if|unless|not|no|never|none|nothing|cannot|without|until|ban\w*|bar|bars|barred|prohibit\w*|forb\w+|"
    r"outlaw\w*|illegal|exclud\w*|reject\w*|refus\w*|fail\w*|miss\w*|exempt\w*|limit\w*|restrict\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_BEYOND = {Side.UNDER: Side.LEAST, Side.LEAST: Side.UNDER, Side.OVER: Side.MOST, Side.MOST: Side.OVER}


def within(text: str, start: int) -> bool:
    """Tell whether the words before a figure say that it is not reached: within, in the past.

    >>> within("mining within five kilometres", 14), within("a road of five kilometres", 10)
    (True, False)
    """
    return bool(_WITHIN.search(fold(text)[max(0, start - 40) : start]))


def turns(text: str, claim: Side, evidence: Side) -> bool:
    """Tell whether a claim says from the other side what its evidence bounds: none above 30, at most 30.

    >>> turns("Rents above 5 per cent are barred.", Side.OVER, Side.MOST)
    True
    """
    return _BEYOND.get(claim) is evidence and bool(_TURNS.search(text))


def says(text: str, side: Side) -> bool:
    """Tell whether a text bounds to this side in words that stand apart from the figure: "the maximum fine is"."""
    return side in _ELSEWHERE and bool(_ELSEWHERE[side].search(text))


#: What a claim may say where its evidence has a bound, besides the same.
_HOLDS: Mapping[Side, frozenset[Side]] = {
    Side.ABOUT: frozenset({Side.ABOUT, Side.NEARLY}),
    Side.NEARLY: frozenset({Side.NEARLY, Side.ABOUT, Side.UNDER}),
    Side.OVER: frozenset({Side.OVER, Side.LEAST, Side.ABOUT}),
    Side.LEAST: frozenset({Side.LEAST}),
    Side.UNDER: frozenset({Side.UNDER, Side.MOST}),
    Side.MOST: frozenset({Side.MOST}),
}


def holds(claim: Side | None, evidence: Side | None) -> bool:
    """Tell whether a figure with the claim's bound is true where the evidence gives it with another, or with none.

    >>> holds(Side.LEAST, Side.OVER), holds(Side.OVER, Side.LEAST), holds(None, Side.ABOUT), holds(Side.OVER, None)
    (True, False, False, False)
    """
    if evidence is None:
        return claim not in {Side.OVER, Side.UNDER, Side.NEARLY}
    return claim in _HOLDS[evidence]
