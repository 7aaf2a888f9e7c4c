"""Which engine the options of the command line ask for; what is wrong with them is told in their own names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import briefing

from .errors import ConfigError, InputError

if TYPE_CHECKING:
    from .engines import Engine

EngineName = Literal["auto", "openai", "extractive"]
_NONE: Mapping[str, object] = MappingProxyType({})


def writes(name: EngineName, options: Mapping[str, object], limits: Mapping[str, object] = _NONE) -> Engine | None:
    """Return the engine that was asked for; None leaves the choice to what the environment has set up.

    `options` are those for a model, by the names of `briefing.OpenAI`, and `max_calls`; `limits` are for a model too,
    and not the engine's own. Those not given are empty.
    """
    from .engines.openai import configured

    given, asked = _given(options), [*_given(options), *_given(limits)]
    if name == "extractive":
        for key in asked:
            raise InputError(f"{_option(key)} is for a model: leave it out, or leave out --engine extractive.")
        return briefing.Extractive()
    if name == "auto" and not asked:
        return None
    if not (configured() or "base_url" in given):
        if name == "auto" and "model" not in given:
            raise InputError(
                f"{_option(asked[0])} is for a model, and none is set up: set OPENAI_API_KEY, or give --base-url."
            )
        raise ConfigError(
            "there is no API key: set OPENAI_API_KEY, or give --base-url for a server that needs none, or --engine "
            "extractive, which needs no model."
        )
    if "max_calls" in given:
        given["budget"] = briefing.Budget(calls=given.pop("max_calls"))
    try:
        return briefing.OpenAI(**given)
    except ConfigError as error:
        named = re.sub(r"^\w+", lambda m: _option(m[0]) if m[0] in given else m[0], str(error))
        raise ConfigError(named) from None


def _given(options: Mapping[str, object]) -> dict[str, Any]:
    return {key: value for key, value in options.items() if value not in ("", None)}


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")
