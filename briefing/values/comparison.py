"""Whether a quantity of a claim holds by one of its evidence, and whether it follows from several of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from itertools import combinations, permutations

from .units import MONEY, UNITS, Quantity, same_calendar

_MORE, _LESS = frozenset({"over", "least"}), frozenset({"under", "most", "nearly"})
#: What a share in words ("a third") may be off, in percentage points.
_WORDED = Decimal("3")
#: How many minutes a full or half hour may be off.
_ABOUT_THE_HOUR, _ABOUT_THE_HALF = 20, 8
_TENTH = Decimal("0.1")


class Fit(Enum):
    """How a quantity of a claim stands to one of its evidence."""

    SAME = "same"
    ROUNDED = "rounded"  # to the digits that the claim is written to, without saying so
    BOUND = "bound"  # the value is the same and its bound is contrary
    NONE = "none"


def comparable(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities measure the same kind of thing, so that one can contradict the other."""
    if one.measure == other.measure:
        return one.measure != "label" or bool(one.noun & other.noun)
    if {one.measure, other.measure} == {"times", "count"}:
        return "time" in one.noun | other.noun
    if {one.measure, other.measure} == {"points", "count"}:
        return "point" in one.noun | other.noun
    return one.age and other.age  # "Weber, 34," and "34-year-old"


def written(quantity: Quantity) -> Decimal:
    """Return the number as it is written, in its own unit and scale: 1.2 for `$1.2 billion`."""
    unit = UNITS.get(quantity.word)
    return quantity.low / (unit.factor if unit and unit.factor else 1) / quantity.scale


def fit(claim: Quantity, evidence: Quantity) -> Fit:
    """Return whether the claim's quantity holds by that of the evidence; bounds left out are no matter here.

    >>> from briefing.values.quantities import quantities
    >>> read = lambda text: quantities(text)[0]
    >>> fit(read("more than 300 homes"), read("312 homes")), fit(read("over 400 homes"), read("about 400 homes"))
    (<Fit.SAME: 'same'>, <Fit.BOUND: 'bound'>)
    """
    if claim.measure == "score":
        return Fit.SAME if _same_score(claim, evidence) else Fit.NONE
    if claim.measure == "clock":
        return Fit.SAME if _same_clock(claim, evidence) else Fit.NONE
    claim_low, claim_high, low, high = claim.low, claim.high, evidence.low, evidence.high
    if claim.measure != evidence.measure and claim.age and "count" in (claim.measure, evidence.measure):
        year = UNITS["year"].factor
        if claim.measure == "time":
            low, high = low * year, high * year
        else:
            claim_low, claim_high = claim_low * year, claim_high * year
    if claim_low != low and claim_low == claim_high and low == high and _within(claim, evidence, claim_low, low):
        return Fit.SAME
    if _equal(claim, evidence, claim_low, low) and _equal(claim, evidence, claim_high, high):
        return Fit.BOUND if _contrary(claim.bound, evidence.bound) else Fit.SAME
    if claim_low != claim_high or low != high:
        return Fit.SAME if _ranges_agree(claim, evidence) else Fit.NONE
    if _within(claim, evidence, claim_low, low):
        return Fit.SAME
    off = abs(claim_low - low)
    decimals = evidence.step < claim.step and off < claim.step and claim.step == 1 * claim.scale
    rounded = off <= claim.step / 2 and claim.step > evidence.step and off * (8 if decimals else 20) <= abs(low)
    return Fit.ROUNDED if rounded and claim.bound not in _MORE | _LESS else Fit.NONE


def _equal(claim: Quantity, evidence: Quantity, a: Decimal, b: Decimal) -> bool:
    if abs(a - b) <= abs(b) * Decimal("1e-6"):
        return True
    off = abs(a - b)
    if "share" in (claim.word, evidence.word):
        return off <= _WORDED and (off <= Decimal("0.5") or bool(claim.bound) or claim.word == "share")
    if (
        claim.word != evidence.word
        and claim.measure == evidence.measure
        and claim.measure not in MONEY | {"count", "points", "degree"}
    ):
        if claim.measure == "time":
            return off <= abs(b) * _TENTH and not same_calendar(claim.word, evidence.word)
        return off <= abs(b) * Decimal("0.03")
    return False


def _contrary(claim: str, evidence: str) -> bool:
    if (claim in _MORE and evidence in _LESS) or (claim in _LESS and evidence in _MORE):
        return True
    if claim in {"over", "under"} and evidence in {"", "about"}:
        return True
    if claim == "nearly" and not evidence:
        return True
    return claim in {"least", "most"} and evidence == "about"


