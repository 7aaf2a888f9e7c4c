"""False claims made by machine from true ones: one edit each, a maker a kind, the same on every machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from random import Random
from typing import NamedTuple

import briefing
from briefing import Document, Verdict, markers
from briefing.checking import examine
from briefing.checks import Subject

from .articles import Article, Item, articles
from .base import Maker
from .figures import figures, time
from .parties import names, roles
from .statements import commitment, hedges, polarity
from .telling import citations, quotations, support

__all__ = ["KINDS", "Article", "Item", "Mutant", "articles", "honest", "mutants", "stands"]

#: The kinds of falsehood, named as the checks that are to catch them.
KINDS: Mapping[str, Maker] = {
    "citations": citations,
    "quotations": quotations,
    "figures": figures,
    "names": names,
    "roles": roles,
    "polarity": polarity,
    "commitment": commitment,
    "hedges": hedges,
    "time": time,
    "support": support,
}
#: How many of each way of a kind are taken, so that no easy or common way makes up a kind.
A_WAY = 24
#: What is caught by looking up an id tells little: a few are enough.
FEW = {"unknown": 4, "none": 4, "marker": 6}


class Mutant(NamedTuple):
    """A false claim: its kind, the way it was made, the evidence that it cites, and what was changed of which claim."""

    kind: str
    way: str
    claim: str
    evidence: tuple[str, ...]
    change: str
    item: Item


def mutants() -> Iterator[Mutant]:
    """Yield the false claims, kind by kind; the same ones every time."""
    for kind, maker in KINDS.items():
        ways: defaultdict[str, list[Mutant]] = defaultdict(list)
        true = {item.claim for article in articles() for item in article.items}
        for item in (item for article in articles() for item in article.items):
            for change in maker(item, Random(f"{kind} {item.claim}")):  # noqa: S311
                evidence = item.evidence if change.evidence is None else change.evidence
                if change.claim not in true or kind == "citations":
                    ways[change.way].append(Mutant(kind, change.way, change.claim, evidence, change.what, item))
        for way, found in ways.items():
            yield from _chosen(found, FEW.get(way, A_WAY), Random(f"{kind} {way}"))  # noqa: S311


def honest() -> Iterator[Item]:
    """Yield the rewordings as they were written."""
    return (item for article in articles() for item in article.rewordings)


def stands(claim: str, evidence: tuple[str, ...], document: Document) -> bool:
    """Tell whether the library lets a claim through; where it prints markers, as a text by somebody else."""
    if markers.find(claim):
        return briefing.verify(claim, document).ok
    return examine(Subject("points[0]", claim, evidence), document).verdict is not Verdict.UNSUPPORTED


def _chosen(found: list[Mutant], number: int, random: Random) -> list[Mutant]:
    """Return so many of the mutants of a way, one an item before a second of any."""
    random.shuffle(found)
    rank: dict[int, int] = {}
    seen: defaultdict[str, int] = defaultdict(int)
    for at, mutant in enumerate(found):
        rank[at] = seen[mutant.item.claim]
        seen[mutant.item.claim] += 1
    order = sorted(range(len(found)), key=lambda at: rank[at])
    return [found[at] for at in order[:number]]
