"""Whether a text is English; and for other languages what needs none: the digits in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .words import FUNCTION_WORDS, forms

# The commonest words of languages in Latin script that are no words of English.
_FOREIGN = (
    frozenset(
        """der das und ist nicht mit von dem den des ein eine einer wurde nach auf sich auch als bei für im zum zur
    le les des et est une dans pour par sur du que qui au aux pas sont avec
    el los las del y una con por para se su como más según
    il di che della dei nel per non gli sono con alla
    het een van en niet op te dat zijn voor met
    os da em não com uma ao dos foi
    och att det som på av inte med den är til og ikke af
    w z na się nie że do jest i o po
    ve bir bu için ile ja on ei että""".split()
    )
    - FUNCTION_WORDS
)
#: English prose of so many words has one of its function words.
_TELLING = 8
#: A number above this is written in digits in every language.
_WORDED = 20
_DIGITS = re.compile(r"[0-9](?:[0-9., \u00a0\u202f]{0,30}[0-9])?")


@lru_cache(maxsize=1 << 12)
def is_english(text: str, *, short: bool = True) -> bool:
    """Tell whether a text is English, as far as its function words tell; `short` is for a few words that do not tell.

    >>> is_english("The minister resigned on Monday."), is_english("Der Minister ist am Montag zurückgetreten.")
    (True, False)
    """
    letters = sum(map(str.isalpha, text))
    if not text.isascii() and sum(c.isalpha() and c > "\u024f" for c in text) * 2 > letters:
        return False
    said = [form for form in forms(text) if not form[0].isdigit()]
    known, foreign = (sum(form in group for form in said) for group in (FUNCTION_WORDS, _FOREIGN))
    if not known and not foreign:
        return len(said) < _TELLING and short
    return known >= foreign


def missing_digits(claim: str, source: str) -> Iterator[tuple[int, int]]:
    """Yield where a claim has a number in digits that its source has not: `claim[start:end]`.

    Only the digits are compared: languages differ in how they part thousands and decimals.

    >>> list(missing_digits("1.200 Menschen kamen, nicht 1300", "Es kamen 1 200 Menschen"))
    [(28, 32)]
    """
    held = {re.sub(r"[^0-9]", "", match[0]) for match in _DIGITS.finditer(source)}
    for match in _DIGITS.finditer(claim):
        digits = re.sub(r"[^0-9]", "", match[0])
        if digits not in held and int(digits) > _WORDED:
            yield match.span()
