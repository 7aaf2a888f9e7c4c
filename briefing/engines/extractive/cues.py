"""How English words interpretation, as tables: what `roles` looks for in a sentence.

A phrase is a pattern in lower case in which `*…*` marks the words, one of which stands in all that it matches: a look
at a sentence's words then tells for most sentences that there is nothing to search for. Nothing repeats without a
bound, so a search takes time linear in the sentence.
"""

from __future__ import annotations

import re
from itertools import count
from typing import NamedTuple

from .vocabulary import ALSO_NOUNS, EVALUATED, IMPACT, IRREGULAR, MEANS, OBSERVERS, PLURALS, TURN, WEIGHED, inflected


class Cue(NamedTuple):
    """A wording and what it adds, once for all of its kind."""

    kind: int
    weight: float
    telling: frozenset[str]
    pattern: re.Pattern[str]
    of_event: bool  # it counts only when an event or something abstract is its subject
    opens: bool  # it counts only where the sentence begins


_TELLING = re.compile(r"\*([^*]+)\*")
_kinds = count()


def _cue(weight: float, *phrases: str, of_event: bool = False, opens: bool = False) -> list[Cue]:
    kind = next(_kinds)
    return [
        Cue(
            kind,
            weight,
            frozenset(word for words in _TELLING.findall(phrase) for word in words.split("|")),
            re.compile(rf"\b(?:{plain})\b"),
            of_event,
            opens,
        )
        for phrase, plain in ((phrase, _TELLING.sub(r"(?:\1)", phrase)) for phrase in phrases)
    ]


_MODAL = "(?:will|would|could|may|might|can|should|cannot) (?:\\w+ly |also |yet |only |further )?"
_OBJECT = "(?:an?|the|its|his|her|their|how|what|any|no|every|this|those|many|such|both|long|years|decades|deep)"
_GAP = r"(?:[\w'-]+ )"
_NP = rf"(?:an?|the|no|one|its|his|her|their|this|little|some|such|as much an?|(?:yet )?another) {_GAP}{{0,2}}?"
_IS = "(?:is|are|was|were|be|been|becomes?|became|remains?|proved?|proves)"

