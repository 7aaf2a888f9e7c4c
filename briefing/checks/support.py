"""Support: what a claim says, its evidence says.

So far only what needs no judgement is accepted: a sentence of the evidence, word for word, or its beginning where what
is left out qualifies nothing. A part cut out of the middle can say the opposite of the sentence ("Police denied that
…"). A claim in other words is not said to be wrong; it is said to be unproved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import markers
from ..clauses import can_leave_out
from ..document import Document, Sentence
from ..text import bare, stands_in
from ..verdict import Finding
from . import Subject

VERSION = "1"

# "BERLIN, March 3 (Reuters) - " says nothing of what follows it.
_DATELINE = re.compile(r"[A-Z][^.!?\"]{0,60}[-–—]\s*")


def check(subject: Subject, evidence: Sequence[Sentence], _: Document) -> Iterator[Finding]:
    """Yield a finding when the claim is no sentence of its evidence, nor the beginning of one that says as much."""
    if subject.speaker is not None or not evidence:
        return  # quotations.py and citations.py say it
    if any(subject.text == sentence.text for sentence in evidence):
        return
    claim = bare(markers.strip(subject.text))
    if claim and any(_says(bare(sentence.text), claim) for sentence in evidence):
        return
    part = claim and any(stands_in(claim, bare(sentence.text)) for sentence in evidence)
    yield Finding(
        check="support",
        kind="part_of_sentence" if part else "not_verbatim",
        where=subject.where,
        message="It is cut out of the sentence that it cites, and what is left out may change it."
        if part
        else "It does not stand word for word in the sentences that it cites, so it is not proved by them.",
        expected=evidence[0].text,
        found=subject.text,
    )


def _says(sentence: str, claim: str) -> bool:
    if sentence == claim:
        return True
    dateline = _DATELINE.match(sentence)
    for start in {0, dateline.end() if dateline else 0}:
        end = start + len(claim)
        if sentence.startswith(claim, start) and not sentence[end : end + 1].isalnum():
            return can_leave_out(sentence[end:], of=claim)
    return False
