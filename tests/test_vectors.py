"""The table of static vectors: it is the one that was measured, and it knows near meanings."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.resources import files

import numpy as np
import pytest

from briefing.vectors import DIMENSIONS, pieces, rarity, vectors

SHA256 = {
    "vectors.npy": "93e52e8464ff93f047a1d02d7da6c7ebe81bf0c0975b350792987dce3477c5b3",
    "vocabulary.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}


@pytest.mark.parametrize("name", SHA256)
def test_the_table_is_the_one_that_was_measured(name: str) -> None:
    assert hashlib.sha256((files("briefing") / "data" / name).read_bytes()).hexdigest() == SHA256[name]


def test_the_table_has_a_row_for_each_entry() -> None:
    with (files("briefing") / "data" / "vectors.npy").open("rb") as file:
        table = np.load(file, allow_pickle=False)
    assert table.dtype == np.int8
    assert table.shape == (30_522, DIMENSIONS)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("treaty", ["treaty"]),
        ("Treaty", ["treaty"]),
        ("unhackable", ["un", "##ha", "##ck", "##able"]),
        ("Málaga", ["malaga"]),
        ("", []),
        ("\x00", []),
    ],
    ids=["entry", "capital", "pieces", "accent", "empty", "unknown"],
)
def test_pieces(word: str, expected: list[str]) -> None:
    assert pieces(word) == expected


def test_a_very_long_word_is_no_trouble() -> None:
    assert len(pieces("x" * 100_000)) > 1_000


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("defense", "military", "economic"),
        ("killed", "died", "won"),
        ("price", "cost", "colour"),
        ("injured", "hurt", "elected"),
        ("quickly", "fast", "green"),
        ("doctor", "physician", "bridge"),
    ],
)
def test_near_meanings_are_near(word: str, near: str, far: str) -> None:
    rows = vectors([word, near, far])
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2


def test_vectors_have_length_one_or_none() -> None:
    rows = vectors(["treaty", "unhackable", "\x00"])
    assert rows.shape == (3, DIMENSIONS)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)
    assert vectors([]).shape == (0, DIMENSIONS)


def test_rarity_goes_from_common_to_rare() -> None:
    order = ["the", "minister", "treaty", "seismograph"]
    assert [rarity(word) for word in order] == sorted(rarity(word) for word in order)
    assert rarity("the") == 0
    assert rarity("seismograph") == rarity("\x00") == 1


def test_importing_does_not_load_numpy() -> None:
    code = "import sys, briefing.similarity, briefing.vectors; sys.exit('numpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
