"""Under what a word stands: the chain of words that govern it, and what that makes of it.

"The two sides *agreed* to *begin* *negotiations* on a *pact*": the pact stands under negotiations, these under begin,
that under agreed. Denial and commitment both come down such a chain. Shallow, as `predicates` is: where it is not
clear what a word depends on, the chain ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..grammar.lexicon import participle
from ..grammar.predicates import Predicate, Reading, read
from ..grammar.tagging import BE, Tag
from ..remembered import remembered
from ..words import FUNCTION_WORDS
from .stance import ALLEGES, LEVELS, NEGATIVE, PHRASES, Level

_NOMINAL = frozenset({Tag.NOUN, Tag.NAME, Tag.NUMBER, Tag.PRONOUN})
_IN_PHRASE = _NOMINAL | {Tag.DETERMINER, Tag.ADJECTIVE}
_CONTENT = frozenset({Tag.NOUN, Tag.NAME, Tag.VERB, Tag.ADJECTIVE, Tag.NUMBER, Tag.ADVERB})
_STOPS = frozenset({";", ":", "(", ")", "--", "!", "?", "."})
_QUOTES = frozenset('"“”')
#: In parentheses so few words are a name or a figure: "the space agency (ESA) confirmed".
_ASIDE = 4
_TURNS = frozenset("but yet although though because if unless while whereas nor".split())
#: Prepositions that say more than where or when.
_DIRECTIONS = frozenset("above below".split())
#: What is said of their subject is said of it as a thing to come or to be: "talks began", "a sale is possible".
_RUNS = frozenset("begin start happen occur continue proceed end go remain become seem appear follow resume".split())
_BEFORE_NOUN = frozenset({Tag.ADVERB, Tag.PREPOSITION, Tag.DETERMINER, Tag.ADJECTIVE, Tag.NOT, Tag.NUMBER})
_ASKED = frozenset("campaign court".split())
_RELATES = frozenset("who whom whose which where when".split())
_PARTICLES = frozenset("out off up down".split())
#: Participles that stand before a noun as prepositions do: "talks *regarding* a sale".
_REGARDING = frozenset("regarding concerning".split())
#: Before another name for what was named: "a pact, *known as* GSOMIA".
_CALLED = frozenset("known called dubbed named abbreviated".split())
#: What they have done to their object they have done at their own level: "will *see* two berths added".
_RESULTS = frozenset("see want have get need".split())
_STAYS = frozenset("stay remain keep lie".split())
_LONGEST_CHAIN = 6
#: So many content words of a sentence are looked at: what is longer is no sentence.
_MOST = 200


class Frames(NamedTuple):
    """What a sentence's words stand under: per token the word it stands for, its governor and its clause."""

    reading: Reading
    words: tuple[str, ...]
    governors: tuple[int | None, ...]
    clauses: tuple[int, ...]
    verbs: dict[int, Predicate]
    content: tuple[int, ...]

    def chain(self, at: int) -> list[int]:
        """Return the tokens that govern a token, the nearest first."""
        found: list[int] = []
        over = self.governors[at]
        while over is not None and over not in found and over != at and len(found) < _LONGEST_CHAIN:
            found.append(over)
            over = self.governors[over]
        return found


@remembered(1 << 11)
def frames(text: str) -> Frames:
    """Return the frames of a sentence.

    >>> sentence = frames("The two sides agreed to begin negotiations on a pact.")
    >>> [sentence.words[i] for i in sentence.chain(sentence.words.index("pact"))]
    ['negotiation', 'begin', 'agree']
    """
    reading = read(text)
    verbs = {p.at: p for p in reading.predicates}
    governors: list[int | None] = [None] * len(reading.tokens)
    for predicate in reading.predicates:
        governors[predicate.at] = _governor(reading, predicate)
    for start, end in _phrases(reading):
        _govern(reading, start, end, governors)
    for predicate in reading.predicates:
        governors[predicate.at] = _hoped(reading, predicate, governors)
        for at in _subjects(reading, predicate):
            governors[at] = _complement(reading, predicate, governors)
        for at in predicate.patients[:1]:
            if at < predicate.at and governors[at] is None and predicate.lemma in LEVELS and not predicate.passive:
                governors[at] = predicate.at  # "a ban that the council is *considering*"
    content = [
        i
        for i, t in enumerate(reading.tokens)
        if t.low in _DIRECTIONS or (t.tag in _CONTENT and (t.low not in FUNCTION_WORDS or t.tag is Tag.NAME))
    ]
    return Frames(reading, _words(reading), tuple(governors), tuple(_clauses(reading)), verbs, tuple(content[:_MOST]))


