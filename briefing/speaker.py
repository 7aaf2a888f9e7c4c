"""Who is named as the speaker in the narration beside quoted words: `, said the mayor, Ana Lopes, on Monday.`.

A speaker is one noun phrase. Where the narration holds more than one plain attribution (somebody else's clause, a
condition, a denial, a thing that bears words), nobody is returned. The narration given here is folded (ASCII
quotation marks), free of markers, and short; every pattern is bounded.
"""

from __future__ import annotations

import re

from . import speech_words as lists
from .abbreviations import TITLES

_VERB = rf"(?:{'|'.join(sorted(lists.VERBS - {'saying', 'quote'}, key=len, reverse=True))})"
_SPEECH_VERB = re.compile(rf"\b(?:(?:was|were|is) quoted(?: by [^,:\"]{{1,40}})? as saying|{_VERB})\b(?![-'])")
_QUOTED_AS = re.compile(r"\bquoted(?: by [^,:\"]{1,40})? as saying\b")
_VERB_FIRST = re.compile(rf"[ ,-]*(?!(?:told|tells?)\b){_VERB} +(?=\S)")
_ACCORDING = re.compile(r"[ ,]*\baccording to +(?=\S)", re.IGNORECASE)
_JOINT = re.compile(r"(?::|,|\bthat)$")
_PARTICIPLE = re.compile(rf", (?:and )?(?:{'|'.join(sorted(lists.PARTICIPLES))})(?: that|[:,])?$")
_WHEN_AFTER = re.compile(
    r"(?:a|an|the|two|three|four|several|some|\d+) (?:few )?\w+ (?:later|earlier|before|after|ago)\b"
)
_LEAD_TIME = re.compile(
    r"(?:(?:On )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:night|morning|evening|afternoon))?|(?:Last|This) "
    r"(?:week|month|year|night|summer|spring|autumn|winter)|In (?:19|20)\d\d) (?=[A-Z])"
)
_TAIL_WORDS = 12
_BEFORE_DETERMINER = lists.PREPOSITIONS | lists.TIMES | {"and", "all", "both", "or"}

_IN_TAIL = lists.IN_PHRASE - {"posted"} | frozenset(
    "titled entitled called dubbed headlined named nicknamed described known labelled labeled citing".split()
)
_NAME = re.compile(r"[A-Z][\w.'-]*(?: (?:\([A-Z]\w+\)|[A-Z][\w.'-]*|[a-z]{2,3}))*")
_FULL_NAME = re.compile(r"[A-Z][\w.'-]+(?: (?:[A-Z][\w.'-]*|de|da|di|van|von|der|bin|ibn|al|la|del)){1,4}")
_COMMAS = re.compile(r"[,;]| - | -- ")


def speaker_before(narration: str) -> str:
    """Return who speaks in narration that ends where the quoted words begin, or an empty string.

    >>> speaker_before("After the vote, Mayor Ana Lopes told reporters on Monday: ")
    'Mayor Ana Lopes'
    """
    lead = narration.rstrip()
    joint = joint_of(lead)
    if lead.endswith(("-", "(")):
        return ""
    if _PARTICIPLE.search(lead) and not re.search(r"\b(?:who|which|whom|by)\b", lead):
        return subject_name(lead)[0]
    body = lead.removesuffix(joint).rstrip()
    for match in reversed(list(_SPEECH_VERB.finditer(body))):
        verb = match[0].split()[-1]
        if (joint or verb in lists.FREE_VERBS) and _tail_fits(verb, body[match.end() :], joint):
            clause = body[: match.start()]
            if speaker := _subject(clause, verb):
                return speaker
    according = _ACCORDING.match(lead)
    return _phrase_starting(lead[according.end() :]) if according and joint == "," else ""


