"""The command line: `briefing summarize FILE…` and `briefing ask QUESTION FILE…`.

Exit codes: 0 done, 1 done but a claim failed its checks, 2 the command or its input cannot be used.
"""

from __future__ import annotations

import sys
from enum import StrEnum
from io import TextIOWrapper
from typing import Annotated

import typer

from . import __version__, ask, files, summarize
from .document import Source
from .engines import Engine
from .engines.extractive import Extractive
from .errors import BriefingError
from .results import Answer, Briefing

app = typer.Typer(
    name="briefing",
    help="Write news briefings and answer questions from article text, every sentence proved from its sources.",
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


class EngineName(StrEnum):
    """Who writes."""

    EXTRACTIVE = "extractive"


_ENGINES: dict[EngineName, type[Engine]] = {EngineName.EXTRACTIVE: Extractive}

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Articles on one event: .txt, .md, .html, .json or .jsonl rows with text, title, url, published; "
        "- for standard input.",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")]
EngineOption = Annotated[EngineName, typer.Option("--engine", "-e", help="Who writes: extractive works offline.")]


@app.command("summarize")
def summarize_command(
    file: Files,
    points: Annotated[int, typer.Option("--points", "-n", min=0, help="The most points to make.")] = 5,
    focus: Annotated[str | None, typer.Option(help='What the points are to be about, e.g. "defense".')] = None,
    format: FormatOption = Format.TEXT,
    engine: EngineOption = EngineName.EXTRACTIVE,
) -> None:
    """Write a briefing of the articles: headline, lede, points, quotes and analysis, each with its markers.

    Several files are sources of one briefing: [1] is the first, [2] the second.
    """
    _print(summarize(_sources(file), engine=_ENGINES[engine](), points=points, focus=focus), format)


@app.command("ask")
def ask_command(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.", show_default=False)],
    file: Files,
    format: FormatOption = Format.TEXT,
    engine: EngineOption = EngineName.EXTRACTIVE,
) -> None:
    """Answer a question from the articles alone, or say that the answer is not in them."""
    _print(ask(_sources(file), question, engine=_ENGINES[engine]()), format)


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        print(f"briefing {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; an error of ours is one line on standard error and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # in the C locale too
    try:
        app()
    except BriefingError as error:
        print(f"briefing: {error}", file=sys.stderr)
        sys.exit(2)


def _sources(names: list[str]) -> list[Source]:
    if names.count("-") > 1:
        raise typer.BadParameter("- stands for standard input and can be given once.")
    return [source for name in names for source in (_standard_input() if name == "-" else files.read(name))]


def _standard_input() -> list[Source]:
    text = files.decode(sys.stdin.buffer.read(), "standard input")
    return files.parse(text, ".txt", "standard input")


def _print(result: Briefing | Answer, format: Format) -> None:
    if format is Format.JSON:
        print(result.model_dump_json(indent=2))
    else:
        print(result.markdown() if format is Format.MARKDOWN else result.text(), end="")
    if not result.report.ok:
        raise typer.Exit(1)
