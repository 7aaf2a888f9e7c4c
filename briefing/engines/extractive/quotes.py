"""The quotes of a briefing: the most central words that the sources attribute to a speaker."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ... import markers
from ...document import Document, Sentence
from ...draft import DraftQuote
from ...source import Span
from ...speech import speeches
from ...text import fold, squeeze

#: Shorter words are a fragment, longer ones a speech: neither makes a quote in a briefing.
_LEAST_WORDS, _MOST_WORDS = 5, 60


class _Spoken(NamedTuple):
    words: str
    speaker: str
    evidence: Sequence[Sentence]
    score: float


def quotes(document: Document, score: Mapping[str, float], *, most: int) -> list[DraftQuote]:
    """Return at most `most` quotes in reading order; only sentences in `score` are quoted from.

    The same words from the same speaker in several sources make one quote with evidence from each.
    """
    by_words: dict[tuple[str, str], _Spoken] = {}
    for spoken in _spoken(document, score):
        key = (squeeze(fold(spoken.words)).strip(" .,").lower(), spoken.speaker.split()[-1].lower())
        if earlier := by_words.get(key):
            spoken = earlier._replace(evidence=[*earlier.evidence, *spoken.evidence])
        by_words[key] = spoken
    best = sorted(by_words.values(), key=lambda spoken: -spoken.score)[:most]
    return [
        DraftQuote(text=spoken.words, speaker=spoken.speaker, evidence=[s.id for s in spoken.evidence])
        for spoken in by_words.values()
        if spoken in best
    ]


def _spoken(document: Document, score: Mapping[str, float]) -> list[_Spoken]:
    found = []
    for source, own in zip(document.sources, document.by_source, strict=True):
        ends = [s.span.end for s in own]
        for speech in speeches(source.text):
            # of words that an attribution interrupts, the longest stretch: it stands in the source as it is printed
            words = squeeze(markers.strip(source.text[speech.longest.start : speech.longest.end])).rstrip(",; ")
            evidence = _overlapping(own, ends, speech.span)
            scored = [score[s.id] for s in evidence if s.id in score]
            if scored and _LEAST_WORDS <= len(words.split()) <= _MOST_WORDS:
                # a name before "the spokesman": the reader learns more
                named = 1.0 if speech.speaker[0].isupper() else 0.7
                found.append(_Spoken(words, speech.speaker, evidence, named * max(scored)))
    return found


def _overlapping(sentences: Sequence[Sentence], ends: Sequence[int], span: Span) -> list[Sentence]:
    found = []
    for sentence in sentences[bisect_left(ends, span.start + 1) :]:
        if sentence.span.start >= span.end:
            break
        found.append(sentence)
    return found
