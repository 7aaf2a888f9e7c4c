"""What stands in the evidence where a claim has another name: found by the words beside the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..document import Document, Sentence
from ..grammar.places import keys
from ..speaker import subject_name
from ..text import fold
from ..words import FUNCTION_WORDS, stem
from .proper_names import Name, Part, common, headline, names, plain_words, tokens
from .spellings import alike

_HE = re.compile(r"\W{0,3}(?:But |And |Later,? )?(?:he|she)\b", re.IGNORECASE)


class Other(NamedTuple):
    """A name in a sentence that stands where the claim has another; `strong` where the next words are the same."""

    sentence: Sentence
    start: int
    end: int
    strong: bool

    @property
    def text(self) -> str:
        """The name as written."""
        return self.sentence.text[self.start : self.end]


def instead_of(name: Name, claim: str, evidence: Sequence[Sentence]) -> Other | None:
    """Return the name in the evidence that a name of the claim stands in for: it has a place there and none here."""
    said, said_keys = plain_words(claim), keys(claim)
    mine = _beside(claim, name)
    best: tuple[int, Other] | None = None
    count = 0
    for sentence in evidence:
        for known in _names(sentence.text):
            if known.keys & said_keys or any(_in(word, said) for word in known.words):
                continue
            theirs = _beside(sentence.text, known)
            score = sum(a == b and bool(a) for a, b in zip(mine, theirs, strict=True))
            fits = known.where == name.where and bool(known.keys) == bool(name.keys)
            if not score and not fits:
                continue
            count += not score
            if best is None or score > best[0]:
                best = score, Other(sentence, known.start, known.end, score > 0)
    if best is None or (not best[0] and count > 1):
        return None
    return best[1]


def like(name: Name, missing: Sequence[Part], evidence: Sequence[Sentence]) -> Other | None:
    """Return the name in the evidence that has some words of a name of the claim and others for the missing ones."""
    kept = {part.plain for part in name.parts if part not in missing}
    for sentence in evidence:
        for known in names(sentence.text):
            if kept & {*known.words} and {*known.words} - kept:
                return Other(sentence, known.start, known.end, True)
    return None


def pronoun_means_other(name: Name, claim: str, evidence: Sequence[Sentence], document: Document) -> bool:
    """Tell whether the evidence opens with `he` or `she`, and the sentence before it is about somebody else."""
    if any(map(str.isalpha, claim[: name.start])):
        return False
    for sentence in evidence:
        own = document.by_source[sentence.source - 1]
        at = next((i for i, other in enumerate(own) if other.id == sentence.id), 0)
        if not at or not _HE.match(sentence.text):
            return False
        before = own[at - 1].text
        subject, _ = subject_name(fold(before))
        words = plain_words(before)
        if not subject or any(_in(word, words) for word in name.words):
            return False
    return True


def _names(text: str) -> Iterator[Name]:
    shout = headline(fold(text))
    for name in names(text):
        if shout or any(part.sure for part in name.parts) or len(name.parts) > 1 or not common(name.words[0].lower()):
            yield name


def _in(word: str, said: frozenset[str]) -> bool:
    return word in said or any(alike(word, other) for other in said if other[:1] == word[:1])


def _beside(text: str, name: Name) -> tuple[str, str]:
    """Return the stems of the telling words next to a name, before it with its preposition and after it."""
    plain = fold(text)
    said = tokens(plain)
    before = [token.form.lower() for token in said if token.end <= name.start][-3:]
    after = [token.form.lower() for token in said if token.start >= name.end][:2]
    last = next((word for word in reversed(before) if word not in FUNCTION_WORDS), "")
    link = " ".join(word for word in before[before.index(last) + 1 :] if word not in {"the", "a", "an"}) if last else ""
    following = next((word for word in after if word not in FUNCTION_WORDS), "")
    if "," in plain[name.end : name.end + 2]:
        following = ""
    return (f"{stem(last)} {link}" if last else "", stem(following) if following else "")
