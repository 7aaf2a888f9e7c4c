"""Figures that a writer works out or tells from the other side, so that no sentence of the evidence says them.

A margin between two scores, the years between two ages, three before the fourth, `the last eight` for a quarter-final.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, permutations

from .comparison import Fit, comparable, fit, written
from .nearby import Context, stems
from .phrasing import sure_role
from .standing import Held, Reading, around, nearness, placed
from .units import MONEY, UNITS, Quantity

#: More figures of one document than this are not taken two by two.
_PAIRED = 40
#: How far apart the two sides of a vote stand.
_SIDES = 60
_MARGIN = re.compile(r"\b(?:margin|majority|lead|deficit|gap|difference|ahead|behind|clear|by|short)\b", re.IGNORECASE)
_LOST = re.compile(r"\b(?:lost|lose|rejected|defeated|failed|voted down|beaten|threw out|thrown out)\b", re.IGNORECASE)
_SO_FAR = re.compile(
    r"\b(?:already|previous(?:ly)?|earlier|before|so far|until (?:now|then)|past|other|others)\b", re.IGNORECASE
)
_FIRST_IN = re.compile(r"\bfirst\b[^.;:!?]{0,60}\bin[ ](?:the[ ]|his[ ]|her[ ]|its[ ]|their[ ])?$", re.IGNORECASE)
_WITHOUT = re.compile(r"\b(?:without|since|run|streak|drought|wait|waited|end(?:s|ed|ing)|gone|went)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|final)[ ]$", re.IGNORECASE)
_STAGES = {4: r"semi-?\s?final", 8: r"quarter-?\s?final", 16: r"(?:second|fourth) round|round of 16|1/8", 32: r"round"}
_AGES = re.compile(r"\b(?:ages?|aged|retire\w*|pension\w*|old|older|limits?)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:wants?|wanted|would|will|plans?|planned|planning|proposes?|proposed|proposal|is to|are to|due to|intends?"
    r"|hopes?|aims?|aimed|seeks?|sought|considering|could|may|might|should|calls? for|called for)\b",
    re.IGNORECASE,
)
_TURNED_ROUND = re.compile(
    r"\b(?:unless|barr?(?:ed|ing|s)?|bann?(?:ed|ing|s)?|prohibit\w*|forbid\w*|forbidden|outlaw\w*|illegal|invalid|void"
    r"|not|never|no longer|without|cannot|miss(?:ed|es|ing)?|fail(?:ed|s|ing)?|reject\w*|refus\w+|exempt\w*|exclud\w+"
    r"|penal\w+|punish\w*|denied|block\w*|stop\w*|prevent\w*|\w{2,8}n't)\b",
    re.IGNORECASE,
)
_LACKING = re.compile(
    r"\b(?:cancel\w*|lack\w*|lost|los[et]s?|miss\w*|fail\w*|refus\w+|reject\w*|oppos\w+|against|disagree\w*|unable|absent"
    r"|abstain\w*|destroy\w*|closed|scrapp?\w*|dropp?ed|un[a-z]{3,12}ed)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"(?:[ ][\w-]{1,20}){0,2}[ ](?:(?:more|less|fewer|\w{2,12}er)(?:[ ]\w{1,20})?[ ]than"
    r"|outside|inside|ahead of|behind|off|short of|above|below)\b",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(r"[ ](?:more|less|fewer)[ ]than\b", re.IGNORECASE)
_BELOW = re.compile(r"[ ](?:below|under|less|lower|fewer|short|smaller)\b", re.IGNORECASE)
_COMPLEMENTS = {("under", "least"), ("least", "under"), ("over", "most"), ("most", "over")}
_MORE, _LESS = {"over", "least"}, {"under", "most", "nearly"}


def worked_out(reading: Reading, q: Quantity) -> bool:
    """Tell whether a figure that the evidence does not give is one that its writer may have worked out."""
    return (
        _margin(reading, q)
        or _vote(reading, q)
        or _one_less(reading, q)
        or _stage(reading, q)
        or _years_between(reading, q)
        or _elided_money(reading, q)
        or _elided_difference(reading, q)
        or _so_many_times(reading, q)
    )


def told_of_plan(reading: Reading, q: Quantity, held: Held) -> bool:
    """Tell whether a figure is where a change would begin that is only planned, so that it holds until then."""
    before = held.sentence.text[: held.quantity.start]
    return (
        held.quantity.role == "from" and sure_role(reading.text, q.start) != "level" and bool(_PLANNED.search(before))
    )


def turned_round(reading: Reading, q: Quantity, held: Held) -> bool:
    """Tell whether a bound is that of the source, told from the other side: at most 5 allowed, above 5 barred."""
    if (q.bound, held.quantity.bound) not in _COMPLEMENTS:
        return False
    return bool(_TURNED_ROUND.search(reading.text) or _TURNED_ROUND.search(held.sentence.text))


def complementary(reading: Reading, q: Quantity, part: Held) -> bool:
    """Tell whether a share is said of the rest: at most a third run, at least two thirds are cancelled."""
    bounds = q.bound, part.quantity.bound
    if (bounds[0] in _MORE and bounds[1] in _LESS) or (bounds[0] in _LESS and bounds[1] in _MORE):
        return True
    if _BELOW.match(part.sentence.text, part.quantity.end):
        return True
    return bool(_LACKING.search(reading.text)) != bool(_LACKING.search(part.sentence.text))


def _margin(reading: Reading, q: Quantity) -> bool:
    """Tell whether a count is what lies between the two sides of a score."""
    if q.measure not in {"count", "points"} or not _MARGIN.search(reading.text[max(0, q.start - 40) : q.end + 20]):
        return False
    scores = (s for sentence in around(reading) for s, _ in placed(sentence.text) if s.measure == "score")
    return any(abs(a - b) == q.low for score in scores for a, b in score.goals)


def _vote(reading: Reading, q: Quantity) -> bool:
    """Tell whether the two sides of a vote stand apart in the source: "17 in favour and 13 against"."""
    if q.measure != "score" or len(q.goals) != 1:
        return False
    wanted = q.goals[0]
    sides = (wanted, wanted[::-1]) if _LOST.search(reading.text) else (wanted,)
    for sentence in around(reading):
        counts = [c for c, _ in placed(sentence.text) if c.measure == "count" and c.low == c.high]
        for one, other in pairwise(counts):
            if (int(one.low), int(other.low)) in sides and other.start - one.end <= _SIDES:
                return True
    return False


def _one_less(reading: Reading, q: Quantity) -> bool:
    """Tell whether a count is what came before: three before the fourth, 13 before the first in 14."""
    if q.measure != "count":
        return False
    for h in reading.held:
        other = h.quantity
        if other.low != q.low + 1 or not stems(q.noun) & stems(other.noun):
            continue
        if other.measure == "ordinal" and _SO_FAR.search(reading.text):
            return True
        first = other.measure == "count" and _FIRST_IN.search(h.sentence.text[: other.start])
        if first and _WITHOUT.search(reading.text):
            return True
    return False


def _stage(reading: Reading, q: Quantity) -> bool:
    """Tell whether a count names a stage of a cup that the source names otherwise."""
    if q.measure != "count" or q.noun or not _LAST.search(reading.text[: q.start]):
        return False
    name = _STAGES.get(int(q.low))
    return bool(name) and any(re.search(name or "!", s.text, re.IGNORECASE) for s in around(reading))


def _years_between(reading: Reading, q: Quantity) -> bool:
    """Tell whether a number of years is what lies between two ages of one sentence: from 55 to 60."""
    if q.measure != "time" or q.word != "year":
        return False
    number = q.low / UNITS["year"].factor
    for sentence in around(reading):
        if not _AGES.search(sentence.text):
            continue
        ages = [written(c) for c, _ in placed(sentence.text) if c.measure == "count" or (c.age and c.word == "year")]
        if any(a - b == number for a, b in permutations(ages[:_PAIRED], 2)):
            return True
    return False


def _elided_money(reading: Reading, q: Quantity) -> bool:
    """Tell whether an amount leaves out the currency that another of the claim has: "395m euros, not 412m"."""
    if q.measure != "count" or q.scale == 1:
        return False
    said = {other.measure for other, _ in reading.mine} & MONEY
    return any(h.quantity.measure in said and h.quantity.low == q.low for h in reading.held)


def _so_many_times(reading: Reading, q: Quantity) -> bool:
    """Tell whether so many times are an ordinal or the goals of a score: the third loss, 3-1."""
    if q.measure != "times" and not (q.measure == "count" and "time" in q.noun):
        return False
    known = [h.quantity for h in reading.held]
    return any(k.measure == "ordinal" and k.low == q.low for k in known) or any(
        int(q.low) in pair for k in known if k.measure == "score" for pair in k.goals
    )


def _elided_difference(reading: Reading, q: Quantity) -> bool:
    """Tell whether a figure is what another is told against without its unit: "nine years, two more than"."""
    for sentence in around(reading):
        for (one, _), (by, _) in pairwise(placed(sentence.text)):
            alike = one.measure == q.measure and one.word == q.word and by.measure == "count"
            if alike and _MORE_THAN.match(sentence.text, by.end) and abs(written(one) - written(q)) == by.low:
                return True
    return False


def given(reading: Reading, parts: Sequence[Quantity]) -> Held | None:
    """Return where the source gives two figures of which one is said against the other: "38, 15 more than"."""
    for sentence in around(reading):
        read = placed(sentence.text)
        inside = all(any(q is part for q, _ in read) for part in parts)
        if inside and any(p.role == "change" or _AGAINST.match(sentence.text, p.end) for p in parts):
            return next(Held(q, sentence, context) for q, context in read if q is parts[0])
    return None


def replaces(reading: Reading, q: Quantity, context: Context, parts: Sequence[Quantity]) -> bool:
    """Tell whether a figure stands where the cited sentences have another that the claim does not give.

    Then it does not follow from figures of sentences that are not cited: "three quarters" for "two thirds".
    """
    cited = [h for h in reading.held if any(h.quantity is part for part in parts)]
    if len(cited) == len(parts):
        return False
    for h in reading.held:
        other = h.quantity
        if other.soft or other.measure != q.measure or h in cited or not _about_one(q, context, h):
            continue
        if not any(comparable(mine, other) and fit(mine, other) is Fit.SAME for mine, _ in reading.mine):
            return True
    return False


def _about_one(q: Quantity, context: Context, h: Held) -> bool:
    """Tell whether two figures are shares, or stand by words in common."""
    return q.word == h.quantity.word == "share" or nearness(q, context, h) > 0


def beside(reading: Reading, q: Quantity, held: Sequence[Held]) -> list[Held]:
    """Return the figures of sentences that are not cited and measure what this one does."""
    cited = {id(h.sentence) for h in held}
    others = (s for s in around(reading)[len(reading.evidence) :] if id(s) not in cited)
    found = (Held(other, s, context) for s in others for other, context in placed(s.text))
    alike = {q.measure} | ({"%", "points"} if q.measure in {"%", "points"} else set())
    return [h for h in found if h.quantity.measure in alike or comparable(q, h.quantity)][:_PAIRED]
