"""Whether a text is English, and whether it is surely not."""

from __future__ import annotations

import re

from .remembered import remembered
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
# More such words, which a single claim may have alone; what "L'usine" and "qu'il" begin with.
_FOREIGN_MORE = frozenset(
    """à été ont depuis leur cette ces deux ans milliards elle ils leurs aussi cela
    wurden haben hatte kamen über seit zu es wird werden sind oder aber durch gegen bis um uhr jahr jahren mehr ihre
    desde hasta fue fueron este esta sus sobre entre años muy ha eran millones
    sono stato stata è dal alla nella più anni miliardi milioni wurde foram são pelo pela mais""".split()
)
_ELIDED = re.compile(r"(?<!\w)(?:[dljcnsmt]|qu)['’](?=[^\W\d_]{3})", re.IGNORECASE)
#: Words of English that other languages have too.
_SHARED = frozenset("a am an as at d do he her in it i m me of o on or per re s so t till via we us was".split())
_WORD = re.compile(r"(?<![\w'’])[^\W\d_]+(?![\w'’])")


@remembered(1 << 12)
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


@remembered(1 << 12)
def is_foreign(text: str) -> bool:
    """Tell whether a text is surely not English: it has words of other languages, and more of them than of English.

    Words with a capital letter do not tell, since names have them too: "Los Angeles".

    >>> is_foreign("Los Angeles reopens 7 schools"), is_foreign("L'usine a coûté 7 millions")
    (False, True)
    """
    letters = sum(map(str.isalpha, text))
    if not text.isascii() and sum(c.isalpha() and c > "\u024f" for c in text) * 2 > letters:
        return True
    said = _WORD.findall(text)
    english = sum(word.lower() in FUNCTION_WORDS - _SHARED for word in said)
    foreign = sum(word in _FOREIGN or word in _FOREIGN_MORE for word in said)
    return foreign + sum(1 for _ in _ELIDED.finditer(text)) > english