def speaker_after(narration: str) -> str:
    """Return who speaks in narration that starts where the quoted words end, or an empty string.

    >>> speaker_after(" said the mayor of Porto on Monday."), speaker_after(" Ana Lopes, the mayor, added.")
    ('the mayor of Porto', 'Ana Lopes')
    """
    if opening := _VERB_FIRST.match(narration) or _ACCORDING.match(narration):
        rest = narration[opening.end() :]
        return "" if re.search(r"[, ](?:quoting|echoing|repeating|paraphrasing)\b", rest) else _phrase_starting(rest)
    for verb in _SPEECH_VERB.finditer(narration):
        clause = narration[: verb.start()].lstrip(" ,-")
        if len(clause.split()) > lists.MAX_WORDS:
            break
        if speaker := _subject(clause, verb[0].split()[-1]):
            return speaker if _rest_fits(verb[0].split()[-1], narration[verb.end() :]) else ""
    return ""


def subject_name(sentence: str) -> tuple[str, str]:
    """Return the person whose name is the subject of a sentence, and the rest of it, or two empty strings.

    >>> subject_name("Marine biologist Owen Tait, 40, urged caution.")[0]
    'Owen Tait'
    """
    sentence = re.sub(r"^(?:But|And|So|Then|Later) ", "", sentence.strip(" \"'([-"))
    role = re.match(r"(?:The|His|Her|Its|Their|A|An) [^,:;\"]{2,80}, ", sentence)
    if role:
        name = _FULL_NAME.match(sentence, role.end())
        if not name or not sentence.startswith(",", name.end()) or not _common(role[0].strip(" ,")):
            return "", ""
        return (name[0], sentence[name.end() :]) if lists.is_person(name[0]) else ("", "")
    at = 0
    if role := re.match(r"(?:[A-Z][\w'-]*(?: [A-Z][\w'-]*){0,3} )?(?:[a-z-]+ )?([a-z][\w-]+) (?=[A-Z])", sentence):
        at = role.end() if role[1] in lists.ROLES or re.search(r"(?:ist|ian|man|woman|person)$", role[1]) else 0
    name = _NAME.match(sentence, at)
    if not name:
        return "", ""
    found = " ".join(_name_tokens(name[0].split()))
    rest = sentence[at + len(found) :]
    follows = rest.split()[:2]
    if not found or not lists.is_person(found) or not (rest.startswith((",", ":")) or lists.is_verb(follows)):
        return "", ""
    return found, rest


def joint_of(narration: str) -> str:
    """Return what joins narration to the quoted words after it: a colon, a comma, `that`, or nothing."""
    match = _JOINT.search(narration.rstrip())
    return match[0] if match else ""


def speech_verbs(text: str) -> list[str]:
    """Return the verbs in `text` that attribute words."""
    return [match[0] for match in _SPEECH_VERB.finditer(text)]


def _name_tokens(tokens: list[str]) -> list[str]:
    while tokens and not tokens[-1][:1].isupper():
        tokens.pop()
    return tokens


def _tail_fits(verb: str, tail: str, joint: str) -> bool:
    """Tell whether between a speech verb and quoted words stands nothing but listeners, adverbs and prepositions."""
    tokens = tail.split()
    if not tokens:
        return verb not in {"told", "tells", "tell"} or joint == ":"
    if len(tokens) > _TAIL_WORDS or '"' in tail or (not joint and tokens[-1].strip(",").lower() in lists.NOT_LAST):
        return False
    bare = [token.strip(",;:()") for token in tokens]
    if any(word in _IN_TAIL for word in bare) or (not joint and re.search(r"(?:ed|ing)$", bare[-1])):
        return False
    if re.search(r"[,;] \w+ing\b|\bto (?:be|have)\b", tail):
        return False
    first = 0
    if verb in lists.ADDRESSED and bare[0] not in lists.PREPOSITIONS:
        if bare[0].lower() in lists.TIMES or lists.is_adverb(bare[0]):
            return False
        while first < len(bare) and bare[first] not in lists.PREPOSITIONS:
            first += 1
        to = tokens.index("to") if "to" in tokens else len(tokens)
        if to + 1 < len(bare) and bare[to + 1].islower() and bare[to + 1] not in lists.DETERMINERS:
            return False  # told them to shout
        first = max(first, 1)
    elif verb in {"told", "tells", "tell"} or not _starts_adjunct(bare):
        return False
    for number in range(max(first, 1), len(bare)):
        before = bare[number - 1].lower()
        fresh = bare[number] in lists.DETERMINERS and tokens[number - 1][-1] not in ",;"
        if fresh and verb not in lists.ADDRESSED and before not in _BEFORE_DETERMINER:
            return False
    return True


