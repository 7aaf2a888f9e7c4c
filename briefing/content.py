"""What a sentence says, in the parts that are compared with another: words in order, figures, dates, names, stance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .remembered import remembered
from .values import Figure, dates, figures, names, without_values
from .words import FUNCTION_WORDS, forms, stem, terms, words

# Words that decide what is said of a topic, by what they say. Both sides must have the same of the first kind;
# what the sentence has of the second kind, the other must have too.
_POLARITY = {
    "not": "no not never nothing none nobody neither nor without denied denies deny failed fails fail refused refuses "
    "reject rejected rejects cannot can't won't didn't doesn't don't isn't wasn't weren't aren't hasn't haven't hadn't "
    "wouldn't couldn't shouldn't",
    "up": "rose rise rises rising risen increased increase increases increasing grew grow grows growth climbed climb "
    "gained gain gains jumped surged soared raised raise raises higher expanded add adds added",
    "down": "fell fall falls falling fallen decreased decrease decline declined declines dropped drop drops shrank "
    "lost slumped sank cut cuts reduced reduce reduces lower lowered contracted",
    "for": "support supported supports backed backs back approve approved approves accepted welcomed",
    "against": "oppose opposed opposes blocked block vetoed suspended suspend suspends halted halt cancelled canceled "
    "postponed delayed",
    "may": "may might could possibly perhaps likely unlikely reportedly allegedly alleged suspected apparently "
    "suggest suggests suggested claim claims claimed hint hints hinted fear fears feared",
    "if": "if unless provided except almost nearly barely attempted",
    "former": "former acting interim deputy assistant ex late",
    "wants": "want wants wanted demand demands demanded urge urges urged ask asks asked order ordered try tries tried "
    "threaten threatens threatened",
    "plan": "plan plans planned planning considering consider considers expected expects proposed proposes hope hopes "
    "seek seeks intends intend",
}
_COMMITMENT = {
    "talk": "discuss discussed discusses discussions talks negotiations negotiate negotiated negotiating explore",
    "begin": "begin begins began start starts started launch launched",
    "agree": "agree agreed agrees agreement deal",
    "sign": "sign signed signs signing",
    "ratify": "ratify ratified implemented implement enacted",
    "charge": "charged charges charge indicted",
    "convict": "convicted convict guilty sentenced jailed",
    "arrest": "arrested arrest arrests detained",
}
_POLARITY_OF = {word: kind for kind, group in _POLARITY.items() for word in group.split()}
_COMMITMENT_OF = {word: kind for kind, group in _COMMITMENT.items() for word in group.split()}
# Function words that carry what is said: a sentence that has another of them there says another thing.
_TELLING = frozenset(
    """for against with without before after until since than up down off over under all some both each every neither
    either only few one this if to from am""".split()
)
_HALF_OF_DAY = re.compile(r"\b([ap])\.m\.")
_COUNTS = {"one": "#1", "both": "#2"}
# "asked the operator for its records" embeds nothing; "asked residents to leave" does.
_EMBEDDING, _EMBEDS = frozenset({"wants"}), frozenset({"to", "that", "whether"})
#: What a direction or a negation governs: so many telling words after it.
_GOVERNED = 2


class Content(NamedTuple):
    """What a sentence says, in the parts that are compared.

    `sequence` is its telling words in order, as stems, figures as `#` and their value; `governed` what follows
    negations, and directions where it has both.
    """

    sequence: tuple[str, ...]
    terms: frozenset[str]
    figures: tuple[Figure, ...]
    dates: frozenset[tuple[str, int]]
    names: frozenset[str]
    polarity: frozenset[str]
    commitment: frozenset[str]
    governed: Mapping[str, frozenset[str]]


# A sentence is compared with many others.
@remembered(1 << 12)
def content(text: str) -> Content:
    """Return the comparable content of a sentence."""
    said = forms(text.replace("May", ""))  # the month, not the hedge
    stances = list(_stances(said))
    return Content(
        tuple(_sequence(text)),
        frozenset(terms(without_values(text))),
        tuple(figures(text)),
        frozenset(dates(text)),
        frozenset(name.lower() for name in names(text)),
        frozenset(kind for _, kind in stances),
        frozenset(_COMMITMENT_OF[form] for form in said if form in _COMMITMENT_OF),
        _governed(said, stances),
    )


def token(figure: Figure) -> str:
    """Return how a figure stands in a sequence: `#12` for twelve."""
    return f"#{figure.value.normalize()}"


def _stances(said: Sequence[str]) -> Iterator[tuple[int, str]]:
    for at, form in enumerate(said):
        kind = _POLARITY_OF.get(form)
        if kind and (kind not in _EMBEDDING or not _EMBEDS.isdisjoint(said[at + 1 : at + 5])):
            yield at, kind


def _governed(said: Sequence[str], stances: Sequence[tuple[int, str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    kinds = {kind for _, kind in stances}
    telling = {"not", "up", "down"} if {"up", "down"} <= kinds else {"not"}
    for at, kind in stances:
        if kind not in telling:
            continue
        following = [stem(form.removesuffix("'s")) for form in said[at + 1 :] if form not in FUNCTION_WORDS]
        found[kind].update(following[:_GOVERNED])
    return {kind: frozenset(stems) for kind, stems in found.items()}


def _sequence(text: str) -> Iterator[str]:
    """Yield the telling words of a sentence in order: stems, and figures as their values."""
    text = _HALF_OF_DAY.sub(r"\1m", text)
    values = {figure.start: figure for figure in figures(text)}
    end = 0
    for word in words(text):
        if word.start < end:
            continue
        # a currency sign stands before its first digit
        figure = values.get(word.start) or values.get(word.start - 1)
        if figure:
            end = figure.end
            yield token(figure)
            continue
        form = word.form.lower().replace("’", "'").removesuffix("'s")
        if form in _TELLING or form not in FUNCTION_WORDS:
            yield _COUNTS.get(form) or stem(form)
