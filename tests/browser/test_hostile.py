"""Hostile texts in every place of a result: parsed as a browser parses it, a page is the template's and nothing else's.

Each result is drawn twice: once with attacks in every text, once with harmless words in the same places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest

import briefing
from briefing import Briefing, Document, Report, Source
from briefing.render import html, view
from briefing.text import printable, replace_surrogates
from tests.browser import hostile, pages
from tests.browser.hostile import ATTACKS, HARMLESS
from tests.browser.watch import PHONE, Watch, look_after_each

_URLS = {"href", "src", "action", "formaction", "poster", "data", "cite", "background", "srcset", "xlink:href"}
# Parts of a result that a page leaves out when they are empty are there in all of these.
RESULTS = ("briefing", "repaired", "partly", "not in the sources", "report", "report without its sources")


class Drawn(NamedTuple):
    """A page and a cell of one result, and the sources that it is of."""

    page: str
    cell: str
    sources: tuple[Source, ...]


@cache
def drawn(name: str, text: str, *, ids: bool) -> Drawn:
    """Return a result drawn with attacks or harmless words in it, its sources whole but where the ids are hostile."""
    plant: Callable[[str], str] = hostile.attacking() if text == "attacks" else lambda _: HARMLESS
    result = hostile.planted(pages.result(name), plant, ids=ids)
    if isinstance(result, Report):  # it keeps no sources
        sources = hostile.planted(pages.result("partly"), plant, ids=ids).sources
        document = None if ids or "without" in name else Document.read(sources)
        shown = view.of_report(hostile.placed(result, document) if document else result, document)
    else:
        sources = result.sources
        result = result if ids else hostile.placed(result, Document.read(sources))
        shown = view.of_briefing(result) if isinstance(result, Briefing) else view.of_answer(result)
    return Drawn(html.page(shown), html.cell(shown), sources)


@cache
def parsed(text: str) -> Element:
    """Return the tree that a browser makes of a page or a fragment; any error of its syntax is raised."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(text if text.startswith("<!DOCTYPE") else f"<!DOCTYPE html><title>x</title>{text}")
    return root


def elements(root: Element) -> Iterator[Element]:
    return (each for each in root.iter() if isinstance(each.tag, str))  # else it is a comment


def shape(root: Element) -> set[tuple[str, str]]:
    """Return each kind of element with each attribute that it has somewhere."""
    return {(each.tag, name) for each in elements(root) for name in ("", *each.keys())}


@pytest.mark.parametrize("ids", [False, True], ids=["ids as they are", "hostile ids"])
@pytest.mark.parametrize("kind", ["page", "cell"])
@pytest.mark.parametrize("name", RESULTS)
def test_elements_and_attributes_are_the_templates(name: str, kind: str, ids: bool) -> None:
    attacked, clean = (parsed(getattr(drawn(name, text, ids=ids), kind)) for text in ("attacks", "harmless"))
    assert shape(attacked) == shape(clean)
    assert not any(attribute.startswith("on") or attribute == "style" for _, attribute in shape(attacked))
    assert not [each for each in attacked.iter() if not isinstance(each.tag, str)]  # no comment
    for tag in ("script", "style", "meta", "link", "title", "form", "iframe", "img", "base", "main", "input"):
        one, other = ([*root.iter(tag)] for root in (attacked, clean))
        assert len(one) == len(other), tag
        if tag in ("script", "style", "meta", "link"):
            assert [(each.text, each.attrib) for each in one] == [(each.text, each.attrib) for each in other], tag


@pytest.mark.parametrize("ids", [False, True], ids=["ids as they are", "hostile ids"])
@pytest.mark.parametrize("kind", ["page", "cell"])
@pytest.mark.parametrize("name", RESULTS)
def test_links_lead_to_the_page_itself_and_to_the_sources(name: str, kind: str, ids: bool) -> None:
    root = parsed(getattr(drawn(name, "attacks", ids=ids), kind))
    named = [element.get("id") for element in elements(root) if element.get("id")]
    assert len(named) == len({*named})
    allowed = {f"#{id_}" for id_ in named} | {"data:,"}
    if name in ("briefing", "repaired"):
        allowed |= {str(source.url) for source in pages.FERRY}
    found = {unquote(value) for element in elements(root) for name, value in element.items() if name in _URLS}
    assert found <= allowed
    assert found or kind == "cell"
    assert all(re.fullmatch(r"#[a-z0-9-]+|data:,|https://(herald|courier)\.example/ferry", value) for value in found)


