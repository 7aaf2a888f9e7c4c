"""Results read back from the files that `--format json` and `briefing batch` wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import briefing

from .errors import InputError
from .files import MAX_BYTES
from .terminal import called, say, stdin

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from .flow import Failure
    from .report import Report
    from .results import Answer, Briefing

#: The bytes of the longest result that is read: several of the longest articles, and what is said of them.
LONGEST = 4 * MAX_BYTES
_TOLD = 120  # characters of a file that an error quotes


def one(name: str) -> Briefing | Answer | Report:
    """Return the result that a file holds, `-` for standard input; raises InputError where it holds none or several."""
    results = read(name)
    result = next(results)
    if isinstance(result, briefing.Failure):
        raise InputError(f"{called(name)} holds no result, for the article failed ({_cut(str(result.error))})")
    if next(results, None):
        raise InputError(f"{called(name)} holds several results: give one of its lines.")
    return result


def read(name: str) -> Iterator[Briefing | Answer | Report | Failure]:
    """Yield the results that a file holds, `-` for standard input: one, or one a line; at least one.

    Raises InputError for a file that cannot be read or has no end, and for what is no result, with its line.
    """
    try:
        with _opened(name) as file:
            lines = _lines(file, called(name))
            begun = list(islice(lines, 2))
            if len(begun) == 2 and isinstance(_loaded(begun[0][1]), dict):
                for number, line in chain(begun, lines):
                    if not line.endswith(b"\n") and _loaded(line) is None:  # the last one of a batch that was killed
                        say(f"{called(name)}, line {number} is cut off, and left out.")
                        return
                    yield _result(line, f"{called(name)}, line {number}")
            else:
                start = b"".join(line for _, line in begun)
                whole = _limited(start + file.read(LONGEST + 1), LONGEST, called(name))
                yield _result(whole, called(name))
    except OSError as error:
        raise InputError(
            f"{called(name)} cannot be read ({error.strerror}): name a file that --format json wrote."
        ) from None


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, with their numbers; raises InputError for one that is too long."""
    left = LONGEST
    for number in count(1):
        line = _limited(file.readline(left + 1), left, f"{name}, line {number}")
        if not line:
            return
        if line.isspace():
            left -= len(line)  # of blank lines too there may be no end
        else:
            left = LONGEST
            yield number, line


def _limited(data: bytes, limit: int, where: str) -> bytes:
    """Return what was read; raises InputError where it is more than a result can be."""
    if len(data) > limit:
        raise InputError(
            f"{where} has more than the {LONGEST:,} bytes that are read of a result: name what --format json wrote, or "
            "the .jsonl of a batch."
        )
    return data


def _opened(name: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(stdin().buffer) if name == "-" else Path(name).open("rb")


def _result(data: bytes, where: str) -> Briefing | Answer | Report | Failure:
    """Return a result of the kind that has just these fields: no JSON has all that two kinds need."""
    value = _loaded(data)
    for kind in (briefing.Briefing, briefing.Answer, briefing.Report, briefing.Failure):
        needed = {name for name, field in kind.model_fields.items() if field.is_required()}
        if isinstance(value, dict) and needed <= value.keys():
            break
    else:
        raise InputError(
            f"{where} holds no briefing, no answer and no report: name what --format json wrote, or the .jsonl of a "
            "batch. Of an article, briefing summarize FILE --format html makes a page."
        )
    from pydantic import ValidationError

    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = _cut(".".join(map(str, first["loc"])))
        raise InputError(
            f"{where} is not as this version writes it ({place}: {_cut(first['msg'])}): write it again."
        ) from None


def _cut(told: str) -> str:
    return told if len(told) <= _TOLD else f"{told[: _TOLD - 1]}…"


def _loaded(data: bytes) -> object:
    """Return what JSON says; None for what is no JSON."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None
