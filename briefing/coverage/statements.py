"""The statements that a claim is made of: its sentences, and a clause hung on to a sentence that is copied.

A claim that repeats its source word for word and then says one thing more is mostly right, word by word. What it adds
is therefore looked at alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from ..grammar.predicates import read
from ..grammar.tagging import Tag
from ..sentences import split
from ..text import bare
from ..words import forms

#: A stop inside a text, or a new line: only then are there several sentences.
_STOP = re.compile(r"[.!?…][^\w\s]*\s|\n")
#: What hangs a clause on to what stands before.
_JOINS = re.compile(r"(?:,|;)\s+(?:(?:and|but|while|so|yet)\s+)?(?:then\s+|also\s+)?", re.IGNORECASE)
_ONLY_COMMA = re.compile(r",\s+")
_PARTICIPLE = re.compile(r"[a-z]+ing\b")
#: So much of what stands before is then in one sentence, in its order.
_COPIED = 0.85
#: What stands before is a statement of so many words; a longer subject is not put in front of what follows.
_LEAST, _SUBJECT = 4, 60


class Statement(NamedTuple):
    """A statement of a claim, as a text of its own; `claim[start:end]` is what it says there.

    `shift` is what a place in `text` is off from its place in the claim: its subject may be put before it.
    """

    text: str
    start: int
    end: int
    shift: int
    joined: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of the text stands in the claim: all of the statement where it is not in there."""
        low, high = max(start + self.shift, self.start), min(end + self.shift, self.end)
        return (low, high) if low < high else (self.start, self.end)


def sentences(claim: str) -> list[Statement]:
    """Return the sentences of a claim that has several; a quotation stays in one piece.

    >>> [statement.text for statement in sentences("The ferry sank. Nobody died.")]
    ['The ferry sank.', 'Nobody died.']
    """
    if not _STOP.search(claim.strip()):
        return []
    found: list[tuple[int, int]] = []
    open_ = False
    for piece in split(claim):
        found = [*found[:-1], (found[-1][0], piece.end)] if open_ else [*found, (piece.start, piece.end)]
        open_ = _is_open(claim[slice(*found[-1])])
    return [Statement(claim[a:b], a, b, a) for a, b in found] if len(found) > 1 else []


def statements(claim: str, evidence: Sequence[str]) -> Iterator[Statement]:
    """Yield each sentence of a claim that has several, and each clause hung on to what the evidence says already."""
    found = sentences(claim)
    yield from found
    for one in found or [Statement(claim, 0, len(claim), 0)]:
        for tail in tails(one.text, evidence):
            moved = (tail.start + one.start, tail.end + one.start, tail.shift + one.start)
            yield Statement(tail.text, *moved, tail.joined)


def _is_open(text: str) -> bool:
    curly = text.count("“") > text.count("”") and not text.count("„")
    return curly or text.count('"') % 2 == 1 or text.count("«") != text.count("»")


def tails(claim: str, evidence: Sequence[str]) -> Iterator[Statement]:
    """Yield the clauses with a verb that stand after a comma, behind what the evidence says in the same words.

    >>> [tail] = tails("The ferry left Cebu at noon, but is lost.", ["The ferry left Cebu at noon."])
    >>> tail.text
    'The ferry is lost.'
    """
    for join in _JOINS.finditer(claim):
        rest, tail = claim[: join.start()], claim[join.end() :]
        bare_comma = _ONLY_COMMA.fullmatch(join[0])
        if bare_comma and not _PARTICIPLE.match(tail):
            continue
        if len(rest.split()) < _LEAST or _stands(tail, evidence) or not _copied(rest, evidence):
            continue
        if (said := _statement(claim, join.end(), participle=bool(_PARTICIPLE.match(tail)))) is not None:
            yield said


def _stands(text: str, evidence: Sequence[str]) -> bool:
    wanted = bare(text).casefold()
    return not wanted or any(wanted in bare(sentence).casefold() for sentence in evidence)


def _copied(text: str, evidence: Sequence[str]) -> bool:
    if _stands(text, evidence):
        return True
    own = forms(text)
    for sentence in evidence:
        matcher = SequenceMatcher(None, own, forms(sentence), autojunk=False)
        if sum(block.size for block in matcher.get_matching_blocks()) >= _COPIED * len(own):
            return True
    return False


def _statement(claim: str, at: int, *, participle: bool) -> Statement | None:
    tail = claim[at:]
    reading = read(tail)
    verbs = [i for i, token in enumerate(reading.tokens) if token.tag in {Tag.VERB, Tag.AUX}]
    if not verbs:
        return None
    if participle or any(
        t.tag in {Tag.NOUN, Tag.NAME, Tag.PRONOUN, Tag.DETERMINER} for t in reading.tokens[: verbs[0]]
    ):
        return Statement(tail[:1].upper() + tail[1:], at, len(claim), at, joined=True)
    head = read(claim).tokens
    verb = next((token for token in head if token.tag in {Tag.VERB, Tag.AUX}), None)
    subject = claim[: verb.start].split(",")[0].strip() if verb else ""
    if not subject or len(subject) > _SUBJECT:
        return None
    return Statement(f"{subject} {tail}", at, len(claim), at - len(subject) - 1, joined=True)
