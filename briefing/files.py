"""Files as sources: text, Markdown, HTML and JSON rows. Nothing is fetched from the network."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .document import MAX_CHARACTERS, Source, from_row
from .errors import ConfigError, InputError
from .text import squeeze

_HTML = {".html", ".htm", ".xhtml"}
_ROWS = {".jsonl", ".ndjson"}
_MARKDOWN = {".md", ".markdown"}
_MARKDOWN_TITLE = re.compile(r"\s*# ([^\n]+)")


def read(path: str | os.PathLike[str]) -> list[Source]:
    """Return the sources in a file: one for `.txt`, `.md` and `.html`, one a row for `.json` and `.jsonl`.

    A file of any other kind is read as text. Files are UTF-8. A row is an object with `text` and perhaps
    `title`, `url` and `published`. A Markdown file's first `# heading` is its title. HTML is reduced to its article
    by trafilatura, which `pip install 'briefing[html]'` brings.

    Raises InputError when the file cannot be read (it says why) and ConfigError when the extra is missing.
    """
    path = Path(path)
    return parse(decode(_bytes(path), str(path)), path.suffix, str(path))


def parse(text: str, suffix: str, name: str) -> list[Source]:
    """Return the sources in the content of a file whose name ends in `suffix`; `name` is what an error calls it."""
    suffix = suffix.lower()
    if suffix in _HTML:
        return [_html(text, name)]
    if suffix == ".json":
        return [from_row(row, where) for row, where in _json(text, name)]
    if suffix in _ROWS:
        return [from_row(row, where) for row, where in _json_lines(text, name)]
    title = _MARKDOWN_TITLE.match(text) if suffix in _MARKDOWN else None
    return [Source(text, title=squeeze(title[1].rstrip("# ")) if title else None)]


def decode(data: bytes, name: str) -> str:
    """Return UTF-8 bytes as text, without a byte-order mark; raises InputError that says where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not UTF-8 text (byte {error.start:,} cannot be read): "
            "save it as UTF-8, for example with iconv -f latin1 -t utf-8."
        ) from None


def _bytes(path: Path) -> bytes:
    try:
        # Four bytes a code point at most; one more tells that there is more.
        with path.open("rb") as file:
            return file.read(4 * MAX_CHARACTERS + 4)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: check the name and the folder.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder: name the files in it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read ({reason}): check the name and its permissions.") from None


def _html(text: str, name: str) -> Source:
    try:
        import trafilatura
    except ImportError:
        raise ConfigError(
            f"{name} is HTML, and the part that reads HTML is not installed: pip install 'briefing[html]'."
        ) from None
    page: Any = trafilatura.bare_extraction(text, include_comments=False, include_tables=False, with_metadata=True)
    if page is None or not page.text:
        raise InputError(f"{name} has no article in it that could be told from the rest of the page: give its text.")
    return Source(page.text, title=page.title, url=page.url, published=page.date)


def _json(text: str, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    value = _loads(text, name)
    rows = value if isinstance(value, list) else [value]
    if not rows:
        raise InputError(f"{name} holds an empty list: give at least one row.")
    for number, row in enumerate(rows, start=1):
        yield _row(row, f"{name}, row {number}" if isinstance(value, list) else name)


def _json_lines(text: str, name: str) -> Iterator[tuple[dict[str, Any], str]]:
    # Not splitlines(): that also breaks at U+2028, which JSON allows inside a string.
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    if not lines:
        raise InputError(f"{name} is empty: give one JSON object a line.")
    for number, line in lines:
        where = f"{name}, line {number}"
        yield _row(_loads(line, where), where)


def _loads(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested or numbered too deeply"
        raise InputError(f'{where} is not JSON ({reason}): give an object with "text".') from None


def _row(row: Any, where: str) -> tuple[dict[str, Any], str]:
    if isinstance(row, str):
        row = {"text": row}
    if not isinstance(row, dict):
        raise InputError(f'{where} is a JSON {type(row).__name__}, not an object with "text".')
    return row, where
