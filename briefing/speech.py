"""Direct speech in a text: the words that somebody spoke, and whom the text names as the speaker.

Quotation marks alone make no quote: they also stand round terms, titles, and narration that an editor pulled out.
Words count as speech only where the text attributes them:

    “X,” said Y.    “X,” Y told reporters.    Y said: “X.”    “X,” Y said, “Z.”    “X,” said Y. “Z runs on.”

and where a paragraph of speech stays open and the next one opens with a mark again. What cannot be attributed with
certainty is left out: a quote given to the wrong speaker is worse than a quote missed. English attributions only.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from . import markers, quotemarks, sentences
from . import speech_words as lists
from .quotemarks import Pair
from .source import Span
from .speaker import joint_of, speaker_after, speaker_before, speech_verbs, subject_name
from .speech_words import names
from .text import fold, squeeze
from .words import FUNCTION_WORDS

#: How far from the words an attribution is looked for, in code points.
MAX_FRAME = 300
#: Blanks between the start of a paragraph and its first mark, and what a pronoun may refer back over.
_MAX_OPENING, _MAX_BACK = 10, 1000


class Speech(NamedTuple):
    """Words spoken: `parts` are the spans of the words in the text, without marks; `speaker` as the text names them.

    `span` covers the words and the sentences that hold them and attribute them; `longest` is the part with the most
    words, so that it can be quoted without a gap.
    """

    parts: tuple[Span, ...]
    speaker: str
    span: Span
    longest: Span

    def words(self, text: str) -> str:
        """Return the words spoken, parts joined by a space, markers and line breaks taken out.

        A comma that stands for a full stop, as in “X,” said Y. “Z.”, becomes one.
        """
        said = [squeeze(markers.strip(text[start:end])) for start, end in self.parts]
        for number, (here, after) in enumerate(pairwise(self.parts)):
            if said[number].endswith(",") and re.search(r"[.!?]\W*$", markers.strip(text[here.end : after.start])):
                said[number] = said[number][:-1] + "."
        return " ".join(said)


class _Frame(NamedTuple):
    """A pair of marks and the narration round it: back and forth to the sentence's end or the next marks."""

    pair: Pair
    sentence: Span  # from the start of the sentence where the words begin to the end of that where they end
    before: str
    after: str
    whole: bool  # whether `before` reaches back to the start of the sentence

    @property
    def opens(self) -> bool:
        """Whether the words open their sentence, so that an attribution can follow them."""
        return not self.before.strip(" -([") or self.before.strip() in {"But", "And", "So"}


# The engine and the checks read the same few texts again and again.
@lru_cache(maxsize=8)
def speeches(text: str) -> tuple[Speech, ...]:
    """Return the direct speech in `text` that is attributed to somebody, in order.

    >>> text = "“We will rebuild,” the mayor, Ana Lopes, told reporters. He called it a “new dawn”."
    >>> [(s.words(text), s.speaker) for s in speeches(text)]
    [('We will rebuild,', 'Ana Lopes')]
    """
    pairs = quotemarks.pairs(text)
    if not pairs:
        return ()
    plain = _blank_markers(fold(text))
    pieces = [Span(piece.start, piece.end) for piece in sentences.split(text)]
    found: list[Speech] = []  # each with its last part only
    parts: list[list[Span]] = []
    previous: Pair | None = None
    for frame in _frames(plain, pieces, pairs):
        words = Span(frame.pair.inner_start, frame.pair.inner_end)
        if not plain[words.start : words.end].strip():
            continue
        last = found[-1] if found else None
        touching = last if last and previous and last.parts[-1].end == previous.inner_end else None
        if touching and previous and _continues(plain, touching, previous, frame):
            span = Span(touching.span.start, max(touching.span.end, frame.sentence.end))
            found[-1] = Speech((words,), touching.speaker, span, words)
            parts[-1].append(words)
        elif speaker := _speaker(plain, pieces, frame, found):
            found.append(Speech((words,), speaker, frame.sentence, words))
            parts.append([words])
        previous = frame.pair
    return tuple(
        Speech(
            tuple(own), speech.speaker, speech.span, max(own, key=lambda part: len(text[part.start : part.end].split()))
        )
        for speech, own in zip(found, parts, strict=True)
    )


def _frames(text: str, pieces: Sequence[Span], pairs: Sequence[Pair]) -> list[_Frame]:
    frames = []
    for number, pair in enumerate(pairs):
        at = _index_at(pieces, pair.start)
        first, last = pieces[at], _piece_at(pieces, max(pair.start, pair.end - 1))
        floor = pairs[number - 1].end if number else 0
        ceiling = pairs[number + 1].start if number + 1 < len(pairs) else len(text)
        opening = pair.start - first.start < _MAX_OPENING and not text[first.start : pair.start].strip()
        if at and opening and text[pieces[at - 1].end - 1] == ":":
            first = pieces[at - 1]  # the words follow their colon in a paragraph of their own
        start = max(first.start, floor, pair.start - MAX_FRAME)
        before = text[start : pair.start]
        after = text[pair.end : min(last.end, ceiling, pair.end + MAX_FRAME)]
        before, after = before.replace("\n", " "), after.replace("\n", " ")
        sentence = Span(min(first.start, pair.start), max(last.end, pair.end))
        frames.append(_Frame(pair, sentence, before, after, whole=start == first.start))
    return frames


