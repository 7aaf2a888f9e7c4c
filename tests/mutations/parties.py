"""Names and roles made wrong: another name, a new one, another title; who did what to whom turned round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from random import Random
from typing import NamedTuple

from .articles import Item, Named
from .base import Change, exchanged, in_quotes, replaced, substitutions
from .figures import crossed_figures

# Of our own invention, and in none of the articles.
_NEW = {
    "people": "Maren Holtz; Viktor Asante; Chiara Benn; Tobias Renk; Leila Farouk".split("; "),
    "places": "Ravenna Bay; Tolmin; Harrowgate; Sankt Orla; Quillon".split("; "),
    "bodies": "Meridian Group; Lantern Trust; Novacor; Harbour Council; Zenith Partners".split("; "),
}
_FIRST_NAMES = "Greta Stefano Ulrike Desmond Yara Konrad Beatrix Nikolai".split()
_TITLES = {
    r"\bGovernor\b": "Mayor",
    r"\bgovernor\b": "deputy governor",
    r"\b(the )?Mayor\b(?= \w+)": r"\1Governor",
    r"\bPrime Minister\b": "President",
    r"\bprime minister\b": "president",
    r"\bPresident\b(?= [A-Z])": "Prime Minister",
    r"\bpresident\b": "treasurer",
    r"\bJudge\b": "Prosecutor",
    r"\bProsecutor\b(?= [A-Z])": "Judge",
    r"\b(Finance|Education|Economy) Minister\b": "Defence Minister",
    r"\b(finance|education|economy) minister\b": "defence minister",
    r"\bforeign minister\b": "interior minister",
    r"\bchief executive\b": "chairman",
    r"\b(?<!flight )director\b": "founder",
    r"\bflight director\b": "chief pilot",
    r"\bProfessor\b": "Senator",
    r"\bprofessor\b": "nurse",
    r"\bCoach\b(?= [A-Z])": "Captain",
    r"\bcoach\b": "captain",
    r"\breferee\b": "linesman",
    r"\bArchitect\b(?= [A-Z])": "Painter",
    r"\barchitect\b": "painter",
    r"\bsecretary\b": "treasurer",
    r"\bpremier\b": "chief justice",
    r"\bformer treasurer\b": "former mayor",
    r"\blawyer\b": "doctor",
    r"\bactor\b": "singer",
}
# The names of bodies and places whose parts tell them apart.
_PARTS = {
    r"\bNational (?=Weather|Theatre|Teachers|Cup)": "Regional ",
    r"\bTeachers' Association\b": "Parents' Association",
    r"\bTransport Workers\b": "Metal Workers",
    r"\bFood Workers\b": "Farm Workers",
    r"\bMunicipal Audit\b": "Federal Audit",
    r"\bSmall Businesses\b": "Large Exporters",
    r"\bCompetition Authority\b": "Customs Authority",
    r"\bMedicines Safety\b": "Food Safety",
    r"\bElectoral Commission\b": "Human Rights Commission",
    r"\bRegional Security Forum\b": "Global Security Forum",
    r"\bEuropean Union\b": "African Union",
    r"\bHeritage Society\b": "Music Society",
    r"\bPan-Oceanic\b": "Pan-Arctic",
    r"\bFootball Association\b": "Referees' Association",
}


class Mention(NamedTuple):
    """Where a claim names one of an article's names, and in which form."""

    named: Named
    form: int
    start: int
    end: int


def names(item: Item, random: Random) -> Iterator[Change]:
    """Yield the claim with one name or title wrong."""
    claim = item.claim
    for mention in _mentions(item):
        others = [n for n in item.article.named if n.sort == mention.named.sort and not _mentioned(n, claim)]
        if others:
            other = random.choice(others)
            yield _renamed("other", item, mention, other)
        new = random.choice(_NEW[mention.named.sort])
        if mention.named.sort == "people":
            new = new if mention.form == 0 else new.split()[-1]
        yield replaced("invented", claim, mention.start, mention.end, new)
        if mention.named.sort == "people" and mention.form == 0:
            first = mention.start, mention.start + claim[mention.start :].index(" ")
            yield replaced("first name", claim, *first, random.choice(_FIRST_NAMES))
    for pattern, new in _TITLES.items():
        for match in re.finditer(pattern, claim):
            yield replaced("title", claim, *match.span(), match.expand(new))
    yield from substitutions("part", claim, _PARTS)


# What both sides do together has no agent and no patient.
_MUTUAL = re.compile(r"\b(?:between|met|meet|meeting|joint|together|either|each other|exchange)\b", re.IGNORECASE)
_JOINED = re.compile(r"[\s,]*(?:and|or|and the)?\s*$")
_PAST = """accused sued praised criticised thanked congratulated urged replaced warned blocked rejected beat dismissed
supplies""".split()
_PARTICIPLES = {"beat": "beaten", "supplies": "supplied"}
_TARGET = r"(?=(?:the )?(?:[A-Z][a-z]+(?!'s)\b|mayor|union|city|referee))"
_ACTIVE = re.compile(rf"(?P<before>\w+) (?P<verb>{'|'.join(_PAST)}) {_TARGET}")
_PASSIVE = re.compile(
    r"^(?P<patient>[^,;:]{3,60}?) (?:was|were|has been|have been) (?P<verb>[a-z]+ed|built|led|told|hit|beaten)"
    r"(?: \w+){0,2}? by (?P<agent>[^,;.]{3,60}?)(?=[,;.]| on| in| to| at| as| with| for)"
)
_BY = re.compile(r"\b(?:was|were|has been|have been) (?P<verb>urged|interviewed|supplied|built|stopped|cancelled) by ")
_TRADES = {
    r"\b(agreed|plans) to buy\b": r"\1 to sell",
    r"\bto sell\b": "to buy",
    r"\btakeover of\b": "sale of",
    r"\bsale of\b": "purchase of",
    r"\bexports\b": "imports",
    r"\bfrom the Kastell family\b": "for the Kastell family",
    r"\bacquire\b": "sell",
    r"(?<!has )\boffered(?= 200)": "was offered",
    r"\bhas offered\b": "has been offered",
    r"\bsupplies\b(?= about)": "buys",
    r"\bdemands (?=a raise)": "has been asked for ",
    r"\bpay a penalty\b": "receive a penalty",
    r"\bgave (?=the)": "received from ",
}


