"""`briefing view FILE`: a result that was written earlier, or a whole batch, as a page in the browser."""

from __future__ import annotations

import os
import secrets
import sys
import webbrowser
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from shutil import rmtree
from stat import S_IMODE
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING, Annotated

import typer

import briefing

from . import saved
from .errors import InputError
from .terminal import at_most_once, called, on_terminal, print_text, say, sources
from .text import printable

if TYPE_CHECKING:
    from .flow import Result
    from .report import Report


def view_command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A result that --format json wrote, or the .jsonl of a batch; - for standard input.",
            show_default=False,
        ),
    ],
    source: Annotated[
        list[str] | None,
        typer.Option("--source", "-s", help="An article that a report is on, for it holds none; again for another."),
    ] = None,
    target: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where the page goes, for a batch a folder; else it lies in the folder of temporary files.",
        ),
    ] = None,
    shown: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
) -> None:
    """Show a result that --format json wrote, or a whole batch, as a page in the browser, and print the page's name."""
    page = _written(file, source or [], target)
    print_text(printable(str(page)) if on_terminal() else str(page))
    if shown and not _is_open(page):
        say(f"no browser could be opened: the page is {page}")


def _written(file: str, given: list[str], target: str | None) -> Path:
    """Return the page that the results in a file were written to; of several, the page that leads to theirs."""
    at_most_once([file, *given])
    _refuse(target, [file, *given])
    results = saved.read(file)
    first, second = next(results), next(results, None)
    if given and (second or not isinstance(first, briefing.Report)):
        raise InputError(f"{called(file)} holds its sources itself: leave out --source.")
    if second or isinstance(first, briefing.Failure):
        found = _of_articles(chain([first], [second] if second else [], results), called(file))
        return _pages(found, target)
    page = first.html(sources(given) if given else None) if isinstance(first, briefing.Report) else first.html()
    return _temporary(page) if target is None else _replaced(Path(target), page)


def _refuse(target: str | None, read: list[str]) -> None:
    """Raise InputError for an output that is one of the files to be read, or standard output."""
    from .output import refuse_same

    if target == "-":
        raise InputError("view writes a page to a file: name one, or leave out --output.")
    for name in read:
        if target is not None:
            refuse_same(target, name)


def _pages(results: Iterator[Result], target: str | None) -> Path:
    """Return the page that leads to a page of each result; in a new folder for its owner alone when none is named."""
    folder = target or mkdtemp(prefix="briefing-")
    try:
        return briefing.pages(results, folder)
    except BaseException:
        if target is None:
            rmtree(folder, ignore_errors=True)
        raise


def _of_articles(results: Iterator[Result | Report], name: str) -> Iterator[Result]:
    for result in results:
        if isinstance(result, briefing.Report):
            raise InputError(f"{name} holds a report among others: give it in a file of its own.")
        yield result


def _temporary(page: str) -> Path:
    """Return a new file that its owner alone can read; it stays, for a browser may read it late, and once more."""
    return _put(page, Path(gettempdir(), f"briefing-{secrets.token_hex(8)}.html"), 0o600)


def _replaced(path: Path, page: str) -> Path:
    """Return the path, which holds the whole page now; whatever fails, it holds what it did."""
    target = Path(os.path.realpath(path))  # a link stays one, and what it points at is replaced
    if target.exists() and not target.is_file():  # a device, say, which a file must not replace
        raise InputError(f"{path} is no file: name one for the page.")
    _put(page, target, S_IMODE(target.stat().st_mode) if target.exists() else None)
    return path


def _put(page: str, target: Path, mode: int | None) -> Path:
    """Return `target`, which has the whole page and this mode now, or that of a new file; or it is as before.

    The page goes to a new file, of a name that nobody can guess and lay a link there, which then takes its place.
    """
    part = target.with_name(f".{secrets.token_hex(8)}.part")

    def opened(name: str, flags: int) -> int:
        return os.open(name, flags, 0o666 if mode is None else mode)

    try:
        with open(part, "x", encoding="utf-8", opener=opened) as file:
            file.write(page)
        if mode is not None:
            part.chmod(mode)  # what the umask took of it
        return part.replace(target)
    except OSError as error:
        raise InputError(f"{target} cannot be written ({error.strerror}): name another output.") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _is_open(page: Path) -> bool:
    """Return whether a browser was opened; what it prints does not go to standard output, which has the page's name."""
    kept = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY) if sys.stderr is None else 2, 1)
    try:
        return webbrowser.open(page.absolute().as_uri())
    finally:
        os.dup2(kept, 1)
        os.close(kept)
