"""The part of speech of a word of an open class, from what the lexicon knows of it and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import speech_words as lists
from . import lexicon
from .tags import (
    ALONE,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    MODALS,
    NUMBER_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Raw,
    Tag,
    Token,
)

#: Shares of the uses of a form that make a reading likely.
_OFTEN, _MOSTLY = 0.15, 0.5


def open_class(
    low: str,
    last: Token | None,
    before: Sequence[Token],
    raw: Sequence[Raw],
    at: int,
) -> Tag:
    """Return the part of speech of an open word from what the lexicon knows and what stands beside it."""
    parts = lexicon.parts(low)
    if not parts:
        return _by_ending(low, last)
    verb, noun, adjective = parts.get("v", 0.0), parts.get("n", 0.0), parts.get("a", 0.0)
    nominal = Tag.ADJECTIVE if adjective > noun else Tag.NOUN
    if verb == 0:
        return _no_verb(parts, nominal, last, raw, at)
    previous = last.tag if last else None
    participle, progressive = lexicon.participle(low), low.endswith("ing")
    after = raw[at + 1] if at + 1 < len(raw) else ("", 0, "")
    if progressive and last is not None and last.low in BE and adjective > 0.2 and not _opens_object(after):
        return Tag.ADJECTIVE  # "was convincing"
    if previous in {Tag.TO, Tag.AUX} or (last and last.low in BE and (participle or progressive)):
        return Tag.VERB
    if _describes(low, last, after):
        return Tag.ADJECTIVE
    if previous in {Tag.DETERMINER, Tag.ADJECTIVE, Tag.NUMBER} or (last and last.owns):
        return _in_phrase(low, last, after)
    if previous is Tag.PREPOSITION:
        if progressive:
            return Tag.VERB if verb > 0.3 else nominal
        return Tag.ADJECTIVE if participle and verb > noun else nominal if noun + adjective > 0 else Tag.VERB
    if noun > 0.1 and previous is Tag.NOUN and lexicon.lemma(low, "v") == low and _has_verb(before):
        return nominal  # "cut its growth forecast"
    if noun > 0 and not lexicon.is_past(low) and not progressive and _stands_as_noun(low, previous, last, after):
        return nominal
    if verb >= _MOSTLY or (participle and noun < _MOSTLY):
        return Tag.VERB
    return _either(low, last, before, after, nominal)


def _either(low: str, last: Token | None, before: Sequence[Token], after: Raw, nominal: Tag) -> Tag:
    """Return whether a word that is seldom a verb is one here: a finite verb after a noun, with an object."""
    shares, previous = lexicon.parts(low), last.tag if last else None
    verb, noun = shares.get("v", 0.0), shares.get("n", 0.0)
    fresh = not _has_verb(before)
    if verb > 0.1 and fresh and previous in {Tag.NOUN, Tag.NAME, Tag.PRONOUN, Tag.ADVERB, Tag.RELATIVE}:
        plural_noun = low.endswith("s") and noun > 0.8 and not _opens_object(after)
        base_after_singular = lexicon.lemma(low, "v") == low and last is not None and not plural(last)
        return nominal if plural_noun or base_after_singular or not _opens_object(after) else Tag.VERB
    return nominal


def _describes(low: str, last: Token | None, after: Raw) -> bool:
    """Tell whether a participle describes the noun after it: "lowering *borrowing* costs", "the owner, *retired* …"."""
    noun_follows = noun_share(after[0].lower())
    if last is None or not noun_follows:
        return False
    if low.endswith("ing") and last.tag is Tag.VERB and last.low.endswith("ing"):
        return True
    described = last.form == "," and lexicon.participle(low) and lexicon.parts(low).get("a", 0) > _OFTEN
    return described and noun_follows > _MOSTLY and not _opens_object(after)


def _no_verb(parts: Mapping[str, float], nominal: Tag, last: Token | None, raw: Sequence[Raw], at: int) -> Tag:
    """Return the part of speech of a word that is never a verb."""
    noun, adjective = parts.get("n", 0.0), parts.get("a", 0.0)
    noun_follows = at + 1 < len(raw) and raw[at + 1][2] == "word" and noun_share(raw[at + 1][0].lower()) > 0.2
    if noun > 0 and last is not None and last.tag is Tag.DETERMINER and not noun_follows:
        return Tag.NOUN  # "the final"
    return Tag.ADVERB if parts.get("r", 0.0) > noun + adjective else nominal


def _in_phrase(low: str, last: Token | None, after: Raw) -> Tag:
    """Return the part of speech of a word after an article, adjective, number or possessive, where a noun is due."""
    parts = lexicon.parts(low)
    noun, adjective = parts.get("n", 0.0), parts.get("a", 0.0)
    described = (lexicon.participle(low) and low.endswith(("ed", "en", "wn"))) or low.endswith("ing")
    noun_follows = after[2] == "word" and noun_share(after[0].lower()) > (0.05 if described else 0.5)
    noun_follows = noun_follows and not (described and finite(after[0].lower()))
    stands_alone = last is not None and (last.tag is Tag.NUMBER or last.low in ALONE)
    if stands_alone and lexicon.is_past(low) and parts.get("v", 0) > 0.85 and not (described and noun_follows):
        return Tag.VERB  # "12 died", "many fled"
    return Tag.ADJECTIVE if noun_follows and (described or adjective > noun) else Tag.NOUN


def _stands_as_noun(low: str, previous: Tag | None, last: Token | None, after: Raw) -> bool:
    """Tell whether a word that is noun and verb is a noun here: an object, or the subject of the verb after it."""
    if previous is Tag.VERB and last is not None and last.low not in BE and noun_share(low) > 0.05:
        return True
    if last is not None and previous is Tag.NOUN and lexicon.lemma(low, "v") == low and not plural(last):
        return True
    if previous is Tag.NOUN and low.endswith("s") and after[0].lower() in BE | HAVE | MODALS and noun_share(low) > 0.1:
        return True  # "the emergency slides were"
    starts = previous in {None, Tag.PUNCTUATION, Tag.CONJUNCTION, Tag.RELATIVE}
    return starts and low.endswith("s") and (finite(after[0].lower()) or previous is None)


def _by_ending(low: str, last: Token | None) -> Tag:
    nominal = last is not None and (last.tag in {Tag.DETERMINER, Tag.PREPOSITION, Tag.ADJECTIVE} or last.owns)
    if low.endswith("ed") and not nominal:
        return Tag.VERB
    return Tag.NOUN


def _opens_object(after: Raw) -> bool:
    form, _, kind = after
    low = form.lower()
    closed = low in DETERMINERS | PREPOSITIONS | PRONOUNS | RELATIVES | NUMBER_WORDS | {"to"}
    return kind == "number" or closed or form[:1].isupper() or lists.is_adverb(low)


def finite(low: str) -> bool:
    """Tell whether a word is a finite verb for sure: an auxiliary, or a past tense that is no noun."""
    return low in BE | HAVE | DO | MODALS or (lexicon.is_past(low) and noun_share(low) < 0.5)


def changed(low: str) -> bool:
    """Tell whether a form is a past tense or in -ing: not the base that a name could be."""
    return lexicon.is_past(low) or lexicon.participle(low) or low.endswith("ing")


def is_base(low: str) -> bool:
    """Tell whether a form can be the base of a verb."""
    return lexicon.parts(low).get("v", 0) > 0.05 and lexicon.lemma(low, "v") == low


def noun_share(word: str) -> float:
    """Return in what share of its uses a form is a noun."""
    return lexicon.parts(word).get("n", 0.0)


def plural(token: Token) -> bool:
    """Tell whether a word takes a plural verb, as far as its form tells."""
    counted = token.low.endswith("s") and not token.low.endswith("ss")
    return counted or token.low in {"they", "we", "you", "i", "people", "police", "who", "that"}


def last_telling(before: Sequence[Token]) -> Token | None:
    """Return the last word that is no adverb and no negation."""
    for token in reversed(before):
        if token.tag not in {Tag.ADVERB, Tag.NOT} or token.owns:
            return token
    return None


def _has_verb(before: Sequence[Token]) -> bool:
    return any(t.tag is Tag.VERB for t in _clause(before))


def _clause(before: Sequence[Token]) -> list[Token]:
    """Return the tokens since the clause began."""
    found: list[Token] = []
    for token in reversed(before):
        if token.tag in {Tag.CONJUNCTION, Tag.RELATIVE} or token.form in {",", ";", ":", '"', "(", ")"}:
            break
        found.append(token)
    return found
