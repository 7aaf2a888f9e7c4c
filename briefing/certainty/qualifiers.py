"""What makes a sentence say less than its bare words: a hedge, a condition, or somebody whose word it is.

Each qualifier is read with the stretch of the sentence that it governs, so that a claim's words can be asked
whether the
source stood behind them: in "The mill closed and the bridge may follow" only the bridge is under *may*.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..grammar.predicates import Reading, read
from ..grammar.tagging import NOT, Tag, Token
from ..remembered import remembered
from ..speech_words import MONTHS, NAME_MONTHS, TIMES
from .attributions import SPEECH, attributions
from .conditions import ASKED, conditions
from .qualifier import Kind, Qualifier
from .reach import FINITE, clause_end, clause_start, content_end, phrase_end

_MODALS = frozenset("could may might".split())
#: "Although it may not be the fastest": what is conceded is not doubted.
_CONCEDING = frozenset("although though while whilst".split())
_ADVERBS = {
    **dict.fromkeys("possibly perhaps maybe potentially conceivably".split(), Kind.POSSIBLE),
    **dict.fromkeys("probably likely presumably apparently seemingly".split(), Kind.PROBABLE),
    **dict.fromkeys("reportedly allegedly purportedly supposedly".split(), Kind.REPORTED),
    **dict.fromkeys("tentatively provisionally".split(), Kind.PRELIMINARY),
    **dict.fromkeys("nearly almost virtually practically".split(), Kind.NEARLY),
    **dict.fromkeys("partly partially".split(), Kind.PARTLY),
}
_ADJECTIVES = {
    **dict.fromkeys("possible potential".split(), Kind.POSSIBLE),
    **dict.fromkeys("probable presumed apparent".split(), Kind.PROBABLE),
    **dict.fromkeys("alleged suspected unconfirmed purported supposed rumoured rumored".split(), Kind.REPORTED),
    **dict.fromkeys("preliminary provisional tentative".split(), Kind.PRELIMINARY),
}
#: What comes first of several: results, not talks.
_EARLY = frozenset("initial early interim partial first".split())
_RESULTS = frozenset("result finding figure estimate data count tally assessment poll projection return number".split())
#: "Rain is likely."
_LEFT_OPEN = {
    **dict.fromkeys("possible conceivable".split(), Kind.POSSIBLE),
    **dict.fromkeys("probable likely".split(), Kind.PROBABLE),
}
#: With an infinitive or a clause after them.
_RAISED = {
    **dict.fromkeys("likely unlikely appear seem tend tip".split(), Kind.PROBABLE),
    **dict.fromkeys("forecast predict project".split(), Kind.BELIEVED),
    "expect": Kind.EXPECTED,
    **dict.fromkeys(
        "believe think suspect fear presume assume understand estimate consider know".split(), Kind.BELIEVED
    ),
    **dict.fromkeys("report say allege rumour rumor".split(), Kind.REPORTED),
}
#: "close to signing", "on the verge of collapsing", "has not ruled out closing".
_NEARING = {
    **dict.fromkeys("close closer verge brink".split(), Kind.POSSIBLE),
    **dict.fromkeys("rule ruled ruling exclude excluded".split(), Kind.POSSIBLE),
}
#: What goes with another thing need not be its cause.
_LINKS = frozenset("associated linked correlated connected tied".split())
_NOUNS_OF_DOUBT = {
    **dict.fromkeys("possibility chance risk danger prospect threat".split(), Kind.POSSIBLE),
    **dict.fromkeys("rumour rumor speculation".split(), Kind.REPORTED),
    **dict.fromkeys("allegation accusation claim suspicion".split(), Kind.CLAIMED),
    **dict.fromkeys("fear belief expectation".split(), Kind.BELIEVED),
}
#: They govern what is thought to come, and not what it comes after.
_OPEN = frozenset({Kind.EXPECTED, Kind.BELIEVED, Kind.PROBABLE})
_WHEN = (
    TIMES
    | MONTHS
    | NAME_MONTHS
    | frozenset("year month week spring summer autumn winter end quarter weekend noon midnight".split())
)


def hedging(token: Token) -> bool:
    """Tell whether a word only says how sure something is, or that it is said.

    >>> [t.form for t in read("Police think that he fled.").tokens if hedging(t)]
    ['think']
    """
    return token.low in _RAISED_FORMS or token.lemma in SPEECH - {"hear"} or token.lemma == "consider"


@remembered(1 << 12)
def qualifiers(text: str) -> tuple[Qualifier, ...]:
    """Return the qualifiers of a sentence in order.

    >>> text = "The mill closed and the bridge may follow."
    >>> said = read(text).tokens
    >>> [(q.kind.value, said[q.first].form, said[q.low].form) for q in qualifiers(text)]
    [('possible', 'may', 'may')]
    """
    reading = read(text)
    found: list[Qualifier] = []
    for at, token in enumerate(reading.tokens):
        found += _word(reading, at, token)
    found += conditions(reading.tokens)
    found += _earliest(reading.tokens)
    found += attributions(reading)
    return tuple(sorted(found, key=lambda q: q.first))


@remembered(1 << 12)
def doubted(text: str) -> frozenset[str]:
    """Return the lemmas that a word before them puts in doubt in a sentence: "a suspected strain"."""
    said = read(text).tokens
    found = [q for q in qualifiers(text) if q.kind is Kind.REPORTED and said[q.first].low in _ADJECTIVES]
    return frozenset(said[i].lemma for q in found for i in range(q.low, q.high))


def governing(text: str, at: int) -> list[Qualifier]:
    """Return the qualifiers that govern a token of a sentence."""
    said = read(text).tokens
    return [q for q in qualifiers(text) if q.governs(at) and not (q.kind in _OPEN and at >= content_end(said, q.last))]


def _word(reading: Reading, at: int, token: Token) -> Iterator[Qualifier]:
    """Yield what a single word qualifies: what follows it in its clause, or the noun that it describes."""
    said, low = reading.tokens, token.low
    after = said[at + 1] if at + 1 < len(said) else None
    if low in _MODALS and token.tag is Tag.AUX and not (low == "could" and after and after.low in NOT):
        if said[clause_start(said, at) - 1].low in _CONCEDING or said[clause_start(said, at)].low in _CONCEDING:
            return
        yield Qualifier(Kind.POSSIBLE, at, at, at, clause_end(said, at))
    elif low == "should" and token.tag is Tag.AUX and at and said[at - 1].tag is not Tag.PUNCTUATION:
        yield Qualifier(Kind.ADVISED, at, at, at, clause_end(said, at))
    elif low in _LEFT_OPEN and (subject := _open_subject(reading, at)):
        yield Qualifier(_LEFT_OPEN[low], at, at, subject - 1, clause_end(said, at))
    elif low in _RAISED_FORMS and (kind := _raised(said, at)):
        yield Qualifier(kind, at, at, at, clause_end(said, at))
    elif low == "but" and at and said[at - 1].low == "all" and after and after.tag in {Tag.VERB, Tag.ADJECTIVE}:
        yield Qualifier(Kind.NEARLY, at - 1, at, at + 1, at + 2)
    elif low in _ADVERBS and token.tag is not Tag.NAME:
        yield from _adverb(said, at, _ADVERBS[low])
    elif low in _ADJECTIVES and after and after.tag in {Tag.NOUN, Tag.ADJECTIVE, Tag.NAME, Tag.VERB}:
        kind = _ADJECTIVES[low]
        shown = kind is Kind.PRELIMINARY
        yield Qualifier(kind, at, at, *((0, len(said)) if shown else (at, phrase_end(said, at + 1))))
    elif _asks(said, at):
        yield Qualifier(Kind.POSSIBLE, at, at, at, clause_end(said, at))
    elif low in {"mostly", "largely"} and at and said[at - 1].lemma == "be" and after and after.tag is Tag.ADJECTIVE:
        yield Qualifier(Kind.PARTLY, at, at, at + 1, at + 2)
    elif low in _NEARING and (content := _nearing(said, at)):
        yield Qualifier(_NEARING[low], at, content - 1, content, clause_end(said, content))
    elif low in _LINKS and after and after.low in {"with", "to"}:
        yield Qualifier(Kind.LINKED, at, at + 1, clause_start(said, at), clause_end(said, at))
    elif low in _EARLY and after and after.lemma in _RESULTS:
        yield Qualifier(Kind.PRELIMINARY, at, at + 1, 0, len(said))
    elif token.lemma in _NOUNS_OF_DOUBT and token.tag is Tag.NOUN and (content := _content_of(said, at)):
        yield Qualifier(_NOUNS_OF_DOUBT[token.lemma], at, at, content, clause_end(said, content))


def _open_subject(reading: Reading, at: int) -> int:
    """Return one more than the subject's place of which token `at` says how likely it is, else 0: "rain is likely"."""
    said = reading.tokens
    after = said[at + 1].low if at + 1 < len(said) else ""
    verb = next((p for p in reading.predicates if p.lemma == "be" and 0 < at - p.at < 3), None)
    if verb is None or after in {"to", "that"} or any(t.low in NOT for t in said[verb.at : at]):
        return 0
    return min(verb.agents) + 1 if verb.agents else 0


