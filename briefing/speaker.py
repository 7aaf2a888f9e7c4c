"""Who is named as the speaker in the narration beside quoted words: `, said the mayor, Ana Lopes, on Monday.`.

The narration given here is folded (ASCII quotation marks), free of markers, and short; every pattern is bounded.
"""

from __future__ import annotations

import re

from .words import FUNCTION_WORDS

_VERBS = """said says say told tells tell added adds asked asks replied replies answered answers explained explains
    stated states declared declares announced announces warned warns insisted insists noted notes wrote writes tweeted
    posted argued argues claimed claims continued continues commented concluded concludes recalled recalls admitted
    admits acknowledged acknowledges confirmed confirms promised vowed pledged stressed stresses emphasised emphasized
    observed remarked joked shouted cried whispered testified predicted predicts suggested complained lamented urged
    responded reiterated reported quipped exclaimed contended countered""".split()
_VERB = rf"(?:{'|'.join(_VERBS)})"
_SPEECH_VERB = re.compile(
    rf"\b(?:(?:was|were|is) quoted(?: by [^,:\"]{{1,40}})? as saying|{_VERB})\b(?!-)", re.IGNORECASE
)
_VERB_FIRST = re.compile(rf"[ ,]*{_VERB} +(?=\S)", re.IGNORECASE)
_ACCORDING = re.compile(r"[ ,]*\baccording to +(?=\S)", re.IGNORECASE)
# Between the verb and an opening mark: "told reporters on Tuesday that". A finite verb there means a clause of its
# own, so that the marks stand round a part of it: `said the plan was "unfair"`.
_FINITE = re.compile(r"\b(?:is|are|was|were|be|been|had|has|have|would|will|could|should|may|might|'s|called)\b")
_TAIL_WORDS, _SUBJECT_WORDS = 10, 18

_ADVERB = re.compile(r"\w+ly|also|later|then|once|often|still|now|today|has|had|have|again|first|further|both|all")
_NOT_SAID = frozenset("not never n't was were been be being is are to would could might if did".split())
PRONOUNS = frozenset("he she they it".split())
_DETERMINERS = frozenset("the a an his her its their our my one another".split())
_PARTICLES = frozenset("of for de da del di du der den van von bin ibn al el la le e and & the".split())
_PREPOSITIONS = frozenset("in at on from near with by about to into under over after before during since".split())
_ENDS_PHRASE = _PREPOSITIONS | frozenset(
    "who when as while following told adding referring but because if that which where until through amid".split()
)
_SUBORDINATORS = frozenset("and but so then before after as when while until although though".split())
_NOT_SPEAKERS = frozenset(
    """i we you who what this that these those there everyone everybody nobody and but so monday tuesday wednesday
    thursday friday saturday sunday yesterday today tomorrow january february march april may june july august
    september october november december""".split()
)
_ABBREVIATION = re.compile(r"(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Gov|Gen|Rep|Rev|St|Lt|Col|Capt|Sgt|Prof|Jr|Sr)\.")
_NAME = re.compile(r"[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|[a-z]{2,3}))*")
_COMMAS = re.compile(r"[,;]| - | -- ")


def speaker_before(narration: str) -> str:
    """Return who speaks in narration that ends where the quoted words begin, or an empty string.

    >>> speaker_before("After the vote, Mayor Ana Lopes told reporters on Monday: ")
    'Mayor Ana Lopes'
    """
    for match in reversed(list(_SPEECH_VERB.finditer(narration))):
        tail = narration[match.end() :]
        if len(tail.split()) <= _TAIL_WORDS and not _FINITE.search(tail) and '"' not in tail:
            return _subject(narration[: match.start()])
    according = _ACCORDING.search(narration)
    return _phrase_starting(narration[according.end() :]) if according and re.search(r"[,:] *$", narration) else ""


