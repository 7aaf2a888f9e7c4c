"""Denial and commitment in sentences of the news: honest rewordings pass both checks, false ones do not get through.

The rows stand in two text files: what the source says, and after `>` what the claim says.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.checks import commitment, polarity
from briefing.verdict import Finding

from .rows import Clean, run


def _rows(name: str) -> list[Clean]:
    blocks = (Path(__file__).parent / f"stances_{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")
    pairs = [" ".join(block.split()).split(" > ") for block in blocks]
    return [Clean(claim, evidence, claim) for evidence, claim in pairs]


def _found(row: Clean) -> list[Finding]:
    return [finding for check in (polarity.check, commitment.check) for finding in run(check, row)]


@pytest.mark.parametrize("row", _rows("honest"), ids=lambda row: row.name)
def test_honest(row: Clean) -> None:
    assert _found(row) == []


@pytest.mark.parametrize("row", _rows("false"), ids=lambda row: row.name)
def test_false(row: Clean) -> None:
    assert _found(row)
