"""An article of 2,000 sentences with 40 claims is shown like any other; how soon is in `benchmarks/pages.py`."""

from __future__ import annotations

from functools import cache

from tests.browser import pages
from tests.browser.pages import Shown
from tests.browser.watch import DESKTOP, PHONE, Watch, look


@cache
def shown() -> Shown:
    return pages.long()


def test_every_claim_lights_its_evidence(watch: Watch) -> None:
    page = watch.open(shown().html, DESKTOP)
    assert page.locator("#sources .line").count() == 2000
    assert len(shown().claims) == 40
    for number in (0, 39):
        page.locator(f"#c{number} .say").click()
        seen = look(page)
        wanted = list(dict.fromkeys(each.sentence for each in shown().claims[number].evidence))
        assert (seen.claims, seen.sentences) == ([f"c{number}"], sorted(wanted, key=lambda id_: int(id_[1:])))
        assert seen.sentences[0] in seen.in_view
        assert page.locator(f"#c{number} .say").evaluate("each => each.getBoundingClientRect().bottom <= innerHeight")


def test_the_last_sentence_leads_to_its_claim(watch: Watch) -> None:
    page = watch.open(shown().html, PHONE)
    page.locator("#s2000").click()
    assert (look(page).claims, "c0" in look(page).in_view) == (["c0"], True)
    page.get_by_role("button", name="Back to the source").click()
    assert "s2000" in look(page).in_view


def test_filters_and_what_was_left_out(watch: Watch) -> None:
    page = watch.open(shown().html, DESKTOP)
    wrong = [f"c{n}" for n, claim in enumerate(shown().claims) if claim.verdict == "unsupported"]
    assert len(wrong) == 13
    page.get_by_role("radio", name="Unsupported 13").check()
    assert (
        page.locator("main .claim").locator("visible=true").evaluate_all("found => found.map(each => each.id)") == wrong
    )
    used = {each.sentence for claim in shown().claims for each in claim.evidence}
    page.get_by_role("checkbox", name=f"Mark what was left out {2000 - len(used)}").check()
