"""Faults inside a completion that keeps to the API: what the model wrote is not what was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from . import wire
from .fault import Fault, Step, says, speak, table
from .writer import Writer

_ELSEWHERE = [
    "The orchard at Quillmere was sold on Friday for 4.2 million crowns.",
    "Its new owner, Petra Voss, plans to open a cider press there in 2031.",
    "The village council voted 7 to 2 for the sale.",
    "Neighbours had asked for a park.",
]
_DIGITS, _NESTED = "7" * 5_000, "[" * 100_000 + "]" * 100_000
_SENTENCES = [{"id": f"s{number}", "text": text} for number, text in enumerate(_ELSEWHERE, 1)]


def _other(call: Any) -> str:
    """Return what the writer writes about another article, to the same task."""
    prompt = {**(call.prompt or {}), "sentences": _SENTENCES, "question": "Who owns the orchard at Quillmere?"}
    claims = [{"part": "points", "text": text, "evidence": [f"s{n}"]} for n, text in enumerate(_ELSEWHERE, 1)]
    revised = [{"number": number, "evidence": [f"s{number + 1}"]} for number in range(2)]
    return Writer().reply({**prompt, "candidates": claims, "claims": revised})


def _walk(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Return a JSON value with each of its objects changed, the inner ones first."""
    if isinstance(value, list):
        return [_walk(item, change) for item in value]
    if isinstance(value, dict):
        return change({name: _walk(item, change) for name, item in value.items()})
    return value


def _each(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[str], str]:
    return lambda content: json.dumps(_walk(json.loads(content), change), ensure_ascii=True)


def _evidence(value: object) -> Callable[[str], str]:
    return _each(lambda found: {**found, "evidence": value} if "evidence" in found else found)


def _texts(change: Callable[[str], object]) -> Callable[[str], str]:
    return _each(lambda found: {**found, "text": change(found["text"])} if "text" in found else found)


def _top(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[str], str]:
    return lambda content: wire.dump(change(json.loads(content)))


def _first(content: str) -> str:
    return str(next(iter(json.loads(content))))


def _value(content: str, raw: str) -> str:
    """Return the content with its first value replaced by raw JSON."""
    return wire.dump({**json.loads(content), _first(content): "RAW"}).replace('"RAW"', raw, 1)


def _extra(content: str, raw: str) -> str:
    """Return the content with raw JSON in a field more, which a reader might as well skip."""
    return f'{{"confidence":{raw},{content[1:].lstrip()}'


def _duplicate(content: str) -> str:
    return f'{{"{_first(content)}":null,{content[1:].lstrip()}'


def _missing(content: str) -> str:
    parts = json.loads(content)
    del parts[_first(content)]
    return wire.dump(parts)


CHANGES: dict[str, Callable[[str], str]] = {
    "not_json": lambda content: "The ferry ran aground on Tuesday. I hope this helps!",
    "fenced": lambda content: f"```json\n{content}\n```",
    "fenced_plain": lambda content: f"```\n{content}\n```",
    "prose_around": lambda content: f"Here is the JSON you asked for:\n\n{content}\n\nLet me know if you need more.",
    "prose_with_braces": lambda content: f"I filled {{all}} the fields {{as asked}}: {content} {{end}}",
    "thinking": lambda content: f'<think>\nThe user wants {{"headline": …}}.\n</think>\n\n{content}',
    "content_bom": lambda content: "\ufeff" + content,
    "content_truncated": lambda content: content[: len(content) * 2 // 3],
    "content_null_word": lambda content: "null",
    "content_list": lambda content: f"[{content}]",
    "content_string": wire.dump,  # JSON inside a JSON string
    "single_quotes": lambda content: str(json.loads(content)),
    "trailing_comma": lambda content: content.rstrip()[:-1] + ",}",
    "empty_object": lambda content: "{}",
    "wrong_types": _top(lambda found: dict.fromkeys(found, 5)),
    "wrong_types_inside": _texts(lambda text: [text]),
    "nulls": _top(lambda found: dict.fromkeys(found)),
    "missing_field": _missing,
    "extra_fields": _each(lambda found: {**found, "confidence": 0.9, "note": {"by": ["model"]}}),
    "content_nan": partial(_value, raw="NaN"),
    "content_nan_extra": partial(_extra, raw="NaN"),
    "content_inf": partial(_value, raw="1e999"),
    "content_inf_extra": partial(_extra, raw="1e999"),
    "content_digits": partial(_value, raw=_DIGITS),
    "content_digits_extra": partial(_extra, raw=_DIGITS),
    "content_nested": partial(_value, raw=_NESTED),
    "content_nested_extra": partial(_extra, raw=_NESTED),
    "only_nested": lambda content: "[" * 100_000,
    "only_nested_objects": lambda content: '{"a":' * 100_000,
    "duplicate_keys": _duplicate,
    "content_surrogate": _texts(lambda text: f"{text} \ud800"),
    "nul_character": _texts(lambda text: f"{text}\x00"),
    "empty_texts": _texts(lambda text: ""),
    "long_text": _texts(lambda text: text + " and so on" * 10_000),
    "evidence_unknown": _evidence(["s999999"]),
    "evidence_zero": _evidence(["s0"]),
    "evidence_negative": _evidence(["s-1"]),
    "evidence_10_21": _evidence([f"s{10**21}"]),
    "evidence_digits": _evidence(["s" + "9" * 5_000]),
    "evidence_ints": _evidence([1, 2]),
    "evidence_text": _evidence("s1"),
    "evidence_null": _evidence(None),
    "evidence_empty": _evidence([]),
    "evidence_unicode": _evidence(["s١", "S1", " s1 ", "s01", "s²"]),
    "evidence_repeated": _evidence(["s1"] * 10_000),
    "markers_in_text": _texts(lambda text: f"{text} [1, 2]"),
}


def _by_other(change: Callable[[str, str], str]) -> Callable[[Any], list[Step]]:
    return lambda call: list(speak(call, change(call.content, _other(call))))


FAULTS = table(
    [
        *(says(name, change) for name, change in CHANGES.items()),
        Fault("other_article", _by_other(lambda content, other: other), billed=True),
        Fault("two_objects", _by_other(lambda content, other: f"{content}\n{other}"), billed=True),
        Fault("two_equal_objects", _by_other(lambda content, other: f"{content}\n{content}"), billed=True),
    ]
)
