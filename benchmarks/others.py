"""Other tools beside ours, in one run: `python -m benchmarks.others`.

Every tool gets the same claims on the same articles (benchmarks/falsehoods.py): true ones in other words, and false
ones made by one edit. A false claim is caught, and a true one a false alarm, when the tool does not vouch for it:

- `citesure`: its overlap tier, any status but "supported". Its tier of language models is not run.
- `corroborate`: any critical finding.
- `groundrails`: any claim not grounded by its lexical pass. Its models are not run.
- `langextract`: its aligner finds no place in the article for the claim as an extraction.
- `instructor`: the citation mixin drops the claim from `substring_quotes`.

Of the tools, those that are not installed are named as absent; `pip install citesure corroborate groundrails
langextract instructor` brings them. The speed is that of 100 claims against one article of 400 sentences, made of the
examples, ours and LangExtract's aligner's in the same run.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import itertools
import logging
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import briefing
from benchmarks import floors
from benchmarks.falsehoods import CLAIMS, Claim
from briefing.verdict import Verdict

#: Whether a tool vouches for a claim, given its text and the article's.
Tool = Callable[[str, str], bool]


class Result(NamedTuple):
    """How a tool did: shares of false claims caught and of true ones flagged, and milliseconds a claim."""

    caught: float
    alarms: float
    milliseconds: float


def ours(claim: str, article: str) -> bool:
    """Return whether no sentence of the claim is unsupported."""
    return all(checked.verdict is not Verdict.UNSUPPORTED for checked in briefing.verify(claim, article).claims)


def citesure() -> Tool:
    """Return citesure's overlap tier."""
    tool = importlib.import_module("citesure")

    def vouches(claim: str, article: str) -> bool:
        score, _ = tool.score_overlap(claim, tool.segment_passages(article))
        return bool(tool.status_for_score(score) == tool.Status.SUPPORTED)

    return vouches


def corroborate() -> Tool:
    """Return corroborate's check of numbers, dates and quotes."""
    tool = importlib.import_module("corroborate")
    return lambda claim, article: bool(tool.check_answer(query="", retrieved_chunks=[article], answer=claim).ok())


def groundrails() -> Tool:
    """Return the lexical pass of groundrails, with its bundled calibration and no models."""
    tool = importlib.import_module("groundrails")
    importlib.import_module("loguru").logger.remove()
    tool.init(models="none", wordnet=False, home=tempfile.mkdtemp(prefix="groundrails-"))
    return lambda claim, article: bool(tool.ground(claim, [article]).grounded)


def langextract() -> Tool:
    """Return LangExtract's aligner as it is set up by default."""
    importlib.import_module("langextract.resolver")
    return lambda claim, article: align([claim], article)[0]


def align(claims: Sequence[str], article: str) -> list[bool]:
    """Return for each claim whether LangExtract's aligner finds a place for it, all of them in one call."""
    resolver = importlib.import_module("langextract.resolver")
    data = importlib.import_module("langextract.core.data")
    extractions = [data.Extraction(extraction_class="claim", extraction_text=claim) for claim in claims]
    [aligned] = resolver.WordAligner().align_extractions([extractions], article)
    return [extraction.token_interval is not None for extraction in aligned]


def instructor() -> Tool:
    """Return instructor's citation mixin."""
    mixin: Any = importlib.import_module("instructor.dsl.citation").CitationMixin

    def vouches(claim: str, article: str) -> bool:
        return bool(mixin.model_validate({"substring_quotes": [claim]}, context={"context": article}).substring_quotes)

    return vouches


OTHERS: Mapping[str, Callable[[], Tool]] = MappingProxyType(
    {
        "citesure": citesure,
        "corroborate": corroborate,
        "groundrails": groundrails,
        "langextract": langextract,
        "instructor": instructor,
    }
)


def available() -> Iterator[tuple[str, Tool]]:
    """Yield the tools that are installed, ours first, after naming those that are not."""
    yield "briefing", ours
    for name, load in OTHERS.items():
        try:
            yield name, load()
        except ImportError as error:
            print(f"{name}: absent ({error})")


def measure(tool: Tool, claims: tuple[Claim, ...] = CLAIMS) -> Result:
    """Return how a tool does on the claims, after one claim to warm up."""
    tool(claims[0].text, claims[0].source)
    started = time.perf_counter()
    vouched = [tool(claim.text, claim.source) for claim in claims]
    seconds = time.perf_counter() - started
    false = [not v for v, claim in zip(vouched, claims, strict=True) if claim.edit]
    true = [not v for v, claim in zip(vouched, claims, strict=True) if not claim.edit]
    return Result(sum(false) / len(false), sum(true) / len(true), 1000 * seconds / len(claims))


def speed() -> float:
    """Return how many times as long as ours LangExtract's aligner takes for 100 claims on an article of 400 sentences.

    Each verifies or aligns all the claims in one call. The best of three runs each counts; ours gets a new article each
    time, and knows the claims from the second on.
    """
    sources = list(dict.fromkeys(claim.source for claim in CLAIMS))
    sentences = [s.text for source in sources for s in briefing.Document.read(source).body]
    # Each copy says another thing at its end, so that no claim stands in the article more than once.
    numbered = (f"{s.rstrip('.')} in round {n}." for n, s in enumerate(itertools.cycle(sentences), start=1))
    article = " ".join(itertools.islice(numbered, 400))
    claims = [claim.text for claim in itertools.islice(itertools.cycle(CLAIMS), 100)]
    # Ours keeps what it has read: each run gets an article that it has not seen.
    unseen = iter([article.replace("in round", f"in {word}") for word in ("stage", "lap", "heat")])
    own = _seconds(lambda: briefing.verify("\n\n".join(claims), next(unseen)))
    other = _seconds(lambda: align(claims, article))
    print(f"100 claims on 400 sentences: langextract's aligner {other:.3f} s, briefing {own:.4f} s to verify them")
    return other / own


def _seconds(work: Callable[[], object]) -> float:
    found = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found)


def main() -> int:
    """Return 1 when a floor is not kept, else 0."""
    logging.disable(logging.WARNING)
    false = sum(bool(claim.edit) for claim in CLAIMS)
    print(f"{false} false claims made by one edit, {len(CLAIMS) - false} true ones")
    figures: dict[str, float] = {}
    for name, tool in available():
        with contextlib.redirect_stderr(io.StringIO()):  # groundrails' nltk asks for a download
            caught, alarms, milliseconds = result = measure(tool)
        print(f"{name:12} caught {caught:.0%}, false alarms {alarms:.0%}, {milliseconds:.2f} ms a claim")
        if name == "briefing":
            figures |= {"caught": result.caught, "false_alarms": result.alarms}
        if name == "langextract":
            figures["speed_over_langextract"] = speed()
    return 0 if floors.hold("others", figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
