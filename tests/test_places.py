"""Countries and other places under all their names."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.grammar import places


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Tokyo", {"japan"}),
        ("the Japanese", {"japan"}),
        ("Japan's ships", {"japan"}),
        ("tell us", set()),
        ("the US and the U.S.", {"united states"}),
        ("the U.K.", {"united kingdom"}),
        ("Britons in London", {"united kingdom"}),
        ("the White House", {"united states"}),
        ("polish the table", set()),
        ("Polish workers", {"poland"}),
        ("Türkiye and Turkey", {"turkey"}),
        ("South Korean", {"south korea"}),
        ("Koreans", {"south korea", "north korea"}),
        ("Guinea-Bissau", {"guinea-bissau"}),
        ("Papua New Guinea", {"papua new guinea"}),
        ("Côte d'Ivoire", {"ivory coast"}),
        ("DR Congo", {"democratic republic of the congo"}),
        ("Niger", {"niger"}),
        ("NIGERIA WINS", {"nigeria"}),
        ("Omanis", {"oman"}),
        ("Romania", {"romania"}),
        ("the Philippine and Filipino navies", {"philippines"}),
        ("New Zealanders", {"new zealand"}),
        ("Kiev or Kyiv", {"ukraine"}),
        ("Zürich", set()),
    ],
)
def test_places_are_known_by_all_names(text: str, keys: set[str]) -> None:
    assert places.keys(text) == keys


@given(st.text(max_size=200))
def test_offsets_point_at_the_names(text: str) -> None:
    for mention in places.places(f"{text} Tokyo {text}"):
        assert 0 <= mention.start < mention.end
    assert "japan" in places.keys(f"{text.strip()} . Tokyo")


def test_the_table_is_whole() -> None:
    lines = (files("briefing") / "data" / "places.tsv").read_text("utf-8").splitlines()
    assert all(line.count("\t") == 3 for line in lines)
    assert len(lines) > 200
    first = [line.split("\t")[0] for line in lines]
    assert len(first) == len(set(first))
