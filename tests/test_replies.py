"""What a model wrote, read as a wire model: what is tolerated, what is not, and both in linear time."""

from __future__ import annotations

import json
import pickle
import time
from typing import Any

import llguidance
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from briefing.draft import Draft, DraftAnswer, DraftClaim, DraftQuote, DraftRevision
from briefing.errors import BadReply
from briefing.fit import MOST_CHARACTERS
from briefing.replies import Scanner, read, schema

WIRES: list[type[BaseModel]] = [Draft, DraftAnswer, DraftRevision]
CLAIM = {"text": "Rain fell.", "evidence": ["s1"]}
DRAFT: dict[str, Any] = {
    "headline": {"text": "Rain", "evidence": ["t1"]},
    "lede": CLAIM,
    "points": [CLAIM, {"text": "“Wet”, she said: {so}\\ 😀", "evidence": ["s2", "s3"]}],
    "quotes": [{"text": "It rains.", "speaker": "Ann", "evidence": ["s4"]}],
    "analysis": [],
}
WHOLE = json.dumps(DRAFT)
MEANT = Draft.model_validate(DRAFT)
FOUND = [
    ("headline", MEANT.headline),
    ("lede", MEANT.lede),
    ("points[0]", MEANT.points[0]),
    ("points[1]", MEANT.points[1]),
    ("quotes[0]", MEANT.quotes[0]),
]


def scan(pieces: list[str]) -> tuple[list[tuple[str, DraftClaim | DraftQuote]], Draft]:
    scanner = Scanner(Draft)
    found = [part for piece in pieces for part in scanner.feed(piece)]
    return found, scanner.close()


# --- the schema


def levels(node: object) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [level for each in node for level in levels(each)]
    if not isinstance(node, dict):
        return []
    return [node, *(level for each in node.values() for level in levels(each))]


@pytest.mark.parametrize("kind", WIRES)
def test_schema_is_strict(kind: type[BaseModel]) -> None:
    for level in levels(schema(kind)):
        assert not {"$ref", "$defs", "default", "title", "description"} & level.keys()
        if level.get("type") == "object":
            assert level["additionalProperties"] is False
            assert level["required"] == list(level["properties"])
    assert list(schema(kind)["properties"]) == list(kind.model_fields)  # type: ignore[call-overload]


@pytest.mark.parametrize("kind", WIRES)
def test_schema_compiles(kind: type[BaseModel]) -> None:
    grammar = llguidance.grammar_from("json_schema", json.dumps(schema(kind)))
    assert llguidance.LLMatcher.validate_grammar(grammar) == ""


def test_a_wrong_schema_does_not_compile() -> None:
    wrong = json.dumps(schema(Draft)).replace('"string"', '"strang"')
    assert llguidance.LLMatcher.validate_grammar(llguidance.grammar_from("json_schema", wrong))


def test_schema_of_an_enumeration() -> None:
    assert schema(DraftAnswer)["properties"]["status"] == {  # type: ignore[index]
        "type": "string",
        "enum": ["answered", "partly", "not_in_sources"],
    }


def test_schema_cannot_be_spoilt() -> None:
    schema(Draft)["properties"]["lede"].clear()  # type: ignore[index]
    assert schema(Draft)["properties"]["lede"]["type"] == "object"  # type: ignore[index]


# --- what is read


