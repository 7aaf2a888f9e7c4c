"""Articles for a batch, one by one, out of what holds them in memory: lists, generators, rows, DataFrames.

Nothing is held but the article at hand. One that cannot be used has a `problem`, and the next follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import count
from typing import Any, NamedTuple, TypeVar

from . import markers
from .document import Document
from .errors import InputError
from .source import Source, as_source, from_row, hint_of, known, problem
from .text import replace_surrogates

T = TypeVar("T")

# What is read of a row; its other columns are not.
_FIELDS = ("id", "text", "title", "url", "published", "question", "sources")


class Article(NamedTuple):
    """One article of a batch: its id, what `Document.read` takes, its own question, and why it cannot be used."""

    id: str
    sources: Any
    question: str | None = None
    problem: InputError | None = None


def articles(given: object) -> Iterator[Article]:
    """Return the articles in an iterable of what `named` takes, or in a pandas or polars DataFrame.

    A row of a DataFrame without an `id` has its index label for one. Raises InputError for what is no such collection.
    """
    if hasattr(given, "itertuples") or hasattr(given, "iter_rows"):
        return _frame(given)
    # Some single things can be walked through too, by their characters, keys or fields.
    one = isinstance(given, str | Mapping) or known(given) or hasattr(given, "_asdict") or hasattr(given, "model_dump")
    if one or not isinstance(given, Iterable):
        what = "one text" if isinstance(given, str) else "None" if given is None else f"of type {type(given).__name__}"
        raise InputError(
            f"the articles are {what}: give a list of articles, as in batch([text]). For a file of rows there is the "
            "command `briefing batch`; in Python give map(json.loads, open(path)), pandas.read_csv(path) or "
            "pandas.read_parquet(path)."
        )
    return map(named, given, count())


def named(item: object, number: int) -> Article:
    """Return one article: a text, `Source`, `Document`, row or list of sources; its number is the id of one without.

    A row is a mapping, a named tuple, a pandas Series or a row of a database that has `keys`: `text`, and perhaps `id`,
    `title`, `url`, `published` and `question`, or `sources`, a list of such rows or texts, in place of `text`. Anything
    else has a `problem`.
    """
    if isinstance(item, Article):
        return item
    name, where = str(number), f"article {number}"
    try:
        item = _as_row(item)
    except Exception as error:  # of code that is not ours, on one item of many
        kind = f"of type {type(item).__name__}, which gives no row ({type(error).__name__})"
        return unusable(name, InputError(f"{where} is {kind}: give a text, a Source, or a dict with a text."))
    if isinstance(item, Mapping):
        return of_row(item, name, where)
    if isinstance(item, str | Source | Document):
        return Article(name, item)
    if isinstance(item, Sequence | Set) and not known(item):
        return Article(name, [_without_gaps(part) for part in item])
    return unusable(name, InputError(f"{where} is {problem(item)}"))


def _as_row(item: Any) -> Any:
    """Return the mapping that an item stands for; the item itself where it stands for none."""
    if isinstance(item, type | Mapping | str | Source | Document):
        return item
    for name in ("_asdict", "to_dict"):
        if callable(as_row := getattr(item, name, None)):
            return as_row()
    return dict(item) if callable(getattr(item, "keys", None)) else item


def of_row(row: Mapping[Any, Any], name: str, where: str) -> Article:
    """Return the article of a row: `name` is its id if it has none, `where` what an error calls it."""
    found = {field: row[field] for field in _FIELDS if field in row and not _is_missing(row[field])}
    question = found.get("question", "")
    asked = replace_surrogates(question) or None if isinstance(question, str) else None
    try:
        name = _id(found.get("id", name), where)
        if not isinstance(question, str):
            kind = type(question).__name__
            raise InputError(f"{where}: its question is of type {kind}: give it as text, or leave it out.")
        if asked and not any(map(str.isalnum, asked)):
            raise InputError(f"{where}: its question has no word in it: say in words what is wanted, or leave it out.")
        return Article(name, _sources(row, found, where), asked)
    except InputError as error:
        return unusable(name, error)._replace(question=asked)


def _id(value: object, where: str) -> str:
    if isinstance(value, Iterable) and not isinstance(value, str):
        raise InputError(f"{where}: its id is of type {type(value).__name__}: give text or a number.")
    return replace_surrogates(_label(value))


def _label(value: object) -> str:
    # pandas makes floats of the whole numbers in a column with a gap
    return str(int(value) if isinstance(value, float) and value.is_integer() else value)


def _sources(row: Mapping[Any, Any], found: dict[str, Any], where: str) -> Source | list[Source]:
    several: Any = found.get("sources")
    if hasattr(several, "tolist"):  # a numpy array: what pandas makes of a list in a Parquet file
        several = several.tolist()
    if isinstance(several, list | tuple):
        if "text" in found:
            raise InputError(f'{where} has "text" and "sources": give one of them.')
        if not several:
            raise InputError(f"{where}: its list of sources is empty: give at least one row or text.")
        return [_usable(_without_gaps(part), f"{where}, source {n}") for n, part in enumerate(several, start=1)]
    if "text" not in found:
        if several is not None:
            kind = type(several).__name__
            raise InputError(f"{where}: its sources are of type {kind}: give a list of rows or texts.")
        if "text" in row:
            raise InputError(f"{where}: its text is empty: give the article's text.")
    return _usable(from_row(found if "text" in found else row, where), where)


def _usable(item: object, where: str) -> Source:
    """Return the source of an item; raises InputError, with its place, for what `summarize` would refuse."""
    source = as_source(item, where)
    if hint_of(source, where):
        raise InputError(
            f"{where}: its text is only a URL or a file name, and none is opened: give the article's text."
        )
    # a letter is no part of a marker: with one, which most texts begin with, the rest need not be looked at
    if not any(map(str.isalpha, source.text)) and not any(map(str.isalnum, markers.strip(source.text))):
        raise InputError(f"{where}: its text has no sentence in it, only markers or symbols: give the article's text.")
    return source


def _without_gaps(part: object) -> object:
    """Return a row with None for each value that is missing; anything else as it is."""
    if isinstance(part, Mapping):
        return {key: None if _is_missing(value) else value for key, value in part.items()}
    return part


def _is_missing(value: object) -> bool:
    """Return whether a value stands for none: None, blank text, NaN, and what pandas and numpy have for it."""
    if value is None or isinstance(value, str):
        return not (value and value.strip())
    differs: object = value != value  # NaN and NaT do; pandas.NA says NA, an array gives an array
    return type(differs).__name__ == "NAType" or (type(differs).__name__ in ("bool", "bool_") and bool(differs))


def unusable(name: str, error: Exception) -> Article:
    """Return an article that an error keeps from being used."""
    # A new error: the one that was raised holds on to the row by its traceback.
    return Article(name, None, None, InputError(str(error)))


def columns_of(names: Iterable[object], where: str) -> dict[str, int]:
    """Return the place of each column that is read; raises InputError, which names the columns, without a text."""
    found: dict[str, int] = {}
    shown = [str(name).strip() for name in names]
    for place, name in enumerate(shown):
        if name.lower() in _FIELDS:
            found.setdefault(name.lower(), place)
    if not {"text", "sources"} & found.keys():
        columns = ", ".join(name[:30] for name in shown[:8]) or "none"
        raise InputError(f'{where} has no column "text" (its columns: {columns}): call the column of the articles so.')
    return found


def picked(values: Sequence[T], columns: Mapping[str, int]) -> dict[str, T]:
    """Return the row that the values of a table's row make, with the columns that are read."""
    return {field: values[place] for field, place in columns.items()}


def _frame(frame: Any) -> Iterator[Article]:
    columns = columns_of(frame.columns, "the DataFrame")
    if hasattr(frame, "itertuples"):
        labels, rows = frame.index, frame.itertuples(index=False, name=None)
    else:
        labels, rows = count(), frame.iter_rows()
    return (
        of_row(picked(values, columns), _label(number if _is_missing(label) else label), f"article {number}")
        for number, (label, values) in enumerate(zip(labels, rows, strict=False))
    )
