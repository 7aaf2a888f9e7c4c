"""Names: each person, place, body, title and abbreviation of a claim stands in its evidence, or is the same as one.

A name is the same when it is part of a longer one that the document gives, an abbreviation of it, another form of the
same place, or when the evidence speaks of its bearer without naming it. English text; of other text nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..document import Document, Sentence
from ..grammar.given_names import NAMES
from ..grammar.places import REGIONS, Form, places
from ..naming import affiliations, directory, offices, stand_ins
from ..naming.directory import Directory
from ..naming.proper_names import GENERIC, Name, Part, common, names, plain_words
from ..naming.spellings import alike, nickname, one_letter_apart
from ..remembered import remembered
from ..speech_words import is_person
from ..text import bare
from ..verdict import Finding, Severity
from ..words import FUNCTION_WORDS, stem
from . import Place, Subject, finding

VERSION = "1"
_CHECK = "names"
_SHORT = re.compile(r"\b[A-Z](?:\.?[A-Z]){1,7}\b")
#: Words of so few letters tell no sentence from another; so many sentences are looked through.
_SMALL, _MOST_SENTENCES = 3, 2_000
#: In the table of places, yet bodies.
_BODIES = frozenset({"european union", "united nations", "nato", "african union", "arab league"})


class _Evidence(NamedTuple):
    """What a claim is held against: its evidence, and what stands in it."""

    sentences: Sequence[Sentence]
    document: Document
    directory: Directory
    words: frozenset[str]
    keys: frozenset[str]
    seats: frozenset[str]
    short: frozenset[str]


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding for each name or title of a claim that its evidence does not have, or has otherwise."""
    if not evidence or subject.speaker is not None or _verbatim(subject.text, evidence):
        return
    known = directory.of(document.sources)
    if not known.english or not directory.reads_as_english(subject.text, known):
        return
    held = _held(evidence, document, known)
    for name in (_trimmed(name, known) for name in names(subject.text)):
        if parts := _missing(name, held):
            yield from _unknown(name, parts, subject, held)
        elif len(name.parts) > 1 and not name.keys:
            yield from _other_first_name(name, subject, held)
    for wrong in affiliations.misplaced(subject.text, evidence):
        own, real = wrong.claimed, wrong.real
        message = f"The source says {real.person.text} of {real.body.text}; the claim says of {own.body.text}."
        there = Place(wrong.sentence, real.body.start, real.body.end)
        span = own.body.start, own.body.end
        yield finding(subject, document, _CHECK, "wrong_name", message, claim=span, place=there)
    for swap in offices.swaps(subject.text, evidence, document, known):
        place = Place(swap.sentence, swap.start, swap.end) if swap.sentence else None
        yield finding(
            subject, document, _CHECK, swap.kind, swap.message, claim=(swap.title.start, swap.title.end), place=place
        )


def _verbatim(text: str, evidence: Sequence[Sentence]) -> bool:
    wanted = bare(text)
    return any(wanted == bare(sentence.text) for sentence in evidence)


def _trimmed(name: Name, known: Directory) -> Name:
    """Return a name without a first word that only the start of a sentence gave its capital: `Striker Ana Lopes`."""
    first, *rest = name.parts
    if first.sure or not rest or first.plain in GENERIC or known.is_name(first.plain):
        return name
    start = rest[0].start
    return name._replace(text=name.text[start - name.start :], start=start, parts=tuple(rest))


def _held(evidence: Sequence[Sentence], document: Document, known: Directory) -> _Evidence:
    mentions = [(m, s) for s in evidence for m in places(s.text)]
    return _Evidence(
        evidence,
        document,
        known,
        frozenset().union(*(plain_words(s.text) for s in evidence)),
        frozenset(key for m, _ in mentions for key in m.keys),
        frozenset(key for m, _ in mentions if m.form is Form.SEAT for key in m.keys),
        frozenset().union(*(_abbreviations(s.text) for s in evidence)),
    )


@remembered(1 << 12)
def _abbreviations(text: str) -> frozenset[str]:
    return frozenset(short.replace(".", "").lower() for short in _SHORT.findall(text))


def _missing(name: Name, held: _Evidence) -> list[Part]:
    """Return the parts of a name that the evidence lacks in every form."""
    lacking = [part for part in name.parts if not _stands(part, name, held)]
    sure = any(part.sure for part in name.parts)
    kept = [part for part in lacking if part.sure or sure or held.directory.is_name(part.plain)]
    return [] if kept and _spelled_out(name, held) else kept


