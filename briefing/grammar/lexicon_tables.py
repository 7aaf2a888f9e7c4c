"""The tables under `briefing.grammar.lexicon`, read when the first word is asked for.

`lexicon.tsv`, `lexicon_senses.tsv` and `lexicon_forms.tsv` are written by `tools/distill_lexicon.py` from WordNet 3.0;
`opposites.txt` and `lexicon_synonyms.txt` are made by hand and say at their top how to read them.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate, permutations
from typing import NamedTuple

Key = tuple[str, str]  # word, part of speech

_SIGNS = ("|", "<>", "~", ">")


class Word(NamedTuple):
    """A word of the lexicon: its uses counted in WordNet's tagged texts, and its senses, the commonest first."""

    uses: int
    senses: tuple[int, ...]


class Sense(NamedTuple):
    """A sense: numbers of the senses it is related to, and how many are directly narrower."""

    broader: tuple[int, ...]
    breadth: int
    opposite: tuple[int, ...]
    similar: tuple[int, ...]


def known(key: Key) -> bool:
    """Return whether the lexicon has the word."""
    return "/".join(key) in _words() or key in listed()


@lru_cache(maxsize=1 << 14)
def word(key: Key) -> Word:
    """Return what the lexicon knows of a word; words of the hand-made lists that WordNet lacks have no senses."""
    uses, senses = _words().get("/".join(key), "0\t").split("\t")[:2]
    return Word(int(uses), _numbers(senses))


@lru_cache(maxsize=1 << 14)
def derived(key: Key) -> frozenset[Key]:
    """Return the words derived from a word, and those it is derived from."""
    name = "/".join(key)
    own = _words().get(name, "").split("\t")[2:]
    others = [*own[0].split(), *_derived().get(name, ())] if own else _derived().get(name, ())
    return frozenset((form, part) for form, _, part in (other.rpartition("/") for other in others))


@lru_cache(maxsize=1 << 14)
def sense(number: int) -> Sense:
    """Return the sense of this number."""
    broader, breadth, opposite, similar = (_senses()[0][number].split("\t") + [""] * 3)[:4]
    return Sense(_numbers(broader), int(breadth or 0), _numbers(opposite), _numbers(similar))


def kind_of(number: int) -> str:
    """Return the kind of thing, by WordNet's files, that the sense of this number is."""
    _, starts, kinds = _senses()
    return kinds[bisect_right(starts, number) - 1]


@cache
def forms() -> tuple[dict[str, list[Key]], dict[str, str]]:
    """Return the words of each irregular form, and the tense of each that is a verb's: past, participle or both."""
    found: dict[str, list[Key]] = {}
    tenses: dict[str, str] = {}
    for line in _read("lexicon_forms.tsv"):
        form, part, lemmas, *tense = line.split("\t")
        found.setdefault(form, []).extend((lemma, part) for lemma in lemmas.split())
        tenses.update((form, name) for name in tense)
    return found, tenses


@cache
def listed() -> dict[Key, dict[Key, str]]:
    """Return, for each word of the hand-made lists, the words set against it with the sign between them.

    It is `=` for synonyms, `|` for opposites, `<>` for two sides of one event, `~` for other things of a kind, `>` when
    the second is the broader, `<` when it is the narrower. Of two signs between the same words the first counts.
    """
    found: dict[Key, dict[Key, str]] = {}
    for line in _read("opposites.txt") + _read("lexicon_synonyms.txt"):
        if not line or line.startswith("#"):
            continue
        part, *fields = line.split()
        sign = next((field for field in fields if field in _SIGNS), "=")
        sides = [[(field, part)] for field in fields]
        if sign != "=":
            sides = [[(word, part) for word in side.split()] for side in " ".join(fields).split(sign)]
        for left, right in permutations(sides, 2):
            shown = "<" if sign == ">" and left is sides[1] else sign
            for one in left:
                found[one] = dict.fromkeys(right, shown) | found.get(one, {})
    return found


@cache
def _words() -> dict[str, str]:
    """Return the lines of the table of words, without the first column: word and part of speech as in `rise/v`."""
    rows = (line.partition("\t") for line in _read("lexicon.tsv"))
    return {name: rest for name, _, rest in rows}


@cache
def _derived() -> dict[str, list[str]]:
    """Return the words that give each word as one they are derived from."""
    found: dict[str, list[str]] = {}
    for name, line in _words().items():
        if line.count("\t") == 2:
            for other in line.rpartition("\t")[2].split():
                found.setdefault(other, []).append(name)
    return found


@cache
def _senses() -> tuple[list[str], list[int], list[str]]:
    """Return the lines of the table of senses; where each kind begins; the kinds."""
    blocks = "\n".join(_read("lexicon_senses.tsv")).removeprefix("# ").split("\n# ")
    kinds, lines = zip(
        *((kind, rest.split("\n")) for kind, _, rest in (b.partition("\n") for b in blocks)), strict=True
    )
    starts = [0, *accumulate(map(len, lines))]
    return [line for block in lines for line in block], starts[:-1], list(kinds)


def _numbers(field: str) -> tuple[int, ...]:
    return tuple(map(int, field.split()))


def _read(name: str) -> list[str]:
    return (files("briefing") / "data" / name).read_text("utf-8").split("\n")[:-1]
