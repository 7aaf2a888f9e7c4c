"""Support: what a claim says, its evidence says.

So far only what needs no judgement is accepted: text that stands word for word in the evidence. A claim in other
words is not said to be wrong; it is said to be unproved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import markers
from ..document import Document, Sentence
from ..text import fold, squeeze
from ..verdict import Finding
from . import Subject

VERSION = "1"


def check(subject: Subject, evidence: Sequence[Sentence], _: Document) -> Iterator[Finding]:
    """Yield a finding when the claim does not stand word for word in one of its evidence sentences."""
    if subject.speaker is not None or not evidence:
        return  # quotations.py and citations.py say it
    if any(subject.text == sentence.text for sentence in evidence):
        return
    claim = _folded(markers.strip(subject.text))
    if not claim or not any(_stands_in(claim, _folded(sentence.text)) for sentence in evidence):
        yield Finding(
            check="support",
            kind="not_verbatim",
            where=subject.where,
            message="It does not stand word for word in the sentences that it cites, so it is not proved by them.",
            expected=evidence[0].text,
            found=subject.text,
        )


def _stands_in(claim: str, sentence: str) -> bool:
    """Tell whether a claim stands in a sentence as whole words."""
    at = sentence.find(claim)
    while at >= 0:
        before, after = sentence[at - 1 : at] if at else "", sentence[at + len(claim) : at + len(claim) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = sentence.find(claim, at + 1)
    return False


def _folded(text: str) -> str:
    return squeeze(fold(text)).strip(" .")
