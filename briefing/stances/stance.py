"""The words by which English denies, turns round, and commits: what `polarity` and `commitment` read a frame with.

Closed lists in dictionary form. A phrasal verb stands for the single word that says the same (`PHRASES`), so that one
list and one lexicon serve both.
"""

from __future__ import annotations

from enum import IntEnum


class Level(IntEnum):
    """How far something has come, from an idea to a fact. The order is the ladder."""

    CONSIDERED = 1
    URGED = 2
    WISHED = 3
    PLANNED = 4
    COMING = 5
    DECIDED = 6
    DONE = 7


#: Phrasal verbs and the word that says the same.
PHRASES = {
    tuple(phrase.split()): word
    for word, phrases in {
        "reject": "turn down, vote down, shoot down, wave away, brush aside, knock back, vote against",
        "abandon": "give up, call off, walk away, back out, back away, back down",
        "exclude": "rule out",
        "postpone": "put off, push back, put back, hold off",
        "conduct": "carry out",
        "establish": "set up",
        "withdraw": "pull out, pull back",
        "resign": "step down, stand down, step aside",
        "rise": "go up, move up, edge up, creep up, be up",
        "fall": "go down, come down, edge down, move down, be down, drop off, fall back",
        "lower": "bring down, cut back, scale back, scale down, push down",
        "raise": "put up, push up, scale up, ramp up, drive up, step up",
        "approve": "sign off, wave through, vote through, vote for",
        "close": "shut down, close down",
        "dismiss": "lay off, let go",
        "acquire": "take over, snap up, buy up",
        "investigate": "look into",
        "refuse": "stop short",
        "start": "get under, kick off, set off",
        "oppose": "speak against, come out against",
        "continue": "go on, carry on, press on, keep on",
        "proceed": "go ahead, move ahead",
        "miss": "fall short",
        "seek": "call for, ask for, press for, push for, bid for, apply for",
        "discuss": "talk about",
        "consider": "look at, think about, think of, toy with, mull over, weigh up",
        "prevent": "head off, stave off, ward off, keep from, stop from",
        "return": "be back",
        "sign": "ink",
    }.items()
    for phrase in phrases.split(", ")
}

#: Words that say there is more, or less, of something, by part of speech; and that it stays as it is.
UP = {
    "v": frozenset(
        """rise climb increase grow gain soar surge jump rally rebound swell double triple multiply skyrocket strengthen
        appreciate raise boost lift hike exceed surpass top expand widen""".split()
    ),
    "n": frozenset("rise increase growth gain surge jump rally rebound expansion upturn uptick hike boost".split()),
    "a": frozenset("higher upward upwards up rising growing increasing".split()),
}
DOWN = {
    "v": frozenset(
        """fall drop decline decrease shrink slump plunge tumble plummet sink slide dip contract dwindle halve diminish
        weaken depreciate lower cut reduce slash trim narrow lose""".split()
    ),
    "n": frozenset("fall drop decline decrease slump plunge dip cut contraction downturn reduction".split()),
    "a": frozenset("lower downward downwards down falling shrinking decreasing declining".split()),
}
LEVEL = {
    "v": frozenset("keep hold retain".split()),
    "n": frozenset[str](),
    "a": frozenset("unchanged steady flat stable".split()),
}
#: Words that a journalist swaps freely and the lexicon keeps apart.
ALIKE = tuple(
    frozenset(words.split())
    for words in (
        "link association associate correlate correlation connection connect tie relationship relate",
        "sign indication evidence hint trace indicate suggest",
        "risk danger threat hazard",
        "talk discuss negotiate negotiation discussion debate",
        "fee charge levy toll",
        "fire blaze flame",
        "strike walkout stoppage",
        "expect anticipate forecast",
        "injury injure hurt wound injured wounded",
        "kill die death dead",
        "damage harm",
        "sue lawsuit suit",
        "lose loss",
    )
)

