"""Write the model: a GGUF file of some megabytes whose one layer of attention is noise and whose head is bigrams.

A token's embedding is one of the unit vectors, so the head's column for it can hold the logarithms of what follows it:
with the noise of the attention away, the model *is* the table of bigrams. The noise makes the reply depend on the
whole prompt, so that two articles get two replies. What it has read are drafts in our wire format whose sentences are
those of the articles in `examples/`, under ids picked at random.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGMLQuantizationType, GGUFWriter, TokenType, quants
from numpy.typing import NDArray

from briefing.document import Document
from tests.realserver.bpe import PIECES, Tokenizer, encode, train

ROOT = Path(__file__).parents[2]
EXAMPLES = [ROOT / "examples" / name for name in ("ferry-courier.md", "ferry-herald.md", "summit.txt")]
VOCABULARY = ROOT / "briefing" / "data" / "vocabulary.txt"  # in the order of how common a word is

MERGES = 3_000
WORDS = 2_000  # common words of which the tokenizer is told, so that strange English is not spelt out letter by letter
DRAFTS = 150
CONTEXT = 131_072  # what the model says it can; the server gives less
HEAD = 64  # the width of its one attention head
NOISE = 0.02  # of the attention: enough to make one prompt's reply another's, too little to unmake the bigrams
LEAPS = 0.4  # of the steps from word to word
UNSEEN = 1e-6  # of the tokens that were not seen there: for where the grammar leaves no other
NEVER = 1e-12  # of those that were not seen at all, among them half characters
END, TURN = "<|end|>", "<|turn|>"
TEMPLATE = (
    "{% for message in messages %}" + TURN + "{{ message.role + '\n' + message.content }}{% endfor %}"
    "{% if add_generation_prompt %}" + TURN + "assistant\n{% endif %}"
)

Floats = NDArray[np.float32]


def _claim(draw: random.Random, sentences: list[str]) -> dict[str, object]:
    ids = [f"s{draw.randint(1, 12)}" for _ in range(draw.choice((1, 1, 2)))]
    return {"text": draw.choice(sentences), "evidence": ids}


def _reply(draw: random.Random, sentences: list[str]) -> dict[str, object]:
    """A reply in one of the shapes that an engine is asked for, saying nothing that anybody chose."""

    def claims(most: int) -> list[dict[str, object]]:
        return [_claim(draw, sentences) for _ in range(draw.randint(1, most))]

    head, lede, words = (_claim(draw, sentences) for _ in range(3))
    missing = draw.choice(["", draw.choice(sentences)])
    speaker = {"speaker": draw.choice(["Takaichi", "Marcos", "Tom Brannigan", "Moira Keane"])}
    return draw.choice(
        [
            {"headline": head, "lede": lede, "points": claims(4), "quotes": [words | speaker], "analysis": claims(2)},
            {"status": draw.choice(["answered", "partly"]), "claims": claims(2), "missing": missing},
        ]
    )


def _replies() -> list[str]:
    draw = random.Random(4)  # noqa: S311 - the same file in every run
    sentences = [sentence.text for path in EXAMPLES for sentence in Document.read(path.read_text("utf-8")).sentences]
    drafts = (_reply(draw, sentences) for _ in range(DRAFTS))
    compact = [json.dumps(draft, ensure_ascii=False, separators=(",", ":")) for draft in drafts]
    # A space before the second id: what goes on with a list is then not the token that goes on with an object.
    return [re.sub(r'(?<="s\d"),|(?<="s\d\d"),', ", ", text) for text in compact]


def tokenizer() -> Tokenizer:
    """The tokenizer of the model, without the two tokens that only llama.cpp writes."""
    return _tokenizer(_replies())


def _tokenizer(replies: list[str]) -> Tokenizer:
    pieces = Counter(piece for reply in replies for piece in PIECES.findall(reply))
    words = [word for word in VOCABULARY.read_text("utf-8").splitlines() if word.isascii() and word.isalpha()]
    common = [word for word in words if len(word) > 1][:WORDS]
    for rank, word in enumerate(common, start=1):
        pieces[f" {word}"] += 6_000 // (rank + 300)  # by rank, as Zipf has it
    return train(pieces, MERGES)


def _bigrams(texts: list[list[int]], tokenizer: Tokenizer) -> Floats:
    """The probability of each token (column) after each token (row); the last resort is how common a token is.

    A part of the steps from word to word, `LEAPS`, goes to just any word: a few articles have so few ways to go on that
    the babble would else be whole sentences of theirs, and those are true.
    """
    size, end = len(tokenizer.tokens), tokenizer.tokens.index(END)
    pairs = np.zeros((size, size), np.float32)
    for text in texts:
        np.add.at(pairs, (text, [*text[1:], end]), 1)
    common = pairs.sum(0) / pairs.sum()
    seen = pairs.sum(1, keepdims=True)
    follow = np.where(seen > 0, pairs / np.maximum(seen, 1), common)
    words = np.array([token[:1] == "Ġ" and token[1:].isalpha() for token in tokenizer.tokens])
    any_word = np.where(words, common, 0) / common[words].sum()
    steps = np.where(words, follow, 0)
    follow = follow - LEAPS * steps + LEAPS * steps.sum(1, keepdims=True) * any_word
    smoothed: Floats = (follow + UNSEEN * common + NEVER).astype(np.float32)
    return smoothed


def _tensors(follow: Floats, starts: list[int], first: int) -> dict[str, Floats]:
    """The weights: unit vectors for the tokens that were seen before another, logarithms in the head, noise between."""
    size = len(follow)
    known = sorted({*starts, first})
    width = -(-(len(known) + 1) // HEAD) * HEAD
    rows = {token: row for row, token in enumerate(known, start=1)}  # row 0: every token that was never seen
    places = np.array([rows.get(token, 0) for token in range(size)])
    head = np.zeros((size, width), np.float32)
    head[:, 1 : len(known) + 1] = np.log(follow[known]).T
    unseen = next(token for token in range(size) if token not in rows)
    head[:, 0] = np.log(follow[unseen])
    noise = np.random.default_rng(4)

    def random_weights(rows: int, columns: int) -> Floats:
        return noise.standard_normal((rows, columns), np.float32) / np.float32(np.sqrt(columns))

    ones = np.ones(width, np.float32)
    return {
        "token_embd.weight": np.eye(width, dtype=np.float32)[places],
        "output_norm.weight": ones,
        "output.weight": head / np.float32(np.sqrt(width)),  # the norm before it makes a unit vector this long
        "blk.0.attn_norm.weight": ones,
        "blk.0.attn_q.weight": random_weights(HEAD, width),
        "blk.0.attn_k.weight": random_weights(HEAD, width),
        "blk.0.attn_v.weight": random_weights(HEAD, width),
        "blk.0.attn_output.weight": random_weights(width, HEAD) * np.float32(NOISE),
        "blk.0.ffn_norm.weight": ones,
        "blk.0.ffn_gate.weight": np.zeros((HEAD, width), np.float32),
        "blk.0.ffn_up.weight": np.zeros((HEAD, width), np.float32),
        "blk.0.ffn_down.weight": np.zeros((width, HEAD), np.float32),
    }


def _describe(writer: Any, tokenizer: Tokenizer, width: int) -> None:
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(width)
    writer.add_block_count(1)
    writer.add_feed_forward_length(HEAD)
    writer.add_head_count(1)
    writer.add_head_count_kv(1)
    writer.add_key_length(HEAD)
    writer.add_value_length(HEAD)
    writer.add_rope_dimension_count(HEAD)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_vocab_size(len(tokenizer.tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokenizer.tokens)
    special = {END, TURN}
    writer.add_token_types([TokenType.CONTROL if t in special else TokenType.NORMAL for t in tokenizer.tokens])
    writer.add_token_merges([" ".join(pair) for pair in tokenizer.merges])
    writer.add_eos_token_id(tokenizer.tokens.index(END))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


def write_model(path: Path) -> None:
    """Write the model file; the same bytes every time."""
    replies = _replies()
    plain = _tokenizer(replies)
    texts = [encode(reply, plain) for reply in replies]
    full = Tokenizer([*plain.tokens, END, TURN], plain.merges)
    follow = _bigrams(texts, full)
    newline = full.tokens.index("Ċ")  # the prompt ends in one, so that what follows it starts the reply
    follow[newline] = NEVER
    follow[newline, [text[0] for text in texts]] = 1
    tensors = _tensors(follow, [token for text in texts for token in text], newline)
    writer = GGUFWriter(path, "llama")
    _describe(writer, full, len(tensors["output_norm.weight"]))
    for name, weights in tensors.items():
        kind = GGMLQuantizationType.F32 if weights.ndim == 1 else GGMLQuantizationType.Q8_0
        writer.add_tensor(name, quants.quantize(weights, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