AROUND = {
    "bare": WHOLE,
    "pretty": json.dumps(DRAFT, indent=2, ensure_ascii=False),
    "byte order mark": "\ufeff" + WHOLE,
    "fence": f"```json\n{WHOLE}\n```",
    "prose": f"Sure! Here is the {{briefing}} you asked for:\n\n{WHOLE}\n\nLet me know {{if}} it helps :-}} {{",
    "thoughts": f'<think>I begin with {{"headline": ... and then {{"lede": {{</think>\n{WHOLE}',
    "braces doubled": f"{{{WHOLE}}}",
    "in a list": f"[{WHOLE}]",
    "twice the same": f"{WHOLE}\n{WHOLE}",
    "beside another": f'{{"note": 1}} {WHOLE} {{"done": true}}',
    "beside one without fields": f"{{}} {WHOLE}",
    "extra fields": json.dumps({**DRAFT, "confidence": 0.5, "lede": {**CLAIM, "id": [1, {"a": None}]}}),
    "extra NaN": WHOLE[:-1] + ', "confidence": NaN, "most": [Infinity, -Infinity, 1e999999]}',
    "extra long integer": WHOLE[:-1] + f', "confidence": {"9" * 5000}}}',
    "list missing": json.dumps({key: value for key, value in DRAFT.items() if key != "analysis"}),
    "list null": json.dumps({**DRAFT, "analysis": None}),
}


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND)
def test_read_what_surely_means_the_same(text: str) -> None:
    assert read(text, Draft) == MEANT


