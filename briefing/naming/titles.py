"""Titles and offices in a text, and whose they are: `former Prime Minister Ana Lopes`, `Ana Lopes, the mayor`.

Closed lists of English offices. Two offices of one family exclude each other: who is called a judge is no prosecutor.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from ..remembered import remembered
from ..speech_words import VERBS
from ..text import fold
from .proper_names import Name, names

#: Offices that exclude each other, a family a line; words for the same office are joined by `=`.
_FAMILIES = """
president; prime minister=premier=pm; chancellor; king=monarch; queen; emperor; sultan; governor; mayor=mayoress;
    senator; ambassador=envoy; vice president=vice-president; attorney general; congressman=congresswoman;
    foreign minister=foreign secretary; chief of staff; speaker; councillor=councilor=councilman; minister=secretary;
    secretary of state; secretary general=secretary-general; crown prince; prince; princess; home secretary
chief executive=chief executive officer=ceo; chairman=chairwoman=chairperson=chair; founder=co-founder=cofounder;
    chief financial officer=finance chief=finance director=cfo; chief operating officer=coo; treasurer;
    managing director; shareholder
judge=magistrate; prosecutor; defendant; plaintiff=claimant; juror; sheriff; chief justice; coroner
pope=pontiff; cardinal; archbishop; bishop; priest; imam; rabbi; nun; monk
colonel; lieutenant; sergeant; admiral; corporal; brigadier; lieutenant colonel; field marshal
goalkeeper=keeper; striker=forward; midfielder; defender; referee; coach=head coach; captain=skipper; umpire; caddie
professor; headteacher=head teacher=headmaster=headmistress; student=pupil; dean; librarian
doctor=surgeon=physician; nurse; paramedic; pharmacist; dentist; vet; patient; midwife
police chief=chief constable=police commissioner; fire chief; detective; paramedic; lifeguard; coastguard
landlord; tenant
pilot; co-pilot; flight attendant=stewardess; passenger
author=writer=novelist; publisher; translator; conductor; composer; curator; architect
"""
_FAMILY_OF: dict[str, int] = {}
_OFFICE_OF: dict[str, str] = {}
for _number, _line in enumerate(re.sub(r"\n {4}", " ", _FAMILIES).strip().splitlines()):
    for _group in _line.rstrip(";").split(";"):
        for _word in (words := [w.strip() for w in _group.split("=")]):
            _OFFICE_OF[_word] = words[0]
            _FAMILY_OF[words[0]] = _number
# They are other words too, or too loose to exclude another.
_LOOSER = "general", "major", "director", "manager", "director general", "leader", "inspector", "superintendent"
_OFFICE_OF |= {word: word for word in _LOOSER}

#: Of one who "had been" minister nothing says whether that is over.
UP_TO_THEN = "up to then"
_QUALITIES: Mapping[str, str] = {
    **dict.fromkeys("former ex then one-time onetime ex-".split(), "former"),
    **dict.fromkeys("acting interim caretaker provisional stand-in".split(), "acting"),
    **dict.fromkeys("deputy assistant vice".split(), "deputy"),
    **dict.fromkeys("elect designate incoming".split(), "elect"),
}
_FIELDS = """foreign defence defense finance interior health education justice economy trade labour labor home
environment energy transport agriculture culture sports tourism police security treasury""".split()
_FIELD_OF = {field: {"defense": "defence", "labor": "labour"}.get(field, field) for field in _FIELDS}
_OFFICE = "|".join(sorted((re.escape(o).replace(r"\ ", "[ -]") for o in _OFFICE_OF), key=len, reverse=True))
_QUALITY = "|".join(q for q in _QUALITIES if q not in {"elect", "designate", "ex-"})
_LOOSE = (
    r"(?:the|an?|and|or|of|to|as|his|her|its|their|with|by|said|who|for|in|is|was|will|"
    r"where|which|when|while|whose|but|after|before|if)\b"
)
_TITLE = re.compile(
    rf"\b(?:(?P<quality>{_QUALITY})(?:[ -](?P<second>{_QUALITY}))?[ -](?:(?!{_LOOSE})[\w'.]{{2,15}} ){{0,2}}?)?"
    rf"(?:(?P<field>{'|'.join(_FIELDS)}) )?(?P<office>{_OFFICE})(?P<plural>e?s)?(?:[ -](?P<after>elect|designate))?"
    r"(?!\w|-in-)",
    re.IGNORECASE,
)
#: Between an office and the name after it: `mayor of Porto, Ana Lopes`.
_TO_NAME = re.compile(r"(?: of (?:the )?[\w' -]{2,30},|'s office,?|,)? ")
#: Between a name and the office after it: `, 54, the town's `, ` was elected `, ` is `.
_FROM_NAME = re.compile(
    r"(?:, (?:\d\d?, )?(?:who (?:is|was|has been) )?| (?:is|was|became|remains|has been|served as|was elected|"
    r"was appointed|was named|will be|as) )(?:(?:the|a|an|its|his|her|their|as) )?(?:(?!"
    + _LOOSE
    + r"|met\b)[\w'.-]{2,20} ){0,3}"
)

#: After an office these make it the one that speaks, and no apposition: "in Lumina, the minister *said*".
_SAYS = re.compile(rf" (?:{'|'.join(sorted(VERBS))})\b")
_HAD_BEEN = re.compile(r"\bhad (?:once |previously )?been(?: (?!who)[\w'.-]{1,20}){0,4} $")
_USED_TO_BE = re.compile(r"\b(?:used to be|formerly|previously|once)(?: (?!who)[\w'.-]{1,20}){0,4} $")


class Title(NamedTuple):
    """An office named in a text at `text[start:end]`, with what qualifies it, and the name of who holds it, if any."""

    office: str
    field: str
    qualities: frozenset[str]
    start: int
    end: int
    holder: Name | None
    plural: bool = False

    @property
    def family(self) -> int | None:
        """The family of offices that exclude each other, or None for a looser word."""
        return _FAMILY_OF.get(self.office)


@remembered(1 << 12)
def titles(text: str) -> tuple[Title, ...]:
    """Return the offices that `text` names, in order; offsets count code points from 0.

    >>> [(t.office, sorted(t.qualities), t.holder and t.holder.text) for t in titles("Ex-mayor Ana Ray met the king.")]
    [('mayor', ['former'], 'Ana Ray'), ('king', [], None)]
    """
    plain = fold(text)
    matches = list(_TITLE.finditer(plain))
    if not matches:
        return ()
    persons = [name for name in names(text) if not name.keys]
    return tuple(_title(match, plain, persons) for match in matches)


def _title(match: re.Match[str], plain: str, persons: list[Name]) -> Title:
    office = _OFFICE_OF[re.sub(r"[ -]", " ", match["office"].lower())] if _known(match) else match["office"].lower()
    found = {(match[key] or "").lower() for key in ("quality", "second", "after")} - {""}
    qualities = frozenset(_QUALITIES[word] for word in found)
    if _USED_TO_BE.search(plain[max(0, match.start() - 60) : match.start()]):
        qualities |= {"former"}
    if _HAD_BEEN.search(plain[max(0, match.start() - 60) : match.start()]):
        qualities |= {UP_TO_THEN}
    plural = bool(match["plural"])
    holder = None
    owns = plain.startswith("'s ", match.end())
    subject = _SAYS.match(plain, match.end())
    for person in () if plural or owns else persons:
        before, after = plain[match.end() : person.start], plain[person.end : match.start()]
        follows = match.end() < person.start and _TO_NAME.fullmatch(before)
        apposed = person.end <= match.start() and not (subject and after[:1] == ",") and _FROM_NAME.fullmatch(after)
        if apposed and after[:1] == "," and not any(one.start == match.end() + 1 for one in persons):
            holder = person
            break
        if follows or (holder is None and apposed):
            holder = person
    field = _FIELD_OF.get((match["field"] or "").lower(), "")
    return Title(office, field, qualities, match.start(), match.end(), holder, plural)


def _known(match: re.Match[str]) -> bool:
    return re.sub(r"[ -]", " ", match["office"].lower()) in _OFFICE_OF
