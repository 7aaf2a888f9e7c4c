"""How a claim is told made wrong: words put into mouths, evidence that is about something else, invented detail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from briefing.words import terms

from .articles import Item
from .base import Change, in_quotes, quoted, replaced
from .verbs import OPPOSITES

_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
_SAID = re.compile(
    r"^(?P<who>[^,]{3,60}?) (?:said|says|told parliament|promised|insisted|announced)(?: last year)? that (?P<what>[^\"]{15,}?)\.$"
)
_AFTER = re.compile(
    r"^(?P<what>[^\"]{15,}), (?:said (?P<who>[A-Z][\w' ]{2,40})|(?P<other>(?:the )?[A-Z][\w' ]{1,40}) said(?: in \w+| on \w+)?)\.$"
)
_SPEECH = re.compile(r"\b(?:said|says|told|called|according|promised|announced|noted|insisted|asked|\")")


def quotations(item: Item, random: Random) -> Iterator[Change]:
    """Yield the claim with a quotation that nobody spoke so: altered, stitched, another's, or made up of narration."""
    claim, article = item.claim, item.article
    people = [named for named in article.named if named.sort == "people"]
    for start, end in quoted(claim):
        yield from _altered(claim, start, end)
        for named in people:
            for form, text in enumerate(named.forms):
                at = re.search(rf"\b{re.escape(text)}\b", claim)
                others = [p for p in people if p != named and p.forms[0] not in claim and p.forms[-1] not in claim]
                if at and others and not in_quotes(claim, at.start()):
                    new = random.choice(others).forms[form]
                    yield replaced("wrong speaker", claim, *at.span(), new)
                    break
        yield from _stitched(item, start, end)
    speaker = random.choice(people).forms[0]
    if not item.reworded and not _SPEECH.search(claim):
        yield Change("narrated", f'"{claim[:-1]}," {speaker} said.', "narration was put between marks")
    if match := _SAID.match(claim):
        what = match["what"]
        yield Change(
            "made direct", f'{match["who"]} said: "{what[:1].upper()}{what[1:]}."', "indirect speech made direct"
        )
    elif (match := _AFTER.match(claim)) and not re.search(r" said|, the [a-z' ]+$|[Aa]ccording", match["what"]):
        who = match["who"] or match["other"]
        yield Change("made direct", f'"{match["what"]}," {who} said.', "indirect speech made direct")


# Near enough for a paraphrase; between quotation marks nobody spoke them.
_LIKE = dict(
    pair.split(":")
    for pair in """
    client:customer superiors:bosses desk:table tired:exhausted nervous:anxious foul:offence league:championship
    declare:proclaim victory:success early:soon voters:people asked:begged talk:speak neighbours:friends
    century:lifetime engineers:technicians protocol:rules step:start cure:remedy members:workers rent:bills
    promises:pledges paying:offering price:sum great:strong brand:company late:slow theatre:stage rich:wealthy
    museum:gallery children:pupils learn:study solved:settled shouting:quarrelling barn:shed chandeliers:lamps
    """.split()
)


def _altered(claim: str, start: int, end: int) -> Iterator[Change]:
    for match in _WORD.finditer(claim, start, end):
        word = match[0].lower()
        if new := OPPOSITES.get(word):
            yield replaced("word changed", claim, *match.span(), new)
        elif word in ("is", "are", "will", "would", "have", "was"):
            negated = claim[match.end() : match.end() + 4] == " not"
            rest = match.end() + (4 if negated else 0)
            yield replaced("word changed", claim, match.start(), rest, match[0] if negated else f"{match[0]} not")
            yield replaced("word added", claim, *match.span(), f"{match[0]} certainly")
        if word in _LIKE:
            yield replaced("like word", claim, *match.span(), _LIKE[word])


