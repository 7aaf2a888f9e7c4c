"""English words whose full stop is read differently from what `sentencex` makes of it, as closed lists.

`sentencex` brings the long list of abbreviations. Here is only what corrects it, in lower case and without
the last full stop: what never ends a sentence, what its list takes for an abbreviation although it is a
common last word, what stands before a number, and the verbs with which a quotation is attributed.
"""

from __future__ import annotations

#: A name follows, so the stop never ends a sentence: "Mr. So", "Gen. Will Hall". The same in other languages.
TITLES = frozenset(
    "adm amb asst assoc atty brig capt cdr cllr cmdr col commr comdr cpl cpt det dr dra fr gen gov gp.capt hon insp"
    " lt ltc maj messrs mlle mme mr mrs ms mx pfc ph.dr pres prof profa pte pvt rep reps rev sen sens sgt spc sr.a"
    " sra srta supt treas hr frau dipl.-ing".split()
)

#: More of the same sentence follows, whatever its first letter.
JOINING = frozenset("e.g eg i.e ie cf viz vs v approx esp incl resp z.b d.h u.a bzw aka a.k.a".split())

#: A number follows ("No. 10", "Fig. 3", "pp. 4"); before a word they may end a sentence.
BEFORE_NUMBERS = frozenset(
    "no nos nr fig figs p pp art vol ch sec eq para pt ca bk ver n° nº"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)

#: In sentencex's list, yet ordinary words that end sentences.
ORDINARY = frozenset("no No NO me Me may May art ill ok OK Ok con min del id pa ore op ext mm Mm yum Yum etc".split())

#: Month names after a German ordinal: "am 3. Oktober". In Danish, Norwegian and Finnish they are in lower case.
GERMAN_MONTHS = frozenset(
    "Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November Dezember".split()
)

#: "“Are you sure?” Smith asked."
SPEECH = (
    "said|says|asked|asks|added|told|replied|wrote|writes|cried|shouted|yelled|demanded|wondered|quipped|joked|tweeted"
    "|exclaimed|answered|responded|recalled|screamed|called|declared|insisted|remarked|thought"
)
