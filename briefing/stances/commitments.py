"""How far a thing has come in a sentence: considered, wished for, planned, decided, done.

The lowest word that it stands under sets it: in "agreed to begin negotiations on a pact" the pact is talked about, and
the talks are agreed.
"""

from __future__ import annotations

from ..grammar.lexicon import is_past
from ..grammar.tagging import BE, Tag
from ..remembered import remembered
from .denials import denied
from .frames import Frames, frames
from .stance import ALLEGES, FRAMING_PREPOSITIONS, LEVEL_PASSIVE, LEVEL_TO, LEVELS, Level

_MOODS = {
    **dict.fromkeys("will shall 'll would 'd".split(), Level.COMING),
    "must": Level.COMING,
    **dict.fromkeys("could may might".split(), Level.CONSIDERED),
    **dict.fromkeys("should ought".split(), Level.URGED),
}
_UNSURE = {
    **dict.fromkeys("possibly perhaps maybe potentially conceivably".split(), Level.CONSIDERED),
    **dict.fromkeys("probably presumably likely".split(), Level.PLANNED),
}
#: "Close to signing", but not "closed the road".
_NO_VERBS = frozenset("close open".split())
_LOOKS_AT = frozenset("study explore discuss negotiate debate examine ponder talk negotiation discussion".split())
_INDEFINITE = frozenset("a an any some no more each every both".split())
_FELT = frozenset("see hear feel smell".split())
_EXCLUDES = frozenset("exclude dismiss".split())
_SAYS = frozenset("say tell add state explain note announce report".split())
#: What these do, they would do: "the proposal raises taxes".
_DRAFTS = frozenset("plan proposal draft blueprint bid offer".split())
_UNTIL = frozenset("once until".split())
_ASKS = frozenset("if whether unless once until provided".split())
_KNOWN = frozenset("understand believe think know say report rumour rumor".split())
#: Of these the announcement is the act.
_BY_WORD = frozenset("postpone delay cancel suspend scrap abandon adjourn reject".split())
_FREE = frozenset("day week month year hour time right chance option opportunity freedom".split())
#: Before an infinitive these say that it happened: "had to close", "managed to close".
_HAPPENED = frozenset(
    """have use manage force oblige compel cause lead enable succeed begin start continue help get let make come go
    proceed happen seem appear tend be""".split()
)


def level(sentence: Frames, at: int, *, now: Level = Level.DONE) -> Level | None:
    """Return how far what a word names has come, None where its frame does not tell.

    `now` is what the present tense counts for: a claim's "opens" may be a thing to come.
    """
    return _level(sentence.reading.text, at, now)


@remembered(1 << 15)
def _level(text: str, at: int, now: Level) -> Level | None:
    sentence = frames(text)
    found = [_mood(sentence, at, now) if at in sentence.verbs else _modified(sentence, at)]
    below = at
    for over in sentence.chain(at):
        if sentence.words[over] in _EXCLUDES and denied(sentence, over):
            found.append(Level.CONSIDERED)  # "did not rule out a vote"
        if _frames(sentence, over, below):
            found.append(LEVELS[sentence.words[over]])
        elif (
            _infinitive(sentence, below)
            and sentence.words[over] not in _HAPPENED
            and found[0] is not Level.CONSIDERED
            and not given_time(sentence, below)
            and not _said_to(sentence, over)
        ):
            return None
        if over in sentence.verbs:
            mood = _mood(sentence, over, now)
            if mood is None and now is not Level.DONE:
                return None
            found.append(mood)
        below = over
    known = [one for one in found if one is not None]
    return min(known) if known and found[0] is not None else None


def framed_from(sentence: Frames, at: int) -> int:
    """Return the first token of the words that say how far a thing has come: *considering* selling."""
    first = at
    for i in (at, *sentence.chain(at)):
        verb = sentence.verbs.get(i)
        if i < at and (sentence.words[i] in LEVELS or sentence.words[i] in ALLEGES):
            first = min(first, i)
        if verb and verb.group and verb.group[0] < at:
            first = min(first, *(k for k in verb.group if sentence.reading.tokens[k].tag is not Tag.TO), at)
    return first


