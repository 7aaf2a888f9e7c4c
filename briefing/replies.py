r"""From the text that a model wrote to the wire model: the JSON schema that it is asked to fit, and its reply read.

A schema may have been enforced, promised or ignored, so a reply is text from outside. What surely means the same as a
good reply is read as one: prose, a code fence or a byte order mark around the object, an id as `3` or `"[S3]"`, a list
that is missing. Whatever else does not fit is a BadReply that says what was wrong and repeats nothing of the reply.

Objects are found by one walk over the text, in time linear in its length whatever it holds: an object that goes wrong
is given up where it went wrong, and the search goes on from there, never again from its start. `Scanner` takes the
same walk piece by piece, so that each claim of a reply is there as soon as its last brace is.

>>> from briefing.draft import DraftAnswer
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
from typing import Any, Generic, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import from_json

from .draft import DraftClaim, DraftQuote
from .errors import BadReply
from .fit import MOST_CHARACTERS, Wire, bad, fit, misfit
from .walk import Walk

_FEW_BRACKETS = 500  # with fewer no nesting is deep
_MOST_OBJECTS = 100  # beside the one reply: a text with more objects than this is no prose round a reply

Part = DraftClaim | DraftQuote


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
        raise bad("too_large")
    whole = text.strip("\ufeff \t\r\n")
    if not whole:
        raise bad("empty")
    if whole.startswith("{") and whole.count("{") + whole.count("[") < _FEW_BRACKETS:
        with suppress(BadReply):  # as most replies are: nothing but the object
            return fit(whole, kind)
    walk, fits, wrong = Walk(), [], None
    for number, found in enumerate(span for span in walk.over(text) if not span.path):
        if number == _MOST_OBJECTS:
            raise misfit("it holds too many objects")
        try:
            fits.append(fit(text[found.start : found.end], kind))
        except BadReply as error:
            wrong = error if wrong is None or error.kind == "schema" else wrong
    if not fits:
        raise _why_none(text, bad("not_json") if walk.inside else wrong) from None
    if any(fit != fits[0] for fit in fits):
        raise misfit("it holds several objects that do")
    return fits[0]


def _why_none(text: str, wrong: BadReply | None) -> BadReply:
    if re.match(r"[\ufeff\s]*+<(?:!doctype|!--|\?xml|html|head|body|title|h1|center)\b", text, re.IGNORECASE):
        return bad("html")
    if wrong is not None:
        return wrong
    try:
        # Not json.loads, which would take a hundred thousand brackets on the stack.
        from_json(text.strip("\ufeff \t\r\n").encode("utf-8", "replace"))
    except ValueError:
        return bad("not_json")
    return misfit("it is JSON, but no object")


class Scanner(Generic[Wire]):
    """Reads a reply while it is written: feed it the pieces, and close it for the whole.

    >>> from briefing.draft import DraftAnswer
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
            raise bad("too_large")
        return self._found(piece)

    def _found(self, piece: str) -> Iterator[tuple[str, Part]]:
        for span in self._walk.over(piece):
            where, kind = self._place(span.path)
            if kind is None:
                continue
            part = fit(self._slice(span.start, span.end), kind, where)
            if (said := self._said.setdefault(where, part)) is part:
                yield where, part
            elif said != part:
                raise misfit(f"it holds {where} twice")

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

    @property
    def text(self) -> str:
        """What was fed so far."""
        return self._text.getvalue()

    def close(self) -> Wire:
        """Return the whole reply; raises what `read` raises, not_json where it ended too early."""
        whole = read(self.text, self._kind)
        said: dict[str, Part] = {}
        for name, (_, listed) in self._parts.items():
            value = getattr(whole, name)
            said |= {f"{name}[{number}]": each for number, each in enumerate(value)} if listed else {name: value}
        if said != self._said:  # claims were shown of an object that turned out not to be the reply
            raise misfit("it holds several objects that begin like a reply")
        return whole


def _parts(kind: type[BaseModel]) -> dict[str, tuple[type[Part], bool]]:
    """Return the fields of a wire model that are claims or quotes, and whether they are lists of them."""
    inner = {name: get_args(field.annotation) or (field.annotation,) for name, field in kind.model_fields.items()}
    return {
        name: (types[0], get_origin(kind.model_fields[name].annotation) is list)
        for name, types in inner.items()
        if types[0] in (DraftClaim, DraftQuote)
    }
