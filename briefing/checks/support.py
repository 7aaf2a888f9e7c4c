"""Support: what a claim says, its evidence says. This check is for what no other one knows.

`new_detail` is a stretch of the claim that nothing in the evidence answers to, and `new_cause` one that is given as a
cause or an effect; `substituted` a noun or adjective where the evidence has another; `part_of_sentence` a claim cut out
of a sentence whose rest takes it back; `not_supported` a claim of which the evidence says next to nothing. Of texts in
other languages than English only the last is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import markers
from ..coverage.causes import causes, links
from ..coverage.copied import added
from ..coverage.coverage import SAID, Side, Word, coverage, distant, side
from ..coverage.detail import detail, invented
from ..coverage.nonsense import nonsense
from ..coverage.replaced import replaced
from ..coverage.statement import is_stated
from ..coverage.substitution import substitutions
from ..document import Document, Sentence
from ..english import is_english
from ..evidence import of
from ..grammar.tagging import Tag
from ..text import bare, fold
from ..verdict import Finding
from ..words import FUNCTION_WORDS, forms, words
from . import Place, Subject, finding

VERSION = "1"

#: Of a claim whose words are said to a smaller share, next to nothing is.
_NOTHING = 0.25
#: A cause is new when so much of its weight is, more of it where the evidence gives a cause too, and when so much is
#: there to be new: more where the claim only says that it came first.
_MOST_OF, _NEARLY_ALL, _ENOUGH, _MUCH = 0.6, 0.75, 0.6, 1.2
#: A word of a cause that is less new stands elsewhere in the document.
_ELSEWHERE = 0.1
#: A claim of fewer words tells nothing when none of them is in the evidence.
_FEW = 3
#: Parts of speech of a word that tells more when it is put in, and words that only pass from one thing to the next.
_TELLS = frozenset({Tag.ADVERB, Tag.ADJECTIVE, Tag.NOUN})
_PASSING = frozenset(
    """also then later now already however meanwhile therefore thus still again too recently yesterday today
    overall local new additionally further moreover nevertheless earlier separately here there ultimately""".split()
)
#: A long word is one that another language hardly has by chance.
_LONG = 4
#: What takes back what comes after it, and what takes back what comes before.
_TAKES_BACK = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|disput\w*|doubt\w*|alleg\w*|accus\w*|claim\w*|suspect\w*|if|unless|whether|not|"
    r"never|no|without|hop(?:e|es|ed|ing)|want\w*|could|may|might|plan\w*|ruled|false\w*|untrue|impossible|unlikely|"
    r"fail\w*|refus\w*|instead|almost|nearly)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\W{0,3}(?:if|unless|provided|except|pending|subject to|only|as long as|on condition|was|were|is|are|would|"
    r"had|has)\b",
    re.IGNORECASE,
)
#: What comes after it only tells more of the noun before.
_HANGS = re.compile(r"\w+ (?:of|from|for|near|off|against|between|beside) (?:the |an? |its )?$", re.IGNORECASE)

#: Who says it after the words that are cut out, when it is not for them to know.
_PARTISAN = re.compile(
    r"\W{0,3}(?:(?:his|her|their|its|the|some|several) )?(?:political )?(?:rivals?|critics?|opponents?|opposition|"
    r"accusers?|enemies|detractors|sources?|reports?|rumou?rs?|activists|campaigners|prosecutors) [^.]{0,30}?"
    r"\b(?:say|says|said|claim(?:s|ed)?|alleg(?:e|es|ed)|insist(?:s|ed)?|suggest(?:s|ed)?)\b",
    re.IGNORECASE,
)


def check(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield what a claim says and its evidence does not: a detail, a cause, another word, or nearly all of it."""
    if subject.speaker is not None or not evidence:
        return  # quotations.py and citations.py say it
    plain = bare(markers.strip(subject.text))
    if not plain:
        yield finding(subject, document, "support", "not_supported", "It says nothing that a source could prove.")
        return
    if any(plain == bare(sentence.text) for sentence in evidence):
        return
    own, theirs = is_english(subject.text), _english(evidence, document)
    if not (own and theirs):
        if own == theirs:  # a translation shares no word
            yield from _foreign(subject, evidence, document)
        return
    if (salad := nonsense(subject.text, [s.text for s in evidence], of(document))) is not None:
        span, place = salad[:2], Place(evidence[0], 0, len(evidence[0].text))
        yield finding(subject, document, "support", "not_supported", salad.message, claim=span, place=place)
        return
    if (part := _part(plain, evidence)) is not None:
        yield from _cut(subject, part, document)
        return
    claim, sides = side(subject.text), [side(sentence.text) for sentence in evidence]
    if not claim.content or not any(s.content for s in sides):
        return
    said = coverage(claim, sides, of(document))
    yield from _substituted(subject, evidence, document, claim, sides, said)
    caused = list(_causes(subject, evidence, document, said))
    yield from caused
    if not caused:
        found = list(_details(subject, evidence, document, claim, sides, said))
        yield from found or _added(subject, evidence, document, claim)