def _asks(said: Sequence[Token], at: int) -> bool:
    """Tell whether a word leaves open what follows: whether, asked if, it is possible that."""
    low = said[at].low
    if low in {"possible", "probable", "conceivable"}:
        return any(t.low == "that" for t in said[at + 1 : at + 2])
    return at > 0 and (low == "whether" or (low == "if" and said[at - 1].lemma in ASKED))


def _nearing(said: Sequence[Token], at: int) -> int:
    """Return where it begins what somebody is close to, or has not ruled out; 0 where nothing such is said."""
    lows = [t.low for t in said[at + 1 : at + 3]]
    if lows[:1] == ["out"] or said[at].lemma == "exclude":
        return at + 1 + (lows[:1] == ["out"]) if any(t.low in NOT for t in said[max(0, at - 3) : at]) else 0
    if lows[:1] not in (["to"], ["of"]):
        return 0
    return at + 2 if lows[1:] and lows[1].endswith("ing") else 0


def _content_of(said: Sequence[Token], at: int) -> int:
    """Return where the content of a noun of doubt begins: "allegations by the union *that*", or 0."""
    for i in range(at + 1, min(at + 10, len(said))):
        if said[i].low in {"that", "of"}:
            return i
        if said[i].tag in FINITE or said[i].tag is Tag.PUNCTUATION:
            break
    return 0