@pytest.mark.parametrize("text", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("size", [1, 2, 7, 100_000])
def test_scan_what_surely_means_the_same(text: str, size: int) -> None:
    assert scan([text[i : i + size] for i in range(0, len(text), size)]) == (FOUND, MEANT)


IDS: list[tuple[str, object, list[str]]] = [
    ("normal", ["s3", "t1"], ["s3", "t1"]),
    ("integer", [3, 0, -1, 10**21], ["s3", "s0", "s-1", "s1" + "0" * 21]),
    ("upper case", ["S3", "T1"], ["s3", "t1"]),
    ("blanks and brackets", [" [s3] "], ["s3"]),
    ("two in one", ["s3, s4"], ["s3", "s4"]),
    ("digits", ["3", "03", "s0", "00"], ["s3", "s3", "s0", "s0"]),
    ("one text", "[s3][s4]", ["s3", "s4"]),
    ("one integer", 3, ["s3"]),
    ("null", None, []),
    ("empty", ["", " "], []),
    ("of nothing", ["x9", "s١", "s1.5"], ["x9", "s١", "s1.5"]),
    ("many digits", ["s" + "9" * 5000], ["s" + "9" * 5000]),
]


@pytest.mark.parametrize(("written", "ids"), [row[1:] for row in IDS], ids=[row[0] for row in IDS])
def test_ids(written: object, ids: list[str]) -> None:
    text = json.dumps({"status": "answered", "claims": [{"text": "x", "evidence": written}], "missing": ""})
    assert read(text, DraftAnswer).claims[0].evidence == ids


TEXTS = {
    "pair of surrogates": (r"\ud83d\ude00", "😀"),
    "high alone": (r"a\ud800b", "a\ufffdb"),
    "low alone": (r"a\udc00", "a\ufffd"),
    "wrong order": (r"\ude00\ud83d", "\ufffd\ufffd"),
    "not an escape": (r"\\ud800", r"\ud800"),
    "raw": ("a\ud800", "a\ufffd"),
    "line break as it stands": ("a\nb", "a\nb"),
}


@pytest.mark.parametrize(("written", "meant"), TEXTS.values(), ids=TEXTS)
def test_texts(written: str, meant: str) -> None:
    text = WHOLE.replace("Rain fell.", written)
    assert read(text, Draft).lede.text == meant
    found, whole = scan(list(text))
    assert dict(found)["lede"] == whole.lede == read(text, Draft).lede
    whole.model_dump_json().encode()


def test_optional_texts() -> None:
    assert read('{"status": "not_in_sources"}', DraftAnswer).missing == ""
    assert read('{"status": "partly", "missing": null}', DraftAnswer).missing == ""
    revised = read('{"claims": [{"number": 0, "text": "", "evidence": []}]}', DraftRevision)
    assert revised.claims[0].speaker == ""


# --- what is not read


def draft(**other: object) -> str:
    return json.dumps({**DRAFT, **other})


BAD: list[tuple[str, str, str]] = [
    ("nothing", "", "empty"),
    ("blanks", " \n\ufeff ", "empty"),
    ("page", "<!DOCTYPE html><html><body>Bad gateway {x}</body></html>", "html"),
    ("page with an object", '\n<html><script>{"a": 1}</script></html>', "html"),
    ("prose", "I am sorry, I cannot do that.", "not_json"),
    ("fence only", "```json\n```", "not_json"),
    ("truncated", WHOLE[:-1], "not_json"),
    ("truncated in a text", WHOLE[:70], "not_json"),
    ("truncated after another", '{"note": 1} ' + WHOLE[:70], "not_json"),
    ("trailing comma", WHOLE[:-1] + ",}", "not_json"),
    ("wrong escape", WHOLE.replace("Rain fell.", r"\x41"), "not_json"),
    ("word that is none", WHOLE[:-1] + ', "a": nil}', "not_json"),
    ("object in a text", json.dumps(WHOLE), "schema"),
    ("null", "null", "schema"),
    ("list", "[]", "schema"),
    ("number", "42", "schema"),
    ("empty object", "{}", "schema"),
    ("error object", '{"error": {"message": "overloaded"}}', "schema"),
    ("wrapped", json.dumps({"briefing": DRAFT}), "schema"),
    ("no lede", json.dumps({key: value for key, value in DRAFT.items() if key != "lede"}), "schema"),
    ("lede a text", draft(lede="Rain fell."), "schema"),
    ("lede null", draft(lede=None), "schema"),
    ("lede a list", draft(lede=[CLAIM]), "schema"),
    ("points an object", draft(points=CLAIM), "schema"),
    ("point a text", draft(points=["Rain fell."]), "schema"),
    ("point null", draft(points=[None]), "schema"),
    ("text a number", draft(points=[{"text": 1, "evidence": []}]), "schema"),
    ("text missing", draft(points=[{"evidence": []}]), "schema"),
    ("speaker missing", draft(quotes=[CLAIM]), "schema"),
    ("id a boolean", draft(points=[{"text": "x", "evidence": [True]}]), "schema"),
    ("id a fraction", draft(points=[{"text": "x", "evidence": [1.0]}]), "schema"),
    ("id NaN", WHOLE.replace('["s1"]', "[NaN]"), "schema"),
    ("id of 5,000 digits", WHOLE.replace('["s1"]', f"[{'9' * 5000}]"), "schema"),
    ("id a list", draft(points=[{"text": "x", "evidence": [["s1"]]}]), "schema"),
    ("evidence an object", draft(points=[{"text": "x", "evidence": {"id": "s1"}}]), "schema"),
    ("key twice", WHOLE[:-1] + ', "analysis": []}', "schema"),
    ("key twice within", WHOLE.replace('"text": "Rain fell."', '"text": "x", "text": "Rain fell."'), "schema"),
    ("two that fit", f"{WHOLE} {draft(lede={'text': 'Snow fell.', 'evidence': []})}", "schema"),
    ("too many objects", '{"a": 1}' * 101 + WHOLE, "schema"),
    ("too large", WHOLE + " " * MOST_CHARACTERS, "too_large"),
]


@pytest.mark.parametrize(("text", "kind"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_read_raises(text: str, kind: str) -> None:
    with pytest.raises(BadReply) as caught:
        read(text, Draft)
    assert caught.value.kind == kind


@pytest.mark.parametrize("size", [1, 5, MOST_CHARACTERS])
@pytest.mark.parametrize(("text", "kind"), [row[1:] for row in BAD[:-1]], ids=[row[0] for row in BAD[:-1]])
def test_scan_raises(text: str, kind: str, size: int) -> None:
    with pytest.raises(BadReply) as caught:
        scan([text[i : i + size] for i in range(0, len(text), size)])
    assert caught.value.kind == kind


OTHERS: list[tuple[str, str, type[BaseModel]]] = [
    ("status unknown", '{"status": "maybe", "claims": [], "missing": ""}', DraftAnswer),
    ("status missing", '{"claims": [], "missing": ""}', DraftAnswer),
    ("missing a number", '{"status": "partly", "claims": [], "missing": 1}', DraftAnswer),
    ("number a text", '{"claims": [{"number": "0", "text": "x", "speaker": "", "evidence": []}]}', DraftRevision),
    ("number a boolean", '{"claims": [{"number": true, "text": "x", "speaker": "", "evidence": []}]}', DraftRevision),
    ("number missing", '{"claims": [{"text": "x", "speaker": "", "evidence": []}]}', DraftRevision),
    ("revision of nothing", '{"error": "overloaded"}', DraftRevision),
]


@pytest.mark.parametrize(("text", "kind"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS])
def test_other_wires_raise(text: str, kind: type[BaseModel]) -> None:
    with pytest.raises(BadReply) as caught:
        read(text, kind)
    assert caught.value.kind == "schema"


def test_messages_hold_no_text_of_the_reply() -> None:
    rows: list[tuple[type[BaseModel], str]] = [
        (Draft, draft(lede={"text": ["Zanzibar"], "evidence": []})),
        (Draft, '{"Zanzibar": 1, "lede": {"Zanzibar": 2}}'),
        (Draft, "Zanzibar"),
        (DraftAnswer, '{"status": "Zanzibar"}'),
    ]
    for kind, text in rows:
        with pytest.raises(BadReply) as caught:
            read(text, kind)
        message = str(caught.value)
        assert "Zanzibar" not in message + repr(caught.value)
        assert message.endswith(("another model.", "JSON schema."))
        assert str(pickle.loads(pickle.dumps(caught.value))) == message  # noqa: S301
        assert caught.value.retryable


def test_a_message_says_where() -> None:
    with pytest.raises(BadReply, match=r"points\[1\]\.text is missing or has the wrong type"):
        read(draft(points=[CLAIM, {"text": 1, "evidence": []}]), Draft)


MANY = 200_000
HOSTILE = {
    "open braces": "{" * MANY,
    "open braces, keys": '{"a":' * (MANY // 5),
    "lists": "[" * MANY,
    "lists in a field": '{"points":' + "[" * MANY,
    "deep and closed": '{"points":' + "[" * (MANY // 2) + "]" * (MANY // 2) + "}",
    "quotation marks": '{"' * (MANY // 2),
    "backslashes": '{"a":"' + "\\" * MANY,
    "blanks": '{"a"' + " " * MANY,
    "empty objects": "{}" * (MANY // 2),
    "objects": '{"a":1}' * (MANY // 7),
    "headlines": '{"headline":{"text":"","evidence":[]}}' * (MANY // 38),
    "commas": '{"a":[' + "1," * (MANY // 2),
    "digits": '{"a":' + "9" * MANY + "}",
    "many integers": '{"a":[' + ",".join(["9" * 4000] * (MANY // 4001)) + "]}",
    "one id": '{"status":"partly","claims":[{"text":"","evidence":"' + "0" * MANY + '"}]}',
    "blanks in a page": "\n" * MANY + "<",
    "surrogates": "\ud800" * MANY,
    "escapes": '{"headline":"' + r"\ud800" * (MANY // 6) + '"}',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_replies_take_linear_time(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(BadReply):
        read(text, Draft)
    with pytest.raises(BadReply):
        scan([text[i : i + 3] for i in range(0, len(text), 3)])
    assert time.process_time() - begun < 10  # quadratic would be hours; on a free core it is well below a second


def test_a_long_reply_is_scanned_in_linear_time() -> None:
    many = {**DRAFT, "points": [{"text": f"{number} " + "rain " * 20, "evidence": [number]} for number in range(1500)]}
    text = json.dumps(many)
    begun = time.process_time()
    found, whole = scan(list(text))
    assert len(found) == 1503
    assert len(text) > 200_000
    assert [part for where, part in found if where.startswith("points")] == whole.points
    assert time.process_time() - begun < 10


# --- the scanner


def test_scan_cut_anywhere() -> None:
    for at in range(len(WHOLE) + 1):
        assert scan([WHOLE[:at], "", WHOLE[at:]]) == (FOUND, MEANT), at


def test_a_claim_is_there_as_soon_as_its_brace_is() -> None:
    scanner = Scanner(Draft)
    end = WHOLE.index("}") + 1
    assert list(scanner.feed(WHOLE[: end - 1])) == []
    assert list(scanner.feed("}")) == FOUND[:1]
    with pytest.raises(BadReply) as caught:
        scanner.close()
    assert caught.value.kind == "not_json"


def test_a_bad_claim_raises_after_the_good_ones_before_it() -> None:
    scanner = Scanner(Draft)
    parts = scanner.feed(draft(points=[CLAIM, {"text": 1, "evidence": []}]))
    assert [next(parts) for _ in range(3)] == FOUND[:3]
    with pytest.raises(BadReply, match=r"points\[1\]\.text") as caught:
        next(parts)
    assert caught.value.kind == "schema"


def test_claims_of_an_answer() -> None:
    scanner = Scanner(DraftAnswer)
    text = json.dumps({"status": "answered", "claims": [CLAIM], "missing": ""})
    assert list(scanner.feed(text)) == [("claims[0]", DraftClaim.model_validate(CLAIM))]
    assert scanner.close().missing == ""


def test_scanner_reads_no_more_than_is_read() -> None:
    scanner = Scanner(Draft)
    list(scanner.feed(" " * MOST_CHARACTERS))
    with pytest.raises(BadReply) as caught:
        scanner.feed(" ")
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize(
    ("before", "where"),
    [
        ({"headline": {"text": "Snow", "evidence": []}}, "headline"),
        ({"analysis": [CLAIM]}, "begin like a reply"),
    ],
)
def test_claims_of_an_object_that_was_not_the_reply(before: object, where: str) -> None:
    assert read(json.dumps(before) + WHOLE, Draft) == MEANT
    with pytest.raises(BadReply, match=where):
        scan([json.dumps(before) + WHOLE])


@pytest.mark.parametrize("key", [r"l\u0065de", "x", r"\x"])
def test_keys_as_they_are_written(key: str) -> None:
    text = WHOLE.replace('"lede"', f'"{key}"')
    if key.startswith("l"):
        assert scan(list(text)) == (FOUND, MEANT)
    else:
        with pytest.raises(BadReply):
            scan(list(text))


LETTERS = st.text(st.characters(codec="utf-8") | st.sampled_from('{}[]",:\\ \n😀'), max_size=12)
CLAIMS = st.builds(DraftClaim, text=LETTERS, evidence=st.lists(st.sampled_from(["s1", "s20", "t1"]), max_size=3))
QUOTES = st.builds(DraftQuote, text=LETTERS, speaker=LETTERS, evidence=st.just(["s1"]))
DRAFTS = st.builds(
    Draft,
    headline=CLAIMS,
    lede=CLAIMS,
    points=st.lists(CLAIMS, max_size=3),
    quotes=st.lists(QUOTES, max_size=2),
    analysis=st.lists(CLAIMS, max_size=2),
)
PROSE = st.text(st.characters(codec="utf-8", exclude_characters="{"), max_size=8)


@settings(max_examples=300, deadline=None)
@given(DRAFTS, PROSE, PROSE, st.booleans(), st.sampled_from([None, 2]), st.data())
def test_scan_equals_read(
    meant: Draft, before: str, after: str, ascii_only: bool, indent: int | None, data: st.DataObject
) -> None:
    text = before + json.dumps(meant.model_dump(), ensure_ascii=ascii_only, indent=indent) + after
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    found, whole = scan(pieces)
    assert read(text, Draft) == whole == meant
    expected: list[object] = [meant.headline, meant.lede, *meant.points, *meant.quotes, *meant.analysis]
    assert [part for _, part in found] == expected


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('{}[]",:\\ \nau1-0{"":') | st.characters(), max_size=60))
def test_nothing_untyped_is_raised(text: str) -> None:
    for kind in WIRES:
        try:
            read(text, kind)
        except BadReply:
            continue
