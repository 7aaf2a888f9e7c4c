"""Where `briefing batch` puts its results: into a file or on standard output, and into a folder of pages."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .flow import Result
    from .webpages import Pages


class Destinations:
    """All places that results go to, to be used in `with`; raises InputError for one that cannot be used.

    `output` is a file, or `-` for standard output, or None for neither; `pages` a folder, or None.
    """

    def __init__(self, output: str | None, pages: str | None, inputs: list[str]) -> None:
        from .output import written  # here, so that --help does not wait for it

        self._lines = output is not None and output != "-"
        self._sink = None if output is None else written(output, inputs=inputs)
        try:
            self._pages = None if pages is None else _folder(pages)
        except BaseException:
            if self._sink:
                self._sink.finish(complete=False)  # nothing is in it, and so it leaves nothing
            raise

    def put(self, result: Result) -> None:
        """Write one result to each place; raises OSError, which names the file, when it cannot be."""
        for place in (self._sink, self._pages):
            if place:
                place.put(result)

    def told(self) -> list[str]:
        """Return where the results lie, once all is closed; nothing where there are none, or on standard output."""
        parts = []
        if self._sink and self._lines and (place := self._sink.finish(complete=False)):
            parts.append(f"results in {place}" + (f" ({self._sink.reason})" if self._sink.reason else ""))
        if self._pages and (index := self._pages.index):
            parts.append(f"pages in {index}")
        return parts

    def __enter__(self) -> Destinations:
        with ExitStack() as stack:
            for place in (self._pages, self._sink):  # the results are closed first: the pages can be made of them
                if place:
                    stack.enter_context(place)
            self._closing = stack.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.__exit__(kind, error, at)


def _folder(pages: str) -> Pages:
    from .webpages import Pages  # here, for what draws them takes a while to import

    return Pages(pages)
