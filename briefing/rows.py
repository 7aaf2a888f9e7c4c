"""Articles for a batch, one by one, out of a file of rows: JSON Lines, JSON, CSV, Parquet.

Files are streamed, so one of a million rows takes no more memory than one of ten. A row that cannot be used is an
article with a `problem`, and reading goes on; only what cannot be read at all raises.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain, count, islice
from pathlib import Path
from typing import IO, Any, BinaryIO, Generic, TypeVar

from .article import Article, articles, columns_of, named, of_row, picked, unusable
from .errors import ConfigError, InputError
from .files import MAX_BYTES, decode
from .source import MAX_CHARACTERS
from .text import replace_surrogates

__all__ = ["Article", "articles", "named", "read", "read_lines"]

T = TypeVar("T")
Text = TypeVar("Text", str, bytes)

_BATCH = 64  # rows of a Parquet file that are held at once
_BUFFER = 1 << 20  # bytes of each of its columns that are: without such a buffer a row group is read whole


def read(path: str | Path) -> Iterator[Article]:
    """Return the articles in a file of rows: `.jsonl`, `.ndjson`, `.json`, `.csv`, `.tsv` or `.parquet`.

    All but `.json` are streamed. Raises InputError at once for a file that cannot be read, and ConfigError where
    Parquet needs `pip install 'briefing[parquet]'`.
    """
    path = Path(path)
    rows = _READERS.get(path.suffix.lower())
    if rows is None:
        raise InputError(f"{path} is no table: name a file that ends in {', '.join(_READERS)}, one row an article.")
    begun = rows(path)
    return chain(list(islice(begun, 1)), begun)


def read_lines(stream: BinaryIO, name: str) -> Iterator[Article]:
    """Yield the articles in JSON Lines, an article a line that is not blank; `name` is what an error calls the stream.

    Raises InputError when the stream cannot be read.
    """
    lines, number = _Lines(stream, name), count()
    with _readable(name):
        for line in _each(lines):
            if isinstance(line, Exception):
                yield unusable(str(next(number)), line)
            elif line.strip():
                yield _json_line(line.rstrip(), str(next(number)), f"{name}, line {lines.number}")


def arrow(name: str) -> Any:
    """Return the module `pyarrow` with its Parquet part; raises ConfigError, with the name of the file, without it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ConfigError(
            f"{name} is Parquet, and the part that reads and writes it is not installed: "
            "pip install 'briefing[parquet]'."
        ) from None
    return pyarrow


class _Lines(Generic[Text]):
    """The lines of a stream. One that is too long raises InputError and is skipped; `number` is that of the last."""

    def __init__(self, stream: IO[Text], name: str) -> None:
        self._stream: IO[Text] = stream
        self._name, self.number = name, 0

    def __iter__(self) -> Iterator[Text]:
        return self

    def __next__(self) -> Text:
        line = self._stream.readline(MAX_BYTES + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) <= MAX_BYTES:
            return line
        while len(line) > MAX_BYTES and line[-1:] not in ("\n", b"\n"):
            line = self._stream.readline(MAX_BYTES + 1)
        raise InputError(
            f"{self._name}, line {self.number} is longer than the {MAX_BYTES:,} bytes that are read: "
            "give one article a line, not a collection."
        )


def _each(rows: Iterator[T]) -> Iterator[T | Exception]:
    """Yield what an iterator yields, and each error of a row that it raises."""
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except (InputError, csv.Error) as error:
            yield error


@contextmanager
def _readable(name: object) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error).partition("\n")[0]
        raise InputError(f"{name} cannot be read ({reason}): check the name and its permissions.") from None


def _json_file(path: Path) -> Iterator[Article]:
    with _readable(path), path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)  # one more tells that there is more
    value = _loaded(decode(data, str(path)), str(path))
    for number, row in enumerate(value if isinstance(value, list) else [value]):
        yield _json_row(row, str(number), f"{path}, row {number + 1}")


def _json_lines(path: Path) -> Iterator[Article]:
    with _readable(path), path.open("rb") as file:
        yield from read_lines(file, str(path))


def _json_line(line: bytes, name: str, where: str) -> Article:
    try:
        return _json_row(_loaded(decode(line, where), where), name, where)
    except InputError as error:
        return unusable(name, error)


