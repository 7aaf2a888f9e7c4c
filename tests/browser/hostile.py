"""Results whose every text is an attack, and the same results with harmless texts in the same places."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from itertools import count
from typing import Any

from pydantic import BaseModel

from briefing import Document, Evidence, Source, Version

#: What must stay text: of HTML, of templates, of Markdown, of terminals, of text that runs the other way.
ATTACKS = (
    "<script>window.pwned = 1; alert(1)</script>",
    "</script><script>window.pwned = 1</script>",
    "</style><style>body { background: url(https://a.example/s.png) }</style>",
    "<img src=x onerror=window.pwned=1>",
    "<svg/onload=window.pwned=1>",
    '" onmouseover="window.pwned=1" x="',
    "' autofocus onfocus='window.pwned=1' tabindex='1",
    "`onclick=window.pwned=1`",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "{{7*7}} {% raw %} {# x #} {{ view.__class__ }} ${7*7}",
    "![x](https://a.example/p.png) [a](javascript:window.pwned=1) <https://a.example/>",
    "<!-- x --> ]]> <![CDATA[ x ]]> -->",
    "</span></p></div></section></main></body></html><iframe src=https://a.example/></iframe>",
    '<a href="https://a.example/" id="sources">Monday</a><base href=https://a.example/>',
    '<form action=https://a.example/><input name=filter value=all checked><button id="back">Back</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://a.example/"><link rel=stylesheet href=https://a.example/c.css>',
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x&#62; &amp;",
    "\u202eevil\u202c \u2066x\u2069 \u200f \u061c \x1b[31mred\x1b[0m \x00 \x07 \x9b31m",
    "lone \ud800 and \udfff surrogates, \u2028 lines \u2029 and \x85 and \x0b and \x1c\x1f",
    "x onerror=alert(1) //' -- \\ \\u003cscript\\u003e \r\n\t end",
    "told claims-title __proto__ constructor",
)
#: A text of the same places that nobody need fear.
HARMLESS = "Mayor Ana Holm opened the bridge on Monday & 4 < 5 “so” it’s said"


def planted(result: BaseModel, text: Callable[[str], str], *, ids: bool) -> Any:
    """Return a result with each text replaced by what `text` gives for it; ids of sentences only where `ids` says so.

    The sources keep their own first sentences and addresses that lead to pages.
    """
    return _planted(result, text, ids, "")


def placed(value: Any, document: Document) -> Any:
    """Return a result whose evidence and conflicts are of a document: else its page would not show the sources."""
    if isinstance(value, Evidence | Version):
        sentence = document.by_id[value.sentence]
        start, end = sentence.span
        return value.model_copy(update={"source": sentence.source, "start": start, "end": end, "text": sentence.text})
    if isinstance(value, BaseModel):
        fields = {field: placed(getattr(value, field), document) for field in type(value).model_fields}
        return type(value).model_construct(**fields)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(placed(each, document) for each in value)
    return value


def attacking() -> Callable[[str], str]:
    """Return what replaces texts by attacks, each in turn."""
    numbers = count()
    return lambda _: ATTACKS[next(numbers) % len(ATTACKS)]


def _planted(value: Any, text: Callable[[str], str], ids: bool, name: str) -> Any:
    if isinstance(value, Source):
        return Source(f"{value.text}\n\n{text(value.text)} ends here.", text(""), value.url, text(""))
    if isinstance(value, Enum) or (name == "sentence" and not ids):
        return value
    if isinstance(value, str):
        return text(value)
    if isinstance(value, BaseModel):
        fields = {field: _planted(getattr(value, field), text, ids, field) for field in type(value).model_fields}
        return type(value).model_construct(**fields)
    if isinstance(value, dict):
        return {_planted(k, text, ids, name): _planted(v, text, ids, name) for k, v in value.items()}
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_planted(each, text, ids, name) for each in value)
    return value
