"""The command line: `briefing summarize FILE…`, `ask QUESTION FILE…`, `verify SUMMARY FILE…`, `recheck RESULT FILE…`.

The exit codes stand in `EXIT_CODES`, and in `briefing --help`.
"""

from __future__ import annotations

import os
import sys
import traceback
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer
from pydantic import ValidationError

from . import __version__, ask, files, recheck, summarize, verify
from .engines import Engine
from .engines.extractive import Extractive
from .engines.openai import OpenAI, configured
from .errors import BriefingError, BudgetExceeded, EngineError, InputError, UnsupportedClaims
from .repair import Unsupported
from .report import Report
from .results import Answer, Briefing
from .source import Source
from .text import printable, squeeze

EXIT_CODES = (
    "Exit codes: 0 done; 1 done, but a claim failed its checks; 2 the command, its input or its output cannot be used; "
    "3 the model or its server failed; 4 the budget is spent; 70 a fault in briefing itself; 130 interrupted."
)

app = typer.Typer(
    name="briefing",
    help="Write news briefings and answer questions from article text, every sentence proved from its sources.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


class ReportFormat(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"


class EngineName(StrEnum):
    """Who writes."""

    AUTO = "auto"
    OPENAI = "openai"
    EXTRACTIVE = "extractive"


class Fallback(StrEnum):
    """Who writes when the engine fails."""

    EXTRACTIVE = "extractive"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Articles on one event: .txt, .md, .html, .json or .jsonl rows with text, title, url, published; "
        "- for standard input, which may hold any of these.",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", case_sensitive=False, help="How to print the result.")]
ReportFormatOption = Annotated[
    ReportFormat, typer.Option("--format", "-f", case_sensitive=False, help="How to print the report.")
]
EngineOption = Annotated[
    EngineName,
    typer.Option(
        "--engine",
        "-e",
        case_sensitive=False,
        help="Who writes: a model (openai: also any server that speaks its protocol), or extractive, which works "
        "offline. auto takes a model when --base-url, --model, OPENAI_API_KEY or OPENAI_BASE_URL is given.",
    ),
]
ModelOption = Annotated[str, typer.Option("--model", "-m", help="The model that writes.")]
BaseUrlOption = Annotated[str, typer.Option("--base-url", help="Its server, e.g. http://localhost:11434/v1.")]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="The language that a model writes in; else that of the sources.")
]
UnsupportedOption = Annotated[
    Unsupported,
    typer.Option(
        case_sensitive=False,
        help="What becomes of a claim that fails its checks: sent back once and else dropped, dropped, left with its "
        "verdict, or the whole refused.",
    ),
]
FallbackOption = Annotated[
    Fallback | None, typer.Option(case_sensitive=False, help="Who writes when the model or its server fails.")
]


@app.command("summarize")
def summarize_command(
    file: Files,
    points: Annotated[int, typer.Option("--points", "-n", min=0, help="The most points to make.")] = 5,
    focus: Annotated[str | None, typer.Option(help='What the points are to be about, e.g. "defense".')] = None,
    format: FormatOption = Format.TEXT,
    engine: EngineOption = EngineName.AUTO,
    model: ModelOption = "",
    base_url: BaseUrlOption = "",
    language: LanguageOption = None,
    unsupported: UnsupportedOption = Unsupported.REPAIR,
    fallback: FallbackOption = None,
) -> None:
    """Write a briefing of the articles: headline, lede, points, quotes and analysis, each with its markers.

    Several files are sources of one briefing: [1] is the first, [2] the second.
    """
    writer = _engine(engine, model, base_url, language)
    result = summarize(
        _sources(file),
        engine=writer,
        points=points,
        focus=focus,
        unsupported=unsupported.value,
        fallback=None if fallback is None else "extractive",
    )
    _print(result, format)


@app.command("ask")
def ask_command(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.", show_default=False)],
    file: Files,
    format: FormatOption = Format.TEXT,
    engine: EngineOption = EngineName.AUTO,
    model: ModelOption = "",
    base_url: BaseUrlOption = "",
    language: LanguageOption = None,
    unsupported: UnsupportedOption = Unsupported.REPAIR,
    fallback: FallbackOption = None,
) -> None:
    """Answer a question from the articles alone, or say that the answer is not in them."""
    writer = _engine(engine, model, base_url, language)
    answer = ask(
        _sources(file),
        question,
        engine=writer,
        unsupported=unsupported.value,
        fallback=None if fallback is None else "extractive",
    )
    _print(answer, format)