def _loaded(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "nested or numbered too deeply"
        if isinstance(error, json.JSONDecodeError):
            reason = f"{error.msg.removesuffix(' at')} at column {error.colno}"
        raise InputError(f'{where} is no JSON ({reason}): give an object with "text".') from None


def _json_row(row: object, name: str, where: str) -> Article:
    row = {"text": row} if isinstance(row, str) else row
    if isinstance(row, dict):
        return of_row(row, name, where)
    return unusable(name, InputError(f'{where} is no object: give an object with "text".'))


def _table(delimiter: str, path: Path) -> Iterator[Article]:
    csv.field_size_limit(max(csv.field_size_limit(), MAX_CHARACTERS))  # one limit for the process: never lowered
    with _readable(path), path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        lines = _Lines(file, str(path))
        # Strict: a quotation mark that is out of place would swallow the rows below it without a word.
        rows = _each(csv.reader(lines, delimiter=delimiter, strict=True))
        header = next(rows, [])
        if isinstance(header, Exception) or not _is_utf8(header) or "\0" in "".join(header):  # UTF-16, say
            raise InputError(f"{path} has no header that can be read: save it as CSV in UTF-8.")
        columns, number, begun = columns_of(header, str(path)), count(), lines.number + 1
        for cells in rows:
            where, begun = f"{path}, line {begun}", lines.number + 1
            if isinstance(cells, Exception) or any(map(str.strip, cells)):
                yield _cells(cells, header, columns, str(next(number)), where)


def _cells(
    cells: list[str] | Exception, header: list[str], columns: Mapping[str, int], name: str, where: str
) -> Article:
    if isinstance(cells, InputError):
        return unusable(name, cells)
    if isinstance(cells, Exception):
        return unusable(name, InputError(f"{where} is no row ({cells}): look for a quotation mark out of place."))
    name = _name(cells, header, columns) or name
    if len(cells) != len(header):  # a text with a comma in it, say, of which the rest would be lost
        held = f"{len(cells)} cells, and the header {len(header)}"
        return unusable(name, InputError(f"{where} has {held}: put quotation marks round its text."))
    if not _is_utf8(cells):
        return unusable(name, InputError(f"{where} is not UTF-8 text: save the file as UTF-8."))
    return of_row(picked(cells, columns), name, where)


def _name(cells: list[str], header: list[str], columns: Mapping[str, int]) -> str:
    """Return the id in a row that perhaps cannot be used; "" where none can be told."""
    # One cell too many is a comma in a text: what stands before all texts is in its place. One too few is a part of a
    # text that was broken into lines.
    first = columns.get("id") == min(columns.values())
    if "id" not in columns or not (len(cells) == len(header) or (first and len(cells) > len(header))):
        return ""
    cell = cells[columns["id"]]
    return replace_surrogates(cell) if cell.strip() else ""


def _is_utf8(cells: Iterable[str]) -> bool:
    text = "".join(cells)
    return replace_surrogates(text) == text


def _parquet(path: Path) -> Iterator[Article]:
    pyarrow, number = arrow(str(path)), count()
    try:
        with _readable(path), path.open("rb") as stream:
            file = pyarrow.parquet.ParquetFile(stream, pre_buffer=False, buffer_size=_BUFFER)
            names = file.schema_arrow.names
            columns = columns_of(names, str(path))
            wanted = [names[place] for place in columns.values()]
            for batch in file.iter_batches(_BATCH, columns=wanted):
                for at in range(batch.num_rows):
                    yield _parquet_row(batch.slice(at, 1), wanted, list(columns), next(number), path)
    except pyarrow.ArrowException as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"{path} cannot be read as Parquet ({reason}): write it anew.") from None


def _parquet_row(row: Any, wanted: list[str], fields: list[str], number: int, path: Path) -> Article:
    where = f"{path}, row {number + 1}"
    try:
        (values,) = row.to_pylist()
    except ValueError:  # by the row: to_pylist would not give the others either
        return unusable(str(number), InputError(f"{where} cannot be read: write its text as UTF-8."))
    return of_row({field: values[name] for field, name in zip(fields, wanted, strict=True)}, str(number), where)


_READERS: dict[str, Callable[[Path], Iterator[Article]]] = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json_file,
    ".csv": partial(_table, ","),
    ".tsv": partial(_table, "\t"),
    ".parquet": _parquet,
}
