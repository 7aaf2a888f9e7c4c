"""Regular English inflection, undone: from a form to the words it could be a form of.

The rules are those of spelling (doubled consonants, -ies, -es …); which of the candidates are words, the lexicon knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_VOWELS = "aeiouy"
# One syllable that ends in consonant, vowel, consonant doubles the last before -ed and -ing: stop, stopped.
_DOUBLES = re.compile(r"(?:[^aeiou]{0,4}|[^aeiou]{0,3}qu)[aeiouy][^aeiouywx]")
_DOUBLED = re.compile(r"([bdfgklmnprstvz])\1$")

# British spellings and their American ones, of which the lexicon has only these. The endings keep "hour" and "pour".
_BRITISH = (
    (re.compile(r"(?<=[a-z]{2}[a-z])is(?=(?:e|er|ed|es|ers|able|ation|ations|ing)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2}l)ys(?=(?:e|er|ed|es|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|er|ers|able|ably|ite|ites|hood|hoods|ful|less)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[tb])re(?=[sd]?$)"), "er"),
    (re.compile(r"(?<=[a-z]{2}en)c(?=e(?:s|d|less)?$)"), "s"),
    (re.compile(r"(?<=[a-z]{3}og)ue(?=s?$)"), ""),
    (re.compile(r"^(program)me(?=s?$)"), r"\1"),
    (re.compile(r"^(t)y(re(?:s|d)?)$"), r"\1i\2"),
    (re.compile(r"^(gr)e(y(?:s|er|est|ish)?)$"), r"\1a\2"),
    (re.compile(r"^(pl)ough(?=(?:s|ed|ing)?$)"), r"\1ow"),
    (re.compile(r"^(m)ou(ld(?:s|y|ed|ing)?)$"), r"\1o\2"),
    (re.compile(r"^(fulfil|enrol|distil|instil)(?=s?$|ment)"), r"\1l"),
    (re.compile(r"^(jewel)ler(?=y$)"), r"\1r"),
)


def american(form: str) -> str:
    """Return the American spelling of a form that may be British; only words that the lexicon lacks need it.

    >>> american("organisers"), american("harboured"), american("theatres"), american("hour")
    ('organizers', 'harbored', 'theaters', 'hour')
    """
    for british, spelled in _BRITISH:
        if british.search(form):
            return british.sub(spelled, form)
    return form


def stems(form: str) -> Iterator[tuple[str, str]]:
    """Yield (word, part of speech) for each word that `form` could regularly be a form of.

    >>> list(stems("stopped"))
    [('stoppe', 'v'), ('stopp', 'v'), ('stop', 'v')]
    >>> list(stems("taxes"))
    [('taxe', 'n'), ('tax', 'n'), ('taxe', 'v'), ('tax', 'v')]
    """
    if len(form) > 40:
        return
    if form.endswith("s") and not form.endswith("ss"):
        singular = list(_without_s(form))
        for part in "nv":
            yield from ((word, part) for word in singular)
    if form.endswith("men"):
        yield form[:-3] + "man", "n"
    for ending, part in (("ed", "v"), ("ing", "v"), ("er", "a"), ("est", "a"), ("er", "r"), ("est", "r")):
        if form.endswith(ending) and len(form) > len(ending) + 1:
            yield from ((word, part) for word in _without(form.removesuffix(ending), ending))


def _without_s(form: str) -> Iterator[str]:
    if len(form) > 2:
        yield form[:-1]
    if form.endswith("ies") and len(form) > 4:
        yield form[:-3] + "y"
    elif form.endswith(("ses", "xes", "zes", "ches", "shes", "oes")) and len(form) > 4:
        yield form[:-2]


def _without(stem: str, ending: str) -> Iterator[str]:
    """Yield what `stem` could be without its ending."""
    yield stem + "e"
    if stem.endswith("i") and ending != "ing":
        yield stem[:-1] + "y"
    if not _DOUBLES.fullmatch(stem):
        yield stem
    if _DOUBLED.search(stem):
        yield stem[:-1]
