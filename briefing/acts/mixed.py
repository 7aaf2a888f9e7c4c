"""Facts that change hands: what a claim says of one thing and its evidence says of another of the same sort.

Each fact of the claim is held against all facts of the evidence: where one surely of another has nearly all of it,
and those that may be of its own have next to nothing, it is crossed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from ..document import Document, Sentence
from ..grammar.lexicon import Relation, related
from ..grammar.predicates import read
from ..grammar.tagging import Tag
from ..naming import directory
from ..speech import speeches
from .facts import HEAVY, Fact, facts, spoken
from .identity import GENERIC, Same, akin, is_person, of_different_sorts, same, sort_of
from .parties import Party, parties
from .turned import Turn

#: What another's facts must hold of the claim's fact, and what its own may hold at most.
_ENOUGH, _LITTLE = 0.65, 0.4
#: So much must be said for the telling.
_LEAST = 3
_SAYS = frozenset({Relation.SAME, Relation.SYNONYM, Relation.DERIVED})
_HE, _IT = frozenset({"he", "she"}), frozenset({"it", "they"})


#: So many sentences with a word tell enough about whom it describes.
_MOST_READ = 6
#: A claim is a sentence or two: of a longer text the beginning is looked at.
_MOST_FACTS = 60
Told = Sequence[tuple[Sentence, Fact]]


#: A pronoun so near to the start opens its sentence.
_OPENS = 3


class _Held(NamedTuple):
    share: float
    sentence: Sentence
    fact: Fact


def mixed(text: str, evidence: Sequence[Sentence], document: Document) -> Iterator[Turn]:
    """Yield each fact of a claim that the evidence has of another party."""
    if any(token.low == "than" for token in read(text).tokens):
        return
    told = [(sentence, fact) for sentence in evidence for fact in _told(sentence, document)]
    done = set[int]()
    for mine in facts(text)[:_MOST_FACTS]:
        if mine.party.pronoun or mine.party.start in done or not _tells(mine):
            continue
        if turn := _crossed(mine, _widely(mine, told, document), document, text):
            done.add(mine.party.start)
            yield turn


def _tells(fact: Fact) -> bool:
    """Tell whether a fact says enough to be told from another: three words, or a name or number."""
    if fact.role == "described" and any(is_person(word) and word not in GENERIC for word in fact.low.values()):
        return True  # "a beekeeper"
    plain = fact.role == "subject" and HEAVY not in fact.words.values() and not fact.party.name
    return fact.weight >= (_LEAST if plain else HEAVY)


def _widely(mine: Fact, told: Told, document: Document) -> Told:
    """Return what is told, with all that the document calls anybody by a word of a description: people have one."""
    if mine.role != "described":
        return told
    known = directory.of(document.sources)
    words = sorted(mine.party.name, key=len)[-1:] + [mine.low[word] for word in mine.words]
    more = dict.fromkeys(s for word in words for s in islice(known.sentences(word, document), _MOST_READ))
    return [*told, *((s, fact) for s in more for fact in facts(s.text))]


def _crossed(mine: Fact, told: Told, document: Document, text: str) -> Turn | None:
    held = [_Held(_share(mine, fact), sentence, fact) for sentence, fact in told if _comparable(mine.role, fact.role)]
    best = max((h for h in held), key=lambda h: h.share, default=None)
    if best is None or best.share < _ENOUGH:
        return None
    own = 0.0
    others = []
    for each in held:
        if each.share <= _LITTLE:
            continue
        other = _other(mine.party, each, document)
        if other is None:
            own = max(own, each.share)
        else:
            others.append((each, other))
    if own > _LITTLE or not others:
        return None
    if not _told_of(mine.party, document):
        return None
    each, other = max(others, key=lambda pair: pair[0].share)
    if each.share < _ENOUGH or _named_in(text, mine.party, other):
        return None
    return _turn(text, mine.party, each.sentence, each.fact.party, other)


def _told(sentence: Sentence, document: Document) -> Iterator[Fact]:
    """Yield the facts of a sentence, with what it says as direct speech that another sentence attributes."""
    own = facts(sentence.text)
    found: list[Fact] = []
    if not sentence.id.startswith("t") and not any(f.role == "says" and not f.party.pronoun for f in own):
        for speech in speeches(document.sources[sentence.source - 1].text):
            if any(part.start < sentence.span.end and sentence.span.start < part.end for part in speech.parts):
                found += spoken(sentence.text, speech.speaker)
    yield from found
    yield from (fact for fact in own if not (found and fact.role == "says" and fact.party.pronoun))


def _comparable(one: str, other: str) -> bool:
    plain = {"subject", "described"}
    return one == other or (one in plain and other in plain)


def _share(mine: Fact, theirs: Fact) -> float:
    """Return how much of a claim's fact another holds."""
    if mine.words.keys().isdisjoint(theirs.words):
        return 0.0
    held = sum(weight for word, weight in mine.words.items() if word in theirs.words or _synonym(word, mine, theirs))
    return held / mine.weight


