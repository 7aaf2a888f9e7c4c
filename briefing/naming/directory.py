"""The names of a document: where a name stands, what else its bearer is called, what an abbreviation stands for.

Nothing is read ahead: a document of thousands of sentences is searched for the few names that a claim needs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from ..document import Document, Sentence
from ..grammar.lexicon import parts
from ..grammar.places import unaccented_text
from ..remembered import remembered
from ..source import Source
from ..text import fold
from ..words import FUNCTION_WORDS
from .proper_names import Name, common, names, plain_words, simple, tokens
from .spellings import alike, nickname

#: In a text of English at least this share of the words are function words; headlines and lists have fewer.
_ENGLISH, _SHORT, _FEW = 0.2, 40, 7
_MIDDLE_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
_LOWER = re.compile(r"\b[a-z]\w+")
#: Sentences of a source that say what it is about, and in how many sentences a name stands that it is about.
_OPENING, _OFTEN = 2, 3
#: How far back a sentence can speak of somebody without a name.
_BACK = 2
_MOST_SENTENCES = 200


class Directory:
    """The names of one document's sources, looked up when asked for."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        """Keep the texts as they are searched: folded, without accents, every offset kept."""
        whole = [(s.text, s.title or "") for s in sources]
        self._texts = [tuple(unaccented_text(fold(text)) for text in texts) for texts in whole]
        self._low = [tuple(t.lower() for t in texts) for texts in self._texts]

    @cached_property
    def english(self) -> bool:
        """Whether the sources read as English."""
        said = re.findall(r"[^\W\d_]+", " ".join(low[0][:3000] for low in self._low))
        if len(said) < _SHORT:
            return reads_as_english(" ".join(texts[0] for texts in self._texts))
        return sum(word in FUNCTION_WORDS for word in said) >= _ENGLISH * len(said)

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The plain words that stand in the document with a capital that only a name explains."""
        return frozenset(simple(word) for texts in self._texts for word in _MIDDLE_CAPITAL.findall(texts[0]))

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that stand in the document in lower case."""
        return frozenset(word for texts in self._texts for word in _LOWER.findall(texts[0]))

    def has(self, word: str) -> bool:
        """Tell whether a plain word stands anywhere in the document."""
        low = word.lower()
        return any(_find(low, text) >= 0 for texts in self._low for text in texts)

    def is_name(self, word: str) -> bool:
        """Tell whether a word whose capital may be an accident is a name: here, or by what English has."""
        if word in self.capitals:
            return word not in self.small
        return word not in self.small and not common(word) and not parts(word)

    def sentences(self, word: str, document: Document) -> Iterator[Sentence]:
        """Yield the sentences and titles in which a plain word stands, in order, at most a few hundred."""
        low, count = word.lower(), 0
        titles = {title.source: title for title in document.titles}
        for number, (text, title) in enumerate(self._low, start=1):
            if number in titles and _find(low, title) >= 0:
                yield titles[number]
            at, last = _find(low, text), None
            while at >= 0 and count < _MOST_SENTENCES:
                sentence = _sentence_at(document.by_source[number - 1], at)
                if sentence and sentence is not last:
                    yield sentence
                    count += 1
                last, at = sentence, _find(low, text, max(at + 1, sentence.span.end if sentence else 0))

    def names_with(self, word: str, document: Document) -> Iterator[tuple[Name, Sentence]]:
        """Yield the names in the document that have a plain word, and where they stand."""
        for sentence in self.sentences(word, document):
            for name in names(sentence.text):
                if word in name.words:
                    yield name, sentence

    def whole(self, words: Sequence[str], document: Document) -> Iterator[tuple[Name, Sentence]]:
        """Yield the names in the document that have all of these words, or first names short for one another."""
        rarest = words[-1]
        for name, sentence in self.names_with(rarest, document):
            if all(any(alike(word, own) or nickname(word, own) for own in name.words) for word in words):
                yield name, sentence

    def is_topic(self, words: Sequence[str], document: Document, number: int) -> bool:
        """Tell whether a source is about a name: it stands in its title, its opening, or again and again."""
        found: list[Sentence] = []
        own = document.by_source[number - 1]
        for sentence in self.sentences(words[-1], document):
            if sentence.source != number:
                continue
            if sentence.id.startswith("t") or sentence in own[:_OPENING]:
                return True
            found.append(sentence)
        return len(found) >= _OFTEN

    def is_just_before(self, words: Sequence[str], document: Document, evidence: Iterable[Sentence]) -> bool:
        """Tell whether a name stands so shortly before the evidence that this can speak of its bearer as `he`."""
        for sentence in evidence:
            own = document.by_source[sentence.source - 1]
            at = bisect_right(own, sentence.span.start, key=lambda s: s.span.start) - 1
            before = own[max(0, at - _BACK) : max(0, at)]
            said = frozenset(word for s in before for word in plain_words(s.text))
            if all(word in said or any(alike(word, other) for other in said) for word in words):
                return True
        return False

    def expansions(self, short: str, document: Document) -> Iterator[tuple[tuple[str, ...], Sentence]]:
        """Yield what the document gives in brackets or after `or` as an abbreviation's long form, as plain words."""
        for sentence in self.sentences(short, document):
            text = fold(sentence.text)
            for match in re.finditer(rf"(?:\(|, or |known as (?:the )?){re.escape(short)}\b", text, re.IGNORECASE):
                before = [token for token in tokens(text) if token.end <= match.start()]
                long = _long_form(short.lower(), [simple(token.form).lower() for token in before])
                if long:
                    yield long, sentence