#: Further opposites that the lexicon does not hold.
POLES = (
    (
        """accept approve support back favour favor endorse welcome embrace adopt pass recommend advise backing support
        approval endorsement accept allow permit ratify""",
        """reject refuse oppose decline veto block resist dismiss defeat opposition rejection refusal against ban bar
        prohibit forbid""",
    ),
    (
        "keep retain maintain extend prolong continue persist resume restart reopen",
        "abandon drop scrap cancel suspend halt",
    ),
    ("accelerate hasten quicken expedite", "suspend slow delay stall postpone halt decelerate"),
    ("open reopen", "close shut closed shuttered"),
    ("admit acknowledge confirm confess concede", "deny dispute refute"),
    ("join enter", "leave quit exit withdraw"),
    ("win", "lose"),
    (
        "welcome praise hail applaud commend pleased delighted",
        "criticise criticize condemn denounce attack deplore decry disappointed dismayed",
    ),
    ("uphold affirm confirm", "dismiss overturn quash reverse annul"),
    ("submit enter lodge join", "withdraw"),
    ("survive", "die perish"),
    ("convict guilty", "acquit clear exonerate innocent"),
    ("succeed manage pass", "fail"),
    ("approve reject oppose support", "abstain"),
    ("safe alive safely", "dead killed"),
    ("likely probable", "unlikely improbable"),
    ("confident optimistic hopeful", "pessimistic doubtful"),
    ("ahead", "behind"),
    ("more", "fewer less"),
    ("above exceed surpass beat top outstrip", "below miss undershoot short"),
    ("faster quicker", "slower"),
    ("bigger larger greater", "smaller"),
    ("better", "worse"),
    ("improve recover", "worsen deteriorate"),
    ("earlier", "later"),
    ("stronger", "weaker"),
    ("higher", "lower"),
    ("older", "younger"),
    ("longer", "shorter"),
    ("warmer hotter", "colder cooler"),
    ("richer wealthier", "poorer"),
    ("cheaper", "dearer pricier"),
    ("heavier", "lighter"),
    ("easier", "harder"),
    ("wider broader", "narrower"),
    ("impose introduce", "lift abolish scrap repeal"),
    ("include", "exclude omit"),
    ("safe", "unsafe dangerous"),
    ("hire", "dismiss"),
    ("hurt injure injured harm wound wounded damage damaged", "unharmed unhurt uninjured unscathed undamaged intact"),
    ("unanimous united", "split divided"),
    ("surplus profit", "deficit loss"),
    ("victory win", "defeat"),
    ("success", "failure"),
    ("arrest detain jail imprison", "release free"),
    ("appoint hire", "sack dismiss oust"),
    ("promote", "relegate demote"),
    ("mandatory compulsory obligatory", "optional voluntary"),
    ("temporary provisional", "permanent"),
    ("tighten toughen", "loosen ease relax"),
    ("upgrade", "downgrade"),
    ("grant award", "refuse revoke reject deny"),
    ("encourage", "discourage"),
    ("remember", "forget"),
    ("attend", "skip boycott miss"),
    ("strong", "weak"),
    ("public", "secret"),
    ("deserved fair justified", "harsh undeserved unfair unjustified"),
    ("disputed contested", "settled undisputed uncontested"),
    ("praise", "criticism condemnation"),
    ("benefit", "suffer harm"),
    ("gain", "lose loss"),
    ("retain", "sell offload"),
    ("start begin launch", "block stop prevent"),
    ("promise", "threaten"),
    ("majority", "minority"),
)

#: Verbs, adjectives and nouns that deny what depends on them.
NEGATIVE = frozenset(
    """fail refuse decline deny reject exclude avoid prevent lack dispute rebut refute neglect unable unwilling
    impossible failure refusal denial absence rejection forbid prohibit unlikely""".split()
)
#: Words with a denial somewhere in them: where one side has one more, the two may say the same.
SHADES = NEGATIVE | frozenset(
    """not n't never no nobody none nothing neither nor nowhere without hardly barely scarcely seldom rarely few little
    against oppose stop end halt abandon cancel scrap drop dismiss veto block bar ban miss missing suspend postpone
    delay unchanged unknown unclear unsure unfounded undecided yet far instead rather only despite loss lose resist
    withhold quash overturn free clear acquit absent short except open keep hard difficult unable false wrong doubt
    question dismissal rejection lift silent leave stick stand remain unaware reluctant""".split()
)
#: These deny only an infinitive: one refuses an offer, and refuses to sign.
NEGATIVE_TO = frozenset("fail decline neglect unable unwilling impossible reluctant failure refusal unlikely".split())
#: "did not *think* it was", "no plan to": a denial passes through them to what depends on them.
TRANSPARENT = frozenset(
    """think believe expect plan intend want agree able try appear seem decide begin start likely say tell hope allow
    mean consider propose be have do report see find know feel claim evidence sign indication proof suggestion plan
    intention reason need manage set due ready prepare wish offer go continue help get attempt suggest show
    indicate allege include make let use want dare tend happen order ask choose right authority power entitle""".split()
)
#: Verbs that only say that there is or was a thing: what denies them denies the thing.
LIGHT = frozenset(
    """be have find show see detect pose offer receive include contain cause involve identify report make take give
    get exist provide suffer reveal mean discover observe need want expect hold reach present carry face set""".split()
)
#: "no *sign* of a leak": the thing after them is denied with them.
SIGNS = frozenset("evidence sign indication proof suggestion hint trace report question danger risk intention".split())
#: What they are said of is there all the same.
REJECTS = frozenset("reject dispute rebut refute decline refuse".split())
#: "Out of" these is not in them.
STATES = frozenset("favor favour danger reach control contention action work stock service order step line".split())
NOBODY = frozenset("nobody none nothing neither nowhere".split())
HARDLY = frozenset("hardly barely scarcely seldom rarely".split())
#: After `no` or `not` these make no denial, or one of something else.
NO_DENIAL = frozenset(
    """only just merely simply more less fewer later earlier doubt matter sooner wonder better least all every everyone
    longer entirely fully quite always necessarily exactly alone too so""".split()
)

