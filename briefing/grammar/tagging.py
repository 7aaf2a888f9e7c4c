"""The words of an English sentence with their parts of speech, as far as their forms and neighbours tell.

Closed classes are listed; open words get the part of speech that the lexicon knows for the form, chosen by what stands
before and after: "the plan" is a noun, "they plan to" a verb. This is a reader for checks, which compare two
sentences read the same way, and not a treebank tagger: a misread word is misread on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from .. import speech_words as lists
from ..remembered import remembered
from ..text import fold
from . import given_names, lexicon, places
from .openwords import changed, finite, is_base, last_telling, noun_share, open_class, plural
from .tags import (
    ALSO_VERBS,
    BE,
    BOUNDS,
    CONJUNCTIONS,
    DETERMINERS,
    DO,
    HAVE,
    LOOSE,
    MODALS,
    NOT,
    NUMBER_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Raw,
    Tag,
    Token,
)

__all__ = ["BE", "DETERMINERS", "DO", "HAVE", "MODALS", "NOT", "PREPOSITIONS", "Tag", "Token", "tokens"]

_TOKEN = re.compile(
    r"(?P<number>[$€£¥]?[0-9]{1,30}(?:[.,:][0-9]{1,12}){0,6}(?:st|nd|rd|th|s)?%?)"
    r"|(?P<word>[^\W\d_][^\W_]*(?:'[^\W\d_]+)*'?|[^\W_]+)"
    r"|(?P<mark>--|\.\.\.|[-,;:()\"“”.!?\[\]])"
)
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall"}
#: In a headline this share of the longer words have a capital, and all of them where they are no more than a few.
_TITLE_CASE, _FEW = 0.8, 9


#: What is read of one sentence: no news sentence is longer, and the work on it stays bounded.
MOST_TOKENS, MOST_CHARACTERS = 300, 6_000


@remembered(1 << 12)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words and marks of a sentence in order, with their parts of speech.

    >>> [(t.form, t.tag.value) for t in tokens("The mayor plans to resign.")][:4]
    [('The', 'determiner'), ('mayor', 'noun'), ('plans', 'verb'), ('to', 'to')]
    """
    raw = _split(fold(text[:MOST_CHARACTERS]))[:MOST_TOKENS]
    words = [form for form, _, kind in raw if kind == "word"]
    capital = sum(form[0].isupper() for form in words if len(form) > 3)
    long = sum(len(form) > 3 for form in words)
    headline = len(words) > 3 and capital > (_TITLE_CASE * long if long > _FEW else long - 1)
    found: list[Token] = []
    for at, (form, start, kind) in enumerate(raw):
        low, owns = form.lower(), False
        if kind == "word":
            low, owns = _possessive(low)
        tag = _tag(raw, at, low, found, headline=headline) if kind == "word" else _plain(kind)
        found.append(Token(text[start : start + len(form)], start, start + len(form), low, tag, _lemma(low, tag), owns))
    return tuple(_with_verb(found))


def _with_verb(found: list[Token]) -> list[Token]:
    """Return the tokens with a verb among them: the likeliest noun, where none was read as one."""
    if any(t.tag in {Tag.VERB, Tag.AUX} for t in found):
        return found
    for at in range(1, len(found) - 1):
        token, last = found[at], found[at - 1]
        if token.tag is Tag.NOUN and last.tag in {Tag.NOUN, Tag.NAME} and not token.owns and not last.owns:
            finite = token.low.endswith("s") != plural(last) or lexicon.is_past(token.low)
            if finite and lexicon.parts(token.low).get("v", 0) > 0.2:
                found[at] = token._replace(tag=Tag.VERB, lemma=_lemma(token.low, Tag.VERB))
                break
    return found


def _plain(kind: str) -> Tag:
    return Tag.NUMBER if kind == "number" else Tag.PUNCTUATION


