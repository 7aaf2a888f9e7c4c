"""What stands round a figure and says what it means.

Its bound, what it counts, what it is a rate over, and whether it is a level or a change.
"""

from __future__ import annotations

import re

from ..words import FUNCTION_WORDS, stem, words

_BOUNDS = {
    "about": "about around approximately roughly some circa estimated|an estimated|in the region of|~|c.|"
    "somewhere around|or so",
    "nearly": "nearly|almost|just under|just short of|not quite|close on|close to|virtually",
    "over": "more than|over|above|exceeding|upwards of|in excess of|just over|greater than|well over|higher than|"
    "older than|longer than|larger than|bigger than|exceeded|exceeds|topped|topping|surpassed|surpassing|passed",
    "least": "at least|no fewer than|no less than|not less than|a minimum of|minimum of|not fewer than",
    "under": "less than|fewer than|under|below|lower than|well under|short of|younger than|shorter than",
    "most": "within|up to|at most|as many as|as much as|no more than|a maximum of|maximum of|not more than|at the most",
}
_BOUND_OF = {
    phrase: bound
    for bound, phrases in _BOUNDS.items()
    for group in phrases.split("|")
    for phrase in (
        [group]
        if bound != "about" or (" " in group and group.split()[0] in {"an", "in", "close", "or", "somewhere"})
        else group.split()
    )
}
_BEFORE = re.compile(
    rf"(?<![\w-])(?P<bound>{'|'.join(re.escape(p) for p in sorted(_BOUND_OF, key=len, reverse=True))})[ ]?"
    r"(?:a |an |the |another |their |its |by )?$",
    re.IGNORECASE,
)
# "cannot be done in under 30 hours" takes at least 30.
_TURNED = {"under": "least", "over": "most"}
_CANNOT = re.compile(r"\b(?:cannot|not|never|unable|impossible|\w{2,8}n't)\b(?![ ]only)[^.,;:!?]{0,50}$", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?P<least>\+|[ ]or[ ]more\b|[ ]at[ ](?:the[ ]very[ ])?least\b|-plus\b"
    r"|[ ](?:and|or)[ ](?:over|above|up|higher|older|upwards)\b)|(?P<about>[ ]or[ ]so\b|-odd\b|-ish\b)"
    r"|(?P<most>[ ]or[ ](?:less|fewer)\b|[ ]at[ ](?:the[ ])?most\b)",
    re.IGNORECASE,
)
# "23% more than a year earlier"
_SINCE = re.compile(r"[ ](?:ago|earlier|before|previously)\b", re.IGNORECASE)
_RATE = """second minute hour day night week fortnight month quarter year decade person head capita share barrel tonne
    ton litre liter gallon kilo kilogram kg household game match mile km kilometre kilometer unit vehicle pupil student
    child patient tree""".split()
_PER = re.compile(
    rf"(?:\b(?:per|an?|each|every)[ ]|/)(?P<unit>{'|'.join(_RATE)})\b"
    r"(?!-)(?!['’]s)(?![ ](?:ago|earlier|later|before|after)\b)"
)
# "eight farms for a year": how long, no rate
_LASTS = re.compile(r"an?[ ](?:second|minute|hour|day|week|fortnight|month|quarter|year|decade)\b")
_ADVERBS = {"hourly": "hour", "daily": "day", "nightly": "night", "weekly": "week", "monthly": "month"} | {
    "quarterly": "quarter",
    "annually": "year",
    "annual": "year",
    "yearly": "year",
}
_SPELLINGS = {
    "liter": "litre",
    "kilometer": "kilometre",
    "km": "kilometre",
    "kg": "kilo",
    "kilogram": "kilo",
    "capita": "person",
} | {
    "head": "person",
    "ton": "tonne",
    "night": "day",
}

