"""Which sentences answer a question, or that none does.

Similarity finds the best sentence for any question, whether or not it answers. Whether it does is decided by a small
logistic model over four readable features; its weights stand in `briefing/data/answerable.json`, fitted by
`tools/fit_answerable.py`. It reads words, not meaning: a question that swaps two names passes as answered, so the
answer is always the sentences themselves, which the reader can judge.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from math import log
from typing import Literal, NamedTuple

from ... import question as questions
from ... import similarity, vectors
from ...similarity import FOCUS, Alignment, Index

#: How many sentences are shown as nearest.
NEAREST = 3
#: How many sentences an answer has at most.
MOST = 5

#: A further sentence answers too when its relevance is this share of the best one's.
_SHARE = 0.45
#: From here on a sentence supports a word of the question: a cosine of .39, as "military" does for "defense".
_SUPPORT = 0.15
#: Below this a best support is no support.
_UNSUPPORTED = 0.2
#: From this rarity on a word of the question is worth saying that it was not found.
_TELLING = 0.7


class Selection(NamedTuple):
    """The sentences chosen for a question, as indexes.

    `status` is answered, partly (`missing` names the question's words that nothing supports) or not_in_sources; then
    `chosen` is empty. `chosen` is in reading order; `nearest` is best first, and with an answer its first is chosen.
    """

    status: Literal["answered", "partly", "not_in_sources"]
    chosen: tuple[int, ...]
    nearest: tuple[int, ...]
    missing: str


class Features(NamedTuple):
    """What the decision rests on, seen from the best sentence.

    `covered`: share of the question's words, by rarity, that it and the sentences beside it support, from 0 to 1.
    `length`: logarithm of the number of the question's words; of a long question a smaller share is enough.
    `names`: how many of the question's names and figures the sentence lacks.
    `negated`: 1 when the question asks what is not so ("did not attend") and the sentence denies nothing.
    `kind`: 1 when neither it nor the sentences beside it hold a person, date or number that was asked for.
    `hollow`: 1 when of the question they support nothing but names: the person is there, what was asked is not.
    """

    covered: float
    length: float
    names: float
    negated: float
    kind: float
    hollow: float


def answer(sentences: Sequence[str], question: str) -> Selection:
    """Return which of `sentences` answer `question`, in reading order, or that none does.

    >>> article = ["The council approved the bridge.", "Rain is expected.", "The bridge will cost $4 million."]
    >>> answer(article, "How much will the bridge cost?")
    Selection(status='answered', chosen=(2,), nearest=(2, 0, 1), missing='')
    >>> answer(article, "Who won the football match?").status
    'not_in_sources'
    """
    index = similarity.index(tuple(sentences))
    alignment = index.align(question)
    relevance = index.rank(alignment, question)
    order = sorted(range(len(sentences)), key=lambda i: -relevance[i])
    nearest = tuple(order[:NEAREST])
    if not order or not alignment.terms or score(features(index, alignment, order[0], question)) < 0:
        return Selection("not_in_sources", (), nearest, "")
    chosen = _chosen(index, alignment, relevance, order, question)
    missing = _missing(index, alignment, chosen, question)
    return Selection("partly" if missing else "answered", chosen, nearest, missing)


def features(index: Index, alignment: Alignment, best: int, question: str) -> Features:
    """Return the features of a question whose best sentence is `best`; it must have terms."""
    terms = alignment.terms
    beside = slice(max(0, best - 1), best + 2)
    support = alignment.soft[beside].max(axis=0)
    # A common word that is missing is no sign; the least keeps "the" from weighing nothing at all.
    rarity = [t.weight for t in terms]
    if index.english:
        rarity = [max(vectors.rarity(t.form), 0.05) * (FOCUS if t.focus else 1) for t in terms]
    plain = [s for term, s in zip(terms, support, strict=True) if not term.name]
    asked = questions.read(question)
    held = asked.kind not in _STRICT or any(map(asked.answerable_by, index.sentences[beside]))
    denied = questions.negated(question) and not questions.negated(index.sentences[best])
    return Features(
        covered=float(support @ rarity / sum(rarity)),
        length=log(len(terms)),
        names=sum(t.name and not found for t, found in zip(terms, alignment.exact[best], strict=True)),
        negated=float(index.english and denied),
        kind=float(index.english and not held),
        hollow=float(bool(plain) and max(plain) < _UNSUPPORTED),
    )


def score(found: Features) -> float:
    """Return the log odds that a question with these features is answered; from 0 on it counts as answered."""
    weights = _weights()
    return weights["intercept"] + sum(weights[name] * value for name, value in zip(found._fields, found, strict=True))


#: The kinds of answer whose absence from the best sentences speaks against an answer.
_STRICT = frozenset({questions.Kind.PERSON, questions.Kind.DATE, questions.Kind.NUMBER})


def _chosen(
    index: Index, alignment: Alignment, relevance: Sequence[float], order: Sequence[int], question: str
) -> tuple[int, ...]:
    """Return the best sentence and those that answer as it does, in reading order."""
    best, *others = order
    asked = questions.read(question)
    supported = alignment.around[best] >= _SUPPORT
    # Near meanings will do for what is asked about, but most of the rest it must have word for word as the best has.
    literal = alignment.exact[best] * [0 if term.focus else term.weight for term in alignment.terms]
    chosen = [best]
    for i in others:
        if len(chosen) == MOST or relevance[i] < _SHARE * relevance[best]:
            break
        same = alignment.exact[i] @ literal > literal.sum() / 2 or not literal.any()
        if same and (alignment.around[i][supported] >= _SUPPORT).all() and asked.answerable_by(index.sentences[i]):
            chosen.append(i)
    return tuple(sorted(chosen))


def _missing(index: Index, alignment: Alignment, chosen: Sequence[int], question: str) -> str:
    """Return what of the question stays open: words that no sentence supports, and a reason where none is given.

    A common word ("get", "goes") is asked in passing, and in other languages than English nothing tells which are.
    """
    if not index.english:
        return ""
    support = alignment.soft.max(axis=0)
    open_words = [
        term.form
        for term, value in zip(alignment.terms, support, strict=True)
        if value < _UNSUPPORTED and (term.name or vectors.rarity(term.form) >= _TELLING)
    ]
    asked = questions.read(question)
    if asked.kind is questions.Kind.REASON and not any(asked.answerable_by(index.sentences[i]) for i in chosen):
        open_words.append("the reason")
    return ", ".join(open_words)


@cache
def _weights() -> dict[str, float]:
    text = (files("briefing") / "data" / "answerable.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights
