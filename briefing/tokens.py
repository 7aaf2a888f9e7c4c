r"""How many tokens a text has: counted where the vocabulary is at hand, else estimated, and never fetched.

tiktoken fetches a vocabulary over the network, without a timeout, when its cache has no sound copy of it. A count may
not be the reason that a run hangs, so the file is looked for in that cache, checked and read here, and the tokenizer is
built from it; tiktoken's own loader, which also deletes a file that is not sound, is not called.

Without the file there is an estimate that is meant to be too high. Any token of a byte-level vocabulary has at least
one byte, so that the number of UTF-8 bytes is never too low; below that bound each kind of text has its price.

>>> count("The talks begin on Monday.", "a model that nobody knows")
12
"""

from __future__ import annotations

import base64
import hashlib
import math
import os
import re
import stat
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

Tokenizer = Callable[[str], list[int]]

_LOADING = Lock()
_LARGEST_FILE = 50_000_000


class _Vocabulary(NamedTuple):
    url: str  # tiktoken names the file in its cache after it
    sha256: str
    pattern: str  # what a text is split by before its bytes are merged


# As tiktoken 0.14 has them (tiktoken_ext/openai_public.py).
_HOST = "https://openaipublic.blob.core.windows.net/encodings/"
_O200K = _Vocabulary(
    _HOST + "o200k_base.tiktoken",
    "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d",
    "|".join((
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
        r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+",
    )),
)  # fmt: skip
_CL100K = _Vocabulary(
    _HOST + "cl100k_base.tiktoken",
    "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7",
    r"""'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]"""
    r"|\s+(?!\S)|\s",
)
# The names of models as OpenAI, Azure (gpt-35) and routers (openai/…) write them, and the vocabulary they use.
_MODELS = [
    (re.compile(r"(?:ft:)?(?:(?:chat)?gpt-4o|gpt-4\.\d|gpt-[5-9]|gpt-oss|o\d)(?![a-z0-9])"), _O200K),
    (re.compile(r"(?:ft:)?(?:gpt-4|gpt-3\.?5)(?![a-z0-9])"), _CL100K),
]

# A tokenizer may take time that grows with the square of one long word, so a text is counted in pieces. Nothing is
# ever merged over a single space between two words: there a cut costs nothing.
_PIECE = re.compile(r".{1,2000}(?<=\S)(?= \S)|.{1,2000}\Z|(?P<cut>.{1,1000})", re.DOTALL)

# What the estimate takes for a run of each kind, and for each character of it.
_LATIN = "a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_ALPHABETS = "\u0370-\u058f\u05d0-\u06ff\u10a0-\u10ff"  # Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian
_INDIC = "\u0900-\u0dff"
_SOUTH_EAST = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_EAST = "\u3001-\u30ff\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e"
_PUNCTUATION = r"!-/:-@\[-`{-~\u2010-\u2027"
_CONSONANT = "bcdfghj-np-tv-xzBCDFGHJ-NP-TV-XZ"
_PRICES = [
    (f"[{_LATIN}]+", 0.73, 0.28),
    (r"\b[a-zA-Z]{1,3}\b", -0.35, 0.0),
    (r"\b[a-zA-Z]{4,6}\b", -0.2, 0.0),
    ("[A-Z]{2,}", 0.0, 0.26),
    ("[a-z](?=[A-Z])", 0.3, 0.0),
    (f"[{_CONSONANT}]{{5,}}", 0.0, 0.35),
    (f"[jkqvwxzJKQVWXZ](?=[{_CONSONANT}])", 0.4, 0.0),
    ("[\u00c0-\u024f\u1e00-\u1eff]", 0.35, 0.0),
    ("[0-9]+", 0.67, 0.3334),
    (f"[{_PUNCTUATION}]+", 0.5, 0.65),
    (" (?=[0-9])", 1.0, 0.0),
    (" {2,}", 1.0, 0.07),
    ("\n+", 0.8, 0.2),
    ("[\t\r]+", 0.7, 0.3),
]
_SCRIPTS = [
    (f"[{_ALPHABETS}]+", 0.4, 0.37),
    ("[\u0450-\u052f\u0670-\u06d2]", 0.35, 0.0),  # letters that Russian, Ukrainian and Arabic do not have, mostly
    (f"[{_INDIC}]+", 0.3, 0.43),
    ("[\u0980-\u0dff]", 0.12, 0.0),  # all but Devanagari
    ("[\u0a00-\u0a7f\u0d80-\u0dff]", 0.25, 0.0),  # Gurmukhi, Sinhala
    ("[\u0b00-\u0b7f]", 0.7, 0.0),  # Odia
    (f"[{_SOUTH_EAST}]+", 0.3, 0.65),
    (f"[{_EAST}]+", 0.3, 0.95),
]
# Another vocabulary, older or smaller: English costs it as much, other languages more.
_OTHER_SCRIPTS = [
    (f"[{_LATIN}]+", 0.0, 0.08),
    ("[\u00c0-\u024f\u1e00-\u1eff]", 0.35, 0.0),
    ("[\u0370-\u052f\u0600-\u06ff]+", 0.3, 1.05),
    (f"[{_EAST}]+", 0.3, 1.4),
]
_PRICED, _PRICED_SCRIPTS, _PRICED_OTHERS = (
    [(re.compile(pattern), run, each) for pattern, run, each in prices]
    for prices in (_PRICES, _SCRIPTS, _OTHER_SCRIPTS)
)
_PLAIN = rf" \n\t\r0-9{_LATIN}{_PUNCTUATION}{_EAST}"
_REST = re.compile(f"[^{_PLAIN}{_ALPHABETS}{_INDIC}{_SOUTH_EAST}]+")  # emoji, marks, rare scripts: by the byte
_OTHER_REST = re.compile(f"[^{_PLAIN}\u0370-\u052f\u0600-\u06ff]+")