def _split(text: str) -> list[Raw]:
    """Return forms with their offsets and kinds, contractions apart: `didn't` is `did` and `n't`."""
    found: list[Raw] = []
    for match in _TOKEN.finditer(text):
        form, start, kind = match[0], match.start(), match.lastgroup or ""
        low = form.lower()
        cut = 0
        if low.endswith("n't"):
            cut = len(form) - 3
        elif low == "cannot":
            cut = 3
        elif low.endswith(("'ve", "'ll", "'re")):
            cut = len(form) - 3
        elif low.endswith(("'d", "'m")) or (low.endswith("'s") and low[:-2] in PRONOUNS | {"there", "let"}):
            cut = len(form) - 2
        if cut:
            found += [(form[:cut], start, kind), (form[cut:], start + cut, kind)]
        else:
            found.append((form, start, kind))
    return found


def _possessive(low: str) -> tuple[str, bool]:
    if low.endswith("'s") and len(low) > 2:
        return low[:-2], True
    if low.endswith("s'"):
        return low[:-1], True
    return low.rstrip("'") if len(low) > 1 and low[0] != "'" else low, False


def _tag(raw: Sequence[Raw], at: int, low: str, before: Sequence[Token], *, headline: bool) -> Tag:
    form, start, _ = raw[at]
    opens = not before or before[-1].form in {".", "!", "?", '"', "“", ":"}
    following = raw[at + 1] if at + 1 < len(raw) else ("", 0, "")
    capital = form[0].isupper()
    if capital and not opens and not headline and low not in {"i"}:
        return Tag.NAME
    last = last_telling(before)
    if low != form.lower() and (capital or low not in PRONOUNS):
        return Tag.NAME if capital and not lexicon.parts(low).get("n") else Tag.NOUN  # "Farrow's wife"
    if (closed := _closed(low, last, following[0], raw, at)) and not (
        capital and low in {"may", "will"} and following[2] == "number"
    ):
        return closed
    shares = lexicon.parts(low)
    next_capital = following[0][:1].isupper()
    joined = following[1] == start + len(form) + 1 if following[0] else False
    if capital and (not shares or (next_capital and not headline and joined)):
        return Tag.NAME
    if capital and (low in given_names.NAMES or places.known(low)):
        return Tag.NAME
    if (
        capital
        and max(shares.get("v", 0), shares.get("a", 0)) > 0.95
        and finite(following[0].lower())
        and not changed(low)
    ):
        return Tag.NAME  # "Farrow gave evidence"
    tag = open_class(low, last, before, raw, at)
    compound = len(before) > 1 and before[-1].form == "-" and before[-2].end == before[-1].start == start - 1
    opens_compound = following[2] == "mark" and following[0] == "-" and following[1] == start + len(form)
    if tag is Tag.VERB and opens_compound and last and last.tag is not Tag.TO and lexicon.participle(low):
        return Tag.ADJECTIVE  # "the frozen-meal producer"
    if tag is Tag.VERB and compound and (lexicon.participle(low) or low.endswith("ing")) and not finite(following[0]):
        return Tag.ADJECTIVE  # "the Cleveland-based company"
    return tag


def _closed(low: str, last: Token | None, after: str, raw: Sequence[Raw], at: int) -> Tag | None:
    """Return the part of speech of a word of a closed class, or None."""
    if low in NOT:
        return Tag.NOT
    if low == "own" and last is not None and (last.tag is Tag.DETERMINER or last.owns):
        return Tag.ADJECTIVE
    if _bounds(low, raw, at):
        return Tag.ADVERB
    if low in BE | HAVE | DO | MODALS:
        return _auxiliary(low, raw, at)
    if low == "to":
        return Tag.TO if _infinitive(raw, at) else Tag.PREPOSITION
    if low in NUMBER_WORDS:
        return Tag.NUMBER
    if low in CONJUNCTIONS:
        helped = low == "yet" and (last is not None and (last.tag is Tag.AUX or last.low in NOT | BE | HAVE))
        return Tag.ADVERB if helped else Tag.CONJUNCTION
    if low == "that":
        return Tag.DETERMINER if _points(last, after.lower()) else Tag.RELATIVE
    if low in RELATIVES:
        return Tag.RELATIVE
    if low in DETERMINERS:
        return Tag.DETERMINER
    if low in LOOSE and after and (after[0].isdigit() or after[0] in "$€£¥" or after.lower() in NUMBER_WORDS):
        return Tag.ADVERB
    if low in {"per", "cent"} and last and last.tag is Tag.NUMBER:
        return Tag.NUMBER
    if low in PREPOSITIONS:
        return Tag.PREPOSITION
    if low in PRONOUNS:
        return Tag.PRONOUN
    if last is not None and last.tag in {Tag.TO, Tag.AUX} and is_base(low):
        if lists.is_adverb(low) and lexicon.parts(after.lower()).get("v", 0) >= 0.5:
            return Tag.ADVERB
        return Tag.VERB  # "voted to back lower rates"
    return Tag.ADVERB if lists.is_adverb(low) else None


