"""Who does what a verb says, and to whom: the subject before it and the objects after it, found from neighbours.

English keeps its subject before the verb and its object after it; what may stand between (a relative clause, an
apposition, "on Monday") is stepped over. A participle after a noun ("a warning *issued* on Friday") has that noun
done to, not doing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from .. import speech_words as lists
from . import lexicon
from .chains import BREAKS, EVENT_AFTER, JOINS, OPENS_CLAUSE, SPEECH, Clause, ending, step_back
from .phrases import IN_PHRASE, NOMINAL
from .tagging import BE, Tag, Token

#: "asked the mayor to resign": the object is the one who does.
_OBJECT_DOES = frozenset(
    """ask tell urge order force persuade allow permit help want require instruct invite encourage advise warn get
    press compel enable beg request expect forbid appeal call lead prompt push drive cause convince challenge
    pressure""".split()
)
#: "accused the minister of hiding": the object is the one who does.
_OBJECT_OF_GERUND = frozenset("accuse blame charge suspect stop prevent ban convict acquit clear criticize".split())
#: "told reporters that": the object only listens.
_ADDRESSED = frozenset("tell inform warn remind assure convince advise notify".split())
_BEFORE_CLAUSE = frozenset("as after before since until once".split())


class Verb(Protocol):
    """What is known of a verb already read."""

    @property
    def at(self) -> int:
        """Its token."""

    @property
    def lemma(self) -> str:
        """Its dictionary form."""

    @property
    def agents(self) -> tuple[int, ...]:
        """Who does it."""

    @property
    def patients(self) -> tuple[int, ...]:
        """Who has it done to them."""

    @property
    def others(self) -> tuple[tuple[str, int], ...]:
        """What follows by prepositions."""

    @property
    def passive(self) -> bool:
        """Whether the subject has it done to it."""

    @property
    def group(self) -> tuple[int, ...]:
        """What stands right before it."""

    @property
    def under(self) -> int | None:
        """The verb or noun over it."""


def group(said: Sequence[Token], at: int) -> tuple[int, ...]:
    """Return the auxiliaries, adverbs, negations and "to" right before a verb."""
    start = at
    while start and (
        said[start - 1].tag in {Tag.AUX, Tag.NOT, Tag.TO}
        or (said[start - 1].tag is Tag.ADVERB and start > 1 and _inside_group(said, start - 1))
    ):
        start -= 1
        if said[start].tag is Tag.TO:
            if start and said[start - 1].tag is Tag.NOT:
                start -= 1
            break
    return tuple(range(start, at))


def _inside_group(said: Sequence[Token], at: int) -> bool:
    return said[at].low not in lists.LEADING or said[at - 1].tag in {Tag.AUX, Tag.NOT}


def _is_to(said: Sequence[Token], own: Sequence[int]) -> bool:
    return any(said[i].tag is Tag.TO for i in own)


def is_passive(clause: Clause, at: int, own: Sequence[int], found: Sequence[Verb]) -> bool:
    """Tell whether a verb has its subject done to: "was opened", "signed by", "a warning issued on Friday"."""
    said = clause.said
    if said[at].low == "blame" and own and _is_to(said, own) and said[own[0] - 1].low in BE:
        return True  # "is to blame"
    if not lexicon.participle(said[at].low) or said[at].low.endswith("ing"):
        return False
    auxiliaries = [said[i].low for i in own if said[i].tag is Tag.AUX]
    if auxiliaries:
        return auxiliaries[-1] in BE
    if said[at].low in BE or _is_to(said, own):
        return False
    start = own[0] if own else at
    before = said[start - 1] if start else None
    follows = said[at + 1].low if at + 1 < len(said) else ""
    if before is None:
        return follows == "by"
    if before.low in BE | {"get", "gets", "got"} or (follows == "by" and (before.tag in NOMINAL or before.form == ",")):
        return True
    last = found[-1] if found else None
    if before.tag is Tag.CONJUNCTION and last and last.passive:  # "was pulled out and flown to hospital"
        return not lexicon.is_past(said[at].low) or clause.starting(at + 1) is None
    phrase = clause.ending(start - 1)
    if phrase and phrase.start and said[phrase.start - 1].tag is Tag.RELATIVE:
        return False  # "crossings that Solvia shut"
    return before.tag in NOMINAL and _is_reduced(clause, start, at, last)


def _is_reduced(clause: Clause, start: int, at: int, last: Verb | None) -> bool:
    """Tell whether a participle after a noun only describes it, as the clause has its finite verb elsewhere."""
    said = clause.said
    after = said[at + 1] if at + 1 < len(said) else None
    if (said[at].lemma in OPENS_CLAUSE and (after is None or after.low not in {"of", "by", "as"})) or (
        after is not None and after.tag in IN_PHRASE - {Tag.ADJECTIVE}
    ):
        return False  # it has an object, or a clause, of its own
    between = range(last.at + 1, start) if last else range(0)
    same = last is not None and not any(_divides(said[i]) for i in between)
    if same and last is not None:
        return not _is_loose(said, last)
    if not lexicon.is_past(said[at].low):
        return True
    return _finite_follows(clause, at)


def _divides(token: Token) -> bool:
    return token.tag in JOINS or token.form in {",", ";", '"'} or token.low in _BEFORE_CLAUSE


def _finite_follows(clause: Clause, at: int) -> bool:
    """Tell whether another finite verb without a subject of its own follows: "the report issued on Friday *found*"."""
    said = clause.said
    for i in range(at + 1, min(len(said), at + 14)):
        token = said[i]
        if token.tag in JOINS or token.form in BREAKS | {",", "("} or token.low in EVENT_AFTER | {"as"}:
            return False
        if token.tag is Tag.AUX or (
            token.tag is Tag.VERB and not token.low.endswith("ing") and said[i - 1].tag is not Tag.TO
        ):
            phrase = clause.ending(i - 1)
            return phrase is None or phrase.time or said[phrase.start - 1].tag is Tag.PREPOSITION
    return False


def governor(clause: Clause, start: int, own: Sequence[int], found: Sequence[Verb]) -> int | None:
    """Return the token of the verb or noun that a verb group, which begins at `start`, stands under, if any."""
    said, before = clause.said, start - 1
    last = found[-1] if found else None
    if _is_to(said, own):
        if last and last.lemma in _OBJECT_DOES and start - last.at < 9:
            return last.at
        if before >= 0 and said[before].tag in {Tag.VERB, Tag.NOUN, Tag.ADJECTIVE}:
            return before
        return last.at if last and start - last.at < 9 else None
    progressive = said[start].low.endswith("ing")
    if before >= 0 and said[before].tag is Tag.PREPOSITION and progressive:
        return last.at if last and start - last.at <= 8 else None
    if progressive and before >= 0 and said[before].tag is Tag.VERB:
        return before
    for i in range(before, max(-1, before - 14), -1):
        if said[i].low in {"that", "whether"} and said[i].tag in JOINS and i:
            if said[i - 1].tag is Tag.NOUN and last and last.lemma in _ADDRESSED and i - 1 in last.patients:
                return last.at
            if said[i - 1].tag in {Tag.VERB, Tag.NOUN}:
                return i - 1
            return last.at if last and i - last.at <= 5 else None
        if said[i].form in BREAKS or said[i].tag is Tag.CONJUNCTION or (said[i].form == "," and i < before):
            return None
        if said[i].tag is Tag.VERB:
            return i if said[i].lemma in SPEECH else None
    return None


def subject(clause: Clause, at: int, own: Sequence[int], under: int | None, found: Sequence[Verb]) -> tuple[int, ...]:
    """Return the words of the phrase that a verb is said of, its head first."""
    said = clause.said
    start = own[0] if own else at
    before = start - 1
    last = found[-1] if found else None
    if _is_to(said, own) or (before >= 0 and said[before].tag is Tag.PREPOSITION):
        return _controlled(clause, at, own, under, found)
    if under is not None and under == before and said[before].tag is Tag.VERB:
        return _controlled(clause, at, own, under, found)
    if before >= 0 and said[before].tag is Tag.RELATIVE and said[before].low in {"who", "which", "that"}:
        before -= 1
        return ending(clause, before - 1 if before >= 0 and said[before].form == "," else before)
    between = said[last.at + 1 : start] if last else ()
    running = not said[at].low.endswith("ing") and not any(t.tag in JOINS or t.form == "," for t in between)
    if last and running and _is_loose(said, last):  # "a ship carrying grain *sank*", "the plan to close it *failed*"
        own_noun = last.under is not None and said[last.under].tag is Tag.NOUN
        return ending(clause, last.under or 0) if own_noun else _subject_of(last)
    if before >= 0 and said[before].tag is Tag.CONJUNCTION and said[before].low in {"and", "or", "but", "then"}:
        return _shared(said, at, found)
    place = step_back(clause, before)
    if place >= 0 and said[place].form == ",":
        return _shared(said, at, found) or ending(clause, place - 1)
    return ending(clause, place) or (_shared(said, at, found) if said[at].low.endswith("ing") else ())


def _subject_of(verb: Verb) -> tuple[int, ...]:
    return verb.patients if verb.passive else verb.agents


def _shared(said: Sequence[Token], at: int, found: Sequence[Verb]) -> tuple[int, ...]:
    """Return the subject of the verb before, which one joined to it by "and" or a comma shares."""
    progressive = said[at].low.endswith("ing")
    fitting = (verb for verb in reversed(found) if progressive or not _is_loose(said, verb))
    verb = next(fitting, found[-1] if found else None)
    return _subject_of(verb) if verb else ()


def _controlled(
    clause: Clause, at: int, own: Sequence[int], under: int | None, found: Sequence[Verb]
) -> tuple[int, ...]:
    """Return who does what an infinitive or a gerund says: the subject, or the object, of the verb over it."""
    said = clause.said
    last = found[-1] if found else None
    infinitive = _is_to(said, own)
    if infinitive and under is not None and said[under].tag is Tag.NOUN and not (last and last.at > under - 2):
        phrase = clause.holding.get(under)
        if phrase and last and last.lemma in BE | {"be", "have", "begin", "make"}:
            return _subject_of(last)  # "is in talks to buy"
        owner = next((i for i in range(phrase.start, phrase.end) if said[i].owns), None) if phrase else None
        return (owner,) if owner is not None else ()
    over = next((p for p in found if p.at == under), last)
    if over is None:
        return ()
    does = over.lemma in (_OBJECT_DOES if infinitive else _OBJECT_OF_GERUND)
    if over.passive and (does or infinitive):
        return over.patients  # "was chosen to lead"
    addressed = next((head for word, head in over.others if word in {"on", "upon", "to"}), None)
    if does and not over.patients and addressed is not None and addressed < at:
        return (addressed,)  # "called on the mayor to resign"
    return over.patients if (does or not over.agents) and over.patients else over.agents


def _is_loose(said: Sequence[Token], verb: Verb) -> bool:
    """Tell whether a verb only describes a noun before it: a participle or infinitive with no auxiliary."""
    before = said[verb.at - 1] if verb.at else None
    if before is None or any(said[i].tag is Tag.AUX for i in verb.group):
        return False
    if _is_to(said, verb.group):
        return verb.under is not None and said[verb.under].tag is Tag.NOUN
    near = before.tag in NOMINAL or before.form == ","
    return near and (verb.passive or said[verb.at].low.endswith("ing"))
