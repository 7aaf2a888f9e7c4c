"""Whether sentences of different sources report the same thing, differ on it, or are copies of one another.

A joint marker `[1, 2]` says that both sources state the sentence. So agreement asks for all of it: its figures, dates
and names, its direction (rose, fell), its negations, its hedges, its degree of commitment, who did it to whom; and no
word of it may stand where the other has another word. A sentence that says nearly the same and fails one of these gives
another version of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .alignment import exchanged, substituted
from .content import Content, content, token
from .document import Sentence
from .text import fold
from .values import TITLES, Figure, names
from .words import FUNCTION_WORDS, forms, stem, words

#: Share of a sentence's weight (inverse document frequency) that another must hold to report it, to give another
#: version of it with other words, or to be about the same thing.
REPORTS, SAME_SLOT, SAME_TOPIC = 0.72, 0.6, 0.45
#: Share of four-word runs in common from which two sentences are one text: agency copy.
COPY = 0.6

_AT_LEAST = frozenset({"at least", "more than", "over"})
_AT_MOST = frozenset({"up to", "less than", "under", "fewer than"})


_TITLES = frozenset(map(stem, TITLES))


def reports(by: str, claim: str, weight: Mapping[str, float]) -> bool:
    """Tell whether the sentence `by` states all that `claim` states; `weight` is each stem's weight.

    >>> reports("Four people died when the ferry sank off Cebu.", "The ferry sank off Cebu.", {})
    True
    >>> reports("The ferry sank off Bohol.", "The ferry sank off Cebu.", {})
    False
    """
    if by == claim:
        return True
    a, b = content(claim), content(by)
    return (
        coverage(a.terms, b.terms, weight) >= REPORTS
        and a.polarity == b.polarity
        and a.commitment <= b.commitment
        and a.dates <= b.dates
        and a.names <= b.names | b.terms
        and all(any(_same(x, y) for y in b.figures) for x in a.figures)
        and not exchanged(claim, by)
        and not substituted(a.sequence, b.sequence)
    )


def differ(one: str, other: str, weight: Mapping[str, float]) -> bool:
    """Tell whether two sentences are about the same thing and give different versions of it.

    Another figure or date for it is enough. Where they say nearly the same, so is another name or other word in the
    same place, the opposite, another degree of certainty or commitment, or the parts exchanged.

    >>> differ("The mayor did resign on Monday.", "The mayor did not resign on Monday.", {})
    True
    """
    a, b = content(one), content(other)
    common = coverage(a.terms, b.terms, weight), coverage(b.terms, a.terms, weight)
    if max(common) < SAME_TOPIC:
        return False
    if _figures_differ(a, b) or _dates_differ(a, b):
        return True
    if max(common) >= REPORTS and _names_differ(one, other):
        return True
    stance = a.polarity != b.polarity or a.commitment != b.commitment
    # Figures that are compatible ("about 300", 312) are no substitution, nor is a title in place of a first name.
    agreed = {token(z) for x in a.figures for y in b.figures if _compatible(x, y) for z in (x, y)}
    if a.names != b.names:
        agreed |= _TITLES
    plain, other_plain = ([x for x in side.sequence if x not in agreed] for side in (a, b))
    return min(common) >= SAME_SLOT and (stance or exchanged(one, other) or substituted(plain, other_plain))


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
    said = [word.form.removesuffix("’s").removesuffix("'s") for word in words(text)]
    kept = [form for form in said if form.lower() not in FUNCTION_WORDS]
    found = []
    for at, word in enumerate(kept):
        if at:
            found.append((word, ("after", stem(kept[at - 1].lower()))))
        if at + 1 < len(kept):
            found.append((word, ("before", stem(kept[at + 1].lower()))))
    return found
