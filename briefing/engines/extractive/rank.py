"""Which sentences of an article belong in a briefing: a score for each, and a choice that does not repeat itself.

The score is a weighted sum of plain features, the weighing of cues that Edmundson began ("New Methods in
Automatic Extracting", 1969): where the sentence stands, how much of it the rest of the article repeats, the title,
and cues that speak against it (too long, somebody talking about herself, a caption's label, a line of the page
around the article). What the article repeats is counted over its sentences, as in the centroid of Radev et al.
("Centroid-based summarization of multiple documents", 2004), so the work grows with the length of the text and not
with the number of pairs of sentences. No feature looks at capitals: many news archives are lower-cased.

The choice is maximal marginal relevance (Carbonell & Goldstein 1998): best first, each sentence paying for what it
shares with those already taken, and none that says the same as one of them.

The weights marked "fitted" come from `tools/fit_ranker.py`, which says how; the others are set by hand, because
news summaries for fitting are too few, or carry no title, to tell.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush
from itertools import chain, islice

from ...text import fold, squeeze
from ...words import forms, terms

#: What each feature is worth, in standard deviations of the fitted sum; what a feature counts, its comment says.
WEIGHTS = {
    "depth": -0.35,  # fitted: log of the sentence's place in the article, from 1
    "lead": 0.78,  # fitted: it is one of the first three, where news says what happened
    "repeated": 2.03,  # fitted: share of its terms (+ 2) that another sentence has too
    "central": 0.37,  # fitted: mean over its terms (+ 5) of the log of how many sentences have the term
    "long": -0.33,  # fitted: tens of terms beyond 20; often several sentences that could not be told apart
    "personal": -0.71,  # fitted: it says I or we: somebody talks
    "labelled": -1.19,  # fitted: it begins "Label: …", as captions and speakers' lines do
    "figure": 0.57,  # fitted: it has a number
    "title": 1.0,  # by hand: share of the title's terms that it has
    "quoted": -0.1,  # by hand: it has quotation marks; a briefing tells, its pull quote quotes
    "leaning": -0.5,  # by hand: it begins with "But", "He", "This", …, which lean on the sentence before
    "question": -0.5,  # by hand: it ends in a question mark
    "short": -1.0,  # by hand: fewer than three terms: headings, "Scroll down."
    "furniture": -3.0,  # by hand: a line of the page, not of the article: "click here", an address, a credit
}
#: Fitted: what is left of a sentence's score when all its terms are in one that is taken.
DISCOUNT = 0.82
#: Two sentences are the same when they share this much of the shorter one's terms.
SAME = 0.7

LEAD = 3  # sentences
LONG = 20  # terms
SHORT = 3  # terms

# Not "us" and "mine": in lower case they are mostly the country and the pit.
_PERSONAL = frozenset("i me my we our ours myself ourselves i'm i've i'd i'll we're we've we'd we'll".split())
_LABELLED = re.compile(r"(?:[^\s:]+ ){0,5}[^\s:]+ ?: ")
_SINGLE_QUOTE = re.compile(r"(?:^|\s)'(?!s\b|\d)\s?\w")
_FIGURE = re.compile(r"[0-9]")
_LEANING = frozenset(
    """he she it they him her his them their this that these those there he's she's it's they're that's there's
    but and or so yet however also then meanwhile""".split()
)
# Phrases long enough not to be news ("thousands sign up for the army", "a suit over copyright"), and plain
# substrings: looking for each in turn is three times as fast as one pattern of them all.
_FURNITURE = (
    "scroll down", "click here", "tap here", "click the link", "click on the link", "read more:", "see also:",
    "find out more at", "last updated", "sign up for our", "sign up to our", "subscribe to our", "our newsletter",
    "follow us on", "share this article", "share this story", "all rights reserved", "©", "watch the video",
    "for confidential support", "call the samaritans", "contributed to this report", "contributed to this article",
    "contributed to this story", "http://", "https://", "www.", "@",
)  # fmt: skip


def scores(sentences: Sequence[str], *, title: str | None = None) -> list[float]:
    """Return how much each sentence of one article belongs in a briefing of it: above 0, higher is better.

    The sentences are those of the whole article in order. A score is the exponential of the weighted sum: a factor
    on it means the same on a weak sentence as on a strong one.

    >>> article = ["The council approved the bridge.", "Click here for more.", "The bridge will cost $4 million."]
    >>> first, second, third = scores(article, title="Council approves $4 million bridge")
    >>> first > second < third
    True
    """
    total = [0.0] * len(sentences)
    for name, column in features(sentences, title).items():
        weight = WEIGHTS[name]
        total = [sum_ + weight * value for sum_, value in zip(total, column, strict=True)]
    # The bound keeps a score above 0 where a text without any full stop is one endless sentence.
    return [math.exp(max(sum_, -500.0)) for sum_ in total]


def features(sentences: Sequence[str], title: str | None = None) -> dict[str, list[float]]:
    """Return each feature of `WEIGHTS` as a column: one value a sentence."""
    bags = [frozenset(terms(sentence)) for sentence in sentences]
    spread = Counter(chain.from_iterable(bags))
    repeated = {term for term, count in spread.items() if count > 1}
    log = {term: math.log(spread[term]) for term in repeated}
    wanted = frozenset(terms(title or ""))
    rows: list[Iterable[float]] = []
    for place, (sentence, bag) in enumerate(zip(sentences, bags, strict=True), start=1):
        plain = fold(sentence).strip().lower()
        shared, size, said = bag & repeated, len(bag), forms(sentence)
        # in the order of WEIGHTS
        row = {
            "depth": math.log(place),
            "lead": place <= LEAD,
            # What is added to the size keeps a sentence of one or two frequent words from looking central.
            "repeated": len(shared) / (size + 2),
            "central": sum(map(log.__getitem__, shared)) / (size + 5),
            "long": max(0, size - LONG) / 10,
            "personal": not _PERSONAL.isdisjoint(said),
            "labelled": ": " in plain and _LABELLED.match(plain) is not None,
            "figure": _FIGURE.search(plain) is not None,
            "title": len(bag & wanted) / (len(wanted) or 1),
            "quoted": '"' in plain or "`" in plain or ("'" in plain and _SINGLE_QUOTE.search(plain) is not None),
            "leaning": said[:1] != () and said[0] in _LEANING,
            "question": plain.endswith("?"),
            "short": size < SHORT,
            "furniture": any(map(plain.__contains__, _FURNITURE)),
        }
        rows.append(row.values())
    columns = map(list, zip(*rows, strict=True)) if rows else ([] for _ in WEIGHTS)
    return dict(zip(WEIGHTS, columns, strict=True))


def choose(sentences: Sequence[str], scores: Sequence[float], count: int, *, taken: Sequence[int] = ()) -> list[int]:
    """Return the indexes of at most `count` sentences, best first, none saying the same as another or as one `taken`.

    `taken` are indexes of sentences that are already in the briefing. Fewer than `count` come back when the rest
    only repeats, or is blank.

    >>> article = ["The bridge opened on Monday.", "The new bridge opened on Monday.", "It cost $4 million."]
    >>> choose(article, [3.0, 2.0, 1.0], 2)
    [0, 2]
    """
    return list(islice(ranked(sentences, scores, taken=taken), max(0, count)))


def ranked(sentences: Sequence[str], scores: Sequence[float], *, taken: Sequence[int] = ()) -> Iterator[int]:
    """Yield what `choose` returns one by one, for a caller who does not know how many are needed.

    >>> next(ranked(["It rained.", "The bridge opened on Monday."], [1.0, 2.0]))
    1
    """
    kept = [_bag(sentences[index]) for index in taken]
    # A discount only grows, so a score is an upper bound: it is enough to look at the best of the queue, bring its
    # discount up to date, and take it once that leaves it the best. Most sentences are never compared at all.
    queue = [
        (-score, index, 0)
        for index, (sentence, score) in enumerate(zip(sentences, scores, strict=True))
        if index not in taken and sentence.strip()
    ]
    heapify(queue)
    shared = [0.0] * len(sentences)
    while queue:
        _, index, compared = heappop(queue)
        bag = _bag(sentences[index])
        if compared == len(kept):
            kept.append(bag)
            yield index
            continue
        shared[index] = max(shared[index], *(_overlap(bag, other) for other in kept[compared:]))
        if shared[index] < SAME:
            heappush(queue, (-scores[index] * DISCOUNT ** shared[index], index, len(kept)))


def _bag(sentence: str) -> frozenset[str]:
    """Return the terms of a sentence, or the sentence itself where it has none ("Who was it?")."""
    return frozenset(terms(sentence)) or frozenset([squeeze(sentence).lower()])


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))
