"""The command line: `briefing summarize FILE…`, `ask QUESTION FILE…`, `verify SUMMARY FILE…`, `recheck RESULT FILE…`.

The exit codes stand in `EXIT_CODES`, and in `briefing --help`.
"""

from __future__ import annotations

from typing import Annotated, Literal

import typer

import briefing  # each verb is imported when its command runs: `--help` does not wait for it

from .errors import InputError
from .terminal import EXIT_CODES, at_most_once, earlier, exit_with, print_report, print_result, sources
from .writer import EngineName, writes

app = typer.Typer(
    name="briefing",
    help="Write news briefings and answer questions from article text, every sentence proved from its sources.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


Format = Literal["text", "markdown", "json"]
ReportFormat = Literal["text", "json"]
Unsupported = Literal["repair", "drop", "flag", "raise"]
Fallback = Literal["extractive"]
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
        "offline. auto takes a model when --base-url, --model, OPENAI_API_KEY or OPENAI_BASE_URL is given. The key "
        "comes from OPENAI_API_KEY.",
    ),
]
ModelOption = Annotated[
    str,
    typer.Option(
        "--model", "-m", help="The model that writes; else that of BRIEFING_MODEL, else gpt-6-luna.", show_default=False
    ),
]
BaseUrlOption = Annotated[
    str,
    typer.Option(
        "--base-url",
        help="Its server, e.g. http://localhost:11434/v1; else that of OPENAI_BASE_URL, else OpenAI's.",
        show_default=False,
    ),
]
LanguageOption = Annotated[
    str | None, typer.Option("--language", help="The language that a model writes in; else that of the sources.")
]
ContextOption = Annotated[
    int | None, typer.Option("--context", min=1, help="How many tokens the model takes, prompt and reply together.")
]
MaxTokensOption = Annotated[
    int | None, typer.Option("--max-tokens", min=1, help="The most tokens that the model may write in one reply.")
]
DeadlineOption = Annotated[
    float | None,
    typer.Option("--deadline", help="The seconds that one request may take, with all its attempts; else 120."),
]
MaxCallsOption = Annotated[
    int | None, typer.Option("--max-calls", min=0, help="The most calls to make to the server, attempts counted.")
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
    format: FormatOption = "text",
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
) -> None:
    """Write a briefing of the articles: headline, lede, points, quotes and analysis, each with its markers.

    Several files are sources of one briefing: [1] is the first, [2] the second.
    """
    limits = {"context": context, "max_tokens": max_tokens, "deadline": deadline, "max_calls": max_calls}
    writer = writes(engine, {"model": model, "base_url": base_url, "language": language, **limits})
    print_result(
        lambda: briefing.summarize(
            sources(file), engine=writer, points=points, focus=focus, unsupported=unsupported, fallback=fallback
        ),
        format,
    )


@app.command("ask")
def ask_command(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.", show_default=False)],
    file: Files,
    format: FormatOption = "text",
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
) -> None:
    """Answer a question from the articles alone, or say that the answer is not in them."""
    limits = {"context": context, "max_tokens": max_tokens, "deadline": deadline, "max_calls": max_calls}
    writer = writes(engine, {"model": model, "base_url": base_url, "language": language, **limits})
    print_result(
        lambda: briefing.ask(sources(file), question, engine=writer, unsupported=unsupported, fallback=fallback), format
    )


@app.command("verify")
def verify_command(
    summary: Annotated[
        str,
        typer.Argument(help="The text to check: a file, or - for standard input.", show_default=False),
    ],
    source: Files,
    format: ReportFormatOption = "text",
) -> None:
    """Check a text that anybody wrote against its sources: each sentence, its markers, what is wrong and where.

    With several sources [1] is the first, [2] the second.
    """
    at_most_once([summary, *source])
    texts = sources([summary])
    if len(texts) != 1:
        raise InputError(f"{summary} holds {len(texts)} texts: give one to verify.")
    print_report(briefing.verify(texts[0].text, sources(source)), format)


@app.command("recheck")
def recheck_command(
    result: Annotated[
        str,
        typer.Argument(help="A result that --format json wrote: a file, or - for standard input.", show_default=False),
    ],
    source: Files,
    format: ReportFormatOption = "text",
) -> None:
    """Tell which claims of an earlier result still hold against sources that were corrected."""
    at_most_once([result, *source])
    print_report(briefing.recheck(earlier(result), sources(source)), format)


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
