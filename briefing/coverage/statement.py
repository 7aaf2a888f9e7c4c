"""Whether a text is a statement at all: words in an order that English has, and something said of something.

It is made for strings of words that nobody would write, and so it knows only what is never written: an article with no
noun after it, *of* before a verb, a word twice in a row. What journalists leave out in headlines is not held against a
text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..grammar import lexicon
from ..grammar.openwords import is_base
from ..grammar.predicates import read
from ..grammar.tagging import HAVE, NOT, Tag, Token
from ..remembered import remembered

#: They open a noun phrase, and nothing else.
_ARTICLES = frozenset("the a an its their his our my your every".split())
_FINITE = frozenset("is are was were has have had does do did would could should shall".split())
#: After an article they are no prepositions: "the then minister", "an over-the-counter drug", "the off season".
_ALSO_DESCRIBE = frozenset(
    """above below over under near inside outside in on off up down past round opposite then like out through after
    minus plus notwithstanding including following given per pro anti versus around about""".split()
)
#: Never end a statement: "the age of", "according to the".
_NEVER_LAST = _ARTICLES - {"his"} | frozenset(
    "of and or than because if unless whose although though according".split()
)
#: Before a finite verb they lack their noun.
_HUNGRY = frozenset("of at from into with during among between against upon per".split())
_NEVER_AFTER_OF = frozenset("of by at for into with from on during than and or".split())
_NEVER_AFTER_ADJECTIVE = _ARTICLES | frozenset("to of".split())
_ALONE = frozenset("they he she we".split())
_NEVER_AFTER_ALONE = frozenset("the a an of into from for by at to with their his her its my our your on or".split())
#: Short forms of verbs, cut off from their apostrophe.
_SHORT = frozenset("s ve re ll d m t".split())
#: May stand twice in a row.
_TWICE = frozenset("had that very no so far many much more bye ha really long knock there now well is in on".split())
#: Take the plain form of a verb.
_TAKES_BASE = frozenset("will would shall should could must can may might".split())
#: With them *did* may end a clause: "all he did was".
_ASKS = frozenset("what all than as so everything anything something thing things whatever only nothing that".split())
#: Verbs that tell only that something is said, and what may be said in one word.
_ONLY_SAYS = frozenset("said says".split())
_SAYABLE = frozenset(
    """so yes no nothing little much more goodbye hello sorry something that this it anything farewell prayer prayers
    word words thank thanks a-lot""".split()
)
#: Take *to* only before a verb.
_TAKES_INFINITIVE = frozenset(
    """failed fail fails declined declines refused refuses managed tried tries sought wants wanted hopes hoped intends
    intended plans planned decided decides threatened threatens""".split()
)
#: What a noun phrase is made of; so many words open a text; a word for a time may have a clause hung on to it.
_PHRASE = frozenset({Tag.DETERMINER, Tag.ADJECTIVE, Tag.NOUN, Tag.NAME, Tag.NUMBER})
_OPENS = 5
_TIMES = frozenset(
    """day days week month year time times moment minute hour night morning evening afternoon way reason place times
    first last next all half both such what quite not only one no more every each""".split()
)
#: Who or what, and what of it.
_LEAST = 2
#: A noun is now and then a verb from this share on.
_SOMETIMES, _OFTEN = 0.05, 0.3
#: Are plural without an s.
_SEVERAL = frozenset("staff crew data police people team board family media children women men public".split())
_ENDS = frozenset('.,;:!?)"”')


class Fault(NamedTuple):
    """Where a text is no English: characters `start` to `end`."""

    start: int
    end: int


@remembered(1 << 11)
def fault(text: str) -> Fault | None:
    """Return the first place where a text has words in an order that English does not have; None for none.

    >>> text = "The bakery has of the a mayor."
    >>> found = fault(text)
    >>> text[found.start:found.end]
    'of the a'
    >>> fault("The bakery belongs to the mayor.")
    """
    said = read(text).tokens
    at = next(_faults(said), None)
    return None if at is None else Fault(said[max(0, at - 1)].start, said[min(at + 1, len(said) - 1)].end)


def _faults(said: Sequence[Token]) -> Iterator[int]:
    for at, token in enumerate(said):
        after = said[at + 1] if at + 1 < len(said) else None
        misplaced = _wrong_form(said, at) or _two_phrases(said, at)
        if misplaced or (
            _plain(token) and (_lacks_noun(token, after, at, said) or _out_of_order(token, after, at, said))
        ):
            yield at
    words = [at for at, token in enumerate(said) if token.tag is not Tag.PUNCTUATION]
    if words and _plain(said[words[-1]]) and said[words[-1]].low in _NEVER_LAST and len(words) > 1:
        yield words[-1]


def _plain(token: Token) -> bool:
    """Tell whether a word is itself, and no name: "The A", "Plan A", "Vitamin A"."""
    return token.form.islower() or (token.form.istitle() and len(token.form) > 1) or token.form == "A"


def _lacks_noun(token: Token, after: Token | None, at: int, said: Sequence[Token]) -> bool:
    """Tell whether an article has no noun after it."""
    if token.low not in _ARTICLES or (token.form == "A" and at) or token.owns:
        return False
    if after is None or after.form in _ENDS - set('"”'):
        initial = token.low == "a" and after is not None and at + 2 < len(said) and said[at + 2].start == after.end
        return token.low != "his" and after is not None and after.form != ":" and not initial  # "10 a.m."
    if not after.form.islower():
        return False
    low = after.low
    if low in _ARTICLES or low in {"and", "or", "but"}:
        return True
    if low in _FINITE and low not in {"do"}:
        return token.low != "his"
    if after.tag is Tag.PREPOSITION and low not in _ALSO_DESCRIBE and low not in {"as", "to"}:
        return not _hyphen(said, at + 2) and token.low != "his"
    if low in _ALSO_DESCRIBE & {"in", "on", "up", "out", "off", "about", "after", "under"}:
        return not _hyphen(said, at + 2) and token.low != "his" and _opens_phrase(said, at + 2)
    if low in {"it", "they", "he", "she", "we", "which", "who", "because", "if"}:
        return True
    if token.low in {"a", "an"} and _many(after):
        return (
            at + 2 >= len(said) or said[at + 2].form in {".", ",", ";"} or said[at + 2].low in _FINITE | {"of", "and"}
        )
    return token.low != "his" and _described_nothing(said, at)


def _described_nothing(said: Sequence[Token], at: int) -> bool:
    """Tell whether an article has only words after it that describe, and then what no phrase goes on with."""
    here = at + 1
    while here < len(said) and said[here].tag in {Tag.ADJECTIVE, Tag.ADVERB} and said[here].form.islower():
        if lexicon.parts(said[here].low).get("n", 0) > 0 or lexicon.participle(said[here].low):
            return False
        here += 1
    superlative = said[at + 1].low.endswith("st")
    return here == at + 2 and here < len(said) and not superlative and said[here].low in _NEVER_AFTER_ADJECTIVE


def _opens_phrase(said: Sequence[Token], at: int) -> bool:
    if at >= len(said):
        return False
    token = said[at]
    return token.low in _ARTICLES or (token.tag is Tag.NAME and token.form.istitle())


def _hyphen(said: Sequence[Token], at: int) -> bool:
    return at < len(said) and said[at].form in {"-", '"', "“"}


def _many(token: Token) -> bool:
    """Tell whether a word is only ever the plural of a noun."""
    low, parts = token.low, lexicon.parts(token.low)
    return (
        low.endswith("s")
        and not low.endswith(("ss", "us", "is", "ics"))
        and parts.get("n", 0) > 0.5
        and lexicon.lemma(low, "n") + "s" == low
    )


def _out_of_order(token: Token, after: Token | None, at: int, said: Sequence[Token]) -> bool:
    if after is None:
        return False
    low, then = token.low, after.low
    if low == then and token.form == after.form and token.form.islower() and low.isalpha() and low not in _TWICE:
        return True
    if not after.form.islower():
        return low in {"they", "he", "she", "we"} and after.tag is Tag.NAME and token.form.islower()
    if low == "according":
        return then != "to" or (at + 2 < len(said) and said[at + 2].form in {".", ","})
    if low in _HUNGRY and not token.owns:
        return then in _FINITE - {"do", "does", "have"} or (
            low == "of" and then in _NEVER_AFTER_OF and not _in_phrase(said, at)
        )
    if low in _ALONE and token.tag is Tag.PRONOUN:
        noun = not at and after.tag is Tag.NOUN and then not in _SHORT and not lexicon.parts(then).get("v")
        return then in _NEVER_AFTER_ALONE or noun
    if low in {"and", "or", "but"} and at:
        return then in {"and", "or"} or after.form in {"."}
    if low == "than":
        return then == "of"
    if low == "to" and at and said[at - 1].low in _TAKES_INFINITIVE:
        return then in _ARTICLES
    return _two_verbs(token, after, at, said)


def _in_phrase(said: Sequence[Token], at: int) -> bool:
    """Tell whether *of* goes with a verb before or a bound after it: "of at least 41", "it spoke of on Monday"."""
    bounds = at + 2 < len(said) and (said[at + 1].low, said[at + 2].low) in {("at", "least"), ("at", "most")}
    return bounds or (at > 0 and said[at - 1].tag is Tag.VERB)


def _two_verbs(token: Token, after: Token, at: int, said: Sequence[Token]) -> bool:
    """Tell whether a verb with its auxiliary has a second one right after it: "has cancelled were taken"."""
    if token.tag is not Tag.VERB or not at or after.low not in {"is", "are", "was", "were", "has", "had"}:
        return False
    helped = said[at - 1].low in {"has", "have", "had", "will", "would", "was", "were"}
    opens = {t.low for t in said[:at]} & {"what", "who", "whom", "which", "that", "where", "whatever", "how", "all"}
    return helped and not opens


def _two_phrases(said: Sequence[Token], at: int) -> bool:
    """Tell whether a text opens with a noun that an article follows: "The company a harbour has cancelled"."""
    if said[at].low not in {"a", "an", "the"} or not said[at].form.islower() or not 0 < at <= _OPENS:
        return False
    if any(t.tag not in _PHRASE or t.low in _TIMES for t in said[:at]) or said[at - 1].tag not in {Tag.NOUN, Tag.NAME}:
        return False
    if lexicon.parts(said[at - 1].low).get("v"):
        return False  # "the finding deals a blow"
    heads = [i for i in range(at, len(said)) if _is_finite(said, i)]
    return said[at].low != "the" or len(heads) < _LEAST


def _wrong_form(said: Sequence[Token], at: int) -> bool:
    """Tell whether a verb has a form that what stands before it does not take: "did said", "the date been set"."""
    low, before = said[at].low, said[at - 1].low if at else ""
    if low == "been":
        apart = at and said[at - 1].low in {"ve", "t", "s", "d"}
        return not apart and not any(t.low in HAVE or t.low in {"'d", "'s"} for t in said[max(0, at - 6) : at])
    asked = at > 1 and before in {"did", "does", "do"} and not any(t.low in _ASKS for t in said[: at - 1])
    bare = before in _TAKES_BASE or asked or (before == "to" and at > 1 and said[at - 1].tag is Tag.TO)
    return bare and said[at].form.islower() and lexicon.is_past(low) and not is_base(low)


def is_stated(text: str) -> bool:
    """Tell whether a text has a finite verb that tells something: not only *said*, with nothing that is said.

    >>> is_stated("The mayor said."), is_stated("The mayor said no."), is_stated("The old mill.")
    (False, True, False)
    """
    said = read(text).tokens
    heads = [at for at in range(len(said)) if _is_finite(said, at)]
    if not heads or sum(t.tag is not Tag.PUNCTUATION for t in said) < _LEAST:
        return False
    tells = [at for at in heads if said[at].low not in _ONLY_SAYS]
    return bool(tells) or any(_tells_after(said, at) for at in heads)


def may_state(text: str) -> bool:
    """Tell whether a text has enough words for a statement, and one that may be its verb, as *signal* may.

    >>> may_state("The talks on a treaty signal a thaw."), may_state("A treaty between the two governments.")
    (True, False)
    """
    said = [t for t in read(text).tokens if t.tag is not Tag.PUNCTUATION]
    verbs = (t.tag in {Tag.VERB, Tag.AUX} or lexicon.parts(t.low).get("v", 0) > _SOMETIMES for t in said)
    return len(said) >= _LEAST and any(verbs)


def _tells_after(said: Sequence[Token], at: int) -> bool:
    """Tell whether something is said: a word that stands for it, or a thing of talk."""
    rest = [t for t in said[at + 1 :] if t.tag is not Tag.PUNCTUATION]
    return any(t.low in _SAYABLE or t.tag in {Tag.NUMBER, Tag.TO} for t in rest)


def _is_finite(said: Sequence[Token], at: int) -> bool:
    token = said[at]
    if token.tag is Tag.AUX:
        return token.low not in NOT
    if token.tag is not Tag.VERB:
        return _may_be_verb(said, at)
    if token.low.endswith("ing") or (at and (said[at - 1].tag is Tag.TO or said[at - 1].low in _ARTICLES)):
        return False
    return not (_ends(said, at) and token.low.endswith("s") and lexicon.parts(token.low).get("n", 0) > _OFTEN)


def _ends_text(said: Sequence[Token], at: int) -> bool:
    return all(t.tag is Tag.PUNCTUATION for t in said[at + 1 :])


def _ends(said: Sequence[Token], at: int) -> bool:
    """Tell whether a word ends a phrase after a noun, and so may be its last noun: "the maintenance records"."""
    after = said[at + 1] if at + 1 < len(said) else None
    return at > 0 and said[at - 1].tag is Tag.NOUN and (after is None or after.tag is Tag.PUNCTUATION)


def _may_be_verb(said: Sequence[Token], at: int) -> bool:
    """Tell whether a noun after a noun in the plural may be a verb after all: "guards plan to strike"."""
    if at == 0 or said[at].tag not in {Tag.NOUN, Tag.ADJECTIVE} or not said[at].form.islower():
        return False
    before = said[at - 1]
    many = before.tag is Tag.NOUN and (before.low.endswith("s") or before.low in _SEVERAL) and not before.owns
    return (many or (before.tag is Tag.NAME and not _ends_text(said, at))) and lexicon.parts(said[at].low).get(
        "v", 0
    ) > _SOMETIMES