@lru_cache(maxsize=8)
def of(sources: tuple[Source, ...]) -> Directory:
    """Return the directory of a document's sources; made once for the same sources."""
    return Directory(sources)


def reads_as_english(text: str, directory: Directory | None = None) -> bool:
    """Tell whether a short text reads as English: function words, or words that are common or the document's own."""
    functional, said = _said(text)
    if functional >= 0.25 * len(said):
        return True
    small = [form for form in said if form.islower() and form not in FUNCTION_WORDS]
    telling = [form for form in small if len(form) > 3] or small
    if not telling:
        telling = [] if functional or len(said) < _FEW else [form.lower() for form in said]
    own = directory.small if directory else frozenset()
    return sum(word in own or common(word) for word in telling) >= 0.5 * len(telling)


@remembered(1 << 11)
def _said(text: str) -> tuple[int, tuple[str, ...]]:
    """Return how many function words a text has, and its words."""
    said = tuple(token.form for token in tokens(fold(text)) if token.form.isalpha())
    return sum(form.lower() in FUNCTION_WORDS for form in said), said


def initials_stand_for(short: str, text: str) -> bool:
    """Tell whether words in a row in `text` have these initials, small words counted or not.

    >>> initials_stand_for("ecb", "the European Central Bank"), initials_stand_for("ecb", "the central bank")
    (True, False)
    """
    said = [simple(token.form).lower() for token in tokens(fold(text))]
    if len(short) < 2 or not short.isalpha():
        return False
    telling = "".join(word[0] for word in said if word not in FUNCTION_WORDS)
    return short in telling or short in "".join(word[0] for word in said)


def _long_form(short: str, said: Sequence[str]) -> tuple[str, ...]:
    """Return the words at the end of `said` whose initials are the abbreviation's, small words counted or not."""
    for length in range(len(short), min(len(said), 2 * len(short) + 2) + 1):
        last = said[-length:]
        if last[0][0] != short[0]:
            continue
        if short in {"".join(w[0] for w in last), "".join(w[0] for w in last if w not in FUNCTION_WORDS)}:
            return tuple(last)
    return ()


def _find(word: str, text: str, start: int = 0) -> int:
    """Return where a word stands alone in a text in lower case, or -1."""
    at = text.find(word, start)
    while at >= 0:
        end = at + len(word)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return at
        at = text.find(word, at + 1)
    if len(word) == 2 and word.isalpha() and start == 0:
        return text.find(f"{word[0]}.{word[1]}.")
    return -1


def _sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    at = bisect_right(sentences, offset, key=lambda s: s.span.start) - 1
    return sentences[at] if at >= 0 and offset < sentences[at].span.end else None
