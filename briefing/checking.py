"""What all the checks together say of one claim, and the report over many.

A claim that stands word for word in its evidence says what the source says. What is still seen in it, such as
quotation marks round words that nobody spoke, is the source's own fault: a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from .checks import (
    Check,
    Subject,
    analysis,
    citations,
    commitment,
    figures,
    hedges,
    names,
    polarity,
    quotations,
    roles,
    support,
    time,
)
from .clauses import can_leave_out
from .coverage.statement import is_stated
from .coverage.statements import sentences, statements
from .coverage.support_features import features, probability
from .document import Document, Sentence
from .engines.extractive.roles import INTERPRETIVE, interpretation
from .english import is_english
from .evidence import of as lookup
from .evidence import rank
from .remembered import work_on
from .report import Report
from .source import Span
from .speech_words import PRONOUNS
from .text import bare
from .verdict import ClaimVerdict, Evidence, Finding, Severity, Verdict
from .versions.conflicts import conflicts
from .words import FUNCTION_WORDS, forms

#: The checks that every claim goes through, in the order of their findings, and their versions.
CHECKS: Mapping[str, tuple[Check, str]] = MappingProxyType(
    {
        "citations": (citations.check, citations.VERSION),
        "quotations": (quotations.check, quotations.VERSION),
        "figures": (figures.check, figures.VERSION),
        "names": (names.check, names.VERSION),
        "roles": (roles.check, roles.VERSION),
        "polarity": (polarity.check, polarity.VERSION),
        "commitment": (commitment.check, commitment.VERSION),
        "hedges": (hedges.check, hedges.VERSION),
        "time": (time.check, time.VERSION),
        "support": (support.check, support.VERSION),
        "analysis": (analysis.check, analysis.VERSION),
    }
)
#: They read English; of other languages they say nothing, and the report says so.
ENGLISH_ONLY = frozenset({"roles", "polarity", "commitment", "hedges", "time"})
#: What an inference must keep to.
OF_INFERENCE = frozenset({"citations", "quotations", "figures", "names", "commitment", "analysis"})
#: What is checked even where the source itself says it, word for word.
OF_SOURCE = frozenset({"citations", "quotations"})
#: What a statement of a claim is held to by itself: what it cites, and what it quotes, the whole claim answers for.
OF_STATEMENT = frozenset(CHECKS) - {"citations", "quotations", "analysis"}
#: A text with a smaller share of English function words is in another language; one with few words may have none.
_ENGLISH, _FEW_WORDS = 0.12, 9
#: So many facts are looked at as premises of an inference that the source draws.
_PREMISES = 6


def examine(subject: Subject, document: Document) -> ClaimVerdict:
    """Return what all the checks say of one claim, and of each statement in it, against the sentences that it cites."""
    work_on(document.sha256)
    evidence = cited(subject.cited, document)
    verbatim = subject.speaker is None and stands_verbatim(subject.text, evidence)
    unchecked = unread(subject.text, document)
    findings = _findings(subject, evidence, document, verbatim=verbatim)
    if not verbatim and evidence and subject.speaker is None:
        findings = [found for found in findings if not _in_copied(found, subject, evidence)]
        findings += _of_statements(subject, evidence, document, findings)
    return ClaimVerdict(
        where=subject.where,
        text=subject.text,
        verdict=verdict(findings, inference=subject.inference),
        findings=tuple(dict.fromkeys(findings)),  # two statements may have one fault
        evidence=tuple(map(shown, evidence)),
        support=None if verbatim or unchecked or subject.inference else _score(subject, evidence, document, findings),
        unchecked=unchecked,
    )


def _findings(subject: Subject, evidence: Sequence[Sentence], document: Document, *, verbatim: bool) -> list[Finding]:
    ground = premises(subject, document) if verbatim and subject.inference else evidence
    unchecked = unread(subject.text, document)
    findings: list[Finding] = []
    for name, (check, _) in CHECKS.items():
        if subject.speaker is not None:
            wanted = name in OF_SOURCE  # a quote is its words
        elif subject.inference:
            wanted = name in (OF_SOURCE | {"commitment"} if verbatim else OF_INFERENCE)
        else:
            wanted = not verbatim or name in OF_SOURCE
        if not wanted or name in unchecked:
            continue
        found = list(check(subject, ground if name == "commitment" else evidence, document))
        if name == "support":  # what another check names is not said twice
            told = [f.claim_span for f in findings if f.claim_span and f.severity is Severity.ERROR]
            found = [f for f in found if not any(_overlap(f.claim_span, span) for span in told)]
        if verbatim and name != "citations":
            found = [f.model_copy(update={"severity": Severity.WARNING}) for f in found]
        findings.extend(found)
    return findings


def _in_copied(found: Finding, subject: Subject, evidence: Sequence[Sentence]) -> bool:
    """Tell whether a finding is in one of several sentences, which the source has so and which means nobody before."""
    span = found.claim_span
    if span is None or found.check not in OF_STATEMENT:
        return False
    inside = [one.text for one in sentences(subject.text) if one.start <= span.start and span.end <= one.end]
    return any(not PRONOUNS & {*forms(text)} and stands_verbatim(text, evidence) for text in inside)


def _of_statements(
    subject: Subject, evidence: Sequence[Sentence], document: Document, known: Iterable[Finding]
) -> Iterator[Finding]:
    """Yield the errors in single sentences of a claim, and in clauses hung on to copied ones, that are not known."""
    told = [f.claim_span for f in known if f.claim_span and f.severity is Severity.ERROR]
    for one in statements(subject.text, [s.text for s in evidence]):
        own = subject._replace(text=one.text)
        for found in _findings(own, evidence, document, verbatim=stands_verbatim(one.text, evidence)):
            if found.severity is not Severity.ERROR or found.check not in OF_STATEMENT:
                continue
            span = found.claim_span
            place = Span(*one.span(span.start, span.end)) if span else Span(one.start, one.end)
            if not any(_overlap(place, other) for other in told):
                told.append(place)
                yield found.model_copy(update={"claim_span": place, "found": subject.text[place.start : place.end]})


def _overlap(one: Span | None, other: Span) -> bool:
    return one is not None and one.start < other.end and other.start < one.end


def _score(
    subject: Subject, evidence: Sequence[Sentence], document: Document, findings: Iterable[Finding]
) -> float | None:
    """Return the calibrated probability that a claim is supported; what the checks found weighs in it."""
    found = [finding.check for finding in findings if finding.severity is Severity.ERROR]
    read = features(subject.text, document, evidence, found)
    return None if read is None else round(probability(read), 3)


def premises(subject: Subject, document: Document) -> list[Sentence]:
    """Return the facts that an interpretive sentence of the source itself can start from: what it shares words with."""
    found = (ranked.sentence for ranked in rank(subject.text, document))
    return [s for s in found if s.id not in subject.cited and interpretation(s.text) < INTERPRETIVE][:_PREMISES]


def cited(ids: Iterable[str], document: Document) -> list[Sentence]:
    """Return the sentences with these ids, each once; an id that is not there is left out."""
    return [document.by_id[i] for i in dict.fromkeys(ids) if i in document.by_id]


def stands_verbatim(text: str, evidence: Iterable[Sentence]) -> bool:
    """Tell whether a text is a sentence of the evidence word for word, typography and outer marks aside.

    So is the beginning of one, where what is left out qualifies nothing of it and what is said is a statement.
    """
    wanted = bare(text)
    if not wanted:
        return False
    said = {bare(s.text) for s in evidence if text == s.text or bare(s.text).startswith(wanted)}
    return wanted in said or (any(_begins(sentence, wanted) for sentence in said) and _states(text))


def _begins(sentence: str, claim: str) -> bool:
    rest = sentence[len(claim) :]
    return not rest[:1].isalnum() and can_leave_out(rest, of=claim)


def _states(text: str) -> bool:
    return is_stated(text) or not is_english(text)


def unread(text: str, document: Document) -> tuple[str, ...]:
    """Return the checks that cannot read a claim, because it or its sources are not in English."""
    said = forms(text)
    own = sum(form in FUNCTION_WORDS for form in said)
    english = lookup(document).english and (len(said) < _FEW_WORDS or own >= _ENGLISH * len(said))
    return () if english else tuple(sorted(ENGLISH_ONLY))


def verdict(findings: Iterable[Finding], *, inference: bool = False) -> Verdict:
    """Return the verdict that follows from the findings: one error is enough."""
    if any(finding.severity is Severity.ERROR for finding in findings):
        return Verdict.UNSUPPORTED
    return Verdict.INFERENCE if inference else Verdict.SUPPORTED


def shown(sentence: Sentence) -> Evidence:
    """Return a sentence as the evidence that a result carries."""
    return Evidence(
        source=sentence.source,
        sentence=sentence.id,
        start=sentence.span.start,
        end=sentence.span.end,
        text=sentence.text,
        inherited=sentence.inherited,
    )


def report(claims: Iterable[ClaimVerdict], document: Document) -> Report:
    """Return the report over claims: their verdicts, the sources' conflicts, which checks ran and which did not."""
    claims = tuple(claims)
    nowhere = {name for name in ENGLISH_ONLY if claims and all(name in claim.unchecked for claim in claims)}
    checks = {
        name: "did not run, it reads English only" if name in nowhere else version
        for name, (_, version) in CHECKS.items()
    }
    partly = [claim.where for claim in claims if claim.unchecked]
    notes = [f"Not English, so checked for markers, quotes and figures only: {', '.join(partly)}."] if partly else []
    return Report(claims=claims, checks=checks, conflicts=tuple(conflicts(document)), notes=tuple(notes))
