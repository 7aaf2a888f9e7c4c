"""Reading a page: filters, what was left out, conflicts, the legend, on paper, without a script, on small screens."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

import briefing
from briefing import Document, Source, Verdict
from tests.browser import pages
from tests.browser.watch import DESKTOP, PHONE, Screen, Watch

if TYPE_CHECKING:
    from playwright.sync_api import Page

_IDS = "found => found.map(each => each.id)"
# Read by hand: each has a name, a figure or a date, and no claim cites it; one of the report's, s10, only begins with
# what was a name elsewhere. Of the sentences that no claim cites s3, s18 and s8 of the report have none of these.
LEFT_OUT = {"briefing": "s5 s8 s9 s12 s14 s16 s19 s20", "report": "s1 s4 s5 s7 s10 s12 s13"}
_TELLING = r"\d|\b(?:two|hundred|[A-Z]\w+)\b"
# Pairs of parts of a page that cover one another, none of them within the other.
_OVERLAPS = """() => {
    const parts = [...document.querySelectorAll(
        "header > *, .tools label, .tools legend, h2, h3, .claim, .claim > *, .conflict, .sides > *, article > *, .part li")]
        .filter(each => each.offsetParent !== null && getComputedStyle(each).position !== "fixed")
        .map(each => [each, each.getBoundingClientRect()]);
    const cover = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    return parts.flatMap(([a, p], n) => parts.slice(n + 1)
        .filter(([b, q]) => !a.contains(b) && !b.contains(a) && cover(p, q))
        .map(([b]) => a.outerHTML.slice(0, 80) + " / " + b.outerHTML.slice(0, 80)));
}"""


def visible(page: Page, selector: str) -> list[str]:
    return list(page.locator(selector).locator("visible=true").evaluate_all(_IDS))


@pytest.mark.parametrize("name", ["briefing", "report"])
def test_filters_show_the_claims_of_a_verdict(watch: Watch, screen: Screen, name: str) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html, screen)
    wanted = {"All": [f"c{n}" for n in range(len(shown.claims))]}
    for verdict in Verdict:
        wanted[verdict.capitalize()] = [f"c{n}" for n, claim in enumerate(shown.claims) if claim.verdict is verdict]
    wanted["Warned"] = [f"c{n}" for n, claim in enumerate(shown.claims) if claim.warned]
    wanted = {label: ids for label, ids in wanted.items() if ids}
    assert page.get_by_role("radio").count() == len(wanted)
    for label, ids in [*wanted.items()][::-1]:
        radio = page.get_by_role("radio", name=f"{label} {len(ids)}", exact=True)
        radio.check()
        head = visible(page, "header .claim")
        assert head == (["c0"] if name == "briefing" else [])  # the headline stays
        assert visible(page, "main .claim") == [each for each in ids if each not in head]


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_was_left_out_is_marked_on_demand(watch: Watch, screen: Screen, name: str) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html, screen)
    colours = "found => found.map(each => [each.id, getComputedStyle(each).backgroundColor])"
    lines = page.locator("#sources .line")
    before = dict(lines.evaluate_all(colours))
    switch = page.get_by_role("checkbox", name="Mark what was left out")
    switch.check()
    marked = [id_ for id_, colour in lines.evaluate_all(colours) if colour != before[id_]]
    assert marked == LEFT_OUT[name].split()
    unused = [id_ for id_ in Document.read(shown.sources).by_id if not shown.users(id_)]
    assert {*marked} <= {*unused}
    for id_ in marked:
        assert re.search(_TELLING, str(page.locator(f"#{id_}").text_content())), id_
    assert str(len(marked)) in str(switch.locator("..").text_content())
    switch.uncheck()
    assert dict(lines.evaluate_all(colours)) == before


def test_versions_that_conflict_stand_side_by_side(watch: Watch, screen: Screen) -> None:
    shown = pages.shown("briefing")
    page = watch.open(shown.html, screen)
    (conflict,) = shown.report.conflicts
    region = page.get_by_role("region", name="Where the sources differ")
    assert conflict.message in str(region.text_content())
    sides = region.locator("blockquote")
    assert sides.locator("mark").all_text_contents() == [version.text for version in conflict.versions]
    for side, version in zip(sides.all(), conflict.versions, strict=True):
        assert side.get_by_role("link").get_attribute("href") == f"#{version.sentence}"
        assert str(page.locator(f"#{version.sentence}").text_content()) in str(side.text_content())
    one, other = (box for box in (side.bounding_box() for side in sides.all()) if box)
    beside = one["y"] == other["y"] and one["x"] + one["width"] <= other["x"]
    below = one["x"] == other["x"] and one["y"] + one["height"] <= other["y"]
    assert below if screen.width < 800 else beside


def test_the_legend_explains_every_mark_of_the_page(watch: Watch) -> None:
    page = watch.open(pages.shown("briefing").html)
    legend = page.locator(".legend")
    assert legend.locator("dl").is_hidden()
    page.get_by_text("What the marks mean").click()
    words = str(legend.locator("dl").inner_text()).lower()
    for word in ("supported", "unsupported", "inference", "warning", "left out", "evidence", "escape", "[1, 2]"):
        assert word in words
    for mark in (".lit", ".used", ".left-out", "mark.found", "mark.expected", ".badge.supported", ".badge.unsupported"):
        assert legend.locator(mark).first.is_visible()


@pytest.mark.parametrize("name", ["repaired", "partly", "not in the sources", "report without its sources"])
def test_what_else_a_result_says_is_there(watch: Watch, name: str) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html)
    words = " ".join(page.locator("main").inner_text().split())
    for repair in shown.report.repairs:
        assert repair.before.text in words
        assert repair.note in words
    for finding in (finding for claim in shown.claims for finding in claim.findings):
        assert finding.message in words
    assert ("Not found in the sources: " in words) is (name in ("partly", "not in the sources"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_everything_but_the_controls(watch: Watch, scheme: str) -> None:
    shown = pages.shown("briefing")
    page = watch.open(shown.html, DESKTOP._replace(scheme=scheme))  # type: ignore[arg-type]
    page.get_by_role("radio", name="Unsupported").check()  # for the screen alone
    page.emulate_media(media="print")
    assert visible(page, ".claim") == [f"c{n}" for n in range(len(shown.claims))]
    for control in ("input", "summary", "#back", ".skip", ".legend"):
        assert page.locator(control).locator("visible=true").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    column = page.locator("#sources")
    assert column.evaluate("each => getComputedStyle(each).overflowY") == "visible"  # paper does not scroll
    assert {*visible(page, "#sources .line")} == {*Document.read(shown.sources).by_id}


def test_a_printed_page_has_the_texts(watch: Watch) -> None:
    pypdf = pytest.importorskip("pypdf", reason="needs pypdf: pip install 'briefing[dev]'")
    shown = pages.shown("briefing")
    page = watch.open(shown.html)
    printed = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(BytesIO(page.pdf())).pages)
    squeezed = re.sub(r"\s", "", unicodedata.normalize("NFKC", printed))  # type is set with ligatures
    wanted = [claim.text.rstrip(".") for claim in shown.claims]
    wanted += [shown.sentence(each) for claim in shown.claims for each in claim.evidence]
    wanted += [finding.message for claim in shown.claims for finding in claim.findings]
    assert [text for text in wanted if re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) not in squeezed] == []
    assert "Mark what was left out" not in printed


@pytest.mark.parametrize("name", ["briefing", "report"])
def test_a_page_is_read_without_a_script(watch: Watch, name: str) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html, PHONE, scripts=False)
    assert visible(page, ".claim") == [f"c{n}" for n in range(len(shown.claims))]
    assert {*visible(page, "#sources .line")} == {*Document.read(shown.sources).by_id}
    assert page.locator("#sources [role=button]").count() == 0  # nothing to press that does nothing
    for n, claim in enumerate(shown.claims[:4]):
        for evidence, link in zip(
            claim.evidence,
            page.locator(f"#c{n} .evidence a[href^='#s'], #c{n} .evidence a[href^='#t']").all(),
            strict=True,
        ):
            assert link.get_attribute("href") == f"#{evidence.sentence}"
    page.locator("#c1 .evidence a").first.click()
    target = shown.claims[1].evidence[0].sentence
    assert page.url.endswith(f"#{target}")
    box = page.locator(f"#{target}").bounding_box()
    assert box
    assert 0 <= box["y"] <= PHONE.height - box["height"]
    if len(shown.claims) > 4:
        page.get_by_role("radio", name="Unsupported").check()  # the filters need none
        wanted = [f"c{n}" for n, claim in enumerate(shown.claims) if claim.verdict is Verdict.UNSUPPORTED]
        assert visible(page, "main .claim") == [each for each in wanted if each != "c0"]


@pytest.mark.parametrize("name", pages.NAMES)
def test_nothing_overlaps_and_nothing_lies_beside_the_page(watch: Watch, name: str) -> None:
    page = watch.open(pages.shown(name).html, PHONE)
    page.get_by_text("What the marks mean").click()
    for width in (320, 390, 800, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(_OVERLAPS) == []


def test_words_without_an_end_are_broken(watch: Watch) -> None:
    html = pages.shown("briefing").html.replace("passengers", "passengers" * 40)
    page = watch.open(html, PHONE._replace(width=320))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(_OVERLAPS) == []


@pytest.mark.parametrize(
    ("tampered", "noticed"),
    [
        ('<img src="https://a.example/x.png">', "request: https://a.example/x.png|console: Loading the image"),
        ("<script>window.pwned = 1</script>", "console: Executing inline script violates"),
        ('<p style="color: red">', "console: Applying inline style violates"),
        ("<p>clean</p>", ""),
    ],
    ids=["an image", "a script", "a style", "clean"],
)
def test_what_a_page_must_not_do_is_noticed(watch: Watch, tampered: str, noticed: str) -> None:
    """Every other test holds its pages to it; and the page's own policy lets none of it happen."""
    page = watch.open(pages.shown("report").html.replace("</main>", f"{tampered}</main>"))
    assert page.evaluate("window.pwned") is None
    said, watch.noticed = watch.noticed, []
    assert all(any(part in each for part in noticed.split("|")) for each in said)
    assert bool(said) is bool(noticed)


