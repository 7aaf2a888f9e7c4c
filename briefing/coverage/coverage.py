"""Which words of a claim its evidence says: the same word, one of the same meaning, or one near to it.

What is left are the words that nothing in the evidence answers to. Honest rewording leaves such words too, but then
words of the evidence are left over in their place; what is invented stands there for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .. import vectors
from ..evidence import Lookup
from ..grammar.lexicon import Relation, related
from ..grammar.predicates import Reading, read
from ..grammar.tagging import Tag, Token
from ..remembered import remembered
from ..words import FUNCTION_WORDS, forms, stem

if TYPE_CHECKING:
    from ..vectors import Matrix

#: Parts of speech that carry what is said; adverbs mostly say how sure or how far, which other checks hold.
CONTENT = frozenset({Tag.NOUN, Tag.NAME, Tag.VERB, Tag.ADJECTIVE, Tag.NUMBER})
#: Words that say next to nothing: light verbs, verbs of report, and nouns that stand for any other.
LIGHT = frozenset(
    """say tell report add announce note state accord describe call be have do make take get go come give see know use
    become set put keep hold bring let need want mean find show begin start stop remain stay plan expect
    people year day month week time number part way case amount thing man woman other same own new more most less least
    few many much such far several various certain""".split()
)
#: How much of a word another says that is so related to it.
_SAYS = {
    Relation.SAME: 1.0,
    Relation.SYNONYM: 0.95,
    Relation.DERIVED: 0.95,
    Relation.BROADER: 0.8,
    Relation.NARROWER: 0.6,
    Relation.ANTONYM: 0.5,
    Relation.SISTER: 0.35,
    Relation.NONE: 0.0,
}
#: The cosine under which two words are not looked up, that from which they are near, and what its square then counts.
_LOOKED_UP, _NEAR, _COUNTS = 0.2, 0.45, 0.65
#: A word of which a smaller share is said is new.
SAID = 0.5
#: What a new word counts that stands elsewhere in the document, a figure weighs, and a light word beside others.
_ELSEWHERE, _FIGURE, _SLIGHT = 0.05, 0.5, 0.3
#: What a new word counts by the cosine of the word of the document that is nearest to it: so much under so much.
_NEARBY = ((0.45, 1.0), (0.55, 0.75), (0.65, 0.5), (2.0, 0.25))
#: So many words of a text are compared: no sentence in print has more, and the time stays bounded.
MOST_WORDS = 200


class Side(NamedTuple):
    """A sentence with its content words: their token numbers, stems and vectors."""

    reading: Reading
    content: tuple[int, ...]
    stems: tuple[str, ...]
    table: Matrix

    def token(self, number: int) -> Token:
        """Return the content word of that number."""
        return self.reading.tokens[self.content[number]]


class Word(NamedTuple):
    """A content word of a claim: its token, what it weighs, and how much of it the evidence says, 0 to 1.

    `sentence` and `answer` are the sentence, and the content word in it, that says most of it; -1 where none does.
    `new` is how new the word is, less where the document has it elsewhere.
    """

    at: int
    token: Token
    weight: float
    share: float
    sentence: int
    answer: int
    new: float


@remembered(1 << 11)
def side(text: str) -> Side:
    """Return a sentence with its content words.

    >>> [side("The ferry sank off Cebu.").token(number).form for number in range(3)]
    ['ferry', 'sank', 'Cebu']
    """
    reading = read(text)
    said = [(i, t) for i, t in enumerate(reading.tokens) if t.tag in CONTENT]
    kept = [(i, t) for i, t in said if t.tag is Tag.NUMBER or t.low not in FUNCTION_WORDS][:MOST_WORDS]
    lows = [t.low for _, t in kept]
    return Side(reading, tuple(i for i, _ in kept), tuple(map(stem, lows)), vectors.vectors(lows))


def coverage(claim: Side, evidence: Sequence[Side], document: Lookup | None = None) -> list[Word]:
    """Return the content words of a claim, each with how much of it the evidence says.

    A word is less new when the document has it elsewhere, or one near to it.

    >>> found = coverage(side("The ferry went down off Leyte."), [side("The ferry sank off Cebu.")])
    >>> [(word.token.form, word.share >= SAID) for word in found]
    [('ferry', True), ('went', False), ('Leyte', False)]
    """
    near = [(claim.table @ other.table.T).tolist() if other.content and claim.content else [] for other in evidence]
    found = []
    for number, at in enumerate(claim.content):
        token, own = claim.reading.tokens[at], claim.stems[number]
        share, sentence, answer = 0.0, -1, -1
        for which, other in enumerate(evidence):
            if share < 1 and near[which]:
                best, place = _answer(token, own, other, near[which][number])
                if best > share:
                    share, sentence, answer = best, which, place
        new = 1 - share if share < SAID else 0.0
        found.append(Word(at, token, weight(token.low, token.lemma, token.tag), share, sentence, answer, new))
    return _elsewhere(claim, found, document) if document is not None else found


def _elsewhere(claim: Side, found: list[Word], document: Lookup) -> list[Word]:
    """Return the words, the new ones less new as far as the document has them."""
    fresh = [number for number, word in enumerate(found) if word.new]
    if not fresh:
        return found
    nearest = (claim.table[fresh] @ _vocabulary(document).T).max(axis=1, initial=-1.0).tolist()
    for number, cosine in zip(fresh, nearest, strict=True):
        counts = next(share for under, share in _NEARBY if cosine < under)
        counts = _ELSEWHERE if claim.stems[number] in document else counts
        found[number] = found[number]._replace(new=found[number].new * counts)
    return found


def distant(token: Token, document: Lookup) -> bool:
    """Tell whether a document has neither a word nor one near to it."""
    own = vectors.vectors([token.low])[0]
    nearest = (_vocabulary(document) @ own).max(initial=-1.0)
    return stem(token.low) not in document and bool(nearest < _NEARBY[1][0])


@lru_cache(maxsize=8)
def _vocabulary(document: Lookup) -> Matrix:
    """Return the vectors of the words of a document, each form once."""
    said = (form.removesuffix("'s") for sentence in document.sentences for form in forms(sentence.text))
    return vectors.vectors(list(dict.fromkeys(said)))


def _answer(token: Token, own: str, other: Side, cosines: Sequence[float]) -> tuple[float, int]:
    """Return how much of a word the best word of a sentence says, and which that is."""
    if own in other.stems:
        return 1.0, other.stems.index(own)
    best, answer = 0.0, -1
    for number, cosine in enumerate(cosines):
        if cosine >= _LOOKED_UP and (share := _says(token, other.token(number), cosine)) > best:
            best, answer = share, number
    return best, answer


def _says(token: Token, other: Token, cosine: float) -> float:
    if token.lemma == other.lemma:
        return 1.0
    if Tag.NUMBER in (token.tag, other.tag):
        return 0.0
    return max(_SAYS[related(token.low, other.low)], _COUNTS * cosine * cosine if cosine > _NEAR else 0.0)


@lru_cache(maxsize=1 << 14)
def weight(low: str, lemma: str, tag: Tag) -> float:
    """Return what a word weighs: a rare one more, one that says next to nothing little."""
    if tag is Tag.NUMBER:
        return _FIGURE
    return vectors.rarity(low) * (_SLIGHT if lemma in LIGHT else 1)