def _speaker(text: str, pieces: Sequence[Span], frame: _Frame, found: Sequence[Speech]) -> str:
    words = text[frame.pair.inner_start : frame.pair.inner_end]
    speaker = ""
    if (frame.whole or _NEW_CLAUSE.search(frame.before)) and _fits(words, frame.after, joint_of(frame.before)):
        speaker = speaker_before(frame.before) or _colon(frame, words)
    closed = _END_MARK.search(words) or re.match(r"[,?!]| +- ", frame.after)
    if not speaker and frame.opens and closed and not _is_subject(frame.after, words):
        speaker = speaker_after(frame.after)
    if speaker not in lists.PRONOUNS:
        return speaker
    # in "Ray won, and he said: “…”" the one who speaks is named in the sentence itself, perhaps
    return "" if names(frame.before) else _antecedent(text, pieces, frame.sentence, found, speaker)


#: What closes words that an attribution follows.
_END_MARK = re.compile(r"[,?!.;-]['\s]*$")
#: After other marks in the same sentence: `“We won,” Silva said, before Costa replied: “…”`.
_NEW_CLAUSE = re.compile(r"[,;] (?:and|but|before|after|as|while|when|then)\b[^,;]*[,:]? *$|^[,;:] ")


def _colon(frame: _Frame, words: str) -> str:
    """Return who speaks in `Ana Lopes denied it: “I was not there.”`, where nobody else can: else an empty string."""
    lead = frame.before.rstrip()
    own = re.search(r"\b(?:I|I'm|I've|I'll|I'd|[Ww]e|We're|We've|[Mm]y|[Oo]ur|me|us)\b", words)
    if not lead.endswith(":") or not frame.whole or speech_verbs(lead) or not own or words[-1:] not in ".!?":
        return ""
    name, rest = subject_name(lead)
    told = {word.strip(".,:;") for word in rest.split()}
    if (
        not name
        or told & (lists.NOT_OWN_WORDS | lists.RELATIVES | lists.SUBJECT_PRONOUNS)
        or lists.AUXILIARIES & set(rest.split()[2:])
    ):
        return ""
    return "" if names(rest) - names(name) else name


def _fits(words: str, after: str, joint: str) -> bool:
    """Tell whether quoted words can be what was said, rather than a term in the clause that they stand in."""
    inner = words.strip(" '")
    tokens = inner.split()
    closed = inner[-1:] in ".,!?-" or after[:1] in ".,!?" or after.lstrip()[:1] == "-"
    match = re.match(r"\s+([a-z]\w*)", after)
    follows = match[1] if match else ""
    goes_on = follows and follows not in lists.PREPOSITIONS | lists.SUBORDINATORS | lists.ADVERBS
    if inner[-1:] not in ".,!?" and (follows in lists.FINITE or (goes_on and joint != ":")):
        return False
    if joint in {":", ","}:
        return True
    content = [word for word in tokens if word.lower() not in FUNCTION_WORDS]
    if all(word[:1].isupper() for word in content) and inner[-1:] not in "!?":
        return False  # a title
    if joint == "that":
        return len(tokens) > 2
    clause = any(word in lists.AUXILIARIES for word in tokens[1:])
    return clause or (inner[:1].isupper() and len(tokens) > 1) or (closed and inner[-1:] in ".,!?-" and len(tokens) > 2)


def _is_subject(narration: str, words: str) -> bool:
    """Tell whether the narration after quoted words goes on with a verb for them: `, police said, were found`."""
    fragment = not any(word.lower() in FUNCTION_WORDS for word in words.split()) and not re.search(r"[?!]\W*$", words)
    for part in narration.strip(" .").split(",")[1:]:
        tokens = [word for word in part.split() if not lists.is_adverb(word)]
        if (
            tokens
            and tokens[0] not in lists.VERBS
            and (tokens[0] in lists.FINITE or (fragment and re.fullmatch(r"[a-z]+(?:ed|[^s]s)", tokens[0])))
        ):
            return True
    return bool(re.match(r"[, -]*(?:is|was|are|were) ", narration))


