"""Sentences that no newspaper prints: what is said a hundred times, and words without an end, take no work without one."""

from __future__ import annotations

import cProfile

import pytest

import briefing
from briefing import Document, verification
from briefing.draft import Draft, DraftClaim

LONG = {
    "one letter": "a",
    "one capital": "A",
    "a word": "kelpforest",
    "hexadecimal": "09af3c77de",
    "base64": "QmxhY2sgd2F0ZXIvKz",
    "digits": "1",
    "groups of digits": "1,",
    "hyphens": "tide-",
    "apostrophes": "o'",
    "quotation marks": '"',
    "opening marks": "“",
    "brackets": "(",
    "an ideograph": "漢",
    "accents": "\u0301",
    "a name": "Mr ",
    "names": "Ann and ",
    "a negation": "not ",
    "speech": "he said ",
    "amounts": "$5 million ",
    "shares": "5 percent ",
    "days": "on Monday ",
}


def calls(said: str) -> int:
    """Return how many calls the reading of an article and the check of a claim take that hold these words."""
    document = Document.read(f"The council of Marlow approved {said} on Monday. It rained.")
    claim = DraftClaim(text=f"On Monday the council of Marlow approved {said} again.", evidence=["s1"])
    draft = Draft(headline=claim, lede=claim, points=[], quotes=[], analysis=[])
    profile = cProfile.Profile()
    profile.runcall(verification.briefing, draft, document, engine="m")
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("name", LONG)
def test_work_grows_with_what_is_said_many_times(name: str) -> None:
    def said(length: int) -> str:
        return LONG[name] * (length // len(LONG[name]))

    calls("the bridge")  # imports
    length = 2_000 if " " in LONG[name] else 6_000
    some, more = calls(said(length)), calls(said(3 * length))
    assert more < 5 * max(some, 20_000)  # 3 times as long; quadratic work would be 9 times as much
    assert more < 3_000_000


def test_an_article_with_such_words_is_briefed() -> None:
    for said in LONG.values():
        text = f"The council of Marlow approved {said * 500} on Monday. The bridge opens in May. It rained."
        brief = briefing.summarize(text, engine=briefing.Extractive())
        assert brief.report.ok
