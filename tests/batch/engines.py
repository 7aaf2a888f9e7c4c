"""What the tests of the batch share: articles that tell their number, and an engine that does as it is told."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable
from itertools import count
from typing import Any, TypeVar

import briefing
from briefing import Answer, Briefing, Document, Draft, DraftAnswer, DraftClaim, Failure, OpenAI
from briefing.flow import Result
from tests.faults import FaultServer

T = TypeVar("T")
_models = count()


def article(number: int) -> dict[str, str]:
    return {"id": f"a{number}", "text": f"The ferry carried {1_000 + number} people to Port Alder on Monday."}


def number_in(text: str) -> int:
    """Return the number of the article that a text is about."""
    found = re.search(r"carried (\d+) people", text)
    return int(found[1]) - 1_000 if found else -1


def ids(results: Iterable[Result]) -> list[str]:
    return [result.id for result in results]


def numbers(results: Iterable[Result]) -> list[int]:
    """Return the number of the article of each result, as its text tells; of a failure, as its id does."""
    return [int(r.id[1:]) if isinstance(r, Failure) else number_in(told(r)) for r in results]


def told(result: Briefing | Answer) -> str:
    return result.lede.text if isinstance(result, Briefing) else result.claims[0].text


def failures(results: Iterable[Result]) -> list[Failure]:
    return [result for result in results if isinstance(result, Failure)]


def one(results: Iterable[T]) -> T:
    (only,) = results
    return only


class Writes:
    """An engine that says what the first sentence says; `act`, called with the article's number, may do else."""

    fingerprint = "writes/1"

    def __init__(self, act: Callable[[int], Awaitable[object]] | None = None) -> None:
        self.act = act
        self.begun: list[int] = []
        self.in_flight = self.most_in_flight = 0

    async def brief(self, document: Document, *, points: int, focus: str | None) -> Draft:
        acted: Any = await self._acted(document)
        claim = _claim(document)
        return acted or Draft(headline=claim, lede=claim, points=[claim][:points], quotes=[], analysis=[])

    async def answer(self, document: Document, question: str) -> DraftAnswer:
        acted: Any = await self._acted(document)
        return acted or DraftAnswer(status=briefing.Status.ANSWERED, claims=[_claim(document)], missing="")

    async def _acted(self, document: Document) -> object:
        number = number_in(document.sources[0].text)
        self.begun.append(number)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        try:
            return await self.act(number) if self.act else None
        finally:
            self.in_flight -= 1


def _claim(document: Document) -> DraftClaim:
    return DraftClaim(text=document.sentences[0].text, evidence=[document.sentences[0].id])


def model(server: FaultServer, **options: Any) -> OpenAI:
    """Return an engine of its own: what is learnt of a server and model is shared in the process."""
    return OpenAI(f"batch-{next(_models)}", server.base_url, "sk-x", **options)
