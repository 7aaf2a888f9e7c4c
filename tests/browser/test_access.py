"""What axe-core finds: nothing of weight, on any page, in any state, on any screen."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import pages
from tests.browser.watch import DESKTOP, SCREENS, Screen, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

_BARS = {"moderate", "serious", "critical"}
_ROOM = """<!DOCTYPE html><html lang="en"><head><title>A notebook</title><style>body {{ {style} }}</style></head>
<body><main><h1>Cell</h1><h2>Out</h2>{cell}</main></body></html>"""
_ROOMS = {"white": "background: #fff; color: #000", "dark": "background: #111; color: #d4d4d4"}


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, as a package on PyPI carries it."""
    pytest.importorskip("axe_playwright_python", reason="needs axe-core: pip install 'briefing[dev]'")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """Return what axe-core finds on a page: how bad, which rule, where."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{each['impact']} {each['id']}: {each['nodes'][0]['html'][:200]} {each['nodes'][0]['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in _BARS
    ]


@pytest.mark.parametrize("name", pages.NAMES)
def test_axe_finds_nothing_on_a_page(watch: Watch, axe: str, screen: Screen, name: str) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html, screen)
    page.get_by_text("What the marks mean").click()
    if screen in (DESKTOP, SCREENS["phone-dark"]) or not shown.claims:  # two of four: it takes its time
        assert violations(page, axe) == []
    if page.get_by_role("checkbox").count():
        page.get_by_role("checkbox").check()
    if shown.claims:
        worst = max(range(len(shown.claims)), key=lambda n: len(shown.claims[n].findings))
        page.locator(f"#c{worst}").get_by_role("button").first.click()
        assert violations(page, axe) == []


@pytest.mark.parametrize("room", _ROOMS)
@pytest.mark.parametrize("name", ["briefing", "repaired", "report"])
def test_axe_finds_nothing_in_a_cell_of_a_notebook(watch: Watch, axe: str, room: str, name: str) -> None:
    scheme = SCREENS["desktop-dark"] if room == "dark" else DESKTOP
    page = watch.open(_ROOM.format(style=_ROOMS[room], cell=pages.cell(name)), scheme)
    page.locator("summary").click()
    assert violations(page, axe) == []


def test_axe_finds_something_where_there_is_something(watch: Watch, axe: str) -> None:
    page = watch.open(_ROOM.replace('lang="en"', "").format(style="color: #ccc", cell=pages.cell("report")))
    found = " ".join(violations(page, axe))
    assert "serious html-has-lang" in found
    assert "serious color-contrast" in found
