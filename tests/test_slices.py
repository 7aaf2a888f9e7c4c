"""Slices: every sentence once, in order, within the room, whatever the sentences are."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.document import Document
from briefing.draft import Draft, DraftClaim, DraftQuote
from briefing.engines import candidates, slices
from briefing.engines.candidates import Part
from briefing.engines.slices import Row, tokens

# Letters only: without one a text is no sentence. The length of the JSON is what a token costs at most.
TEXTS = st.lists(st.text(st.sampled_from('aé水 "\\\n{}'), min_size=1, max_size=60), min_size=1, max_size=40)
ROOMS = st.integers(min_value=40, max_value=400)


def rows_of(texts: Sequence[str]) -> list[Row]:
    return [slices.row({"id": f"s{n}", "text": text}, len) for n, text in enumerate(texts, start=1)]


@given(TEXTS, ROOMS)
def test_slices_hold_every_sentence_once_in_order_and_fit(texts: list[str], room: int) -> None:
    cut = slices.cut(rows_of(texts), room, len)
    sent = [row.entry for part in cut for row in part]
    assert [entry["id"] for entry in sent] == [f"s{n}" for n in range(1, len(texts) + 1)]
    assert all(part and tokens(part) <= room for part in cut)
    for entry, text in zip(sent, texts, strict=True):
        assert text.startswith(entry["text"])
        if slices.row({**entry, "text": text}, len).tokens <= room:
            assert entry["text"] == text


@given(TEXTS, ROOMS)
def test_there_are_no_more_slices_than_when_each_is_filled(texts: list[str], room: int) -> None:
    filled, left = 0, 0
    for row in (slices.shortened(row, room, len) for row in rows_of(texts)):
        filled, left = (filled, left) if row.tokens <= left else (filled + 1, room)
        left -= row.tokens
    assert len(slices.cut(rows_of(texts), room, len)) <= filled


@given(TEXTS, ROOMS, st.randoms())
def test_what_is_picked_fits_and_is_in_order(texts: list[str], room: int, random: object) -> None:
    rows = rows_of(texts)
    order = list(range(len(rows)))
    random.shuffle(order)  # type: ignore[attr-defined]
    picked = slices.pick(order, rows, room, len)
    assert list(picked) == sorted(picked)
    assert tokens(picked.values()) <= room
    if tokens(rows) <= room:
        assert list(picked.values()) == rows
    elif rows[order[0]].tokens <= room:
        assert order[0] in picked


@pytest.mark.parametrize("text", ["word " * 200_000, "x" * 1_000_000, "水" * 300_000, '"' * 500_000], ids=ascii)
def test_of_a_sentence_without_end_the_beginning_is_sent(text: str) -> None:
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return len(text)

    [[row]] = slices.cut([slices.row({"id": "s1", "text": text}, count)], 1000, count)
    assert text.startswith(row.entry["text"])
    assert 400 < row.tokens <= 1000
    assert counted < 2.1 * len(json.dumps(text, ensure_ascii=False))


def test_a_sentence_is_shortened_at_a_word() -> None:
    row = slices.shortened(rows_of(["The bridge will cost $4,000,000 in all."])[0], 55, len)
    assert row.entry["text"] in {"The bridge will", "The bridge will cost"}


EMPTY = DraftClaim(text="", evidence=[])


def draft(lede: DraftClaim = EMPTY, points: Sequence[DraftClaim] = (), quotes: Sequence[DraftQuote] = ()) -> Draft:
    return Draft(headline=lede, lede=lede, points=list(points), quotes=list(quotes), analysis=[])


def claim(text: str, *evidence: str) -> DraftClaim:
    return DraftClaim(text=text, evidence=list(evidence))


@pytest.mark.parametrize(
    ("given_claim", "kept"),
    [
        (claim("It rained.", "s1"), True),
        (claim("It rained.", "s1", "s2"), True),
        (claim("It rained."), False),
        (claim(" . ", "s1"), False),
        (claim("It rained.", "s9"), False),
        (claim("It rained.", "s1", "s9"), False),
        (claim("“The lede.”", "s1"), False),
        (claim("The lede was another.", "s1"), True),
    ],
    ids=["known", "two known", "no evidence", "no text", "unknown", "one unknown", "said before", "not said before"],
)
def test_candidates_are_claims_that_can_hold(given_claim: DraftClaim, kept: bool) -> None:
    [own] = candidates.candidates([Part(("s1", "s2"), draft(claim("The lede", "s1"), [given_claim]))], len)
    assert [row.entry["text"] for row in own] == ["The lede", *([given_claim.text] if kept else [])]


def test_a_candidate_has_the_shape_of_the_contract() -> None:
    spoken = DraftQuote(text="We \x00left", speaker="Ann\u202e Lee", evidence=["s2", "s2"])
    [own] = candidates.candidates([Part(("s1", "s2"), draft(claim("They left.", "s1"), quotes=[spoken]))], len)
    assert [row.entry for row in own] == [
        {"part": "lede", "text": "They left.", "evidence": ["s1"]},
        {"part": "quotes", "text": "We left", "speaker": "Ann Lee", "evidence": ["s2"]},
    ]


SLICES = 30
LONG = Document.read(" ".join(f"The council of town {n} met on bridge number {n}." for n in range(1, SLICES * 4 + 1)))


def drafted() -> list[Part]:
    parts = []
    for n in range(SLICES):
        ids = tuple(f"s{4 * n + k}" for k in range(1, 5))
        points = [claim(f"Point {k} of part {n}" + " on defense" * (n == 20), ids[k]) for k in (0, 1, 2)]
        quote = DraftQuote(text=f"Said in part {n}", speaker="Ann", evidence=[ids[3]])
        parts.append(Part(ids, draft(claim(f"Lede of part {n}", ids[0]), points, [quote])))
    return parts


@pytest.mark.parametrize("room", [300, 900, 3000])
@pytest.mark.parametrize("focus", [None, "defense"])
def test_the_best_candidates_fit_and_are_fair(room: int, focus: str | None) -> None:
    chosen = candidates.best(candidates.candidates(drafted(), len), LONG, focus, room, len)
    entries = [row.entry for row in chosen]
    assert tokens(chosen) <= room
    assert tokens(chosen) > 0.6 * room
    place = {sentence.id: n for n, sentence in enumerate(LONG.sentences)}
    starts = [place[entry["evidence"][0]] // 4 for entry in entries]
    assert starts == sorted(starts)
    if focus:
        assert any("on defense" in entry["text"] for entry in entries)
    elif room > 300:
        parts = [entry["part"] for entry in entries]
        assert set(parts) >= {"lede", "points", "quotes"}
        assert len(set(starts)) > len(starts) / 3  # nobody speaks for all


def test_claims_are_grouped_with_what_they_want() -> None:
    rows = rows_of(["a" * 20] * 10)
    claims = [Row({"number": n}, 30) for n in range(4)]
    groups = slices.grouped(claims, [[0, 1], [1, 2], [9], []], rows, 250, 70, len)
    assert [(numbers, [row.entry["id"] for row in given]) for numbers, given in groups] == [
        ([0, 1], ["s1", "s2", "s3"]),
        ([2], ["s10"]),
    ]