_RIGHT_TO_LEFT = {
    "hebrew": (
        "ראש העיר פתח את הגשר ביום שני. הגשר עלה 4 מיליון שקל.\n\nדנה לוי אמרה: “זה יום חג לעיר”.",
        ("ביום שני", "ביום שישי"),
    ),
    "arabic": (
        "افتتح رئيس البلدية الجسر يوم الاثنين. كلف الجسر 4 ملايين درهم.\n\nقالت دانة: “هذا يوم عيد للمدينة”.",
        ("الاثنين", "الجمعة"),
    ),
}
_DIRECTIONS = "found => found.map(each => [getComputedStyle(each).direction, each.textContent])"


@pytest.mark.parametrize(("text", "altered"), _RIGHT_TO_LEFT.values(), ids=_RIGHT_TO_LEFT)
def test_texts_run_as_they_are_written(watch: Watch, text: str, altered: tuple[str, str]) -> None:
    source = Source(text, text.partition(".")[0], "https://a.example/", "2026-03-02")
    report = briefing.verify(text.replace(*altered).replace("4", "7"), source)
    result = briefing.summarize(source, engine=briefing.Extractive())
    english = briefing.verify("The bridge opened on Friday.", "The bridge opened on Monday.")
    for html, wanted in (
        (result.html(), "rtl"),
        (report.html(source), "rtl"),
        (report.html(), "rtl"),
        (english.html("The bridge opened on Monday."), "ltr"),
    ):
        page = watch.open(html)
        for part in (".claim .say", "#sources article > p[dir]", "#sources article > h3 .line"):
            found = page.locator(part).evaluate_all(_DIRECTIONS)
            assert found or part.endswith(".line"), part  # there are titles where the sources are given
            assert {direction for direction, _ in found} <= {wanted}, found
        assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
    for cell in (pages.cell_of(result), pages.cell_of(report)):
        page = watch.open(f"<!DOCTYPE html><html lang=en><title>x</title><link rel=icon href=data:,><body>{cell}")
        found = page.locator(".claim > p[dir], .claim > blockquote, details li").evaluate_all(_DIRECTIONS)
        assert {direction for direction, _ in found} == {"rtl"}, found
