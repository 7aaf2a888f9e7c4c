"""Which words of a claim are acts of which one can ask how far they have come, and how far its words let them be."""

from __future__ import annotations

from ..grammar.lexicon import is_past, kind, participle
from ..grammar.tagging import Tag
from .commitments import given_time
from .frames import Frames
from .stance import ACHIEVES, LEVELS, Level

#: Not acts of which one could ask how far they have come.
_NO_ACTS = frozenset("be have do say tell think believe know want need expect hope plan intend agree will".split())
_HAVING = frozenset("after by since for of with".split())
#: Of what is announced it is only known that it is to come; so it is of what one is bound to do.
_MADE_KNOWN = frozenset("announce unveil".split())
_BINDS = frozenset("have need require oblige force order compel bind".split())
#: What is never done or undone, only there.
_STANDING = frozenset("person quantity".split())
_ARGUED = frozenset("case argument reason need pressure ground call push plea campaign support".split())
#: One has them once somebody has given them.
_GIVEN = frozenset("approval consent permission permit licence license clearance assent endorsement".split())
_SUCH = frozenset("same such own further".split())
_TIMES = frozenset("second minute hour day week month year decade century time date season".split())
#: A claim with one of these tells of an accusation or a trial, and so not of a fact.
TRIED = frozenset(
    """arrest detain try trial plead sue lawsuit complaint investigate investigation inquiry probe case court prosecute
    prosecution prosecutor indictment want extradite according allegedly reportedly apparently face claim deny denial
    reject dispute""".split()
)
_CARRIES = frozenset("conduct complete finish perform stage execute deliver build".split())


def acts(one: Frames, at: int) -> bool:
    """Tell whether a word of the claim is an act, or what an act brings about."""
    token = one.reading.tokens[at]
    if token.tag is Tag.VERB:
        word, before = one.words[at], one.reading.tokens[at - 1] if at else None
        if before is not None and before.tag is Tag.PREPOSITION and before.low not in _HAVING:
            return False  # "after thinking about *leaving*"
        if before is not None and before.low == "for" and one.words[at - 2] in _ARGUED:
            return False  # "made the case for *lowering*"
        if _attributive(one, at):
            return False
        group = one.verbs[at].group
        if (group and one.reading.tokens[group[0]].low == "being") or (not group and before and before.low in _SUCH):
            return False  # "on being *raised*"; "the same *cut*" is no verb
        if any(one.reading.tokens[i].tag is Tag.TO for i in group) and given_time(one, at):
            return False
        return word not in _NO_ACTS or (word == "need" and one.verbs[at].passive)
    over = one.governors[at]
    if over is None or over not in one.verbs:
        return False
    if one.verbs[over].passive and (at in one.verbs[over].agents or (at < over and not one.verbs[over].group)):
        return False  # "a complaint *brought* by villagers" is there, and so are they
    if one.words[over] == "have" and one.words[at] in _GIVEN:
        return at in one.verbs[over].patients
    if one.words[over] not in ACHIEVES and one.words[over] != "seek":
        return False
    return token.tag is Tag.NAME or thing(one, at)


def _attributive(one: Frames, at: int) -> bool:
    """Tell whether a participle only says of which sort a thing is: "*imported* feed"."""
    said, before = one.reading.tokens, at - 1
    if any(said[i].tag is not Tag.ADVERB for i in one.verbs[at].group):
        return False
    if at + 1 >= len(said) or said[at + 1].tag is not Tag.NOUN or not participle(said[at].low):
        return False
    while before > 0 and said[before].tag is Tag.ADVERB:
        before -= 1  # "*heavily* armed guards"
    if before < 0 or said[before].tag in {Tag.DETERMINER, Tag.PREPOSITION, Tag.ADJECTIVE} or said[before].owns:
        return True
    return before in one.verbs and not _ends_clause(one, before)


def _ends_clause(one: Frames, at: int) -> bool:
    """Tell whether a verb may be the last of a clause within another: "the ferry that *sank* carried mail".

    Else a participle right after it belongs to what it acts on: "wants *protected* status".
    """
    said, verb = one.reading.tokens, one.verbs[at]
    start = min((*verb.agents, *verb.group, at))
    outside = start - 1
    while outside > 0 and said[outside].tag in {Tag.DETERMINER, Tag.ADJECTIVE, Tag.NUMBER}:
        outside -= 1
    if any(token.tag is Tag.RELATIVE or token.low == "that" for token in said[start:at]):
        return True
    over = said[outside - (said[outside].low == "that")] if outside > 0 else said[outside]
    if outside >= 0 and over.tag in {Tag.RELATIVE, Tag.NOUN}:
        return True  # "what the council *wants*", "the work that they *started*"
    held = verb.group or one.words[at] in LEVELS
    return not verb.agents or verb.passive or (participle(said[at].low) and not held)  # "the cuts *announced* hit"


def given(one: Frames, at: int) -> bool:
    """Tell whether a claim says that somebody has the approval or leave of another."""
    over = one.governors[at]
    if over is None or over not in one.verbs or one.verbs[over].group:
        return False
    return one.words[over] == "have" and one.words[at] in _GIVEN


def bound(one: Frames, at: int) -> Level:
    """Return the highest level that the words over an act leave to it in a claim."""
    over = one.governors[at]
    if over is not None and one.words[over] in _MADE_KNOWN and at not in one.verbs:
        return Level.PLANNED
    verb = one.verbs.get(at)
    if verb and not verb.group and (verb.passive or one.reading.tokens[at].low.endswith("ing")):
        return Level.COMING if one.reading.tokens[at - 1].low not in _HAVING - {"for", "of"} else Level.DONE
    told = verb is not None and not verb.group and is_past(one.reading.tokens[at].low)
    if verb and not told and any(token.low in {"if", "unless"} for token in one.reading.tokens):
        return Level.PLANNED
    return Level.COMING if any(one.words[i] in _BINDS for i in one.chain(at)) and at in one.verbs else Level.DONE


def carried(one: Frames, at: int) -> bool:
    """Tell whether a word is an act, or a thing carried out, so that to have agreed on it is less."""
    over = one.governors[at]
    return at in one.verbs or (over is not None and one.words[over] in _CARRIES)


def thing(sentence: Frames, at: int) -> bool:
    """Tell whether a word names a thing that may come about: no person, time or amount."""
    token = sentence.reading.tokens[at]
    if token.tag is Tag.NAME:
        return token.form.isupper()
    return token.tag is Tag.NOUN and token.lemma not in _TIMES and not kind(token.low) & _STANDING


def counted(one: Frames, at: int) -> bool:
    """Tell whether a claim only compares how often something is done: "*fewer* cars were stolen"."""
    subject = one.verbs[at].patients if one.verbs[at].passive else one.verbs[at].agents
    return any(t.low in {"fewer", "more", "less"} for i in subject[:1] for t in one.reading.tokens[max(0, i - 3) : i])