@pytest.mark.parametrize("text", ["attacks", "harmless"])
@pytest.mark.parametrize("name", ["briefing", "partly", "report"])
def test_what_is_shown_is_the_text_of_the_article(name: str, text: str) -> None:
    """Every character of it, but for those that no reader can see and that are not for readers."""
    each = drawn(name, text, ids=False)
    read = Document.read(each.sources)
    root = parsed(each.page)
    by_id = {element.get("id"): "".join(element.itertext()) for element in elements(root)}
    for id_, sentence in read.by_id.items():
        source = read.sources[sentence.source - 1]
        whole = source.title if id_.startswith("t") else source.text
        said = (whole or "")[slice(*sentence.span)]
        assert squeezed(by_id[id_]) == squeezed(said)
        if text == "harmless":
            assert by_id[id_] == said
    every = squeezed("".join(root.itertext()))
    if name == "briefing":  # it has a place for each
        assert [each for each in ATTACKS if (squeezed(each) in every) is (text == "harmless")] == []


def squeezed(text: str) -> str:
    """Return what a reader sees of a text, without white space, which a page sets anew."""
    return "".join(replace_surrogates(printable(text)).split())


@pytest.mark.parametrize("control", ["\x1b", "\x00", "\x07", "\x9b", "\u202e", "\u2066", "\ud800"], ids=ascii)
@pytest.mark.parametrize("kind", ["page", "cell"])
def test_what_turns_or_controls_is_left_out(kind: str, control: str) -> None:
    assert control not in getattr(drawn("briefing", "attacks", ids=True), kind)
    assert getattr(drawn("briefing", "attacks", ids=True), kind).encode("utf-8")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2#d", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://example.org/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/a", False),
        ("/etc/passwd", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https:///a", False),
        (" https://example.org", False),
        ("https://example.org/\u202egpj", False),
        ("https://exam\nple.org", False),
        ("java\tscript:alert(1)", False),
        ("vbscript:x", False),
        ("https://[", False),
    ],
)
def test_only_web_addresses_are_links(url: str, linked: bool) -> None:
    result = briefing.summarize(Source("Ana Holm opened the bridge on Monday. It rained.", "Bridge", url))
    for text in (result.html(), pages.cell_of(result)):
        links = [each.get("href") for each in parsed(text).iter("a") if not str(each.get("href")).startswith("#")]
        assert links == [url] * linked


@pytest.mark.parametrize("text", ["attacks", "harmless"])
@pytest.mark.parametrize("name", ["briefing", "partly", "report"])
def test_a_browser_runs_nothing_and_asks_for_nothing(watch: Watch, name: str, text: str) -> None:
    """`watch` holds it to that: no request, no message, no dialog, while everything is pressed that can be."""
    each = drawn(name, text, ids=True)
    page = watch.open(each.page, PHONE)
    look_after_each(page, ".say, .line.used, summary, input, #sources .line")
    page.mouse.move(100, 300)
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    assert page.evaluate("window.pwned") is None
    assert page.locator("img, iframe, form, base, object, embed, svg").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE.width


@pytest.mark.parametrize("text", ["attacks", "harmless"])
def test_cells_run_nothing_in_a_notebook(watch: Watch, text: str) -> None:
    """There is no policy there that forbids it: what is escaped is all that counts."""
    cells = "".join(drawn(name, text, ids=True).cell for name in RESULTS)
    page = watch.open(f"<!DOCTYPE html><html lang=en><title>x</title><link rel=icon href=data:,><body>{cells}")
    for each in page.locator("summary").all():
        each.click()
    assert page.evaluate("window.pwned") is None
    assert page.locator("img, iframe, form, base, object, embed, svg, script").count() == 0
