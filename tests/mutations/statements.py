"""What a claim states made wrong: its polarity, how far a matter has come, how sure and how bounded it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from .articles import Item
from .base import Change, replaced, substitutions
from .verbs import BASES, OPPOSITES, participle, past

_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|will|would|must|should|(?:has|have|had)(?= been\b| \w+ed\b| lost| won| begun))\b"
    r"(?! not\b| no\b| never\b| too\b)"
)
_CONDITIONAL = re.compile(r"\bunless [^,]{0,40}$")
_SIMPLE_PAST = re.compile(rf"(?P<before>[\w'’]+) (?P<verb>{'|'.join(BASES)})\b(?! by\b)")
# After these a form in -ed is a participle, or belongs to no subject.
_NO_SUBJECT = frozenset(
    "was were been is are be has have had by the a an its their not that to and of which never will would could must agreement if when once".split()
)
_NEGATIONS = {
    r"\b(has|have|had|is|are|was|were|will|would|could|may|did|does|do) not\b": r"\1",
    r"\b(was|has) never\b": r"\1",
    r"\bwithout (?:any )?warning": "after a warning",
    r"\bnot guilty\b": "guilty",
    r"\bruled out (?=joining)": "spoken of ",
    r"\bruled out (?=a torn)": "found ",
    r"\bwas not linked to any\b": "was linked to some",
    r"\bno longer\b": "still",
    r"\bNo (?=serious|evidence|contract)": "Some ",
    r"\b(has|was) no (?=comment|date)": r"\1 a ",
    r"\b(has|presented|be) no (?=power|evidence|refunds)": r"\1 ",
    r"\bdeclined to\b": "was ready to",
    r"\brefused to\b": "agreed to",
    r"\bhas a (?=contract|majority)": "has no ",
    r"\bfailed to\b": "managed to",
    r"\bis not\b": "is",
}


def polarity(item: Item, _: Random) -> Iterator[Change]:
    """Yield the claim with a negation added or lost, or with a word turned into its opposite."""
    claim = item.claim
    # After "no", another "not" says little that is clear.
    denied = re.search(r"\b(?:no|nothing|nobody|neither|what)\b", claim, re.IGNORECASE)
    end = denied.start() if denied else len(claim)
    for match in _AUXILIARY.finditer(claim, 0, end):
        if _CONDITIONAL.search(claim[: match.start()]):
            continue  # "unless there is not a deal" is no sentence that anybody writes
        yield replaced("not added", claim, *match.span(), f"{match[0]} not")
    for match in _SIMPLE_PAST.finditer(claim, 0, end):
        if match["before"].lower() not in _NO_SUBJECT and not match["before"].endswith(("'s", "’s")):
            base = BASES[match["verb"]]
            yield replaced("not added", claim, *match.span("verb"), f"did not {base}")
            if base not in ("cost", "fall", "lose", "announce", "lead", "put", "become", "burn"):
                yield replaced("failed to", claim, *match.span("verb"), f"failed to {base}")
    yield from substitutions("not lost", claim, _NEGATIONS)
    for match in re.finditer(r"[A-Za-z]+(?: (?:down|up|off|to|out|back|expensive))?", claim):
        for words in (match[0], match[0].split()[0]):
            if new := OPPOSITES.get(words.lower()):
                yield replaced("opposite", claim, match.start(), match.start() + len(words), new)
                break


# How far a matter has come: a step that the evidence names, and one above it.
_LADDER = {
    r"\bagreed (on Monday )?to begin negotiations on": r"signed a treaty \1on",
    r"\bopen negotiations about\b": "conclude negotiations about",
    r"\b(start|open) (talks on a coalition|coalition talks) with\b": "sign a coalition pact with",
    r"\bis considering (an? (?:inquiry|civil suit|application))": r"has already started \1",
    r"\bare considering (an inquiry)": r"have already started \1",
    r"\b(is|are) weighing (an investigation)": r"have launched \2",
    r"\b(is|are) weighing whether to\b": "has decided to",
    r"\b(is|are) discussing\b": "has agreed on",
    r"\bunder discussion at the council\b": "adopted by the council",
    r"\ban agreed takeover\b|\bagreed takeover\b": "completed takeover",
    r"\ballege that\b": "have proved that",
    r"\baccording to the prosecution, ": "the court found that ",
    r"\balleged\b": "proved",
    r"\b(was|he was|were) charged with\b": r"\1 convicted of",
    r"(?<!a )\bsuspect\b": "have identified",
    r"\bbelieved that\b": "proved that",
    r"\bbelieve\b|\bthink\b": "have shown",
    r"\bthought that\b": "established that",
    r"\bfears? the loss of\b": "has suffered the loss of",
    r"\bneeds the approval of\b": "has the approval of",
    r"\bstill has to be approved by\b": "has been approved by",
    r"\b(is|are) (reportedly )?in talks to\b": r"\1 \2bound by contract to",
    r"\b(is|are) negotiating\b": "have completed",
    r"\basked the federal government for\b": "received from the federal government",
    r"\bwants (?=400m)": "has been given ",
    r"\bdemands\b": "has won",
    r"\b(has )?offered (?=5|200|€200)": "paid ",
    r"\bcould be jailed\b": "was jailed",
    r"\bcould be lost\b": "have been lost",
    r"\bis now forecast\b": "is now guaranteed",
    r"\bbank forecasts,": "bank guarantees,",
    r"\bis planned\b": "is complete",
    r"\bis likely\b": "took place",
    r"\ban? (offer of) mediation\b": "an agreement on mediation",
    r"\bhas asked the government\b": "has persuaded the government",
    r"\bappeal against\b": "overturn",
}
_STEPS = re.compile(
    r"\b(?P<step>(?:(?:has|have|also) )?agreed to|(?<!a )plans? to|wants? to|hopes? to|intends? to|is going to|(?:has )?threatened to"
    r"|offered to|(?:is|are) due to|would like to|(?:is|are) to(?= be\b)|(?:is|are) to|will)"
    r" (?P<verb>[a-z]+)\b(?! not)"
)


def commitment(item: Item, _: Random) -> Iterator[Change]:
    """Yield the claim with a matter further on than it is: planned, alleged or discussed becomes done or proved."""
    claim = item.claim
    yield from substitutions("ladder", claim, _LADDER)
    for match in _STEPS.finditer(claim):
        if re.search(r"\b(?:until|before) [^,]{0,40}$", claim[: match.start()]):
            continue  # "until the company has already taken" is no English
        if match["verb"] not in ("not", "the", "also", "probably", "last", "two"):
            plural = re.match(r"are ", match["step"]) or re.search(r"(?:They|[a-z]s) $", claim[: match.start()])
            have = "have" if plural else "has"
            done = past(match["verb"], plural=bool(plural))
            yield replaced("done", claim, *match.span(), done)
            yield replaced("done", claim, *match.span(), f"{have} already {participle(match['verb'])}")


_AMOUNT = (
    r"(?=[€£$]?[0-9]|(?:a|one|two|three) (?:third|quarter|fifth)|two |three |ten |four |six |eight |one |twelve "
    r"|twice|double|a year|a quarter|half)"
)
_DROPPED = {
    rf"\b(?:about|around|roughly|approximately|some|an estimated|at least|up to|more than|as long as|as high as"
    rf"|no fewer than|no more than|a minimum of|fewer than|nearly|almost|below) {_AMOUNT}": "",
    r"\bover (?=[€£]?[0-9]|double|twice)": "",
    r" or more\b": "",
}
_TURNED = {
    rf"\bat least {_AMOUNT}": "at most ",
    rf"\bmore than {_AMOUNT}": "less than ",
    r"\bover (?=[€£]?[0-9]|double|twice)": "under ",
    rf"\bup to {_AMOUNT}": "at least ",
    rf"\b(?:nearly|almost) {_AMOUNT}": "more than ",
    r"\bno fewer than ": "no more than ",
    r"\bno more than ": "no fewer than ",
    rf"\b(?:about|around|roughly) {_AMOUNT}": "more than ",
    r"\bor more\b": "or less",
}
_MODAL = {
    r"(?-i:\b(?:could|may|might)\b)(?! not\b)": "will",
    r"\bmay not\b": "will not",
    r"\b(is|are) expected(?= to\b)": r"\1 certain",
    r"\b(?:reportedly|probably|likely|possibly|allegedly) ": "",
    r"\baccording to reports, ": "",
    r"\bwas reported to have\b": "had",
    r"\bis likely\b": "is certain",
    r"\bhopes? to\b": "is certain to",
    r"\bwould like to\b": "will",
    r"\bfear (?=a price)": "face ",
}
_SHARE = {
    r"\bsome (?=of|residents|volunteers)": "all ",
    r"\bmost of\b": "all of",
    r"\bthe majority of\b": "all of",
    r"\b(?:nearly|almost) all\b": "all",
    r"\b(?:largely|mostly|for the most part|mainly)\b": "entirely",
    r"\bchiefly to\b": "all of it to",
    r"\bmost of it\b": "all of it",
    r"\busually\b": "always",
    r"\b(?:only|just) two\b": "more than two",
    r"\bsecond-largest\b": "largest",
    r"\bfourth (?=increase|rise)": "biggest ",
}
_CONDITION = re.compile(
    r",? (?:if|unless|provided that|provided the) [^,.]{4,80}(?=[.,])"
    r"|^(?:If|Should) [^,]{4,60}, |,? so long as [^,.]{4,60}(?=\.)"
)
# What is told as open needs no condition: "may back the bill", "faces up to eight years".
_OPEN = re.compile(r"\b(?:may|might|could|faces|would be)\b")
# What a reader would hold against somebody: without "police said" it is a fact.
_BLAME = re.compile(r"\b(?:burned|shifted|moved 3|threatened|shelled|opening the gates|sack|opened the gates)\b")
_ATTRIBUTION = re.compile(
    r",? according to [^,.]{3,60}(?=\.$)|^According to [^,]{3,60}, |, (?:police|the police|officials) said(?=\.$)"
    r"|^(?:[A-Z]\w+(?: \w+){0,2}) (?:said|says|allege|alleged|claim|claims) that "
)


def hedges(item: Item, _: Random) -> Iterator[Change]:
    """Yield the claim surer, wider or less bounded than it was, or without those who say it."""
    claim = item.claim
    yield from substitutions("bound dropped", claim, _DROPPED)
    yield from substitutions("bound turned", claim, _TURNED)
    yield from substitutions("may to will", claim, _MODAL)
    yield from substitutions("some to all", claim, _SHARE)
    for match in _CONDITION.finditer(claim) if not _OPEN.search(claim) else ():
        yield replaced("condition dropped", claim, *match.span(), "")
    if _BLAME.search(claim) and not re.search(r"\b(?:den(?:y|ies)|rejects?)\b", claim):
        for match in _ATTRIBUTION.finditer(claim):
            yield replaced("attribution dropped", claim, *match.span(), "")