def _within(claim: Quantity, evidence: Quantity, value: Decimal, held: Decimal) -> bool:
    """Tell whether the claim's bound takes in the value that the evidence gives."""
    bound = evidence.bound
    # "over 780,000" is no way to round "over 870,000"
    rougher = claim.step > evidence.step or abs(value - held) * 10 <= held or not bound
    if claim.bound == "about":
        return abs(value - held) <= abs(held) * _TENTH
    if claim.bound == "nearly":
        return value * Decimal("0.85") <= held < value and bound not in _MORE
    if claim.bound in _MORE:
        return value <= held <= value * 2 and rougher and bound not in {"under", "most"}
    if claim.bound in _LESS:
        return value / 2 <= held <= value and rougher and bound not in _MORE
    # "about 300" in the source and 312 in the claim: the claim knows more than its source.
    return False


def _ranges_agree(claim: Quantity, evidence: Quantity) -> bool:
    if evidence.low == evidence.high:
        return claim.low <= evidence.low <= claim.high
    if claim.low == claim.high:
        if claim.bound in _MORE:
            return claim.low <= evidence.low
        if claim.bound in _LESS:
            return claim.low >= evidence.high
        return claim.bound == "about" and evidence.low <= claim.low <= evidence.high
    if claim.vague or evidence.vague:
        return claim.low == evidence.low or (claim.low <= evidence.low and evidence.high <= claim.high)
    return bool(claim.bound) and claim.low <= evidence.low and evidence.high <= claim.high


def _same_score(claim: Quantity, evidence: Quantity) -> bool:
    wanted, held = claim.goals, evidence.goals
    turned = tuple((b, a) for a, b in wanted)
    for goals in (wanted, turned) if claim.word != evidence.word else (wanted,):
        if any(held[at : at + len(goals)] == goals for at in range(len(held) - len(goals) + 1)):
            return True
    # A defeat is told from either side: "lost 1-3", "lost 3-1".
    return claim.word == "lost" and turned == held


def _same_clock(claim: Quantity, evidence: Quantity) -> bool:
    cycle = 1440 if claim.word == evidence.word == "24h" else 720
    off = abs(claim.low % cycle - evidence.low % cycle)
    # "shortly after four" for 4:19
    return not off or (not claim.low % 30 and off <= (_ABOUT_THE_HOUR if not claim.low % 60 else _ABOUT_THE_HALF))


#: More figures than this are not combined: with many, some sum comes out by chance.
_MOST = 16
_NEVER = frozenset({"ordinal", "clock", "score", "label", "times"})


def derivations(wanted: Quantity, known: Sequence[Quantity]) -> Iterator[tuple[str, str, Sequence[Quantity]]]:
    """Yield how `wanted` follows from `known`: `sum`, `difference` or `ratio`, the sum as text, what it is made of.

    Only exact figures of one unit are combined; a result may be rounded to the digits that `wanted` is written to.

    >>> from briefing.values.quantities import quantities
    >>> known = quantities("The fire killed 12 men and 5 women.")
    >>> [(kind, shown) for kind, shown, _ in derivations(quantities("17 people")[0], known)]
    [('sum', '12 + 5 = 17')]
    """
    exact = [q for q in known if q.low == q.high and q.measure not in _NEVER and q.word != "share"][:_MOST]
    if wanted.measure == "times":
        yield from _factors(wanted, exact)
    elif wanted.measure == "%":
        yield from _rates(wanted, exact, known)
    if wanted.word == "share":
        yield from _factors(wanted._replace(low=wanted.low / 100, high=wanted.high / 100), exact)
    if wanted.measure in _NEVER or wanted.low != wanted.high or wanted.word == "share":
        return
    alike = [q for q in exact if q.measure == wanted.measure or {q.measure, wanted.measure} == {"%", "points"}]
    yield from _sums(wanted, [q for q in alike if q.measure == wanted.measure])
    yield from _products(wanted, known)
    for a, b in permutations(alike, 2):
        if wanted.measure == "%" == a.measure and wanted.role == "change":
            continue  # what lies between two percentages is told in points
        if 0 < b.value < a.value < 2 * b.value and _is(wanted, 2 * b.value - a.value):
            yield "majority", f"2 × {shown(b)} - {shown(a)} = {shown(wanted)}", (a, b)
        if a.value > b.value > 0 and _is(wanted, a.value - b.value):
            yield "difference", f"{shown(a)} - {shown(b)} = {shown(wanted)}", (a, b)
    for share in (q for q in known if q.measure == "%" and q.low == q.high):
        for part in alike if wanted.measure != "%" and share.value > 0 else ():
            if part.measure != "%" and _is(wanted, part.value * 100 / share.value, rounded=True):
                yield "whole", f"{shown(part)} ÷ {plain(share.value)}% = {shown(wanted)}", (part, share)
        for whole in alike:
            if (
                whole.measure != "%"
                and 0 < share.value < 100
                and (
                    _is(wanted, whole.value * share.value / 100, rounded=True)
                    or (wanted.bound and _loosely(wanted, whole.value * share.value / 100))
                )
            ):
                yield "share", f"{shown(whole)} × {plain(share.value)}% = {shown(wanted)}", (whole, share)


