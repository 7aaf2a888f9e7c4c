"""`briefing cache`: what the cache holds, and what of it goes."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

import briefing

from .errors import CacheError, InputError
from .options import StockFormat
from .terminal import print_text

if TYPE_CHECKING:
    from .cachestock import Stock

app = typer.Typer(
    name="cache",
    help="See what the cache of replies holds, remove what is old, write it out.",
    no_args_is_help=True,
)

_TIMES = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_SIZES = {"B": 1, "kB": 10**3, "MB": 10**6, "GB": 10**9}


def _amount(text: str, units: Mapping[str, int]) -> float:
    """Return a number with its unit, in the smallest unit; raises BadParameter for anything else."""
    found = re.fullmatch(r"([0-9]{1,12}(?:\.[0-9]{1,12})?) ?([A-Za-z]+)", text.strip())
    known = {unit.lower(): factor for unit, factor in units.items()}
    if not found or found[2].lower() not in known:
        raise typer.BadParameter(f"{text!r} is no number with a unit: give one with {', '.join(units)}.")
    return float(found[1]) * known[found[2].lower()]


def _seconds(text: str) -> float:
    return _amount(text, _TIMES)


def _bytes(text: str) -> int:
    return int(_amount(text, _SIZES))


CacheFile = Annotated[
    str | None,
    typer.Option(
        "--cache", metavar="FILE", help="The cache; else that of BRIEFING_CACHE, else in the platform's cache folder."
    ),
]


@app.command("stats")
def stats_command(
    cache: CacheFile = None,
    format: Annotated[StockFormat, typer.Option("--format", "-f", case_sensitive=False, help="How to print it.")] = (
        "text"
    ),
) -> None:
    """Tell where the cache is and what it holds."""
    store = briefing.SQLiteCache(cache)
    stock = store.stats().model_copy(update={"path": str(store.path)})
    print_text(stock.model_dump_json(indent=2) if format == "json" else _table(stock))


@app.command("prune")
def prune_command(
    cache: CacheFile = None,
    older_than: Annotated[
        float | None,
        typer.Option(parser=_seconds, metavar="TIME", help="Remove what was kept longer ago, e.g. 12h, 30d or 8w."),
    ] = None,
    larger_than: Annotated[
        int | None,
        typer.Option(
            parser=_bytes, metavar="SIZE", help="Then the oldest, until the rest is no larger, e.g. 500MB or 2GB."
        ),
    ] = None,
) -> None:
    """Remove what is old, or more than there is to be: it is paid for again when it is asked for again."""
    if older_than is None and larger_than is None:
        raise typer.BadParameter("say what is to go: give --older-than, --larger-than or both.")
    _print_removed(briefing.SQLiteCache(cache).prune(older_than=older_than, larger_than=larger_than))


@app.command("clear")
def clear_command(
    cache: CacheFile = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether that is meant.")] = False,
) -> None:
    """Remove everything that the cache holds."""
    store = briefing.SQLiteCache(cache)
    stock = store.stats()
    meant = yes or not (stock.replies or stock.failures) or _is_meant(stock.replies + stock.failures, store.path)
    _print_removed(store.clear() if meant else 0)


@app.command("export")
def export_command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="The file of JSON Lines to write; - for standard output.", show_default=False
        ),
    ],
    cache: CacheFile = None,
) -> None:
    """Write all that the cache holds as JSON Lines: kind, key, time, what it was about, the value."""
    store = briefing.SQLiteCache(cache)
    if not store.path.exists():
        raise CacheError(f"There is no cache at {store.path}: name the file of one with --cache.")
    if file != "-":
        print_text(f"{_rows(store.export(file))} written to {file}")
        return
    with TemporaryDirectory() as folder:  # so that a reader who takes his time does not keep the cache open
        whole = Path(folder, "replies.jsonl")
        store.export(whole)
        with whole.open(encoding="utf-8") as lines:
            for line in lines:
                print_text(line.removesuffix("\n"))


def _is_meant(rows: int, path: Path) -> bool:
    """Return what the user answers on a terminal; raises InputError where there is nobody to be asked."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise InputError(f"{path} would be emptied for good: give --yes if that is meant.")
    print(f"Remove {_rows(rows)} from {path} for good? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _print_removed(rows: int) -> None:
    print_text(f"{_rows(rows)} removed")


def _rows(count: int) -> str:
    return f"{count:,} row" if count == 1 else f"{count:,} rows"


def _table(stock: Stock) -> str:
    shown = {
        "path": stock.path,
        "replies": f"{stock.replies:,}",
        "failures": f"{stock.failures:,}",
        "size": _size(stock.file_bytes) + (f", {_size(stock.text_bytes)} of it text" if stock.text_bytes else ""),
        "oldest": _local(stock.oldest),
        "newest": _local(stock.newest),
    }
    return "\n".join(f"{name:<9} {value}" for name, value in shown.items())


def _size(count: int) -> str:
    for unit, factor in reversed(_SIZES.items()):
        if count >= factor and factor > 1:
            return f"{count / factor:.1f} {unit}"
    return f"{count} B"


def _local(at: float | None) -> str:
    return "-" if at is None else f"{datetime.fromtimestamp(at).astimezone():%Y-%m-%d %H:%M:%S %Z}"