def _stitched(item: Item, start: int, end: int) -> Iterator[Change]:
    """Yield the quotation with its second half from another that the article prints."""
    claim = item.claim
    own = claim[start + 1 : end - 1].strip(",.").split()
    for sentence in item.article.document.sentences:
        for first, last in quoted(sentence.text):
            other = sentence.text[first + 1 : last - 1].strip(",.").split()
            if sentence.id not in item.evidence and other != own and min(len(own), len(other)) > 3:
                joined = " ".join((*own[: len(own) // 2 + 1], *other[len(other) // 2 :]))
                comma = "," if claim[end - 2] == "," else ""
                both = (*item.evidence, sentence.id)
                yield replaced("stitched", claim, start, end, f'"{joined}{comma}"', both)


def citations(item: Item, random: Random) -> Iterator[Change]:
    """Yield the claim with evidence that does not prove it, that is not there, or with a marker to no source."""
    said = set(terms(item.claim))
    away = sorted(
        (s for s in item.article.document.sentences if s.id not in item.evidence),
        key=lambda s: (len(said & set(terms(s.text))), s.id),
    )
    yield Change("elsewhere", item.claim, "the evidence is another sentence", (random.choice(away[:4]).id,))
    near = away[-1]
    if item.evidence[0] != near.id:
        yield Change("alike", item.claim, "the evidence is a sentence with the same names", (near.id,))
    yield Change("unknown", item.claim, "the evidence does not exist", ("s99",))
    yield Change("none", item.claim, "there is no evidence", ())
    yield Change("marker", f"{item.claim[:-1]} [7]{item.claim[-1]}", "the marker leads nowhere")


# Made for no topic in particular, and in none of the articles.
_INVENTED = """, after months of protests| because of rising fuel costs|, following a dispute with investors
 at a ceremony attended by diplomats| despite warnings from scientists|, prompting celebrations in the streets
, triggering a wave of resignations|, under pressure from foreign lenders| to the surprise of experts
 in front of television cameras|, in line with advice from consultants|, paving the way for lower taxes
 owing to a shortage of skilled staff|, a step applauded by environmentalists|, causing long queues at airports
 after a tip from a whistleblower|, a day before the national holiday| with the help of volunteers from abroad
 because of a computer error|, ending years of uncertainty for tourists|, the result of a secret memo
 amid fears of a cyberattack|, despite objections from neighbours and churches| on the advice of a psychologist
, which led to clashes with demonstrators| thanks to a donation from a software billionaire
 after an online petition|, and the minister of transport resigned| in response to a newspaper investigation
, a move that cost thousands of fishermen their income"""
_SISTERS = """
river:lake dam:mine bridges:tunnels railway:motorway trains:ferries rooftops:cars schools:hospitals rain:snow
engineers:lawyers gates:offices residents:tourists sirens:cameras insurers:builders water:milk garden:kitchen
papers:clothes passport:yacht invoices:contracts brother:cousin witnesses:experts fraud:burglary bail:parole
auditors:voters knee:shoulder ligament:bone fans:children tickets:shirts penalty:bonus header:volley corner:throw-in
inflation:unemployment shares:bonds recession:chaos investment:wedding dollar:euro growth:crime board:choir
seats:villages fraud:violence television:radio telephone:letter supporters:journalists carbon:sugar
pill:injection migraine:asthma nausea:fever liver:kidney brain:heart price:length placebo:vaccine children:women
drivers:pilots rent:taxes accounts:emails trams:ferries refund:seat lessons:exams managers:politicians
cheese:bread plants:shops jobs:trees debt:gold milk:diesel grandfather:uncle family:government
satellite:telescope rocket:balloon valve:battery winds:floods storm:fire farmers:soldiers hangar:church sensor:computer
theatre:museum stage:library fire:flood ceiling:staircase opera:circus heater:candle donors:banks rehearsal:funeral
pupils:nurses teachers:police graduates:foreigners signatures:coins rural:coastal reading:spelling mathematics:music
border:fishery prisoners:refugees troops:ships gas:wheat crossings:airports village:airfield soldiers:civilians
parliament:church premier:bishop researchers:students headaches:rashes interest:exchange energy:food
"""
_SISTER = dict(pair.split(":") for pair in _SISTERS.split())


def support(item: Item, random: Random) -> Iterator[Change]:
    """Yield the claim with a detail that nobody gave, or with one thing in another's place."""
    claim, article = item.claim, item.article
    known = set(terms(article.text))
    if claim.endswith(".") and not re.search(r"[\"”?!]", claim[-3:]):
        details = [d for d in re.split(r"\||\n", _INVENTED) if not known & set(terms(d))]
        for detail in random.sample(details, 2):
            yield replaced("detail", claim, len(claim) - 1, len(claim) - 1, detail)
        if re.match(r"(?:The|A|An|In|Its|About|More|At|Some|Two|Three|Last) ", claim):
            clause = random.choice([d for d in details if d.startswith(" ")]).strip()
            opened = f"{clause[:1].upper()}{clause[1:]}, {claim[:1].lower()}{claim[1:]}"
            yield Change("detail first", opened, f"{clause!r} was added")
    for match in _WORD.finditer(claim):
        new = _SISTER.get(match[0].lower())
        if new and not set(terms(new)) & known:
            yield replaced("sister word", claim, *match.span(), new)