def _continues(text: str, last: Speech, marks: Pair, frame: _Frame) -> bool:
    """Tell whether the words go on with `last`, whose own last words stand in the pair of `marks` before these."""
    between = text[marks.end : frame.pair.start]
    if frame.sentence.start <= marks.start:  # “X,” Y said, “Z.”
        alone = len(speech_verbs(between)) == 1 and not re.search(r"\b(?:who|whom|while|when|and|but|as)\b", between)
        return alone and bool(re.search(r"[,;.:-]\s*$", between)) and not speaker_before(between.partition(",")[2])
    if not frame.opens or frame.after.strip(" .,"):
        return False  # it has narration of its own
    if not marks.closed:
        return True
    return "\n" not in between and not text[last.span.end : frame.pair.start].strip()


def _antecedent(text: str, pieces: Sequence[Span], sentence: Span, found: Sequence[Speech], pronoun: str) -> str:
    """Return whom `he said` means: the subject of the sentence before, else the last speaker if that was just now.

    Empty when somebody else may be meant: another name, a listener, a title of the other gender.
    """
    at = _index_at(pieces, sentence.start)
    last = found[-1] if found else None
    if at == 0 or sentence.start - pieces[at - 1].start > _MAX_BACK:
        return ""
    before = text[pieces[at - 1].start : pieces[at - 1].end]
    if not last or last.span.end <= pieces[at - 1].start:
        name, rest = subject_name(before) if pronoun in {"he", "she"} else ("", "")
        known = any(name.split()[-1:] == speech.speaker.split()[-1:] for speech in found)
        if name and (" " in name or known or re.match(r", \d\d?,", rest)):
            others = _OTHER.findall(re.sub(r'"[^"]*"', " ", rest))
            return name if _agrees(before.partition(name)[0] + name, pronoun) and _agree(others, name, pronoun) else ""
    if not last or sentence.start - last.span.start > _MAX_BACK:
        return ""
    if last.span.end <= pieces[max(0, at - 2)].start or text[last.span.end : sentence.start].count("\n\n") > 1:
        return ""
    since = text[last.span.end : sentence.start]
    if not names(since) <= names(last.speaker) or (since.strip() and not re.match(rf"\W*{pronoun}\b", since, re.I)):
        return ""
    other = {"he": "she", "she": "he"}.get(pronoun, "[hs]he")
    crossed = re.search(rf"\b{other}\b", text[last.parts[-1].end : last.span.end], re.I)
    if crossed or _listener(text[last.span.start : last.span.end]) or not _agrees(last.speaker, pronoun):
        return ""
    return last.speaker


#: A name that is no subject, with the title before it: whom a pronoun may mean as well.
_OTHER = re.compile(r"(?<!\bin )(?<!\bat )(?<!\bon )(?<!\b(?:the|for) )(?<!\bof )\b([A-Z][\w'.-]+(?: [A-Z][\w'-]+)*)")


def _agree(others: Sequence[str], name: str, pronoun: str) -> bool:
    """Tell whether none of the other names in a sentence can be meant by the pronoun."""
    for other in others:
        words = {word.lower().strip(".") for word in other.split()}
        nobody = words & (lists.DAYS | lists.MONTHS | lists.NAME_MONTHS | lists.PLACE_NOUNS) or other.isupper()
        if not nobody and other not in name and _agrees(other, pronoun):
            return False
    return True


def _agrees(speaker: str, pronoun: str) -> bool:
    """Tell whether titles and nouns such as `Mr` and `spokeswoman` let the pronoun mean the speaker."""
    words = {word.lower() for word in speaker.replace(",", " ").split()}
    if pronoun in {"it", "they"}:
        return not words & (lists.MALE | lists.FEMALE | lists.ROLES) and (pronoun == "they" or words & {"the"} != set())
    return not words & (lists.FEMALE if pronoun == "he" else lists.MALE)


def _listener(narration: str) -> bool:
    """Tell whether the narration names one listener, whom `he said` after it may mean."""
    for match in re.finditer(r"\b(?:told|asked) ((?:[\w.'-]+ ?){1,6})", narration):
        words: list[str] = []
        for word in match[1].split():
            if word.lower() in lists.PREPOSITIONS | lists.TIMES | lists.SUBORDINATORS | {"that"}:
                break
            words.append(word.strip("."))
        bare = [word.lower() for word in words]
        if not words or set(bare) & lists.CROWDS or (bare[0] == "the" and words[-1][0].isupper()):
            continue
        if not (words[-1].isupper() or words[-1][-1].isdigit() or (words[-1].islower() and words[-1].endswith("s"))):
            return True
    return False


def _index_at(pieces: Sequence[Span], offset: int) -> int:
    return max(0, bisect_right(pieces, (offset, len(pieces) and pieces[-1].end + 1)) - 1)


def _piece_at(pieces: Sequence[Span], offset: int) -> Span:
    return pieces[_index_at(pieces, offset)]


def _blank_markers(text: str) -> str:
    kept, position = [], 0
    for group in markers.find(text):
        kept += [text[position : group.start], " " * (group.end - group.start)]
        position = group.end
    return "".join([*kept, text[position:]])
