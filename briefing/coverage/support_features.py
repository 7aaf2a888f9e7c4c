"""How far a claim is said by its evidence, in figures: what the support score is made of.

A claim of several sentences is read sentence by sentence. Each is aligned with its evidence (`briefing.evidence`): how
much of its weight the best sentence holds, whether its words stand together as they do there, which of them stand only
elsewhere in the document and which nowhere. The score is a logistic regression over these; its weights are in
`data/support.json`, fitted by `tools/fit_support.py`.

It knows what words are about, and not what is said of them: it is for invented detail. Figures, names, negation and
roles are held by the checks, whose findings weigh in the score where there are any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from .. import markers
from ..document import Document, Sentence
from ..evidence import Lookup, Term, of
from ..grammar import lexicon
from ..remembered import remembered
from ..sentences import split
from ..text import squeeze
from ..words import forms, terms

#: Checks whose findings are of facts that a source states or does not, and how many of them count.
FACTS, _MOST_FACTS = frozenset({"figures", "names", "quotations", "time"}), 3
#: Only a larger share of neighbouring words that stand together tells anything: two sentences on one topic share some.
_TOGETHER = 0.8
#: A rewording brings so many words that its source lacks.
_OF_REWORDING = 4
#: Lengths, in words, beyond which the score does not follow: the data it was fitted on have no other.
_SHORTEST, _LONGEST = (5, 30), (150, 2000)
#: So much of a claim and of a sentence is compared: none is longer in print, and the time stays bounded.
_MOST_WORDS = 400


class Features(NamedTuple):
    """What the score is made of: means over the claim's sentences, or what is found in the worst of them."""

    held: float  # share of the weight that the best sentence of the evidence holds, near meanings included; mean
    together: float  # share of neighbouring words that are so in the evidence, as far as it is over 0.8; mean
    elsewhere: float  # words that the best sentence lacks and another of the document has; worst
    new: float  # words that the document lacks, as far as they are more than 4; worst
    new_verbs: float  # log of 1 + the verbs among them; in the best sentence, for the others' sake
    claim_length: float  # log of the words
    source_length: float
    found: float = 0.0  # whether any other check found something
    facts: float = 0.0  # findings of figures, names, quotations and time, three at most


class _Read(NamedTuple):
    """The features of one sentence."""

    held: float
    together: float
    elsewhere: int
    new: int
    new_verbs: int


def features(
    claim: str, document: Document, cited: Sequence[Sentence] = (), findings: Iterable[str] = ()
) -> Features | None:
    """Return the features of a claim, None for one without a content word.

    Without `cited`, each sentence of the claim is held against the sentences found for it. `findings` are the names of
    the checks that found an error, one for each finding.
    """
    own = _features(claim, of(document), tuple(cited))
    checks = list(findings)
    return own and own._replace(
        found=float(bool(checks)), facts=float(min(_MOST_FACTS, sum(check in FACTS for check in checks)))
    )


# The same claim comes again for each marker on it.
@remembered(1 << 8)
def _features(claim: str, lookup: Lookup, cited: tuple[Sentence, ...]) -> Features | None:
    said = squeeze(markers.strip(claim))
    read = [found for start, end, _ in split(said) if (found := _read(said[start:end], lookup, cited))]
    if not read:
        return None
    return Features(
        held=_mean([r.held for r in read]),
        together=_mean([max(0.0, r.together - _TOGETHER) for r in read]),
        elsewhere=max(r.elsewhere for r in read),
        new=max(0, max(r.new for r in read) - _OF_REWORDING),
        new_verbs=log(1 + min(r.new_verbs for r in read)),
        claim_length=_length(len(forms(said)), 0),
        source_length=_length(lookup.length, 1),
    )


def probability(read: Features) -> float:
    """Return the probability that a claim with these features is supported, as fitted.

    >>> from briefing import Document
    >>> ferry = Document.read("The ferry sank off Cebu on Monday after its engine failed, the coastguard said.")
    >>> claims = "The ferry sank off Cebu on Monday.", "Pirates in speedboats fired rockets at an oil tanker."
    >>> [round(probability(found)) for claim in claims if (found := features(claim, ferry))]
    [1, 0]
    """
    weights = model()["weights"]
    odds = weights["intercept"] + sum(weights[name] * value for name, value in read._asdict().items())
    return 1 / (1 + exp(-odds))


@cache
def model() -> Mapping[str, Mapping[str, float]]:
    """Return the fitted table: `weights` of the features, and `thresholds` of the probability.

    Under `balanced` a claim is as likely unsupported; under `cautious` next to nothing that is supported stands.
    """
    found: Mapping[str, Mapping[str, float]] = json.loads(
        (files("briefing") / "data" / "support.json").read_text("utf-8")
    )
    return found


def _read(sentence: str, lookup: Lookup, cited: Sequence[Sentence]) -> _Read | None:
    said = lookup.terms(sentence)[:_MOST_WORDS]
    if not said:
        return None
    numbers = lookup.numbers(cited) or lookup.sufficient(sentence, 3)
    alike = lookup.alike(said, numbers)
    weight = sum(term.weight for term in said)
    held = [sum(term.weight * share for term, share in zip(said, row, strict=True)) / weight for row in alike]
    best = alike[held.index(max(held))] if held else [0.0] * len(said)
    new = [term for term in said if term.stem not in lookup]
    return _Read(
        held=max(held, default=0.0),
        together=_together(sentence, [lookup.sentences[number].text for number in numbers]),
        elsewhere=sum(share < 1 and term.stem in lookup for term, share in zip(said, best, strict=True)),
        new=len(new),
        new_verbs=sum(_is_verb(term) for term in new),
    )


def _together(sentence: str, evidence: Sequence[str]) -> float:
    """Return the share of neighbouring content words that stand so in the evidence."""
    pairs = _pairs(sentence)
    return len(pairs & set().union(*map(_pairs, evidence))) / len(pairs) if pairs else 1.0


def _pairs(text: str) -> set[tuple[str, str]]:
    content = terms(text)[:_MOST_WORDS]
    return set(pairwise(content))


def _is_verb(term: Term) -> bool:
    return not term.name and next(iter(lexicon.parts(term.form)), "") == "v"  # the commonest part of speech comes first


def _length(count: int, which: int) -> float:
    return log(min(max(count, _SHORTEST[which]), _LONGEST[which]))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