def _points(last: Token | None, after: str) -> bool:
    """Tell whether "that" points at the noun after it, and opens no clause."""
    noun_after = noun_share(after) > 0.6 and after not in DETERMINERS
    return noun_after and not (last and last.tag in {Tag.VERB, Tag.NOUN})


def _bounds(low: str, raw: Sequence[Raw], at: int) -> bool:
    """Tell whether a word is part of what bounds a number: "at least 12", "up to a third", "more than 40"."""
    before = raw[at - 1][0].lower() if at else ""
    after, number = (raw[at + 1][0].lower(), raw[at + 2]) if at + 2 < len(raw) else ("", ("", 0, ""))
    if (low, after) in BOUNDS:
        return _counts(number)
    return (before, low) in BOUNDS and at + 1 < len(raw) and _counts(raw[at + 1])


def _counts(word: Raw) -> bool:
    form, _, kind = word
    return kind == "number" or form[:1] in "$€£¥" or form.lower() in NUMBER_WORDS


def _auxiliary(low: str, raw: Sequence[Raw], at: int) -> Tag:
    """Return whether a form of be, have or do, or a modal, helps another verb or is the verb itself."""
    if low in MODALS:
        return Tag.AUX
    for form, _, kind in raw[at + 1 : at + 6]:
        word = form.lower()
        backs = low in DO and word in ALSO_VERBS
        if kind == "word" and (word in NOT | BE | HAVE | {"yet"} or (lists.is_adverb(word) and not backs)):
            continue
        if kind != "word":
            break
        shares = lexicon.parts(word)
        if low in DO:
            return Tag.AUX if backs or (shares.get("v", 0) > 0.2 and lexicon.lemma(word, "v") == word) else Tag.VERB
        participle = lexicon.participle(word)
        if low in HAVE:
            return Tag.AUX if participle and shares.get("v", 0) > 0.1 else Tag.VERB
        progressive = word.endswith("ing") and shares.get("v", 0) > 0.2
        return Tag.AUX if progressive or (participle and shares.get("v", 0) > 0.2) else Tag.VERB
    return Tag.VERB if low in BE | HAVE | DO else Tag.AUX


def _infinitive(raw: Sequence[Raw], at: int) -> bool:
    for form, _, kind in raw[at + 1 : at + 4]:
        word = form.lower()
        if kind != "word":
            return False
        adverb = lists.is_adverb(word)
        if word in {"be", "have", "do"}:
            return True
        if not adverb and word not in NOT:
            return not form[0].isupper() and is_base(word) and lexicon.parts(word)["v"] >= 0.2
        follows = raw[at + 2][0].lower() if at + 2 < len(raw) else ""
        if adverb and is_base(word) and lexicon.parts(follows).get("v", 0) < 0.5:
            return True  # "to back lower rates"
    return False


@lru_cache(maxsize=1 << 14)
def _lemma(low: str, tag: Tag) -> str:
    if tag in {Tag.VERB, Tag.AUX}:
        return _NEGATED.get(low) or lexicon.lemma(low, "v")
    if tag is Tag.NOUN:
        return lexicon.lemma(low, "n")
    return low