def _stands(part: Part, name: Name, held: _Evidence) -> bool:
    if part.plain in REGIONS and len(REGIONS[part.plain] & _document_keys(held)) > 1:
        return True  # "two Nordic countries", where two of them are named
    if part.keys:
        if not part.keys & held.keys:
            return part.plain in held.words
        there = part.form is not Form.SEAT or not name.where or part.plain in held.words
        return there or bool(part.keys & held.seats) or "capital" in held.words
    if part.plain in held.words:
        return True
    return any(alike(part.plain, word) for word in held.words if word[:1] == part.plain[:1])


def _spelled_out(name: Name, held: _Evidence) -> bool:
    """Tell whether a name is an abbreviation of words in the evidence, or the words of an abbreviation there."""
    telling = [part.plain.lower() for part in name.parts]
    if len(telling) == 1:
        short = telling[0].removesuffix("s") if name.text[-1:] == "s" else telling[0]
        if not name.text.rstrip("s").replace(".", "").isupper():
            return False
        longs = {long for long, _ in held.directory.expansions(short, held.document)}
        if longs:
            return any(_mentioned(long, held.words) for long in longs)
        return any(directory.initials_stand_for(short, s.text) for s in held.sentences)
    initials = {"".join(w[0] for w in telling), "".join(w[0] for w in re.findall(r"\w+", name.text.lower()))}
    for short in initials & held.short:
        longs = {long for long, _ in held.directory.expansions(short, held.document)}
        if not longs or any(set(telling) <= set(long) for long in longs):
            return True
    return False


def _mentioned(long: Sequence[str], words: frozenset[str]) -> bool:
    """Tell whether the evidence has the last word of a long form, as `the agreement`, or most of its words."""
    telling = [word for word in long if len(word) > 3]
    return bool(telling) and (telling[-1] in words or 2 * sum(word in words for word in telling) > len(telling))


def _unknown(name: Name, parts: list[Part], subject: Subject, held: _Evidence) -> Iterator[Finding]:
    """Yield what is wrong with a name of which the evidence lacks parts, or nothing if the document explains it."""
    longer = [] if name.keys else [known for known, _ in held.directory.whole(name.words, held.document)]
    inside = bool(longer) or all(_in_document(part, held) for part in parts)
    other = stand_ins.instead_of(name, subject.text, held.sentences)
    if inside and _explained(name, parts, subject, held, longer, other):
        return
    span = (parts[0].start, parts[-1].end) if len(parts) < len(name.parts) else (name.start, name.end)
    if not inside and (near := _spelled_nearly(parts, held)):
        known, sentence = near
        message = f"The source spells it {known.text}, the claim {name.text}."
        yield _found("misspelled", message, subject, held, span, Place(sentence, known.start, known.end))
        return
    if is_person(name.text) and parts[-1] is not name.parts[-1] and not name.keys and not common(name.words[-1]):
        for known, sentence in held.directory.names_with(name.parts[-1].plain, held.document):
            if len(known.parts) > 1 and known.words[-1] == name.parts[-1].plain:
                message = f"The source names {known.text}; the claim names {name.text}."
                place = Place(sentence, known.start, known.end)
                yield _found("wrong_first_name", message, subject, held, (name.start, name.end), place)
                return
    other = other or stand_ins.like(name, parts, held.sentences)
    kind = "not_in_evidence" if inside else "new_name"
    if other:
        place_name = bool(name.keys - _BODIES) or (name.where and len(name.parts) == 1)
        message = f"The source says {other.text}; the claim says {name.text}."
        people = name.keys and all(part.form is Form.PEOPLE for part in name.parts)
        doubtful = inside and not other.strong and (people or _told_of(name, parts, subject, held))
        sort = "wrong_place" if place_name else "wrong_name"
        found = _found(sort, message, subject, held, (name.start, name.end), other)
        yield found.model_copy(update={"severity": Severity.WARNING}) if doubtful else found
    elif inside:
        message = f"The cited sentences do not speak of {name.text}."
        found = _found(kind, message, subject, held, span, None)
        people = name.keys and all(part.form is Form.PEOPLE for part in name.parts)
        yield found.model_copy(update={"severity": Severity.WARNING}) if people else found
    else:
        written = subject.text[slice(*span)]
        yield _found(kind, f"The sources do not name {written}.", subject, held, span, None)