def _starts_adjunct(bare: list[str]) -> bool:
    first = bare[0].lower()
    return (
        first in lists.PREPOSITIONS | lists.TIMES | {"as", "when", "while", "and", "but", "adding", "speaking"}
        or first in lists.MONTHS | lists.NAME_MONTHS
        or lists.is_adverb(bare[0])
        or bool(_WHEN_AFTER.match(" ".join(bare)))
    )


def _rest_fits(verb: str, rest: str) -> bool:
    """Tell whether what follows `Lee said` after quoted words leaves the words to Lee."""
    part = re.split(r"[,.:;]| - ", rest, maxsplit=1)[0]
    bare = [token.strip("()") for token in part.split()]
    if _SPEECH_VERB.search(part) or re.search(r"\b(?:quoting|echoing|repeating|paraphrasing|saying|telling)\b", rest):
        return False
    return not bare or verb in lists.ADDRESSED or bare[0] == "to" or _starts_adjunct(bare)


def _subject(clause: str, verb: str) -> str:
    """Return the subject of a clause whose verb has been cut off: `After the vote, Ana Lopes, the mayor, `."""
    clause = _LEAD_TIME.sub("", clause, count=1) if _LEAD_TIME.match(clause) else clause
    parts = [part.strip() for part in _COMMAS.split(clause)]
    parts[0] = re.sub(r"^(?:But|And|So|Yet|Then) (?=\S)", "", parts[0])
    first = (parts[0].split() or [""])[0].lower()
    if first in lists.HYPOTHETICAL or "according" in clause.lower() or any(p.startswith("if ") for p in parts):
        return ""
    head = parts[-1].split()
    while head and (lists.is_adverb(head[-1]) or head[-1] in {"has", "had", "have"}):
        head.pop()
    if not head:
        return _between_commas(parts[:-1])
    if head[-1] == "and" and verb not in lists.BASE_VERBS:
        name, rest = subject_name(clause)
        inner = {word.strip(",") for word in rest.split()}
        return "" if inner & (lists.IN_PHRASE - lists.OTHER_VERBS - {"and"}) - lists.AUXILIARIES else name
    if len(head) > 1 and head[0].lower() in lists.SUBORDINATORS | {"or"} and not any(p.endswith("that") for p in parts):
        del head[0]
    elif not all(_is_adjunct(part, before) for part, before in zip(parts[:-1], ["", *parts], strict=False)):
        return ""
    return lists.phrase(head, verb)


def _between_commas(parts: list[str]) -> str:
    """Return the speaker in `Ana Lopes, the mayor` or `The mayor, Ana Lopes`."""
    while len(parts) > 1 and _is_adjunct(parts[0], ""):
        parts = parts[1:]
    head = lists.phrase(parts[0].split(), "") if parts else ""
    for part in parts[1:]:
        words = part.split()
        if not (words and words[0] in lists.RELATIVES | lists.PREPOSITIONS) and lists.BARRED & set(words):
            return ""
    if (
        head
        and len(parts) > 1
        and " and " not in head
        and _common(head)
        and _NAME.fullmatch(parts[1])
        and lists.is_person(parts[1])
    ):
        return parts[1]
    return head