#: What makes a sentence interpret; two wordings of a kind count once.
CUES = (
    # it means something
    *_cue(
        1.2,
        "*underscore|underscores|underscoring|underline|underlines|underlining|exemplifies|heralds|foreshadows*",
        "*epitomises|epitomizes|embodies|encapsulates|crystallises|crystallizes*",
        "*amounts* to|*amount* to|*speaks* (?:to|volumes)|*speak* (?:to|volumes)|casts? *doubt*|paves? the *way*",
        "sets? the *stage*|(?:lays?|laid|laying) *bare*",
        r"raises? (?:\w+ )?*questions|doubts*|raising (?:\w+ )?*questions|doubts|concerns*",
        r"sends? a (?:\w+ )?*signal|message*|(?:is|are|in) a (?:\w+ )?*sign*",
        rf"*marks* (?:an? |the )(?:\w+ ){{0,2}}(?:{TURN}|end of an era)",
        rf"*serves|serve|serving|served* as (?:an? |the )(?:\w+ )?*{EVALUATED}|counterweight|bulwark|template*",
    ),
    *_cue(
        1.0,
        r"*signals* (?!is|are|was|were|and|on|at|in|for|have|had)\w+|*signaling|signalling* (?:an?|the|that|how|its)",
        "(?<!he )(?<!who )*reflects|illustrates|suggests|indicates|demonstrates*",
        "(?<!he )(?<!who )*represents*|*points* to|*shows* (?:how|just|that)",
    ),
    *_cue(
        0.3,
        "*signals|reflects|illustrates|demonstrates* (?:how|that|an?)",
        "*suggests|indicates* (?:how|that)",
    ),
    # a number or a sign means it
    *_cue(
        1.5,
        rf"*data|figures|numbers|signs|evidence* {_GAP}{{0,4}}?(?:suggests?|hints? at|points? to|shows? how)",
    ),
    # an event or something abstract does to something what only a reader of it would say
    *_cue(
        1.2,
        rf"*{inflected(IMPACT)}|{IRREGULAR}*|*{inflected(ALSO_NOUNS)}* {_OBJECT}",
        rf"{_MODAL}*{'|'.join(IMPACT.split())}*|{_MODAL}*{'|'.join(ALSO_NOUNS.split())}* {_OBJECT}",
        rf"*{MEANS}|{PLURALS}*|*reflected|signalled|signaled|illustrated|heralded*|*serves|serve* as an?",
        rf"*leave|leaves|left|leaving* {_GAP}{{1,5}}?(?:with (?:little|no|few|an?)|exposed|isolated|vulnerable|"
        rf"weaker|stronger|no|little)",
        rf"*hand|hands|handed|give|gives|gave|given|deny|denies|offer|offers|lend|lends* {_GAP}{{1,4}}?"
        rf"(?:an?|the|fresh|new|little|more) {_GAP}{{0,2}}?*victory|win|hand|gift|excuse|boost|edge|advantage|"
        "pretext|weapon|platform|lifeline|opening|upper|credibility|legitimacy|weight|momentum|freer|chance|reason*",
        rf"*turn|turns|turned|turning* {_GAP}{{1,5}}?into",
        rf"*deprive|deprives|deprived|rob|robs|robbed|strip|strips|stripped* {_GAP}{{1,5}}?of",
        r"*remove|removes|removed* (?:the last|one of the|an? (?:\w+ )?(?:obstacle|voice|check|threat))",
        rf"*put|puts* {_GAP}{{1,4}}?(?:at odds|on the spot|in a bind|at risk|in doubt|to shame|on notice)",
        rf"*sets|set* (?:an? {_GAP}{{0,2}}?precedent|the tone|{_GAP}{{1,3}}?on a collision)",
        r"*risk|risks* \w+ing|*threatens|threatened* to|*matters|explains* (?:because|why|how|to|less|more)",
        r"*raise|raised* (?:\w+ )?(?:questions|doubts|concerns|the prospect|the spectre|the stakes)",
        r"*looks|look|looked* (?:\w+ )?like an?",
        rf"*makes|made|make* (?:it )?(?:clear|plain|harder|easier|impossible|less|more|little|no|{_GAP}{{1,3}}?look)",
        r"*says|say* (?:much|more|less|a lot|something|as much)|*carries|carry* an? (?:\w+ )?(?:cost|risk|price)",
        r"*comes|came* (?:at an? (?:\w+ )?(?:cost|price)|too late)|*falls|fell* short",
        r"*hinges|hinge|rests|rest|depends* on|*proves|proved|shows* (?:that|how)|*become|becomes|became* an?",
        of_event=True,
    ),
    *_cue(
        1.2,
        rf"(?<!there ){_IS} (?:\w+ly )?{_NP}*{WEIGHED}*",
        rf"{_IS} (?:\w+ly |more |less |as |all too |too |\w+ but )?*understandable|revealing|telling|hollow|"
        rf"premature|misguided|"
        "risky|costly|symbolic|overdue|predictable|inevitable|unsustainable|unaffordable|incomplete|"
        "fragile|deceptive|"
        "perilous|ominous|toothless|futile|naive|cynical|bold|timid|welcome|modest|remarkable|surprising|ironic*",
        rf"{_IS} (?:\w+ly )?(?:*rooted* in|*unlikely* to|in *question|peril|jeopardy*|at *stake*|a *matter* of|"
        rf"in *tatters|doubt|disarray*|at *odds*)",
        of_event=True,
    ),
    # the writer judges
    *_cue(
        1.2,
        rf"{_IS} (?:\w+ly )?{_NP}*{EVALUATED}*",
        rf"{_IS} (?:an? |the )?(?:\w+ )?*monument|testament|tribute* to",
        "(?:is|was|are|were) no *accident|coincidence|surprise|panacea|substitute|match|mystery*|"
        "(?:little|small|no) *wonder*",
        rf"(?:{inflected(IMPACT)}) (?:\w+ )?*suspicion|divisions|doubts|mistrust|distrust|fears|tensions|"
        rf"authority|grip|"
        "credibility|complacency|resentment|confidence|trust|ambitions|illusions*|come to *regret*|can *claim* to",
        "only as *strong|good* as|*paying|paid|pays|pay* (?:the|a heavy) price|an? *different* (?:story|matter|"
        "picture)",
        rf"*bought|buy|buys|buying* {_GAP}{{0,3}}?time|*far* from \w+ing|*neither* side|*nothing* less than|"
        rf"at *stake* is",
        "*looks|looked|seems|seemed* (?:\\w+ly )?(?:vulnerable|fragile|shaky|weak|isolated|doomed|lost|tired|"
        "certain|safe)",
        "*spells|spell|spelled|spelt* (?:trouble|disaster|danger|doom|the end|bad)",
        "*stands* or falls?|*stand* or fall|best *understood|seen|read|viewed* as|a *referendum* on",
        "*all* but (?:un|im|in|ir|over|dead|certain|end|kill|ruled?|guarantee|destroy|wip)\\w*",
        "*does|do|did|done* (?:very )?(?:little|nothing|much) to",
        r"*makes|make|made* (?:\w+ ){0,2}sense|(?:has|have|had) an? *point*",
        "(?:hard|difficult|easy|tempting) to *see|imagine|overstate|exaggerate|escape|avoid|argue|think|dismiss*",
        "*few|nobody|none* (?:now |still |seriously |really )?(?:expects?|believes?|doubts?|thinks?|sees?|dares?)",
        "*little* (?:reason|doubt|appetite|prospect|incentive|to show for|choice but|room for|else to)",
        "of (?:its|their|his|her|our) own *making*|*balance* of power|*honeymoon* with|old *wounds*|*tightrope*",
        "(?:upper|freer) *hand*|the *hand* of those|*hostage|captive* to|running out of *steam|road|"
        "time*|bargaining *chip*",
        "victims? of (?:its|their|his) own *success*|*rivals|rival* in all but|*glosses|papers|papering|papered* over",
        "*sobering|salutary*|double-*edged*|*ironic|ironically|paradoxically|tellingly|unsurprisingly|inescapable*",
        r"the *lesson|irony|paradox|upshot|implication|takeaway* (?:of|from|is|for)|the *trouble|"
        r"truth|catch|danger|moral* is",
        "*rarely|seldom* (?:has|have|had) (?:an?|the|so)",
        r"will *take* more than (?!an? (?:hour|day|week|month|year|minute|decade))(?:an?|the|words|money)",
        "(?:is|are) *betting|gambling* (?:that|on)|*bets|bet* that|*banking* on|pins? (?:its|their|his) *hopes*",
        "*masks|masked* (?:an?|the|its|their|deeper|how|what|wider)",
        "it (?:is|seems|appears) (?:\\w+ )?*clear|unclear|likely|unlikely|possible|striking|telling|"
        "worth|hard|tempting*",
        "it *seems|appears* (?:that|as if|as though)|it would *seem|appear*|it is no *longer* (?:enough|clear)",
        "*real|bigger|broader|open|deeper|wider|larger|harder|underlying|central* "
        "(?:question|challenge|risk|danger|threat|test|issue|problem|winner|loser|story|lesson|prize|"
        "reason|purpose|aim|"
        "surprise|point|fear|worry|target|message|significance|meaning|puzzle)",
        "*question|risk|challenge|problem|puzzle|issue* (?:now |then )?(?:is (?:whether|how|what|why|"
        "that|not)|remains)",
        "(?:is|are|was|were) (?:\\w+ly )?*seen|viewed|regarded|interpreted* as|could be *seen|read* as",
        "*smacks|reeks* of|*glimpse|foretaste|taste* of things|an? *glimpse|foretaste* of|to the *heart* of|"
        "is any *guide*",
        "(?:is|are) *really|ultimately|fundamentally* (?:an?|about|the)|be *read|judged|remembered|seen* as an?",
        rf"{_IS} an? *hollow|bold|rare|pyrrhic|bitter|costly|dangerous|clear|quiet|welcome|stunning|crushing|"
        rf"personal* "
        rf"(?:{WEIGHED})",
        "in other *words*|*remains* to be seen|what (?:this|that|it) *means*|*tipped* (?:the|towards|in favou?r)",
    ),
    *_cue(1.7, "in (?:my|our) *view|opinion*|(?:i|we) *suspect|doubt*"),
    # it weighs motives or causes against each other
    *_cue(
        1.2,
        rf"*less* (?:about |an? |the |of an? |from |because )?{_GAP}{{0,12}}?than",
        rf"not so *much* {_GAP}{{1,8}}?as|not *just|only|simply|merely* (?:about|an?) {_GAP}{{1,8}}?but",
        rf"as *much* (?:about|a|an|by|at|from|to|on|for) {_GAP}{{1,8}}?as",
        "(?:more|less|much|little) to *lose|gain|fear|prove* (?:than|from|by)|*owes|owed|"
        "owe* (?:more|less|much|little|as much) to",
        rf"{_IS} not (?:about |an? |the ){_GAP}{{0,6}}?*but* (?:about |an? |the |that |how )\w+",
        "(?:has|have|had) (?:more|less|little|much|everything|nothing) to *do* with",
    ),
    # it draws a conclusion from what came before
    *_cue(
        1.2,
        "*taken|seen|viewed|put|read* (?:together|differently|simply|another way|this way|"
        "in this light|from \\w+), \\w+",
        r"(?:^|\w+, )in *effect|practice|essence|reality|short|sum*, \w+|at *heart|bottom|root*, \w+|"
        r"in *hindsight|retrospect*",
        r"at its *core|heart*, \w+|in (?:that|this|one|a) *sense*|(?:if|more than) *anything*, \w+|"
        r"on *paper*, \w+|by any *measure*",
    ),
    *_cue(
        0.8,
        "*hallmark|symptom|emblem|symbol|victim|product|architect|embodiment|cornerstone|legacy* of",
        "*looks|looked* (?:\\w+ )?(?:like|less|more|increasingly|set|ever)",
        "prov(?:e|es|ed|en) *hollow|decisive|costly|fatal|elusive|fleeting|futile|difficult|wrong|"
        "right|illusory|harder*",
        "*dangerously|perilously|suspiciously|conspicuously|curiously|surprisingly|remarkably|predictably|inevitably*",
        "*assumption|orthodoxy|wisdom|notion|narrative|illusion|myth|complacency|credibility|legitimacy*",
        "most *striking|telling|remarkable|notable|surprising|revealing|worrying|"
        "important* (?:\\w+ )?(?:of|is|was|about)",
        "(?:appear|seem)s? to have *concluded|decided|learned|learnt|realised|realized|calculated|"
        "accepted|misjudged|underestimated|overestimated|misread|forgotten*",
        "*stands|stand* for|at the *expense* of|*gap* between|*bet* (?:that|on)|*backfired|backfire|backfires*",
        "*suits|risks* (?:both|neither|the|all|\\w+ing)|no *longer* (?:\\w+ers? to|just|merely|enough)",
    ),
    # observers say it
    *_cue(0.8, rf"*{OBSERVERS}* (?:\w+ )?(?:say|see|believe|argue|expect|think|warn|note|point out)"),
    *_cue(
        0.6,
        rf"*{OBSERVERS}* (?:\w+ )?(?:argue|contend|suspect|fear|counter|doubt|question)",
        "(?:many|some|others) *see|view|regard|suspect|fear|doubt|argue*",
    ),
    *_cue(
        1.2,
        rf"(?:{OBSERVERS}|many|some|others|few|investors) (?:\w+ )?*see|view|regard|describe* {_GAP}{{1,8}}?as",
    ),
    *_cue(
        0.4,
        "*may|might|could|perhaps*|*seem|seems|appear|appears* to|(?:is|are) *likely* to",
    ),
    # it says what a step is for, which the step itself does not show
    *_cue(
        0.6,
        "*means* that",
        "*aim|aims|aimed|seek|seeks|hope|hopes* to|(?:is|are|was|were) *intended|designed|meant|supposed* to",
        "(?:would|could|will) *allow|enable|help|let|give|open|bolster|strengthen|weaken*|(?:would|"
        "could|will) *make* it",
    ),
    # degree and weight
    *_cue(
        0.4,
        "*increasingly|significantly|fundamentally|largely|arguably|essentially|ultimately*|(?<!more )*effectively*",
    ),
    *_cue(
        0.4,
        "*significant|strategic|crucial|pivotal|notable|unprecedented|profound|symbolic|decisive|delicate|stark*",
        "*telling|broader|deeper|growing|lasting|vital*|far-*reaching*",
    ),
    *_cue(
        0.4,
        "*counterweight|milestone|escalation|deepening|watershed|cornerstone|leverage|willing|momentum|resilience*",
        "*turning* point|*test* case|*wake*-up call|*blow* to|*boost* for",
    ),
    # it opens on what came before, or on what it makes of it
    *_cue(
        1.2,
        "(?:but |and |yet )?(?:that|this|such|which) (?:is *why*|*explains|matters|suggests* |"
        "helps *explain*|makes *sense*)",
        rf"*behind|beneath|underneath* {_GAP}{{1,8}}?(?:lies?|lurks?|runs?|looms?)",
        rf"(?:but |and |yet )?(?:this|that) (?:is|was) an? {_GAP}{{0,2}}?*{WEIGHED}*|*above* all",
        r"(?:but |and |yet )?what (?:is|was) (?:\w+ )?*new|different|clear|striking|missing|remarkable|certain*",
        "(?:but )?more *troubling|striking|worrying|telling|surprising|important* (?:still )?(?:is|are|was|were)",
        "(?:but |and |yet )?what *matters|makes|worries|emerges|began|looks|distinguishes|unites|drives*",
        opens=True,
    ),
    *_cue(
        0.8,
        "for *now|many|some|others*|to *many|some|others*",
        "(?:but )?(?:that|this) (?:*leaves|makes|means|puts|gives|reflects*|is *because*)",
        opens=True,
    ),
)
