"""Whether a claim keeps what its source says of how sure it is, and whether leaving out a speaker changes anything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..grammar import lexicon
from ..grammar.predicates import Reading, read
from ..grammar.tagging import NOT, Tag, Token
from ..remembered import remembered
from ..speech_words import DAYS, MONTHS
from ..words import FUNCTION_WORDS
from .qualifier import Kind, Qualifier
from .qualifiers import qualifiers
from .reach import clause_end, clause_start

_UNSURE = frozenset({Kind.POSSIBLE, Kind.PROBABLE, Kind.BELIEVED, Kind.REPORTED, Kind.EXPECTED})
_SOMEBODYS = _UNSURE | {Kind.CLAIMED, Kind.SAID}
#: The qualifiers by which a claim keeps one of its evidence.
_KEPT_BY: Mapping[Kind, frozenset[Kind]] = {
    Kind.POSSIBLE: frozenset({Kind.POSSIBLE}),
    Kind.PROBABLE: _UNSURE,
    Kind.BELIEVED: _SOMEBODYS,
    Kind.REPORTED: _SOMEBODYS,
    Kind.CLAIMED: _SOMEBODYS,
    Kind.SAID: _SOMEBODYS,
    Kind.EXPECTED: _SOMEBODYS,
    Kind.NEARLY: frozenset({Kind.NEARLY, Kind.POSSIBLE}),
    Kind.PARTLY: frozenset({Kind.PARTLY}),
    Kind.PRELIMINARY: frozenset({Kind.PRELIMINARY, Kind.POSSIBLE, Kind.PROBABLE}),
    Kind.EARLIEST: frozenset({Kind.EARLIEST, Kind.POSSIBLE, Kind.CONDITION}),
    Kind.CONDITION: frozenset({Kind.CONDITION, Kind.POSSIBLE}),
    Kind.ADVISED: _UNSURE | {Kind.ADVISED},
    Kind.LINKED: _UNSURE | {Kind.LINKED},
}
_DOUBT = (
    r"can|able|possib\w+|chances?|risk\w*|threat\w*|danger|uncertain|unclear|unknown|whether|option|consider\w*|"
    r"weigh\w*|face[sd]?|facing|"
    r"potential\w*|prospect|eligible|capable|allow\w*|permit\w*|ruled out|rule out|excluded|suggest\w*|doubt\w*|"
    r"in question|open|explor\w*|"
    r"cannot|can't|limited to|restricted to|reserved|forbid\w*|forbidden|ban|banned|barred|prohibit\w*|"
    r"consideration|examin\w*|study\w*|studie[sd]|review\w*|mull\w*|entitled|hop(?:e|es|ed|ing)"
)
_LIKELY = (
    r"expect\w*|due|set to|should|estimat\w*|forecast\w*|predict\w*|projected|projections?|tend\w*|appear\w*|"
    r"sees?|seem\w*|(?:un)?likel\w+|odds|probab\w+|in all|hardly|rule[sd]? out"
)
_THEIRS = (
    r"alleg\w*|suspici\w+|suspect\w*|according|claim\w*|opinion|says?|said|saying|told|reported\w*|reports?|describ\w*|"
    r"insist\w*|argu\w*|maintain\w*|estimat\w*|think\w*|thought|believ\w*|fear\w*|warn\w*|cit(?:e|es|ed|ing)|version|"
    r"rumou?r\w*|afraid|confiden\w*|convinced|worr\w*|concern\w*|optimis\w*|hopeful|"
    r"reckon\w*|assess\w*|calculat\w*|puts? (?:[^.;,]{1,60} )?at|attribut\w*|ascrib\w*|"
    r"put(?:s|ting)? (?:[^.;,]{1,60} )?down to|credit\w*|conten\w+|assert\w*|disbeli\w+|distrust\w*|mistrust\w*|"
    r"s[ck]eptic\w*|according to"
)
_ACCUSED = (
    r"accus\w*|charg\w*|trial|blam\w*|view|indict\w*|prosecut\w*|lawsuit|sue[sd]?|suing|complain\w*|critici\w*|"
    r"deni\w*|den(?:y|ies)|denial|disput\w*|case|call\w*|point\w*|account"
)
_WORDS = {
    Kind.POSSIBLE: _DOUBT,
    Kind.PROBABLE: f"{_DOUBT}|{_LIKELY}",
    Kind.BELIEVED: f"{_DOUBT}|{_LIKELY}|{_THEIRS}",
    Kind.REPORTED: f"{_DOUBT}|{_LIKELY}|{_THEIRS}|accus\\w*|charg\\w*|trial|indict\\w*|prosecut\\w*|court|tried",
    Kind.CLAIMED: f"{_THEIRS}|{_ACCUSED}",
    Kind.SAID: f"{_THEIRS}|{_ACCUSED}",
    Kind.EXPECTED: f"{_DOUBT}|{_LIKELY}|{_THEIRS}|would|going to|to|plan\\w*|next|upcoming|future|"
    f"aim\\w*|scheduled|'ll|await\\w*|anticipat\\w*|foresee\\w*|outlook|guidance|still",
    Kind.PARTLY: r"part\w*|some|half|mostly|mainly|largely|sections?|stretch\w*|limited|damaged",
    Kind.NEARLY: r"close to|clos\w+|verge|brink|largely|mostly|most|mainly|partly|narrowly|all but|near",
    Kind.PRELIMINARY: r"early|initial\w*|so far|project\w*|partial\w*|estimat\w*|exit poll\w*|provisional\w*|"
    r"preliminar\w*|unofficial\w*|first|"
    r"interim|not yet|until|pending|subject|tentativ\w*|yet to be",
    Kind.EARLIEST: r"earliest|before|early as|soon as|until|from|after|earlier|starting|not|no|only|when|once|"
    r"n't|beginning|wait\w*|at least|without",
    Kind.ADVISED: f"{_DOUBT}|{_LIKELY}|would|want\\w*|urg\\w*|call\\w*|demand\\w*|recommend\\w*|advi[sc]\\w*|must|"
    r"ought|needs?|confiden\w*|plan\w*|aim\w*|target\w*|hop\w*",
    Kind.LINKED: r"associat\w*|link\w*|correlat\w*|connect\w*|tied|ties|relat\w+|who|those|among|more|less|fewer",
    Kind.CONDITION: r"if|unless|provided|providing|subject|pending|depend\w*|condition\w*|conting\w*|once|when|"
    r"after|until|without|should|"
    r"necessary|approv\w*|requir\w*|needs?|needed|assuming|would|could|may|might|as long|hing\w+|whether|only|"
    r"otherwise|avert\w*|failing|threat\w*|"
    r"possib\w*|permi\w*|ha(?:s|ve|d) to|in return|in exchange|consent|ratif\w*|vote|must",
}
_SAYS = {kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in _WORDS.items()}

#: What is wrongdoing or blame whoever does it.
_WRONG = frozenset(
    """fraud bribe bribery corrupt corruption launder forge forgery lie deceive mislead conceal violate breach illegal
    illegally unlawful unlawfully negligent negligence blame fault deliberate deliberately intentional intentionally
    knowingly abuse torture rape harass harassment harassing discriminate discrimination poison pollute smuggle
    traffic
    evade sabotage rig cheat dope plagiarise plagiarize arson murder loot embezzle extort blackmail stalk steal
    theft rob
    defraud misuse falsify fabricate tamper collude collusion spy espionage threaten intimidate coerce cover-up
    wrongdoing misconduct unsafe unfair unjust dangerous harmful guilty innocent motive self-defence self-defense
    provoke exploit swindle overcharge neglect ignore plot conspire recklessly reckless""".split()
)
#: What is wrongdoing when a person or a body does it.
_ACTS = frozenset(
    """kill attack shell bomb strike shoot hide beat hit assault force fire stab kidnap abduct burn destroy detain
    invade
    hack leak dump fail break take demand order open violate refuse block stop push delete capture seize""".split()
)
_CAUSES = frozenset("cause trigger due because responsible spark result blame".split())
_ACCIDENTS = frozenset(
    """crash fire blaze explosion collapse derailment accident outage death disaster sinking spill leak outbreak
    shooting collision fatality failure""".split()
)
#: Whoever speaks for one side.
_PARTIES = frozenset(
    """rebel insurgent militia separatist militant guerrilla fighter army military troop soldier lawyer attorney
    prosecutor prosecution defence defense plaintiff critic rival opponent activist campaigner protester
    demonstrator junta regime opposition
    accuser complainant defendant victim whistleblower commander lawsuit complaint""".split()
)
_CRITICS = frozenset("critic opponent opposition rival activist campaigner".split())
#: Whoever speaks of wares of their own, and the words that praise them.
_SELLERS = frozenset(
    """company firm maker manufacturer developer startup producer operator executive brand airline bank
    carmaker""".split()
)
_OWN_FIGURES = frozenset("report announce post".split())
_PRAISE = frozenset(
    """best better faster cheaper safe safer safest effective efficient reliable fastest cheapest cleaner greenest
    greener leading revolutionary twice superior harmless healthier sustainable more most proven secure""".split()
)
#: Verbs for what is sure, because somebody has found it to be so.
_CONCLUDES = frozenset("conclude find determine rule decide judge establish".split())
_ESTABLISHES = frozenset("establish confirm prove determine conclude know show demonstrate verify".split())
#: "which the federation denies": who else tells it otherwise, or will not confirm it.
_DENIED = re.compile(
    r"\b(?:which|this|that|it|claims?|allegations?|accusations?|account|suggestions?)\b[^.;]{0,40}"
    r"\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)?|contest(?:s|ed)?|contradict(?:s|ed)?)\b|"
    r"\b(?:den(?:y|ies|ied)|disput(?:es?|ed)|reject(?:s|ed)?) (?:this|it|the (?:claim|allegation|accusation)s?|that$|"
    r"that(?=[,.;]))(?!\w)|"
    r"\bdeclined to (?:comment|confirm)\b|\bnot been (?:\w+ )?(?:confirmed|verified)\b",
    re.IGNORECASE,
)
#: Those who do not give their names.
_UNNAMED = re.compile(
    r"\b(?:familiar with|close to|briefed on|knowledge of|anonym\w+|not to be named|unnamed)\b", re.IGNORECASE
)
#: Done by saying so.
_SPOKEN = frozenset("threaten promise vow demand refuse pledge offer urge advise ask".split())
_JUDGES = frozenset("court judge jury tribunal".split())


def keeps(text: str, at: int, qualifier: Qualifier, evidence: Reading) -> bool:
    """Tell whether a claim says in some words what a qualifier of its evidence says of the claim's token `at`.

    A word that the evidence has too, outside the qualifier, says there what it says here: *risk* in "may lower the
    risk"
    keeps no *may*.
    """
    if qualifier.kind in _UNSURE and _established(text, at, evidence):
        return False
    if qualifier.kind in {Kind.SAID, Kind.CLAIMED} and _found(text, at):
        return True
    other = {t.low for i, t in enumerate(evidence.tokens) if not qualifier.first <= i <= qualifier.last}
    said = read(text).tokens
    for own in qualifiers(text):
        fits = own.kind in _KEPT_BY[qualifier.kind] and not own.first <= at <= own.last
        if fits and (own.governs(at) or said[own.first].low not in other):
            return True
    return any(not other.issuperset(match[0].lower().split()) for match in _SAYS[qualifier.kind].finditer(text))


def _found(text: str, at: int) -> bool:
    """Tell whether a claim gives what stands at token `at` to somebody who concluded it: "experts concluded that"."""
    reading = read(text)
    return any(
        p.lemma in _CONCLUDES and p.agents and p.at < at and reading.tokens[p.at + 1].low == "that"
        for p in reading.predicates
    )


def _established(text: str, at: int, evidence: Reading) -> bool:
    """Tell whether a claim says of token `at` that it was found to be so, by a word that the evidence has not."""
    said = read(text).tokens
    held = {t.lemma for t in evidence.tokens}
    unsure = [q for q in qualifiers(text) if q.kind in _UNSURE]
    for i in range(clause_start(said, at), at):
        found = said[i].tag is Tag.VERB and said[i].lemma in _ESTABLISHES and said[i].lemma not in held
        if found and not any(t.low in NOT for t in said[max(0, i - 3) : i]) and not any(q.governs(i) for q in unsure):
            return True
    return False


def contested(reading: Reading, at: int, said: Qualifier) -> bool:
    """Tell whether what somebody says at token `at` is an allegation or one side's version, and no plain report."""
    speaker = {reading.tokens[i].lemma for i in said.speaker}
    if speaker & _JUDGES and reading.tokens[said.first].lemma != "hear":
        return False
    if _denied(reading.text) or _unnamed(reading, said):
        return True
    clause = reading.tokens[max(said.low, at - 8) : min(said.high, at + 9)]
    predicate = reading.of(at)
    own = {reading.tokens[i].lemma for i in predicate.agents[:1]} if predicate else set[str]()
    own &= speaker | {"he", "she", "it", "they", "we", "i"}
    if predicate and predicate.lemma in _SPOKEN and (own or not predicate.agents):
        return False  # to say so is to do it
    close = [at, at - 1, at + 1, *(predicate.patients + predicate.group + predicate.agents if predicate else ())]
    if any({reading.tokens[i].lemma, reading.tokens[i].low} & _WRONG for i in close if 0 <= i < len(reading.tokens)):
        return True
    lemmas = {token.lemma for token in clause}
    if lemmas & _CAUSES and {token.lemma for token in reading.tokens} & _ACCIDENTS:
        return True
    if (
        speaker & _SELLERS
        and reading.tokens[said.first].lemma not in _OWN_FIGURES
        and any(_praises(token.low) for token in clause)
    ):
        return True
    if predicate is None:
        return bool(speaker & _PARTIES)
    future = any(reading.tokens[i].low in {"will", "would", "to", "should"} for i in predicate.group)
    if speaker & _CRITICS and not own:
        return True
    if speaker & _PARTIES and not future:
        return True
    return predicate.lemma in _ACTS and not future and any(_acts(reading, i) for i in predicate.agents[:1])


