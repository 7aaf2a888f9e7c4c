"""How soon a long page opens and reacts in a browser: `python -m benchmarks.pages`.

An article of 2,000 sentences with 40 claims, in the Chromium that BRIEFING_CHROMIUM names or that is on the path,
without a graphics card. Each figure is the median of several rounds on pages of their own: from the beginning of the
navigation to the first paint and to the end of loading, and from a press to the frame after the one that shows what it
did. Everything is wanted in under a second; what is not makes the exit code 1.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser import pages
from tests.browser.watch import SCREENS, Screen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROUNDS = 7
WANTED = 1000  # milliseconds
_LOADED = """() => {
    const [loading] = performance.getEntriesByType("navigation"), [paint] = performance.getEntriesByType("paint");
    return { "first paint": paint.startTime, "loaded": loading.loadEventEnd };
}"""
# A press, and the time until the frame after the one that follows has been drawn.
_PRESSED = """selector => new Promise(done => {
    const start = performance.now();
    document.querySelector(selector).click();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})"""
# A press, and the time until the evidence has come into view, scrolled as for a reader who did not ask for less motion.
_ARRIVED = """([selector, line]) => new Promise(done => {
    const start = performance.now(), column = document.getElementById("sources");
    document.querySelector(selector).click();
    const look = () => {
        const box = document.querySelector(line).getBoundingClientRect(), frame = column.getBoundingClientRect();
        const there = box.top >= Math.max(frame.top, 0) && box.bottom <= Math.min(frame.bottom, innerHeight);
        there ? done(performance.now() - start) : requestAnimationFrame(look);
    };
    look();
})"""
_PRESSES = {
    "claim chosen": "#c20 .say",
    "sentence chosen": "#s2000",
    "filter": "[name=filter][value=unsupported]",
    "left out": "#show-left-out",
    "all again": "[name=filter][value=all]",
}


def measure(browser: Browser, page: Path, screen: Screen) -> dict[str, float]:
    """Return the median milliseconds of everything, over rounds on pages of their own."""
    figures: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        with browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            color_scheme=screen.scheme,
        ) as context:
            for name, took in _round(context.new_page(), page).items():
                figures[name].append(took)
    return {name: statistics.median(every) for name, every in figures.items()}


def _round(opened: Page, page: Path) -> dict[str, float]:
    opened.goto(page.as_uri())
    opened.wait_for_function("() => performance.getEntriesByType('paint').length > 0")
    figures = dict(opened.evaluate(_LOADED))
    for name, selector in _PRESSES.items():
        figures[name] = opened.evaluate(_PRESSED, selector)
    figures["evidence in view"] = opened.evaluate(_ARRIVED, ["#c39 .say", "#s926"])
    return figures


def main() -> int:
    """Print the figures and return the exit code."""
    from playwright.sync_api import sync_playwright

    pages.long(20, 4)  # what is imported when it is first used
    started = time.perf_counter()
    html = pages.long().html
    print(f"{len(html):,} characters, drawn with its result in {time.perf_counter() - started:.2f} s")
    slowest = 0.0
    path = os.environ.get("BRIEFING_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page = Path(folder, "page.html")
        page.write_text(html, encoding="utf-8")
        with driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"]) as browser:
            for name in ("desktop-light", "phone-light"):
                figures = measure(browser, page, SCREENS[name])
                print(f"{name}: " + ", ".join(f"{what} {took:.0f} ms" for what, took in figures.items()))
                slowest = max(slowest, *figures.values())
    return int(slowest > WANTED)


if __name__ == "__main__":
    sys.exit(main())
