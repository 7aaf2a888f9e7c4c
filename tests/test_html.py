"""Results as HTML: what a page and a cell are made of. How they look and work in a browser: tests/browser."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from urllib.parse import unquote

import html5lib
import pytest

import briefing
from briefing.render import html, view

OFFLINE = briefing.Extractive()
TEXT = "The council approved the bridge on Monday. It will cost about $4 million, Mayor Ana Ruiz said."
REPORT = briefing.verify("The council approved the bridge on Tuesday. It will cost $4 million.", TEXT)
RESULTS: dict[str, Callable[[], briefing.Briefing | briefing.Answer | briefing.Report]] = {
    "briefing": lambda: briefing.summarize(TEXT, engine=OFFLINE),
    "answer": lambda: briefing.ask(TEXT, "How much will the bridge cost?", engine=OFFLINE),
    "no answer": lambda: briefing.ask(TEXT, "Who won the election?", engine=OFFLINE),
    "report": lambda: REPORT,
}


@pytest.mark.parametrize("kind", RESULTS)
def test_a_cell_is_html_and_text(kind: str) -> None:
    result = RESULTS[kind]()
    bundle = result._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert bundle["text/plain"] == result.text()
    parsed = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parseFragment(bundle["text/html"])
    assert not [element for element in parsed.iter() if element.tag in {"script", "link", "img", "iframe", "form"}]


@pytest.mark.parametrize("kind", RESULTS)
def test_a_page_is_valid_and_asks_for_nothing(kind: str) -> None:
    page = RESULTS[kind]().html()
    parsed = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(page)
    assert "//" not in re.sub(r"(?m)^\s*//.*$|; //.*$|\{ //.*$", "", page)  # comments of the script
    for name in ("style", "script"):
        (part,) = parsed.iter(name)
        digest = base64.b64encode(hashlib.sha256((part.text or "").encode()).digest()).decode()
        (policy,) = [meta.get("content") for meta in parsed.iter("meta") if meta.get("http-equiv")]
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    ids = [element.get("id") for element in parsed.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for link in parsed.iter("a"):
        assert link.get("href")[0] == "#" and link.get("href")[1:] in ids


def test_cells_of_one_notebook_do_not_share_a_name() -> None:
    result = briefing.summarize(TEXT, engine=OFFLINE)
    cells = [html.cell(view.of_briefing(result)) for _ in range(3)]
    ids = [set(re.findall(r'\bid="([^"]+)"', cell)) for cell in cells]
    assert ids[0] and not ids[0] & ids[1] and not ids[1] & ids[2]
    for cell, own in zip(cells, ids, strict=True):
        assert {unquote(link) for link in re.findall(r'href="#([^"]+)"', cell)} <= own
        scope = re.match(r'<div class="([\w-]+)">', cell)
        assert scope
        (style,) = re.findall(r"<style>(.*?)</style>", cell, re.DOTALL)
        for selectors in re.findall(r"(?m)^([^{}\n]+)\{", style):
            assert all(each.strip().startswith(f".{scope[1]}") for each in selectors.split(",")), selectors


def test_a_cell_has_the_sentences_in_which_the_sources_differ_though_no_claim_cites_them() -> None:
    other = TEXT.replace("$4 million", "$5 million")
    bundle = briefing.summarize([TEXT, other], points=0, engine=OFFLINE)._repr_mimebundle_()
    links = {unquote(link).rpartition("-")[2] for link in re.findall(r'href="#([^"]+)"', bundle["text/html"])}
    listed = {each.rpartition("-")[2] for each in re.findall(r'<li id="([^"]+)"', bundle["text/html"])}
    assert {"s2", "s4"} <= links <= listed == {"s1", "s2", "s3", "s4"}


def test_a_finding_is_marked_in_both_places() -> None:
    page = REPORT.html(TEXT)
    parsed = html5lib.parse(page, namespaceHTMLElements=False)
    parts = {element.get("id"): element for element in parsed.iter()}
    found, expected = ([mark.text for mark in parts[name].iter("mark")] for name in ("claims", "sources"))
    assert found == ["Tuesday", "$4 million"]
    assert expected == ["Monday", "about $4 million"]


def test_what_cannot_be_a_source_is_refused() -> None:
    with pytest.raises(briefing.InputError, match="the list of sources is empty"):
        REPORT.html([])


def test_a_page_can_be_written_whatever_the_text() -> None:
    claim = (
        briefing.verify("It rained.", "It rained.").claims[0].model_copy(update={"text": "It\ud800 rained\x00\x0c."})
    )
    page = briefing.verify("It rained.", "It rained.").model_copy(update={"claims": (claim,)}).html()
    page.encode()
    assert "It\ufffd rained" in page and "\x00" not in page


def test_drawing_is_imported_when_something_is_drawn() -> None:
    code = (
        "import briefing, sys; result = briefing.summarize('It rained. It froze.', engine=briefing.Extractive())\n"
        "result.text(), result.markdown(); print('jinja2' in sys.modules); result.html(); print('jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
