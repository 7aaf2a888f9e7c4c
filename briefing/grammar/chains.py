"""Noun phrases that belong together in a sentence: "the mayor of Porto and her deputy", before a verb or after it."""

from __future__ import annotations

from collections.abc import Sequence

from . import lexicon
from .phrases import IN_PHRASE, NOMINAL, Phrase, counts
from .tagging import Tag, Token

#: Verbs that say who said it: what they introduce is theirs.
SPEECH = frozenset(
    """say tell claim allege report announce add argue insist state warn believe think suspect suggest accuse note
    declare maintain assert contend estimate acknowledge admit confirm explain reply testify write hear""".split()
)
#: A clause may follow without "that": "found the drug reduces", "hopes parliament will approve".
OPENS_CLAUSE = SPEECH | frozenset(
    """find show know hope fear feel see mean learn discover reveal understand realise realize agree promise pledge
    vow predict forecast assume decide deny complain ensure demand request propose recommend expect indicate conclude
    rule determine wish stress concede""".split()
)
JOINS = frozenset({Tag.CONJUNCTION, Tag.RELATIVE})
BREAKS = frozenset({";", ":", '"', "“", "”", "--", "!", "?"})
_HANGS_ON = frozenset("of in at for from on near with to between over about against by among".split())
#: What follows them is an event with a doer of its own: "abandoned after protests by drivers".
EVENT_AFTER = frozenset("after following amid despite during before over since under pending without".split())
_SUBJECT_PRONOUNS = frozenset("he she they i we".split())


class Clause:
    """A tagged sentence with its phrases, each found by any token of it."""

    def __init__(self, said: Sequence[Token], phrases: Sequence[Phrase]) -> None:
        self.said = said
        self.holding: dict[int, Phrase] = {i: p for p in phrases for i in range(p.start, p.end)}

    def ending(self, at: int) -> Phrase | None:
        """Return the phrase whose last token is `at`."""
        phrase = self.holding.get(at)
        return phrase if phrase and phrase.end == at + 1 else None

    def starting(self, at: int) -> Phrase | None:
        """Return the phrase whose first token is `at`."""
        phrase = self.holding.get(at)
        return phrase if phrase and phrase.start == at else None

    def nominals(self, phrase: Phrase) -> list[int]:
        """Return the nouns, names, numbers and pronouns of a phrase, its head first."""
        return list(
            dict.fromkeys((phrase.head, *(i for i in range(phrase.start, phrase.end) if self.said[i].tag in NOMINAL)))
        )

    def chain_end(self, at: int) -> int:
        """Return where the phrases end that begin at token `at` and hang on one another by prepositions."""
        phrase = self.holding.get(at)
        while phrase is not None:
            at = phrase.end
            hangs = at + 1 < len(self.said) and self.said[at].low in _HANGS_ON
            phrase = self.holding.get(at + 1) if hangs else None
        return at


def ending(clause: Clause, at: int) -> tuple[int, ...]:
    """Return the words of the phrases that end at token `at`: the head of the first, then all their nouns."""
    said = clause.said
    chain: list[Phrase] = []
    phrase = clause.ending(past_brackets(said, at))
    while phrase is not None and not (phrase.time and chain):
        chain.insert(0, phrase)
        before = phrase.start - 1
        if before < 1 or said[phrase.head].low in _SUBJECT_PRONOUNS:
            break
        earlier = clause.ending(past_brackets(said, before - 1))
        hangs = said[before].low in _HANGS_ON and said[before].tag is Tag.PREPOSITION
        joined = said[before].low in {"and", "or"} or (said[before].form == "," and len(chain) > 1)
        if earlier is None or not (hangs or (joined and not _is_object(clause, earlier))):
            break
        phrase = earlier
    return _words(clause, chain)


def starting(clause: Clause, at: int) -> tuple[tuple[int, ...], int]:
    """Return the words of the phrases that start at token `at`, the head first, and where they end."""
    said = clause.said
    chain: list[Phrase] = []
    phrase = clause.holding.get(at)
    while phrase is not None and not (phrase.time and chain):
        chain.append(phrase)
        at = phrase.end
        follows = said[at].low if at + 1 < len(said) else ""
        joined = follows in {"and", "or"} and not opens_clause(clause, at + 1)
        phrase = clause.starting(at + 1) if follows == "of" or joined else None
    return _words(clause, chain), at