def _details(
    subject: Subject,
    evidence: Sequence[Sentence],
    document: Document,
    claim: Side,
    sides: Sequence[Side],
    words: Sequence[Word],
) -> Iterator[Finding]:
    if not any(word.new for word in words):
        return
    found = detail(claim, sides, words)
    nothing = found.covered < _NOTHING and len(words) >= _FEW
    if not nothing and not invented(found):
        return
    sentence = evidence[found.sentence]
    place = Place(sentence, 0, len(sentence.text))
    if nothing or not found.stretch:
        message = "The sources that it cites say next to nothing of this."
        yield finding(subject, document, "support", "not_supported", message, claim=_all(subject), place=place)
        return
    span = found.stretch[0].token.start, found.stretch[-1].token.end
    message = f"Nothing in the sources that it cites says this: “{subject.text[slice(*span)]}”."
    yield finding(subject, document, "support", "new_detail", message, claim=span, place=place)


def _added(subject: Subject, evidence: Sequence[Sentence], document: Document, claim: Side) -> Iterator[Finding]:
    """Yield the one word that a claim puts into a sentence that it copies otherwise, if nothing like it is there."""
    for sentence in evidence:
        at = added(subject.text, sentence.text)
        token = claim.reading.tokens[at]
        if (
            at < 0
            or token.tag not in _TELLS
            or token.low in FUNCTION_WORDS | _PASSING
            or not distant(token, of(document))
        ):
            continue
        message = f"The source says the same without “{token.form}”."
        place = Place(sentence, 0, len(sentence.text))
        yield finding(subject, document, "support", "new_detail", message, claim=(token.start, token.end), place=place)
        return


def _causes(
    subject: Subject, evidence: Sequence[Sentence], document: Document, words: Sequence[Word]
) -> Iterator[Finding]:
    """Yield the first cause or effect of which the evidence says nothing, or that it does not link to the rest."""
    given = any(cause.said for sentence in evidence for cause in causes(fold(sentence.text)))
    for cause in causes(fold(subject.text)):
        share = _NEARLY_ALL if given or not cause.said else _MOST_OF
        inside = [word for word in words if cause.low <= word.token.start < cause.high]
        total = sum(word.weight for word in inside)
        new = sum(word.weight * (1 - word.share) for word in inside if word.new > _ELSEWHERE)
        if total and new >= max(_ENOUGH if cause.said else _MUCH, share * total):
            which, why = max(words, key=lambda w: w.share).sentence, "The source gives no such cause or effect"
        elif cause.said and (which := _unlinked(words, inside, evidence)) >= 0:
            why = "The source says both, and does not say that one came of the other"
        else:
            continue
        place = Place(evidence[max(which, 0)], 0, len(evidence[max(which, 0)].text))
        span = cause.start, cause.high
        message = f"{why}: “{subject.text[slice(*span)].strip()}”."
        yield finding(subject, document, "support", "new_cause", message, claim=span, place=place)
        return


