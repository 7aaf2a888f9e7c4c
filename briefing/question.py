"""What a question asks for: a person, a date, a number, a place, a reason, a way; and which sentences hold one.

The kind of answer is the oldest device of question answering (Li and Roth 2002, "Learning Question Classifiers").
Here it is a table of two patterns a kind: how a question asks for it, and what a sentence needs to hold one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from .words import FUNCTION_WORDS, stem, words


class Kind(StrEnum):
    """The kind of answer that a question asks for."""

    PERSON = "person"
    DATE = "date"
    NUMBER = "number"
    PLACE = "place"
    REASON = "reason"
    MEANS = "means"
    OTHER = "other"


_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_COUNT = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|forty|fifty|sixty"
    "|seventy|eighty|ninety|dozens?|hundreds?|thousands?|(?:m|b|tr)illions?|half|halves|thirds?|quarters?|twice"
    "|double|percent|majority|none|nobody|few|several"
)

# How a question asks for each kind, the surest sign first.
_ASKED = {
    Kind.NUMBER: r"how (?:many|much|old|long|far|tall|high|large|big|fast|often|deep|wide|heavy)\b"
    r"|(?:what|which) (?:percent|percentage|number|amount|share|proportion|fraction|price)\b|\bnumber of\b",
    Kind.DATE: r"when\b|(?:what|which) (?:year|date|day|month|century|decade|time)\b",
    Kind.PERSON: r"who\b|whom\b|whose\b",
    Kind.PLACE: r"where\b|(?:what|which) (?:country|city|state|place|location|town|village|region|continent|area)\b",
    Kind.REASON: r"why\b|what (?:reason|cause|causes|caused)\b",
    Kind.MEANS: r"how\b",
}
_ASKED_FOR = [(kind, re.compile(rf"\b(?:{pattern})", re.IGNORECASE)) for kind, pattern in _ASKED.items()]

# What a sentence needs to hold an answer of the kind. People are names, found by their capital, or one of these.
_HELD = {
    Kind.DATE: re.compile(
        rf"\b(?:1[0-9]{{3}}|20[0-9]{{2}}|[0-9]{{1,3}}0s|[0-9]{{1,2}}[:.][0-9]{{2}}|BC|AD|(?i:{_MONTH}|{_DAY}"
        r"|today|yesterday|tomorrow|tonight|midnight|noon|ago|spring|summer|autumn|winter"
        r"|century|centuries|decades?|years?|months?|weeks?|days?|hours?|era|season|morning|evening|minutes?|half-time))\b"
    ),
    Kind.NUMBER: re.compile(rf"[0-9]|\b(?i:{_COUNT})\b"),
    Kind.PLACE: re.compile(
        r"\b(?:in|at|on|from|near|to|of|into|across|outside|inside|around|between|through|towards?|over|along|off)"
        r"\s(?:the\s)?(?:[a-z]{2,20}\s)?[A-Z]|\b(?:north|south|east|west)(?:ern)?\b"
    ),
    Kind.REASON: re.compile(
        r"\b(?i:because|due to|since|so that|in order to|owing|therefore|thus|thanks to|for fear|as|after"
        r"|over|amid|for (?:an?|the|his|her|its|their|[a-z]{2,20}ing)"
        r"|caus(?:ed?|es|ing)|reasons?|led to|result(?:s|ed|ing)?|aim(?:s|ed)?|to [a-z]{2,20})\b"
    ),
    Kind.MEANS: re.compile(r"\b(?i:by|through|using|via|with|means?)\b"),
}
_PEOPLE = re.compile(
    r"\b(?i:police|officials?|officers?|ministers?|presidents?|mayors?|judges?|courts?|prosecutors?|lawyers?|leaders?"
    r"|governments?|parliament|council|committee|board|company|researchers?|scientists?|doctors?|residents?|workers?"
    r"|unions?|voters?|players?|teams?|clubs?|coach|m[ae]n|wom[ae]n|people|children|students?|owners?|families)\b"
)
_DOER = re.compile(r"(?<=[a-z]{3})(?:er|or|e)$")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][^\W_]*")
_NEGATION = re.compile(
    r"\b(?i:not?|never|none|nobody|nothing|neither|nor|without|cannot|fail(?:s|ed|ure)?|refus(?:es?|ed|al)"
    r"|reject(?:s|ed)?|lack(?:s|ed)?|un[a-z]{4,20}able|unable)\b|n['’]t\b"
)


class Question(NamedTuple):
    """A question as read: the kind of answer it asks for, and the stems of its words."""

    kind: Kind
    stems: frozenset[str]

    def answerable_by(self, sentence: str) -> bool:
        """Return whether `sentence` holds something of the kind asked for that the question does not name itself.

        Every sentence can answer a question of the kind OTHER.

        >>> question = read("When did the bridge open in 1932?")
        >>> question.answerable_by("It opened in 1932."), question.answerable_by("It opened on 19 March 1932.")
        (False, True)
        """
        if self.kind is Kind.OTHER:
            return True
        if self.kind is Kind.PERSON:
            return any(map(self._names, _CAPITAL.findall(sentence))) or self._new(_PEOPLE, sentence)
        if self.kind in (Kind.DATE, Kind.NUMBER):
            return self._new(_HELD[self.kind], sentence)
        return bool(_HELD[self.kind].search(sentence))

    def _names(self, form: str) -> bool:
        return plain(form) not in FUNCTION_WORDS and stem(plain(form)) not in self.stems

    def _new(self, pattern: re.Pattern[str], sentence: str) -> bool:
        return any(stem(found[0].lower()) not in self.stems for found in pattern.finditer(sentence))


def read(question: str) -> Question:
    """Return what `question` asks for.

    >>> read("How many people were hurt?").kind, read("Who signed it?").kind, read("the storm").kind
    (<Kind.NUMBER: 'number'>, <Kind.PERSON: 'person'>, <Kind.OTHER: 'other'>)
    """
    kind = next((kind for kind, pattern in _ASKED_FOR if pattern.search(question)), Kind.OTHER)
    stems = frozenset(stem(plain(word.form)) for word in words(question))
    return Question(kind, stems)


@lru_cache(maxsize=1 << 16)
def plain(form: str) -> str:
    """Return a word as it is looked up: lower case, without the possessive ending.

    >>> plain("Japan’s")
    'japan'
    """
    return form.lower().replace("’", "'").removesuffix("'s").removesuffix("'")


def root(word_stem: str) -> str:
    """Return a stem without what makes it the doer: the same for leads and leader, win and winner, write and writer.

    >>> root(stem("leader")) == root(stem("leads")), root(stem("winner")) == root(stem("win"))
    (True, True)
    """
    doer = _DOER.sub("", word_stem)
    return doer[:-1] if len(doer) > 3 and doer != word_stem and doer[-1] == doer[-2] else doer


def negated(text: str) -> bool:
    """Return whether `text` says of something that it is not so.

    >>> negated("The court did not rule."), negated("The court ruled.")
    (True, False)
    """
    return bool(_NEGATION.search(text))
