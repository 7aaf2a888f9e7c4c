"""Words that say how far a sentence goes: scales from few to all, and what says only, first and largest."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Words that say how much, by how much they say. Within a scale the claim may not stand higher than its evidence.
AMOUNT: Mapping[str, int] = {
    **dict.fromkeys("few minority handful".split(), 1),
    **dict.fromkeys("some several certain various part parts half third quarter".split(), 2),
    **dict.fromkeys("many numerous number dozens".split(), 3),
    **dict.fromkeys("most majority mostly bulk mainly largely chiefly predominantly".split(), 4),
    **dict.fromkeys("all every each everyone everybody entire whole none nobody".split(), 5),
}
OFTEN: Mapping[str, int] = {
    **dict.fromkeys("rarely seldom".split(), 1),
    **dict.fromkeys("sometimes occasionally".split(), 2),
    **dict.fromkeys("often frequently regularly repeatedly".split(), 3),
    **dict.fromkeys("usually generally normally typically mostly".split(), 4),
    **dict.fromkeys("always invariably constantly never".split(), 5),
}
DEGREE: Mapping[str, int] = {
    **dict.fromkeys("partly partially slightly somewhat part partial".split(), 2),
    **dict.fromkeys("mainly largely mostly primarily chiefly main chief primary principal nearly almost".split(), 3),
    **dict.fromkeys("entirely completely fully wholly totally solely exclusively full complete total".split(), 5),
}
#: They describe a thing, and not how much of it.
CHIEF = frozenset("main chief primary principal".split())
LASTING: Mapping[str, int] = {
    **dict.fromkeys("temporarily temporary briefly brief interim".split(), 2),
    **dict.fromkeys("permanently permanent indefinitely forever".split(), 5),
}
FINALITY: Mapping[str, int] = {
    **dict.fromkeys("preliminary provisional initial tentative partial early".split(), 2),
    **dict.fromkeys("final definitive conclusive official".split(), 5),
}
#: They stand for whom they count.
EVERYBODY = frozenset("everyone everybody nobody none".split())
#: Surer than any statement is; what holds for sure, the source must say so.
SURE = frozenset("certain definitely certainly undoubtedly unquestionably conclusively guaranteed".split())
SAYS_SURE = re.compile(
    r"\b(?:definite\w*|certain\w*|undoubted\w*|doubt|unquestion\w*|conclusive\w*|guarantee\w*|sure|confirm\w*|"
    r"clear\w*|prove[sdn]?|proof)\b",
    re.I,
)
SCALES = (AMOUNT, OFTEN, DEGREE, LASTING, FINALITY)
#: What counts as much as the top of any scale, in any words.
WITHOUT_REST = re.compile(
    r"\b(?:all|every|each|everyone|everybody|everything|entire|entirely|whole|wholly|fully|complete|completely|"
    r"both|none|nobody|"
    r"no|nothing|any|anyone|unanimous|unanimously|100|totally|total|without exception|across|throughout|never|"
    r"nationwide)\b",
    re.IGNORECASE,
)
#: Before these words *all* says nothing of how many: at all, all but, all over.
#: They say how much only before *of*: a quarter of the fleet, and no second quarter.
OF_WHAT = frozenset("part parts half third quarter number".split())
ALL_IN_PHRASES = frozenset("but over day night along right too".split())
ALL_AFTER = frozenset("not nearly almost virtually practically of".split())
ONLY = frozenset("only sole solely exclusively".split())
SAYS_ONLY = re.compile(
    r"\b(?:(?:only|just|merely|mere)\b(?! (?:an? |the )?(?:[$€£]?[0-9]|half|quarter|third|two|three|four|five|"
    r"six|seven|eight|nine|ten|few|dozen))|"
    r"sole|solely|alone|lone|exclusive|exclusively|single|unique|no other|nothing but|no one else|nobody else|"
    r"except|apart from|other than|"
    r"unless|none|all but|limited to|restricted to|confined to|the last|remaining|surviving|the one|"
    r"unaffected|not affected|the rest|others (?:are|is|were|was|will)|"
    r"all (?:the )?others?)\b",
    re.IGNORECASE,
)
SAYS_FIRST = re.compile(
    r"\b(?:first|1st|initial|initially|maiden|debut\w*|inaugural|earliest|opening|never|unprecedented|"
    r"pioneer\w*|premier\w*|new|newly|"
    r"original|originally|begin\w*|began|start\w*|before|previous\w*|launch\w*|oldest|until now|found\w*|"
    r"introduc\w*|early|top|led|leads|"
    r"lead|leading|winner|won|main|front|history|historic)\b",
    re.IGNORECASE,
)
SAYS_MOST = re.compile(
    r"\b(?:record|top|leading|peak|unprecedented|unmatched|no other|number one|never|main|premier|foremost|ever|"
    r"any other|all-time|maximum|minimum|first|last|final|than any|fewest|least|most|best|worst|lead|leads|led|"
    r"no (?:more|less|fewer) than|start(?:s|ed|ing)? (?:at|from)|up to)\b",
    re.IGNORECASE,
)
ONE_OF = re.compile(
    r"\b(?:one of|among|amongst|some of|two of|three of|second|third|fourth|fifth|sixth|seventh|2nd|3rd|4th|"
    r"5th)\b[ -](?:[^ .;,]+ ){0,3}$",
    re.I,
)
LIMIT = re.compile(
    r"\b(?:since|known|so far|to date|ever recorded|in|for|this|outside|under|yet|"
    r"on record)\b(?=[^.;]{0,40}(?:year|month|decade|centur|"
    r"week|season|generation|[12][0-9]{3}|known|date|far|time|record|outside|war))|\b(?:since|known|to date|"
    r"so far|outside)\b",
    re.IGNORECASE,
)
LIMITED = re.compile(r"\b(?:since|known|to date|so far|outside)\b", re.IGNORECASE)
NOT_SUPERLATIVE = frozenset(
    """interest west rest test request forest protest guest harvest invest arrest contest honest modest conquest nest
    chest priest manifest tempest earnest midwest northwest southwest suggest digest best-known quest breast east
    northeast southeast earliest latest almost utmost foremost""".split()
)
