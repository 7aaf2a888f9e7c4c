"""Which end of a sentence can be left out without what stays saying more than the sentence did."""

from __future__ import annotations

import re

# What is left out may not say who claims it, on what condition, or that it is not so.
_QUALIFIES = re.compile(
    r"\b(?:said|says?|told|according|claim\w*|alleg\w*|report\w*|accus\w*|suspect\w*|if|unless|but|although|though|"
    r"except|provided|not|no|never|without|would|could|may|might|only|denie[sd]|reject\w*|pending|subject to|as)\b",
    re.IGNORECASE,
)
# What is to come may hang on what is left out: "will buy forty jets | after parliament passes the budget".
_TO_COME = re.compile(
    r"\b(?:will|would|can|could|may|might|shall|should|must|plans?|planned|intends?|hopes?|wants?|expects?|expected|"
    r"aims?|due to|set to|is to|are to)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\W*(?:after|before|when|while|once|until|following|as soon as|where|which|who)\b", re.IGNORECASE
)


def can_leave_out(end: str, of: str) -> bool:
    """Tell whether `end`, the end of a sentence, qualifies nothing of its beginning `of`.

    >>> can_leave_out(" during talks in Oslo", of="The sides signed a treaty")
    True
    >>> can_leave_out(", prosecutors say", of="He took bribes"), can_leave_out(" after a vote", of="It will leave")
    (False, False)
    """
    if _QUALIFIES.search(end):
        return False
    return not (_CONDITION.match(end) and _TO_COME.search(of))