@app.command("verify")
def verify_command(
    summary: Annotated[
        str,
        typer.Argument(help="The text to check: a file, or - for standard input.", show_default=False),
    ],
    source: Files,
    format: ReportFormatOption = ReportFormat.TEXT,
) -> None:
    """Check a text that anybody wrote against its sources: each sentence, its markers, what is wrong and where.

    With several sources [1] is the first, [2] the second.
    """
    texts = _sources([summary])
    if len(texts) != 1:
        raise InputError(f"{summary} holds {len(texts)} texts: give one to verify.")
    _print_report(verify(texts[0].text, _sources(source)), format)


@app.command("recheck")
def recheck_command(
    result: Annotated[str, typer.Argument(help="A result that --format json wrote.", show_default=False)],
    source: Files,
    format: ReportFormatOption = ReportFormat.TEXT,
) -> None:
    """Tell which claims of an earlier result still hold against sources that were corrected."""
    _print_report(recheck(_result(result), _sources(source)), format)


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        print(f"briefing {__version__}")
        raise typer.Exit


class _ChecksFailedError(Exception):
    """A result was printed, and not all of its claims passed their checks."""


def main() -> None:
    """Run the command line and exit; an error of ours is one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # UTF-8 in the C locale too; what UTF-8 cannot say, as in a name of stray bytes, as an escape.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(_run())


def _run() -> int:
    """Run the command line, tell its errors, and return the exit code."""
    try:
        try:
            app()
        finally:
            print(end="", flush=True)  # here, where a full disk can still be told
    except SystemExit as end:
        # Typer's own 1 is an interrupted command or a closed pipe; ours is for claims alone.
        return 2 if end.code == 1 else int(end.code or 0)
    except _ChecksFailedError:
        return 1
    except KeyboardInterrupt:
        return 130
    except UnsupportedClaims as error:
        return _told(str(error), 1)
    except EngineError as error:
        return _told(str(error), 3)
    except BudgetExceeded as error:
        return _told(str(error), 4)
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
    """Tell what went wrong, as one line on standard error, and return the exit code."""
    if sys.stderr is not None:  # for None print takes standard output
        try:
            print(f"briefing: {squeeze(printable(problem))}", file=sys.stderr)
        except OSError:
            _drop(sys.stderr)
    return code


def _drop(stream: TextIO) -> None:
    """Send what a stream still has to write to nowhere, so that Python does not fail on it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _engine(name: EngineName, model: str, base_url: str, language: str | None) -> Engine | None:
    """Return the engine that was asked for; None leaves the choice to what the environment has set up."""
    if name is EngineName.EXTRACTIVE:
        return Extractive()
    if name is EngineName.AUTO and not (model or base_url or configured()):
        return None
    return OpenAI(model, base_url, language=language)


def _sources(names: list[str]) -> list[Source]:
    if names.count("-") > 1:
        raise typer.BadParameter("- stands for standard input and can be given once.")
    return [source for name in names for source in (_standard_input() if name == "-" else files.read(name))]


def _result(name: str) -> Briefing | Answer:
    """Return the briefing or the answer that a JSON file holds."""
    try:
        data = Path(name).read_bytes()
    except OSError as error:
        raise InputError(f"{name} cannot be read ({error.strerror}): name a file that --format json wrote.") from None
    for kind in (Briefing, Answer):
        try:
            return kind.model_validate_json(data)
        except ValidationError:
            continue
    raise InputError(f"{name} holds no briefing and no answer: name a file that --format json wrote.")


def _standard_input() -> list[Source]:
    name = "standard input"
    try:
        if sys.stdin is None:
            raise InputError(f"{name} is closed: send the article to it, or name its file.")
        data = sys.stdin.buffer.read(files.MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{name} cannot be read ({error.strerror}): send the article to it, or name its file."
        ) from None
    text = files.decode(data, name)
    return files.parse(text, files.detect(text), name)


def _print_report(report: Report, format: ReportFormat) -> None:
    _write(report.model_dump_json(indent=2) if format is ReportFormat.JSON else report.text())
    if not report.ok:
        raise _ChecksFailedError


def _print(result: Briefing | Answer, format: Format) -> None:
    if format is Format.JSON:
        _write(result.model_dump_json(indent=2))
    else:
        _write((result.markdown() if format is Format.MARKDOWN else result.text()).rstrip("\n"))
    if not result.report.ok:
        raise _ChecksFailedError


def _write(text: str) -> None:
    if sys.stdout is None:
        raise InputError("standard output is closed: leave it open, or send it to a file.")
    try:
        print(text, flush=True)
    except BrokenPipeError:
        _drop(sys.stdout)  # whoever reads has read enough