def holds(sentence: Frames, at: int) -> bool:
    """Tell whether a word holds something else at its own level: "*offered* to buy", but not "*offered* a reward"."""
    return sentence.words[at] in LEVELS and any(
        over == at and _frames(sentence, at, below) for below, over in enumerate(sentence.governors)
    )


def finite(sentence: Frames, at: int) -> bool:
    """Tell whether a word is a verb that says what is or was, and no infinitive or participle."""
    verb = sentence.verbs.get(at)
    if verb is None or _infinitive(sentence, at):
        return False
    return bool(verb.group) or not sentence.reading.tokens[at].low.endswith("ing")


def alleged(sentence: Frames, at: int) -> bool:
    """Tell whether a word stands under an accusation or a suspicion, or is called alleged."""
    words = sentence.words
    return any(words[over] in ALLEGES for over in sentence.chain(at)) or any(
        i >= 0 and sentence.reading.tokens[i].low in {"alleged", "suspected", "allegedly"} for i in range(at - 3, at)
    )


def announced(other: Frames, at: int) -> bool:
    """Tell whether a thing is done by saying so: "said that it *would postpone* the tax"."""
    verb = other.verbs.get(at)
    return verb is not None and not verb.passive and verb.speaker is not None and other.words[at] in _BY_WORD


def _frames(sentence: Frames, over: int, below: int) -> bool:
    """Tell whether a word holds what depends on it at its own level."""
    word, said = sentence.words[over], sentence.reading.tokens
    if word not in LEVELS:
        return False
    if word in _NO_VERBS and over in sentence.verbs:
        return False
    if word in LEVEL_PASSIVE and not (over in sentence.verbs and sentence.verbs[over].passive):
        return False
    verbal = below in sentence.verbs or said[below].low.endswith("ing")
    if word in LEVEL_TO and not (verbal and (_infinitive(sentence, below) or said[below].low.endswith("ing"))):
        return False
    if not verbal and word in _LOOKS_AT and _definite(sentence, below):
        return False  # what is there can be discussed too
    if over in sentence.verbs:
        return said[over].tag is Tag.VERB and not (word == "try" and sentence.verbs[over].passive)
    if below < over:
        linked = any(token.low in BE for token in said[below:over])  # "a sale is *possible*"
        return linked or (
            said[over].tag is Tag.NOUN and all(t.tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE} for t in said[below:over])
        )
    if below in sentence.verbs and not _infinitive(sentence, below) and not said[below].low.endswith("ing"):
        verb = sentence.verbs[below]
        start = verb.group[0] if verb.group else below
        # "their demand that it *leave*", and not "the accord *signed* in 2019"
        return LEVELS[word] < Level.DECIDED and said[over + 1].low == "that" and start > over + 2
    return verbal or said[over + 1].low in FRAMING_PREPOSITIONS


def _definite(sentence: Frames, at: int) -> bool:
    """Tell whether a noun stands after "the", "its" or a possessive: as something known."""
    said, i = sentence.reading.tokens, at - 1
    while i >= 0 and said[i].tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.NUMBER, Tag.ADVERB} and not said[i].owns:
        i -= 1
    return i >= 0 and (said[i].owns or (said[i].tag is Tag.DETERMINER and said[i].low not in _INDEFINITE))


def _infinitive(sentence: Frames, at: int) -> bool:
    verb = sentence.verbs.get(at)
    return verb is not None and any(sentence.reading.tokens[i].tag is Tag.TO for i in verb.group)