#: Verbs and nouns of change, as stems.
CHANGES = frozenset(
    stem(word)
    for word in """rise rose risen increase grow grew grown growth climb jump surge soar gain up edge ticked expand
    swell fall
    fell fallen drop decline decrease slump slip shrink shrank shrunk cut reduce reduction lower sink sank plunge
    tumble down lose lost contract contraction slide slid dip raise lift hike boost advance rebound recover shed ease
    accelerate slow widen narrow improvement worsen quicken dive dived plummet plummeted retreat crept creep leap leapt
    doubled halved tripled strengthen weaken trim slash quickened trimmed slashed shrinkage downgrade upgrade revise
    pushed push bring brought went go""".split()
)
_LEVELS = frozenset(
    "stood stand stands was is were are at remained remains reached hit hits totalled totaled held reach".split()
)
_MORE = frozenset(
    """higher lower more fewer less up down increase rise drop fall decline decrease cut growth gain reduction jump hike
    surge""".split()
)
_BREAK = re.compile(r"[.,;:!?()\"]|(?<=\s)-+(?=\s)")
_SKIPPED = frozenset("of the them whom which those these its their his her our all".split())


def bound_of(text: str, start: int, end: int, *, lasts: bool) -> str:
    """Return what loosens the figure at `text[start:end]`: `about`, `nearly`, `over`, `least`, `under`, `most` or "".

    `lasts` says that it is a time: "over three hours" is then no bound.
    """
    before = _BEFORE.search(text[max(0, start - 32) : start])
    if before:
        phrase = before["bound"].lower()
        bound = _BOUND_OF[phrase]
        # "above the 2% target"
        level = bound != "about" and text[max(0, start - 7) : start].lower().endswith((" the ", " its ", " their "))
        lasting = lasts and (
            phrase in {"over", "passed"} or (text[start : start + 2] in {"a ", "an"} and _SINCE.match(text, end))
        )
        if not lasting and not (level and phrase != "passed") and (phrase != "passed" or level):
            return _TURNED.get(bound, bound) if _CANNOT.search(text[max(0, start - 90) : start]) else bound
    behind = _BEHIND.match(text, end)
    return behind.lastgroup or "" if behind else ""


def loosened(text: str, start: int, end: int) -> str:
    """Return the figure at `text[start:end]` with the words before it that loosen it.

    >>> loosened("a meeting of about one hour", 19, 27)
    'about one hour'
    """
    before = _BEFORE.search(text[max(0, start - 32) : start])
    return (before[0] if before else "") + text[start:end]


def counted(text: str, end: int) -> frozenset[str]:
    """Return the stems of the words that a figure ending at `end` counts.

    >>> sorted(counted("12 of the injured miners were", 2))
    ['injur', 'miner']
    """
    stretch = text[end : end + 70]
    if stretch[:1] in {",", ".", ";", ":", "!", "?", ")", '"'}:
        return frozenset()
    stretch = _BREAK.split(stretch, maxsplit=1)[0]
    kept: list[str] = []
    for word in words(stretch):
        form = word.form.lower().removesuffix("'s")
        if form in _SKIPPED and not kept:
            continue
        if form in FUNCTION_WORDS and form not in {"more", "other"}:
            break
        if not form[0].isdigit():
            kept.append(stem(form))
        if len(kept) == 3:
            break
    return frozenset(kept)


def per_of(text: str, start: int, end: int) -> str:
    """Return what a figure is a rate over: `day` for "40 flights a day", "" for none."""
    stretch = _BREAK.split(text[end : end + 50], maxsplit=1)[0]
    match = _PER.search(stretch)
    between = [word.form.lower() for word in words(stretch[: match.start()])] if match else []
    if (
        match
        and len(between) <= 4
        and not any(map(str.isdigit, stretch[: match.start()]))
        and not FUNCTION_WORDS.intersection(between) - {"of", "for"}
        and not ("for" in between[1:] and _LASTS.match(stretch, match.start()))
    ):
        return _SPELLINGS.get(match["unit"], match["unit"])
    following = [word.form.lower() for word in words(stretch)[:3]]
    preceding = [word.form.lower() for word in words(text[max(0, start - 40) : start])[-4:]]
    found = next((form for form in (*following, *reversed(preceding)) if form in _ADVERBS), "")
    return _SPELLINGS.get(_ADVERBS[found], _ADVERBS[found]) if found else ""


