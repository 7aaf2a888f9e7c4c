from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing import Document
from briefing.coverage.support_features import Features, features, model, probability

TUNNEL = Document.read(
    """Engineers finished the first tube of the Halden tunnel on Thursday, eight months later than planned. The tunnel
will carry the ring road under the river Orla. Heavy rain flooded the works twice last winter. The builder, Nordvik
Group, lost a pump and two weeks each time. The city expects to open both tubes in 2029, a spokesman said. The toll has
not been set. Cyclists may not use the tunnel."""
)

SAID = [
    "Engineers finished the first tube of the Halden tunnel on Thursday.",
    "The tunnel will carry the ring road under the river Orla.",
    "Heavy rain flooded the works twice last winter.",
    "Nordvik Group lost two weeks each time the works flooded.",
    "The city expects to open both tubes in 2029.",
    "The toll has not been set yet.",
]
INVENTED = [
    "Protesters from a climate movement chained themselves to bulldozers at dawn.",
    "The opera house cancelled its premiere after the soprano fell ill in Vienna.",
    "A whistleblower accused executives of bribing inspectors with holidays abroad.",
    "Archaeologists digging nearby unearthed Viking silver worth a fortune.",
]


def score(claim: str) -> float:
    found = features(claim, TUNNEL)
    assert found is not None
    return probability(found)


@pytest.mark.parametrize("claim", SAID)
def test_what_the_source_says_stands(claim: str) -> None:
    assert score(claim) > model()["thresholds"]["cautious"]


@pytest.mark.parametrize("claim", INVENTED)
def test_what_is_invented_falls(claim: str) -> None:
    assert score(claim) < model()["thresholds"]["balanced"]


def test_what_is_said_scores_over_what_is_invented() -> None:
    assert min(map(score, SAID)) > max(map(score, INVENTED))


def test_an_invented_detail_lowers_the_score() -> None:
    plain = "Heavy rain flooded the works twice last winter."
    more = "Heavy rain flooded the works twice last winter, drowning a beloved guard dog and ruining antique machinery."
    assert score(more) < score(plain)


def test_the_worst_sentence_of_a_claim_counts() -> None:
    one = features(SAID[0], TUNNEL)
    two = features(f"{SAID[0]} {INVENTED[0]}", TUNNEL)
    assert one and two
    assert two.new > one.new
    assert two.held < one.held


def test_cited_sentences_are_what_a_claim_is_held_against() -> None:
    toll = [s for s in TUNNEL.sentences if "toll" in s.text]
    found, elsewhere = features(SAID[2], TUNNEL), features(SAID[2], TUNNEL, cited=toll)
    assert found and elsewhere
    assert found.held > 0.99 > 0.2 > elsewhere.held
    assert elsewhere.elsewhere > found.elsewhere == 0


def test_findings_of_other_checks_weigh() -> None:
    clean, flagged = features(SAID[0], TUNNEL), features(SAID[0], TUNNEL, findings=["figures", "roles"])
    assert clean and flagged
    assert (clean.found, clean.facts, flagged.found, flagged.facts) == (0, 0, 1, 1)
    assert probability(flagged) < probability(clean)


def test_markers_are_no_words() -> None:
    assert features("The toll has not been set [1].", TUNNEL) == features("The toll has not been set.", TUNNEL)


def test_a_claim_without_content_has_no_features() -> None:
    assert features("", TUNNEL) is None
    assert features("It was so.", TUNNEL) is None


def test_the_table_names_every_feature_and_the_signs_make_sense() -> None:
    weights = model()["weights"]
    assert set(weights) == {"intercept", *Features._fields}
    assert all(weights[name] > 0 for name in ("held", "together"))
    assert all(weights[name] < 0 for name in ("elsewhere", "new", "found", "facts"))
    assert 0 < model()["thresholds"]["cautious"] < model()["thresholds"]["balanced"] < 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_claim_breaks_it(claim: str) -> None:
    found = features(claim, TUNNEL)
    assert found is None or 0 <= probability(found) <= 1


def test_a_very_long_claim_is_read() -> None:
    found = features("tunnel rain " * 5000, TUNNEL)
    assert found is not None