def _mood(sentence: Frames, at: int, now: Level) -> Level | None:
    """Return what its own auxiliaries and conjunction make of a verb, None for an infinitive of purpose."""
    said, verb = sentence.reading.tokens, sentence.verbs[at]
    helpers = [said[i].low for i in verb.group if said[i].tag is Tag.AUX]
    for word in (said[i].low for i in verb.group):
        if word in _UNSURE:
            return _UNSURE[word]
    start = verb.group[0] if verb.group else at
    clause = [i for i in range(start) if sentence.clauses[i] == sentence.clauses[at]]
    past = is_past(said[at].low) and not helpers
    if clause and any(said[i].low in _ASKS and not (past and said[i].low in _UNTIL) for i in clause[:2]):
        return Level.CONSIDERED
    doubted = any(said[i].low == "should" for i in clause)  # "should the talks fail"
    if doubted or any(said[i].low == "whether" for i in range(max(0, start - 6), start)):
        return Level.CONSIDERED
    draft = next((LEVELS[sentence.words[i]] for i in clause[:3] if sentence.words[i] in _DRAFTS), None)
    if draft and not verb.passive and said[clause[0]].tag is Tag.DETERMINER:
        return draft if now is Level.DONE else None
    for word in helpers:
        if word == "can" or (word == "could" and sentence.words[at] in _FELT):
            return None  # what one is able to do, one may be doing
        if word in _MOODS:
            return _MOODS[word]
    if _infinitive(sentence, at):
        if given_time(sentence, at):
            return Level.PLANNED
        if start and (said[start - 1].low in BE or (said[start - 1].low == "going" and said[start - 2].low in BE)):
            return Level.COMING
        return Level.DONE if sentence.governors[at] is not None else None
    if not helpers:
        if (over := _alongside(sentence, at)) is not None:
            return _mood(sentence, over, now)
        if said[at].low.endswith("ing"):
            over = sentence.governors[at]
            return Level.DONE if over is not None and sentence.words[over] not in _SAYS else None
        return Level.DONE if is_past(said[at].low) or verb.passive else now
    present = any(word in {"is", "are", "am", "'s", "'re", "'m"} for word in helpers)
    if present and said[at].low.endswith("ing"):
        return min(now, Level.PLANNED) if now is not Level.DONE else now  # what is under way may come to nothing
    return Level.DONE


def _said_to(sentence: Frames, over: int) -> bool:
    """Tell whether a passive only says who knows of what is done: "is *understood* to be weighing"."""
    return over in sentence.verbs and sentence.verbs[over].passive and sentence.words[over] in _KNOWN


def given_time(sentence: Frames, at: int) -> bool:
    """Tell whether one only has the time or the right for what an infinitive says: "has four weeks to *appeal*"."""
    said, group, over = sentence.reading.tokens, sentence.verbs[at].group, sentence.governors[at]
    start = group[0] if group else at
    if over in sentence.verbs and sentence.words[over] == "give" and sentence.verbs[over].passive:
        return True  # "was given until May to *repay*"
    if start < 2 or said[start - 1].low == "which":
        return start > 1
    chain = sentence.chain(start - 1)
    free = said[start - 1].lemma in _FREE and said[start - 1].tag is Tag.NOUN
    return free and bool(chain) and sentence.words[chain[0]] in {"have", "give", "get"}


def _alongside(sentence: Frames, at: int) -> int | None:
    """Return the passive verb whose auxiliaries serve a later one too: "is to be cut and troops *withdrawn*"."""
    said, verb = sentence.reading.tokens, sentence.verbs[at]
    if not verb.passive or not verb.patients or sentence.governors[at] is not None:
        return None
    first = min(verb.patients)
    i = first - 1
    while i >= 0 and said[i].tag in {Tag.NOUN, Tag.NAME, Tag.ADJECTIVE, Tag.DETERMINER, Tag.NUMBER}:
        i -= 1
    if i < 0 or said[i].low not in {"and", "or"} or any(said[k].form == ";" for k in range(i)):
        return None
    earlier = [k for k, other in sentence.verbs.items() if k < i and other.passive and other.group]
    return max(earlier, default=None)


def _modified(sentence: Frames, at: int) -> Level:
    """Return what the adjectives before a noun make of it: a planned closure, a proposed law."""
    said = sentence.reading.tokens
    i, found = at - 1, Level.DONE
    while i >= 0 and said[i].tag in {Tag.ADJECTIVE, Tag.NOUN, Tag.VERB, Tag.NAME}:
        word = said[i].low
        if word in LEVELS and (said[i].tag is not Tag.NOUN or word == "draft"):
            found = min(found, LEVELS[word])
        i -= 1
    return found
