"""Titles of a claim that the document does not give: another office, one added, `former` dropped or added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..document import Document, Sentence
from .directory import Directory
from .proper_names import Name, plain_words
from .spellings import alike
from .titles import UP_TO_THEN, Title, titles


class Swap(NamedTuple):
    """A title of the claim that is wrong, and the place in `sentence` of what the document says instead, if any."""

    kind: str
    message: str
    title: Title
    sentence: Sentence | None
    start: int
    end: int


class _Held(NamedTuple):
    title: Title
    sentence: Sentence

    @property
    def text(self) -> str:
        return self.sentence.text[self.title.start : self.title.end]


def swaps(claim: str, evidence: Sequence[Sentence], document: Document, known: Directory) -> Iterator[Swap]:
    """Yield the titles of a claim that its evidence and the document give otherwise."""
    there = [_Held(title, sentence) for sentence in evidence for title in titles(sentence.text)]
    for title in titles(claim):
        written = claim[title.start : title.end]
        if title.holder:
            own = list(_of(title, document, known))
            yield from _held_otherwise(title, written, own, there, known)
        elif not title.plural:
            yield from _without_name(title, written, claim, there, document, known)


def _of(title: Title, document: Document, known: Directory) -> Iterator[_Held]:
    """Yield the titles that the document gives to the holder of a title."""
    if not title.holder:
        return
    last = title.holder.words[-1]
    for sentence in known.sentences(last, document):
        for other in titles(sentence.text):
            if other.holder and any(alike(last, word) for word in other.holder.words):
                yield _Held(other, sentence)


def _held_otherwise(
    title: Title, written: str, own: list[_Held], there: list[_Held], known: Directory
) -> Iterator[Swap]:
    holder = title.holder
    if not holder:
        return
    same = [held for held in own if _same_office(title, held.title)]
    if same:
        if not title.field or any(held.title.field for held in same) or not known.has(written.lower()):
            yield from _other_quality(title, written, same)
        return
    named = any(held.title.holder and not _same_words(held.title.holder, holder) for held in _alike(title, there))
    if not (named and own) and any(not held.title.holder for held in _alike(title, there)):
        return
    other = _next_to(title, there)
    if own:
        yield _swap("wrong_title", f"The source calls {holder.text} {own[0].text}, not {written}.", title, own[0])
    elif title.family is not None and not known.has(title.office.split()[-1]):
        yield Swap("new_title", f"The sources do not call anybody {written}.", title, None, 0, 0)
    elif title.family is not None and other and other.title.holder and not _same_words(other.title.holder, holder):
        message = f"The source calls {other.title.holder.text} {other.text}, not {holder.text}."
        yield _swap("wrong_title", message, title, other)


def _alike(title: Title, there: Sequence[_Held]) -> Iterator[_Held]:
    return (held for held in there if _same_office(title, held.title))


def _same_words(one: Name, other: Name) -> bool:
    return not {*one.words}.isdisjoint(other.words)


def _next_to(title: Title, there: Sequence[_Held]) -> _Held | None:
    """Return who else has the title in a sentence that also names its holder in the claim."""
    last = title.holder.words[-1] if title.holder else ""
    for held in there:
        if _same_office(title, held.title) and last in plain_words(held.sentence.text):
            return held
    return None


def _without_name(
    title: Title, written: str, claim: str, there: list[_Held], document: Document, known: Directory
) -> Iterator[Swap]:
    same = [held for held in there if _same_office(title, held.title)]
    if same:
        everywhere = same
        if not any(held.title.qualities == title.qualities for held in same):
            found = (_Held(t, s) for s in known.sentences(title.office.split()[-1], document) for t in titles(s.text))
            everywhere = [*same, *(held for held in found if _same_office(title, held.title))]
        yield from _other_quality(title, written, everywhere)
        return
    if title.family is None or known.has(title.office.split()[-1]) or known.has(written.lower()):
        return
    said = {other.office for other in titles(claim)}
    for held in there:
        if held.title.family == title.family and held.title.office not in said and not held.title.plural:
            yield _swap("wrong_title", f"The source says {held.text}; the claim says {written}.", title, held)
            return


def _other_quality(title: Title, written: str, same: Iterable[_Held]) -> Iterator[Swap]:
    """Yield a swap when no title of the same office has the same qualities: `former president`, `president`."""
    same = list(same)
    if UP_TO_THEN in title.qualities or any(held.title.qualities in ({UP_TO_THEN}, title.qualities) for held in same):
        return
    yield _swap("wrong_title", f"The source says {same[0].text}; the claim says {written}.", title, same[0])


def _same_office(one: Title, other: Title) -> bool:
    if one.field and other.field and one.field != other.field:
        return False
    if (one.field or other.field) and "prime minister" in {one.office, other.office}:
        return False
    return (
        one.office == other.office or one.office.split()[-1] == other.office or other.office.split()[-1] == one.office
    )


def _swap(kind: str, message: str, title: Title, held: _Held) -> Swap:
    return Swap(kind, message, title, held.sentence, held.title.start, held.title.end)
