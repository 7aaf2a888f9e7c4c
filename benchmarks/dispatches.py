"""Articles without end, and a model that briefs them honestly: what the benchmarks of the batch work on.

Article `n` is thirty sentences of invented local news. The names, the figures and the things are drawn anew for each,
so that nothing that is kept of one text or sentence helps with the next; the plain words of English come again, as they
do in news. The model knows by the title which article it was given.

>>> article(1).split(". ")[0] == article(1).split(". ")[0] != article(2).split(". ")[0]
True
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from tests.faults.call import Call, Write

SENTENCES = 30

_STARTS = "Bar Cor Dal Fen Gar Hol Kel Lor Mar Nor Pel Quil Ras Sel Tor Ul Ver Wes Yar Zel Bran Crov Drev Stav".split()
_MIDDLES = "a e i o u an en on ar el il or am es".split()
_ENDS = "dan vik sko mund ley ric ton nova wick berg stad mere ford zan dor thal gard min rel sten".split()
_FIRST = "Anna Boris Clara David Elena Farid Grace Hugo Irene Jonas Karim Laura Miguel Nadia Oscar Paula Samir".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_THINGS = (
    "bridge library hospital stadium tunnel museum station harbour reservoir school theatre market tramway dam airport "
    "clinic prison archive laboratory observatory brewery quarry lighthouse warehouse greenhouse"
).split()
_GOODS = (
    "wheat timber steel cement copper cotton coffee fertiliser glass paper salmon wool rubber sugar barley plastic "
    "aluminium leather gravel diesel"
).split()
_JOBS = ("mayor", "treasurer", "governor", "head teacher", "fire chief", "union leader", "chief executive")


class Told(NamedTuple):
    """A sentence, and what the model makes of it: a claim in other words, words that were spoken, or nothing."""

    text: str
    claim: str = ""
    speaker: str = ""


#: Each sentence with an honest rewording, where it has one.
_REPORTS = (
    (
        "On {day}, the council of {town} approved a {metres}-metre {thing} that will cost ${cost} million.",
        "The council of {town} approved a {thing} of {metres} metres on {day}, at a cost of ${cost} million.",
    ),
    (
        "{person}, the {job} of {town}, said the work would begin in {month} and take up to {few} years.",
        "The work would start in {month} and last as long as {few} years, said {person}, the {job} of {town}.",
    ),
    (
        "At least {many} people were hurt in {town} when a {thing} caught fire, according to {body}.",
        "According to {body}, a fire at a {thing} in {town} injured {many} people or more.",
    ),
    (
        "{body} agreed to begin negotiations with {other} on the sale of {many} tonnes of {goods}.",
        "{body} and {other} agreed to open negotiations on selling {many} tonnes of {goods}.",
    ),
    (
        "{body} did not say whether it would close its {thing} in {town}.",
        "Whether {body} would close its {thing} in {town} was left open.",
    ),
    (
        "Exports of {goods} from {town} rose by {percent} percent last year, after a fall of {few} percent.",
        "{town} exported {percent}% more {goods} last year.",
    ),
    (
        "{body} sued {other} in {month} over a delayed {thing}.",
        "In {month}, {other} was sued by {body} over a {thing} that was delayed.",
    ),
    (
        "{person}, who has led {body} since {year}, may resign before the end of {month}.",
        "{person}, the head of {body} since {year}, might step down before {month} ends.",
    ),
    (
        "Residents of {town} rejected the plan for a new {thing} by {many} votes to {fewer}.",
        "By {many} votes to {fewer}, the plan for a new {thing} was rejected by residents of {town}.",
    ),
    (
        "The {thing} in {town} will reopen on {date} {month} if the inspectors of {body} approve of it.",
        "The {thing} in {town} will open again on {month} {date} if inspectors of {body} approve of it.",
    ),
    (
        "{other} supplies about two thirds of the {goods} that {body} uses in {town}.",
        "About two thirds of the {goods} used by {body} in {town} come from {other}.",
    ),
    ("“We have waited {few} years for this {thing}, and {town} will not wait any longer,” said {person}.", ""),
    ("“Nobody at {body} told us that the {goods} had been sold to {other},” {person} said.", ""),
)
#: What surrounds them, and is nothing that a briefing of them says.
_REST = (
    "The {thing} was built in {year} by {body} and has been repaired {few} times since.",
    "Near {town}, farmers who grow {goods} have complained to {body} about the price of water.",
    "{person} was born in {town} and worked for {other} until {year}.",
    "A spokesman for {body} declined to comment on the {goods}.",
    "The road from {town} to the {thing} has been closed since {date} {month}.",
    "{person} visited the {thing} twice in {month}, once with a delegation from {other}.",
    "In {year}, a report by {body} had warned that the {thing} could flood.",
    "Some {many} jobs at {other} depend on the {goods} trade, its accounts show.",
    "Critics in {town} say that the {thing} serves mostly tourists.",
    "{body} and {other} have shared an office in {town} since {year}.",
    "Rain had damaged the roof of the {thing} in {month}, and {person} had to cancel a concert.",
    "Only {fewer} of the {many} members of {body} came to the meeting in {town}.",
    "The price of {goods} has hardly changed in {town} since {month}.",
)


def article(number: int) -> str:
    """Return the text of an article."""
    return " ".join(told.text for told in _told(number))


def row(number: int) -> dict[str, str]:
    """Return an article as a row of a batch."""
    return {"id": f"article-{number}", "title": _title(number), "text": article(number)}


def brief(number: int, *, reworded: bool) -> dict[str, Any]:
    """Return an honest briefing of an article: in sentences of its own, or in other words."""
    told = [(f"s{n}", each) for n, each in enumerate(_told(number), start=1) if each.claim]
    claims = [
        {"text": each.claim if reworded else each.text, "evidence": [name]} for name, each in told if not each.speaker
    ]
    quotes = [{"text": each.claim, "speaker": each.speaker, "evidence": [name]} for name, each in told if each.speaker]
    headline, lede, *points = claims
    return {"headline": headline, "lede": lede, "points": points[:5], "quotes": quotes[:2], "analysis": []}


def writer(*, reworded: bool) -> Write:
    """Return who writes the completion to a call about an article, known by its title."""

    def write(call: Call) -> str:
        titles = (each["text"] for each in (call.prompt or {}).get("sentences") or [] if each["id"] == "t1")
        return json.dumps(brief(int(next(titles).rpartition(" ")[2]), reworded=reworded), ensure_ascii=False)

    return write


def _title(number: int) -> str:
    return f"News of the day, number {number}"


def _told(number: int) -> Iterator[Told]:
    draw = random.Random(number)  # noqa: S311
    kinds: list[Any] = [*_REPORTS, *_REST]
    draw.shuffle(kinds)
    for kind in (kinds * 2)[:SENTENCES]:
        slots = _slots(draw)
        if isinstance(kind, str):
            yield Told(kind.format(**slots))
            continue
        text, claim = (each.format(**slots) for each in kind)
        spoken = re.match(r"“(.+?),?” ", text)
        yield Told(text, spoken[1], slots["person"]) if spoken else Told(text, claim)


def _slots(draw: random.Random) -> dict[str, str]:
    many = draw.randint(20, 990)
    return {
        "town": _name(draw),
        "person": f"{draw.choice(_FIRST)} {_name(draw)}",
        "job": draw.choice(_JOBS),
        "body": f"{_name(draw)} {draw.choice(('Council', 'Group', 'Union', 'Bank', 'Institute', 'Holdings'))}",
        "other": f"{_name(draw)} {draw.choice(('Company', 'Trust', 'Society', 'Partners', 'University', 'Agency'))}",
        "thing": draw.choice(_THINGS),
        "goods": draw.choice(_GOODS),
        "day": draw.choice(_DAYS),
        "month": draw.choice(_MONTHS),
        "date": str(draw.randint(2, 28)),
        "year": str(draw.randint(1950, 2020)),
        "metres": str(draw.randint(100, 900)),
        "cost": f"{draw.randint(2, 90)}.{draw.randint(1, 9)}",
        "percent": str(draw.randint(11, 60)),
        "few": str(draw.randint(3, 9)),
        "many": str(many),
        "fewer": str(draw.randint(10, many - 1)),
    }


def _name(draw: random.Random) -> str:
    return draw.choice(_STARTS) + draw.choice(_MIDDLES) + draw.choice(_ENDS)
