"""Which sentences are about this: shared words and near meanings, weighed by how much each word tells.

A query and a sentence are aligned softly: each content word of the query finds its best counterpart in the sentence
(the same stem, 1; the same root or beginning; or a word of near meaning, by the square of the cosine of the static
vectors), and the counterparts are averaged with the words' weights: idf in the article joined with rarity in English,
more for what the query is "about". What a sentence that refers back leaves open ("He agreed"), the one before may
supply. This is the greedy alignment of BERTScore (Zhang et al. 2020, https://arxiv.org/abs/1904.09675), with static
vectors in place of contextual ones.

It is blind to negation, to quantities and to who did what: it finds candidates and never proves anything.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache
from math import log
from typing import TYPE_CHECKING, NamedTuple

from . import question, vectors
from .words import FUNCTION_WORDS, stem, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# The constants below were chosen by trying a few round values on the development halves of SQuAD 2.0 and ClapNQ
# (benchmarks/asking.py). None of them is sharp: their neighbours change the figures by less than a point.

#: A word with the same root or first letters counts this much: "leader" for "leads", "Norman" for "Normandy".
_KIN, _BEGINNING = 0.6, 5
#: What a word of the sentence before counts, where a sentence refers back with one of these.
_BEFORE = 0.5
_REFERRING = frozenset(
    """he she it they him her them his hers its their theirs this that these those such there here both former
    latter""".split()
)
#: Share of the words found as the same stem in the relevance; the rest is the soft alignment.
_EXACT = 0.25
#: What it adds to a sentence to hold the kind of answer that a question asks for.
_KIND = 0.12
#: From this share of function words on a text is read as English: English has about .45, German and Spanish .1.
_ENGLISH = 0.2
#: "How many", "how old" ask for a figure; they do not look for the word.
_MEASURES = frozenset("many much long old far tall high often deep wide fast large big heavy".split())
#: The words that follow one of these say what is to be told: "agree on defense". They weigh this much more.
_ABOUT, FOCUS = frozenset({"on", "about", "regarding", "concerning"}), 2.0
_WITHIN = frozenset({"the", "a", "an", "its", "their", "his", "her", "and", "or"})
#: In other languages short words are mostly function words, so they count this much less.
_SHORT, _SHORT_WEIGHT = 3, 0.25


Columns = dict[str, list[int]]


class Term(NamedTuple):
    """A content word of a query: its form, stem and weight, whether it is a name or figure, and of the focus."""

    form: str
    stem: str
    weight: float
    name: bool
    focus: bool


class Alignment(NamedTuple):
    """A query aligned with every sentence: rows are sentences, columns the query's terms, entries from 0 to 1.

    `exact` counts only the same stem, `soft` near meanings too, `around` also what the sentence before supplies.
    """

    terms: list[Term]
    soft: Floats
    exact: Floats
    around: Floats


class Index:
    """Sentences made ready for queries: `Index(sentences).relevance("defense")`.

    Building it and every query take time linear in the length of the sentences. Static vectors are English; text
    that is not (fewer than a fifth of its words are English function words) is compared by its words alone.

    >>> index = Index(["The leaders agreed to share military secrets.", "A review of trade was agreed."])
    >>> military, trade = index.relevance("What did the leaders agree on defense?")
    >>> military > trade
    True
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = list(sentences)
        forms = [[question.plain(word.form) for word in words(sentence)] for sentence in self.sentences]
        total = sum(map(len, forms))
        #: Whether the sentences read as English.
        self.english = sum(form in FUNCTION_WORDS for row in forms for form in row) >= _ENGLISH * total > 0
        self._refers_back = [not _REFERRING.isdisjoint(row) for row in forms]
        self._forms = [[form for form in row if form not in FUNCTION_WORDS] for row in forms]
        self._stems = [[stem(form) for form in row] for row in self._forms]
        self._holding = Counter(s for row in self._stems for s in set(row))

    def lexical(self, query: str) -> list[float]:
        """Return for each sentence the share of the query's content words that it has, by weight, from 0 to 1.

        It needs neither vectors nor numpy. All are 0 when the query has no content words.
        """
        wanted = {stem(form): 0.0 for form in _content(query)}
        for s in wanted:
            wanted[s] = self._idf(s)
        total = sum(wanted.values()) or 1.0
        return [sum(wanted[s] for s in wanted.keys() & set(row)) / total for row in self._stems]

    def relevance(self, query: str) -> list[float]:
        """Return for each sentence how much it is about the query, from 0 to 1; for a question, how well it fits.

        A sentence that holds the kind of answer asked for (a date for "when") stands a little higher.

        >>> Index(["The bridge opened to traffic.", "It was opened in 1932."]).relevance("When was it opened?")[1] > 0.9
        True
        """
        return self.rank(self.align(query), query)

    def rank(self, alignment: Alignment, query: str) -> list[float]:
        """Return the relevance to a query that is already aligned."""
        terms, _, exact, around = alignment
        if not terms:
            return [0.0] * len(self.sentences)
        weights = [term.weight for term in terms]
        topical = ((1 - _EXACT) * around + _EXACT * exact) @ weights / sum(weights)
        asked = question.read(query)
        if asked.kind is question.Kind.OTHER:
            return [float(value) for value in topical]
        holds = [asked.answerable_by(sentence) for sentence in self.sentences]
        return [float((value + _KIND * held) / (1 + _KIND)) for value, held in zip(topical, holds, strict=True)]

    def align(self, query: str) -> Alignment:
        """Return the query's terms aligned with each sentence."""
        import numpy as np

        terms = self.terms(query)
        same, near = self._similar(terms)
        flat, starts = self._flat
        exact = np.maximum.reduceat(same[:, flat], starts, axis=1).T if starts.size else np.zeros((0, len(terms)))
        soft = np.maximum.reduceat(near[:, flat], starts, axis=1).T if starts.size else exact
        before = np.vstack([np.zeros((1, len(terms))), soft])[:-1]
        carried = np.where(np.array(self._refers_back, dtype=bool)[:, None], _BEFORE * before, 0)
        return Alignment(terms, soft, exact, np.maximum(soft, carried))

    def terms(self, query: str) -> list[Term]:
        """Return the content words of the query, each stem once."""
        found: dict[str, Term] = {}
        focus = False
        for position, word in enumerate(words(query)):
            form = question.plain(word.form)
            if form in FUNCTION_WORDS:
                focus = form in _ABOUT or (focus and form in _WITHIN)
            elif form not in _MEASURES and stem(form) not in found:
                name = form[0].isdigit() or (self.english and position > 0 and word.form[0].isupper())
                found[stem(form)] = Term(form, stem(form), self._weight(form) * (FOCUS if focus else 1), name, focus)
        return list(found.values())

    def _weight(self, form: str) -> float:
        idf = self._idf(stem(form))
        if self.english:
            return 0.7 * idf + 1.2 * vectors.rarity(form)
        return idf * (_SHORT_WEIGHT if len(form) <= _SHORT and form < "\u3100" else 1.0)

    def _idf(self, s: str) -> float:
        # As in BM25 (Robertson and Zaragoza 2009), where it cannot become negative.
        holding = self._holding[s]
        return log(1 + (len(self._stems) - holding + 0.5) / (holding + 0.5))

    def _similar(self, terms: Sequence[Term]) -> tuple[Floats, Floats]:
        """Return the terms against the vocabulary, and a last column of zeros: the same stem; near meaning."""
        import numpy as np

        vocabulary, by_stem, by_root, by_beginning = self._vocabulary
        same = np.zeros((len(terms), len(vocabulary) + 1))
        near = np.zeros_like(same)
        if self.english and terms:
            cosine = vectors.vectors([term.form for term in terms]) @ self._vectors.T
            near[:, :-1] = np.clip(cosine, 0, 1) ** 2
        for row, term in enumerate(terms):
            if term.form[0].isdigit():
                near[row] = 0  # a figure is that figure or another one
            else:
                kin = by_root.get(question.root(term.stem), []) + by_beginning.get(term.form[:_BEGINNING], [])
                near[row, kin] = np.maximum(near[row, kin], _KIN)
            same[row, by_stem.get(term.stem, [])] = 1
        return same, np.maximum(near, same)

    @cached_property
    def _vocabulary(self) -> tuple[dict[str, int], Columns, Columns, Columns]:
        """The forms of the sentences with their columns in `_similar`; columns by stem, by root, by first letters."""
        vocabulary = {form: i for i, form in enumerate(dict.fromkeys(form for row in self._forms for form in row))}
        by_stem, by_root, by_beginning = defaultdict(list), defaultdict(list), defaultdict(list)
        for form, column in vocabulary.items():
            by_stem[stem(form)].append(column)
            by_root[question.root(stem(form))].append(column)
            if len(form) >= _BEGINNING:
                by_beginning[form[:_BEGINNING]].append(column)
        return vocabulary, by_stem, by_root, by_beginning

    @cached_property
    def _vectors(self) -> vectors.Matrix:
        return vectors.vectors(list(self._vocabulary[0]))

    @cached_property
    def _flat(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The words of all sentences in a row, as columns of `_similar`, and where each sentence starts."""
        import numpy as np

        vocabulary = self._vocabulary[0]
        # Each sentence gets the column of zeros as well, so that none is empty.
        rows = [[len(vocabulary), *(vocabulary[form] for form in row)] for row in self._forms]
        starts = np.cumsum([0, *map(len, rows)])[:-1]
        return np.array([column for row in rows for column in row], dtype=np.int64), starts.astype(np.int64)


def _content(query: str) -> list[str]:
    forms = (question.plain(word.form) for word in words(query))
    return [form for form in forms if form not in FUNCTION_WORDS]


@lru_cache(maxsize=8)
def index(sentences: tuple[str, ...]) -> Index:
    """Return the index of these sentences, kept for the next question on the same document."""
    return Index(sentences)