def count(text: str, model: str = "") -> int:
    """Return how many tokens a text has for a model, or an estimate that is meant to be too high rather than too low.

    Without a model it is the vocabulary of OpenAI's current ones (o200k_base) that counts; for a model whose vocabulary
    is not known there is the estimate. The text of a special token, as `<|endoftext|>`, is text as any other.
    """
    vocabulary = _vocabulary(model)
    tokenize = None if vocabulary is None else _tokenizer(vocabulary)
    if tokenize is None:
        return estimate(text, o200k=vocabulary is _O200K)
    total = 0
    for piece in _PIECE.finditer(text):
        # Merged over a cut or not, the two sides may differ by a token.
        total += len(tokenize(piece[0])) + (piece["cut"] is not None)
    return total


def estimate(text: str, *, o200k: bool = True) -> int:
    """Return about how many tokens a text has, in the vocabulary o200k_base or in one that is not known.

    The prices were fitted to o200k_base over the messages of GNU software in some 140 languages, code and random
    characters: between 1.05 and 1.8 times the count, except in 5 small languages, where it was up to 7 % too low.
    """
    total = 0.0
    for pattern, run, each in _PRICED + (_PRICED_SCRIPTS if o200k else _PRICED_OTHERS):
        runs = pattern.findall(text)
        total += run * len(runs) + each * sum(map(len, runs))
    rest = (_REST if o200k else _OTHER_REST).findall(text)
    total += len(rest) + _bytes("".join(rest))
    return min(math.ceil(total), _bytes(text))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _vocabulary(model: str) -> _Vocabulary | None:
    if not model:
        return _O200K
    name = model.lower().rpartition("/")[2]
    return next((vocabulary for pattern, vocabulary in _MODELS if pattern.match(name)), None)


def _tokenizer(vocabulary: _Vocabulary) -> Tokenizer | None:
    """Return the tokenizer of a vocabulary, None where its file is not in tiktoken's cache."""
    folder = os.environ.get("TIKTOKEN_CACHE_DIR", os.environ.get("DATA_GYM_CACHE_DIR"))
    if folder is None:
        folder = str(Path(tempfile.gettempdir(), "data-gym-cache"))
    if not folder:  # so tiktoken's cache is turned off
        return None
    path = Path(folder, hashlib.sha1(vocabulary.url.encode(), usedforsecurity=False).hexdigest())
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST_FILE:
        return None
    with _LOADING:  # else every thread would load it
        return _load(vocabulary, path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=4)
def _load(vocabulary: _Vocabulary, path: Path, changed: int, size: int) -> Tokenizer | None:  # noqa: ARG001
    """Return the tokenizer read from a file as it is now, None where file or library is not as they should be."""
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != vocabulary.sha256:
            return None
        import tiktoken

        ranks = {base64.b64decode(token): int(rank) for token, rank in map(bytes.split, data.splitlines())}
        encoding = tiktoken.Encoding("", pat_str=vocabulary.pattern, mergeable_ranks=ranks, special_tokens={})
    except Exception:  # an install that is broken, in whichever way, is none: there is the estimate
        return None
    return encoding.encode_ordinary
