"""How a claim turns false in the ordinary ways; each returns the claim changed, or None where the lie does not fit."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

Claim = dict[str, Any]
Lie = Callable[[Claim, dict[str, str]], Claim | None]

_DIGITS = re.compile(r"\d+")
_WHEN = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
#: Capitalised words that do not begin a sentence, and no days.
_NAME = re.compile(rf"(?<=[a-z,] )(?!(?:{_WHEN})day)[A-Z]\w+(?: [A-Z]\w+)*")
_TALKS = r"(?:negotiations|talks|discussions|work)"
_FURTHER = [
    (
        re.compile(
            rf"\b(?:ha(?:ve|s|d) )?agreed to (?:begin|start|open|launch) {_TALKS} (?:on|over|about|for|towards?)\b"
        ),
        "signed",
    ),
    (re.compile(r"\b(?:ha(?:ve|s|d) )?agreed to\b"), "began to"),
    (re.compile(r"\bplan(?:s|ned)? to\b"), "has begun to"),
    (re.compile(r"\b(?:is|are|was|were) expected to\b"), "is certain to"),
    (re.compile(r"\b(?:may|might|could)\b"), "will"),
]
_HEDGE = re.compile(r"\b(?:about|nearly|at least|up to|reportedly|allegedly|some|roughly) ")
_IS = re.compile(r"\b(?:was|were|is|are|has|have|had|will)\b(?! not\b)")


def _figure(text: str) -> str | None:
    found = _DIGITS.search(text)
    return found and f"{text[: found.start()]}{int(found[0]) + 3}{text[found.end() :]}"


def _further(text: str) -> str | None:
    for pattern, stronger in _FURTHER:
        changed, times = pattern.subn(stronger, text, count=1)
        if times:
            return changed
    return None


def _hedge(text: str) -> str | None:
    changed, times = _HEDGE.subn("", text, count=1)
    return changed if times else None


def _negation(text: str) -> str | None:
    changed, times = _IS.subn(lambda found: f"{found[0]} not", text, count=1)
    return changed if times else None


def _in_text(change: Callable[[str], str | None]) -> Lie:
    def lie(claim: Claim, sentences: dict[str, str]) -> Claim | None:
        changed = change(claim["text"])
        return None if changed is None else {**claim, "text": changed}

    return lie


def _other_names(claim: Claim, sentences: dict[str, str]) -> list[str]:
    """Return the names of the sentences that the claim and its speaker do not have."""
    names = dict.fromkeys(name for text in sentences.values() for name in _NAME.findall(text))
    mine = f"{claim['text']} {claim.get('speaker', '')}"
    return [name for name in names if not any(word in mine for word in name.split())]


def _name(claim: Claim, sentences: dict[str, str]) -> Claim | None:
    found, others = _NAME.search(claim["text"]), _other_names(claim, sentences)
    if not found or not others:
        return None
    return {**claim, "text": f"{claim['text'][: found.start()]}{others[0]}{claim['text'][found.end() :]}"}


def _speaker(claim: Claim, sentences: dict[str, str]) -> Claim | None:
    others = _other_names(claim, sentences)
    return {**claim, "speaker": others[0]} if claim.get("speaker") and others else None


def _evidence(claim: Claim, sentences: dict[str, str]) -> Claim | None:
    """Cite the sentence farthest from those that the claim rests on."""
    others = [name for name in sentences if name not in claim["evidence"] and not name.startswith("t")]
    return {**claim, "evidence": others[-1:]} if others else None


#: By kind.
LIES: dict[str, Lie] = {
    "figure": _in_text(_figure),
    "name": _name,
    "commitment": _in_text(_further),
    "hedge": _in_text(_hedge),
    "negation": _in_text(_negation),
    "speaker": _speaker,
    "invented": _in_text(lambda text: f"{text.rstrip('.')}, and 40 people were hurt."),
    "evidence": _evidence,
    "unknown_evidence": lambda claim, sentences: {**claim, "evidence": ["s999999"]},
    "no_evidence": lambda claim, sentences: {**claim, "evidence": []},
}
