"""What the extractive engine is compared with: sumy's LexRank and TextRank.

sumy finds sentences and words with NLTK, whose Punkt data for sentences is a separate download. Here sumy is handed
sentences that are already split, at no cost to it. As shipped, it then finds words with NLTK's word tokenizer, and
stems and drops stop words as its documentation shows. `helped` finds words with one regular expression and keeps the
stems between calls, which sumy by itself does not do: the algorithm without the tools around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nltk.tokenize import NLTKWordTokenizer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer
from sumy.utils import get_stop_words

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-])*")


class _ShippedWords:
    """Words as `sumy.nlp.tokenizers.Tokenizer.to_words` finds them in one sentence."""

    _tokenize = NLTKWordTokenizer().tokenize
    _is_word = re.compile(r"^[^\W\d_](?:[^\W\d_]|['-])*$").match

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(filter(type(self)._is_word, type(self)._tokenize(sentence)))


class _FastWords:
    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(_WORD.findall(sentence))


_SHIPPED, _FAST = _ShippedWords(), _FastWords()
_stem = Stemmer("english")
_lexrank = LexRankSummarizer(_stem)
_lexrank_helped = LexRankSummarizer(cache(_stem))
_textrank_helped = TextRankSummarizer(cache(_stem))
for _summarizer in (_lexrank, _lexrank_helped, _textrank_helped):
    _summarizer.stop_words = get_stop_words("english")


def lexrank(sentences: Sequence[str], count: int, *, helped: bool = True) -> list[str]:
    """Return the `count` sentences that sumy's LexRank chooses, in reading order."""
    summarizer, words = (_lexrank_helped, _FAST) if helped else (_lexrank, _SHIPPED)
    return [str(s) for s in summarizer(_document(sentences, words), count)]


def textrank(sentences: Sequence[str], count: int) -> list[str]:
    """Return the `count` sentences that sumy's TextRank chooses, in reading order."""
    return [str(s) for s in _textrank_helped(_document(sentences, _FAST), count)]


def _document(sentences: Sequence[str], words: _ShippedWords | _FastWords) -> ObjectDocumentModel:
    return ObjectDocumentModel([Paragraph([Sentence(s, words) for s in sentences])])
