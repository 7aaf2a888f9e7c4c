"""How the results of a batch become lines and rows: JSON Lines, CSV, Parquet.

JSON holds a result whole. A table holds its texts, each claim a line as `text()` prints it, with its markers.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from .errors import InputError
from .render import text
from .results import Answer, Briefing
from .rows import arrow
from .text import printable, replace_surrogates
from .verdict import Verdict

Cell: TypeAlias = str | bool | int | None

_COLUMNS = (
    *("id", "status", "question", "headline", "lede", "points", "quotes", "analysis", "answer"),
    *("ok", "unsupported", "engine", "error"),
)
_ROW_GROUP = 256  # rows of a Parquet file that are held at once
# What a spreadsheet takes for a formula: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@")
_BREAKS = ("\t", "\r", "\n")
# Letters and a symbol that show nothing; all else that does not is a mark, a blank, or of the categories C.
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"


class Result(Protocol):
    """What can be written: a `Briefing`, an `Answer`, or a failure, which is what has an `error`."""

    def model_dump_json(self) -> str:
        """Return the result as JSON, in one line."""
        ...


class Format(Protocol):
    """What a file begins with, what a result is in it, and what ends it."""

    def begun(self) -> bytes:
        """Return what a file begins with."""
        ...

    def line(self, result: Result) -> bytes:
        """Return a result as bytes; none while it waits for others."""
        ...

    def ended(self, size: int) -> bytes | None:
        """Return what ends a file of this size; None when it lacks what nothing can make up for."""
        ...


class Lines:
    """JSON Lines: a result a line."""

    def begun(self) -> bytes:
        """Return nothing: the first line is a result."""
        return b""

    def line(self, result: Result) -> bytes:
        """Return the result as a line."""
        return result.model_dump_json().encode() + b"\n"

    def ended(self, size: int) -> bytes:  # noqa: ARG002
        """Return nothing: whole lines are a whole file."""
        return b""


class Table(Lines):
    """CSV: a result a row, which no spreadsheet takes for formulas."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter

    def begun(self) -> bytes:
        """Return the names of the columns."""
        return self._row(_COLUMNS)

    def line(self, result: Result) -> bytes:
        """Return the result as a row; text in it may go over several lines."""
        return self._row(map(_harmless, row_of(result).values()))

    def _row(self, cells: Iterable[Cell]) -> bytes:
        row = io.StringIO(newline="")
        csv.writer(row, delimiter=self._delimiter).writerow(cells)
        return row.getvalue().encode()


class Parquet:
    """Parquet: some hundred results a group of rows, and all that says where they are at the end."""

    def __init__(self, arrow: Any) -> None:
        self._arrow = arrow
        kinds = {"ok": arrow.bool_(), "unsupported": arrow.int32()}
        self._schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in _COLUMNS])
        self._rows: list[dict[str, Cell]] = []
        self._bytes, self._given = io.BytesIO(), 0

    def begun(self) -> bytes:
        """Return what says that the file is Parquet."""
        self._writer = self._arrow.parquet.ParquetWriter(self._bytes, self._schema, write_statistics=False)
        return self._taken()

    def line(self, result: Result) -> bytes:
        """Return a group of rows when there are enough results for one."""
        self._rows.append(row_of(result))
        return self._group() if len(self._rows) >= _ROW_GROUP else b""

    def ended(self, size: int) -> bytes | None:
        """Return the last group and the end, which names every group; None when one of them was not written."""
        if size != self._given or self._bytes.tell():
            return None
        last = self._group()
        self._writer.close()
        return last + self._taken()

    def _group(self) -> bytes:
        if self._rows:
            self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
            self._rows = []
        return self._taken()

    def _taken(self) -> bytes:
        data = self._bytes.getvalue()
        self._given += len(data)
        self._bytes.seek(0)
        self._bytes.truncate()
        return data


def format_of(name: str) -> Format:
    """Return the format that the ending of a file's name says; raises InputError when it says none."""
    ending = Path(name).suffix.lower()
    if ending in (".jsonl", ".ndjson"):
        return Lines()
    if ending in (".csv", ".tsv"):
        return Table("," if ending == ".csv" else "\t")
    if ending == ".parquet":
        return Parquet(arrow(name))
    raise InputError(f"{name} has no ending that says its format: end it in .jsonl, .ndjson, .csv, .tsv or .parquet.")


def row_of(result: object) -> dict[str, Cell]:
    """Return a result as the row of a table: its texts, what the checks say, or the error of one that failed."""
    error = getattr(result, "error", None)
    row: dict[str, Cell] = dict.fromkeys(_COLUMNS)
    row |= {
        "id": getattr(result, "id", None),
        "status": "done" if error is None else "failed",
        "question": getattr(result, "question", None) or None,
        "error": None if error is None else f"{type(error).__name__}: {error}",
    }
    if isinstance(result, Briefing):
        row |= {
            "headline": text.headline(result.headline),
            "lede": text.claim(result.lede),
            "points": "\n".join(map(text.claim, result.points)),
            "quotes": "\n".join(map(text.quote, result.quotes)),
            "analysis": "\n".join(map(text.claim, result.analysis)),
        }
    if isinstance(result, Answer):
        row |= {"status": result.status.value, "answer": "\n".join(map(text.claim, result.claims))}
    if isinstance(result, Briefing | Answer):
        unsupported = result.report.counts[Verdict.UNSUPPORTED]
        row |= {"ok": result.report.ok, "unsupported": unsupported, "engine": result.engine}
    return {name: replace_surrogates(cell) if isinstance(cell, str) else cell for name, cell in row.items()}


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str):
        cell = printable(cell)
        return f"'{cell}" if cell.startswith(_BREAKS) or _is_formula(cell) else cell
    return cell


def _is_formula(cell: str) -> bool:
    """Return whether a spreadsheet may take a cell for a formula: some trim it and fold full width first."""
    shown = (each for each in cell if each not in _FILLERS and unicodedata.category(each)[0] not in "CMZ")
    return unicodedata.normalize("NFKC", next(shown, "")).startswith(_FORMULA)
