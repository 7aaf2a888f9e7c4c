"""The results of a batch as web pages in a folder: one each, and `index.html`, which leads to them."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from .errors import InputError
from .flow import Failure, Result
from .render import html, overview, view
from .results import Answer, Briefing

_INDEX = "index.html"


def pages(results: Iterable[Result], folder: str | Path) -> Path:
    """Return the index of a folder into which a page of each result is written, as the results come.

    `results` are what `batch` gives, or what was read back of its files; an article that failed is a row of the index.
    What they raise goes on to the caller, after an index of what had come by then. A page is named for the id of its
    article, and the question if one was asked, so that another run replaces it; nothing else in the folder is touched,
    and of an earlier run the index alone forgets what does not come again.

    Raises InputError, before any result is asked for, when the folder cannot be used; OSError, which names the file,
    for one that cannot be written.
    """
    with Pages(folder) as written:
        for result in results:
            written.put(result)
    return written.folder / _INDEX


class Pages:
    """A folder on its way to pages and an index; for one thread.

    As a context manager it is finished at the end: complete, unless an exception came.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = _usable(folder)
        self._rows: list[overview.Row] = []
        self._names: Counter[str] = Counter()
        self._part = self.folder / f".{secrets.token_hex(8)}.part"
        self.index: Path | None = None
        try:
            self._write(_INDEX, None)
        except OSError as error:
            raise InputError(
                f"{folder} cannot hold pages ({error.strerror}): name a folder that can be written."
            ) from None

    def put(self, result: Result) -> None:
        """Write the page of one result; raises OSError, which names it, when it cannot be: then it is in no index."""
        if isinstance(result, Failure):
            self._rows.append(overview.of_failure(result.id, result.question, result.error))
            return
        if isinstance(result, Briefing):
            shown, question, status = view.of_briefing(result), "", ""
        elif isinstance(result, Answer):
            shown, question, status = view.of_answer(result), result.question, result.status.value
        else:
            raise InputError(
                f"of type {type(result).__name__} there is no page: give what batch gives, or a list of results."
            )
        name = self._named(result.id, question)
        self._write(name, [html.page(shown)])
        self._rows.append(overview.of_view(shown, result.id, name, status))

    def finish(self, complete: bool) -> None:
        """Write the index, whose path is then in `index`; one of a run that is not `complete` says so.

        Of a run that was stopped with nothing there is none, and an earlier one stays.
        """
        if complete or self._rows:
            self._write(_INDEX, html.index(overview.Overview(self._rows, complete)))
            self.index = self.folder / _INDEX

    def __enter__(self) -> Pages:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            self.finish(complete=error is None)
        except OSError:
            if error is None:  # else what stopped the run is what the caller is to hear of
                raise

    def _named(self, id_: str, question: str) -> str:
        """Return the name of a page: the same in every run, and safe on any disk whatever the id is."""
        plain = unicodedata.normalize("NFKD", id_[:200]).encode("ascii", "ignore").decode().lower()
        words = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")
        # of the id as it is: ids may differ only in their case, or in what no name of a file can hold
        digest = hashlib.sha256(f"{id_}\0{question}".encode("utf-8", "surrogatepass")).hexdigest()[:10]
        name = f"{words}-{digest}" if words else digest
        self._names[name] += 1
        return f"{name}.html" if self._names[name] == 1 else f"{name}-{self._names[name]}.html"

    def _write(self, name: str, text: Iterable[str] | None) -> None:
        """Write a file whole or not at all; without a text only try whether it can be."""
        path = self.folder / name
        try:
            with self._part.open("x", encoding="utf-8") as file:
                file.writelines(text or ())
            if text is not None:
                self._part.replace(path)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from None
        finally:
            with suppress(OSError):
                self._part.unlink(missing_ok=True)


def _usable(folder: str | Path) -> Path:
    path = Path(folder)
    if not str(folder).strip():
        raise InputError("the folder of the pages has no name: name one.")
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = "a file" if path.is_file() else f"no folder that can be made ({error.strerror})"
        raise InputError(f"{folder} is {why}: name a folder for the pages.") from None
    if (path / _INDEX).is_dir():
        raise InputError(f"{path / _INDEX} is a folder, and the index has that name: name another folder.")
    return path