def _common(phrase: str) -> bool:
    """Tell whether a noun phrase is a description, as `the bank's chief economist`, that a name may follow."""
    return phrase.split()[-1].islower() or (phrase.split()[0].lower() in lists.DETERMINERS and " of " in phrase)


def _is_adjunct(part: str, before: str) -> bool:
    words = part.split()
    if not words:
        return True
    first = words[0].lower()
    if first in lists.PREPOSITIONS | lists.SUBORDINATORS | lists.LEADING | lists.TIMES | {"as", "because", "asked"}:
        return words[-1] != "that"
    if re.fullmatch(r"[A-Z][a-z]+(?:ing|ed)", words[0]) or part[0].isdigit() or lists.is_adverb(first):
        return True
    return bool(_NAME.fullmatch(part)) and (before.split() or [""])[0].lower() in lists.PREPOSITIONS


def _phrase_starting(text: str) -> str:
    """Return the noun phrase that the text starts with: `the mayor of Porto on Monday` has `the mayor of Porto`.

    A description with a name after it between commas returns the name: `the mayor, Ana Lopes, on Monday`.
    """
    tokens, taken, comma = text.split(), [], -1
    while tokens and lists.is_adverb(tokens[0]):
        tokens = tokens[1:]
    for number, token in enumerate(tokens[: lists.MAX_WORDS]):
        bare = token.rstrip(',;:.!?")(')
        if re.fullmatch(r"\([A-Z][\w.]*\)", token) and number + 1 < len(tokens) and tokens[number + 1][0].isupper():
            taken.append(token)
            continue
        after = tokens[number + 1] if number + 1 < len(tokens) else ""
        if not bare or token[0] in '("' or (taken and _ends_phrase(taken, bare, after)):
            break
        if bare in lists.AUXILIARIES:
            return ""
        dotted = after and token.endswith(".")
        abbreviated = dotted and ((after[0].isupper() and _abbreviated(bare)) or token.count(".") > 1)
        taken.append(token if abbreviated else bare)
        if bare != token and not abbreviated:
            comma = number + 1 if token.endswith(",") else -1
            break
    if len(taken) == 1 and taken[0].lower() in lists.PRONOUNS:
        return taken[0].lower()
    phrase = lists.checked(taken) if lists.is_one_phrase(taken, "") else ""
    if phrase and _common(phrase):
        role = " ".join(tokens[:comma]) if comma > 0 else text.partition(",")[0]
        aside = text[len(role) :].lstrip(", ")
        name = re.match(r"([^,.:;\"]+)(?=[,.:;]|$)", aside)
        definite = comma > 0 or taken[0] in {"the", "his", "her", "their", "its"} or "'" in taken[0]
        if name and definite and _FULL_NAME.fullmatch(name[1]) and lists.is_person(name[1]) and len(role) < len(text):
            return name[1]
    return phrase


def _ends_phrase(taken: list[str], bare: str, after: str) -> bool:
    if bare in (lists.PREPOSITIONS - {"of", "for"}) | lists.IN_PHRASE | {"later", "again", "last", "this", "yesterday"}:
        return bare not in {"may", "will"}
    if bare == "and":
        return not (after[:1].isupper() or after.lower() in lists.DETERMINERS)
    if bare.lower() in lists.DAYS | lists.MONTHS and bare[0].isupper():
        return True
    if bare.lower() in lists.NAME_MONTHS and (after[:1].isdigit() or not taken[-1][0].isupper()):
        return True
    loose = taken[-1].lower() not in lists.DETERMINERS and not taken[-1].endswith("'s")
    if re.fullmatch(r"[a-z]+(?:ed|ing)", bare) and loose:
        return after.lower() in lists.PREPOSITIONS | {"as", ""}
    return loose and lists.is_adverb(bare)


def _abbreviated(bare: str) -> bool:
    return len(bare) == 1 or "." in bare or bare.lower() in TITLES | {"st", "jr", "sr"}