def _synonym(word: str, mine: Fact, theirs: Fact) -> bool:
    if mine.words[word] > 1:
        return False
    low = mine.low[word]
    return any(weight == 1 and _alike(low, theirs.low[other]) for other, weight in theirs.words.items())


@lru_cache(maxsize=1 << 15)
def _alike(one: str, other: str) -> bool:
    return related(one, other) in _SAYS


def _other(one: Party, held: _Held, document: Document) -> Party | None:
    """Return who the owner of a fact is when that is surely another than `one`, else None."""
    party = held.fact.party
    before = _antecedent(one, party, held.sentence, document)
    if before is not None:
        return before if _apart(one, before, document) else None
    return party if _apart(one, party, document) else None


def _antecedent(one: Party, party: Party, sentence: Sentence, document: Document) -> Party | None:
    """Return whom a pronoun or "the company" that opens a sentence means: the subject of the sentence before.

    None where there is none such, or where the claim's party stands near enough to be meant.
    """
    low = party.text.lower()
    generic = low.startswith("the ") and party.head in GENERIC and not party.name and not party.plural
    if not (generic or low in _HE | _IT) or not one.name:
        return None
    own = document.by_source[sentence.source - 1]
    at = bisect_left(own, sentence.span.start, key=lambda s: s.span.start)
    near = own[max(0, at - 2) : at] if low in _HE | _IT else own[:at]
    here = sentence.text[: party.start]
    if not near or any(word in s.lower() for s in (*(n.text for n in near), here) for word in one.name):
        return None
    if low in _HE | _IT and party.start > _OPENS and sentence.text[:1] not in '"“”':
        return None
    for before in reversed(near[-2:]):
        reading = read(before.text)
        for predicate in reading.predicates:
            subject = predicate.patients if predicate.passive else predicate.agents
            named = [p for p in parties(reading, subject) if p.name]
            if named:
                return named[0]
    return None


def _apart(one: Party, other: Party, document: Document) -> bool:
    """Tell whether two parties surely are two, and of a sort that can be confused."""
    if one.pronoun or other.pronoun:
        return False
    if one.name and other.name:
        sorts = {sort_of(one, document), sort_of(other, document)}
        return sorts != {"person", "body"} and not akin(one, other) and same(one, other, document) is Same.NO
    if one.name or other.name:
        return False
    if one.head == other.head:
        mine, theirs = one.around - one.owners, other.around - other.owners
        return bool(mine and theirs) and not mine & theirs and _contrasted(one.head, mine, theirs, document)
    if of_different_sorts(one, other):
        return True
    people = one.plural and other.plural and is_person(one.head) and is_person(other.head)
    return people and same(one, other, document) is Same.NO and _both_stand(one, other, document)


def _contrasted(head: str, mine: frozenset[str], theirs: frozenset[str], document: Document) -> bool:
    """Tell whether a document has two things of one name told apart by these words: "northern", "southern"."""
    first = second = False
    for sentence in document.sentences[:200]:
        if head not in sentence.text.lower():
            continue
        reading = read(sentence.text)
        for phrase in reading.phrases:
            if reading.tokens[phrase.head].lemma != head:
                continue
            words = {reading.tokens[i].lemma for i in range(phrase.start, phrase.head)}
            if words & mine and words & theirs:
                return False
            first, second = first or mine <= words, second or bool(theirs & words)
    return first and second


def _both_stand(one: Party, other: Party, document: Document) -> bool:
    """Tell whether the document has both as subjects of their own."""
    if {one.head, other.head} & GENERIC:
        return False
    return one.head in _heads(document) and other.head in _heads(document)


def _heads(document: Document) -> frozenset[str]:
    return frozenset(f.party.head for s in document.sentences[:60] for f in facts(s.text) if f.role == "subject")


def _told_of(party: Party, document: Document) -> bool:
    known = directory.of(document.sources)
    return any(known.has(word) for word in party.name or {party.head})


def _named_in(text: str, one: Party, party: Party) -> bool:
    """Tell whether a claim names a party too: then it may only have been put elsewhere."""
    words = party.name - one.name
    return bool(words) and any(t.low in words and t.tag is Tag.NAME for t in read(text).tokens)


def _turn(text: str, one: Party, sentence: Sentence, party: Party, other: Party) -> Turn:
    claimed = text[one.start : one.end]
    message = f"The source says this of “{other.text}”; the claim says it of “{claimed}”."
    end = party.end or len(sentence.text)  # who speaks may stand in another sentence
    return Turn("crossed", message, one.start, one.end, sentence, party.start, end)
