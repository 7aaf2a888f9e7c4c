"""Whether a claim says something of its own: a logistic regression on a few figures of its new stretches.

A stretch is a row of words that nothing in the evidence answers to, within one clause. Rewording leaves such words
too: verbs of report, words of attitude, another name for what is known already. What is invented is named by nouns
that stand for things, brought in without an article that says they are known, and hung on with a preposition, a
participle or a clause. The weights are in `data/detail.json`, fitted by `tools/fit_detail.py`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from ..grammar.lexicon import kind
from ..grammar.tagging import Tag, Token
from .copied import frame
from .coverage import LIGHT, SAID, Side, Word, weight

#: What WordNet's files count as things, bodies and places: what is invented is named by such words.
_CONCRETE = frozenset(
    "person group artifact location substance body animal food plant possession object phenomenon".split()
)
#: Words for what is said and thought, and verbs for what is only seen or is so: a rewording adds them freely.
_TALK = frozenset("communication cognition feeling emotion".split())
_SLIGHT_VERBS = frozenset("communication cognition perception stative social".split())
#: Verbs and nouns that reword whatever stands there, whatever else they may mean.
_REWORDS = frozenset(
    """abstain accept account admit affect agree aim allege allow amount apply argue attempt back believe carry
    cause caution cease claim complete concern conduct confirm consider consult continue criticise criticize
    deny disagree disclose double edge equal exceed explain face fail fall fear follow grant halve happen help
    hope insist intend involve judge lead lie lose manage need object occur oppose owe permit plan praise
    promise propose prove reach refuse reject relate represent require result reveal rise seek serve shrink
    stand suggest support try turn understand urge walk warn welcome

    area attempt basis bid billion bn body case ceiling chance chief company data deficit effect excuse floor
    goods hand head host kph leader level likelihood lot majority margin million mn move occasion official
    operator package parties party possibility rank role seat share side site space spread staff step strength
    success suggestion table target term tn toll top total turnout use value view""".split()
)
#: Nouns made of a verb or an adjective: a rewording says *elimination* for "were knocked out".
_OF_A_VERB = ("tion", "tions", "sion", "sions", "ment", "ments", "ance", "ances", "ence", "ity", "ities", "ness")
#: Before a noun they say that it is known already.
_KNOWN = frozenset("the this that these those its his her their our your my".split())
#: So many words that describe a noun may stand between it and its article.
_DESCRIBING = 3
#: A known thing counts less.
_HELD = 0.5
#: Here a new clause begins, and here a new phrase.
_CLAUSES = frozenset(
    """and but or while whereas although though because after before when since until unless if who whom whose which
    that where""".split()
)
_PHRASES = _CLAUSES | frozenset(
    """as than with without using despite from in at on by to for into over under through of during between
    against""".split()
)
_APART = _CLAUSES | frozenset("as once by to of from due following using with amid over for".split())
_JOINS = frozenset("-'’")
#: From here on another word answers well enough to show where a claim's neighbouring word belongs.
_ANCHORS = 0.8
#: So many words on each side of an anchor are near it, and what words left over there take from what is new.
_BESIDE, _TAKES = 3, 0.6
#: Of a claim that is told in other words, with fewer that are the same, new words show less, in log odds.
_SAME, _OWN_WORDS, _LOOSE = 0.9, 0.5, 0.5
_MOST_APART, _MOST_INSERTED = 1.5, 2.0


class Features(NamedTuple):
    """What tells invented detail, in the weight of new words."""

    run: float  # the heaviest new stretch
    adjunct: float  # the heaviest that a preposition, a clause or a mark hangs on to the rest
    spare: float  # the heaviest, less what is left over in the evidence where it stands
    inserted: float  # what is put into a copied sentence at one place, 2 at most
    event: float  # a new verb with something new that does it or has it done to it
    apart: float  # a phrase after the first, by how much of it is new
    share: float  # share of the claim
    heaviest: float  # the heaviest word


class Detail(NamedTuple):
    """How a claim stands to its evidence: how much of it is said, and in the same words; what is new in it.

    `sentence` is the number of the sentence that says most of it; `replaces` tells that the stretch is a single word
    between two that the evidence has too, with others between them: another word for those.
    """

    covered: float
    same: float
    features: Features
    stretch: tuple[Word, ...]
    sentence: int
    replaces: bool


def detail(claim: Side, evidence: Sequence[Side], said: Sequence[Word]) -> Detail:
    """Return how far a claim, whose words `said` are, goes beyond its evidence."""
    total = sum(word.weight for word in said) or 1.0
    masses = [word.weight * word.new * _count(word, claim.reading.tokens) for word in said]
    runs = [(sum(masses[i:j]), i, j) for i, j in _stretches(claim, said)]
    run, start, end = max(runs, default=(0.0, 0, 0))
    taken = _answered(evidence, said)
    features = Features(
        run=run,
        adjunct=max((mass for mass, i, _ in runs if _opens(claim, said, i, _PHRASES)), default=0.0),
        spare=max((mass - _TAKES * _left_over(said, i, j, evidence, taken) for mass, i, j in runs if mass), default=0),
        inserted=min(_inserted(claim, evidence, said, masses), _MOST_INSERTED),
        event=_event(claim, said, masses),
        apart=_apart(claim, said, masses),
        share=sum(masses) / total,
        heaviest=max(masses, default=0.0),
    )
    covered = sum(word.weight * word.share for word in said) / total
    held = [
        sum(w.weight * w.share for w in said if w.sentence == i and w.share > _ANCHORS) for i in range(len(evidence))
    ]
    first = max(range(len(evidence)), key=held.__getitem__)
    return Detail(
        covered,
        sum(word.share >= _SAME for word in said) / max(1, len(said)),
        features._replace(spare=max(0.0, features.spare)),
        tuple(said[start:end]),
        first,
        _replaces(said, start, end),
    )


def invented(found: Detail) -> bool:
    """Tell whether a claim says something of its own."""
    return score(found.features) > (_LOOSE if found.same < _OWN_WORDS else 0.0) and not found.replaces


def score(features: Features) -> float:
    """Return by how much a claim is over the threshold, in log odds."""
    row = model()
    return row["intercept"] + sum(float(getattr(features, name)) * w for name, w in row.items() if name != "intercept")


@cache
def model() -> Mapping[str, float]:
    """Return the weights of the features; the threshold is in the intercept."""
    found: Mapping[str, float] = json.loads((files("briefing") / "data" / "detail.json").read_text("utf-8"))["weights"]
    return found


def _count(word: Word, tokens: Sequence[Token]) -> float:
    """Return what a new word counts by what it is."""
    token = word.token
    kinds = kind(token.low)
    if token.lemma in LIGHT or token.lemma in _REWORDS:
        return 0.05 if token.tag is Tag.VERB and token.lemma not in LIGHT else 0.0
    if token.low.endswith(("'s", "’s")):
        return 0.0 if token.tag is Tag.NAME else 0.3
    if token.tag is Tag.NOUN:
        counts = 1.0 if kinds & _CONCRETE else 0.3 if kinds & _TALK or token.low.endswith(_OF_A_VERB) else 0.6
        return counts * (_HELD if _is_known(word.at, tokens) else 1)
    if token.tag is Tag.VERB:
        return 0.05 if kinds & _SLIGHT_VERBS else 0.4
    return {Tag.NAME: 0.6, Tag.ADJECTIVE: 0.35}.get(token.tag, 0.0)  # figures are for another check


def _is_known(at: int, tokens: Sequence[Token]) -> bool:
    before = at - 1
    while before >= max(0, at - _DESCRIBING) and tokens[before].tag in {Tag.ADJECTIVE, Tag.NOUN, Tag.NAME, Tag.NUMBER}:
        before -= 1
    return before >= 0 and tokens[before].low in _KNOWN


def _opens(claim: Side, said: Sequence[Word], number: int, words: frozenset[str]) -> bool:
    """Tell whether a mark, or one of `words`, parts a content word from the one before it."""
    if not number:
        return False
    between = claim.reading.tokens[said[number - 1].at + 1 : said[number].at]
    return any(t.low in words or (t.tag is Tag.PUNCTUATION and t.form not in _JOINS) for t in between)


def _stretches(claim: Side, said: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield where new words stand together in a clause."""
    start = None
    for i, word in enumerate(said):
        if start is not None and (not word.new or _opens(claim, said, i, _CLAUSES)):
            yield start, i
            start = None
        if word.new and start is None:
            start = i
    if start is not None:
        yield start, len(said)