_LEVELS = {
    Level.CONSIDERED: """consider weigh mull study explore discuss negotiate debate examine contemplate ponder review
    assess evaluate talk talks negotiation discussion consultation consideration debate possibility option idea
    consult talking whether feasibility open deliberate investigate possible potential conceivable eye toy fear""",
    Level.URGED: """urge ask recommend demand request appeal suggest advise encourage press pressure lobby call
    recommendation plea petition campaign invite invitation warn beg favor""",
    Level.WISHED: """hope want wish seek try attempt propose proposal offer bid aim effort aspire struggle
    threaten threat draft desire proposed apply application target ambition attempted""",
    Level.PLANNED: """verge close near design suppose mean intent plan intend expect prepare schedule intention planned
    expected
    scheduled prospective upcoming forecast project predict anticipate arrange likely preparation blueprint
    projected""",
    Level.COMING: "due set ready poised need require await",
    Level.DECIDED: """agree decide promise pledge vow commit resolve determine choose agreement decision commitment
    undertake opt order contract accord instruct tell""",
}
#: How far a word has brought what depends on it.
LEVELS = {word: level for level, words in _LEVELS.items() for word in words.split()}
#: Of these only an infinitive depends: to "order ships", "call a strike" or "set a date" is to do it.
LEVEL_TO = frozenset(
    """ask call tell order set press offer determine choose try commit resolve instruct investigate warn
    invite ready due promise advise struggle arrange undertake eye target project prepare
    review appeal
    attempt suggest encourage assess evaluate mean design suppose verge""".split()
)
#: These frame an infinitive only in the passive: "is *meant* to cut".
LEVEL_PASSIVE = frozenset("mean design suppose".split())
#: Nouns of the ladder that name a thing as well: only "a plan *to*", "an offer *for*", "talks *on*" frame what follows.
FRAMING_PREPOSITIONS = frozenset("to for on about over of into at toward towards with regarding concerning".split())

#: Where deciding is doing.
PERFORMED = frozenset(
    """ban extend prolong postpone delay cancel suspend lift appoint name grant award approve raise cut lower keep hold
    increase reduce reject adjourn ease tighten allow permit authorise authorize scrap abolish adopt elect accept
    fine sentence cooperate work support launch start begin open meet leave begin hike trim freeze""".split()
)
#: Verbs by which a thing comes about: its object is a fact when they are.
ACHIEVES = frozenset(
    """impose introduce launch open start begin make sign reach conclude seal strike approve pass adopt conduct hold
    complete finish finalize finalise implement enforce enact secure win accept announce obtain receive buy
    acquire purchase build create establish form file bring give provide deliver send deploy grant award issue
    ratify appoint elect publish release withdraw exchange pay sell transfer perform stage clinch ink land
    exchange finance fund erect install lodge submit commit undertake agree decide execute host set mount order
    take supply""".split()
)
#: What is said under these is said to be so, not known to be.
ALLEGES = frozenset("accuse suspect allege alleged suspected allegation accusation suspicion charge indict".split())
#: They say that something has been established: no attribution that keeps an allegation one.
ESTABLISHES = frozenset("establish find prove show confirm conclude determine demonstrate convict".split())
