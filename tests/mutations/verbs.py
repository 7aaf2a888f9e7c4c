"""The forms of verbs, and words with their opposites."""

from __future__ import annotations

#: Simple pasts and their bases.
BASES: dict[str, str] = dict(
    pair.split(":")
    for pair in """
    declared:declare asked:ask accused:accuse rejected:reject found:find dismissed:dismiss scored:score beat:beat
    praised:praise thanked:thank raised:raise rose:rise fell:fall gained:gain cut:cut voted:vote won:win lost:lose
    congratulated:congratulate reduced:reduce offered:offer urged:urge cost:cost kept:keep removed:remove sued:sue
    called:call approved:approve visited:visit began:begin killed:kill pulled:pull brought:bring took:take
    finished:finish equalised:equalise criticised:criticise warned:warn welcomed:welcome collected:collect
    improved:improve blocked:block founded:found dropped:drop described:describe headed:head levelled:level
    travelled:travel closed:close opened:open lifted:lift climbed:climb strengthened:strengthen backed:back
    benefited:benefit funded:fund rejects:reject damaged:damage burned:burn shifted:shift promised:promise
    became:become stopped:stop built:build started:start swept:sweep led:lead paid:pay sold:sell bought:buy
    elected:elect reached:reach joined:join signed:sign announced:announce drew:draw put:put
    """.split()
)

_IRREGULAR = {
    "be": ("was", "been"),
    "become": ("became", "become"),
    "begin": ("began", "begun"),
    "buy": ("bought", "bought"),
    "cost": ("cost", "cost"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "have": ("had", "had"),
    "hold": ("held", "held"),
    "leave": ("left", "left"),
    "meet": ("met", "met"),
    "pay": ("paid", "paid"),
    "sell": ("sold", "sold"),
    "take": ("took", "taken"),
}
_DOUBLED = frozenset("plan stop ban cut drop".split())


def past(base: str, *, plural: bool = False) -> str:
    """Return the simple past of a verb."""
    if base == "be" and plural:
        return "were"
    return _IRREGULAR[base][0] if base in _IRREGULAR else _regular(base)


def participle(base: str) -> str:
    """Return the past participle of a verb."""
    return _IRREGULAR[base][1] if base in _IRREGULAR else _regular(base)


def _regular(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if base in _DOUBLED else base + "ed"


_PAIRS = """
rose fell | rise fall | rises falls | increase decrease | increased decreased | raised lowered | raises lowers
gained lost | climbed dropped | higher lower | dearer cheaper | more.expensive cheaper | strengthened weakened
strengthen weaken | improved worsened | improve worsen | accepted rejected | approved rejected | backed opposed
support oppose | supports opposes | welcomed condemned | praised criticised | denied confirmed
opened closed | reopen close | reopened closed | opens closes | won lost | wins loses | welcome unwelcome
including excluding | include exclude | safe unsafe | guilty innocent | smaller larger | largest smallest
highest lowest | encouraging disappointing | useful useless | fair unfair | kept destroyed | preserved destroyed
suspend resume | halt resume | shorten lengthen | shorter longer | profit loss | victory defeat
majority minority | ahead behind | denies admits | hire dismiss | remain leave | stay.on resign | turned.down accepted | denied.any admitted
put.off brought.forward | called.off confirmed | reduced increased | blocked approved | benefit harm | benefited suffered
bigger smaller | strong weak | exempted included | excessive modest | lift lower | lifted lowered | expensive cheap
clear unclear | full empty | rich poor | wealthy poor | cancelled kept | clean dirty | private public | major minor
stopped started | stop start | threatened promised
weaken strengthen | ease strengthen | rejected accepted | dismissed accepted | dropped gained | savings extra.costs
save spend | tired rested | late early | disputed settled | critical supportive | criticism praise | missing present
down up | lowered raised | retain sell | finished started | broken.down succeeded | legal illegal | few many
"""
#: A word, or two with a blank, and one that says the opposite.
OPPOSITES: dict[str, str] = {}
for _pair in _PAIRS.replace("\n", " | ").split("|"):
    _words = [word.replace(".", " ") for word in _pair.split()]
    if len(_words) == 2:
        OPPOSITES.setdefault(_words[0], _words[1])
        OPPOSITES.setdefault(_words[1], _words[0])
for _ambiguous in ("up", "early", "present", "clear", "include", "kept", "public", "guilty", "innocent"):
    OPPOSITES.pop(_ambiguous, None)
