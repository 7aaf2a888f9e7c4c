r"""From the text that a model wrote to the wire model: the JSON schema that it is asked to fit, and its reply read.

A schema may have been enforced, promised or ignored, so a reply is text from outside. What surely means the same as a
good reply is read as one: prose, a code fence or a byte order mark around the object, an id as `3` or `"[S3]"`, a list
that is missing. Whatever else does not fit is a BadReply that says what was wrong and repeats nothing of the reply.

Objects are found by one walk over the text, in time linear in its length whatever it holds: an object that goes wrong
is given up where it went wrong, and the search goes on from there, never again from its start. `Scanner` takes the
same walk piece by piece, so that each claim of a reply is there as soon as its last brace is.

>>> read('Here it is:\n```json\n{"status": "answered", "claims": [{"text": "Rain fell.", "evidence": [3]}]}\n```',
...      DraftAnswer)
DraftAnswer(status=<Status.ANSWERED: 'answered'>, claims=[DraftClaim(text='Rain fell.', evidence=['s3'])], missing='')
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

from .draft import DraftAnswer, DraftClaim, DraftQuote, RevisedClaim
from .errors import BadReply, BadReplyKind
from .walk import Walk

#: A reply longer than this, in characters, is not read: ten times what the longest briefing needs.
MOST_CHARACTERS = 250_000

_FEW_BRACKETS = 500  # with fewer no nesting is deep
_MOST_OBJECTS = 100  # beside the one reply: a text with more objects than this is no prose round a reply

# The texts that may be missing, because the prompts ask for them only where there is something to say.
_OPTIONAL = {(DraftAnswer, "missing"), (RevisedClaim, "speaker")}

_WRONG: dict[BadReplyKind, str] = {
    "empty": "The reply has no text: try again, or use another model.",
    "html": "The reply is a web page: check that base_url is the address of the API and that no proxy answers for it.",
    "not_json": "The reply holds no complete JSON object: try again, or use a server that enforces a JSON schema.",
    "too_large": f"The reply is longer than {MOST_CHARACTERS:,} characters: lower the limit of output tokens.",
}

Wire = TypeVar("Wire", bound=BaseModel)
Part = DraftClaim | DraftQuote


def _bad(kind: BadReplyKind) -> BadReply:
    return BadReply(_WRONG[kind], kind)


def _misfit(what: str) -> BadReply:
    return BadReply(f"The reply does not fit the schema: {what}. Try again, or use another model.", "schema")


def schema(kind: type[BaseModel]) -> dict[str, object]:
    """Return the strict JSON schema of a wire model, the caller's own copy.

    Nothing in it refers to anything else (`$ref`): OpenAI and vLLM take either, but llama.cpp's server did not
    resolve references of a `response_format` before 2026 (its pull request 21699).
    """
    return cast("dict[str, object]", json.loads(_schema(kind)))


@lru_cache(maxsize=16)
def _schema(kind: type[BaseModel]) -> str:
    whole = kind.model_json_schema()
    return json.dumps(_strict(whole, whole.get("$defs", {})))


def _strict(node: dict[str, Any], named: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in node:
        return _strict(named[node["$ref"].rpartition("/")[2]], named)
    kept = {key: value for key, value in node.items() if key in ("type", "enum", "items", "properties")}
    if "items" in kept:
        kept["items"] = _strict(kept["items"], named)
    if "properties" in kept:
        kept["properties"] = {name: _strict(value, named) for name, value in kept["properties"].items()}
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept


def read(text: str, kind: type[Wire]) -> Wire:
    """Return the wire model that a reply holds; raises BadReply: empty, html, not_json, schema or too_large.

    Of several JSON objects in the text it is the one that fits, if exactly one does.
    """
    if len(text) > MOST_CHARACTERS:
        raise _bad("too_large")
    whole = text.strip("\ufeff \t\r\n")
    if not whole:
        raise _bad("empty")
    if whole.startswith("{") and whole.count("{") + whole.count("[") < _FEW_BRACKETS:
        with suppress(BadReply):  # as most replies are: nothing but the object
            return _fit(whole, kind)
    walk, fits, wrong = Walk(), [], None
    for number, found in enumerate(span for span in walk.over(text) if not span.path):
        if number == _MOST_OBJECTS:
            raise _misfit("it holds too many objects")
        try:
            fits.append(_fit(text[found.start : found.end], kind))
        except BadReply as error:
            wrong = error if wrong is None or error.kind == "schema" else wrong
    if not fits:
        raise _why_none(text, _bad("not_json") if walk.inside else wrong) from None
    if any(fit != fits[0] for fit in fits):
        raise _misfit("it holds several objects that do")
    return fits[0]


def _why_none(text: str, wrong: BadReply | None) -> BadReply:
    if re.match(r"[\ufeff\s]*+<(?:!doctype|!--|\?xml|html|head|body|title|h1|center)\b", text, re.IGNORECASE):
        return _bad("html")
    if wrong is not None:
        return wrong
    try:
        # Not json.loads, which would take a hundred thousand brackets on the stack.
        from_json(text.strip("\ufeff \t\r\n").encode("utf-8", "replace"))
    except ValueError:
        return _bad("not_json")
    return _misfit("it is JSON, but no object")


def _fit(text: str, kind: type[Wire], where: str = "") -> Wire:
    """Return the wire model of the text of one JSON object."""
    try:
        # strict=False takes a line break inside a string as it stands, which smaller models write.
        value = json.loads(text, object_pairs_hook=_object, parse_int=_integer, strict=False)
    except ValueError:
        raise _bad("not_json") from None
    return _shaped(value, kind, where)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # JSON leaves open which of two equal keys counts, and a stream has shown the first when the last one comes.
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _misfit("one of its objects has a key twice")
    return made


def _integer(digits: str) -> int | float:
    # int() refuses more than 4,300 digits; as a float the number has the wrong type for every field.
    return int(digits) if len(digits) < 100 else float(digits)


def _shaped(value: object, kind: type[Wire], where: str) -> Wire:
    try:
        return kind.model_validate(_cleaned(value, kind, where))
    except ValidationError as error:
        place = ".".join(map(str, error.errors(include_input=False, include_url=False)[0]["loc"]))
        raise _misfit(f"{f'{where}.' if where else ''}{place} has a value that it may not have") from None


def _cleaned(value: object, kind: type[BaseModel], where: str) -> dict[str, object]:
    """Return an object with each field filled, and with none that the wire model does not have."""
    if not isinstance(value, dict):
        raise _misfit(f"{where or 'it'} is no object")
    fields = _fields(kind)
    if not any(field.name in value for field in fields):
        raise _misfit(f"{where or 'its object'} has none of the fields {', '.join(kind.model_fields)}")
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
        raise _misfit(f"{where} is no list")
    return [_one(each, field.holds, f"{where}[{number}]") for number, each in enumerate(value or ())]


def _one(value: object, holds: type, where: str) -> object:
    if issubclass(holds, BaseModel):
        return _cleaned(value, holds, where)
    # `type`, not isinstance: true is an int in Python and not in JSON.
    if type(value) is not (int if holds is int else str):
        raise _misfit(f"{where} is missing or has the wrong type")
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
        elif isinstance(each, str):
            ids.extend(_id(part) for part in _PARTS.findall(each))
        else:
            raise _misfit(f"{where} is no list of sentence ids")
    return ids


def _id(written: str) -> str:
    parts = _ID.fullmatch(written)
    if parts is None:
        return _LONE.sub("\ufffd", written)  # the id of no sentence: the checks say so
    return (parts[1] or parts[3] or "s").lower() + (parts[2] or "0")


class Scanner(Generic[Wire]):
    """Reads a reply while it is written: feed it the pieces, and close it for the whole.

    >>> scanner = Scanner(DraftAnswer)
    >>> list(scanner.feed('{"status": "partly", "claims": [{"text": "Rain fell.", "evi'))
    []
    >>> list(scanner.feed('dence": ["s3"]}, {"te'))
    [('claims[0]', DraftClaim(text='Rain fell.', evidence=['s3']))]
    """

    def __init__(self, kind: type[Wire]) -> None:
        self._kind = kind
        self._parts = _parts(kind)
        self._text = io.StringIO()
        self._walk = Walk()
        self._said: dict[str, Part] = {}

    def feed(self, piece: str) -> Iterator[tuple[str, Part]]:
        """Yield each claim and quote that this piece completes, with its place, as `points[0]`; take them all.

        Raises BadReply as `read` does, at once for a claim that does not fit.
        """
        self._text.seek(0, io.SEEK_END)
        self._text.write(piece)
        if self._text.tell() > MOST_CHARACTERS:
            raise _bad("too_large")
        return self._found(piece)

    def _found(self, piece: str) -> Iterator[tuple[str, Part]]:
        for span in self._walk.over(piece):
            where, kind = self._place(span.path)
            if kind is None:
                continue
            part = _fit(self._slice(span.start, span.end), kind, where)
            if (said := self._said.setdefault(where, part)) is part:
                yield where, part
            elif said != part:
                raise _misfit(f"it holds {where} twice")

    def _place(self, path: tuple[int | tuple[int, int], ...]) -> tuple[str, type[Part] | None]:
        if not path or not isinstance(path[0], tuple):
            return "", None
        try:
            name = json.loads(self._slice(*path[0]), strict=False)
        except ValueError:  # an escape that is none: the whole is then no JSON either
            return "", None
        kind, listed = self._parts.get(name, (None, False))
        if kind is None or listed != (len(path) == 2):
            return "", None
        return f"{name}[{path[1]}]" if listed else name, kind

    def _slice(self, start: int, end: int) -> str:
        self._text.seek(start)
        return self._text.read(end - start)

    def close(self) -> Wire:
        """Return the whole reply; raises what `read` raises, not_json where it ended too early."""
        whole = read(self._text.getvalue(), self._kind)
        said: dict[str, Part] = {}
        for name, (_, listed) in self._parts.items():
            value = getattr(whole, name)
            said |= {f"{name}[{number}]": each for number, each in enumerate(value)} if listed else {name: value}
        if said != self._said:  # claims were shown of an object that turned out not to be the reply
            raise _misfit("it holds several objects that begin like a reply")
        return whole


def _parts(kind: type[BaseModel]) -> dict[str, tuple[type[Part], bool]]:
    """Return the fields of a wire model that are claims or quotes, and whether they are lists of them."""
    inner = {name: get_args(field.annotation) or (field.annotation,) for name, field in kind.model_fields.items()}
    return {
        name: (types[0], get_origin(kind.model_fields[name].annotation) is list)
        for name, types in inner.items()
        if types[0] in (DraftClaim, DraftQuote)
    }
