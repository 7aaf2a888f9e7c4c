"""The words of a text and their stems: what similarity, ranking and the readers of speech count in.

Function words (articles, prepositions, pronouns, auxiliaries, question words) carry no topic, so `terms`
leaves them out. They are the closed classes of English; other languages keep all their words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from .remembered import remembered

# A number with its separators, a word with inner apostrophes, or one character of a script that writes
# no spaces (Thai, Lao, Khmer, kana, Han).
_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[0-9]+(?:[.,][0-9]+)*|[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W\d_]+)*")
# The same for ASCII text, three times as fast.
_ASCII_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z][A-Za-z0-9]*(?:'[A-Za-z]+)*")

FUNCTION_WORDS = frozenset(
    """
    a an the this that these those some any each every either neither both all such
    i you he she it we they me him her us them my your his its our their mine yours hers ours theirs
    myself yourself himself herself itself ourselves yourselves themselves
    who whom whose which what where when why how whether there here
    am is are was were be been being do does did doing done have has had having
    will would shall should can could may might must ought
    of in on at by for with from to into onto upon about over under after before between among through
    during against within without toward towards across along around behind beside besides beyond near
    off out up down per via as than like since until till while
    and or but nor so yet if because although though unless also too very just only even still then thus
    however therefore moreover
    s t d ll m re ve o
    i'm you're he's she's it's we're they're i've you've we've they've i'd you'd he'd she'd we'd they'd
    i'll you'll he'll she'll we'll they'll isn't aren't wasn't weren't don't doesn't didn't haven't hasn't
    hadn't won't wouldn't can't couldn't shouldn't mustn't there's that's what's who's let's n't
    """.split()
)

#: What is longer is no word, and not worth a place in memory.
_LONGEST = 40

_stemmer = snowballstemmer.stemmer("english")


class Word(NamedTuple):
    """A word of a text: `text[start:end] == form`; offsets count code points from 0."""

    form: str
    start: int
    end: int


@remembered(1 << 12)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order, as written, with their offsets.

    >>> [w.form for w in words("Japan’s 1,200 troops left.")]
    ['Japan’s', '1,200', 'troops', 'left']
    """
    found = (_ASCII_WORD if text.isascii() else _WORD).finditer(text)
    return tuple(Word(m[0], m.start(), m.end()) for m in found)


# Ranking, choosing and comparing look at the same sentences one after the other.
@remembered(1 << 12)
def forms(text: str) -> tuple[str, ...]:
    """Return the words of `text` in order, in lower case, with plain apostrophes.

    >>> forms("Japan’s troops left.")
    ("japan's", 'troops', 'left')
    """
    plain = text.lower()
    if plain.isascii():
        return tuple(_ASCII_WORD.findall(plain))
    return tuple(_WORD.findall(plain.replace("’", "'")))


@remembered(1 << 12)
def terms(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of `text`, in order, repeats kept.

    >>> terms("The leaders agreed to begin the negotiations.")
    ('leader', 'agre', 'begin', 'negoti')
    """
    said = forms(text)
    if len(max(said, key=len, default="")) > _LONGEST:
        return tuple(filter(None, [_term(form) if len(form) <= _LONGEST else form for form in said]))
    return tuple(filter(None, map(_term, said)))


def stem(word: str) -> str:
    """Return the Snowball (Porter 2, English) stem of a lower-case word; numbers and other scripts stay.

    >>> stem("negotiations")
    'negoti'
    """
    return _stem(word) if len(word) <= _LONGEST else word


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word)) if word.isascii() and word.isalpha() else word.replace(",", "")


@lru_cache(maxsize=1 << 16)
def _term(form: str) -> str:
    """Return the stem of a word in lower case, or nothing for a function word."""
    plain = form.removesuffix("'s")
    return "" if plain in FUNCTION_WORDS else stem(plain)
