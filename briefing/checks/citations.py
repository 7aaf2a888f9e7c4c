"""Citations: every claim cites sentences that exist, that are about it, and none that it does not need.

Whether markers that an author printed are earned takes the other checks too, and stands in `briefing.proof`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..document import Document, Sentence
from ..evidence import find, of
from ..text import bare, stands_in
from ..verdict import Finding, Severity
from . import Place, Subject, finding

VERSION = "4"

#: A sentence that holds a smaller share of the claim's words, by weight, is not about it.
_ABOUT = 0.12
#: Other sentences hold so much more of the claim, as a difference and as a share, when the wrong one is cited.
_MORE, _TIMES = 0.3, 0.5
#: A sentence that adds a smaller share to what the others hold is not needed.
_ADDS = 0.04
#: Struck out or commented out, a word says to a reader what no check reads; and an address leads elsewhere.
_MARKUP = re.compile(r"<[!/a-zA-Z][^<>]{0,200}|~~|\]\(|https?://|www\.")
_NOTHING = "No sentence of the sources is about this."


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each id that is not in the document, for no evidence, for evidence that is not needed."""
    for cited in dict.fromkeys(subject.cited):
        if cited not in document.by_id:
            message = f"It cites sentence {cited!r}, which is not in the sources."
            expected = f"s1 to s{len(document.sentences)}"
            yield finding(subject, document, "citations", "unknown_sentence", message, expected=expected, found=cited)
    if not evidence:
        yield finding(subject, document, "citations", "no_evidence", _NOTHING)
        return
    if subject.printed is None:
        for found in _MARKUP.finditer(subject.text):
            if not any(found[0] in sentence.text for sentence in evidence):
                message = "It holds markup or an address that its evidence does not have."
                yield finding(subject, document, "citations", "markup", message, claim=found.span())
    if len(evidence) == 1 and stands_in(bare(subject.text), bare(evidence[0].text)):
        return  # word for word: no need to weigh words
    shares = of(document).held(subject.text, evidence)
    if not shares.size or subject.inference or subject.speaker is not None:
        return
    whole = shares.max(axis=0).sum()
    # what was looked up in all sources is the best there is; what markers name need not be
    better = None if subject.printed == () else _better(subject, evidence, document, whole)
    if better:
        message = f"What it says stands in {better.id}, which it does not cite."
        place = Place(better, 0, len(better.text))
        cited_ids = ", ".join(sentence.id for sentence in evidence)
        yield finding(subject, document, "citations", "wrong_sentence", message, place=place, found=cited_ids)
        return
    if subject.printed is not None:
        # it was looked up sentence by sentence: which sentences were found is no choice of the author's
        if whole < _ABOUT:
            yield finding(subject, document, "citations", "no_evidence", _NOTHING)
        return
    yield from _each(subject, evidence, document)


def _each(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each sentence that is about something else, or that says nothing that others do not."""
    shares = of(document).held(subject.text, evidence)
    whole = shares.max(axis=0).sum()
    for number, sentence in enumerate(evidence):
        own = shares[number].sum()
        rest = shares[[n for n in range(len(evidence)) if n != number]]
        without = rest.max(axis=0).sum() if len(evidence) > 1 else 0.0
        place = Place(sentence, 0, len(sentence.text))
        if own < _ABOUT and not _beside(sentence, [e for e in evidence if e is not sentence]):
            alone = sum(s.source == sentence.source for s in evidence) == 1
            message = f"It cites {sentence.id}, which is about something else."
            severity = Severity.ERROR if alone else Severity.WARNING
            yield finding(
                subject, document, "citations", "not_about", message, place=place, severity=severity, found=sentence.id
            )
        elif whole - without < _ADDS and len(evidence) > 2:
            message = f"It also cites {sentence.id}, which says nothing of it that the others do not."
            yield finding(
                subject,
                document,
                "citations",
                "not_needed",
                message,
                place=place,
                severity=Severity.NOTE,
                found=sentence.id,
            )


def _beside(sentence: Sentence, others: Sequence[Sentence]) -> bool:
    """Tell whether a sentence stands right before or after another: it may say whom that one means."""
    own = sentence.id[1:]
    near = {str(int(own) - 1), str(int(own) + 1)} if own.isdigit() else set()
    return any(other.source == sentence.source and other.id[1:] in near for other in others)


def _better(subject: Subject, evidence: Sequence[Sentence], document: Document, held: float) -> Sentence | None:
    """Return the best of the sentences that a claim should have cited, where those it cites say far less of it."""
    found = find(subject.text, document)
    if not found or {s.id for s in found} <= {s.id for s in evidence}:
        return None
    best = of(document).held(subject.text, found).max(axis=0).sum()
    return found[0] if best - held > _MORE and held < _TIMES * best else None
