"""The key of a reply in the cache.

>>> key(model="m", task="summarize") == key(task="summarize", model="m") != key(model="n", task="summarize")
True
"""

from __future__ import annotations

import json
from hashlib import sha256

#: Goes into every key: raised when what a key stands for changes, so that what was kept before is asked for anew.
KEY_VERSION = 1


def key(**parts: object) -> str:
    """Return the key of all that a reply depends on: the sha256 of canonical JSON, as 64 hexadecimal digits.

    Each part is what JSON can say; TypeError or ValueError where it is not.
    """
    whole = {"version": KEY_VERSION, "parts": parts}
    canonical = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
