"""The pages of the site that are made: what each check catches and lets pass, and what the command line takes.

A hook of mkdocs (see mkdocs.yml). The rows are those that the tests of a check run through; each is checked while the
pages are built, so that they show what a check says today. Rows that share a source stand in one card. Sources and
claims are text, whatever they hold.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from html import escape
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeVar

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from typer.cli import get_docs_for_click
from typer.main import get_command

sys.path.insert(0, str(Path(__file__).parent.parent))  # the tests are no part of what is installed

import briefing
from briefing.checking import CHECKS, examine
from briefing.checks import Subject
from briefing.cli import app
from briefing.document import Document
from briefing.verdict import Finding, Severity
from tests.checks import test_analysis, test_citations, test_figures, test_stances, test_statements, test_time
from tests.checks.rows import Caught, Clean, run

K = TypeVar("K")
Texts = tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """A claim, the labelled texts that it is held against, and what was found; `kind` is what must be, "" for none."""

    texts: Texts
    claim: str
    findings: tuple[Finding, ...]
    kind: str = ""
    speaker: str = ""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each check, two for tables that are about more than one, and one for the command line."""
    for name in (*CHECKS, "statements", "stances"):
        files.append(File.generated(config, f"checks/{name}.md", content=page_of(name)))
    files.append(File.generated(config, "commands.md", content=commands()))
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: object) -> str:
    """Return a page's text with links to the pages above, and without those that lead out of the site."""
    markdown = re.sub(r"\[([^\]]+)\]\(\.\./[^)]+\)", r"\1", markdown)
    if page.file.src_uri == "checks.md":
        markdown = re.sub(r"^\| (\w+) (?=\|.*`)", _linked, markdown, flags=re.M)
    return markdown.replace("```python\n>>> ", "```pycon\n>>> ")


def _linked(found: re.Match[str]) -> str:
    return f"| [{found[1]}](checks/{found[1]}.md) " if found[1] in CHECKS else found[0]


def commands() -> str:
    """Return the page of the command line: what `--help` says of each command."""
    command = get_command(app)
    given = get_docs_for_click(obj=command, ctx=typer.Context(command, info_name="briefing"), name="briefing")
    given = re.sub(r"\*\*Commands\*\*:\n\n(?:\* .*\n)+", "", given)  # cut short, and the headings name them too
    return given.replace("# `briefing`", "# Command line", 1)


