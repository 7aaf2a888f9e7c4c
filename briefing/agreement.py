"""Whether sentences of different sources report the same thing, differ on it, or are copies of one another.

A joint marker `[1, 2]` says that both sources state the sentence. So agreement asks for all of it: its figures,
dates and names, its direction (rose, fell), its negations, its hedges and its degree of commitment. A sentence that
is about the same thing and gives another figure, date or name disagrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from .document import Sentence
from .text import fold
from .values import Figure, dates, figures, names, without_values
from .words import FUNCTION_WORDS, forms, stem, terms, words

#: Share of a sentence's weight (inverse document frequency) that another must hold to report it, or to be about it.
REPORTS, SAME_TOPIC = 0.72, 0.45
#: Share of four-word runs in common from which two sentences are one text: agency copy.
COPY = 0.6

# Words that decide what is said of a topic, by what they say. Both sides must have the same of the first kind;
# what the sentence has of the second kind, the other must have too.
_POLARITY = {
    "not": "no not never nothing none nobody neither nor without denied denies deny failed fails fail refused refuses "
    "reject rejected rejects cannot can't won't didn't doesn't don't isn't wasn't weren't aren't hasn't haven't hadn't "
    "wouldn't couldn't shouldn't",
    "up": "rose rise rises rising risen increased increase increases increasing grew grow grows growth climbed climb "
    "gained gain gains jumped surged soared raised raise raises higher expanded",
    "down": "fell fall falls falling fallen decreased decrease decline declined declines dropped drop drops shrank "
    "lost slumped sank cut cuts reduced reduce reduces lower lowered contracted",
    "for": "support supported supports backed backs back approve approved approves accepted welcomed",
    "against": "oppose opposed opposes blocked block vetoed suspended suspend suspends halted halt cancelled canceled "
    "postponed delayed",
    "may": "may might could possibly perhaps likely unlikely reportedly allegedly alleged suspected apparently",
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
_AT_LEAST = frozenset({"at least", "more than", "over"})
_AT_MOST = frozenset({"up to", "less than", "under", "fewer than"})


class Content(NamedTuple):
    """What a sentence says, in the parts that are compared."""

    terms: frozenset[str]
    figures: tuple[Figure, ...]
    dates: frozenset[tuple[str, int]]
    names: frozenset[str]
    polarity: frozenset[str]
    commitment: frozenset[str]


@lru_cache(maxsize=1 << 12)
def content(text: str) -> Content:
    """Return the comparable content of a sentence."""
    said = set(forms(text.replace("May", "")))  # the month, not the hedge
    return Content(
        frozenset(terms(without_values(text))),
        tuple(figures(text)),
        frozenset(dates(text)),
        frozenset(name.lower() for name in names(text)),
        frozenset(_POLARITY_OF[form] for form in said if form in _POLARITY_OF),
        frozenset(_COMMITMENT_OF[form] for form in said if form in _COMMITMENT_OF),
    )


def reports(by: str, claim: str, weight: Mapping[str, float]) -> bool:
    """Tell whether the sentence `by` states all that `claim` states; `weight` is each stem's weight.

    >>> reports("Four people died when the ferry sank off Cebu.", "The ferry sank off Cebu.", {})
    True
    """
    a, b = content(claim), content(by)
    return (
        coverage(a.terms, b.terms, weight) >= REPORTS
        and a.polarity == b.polarity
        and a.commitment <= b.commitment
        and a.dates <= b.dates
        and a.names <= b.names | b.terms
        and all(any(_same(x, y) for y in b.figures) for x in a.figures)
    )


def differ(one: str, other: str, weight: Mapping[str, float]) -> bool:
    """Tell whether two sentences are about the same thing and give another figure, date or name for it."""
    a, b = content(one), content(other)
    common = max(coverage(a.terms, b.terms, weight), coverage(b.terms, a.terms, weight))
    if common < SAME_TOPIC:
        return False
    return _figures_differ(a, b) or _dates_differ(a, b) or (common >= REPORTS and _names_differ(one, other))


def coverage(wanted: Iterable[str], held: frozenset[str], weight: Mapping[str, float]) -> float:
    """Return the weighted share, 0 to 1, of the stems `wanted` that are among `held`; a stem not listed weighs 1."""
    total = found = 0.0
    for term in wanted:
        w = weight.get(term, 1.0)
        total += w
        found += w if term in held else 0.0
    return found / total if total else 0.0


def copies(one: str, other: str) -> bool:
    """Tell whether two sentences are one text, near enough word for word.

    >>> copies("The ferry sank off Cebu on Monday.", "The ferry sank off Cebu on Monday, officials said.")
    True
    """
    a, b = _runs(one), _runs(other)
    return len(a & b) >= COPY * min(len(a), len(b)) and bool(a & b)


def independent(evidence: Sequence[Sentence]) -> int:
    """Return how many sources report in words of their own: sources whose sentences are copies count once."""
    if len(evidence) == 1:
        return 1
    groups: list[list[Sentence]] = []
    for number in sorted({sentence.source for sentence in evidence}):
        own = [sentence for sentence in evidence if sentence.source == number]
        for group in groups:
            if any(copies(a.text, b.text) for a in own for b in group):
                group.extend(own)
                break
        else:
            groups.append(own)
    return len(groups)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    said = forms(fold(text))
    size = min(4, len(said))
    return frozenset(said[i : i + size] for i in range(len(said) - size + 1)) if size else frozenset()


def _same(a: Figure, b: Figure) -> bool:
    return a.value == b.value and a.loose == b.loose and (bool(a.unit & b.unit) or not a.unit or not b.unit)


def _figures_differ(a: Content, b: Content) -> bool:
    for x in a.figures:
        rivals = [y for y in b.figures if x.unit & y.unit]
        same_unit = [y for y in a.figures if x.unit & y.unit]
        if rivals and not any(_compatible(x, y) for y in rivals) and len(rivals) == len(same_unit):
            return True
    return False


def _compatible(x: Figure, y: Figure) -> bool:
    for one, other in ((x, y), (y, x)):
        if one.loose in _AT_LEAST:
            held = other.value >= one.value
        elif one.loose in _AT_MOST:
            held = other.value <= one.value
        else:
            held = bool(one.loose) and abs(one.value - other.value) * 10 <= one.value  # "about": within a tenth
        if held:
            return True
    return x.value == y.value


def _dates_differ(a: Content, b: Content) -> bool:
    for part in ("weekday", "day", "month", "year"):
        mine, theirs = ({n for p, n in side.dates if p == part} for side in (a, b))
        if mine and theirs and not mine & theirs:
            return True
    return False


def _names_differ(one: str, other: str) -> bool:
    """Tell whether another name stands in the same place: next to the same content word."""
    mine, theirs = names(one), names(other)
    places = {place for name, place in _places(one) if name in mine - theirs}
    return any(place in places for name, place in _places(other) if name in theirs - mine)


def _places(text: str) -> list[tuple[str, tuple[str, str]]]:
    tokens = [word.form.removesuffix("’s").removesuffix("'s") for word in words(text)]
    kept = [token for token in tokens if token.lower() not in FUNCTION_WORDS]
    found = []
    for number, token in enumerate(kept):
        if number:
            found.append((token, ("after", stem(kept[number - 1].lower()))))
        if number + 1 < len(kept):
            found.append((token, ("before", stem(kept[number + 1].lower()))))
    return found
