"""A scripted writer that really reads the prompt, and writes what a faithful model would, or lies where told to."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .call import Call
from .lies import LIES

Json = dict[str, Any]

_NAME = r"(?:[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3})"
_WORDS = r"[“\"](?P<words>[^“”\"]+)[”\"]"
_SPOKEN = [
    re.compile(rf"{_WORDS},? (?P<speaker>{_NAME}) said\b"),
    re.compile(rf"{_WORDS},? said (?P<speaker>{_NAME})"),
    re.compile(rf"\b(?P<speaker>{_NAME}) said[,:]? {_WORDS}"),
]
_PRONOUNS = {"He", "She", "They", "It", "We", "I", "Who"}
_ASKING = set("what when where which whose does about have that this with from were will would into they their".split())
#: The share of a question's words that a sentence must have to answer it.
_ANSWERS = 0.4


class Told(NamedTuple):
    """A lie that was told."""

    path: str
    kind: str
    before: Json
    after: Json


@dataclass
class Writer:
    """Who writes the completions.

    `lies` says which claims turn false and how: {"points[0]": "figure", "quotes": "speaker", "*": "evidence"}; the
    kinds are those of `lies.LIES`. A claim that a lie does not fit (no figure in it) stays true; `told` has those told.
    `revises` is one of REVISIONS: what it does when it is told that a claim is wrong.
    """

    lies: Mapping[str, str] = field(default_factory=dict)
    revises: str = "faithfully"
    told: list[Told] = field(default_factory=list)

    def __call__(self, call: Call) -> str:
        """Return the content of the completion to a call."""
        return self.reply(call.prompt or {})

    def reply(self, prompt: Json) -> str:
        """Return the content of the completion to a prompt: JSON where it names a task, else words."""
        task = TASKS.get(prompt.get("task", ""))
        if task is None:
            return "I can only write briefings."
        sentences = {sentence["id"]: sentence["text"] for sentence in prompt.get("sentences") or []}
        if prompt["task"] == "revise":
            return _dump({"claims": REVISIONS[self.revises](prompt, sentences)})
        return _dump(self._lie(task(prompt, sentences), sentences))

    def _lie(self, reply: Json, sentences: dict[str, str]) -> Json:
        for path, claim in _claims(reply):
            kind = next((self.lies[name] for name in (path, path.partition("[")[0], "*") if name in self.lies), None)
            changed = LIES[kind](claim, sentences) if kind else None
            if kind and changed is not None and changed != claim:
                self.told.append(Told(path, kind, dict(claim), changed))
                claim.update(changed)
        return reply


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _claims(reply: Json) -> Iterator[tuple[str, Json]]:
    for part, value in reply.items():
        if isinstance(value, dict):
            yield part, value
        elif isinstance(value, list):
            yield from ((f"{part}[{number}]", claim) for number, claim in enumerate(value))


def spoken(text: str) -> tuple[str, str] | None:
    """Return the quoted words of a sentence and who it plainly says spoke them."""
    for pattern in _SPOKEN if "“" in text or '"' in text else ():
        if (found := pattern.search(text)) and found["speaker"] not in _PRONOUNS:
            return found["words"].rstrip(","), found["speaker"]
    return None


def _summarize(prompt: Json, sentences: dict[str, str]) -> Json:
    claims = [{"text": text, "evidence": [name]} for name, text in sentences.items()]
    body = [claim for claim in claims if not claim["evidence"][0].startswith("t")] or claims
    said = [(claim, found) for claim in body if (found := spoken(str(claim["text"])))]
    nothing = {"text": "", "evidence": []}
    return {
        "headline": dict(claims[0] if claims else nothing),
        "lede": dict(body[0] if body else nothing),
        "points": [dict(claim) for claim in body[1 : 1 + prompt.get("most_points", 5)]],
        "quotes": [{"text": words, "speaker": who, "evidence": claim["evidence"]} for claim, (words, who) in said],
        "analysis": [],
    }


def _words(text: str) -> set[str]:
    """Return the words that say what a text is about, by their first five letters."""
    return {word[:5] for word in re.findall(r"\w{4,}|\d+", text.lower()) if word not in _ASKING}


def _answer(prompt: Json, sentences: dict[str, str]) -> Json:
    asked = _words(prompt.get("question", ""))
    shares = {name: len(asked & _words(text)) / max(len(asked), 1) for name, text in sentences.items()}
    best = max(shares.values(), default=0)
    if best < _ANSWERS:
        return {"status": "not_in_sources", "claims": [], "missing": prompt.get("question", "")}
    names = [name for name, share in shares.items() if share == best][:2]
    claims = [{"text": sentences[name], "evidence": [name]} for name in names]
    return {"status": "answered", "claims": claims, "missing": ""}


def _reduce(prompt: Json, sentences: dict[str, str]) -> Json:
    parts: dict[str, list[Json]] = {}
    seen: set[tuple[str, str]] = set()
    for candidate in prompt.get("candidates") or []:
        key = (candidate["part"], candidate["text"])
        if key not in seen:
            seen.add(key)
            parts.setdefault(candidate["part"], []).append({k: v for k, v in candidate.items() if k != "part"})
    claims = parts.get("points", [])
    first = next(iter([*parts.get("lede", []), *claims]), {"text": "", "evidence": []})
    points = [claim for claim in [*claims, *parts.get("lede", [])[1:]] if claim != first]
    return {
        "headline": dict(next(iter(parts.get("headline", [])), first)),
        "lede": dict(first),
        "points": points[: prompt.get("most_points", 5)],
        "quotes": [{"speaker": "", **quote} for quote in parts.get("quotes", [])],
        "analysis": parts.get("analysis", []),
    }


def _corrected(claim: Json, sentences: dict[str, str]) -> Json:
    """Return a claim that says what the first sentence it cites says; none where it cites none."""
    name = next((name for name in claim.get("evidence") or [] if name in sentences), None)
    if name is None:
        return {"text": "", "speaker": "", "evidence": []}
    if claim.get("speaker"):
        words, speaker = spoken(sentences[name]) or ("", "")
        return {"text": words, "speaker": speaker, "evidence": [name] if words else []}
    return {"text": sentences[name], "speaker": "", "evidence": [name]}


def _revised(
    make: Callable[[Json, dict[str, str]], Json], shift: int = 0
) -> Callable[[Json, dict[str, str]], list[Json]]:
    def revise(prompt: Json, sentences: dict[str, str]) -> list[Json]:
        return [{"number": claim["number"] + shift, **make(claim, sentences)} for claim in prompt.get("claims") or []]

    return revise


def _as_before(claim: Json, sentences: dict[str, str]) -> Json:
    return {"text": claim.get("text", ""), "speaker": claim.get("speaker", ""), "evidence": claim.get("evidence", [])}


def _elsewhere(claim: Json, sentences: dict[str, str]) -> Json:
    other = [name for name in sentences if name not in (claim.get("evidence") or [])]
    return {**_as_before(claim, sentences), "evidence": other[:1]}


#: What a writer does when it is told that claims are wrong.
REVISIONS: dict[str, Callable[[Json, dict[str, str]], list[Json]]] = {
    "faithfully": _revised(_corrected),
    "repeats": _revised(_as_before),
    "no_evidence": _revised(lambda claim, sentences: {**_as_before(claim, sentences), "evidence": []}),
    "true_without_evidence": _revised(lambda claim, sentences: {**_corrected(claim, sentences), "evidence": []}),
    "other_evidence": _revised(_elsewhere),
    "withdraws": _revised(lambda claim, sentences: {"text": "", "speaker": "", "evidence": []}),
    "unknown_numbers": _revised(_corrected, shift=1_000),
    "twice": lambda prompt, sentences: [
        *REVISIONS["faithfully"](prompt, sentences),
        *REVISIONS["repeats"](prompt, sentences),
    ],
    "silent": lambda prompt, sentences: [],
}

TASKS: dict[str, Callable[[Json, dict[str, str]], Json]] = {
    "summarize": _summarize,
    "ask": _answer,
    "reduce": _reduce,
    "revise": lambda prompt, sentences: {},
}
