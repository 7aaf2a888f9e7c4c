"""Words with which English judges: nouns, verbs and observers that the tables in `cues` are made of."""

from __future__ import annotations

#: What a thing may be called that only a judge calls it.
EVALUATED = (
    "gamble|gambles|warning|lesson|lessons|reminder|reminders|admission|rebuke|bet|humiliation|vindication|"
    "indictment|watershed|farce|gift|wager|gesture|smokescreen|distraction|harbinger|betrayal|mirage|fiction|"
    "illusion|paradox|irony|recipe|symptom|sideshow|charade|travesty|snub|provocation|stain|luxury|tragedy|triumph|"
    "disaster|calamity|fiasco|embarrassment|miscalculation|repudiation|affirmation|concession|sop|ploy|pretext|"
    "facade|hallmark|byword|shorthand|liability|habit|pawn|straitjacket|millstone|afterthought|anomaly|oddity|relief|"
    "puzzle"
)
#: What is a judgement only of an event.
WEIGHED = (
    "test|tests|blow|boost|setback|coup|sign|signs|step|turn|victory|defeat|win|gain|loss|achievement|problem|symbol|"
    "matter|mistake|measure|threat|danger|challenge|reason|reasons|chance|opportunity|response|answer|verdict|"
    "referendum|contest|fight|struggle|battle|exercise|attempt|effort|bid|product|reflection|consequence|legacy|"
    "start|move|shift|departure|break|precedent|obstacle|burden|comfort|consolation|surprise|accident|coincidence|"
    "message|signal|statement|model|failure|success|story|tale|picture|question|moment|proof|remedy|cure|panacea|"
    "price"
)
#: What events do to what is abstract.
IMPACT = """upend cement expose tilt deepen undermine complicate tarnish reshape redraw vindicate embolden erode
    entrench bolster sharpen blur shatter galvanise galvanize legitimise legitimize unsettle discredit diminish
    overshadow eclipse encapsulate betray reveal imperil jeopardise jeopardize endanger validate confound belie
    reinforce solidify consolidate weaken strengthen destabilise destabilize polarise polarize transform redefine
    inflame reignite rekindle revive harden soften sap corrode threaten hamper constrain crystallise crystallize
    epitomise disappoint alienate isolate marginalise sideline unmask dispel deflate underpin exacerbate aggravate
    obscure illuminate"""
#: Whe same, but nouns as well: they count only before an object.
ALSO_NOUNS = """mirror dent blunt puncture challenge fuel stoke alter dampen temper poison strain narrow echo capture
    reward punish compound mask flatter suit test highlight mark signal"""
IRREGULAR = (
    "undercut|undercuts|undoes|undid|undone|bred|breeds|overturns|overturned|upsets|rewrites|rewrote|rewritten|"
    "redrew|redrawn|breaks|broke|broken|shakes|shook|shaken|cripples|crippled|haunts|haunted|defies|defied"
)
MEANS = "reflect|illustrate|suggest|indicate|demonstrate|represent|embody|herald|foreshadow"
PLURALS = "undermine|deepen|complicate|expose|embolden|erode|threaten|reinforce|weaken|strengthen|reveal|reshape"
TURN = "shift|change|escalation|departure|turning|step|break|moment|milestone|beginning|reversal"
OBSERVERS = (
    "analysts|experts|observers|critics|economists|historians|commentators|strategists|scholars|sceptics|skeptics|"
    "pundits|diplomats|insiders|detractors|admirers|supporters|opponents|forecasters"
)


def inflected(verbs: str) -> str:
    """Return the third person and the past of regular verbs as one alternation."""
    forms: list[str] = []
    for verb in verbs.split():
        past = verb[:-1] + "i" if verb.endswith("y") else verb.removesuffix("e")
        third = past + "es" if verb.endswith(("y", "sh", "ch", "ss", "x")) else verb + "s"
        forms += [third, past + "ed"]
    return "|".join(forms)