def page_of(name: str) -> str:
    """Return the page of a table as Markdown."""
    about = import_module(f"briefing.checks.{name}" if name in CHECKS else f"tests.checks.test_{name}")
    title, text = (inspect.getdoc(about) or "").split(": ", 1)
    table = rows(name)
    caught, clean = ([row for row in table if bool(row.kind) is wanted] for wanted in (True, False))
    told = (
        f"These are the rows of `tests/checks/test_{name}.py`, {len(caught)} claims that are caught and {len(clean)} "
        "that pass, with what is said of each when this page is built."
    )
    parts = [f"# {title}", text[0].upper() + text[1:], told]
    texts = {row.texts for row in table}
    if len(texts) == 1:  # said once
        parts += ["## The source of all", *(f"<p>{escape(text)}</p>" for _, text in texts.pop())]
        caught, clean = ([row._replace(texts=()) for row in part] for part in (caught, clean))
    parts.append("## Caught")
    for kind, group in _grouped(caught, lambda row: row.kind).items():
        parts += [f"### {kind} {{ #{kind.replace(' ', '')} }}", *_cards(group)]
    return "\n\n".join([*parts, "## Clean", *_cards(clean), ""])


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of a table, each with what the checks say of it."""
    if name in _TABLES:
        return tuple(_TABLES[name]())
    tests = import_module(f"tests.checks.test_{name}")
    plain: list[Caught | Clean] = [*tests.CAUGHT, *tests.CLEAN]
    return (*map(_plainly(name), plain), *_further(name))


def _further(name: str) -> Iterable[Row]:
    abroad: list[Caught | Clean] = [*test_figures.ABROAD, *test_figures.AT_HOME]
    dated: list[Caught | Clean] = [*test_time.DATED, *test_time.DATED_CLEAN]
    if name == "figures":
        return map(_plainly(name), abroad)
    return map(_plainly(name, test_time.PUBLISHED), dated) if name == "time" else ()


def _plainly(name: str, published: str | None = None) -> Callable[[Caught | Clean], Row]:
    """Return what makes a row of most tables one of a page."""
    label = f"Source of {published}" if published else "Source"

    def row(given: Caught | Clean) -> Row:
        found = tuple(run(CHECKS[name][0], given, published=published))
        kind = given.kind if isinstance(given, Caught) else ""
        return Row(((label, given.evidence),), given.claim, found, kind, given.speaker or "")

    return row


def _citations() -> Iterator[Row]:
    check, _ = CHECKS["citations"]
    document = Document.read(test_citations.TEXT)
    looked_up = [(claim, ids, kind) for claim, ids, printed, kind in test_citations.LOOKED_UP if printed is None]
    for claim, ids, kind in (*test_citations.CAUGHT, *looked_up, *((*row, "") for row in test_citations.CLEAN)):
        cited = tuple(ids.split())
        evidence = [document.by_id[each] for each in cited if each in document.by_id]
        found = tuple(check(Subject("points[0]", claim, cited), evidence, document))
        known = tuple((f"Cites {sentence.id}", sentence.text) for sentence in evidence)
        other = " ".join(each for each in cited if each not in document.by_id)
        unknown = (("Cites", f"{other} (there is no such sentence)" if other else "nothing"),)
        stands = {f.sentence for f in found if f.sentence and f.sentence not in cited}
        elsewhere = tuple((f"Not cited: {each}", document.by_id[each].text) for each in sorted(stands))
        yield Row(known + (unknown if other or not known else ()) + elsewhere, claim, found, kind or "")
    sources = (test_citations.NORTH, test_citations.SOUTH)
    for marked in test_citations.MARKED:
        findings = briefing.verify(marked.text, sources).claims[0].findings
        texts = tuple((f"Source {number}", text) for number, text in enumerate(sources, 1))
        yield Row(texts, marked.text, findings, *marked.kinds[:1])


def _analysis() -> Iterator[Row]:
    document = Document.read(test_analysis.FACTS)
    for text, check in (*test_analysis.CAUGHT, *((text, "") for text in test_analysis.CLEAN)):
        row = _examined(document, "analysis[0]", text, tuple(sentence.id for sentence in document.sentences))
        yield _by(row, check)


def _statements() -> Iterator[Row]:
    for _, document, cited, text, _ in test_statements.CAUGHT:
        yield _by(_examined(document, "points[0]", text, (cited,)), "any")
    for _, document, ids, text in test_statements.CLEAN:
        yield _examined(document, "points[0]", text, ids)


def _stances() -> Iterator[Row]:
    for name in ("false", "honest"):
        for given in test_stances._rows(name):
            row = Row((("Source", given.evidence),), given.claim, tuple(test_stances._found(given)))
            yield _by(row, "any" if name == "false" else "")


def _examined(document: Document, where: str, text: str, cited: tuple[str, ...]) -> Row:
    """Return a row with what all the checks say of it."""
    seen = examine(Subject(where, text, cited, inference=where.startswith("analysis")), document)
    evidence = " ".join(document.by_id[each].text for each in cited)
    return Row((("Source", evidence),), text, seen.findings)


def _by(row: Row, check: str) -> Row:
    """Return a row under the first error of a check, or of any; without one it is clean."""
    errors = [f for f in row.findings if f.severity is Severity.ERROR and check in (f.check, "any")]
    return row._replace(kind=f"{errors[0].check}: {errors[0].kind}") if check else row


def _grouped(given: list[Row], key: Callable[[Row], K]) -> dict[K, list[Row]]:
    groups: dict[K, list[Row]] = {}
    for row in given:
        groups.setdefault(key(row), []).append(row)
    return groups


def _cards(given: list[Row]) -> Iterator[str]:
    """Yield a card for each source: its texts, then each claim with what is said of it."""
    for group in _grouped(given, lambda row: row.texts).values():
        said = "".join(_item(label, escape(text)) for label, text in group[0].texts)
        said += "".join(map(_claim, group))
        yield f'<dl class="rows {"caught" if group[0].kind else "clean"}">{said}</dl>'


def _claim(row: Row) -> str:
    wanted = row.kind.rpartition(" ")[2]
    told = sorted(row.findings, key=lambda found: found.kind != wanted)
    marked = next((found.claim_span for found in told if found.claim_span), None)
    start, end = marked or (0, 0)
    claim = row.claim if end - start < len(row.claim) else ""  # to mark all of it says nothing
    shown = f"{escape(row.claim[:start])}<mark>{escape(row.claim[start:end])}</mark>{escape(row.claim[end:])}"
    says = dict.fromkeys(escape(found.message) for found in told)
    return (
        _item("Claim", shown if claim and end > start else escape(row.claim), "claim")
        + (_item("Speaker", escape(row.speaker)) if row.speaker else "")
        + "".join(_item("Finding" if row.kind else "Note", message) for message in says)
    )


def _item(label: str, text: str, kind: str = "") -> str:
    kind = kind and f' class="{kind}"'
    return f"<dt{kind}>{label}</dt><dd{kind}>{' '.join(text.split())}</dd>"


_TABLES = {"citations": _citations, "analysis": _analysis, "statements": _statements, "stances": _stances}