_RAISED_FORMS = frozenset(
    """likely unlikely
    appear appears appeared seem seems seemed tend tends believed thought suspected feared presumed assumed
    understood estimated considered known reported said alleged rumoured rumored
    forecast predicted projected expected tipped""".split()
)


def _raised(said: Sequence[Token], at: int) -> Kind | None:
    """Return the kind of "is *thought* to", "*appears* to", "*likely* to" and "it is *believed* that", or None."""
    after = said[at + 1].low if at + 1 < len(said) else ""
    before = said[at - 1] if at else None
    kind = _RAISED.get(said[at].lemma) or _RAISED.get(said[at].low)
    if (
        said[at].low == "likely"
        and before
        and before.low in {"more", "less", "as", "how", "most", "least", "equally", "times"}
    ):
        return None
    if after in {"to", "that"} or said[at].low.startswith(("appear", "seem")):
        passive = said[at].low not in {"said", "thought", "reported", "known"} or (
            before is not None
            and (before.low in {"is", "are", "was", "were", "been", "be"} or before.tag is Tag.ADVERB)
        )
        return None if said[at].low == "known" or not passive else kind
    return Kind.PROBABLE if said[at].low in {"likely", "unlikely"} else None


def _adverb(said: Sequence[Token], at: int, kind: Kind) -> Iterator[Qualifier]:
    after = said[at + 1] if at + 1 < len(said) else None
    if kind in {Kind.NEARLY, Kind.PARTLY}:
        if after and after.tag in {Tag.VERB, Tag.ADJECTIVE} and after.low not in {"all", "every", "half"}:
            yield Qualifier(kind, at, at, at + 1, at + 2)
        return
    if after and after.tag is Tag.ADJECTIVE and not (at and said[at - 1].lemma == "be"):
        yield Qualifier(kind, at, at, at, at + 2)  # "potentially unwelcome advice" is advice
        return
    start = at if after and after.form not in {",", "."} else clause_start(said, at)
    yield Qualifier(kind, at, at, start, clause_end(said, at if not after or after.form != "," else at + 1))


def _earliest(said: Sequence[Token]) -> Iterator[Qualifier]:
    """Yield what says from when on at the earliest: not before Saturday, as early as May, at the earliest."""
    for at, token in enumerate(said):
        before = [t.low for t in said[max(0, at - 2) : at]]
        if (
            token.low in {"early", "soon"}
            and before[-1:] == ["as"]
            and [t.low for t in said[at + 1 : at + 2]] == ["as"]
        ):
            first, last = at - 1, at + 1
        elif (token.low == "earliest" and before == ["at", "the"]) or (
            token.low == "than" and before == ["no", "earlier"]
        ):
            first, last = at - 2, at
        elif (
            token.low == "before" and any(t.low in NOT for t in said[clause_start(said, at) : at]) and _dated(said, at)
        ):
            first, last = at, at
        else:
            continue
        yield Qualifier(Kind.EARLIEST, first, last, clause_start(said, first), clause_end(said, last))


def _dated(said: Sequence[Token], at: int) -> bool:
    return any(t.low in _WHEN or t.tag is Tag.NUMBER for t in said[at + 1 : at + 5])
