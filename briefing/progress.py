"""How far a batch is: what was done, what failed, what it used; and a bar that shows it."""

from __future__ import annotations

import sys
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from .flow import Failure, Result
from .usage import Usage


@dataclass
class Tally:
    """The results of a batch so far: how many were done, how many of them from the cache alone, what failed how.

    `first` is the first that failed, with its message.
    """

    done: int = 0
    cached: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    first: str = ""
    usage: Usage = field(default_factory=Usage)

    def add(self, result: Result) -> None:
        """Count a result."""
        if isinstance(result, Failure):
            self.failed[type(result.error).__name__] += 1
            self.first = self.first or f"article {result.id}: {result.error}"
        else:
            self.done += 1
            self.cached += bool(result.usage.cached and not result.usage.calls)
        self.usage += result.usage

    def told(self) -> list[str]:
        """Return what there is to tell, part by part."""
        parts = []
        if self.failed:
            parts.append(f"{self.failed.total():,} failed")
        if self.cached:
            parts.append(f"{self.cached:,} from the cache")
        return parts + self.paid()

    def paid(self) -> list[str]:
        """Return what the calls used, nothing where there were none; what a server did not tell is unknown."""
        used = self.usage
        if used.calls == 0:
            return []
        known = used.input_tokens is not None and used.output_tokens is not None
        tokens = f"{(used.input_tokens or 0) + (used.output_tokens or 0):,}" if known else "unknown"
        return [f"tokens {tokens}", "cost unknown" if used.cost is None else f"cost {used.cost:.4f}"]


class Progress:
    """A bar on standard error or in a notebook: shown when it was asked for, or by default where somebody looks.

    Where it cannot be shown, because standard error is closed or full, the batch goes on without it.
    """

    def __init__(self, total: int | None, shown: bool | None) -> None:
        self._total, self._shown = total, _is_watched() if shown is None else shown
        self._tally = Tally()
        self._bar: Any = None

    def __enter__(self) -> Progress:
        if self._shown and sys.stderr is not None:
            with self._safely(), warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a notebook without widgets: it then shows plain text
                from tqdm.auto import tqdm

                self._bar = tqdm(total=self._total, unit=" articles", dynamic_ncols=True)
        return self

    def add(self, result: Result) -> None:
        """Show one more result."""
        if self._bar is not None:
            self._tally.add(result)
            with self._safely():
                self._bar.set_postfix_str(", ".join(self._tally.told()), refresh=False)
                self._bar.update()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._bar is not None:
            with self._safely():
                self._bar.close()

    @contextmanager
    def _safely(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError):  # ValueError: of a file that is closed
            if self._bar is not None:
                self._bar.disable = True  # else it would be tried again when the garbage is collected
            self._bar = None


def _is_watched() -> bool:
    """Return whether standard error is a terminal, or this runs in a notebook."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    return hasattr(shell, "kernel") or (sys.stderr is not None and sys.stderr.isatty())
