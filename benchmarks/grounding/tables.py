"""The claims as tables of features: those of the support score, and word overlap to compare with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.grounding.data import SETS, Row, document, read
from benchmarks.grounding.fitting import Table
from briefing import markers
from briefing.checking import CHECKS
from briefing.checks import Subject
from briefing.coverage.support_features import Features, features
from briefing.document import Document
from briefing.evidence import find
from briefing.sentences import split
from briefing.verdict import Severity
from briefing.words import forms, terms

#: The checks whose findings weigh in the score: those that judge what is said, whoever cites it.
RULES = ("quotations", "figures", "names", "roles", "polarity", "commitment", "hedges", "time")


def rows(data: Path) -> list[Row]:
    """Return the claims of all sets, in the order of the sets."""
    return [row for name in SETS for row in read(data, name)]


def support(claims: Sequence[Row], found: Sequence[Sequence[str]]) -> Table:
    """Return the features of the support score; `found` are the checks that found something, one for each finding."""
    none = Features(*[0.0] * len(Features._fields))
    return _table(
        claims,
        [
            features(r.claim, document(r.sources), findings=names) or none
            for r, names in zip(claims, found, strict=True)
        ],
    )


def overlap(claims: Sequence[Row]) -> Table:
    """Return the word overlap with the source: stems, stems of the best sentence, pairs of words."""
    return _table(claims, [_overlap(row) for row in claims])


def findings(row: Row) -> list[str]:
    """Return the names of the checks that found an error in a sentence of the claim, one for each finding."""
    sources = document(row.sources)
    text = markers.strip(row.claim)
    return [name for start, end, _ in split(text) for name in _findings(text[start:end], sources)]


def _findings(sentence: str, sources: Document) -> list[str]:
    evidence = find(sentence, sources)
    subject = Subject("claim", sentence, tuple(s.id for s in evidence))
    return [
        name
        for name in RULES
        if evidence
        for finding in CHECKS[name][0](subject, evidence, sources)
        if finding.severity is Severity.ERROR
    ]


def _overlap(row: Row) -> tuple[float, float, float]:
    said = set(terms(row.claim))
    sentences = [set(terms(s.text)) for s in document(row.sources).sentences]
    held = {pair for s in document(row.sources).sentences for pair in pairwise(forms(s.text))}
    own = set(pairwise(forms(row.claim)))
    return (
        len(said & set().union(*sentences)) / max(1, len(said)),
        max(len(said & s) for s in sentences) / max(1, len(said)),
        len(own & held) / max(1, len(own)),
    )


def _table(claims: Sequence[Row], columns: Sequence[Sequence[float]]) -> Table:
    sets = list(SETS)
    numbers = {sources: n for n, sources in enumerate(dict.fromkeys(row.sources for row in claims))}
    return Table(
        np.array(columns, dtype=np.float64),
        np.array([row.supported for row in claims]),
        np.array([sets.index(row.dataset) for row in claims]),
        np.array([numbers[row.sources] for row in claims]),
    )
