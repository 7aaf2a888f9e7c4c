"""Acts that have two sides: what one sells another buys, who beats another is not who loses to him.

Each verb or noun of the table says who its subject, its object and the words after its prepositions are in the act, so
that "Harland bought the mill from Borel" and "Borel sold the mill to Harland" come out alike. English, by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# kind | words | place=part …; places: doer done owner by of, a preposition, and + for the second of two objects.
_TABLE = """
sale | buy purchase acquire snap-up | doer=taker done=thing from=giver
sale | sell offload supply | doer=giver done=thing to=taker
sale | take-over | doer=taker done=thing from=giver
sale | =purchase =acquisition =takeover =buyout | owner=taker by=taker of=thing from=giver
sale | =sale =disposal | by=giver of=thing to=taker
gift | give grant award donate present hand-over pledge promise |doer=giver done=thing to=taker
gift | offer provide supply cede bequeath transfer | doer=giver done=thing to=taker
gift | receive accept obtain inherit | doer=taker done=thing from=giver
gift | =gift =donation =grant =award =offer =pledge | owner=giver by=giver from=giver of=thing to=taker
payment | pay repay reimburse owe compensate | doer=giver done=thing to=taker
payment | receive earn collect | doer=taker done=thing from=giver
payment | charge fine bill | doer=taker done=giver
payment | =payment | by=giver from=giver owner=giver of=thing to=taker
loan | lend loan | doer=giver done=thing to=taker
loan | borrow | doer=taker done=thing from=giver
lease | lease rent let | doer=giver done=thing to=taker
lease | lease rent hire | doer=taker done=thing from=giver
sending | send dispatch ship mail deliver post | doer=giver done=thing to=taker
sending | receive | doer=taker done=thing from=giver
trade | export | doer=giver done=thing to=taker from=giver
trade | import | doer=taker done=thing from=giver to=taker
trade | =export =exports | owner=giver by=giver from=giver of=thing to=taker
trade | =import =imports | owner=taker by=taker from=giver of=thing to=taker
win | beat defeat thrash overcome outplay knock-out eliminate | doer=winner done=loser
win | edge hammer rout trounce oust unseat topple upset | doer=winner done=loser
win | win triumph prevail | doer=winner over=loser against=loser done=prize
win | lose | doer=loser to=winner against=winner done=prize
win | crash-out bow-out go-down succumb | doer=loser to=winner against=winner
win | =win =victory =triumph | owner=winner by=winner for=winner over=loser against=loser
win | =loss =defeat | owner=loser for=loser of=loser by=winner to=winner against=winner
succession | succeed replace supplant | doer=new done=old
succession | take-over take-charge | doer=new from=old
succession | precede | doer=old done=new
succession | make-way step-aside hand-over | doer=old for=new to=new
order | follow | doer=later done=earlier
order | precede | doer=earlier done=later
hiring | hire employ recruit appoint engage sign | doer=employer done=employee
hiring | work | doer=employee for=employer
teaching | teach train coach mentor tutor instruct | doer=teacher done=student
teaching | learn study train | doer=student under=teacher from=teacher with=teacher
accusation | accuse blame denounce | doer=accuser done=accused
accusation | =accusation =allegation =complaint =accusations | owner=accuser by=accuser from=accuser against=accused
lawsuit | sue prosecute indict | doer=accuser done=accused
lawsuit | file bring lodge | doer=accuser against=accused
lawsuit | =lawsuit =complaint =suit | owner=accuser by=accuser from=accuser against=accused
testimony | testify give-evidence | doer=witness against=accused for=party
demand | ask urge press call-on beg implore | doer=asker done=asked
demand | appeal apply | doer=asker to=asked from=asked for=thing
demand | call-for demand request seek | doer=asker done=thing for=thing from=asked of=asked
demand | =request =appeal =demand =application | owner=asker by=asker from=asker to=asked
telling | tell inform notify alert brief warn | doer=teller done=told
telling | learn hear | doer=told from=teller
leading | outnumber exceed surpass overtake outpace outsell | doer=more done=less
leading | trail lag | doer=less done=more behind=more
cause | cause trigger prompt spark provoke fuel bring-about | doer=cause done=effect
cause | lead result | doer=cause to=effect in=effect
cause | result stem arise flow | doer=effect from=cause
ownership | own possess control | doer=owner done=thing
ownership | belong | doer=thing to=owner
parentage | father mother | doer=parent done=child
defence | defend represent | doer=lawyer done=client
attack | attack assault ambush raid bomb shell strike | doer=attacker done=target
attack | =attack =assault =raid =ambush =strike =shelling =bombing | owner=attacker by=attacker on=target against=target
visit | visit | doer=guest done=host
visit | host welcome receive | doer=host done=guest
criticism | criticize criticise condemn attack slam censure rebuke | doer=critic done=target
criticism | =criticism =condemnation =attack | owner=critic by=critic from=critic of=target on=target
support | support back endorse | doer=backer done=backed
support | =support =backing =endorsement | owner=backer by=backer from=backer for=backed of=backed
protest | protest rally demonstrate | doer=protester against=target
protest | =protest =protests | by=protester from=protester against=target
"""
#: Verbs with a particle, and the plain verbs that say the same.
PHRASAL: Mapping[str, str] = {
    "turn-down": "reject",
    "give-back": "return",
    "hand-back": "return",
    "call-off": "cancel",
    "send-off": "dismiss",
    "put-off": "postpone",
    "hold-up": "delay",
    "set-up": "found",
    "carry-out": "conduct",
    "look-into": "investigate",
    "pull-out": "withdraw",
    "lay-off": "dismiss",
    "give-up": "abandon",
    "shut-down": "close",
    "point-out": "note",
    "back-down": "retreat",
    "vote-down": "reject",
    "throw-out": "reject",
    "bring-in": "introduce",
    "break-off": "end",
    "speed-up": "accelerate",
    "drop-out": "withdraw",
}
#: Whose sides do the same, so that nobody can be exchanged.
SYMMETRIC = frozenset(
    """meet marry agree talk negotiate discuss merge collide fight clash compete cooperate collaborate share border
    draw tie date divorce trade exchange chat debate crash reconcile unite play face confer consult resemble equal
    match differ separate speak converse co-operate link connect associate relate compare combine attach mix pair
    join team partner ally wed embrace hug kiss shake""".split()
)
#: They carry no act of their own.
LIGHT = frozenset(
    """be have do make take go get come say see know want keep let put become seem remain include contain mean need use
    show start begin end continue try add think believe hope expect plan consider decide feel look stand fall rise
    grow happen occur stay live die""".split()
)


class Use:
    """How a verb or noun takes part in an act: the act's kind, and the part that each place beside the word has."""

    __slots__ = ("kind", "parts")

    def __init__(self, kind: str, parts: Mapping[str, str]) -> None:
        """Keep the kind and the parts by place."""
        self.kind = kind
        self.parts = parts


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """Return the uses of each word: verbs as their lemma, with `-` before a particle; nouns with `=` before them.

    >>> [use.kind for use in uses()["sell"]], uses()["sell"][0].parts["to"]
    (['sale'], 'taker')
    """
    found: dict[str, tuple[Use, ...]] = {}
    for line in _TABLE.strip().splitlines():
        kind, words, places = (part.strip() for part in line.split("|"))
        use = Use(kind, dict(place.split("=") for place in places.split()))
        for word in words.split():
            found[word] = (*found.get(word, ()), use)
    return found
