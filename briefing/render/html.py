"""Results as HTML: one self-contained page, or a cell of a notebook. The only module that knows Jinja.

Nothing of an article is ever markup: every value is cleaned of what overrides the reading direction or controls a
terminal, and then escaped, by the environment and not by the templates. A page asks the network for nothing, and its
policy (Content-Security-Policy) forbids what an attack would need: to load anything, any script or style but its own.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from .._version import __version__
from ..text import printable, replace_surrogates
from .overview import STATES, Overview
from .view import View

_TEMPLATES = Path(__file__).parent / "templates"
# Controls that count as white space in Python and not in HTML.
_BLANKS = {ord(each): " " for each in "\x0b\x1c\x1d\x1e\x1f\x85"}
_serial = count(1)


def page(view: View) -> str:
    """Return one self-contained HTML page: the claims beside the sources."""
    return _draw("page.html", view=view, style=_part("page.css"), script=_part("page.js"))


def cell(view: View) -> str:
    """Return HTML for a cell of a notebook, to be read without a script; its names differ from any other's."""
    style = _part("cell.css")
    # Cells of another version of us have other rules. A notebook beside this one counts from 1 too, and so does this
    # one after a new start; and one result may be shown twice.
    scope = f"briefing-{_named(style)}"
    serial = f"{_named(repr(view))}-{next(_serial)}"
    return _draw("cell.html", view=view, style=style.replace("SCOPE", scope), scope=scope, serial=serial)


def index(every: Overview) -> Iterator[str]:
    """Yield the parts of a page over many results, each row with a link to a page of its own beside it."""
    style = _part("page.css") + _part("index.css")
    return (
        _environment()
        .get_template("index.html")
        .generate(all=every, names=STATES, style=style, version=__version__, hashed=_hashed)
    )


def _draw(template: str, **values: Any) -> str:
    return _environment().get_template(template).render(**values, version=__version__, hashed=_hashed).strip() + "\n"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """Return a value as it may be shown; what is markup already is ours."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return replace_surrogates(printable(value)).translate(_BLANKS)
    return value


@cache
def _part(name: str) -> Markup:
    """Return a style sheet or a script of ours."""
    return Markup(_TEMPLATES.joinpath(name).read_text(encoding="utf-8"))  # noqa: S704 - a file of the package


def _named(content: str) -> str:
    """Return a name that other content does not have."""
    return hashlib.sha256(content.encode()).hexdigest()[:8]


def _hashed(part: str) -> str:
    """Return what a policy calls a style sheet or a script by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'"