def _unlinked(words: Sequence[Word], inside: Sequence[Word], evidence: Sequence[Sentence]) -> int:
    """Return the sentence of a cause that stands apart from its effect, with nothing to link the two; else -1."""
    here = _sentence(inside, len(evidence))
    rest = _sentence([word for word in words if word not in inside], len(evidence))
    if -1 in (here, rest) or here == rest:
        return -1
    return -1 if any(links(evidence[i].text) for i in (here, rest)) else here


def _sentence(words: Sequence[Word], count: int) -> int:
    """Return the sentence that says what is said of some words, most of it where several do; -1 for none."""
    said = [sum(w.weight * w.share for w in words if w.sentence == i and w.share >= SAID) for i in range(count)]
    best = max(range(count), key=said.__getitem__)
    return best if said[best] > sum(said) * _MOST_OF else -1


def _substituted(
    subject: Subject,
    evidence: Sequence[Sentence],
    document: Document,
    claim: Side,
    sides: Sequence[Side],
    words: Sequence[Word],
) -> Iterator[Finding]:
    done = set[int]()
    for found in (*substitutions(claim, sides, words), *replaced(claim, sides)):
        if found.at in done:
            continue
        done.add(found.at)
        own, other = claim.reading.tokens[found.at], sides[found.sentence].reading.tokens[found.there]
        place = Place(evidence[found.sentence], other.start, other.end)
        message = f"The source says “{other.form}” where the claim says “{own.form}”."
        yield finding(subject, document, "support", "substituted", message, claim=(own.start, own.end), place=place)


def _english(evidence: Sequence[Sentence], document: Document) -> bool:
    """Tell whether the evidence is English; where the document is short, its letters must tell too."""
    return of(document).english or all(s.text.isascii() and is_english(s.text) for s in evidence)


def _foreign(subject: Subject, evidence: Sequence[Sentence], document: Document) -> Iterator[Finding]:
    """Yield a finding when a claim in the language of its evidence shares no long word with it."""
    own = {form for form in forms(subject.text) if len(form) >= _LONG and form.isalpha() and form not in FUNCTION_WORDS}
    theirs = {form for sentence in evidence for form in forms(sentence.text)}
    if len(own) >= _FEW and not own & theirs:
        message = "None of its words stands in the sources that it cites."
        place = Place(evidence[0], 0, len(evidence[0].text))
        yield finding(subject, document, "support", "not_supported", message, claim=_all(subject), place=place)


def _part(said: str, evidence: Sequence[Sentence]) -> tuple[Sentence, int, int] | None:
    """Return where a claim stands as a part of a sentence, at best between other words, else cut off inside one."""
    within = None
    for sentence in evidence:
        whole = fold(sentence.text).casefold()
        at = whole.find(said.casefold())
        while at >= 0:
            end = at + len(said)
            if not whole[at - 1 : at].isalnum():
                if not whole[end : end + 1].isalnum():
                    return sentence, at, end
                within = sentence, at, end
            at = whole.find(said.casefold(), at + 1)
    return within if len(said.split()) >= _FEW else None


def _cut(subject: Subject, part: tuple[Sentence, int, int], document: Document) -> Iterator[Finding]:
    sentence, start, end = part
    text = sentence.text
    inside = _HANGS.search(text, 0, start) if is_stated(subject.text) else None
    broken = [word for word in words(text) if word.start < end < word.end]
    before = _TAKES_BACK.search(text, 0, start)
    after = _CONDITION.match(text, end) or _PARTISAN.match(text, end)
    if broken:
        span, message = broken[0][1:], f"It breaks off in the middle of the word “{broken[0].form}”."
    elif inside:
        span, message = inside.span(), f"What it says is said of something else: “{text[inside.start() : end]}”."
    elif taken := before or after:
        span = taken.span()
        message = f"It is cut out of a sentence that says more: “{taken[0].strip(' ,;')}” is left out."
    else:
        return
    place = Place(sentence, *span)
    yield finding(subject, document, "support", "part_of_sentence", message, claim=_all(subject), place=place)


def _all(subject: Subject) -> tuple[int, int]:
    return (0, len(subject.text))
