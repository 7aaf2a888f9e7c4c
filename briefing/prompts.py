"""What a model is told: the Markdown files of the top-level folder `prompts/`, each with the hash that versions it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .errors import ConfigError

_PACKAGE = Path(__file__).parent
# In a wheel the prompts lie inside the package; in a checkout they are the top-level folder.
_FOLDERS = (_PACKAGE / "_prompts", _PACKAGE.parent / "prompts")


class Prompt(NamedTuple):
    """A prompt: its name, its text, and the SHA-256 of its bytes, which is its version."""

    name: str
    text: str
    sha256: str


@cache
def load(name: str) -> Prompt:
    """Return the prompt of the file `prompts/NAME.md`; raises ConfigError when there is none.

    >>> load("summarize").text.splitlines()[0]
    '# Write a news briefing'
    """
    for folder in _FOLDERS:
        path = folder / f"{name}.md"
        if path.is_file():
            data = path.read_bytes()
            return Prompt(name, data.decode("utf-8"), hashlib.sha256(data).hexdigest())
    raise ConfigError(f"there is no prompt {name!r}: reinstall briefing, or run it from a whole checkout.")
