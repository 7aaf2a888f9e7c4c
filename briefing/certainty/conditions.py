"""What a sentence says only on a condition: `if parliament agrees`, `subject to approval`, `funds permitting`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..grammar.tagging import Token
from .qualifier import Kind, Qualifier
from .reach import clause_end, clause_start, hard_end

_CONDITIONS = (
    "if", "unless", "provided", "providing", "provided that", "as long as", "so long as", "subject to", "pending",
    "depending on", "dependent on", "conditional on", "contingent on", "on condition", "on the condition", "assuming",
    "in the event of",
)  # fmt: skip
_CONDITION_WORDS = sorted((tuple(phrase.split()) for phrase in _CONDITIONS), key=len, reverse=True)
#: What follows these is a question, and no condition.
ASKED = frozenset(
    "ask know see wonder unclear decide determine doubt sure check say tell question learn even as".split()
)
_NO_CONDITION = frozenset("you any not so necessary possible ever anything only".split())
#: What a plan can hang on; "subject to tax" and "pending trial" are no conditions.
_APPROVAL = frozenset(
    """approval consent ratification vote agreement clearance permission condition funding confirmation signature
    availability endorsement authorisation authorization permit licence license backing""".split()
)


def conditions(said: Sequence[Token]) -> Iterator[Qualifier]:
    """Yield each condition with what hangs on it: the clause behind its comma, or before it."""
    lows = [token.low for token in said]
    taken = -1
    for at in range(len(said)):
        if lows[at] in {"permitting", "allowing"} and at > 1 and [said[at - 2].form] == [","]:
            yield Qualifier(Kind.CONDITION, at - 1, at, clause_start(said, at - 2), at - 1)
        phrase = next((p for p in _CONDITION_WORDS if lows[at] == p[0] and tuple(lows[at : at + len(p)]) == p), None)
        if phrase is None or at <= taken or not _is_condition(said, at, phrase):
            continue
        taken = last = at + len(phrase) - 1
        comma = next((i for i in range(at, len(said)) if said[i].form == ","), len(said))
        opens = at == 0 or said[at - 1].form in {'"', "“"} or said[at - 1].low in {"that", "but", "and"}
        if opens and comma < len(said):
            yield Qualifier(Kind.CONDITION, at, last, comma + 1, hard_end(said, comma + 1))
        elif not opens:
            start = at - 1 if said[at - 1].form == "," else at
            yield Qualifier(Kind.CONDITION, at, last, clause_start(said, start), at)


def assumed(said: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the stretch of a condition that begins at `at`: what it assumes, the claim does not state."""
    end = clause_end(said, at)
    return at, next((i for i in range(at, end) if said[i].form == ","), end)


def _is_condition(said: Sequence[Token], at: int, phrase: Sequence[str]) -> bool:
    before = said[at - 1] if at else None
    following = said[at + len(phrase) : at + len(phrase) + 8]
    if phrase == ("if",):
        if before and before.low == "only":
            return True
        return not (before and (before.lemma in ASKED or before.low in ASKED)) and not (
            following and following[0].low in _NO_CONDITION
        )
    if phrase in {("pending",), ("subject", "to")}:
        return any(token.lemma in _APPROVAL for token in following)
    if phrase in {("provided",), ("providing",), ("assuming",)}:
        return bool(before and before.form == ",") or at == 0
    return True
