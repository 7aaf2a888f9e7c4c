"""What is set of an `OpenAI` engine, checked before any call: each function raises ConfigError, or says nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ...errors import ConfigError
from ...prices import known
from ...usage import Budget

if TYPE_CHECKING:
    from .engine import OpenAI

OPENAI = "https://api.openai.com/v1"
#: A deadline of more seconds than this, eleven days, is none.
_LONGEST = 1e6
#: What the engine itself puts into a request.
_OURS = frozenset({"model", "messages", "stream", "response_format"})


def check(engine: OpenAI) -> None:
    """Raise ConfigError for the first thing that is set in a way that no call can be made with."""
    _address(engine.base_url)
    _key(engine.api_key, needed=engine.base_url == OPENAI)
    for name in ("model", "language"):
        _text(name, getattr(engine, name))
    _number("deadline", engine.deadline, _LONGEST, float)
    for name in ("max_tokens", "context"):
        if getattr(engine, name) is not None:
            _number(name, getattr(engine, name), math.inf, int)
    _parameters(engine.parameters)
    _prices(engine.prices, engine.budget, engine.model, engine.base_url)


def _address(base_url: str) -> None:
    try:
        url = urlsplit(base_url)
        host = url.hostname or ""
        _ = url.port, host.encode("idna")  # raise ValueError where they are none
        if "[" in url.netloc:
            ip_address(host)
        fine = url.scheme in ("http", "https") and bool(host) and not (url.query or url.fragment)
        fine = fine and not url.netloc.endswith(":")  # as in f"http://host:{port}", where there is none
        fine = fine and ("[" not in url.netloc or url.netloc.rpartition("]")[2][:1] in ("", ":"))
    except ValueError:
        fine = False
    if not fine or not base_url.isprintable() or " " in base_url:
        raise ConfigError("base_url is no address of a server: give one like https://host/v1.")
    if "@" in url.netloc:
        raise ConfigError("base_url holds a user name or password: leave it out, and give the key as api_key.")


def _key(key: str, *, needed: bool) -> None:
    if needed and not key:
        raise ConfigError(
            "there is no API key: set OPENAI_API_KEY or give api_key (an engine that was pickled left it behind); or "
            "give the base_url of a server that needs none; or use briefing.Extractive(), which needs no model."
        )
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ConfigError("the API key holds characters that no key has: copy it anew, without spaces or line breaks.")


def _text(name: str, value: object) -> None:
    if value is None:
        return
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ConfigError(f"{name} is {value!r}: give it as text of one line.")


def _number(name: str, value: object, most: float, kind: type[int] | type[float]) -> None:
    kinds = (int, float) if kind is float else (int,)
    if not isinstance(value, kinds) or isinstance(value, bool) or not 0 < value <= most:
        raise ConfigError(f"{name} is {value!r}: give {'a' if kind is float else 'a whole'} number above 0.")


def _parameters(parameters: object) -> None:
    if not isinstance(parameters, Mapping) or not all(isinstance(name, str) for name in parameters):
        raise ConfigError(f"parameters is of type {type(parameters).__name__}: give a dict of names and values.")
    if ours := sorted(_OURS.intersection(parameters)):
        raise ConfigError(f"parameters holds {ours[0]!r}, which the engine sets itself: leave it out.")
    try:
        json.dumps(dict(parameters), allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):
        raise ConfigError("parameters holds a value that JSON does not have: give texts, numbers, lists.") from None


def _prices(prices: object, budget: object, model: str, base_url: str) -> None:
    if budget is not None and not isinstance(budget, Budget):
        raise ConfigError(f"budget is of type {type(budget).__name__}: give a briefing.Budget.")
    if prices is not None:
        each = prices if isinstance(prices, tuple | list) else ()
        if len(each) != 2 or not all(isinstance(p, int | float) and not isinstance(p, bool) and p >= 0 for p in each):
            raise ConfigError(f"prices is {prices!r}: give two numbers, for a million tokens read and written.")
    elif budget is not None and budget.cost is not None and not known(model, base_url):
        raise ConfigError(
            "a budget of money needs prices: give those of a million tokens read and written, or install "
            "briefing[prices], which knows those of many models."
        )
