"""The names in a text: runs of capitalised words, in sentences, headlines and capitals, and when two are the same.

A capital alone makes no name: the first word of a sentence has one, every word of a headline, titles and weekdays.
Such words are marked as unsure, and who knows the document decides. English text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .. import speech_words as lists
from .. import vectors
from ..grammar import given_names, places
from ..remembered import remembered
from ..text import fold
from ..words import FUNCTION_WORDS

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,5}(?![^\W_])|[^\W_]+(?:'[^\W\d_]+)*")
_OPENS = re.compile(r"[.!?:;\"\n(\[/]|--| - | '|^'")
#: Lower-case words that a name may have between its capitalised ones.
_INNER = frozenset("of de da do dos das di du del della der den von van bin ibn al el la le ul y ten ter zu".split())
_IN_NAMES = re.compile(rf"[ -](?:(?:{'|'.join(sorted(_INNER))}|of the|for)[ -]){{0,2}}|'| & |&")
_BRIDGE = re.compile(rf"[ -](?:(?:{'|'.join(sorted(_INNER))}|of the|for)(?:[ -]|$)){{1,2}}")
#: Where something is, when they stand before a name.
_WHERE = re.compile(r"\b(?:in|at|near|outside|inside|around|across|throughout|from|to|off)(?: the)? $", re.IGNORECASE)

#: Capitalised words that name nothing by themselves, and what is written in capitals by habit.
GENERIC = frozenset(
    """government parliament cabinet state internet earth church court council union army police navy web sun moon
    west east north south western eastern northern southern central world christmas easter god bible covid tv uk id ai
    dna hiv pdf sms gps mr mrs ms miss sir dame lord lady st saint inc ltd plc corp co llc jr sr phd ok o'clock am pm
    i'm i'd i've i'll figure table article chapter section page no ceo cfo coo mp mps pm vp phd cv gp gps ngo ngos
    party board bank university hospital museum school republic kingdom empire president minister premier constitution
    opposition treasury foreign defence defense finance interior health education home trade energy environment
    transport justice culture labour labor sport sports agriculture economy yoy spring summer autumn winter cctv hq usb
    gmt bst est qoq""".split()
)
_CALENDAR = (
    lists.DAYS
    | lists.MONTHS
    | lists.NAME_MONTHS
    | frozenset("jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun".split())
)
#: Titles and roles that stand before a name and are no part of it; `titles` reads them.
TITLE_WORDS = frozenset(
    """president prime minister premier chancellor secretary deputy vice acting former ex king queen prince princess
    emperor pope bishop archbishop cardinal reverend rev father mayor governor gov senator sen rep representative
    congressman congresswoman lawmaker ambassador judge justice chief magistrate attorney general gen colonel col
    captain capt major maj lieutenant lt sergeant sgt corporal cpl admiral adm commander cmdr professor prof dr doctor
    mr mrs ms miss sir dame lord lady baroness baron sheikh imam rabbi saint detective inspector superintendent
    constable officer sheriff chairman chairwoman chairperson chair director coach manager speaker councillor leader the
    ceo cfo executive spokesman spokeswoman spokesperson interim then late nurse prosecutor striker goalkeeper
    midfielder defender referee skipper defendant coroner surgeon author composer conductor founder owner editor pilot
    envoy pontiff monarch sultan emir""".split()
)


#: A word of so many letters is no English word, not even one made of two: nothing is gained by trying where to cut it.
_LONGEST_WORD = 60
#: `Q3`, `FY21`: parts of a year; `U17s`: ages.
_PERIOD = re.compile(r"[qh][1-4]|fy[0-9]{0,4}|u[0-9]{2}s?")


class Part(NamedTuple):
    """A telling word of a name, `text[start:end]`, or a place of several words: `keys` are the places it may be.

    `plain` is in lower case, without accents and possessive; `sure` is false where the capital may be an accident.
    """

    plain: str
    start: int
    end: int
    sure: bool = True
    keys: frozenset[str] = frozenset()
    form: places.Form | None = None


class Name(NamedTuple):
    """A name in a text: `text[start:end]`, its telling words, and whether a preposition says that it is a place."""

    text: str
    start: int
    end: int
    parts: tuple[Part, ...]
    where: bool

    @property
    def words(self) -> tuple[str, ...]:
        """The telling words, plain."""
        return tuple(part.plain for part in self.parts)

    @property
    def keys(self) -> frozenset[str]:
        """The places that the name is, where it is nothing but places."""
        return frozenset().union(*(p.keys for p in self.parts)) if all(p.keys for p in self.parts) else frozenset()


class _Token(NamedTuple):
    form: str
    start: int
    end: int


@remembered(1 << 12)
def names(text: str) -> tuple[Name, ...]:
    """Return the names in `text` in order; offsets count code points from 0.

    >>> [n.text for n in names("On Monday Prime Minister Sanae Takaichi met Bank of Japan staff near St. Mary's.")]
    ['Sanae Takaichi', 'Bank of Japan', 'St. Mary']
    """
    plain = fold(text)
    shout = headline(plain)
    mentions = {mention.start: mention for mention in places.places(text)}
    found: list[Name] = []
    run: list[Part] = []
    covered = 0
    for at, token in enumerate(tokens(plain)):
        if token.start < covered:
            continue
        part = None
        if mention := mentions.get(token.start):
            covered = mention.end
            own = simple(plain[mention.start : mention.end])
            part = Part(own, mention.start, mention.end, True, mention.keys, mention.form)
        elif _capital(token.form):
            opens = at == 0 or shout or bool(_OPENS.search(plain[tokens(plain)[at - 1].end : token.start]))
            part = _part(token, opens=opens)
            if part and shout and common(part.plain.lower()):
                part = None
        goes_on = _joins(plain, run[-1], part) if run and part else run and _bridges(plain, run[-1], token)
        if run and not goes_on:
            found.append(_name(plain, run))
            run = []
        if part:
            run.append(part)
    return tuple([*found, _name(plain, run)] if run else found)


def tokens(plain: str) -> tuple[_Token, ...]:
    """Return the words of a folded text with their offsets: parts of hyphenated words each, `U.S.` as one."""
    return _tokens(plain)


@remembered(1 << 12)
def _tokens(plain: str) -> tuple[_Token, ...]:
    return tuple(_Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(plain))


@remembered(1 << 13)
def plain_words(text: str) -> frozenset[str]:
    """Return every word of `text` as names are compared; an abbreviation that reads like `who` keeps its capitals.

    >>> sorted(plain_words("The WHO met Erdoğan's aide, who left."))
    ['WHO', 'aide', 'erdogan', 'left', 'met', 'the', 'who']
    """
    return frozenset(simple(token) for token in _TOKEN.findall(fold(text)))


@lru_cache(maxsize=1 << 15)
def simple(word: str) -> str:
    """Return a word as names are compared: no accent, no possessive, no stops, lower case.

    >>> simple("Erdoğan's"), simple("U.N."), simple("WHO")
    ('erdogan', 'un', 'WHO')
    """
    bare = places.unaccented(word).replace(".", "").removesuffix("'s").removesuffix("'S").rstrip("'")
    low = bare.lower()
    return bare if len(bare) > 1 and bare.isupper() and low in FUNCTION_WORDS else low


@remembered(1 << 12)
def headline(plain: str) -> bool:
    """Tell whether a text has capitals on nearly all its words, as headlines and shouts have.

    >>> headline("Mayor Resigns After Vote on Harbour Plan"), headline("The mayor met Ana Lopes.")
    (True, False)
    """
    said = [t.form for t in tokens(plain) if t.form.lower() not in FUNCTION_WORDS and t.form[0].isalpha()]
    small = sum(form[0].islower() for form in said)
    others = (form.lower() for form in said[1:] if form[0].isupper())
    titles = TITLE_WORDS | _CALENDAR | GENERIC
    return (
        len(said) > 2
        and small <= 0.05 * len(said)
        and any(len(word) > 3 and word not in titles and common(word) for word in others)
    )


@lru_cache(maxsize=1 << 14)
def common(low: str) -> bool:
    """Tell whether a lower-case word is a common word of English rather than a name.

    >>> common("rescuers"), common("wildfire"), common("takaichi"), common("smith"), common("tokyo")
    (True, True, False, False, False)
    """
    if low in FUNCTION_WORDS or low in GENERIC or low in TITLE_WORDS or low in _CALENDAR:
        return True
    if low in given_names.NAMES or places.known(low):
        return False
    if any(_entry(base) for base in _bases(low)):
        return True
    if len(low) > _LONGEST_WORD:
        return False
    halves = ((low[:cut], low[cut:]) for cut in range(3, len(low) - 2))
    return any(_entry(first) and any(_entry(base) for base in _bases(last)) for first, last in halves)


def _bases(low: str) -> list[str]:
    """Return a word and what it may be an ending of: `rescuers` has `rescuer`, `rescue`, `rescu`."""
    found = [low]
    for ending in (
        "s",
        "es",
        "ed",
        "d",
        "ing",
        "er",
        "ers",
        "r",
        "rs",
        "ly",
        "y",
        "ness",
        "ment",
        "ments",
        "or",
        "ors",
    ):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            base = low[: -len(ending)]
            found += [base, f"{base}e"]
            if base[-1] == base[-2]:
                found.append(base[:-1])
            if base.endswith("i"):
                found.append(f"{base[:-1]}y")
    return found


def _entry(word: str) -> bool:
    return word not in given_names.NAMES and vectors.pieces(word) == [word]


def _capital(form: str) -> bool:
    return form[0].isupper() or (len(form) > 2 and form[1].isupper())


def _part(token: _Token, *, opens: bool) -> Part | None:
    low = simple(token.form)
    bare = low.lower()
    abbreviation = token.form.isupper() and len(token.form) > 1
    if (
        len(bare) < 2
        or bare in _CALENDAR
        or _PERIOD.fullmatch(bare)
        or (bare in FUNCTION_WORDS and not (abbreviation and not opens))
    ):
        return None
    if bare in TITLE_WORDS or bare in GENERIC:
        return None if opens or bare in TITLE_WORDS else Part(low, token.start, token.end, False)
    return Part(low, token.start, token.end, not opens)


def _joins(plain: str, last: Part, part: Part) -> bool:
    """Tell whether two parts belong to one name; a people's adjective is a name of its own."""
    if plain[: last.end].endswith(("'s", "'S")):
        return False
    if last.form is places.Form.PEOPLE:
        return plain[last.end : part.start] == " "  # "European Central Bank"
    return bool(_IN_NAMES.fullmatch(plain[last.end : part.start].removeprefix(".")))


def _bridges(plain: str, last: Part, token: _Token) -> bool:
    """Tell whether a word that is no part may stand inside a name: `of` in `Bank of Japan`."""
    return last.form is not places.Form.PEOPLE and bool(_BRIDGE.fullmatch(plain, last.end, token.end))


def _name(plain: str, run: list[Part]) -> Name:
    start, end = run[0].start, run[-1].end
    if plain[start:end].endswith("'s"):
        end -= 2
    return Name(plain[start:end], start, end, tuple(run), bool(_WHERE.search(plain[max(0, start - 16) : start])))