def _event(claim: Side, said: Sequence[Word], masses: Sequence[float]) -> float:
    """Return the weight of a new verb and of what is new beside it, the lesser of the two."""
    number = {word.at: i for i, word in enumerate(said)}
    found = 0.0
    for predicate in claim.reading.predicates:
        if (verb := number.get(predicate.at)) is not None and said[verb].new:
            beside = (*predicate.agents, *predicate.patients, *(head for _, head in predicate.others))
            new = max((masses[number[at]] for at in beside if at in number), default=0.0)
            found = max(found, min(said[verb].weight * said[verb].new, new))
    return found


def _apart(claim: Side, said: Sequence[Word], masses: Sequence[float]) -> float:
    opening = [i for i in range(1, len(said)) if _opens(claim, said, i, _APART)]
    found = 0.0
    for start, end in pairwise([*opening, len(said)]):
        total = sum(word.weight for word in said[start:end]) or 1.0
        new = sum(word.weight * word.new for word in said[start:end])
        found = max(found, new / total * min(_MOST_APART, sum(masses[start:end])))
    return found


def _replaces(said: Sequence[Word], start: int, end: int) -> bool:
    if end - start != 1 or not start or end == len(said):
        return False
    before, after = said[start - 1], said[end]
    near = min(before.share, after.share) > _ANCHORS and before.sentence == after.sentence
    return near and 1 < after.answer - before.answer <= _BESIDE + 1


