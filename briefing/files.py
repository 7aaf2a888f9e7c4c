"""Files as sources: text, Markdown, HTML and JSON rows. Nothing is fetched from the network."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .errors import ConfigError, InputError
from .source import MAX_CHARACTERS, Source, check_length, from_row
from .text import squeeze

#: The largest file that is read: four bytes a code point are the most that UTF-8 needs.
MAX_BYTES = 4 * MAX_CHARACTERS

_HTML = {".html", ".htm", ".xhtml"}
_ROWS = {".jsonl", ".ndjson"}
_MARKDOWN = {".md", ".markdown"}
# Tables are read by `batch` alone; and what reads each of them in pandas.
_TABLES = {".csv": "read_csv(path)", ".tsv": r"read_csv(path, sep='\t')", ".parquet": "read_parquet(path)"}
_MARKDOWN_TITLE = re.compile(r"\s*# ([^\n]+)")
# YAML between rules at the top: keys, what is indented, list items and comments; running text is none of these.
_FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>[\w.-]+:[^\n]*\n(?:(?:[\w.-]+:|[ \t]|- |#)[^\n]*\n|\r?\n)*?)"
    r"(?:---|\.\.\.)[ \t]*\r?(?:\n|\Z)"
)
_YAML_TITLE = re.compile(r"^title:[ \t]+([\"']?)(?P<title>[^\n]+?)\1[ \t\r]*$", re.MULTILINE | re.IGNORECASE)
_URL = re.compile(r"(?:https?|ftp|file):/", re.IGNORECASE)
# What standard input holds: a page, or rows if they can be read as JSON.
_LOOKS_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html)\b", re.IGNORECASE)
_LOOKS_JSON = re.compile(r"\s*(?:\{|\[\s*[{\"])")
# What a file is that begins with these bytes, and what makes text of it.
_NOT_TEXT = {
    b"%PDF": "a PDF, not text: convert it to text first, for example with pdftotext.",
    b"PK\x03\x04": "a ZIP archive, as .docx, .odt and .epub files are, not text: convert it to text first.",
    b"\xff\xfe\0\0": "UTF-32, not UTF-8: convert it first, for example with iconv -f utf-32 -t utf-8.",
    b"\xff\xfe": "UTF-16, not UTF-8: convert it first, for example with iconv -f utf-16 -t utf-8.",
    b"\xfe\xff": "UTF-16, not UTF-8: convert it first, for example with iconv -f utf-16 -t utf-8.",
}
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_WORDS = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def read(path: str | os.PathLike[str]) -> list[Source]:
    """Return the sources in a file: one for `.txt`, `.md` and `.html`, one a row for `.json` and `.jsonl`.

    A file of any other kind is read as text. Files are UTF-8. A row is an object with `text` and perhaps
    `title`, `url` and `published`. A Markdown file's title is that of its front matter, which is no text, or its first
    `# heading`. HTML is reduced to its article by trafilatura, which `pip install 'briefing[html]'` brings.

    Raises InputError when the file cannot be read (it says why) or is a table (`.csv`, `.tsv`, `.parquet`: for `batch`)
    and ConfigError when the extra is missing.
    """
    path = _path(path)
    if reader := _TABLES.get(path.suffix.lower()):
        raise InputError(
            f"{path} is a table: `briefing batch` reads it on the command line; in Python give its rows to "
            f"briefing.batch, as in pandas.{reader}."
        )
    return parse(decode(_bytes(path), str(path)), path.suffix, str(path))


def parse(text: str, suffix: str, name: str) -> list[Source]:
    """Return the sources in the content of a file whose name ends in `suffix`; `name` is what an error calls it."""
    suffix = suffix.lower()
    if not text.strip():
        raise InputError(f"{name} is empty: give the article's text.")
    if suffix in _HTML:
        return [_html(text, name)]
    if suffix == ".json":
        return [_row(row, where) for row, where in _json(text, name)]
    if suffix in _ROWS:
        return [_row(row, where) for row, where in _json_lines(text, name)]
    source = _markdown(text) if suffix in _MARKDOWN else Source(text)
    check_length(source.text, name)
    return [source]


def detect(text: str) -> str:
    """Return the suffix of a file that would hold this text: `.html`, `.json`, `.jsonl`, or `.txt` when in doubt.

    >>> detect('{"text": "It rained."}'), detect("[1] It rained.")
    ('.json', '.txt')
    """
    if _LOOKS_HTML.match(text):
        return ".html"
    if _LOOKS_JSON.match(text):
        if _is_json(text):
            return ".json"
        if all(map(_is_json, filter(str.strip, text.split("\n")))):
            return ".jsonl"
    return ".txt"


def decode(data: bytes, name: str) -> str:
    """Return UTF-8 bytes as text, without a byte-order mark; raises InputError that says why it cannot be read."""
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} has more than the {MAX_BYTES:,} bytes that are read: split it into several files.")
    for beginning, problem in _NOT_TEXT.items():
        if data.startswith(beginning):
            raise InputError(f"{name} is {problem}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not _CONTROL.search(data):
            raise InputError(
                f"{name} is not UTF-8 text (byte {error.start:,} cannot be read): "
                "save it as UTF-8, for example with iconv -f latin1 -t utf-8."
            ) from None
        text = "\0"
    if "\0" in text:
        raise InputError(f"{name} is not text: convert it to text first, or name the file that holds the article.")
    return text


def _path(path: object) -> Path:
    if isinstance(path, os.PathLike):
        path = os.fspath(path)
    if not isinstance(path, str):
        given = "None" if path is None else f"of type {type(path).__name__}"
        raise InputError(f"the path is {given}: give the name of one file, as text or as a Path.")
    if not path.strip():
        raise InputError("the path is empty: give the name of a file.")
    if _URL.match(path):
        raise InputError(f"{path[:200]} is a URL, and nothing is fetched: save the page, and read that file.")
    if "\n" in path or len(path) > 1000:
        raise InputError("the path reads like a text: read opens a file; summarize and ask take the text itself.")
    return Path(path)


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)  # one more tells that there is more
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: check the name and the folder.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder: name the files in it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read ({reason}): check the name and its permissions.") from None


def _markdown(text: str) -> Source:
    front = _FRONT_MATTER.match(text)
    named = _YAML_TITLE.search(front["yaml"]) if front else None
    text = text[front.end() :] if front else text
    heading = _MARKDOWN_TITLE.match(text)
    if named and any(map(str.isalnum, named["title"])):  # not `title: >`
        return Source(text, title=squeeze(named["title"]))
    return Source(text, title=squeeze(heading[1].rstrip("# ")) if heading else None)


def _html(text: str, name: str) -> Source:
    try:
        import trafilatura
    except ImportError as error:
        if error.name == "trafilatura":
            raise ConfigError(
                f"{name} is HTML, and the part that reads HTML is not installed: pip install 'briefing[html]'."
            ) from None
        reason = squeeze(str(error)).rstrip(".")
        raise ConfigError(
            f"{name} is HTML, and trafilatura, which reads HTML, cannot be imported ({reason}): "
            "pip install --upgrade 'briefing[html]'."
        ) from error
    page: Any = trafilatura.bare_extraction(text, include_comments=False, include_tables=False, with_metadata=True)
    if page is None or not page.text:
        raise InputError(f"{name} has no article in it that could be told from the rest of the page: give its text.")
    check_length(page.text, name)
    return Source(page.text, title=page.title, url=page.url, published=page.date)


def _json(text: str, name: str) -> Iterator[tuple[Any, str]]:
    value = _loads(text, name)
    if not isinstance(value, list):
        yield value, name
    elif not value:
        raise InputError(f"{name} holds an empty list: give at least one row.")
    else:
        yield from ((row, f"{name}, row {number}") for number, row in enumerate(value, start=1))


def _json_lines(text: str, name: str) -> Iterator[tuple[Any, str]]:
    # Not splitlines(): that also breaks at U+2028, which JSON allows inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            where = f"{name}, line {number}"
            yield _loads(line, where), where


def _loads(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "it is nested or numbered too deeply"
        if isinstance(error, json.JSONDecodeError):
            line = f"line {error.lineno}, " if "\n" in text else ""
            reason = f"{error.msg.removesuffix(' at')} at {line}column {error.colno}"
        raise InputError(f'{where} is not JSON ({reason}): give an object with "text".') from None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _row(row: Any, where: str) -> Source:
    if isinstance(row, str):
        row = {"text": row}
    if not isinstance(row, dict):
        raise InputError(f'{where} is {_WORDS[type(row)]}: give an object with "text".')
    for field in ("text", "title", "url", "published"):
        value = row.get(field, "")
        if not isinstance(value, str) and (value is not None or field == "text"):
            advice = "the article's text, in quotation marks" if field == "text" else "a string, or leave it out"
            raise InputError(f"{where}: its {field} is {_WORDS[type(value)]}: give {advice}.")
    source = from_row(row, where)
    if not source.text.strip():
        raise InputError(f"{where}: its text is empty: give the article's text.")
    check_length(source.text, where)
    return source
