"""Names in the wrong company: a claim that binds to one name what its evidence binds to another.

Either the same thing is bound to another name ("the president of Peru", "the president of Chile"), or the claim says
what a sentence says, with one name in the place of the only other that the sentence has.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..document import Document, Sentence
from ..grammar import given_names
from ..grammar.lexicon import Relation, related
from ..grammar.matching import CONTENT
from ..grammar.phrases import Phrase, is_time
from ..grammar.predicates import Reading, read
from ..grammar.tagging import Tag
from ..remembered import remembered
from ..words import stem, terms
from .converses import SYMMETRIC
from .identity import Same, akin, described, is_person, same, sort_of
from .parties import Party, parties
from .turned import Turn

#: So many of the claim's other words, and such a share of them, make a sentence speak of the same.
_HELD, _SHARE = 2, 0.5
#: A claim is a sentence or two: of a longer text the beginning is looked at.
_MOST_BOUND = 60
#: Verbs that are the same act only with the same object.
_EMPTY = frozenset("be have do make take go get come put give see let become".split())
_PRONOUNS = frozenset("he she they him her them his their it its i we my our who's himself herself".split())
#: They place a thing alike: "a meeting in Geneva", "talks at Geneva".
_WHERE = frozenset("in at near around inside outside on".split())
#: Places that may be one: "out of the pass", "from the pass"; "sued", "brought by".
_ALIKE = ({"of", "from"}, {"by", "before"}, {"after", "for"}, {"after", "of"})
#: Who speaks for somebody or works at a place is theirs: "a spokesman for Vale", "Vale's spokesman".
_FOR = frozenset({"for", "at"})
#: So many words on each side of a name are next to it.
_BESIDE = 2
#: So many words in common next to two names put them in one place, whatever they name.
_SURELY = 2
_SAYS = frozenset("say tell add state note explain insist argue declare write".split())


class Binding(NamedTuple):
    """A name, and the noun or verb that it is bound to by a relation.

    Relations are `doer`, `done`, `of`, `where`, `apposed`, and prepositions.
    """

    relation: str
    anchor: str
    at: int
    party: Party


@remembered(1 << 11)
def bindings(text: str) -> tuple[Binding, ...]:
    """Return what each name of a sentence is bound to, in order.

    >>> [(b.relation, b.anchor, b.party.head) for b in bindings("The visit to Lima by Chile's president ended.")]
    [('to', 'visit', 'lima'), ('of', 'president', 'chile')]
    """
    reading = read(text)
    found = [*_verbs(reading), *_prepositions(reading), *_owners(reading), *_beside(reading)]
    named = (b for b in found if b.party.name and not is_time(reading.tokens[b.party.at]))
    return tuple(sorted(named, key=lambda b: b.party.start))


def _party(reading: Reading, phrase: Phrase) -> tuple[Party, ...]:
    return parties(reading, (phrase.head,))


def _verbs(reading: Reading) -> Iterator[Binding]:
    for predicate in reading.predicates:
        lemma = "say" if predicate.lemma in _SAYS else predicate.lemma
        for relation, indexes in (("doer", predicate.agents), ("done", predicate.patients)):
            for party in parties(reading, indexes):
                yield Binding(relation, lemma, predicate.at, party)
        for preposition, head in predicate.others:
            if preposition not in {"by", ""}:
                for party in parties(reading, (head,)):
                    yield Binding(_by(preposition), lemma, predicate.at, party)
    for at, token in enumerate(reading.tokens[:-2]):
        if token.low == "according" and reading.tokens[at + 1].low == "to":
            for phrase in reading.phrases:
                if phrase.start == at + 2:
                    yield from (Binding("doer", "say", at, party) for party in _party(reading, phrase))


def _by(preposition: str) -> str:
    return "where" if preposition in _WHERE else preposition


def _prepositions(reading: Reading) -> Iterator[Binding]:
    """Yield the names after a preposition, bound to the noun before it."""
    said = reading.tokens
    for first, second in pairwise(reading.phrases):
        if second.start == first.end + 1 and said[first.end].tag is Tag.PREPOSITION and not first.time:
            anchor, low = said[first.head].lemma, said[first.end].low
            relation = "of" if low in _FOR and is_person(anchor) else _by(low)
            for party in _party(reading, second):
                yield Binding(relation, anchor, first.head, party)


def _owners(reading: Reading) -> Iterator[Binding]:
    """Yield the names before a possessive, bound to the head of their phrase."""
    said = reading.tokens
    for phrase in reading.phrases:
        for i in range(phrase.start, phrase.head):
            if said[i].owns and said[i].tag is Tag.NAME:
                for party in parties(reading, (i,)):
                    yield Binding("of", said[phrase.head].lemma, phrase.head, party)


def _beside(reading: Reading) -> Iterator[Binding]:
    """Yield the names with the noun that they stand beside: "the mayor, Ana Lopes", "Judge Ana Lopes"."""
    said = reading.tokens
    for first, second in pairwise(reading.phrases):
        if said[first.end].form == "," and second.start == first.end + 1:
            after = said[second.end].form if second.end < len(said) else "."
            plain, named = (first, second) if said[second.head].tag is Tag.NAME else (second, first)
            if after in {",", "."} and said[plain.head].tag is Tag.NOUN and said[named.head].tag is Tag.NAME:
                for party in _party(reading, named):
                    yield Binding("apposed", said[plain.head].lemma, plain.head, party)


def crossings(text: str, evidence: Sequence[Sentence], document: Document) -> Iterator[Turn]:
    """Yield each name of a claim that stands where the evidence has another name."""
    done: set[int] = set()
    for turn in (*_bound(text, evidence, document), *_substituted(text, evidence, document)):
        if turn.start not in done:
            done.add(turn.start)
            yield turn


def stands_in(party: Party, evidence: Iterable[Sentence]) -> bool:
    """Tell whether the evidence speaks of a party, by its name or by the same noun."""
    words = party.name or {party.head}
    return any(token.low in words or token.lemma in words for s in evidence for token in read(s.text).tokens)


def _bound(text: str, evidence: Sequence[Sentence], document: Document) -> Iterator[Turn]:
    told = [(sentence, binding) for sentence in evidence for binding in bindings(sentence.text)]
    own = bindings(text)[:_MOST_BOUND]
    for mine in own:
        either = mine.anchor in SYMMETRIC  # who marries whom is all one
        anchored = ((s, b) for s, b in told if either or b.relation == mine.relation)
        if mine.anchor in _EMPTY or _compares(text):
            continue
        answering = [(s, b) for s, b in anchored if _answers(mine.anchor, b.anchor)]
        if any(not _apart(mine.party, b.party, document) for _, b in answering):
            continue
        others = [b.party for b in own if b.relation == mine.relation and _answers(b.anchor, mine.anchor)]
        for sentence, binding in answering:
            if any(same(other, binding.party, document) >= Same.NEAR for other in others):
                continue
            if _same_matter(text, mine.party, sentence, mine.anchor) and stands_in(mine.party, evidence):
                yield _turn(text, mine.party, sentence, binding.party)
                break


def _compares(text: str) -> bool:
    """Tell whether a sentence holds one thing against another: who is named first is all one then."""
    return any(token.low == "than" for token in read(text).tokens)


def _answers(one: str, other: str) -> bool:
    return one == other or related(one, other) in {Relation.SAME, Relation.SYNONYM}


def _same_matter(text: str, party: Party, sentence: Sentence, anchor: str = "") -> bool:
    own = frozenset(terms(text)) - frozenset(terms(text[party.start : party.end])) - {stem(anchor), "said"}
    held = own & frozenset(terms(sentence.text))
    figures = sum(word.isdigit() for word in held)
    return len(held) >= max(_HELD, _SHARE * len(own)) or (figures >= _HELD and len(held) > _HELD)


def _substituted(text: str, evidence: Sequence[Sentence], document: Document) -> Iterator[Turn]:
    mine = named(text)
    for sentence in evidence:
        if not _says_all(sentence.text):
            continue
        theirs = named(sentence.text)
        new = [p for p in mine if all(_apart(p, o, document) for o in theirs)]
        gone = [o for o in theirs if all(_apart(p, o, document) for p in mine)]
        if len(new) != 1 or len(gone) != 1 or not _same_matter(text, new[0], sentence):
            continue
        one, other = new[0], gone[0]
        others = [s for s in evidence if s is not sentence]
        if (
            _in_place(text, one, sentence.text, other, document)
            and stands_in(one, others)
            and not _described_in(one, sentence, document)
        ):
            yield _turn(text, one, sentence, other)


def _apart(one: Party, other: Party, document: Document) -> bool:
    """Tell whether two names are of two bearers, and not forms of one word: "Tarsia", "Tarsian"."""
    return not akin(one, other) and same(one, other, document) is Same.NO


def _in_place(text: str, one: Party, sentence: str, other: Party, document: Document) -> bool:
    """Tell whether a name stands where a sentence has another, as its doer, its place or the like."""
    mine, theirs = _place(text, one), _place(sentence, other)
    if mine == theirs and _of_one_sort(one, other, document):
        return True
    beside = _beside_name(text, one) & _beside_name(sentence, other)
    if mine in _WHERE and theirs in _WHERE:
        return bool(beside)  # nobody is in a person: a name that is both is a place there
    apart = {sort_of(one, document), sort_of(other, document)} == {"person", "body"} and len(beside) < _SURELY
    return bool(beside) and not apart and (mine == theirs or {mine, theirs} in _ALIKE)


@remembered(1 << 12)
def _beside_name(text: str, party: Party) -> frozenset[str]:
    """Return the stems of the content words next to a name, before it and after it."""
    said = read(text).tokens
    before = [t for t in said if t.end <= party.start and t.tag in CONTENT]
    after = [t for t in said if t.start >= party.end and t.tag in CONTENT]
    return frozenset(stem(t.low) for t in (*before[-_BESIDE:], *after[:_BESIDE]) if t.tag is not Tag.NUMBER)


@remembered(1 << 11)
def named(text: str) -> tuple[Party, ...]:
    """Return the names of a sentence as parties."""
    reading = read(text)
    said = reading.tokens
    heads = [p.head for p in reading.phrases] + [i for i, token in enumerate(said) if token.owns]
    named = (i for i in heads if said[i].tag is Tag.NAME and not is_time(said[i]))
    return tuple(party for head in named for party in parties(reading, (head,)) if party.name)


def _place(text: str, party: Party) -> str:
    """Return where a name stands: before the verb, after it, or after which preposition."""
    reading = read(text)
    first = next((i for i, token in enumerate(reading.tokens) if token.start >= party.start), 0)
    before = reading.tokens[first - 1] if first else None
    if before is not None and before.tag is Tag.PREPOSITION:
        return before.low
    if reading.tokens[party.at].owns:
        return "owner"
    verbs = [p.at for p in reading.predicates]
    return "before" if not verbs or party.at < verbs[0] else "after"


@remembered(1 << 11)
def _says_all(text: str) -> bool:
    """Tell whether a sentence speaks by a pronoun of nobody but whom it has named before."""
    said = read(text).tokens
    first = next((i for i, token in enumerate(said) if token.low in _PRONOUNS), len(said))
    return first == len(said) or any(t.tag is Tag.NAME and not is_time(t) for t in said[:first])


def _of_one_sort(one: Party, other: Party, document: Document) -> bool:
    return _is_person(one, document) is _is_person(other, document)


def _is_person(party: Party, document: Document) -> bool:
    known = described(tuple(sorted(party.name)), document.sources, document) | party.around
    return bool(party.name & given_names.NAMES) or any(map(is_person, known))


def _described_in(party: Party, sentence: Sentence, document: Document) -> bool:
    """Tell whether a sentence may speak of a party by what the document calls it: "the mayor"."""
    known = described(tuple(sorted(party.name)), document.sources, document)
    return any(token.lemma in known for token in read(sentence.text).tokens)


def _turn(text: str, one: Party, sentence: Sentence, other: Party) -> Turn:
    named, claimed = sentence.text[other.start : other.end], text[one.start : one.end]
    message = f"The source says this of “{named}”; the claim says it of “{claimed}”."
    return Turn("crossed", message, one.start, one.end, sentence, other.start, other.end)