def _answered(evidence: Sequence[Side], said: Sequence[Word]) -> list[set[int]]:
    """Return the words of each sentence that a claim says."""
    answered: list[set[int]] = [set() for _ in evidence]
    for word in said:
        if word.share >= SAID:
            answered[word.sentence].add(word.answer)
    return answered


def _left_over(
    said: Sequence[Word], start: int, end: int, evidence: Sequence[Side], answered: Sequence[set[int]]
) -> float:
    """Return the weight of the evidence's words that the claim does not say, where a stretch of it would stand."""
    before = next((w for w in reversed(said[:start]) if w.share > _ANCHORS), None)
    after = next((w for w in said[end:] if w.share > _ANCHORS), None)
    places: set[tuple[int, int]] = set()
    if before and after and before.sentence == after.sentence and before.answer < after.answer:
        places = {(before.sentence, i) for i in range(before.answer + 1, after.answer)}
    else:
        if before:
            places |= {(before.sentence, before.answer + 1 + i) for i in range(_BESIDE)}
        if after:
            places |= {(after.sentence, after.answer - 1 - i) for i in range(_BESIDE)}
        if not before and not after:
            places = {(s, i) for s, side in enumerate(evidence) for i in range(len(side.content))}
    free = ((s, i) for s, i in places if 0 <= i < len(evidence[s].content) and i not in answered[s])
    return sum(_weight(evidence[s], i) for s, i in free)


def _weight(side: Side, number: int) -> float:
    token = side.token(number)
    return weight(token.low, token.lemma, token.tag)


def _inserted(claim: Side, evidence: Sequence[Side], said: Sequence[Word], masses: Sequence[float]) -> float:
    """Return the heaviest that a claim puts into a sentence that it copies, at one place."""
    if not any(masses):
        return 0.0
    best = max((frame(claim.reading.text, side.reading.text) for side in evidence), key=lambda f: f.share)
    new = [sum(m for w, m in zip(said, masses, strict=True) if a <= w.at < b) for a, b in best.inserted]
    return max(new, default=0.0)