def roles(item: Item, random: Random) -> Iterator[Change]:
    """Yield the claim with two parties in each other's place, or with what another party did."""
    claim = item.claim
    mentions = _mentions(item)
    for one, other in combinations(mentions, 2):
        apart = claim[one.end : other.start]
        alike = one.named.sort == other.named.sort and one.named != other.named
        once = all(len([m for m in mentions if m.named == party.named]) == 1 for party in (one, other))
        if alike and once and not _MUTUAL.search(claim) and not _JOINED.match(apart):
            yield _swapped(item, one, other)
    if (match := _PASSIVE.search(claim)) and {match.start("patient")} & {mention.start for mention in mentions}:
        yield exchanged("by", claim, match.span("patient"), match.span("agent"))
    for match in _BY.finditer(claim):
        yield replaced("passive to active", claim, *match.span(), f"{match['verb']} ")
    for match in _ACTIVE.finditer(claim):
        if not in_quotes(claim, match.start()) and match["before"] not in ("has", "have", "had", "was", "and", "to"):
            be = "were" if re.match(r"[a-z]+[^s]s$", match["before"]) else "was"
            verb = match["verb"]
            yield replaced("active to passive", claim, *match.span("verb"), f"{be} {_PARTICIPLES.get(verb, verb)} by")
    yield from substitutions("trade", claim, _TRADES)
    yield from _crossed(item, mentions, random)
    yield from crossed_figures(item)


def _crossed(item: Item, mentions: list[Mention], random: Random) -> Iterator[Change]:
    """Yield the claim with a name that another sentence gives, which it cites as well."""
    sentences = item.article.document.sentences
    for mention in mentions:
        others = [
            (named, sentence)
            for named in item.article.named
            for sentence in sentences
            if named.sort == mention.named.sort
            and sentence.id not in item.evidence
            and _mentioned(named, sentence.text)
            and not _mentioned(named, item.claim)
            and not _mentioned(mention.named, sentence.text)
        ]
        if others:
            named, sentence = random.choice(others)
            if re.search(r"\b[Tt]he (?!the )[a-z]+ $", item.claim[: _start(item, mention)]):
                continue  # no article stands after another: "the small the Northern Commission party"
            yield _renamed("crossed name", item, mention, named, (*item.evidence, sentence.id))


def _renamed(way: str, item: Item, mention: Mention, named: Named, evidence: tuple[str, ...] | None = None) -> Change:
    """Return the claim with another name in a place, with the article that the text gives it."""
    new = _articled(item, named.forms[min(mention.form, len(named.forms) - 1)])
    return replaced(way, item.claim, _start(item, mention), mention.end, new, evidence)


def _swapped(item: Item, one: Mention, other: Mention) -> Change:
    """Return the claim with two names in each other's place, each with its own article."""
    first, second = (_articled(item, item.claim[m.start : m.end]) for m in (one, other))
    second = second[:1].upper() + second[1:] if _start(item, one) == 0 else second
    later = replaced("swapped", item.claim, _start(item, other), other.end, first).claim
    return replaced("swapped", later, _start(item, one), one.end, second)._replace(
        what=f"{first!r} and {second!r} swapped"
    )


def _articled(item: Item, name: str) -> str:
    """Return a name with "the" before it where the article writes it so."""
    told = f"{item.article.text} {item.claim}"
    return f"the {name}" if re.search(rf"\b[Tt]he {re.escape(name)}\b", told) else name


def _start(item: Item, mention: Mention) -> int:
    """Return where a name starts, the article before it included."""
    return mention.start - 4 * item.claim[: mention.start].endswith(("the ", "The "))


def _mentions(item: Item) -> list[Mention]:
    """Return where the claim names somebody, an acronym in brackets and the name before it left out."""
    claim = item.claim
    found: list[Mention] = []
    forms = [(text, form, named) for named in item.article.named for form, text in enumerate(named.forms)]
    for text, form, named in sorted(forms, key=lambda f: -len(f[0])):
        for match in re.finditer(rf"(?<![\w(-]){re.escape(text)}(?![\w)]| \()", claim):
            if not any(m.start < match.end() and match.start() < m.end for m in found) and not in_quotes(
                claim, match.start()
            ):
                found.append(Mention(named, form, *match.span()))
    return sorted(found, key=lambda m: m.start)


def _mentioned(named: Named, text: str) -> bool:
    return any(re.search(rf"\b{re.escape(form)}\b", text) for form in named.forms)
