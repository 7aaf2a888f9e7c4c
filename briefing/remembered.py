"""What was read of a sentence is remembered while its document is worked on, and forgotten after some more documents.

The checks ask the same of the same sentences many times over, and of those of another article hardly ever: what all
articles of a batch left behind would only fill the memory.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, TypeVar

T = TypeVar("T")

#: Documents that are worked on between two times that all is forgotten. Batches work on several at once, and what
#: is forgotten amid the work on one is read once more.
DOCUMENTS = 16

_memories: list[_lru_cache_wrapper[Any]] = []
_documents: set[str] = set()


def remembered(most: int) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """Return a decorator for what is read of a text: like `lru_cache`, with `most` results, until it is forgotten."""

    def decorated(function: Callable[..., T]) -> _lru_cache_wrapper[T]:
        memory = lru_cache(maxsize=most)(function)
        _memories.append(memory)
        return memory

    return decorated


def work_on(document: str) -> None:
    """Say which document is worked on, by its digest: all is forgotten before the first of each `DOCUMENTS` others."""
    if document in _documents:
        return
    if len(_documents) >= DOCUMENTS:
        _documents.clear()
        for memory in _memories:
            memory.cache_clear()
    _documents.add(document)