def _words(clause: Clause, chain: Sequence[Phrase]) -> tuple[int, ...]:
    """Return the nouns of the phrases, the head first: not what only counts it."""
    if not chain:
        return ()
    at = 1 if len(chain) > 1 and counts(clause.said, chain[0]) else 0
    ordered = [chain[at], *chain[:at], *chain[at + 1 :]]
    return tuple(dict.fromkeys(i for phrase in ordered for i in clause.nominals(phrase)))


def past_brackets(said: Sequence[Token], at: int) -> int:
    """Return the token before the brackets that close at token `at`, or `at` where none do."""
    if 0 <= at < len(said) and said[at].form == ")":
        return next((i for i in range(at, max(-1, at - 12), -1) if said[i].form == "("), 0) - 1
    return at


def _is_object(clause: Clause, phrase: Phrase) -> bool:
    """Tell whether a phrase is the object of a verb before it, so that what "and" joins to it begins a new clause."""
    said, at = clause.said, phrase.start - 1
    while at > 0 and said[at].tag is Tag.PREPOSITION and (earlier := clause.ending(at - 1)):
        at = earlier.start - 1
    while at >= 0 and said[at].tag in {Tag.ADVERB, Tag.PREPOSITION}:
        at -= 1
    return at >= 0 and said[at].tag is Tag.VERB and said[at].lemma not in OPENS_CLAUSE


def opens_clause(clause: Clause, at: int) -> bool:
    """Tell whether the phrase at token `at` is the subject of a verb after it."""
    said, end = clause.said, clause.chain_end(at)
    while end < len(said) and said[end].tag in {Tag.ADVERB, Tag.NOT}:
        end += 1
    if end >= len(said) or said[end].tag is Tag.AUX:
        return end < len(said)
    if said[end].tag is not Tag.VERB or said[end].low.endswith("ing"):
        return False
    low = said[end].low
    return not lexicon.participle(low) or (lexicon.is_past(low) and said[min(end + 1, len(said) - 1)].low != "by")


def step_back(clause: Clause, at: int) -> int:
    """Return the token where the subject ends, stepping back over brackets, times and what commas enclose."""
    said = clause.said
    for _ in range(6):
        if at < 0:
            return at
        token = said[at]
        phrase = clause.ending(at)
        if token.form == ")":
            opening = next((i for i in range(at, max(-1, at - 12), -1) if said[i].form == "("), 0)
            at = opening - 1
        elif token.tag is Tag.ADVERB:
            at -= 1
        elif phrase and phrase.time and phrase.start:
            at = phrase.start - (2 if said[phrase.start - 1].tag is Tag.PREPOSITION else 1)
        elif token.form == ",":
            opening = _inserted(clause, at)
            if opening < 0:
                return at
            at = opening - 1
        else:
            return at
    return at


def _outer(clause: Clause, comma: int) -> int:
    """Return the comma before the one inside a place: the first of "Acme, based in Lyon, France, sells", or -1."""
    said = clause.said
    place = clause.ending(comma - 1)
    if place is None or said[place.head].tag is not Tag.NAME or said[place.start - 1].tag is not Tag.PREPOSITION:
        return -1
    for i in range(place.start - 1, max(0, place.start - 10), -1):
        if said[i].form == ",":
            word = said[i + 1]
            described = word.tag in {Tag.RELATIVE, Tag.PREPOSITION} or lexicon.participle(word.low)
            return i if described else -1
    return -1


def _inserted(clause: Clause, at: int) -> int:
    """Return the comma that opens what the comma at token `at` closes, -1 when nothing is enclosed."""
    said = clause.said
    opening = at - 1
    while opening > 0 and said[opening].form not in {",", ";", '"'}:
        opening -= 1
    if opening <= 0 or said[opening].form != "," or at - opening > 26:
        return -1
    outer = _outer(clause, opening)
    opening = outer if outer > 0 else opening
    inside = said[opening + 1 : at]
    if not inside:
        return -1
    clausal = inside[0].tag is Tag.RELATIVE or inside[0].tag is Tag.PREPOSITION or inside[0].low.endswith("ing")
    finite = any(t.tag in {Tag.VERB, Tag.AUX} for t in inside[1:])
    if inside[-1].lemma in SPEECH and inside[0].tag in IN_PHRASE and said[opening - 1].tag in NOMINAL:
        return opening  # "the truck, police said, had"
    if clausal or not finite or (inside[0].tag is Tag.VERB and lexicon.participle(inside[0].low)):
        ends = said[opening - 1].tag in NOMINAL or said[opening - 1].form == ")"
        return opening if ends else -1
    return -1
