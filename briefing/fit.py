"""From the text of one JSON object to the wire model that it fits: each field put right where that is safe."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from .draft import DraftAnswer, RevisedClaim
from .errors import BadReply, BadReplyKind

Wire = TypeVar("Wire", bound=BaseModel)
#: A reply longer than this, in characters, is not read: ten times what the longest briefing needs.
MOST_CHARACTERS = 250_000
# The texts that may be missing, because the prompts ask for them only where there is something to say.
_OPTIONAL = {(DraftAnswer, "missing"), (RevisedClaim, "speaker")}

_WRONG: dict[BadReplyKind, str] = {
    "empty": "The reply has no text: try again, or use another model.",
    "html": "The reply is a web page: check that base_url is the address of the API and that no proxy answers for it.",
    "not_json": "The reply holds no complete JSON object: try again, or use a server that enforces a JSON schema.",
    "too_large": f"The reply is longer than {MOST_CHARACTERS:,} characters: lower the limit of output tokens.",
}


def bad(kind: BadReplyKind) -> BadReply:
    """Return the error for a reply in which nothing could be looked at."""
    return BadReply(_WRONG[kind], kind)


def misfit(what: str) -> BadReply:
    """Return the error for a reply of another shape."""
    return BadReply(f"The reply does not fit the schema: {what}. Try again, or use another model.", "schema")


def fit(text: str, kind: type[Wire], where: str = "") -> Wire:
    """Return the wire model of the text of one JSON object."""
    try:
        # strict=False takes a line break inside a string as it stands, which smaller models write.
        value = json.loads(text, object_pairs_hook=_object, parse_int=_integer, strict=False)
    except ValueError:
        raise bad("not_json") from None
    return _shaped(value, kind, where)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # JSON leaves open which of two equal keys counts, and a stream has shown the first when the last one comes.
    made = dict(pairs)
    if len(made) < len(pairs):
        raise misfit("one of its objects has a key twice")
    return made


def _integer(digits: str) -> int | float:
    # int() refuses more than 4,300 digits; as a float the number has the wrong type for every field.
    return int(digits) if len(digits) < 100 else float(digits)


def _shaped(value: object, kind: type[Wire], where: str) -> Wire:
    try:
        return kind.model_validate(_cleaned(value, kind, where))
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"]))
        raise misfit(f"{f'{where}.' if where else ''}{place} has a value that it may not have") from None


def _cleaned(value: object, kind: type[BaseModel], where: str) -> dict[str, object]:
    """Return an object with each field filled, and with none that the wire model does not have."""
    if not isinstance(value, dict):
        raise misfit(f"{where or 'it'} is no object")
    fields = _fields(kind)
    if not any(field.name in value for field in fields):
        raise misfit(f"{where or 'its object'} has none of the fields {', '.join(kind.model_fields)}")
    inside = f"{where}." if where else ""
    given: dict[str, object] = {}
    for field in fields:
        one = value.get(field.name)
        given[field.name] = "" if one is None and field.optional else _filled(one, field, inside + field.name)
    return given


class _Field(NamedTuple):
    """A field of a wire model: what it holds, one or a list of them."""

    name: str
    holds: type
    listed: bool
    optional: bool


@lru_cache(maxsize=16)
def _fields(kind: type[BaseModel]) -> tuple[_Field, ...]:
    return tuple(
        _Field(
            name,
            (get_args(field.annotation) or (field.annotation,))[0],
            get_origin(field.annotation) is list,
            (kind, name) in _OPTIONAL,
        )
        for name, field in kind.model_fields.items()
    )


def _filled(value: object, field: _Field, where: str) -> object:
    """Return a value of the type that a field holds."""
    if not field.listed:
        return _one(value, field.holds, where)
    if field.holds is str:
        return _ids(value, where)
    if not isinstance(value, list | None):
        raise misfit(f"{where} is no list")
    return [_one(each, field.holds, f"{where}[{number}]") for number, each in enumerate(value or ())]


def _one(value: object, holds: type, where: str) -> object:
    if issubclass(holds, BaseModel):
        return _cleaned(value, holds, where)
    # `type`, not isinstance: true is an int in Python and not in JSON.
    if type(value) is not (int if holds is int else str):
        raise misfit(f"{where} is missing or has the wrong type")
    return _LONE.sub("\ufffd", value) if isinstance(value, str) else value


_LONE = re.compile("[\ud800-\udfff]")
_PARTS = re.compile(r"[^\s,;\[\]()]+")
_ID = re.compile(r"([sStT]?)0*+([0-9]+)|([sStT]?)0+")


def _ids(value: object, where: str) -> list[str]:
    """Return ids of sentences, written in whichever way: `3`, `"S3"`, `"[s3]"`, `"s3, s4"`."""
    ids: list[str] = []
    for each in value if isinstance(value, list) else [] if value is None else [value]:
        if type(each) is int:
            ids.append(f"s{each}")
        elif isinstance(each, str) and each[:1] in ("s", "t") and each[1:].isdecimal() and each.isascii():
            ids.append(each if each[1] != "0" else _id(each))  # as nearly all are
        elif isinstance(each, str):
            ids.extend(_id(part) for part in _PARTS.findall(each))
        else:
            raise misfit(f"{where} is no list of sentence ids")
    return ids


def _id(written: str) -> str:
    parts = _ID.fullmatch(written)
    if parts is None:
        return _LONE.sub("\ufffd", written)  # the id of no sentence: the checks say so
    return (parts[1] or parts[3] or "s").lower() + (parts[2] or "0")
