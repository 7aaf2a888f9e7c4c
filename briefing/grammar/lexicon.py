"""What English words are and how they relate: parts of speech, dictionary forms, opposites, broader words.

Most of it comes from WordNet 3.0 (Fellbaum 1998, https://wordnet.princeton.edu): only single words and their commoner
senses, so that "run" is a synonym of "operate" and not of "ravel". Hand-made lists add what matters in the news.

Parts of speech are `n`, `v`, `a` (adjective) and `r` (adverb). Every function takes any form of a word, in any case,
and knows nothing of a text that is no English word: `parts` is empty, `lemma` gives the form back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from briefing.grammar import lexicon_senses as senses
from briefing.grammar import lexicon_tables as tables
from briefing.grammar.inflection import american, stems
from briefing.grammar.lexicon_tables import Key


class Relation(StrEnum):
    """How a second word relates to a first."""

    SAME = "same"  # forms of one word: rose, risen
    SYNONYM = "synonym"  # purchase, buy
    ANTONYM = "antonym"  # accept, reject; also the two sides of one event: see `converse`
    DERIVED = "derived"  # negotiate, negotiation; also purchase, acquisition
    BROADER = "broader"  # the second is the more general: dog, animal
    NARROWER = "narrower"  # the second is the more special: animal, dog
    SISTER = "sister"  # two kinds of the same thing: cat, dog. The weakest of all: may still mean nearly the same
    NONE = "none"


#: What the signs of the hand-made lists say.
_SIGNS = {
    "=": Relation.SYNONYM,
    "|": Relation.ANTONYM,
    "<>": Relation.ANTONYM,
    "~": Relation.SISTER,
    ">": Relation.BROADER,
    "<": Relation.NARROWER,
}
#: Shares of the parts of speech of two forms multiply to less than this when they are hardly both meant so: for the
#: close relations, and for the loose ones.
_RARE, _UNUSUAL = 0.02, 0.1
_NEGATED = re.compile(r"(?:un|non-?)(?=[a-z]{3})")


@lru_cache(maxsize=1 << 14)
def parts(form: str) -> Mapping[str, float]:
    """Return the share of each part of speech in the uses of `form`, adding up to 1; empty for an unknown word.

    >>> {part: round(share, 1) for part, share in parts("visit").items()}
    {'v': 0.8, 'n': 0.2}
    """
    uses: dict[str, float] = {}
    for key in _lemmas(form.lower()):
        uses[key[1]] = uses.get(key[1], 0.0) + tables.word(key).uses + 0.5
    total = sum(uses.values())
    ordered = sorted(uses.items(), key=lambda item: -item[1])
    return MappingProxyType({part: count / total for part, count in ordered})


@lru_cache(maxsize=1 << 14)
def lemma(form: str, part: str) -> str:
    """Return the dictionary form of `form` as part of speech `part`, the commonest of several; else the form itself.

    >>> lemma("rose", "v"), lemma("children", "n"), lemma("vetoes", "v")
    ('rise', 'child', 'veto')
    """
    low = form.lower()
    found = [key for key in _lemmas(low) if key[1] == part]
    return max(found, key=lambda key: tables.word(key).uses)[0] if found else low


def is_past(form: str) -> bool:
    """Return whether `form` can be the past tense of a verb.

    >>> is_past("rose"), is_past("risen"), is_past("opened"), is_past("red")
    (True, False, True, False)
    """
    return _tense(form.lower()) in ("past", "both")


def participle(form: str) -> bool:
    """Return whether `form` can be the past participle of a verb.

    >>> participle("rose"), participle("risen"), participle("opened")
    (False, True, True)
    """
    return _tense(form.lower()) in ("participle", "both")


def gerund(form: str) -> bool:
    """Return whether `form` can be the -ing form of a verb.

    >>> gerund("dying"), gerund("running"), gerund("bring"), gerund("evening")
    (True, True, False, True)
    """
    low = form.lower()
    return low.endswith("ing") and any(part == "v" and word != low for word, part in _lemmas(low))


@lru_cache(maxsize=1 << 14)
def kind(form: str) -> frozenset[str]:
    """Return what `form` names, by WordNet's files, in its first senses as noun and as verb; empty for others.

    Of nouns: person, group, location, artifact, act, event, communication, time, quantity, possession …
    Of verbs: motion, change, communication, possession, competition, social, stative …

    >>> sorted(kind("senators")), sorted(kind("said"))
    (['person'], ['communication'])
    """
    keys = [(lemma(form, part), part) for part, share in parts(form).items() if part in "nv" and share > 0.1]
    return frozenset(tables.kind_of(sense) for key in keys for sense in tables.word(key).senses[:1])


@lru_cache(maxsize=1 << 16)
def related(one: str, other: str, part: str | None = None) -> Relation:
    """Return how `other` relates to `one`, in their common senses, both as part of speech `part` when it is given.

    >>> related("rose", "declined").value, related("dog", "animal").value, related("resigned", "resignation").value
    ('antonym', 'broader', 'derived')
    """
    one, other = one.lower(), other.lower()
    if one == other:
        return Relation.SAME
    if _negates(one, other) or _negates(other, one):
        return Relation.ANTONYM
    if senses.strangers(_surroundings(one, part), _surroundings(other, part)):
        return Relation.NONE
    ones, others = _readings(one, part), _readings(other, part)
    pairs = [(a, b) for a in ones for b in others if a[1] == b[1]]
    shares, other_shares = parts(one), parts(other)
    usual = {(a, b): 1.0 if part else shares[a[1]] * other_shares[b[1]] for a, b in pairs}
    if any(a == b and usual[a, b] >= _RARE for a, b in pairs):
        return Relation.SAME
    for pair in pairs:
        if sign := senses.sign(*pair):
            return _SIGNS[sign]
    close = [pair for pair in pairs if usual[pair] >= _UNUSUAL]
    if any(senses.meet(a, b) for a, b in close):
        return Relation.SYNONYM
    if any(senses.oppose(a, b) or senses.oppose(b, a) for a, b in close):
        return Relation.ANTONYM
    if any(b in tables.derived(a) for a in ones for b in others):
        return Relation.DERIVED
    loose = _loosely(close)
    return loose if loose is not Relation.NONE else _across(ones, others)


def converse(one: str, other: str) -> bool:
    """Return whether two words are the two sides of one event: true with the parties swapped, opposite otherwise.

    >>> converse("bought", "sold"), converse("rose", "fell")
    (True, False)
    """
    ones, others = _readings(one.lower(), None), _readings(other.lower(), None)
    return any(senses.sign(a, b) == "<>" for a in ones for b in others)


def _loosely(pairs: list[tuple[Key, Key]]) -> Relation:
    """Return which word is above the other, or whether they stand side by side."""
    if any(senses.under(a, b) for a, b in pairs):
        return Relation.BROADER
    if any(senses.under(b, a) for a, b in pairs):
        return Relation.NARROWER
    return Relation.SISTER if any(senses.sisters(a, b) for a, b in pairs) else Relation.NONE


def _across(ones: tuple[Key, ...], others: tuple[Key, ...]) -> Relation:
    """Return how words of different parts of speech relate through what they are derived from: approve, rejection."""
    mixed = [(a, b) for a in ones for b in others if a[1] != b[1]]
    pairs = [(a, c) for a, b in mixed for c in tables.derived(b) if c[1] == a[1]]
    pairs += [(c, b) for a, b in mixed for c in tables.derived(a) if c[1] == b[1]]
    if any(senses.sign(*pair) in ("|", "<>") for pair in pairs):
        return Relation.ANTONYM
    if any(senses.sign(*pair) == "=" or senses.meet(*pair) for pair in pairs):
        return Relation.DERIVED
    return Relation.NONE


@lru_cache(maxsize=1 << 14)
def _surroundings(form: str, part: str | None) -> senses.Surroundings:
    return senses.surroundings(_readings(form, part))


def _negates(one: str, other: str) -> bool:
    """Return whether `one` is an adjective or adverb made of `other` and un- or non-."""
    prefix = _NEGATED.match(one)
    if not prefix or parts(one).get("v"):
        return False
    rest = one[prefix.end() :]
    return rest == other and (participle(rest) or parts(rest).get("a", 0) + parts(rest).get("r", 0) > 0.3)


def _readings(form: str, part: str | None) -> tuple[Key, ...]:
    found = _lemmas(form)
    return tuple(key for key in found if key[1] == part) if part else found


@lru_cache(maxsize=1 << 14)
def _lemmas(form: str) -> tuple[Key, ...]:
    """Return every word of the lexicon that `form` can be a form of; British spellings are read as American."""
    form = form.removesuffix("'s").removesuffix("’s")
    irregular, _ = tables.forms()
    keys: list[Key] = []
    for spelled in dict.fromkeys((form, american(form))):
        keys += [(spelled, part) for part in "nvar"]
        keys += irregular.get(spelled, ())
        keys += stems(spelled)
    return tuple(dict.fromkeys(key for key in keys if tables.known(key)))


@lru_cache(maxsize=1 << 14)
def _tense(form: str) -> str:
    _, tenses = tables.forms()
    if form in tenses:
        return tenses[form]
    keys = _lemmas(form)
    regular = form.endswith("ed") and (form, "v") not in keys and any(part == "v" for _, part in keys)
    return "both" if regular else ""
