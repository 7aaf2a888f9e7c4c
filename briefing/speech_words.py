"""Closed lists of English that tell an attribution from other narration, and the noun phrases that can speak.

Lists in lower case. What a list cannot hold, such as nouns and names, is told from its place and its capitals.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .words import FUNCTION_WORDS

#: May stand before quoted words without a colon, a comma or `that`: the words are their object.
FREE_VERBS = frozenset(
    "said says say told tells tell asked asks ask replied replies tweeted tweets wrote writes saying".split()
)

#: Also attribute words, but take other objects too: before quoted words only with a colon, a comma or `that`.
OTHER_VERBS = frozenset(
    """added adds answered answers explained explains stated states declared declares announced announces warned warns
    insisted insists noted notes posted argued argues claimed claims continued continues commented concluded
    concludes recalled recalls admitted admits acknowledged acknowledges confirmed confirms promised vowed pledged
    stressed stresses emphasised emphasized observed remarked joked jokes shouted cried whispered testified
    predicted predicts suggested suggests complained complains lamented laments urged responded responds reiterated
    quipped exclaimed contended countered yelled screamed muttered agreed agrees sighed reckons texted demanded
    conceded boasted mused wondered retorted fumed shouts screams""".split()
)

#: `X attacked the deal, saying: “…”`.
PARTICIPLES = frozenset("saying adding insisting arguing warning writing tweeting stating explaining joking".split())

#: Take the listener first: `told reporters`.
ADDRESSED = frozenset("told tells tell asked asks ask warned warns urged".split())

#: With a singular name these stand only after an auxiliary: `Did Lee say`.
BASE_VERBS = frozenset("say tell ask".split())

#: Somebody else's words in the speaker's mouth.
QUOTING = frozenset("quoting echoing repeating paraphrasing reciting quoted quotes quote reading telling".split())

AUXILIARIES = frozenset(
    """is are was were be been being am isn't aren't wasn't weren't do does did don't doesn't didn't will would shall
    should can could may might must ought won't wouldn't shouldn't can't couldn't needn't cannot has had have hasn't
    hadn't haven't""".split()
)

#: Finite verbs that make the words before them a subject: `“Ghost guns,” police said, remain rare`.
FINITE = AUXILIARIES | frozenset(
    """remain remains remained become becomes became mean means meant make makes made take takes took go goes went come
    comes came seem seems seemed need needs needed show shows showed appear appears appeared give gives gave get
    gets got began begins opens opened closed closes won wins lost loses sold sells drew draws led leads ran runs
    helped helps killed kills caused causes cost costs stood stands fell falls rose rises grew grows kept keeps left
    leaves deserves deserved failed fails belongs belonged works worked changed changes""".split()
)

#: A clause follows them, so that the next speech verb is inside what somebody else says or thinks.
OPENS_CLAUSE = frozenset(
    """know knows knew think thinks thought believe believes believed hear hears heard see sees saw feel feels felt
    hope hopes hoped deny denies denied allege alleges alleged suspect suspects suspected remember remembers
    remembered assume assumes assumed fear fears feared doubt doubts doubted found finds understand understands
    understood reveal reveals revealed reported reports learned learnt learn notice noticed realised realized wish
    wishes wished imagine imagines imagined pretend pretends pretended disputes disputed showed shows means meant
    guess guessed watched watches""".split()
)

RELATIVES = frozenset("who whom whose which that what where why how whoever whatever".split())
PRONOUNS = frozenset("he she they it".split())
SUBJECT_PRONOUNS = PRONOUNS | frozenset("i we you".split())
OBJECT_PRONOUNS = frozenset("me him her us them himself herself itself themselves".split())
DETERMINERS = frozenset(
    "the a an his her its our their my your this these those one two three another some any each every no".split()
)
PARTICLES = frozenset("of for de da de' del di du der den van von bin ibn al el la le e and & the y ten ter".split())
PREPOSITIONS = frozenset(
    """in at on from near with by about to into under over after before during since of for inside outside through
    until till amid against across along among around behind beside between despite following like off onto per upon
    via within without above below beyond throughout toward towards""".split()
)
CONJUNCTIONS = frozenset("and but or nor so then yet".split())
#: A clause of its own follows, and its speaker may speak: `…, before Costa replied:`.
SUBORDINATORS = frozenset("and but so then before as after when while although though whereas".split())
#: Not fact: `If anyone says`, `Imagine a doctor told you`.
HYPOTHETICAL = frozenset(
    "if unless imagine suppose supposing whether lest until once whenever were should picture let say had".split()
)
MODALS = frozenset("would could should might may must can will shall".split())

DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
MONTHS = frozenset("january february july september october november december".split())
#: Months that are also names of people.
NAME_MONTHS = frozenset("march april may june august".split())
TIMES = DAYS | frozenset("yesterday today tonight tomorrow late early last this that earlier later next".split())
ADVERBS = frozenset(
    """also later then once often still now today has had have again first further both all afterwards afterward aloud
    back yesterday tonight earlier soon too always sometimes even just simply however meanwhile instead ever there
    here recently finally out""".split()
)
#: They end in -ly but are nouns or adjectives.
NOT_ADVERBS = frozenset(
    """family assembly ally bully supply monopoly reply elderly homily anomaly belly jelly fly butterfly lily gully
    rally tally folly holly doily daily weekly monthly lonely friendly ugly early likely deadly only homely lovely
    silly oily wily burly curly surly jolly holy melancholy hourly quarterly yearly cowardly scholarly worldly
    costly sickly""".split()
)
#: These open a sentence before its subject: `Later Lee said`.
LEADING = frozenset(
    """later then afterwards afterward finally eventually meanwhile earlier recently today yesterday tonight even
    still however but and so yet also""".split()
)

#: Nobody in particular, or no noun phrase of its own.
NOT_SPEAKERS = (
    frozenset(
        """i we you who what these those there everyone everybody nobody someone somebody anyone anybody and but so
    people some many others most few none neither both something nothing this that yesterday today tomorrow one no-one
    whoever not never if""".split()
    )
    | DAYS
    | MONTHS
)

#: They bear words but do not speak.
THINGS = frozenset(
    """sign signs sticker stickers shirt shirts t-shirt T-shirt t-shirts T-shirts tee banner banners placard placards
    poster posters note notes message messages screen screens page pages label labels terms post posts mural murals
    statement statements letter letters report reports headline headlines caption captions text texts tweet tweets
    email emails e-mail e-mails article articles section clause rule law laws bill act amendment constitution treaty
    contract agreement charter book books novel poem song songs lyrics motto slogan slogans inscription plaque
    billboard board display notice notices leaflet leaflets flyer flyers brochure website site app cap hat hoodie
    badge card cards menu memo memos document documents filing filings indictment complaint affidavit transcript
    ruling verdict judgment study survey poll data figures entry diary journal review blog column editorial story
    stories version graffiti tattoo tag ticket receipt gravestone headstone epitaph
    guide guidance manual instructions advert ad advertisement trailer video clip recording audio subtitle chant
    rumour rumor saying proverb legend phrase word words term line lines paragraph bible scripture verse list form
    questionnaire policy advice warning alert reply answer answers question questions joke claim claims idea cartoon
    newsletter bulletin dispatch wire resolution communique communiqué manifesto press-release release announcement
    speech""".split()
)
#: `X heard a voice: “…”`: the words after the colon may be somebody else's.
NOT_OWN_WORDS = THINGS | frozenset(
    """heard hears hear read reads received receives got gets remembers remembered recalled recalls quoted quotes cited
    cites sang sings wore wears wearing held holds holding carried carries saw sees met called calls named titled
    entitled dubbed voice advice lesson dream line chanted chants choice shown showed given gave learned hearing
    listened faced""".split()
)

#: Last words of names that are no person's.
PLACE_NOUNS = frozenset(
    """station cup street bank road avenue square park river lake island islands city county state university college
    school hospital airport bridge tower hall house palace church cathedral mosque temple court council committee
    commission ministry department agency office party union association society club team league championship
    championships festival group company corporation corp inc ltd plc airlines airways motors industries holdings
    partners fund trust foundation institute museum gallery theatre theater stadium arena centre center market mall
    hotel valley mountain mountains beach bay coast sea ocean desert forest act bill law treaty war games open farm
    farms mine mines police army navy force forces guard times post news herald tribune journal magazine press tv
    radio network channel day week month year eve prize award awards district province region village town
    parliament congress senate assembly government kingdom republic states nations board authority service services
    hill hills heights port harbour harbor plant factory works dam canal line railway""".split()
)
#: First words of names that are no person's.
PLACE_STARTS = frozenset(
    """new san rio santa los las port fort mount lake hong north south east west northern southern eastern western
    great greater central buenos kuala tel abu cape são sao sri saudi costa puerto sierra burkina british rhode
    united upper lower old st. saint""".split()
)

ROLES = frozenset(
    """chief head boss coach captain nurse chef judge guard pilot poet critic mechanic official secretary aide leader
    manager officer minister teacher lawyer director player striker keeper goalkeeper defender midfielder farmer
    driver worker owner founder editor reporter singer writer author actor doctor professor senator mayor governor
    president lecturer researcher engineer baker builder fisher trader dealer banker broker programmer designer
    developer organiser organizer campaigner protester councillor prosecutor investigator inspector sergeant
    survivor resident student pupil neighbour neighbor shopkeeper retiree veteran widow mother father son daughter
    sister brother wife husband analyst executive consultant assistant attorney solicitor barrister diplomat
    ambassador envoy commissioner commander colonel general soldier sailor priest bishop vicar imam rabbi farmhand
    volunteer delegate winger batter pitcher bowler rider racer skipper runner swimmer boxer golfer umpire referee
    adviser advisor negotiator""".split()
)
MALE = frozenset(
    """mr mr. sir lord king prince father brother son husband uncle spokesman chairman policeman businessman baron duke
    fisherman councilman congressman""".split()
)
FEMALE = frozenset(
    """mrs mrs. ms ms. miss lady dame queen princess mother sister daughter wife aunt spokeswoman chairwoman policewoman
    businesswoman baroness duchess councilwoman congresswoman""".split()
)
#: Listeners whom `he` or `she` cannot mean.
CROWDS = frozenset(
    """court inquiry committee hearing newspaper paper station house chamber jury assembly conference crowd audience
    meeting council parliament press media congress senate police people commission panel tribunal rally broadcaster
    channel magazine agency website site podcast programme program club me us it them""".split()
)
IRREGULAR_PAST = frozenset(
    """said came went stood sat met won lost took gave made told knew thought felt saw left got began kept held led ran
    rose fell wrote read spoke broke chose drove ate flew grew hit cut put set shut shook sang sent spent built
    bought brought caught fought taught sold paid laid lay hid wore swore stole threw drew rode woke hurt let quit
    bet cast struck swept bent dealt slept wept hung beat became overcame withdrew blew""".split()
)

VERBS = FREE_VERBS | OTHER_VERBS
BARRED = AUXILIARIES | RELATIVES | SUBJECT_PRONOUNS | OPENS_CLAUSE | VERBS | QUOTING
IN_PHRASE = BARRED | frozenset("not never if whether because than though although as unless when while until".split())
NOT_LAST = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | {"to", "than", "as"}
_NOT_FIRST = (IN_PHRASE | PREPOSITIONS | OBJECT_PRONOUNS | {"imagine"}) - DETERMINERS
MAX_WORDS = 18


def names(text: str) -> set[str]:
    """Return the capitalised words of `text` that are no function words: everything that may be a name."""
    return {word for word in re.findall(r"\b[A-Z][\w'-]+", text) if word.lower() not in FUNCTION_WORDS}


def is_person(name: str) -> bool:
    """Tell whether a run of capitalised words may be the name of a person: no place, day or organisation."""
    first, last = name.split()[0].lower(), name.split()[-1].lower()
    if first in FUNCTION_WORDS | PLACE_STARTS | NOT_SPEAKERS | PREPOSITIONS or name.endswith("'s"):
        return False
    return last.strip(".") not in PLACE_NOUNS | DAYS | MONTHS and not first.endswith("'s")


def is_verb(follows: list[str]) -> bool:
    """Tell whether the words after a name start with its verb rather than with another noun."""
    word, after = ([w.strip(".,:;") for w in follows] + ["", ""])[:2]
    if word in AUXILIARIES | IRREGULAR_PAST | VERBS or re.fullmatch(r"[a-z]+ed", word):
        return True
    if re.fullmatch(r"[a-z]+ly", word):
        return is_verb([after])
    plural = re.search(r"(?:ers|ors|ists|ians|ants|ents|fans)$", word) or is_verb([after, ""]) if after else False
    return bool(re.fullmatch(r"[a-z]+[^s']s", word)) and not plural


def is_adverb(word: str) -> bool:
    """Tell whether a word is an adverb: lower case, in -ly or of the closed list."""
    return word in ADVERBS or (word.endswith("ly") and word.islower() and word not in NOT_ADVERBS)


def phrase(tokens: list[str], verb: str) -> str:
    """Return the one noun phrase that the words are, without what stands loosely before a name, or an empty string."""
    while len(tokens) > 1 and tokens[0].lower() in LEADING:
        tokens = tokens[1:]
    if len(tokens) == 1 and tokens[0].lower().removesuffix("'d").removesuffix("'s") in PRONOUNS:
        return tokens[0].lower().removesuffix("'d").removesuffix("'s")
    if not is_one_phrase(tokens, verb):
        return ""
    at = len(tokens)
    while at and (tokens[at - 1].strip("(")[:1].isupper() or tokens[at - 1].lower() in PARTICLES):
        at -= 1
    while at < len(tokens) and tokens[at].lower() in {"of", "for", "and", "&", "e"}:
        at += 1
    lead, name = tokens[:at], tokens[at:]
    if not any(word[:1].isupper() for word in name) or (lead and lead[-1].lower() in PREPOSITIONS | {"and"}):
        return checked(tokens)  # "the regional governor", "Police in Oslo": the whole phrase
    # "the striker Kane", "the company's chief Tim Cook": the common nouns before a name belong to it
    starts = [i for i, word in enumerate(lead) if word.lower() in DETERMINERS and len(lead) - i <= 5]
    return checked(lead[starts[0] :] + name if starts else name)


def is_one_phrase(tokens: list[str], verb: str) -> bool:
    """Tell whether the words are one noun phrase that can speak, with no clause in it."""
    if not tokens or len(tokens) > MAX_WORDS or not any(map(str.isalpha, tokens[-1])):
        return False
    first, named = tokens[0].lower(), len(tokens) > 1 and tokens[1][:1].isupper()
    if len(tokens[0]) > 1 and tokens[0].isupper():
        pass  # "WHO"
    elif first in _NOT_FIRST and not (named and first in {"may", "will", "can"}):
        return len(tokens) == 1 and tokens[0] in {"May", "Will"}
    for before, word in pairwise(tokens):
        if word in IN_PHRASE or word.endswith("n't") or (word in OBJECT_PRONOUNS - {"her"} and before != "of"):
            return False
        if before[0].isupper() and (word in IRREGULAR_PAST or re.fullmatch(r"[a-z]+ed", word)):
            return False  # "Ray opened the door and his son"
    last = tokens[-1]
    if last.lower() in NOT_LAST or last.endswith("'s") or _head(tokens) in THINGS:
        return False
    # "Did Lee say": a plain verb needs more than one speaker
    return verb not in BASE_VERBS or last.endswith("s") or "and" in tokens or last in {"police", "people"}


def _head(tokens: list[str]) -> str:
    """Return the noun that a phrase is about, in lower case unless it is part of a name."""
    end = 1
    while end < len(tokens) and tokens[end].lower() not in PREPOSITIONS and not is_adverb(tokens[end]):
        if re.fullmatch(r"[a-z]+(?:ed|ing)", tokens[end]) and end > 1:
            break
        end += 1
    if end > 1 and re.fullmatch(r"[\d.IVXLC]+", tokens[end - 1]):
        end -= 1  # "Article 5"
    return tokens[end - 1].lower() if end == 1 else tokens[end - 1]


def checked(words: list[str]) -> str:
    """Return the phrase that the words make, or an empty string when it names nobody."""
    phrase = " ".join(words).strip(" '-\"")
    words = phrase.split()
    if not words or len(words) > 10 or (len(words) == 1 and words[0].lower() in DETERMINERS):
        return ""
    first = words[0].lower() if not (words[0].isupper() and len(words[0]) > 1) else ""
    vague = (first in NOT_SPEAKERS and not (first == "one" and len(words) > 1)) or first in PREPOSITIONS
    return phrase if not vague and any(map(str.isalpha, words[-1])) else ""