def shown(quantity: Quantity) -> str:
    """Return a quantity's value as it is printed in a sum, in the unit that it is written in."""
    unit = UNITS.get(quantity.word)
    value = quantity.value / unit.factor if unit and unit.factor else quantity.value
    return plain(value) + (
        f" {quantity.word}s" if quantity.measure == "time" else "%" if quantity.measure == "%" else ""
    )


def plain(value: Decimal) -> str:
    """Return a number as people write it: at most two decimals, thousands apart.

    >>> plain(Decimal("1200000.50")), plain(Decimal("33.3333"))
    ('1,200,000.5', '33.33')
    """
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _sums(wanted: Quantity, alike: Sequence[Quantity]) -> Iterator[tuple[str, str, Sequence[Quantity]]]:
    for size in range(2, len(alike) + 1):
        runs = combinations(alike, 2) if size == 2 else (alike[at : at + size] for at in range(len(alike) - size + 1))
        for parts in runs:
            if _is(wanted, sum((q.value for q in parts), Decimal(0))) and all(q.value > 0 for q in parts):
                yield "sum", f"{' + '.join(map(shown, parts))} = {shown(wanted)}", tuple(parts)


def _products(wanted: Quantity, known: Sequence[Quantity]) -> Iterator[tuple[str, str, Sequence[Quantity]]]:
    """Yield how a figure follows as a rate for so long, as an amount over so long, or as so many times another."""
    alike = [q for q in known if q.measure == wanted.measure and q.low == q.high]
    for times in (q for q in known if q.measure == "times"):
        for q in alike:
            if _is(wanted, q.value * times.value):
                yield "product", f"{shown(q)} × {plain(times.value)} = {shown(wanted)}", (q, times)
    for lasting in (q for q in known if q.measure == "time" and q.low == q.high):
        for q in alike:
            unit = UNITS.get(q.per or wanted.per)
            if not unit or unit.measure != "time" or q.per == wanted.per or wanted.measure == "time":
                continue
            many = lasting.value / unit.factor
            value = q.value * many if q.per else q.value / many
            if _is(wanted, value, rounded=True):
                sign = "×" if q.per else "÷"
                yield "product", f"{shown(q)} {sign} {plain(many)} = {shown(wanted)}", (q, lasting)


def _factors(wanted: Quantity, exact: Sequence[Quantity]) -> Iterator[tuple[str, str, Sequence[Quantity]]]:
    """Yield how a factor follows as the ratio of two figures; halved by more is less than half."""
    for before, after in permutations(exact, 2):
        if before.measure != after.measure or not before.value > 0:
            continue
        if _loosely(wanted, after.value / before.value, shrinks=wanted.measure == "times" and wanted.value < 1):
            yield "ratio", f"{shown(after)} ÷ {shown(before)} = {plain(after.value / before.value)}", (before, after)


def _rates(
    wanted: Quantity, exact: Sequence[Quantity], known: Sequence[Quantity]
) -> Iterator[tuple[str, str, Sequence[Quantity]]]:
    """Yield how a percentage follows: as a share of a whole, or as the change between two figures."""
    for part in (q for q in known if q.measure == "%" and q.low == q.high):
        rest = 100 - part.value
        if _is(wanted, rest, rounded=part.word == "share") or (wanted.bound and _loosely(wanted, rest)):
            yield "rest", f"100% - {shown(part)} = {plain(wanted.value)}%", (part,)
    for a, b in permutations(exact, 2):
        if a.measure != b.measure or a.measure == "%" or b.value <= 0:
            continue
        if a.value < b.value and _is(wanted, a.value / b.value * 100, rounded=True):
            yield "ratio", f"{shown(a)} ÷ {shown(b)} = {plain(wanted.value)}%", (a, b)
        if _is(wanted, abs(a.value - b.value) / b.value * 100, rounded=True):
            yield (
                "ratio",
                f"({shown(a)} - {shown(b)}) ÷ {shown(b)} = {plain((a.value - b.value) / b.value * 100)}%",
                (b, a),
            )


def _loosely(wanted: Quantity, value: Decimal, *, shrinks: bool = False) -> bool:
    """Tell whether a ratio is the wanted figure within the bound that is said."""
    low, high = wanted.value * Decimal("0.95"), wanted.value * Decimal("1.05")
    more, less = wanted.bound in _MORE, wanted.bound in _LESS
    if shrinks:
        more, less = less, more
    if more:
        low, high = wanted.value, wanted.value * Decimal("1.35")
    elif less:
        low, high = wanted.value * Decimal("0.75"), wanted.value
    elif wanted.bound == "about" or wanted.word == "share":
        low, high = wanted.value * Decimal("0.88"), wanted.value * Decimal("1.12")
    return low <= value <= high


def _is(wanted: Quantity, value: Decimal, *, rounded: bool = False) -> bool:
    """Tell whether a result is the wanted figure, or rounds to it."""
    loose = wanted.value / 20 if wanted.bound else Decimal(0)
    fine = wanted.step / 2 if rounded else Decimal(0)
    return abs(wanted.value - value) <= max(loose, min(fine, abs(value) / 20))
