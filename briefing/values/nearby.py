"""What a figure or a date belongs to, as the words round it tell: "12 died and 30 were hurt" has 12 with the dead.

A sentence is cut into stretches at commas, conjunctions and comparisons, one figure each. What a later stretch leaves
out, it takes from the one before: "Ford sold 12,000 cars in Germany and 9,000 in France".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from ..grammar.lexicon import Relation, related
from ..remembered import remembered
from ..text import fold
from ..words import FUNCTION_WORDS, stem, words

#: The words of a stretch by the place that they fill: `common`, or a preposition and `name`.
Context = Mapping[str, frozenset[str]]

_CUT = re.compile(
    r"(?<![0-9]),(?=\s)|(?<=[0-9]),(?=\s)|[;:()]|\s-+\s|(?<=[a-z])-+(?=\s)|[.!?](?=\s|$)|\b(?:and|but|while|whereas|compared|versus|although|though|or|nor|"
    r"against|(?<!more )(?<!less )(?<!fewer )(?<!higher )(?<!lower )than|when|as)\b",
    re.IGNORECASE,
)
_LEFT = "left out "
_SAYS = frozenset({Relation.SAME, Relation.SYNONYM, Relation.DERIVED})
#: A sentence with more figures than this is a table: words near to a figure tell nothing.
_MOST = 40
#: What stands between a part and its whole: "six of the board's nine members".
PART = re.compile(r"[ ](?:[a-z]+[ ])?(?:out[ ])?of[ ](?:[\w'’]+[ ]){0,3}", re.IGNORECASE)
_PAIRED = re.compile(rf"{PART.pattern}|[ ]to[ ](?:about[ ]|around[ ]|some[ ])?", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:]\s|\b(?:and|but|while|after|before|when|as|although|though|who|which)\b", re.IGNORECASE)
_WORDED = re.compile(r"[^\W_]")
_STOP = re.compile(r"[.!?;]\s")
# A stretch that begins like this has a subject of its own.
_OPENS = re.compile(
    r"\s*(?:the|an?|his|her|its|their|some|he|she|it|they|who|which|whose|where|that|[A-Z0-9])\b|\s*(?-i:[A-Z])",
    re.IGNORECASE,
)
# What follows these has a subject of its own, however it begins.
_CLAUSE = re.compile(r"\b(?:but|while|whereas|although|though|when|as)\s*$", re.IGNORECASE)
_PLACING = frozenset(
    "in at on for from to by of under among near across with over after before during since until into through".split()
)
# Words that count the same people: which of them a writer takes tells nothing.
_SAME = {
    word: group[0]
    for group in (
        "kill died dead death die fatal toll lives deaths fatalities perish".split(),
        "injur injury hurt wound wounded injured casualties".split(),
        "arrest detain custody".split(),
        "rise rose risen increase climb grew grow grown up jump gain soar surge".split(),
        "fall fell fallen decrease declin drop down slump slid cut".split(),
        "profit earn earnings".split(),
        "sale revenu revenue turnover".split(),
        "sign signed inked".split(),
        "meet met meeting".split(),
        "open opened begin began start started".split(),
        "end ended close finish finished".split(),
        "home house homes".split(),
    )
    for word in (*group, *map(stem, group))
}
_EMPTY = frozenset(
    stem(word)
    for word in """people person men man women woman children child others other more about around nearly almost total
    said says say told put puts reported estimate
    estimated according year years time number per cent percent million billion figure most least new one two""".split()
)


@remembered(1 << 12)
def contexts(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[Context, ...]:
    """Return what each of the spans of a sentence belongs to; spans come in order and do not overlap.

    >>> [sorted(flat(c)) for c in contexts("12 died and 30 were hurt.", ((0, 2), (12, 14)))]
    [['kill'], ['injur']]
    """
    if len(spans) > _MOST:
        return ({},) * len(spans)
    folded = fold(text)
    found: list[Context] = []
    before: Context = {}
    lead: frozenset[str] = frozenset()
    for number, (start, end) in enumerate(_stretches(folded, spans)):
        own = _words(folded, start, end, spans)
        if number and "common" in own and not _OPENS.match(folded, start) and not _CLAUSE.search(folded[:start]):
            own = {**own, "common": own["common"] | lead}  # "The fire killed 12 and injured 30": the fire did both
        else:
            lead = frozenset(_in_order(folded[start : spans[number][0]])[:-1])
        left_out = (
            before if "common" not in own else {key: kept for key, kept in before.items() if key.endswith("name")}
        )
        held = {**_inherited(left_out, own), **own} if number else own
        found.append(held)
        before = held
        if _STOP.search(folded[spans[number][1] : spans[number + 1][0] if number + 1 < len(spans) else end]):
            before, lead = {}, frozenset()
    return tuple(found)


def _inherited(left_out: Context, own: Context) -> Context:
    """Return what a stretch takes from the one before, without the places that it fills itself."""
    kept = {key.removeprefix(_LEFT): held for key, held in left_out.items()}
    return {f"{_LEFT}{key}": held for key, held in kept.items() if key not in own}


def one_clause(text: str) -> bool:
    """Tell whether a claim is one clause, so that every word of it is about its figure."""
    return not _CLAUSES.search(text)


def flat(context: Context) -> frozenset[str]:
    """Return the words of a context, without those that tell nothing apart."""
    return frozenset().union(*context.values()) - _EMPTY


def stems(noun: frozenset[str]) -> frozenset[str]:
    """Return the stems of what is counted, without those that count anything."""
    return frozenset(_root(word) for word in noun) - _EMPTY


def belongs_to_other(claim: Context, same: Iterable[Context], other: Context, *, least: int = 1) -> bool:
    """Tell whether the claim's context names the other figure's instead of any of `same`.

    A word tells them apart only when one of the two has it and the other has not. So many words must tell as `least`
    says; a name counts for two.
    """
    own_words = {key: held for key, held in claim.items() if not (key.startswith(_LEFT) and key.endswith("name"))}
    mine, theirs = flat(own_words), flat(other)
    owned = [flat(context) for context in same]
    names = frozenset().union(*(held for key, held in claim.items() if key.endswith("name")))

    def told(words_: frozenset[str]) -> int:
        return len(words_) + len(words_ & names)

    for own in owned:
        gained = mine & (theirs - own)
        gained = frozenset(word for word in gained if not any(says(word, held) for held in own))
        kept = frozenset(word for word in mine - theirs if word in own or any(says(word, held) for held in own))
        if told(gained) < least + (2 * len(kept) if least == 1 else 9 * len(kept)):
            return False
    return True


@lru_cache(maxsize=1 << 15)
def says(one: str, other: str) -> bool:
    """Tell whether two stems are of words that a writer takes for one another."""
    return one == other or related(one, other) in _SAYS


def _stretches(text: str, spans: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """Yield the stretch of each span: from the cut before it to the cut after it, or to where the next one begins.

    Both spans of "six of the nine" have the same.
    """
    cuts = [m.span() for m in _CUT.finditer(text) if not any(s < m.end() and m.start() < e for s, e in spans)]
    groups = _grouped(text, spans)
    for at, (start, end) in enumerate(groups):
        floor = groups[at - 1][1] if at else 0
        ceiling = groups[at + 1][0] if at + 1 < len(groups) else len(text)
        left = max((cut_end for _, cut_end in cuts if cut_end <= start and cut_end > floor), default=-1)
        if left < 0:
            left = _after_noun(text, floor, start) if at else 0
        right = min((cut_start for cut_start, _ in cuts if end <= cut_start <= ceiling), default=-1)
        if right < 0:
            right = _after_noun(text, end, ceiling) if at + 1 < len(groups) else len(text)
        if not _WORDED.search(text, left, start) and not _WORDED.search(
            text, end, right
        ):  # "Grace Lee, 20, and Ann Bell, 31,"
            left = max((cut_end for _, cut_end in cuts if floor <= cut_end < left), default=floor)
        for _ in range(sum(start <= s and e <= end for s, e in spans)):
            yield _with_lead(text, cuts, left, floor), max(right, end)


def _grouped(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans with a part and its whole, as in "six of the nine", made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and _PAIRED.fullmatch(text[found[-1][1] : start]):
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found


def _with_lead(text: str, cuts: Sequence[tuple[int, int]], left: int, floor: int) -> int:
    """Return where a stretch begins with the phrase before its comma, as in "In France, 9,000 cars"."""
    cut = next((c for c in reversed(cuts) if c[1] == left), None)
    if not cut or text[cut[0]] != ",":
        return left
    earlier = max((c[1] for c in cuts if c[1] <= cut[0] and c[1] > floor), default=floor if not floor else -1)
    lead = words(text[max(0, earlier) : cut[0]]) if earlier >= 0 else []
    return earlier if lead and len(lead) <= 4 and lead[0].form.lower() in {"in", "at", "on", "for", "among"} else left


def _after_noun(text: str, start: int, end: int) -> int:
    """Return where, between two figures without a cut, the words of the second begin: at the first preposition."""
    seen = False
    for word in words(text[start:end]):
        if seen and word.form.lower() in {"to", "from", "in", "on", "at", "for", "with", "by", "after", "before"}:
            return start + word.start
        seen = True
    return end


def _words(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> Context:
    found: dict[str, set[str]] = {}
    placing, name = "", False
    for word in words(text[start:end]):
        if any(s < start + word.end and start + word.start < e for s, e in spans):
            continue
        form = word.form.lower().replace("’", "'").removesuffix("'s")
        if form in FUNCTION_WORDS:
            placing = form if form in _PLACING else placing if form in {"the", "a", "an"} else ""
            continue
        named = word.form[0].isdigit() or (word.form[0].isupper() and start + word.start > 0)
        if name and not named:
            placing = ""
        name = named
        key = f"{placing} name" if named else f"{placing} common".lstrip()
        found.setdefault(key, set()).add(_root(form))
    return {key: frozenset(held) for key, held in found.items()}


def _in_order(text: str) -> list[str]:
    said = (word.form.lower().replace("’", "'").removesuffix("'s") for word in words(text))
    return [_root(form) for form in said if form not in FUNCTION_WORDS]


def _root(form: str) -> str:
    return _SAME.get(form) or _SAME.get(stem(form)) or stem(form)
