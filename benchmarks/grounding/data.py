"""The development sets: claims with their sources and whether people found them supported."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from briefing.document import Document

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
#: The sets that the mean is over: the file and, where only a part of it counts, the task.
SETS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "summedits_news": ("summedits", "news"),
        "qags_cnndm": ("qags_sentence", "cnndm"),
        "mtrag": ("mtrag_human", ""),
        "attributionbench": ("attributionbench", ""),
    }
)
#: The set for the search for evidence.
EVIDENCE = "wice"


class Row(NamedTuple):
    """A claim on its sources; `edits` are the kinds of edit that made it false, where the set tells."""

    dataset: str
    claim: str
    sources: tuple[str, ...]
    supported: bool
    edits: tuple[str, ...]


class Evidenced(NamedTuple):
    """A claim with the sentences of its source and the sets of their indexes each of which supports it."""

    claim: str
    sentences: tuple[str, ...]
    gold: tuple[frozenset[int], ...]


def read(data: Path, name: str) -> list[Row]:
    """Return the rows of one of the SETS, those without a word in the source left out."""
    file, task = SETS[name]
    rows = [row for row in _lines(data, file) if task in ("", row["task"])]
    return [
        Row(name, row["output"], sources, row["label"] == "supported", tuple(row.get("edit_types") or ()))
        for row in rows
        if (sources := tuple(s for s in row["sources"] if any(map(str.isalnum, s))))
    ]


def read_evidence(data: Path) -> list[Evidenced]:
    """Return the claims of WiCE that are supported, wholly or partly, with their gold sentences."""
    return [
        Evidenced(row["output"], tuple(row["source_sentences"]), tuple(map(frozenset, row["support_sets"])))
        for row in _lines(data, EVIDENCE)
        if row["support_sets"] and row["label3"] != "not_supported"
    ]


@lru_cache(maxsize=4)
def document(sources: tuple[str, ...]) -> Document:
    """Return the sources as a document; rows on the same sources follow one another."""
    return Document.read(sources)


def corpus(data: Path) -> str:
    """Return the SHA-256 of the files read, in the order of their names."""
    digest = hashlib.sha256()
    for name in sorted({file for file, _ in SETS.values()} | {EVIDENCE}):
        digest.update(_path(data, name).read_bytes())
    return digest.hexdigest()


def present(data: Path) -> bool:
    """Return whether the files are there."""
    return all(_path(data, name).is_file() for name in {file for file, _ in SETS.values()} | {EVIDENCE})


def _path(data: Path, name: str) -> Path:
    return data / "grounding" / f"{name}.jsonl.gz"


def _lines(data: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(_path(data, name), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
