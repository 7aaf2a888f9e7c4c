"""A page in the browser: opened as a reader opens it, and watched for what no page of ours may do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Request

# What is lit looks as the legend shows it, whatever class it has. What lies in view does so in the window, and in the
# column of the sources where that scrolls by itself.
_LOOK = """
    const colour = each => getComputedStyle(each).backgroundColor;
    const lit = selector => [...document.querySelectorAll(selector)].filter(
        each => [each, each.querySelector(".say")].some(part => part && colour(part) === colour(sample)));
    const sample = document.querySelector(".legend .lit");
    const inView = each => {
        const box = each.getBoundingClientRect(), column = each.closest("#sources"), edge = 1;
        const frame = column ? column.getBoundingClientRect() : { top: 0, bottom: innerHeight };
        return box.height > 0 && box.top >= Math.max(frame.top, 0) - edge
            && box.bottom <= Math.min(frame.bottom, innerHeight) + edge;
    };
    const look = () => ({
        sentences: lit("#sources .line").map(each => each.id),
        claims: lit(".claim").map(each => each.id),
        inView: [...document.querySelectorAll("#sources .line, .claim")].filter(inView).map(each => each.id),
        marked: [...document.querySelectorAll("#sources mark.on")].map(
            each => [each.closest(".line").id, each.textContent]),
        pressed: document.querySelectorAll("[aria-pressed=true]").length,
        told: document.querySelector("[role=status]").textContent,
        back: !document.getElementById("back").hidden,
    });
"""


class Look(NamedTuple):
    """How a page looks: the sentences and the claims that are lit, by their ids, and which of all lie `in_view`.

    `marked` are the words of sources that are marked, each with its sentence; `pressed` counts the pressed buttons;
    `told` is what a screen reader is told; `back` whether there is a way back.
    """

    sentences: list[str]
    claims: list[str]
    in_view: list[str]
    marked: list[list[str]]
    pressed: int
    told: str
    back: bool


class Screen(NamedTuple):
    """What a page is shown on."""

    width: int
    height: int
    scheme: Literal["light", "dark"]


SCREENS = {
    f"{kind}-{scheme}": Screen(width, height, scheme)
    for kind, width, height in (("desktop", 1280, 900), ("phone", 390, 844))
    for scheme in ("light", "dark")
}
DESKTOP, PHONE = SCREENS["desktop-light"], SCREENS["phone-light"]


NAMED = "BRIEFING_CHROMIUM"
# It may run as root, in a container, without a screen; and it is to ask the network for nothing of its own accord.
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --disable-dev-shm-usage"
).split()


@contextmanager
def started() -> Iterator[Browser]:
    """Give the browser that BRIEFING_CHROMIUM names, else the Chromium or Chrome on the path.

    Where there is none the test is skipped; one that was named and does not start is an error.
    """
    named = os.environ.get(NAMED)
    path = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not path:
        pytest.skip(f"no browser: install chromium, or name one in {NAMED}")
    if not named:
        pytest.importorskip("playwright", reason="needs playwright: pip install 'briefing[dev]'")
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=path, args=_ARGUMENTS)
        except Error as error:
            if named:
                raise
            pytest.skip(f"{path} does not start: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


class Watch:
    """Opens pages and notes what they ask for, say and do unasked; `noticed` is empty as long as all is well.

    Pages are opened one after the other in the same window, which is many times as fast as a window for each.
    """

    def __init__(self, browser: Browser) -> None:
        self.noticed: list[str] = []
        self.folder = Path()
        self._browser = browser
        self._numbers = count()
        self._windows: dict[bool, Page] = {}

    def open(self, html: str, screen: Screen = DESKTOP, *, scripts: bool = True, smooth: bool = False) -> Page:
        """Return a page written to a file and opened, with or without its script.

        What scrolls is there at once, unless it is to be `smooth`: then a test has to wait for it.
        """
        file = self.folder / f"page-{next(self._numbers)}.html"
        file.write_text(html, encoding="utf-8")
        if scripts not in self._windows:
            self._windows[scripts] = self._window(scripts)
        page = self._windows[scripts]
        page.set_viewport_size({"width": screen.width, "height": screen.height})
        motion: Literal["reduce", "no-preference"] = "no-preference" if smooth else "reduce"
        page.emulate_media(media="null", color_scheme=screen.scheme, reduced_motion=motion)
        page.mouse.move(0, 0)
        page.goto(file.as_uri())
        return page

    def _window(self, scripts: bool) -> Page:
        context = self._browser.new_context(java_script_enabled=scripts)
        context.on("request", self._request)
        context.on("console", lambda message: self.noticed.append(f"console: {message.text}"))
        context.on("weberror", lambda error: self.noticed.append(f"error: {error.error}"))
        context.on("dialog", self._dialog)
        page = context.new_page()
        context.on("page", lambda other: self.noticed.append(f"window: {other.url}"))
        return page

    def _dialog(self, dialog: Dialog) -> None:
        self.noticed.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.folder.as_uri()):
            self.noticed.append(f"request: {request.url}")


def look(page: Page) -> Look:
    """Return how a page looks now."""
    return Look(*page.evaluate(f"() => {{ {_LOOK} return look() }}").values())


def look_after_each(page: Page, selector: str) -> list[Look]:
    """Return how a page looks after a click on each of the elements that a selector finds, in turn."""
    script = f"selector => {{ {_LOOK} return [...document.querySelectorAll(selector)].map(e => (e.click(), look())) }}"
    return [Look(*each.values()) for each in page.evaluate(script, selector)]
