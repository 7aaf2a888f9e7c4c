"""What stands in the speaker field of a quote: a name or a description that the source has, and nothing else."""

from __future__ import annotations

import re
from functools import lru_cache

from ..document import Document
from ..naming.spellings import alike, nickname
from ..naming.titles import Title, titles
from ..speech_words import AUXILIARIES, BASE_VERBS, OBJECT_PRONOUNS, RELATIVES, SUBJECT_PRONOUNS, VERBS
from ..words import FUNCTION_WORDS, stem

#: A naming has no more words.
_MOST = 12
#: What no name or description is written with.
_MARKUP = re.compile(r"[<>\[\]{}*_`#|\\/=~^]|https?:|\n")
_WORD = re.compile(r"[^\W_](?:[\w'’]|-(?=\w))*")
_PRONOUNS = SUBJECT_PRONOUNS | OBJECT_PRONOUNS
#: They open a clause, or are the verb of one.
_OF_CLAUSE = (RELATIVES | AUXILIARIES | SUBJECT_PRONOUNS | VERBS | {"because", "that", "whose"}) - BASE_VERBS - {"can"}
#: Before a name they say nothing of anybody.
_HONORIFICS = frozenset("mr mrs ms mx miss dr sir dame lord lady madam prof professor rev jr sr st".split())


def ill_named(naming: str, document: Document) -> str:
    """Return what is wrong with the naming of a speaker, nothing where it can name one.

    >>> text = Document.read("“We sail at dawn,” said Captain Ana Holm, who had been ill.")
    >>> ill_named("Captain Holm", text), ill_named("Holm, who had been ill", text)
    ('', 'It is a clause and no name')
    """
    said = [match[0].lower().replace("’", "'") for match in _WORD.finditer(naming)]
    if _MARKUP.search(naming) or not said:
        return "It is no name"
    if len(said) > _MOST:
        return "It is too long for a name"
    if len(said) == 1 and said[0] in _PRONOUNS:
        return "It is a pronoun alone"
    if _is_clause(naming, said):
        return "It is a clause and no name"
    missing = [word for word in said if not _known(word, naming, document)]
    if missing:
        return f"The sources do not have “{missing[0]}” of it"
    return "" if _together(naming, document) else "The sources do not say this of the speaker"


def _is_clause(naming: str, said: list[str]) -> bool:
    """Tell whether a naming has a verb or opens a clause; names have capitals: "Will Young"."""
    low = {match[0].lower() for match in _WORD.finditer(naming) if match[0].islower()}
    return bool(low & _OF_CLAUSE) or "who" in said


def _known(word: str, naming: str, document: Document) -> bool:
    """Tell whether the sources have a word, or one spelled like it in a name, or another form of the same office."""
    if word in FUNCTION_WORDS or word in _HONORIFICS:
        return True
    here = _vocabulary(document)
    plain = word.removesuffix("'s")
    if plain in here or stem(plain) in here:
        return True
    capital = plain.capitalize() in naming or plain.upper() in naming
    if len(plain) == 1:
        return capital and any(other.startswith(plain) for other in here)
    if capital and any(alike(plain, other) or nickname(plain, other) for other in here if other[:1] == plain[:1]):
        return True
    offices = {title.office for title in titles(naming) if plain in naming[title.start : title.end].lower()}
    return bool(offices) and offices <= _offices(document)


@lru_cache(maxsize=8)
def _vocabulary(document: Document) -> frozenset[str]:
    texts = (f"{source.title or ''}\n{source.text}" for source in document.sources)
    said = {match[0].lower().replace("’", "'").removesuffix("'s") for text in texts for match in _WORD.finditer(text)}
    parts = {part for word in said for part in word.split("-")}
    return frozenset(said | parts | {stem(word) for word in said})


@lru_cache(maxsize=8)
def _offices(document: Document) -> frozenset[str]:
    return frozenset(title.office for sentence in document.sentences for title in titles(sentence.text))


def _together(naming: str, document: Document) -> bool:
    """Tell whether the sources say of somebody what a naming does: an office, and what follows a comma."""
    head, *parts = re.split(r",|[-–—] | \(", naming)
    names = _stems(head)
    for part in filter(None, map(_stems, parts)):
        if not titles(naming) and not any(part <= said and names & said for said in _sentences(document)):
            return False
    return not any(_is_of_another(title, naming, document) for title in titles(naming))


def _is_of_another(title: Title, naming: str, document: Document) -> bool:
    """Tell whether the sources give an office to others and never to the one who is named with it."""
    rest = naming[: title.start] + " " + naming[title.end :]
    named = [match[0].lower() for match in _WORD.finditer(rest) if any(map(str.isupper, match[0]))]
    held = [t for s in document.sentences for t in titles(s.text) if t.office == title.office and t.holder]
    if not named or any(alike(t.holder.words[-1], name) for t in held if t.holder for name in named):
        return False
    own = _stems(" ".join(named))
    return bool(held) and not any(own & said and stem(title.office) in said for said in _sentences(document))


def _stems(text: str) -> frozenset[str]:
    low = (match[0].lower().replace("’", "'").removesuffix("'s") for match in _WORD.finditer(text))
    return frozenset(stem(word) for word in low if word not in FUNCTION_WORDS)


@lru_cache(maxsize=8)
def _sentences(document: Document) -> tuple[frozenset[str], ...]:
    return tuple(_stems(sentence.text) for sentence in document.sentences)
