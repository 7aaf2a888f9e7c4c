"""Results as Markdown. Article text is escaped: it can bring no link, image, heading or HTML of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..draft import Status
from . import text

if TYPE_CHECKING:
    from ..results import Answer, Briefing
    from ..source import Source

# The last character of a match is the one that would start a construct: anywhere in a line, or at its start.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]|^[#+-]|#(?=[0-9])|^[0-9]{1,9}[.)]")
# GitHub also makes links of bare addresses and of names after an @.
_AUTOLINK = re.compile(r"\b(?:https?|ftp):(?=//)|\bwww\.|@(?=\w)", re.IGNORECASE)

#: Of a source without a title so much is shown: words, and characters where they are long or not parted by blanks.
_WORDS, _SHOWN = 8, 60
_LOOKED_AT = 400


def briefing(result: Briefing) -> str:
    """Return a briefing as Markdown that ends in a line break."""
    parts = [f"# {escape(text.headline(result.headline))}", escape(text.claim(result.lede))]
    if result.points:
        parts.append("\n".join(f"- {escape(text.claim(point))}" for point in result.points))
    parts += [f"> {escape(text.quote(quote))}" for quote in result.quotes]
    if result.analysis:
        parts += ["## Analysis", *(escape(text.claim(line)) for line in result.analysis)]
    return (
        "\n\n".join([*parts, *map(escape, text.ending(result, result.report.conflicts)), _sources(result.sources)])
        + "\n"
    )


def answer(result: Answer) -> str:
    """Return an answer as Markdown that ends in a line break."""
    parts = [f"**{escape(text.clean(result.question))}**", *(escape(text.claim(claim)) for claim in result.claims)]
    if result.status is Status.NOT_IN_SOURCES:
        parts += ["Not found in the sources. The nearest sentences:"]
        parts += ["\n".join(f"- {escape(text.evidence(item))}" for item in result.nearest)]
    elif result.status is Status.PARTLY and result.missing:
        parts.append(f"Not found in the sources: {escape(text.clean(result.missing))}")
    return (
        "\n\n".join([*parts, *map(escape, text.ending(result, text.conflicts(result))), _sources(result.sources)])
        + "\n"
    )


def escape(line: str) -> str:
    r"""Return one line of text that Markdown shows as it is.

    >>> print(escape("![x](http://a.b) <b> [1, 2]"))
    !\[x\](http&#58;//a.b) \<b\> \[1, 2\]
    """
    escaped = _SPECIAL.sub(lambda m: f"{m[0][:-1]}\\{m[0][-1]}", line)
    return _AUTOLINK.sub(lambda m: f"{m[0][:-1]}&#{ord(m[0][-1])};", escaped)


def _sources(sources: tuple[Source, ...]) -> str:
    lines = []
    for number, source in enumerate(sources, start=1):
        about = [escape(text.clean(part)) for part in (source.title, source.url, source.published) if part]
        lines.append(f"{number}. {', '.join(about) or escape(_begins(source.text))}")
    return "## Sources\n\n" + "\n".join(lines)


def _begins(words: str) -> str:
    """Return what tells a source without title and address from others: its first words, and its length."""
    first = text.clean(words[:_LOOKED_AT]).split(" ")
    shown = " ".join(first[:_WORDS])[:_SHOWN]
    more = "…" if len(shown) < len(text.clean(words[: _LOOKED_AT + 1])) else ""
    return f"“{shown}{more}” ({len(words):,} characters)"
