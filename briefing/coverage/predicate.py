"""Short claims that rest on one word: what somebody did, or what something is, and nothing in the evidence like it."""

from __future__ import annotations

from collections.abc import Sequence

from ..evidence import Lookup
from ..grammar.chains import SPEECH
from ..grammar.lexicon import Relation, related
from ..grammar.predicates import Reading, read
from ..grammar.tagging import BE, Tag
from .coverage import LIGHT, Side, Word, coverage, side

#: A claim of no more words of content after its subject rests on its predicate; a longer subject says more itself.
_RESTS, _SUBJECT = 2, 4
#: Of such a predicate the evidence says next to nothing, and the document has nothing near to it; it has to weigh.
_SAID, _NEW, _TELLING = 0.25, 0.45, 0.6
#: With more after it that the evidence says, it has to be newer and to weigh more: it may be a rewording.
_QUITE_NEW, _HEAVY, _RARE = 0.7, 0.75, 0.8
_PARTICLES = frozenset("down up off out back away over apart aside through".split())
#: They tell of the text, and not what it tells.
_OF_TEXT = frozenset("mention discuss quote cite".split())
#: So much of a word is said that the evidence has it.
_HAS = 0.7
#: A word that the document has elsewhere is no newer.
_ELSEWHERE = 0.1


def only_predicate(claim: str, evidence: Sequence[str], document: Lookup) -> Word | None:
    """Return the verb or adjective that a short claim rests on, where no word of the evidence is akin to it.

    >>> from briefing import Document
    >>> from briefing.evidence import of
    >>> said = "The ferry left Cebu with ninety people."
    >>> only_predicate("The ferry sank.", [said], of(Document.read(said))).token.form
    'sank'
    """
    reading = read(claim)
    if (at := _predicate(reading)) is None:
        return None
    sides = [side(text) for text in evidence]
    said = [w for w in coverage(side(claim), sides, document) if _weighs(w, at)]
    word = next((w for w in said if w.at == at), None)
    if word is None or sum(w.at >= at for w in said) > _RESTS or not _of_one_thing(reading, said, at):
        return None
    if not _new(word, strictly=any(map(_has_particle, sides))) and not _contrary(word, sides):
        return None
    after = [w for w in said if w.at > at]
    quite = word.new >= _QUITE_NEW and word.weight >= _HEAVY and all(w.share > _HAS for w in after)
    return word if not after or quite else None


def _new(word: Word, *, strictly: bool) -> bool:
    """Tell whether the evidence has nothing akin to a word that tells something."""
    if strictly:
        return word.new >= _QUITE_NEW and word.weight >= _RARE
    return _tells(word) and word.share < _SAID and word.new >= _NEW


def _has_particle(there: Side) -> bool:
    """Tell whether a verb has a particle, with which it may mean anything: *stepped down* is *resigned*."""
    said = there.reading.tokens
    return any(p.at + 1 < len(said) and said[p.at + 1].low in _PARTICLES for p in there.reading.predicates)


def _tells(word: Word) -> bool:
    return word.weight >= _TELLING and word.token.lemma not in LIGHT


def _contrary(word: Word, sides: Sequence[Side]) -> bool:
    """Tell whether the evidence has only the contrary of a verb, and does not deny it: *remain* for *resign*."""
    if not _tells(word) or word.sentence < 0 or word.token.tag is not Tag.VERB:
        return False
    there = sides[word.sentence]
    other = there.token(word.answer)
    if other.lemma == word.token.lemma or related(word.token.low, other.low) is not Relation.ANTONYM:
        return False
    told = there.reading.of(there.content[word.answer])
    return told is not None and told.negator is None


def _of_one_thing(reading: Reading, said: Sequence[Word], at: int) -> bool:
    """Tell whether a claim speaks of what the evidence or the document has, of a pronoun, or of what is all new.

    What is all new says even less of the source than a new word of what is known.
    """
    before = [w for w in said if w.at < at]
    if not before:
        return any(token.tag is Tag.PRONOUN for token in reading.tokens[:at])
    known = all(w.share > _HAS or (w.share < _SAID and w.new <= _ELSEWHERE) for w in before)
    new = all(w.share < _SAID and w.new >= _NEW for w in before)
    return len(before) <= _SUBJECT and (known or new)


def _weighs(word: Word, at: int) -> bool:
    return word.at == at or word.token.lemma not in LIGHT


def _predicate(reading: Reading) -> int | None:
    """Return the one verb of a claim that is not denied and says more than that something is said, or its adjective."""
    told = [p for p in reading.predicates if p.lemma not in SPEECH | _OF_TEXT]
    if len(told) != 1 or told[0].negator is not None:
        return None
    at, said = told[0].at, reading.tokens
    if said[at].low not in BE:
        return at
    after = [i for i in range(at + 1, len(said)) if said[i].tag not in {Tag.PUNCTUATION, Tag.ADVERB}]
    return after[0] if len(after) == 1 and said[after[0]].tag is Tag.ADJECTIVE else None