@remembered(1 << 12)
def _denied(text: str) -> bool:
    return bool(_DENIED.search(text))


def _unnamed(reading: Reading, said: Qualifier) -> bool:
    """Tell whether who said it is described and not named: "people familiar with the talks"."""
    first = min((*said.speaker, said.first))
    return bool(_UNNAMED.search(reading.text[reading.tokens[first].start : reading.tokens[said.first].start]))


def _praises(low: str) -> bool:
    """Tell whether a word compares or judges: faster, best, safe."""
    compares = (
        len(low) > 4
        and low.endswith(("er", "est"))
        and low not in FUNCTION_WORDS
        and lexicon.parts(low).get("a", 0.0) > 0.4
    )
    return compares or low in _PRAISE


def _acts(reading: Reading, at: int) -> bool:
    """Tell whether a noun phrase is somebody: a name, a person, a body."""
    token = reading.tokens[at]
    if token.tag is Tag.NAME:
        placed = at > 0 and reading.tokens[at - 1].tag is Tag.PREPOSITION
        return not placed and token.low not in DAYS | MONTHS
    return token.low in {"he", "she", "they", "who", "we"} or bool(lexicon.kind(token.low) & {"person", "group"})


def mentions(claim: Reading, at: int) -> bool:
    """Tell whether a word only names what it is about, or counts it: "captured rebels", "fewer cars were stolen"."""
    said = claim.tokens
    lows = {t.low for t in said[clause_start(said, at) : clause_end(said, at)]}
    if "than" in lows and lows & {"fewer", "more", "less"}:
        return True
    ends = said[at].tag is Tag.VERB and said[at].low.endswith(("ed", "en"))
    before, after = said[at - 1 : at], said[at + 1 : at + 2]
    bare = bool(before) and (before[0].tag in {Tag.DETERMINER, Tag.NUMBER} or before[0].low.endswith("ing"))
    return ends and bare and bool(after) and after[0].tag is Tag.NOUN


def describes(said: Sequence[Token], at: int) -> bool:
    """Tell whether a verb's form describes a noun: "the worst-hit counties"."""
    after = said[at + 1 : at + 2]
    joined = at > 0 and (said[at - 1].form == "-" or said[at - 1].end == said[at].start)
    return said[at].tag is Tag.VERB and joined and bool(after) and after[0].tag in {Tag.NOUN, Tag.NAME}
