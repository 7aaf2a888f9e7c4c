"""Near copies of a sentence in which two names are exchanged, or in which selling has become buying.

A claim that says a sentence word for word but for two names that stand in each other's place turns it round, whatever
it says. And who buys a thing does not sell it: the name before the word and the name after it being the same, the claim
may not have the one for the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..document import Document, Sentence
from ..grammar.predicates import read
from ..grammar.tagging import Tag, Token
from ..remembered import remembered
from .converses import SYMMETRIC
from .crossed import named
from .identity import Same, same
from .parties import Party
from .turned import Turn

_BUYS = frozenset("buy purchase acquire acquisition takeover bid".split())
_SELLS = frozenset("sell sale".split())
#: A name so many words after buying or selling is what is bought, and one so many before it who does it.
_AFTER, _BEFORE = 3, 6
_LINKS = frozenset("of for the a an , over to".split())
#: What goes one way, and what goes the other.
_WAYS = {"from": frozenset({"for", "to"}), "for": frozenset({"from"}), "to": frozenset({"from"})}
#: A claim of fewer words copies by chance.
_LEAST = 6
_TWO = 2


class _Trade(NamedTuple):
    """A word of buying or selling at token `at`, who does it and what is traded."""

    sells: bool
    at: int
    who: Party
    what: Party


def verbatim(text: str, evidence: Sequence[Sentence], document: Document) -> Iterator[Turn]:
    """Yield what a claim exchanges in a sentence that it copies, and each trade that it turns round."""
    for sentence in evidence:
        if turn := _swapped(text, sentence) or _way(text, sentence):
            yield turn
            return
    yield from _traded(text, evidence, document)


def _swapped(text: str, sentence: Sentence) -> Turn | None:
    """Return the turn when a claim is a sentence but for two names in each other's place."""
    own, their = _plain(text), _plain(sentence.text)
    if sorted(own) != sorted(their) or len(own) < _LEAST or own == their:
        return None
    mine, theirs = named(text), named(sentence.text)
    if len(mine) != len(theirs):
        return None
    moved = [(one, other) for one, other in zip(mine, theirs, strict=True) if one.name != other.name]
    if len(moved) != _TWO or moved[0][0].name != moved[1][1].name or moved[1][0].name != moved[0][1].name:
        return None
    (one, other), (second, _) = moved
    said = read(text).tokens
    between = [t for t in said if one.end <= t.start < second.start]
    alternatives = any(t.low in {"or", "neither", "either"} for t in said)
    together = any(t.lemma in SYMMETRIC for t in said) and not alternatives
    if together or not any(t.tag is Tag.VERB for t in between):
        return None
    message = f"The source has it the other way round: “{one.text}” stands in another's place."
    return Turn("exchanged", message, one.start, one.end, sentence, other.start, other.end)


def _way(text: str, sentence: Sentence) -> Turn | None:
    """Return the turn when a claim is a sentence but for the way that something goes to or from a name."""
    own, their = _plain(text), _plain(sentence.text)
    if len(own) != len(their) or len(own) < _LEAST:
        return None
    odd = [i for i, (one, other) in enumerate(zip(own, their, strict=True)) if one != other]
    if len(odd) != 1 or their[odd[0]] not in _WAYS.get(own[odd[0]], ()):
        return None
    mine, theirs = _words(text)[odd[0]], _words(sentence.text)[odd[0]]
    after = [t for t in read(text).tokens if t.start >= mine[2] and t.low not in _LINKS]
    if not after or after[0].tag is not Tag.NAME:
        return None
    message = f"The source says “{theirs[0]}” where the claim says “{mine[0]}”."
    return Turn("exchanged", message, mine[1], mine[2], sentence, theirs[1], theirs[2])


@remembered(1 << 11)
def _words(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple((t.low, t.start, t.end) for t in read(text).tokens if t.tag is not Tag.PUNCTUATION)


def _plain(text: str) -> list[str]:
    return [low for low, _, _ in _words(text)]


def _traded(text: str, evidence: Sequence[Sentence], document: Document) -> Iterator[Turn]:
    told = [(sentence, trade) for sentence in evidence for trade in _trades(sentence.text)]
    for mine in _trades(text):
        alike = [(s, t) for s, t in told if _same_trade(mine, t, document)]
        if not alike or any(t.sells is mine.sells for _, t in alike):
            continue
        sentence, theirs = alike[0]
        own, other = read(text).tokens[mine.at], read(sentence.text).tokens[theirs.at]
        message = f"The source has it the other way round: “{other.form}” where the claim says “{own.form}”."
        yield Turn("exchanged", message, own.start, own.end, sentence, other.start, other.end)


def _same_trade(one: _Trade, other: _Trade, document: Document) -> bool:
    alike = ((one.who, other.who), (one.what, other.what))
    return all(same(mine, theirs, document) is Same.YES for mine, theirs in alike)


@remembered(1 << 11)
def _trades(text: str) -> tuple[_Trade, ...]:
    """Return what a sentence says is bought or sold, and by whom."""
    said = read(text).tokens
    words = [i for i, t in enumerate(said) if t.lemma in _BUYS | _SELLS]
    if not words:
        return ()
    first = {p.start: p for p in named(text)}
    last = {said[i].start: p for p in first.values() for i in range(len(said)) if p.start <= said[i].start < p.end}
    found = []
    for at in words:
        if by := _bid(said, at, last):
            found.append(by)
            continue
        passive = said[at].tag is Tag.VERB and said[at - 1].tag is Tag.AUX and said[at - 1].lemma == "be"
        after = next((t for t in said[at + 1 : at + 1 + _AFTER] if t.low not in _LINKS), None)
        before = next(
            (last[t.start] for t in reversed(said[max(0, at - _BEFORE) : at]) if t.start in last),
            None,
        )
        if after is not None and not passive and before is not None and after.start in last:
            what = last[after.start]
            if what is not before and "by" not in {t.low for t in said[at + 1 : at + 2]}:
                found.append(_Trade(said[at].lemma in _SELLS, at, before, what))
    return tuple(found)


def _bid(said: Sequence[Token], at: int, last: Mapping[int, Party]) -> _Trade | None:
    """Return the trade of "a bid by Vale for Corin", where who does it stands after the word."""
    if at + 1 >= len(said) or said[at + 1].low != "by":
        return None
    after = dict.fromkeys(last[t.start] for t in said[at + 2 : at + 2 + _BEFORE] if t.start in last)
    if len(after) < _TWO:
        return None
    who, what = list(after)[:_TWO]
    leads = any(t.low in {"for", "of"} and who.end < t.end <= what.start for t in said)
    return _Trade(said[at].lemma in _SELLS, at, who, what) if leads else None
