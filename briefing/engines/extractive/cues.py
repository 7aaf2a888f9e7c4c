"""How English words interpretation, as tables: what `roles` looks for in a sentence.

A phrase is a pattern in lower case in which `*…*` marks the words, one of which stands in all that it matches: a look
at a sentence's words then tells for most sentences that there is nothing to search for. Nothing repeats without a
bound, so a search takes time linear in the sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Cue(NamedTuple):
    """A kind of wording and what it adds; `of_event`: only when an event or something abstract is its subject."""

    weight: float
    telling: frozenset[str]
    pattern: re.Pattern[str]
    of_event: bool


_TELLING = re.compile(r"\*([^*]+)\*")


def _cue(weight: float, *phrases: str, of_event: bool = False) -> Cue:
    telling = frozenset(word for phrase in phrases for words in _TELLING.findall(phrase) for word in words.split("|"))
    plain = "|".join(_TELLING.sub(r"(?:\1)", phrase) for phrase in phrases)
    return Cue(weight, telling, re.compile(rf"\b(?:{plain})\b"), of_event)


def _inflected(verbs: str) -> str:
    """Return the forms of regular verbs as one alternation."""
    forms: list[str] = []
    for verb in verbs.split():
        bare = verb.removesuffix("e")
        past = verb[:-1] + "i" if verb.endswith("y") else bare
        third = past + "es" if verb.endswith(("y", "sh", "ch", "ss", "x")) else verb + "s"
        forms += [verb, third, past + "ed", bare + "ing"]
    return "|".join(forms)


#: Events and what is abstract: subjects that mean something, as people, places and things do not.
EVENTS = frozenset(
    """shift move decision agreement deal step pact result ruling change trend transition development visit policy
    effort vote outcome approach strategy alliance partnership escalation episode case defeat victory win loss rise fall
    increase decline delay failure success dispute merger choice announcement timing pattern disagreement silence
    reversal arrangement commitment milestone moment contrast divide rivalry reform""".split()
)
#: More of them, which weigh only where a wording asks for such a subject; `ABSTRACT_ENDING` tells the rest.
ABSTRACT = EVENTS | frozenset(
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
ABSTRACT_ENDING = re.compile(r"\w{3}(?:tion|sion|ment|ness|ism|ance|ence|ship|ity|acy|al)s?")
#: Words with such an ending that are people, places or things.
CONCRETE = frozenset(
    """administration ambulance animal apartment appliance association audience authority basement canal cathedral
    cardinal capital celebrity charity city coalition commission committee community conference congregation constitution
    corporation councillor delegation department detachment document election electricity embassy entity equipment
    establishment exhibition facility federation festival fence foundation fraction garment general generation
    government hospital instrument intelligence institution investment journal legation majority mansion medal metal
    minority mission monument nation newspaper official opposition organisation organization parliament parchment
    pavement pension pharmacy plantation population portal principal professional profession rival regiment residence
    road science section selection settlement signal station statement substance television terminal tournament
    tribunal union university utility vaccination version vehicle village criminal individual original manual
    musical pedestal professional proposal-maker radical oval pal federal national international""".split()
) - {"election", "settlement", "intelligence"}

_EVALUATED = (
    "gamble|gambles|warning|lesson|lessons|reminder|reminders|admission|rebuke|bet|humiliation|vindication|indictment|"
    "watershed|farce|gift|wager|gesture|smokescreen|distraction|harbinger|betrayal|mirage|fig-leaf|fiction|illusion|"
    "paradox|irony|recipe|symptom|sideshow|charade|travesty|snub|provocation|stain|luxury|tragedy|triumph|disaster|"
    "calamity|fiasco|embarrassment|miscalculation|repudiation|affirmation|concession|sop|ploy|pretext|facade|"
    "hallmark|byword|shorthand|liability|habit|pawn|straitjacket|millstone|afterthought|anomaly|oddity|relief|puzzle"
)
_WEIGHED = (
    "test|tests|blow|boost|setback|coup|sign|signs|step|turn|victory|defeat|win|gain|loss|achievement|problem|"
    "symbol|matter|mistake|measure|threat|danger|challenge|reason|reasons|chance|opportunity|response|answer|verdict|"
    "referendum|contest|fight|struggle|battle|exercise|attempt|effort|bid|product|reflection|consequence|legacy|start|"
    "move|shift|departure|break|precedent|obstacle|burden|comfort|consolation|surprise|accident|coincidence|message|"
    "signal|statement|model|failure|success|story|tale|picture|question|one|moment|proof|remedy|cure|panacea|price"
)
_IMPACT = _inflected(
    """upend cement expose tilt deepen undermine complicate tarnish reshape redraw vindicate mirror embolden erode
    entrench bolster dent blunt sharpen blur shatter puncture galvanise galvanize legitimise legitimize unsettle
    discredit diminish overshadow eclipse encapsulate betray reveal imperil jeopardise jeopardize endanger validate
    confound defy belie challenge reinforce solidify consolidate weaken strengthen destabilise destabilize
    polarise polarize transform redefine rewrite alter fuel stoke inflame reignite rekindle revive harden soften
    dampen temper sap corrode poison strain threaten hamper constrain narrow echo confirm crystallise crystallize
    crystallize capture epitomise reward punish disappoint alienate isolate marginalise sideline unmask dispel
    deflate blunt disprove underpin compound exacerbate aggravate mask obscure illuminate flatter suit"""
) + (
    "|undercut|undercuts|undercutting|undoes|undid|undone|overturns|overturned|upset|upsets|drawn|strikes|rewrites|"
    "rewrote|rewritten|redrew|redrawn|broke|breaks|broken|shook|shakes|shaken|cripples|crippled|breathes|hurts|haunts"
)
_MEANS = "signal|reflect|illustrate|suggest|indicate|demonstrate|represent|highlight|mark|embody|herald|foreshadow"
_MEANT = "highlights|highlighted|highlighting|marks|serves|serve|served|reflected|signalled|signaled|illustrated"
_HAVE = "(?:(?:has|have|had|will|would|could|may|might|can|should|does|did|is|are|was|were|also) )?(?:\\w+ly |also )?"
_GAP = r"(?:[\w'-]+ )"
_NP = rf"(?:an?|the|no|one|its|his|her|their|this|little|some|such|as much an?|yet another|another|both an?) {_GAP}{{0,2}}?"
_IS = "(?:is|are|was|were|be|been|becomes?|became|remains?|proved?|proves|as)"
_TURN = "shift|change|escalation|departure|turning|step|break|moment|milestone|beginning|reversal"
_OBSERVERS = (
    "analysts|experts|observers|critics|economists|historians|commentators|strategists|scholars|sceptics|skeptics|"
    "pundits|diplomats|insiders|detractors|admirers|supporters|opponents|forecasters"
)

#: What makes a sentence interpret; two wordings of a kind count once.
CUES = (
    # it means something
    _cue(
        1.2,
        "*underscore|underscores|underscoring|underline|underlines|underlining|exemplifies|heralds|foreshadows*",
        "*epitomises|epitomizes|embodies|encapsulates|crystallises|crystallizes*",
        "*amounts* to|*amount* to|*speaks* (?:to|volumes)|*speak* (?:to|volumes)|casts? *doubt*|paves? the *way*",
        "sets? the *stage*|(?:lays?|laid|laying) *bare*",
        r"raises? (?:\w+ )?*questions|doubts*|raising (?:\w+ )?*questions|doubts|concerns*",
        r"sends? a (?:\w+ )?*signal|message*|(?:is|are|in) a (?:\w+ )?*sign*",
        rf"*marks* (?:an? |the )(?:\w+ ){{0,2}}(?:{_TURN}|end of an era)",
        rf"(?:serves?|serving|served) *as* (?:an? |the )(?:\w+ )?*{_EVALUATED}|counterweight|bulwark|template*",
    ),
    _cue(
        1.0,
        "(?<!he )(?<!who )*signals|signaling|signalling|reflects|illustrates|suggests|indicates|demonstrates*",
        "(?<!he )*represents*|*points* to|*means* that|*shows* (?:how|just|that)",
    ),
    _cue(
        0.3,
        "*signals|reflects|illustrates|demonstrates|means* (?:how|that|an?)",
        "*suggests|indicates* (?:how|that)",
    ),
    # a number or a sign means it
    _cue(
        1.5,
        rf"*data|figures|numbers|signs|evidence* {_GAP}{{0,4}}?(?:suggests?|hints? (?:at|that)|points? to|shows? how)",
    ),
    # an event or something abstract does to something what only a reader of it would say
    _cue(
        1.2,
        rf"{_HAVE}*{_IMPACT}*",
        rf"{_HAVE}*{_MEANS}|{_MEANT}*",
        rf"{_HAVE}*leave|leaves|left|leaving* {_GAP}{{1,5}}?(?:with|exposed|isolated|vulnerable|weaker|stronger|no|little)",
        rf"{_HAVE}*hand|hands|handed|give|gives|gave|given|deny|denies|offer|offers|lend|lends* {_GAP}{{1,4}}?"
        rf"(?:an?|the|fresh|new|little|more) {_GAP}{{0,2}}?*victory|win|hand|gift|excuse|boost|edge|advantage|pretext|"
        "weapon|platform|lifeline|opening|upper|credibility|legitimacy|weight|momentum|freer|chance|reason*",
        rf"{_HAVE}*turn|turns|turned|turning* {_GAP}{{1,5}}?into",
        rf"{_HAVE}*deprive|deprives|deprived|rob|robs|robbed|strip|strips|stripped* {_GAP}{{1,5}}?of",
        rf"{_HAVE}*remove|removes|removed* (?:the last|one of the|an? (?:\w+ )?(?:obstacle|voice|check|threat))",
        rf"{_HAVE}*put|puts* {_GAP}{{1,4}}?(?:at odds|on the spot|in a bind|at risk|in doubt|to shame|on notice)",
        rf"{_HAVE}*sets|set* (?:an? {_GAP}{{0,2}}?precedent|the tone|{_GAP}{{1,3}}?on a collision)",
        rf"{_HAVE}*risk|risks* \w+ing|{_HAVE}*threatens|threatened* to|*matters|explains* (?:because|why|how|to|less|more)",
        rf"{_HAVE}*raise|raised* (?:\w+ )?(?:questions|doubts|concerns|the prospect|the spectre|the stakes)",
        rf"{_HAVE}*makes|made|make* (?:it )?(?:clear|plain|harder|easier|impossible|less|more|little|no|{_GAP}{{1,3}}?look)",
        rf"{_HAVE}*says|say* (?:much|more|less|a lot|something|as much)|*carries|carry* an? (?:\w+ )?(?:cost|risk|price)",
        rf"{_HAVE}*comes|came* (?:at an? (?:\w+ )?(?:cost|price)|too late)|{_HAVE}*falls|fell* short",
        rf"{_HAVE}*hinges|hinge|rests|rest|depends* on",
        of_event=True,
    ),
    _cue(
        1.2,
        rf"(?<!there ){_IS} (?:\w+ly )?{_NP}*{_WEIGHED}*",
        rf"{_IS} (?:\w+ly |more |less |as |all too |too )?*understandable|revealing|telling|hollow|premature|misguided|"
        "risky|costly|symbolic|overdue|predictable|inevitable|unsustainable|unaffordable|incomplete|fragile|deceptive|"
        "perilous|ominous|toothless|futile|naive|cynical|bold|timid|welcome|modest|remarkable|surprising|ironic*",
        rf"{_IS} (?:\w+ly )?(?:about|rooted in|a matter of|in *tatters*|in *doubt*|at *odds*|*meaningless*)(?:(?<=tatters)"
        "|(?<=doubt)|(?<=odds)|(?<=meaningless))",
        of_event=True,
    ),
    # the writer judges
    _cue(
        1.2,
        rf"{_IS} (?:\w+ly )?{_NP}*{_EVALUATED}*",
        rf"{_IS} (?:an? |the )?(?:\w+ )?*monument|testament|tribute* to",
        "(?:is|was|are|were) no *accident|coincidence|surprise|panacea|substitute|match|mystery*|(?:little|small|no) *wonder*",
        "*spells|spell|spelled|spelt* (?:trouble|disaster|danger|doom|the end|bad)",
        "*stands* or falls?|*stand* or fall|best *understood|seen|read|viewed* as|a *referendum* on",
        "all *but* (?:un|im|in|ir|over|dead|certain|end|kill|ruled?|guarantee|destroy|wip)\\w*",
        "*does|do|did|done* (?:very )?(?:little|nothing|much) to",
        r"*makes|make|made* (?:\w+ ){0,2}sense|(?:has|have|had) an? *point*",
        "(?:hard|difficult|easy|tempting) to *see|imagine|overstate|exaggerate|escape|avoid|argue|think|dismiss*",
        "*few|nobody|none* (?:now |still |seriously |really )?(?:expects?|believes?|doubts?|thinks?|sees?|dares?)",
        "*little* (?:reason|doubt|appetite|prospect|incentive|to show for|choice but|room for|else to)",
        "of (?:its|their|his|her|our) own *making*|*balance* of power|honeymoon with|old *wounds*|*tightrope*",
        "(?:upper|freer) *hand*|the *hand* of those|*hostage|captive* to|running out of *steam|road|time*|bargaining *chip*",
        "victims? of (?:its|their|his) own *success*|*rivals|rival* in all but|*glosses|papers|papering|papered* over",
        "*sobering|salutary|double-edged|ironic|ironically|paradoxically|tellingly|unsurprisingly|inescapable*",
        r"the *lesson|irony|paradox|trouble|truth|upshot|implication|takeaway|conclusion|moral|catch|danger* (?:of|from|is|for)",
        "*rarely|seldom* (?:has|have|had) (?:an?|the|so)",
        r"will take *more* than (?!an? (?:hour|day|week|month|year|minute|decade))(?:an?|the|words|money)",
        "(?:is|are) *betting|gambling* (?:that|on)|bets? *that*|banking *on*|pins? (?:its|their|his) *hopes*",
        "*masks|masked|masking* (?:an?|the|its|their|deeper|how|what|wider)",
        "it (?:is|seems|appears) (?:\\w+ )?*clear|unclear|likely|unlikely|possible|striking|telling|worth|hard|tempting*",
        "it *seems|appears* (?:that|as if|as though)|it would *seem|appear*|it is no *longer* (?:enough|clear)",
        "*real|bigger|broader|open|deeper|wider|larger|harder|underlying|central* "
        "(?:question|challenge|risk|danger|threat|test|issue|problem|winner|loser|story|lesson|prize|reason|purpose|aim|"
        "surprise|point|fear|worry|target|message|significance|meaning|puzzle)",
        "*question|risk|challenge|problem|puzzle|issue* (?:now |then )?(?:is (?:whether|how|what|why|that|not)|remains)",
        "(?:is|are|was|were) (?:\\w+ly )?*seen|viewed|regarded|interpreted* as|could be *seen|read* as",
        "in other *words*|*remains* to be seen|*what* (?:this|that|it) means|*tipped* (?:the|towards|in favou?r)",
    ),
    _cue(1.7, "in (?:my|our) *view|opinion*|(?:i|we) *suspect|doubt*"),
    # it weighs motives or causes against each other
    _cue(
        1.2,
        rf"*less* (?:about|an? |the |of an? |from|because){_GAP}{{0,12}}?than",
        rf"(?:not|never) (?:so much|just|only|simply|merely) (?:about|an? |the )?{_GAP}{{0,8}}?*as|but* (?:about|an? |the )",
        rf"as *much* (?:about|a|an|by|at|from|to|on|for) {_GAP}{{1,8}}?as",
        "(?:more|less|much|little) to *lose|gain|fear|prove* (?:than|from|by)|*owes|owed|owe* (?:more|less|much|little|as much) to",
        rf"is \\bnot\\b {_GAP}{{1,6}}?*but* (?:about )?(?:an?|the|that|how|what|its|whether)".replace("\\\\b", ""),
        "(?:has|have|had) (?:more|less|little|much|everything|nothing) to *do* with",
    ),
    # it draws a conclusion from what came before
    _cue(
        1.2,
        "*taken|seen|viewed|put|read* (?:together|differently|simply|another way|this way|in this light|from|against)(?=,| \\w+,)",
        "in *effect|practice|essence|hindsight|retrospect|short|sum*,|(?<=, )in *effect|practice|essence*|at *heart|bottom|root*,",
        "at its *core|heart*|in (?:that|this|one|a) *sense*|if *anything*,|more than *anything*|on *paper*,|by any *measure*",
        "^(?:but |and |yet )?*that|this|such|which* (?:is why|explains|helps explain|matters|suggests|may explain|makes sense)",
        "^(?:but |and |yet )?what (?:is|was) (?:\\w+ )?*new|different|clear|striking|missing|remarkable|certain|at stake*",
        "^(?:but |and |yet )?what *matters|makes|worries|emerges|began|looks|distinguishes|unites|drives*",
    ),
    _cue(
        0.8,
        rf"^*behind|beneath|underneath* {_GAP}{{1,8}}?(?:lies?|lurks?|is|are|looms?)",
        "^*for* (?:now|all (?:its|his|her|their|the)|many|some|others)|^to *many|some|others*|^as *ever|often|so*",
        "^(?:but )?*that|this* (?:leaves|makes|means|puts|gives|may|might|could|is because|reflects|will not)",
        "*hallmark|symptom|emblem|symbol|victim|product|architect|embodiment|cornerstone|legacy* of",
        "(?:bought|buys?|buying) (?:\\w+ )?*time*|*looks|look|looked* (?:\\w+ )?(?:like|less|more|increasingly|set|ever)",
        "prov(?:e|es|ed|en) *hollow|decisive|costly|fatal|elusive|fleeting|futile|difficult|wrong|right|illusory|harder*",
        "*dangerously|perilously|suspiciously|conspicuously|curiously|surprisingly|remarkably|predictably|inevitably*",
        "*assumption|orthodoxy|wisdom|notion|narrative|illusion|myth|complacency|credibility|legitimacy*",
        "most *striking|telling|remarkable|notable|surprising|revealing|worrying|important* (?:\\w+ )?(?:of|is|was|about)",
        "(?:appear|seem)s? to have *concluded|decided|learned|learnt|realised|realized|calculated|accepted|misjudged|forgotten*",
        "*stands|stand* for|at the *expense* of|*gap* between|*bet* (?:that|on)|*backfired|backfire|backfires*",
        "*suits|risks* (?:both|neither|the|all|\\w+ing)|no *longer* (?:\\w+ers? to|just|merely|enough)",
    ),
    # observers say it
    _cue(0.8, rf"*{_OBSERVERS}* (?:\w+ )?(?:say|see|believe|argue|expect|think|warn|note|point out)"),
    _cue(
        0.6,
        rf"*{_OBSERVERS}|many|some|others|few|investors|voters* (?:\w+ ){{0,3}}?(?:see|view|regard|read|interpret|describe) "
        rf"{_GAP}{{1,8}}?as",
        rf"*{_OBSERVERS}* (?:\w+ )?(?:argue|contend|suspect|fear|counter|doubt|question)",
        "*many|some|others* (?:see|view|regard|suspect|fear|doubt|argue)",
    ),
    _cue(
        0.4,
        "*may|might|could|perhaps*|*seem|seems|appear|appears* to|(?:is|are) *likely* to",
    ),
    # it says what a step is for, which the step itself does not show
    _cue(
        0.6,
        "*aim|aims|aimed|seek|seeks|hope|hopes* to|(?:is|are|was|were) *intended|designed|meant|supposed* to",
        "(?:would|could|will) *allow|enable|help|let|give|open|bolster|strengthen|weaken*|(?:would|could|will) *make* it",
    ),
    # degree and weight
    _cue(
        0.4,
        "*increasingly|significantly|fundamentally|largely|arguably|essentially|ultimately*|(?<!more )*effectively*",
    ),
    _cue(
        0.4,
        "*significant|strategic|crucial|pivotal|notable|unprecedented|profound|symbolic|decisive|delicate|stark*",
        "*telling|broader|deeper|growing|lasting|vital*|far-*reaching*",
    ),
    _cue(
        0.4,
        "*counterweight|milestone|escalation|deepening|watershed|cornerstone|leverage|willing|momentum|resilience*",
        "*turning* point|*test* case|*wake*-up call|*blow* to|*boost* for",
    ),
)
#: What makes it report: it attributes, gives findings, figures and days, or speaks for itself.
AGAINST = tuple(
    (weight, re.compile(rf"\b(?:{words})\b"))
    for weight, words in (
        (-1.0, "said|told|according to|announced|reported|added"),
        (-1.0, "study|studies|report|survey|poll|data|figures|census|police|statement|records?|documents?"),
        (-0.6, r"(?!(?:19|20)[0-9]{2}\b)[0-9][\w,.]*"),
        (-0.4, "monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday"),
        (-0.5, "i|we|my|our|you|your"),
    )
)
