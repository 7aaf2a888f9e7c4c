"""What each verb of a sentence says: who does it, to whom, and whether it is said, denied, planned or done.

A `Reading` has one `Predicate` a verb, with its subject and object as the words of their noun phrases, passives turned
round, and with its frame: the predicate that it stands under ("agreed to *begin*", "denied that he *took*"), the
auxiliaries and negations round it. Shallow, from neighbours alone; where nothing stands beside a verb its place is
empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..remembered import remembered
from . import objects, subjects
from .chains import SPEECH, Clause, step_back
from .phrases import Phrase, phrases
from .tagging import BE, NOT, Tag, Token, tokens

__all__ = ["SPEECH", "Predicate", "Reading", "read"]

#: They take the listener as their object: "the lawyer, Ana Lopes, told the court".
_TELLS = frozenset("tell accuse hear".split())
_NOBODY = frozenset("no none nobody nothing neither".split())


class Predicate(NamedTuple):
    """A verb at token `at`, with the tokens of the words that do it and have it done to them.

    `agents` and `patients` are token indexes, the head first; `others` maps a preposition to the head after it, and
    "" to a second object ("gave the city *land*"). `group` are the auxiliaries, adverbs and negations before it;
    `negator` is the token that negates it. `under` is the token of the verb (or noun, as in "plans to") that governs
    it, and `speaker` that of a verb of speech over it.
    """

    at: int
    lemma: str
    agents: tuple[int, ...]
    patients: tuple[int, ...]
    others: tuple[tuple[str, int], ...]
    passive: bool
    group: tuple[int, ...]
    negator: int | None
    under: int | None
    speaker: int | None


class Reading(NamedTuple):
    """A sentence read: its tokens, its predicates and its noun phrases in order."""

    text: str
    tokens: tuple[Token, ...]
    predicates: tuple[Predicate, ...]
    phrases: tuple[Phrase, ...] = ()

    def of(self, at: int) -> Predicate | None:
        """Return the predicate whose verb is token `at`, if any."""
        return next((p for p in self.predicates if p.at == at), None)

    def words(self, indexes: Sequence[int]) -> str:
        """Return the words of some tokens, in order."""
        return " ".join(self.tokens[i].form for i in sorted(indexes))


@remembered(1 << 11)
def read(text: str) -> Reading:
    """Return the sentence read.

    >>> reading = read("The bridge was not opened by the mayor.")
    >>> p = reading.predicates[0]
    >>> reading.words(p.agents), p.lemma, reading.words(p.patients), reading.tokens[p.negator].form
    ('mayor', 'open', 'bridge', 'not')
    """
    said = tokens(text)
    own = phrases(said)
    clause = Clause(said, own)
    found: list[Predicate] = []
    for at, token in enumerate(said):
        if token.tag is Tag.VERB:
            found.append(_predicate(clause, at, found))
    return Reading(text, said, tuple(_attributed(said, found)), own)


def _predicate(clause: Clause, at: int, found: Sequence[Predicate]) -> Predicate:
    said = clause.said
    group = subjects.group(said, at)
    start = group[0] if group else at
    under = subjects.governor(clause, start, group, found)
    passive = subjects.is_passive(clause, at, group, found)
    subject = subjects.subject(clause, at, group, under, found)
    direct, others = objects.complements(clause, at)
    agents, patients = subject, direct
    if passive:
        by = objects.doer(clause, others)
        agents, patients = by, subject
        if direct:
            others = (("", direct[0]), *others)
    elif direct and said[at].lemma in SPEECH - _TELLS and _inverted(clause, at, direct):
        agents, patients = direct, ()  # "…," said Leal
    elif not direct and not passive:
        patients = objects.relative_object(clause, at, group)
    negator = next((i for i in group if said[i].low in NOT), None)
    if negator is None and subject:
        negator = next((i for i in range(max(0, subject[0] - 4), subject[0] + 1) if said[i].low in _NOBODY), None)
    return Predicate(at, said[at].lemma, agents, patients, others, passive, group, negator, under, None)


def _inverted(clause: Clause, at: int, direct: Sequence[int]) -> bool:
    """Tell whether a verb of speech after a comma or a quotation mark has its subject after it."""
    said = clause.said
    end = clause.holding[direct[0]].end
    place = step_back(clause, at - 1)
    own = place >= 0 and said[place].form not in {",", '"', "”"}  # "the firm, which lost money, warned investors"
    closes = end >= len(said) or said[end].form in {",", ".", ";", "("} or said[end].tag is Tag.PREPOSITION
    return at > 1 and said[at - 1].form in {",", '"', "”"} and closes and not own


def _attributed(said: Sequence[Token], found: Sequence[Predicate]) -> Iterator[Predicate]:
    """Yield the predicates, each with the verb of speech that it stands under, before it or after it."""
    closing = _closing_attribution(said, found)
    by_token = {p.at: p for p in found}
    for predicate in found:
        speaker, at, steps = None, predicate.under, 0
        while at is not None and steps < 6:
            if said[at].lemma in SPEECH and said[at].tag is Tag.VERB:
                speaker = at
                break
            at, steps = by_token[at].under if at in by_token else None, steps + 1
        if speaker is None and closing is not None and predicate.at < closing:
            speaker = closing
        yield predicate._replace(speaker=speaker)


def _closing_attribution(said: Sequence[Token], found: Sequence[Predicate]) -> int | None:
    """Return the verb of speech, or `according`, that attributes what stands before it."""
    for i, token in enumerate(said):
        if token.low == "according" and i + 1 < len(said) and said[i + 1].low == "to":
            return i if i else len(said)
    for predicate in reversed(found):
        if said[predicate.at].lemma in SPEECH and predicate.at >= len(said) - 6:
            first = min((*predicate.agents, predicate.at))
            comma = any(t.form == "," for t in said[max(0, first - 6) : first])
            rest = [t for t in said[predicate.at + 1 :] if t.tag in {Tag.VERB, Tag.AUX} and t.low not in BE]
            if comma and not rest and predicate.at > 3:
                return predicate.at
    return None
