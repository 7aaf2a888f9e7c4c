"""The noun phrases of a tagged sentence: "the mayor of Porto", "two ferries", "last week".

A phrase is a run of words round one head, without what hangs on it by a preposition. Times are phrases of their own,
so that "will strike next week" has no object.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from .. import speech_words as lists
from . import lexicon
from .tagging import Tag, Token

#: What a noun phrase is made of, and what may be the head of one.
NOMINAL = frozenset({Tag.NOUN, Tag.NAME, Tag.NUMBER, Tag.PRONOUN})
IN_PHRASE = NOMINAL | {Tag.DETERMINER, Tag.ADJECTIVE}
#: They say when, not what.
TIMES = (
    lists.DAYS
    | lists.MONTHS
    | frozenset(
        "day week month year night morning evening afternoon hour minute weekend today yesterday tomorrow "
        "tonight".split()
    )
)
#: Count the noun after "of", which is the head: "two of the authors", "a group of hackers".
_COUNTING = frozenset(
    """one some most many several all both each none few half number group pair couple series handful majority
    minority dozen hundred thousand million billion dozens hundreds thousands millions lot lots rest any""".split()
)
_BEFORE_TIME = frozenset("last next late early earlier later this that every each".split())
_BEFORE_YEAR = frozenset("in since by until from during".split())
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")


class Phrase(NamedTuple):
    """The tokens `start` up to `end`, not included, with their head; `time` when it says when."""

    start: int
    end: int
    head: int
    time: bool = False


def phrases(said: Sequence[Token]) -> tuple[Phrase, ...]:
    """Return the noun phrases of a sentence in order.

    >>> from .tagging import tokens
    >>> said = tokens("The mayor of Porto met two of the builders last week.")
    >>> [" ".join(t.form for t in said[p.start : p.end]) for p in phrases(said)]
    ['The mayor', 'Porto', 'two', 'the builders', 'last week']
    """
    found: list[Phrase] = []
    at = 0
    while at < len(said):
        if said[at].tag not in IN_PHRASE:
            at += 1
            continue
        end = at + 1
        while end < len(said) and _goes_on(said, at, end):
            end += 1
        if phrase := _phrase(said, at, end):
            found.append(phrase)
        at = end
    return tuple(found)


def counts(said: Sequence[Token], phrase: Phrase) -> bool:
    """Tell whether a phrase only counts what stands after its "of": "thousands of protesters"."""
    head = said[phrase.head]
    follows = phrase.end < len(said) and said[phrase.end].low == "of"
    return follows and (head.tag is Tag.NUMBER or head.lemma in _COUNTING)


def is_time(token: Token) -> bool:
    """Tell whether a word names a day, a month or another stretch of time."""
    return token.low in TIMES or token.lemma in TIMES


def _phrase(said: Sequence[Token], start: int, end: int) -> Phrase | None:
    nominal = [i for i in range(start, end) if said[i].tag in NOMINAL]
    if not nominal:
        if said[start].tag is Tag.DETERMINER and (end > start + 1 or said[start].low in _COUNTING):
            return Phrase(start, end, end - 1)  # "the poor", "both"
        return None
    head = nominal[-1]
    named = said[start].tag is Tag.DETERMINER and said[head].tag is Tag.NAME and head < end - 1
    if named and end < len(said) and said[end].tag in {Tag.VERB, Tag.AUX}:
        head = end - 1  # "the Nigeria international"
    time = not said[head].owns and (is_time(said[head]) or bool(_YEAR.fullmatch(said[head].low)))
    return Phrase(start, end, head, time)


def _goes_on(said: Sequence[Token], start: int, at: int) -> bool:
    """Tell whether token `at` still belongs to the phrase that began at `start`."""
    token, last = said[at], said[at - 1]
    after = said[at + 1] if at + 1 < len(said) else None
    if token.form == "-" or last.form == "-":  # "second-quarter", "34-year-old"
        joined = last.end == token.start
        return joined and (token.form != "-" or (after is not None and after.start == token.end))
    if token.tag is Tag.ADVERB:
        described = after is not None and after.tag in {Tag.ADJECTIVE, Tag.NUMBER}
        return described and last.tag is Tag.DETERMINER
    if token.tag not in IN_PHRASE or token.tag is Tag.PRONOUN or last.tag is Tag.PRONOUN:
        return False
    begun = any(t.tag in NOMINAL for t in said[start:at])
    if token.tag is Tag.DETERMINER:
        return not begun and not last.owns and last.tag is Tag.DETERMINER
    if not begun or last.owns:
        return True
    follows = after is not None and after.tag in NOMINAL
    if token.tag is Tag.NUMBER and last.tag is not Tag.NUMBER:
        if after is not None and after.form == "-":
            return False  # "beat Koch | 3-1"
        return not follows and not token.form.startswith(("$", "£", "€"))  # "paid the city | 40 million euros"
    if _YEAR.fullmatch(last.low) and at - 1 == start and start and said[start - 1].low in _BEFORE_YEAR:
        return False  # "In 2016 | Nordalp bought"
    return not _begins_time(said, at, follows=follows)


def _begins_time(said: Sequence[Token], at: int, *, follows: bool) -> bool:
    """Tell whether a phrase of time begins at token `at`: "the governor | last week"."""
    token, last = said[at], said[at - 1]
    if token.low in _BEFORE_TIME and at + 1 < len(said) and is_time(said[at + 1]):
        return not said[at + 1].owns
    if not is_time(token) or token.owns or is_time(last) or follows or last.low in _BEFORE_TIME:
        return False
    return token.tag is Tag.NAME or lexicon.parts(token.low).get("r", 0) > 0 or token.low in lists.DAYS
