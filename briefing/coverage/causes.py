"""What a claim says of causes: the words that link a cause and its effect, and the stretch that is given as one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..grammar.lexicon import parts
from ..remembered import remembered

#: Before the cause.
_BEFORE = (
    r"because(?: of)?|due to|owing to|thanks to|"
    r"(?:caused|driven|prompted|triggered|fuelled|fueled|sparked|spurred|helped|hurt|boosted) "
    r"(?:in part |partly |mainly |largely )?by|"
    r"as a (?:result|consequence) of|in response to|in protest (?:at|against)|in retaliation for|citing|"
    r"attributed to|blamed on|blam(?:ed|es|ing)|on account of|on the advice of|amid|"
    r"stem(?:s|med|ming) from|result(?:s|ed|ing) from|so that|in order to|under pressure from"
)
#: Between the cause and its effect.
_AFTER = (
    r"led to|leads to|leading to|forc(?:ed|es|ing)|prompt(?:ed|s|ing)|trigger(?:ed|s|ing)|caus(?:ed|es|ing)|"
    r"result(?:ed|s|ing) in|paving the way for|spark(?:ed|s|ing)"
)
#: Before what came first, which is told as if it were the cause.
_FIRST = r"after|once|when|following|in (?:return|exchange) for"
_LINK = re.compile(rf"\b(?:{_BEFORE}|{_AFTER}|(?P<first>{_FIRST}))(?= )", re.IGNORECASE)
#: "has not caused", "rejected the suggestion that it caused": no cause is given there.
_TAKES_BACK = re.compile(
    r"\b(?:not|no|never|without|den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)?|whether)\b(?=[^,;]{0,60}$)|n['’]t\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")
#: A form that is a verb to so large a share is one after *to*.
_MOSTLY = 0.6
_END = re.compile(r"[,;:.]\s|[.]$")
#: Any of these in a sentence may say that what stands there came of what another sentence says, or led to it.
_LINKS = re.compile(
    r"\b(?:because|due|owing|thanks|caus\w+|driv\w+|drove|prompt\w*|trigger\w*|fuel\w*|spark\w*|spur\w*|help\w*|"
    r"hurt\w*|boost\w*|result\w*|respon\w+|protest\w*|cit(?:e|es|ed|ing)|attribut\w*|blam\w+|reasons?|factors?|"
    r"amid|stem\w*|lead\w*|led|forc\w+|follow\w*|since|so|therefore|thus|hence|consequen\w*|explain\w*|explanation|"
    r"why|contribut\w*|account\w*|mean(?:s|t|ing)|make|makes|made|behind|despite|over|push\w*|impact\w*|effects?|"
    r"(?:after|as|from|to|by|despite|over|against|in) (?:th(?:is|at|ese|ose)|it|which))\b|"
    r"^(?:this|that|it|these|those)\b",
    re.IGNORECASE,
)


class Cause(NamedTuple):
    """A link in a text at `start` to `end`, and the stretch, `low` to `high`, that it gives as cause or as effect.

    `said` is whether it says so; else it only tells what came first.
    """

    start: int
    end: int
    low: int
    high: int
    said: bool


@remembered(1 << 12)
def causes(text: str) -> tuple[Cause, ...]:
    """Return what a text gives as the cause of something, or as its effect.

    >>> said = "The match was called off because of a frozen pitch, the club said."
    >>> [said[cause.low:cause.high] for cause in causes(said)]
    ['a frozen pitch']
    """
    return tuple(_causes(text))


def _causes(text: str) -> Iterator[Cause]:
    for link in _LINK.finditer(text):
        if _planned(text, link) or _TAKES_BACK.search(text, 0, link.start()):
            continue
        end = _END.search(text, link.end())
        high = end.start() if end else len(text)
        yield Cause(link.start(), link.end(), link.end() + 1, high, not link["first"])


def _planned(text: str, link: re.Match[str]) -> bool:
    """Tell whether *due to* says what is planned: "due to resume in June"."""
    word = _WORD.match(text, link.end() + 1)
    if link[0].lower() != "due to" or word is None or word[0].endswith("ing"):
        return False
    return parts(word[0].lower()).get("v", 0.0) > _MOSTLY


def links(text: str) -> bool:
    """Tell whether a text may say that one thing came of another.

    >>> links("The match was called off. The pitch froze.")
    False
    """
    return bool(_LINKS.search(text))
