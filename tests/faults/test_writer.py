"""The scripted writer reads its prompt, is faithful, and lies where told to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.faults import Writer
from tests.faults.client import SENTENCES, SUMMARIZE
from tests.faults.writer import spoken


def written(prompt: dict[str, object], **more: Any) -> Any:
    return json.loads(Writer(**more).reply(prompt))


def test_the_writer_writes_a_faithful_draft() -> None:
    draft = written(SUMMARIZE)
    texts = {sentence["id"]: sentence["text"] for sentence in SENTENCES}
    claims = [draft["headline"], draft["lede"], *draft["points"]]
    assert [claim["evidence"] for claim in claims] == [["t1"], ["s1"], ["s2"], ["s3"]]
    assert all(claim["text"] == texts[claim["evidence"][0]] for claim in claims)
    assert draft["quotes"] == [{"text": "We heard a bang", "speaker": "Maria López", "evidence": ["s2"]}]
    assert draft["analysis"] == []
    assert len(written({**SUMMARIZE, "most_points": 0})["points"]) == 0


SPOKEN = [
    ("“We heard a bang,” said Maria López, the captain.", ("We heard a bang", "Maria López")),
    ("Mayor Tom Hale said: “Nobody was hurt.”", ("Nobody was hurt.", "Mayor Tom Hale")),
    ('"It is safe," Hale said on Monday.', ("It is safe", "Hale")),
    ("He said “nobody was hurt” on Tuesday.", None),
    ("The so-called “ghost ferry” sank.", None),
]


@pytest.mark.parametrize(("text", "found"), SPOKEN, ids=[row[0][:20] for row in SPOKEN])
def test_who_plainly_said_what(text: str, found: tuple[str, str] | None) -> None:
    assert spoken(text) == found


QUESTIONS = [
    ("How many tonnes of oil have divers found?", "answered", ["s4"]),
    ("Who won the football cup in Lisbon?", "not_in_sources", None),
]


@pytest.mark.parametrize(("question", "status", "cited"), QUESTIONS, ids=[row[1] for row in QUESTIONS])
def test_the_writer_answers(question: str, status: str, cited: list[str] | None) -> None:
    answer = written({"task": "ask", "question": question, "sentences": SENTENCES})
    assert answer["status"] == status
    assert [claim["evidence"] for claim in answer["claims"]] == ([cited] if cited else [])


FALSE = {"number": 3, "text": "It carried 900 people.", "evidence": ["s1"], "problems": ["figure"]}
REVISED: list[tuple[str, list[tuple[int, str, list[str]]]]] = [
    ("faithfully", [(3, SENTENCES[1]["text"], ["s1"])]),
    ("repeats", [(3, FALSE["text"], ["s1"])]),  # type: ignore[list-item]
    ("no_evidence", [(3, FALSE["text"], [])]),  # type: ignore[list-item]
    ("true_without_evidence", [(3, SENTENCES[1]["text"], [])]),
    ("withdraws", [(3, "", [])]),
    ("silent", []),
]


@pytest.mark.parametrize(("how", "expected"), REVISED, ids=[row[0] for row in REVISED])
def test_the_writer_revises(how: str, expected: list[tuple[int, str, list[str]]]) -> None:
    revised = written({"task": "revise", "claims": [FALSE], "sentences": SENTENCES}, revises=how)
    assert [(c["number"], c["text"], c["evidence"]) for c in revised["claims"]] == expected


def test_the_writer_reduces() -> None:
    texts = ["One.", "Two.", "One.", "Three."]
    candidates = [{"part": "points", "text": text, "evidence": [f"s{n}"]} for n, text in enumerate(texts)]
    candidates.append({"part": "lede", "text": "First.", "evidence": ["s9"]})
    draft = written({"task": "reduce", "most_points": 2, "candidates": candidates})
    assert draft["lede"] == {"text": "First.", "evidence": ["s9"]}
    assert [claim["text"] for claim in draft["points"]] == ["One.", "Two."]


TOLD = [
    # lie, where, the part of the claim that is false, or None where it does not fit
    ("figure", "lede", "text", "215 people aboard"),
    ("figure", "points[0]", "text", None),
    ("name", "lede", "text", "off Maria López on"),
    ("commitment", "points[1]", "text", "signed a new route"),
    ("hedge", "points[2]", "text", "found 3 tonnes"),
    ("negation", "points[2]", "text", "have not found"),
    ("speaker", "quotes", "speaker", "Port Alder"),
    ("evidence", "lede", "evidence", "s5"),
    ("no_evidence", "lede", "evidence", "[]"),
]


@pytest.mark.parametrize(("lie", "where", "part", "false"), TOLD, ids=[f"{row[0]} in {row[1]}" for row in TOLD])
def test_lies(lie: str, where: str, part: str, false: str | None) -> None:
    prompt = {**SUMMARIZE, "most_points": 3}
    writer = Writer(lies={where: lie})
    draft = json.loads(writer.reply(prompt))
    if false is None:
        assert draft == written(prompt) and not writer.told
        return
    (told,) = writer.told
    assert told.path.startswith(where) and told.before[part] != told.after[part]
    assert false in str(told.after[part])
    assert json.dumps(told.after) in json.dumps(draft)
