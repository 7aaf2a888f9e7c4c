"""The engine itself: which sentences become headline, lede, points, quotes and analysis, or an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..._version import __version__
from ...agreement import independent
from ...document import Document, Sentence
from ...draft import Draft, DraftAnswer, DraftClaim, Status
from . import answer, rank
from .focus import about
from .headline import headline
from .quotes import quotes
from .roles import Reading, Role, roles
from .sources import Comparison

#: Sentences from the top of a source among which its lede is looked for.
_LEDE_AMONG = 3
#: What it counts for a sentence to be the first of them: that is where news stands, unless another is far better.
_FIRST = 2.0
#: What another independent source that reports a sentence adds to its score, as a factor.
_CORROBORATED = 1.3
#: What it adds that sources give different versions of it: the reader must know.
_DISPUTED = 1.5
#: What a marker that the article itself prints on a sentence adds: the publisher names a source for it.
_CITED = 1.5
#: What is left of a sentence's score for each unit by which it explains or interprets: facts come first.
_EXPLAINS = 0.5


class Extractive:
    """An engine that quotes: every claim is a sentence of the sources, so nothing can be invented.

    >>> import briefing
    >>> briefing.summarize("The bridge opened on Monday. It cost $4 million.", engine=Extractive()).lede.text
    'The bridge opened on Monday.'
    """

    @property
    def fingerprint(self) -> str:
        """`extractive/` and the version of the library."""
        return f"extractive/{__version__}"

    def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        """Return a draft of the most central sentences, each once, in reading order.

        With `focus` only sentences about it become points, quotes and analysis; there may be fewer than asked for.
        """
        reading = roles(document)
        comparison = Comparison(document)
        score = _scores(document, reading, comparison, most=4 * points + 8)
        pool = about(document, focus) if focus else document.sentences
        quoted = quotes(document, {s.id: score[s.id] for s in pool}, most=min(3, points))
        used = {i for quote in quoted for i in quote.evidence}
        facts = [s for s in pool if reading[s.id].role is Role.FACT and s.id not in used]
        lede = _lede(document, reading, score, facts)
        analysis = sorted(
            (s for s in pool if reading[s.id].role is Role.ANALYSIS and s is not lede),
            key=lambda s: (-reading[s.id].interpretation, -score[s.id]),
        )[:points]
        return Draft(
            headline=headline(document, lede),
            lede=_claim(comparison.evidence(lede), lede),
            points=_points(lede, facts, score, comparison, points),
            quotes=quoted,
            analysis=[_claim([s], s) for s in sorted(analysis, key=lambda s: (s.source, s.span))],
        )

    def answer(self, document: Document, question: str) -> DraftAnswer:
        """Return the sentences that answer the question, in reading order, with who else reports them."""
        selection = answer.answer([s.text for s in document.body], question)
        comparison = Comparison(document)
        claims: list[DraftClaim] = []
        covered: set[str] = set()
        for sentence in (document.body[i] for i in selection.chosen):
            if sentence.id not in covered:
                evidence = comparison.evidence(sentence)
                covered.update(s.id for s in evidence)
                claims.append(_claim(evidence, sentence))
                claims += [_claim([s], s) for s in comparison.versions(sentence) if s.id not in covered]
                covered.update(s.id for s in comparison.versions(sentence))
        return DraftAnswer(status=Status(selection.status), claims=claims, missing=selection.missing)


def _scores(document: Document, reading: dict[str, Reading], comparison: Comparison, most: int) -> dict[str, float]:
    """Return how much each sentence belongs in a briefing; what several sources report, or dispute, belongs more."""
    scores: dict[str, float] = {}
    for source, own in zip(document.sources, document.by_source, strict=True):
        for sentence, score in zip(own, rank.scores([s.text for s in own], title=source.title), strict=True):
            scores[sentence.id] = score * _EXPLAINS ** reading[sentence.id].interpretation
            if sentence.inherited:
                scores[sentence.id] *= _CITED
    if len(document.sources) == 1:
        return scores
    for i in sorted(scores, key=lambda i: -scores[i])[:most]:
        sentence = document.by_id[i]
        scores[i] *= _CORROBORATED ** (independent(comparison.evidence(sentence)) - 1)
        scores[i] *= _DISPUTED if comparison.versions(sentence) else 1.0
    return scores


def _lede(
    document: Document, reading: dict[str, Reading], score: dict[str, float], facts: Sequence[Sentence]
) -> Sentence:
    """Return the best of the facts that open the sources; without a fact the first sentence that is not a heading."""
    opening: dict[int, list[Sentence]] = {}
    for sentence in facts or [s for s in document.sentences if reading[s.id].role is Role.FACT]:
        if len(opening.setdefault(sentence.source, [])) < _LEDE_AMONG:
            opening[sentence.source].append(sentence)
    candidates = [s for sentences in opening.values() for s in sentences]
    first = {sentences[0].id for sentences in opening.values()}
    spoken = [s for s in document.sentences if reading[s.id].role is not Role.NONE]
    weigh = {s.id: score[s.id] * (_FIRST if s.id in first else 1.0) for s in candidates}
    return max(candidates, key=lambda s: weigh[s.id]) if candidates else (spoken or document.sentences)[0]


def _points(
    lede: Sentence, facts: Sequence[Sentence], score: dict[str, float], comparison: Comparison, most: int
) -> list[DraftClaim]:
    """Return the points: the best facts, nothing twice, each followed by other sources' versions of it."""
    others = [s for s in facts if s is not lede]
    sentences = [lede, *others]
    ranked = rank.ranked([s.text for s in sentences], [score[s.id] for s in sentences], taken=[0])
    groups = [versions] if (versions := comparison.versions(lede)[:most]) else []
    taken = [lede, *versions]
    ids = {s.id for s in taken}
    for sentence in (sentences[i] for i in ranked):
        room = most - len(taken) + 1
        if room <= 0:
            break
        group = [s for s in (sentence, *comparison.versions(sentence)) if s.id not in ids]
        if sentence.id in ids or len(group) > room or any(comparison.same(sentence, other) for other in taken):
            continue
        groups.append(group)
        taken += group
        ids.update(s.id for s in group)
    order = {s.id: place for place, s in enumerate(facts)}
    groups.sort(key=lambda group: order.get(group[0].id, -1))
    return [_claim(comparison.evidence(s), s) for group in groups for s in group]


def _claim(evidence: Iterable[Sentence], sentence: Sentence) -> DraftClaim:
    return DraftClaim(text=sentence.text, evidence=[s.id for s in evidence])
