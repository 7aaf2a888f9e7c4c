"""A byte-level BPE tokenizer, trained in a second: what GPT-2 does and llama.cpp implements."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

# llama.cpp's pattern for `tokenizer.ggml.pre = "gpt-2"`, in the words of `re`.
PIECES = re.compile(r"'(?:s|t|re|ve|m|ll|d)| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")

Pair = tuple[str, str]
Word = tuple[str, ...]


class Tokenizer(NamedTuple):
    """The tokens in order of their ids, and the merges in order of their rank."""

    tokens: list[str]
    merges: list[Pair]


@cache
def _alphabet() -> list[str]:
    """The printable character that stands for each of the 256 bytes (GPT-2's table)."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    shifted = (chr(256 + number) for number in range(256))
    return [chr(byte) if byte in printable else next(shifted) for byte in range(256)]


def _spell(piece: str) -> Word:
    return tuple(_alphabet()[byte] for byte in piece.encode())


def _merge(word: Word, pair: Pair) -> Word:
    merged: list[str] = []
    fresh = False  # a part that was merged just now does not merge again under the same rule
    for part in word:
        if merged and not fresh and (merged[-1], part) == pair:
            merged[-1] += part
            fresh = True
        else:
            merged.append(part)
            fresh = False
    return tuple(merged)


def train(pieces: Mapping[str, int], merges: int) -> Tokenizer:
    """The tokenizer with the `merges` most frequent pairs of the counted pieces; the alphabet settles ties."""
    words = {number: (_spell(piece), count) for number, (piece, count) in enumerate(pieces.items())}
    counts: Counter[Pair] = Counter()
    places: defaultdict[Pair, set[int]] = defaultdict(set)

    def count(number: int, sign: int) -> None:
        word, weight = words[number]
        for pair in pairwise(word):
            counts[pair] += sign * weight
            places[pair].add(number)

    for number in words:
        count(number, 1)
    learned: list[Pair] = []
    queue = [(-many, pair) for pair, many in counts.items()]
    heapify(queue)
    while len(learned) < merges:
        many, best = heappop(queue)
        if counts[best] != -many:  # an entry from before another merge changed the count
            continue
        learned.append(best)
        touched: set[Pair] = set()
        for number in places.pop(best):
            touched.update(pairwise(words[number][0]))
            count(number, -1)
            words[number] = (_merge(words[number][0], best), words[number][1])
            count(number, 1)
            touched.update(pairwise(words[number][0]))
        for pair in touched - {best}:
            heappush(queue, (-counts[pair], pair))
    return Tokenizer(list(dict.fromkeys([*_alphabet(), *(left + right for left, right in learned)])), learned)


def encode(text: str, tokenizer: Tokenizer) -> list[int]:
    """The ids of the tokens of `text`, as llama.cpp finds them: always the merge of the lowest rank first."""
    ids = {token: number for number, token in enumerate(tokenizer.tokens)}
    ranks = {pair: rank for rank, pair in enumerate(tokenizer.merges)}

    @cache
    def ids_of(piece: str) -> list[int]:
        word = _spell(piece)
        while pairs := [pair for pair in pairwise(word) if pair in ranks]:
            word = _merge(word, min(pairs, key=ranks.__getitem__))
        return [ids[part] for part in word]

    return [number for piece in PIECES.findall(text) for number in ids_of(piece)]
