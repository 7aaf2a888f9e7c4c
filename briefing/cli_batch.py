"""`briefing batch IN`: many articles out of a file of rows, and their results into another."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import AsyncGenerator, Generator, Iterable, Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

import typer

import briefing

from .destinations import Destinations
from .errors import ConfigError
from .options import (
    BaseUrlOption,
    CacheOption,
    ContextOption,
    DeadlineOption,
    EngineOption,
    FallbackOption,
    FocusOption,
    LanguageOption,
    MaxCallsOption,
    MaxTokensOption,
    ModelOption,
    NoCacheOption,
    UnsupportedOption,
    kept,
)
from .terminal import PartlyFailedError, say, stdin, stopped_by_signals
from .text import printable, squeeze
from .writer import writes

if TYPE_CHECKING:
    from .article import Article
    from .engines import Engine
    from .flow import Result
    from .progress import Tally
    from .usage import Budget

_TOLD = 120  # characters of the first failure's message


def batch_command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="Rows with text, and perhaps id, title, url, published, question: .jsonl, .json, .csv, .tsv or "
            ".parquet; - for JSON Lines on standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="OUT",
            help="Where the results go: .jsonl (whole), .csv, .tsv or .parquet (their texts); - for JSON Lines on "
            "standard output, the default without --pages.",
        ),
    ] = None,
    pages: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Write a web page of each result, and index.html, into this folder."),
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option("--question", "-q", help="Ask this of each article instead of briefings; again for another one."),
    ] = None,
    points: Annotated[
        int | None, typer.Option("--points", "-n", min=0, help="The most points to make of an article; else 5.")
    ] = None,
    focus: FocusOption = None,
    engine: EngineOption = "auto",
    model: ModelOption = "",
    base_url: BaseUrlOption = "",
    language: LanguageOption = None,
    context: ContextOption = None,
    max_tokens: MaxTokensOption = None,
    deadline: DeadlineOption = None,
    unsupported: UnsupportedOption = "repair",
    fallback: FallbackOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
    concurrency: Annotated[
        int,
        typer.Option(min=1, help="The most calls in flight; fewer while the server says that these are too many."),
    ] = 32,
    rpm: Annotated[int | None, typer.Option("--rpm", min=1, help="The most requests a minute.")] = None,
    tpm: Annotated[int | None, typer.Option("--tpm", min=1, help="The most tokens a minute.")] = None,
    max_calls: MaxCallsOption = None,
    token_budget: Annotated[
        int | None, typer.Option(min=0, help="The most tokens that all calls together may use, prompts and replies.")
    ] = None,
    max_cost: Annotated[
        float | None, typer.Option(min=0, help="The most that they may cost, in US dollars; needs the extra prices.")
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes of the extractive engine; else one a core, when there is work for them."),
    ] = None,
    ordered: Annotated[
        bool, typer.Option("--ordered/--as-finished", help="Write the results in the order of the articles.")
    ] = False,
    progress: Annotated[
        bool | None,
        typer.Option("--progress/--no-progress", help="Show a bar; else when standard error is a terminal."),
    ] = None,
) -> None:
    """Write a briefing of each article in a file, or answer questions from each.

    One that fails is a row too. What was paid for is kept: run the same again, and only what is missing is asked for.
    """
    limits = {"max_calls": max_calls, "token_budget": token_budget, "max_cost": max_cost}
    bounds = {"context": context, "max_tokens": max_tokens, "deadline": deadline}
    writer = writes(
        engine,
        {"model": model, "base_url": base_url, "language": language, **bounds},
        {**limits, "rpm": rpm, "tpm": tpm},
    )
    if max_cost is not None:
        _refuse_unpriced(writer)
    output = "-" if output is None and pages is None else output
    shown = _is_watched(output) if progress is None else progress
    options: Any = {
        "question": question or None,
        "concurrency": briefing.Pace(concurrency, requests_per_minute=rpm, tokens_per_minute=tpm),
        "budget": _budget(max_calls, token_budget, max_cost),
        "ordered": ordered,
        "workers": workers,
        "progress": shown,
        "engine": writer,
        "unsupported": unsupported,
        "fallback": fallback,
        "cache": kept(cache, no_cache),
        **{name: value for name, value in (("points", points), ("focus", focus)) if value is not None},
    }
    results = _driven(options) if file == "-" else briefing.batch(_articles(file, counted=shown), **options)
    _run(results, Destinations(output, pages, [file]), "answer" if question else "article", writer)


class _Counted:
    """Articles that are known to be so many, so that a bar can tell what is left."""

    def __init__(self, articles: Iterator[Article], count: int) -> None:
        self._articles, self._count = articles, count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Article]:
        return self._articles


def _driven(options: Any) -> Generator[Result, None, None]:
    """Return the results of the articles on standard input, of each as soon as it is there: they may come slowly."""
    from . import loop, rows

    # not `sys.stdin`: Python could not end while a thread waits there for a line
    stream = open(stdin().fileno(), "rb", closefd=False)  # noqa: SIM115
    articles = rows.read_lines(stream, "standard input")

    async def waited_for() -> AsyncGenerator[Article, None]:
        while article := await loop.settled(next, articles, None):  # in a thread that nobody waits for
            yield article

    results = briefing.abatch(waited_for(), **options)  # here, so that what cannot be used is told at once

    def read() -> Generator[Result, None, None]:
        yield from loop.iterate(results)  # here, so that it is metered by whoever reads

    return read()


def _articles(name: str, *, counted: bool) -> Iterable[Article]:
    """Return the articles of a file; raises InputError for one that cannot be read."""
    from . import rows

    articles = rows.read(name)
    # of the other kinds lines are no rows, and a pipe can be read once
    if counted and name.lower().endswith((".jsonl", ".ndjson")) and Path(name).is_file():
        with Path(name).open("rb") as file:
            return _Counted(articles, sum(not line.isspace() for line in file))
    return articles


def _is_watched(output: str | None) -> bool:
    """Return whether a bar is seen, and does not run through results on the same terminal."""
    seen = sys.stderr is not None and sys.stderr.isatty()
    return seen and not (output == "-" and sys.stdout is not None and sys.stdout.isatty())


def _budget(calls: int | None, tokens: int | None, cost: float | None) -> Budget | None:
    """Return what bounds the whole run; None without a limit, since a budget has the tokens of prompts counted."""
    if calls is tokens is cost is None:
        return None
    return briefing.Budget(calls=calls, tokens=tokens, cost=cost)


def _refuse_unpriced(writer: Engine | None) -> None:
    """Raise ConfigError for a model whose prices are not known: a limit of money would end the run at once."""
    from .prices import known

    if not isinstance(writer, briefing.OpenAI) or known(writer.model, writer.base_url):
        return
    if find_spec("genai_prices"):
        host = urlsplit(writer.base_url).hostname
        why, remedy = f"which is not in the price list of the server {host}", ""
    else:
        why, remedy = "and none are known", "pip install 'briefing[prices]', or "
    raise ConfigError(
        f"--max-cost needs the prices of {writer.model}, {why}: {remedy}give --max-calls or --token-budget."
    )


def _run(results: Generator[Result, None, None], into: Destinations, noun: str, writer: Engine | None) -> None:
    """Write the results as they come and tell at the end what was done; raises PartlyFailedError when some failed."""
    from .arguments import UNCONFIGURED
    from .engines.openai import configured
    from .progress import Tally

    tally, began = Tally(), time.monotonic()
    if writer is None and not configured():
        say(UNCONFIGURED)

    def sum_up(before: str = "") -> None:
        tally.usage = meter.usage  # also of calls whose articles came to no end
        say(before + _summary(tally, noun, time.monotonic() - began, into.told()))

    with stopped_by_signals(), briefing.metered() as meter:
        try:
            with into, closing(results):
                for result in results:
                    into.put(result)
                    tally.add(result)
        except BaseException as error:
            sum_up("stopped after ")
            if isinstance(error, BrokenPipeError):  # whoever reads has read enough
                sys.exit(128 + signal.SIGPIPE)
            raise
        sum_up()
    if tally.failed:
        raise PartlyFailedError


def _summary(tally: Tally, noun: str, seconds: float, places: list[str]) -> str:
    failed = tally.failed.total()
    done = f"{_counted(tally.done + failed, noun)}: {tally.done:,} done"
    if tally.cached:
        done += f" ({tally.cached:,} from the cache)"
    if failed:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in tally.failed.most_common())
        done += f", {failed:,} failed ({kinds}; the first: {_cut(tally.first)})"
    parts = [done]
    if paid := tally.paid():
        calls = tally.usage.calls
        parts.append(", ".join(["calls unknown" if calls is None else _counted(calls, "call"), *paid]))
    return "; ".join([*parts, _time(seconds), *places])


def _cut(told: str) -> str:
    told = squeeze(printable(told))
    return told if len(told) <= _TOLD else told[: _TOLD - 1].rstrip() + "…"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds) // 60, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {round(seconds) % 60} s"