_MOVED = "|".join(
    """rose risen rise rises increased? increases grew grown grow climb(?:ed|s)? jump(?:ed|s)? surged? soared soar
    gained fell fallen fall falls drop(?:ped|s)? declined? decreased? slumped? slipped slid cut reduced raised lifted
    lowered sank plunged tumbled shrank shrunk down up""".split()
)
_BETWEEN = "|".join(
    """sharply slightly steeply further again also only just even by another an? the its their as much many more than
    about around some nearly almost over roughly at least up""".split()
)
_ADDED = rf"(?:[ ](?:{_BETWEEN})){{0,6}}[ ]$"
_BY = re.compile(
    rf"\b(?:{_MOVED})(?P<by>[ ]by)?{_ADDED}"
    rf"|\b(?:{_MOVED}|\w{{2,12}}ing)(?:[ ][a-z-]+){{1,5}}[ ]by[ ](?:\w+[ ]){{0,2}}$",
    re.IGNORECASE,
)
_TO = re.compile(rf"\b(?:{_MOVED})(?:[ ][\w'%.,-]+){{0,7}}?[ ]to[ ](?:[a-z]+[ ]){{0,3}}$", re.IGNORECASE)
_RATES_OF_CHANGE = re.compile(r"\b(?:inflation|growth|pace|year[ -]on[ -]year|annual(?:ly|ised)?)\b", re.I)


def sure_role(text: str, start: int) -> str:
    """Return `change` or `level` only where a verb of moving and its preposition say so of the figure, else "".

    >>> text = "sales fell by 4% to 20 million, after growth slowed to 3%"
    >>> sure_role(text, 14), sure_role(text, 20), sure_role(text, 54)
    ('change', 'level', '')
    """
    before = re.split(r"[;:!?()\"]|[.,](?![0-9])", text[max(0, start - 90) : start])[-1]
    if _BY.search(before):
        return "change"
    return "level" if _TO.search(before) else ""


def rate_of_change(text: str) -> bool:
    """Tell whether a text is about a rate of growth, which is a level and a change at once."""
    return bool(_RATES_OF_CHANGE.search(text))


def role_of(text: str, start: int, end: int) -> str:
    """Return `change` for a figure that something rose or fell by, `level` for one that it rose to, `from`, or "".

    >>> text = "rose by 4%"
    >>> role_of(text, 8, 10), role_of("cut to 4%", 7, 9), role_of("a 4% rise", 2, 4)
    ('change', 'level', 'change')
    """
    stretch = re.split(r"[;:!?]|\.(?!\d)", text[max(0, start - 90) : start])[-1]
    loose = _BEFORE.search(stretch)
    if loose:
        stretch = stretch[: loose.start()]
    before = [word.form.lower() for word in words(stretch)]
    following = [word.form.lower() for word in words(_BREAK.split(text[end : end + 30], maxsplit=1)[0])[:2]]
    while before and before[-1] in {"a", "an", "the", "another", "just", "only", "a further", "further"}:
        before.pop()
    last = before[-1] if before else ""
    moved = any(stem(form) in CHANGES for form in before[-10:])
    if following and following[0] in _MORE | {"percentage"} and not (last in {"to", "from"} and moved):
        return "change"
    if last == "by" or last == "of":
        return "change" if any(stem(form) in CHANGES for form in before[-6:]) else ""
    if last in {"to", "from"}:
        return ("level" if last == "to" else "from") if moved else ""
    if last and stem(last) in CHANGES and last not in {"went", "go", "pushed", "bring", "brought"}:
        return "change"
    return "level" if last in _LEVELS and not (last in {"is", "was", "were", "are"} and moved) else ""
