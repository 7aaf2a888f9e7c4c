"""The sample document that the project began with: `python -m benchmarks.seed [--seed FILE]`.

It is somebody else's article, so it is not part of the project. Where it is at hand, each line printed says one thing
that a briefing of it, or an answer from it, must show. `examples/summit.txt` tells the same facts in words of our own;
the tests hold it to the same.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import briefing
from briefing import Document, markers

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "seed"


def measure(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what must hold for the seed, and whether it does."""
    document = Document.read(text)
    groups = markers.find(text)
    yield "8 marker groups, 15 markers", (len(groups), sum(len(g.numbers) for g in groups)) == (8, 15)
    marked = [s for s in document.sentences if s.inherited]
    again = [markers.attach(s.text, document.printed_markers([s])) == text[s.span.start : s.span.end] for s in marked]
    yield "each printed again as it was", len(marked) == 8 and all(again)

    result = briefing.summarize(text)
    facts = {claim.text: claim.markers for claim in (result.lede, *result.points)}
    for said, printed in {
        "comprehensive strategic partnership": (1, 2),
        "one hour": (1,),
        "begin negotiations": (1, 2),
        "export of defense equipment": (1, 2),
        "examine a review": (1, 2),
    }.items():
        found = {claim_markers for fact, claim_markers in facts.items() if said in fact}
        yield f"a fact says “{said}” and prints {markers.show(printed)}", found == {printed}
    yield "one quote, by Takaichi", [quote.speaker for quote in result.quotes] == ["Takaichi"]
    narrated = "“Japan and the Philippines agreed"
    yield "the narrated pull quote is no claim", not any(c.text.startswith(narrated) for _, c in result.claims())
    analysis = " ".join(claim.text for claim in result.analysis)
    wording = ("signals a deepening", "marks a significant", "increasingly willing", "serves as a")
    yield "interpretation is in the analysis", all(said in analysis for said in wording)
    yield "and not among the facts", not any("increasingly willing" in fact or "serves as a" in fact for fact in facts)
    yield "every claim is supported", result.report.ok

    defense = briefing.ask(text, "what did the leaders agree on defense?")
    answers = [claim.text for claim in defense.claims]
    yield (
        "on defense: GSOMIA and exports, both [1, 2], and no more",
        (
            len(answers) == 2
            and "GSOMIA" in answers[0]
            and "export" in answers[1]
            and {claim.markers for claim in defense.claims} == {(1, 2)}
        ),
    )
    treaty = briefing.ask(text, "Who signed the trade treaty?")
    yield (
        "who signed the trade treaty: not in the sources, with the nearest",
        (treaty.status == "not_in_sources" and not treaty.claims and len(treaty.nearest) == 3),
    )
    yield from _own_faults(briefing.verify(text, text))


def _own_faults(report: briefing.Report) -> Iterator[tuple[str, bool]]:
    """Yield whether the document's three own faults are found when it is held against itself, as warnings."""

    def found(said: str, check: str, words: str) -> bool:
        seen = [f for claim in report.claims if said in claim.text for f in claim.findings if f.check == check]
        return any(words in f.found for f in seen)

    yield "held against itself, it is supported", report.ok
    yield "the analysis over-claims: “is providing”", found("is providing", "commitment", "providing")
    yield "the pull quote is narration in marks", found("“Japan and the", "quotations", "Japan")
    yield "the one hour stands on [1] alone", found("one hour", "citations", "[1]")


def main() -> int:
    """Return 1 when something does not hold, else 0; 0 too when the seed is not at hand."""
    parser = argparse.ArgumentParser(description="What a briefing of the sample document must show.")
    parser.add_argument("--seed", type=Path, default=next(iter(sorted(FOLDER.glob("*.txt"))), FOLDER))
    path: Path = parser.parse_args().seed
    if not path.is_file():
        print(f"seed: no file at {path}; nothing measured. Give it with --seed.")
        return 0
    held = True
    for name, ok in measure(path.read_text(encoding="utf-8")):
        print(f"{'ok  ' if ok else 'FAILS'} {name}")
        held &= ok
    return 0 if held else 1


if __name__ == "__main__":
    raise SystemExit(main())
