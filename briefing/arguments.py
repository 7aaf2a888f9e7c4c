"""What callers give, checked before any work is done: each function returns it in the form that the work needs.

All raise InputError or ConfigError, which say what was wrong and what to give instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

from .cache import Cache, opened
from .document import Document, Sources
from .engines import Engine, Keeps
from .engines.cached import Cached
from .engines.extractive import Extractive
from .engines.openai import OpenAI, configured
from .errors import ConfigError, InputError
from .repair import Unsupported
from .text import replace_surrogates

#: The line that says so when no model is set up and no engine was given.
UNCONFIGURED = "No model is set up (OPENAI_API_KEY, OPENAI_BASE_URL), so the extractive engine wrote this, offline."


def document(sources: Sources) -> Document:
    """Return the document; what is only a URL or a path is refused."""
    read = Document.read(sources)
    if read.hints:
        raise InputError(read.hints[0])
    return read


def engine(given: object) -> tuple[Engine, list[str]]:
    """Return the engine that was given, or for None the one that is set up, with a note where that is none."""
    if given is None:
        return _default()
    if isinstance(given, type):
        raise ConfigError(f"engine is the class {given.__name__}: give an instance of it, as in briefing.Extractive().")
    if lack := next(_lacks(given), None):
        raise ConfigError(
            f"engine is of type {type(given).__name__}, which is no engine ({lack}): give one, as in "
            "briefing.Extractive(), or leave it out."
        )
    return cast(Engine, given), []


def writer(given: object, cache: Cache | str | os.PathLike[str] | bool | None) -> tuple[Engine, list[str]]:
    """Return the engine that writes, with a cache before it where there is something to pay and one is wanted.

    By default that is where the engine itself keeps what it pays for; with a cache that was named, for every engine
    but the extractive one, which writes as fast as it would be looked up.
    """
    found, notes = engine(given)
    named = None if cache is None or isinstance(cache, bool) else opened(cache)  # told whoever writes, if it is none
    if (named is None and not (cache and isinstance(found, Keeps))) or isinstance(found, Extractive | Cached):
        return found, notes
    return Cached(found, named), notes


def _lacks(given: object) -> Iterator[str]:
    """Yield what an object lacks of an engine."""
    for name in ("brief", "answer"):
        if not callable(getattr(given, name, None)):
            yield f"it has no method {name}"
    if not isinstance(getattr(given, "fingerprint", None), str):
        yield "its fingerprint is no text" if hasattr(given, "fingerprint") else "it has no fingerprint"


def _default() -> tuple[Engine, list[str]]:
    if not configured():
        return Extractive(), [UNCONFIGURED]
    engine = OpenAI()
    names = [name for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL") if os.environ.get(name, "").strip()]
    host = urlsplit(engine.base_url).netloc
    return engine, [f"The engine is what the environment sets up ({', '.join(names)}): {engine.model} at {host}."]


def mode(given: str) -> Unsupported:
    """Return what becomes of an unsupported claim."""
    try:
        return Unsupported(given)
    except ValueError:
        modes = ", ".join(f'"{mode.value}"' for mode in Unsupported)
        raise InputError(f"unsupported is {given!r}: give one of {modes}.") from None


def fallback(given: object) -> Extractive | None:
    """Return the engine that writes when the other fails, None when there is none."""
    if given not in (None, "extractive"):
        raise InputError(f'fallback is {given!r}: give "extractive", or leave it out.')
    return Extractive() if given else None


def points(given: object) -> int:
    """Return how many points to make."""
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise InputError(f"points is {given!r}: give a whole number, 0 or more.")
    return given


def words(value: object, name: str) -> str:
    """Return a question or focus: text with a word in it."""
    if not isinstance(value, str):
        raise InputError(f"the {name} is of type {type(value).__name__}: give it as text.")
    if not any(map(str.isalnum, value)):
        raise InputError(f"the {name} has no word in it: say in words what is wanted.")
    return replace_surrogates(value.strip())
