from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pytest

# Other packages install a `benchmarks` of their own.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import floors
from benchmarks.falsehoods import CLAIMS
from benchmarks.grounding import data
from benchmarks.grounding.evidence import recall
from benchmarks.grounding.fitting import Table, auroc, balanced, best_threshold, cross_validated, fit, interval


def table(rows: int = 400) -> Table:
    rng = np.random.default_rng(1)
    supported = rng.random(rows) < 0.5
    columns = np.column_stack([supported + rng.normal(0, 0.5, rows), rng.normal(0, 1, rows)])
    return Table(columns, supported, np.arange(rows) % 2, np.arange(rows) // 4)


def test_auroc_counts_ties_half() -> None:
    truth = np.array([True, True, False, False])
    assert auroc(truth, np.array([2.0, 3.0, 0.0, 1.0])) == 1
    assert auroc(truth, np.array([0.0, 1.0, 2.0, 3.0])) == 0
    assert auroc(truth, np.ones(4)) == 0.5


def test_a_constant_has_half_the_balanced_accuracy() -> None:
    made = table()
    assert balanced(made, np.ones(400, dtype=bool)) == [0.5, 0.5]
    assert balanced(made, made.supported) == [1, 1]


def test_the_fit_finds_the_feature_that_tells() -> None:
    made = table()
    model = fit(made)
    assert model.weights[0] > 1 > abs(model.weights[1])
    assert np.mean(balanced(made, model.odds(made.columns) >= model.threshold)) > 0.8
    assert best_threshold(made, made.columns[:, 0]) == pytest.approx(0.5, abs=0.2)


def test_cross_validation_is_fair_to_noise() -> None:
    made = table()
    noise = made._replace(columns=made.columns[:, 1:])
    assert np.mean(balanced(noise, cross_validated(noise, 0) >= 0)) == pytest.approx(0.5, abs=0.08)
    assert np.mean(balanced(made, cross_validated(made, 0) >= 0)) > 0.75


def test_intervals_hold_the_figure() -> None:
    made = table()
    said = made.columns[:, 0] > 0.5
    own = balanced(made, said)
    for value, (low, high) in zip([*own, float(np.mean(own))], interval(made, said), strict=True):
        assert low < value < high


def test_floors_hold_only_on_their_own_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(floors, "_FILE", tmp_path / "floors.json")
    (tmp_path / "floors.json").write_text(json.dumps({"other": {"a": {"at_least": 1}}}))
    floors.write("some", {"figure": 0.8}, "abc")
    assert floors.hold("some", {"figure": 0.8}, "abc")
    assert not floors.hold("some", {"figure": 0.7}, "abc")
    assert floors.hold("some", {"figure": 0.7}, "xyz")
    assert "nothing is compared" in capsys.readouterr().out
    assert not floors.hold("other", {"a": 0})


def test_sets_are_read_and_known_by_their_hash(tmp_path: Path) -> None:
    assert not data.present(tmp_path)
    (tmp_path / "grounding").mkdir()
    row = {"output": "It rained.", "sources": ["It rained all day.", "…"], "label": "supported", "task": "news"}
    gold = {"source_sentences": ["It rained all day.", "They met."], "support_sets": [[0]], "label3": "supported"}
    for name in {file for file, _ in data.SETS.values()} | {data.EVIDENCE}:
        with gzip.open(tmp_path / "grounding" / f"{name}.jsonl.gz", "wt") as file:
            file.write(json.dumps(row | gold) + "\n")
    assert data.present(tmp_path)
    [read] = data.read(tmp_path, "summedits_news")
    assert (read.claim, read.sources, read.supported) == ("It rained.", ("It rained all day.",), True)
    assert data.read(tmp_path, "qags_cnndm") == []
    assert recall(tmp_path)["recall_at_3"] == 1
    before = data.corpus(tmp_path)
    (tmp_path / "grounding" / "wice.jsonl.gz").write_bytes(b"other")
    assert data.corpus(tmp_path) != before


def test_claims_for_the_other_tools_are_on_examples_that_exist() -> None:
    assert all(claim.source for claim in CLAIMS)
    assert len({claim.text for claim in CLAIMS}) == len(CLAIMS) >= 40