def _words(reading: Reading) -> tuple[str, ...]:
    """Return per token its dictionary form, or the word that says what the phrase there says."""
    said = reading.tokens
    found = [t.lemma for t in said]
    for predicate in reading.predicates:
        at = predicate.at
        for after in range(at + 1, min(at + 5, len(said))):
            if word := PHRASES.get((said[at].lemma, said[after].low)):
                found[at] = word
                break
            if said[after].tag not in _IN_PHRASE | {Tag.ADVERB}:
                break
    return tuple(found)


def _phrases(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where each noun phrase starts and ends."""
    said, at = reading.tokens, 0
    while at < len(said):
        if said[at].tag not in _IN_PHRASE:
            at += 1
            continue
        start = at
        while at < len(said) and said[at].tag in _IN_PHRASE and not (at > start and said[at].tag is Tag.DETERMINER):
            at += 1
        yield start, at


def _govern(reading: Reading, start: int, end: int, governors: list[int | None]) -> None:
    """Set what the words of a noun phrase stand under."""
    said = reading.tokens
    nominal = [i for i in range(start, end) if said[i].tag in _NOMINAL] or [end - 1]
    head = nominal[-1]
    for i in range(start, end):
        governors[i] = head if i != head else None
    before = start - 1
    while before >= 0 and (
        said[before].tag in {Tag.ADVERB, Tag.NOT} or said[before].low in _PARTICLES | _QUOTES | {"least", "most"}
    ):
        before -= 2 if said[before].low in {"least", "most"} and said[before - 1].low == "at" else 1
    if 0 <= before < start - 1 and said[before].tag is Tag.DETERMINER and said[start - 1].tag is Tag.ADVERB:
        before -= 1  # "expect a *further* increase"
    if before < 0:
        return
    if (other := _named_before(reading, before)) is not None:
        governors[head] = governors[other]
        return
    tag = Tag.PREPOSITION if said[before].low in _REGARDING else said[before].tag
    if tag is Tag.NUMBER and before != start - 1:
        governors[head] = governors[before]
    elif tag is Tag.VERB:
        governors[head] = before
    elif tag in {Tag.PREPOSITION, Tag.TO}:
        over = before - 1
        while over >= 0 and said[over].tag in {Tag.ADVERB, Tag.PREPOSITION}:
            over -= 1
        if over >= 0 and said[over].tag in _NOMINAL | {Tag.VERB, Tag.ADJECTIVE}:
            governors[head] = over
    elif said[before].low in {",", "and", "or", "including", "both"}:
        over = before - 1
        while over >= 0 and said[over].low in {",", "and", "or"}:
            over -= 1
        if over >= 0 and said[over].tag in _NOMINAL:
            governors[head] = governors[over]


def _named_before(reading: Reading, before: int) -> int | None:
    """Return the noun that a phrase after token `before` is another name of: "the pact (GSOMIA)"."""
    said = reading.tokens
    over = before - 1
    if said[before].low == "as" and over >= 0 and said[over].low in _CALLED:
        over -= 1
    elif said[before].low not in _CALLED and said[before].form != "(":
        return None
    over -= 1 if over >= 0 and said[over].form == "," else 0
    return over if over >= 0 and said[over].tag in {Tag.NOUN, Tag.NAME} else None


def _resulting(reading: Reading, predicate: Predicate) -> int | None:
    """Return the verb that a bare participle completes: "want him *released*", "must stay *shut*"."""
    said, at = reading.tokens, predicate.at
    if predicate.group or not at or not (participle(said[at].low) or said[at - 1].lemma in _STAYS):
        return None
    i = at - 1
    if said[i].tag is Tag.VERB and said[i].lemma in _STAYS:
        return i
    while i >= 0 and (said[i].tag in _IN_PHRASE or said[i].form == "-"):
        i -= 1
    return i if 0 <= i < at - 1 and said[i].tag is Tag.VERB and said[i].lemma in _RESULTS else None


def _governor(reading: Reading, predicate: Predicate) -> int | None:
    """Return what a verb stands under: "talks on *reopening*" are talks, and not what is done to them."""
    if (over := _resulting(reading, predicate)) is not None:
        return over
    said, start = reading.tokens, predicate.group[0] if predicate.group else predicate.at
    after_noun = (
        start > 1 and said[start - 1].tag is Tag.PREPOSITION and said[start - 2].tag in {Tag.NOUN, Tag.ADJECTIVE}
    )
    if after_noun and said[start - 2].lemma in LEVELS.keys() | ALLEGES | NEGATIVE:
        return start - 2
    if (
        said[predicate.at].low.endswith("ing")
        and start
        and said[start].low in _PARTICLES
        and said[start - 1].tag is Tag.VERB
    ):
        return start - 1
    subject = min((*predicate.agents, *predicate.patients[: predicate.passive], start))
    for before in range(subject - 1, max(0, subject - 4), -1):
        if said[before].low == "that" and said[before - 1].tag is Tag.NOUN and predicate.under is None:
            return before - 1 if said[before - 1].lemma in LEVELS.keys() | ALLEGES | NEGATIVE else None
        if said[before].tag not in _IN_PHRASE:
            break
    return predicate.under


def _hoped(reading: Reading, predicate: Predicate, governors: list[int | None]) -> int | None:
    """Return what a verb stands under, also without `that`: "hoped parliament would *approve*"."""
    own = governors[predicate.at]
    governing = next((p for p in reading.predicates if p.at == own), None)
    if governing is not None and predicate.group and reading.tokens[predicate.group[0]].tag is Tag.TO:
        for noun in governing.patients[:1]:  # "signed a deal on Monday to *supply*"
            token = reading.tokens[noun]
            if governing.at < noun < predicate.at and token.tag is Tag.NOUN:
                return noun if token.lemma in LEVELS and token.lemma not in _ASKED else own
    subject = predicate.patients if predicate.passive else predicate.agents
    if own is not None or not subject or not any(reading.tokens[i].tag is Tag.AUX for i in predicate.group):
        return own
    over = governors[subject[0]]
    if over is None or not over < subject[0] < predicate.at or reading.tokens[over].lemma not in LEVELS:
        return None
    return over if reading.tokens[over].tag is Tag.VERB else None


def _subjects(reading: Reading, predicate: Predicate) -> tuple[int, ...]:
    """Return the subject of a verb where the verb tells what becomes of it."""
    if predicate.passive:
        return predicate.patients[:1]
    if predicate.lemma in _RUNS and not predicate.patients and predicate.under is None:
        return predicate.agents[:1]
    if reading.tokens[predicate.at].low in BE:
        return predicate.agents[:1]
    return ()


def _complement(reading: Reading, predicate: Predicate, governors: list[int | None]) -> int:
    """Return what is said of a subject: "a reward is under *consideration*", "a sale is *possible*"."""
    said, at = reading.tokens, predicate.at
    if predicate.passive or said[at].low not in BE:
        return at
    for after in range(at + 1, min(at + 6, len(said))):
        if said[after].lemma in LEVELS and said[after].tag in {Tag.ADJECTIVE, Tag.NOUN}:
            framed = said[after].tag is Tag.ADJECTIVE or said[after - 1].low in {"under", "in"}
            framed = framed or LEVELS[said[after].lemma] is Level.CONSIDERED  # "is one of the options"
            if framed and (governors[after] in {None, at}):
                governors[after] = at
                return after
        if said[after].tag not in _BEFORE_NOUN:
            break
    return at


def _clauses(reading: Reading) -> Iterator[int]:
    """Yield for each token the number of its clause."""
    said, number, has_verb = reading.tokens, 0, False
    for i, token in enumerate(said):
        turns = (
            (token.form in _STOPS and not _aside(reading, i))
            or (token.low in _TURNS and token.tag is Tag.CONJUNCTION)
            or (token.tag is Tag.RELATIVE and token.low in _RELATES)
        )
        if not turns and has_verb and (token.form == "," or token.low in {"and", "or"}):
            turns = _verb_follows(reading, i)
        if turns:
            number, has_verb = number + 1, False
        has_verb = has_verb or token.tag in {Tag.VERB, Tag.AUX}
        yield number


def _aside(reading: Reading, at: int) -> bool:
    """Tell whether a parenthesis holds but a few words."""
    said, mark = reading.tokens, reading.tokens[at].form
    if mark == "(":
        return any(t.form == ")" for t in said[at + 1 : at + 1 + _ASIDE])
    return mark == ")" and any(t.form == "(" for t in said[max(0, at - _ASIDE) : at])


def _verb_follows(reading: Reading, at: int) -> bool:
    """Tell whether a verb stands between a token and the next stop or comma."""
    for token in reading.tokens[at + 1 : at + 40]:
        if token.form in _STOPS or token.form == ",":
            return False
        if token.tag in {Tag.VERB, Tag.AUX}:
            return True
    return False
