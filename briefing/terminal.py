"""What the command line reads and prints, and how it ends: files and standard input, results, errors, exit codes."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

import typer

import briefing

from . import files
from .errors import BriefingError, BudgetExceeded, EngineError, InputError, UnsupportedClaims
from .text import printable, squeeze

if TYPE_CHECKING:
    from .report import Report
    from .results import Answer, Briefing
    from .source import Source

EXIT_CODES = (
    "Exit codes: 0 done; 1 done, but a claim failed its checks, or an article of a batch failed; 2 the command, its "
    "input or its output cannot be used; 3 the model or its server failed, for a batch so that all further calls would "
    "too; 4 the budget is spent; 70 a fault in briefing itself; 130 interrupted, 143 terminated, 141 for a "
    "batch that nobody reads on."
)
#: The option that sets each limit of a budget.
_LIMITS = {"calls": "--max-calls", "tokens": "--token-budget", "cost": "--max-cost"}
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class PartlyFailedError(Exception):
    """What was asked for is written, and not all of it went well: a claim failed its checks, or an article failed."""


def exit_with(command: Callable[[], object]) -> None:
    """Run a command line and exit; an error of ours is one line on standard error and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # UTF-8 in the C locale too; what UTF-8 cannot say, as in a name of stray bytes, as an escape.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with warnings.catch_warnings():
        warnings.showwarning = lambda message, *_: say(str(message))  # without our file and its line
        code = _run(command)
    sys.exit(code)


def _run(command: Callable[[], object]) -> int:
    """Run the command line, tell its errors, and return the exit code."""
    try:
        try:
            command()
        finally:
            print(end="", flush=True)  # here, where a full disk can still be told
    except SystemExit as end:
        # Typer's own 1 is an interrupted command or a closed pipe; ours is for claims alone.
        return 2 if end.code == 1 else int(end.code or 0)
    except PartlyFailedError:
        return 1
    except KeyboardInterrupt:
        return 130
    except UnsupportedClaims as error:
        return _told(str(error), 1)
    except EngineError as error:
        return _told(str(error), 3)
    except BudgetExceeded as error:
        named = next((_LIMITS[word] for word in str(error).split() if word in _LIMITS), "")
        return _told(f"{error} The limit is {named}." if named else str(error), 4)
    except BriefingError as error:
        return _told(str(error))
    except BrokenPipeError:
        _drop(sys.stdout)  # whoever reads has read enough
    except OSError as error:
        _drop(sys.stdout)
        return _told(
            f"{error.filename or 'standard output'} cannot be used ({error.strerror}): check it and try again."
        )
    except Exception:
        traceback.print_exc()
        return 70
    return 0


def _told(problem: str, code: int = 2) -> int:
    """Tell what went wrong and return the exit code."""
    say(problem)
    return code


def say(what: str) -> None:
    """Print what is no result: one line on standard error."""
    if sys.stderr is not None:  # for None print takes standard output
        try:
            print(f"briefing: {squeeze(printable(what))}", file=sys.stderr)
        except OSError:
            _drop(sys.stderr)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM end the work in good order, as Ctrl-C does; a second signal ends the process at once.

    What the caller of the command had ignored (`nohup`, a job in the background) stays ignored.
    """
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    came: list[int] = []

    def stop(number: int, _: object) -> None:
        for each in _SIGNALS:
            signal.signal(each, _end)
        came.append(number)
        _raise(number)

    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield
    except Exception:
        if came:  # amid pydantic's own code, which makes an error of its own of whatever is raised there
            _raise(came[0])
        raise
    for number, handler in before.items():  # not after a signal or an error: then the process ends
        signal.signal(number, handler)


def _raise(number: int) -> None:
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    sys.exit(128 + number)


def _end(number: int, _: object) -> None:
    os._exit(128 + number)


def _drop(stream: TextIO) -> None:
    """Send what a stream still has to write to nowhere, so that Python does not fail on it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def sources(names: list[str]) -> list[Source]:
    """Return the sources that files hold, `-` for standard input."""
    at_most_once(names)
    return [source for name in names for source in (_standard_input() if name == "-" else files.read(name))]


def at_most_once(names: list[str]) -> None:
    """Refuse standard input where it is given twice: the second time nothing is left of it."""
    if names.count("-") > 1:
        raise typer.BadParameter("- stands for standard input and can be given once.")


def _standard_input() -> list[Source]:
    name = called("-")
    try:
        data = stdin().buffer.read(files.MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{name} cannot be read ({error.strerror}): send the article to it, or name its file."
        ) from None
    text = files.decode(data, name)
    return files.parse(text, files.detect(text), name)


def stdin() -> TextIO:
    """Return standard input; raises InputError when it is closed."""
    if sys.stdin is None:
        raise InputError(f"{called('-')} is closed: send to it what is to be read, or name a file.")
    return sys.stdin


def called(name: str) -> str:
    """Return what an error calls a file."""
    return "standard input" if name == "-" else name


def print_report(report: Report, format: str | None, given: list[Source]) -> None:
    """Print a report on what was held against the given sources; its failed claims become the exit code."""
    print_text(_formed(report, format, given))
    if not report.ok:
        raise PartlyFailedError


def print_result(write: Callable[[], Briefing | Answer], format: str | None, given: list[Source]) -> None:
    """Print what is written from the given sources; its failed claims become the exit code.

    Where the whole is refused for them, the report on it is printed instead.
    """
    try:
        result = write()
    except UnsupportedClaims as error:
        if error.report is not None:
            print_text(_formed(error.report, format, given))
        raise
    print_text(_formed(result, format, given))
    if not result.report.ok:
        raise PartlyFailedError


def _formed(result: Briefing | Answer | Report, format: str | None, given: list[Source]) -> str:
    """Return a result in a format; without one as text, in colour where that is seen."""
    if format == "json":
        formed = result.model_dump_json(indent=2)
        formed = _escaped(formed) if on_terminal() else formed
    elif format == "html":
        formed = result.html(given) if isinstance(result, briefing.Report) else result.html()
    elif format == "markdown" and not isinstance(result, briefing.Report):
        formed = result.markdown()
    else:
        formed = (_coloured(result) if format is None else "") or result.text()
    return formed.rstrip("\n")


def _escaped(text: str) -> str:
    """Return JSON of the same value that does not speak to a terminal: what is not seen stands there as an escape."""
    seen = text.replace("\n", "")  # the only break that JSON leaves between its values
    unseen = {c for c in seen if not c.isprintable() and unicodedata.category(c) != "Zs"}
    return text.translate({ord(c): json.dumps(c)[1:-1] for c in unseen})


def on_terminal() -> bool:
    """Return whether standard output is a terminal, to which what is printed could speak."""
    return sys.stdout is not None and sys.stdout.isatty()


def _coloured(result: Briefing | Answer | Report) -> str:
    """Return a result as standard output shows it in colour; nothing where it is no terminal, or one without styles."""
    if sys.stdout is None or not (on_terminal() or os.environ.get("FORCE_COLOR")):
        return ""
    from .render import console  # here, for most output goes into files and pipes

    screen = console.screen(sys.stdout)
    if screen is None:
        return ""
    if isinstance(result, briefing.Report):
        return console.drawn(console.report(result), screen)
    drawn = console.briefing(result) if isinstance(result, briefing.Briefing) else console.answer(result)
    return console.drawn(drawn, screen)


def print_text(text: str) -> None:
    """Print a result; raises InputError when standard output is closed."""
    if sys.stdout is None:
        raise InputError("standard output is closed: leave it open, or send it to a file.")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _drop(sys.stdout)  # whoever reads has read enough
