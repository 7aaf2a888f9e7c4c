"""A page without a mouse: every control is reached, in order, is seen to be, and works; a screen reader is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser import pages
from tests.browser.watch import DESKTOP, PHONE, SCREENS, Screen, Watch, look

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What can be reached with the Tab key, in the order of the page; of a group of radio buttons the one that is chosen.
_CONTROLS = """() => [...document.querySelectorAll("a[href], input, summary, button, [role=button], [tabindex='0']")]
    .filter(each => each.offsetParent !== null || each.matches(".skip, #back"))
    .filter(each => !each.hidden && each.tabIndex >= 0 && !(each.type === "radio" && !each.checked))
    .map(each => window.named(each))"""
_NAMED = """() => {
    const every = [...document.querySelectorAll("*")];
    window.named = each => each === document.body ? "" : `${every.indexOf(each)} ${each.tagName}`;
}"""
_STOP = """() => {
    const each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
    return [window.named(each), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0];
}"""


class Stop(NamedTuple):
    """Where the Tab key leads: which element, whether an outline is drawn round it, whether any of it is in view."""

    name: str
    outlined: bool
    in_view: bool


def tab_through(page: Page, key: str = "Tab") -> list[Stop]:
    """Return where the Tab key leads until it leaves the page."""
    stops: list[Stop] = []
    while len(stops) < 500:
        page.keyboard.press(key)
        stop = Stop(*page.evaluate(_STOP))
        if not stop.name or (stops and stop.name == stops[0].name):
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key does not leave the page")


@pytest.mark.parametrize(
    ("name", "screen"),
    [("briefing", screen) for screen in SCREENS.values()] + [("not in the sources", DESKTOP)],
    ids=[*SCREENS, "not in the sources"],
)
def test_every_control_is_reached_in_order_and_seen(watch: Watch, name: str, screen: Screen) -> None:
    page = watch.open(pages.shown(name).html, screen)
    page.evaluate(_NAMED)
    controls = page.evaluate(_CONTROLS)
    assert len(controls) > (30 if name == "briefing" else 5)
    stops = tab_through(page)
    assert [stop.name for stop in stops] == controls
    assert [stop for stop in stops if not stop.outlined or not stop.in_view] == []


def test_the_way_back_through_the_page_is_the_same(watch: Watch) -> None:
    page = watch.open(pages.shown("report").html)
    page.evaluate(_NAMED)
    there = [stop.name for stop in tab_through(page)]
    page.reload()
    page.evaluate(_NAMED)
    assert [stop.name for stop in tab_through(page, "Shift+Tab")] == there[::-1]


def test_the_first_stop_skips_to_the_sources(watch: Watch, screen: Screen) -> None:
    page = watch.open(pages.shown("briefing").html, screen)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the sources")
    assert skip.evaluate("each => each === document.activeElement && each.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sources"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#sources') !== null")


def test_to_focus_a_claim_lights_its_evidence(watch: Watch, screen: Screen) -> None:
    """On a phone the page does not jump away from the claim: there Enter leads to the evidence."""
    page = watch.open(pages.shown("briefing").html, screen)
    page.locator("#c3 a").last.focus()
    page.keyboard.press("Tab")
    seen = look(page)
    assert (seen.claims, seen.sentences, seen.pressed) == (["c4"], ["s7"], 1)
    assert seen.told == "Evidence: Divers found no damage to the fuel tanks."
    assert page.locator("#c4 .say").get_attribute("aria-pressed") == "true"
    if screen.width < 800:
        assert "c4" in seen.in_view
    else:
        assert "s7" in seen.in_view


@pytest.mark.parametrize("key", ["Enter", " "], ids=["Enter", "Space"])
def test_keys_choose_and_end(watch: Watch, key: str) -> None:
    page = watch.open(pages.shown("briefing").html, PHONE)
    page.locator("#c4 .say").focus()
    page.keyboard.press(key)
    seen = look(page)
    assert (seen.sentences, seen.back) == (["s7"], True)
    assert "s7" in seen.in_view
    page.keyboard.press("Escape")
    assert look(page)._replace(in_view=[])[:7] == ([], [], [], [], 0, "", False)
    page.locator("#s4").focus()
    page.keyboard.press(key)
    seen = look(page)
    assert seen.claims == ["c2", "c3"]
    assert seen.told == "Used by Point 1, Point 2"
    assert "c2" in seen.in_view


def test_the_way_back_by_keyboard_on_a_phone(watch: Watch) -> None:
    page = watch.open(pages.shown("briefing").html, PHONE)
    page.locator("#c4 .say").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Back to the claim").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.claim')?.id") == "c4"
    assert "c4" in look(page).in_view
    page.keyboard.press("Tab")  # and on from there
    assert page.evaluate("document.activeElement.closest('.claim')?.id") == "c4"


def test_arrows_choose_a_filter_and_space_the_switch(watch: Watch) -> None:
    page = watch.open(pages.shown("briefing").html)
    page.get_by_role("radio", name="All").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="Supported 5", exact=True).is_checked()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("radio", name="Unsupported").is_checked()
    assert page.locator("main .claim.supported").locator("visible=true").count() == 0
    page.get_by_role("checkbox").focus()
    page.keyboard.press(" ")
    assert page.get_by_role("checkbox").is_checked()


def test_a_long_column_of_sources_that_no_claim_uses_is_scrolled_with_the_keyboard(watch: Watch) -> None:
    page = watch.open(pages.shown("not in the sources").html, DESKTOP._replace(height=400))
    last = page.locator("#sources article p").last
    page.get_by_role("link").last.focus()  # of the nearest sentences; after it come the sources
    page.keyboard.press("Tab")
    for _ in range(20):
        page.keyboard.press("PageDown")
    page.wait_for_function("each => each.getBoundingClientRect().bottom < innerHeight", arg=last.element_handle())


def test_what_a_screen_reader_is_given(watch: Watch) -> None:
    """Headings, regions and buttons by their names, in the order of the page."""
    page = watch.open(pages.shown("briefing").html)
    assert page.get_by_role("heading", level=1).text_content() == "Ferry Saint Brendan runs aground off Port Alder"
    for region in ("What it says", "The sources", "Quotes", "Analysis", "Where the sources differ"):
        assert page.get_by_role("region", name=region, exact=True).count() == 1
    for article in pages.FERRY:
        assert page.get_by_role("article", name=str(article.title)).count() == 1
    lede = page.get_by_role("button", name="The ferry Saint Brendan ran aground off Port Alder on Tuesday")
    assert lede.count() == 3  # the claim, and the sentences that it rests on
    assert page.get_by_role("group", name="Show").get_by_role("radio").count() == 5
