"""Static word vectors: which words mean nearly the same, without a neural runtime.

The table was distilled from all-MiniLM-L6-v2 by `tools/distill_vectors.py`: one row of 64 int8 for each of the
30,522 entries of its WordPiece vocabulary. It is read, and numpy imported, when the first vector is asked for.
It knows what words are about, and nothing of negation, quantity or who did what to whom.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]

DIMENSIONS = 64

# Before it stand [PAD], [unused…] and single characters; from here on the vocabulary is sorted by how often the
# entry occurs in the English Wikipedia and in books (Devlin et al. 2019, https://arxiv.org/abs/1810.04805).
_FIRST_RANKED = 1996
# The longest entry has 18 characters; the bound keeps the search for pieces linear in the word.
_LONGEST = 18


def pieces(word: str) -> list[str]:
    """Return the vocabulary's entries that make up `word`, `##` before those that continue it; [] for no match.

    This is WordPiece (Wu et al. 2016, https://arxiv.org/abs/1609.08144): the longest match first, each time, in
    the lower-case word without accents.

    >>> pieces("Philippine"), pieces("unhackable")
    (['philippine'], ['un', '##ha', '##ck', '##able'])
    """
    return [_entries()[i] for i in _pieces(word)]


@lru_cache(maxsize=1 << 16)
def rarity(word: str) -> float:
    """Return how rare `word` is in English, from 0 for the commonest to 1 for one the vocabulary has in pieces.

    By Zipf's law the logarithm of a rank in a list sorted by frequency is that of the frequency, turned round.

    >>> rarity("the") < rarity("minister") < rarity("treaty") < rarity("seismograph")
    True
    """
    found = _pieces(word)
    if len(found) != 1:
        return 1.0
    return log(1 + max(found[0] - _FIRST_RANKED, 0)) / log(1 + len(_entries()))


def vectors(words: Sequence[str]) -> Matrix:
    """Return one unit vector a word, float32 of shape (len(words), 64); zeros for a word that has no pieces.

    >>> quickly, fast, treaty = vectors(["quickly", "fast", "treaty"])
    >>> bool(quickly @ fast > 0.7), bool(quickly @ treaty > 0.3)
    (True, False)
    """
    import numpy as np

    split = [_pieces(word) for word in words]
    ids = [i for found in split for i in found]
    owner = [row for row, found in enumerate(split) for _ in found]
    total = np.zeros((len(words), DIMENSIONS), dtype=np.float32)
    np.add.at(total, owner, _table()[ids])
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-6))


@lru_cache(maxsize=1 << 16)
def _pieces(word: str) -> tuple[int, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    ids, found, start = _ids(), [], 0
    while start < len(plain):
        prefix = "##" if start else ""
        for end in range(min(len(plain), start + _LONGEST), start, -1):
            if (entry := ids.get(prefix + plain[start:end])) is not None:
                found.append(entry)
                start = end
                break
        else:
            return ()
    return tuple(found)


@cache
def _entries() -> list[str]:
    return (files("briefing") / "data" / "vocabulary.txt").read_text("utf-8").split("\n")[:-1]


@cache
def _ids() -> dict[str, int]:
    return {entry: i for i, entry in enumerate(_entries())}


@cache
def _table() -> Matrix:
    import numpy as np

    with (files("briefing") / "data" / "vectors.npy").open("rb") as file:
        rows = np.load(file, allow_pickle=False).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))
