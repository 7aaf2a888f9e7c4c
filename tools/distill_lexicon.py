"""Distil the lexicon that the library ships from WordNet 3.0: `python tools/distill_lexicon.py FOLDER`.

FOLDER holds WordNet's database files (`data.noun`, `cntlist.rev`, `verb.exc` …) as in /usr/share/wordnet of Debian's
package wordnet-base 1:3.0-37 (`apt-get download wordnet-base`, then `dpkg -x` it): the only package we know that has
both the counts of the tagged senses and the lists of irregular forms. The files must have the hash below.

What is kept: single words (hyphens allowed) that the word vectors, the hand-made lists or WordNet's tagged texts
have, and rarer ones near to them; the first senses of each; what kind of thing a sense is (lexicographer file), what is
broader, opposite and similar; which words are derived from one another. British spellings are left to the library.

It writes three tables, sorted and plain:

- `lexicon.tsv`: word and part of speech (`rise/v`; n v a r), uses counted in the tagged texts, senses (numbers of
  lines of the next table, the commonest first), words derivationally related (each pair once, at the longer word).
- `lexicon_senses.tsv`: under a heading for each kind of thing, a line a sense, in the order of the numbers, which
  leave the headings out: broader senses, how many are directly narrower, opposite senses, similar senses.
- `lexicon_forms.tsv`: irregular form, part of speech, words, and for a verb whether it is its past tense, its
  participle, or both. Forms that the spelling rules of `briefing/grammar/inflection.py` undo are not in it.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from briefing.grammar.inflection import american, stems
from briefing.vectors import pieces

#: The files read, and the hash of all of them in this order.
READ = (
    "adj.exc adv.exc cntlist.rev data.adj data.adv data.noun data.verb index.adj index.adv index.noun index.verb "
    "noun.exc verb.exc"
).split()
SHA256 = "0edb56714d62cdd94fef964f1ee6ce024f7f4a05c827212b86984a8a73954026"
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
#: The names of WordNet's lexicographer files (lexnames(5WN)), without the part of speech.
KINDS = (
    "all pert all tops act animal artifact attribute body cognition communication event feeling food group location "
    "motive object person phenomenon plant possession process quantity relation shape state substance time body "
    "change cognition communication competition consumption contact creation emotion motion perception possession "
    "social stative weather ppl"
).split()
#: The senses kept of a word, at least; of a rare word, at least; of one that has more, at most; and of these only
#: the ones that make up this share of its uses.
SENSES, FEWER_SENSES, COMMON_SENSES, COMMON = 4, 2, 8, 0.04
#: A rarer word has so many pieces in the vocabulary of the word vectors at most, a verb one more.
PIECES = 3
#: Rarer words of this make can be understood from their parts, and are left out.
RARE = re.compile(r"-|(?:ness|ability|ibility)$")
#: Kinds whose rarer names are left out.
LEARNED = frozenset(("animal", "plant", "substance", "body", "food", "attribute", "cognition", "shape", "process"))
#: Kinds of which rarer names are kept when they are made of two common parts.
NEWS = frozenset(("person", "act", "event", "communication", "possession", "time", "phenomenon", "state", "group"))
#: Past tenses that are no participles, a prefix before them or not; what else WordNet lists for the same verb is one.
PAST_ONLY = re.compile(
    "(?:over|under|with|fore|for|inter|out|mis|par|re|un|up)?"
    "(?:arose|awoke|ate|became|began|bade|befell|bit|blew|bore|broke|came|chose|did|drank|drew|drove|fell|flew|forbade|"
    "gave|forsook|froze|grew|hid|knew|lay|ran|rang|rode|rose|sang|sank|saw|shook|shrank|slew|smote|spoke|sprang|"
    "stank|stole|strode|strove|swam|swore|threw|took|tore|trod|was|went|were|woke|wore|wove|wrote)"
)
#: Verbs whose past tense and participle look like the verb itself, which WordNet therefore does not list.
UNCHANGED = (
    "beat become bet bid broadcast burst cast come cost cut fit forecast hit hurt knit let miscast offset outbid "
    "overcome overrun overspread put quit read recast recut rerun reset rid run set shed shut slit split spread sublet "
    "sweat thrust typecast undercut upset wed wet"
).split()
#: Of these, the ones whose form is the participle only ("has come", never "he come").
UNCHANGED_PARTICIPLE = frozenset("become come overcome overrun rerun run".split())
WORD = re.compile(r"[a-z]{1,30}(?:-[a-z]{1,30}){0,4}")
#: What makes a word common, beside WordNet's tagged texts.
WORD_LISTS = ("vocabulary.txt", "opposites.txt", "lexicon_synonyms.txt")
DATA = Path(__file__).parent.parent / "briefing" / "data"

Key = tuple[str, str]  # word or offset, part of speech
Uses = Counter[tuple[str, str, int]]  # by word, part of speech, number of the sense


@dataclass
class Sense:
    """A synset: its words, its kind, and pointers to other synsets and to words of them."""

    words: list[str]
    kind: str
    name: bool = False  # of one person or place
    head: bool = False  # an adjective with opposites, round which the similar ones stand
    broader: list[Key] = field(default_factory=list)
    opposite: list[Key] = field(default_factory=list)
    similar: list[Key] = field(default_factory=list)
    derived: list[tuple[str, Key, int]] = field(default_factory=list)  # own word, other synset, its word's number


def main() -> int:
    """Return 0 after writing the three tables into the folder asked for."""
    parser = argparse.ArgumentParser(description="distil the lexicon that the library ships from WordNet 3.0")
    parser.add_argument("wordnet", type=Path, help="folder with WordNet's database files")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write into (default: %(default)s)")
    options = parser.parse_args()
    found = hashlib.sha256(b"".join((options.wordnet / name).read_bytes() for name in READ)).hexdigest()
    if found != SHA256:
        sys.exit(f"{options.wordnet} does not hold the files of wordnet-base 1:3.0-37, so nothing was written.")
    senses = {key: sense for part in FILES for key, sense in read_senses(options.wordnet, part)}
    uses = read_uses(options.wordnet / "cntlist.rev")
    entries = kept(options.wordnet, senses, uses, vocabulary())
    numbers = numbered(entries, senses)
    write(options.out / "lexicon.tsv", lines_of_words(entries, senses, uses, numbers))
    write(options.out / "lexicon_senses.tsv", lines_of_senses(senses, numbers))
    write(options.out / "lexicon_forms.tsv", lines_of_forms(options.wordnet, entries))
    return 0


def vocabulary() -> frozenset[str]:
    """Return the words that the vocabulary of the word vectors or a hand-made list has, in any regular form."""
    whole = [w for name in WORD_LISTS for w in (DATA / name).read_text("utf-8").split()]
    return frozenset(whole).union(word for form in whole for word, _ in stems(form))


def read_senses(folder: Path, part: str) -> Iterator[tuple[Key, Sense]]:
    """Yield the synsets of one part of speech by offset (format: wndb(5WN))."""
    for line in (folder / f"data.{FILES[part]}").read_text("ascii").splitlines():
        if line.startswith(" "):
            continue
        fields = line.partition(" | ")[0].split(" ")
        count = int(fields[3], 16)
        words = [re.sub(r"\(.*\)$", "", word.lower()) for word in fields[4 : 4 + 2 * count : 2]]
        sense = Sense(words, KINDS[int(fields[1])], head=fields[2] == "a")
        start = 5 + 2 * count
        for i in range(start, start + 4 * int(fields[start - 1]), 4):
            add_pointer(sense, *fields[i : i + 4])
        yield (fields[0], part), sense


def add_pointer(sense: Sense, symbol: str, offset: str, part: str, ends: str) -> None:
    """Add one pointer of the database to `sense`; those we have no use for are left out."""
    other = (offset, part)
    if symbol in ("@", "@i"):
        sense.broader.append(other)
        sense.name |= symbol == "@i"
    elif symbol == "!":
        sense.opposite.append(other)
    elif symbol == "&" and not sense.head:
        sense.similar.append(other)
    elif symbol in ("+", "\\", "<") and ends != "0000":
        sense.derived.append((sense.words[int(ends[:2], 16) - 1], other, int(ends[2:], 16) - 1))


def read_uses(path: Path) -> Uses:
    """Return how often the tagged texts use each sense: by word, part of speech and number of the sense."""
    uses: Uses = Counter()
    for line in path.read_text("ascii").splitlines():
        key, number, count = line.split()
        word, _, rest = key.partition("%")
        uses[word, "?nvara"[int(rest[0])], int(number)] += int(count)
    return uses


def kept(folder: Path, senses: dict[Key, Sense], uses: Uses, known: frozenset[str]) -> dict[Key, list[Key]]:
    """Return the words kept, each with the senses kept of it, the commonest first."""
    found = dict(read_words(folder))
    spelled = {key: (american(key[0]), key[1]) for key in found}
    british = {key for key, us in spelled.items() if us != key and set(found[key]).intersection(found.get(us, ()))}
    counts = {key: [uses[*key, rank] for rank in range(1, len(chosen) + 1)] for key, chosen in found.items()}
    common = {key for key in found if key[0] in known or any(counts[key])}
    first = {sense for key in common for sense in found[key][:1]}

    def near(key: Key, chosen: list[Key]) -> bool:
        """Return whether a rarer word means the same as a common one, or is derived from one."""
        if RARE.search(key[0]) or len(pieces(key[0])) > PIECES + (key[1] == "v"):
            return False
        links = [(own, other, place) for sense in chosen[:2] for own, other, place in senses[sense].derived]
        if any(own == key[0] and (senses[other].words[place], other[1]) in common for own, other, place in links):
            return True
        sense = senses[chosen[0]]
        if key[1] != "n" or sense.name or sense.kind in LEARNED:
            return key[1] == "v"
        compound = [len(piece.removeprefix("##")) > 2 for piece in pieces(key[0])] == [True, True]  # as lay|off
        return chosen[0] in first or (sense.kind in NEWS and compound)

    entries: dict[Key, list[Key]] = {}
    for key, chosen in found.items():
        if key not in british and (key in common or near(key, chosen)):
            often = [count > COMMON * sum(counts[key]) for count in counts[key]]
            least = SENSES if key in common else FEWER_SENSES
            entries[key] = [s for rank, s in enumerate(chosen[:COMMON_SENSES]) if rank < least or often[rank]]
    return entries


def read_words(folder: Path) -> Iterator[tuple[Key, list[Key]]]:
    """Yield the single words of WordNet with their senses, the commonest first."""
    for part, name in FILES.items():
        for line in (folder / f"index.{name}").read_text("ascii").splitlines():
            fields = line.split()
            if not line.startswith(" ") and WORD.fullmatch(fields[0]):
                yield (fields[0], part), [(offset, part) for offset in fields[6 + int(fields[3]) :]]


def numbered(entries: dict[Key, list[Key]], senses: dict[Key, Sense]) -> dict[Key, int]:
    """Return a number for every sense needed (those of the words kept, and all that are broader), ordered by kind."""
    needed = {sense for chosen in entries.values() for sense in chosen}
    waiting = list(needed)
    while waiting:
        unseen = [sense for sense in senses[waiting.pop()].broader if sense not in needed]
        needed.update(unseen)
        waiting.extend(unseen)
    return {key: number for number, key in enumerate(sorted(needed, key=lambda key: (senses[key].kind, key)))}


def lines_of_words(
    entries: dict[Key, list[Key]], senses: dict[Key, Sense], uses: Uses, numbers: dict[Key, int]
) -> Iterator[str]:
    """Yield the lines of the table of words."""
    totals: Counter[Key] = Counter()
    for (word, part, _), count in uses.items():
        totals[word, part] += count
    links = derivations(entries, senses)
    for (word, part), chosen in sorted(entries.items()):
        derived = " ".join(sorted(links.get((word, part), ())))
        row = (f"{word}/{part}", str(totals[word, part]), " ".join(str(numbers[s]) for s in chosen), derived)
        yield "\t".join(row).rstrip("\t")


def derivations(entries: dict[Key, list[Key]], senses: dict[Key, Sense]) -> dict[Key, set[str]]:
    """Return for each word the words derivationally related to it that are not longer: `negotiate/v`."""
    links: dict[Key, set[str]] = {}
    for (word, part), chosen in entries.items():
        for sense in chosen:
            for own, other, place in senses[sense].derived:
                target = (senses[other].words[place], other[1])
                if own != word or target not in entries or target == (word, part):
                    continue
                longer, shorter = sorted([(word, part), target], key=lambda key: (-len(key[0]), key))
                if longer[0] != shorter[0]:
                    links.setdefault(longer, set()).add("/".join(shorter))
    return links


def lines_of_senses(senses: dict[Key, Sense], numbers: dict[Key, int]) -> Iterator[str]:
    """Yield the lines of the table of senses in the order of their numbers, a heading before each kind."""

    def listed(others: Iterable[Key]) -> str:
        return " ".join(str(numbers[other]) for other in dict.fromkeys(others) if other in numbers)

    breadth = Counter(broader for sense in senses.values() for broader in sense.broader)
    kind = ""
    for key in numbers:
        sense = senses[key]
        if sense.kind != kind:
            kind = sense.kind
            yield f"# {kind}"
        row = (listed(sense.broader), str(breadth[key] or ""), listed(sense.opposite), listed(sense.similar))
        yield "\t".join(row).rstrip("\t")


def lines_of_forms(folder: Path, entries: dict[Key, list[Key]]) -> Iterator[str]:
    """Yield the lines of the table of irregular forms."""
    found: dict[Key, list[str]] = {}
    for part, name in FILES.items():
        for line in (folder / f"{name}.exc").read_text("ascii").splitlines():
            form, *words = line.split()
            if WORD.fullmatch(form):
                found.setdefault((form, part), []).extend(w for w in words if (w, part) in entries and w != form)
    for word in UNCHANGED:
        found.setdefault((word, "v"), []).append(word)
    strong = {
        word for (form, part), words in found.items() if part == "v" and PAST_ONLY.fullmatch(form) for word in words
    }
    for (form, part), words in sorted(found.items()):
        regular = form.endswith(("ed", "ing", "s", "er", "est")) and form not in words
        if words and not (regular and {(word, part) for word in words} <= set(stems(form))):
            tense = tense_of(form, words, strong) if part == "v" else ""
            yield "\t".join((form, part, " ".join(dict.fromkeys(words)), tense)).rstrip("\t")


def tense_of(form: str, words: list[str], strong: set[str]) -> str:
    """Return `past`, `participle`, `both` or nothing for an irregular form of the verbs `words`."""
    if form in ("am", "is", "are", "has", "does", "goes") or (form.endswith(("ing", "s")) and form != "was"):
        return ""
    if PAST_ONLY.fullmatch(form):
        return "past"
    if form in words and form not in UNCHANGED_PARTICIPLE:
        return "both"
    if form in words or form.endswith(("en", "wn", "rn")):
        return "participle"
    return "participle" if strong.intersection(words) and not form.endswith("ed") else "both"


def write(path: Path, lines: Iterable[str]) -> None:
    """Write `lines` to `path` and print its size and hash, for the tests that pin it."""
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    print(hashlib.sha256(path.read_bytes()).hexdigest(), path.name, path.stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
