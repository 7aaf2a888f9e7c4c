"""The options of the command line that several of its commands have."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from .writer import EngineName

Format = Literal["text", "markdown", "json", "html"]
ReportFormat = Literal["text", "json", "html"]
StockFormat = Literal["text", "json"]
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
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        case_sensitive=False,
        help="How to print the result, html as a page of its own; else as text, in colour on a terminal.",
        show_default=False,
    ),
]
ReportFormatOption = Annotated[
    ReportFormat | None,
    typer.Option(
        "--format",
        "-f",
        case_sensitive=False,
        help="How to print the report, html as a page of its own; else as text, in colour on a terminal.",
        show_default=False,
    ),
]
FocusOption = Annotated[str | None, typer.Option(help='What the points are to be about, e.g. "defense".')]
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
CacheOption = Annotated[
    str | None,
    typer.Option(
        "--cache",
        metavar="FILE",
        help="Where the replies of a model are kept, and not paid for again; else in BRIEFING_CACHE, else in the "
        "platform's cache folder.",
    ),
]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Ask the model anew, and keep nothing.")]


def kept(cache: str | None, no_cache: bool) -> str | bool:
    """Return where replies are kept, in the form that the verbs take."""
    if no_cache and cache is not None:
        raise typer.BadParameter("--cache and --no-cache exclude each other: leave one of them out.")
    return not no_cache if cache is None else cache
