"""How far the words of sentences say the words of a claim: the same stem says all of it, a near meaning a part.

The sentences are kept as numbers in one row, so that a claim is held against many of them at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from . import vectors
from .words import stem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Whole = NDArray[np.int64]

# Chosen by trying a few round values on the development part of WiCE (benchmarks/grounding.py); none is sharp.

#: What a near meaning counts beside the word itself, and the cosine from which it does.
_NEAR, _LEAST_COSINE = 0.6, 0.5

_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty""".split()
    )
}


def stem_of(form: str) -> str:
    """Return the stem of a word in lower case, for a small number word its figure.

    >>> stem_of("voted"), stem_of("twelve")
    ('vote', '12')
    """
    return _NUMBERS.get(form) or stem(form)


class Vocabulary:
    """The content words of some sentences, `said` in lower case; near meanings are known for English only."""

    def __init__(self, said: Iterable[Sequence[str]], *, english: bool) -> None:
        self._said = list(said)
        self._english = english

    def held(self, words: Sequence[tuple[str, str]], numbers: Sequence[int]) -> Floats:
        """Return for each of the sentences `numbers` (rows) how far it says each word (columns), from 0 to 1.

        A word is its form and its stem. Each of the sentences must have a content word.
        """
        import numpy as np

        flat, starts = self._flat
        rows = [flat[starts[number] : starts[number + 1]] for number in numbers]
        alike = self._alike(words, np.concatenate(rows))
        return np.asarray(np.maximum.reduceat(alike, np.cumsum([0, *map(len, rows[:-1])]), axis=0))

    def _alike(self, words: Sequence[tuple[str, str]], columns: Whole) -> Floats:
        """Return how much each form numbered in `columns` (rows) says each word (columns)."""
        import numpy as np

        stems, table = self._table
        alike = np.zeros((len(columns), len(words)))
        if self._english:
            cosine = table[columns] @ np.stack([_vector(form) for form, _ in words]).T
            alike = np.where(cosine > _LEAST_COSINE, _NEAR * np.square(cosine), 0.0)
            alike[:, [s[0].isdigit() for _, s in words]] = 0  # a figure is that figure or another one
        same = stems[columns][:, None] == np.array([self._stems.get(s, -1) for _, s in words])
        return np.where(same, 1.0, alike)

    @cached_property
    def _forms(self) -> dict[str, int]:
        return {form: n for n, form in enumerate(dict.fromkeys(form for row in self._said for form in row))}

    @cached_property
    def _stems(self) -> dict[str, int]:
        return {s: n for n, s in enumerate(dict.fromkeys(map(stem_of, self._forms)))}

    @cached_property
    def _table(self) -> tuple[Whole, vectors.Matrix]:
        """For each form the number of its stem, and its vector."""
        import numpy as np

        stems = np.array([self._stems[stem_of(form)] for form in self._forms], dtype=np.int64)
        return stems, vectors.vectors(list(self._forms) if self._english else [])

    @cached_property
    def _flat(self) -> tuple[Whole, Sequence[int]]:
        """The words of all sentences in a row, as numbers of forms, and where each sentence starts."""
        import numpy as np

        flat = np.array([self._forms[form] for row in self._said for form in row], dtype=np.int64)
        return flat, [0, *np.cumsum([len(row) for row in self._said]).tolist()]


@lru_cache(maxsize=1 << 13)
def _vector(form: str) -> vectors.Matrix:
    row: vectors.Matrix = vectors.vectors([form])[0]
    return row
