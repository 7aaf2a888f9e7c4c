"""A claim is chosen and its evidence lights up; a sentence of a source is chosen and the claims that use it do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing import Document
from tests.browser import pages
from tests.browser.pages import Shown, Told
from tests.browser.watch import DESKTOP, PHONE, SCREENS, Look, Screen, Watch, look, look_after_each

if TYPE_CHECKING:
    from playwright.sync_api import Page

WITH_CLAIMS = [name for name in pages.NAMES if name != "not in the sources"]
_OFTEN = ("briefing", "report")
#: Two pages on every screen, and the others on one.
ALL = [
    pytest.param(name, screen, id=f"{name}-{kind}")
    for name in WITH_CLAIMS
    for kind, screen in SCREENS.items()
    if name in _OFTEN or screen == DESKTOP
]
_TEXTS = "found => found.map(each => each.textContent)"
_BY_ID = "found => Object.fromEntries(found.map(each => [each.id, each.textContent]))"
#: A page on which nothing is chosen.
RESTING = Look(sentences=[], claims=[], in_view=[], marked=[], pressed=0, told="", back=False)


def choose(page: Page, number: int) -> Look:
    page.locator(f"#c{number}").get_by_role("button").first.click()
    return look(page)


def screen_height(page: Page) -> int:
    return page.viewport_size["height"] if page.viewport_size else 0


def resting(page: Page) -> bool:
    return look(page)._replace(in_view=[]) == RESTING


def cited(shown: Shown, claim: Told) -> dict[str, str]:
    """Return the sentences that a claim cites, in the order of the page."""
    in_order = sorted(claim.evidence, key=lambda each: (each.source, each.sentence[0] == "s", each.start))
    return {each.sentence: shown.sentence(each) for each in in_order}


def pointed_at(shown: Shown, claims: list[Told]) -> list[list[str]]:
    """Return the words of the sources that the findings of claims point at, each with its sentence."""
    found = []
    for finding in (finding for claim in claims for finding in claim.findings):
        if finding.evidence_span and finding.source:
            start, end = finding.evidence_span
            found.append([finding.sentence, shown.sources[finding.source - 1].text[start:end]])
    return sorted(each for n, each in enumerate(found) if each not in found[:n])


@pytest.mark.parametrize(("name", "screen"), ALL)
def test_a_claim_lights_exactly_its_evidence(watch: Watch, name: str, screen: Screen) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html, screen)
    looks = look_after_each(page, ".claim .say")
    texts = page.locator("#sources .line").evaluate_all(_BY_ID)
    assert len(looks) == len(shown.claims)
    for number, (claim, seen) in enumerate(zip(shown.claims, looks, strict=True)):
        wanted = cited(shown, claim)
        assert (seen.claims, seen.sentences, seen.pressed) == ([f"c{number}"], [*wanted], 1)
        assert seen.sentences[0] in seen.in_view
        assert all(texts[id_] in seen.told for id_ in wanted)
        if name != "report without its sources":  # which has only their texts, without markers
            assert [texts[id_] for id_ in wanted] == [*wanted.values()]
            assert sorted(seen.marked) == pointed_at(shown, [claim])


@pytest.mark.parametrize(("name", "screen"), ALL)
def test_a_sentence_lights_exactly_the_claims_that_use_it(watch: Watch, name: str, screen: Screen) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html, screen)
    ids = page.locator("#sources .line").evaluate_all("found => found.map(each => each.id)")
    if name != "report without its sources":
        assert {*ids} == {*Document.read(shown.sources).by_id}
    for id_, seen in zip(ids, look_after_each(page, "#sources .line"), strict=True):
        users = shown.users(id_)
        assert (seen.claims, seen.sentences) == (users, [id_] if users else [])  # one that nothing uses ends the choice
        assert users[:1] == [each for each in seen.in_view if each in users[:1]]
        assert bool(seen.told) is bool(users)


@pytest.mark.parametrize("name", WITH_CLAIMS)
def test_words_of_a_claim_are_marked_where_its_findings_point(watch: Watch, name: str) -> None:
    shown = pages.shown(name)
    page = watch.open(shown.html)
    for number, claim in enumerate(shown.claims):
        spans = sorted({finding.claim_span for finding in claim.findings if finding.claim_span})
        marked = page.locator(f"#c{number} .say mark").evaluate_all(_TEXTS)
        assert marked == [claim.text[start:end] for start, end in spans]


def test_marked_words_of_a_source_look_marked(watch: Watch, screen: Screen) -> None:
    page = watch.open(pages.shown("briefing").html, screen)
    mark = page.locator("#s4 mark")
    plain = mark.evaluate("each => getComputedStyle(each).backgroundColor")
    assert choose(page, 2).marked == []
    assert mark.evaluate("each => getComputedStyle(each).backgroundColor") == plain
    assert choose(page, 3).marked == [["s4", "Fourteen"]]
    assert mark.evaluate("each => getComputedStyle(each).backgroundColor") != plain
    assert "underline" in mark.evaluate("each => getComputedStyle(each).textDecorationLine")  # not by colour alone


@pytest.mark.parametrize("legend", [False, True], ids=["at the top", "below an open legend"])
def test_a_desktop_shows_what_was_clicked_beside_its_evidence(watch: Watch, legend: bool) -> None:
    shown = pages.shown("briefing")
    page = watch.open(shown.html, DESKTOP)
    if legend:
        page.locator(".legend summary").click()  # the columns begin far down
    for number in range(len(shown.claims)):
        seen = choose(page, number)
        assert seen.sentences[0] in seen.in_view
        say = page.locator(f"#c{number} .say").bounding_box()
        assert say
        assert 0 <= say["y"] <= screen_height(page) - say["height"]


def test_evidence_that_fits_into_view_together_comes_into_view_together(watch: Watch) -> None:
    """The article of the second source begins below the first: both sentences can be had."""
    page = watch.open(pages.shown("briefing").html, DESKTOP)
    seen = choose(page, 1)
    assert seen.sentences == ["s2", "s13"]
    assert {*seen.sentences} <= {*seen.in_view}


def test_a_choice_is_replaced_and_ended(watch: Watch, screen: Screen) -> None:
    page = watch.open(pages.shown("briefing").html, screen)
    for number, wanted in ((2, ["s4"]), (4, ["s7"]), (4, ["s7"])):
        assert choose(page, number).sentences == wanted
    page.keyboard.press("Escape")
    assert resting(page)
    page.locator("#s4").click()
    assert look(page).claims == ["c2", "c3"]
    page.locator("#claims-title").click()
    assert resting(page)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_link_to_a_sentence_leads_there_and_does_not_outlast_the_next_choice(watch: Watch, screen: Screen) -> None:
    page = watch.open(pages.shown("briefing").html, screen)
    page.locator("#c1").get_by_role("link").nth(1).click()
    assert page.evaluate("location.hash") == "#s13"
    seen = look(page)
    assert (seen.claims, seen.sentences) == (["c1"], ["s2", "s13"])
    assert "s13" in seen.in_view
    assert seen.back is (screen == PHONE)
    assert choose(page, 4).sentences == ["s7"]
    page.keyboard.press("Escape")
    assert resting(page)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_link_outside_of_the_claims_leads_to_its_sentence_alone(watch: Watch, screen: Screen) -> None:
    page = watch.open(pages.shown("not in the sources").html, screen)
    link = page.get_by_role("region", name="The nearest sentences").get_by_role("link").first
    sentence = str(link.get_attribute("href")).removeprefix("#")
    link.click()
    seen = look(page)
    assert (seen.claims, seen.sentences) == ([], [sentence])
    assert sentence in seen.in_view
    page.keyboard.press("Escape")
    assert resting(page)


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_link_outside_of_the_claims_ends_what_was_chosen(watch: Watch, screen: Screen) -> None:
    page = watch.open(pages.shown("briefing").html, screen)
    links = page.get_by_role("region", name="Where the sources differ").get_by_role("link")
    assert choose(page, 3)._replace(in_view=[]) != RESTING
    for link in (links.nth(0), links.nth(1)):
        sentence = str(link.get_attribute("href")).removeprefix("#")
        link.click()
        assert look(page)._replace(in_view=[]) == RESTING._replace(sentences=[sentence])
        assert sentence in look(page).in_view


def test_a_link_from_elsewhere_opens_the_page_at_its_sentence(watch: Watch) -> None:
    page = watch.open(pages.shown("briefing").html, PHONE)
    page.goto(f"{page.url}#s21")
    page.reload()
    assert look(page).sentences == ["s21"]
    assert "s21" in look(page).in_view
    assert choose(page, 1).sentences == ["s2", "s13"]


def test_a_sentence_leads_to_a_claim_that_the_filter_shows(watch: Watch) -> None:
    page = watch.open(pages.shown("briefing").html, PHONE)
    page.get_by_role("radio", name="Unsupported").check()
    page.locator("#s4").click()  # of c2 and c3; c2 is supported
    assert "c3" in look(page).in_view


def test_words_can_be_selected_without_choosing(watch: Watch) -> None:
    page = watch.open(pages.shown("briefing").html)
    box = page.locator("#c1 .say").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 12, steps=4)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()")
    assert resting(page)


def test_the_way_back_on_a_phone(watch: Watch) -> None:
    page = watch.open(pages.shown("briefing").html, PHONE)
    back = page.get_by_role("button", name="Back to the claim")
    assert back.count() == 0
    assert "c3" not in choose(page, 3).in_view
    back.click()
    seen = look(page)
    assert "c3" in seen.in_view
    assert (seen.sentences, seen.back) == (["s4"], False)  # the choice stands
    assert page.evaluate("document.activeElement.closest('.claim').id") == "c3"
    page.locator("#s4").click()
    page.get_by_role("button", name="Back to the source").click()
    assert "s4" in look(page).in_view


def test_scrolling_is_smooth_and_arrives(watch: Watch) -> None:
    """As it is for a reader who did not ask for less motion."""
    low = DESKTOP._replace(height=500)
    page = watch.open(pages.shown("briefing").html, low, smooth=True)
    choose(page, 6)
    page.wait_for_function("() => document.getElementById('s21').getBoundingClientRect().bottom <= innerHeight")