def speaker_after(narration: str) -> str:
    """Return who speaks in narration that starts where the quoted words end, or an empty string.

    >>> speaker_after(" said the mayor of Porto on Monday."), speaker_after(" Ana Lopes, the mayor, added.")
    ('the mayor of Porto', 'Ana Lopes')
    """
    if opening := _VERB_FIRST.match(narration) or _ACCORDING.match(narration):
        return _phrase_starting(narration[opening.end() :])
    verb = _SPEECH_VERB.search(narration)
    if not verb or len(narration[: verb.start()].split()) > _SUBJECT_WORDS:
        return ""
    return _subject(narration[: verb.start()].lstrip(" ,-"))


def names(text: str) -> set[str]:
    """Return the capitalised words of `text` that are no function words: everything that may be a name."""
    return {word for word in re.findall(r"\b[A-Z][\w'-]+", text) if word.lower() not in FUNCTION_WORDS}


def people(text: str) -> list[str]:
    """Return the runs of two to four capitalised words in `text`, each once: most likely people's names."""
    return list(dict.fromkeys(re.findall(r"\b[A-Z][\w.'-]+(?: [A-Z][\w'-]+){1,3}", text)))


def _subject(clause: str) -> str:
    """Return the subject of a clause whose verb has been cut off: `After the vote, Ana Lopes, the mayor, `."""
    parts = [part.strip() for part in _COMMAS.split(clause)]
    head = parts[-1].split()
    while head and (head[-1].lower() == "who" or _ADVERB.fullmatch(head[-1].lower())):
        head.pop()
    if len(head) > 1 and head[0].lower() in _SUBORDINATORS:
        del head[0]
    if head:
        return "" if head[-1].lower() in _NOT_SAID else _phrase_ending(head)
    # Between commas stands the name or what the person is: take the one of the two that is a name.
    near, far = ("", "", *parts)[-2], ("", "", *parts)[-3]
    for candidate in (far, near):
        if _NAME.fullmatch(candidate) and candidate.split()[0].lower() not in _NOT_SPEAKERS:
            return candidate
    return _phrase_ending((far or near).split())


def _phrase_ending(tokens: list[str]) -> str:
    """Return the noun phrase that the words end with, or an empty string when that is not certain."""
    if not tokens:
        return ""
    if tokens[-1].lower() in PRONOUNS:
        return tokens[-1].lower()
    at = len(tokens)
    while at and (tokens[at - 1][:1].isupper() or tokens[at - 1].lower() in _PARTICLES):
        at -= 1
    while at < len(tokens) and tokens[at].lower() in {"of", "for", "and", "&", "e"}:
        at += 1
    lead, name = tokens[:at], tokens[at:]
    if not any(word[:1].isupper() for word in name) or (lead and lead[-1].lower() in _PREPOSITIONS):
        return _checked(tokens)  # "the regional governor", "Police in Oslo": the whole clause or nothing
    # "the striker Kane", "the company's chief Tim Cook": the common nouns before a name belong to it
    starts = [i for i, word in enumerate(lead) if word.lower() in _DETERMINERS and len(lead) - i <= 5]
    return _checked(lead[starts[0] :] + name if starts else name)


def _phrase_starting(text: str) -> str:
    """Return the noun phrase that the text starts with: `the mayor of Porto on Monday` has `the mayor of Porto`."""
    taken: list[str] = []
    for token in text.split():
        bare = token.rstrip(',;:.!?")(')
        if not bare or token[0] in '("' or (taken and bare.lower() in _ENDS_PHRASE | _NOT_SPEAKERS):
            break
        abbreviated = _ABBREVIATION.fullmatch(token)
        taken.append(token if abbreviated else bare)
        if bare != token and not abbreviated:
            break
    return taken[0].lower() if len(taken) == 1 and taken[0].lower() in PRONOUNS else _checked(taken)


def _checked(words: list[str]) -> str:
    phrase = " ".join(words).strip(" '-\"")
    words = phrase.split()
    if not words or len(words) > 10 or words[0].lower() in _NOT_SPEAKERS | _PREPOSITIONS:
        return ""
    return phrase if any(map(str.isalpha, words[-1])) else ""
