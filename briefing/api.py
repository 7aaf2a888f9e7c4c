"""The straight line from text to result: read the sources, have a draft written, check it."""

from __future__ import annotations

from typing import cast

from . import proof, verification
from .document import Document, Sentence, Sources
from .engines import Engine
from .engines.extractive import Extractive
from .engines.extractive.focus import about
from .errors import ConfigError, InputError
from .report import Report
from .results import Answer, Briefing
from .similarity import index
from .text import replace_surrogates

#: How many of the sentences nearest to a question an answer carries.
NEAREST = 3


def summarize(sources: Sources, *, engine: Engine | None = None, points: int = 5, focus: str | None = None) -> Briefing:
    """Return a briefing of the sources, each claim with its evidence, markers and verdict.

    `sources` is a text, a `Source`, a row (`{"text": …, "title": …}`) or a list of them, or a `Document`; several are
    taken to be about one event. `points` is the most points to make; `focus` is what they are to be about ("defense").
    Without an `engine` the extractive one writes: sentences of the sources, word for word, offline.

    Raises InputError when an item of `sources`, `points` or `focus` cannot be used, and ConfigError when `engine` is
    not an engine.

    >>> briefing = summarize("The council approved the bridge on Monday. It will cost $4 million.")
    >>> briefing.lede.text, briefing.lede.markers
    ('The council approved the bridge on Monday.', (1,))
    """
    engine = _engine(engine)
    document = _document(sources)
    if not isinstance(points, int) or isinstance(points, bool) or points < 0:
        raise InputError(f"points is {points!r}: give a whole number, 0 or more.")
    if focus is not None:
        focus = _words(focus, "focus")
    draft = engine.brief(document, points=points, focus=focus)
    notes = [f"No sentence of the sources is about {focus}."] if focus and not about(document, focus) else []
    return verification.briefing(draft, document, engine=engine.fingerprint, notes=notes)


def ask(sources: Sources, question: str, *, engine: Engine | None = None) -> Answer:
    """Return what the sources say to a question: the sentences that answer it, in reading order, or that none does.

    `status` is answered, partly (`missing` says what is left open) or not_in_sources; then there are no claims, and
    `nearest` shows the sentences that come closest. `sources` and `engine` are as for `summarize`.

    Raises InputError when an item of `sources` or the question cannot be used, and ConfigError when `engine` is
    not an engine.

    >>> text = "The council approved the bridge on Monday. It will cost $4 million."
    >>> ask(text, "How much will the bridge cost?").claims[0].text
    'It will cost $4 million.'
    """
    engine = _engine(engine)
    document = _document(sources)
    question = _words(question, "question")
    draft = engine.answer(document, question)
    return verification.answer(
        draft, document, question, engine=engine.fingerprint, nearest=_nearest(document, question)
    )


def verify(text: str, sources: Sources) -> Report:
    """Return what the checks say of a text that anybody wrote, sentence by sentence, against its sources.

    Markers in the text (`[1]`, `[1, 2]`) name the sources by position, or are those that a single source prints itself;
    each must be earned. Without markers the evidence is found first. `report.claims[n].span` is the claim's place in
    `text`; a finding's `claim_span` counts in the claim, its `evidence_span` in the source.

    Raises InputError when the text or an item of `sources` cannot be used.

    >>> report = verify("The council rejected the bridge.", "The council approved the bridge on Monday.")
    >>> report.ok, report.claims[0].findings[0].check, report.claims[0].findings[0].expected
    (False, 'polarity', 'approved')
    """
    document = _document(sources)
    if not isinstance(text, str):
        raise InputError(f"the text to verify is of type {type(text).__name__}: give it as text.")
    if not any(map(str.isalnum, text)):
        raise InputError("the text to verify has no word in it: give the summary or answer to check.")
    return proof.text(Document.read(text), document)


def recheck(result: Briefing | Answer | Report, sources: Sources) -> Report:
    """Return which claims of an earlier result still hold against sources that were corrected, without any engine.

    A claim keeps its evidence where that still stands word for word; for the rest, evidence is looked for anew.

    Raises InputError when `result` is no result, or an item of `sources` cannot be used.

    >>> result = summarize("The council approved the bridge on Monday. It will cost $4 million.")
    >>> report = recheck(result, "The council approved the bridge on Monday. It will cost $6 million.")
    >>> [(claim.where, claim.verdict.value) for claim in report.claims]
    [('headline', 'supported'), ('lede', 'supported'), ('points[0]', 'unsupported')]
    """
    if not isinstance(result, Briefing | Answer | Report):
        raise InputError(
            f"the result to recheck is of type {type(result).__name__}: give a Briefing, an Answer or a Report, as "
            "summarize, ask and verify return them."
        )
    return proof.again(result, _document(sources))


def _document(sources: Sources) -> Document:
    document = Document.read(sources)
    if document.hints:
        raise InputError(document.hints[0])
    return document


def _engine(given: object) -> Engine:
    """Return the engine that was given, or the extractive one for None."""
    if given is None:
        return Extractive()
    if isinstance(given, type):
        raise ConfigError(f"engine is the class {given.__name__}: give an instance of it, as in briefing.Extractive().")
    methods = (getattr(given, name, None) for name in ("brief", "answer"))
    if not all(map(callable, methods)) or not isinstance(getattr(given, "fingerprint", None), str):
        raise ConfigError(
            f"engine is of type {type(given).__name__}, which is no engine: give one, as in briefing.Extractive(), "
            "or leave it out."
        )
    return cast(Engine, given)


def _nearest(document: Document, question: str) -> list[Sentence]:
    relevance = index(tuple(s.text for s in document.body)).relevance(question)
    best = sorted(range(len(document.body)), key=lambda i: -relevance[i])[:NEAREST]
    return [document.body[i] for i in best]


def _words(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise InputError(f"the {name} is of type {type(value).__name__}: give it as text.")
    if not any(map(str.isalnum, value)):
        raise InputError(f"the {name} has no word in it: say in words what is wanted.")
    return replace_surrogates(value.strip())
