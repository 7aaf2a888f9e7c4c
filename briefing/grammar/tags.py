"""Parts of speech, and the closed classes of English words: lists, in lower case."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from .. import speech_words as lists


class Tag(StrEnum):
    """A part of speech."""

    NOUN = "noun"
    NAME = "name"
    VERB = "verb"
    AUX = "auxiliary"
    ADJECTIVE = "adjective"
    ADVERB = "adverb"
    PREPOSITION = "preposition"
    DETERMINER = "determiner"
    PRONOUN = "pronoun"
    CONJUNCTION = "conjunction"
    RELATIVE = "relative"
    NUMBER = "number"
    TO = "to"  # before an infinitive
    NOT = "not"
    PUNCTUATION = "punctuation"


class Token(NamedTuple):
    """A word or a mark: `text[start:end] == form`; `low` in lower case without a possessive 's, which `owns` tells."""

    form: str
    start: int
    end: int
    low: str
    tag: Tag
    lemma: str
    owns: bool = False


BE = frozenset("is are was were be been being am 's 're 'm".split())
HAVE = frozenset("has have had having 've".split())
DO = frozenset("do does did".split())
MODALS = frozenset("will would shall should can could may might must ought 'll 'd".split())
NOT = frozenset("not n't never".split())
NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion
    dozen half""".split()
)
#: Stand for a noun of their own too: "many fled".
ALONE = frozenset("this that these those some many few several most all both each".split())
#: Before a number these are no prepositions: "for about $3 million".
LOOSE = frozenset("about around over under nearly almost some roughly approximately".split())
PREPOSITIONS = lists.PREPOSITIONS | frozenset("of as than between among like plus versus including according".split())
DETERMINERS = lists.DETERMINERS | frozenset(
    "all both many few several most more each such what which whose enough".split()
)
PRONOUNS = (
    lists.SUBJECT_PRONOUNS
    | lists.OBJECT_PRONOUNS
    | frozenset(
        "this that these those who one someone anyone everyone nobody none nothing something everything mine".split()
    )
)
CONJUNCTIONS = frozenset("and or but nor so yet because although though if unless whether while whereas".split())
RELATIVES = frozenset("who whom which that where when why how what whose".split())
BOUNDS = frozenset(
    {("at", "least"), ("at", "most"), ("up", "to"), ("more", "than"), ("less", "than"), ("fewer", "than")}
)
#: Adverbs that are verbs after "to", "do" or "will".
ALSO_VERBS = frozenset("back further".split())
#: A word or mark as it is cut off: its form, where it starts, and what it is.
Raw = tuple[str, int, str]
