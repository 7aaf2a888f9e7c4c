"""How far a word governs a sentence: to the end of its noun phrase, of its clause, or of what somebody says."""

from __future__ import annotations

from collections.abc import Sequence

from ..grammar.tagging import Tag, Token

#: Where a sentence, or a part of it, ends for good.
HARD = frozenset({";", "(", ")", "--", ".", "!", "?"})
_SPLITS = frozenset("but although though while whereas because after before when until since".split())
#: A verb that makes a clause of its own.
FINITE = frozenset({Tag.AUX, Tag.VERB})


def clause_start(said: Sequence[Token], at: int) -> int:
    """Return the first token of the clause that holds token `at`."""
    for i in range(at - 1, -1, -1):
        token = said[i]
        if token.form in HARD or token.form in {'"', "“", "”"} or _splits(said, i):
            return i + 1
        if token.low in _SPLITS and token.tag is Tag.CONJUNCTION:
            return i + 1
    return 0


def clause_end(said: Sequence[Token], at: int) -> int:
    """Return where the clause ends that goes on from token `at`."""
    for i in range(at + 1, len(said)):
        token = said[i]
        if (
            token.form in HARD
            or token.form in {'"', "“", "”"}
            or (token.low in _SPLITS and token.tag is Tag.CONJUNCTION)
        ):
            return i
        if _splits(said, i):
            return i
    return len(said)


def _splits(said: Sequence[Token], at: int) -> bool:
    """Tell whether a comma, an *and* or an *or* at `at` begins a clause with a subject of its own."""
    token = said[at]
    if token.form == ",":
        following = said[at + 1] if at + 1 < len(said) else None
        if following and following.low in {"who", "which", "whose", "where", "but", "although", "while"}:
            return True
        if following and following.tag is Tag.VERB and following.low.endswith("ing"):
            return False
    elif token.low not in {"and", "or"}:
        return False
    for i in range(at + 1, min(len(said), at + 9)):
        if said[i].tag in FINITE:
            bare = said[i].low.endswith("ing") and said[i].tag is Tag.VERB
            return i > at + 1 and not bare and said[i - 1].tag is not Tag.TO and said[i - 1].tag is not Tag.ADVERB
        if said[i].tag not in {Tag.DETERMINER, Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.NUMBER, Tag.PRONOUN}:
            return False
    return False


def content_end(said: Sequence[Token], at: int) -> int:
    """Return where it ends what a verb such as *expect* at `at` says: what it comes after is no part of it.

    "It expected to run few trains and advised people to wait": a past form goes on after the infinitive's clause.
    """
    infinitive = at + 1 < len(said) and said[at + 1].low == "to"
    for i in range(at + 1, len(said)):
        if said[i].low in {"after", "following", "despite"} and said[i].tag is Tag.PREPOSITION:
            return i
        after = said[i + 1] if i + 1 < len(said) else None
        past = after is not None and after.tag is Tag.VERB and after.low != after.lemma and after.low[-3:] != "ing"
        if infinitive and past and said[i].low in {"and", "but"}:
            return i
    return len(said)


def phrase_end(said: Sequence[Token], at: int) -> int:
    """Return where the noun phrase ends that goes on at token `at`, with the verb of a gerund after it."""
    while at < len(said) and said[at].tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.NUMBER}:
        at += 1
    return at + 1 if at < len(said) and said[at].tag is Tag.VERB and said[at].low.endswith("ing") else at


def hard_start(said: Sequence[Token], at: int) -> int:
    """Return the first token of the sentence, or of the part between stops or brackets, that holds token `at`."""
    return next((i + 1 for i in range(at - 1, -1, -1) if said[i].form in HARD), 0)


def hard_end(said: Sequence[Token], at: int) -> int:
    """Return where the sentence, or the part between stops or brackets, ends that goes on from token `at`."""
    return next((i for i in range(at, len(said)) if said[i].form in HARD), len(said))


def speech_end(said: Sequence[Token], at: int) -> int:
    """Return where reported speech ends: where the sentence does, or a contrast begins."""
    for i in range(at + 1, len(said)):
        contrast = said[i].low in {"but", "although", "while", "whereas"} and said[i - 1].form == ","
        if said[i].form in HARD or contrast:
            return i
    return len(said)
