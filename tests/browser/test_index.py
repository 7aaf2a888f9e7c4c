"""The index over many results: what its filters leave, where its links lead, and that nothing hinders whoever reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import briefing
from tests.browser.watch import DESKTOP, Screen, Watch

OFFLINE = briefing.Extractive()
TEXTS = (
    "The council approved the bridge on Monday. It will cost about $4 million, Mayor Ana Ruiz said.",
    "The council approved the bridge on Monday. It will cost about $5 million, Mayor Ana Ruiz said.",
)
ROWS = [
    {"id": "bridge", "text": TEXTS[0]},
    {"id": "empty", "text": " "},
    {"id": "both", "sources": TEXTS},
    {"id": "asked", "text": TEXTS[0], "question": "What will the bridge cost?"},
    {"id": "silent", "text": TEXTS[0], "question": "Who won the election?"},
    {"id": "x" * 300 + " <b>", "text": "", "question": "Who?"},
]
SHOWN = {
    "All": [1, 2, 3, 4, 5, 6],
    "Conflicts": [3],
    "Not in the sources": [5],
    "Failed": [2, 6],
}


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """The index of a batch, whose pages lie where `watch` opens it."""
    yield briefing.pages(briefing.batch(ROWS, engine=OFFLINE), tmp_path).read_text(encoding="utf-8")


def test_filters(index: str, screen: Screen, watch: Watch) -> None:
    page = watch.open(index, screen)
    assert [label.rsplit(maxsplit=1)[0] for label in page.locator("label").all_inner_texts()] == [*SHOWN]
    for name, rows in SHOWN.items():
        page.get_by_label(name).check()
        found = page.locator("tbody tr").evaluate_all(
            "all => all.map((each, n) => each.offsetParent === null ? 0 : n + 1).filter(Boolean)"
        )
        assert found == rows
        assert page.evaluate("document.documentElement.scrollWidth") == screen.width


def test_the_keyboard_is_enough(index: str, watch: Watch) -> None:
    page = watch.open(index)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert page.locator("tbody tr:visible").count() == len(SHOWN["Conflicts"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/both-*.html")
    assert page.locator("h1").inner_text().startswith("The council approved the bridge")
    page.go_back()
    assert page.locator("h1").inner_text() == "6 results"


def test_each_link_leads_to_its_page(index: str, watch: Watch) -> None:
    page = watch.open(index)
    for number in range(page.locator("tbody a").count()):
        link = page.locator("tbody a").nth(number)
        reads = link.inner_text()
        link.click()
        assert page.locator("h1").inner_text().startswith(reads)
        page.go_back()


def test_nothing_hinders(index: str, screen: Screen, watch: Watch) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = watch.open(index, screen)
    assert [found["id"] for found in axe.run(page).response["violations"]] == []


def test_a_table_for_whoever_hears_it(index: str, watch: Watch) -> None:
    page = watch.open(index, DESKTOP)
    assert page.get_by_role("row").count() == 1 + len(ROWS)
    assert page.get_by_role("columnheader").all_inner_texts() == ["No.", "Result", "What the checks say"]
    assert page.get_by_role("row").nth(3).get_by_role("cell").all_inner_texts()[0] == "3"


def test_rows_far_below_are_there(tmp_path: Path, watch: Watch) -> None:
    failures = (briefing.Failure(id=str(n), error=briefing.InputError(f"fault {n}")) for n in range(1_000))
    page = watch.open(briefing.pages(failures, tmp_path).read_text(encoding="utf-8"))
    last = page.get_by_text("fault 999", exact=True)
    last.scroll_into_view_if_needed()
    assert last.is_visible()
    assert page.locator("tbody tr").count() == 1_000
