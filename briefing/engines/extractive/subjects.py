"""Whether the subject of a verb is an event or something abstract: a vote can undermine, a person only digs.

There is no parser here. What stands before the verb is cut into clauses, the noun before the first preposition is
taken for the subject, and a table and the endings of abstract nouns say what it is.
"""

from __future__ import annotations

import re

#: Events and what is abstract: subjects that mean something, as people, places and things do not.
EVENTS = frozenset(
    """shift move decision agreement deal step pact result ruling change trend transition development visit policy
    effort vote outcome approach strategy alliance partnership escalation episode case defeat victory win loss rise fall
    increase decline delay failure success dispute merger choice announcement timing pattern disagreement silence
    reversal arrangement commitment milestone moment contrast divide rivalry reform""".split()
)
# More of them, which weigh only where a wording asks for such a subject; `_ABSTRACT_ENDING` tells the rest.
_ABSTRACT = EVENTS | frozenset(
    """absence accord affair aftermath alarm ambition anger apathy apology appeal argument arrest arrival attack
    backlash ballot ban bet bid bill boom bout boycott breakthrough budget campaign caution ceasefire chaos claim clash
    climbdown closure collapse comeback comment compromise contest controversy cost coup crackdown crisis culture cut
    data deadlock death debate debt defection deficit departure discovery distrust drop ease election end era evidence
    exit experience experiment exodus fact fate feat feud fiasco figure finding flight forecast fortune freeze gain
    gamble gap gesture goal growth hesitation idea impasse inquiry irony law lawsuit leak legacy lesson limit logic
    lockdown lull measure mess message mistake mix mood mutiny number offer order outbreak outcry overhaul pace paradox
    pause performance phenomenon picture plan pledge poll position precedent premise pressure price primary prize
    problem process progress project promise proposal protest purchase purge quarrel race raid rally rate rebuff
    recall recipe record recovery referendum refusal regime remark report research resistance response retreat
    return revelation revolt revolution rhetoric rift rivalries row rule rush sale sanction scandal scene scheme score
    season secrecy sell-off sequence setback shake-up shock shortage sign slowdown slump snub spat spectacle speech
    speed split squeeze stalemate stance standoff stand-off start statistic status story strategy strike struggle
    subsidy summit surge swing system tactic takeover talk tally tariff tax tension test theory threat tone toughness
    trade trap treaty trial triumph trouble truce turmoil turn turnout u-turn uncertainty unease upheaval uprising
    upset verdict version void volatility vow walkout war warmth weakness wealth withdrawal woe work
    scarcity drought pandemic epidemic rollout reshuffle sacking signing launch debut design""".split()
)
_ABSTRACT_ENDING = tuple("tion sion ment ness ism ance ence ship ity acy al".split())
# Words with such an ending that are people, places or things.
_CONCRETE = frozenset(
    """administration ambulance animal apartment appliance association audience authority avalanche basement blaze
    canal capital cardinal cathedral celebrity charity city coalition collision commission committee community
    conference congregation corporation councillor criminal delegation department detachment document
    electricity embassy entity equipment eruption establishment exhibition explosion facility federal federation
    fence festival foundation fraction garment general generation government hospital individual institution
    instrument international investment journal legation majority mansion manual medal metal minority mission
    monument musical nation national newspaper official opposition organisation organization original oval
    parchment parliament pavement pedestal pension pharmacy plantation population portal principal profession
    professional radical regiment residence rival science section selection signal statement station substance
    television terminal tournament tribunal union university utility vaccination vehicle village""".split()
)

# Where the clause that a verb stands in may begin, and where the words that name its subject end.
_CLAUSES = re.compile(
    r"[^\w' -]+| - |\b(?:that|because|and|but|while|although|though|whether|if|how|why|as|when|where|until) "
)
_AFTER_HEAD = frozenset(
    """of in on at by for with from to into onto upon about over under after before between among against towards
    across along around behind beyond near off out per than like since until till without within during who which
    where when as is are was were be been has have had will would could may might can did does do not""".split()
)
_FINITE = frozenset("is are was were has have had will would could may might can did does do who which".split())
_NO_VERB_AFTER = frozenset("a an the of in on at by for with from to and or its his her their my our your".split())
_BEFORE_VERB = frozenset(
    """also now already still only even thus long just alone itself themselves always never all yet further has have had
    will would could may might can should does did""".split()
)
_NO_GERUND = frozenset("during nothing something everything anything morning evening spring king being".split())


def of_event(before: str) -> bool:
    """Tell whether the subject of a verb is an event or abstract, from what stands before the verb."""
    said = before.split()
    while said and (said[-1] in _BEFORE_VERB or said[-1].endswith("ly")):
        said.pop()
    if not said or said[-1] in _NO_VERB_AFTER:
        return False
    clauses = [clause.split() for clause in _CLAUSES.split(" ".join(said))]
    # "The deal, which nobody wanted, exposes …": the subject stands before what the commas enclose.
    words = clauses[-1] or clauses[0]
    head = next((place for place, word in enumerate(words) if word in _AFTER_HEAD), len(words))
    if head == 0 or not _FINITE.isdisjoint(words[head:]):
        return False
    return _is_abstract(words[head - 1]) or (words[0].endswith("ing") and words[0] not in _NO_GERUND)


def _is_abstract(word: str) -> bool:
    word = word.removesuffix("'s").removesuffix("'")
    single = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    if word in _CONCRETE or single in _CONCRETE:
        return False
    ends = len(single) > 6 and single.endswith(_ABSTRACT_ENDING)
    return ends or not _ABSTRACT.isdisjoint((word, single, word.removesuffix("es")))
