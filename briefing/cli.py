"""The command line: `briefing summarize FILE…`, `ask QUESTION FILE…`, `verify SUMMARY FILE…`, `recheck RESULT FILE…`.

`view`, `batch` and `cache` have a module each. The exit codes stand in `EXIT_CODES`, and in `briefing --help`.
"""

from __future__ import annotations

from typing import Annotated

import typer

import briefing  # each verb is imported when its command runs: `--help` does not wait for it

from . import saved
from .cli_batch import batch_command
from .cli_cache import app as cache_commands
from .cli_view import view_command
from .errors import InputError
from .options import (
    BaseUrlOption,
    CacheOption,
    ContextOption,
    DeadlineOption,
    EngineOption,
    FallbackOption,
    Files,
    FocusOption,
    FormatOption,
    LanguageOption,
    MaxCallsOption,
    MaxTokensOption,
    ModelOption,
    NoCacheOption,
    ReportFormatOption,
    UnsupportedOption,
    kept,
)
from .terminal import EXIT_CODES, at_most_once, exit_with, print_report, print_result, sources
from .writer import writes

app = typer.Typer(
    name="briefing",
    help="Write news briefings and answer questions from article text, every sentence held against its sources.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command("summarize")
def summarize_command(
    file: Files,
    points: Annotated[int, typer.Option("--points", "-n", min=0, help="The most points to make.")] = 5,
    focus: FocusOption = None,
    format: FormatOption = None,
    engine: EngineOption = "auto",
    model: ModelOption = "",
    base_url: BaseUrlOption = "",
    language: LanguageOption = None,
    context: ContextOption = None,
    max_tokens: MaxTokensOption = None,
    deadline: DeadlineOption = None,
    max_calls: MaxCallsOption = None,
    unsupported: UnsupportedOption = "repair",
    fallback: FallbackOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Write a briefing of the articles: headline, lede, points, quotes and analysis, each with its markers.

    Several files are sources of one briefing: [1] is the first, [2] the second.
    """
    limits = {"context": context, "max_tokens": max_tokens, "deadline": deadline, "max_calls": max_calls}
    writer = writes(engine, {"model": model, "base_url": base_url, "language": language, **limits})
    keep, given = kept(cache, no_cache), sources(file)
    print_result(
        lambda: briefing.summarize(
            given,
            engine=writer,
            points=points,
            focus=focus,
            unsupported=unsupported,
            fallback=fallback,
            cache=keep,
        ),
        format,
        given,
    )


@app.command("ask")
def ask_command(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.", show_default=False)],
    file: Files,
    format: FormatOption = None,
    engine: EngineOption = "auto",
    model: ModelOption = "",
    base_url: BaseUrlOption = "",
    language: LanguageOption = None,
    context: ContextOption = None,
    max_tokens: MaxTokensOption = None,
    deadline: DeadlineOption = None,
    max_calls: MaxCallsOption = None,
    unsupported: UnsupportedOption = "repair",
    fallback: FallbackOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
) -> None:
    """Answer a question from the articles alone, or say that the answer is not in them."""
    limits = {"context": context, "max_tokens": max_tokens, "deadline": deadline, "max_calls": max_calls}
    writer = writes(engine, {"model": model, "base_url": base_url, "language": language, **limits})
    keep, given = kept(cache, no_cache), sources(file)
    print_result(
        lambda: briefing.ask(given, question, engine=writer, unsupported=unsupported, fallback=fallback, cache=keep),
        format,
        given,
    )


@app.command("verify")
def verify_command(
    summary: Annotated[
        str,
        typer.Argument(help="The text to check: a file, or - for standard input.", show_default=False),
    ],
    source: Files,
    format: ReportFormatOption = None,
) -> None:
    """Check a text that anybody wrote against its sources: each sentence, its markers, what is wrong and where.

    With several sources [1] is the first, [2] the second.
    """
    at_most_once([summary, *source])
    texts = sources([summary])
    if len(texts) != 1:
        raise InputError(f"{summary} holds {len(texts)} texts: give one to verify.")
    given = sources(source)
    print_report(briefing.verify(texts[0].text, given), format, given)


@app.command("recheck")
def recheck_command(
    result: Annotated[
        str,
        typer.Argument(help="A result that --format json wrote: a file, or - for standard input.", show_default=False),
    ],
    source: Files,
    format: ReportFormatOption = None,
) -> None:
    """Tell which claims of an earlier result still hold against sources that were corrected."""
    at_most_once([result, *source])
    before, given = saved.one(result), sources(source)
    print_report(briefing.recheck(before, given), format, given)


app.command("view")(view_command)
app.command("batch")(batch_command)
app.add_typer(cache_commands, name="cache")


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        print(f"briefing {briefing.__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line and exit."""
    exit_with(app)