def _told_of(name: Name, parts: Sequence[Part], subject: Subject, held: _Evidence) -> bool:
    """Tell whether the document speaks of a name where it speaks of what the claim says, though it is not cited."""
    said = {stem(w) for w in plain_words(subject.text) - FUNCTION_WORDS - {*name.words} if len(w) > _SMALL}
    for sentence in held.document.sentences[:_MOST_SENTENCES]:
        there = plain_words(sentence.text)
        keyed = {key for mention in places(sentence.text) for key in mention.keys} if name.keys else frozenset()
        if all(part.plain in there or part.keys & keyed for part in parts) and said & {stem(w) for w in there}:
            return True
    return False


def _in_document(part: Part, held: _Evidence) -> bool:
    return held.directory.has(part.plain) or bool(part.keys and _key_in_document(part, held))


def _key_in_document(part: Part, held: _Evidence) -> bool:
    return bool(part.keys & _document_keys(held))


def _document_keys(held: _Evidence) -> set[str]:
    return {key for source in held.document.sources for m in places(source.text[:100_000]) for key in m.keys}


def _explained(
    name: Name,
    parts: list[Part],
    subject: Subject,
    held: _Evidence,
    longer: list[Name],
    other: stand_ins.Other | None,
) -> bool:
    """Tell whether the document says that the evidence speaks of the name."""
    if name.keys:
        return subject.inference or (not other and _near_or_topic(name, held))
    if longer and not _conflict(name, held):
        if any(word in held.words for known in longer for word in known.words if word not in name.words[:-1]):
            return True  # the evidence has another part of the same name
        if len(parts) < len(name.parts):
            return True
    if not longer and len(name.parts) > 1:
        return False
    if other and (other.strong or not _near(name, held)):
        return False
    if stand_ins.pronoun_means_other(name, subject.text, held.sentences, held.document):
        return False
    return subject.inference or _near_or_topic(name, held)


def _conflict(name: Name, held: _Evidence) -> bool:
    """Tell whether the evidence has the last word of a name only with other first names."""
    bearers = [n for s in held.sentences for n in names(s.text) if n.words[-1] == name.words[-1]]
    return len(name.parts) > 1 and bool(bearers) and all(_other_bearer(name, bearer) for bearer in bearers)


def _other_bearer(name: Name, bearer: Name) -> bool:
    mine, theirs = name.words[:-1], bearer.words[:-1]
    if not theirs or not mine:
        return False
    return not any(alike(a, b) or nickname(a, b) for a in mine for b in theirs)


def _near(name: Name, held: _Evidence) -> bool:
    return held.directory.is_just_before(name.words, held.document, held.sentences)


def _near_or_topic(name: Name, held: _Evidence) -> bool:
    lookup, document = held.directory, held.document
    sources = {sentence.source for sentence in held.sentences}
    return _near(name, held) or any(lookup.is_topic(name.words, document, number) for number in sources)


def _spelled_nearly(parts: list[Part], held: _Evidence) -> tuple[Name, Sentence] | None:
    for part in parts:
        if part.keys or len(part.plain) < 4 or common(part.plain) or part.plain in NAMES:
            continue
        near = [word for word in held.directory.capitals | held.words if one_letter_apart(part.plain, word)]
        for word in sorted(near):
            if not common(word):
                for known in held.directory.names_with(word, held.document):
                    return known
    return None


def _other_first_name(name: Name, subject: Subject, held: _Evidence) -> Iterator[Finding]:
    """Yield a finding when every word of a person's name stands in the evidence, but as parts of other names."""
    if not _conflict(name, held) or next(held.directory.whole(name.words, held.document), None):
        return
    for sentence in held.sentences:
        for known in names(sentence.text):
            if known.words[-1] == name.words[-1] and _other_bearer(name, known):
                message = f"The source names {known.text}; the claim names {name.text}."
                place = Place(sentence, known.start, known.end)
                yield _found("wrong_first_name", message, subject, held, (name.start, name.end), place)
                return


def _found(
    kind: str,
    message: str,
    subject: Subject,
    held: _Evidence,
    span: tuple[int, int],
    place: Place | stand_ins.Other | None,
) -> Finding:
    where = Place(place.sentence, place.start, place.end) if place else None
    return finding(subject, held.document, _CHECK, kind, message, claim=span, place=where)
