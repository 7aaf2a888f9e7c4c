"""What the calls of one engine use and cost: estimated before each, set aside in the budgets, and told after it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from ... import prices, tokens
from ...errors import BudgetExceeded, ConfigError
from ...usage import Budget, Usage, budgets, permitted, record

if TYPE_CHECKING:
    from .engine import OpenAI


class Account:
    """The account of an `OpenAI` engine."""

    def __init__(self, settings: OpenAI) -> None:
        self._settings = settings
        # looked up here, since this runs in a thread: the list of prices takes its time to import
        self._listed = settings.prices is None and prices.known(settings.model, settings.base_url)

    def count(self, text: str) -> int:
        """Return how many tokens a text has, or an estimate that is not too low."""
        return tokens.count(text, self._settings.model)

    def priced(self, usage: Usage) -> Usage:
        """Return what one call used, with its price where that is known."""
        return usage.model_copy(update={"calls": 1, "cost": self._cost(usage)})

    async def expected(self, body: dict[str, Any], *, counted: bool) -> Usage:
        """Return what a call is expected to use; its prompt is counted only where a budget or the caller asks so."""
        if not counted and not budgets(self._settings.budget):
            return Usage(calls=1)
        prompt = await asyncio.to_thread(lambda: sum(self.count(message["content"]) for message in body["messages"]))
        return Usage(calls=1, input_tokens=prompt, output_tokens=self._settings.max_tokens or 0)

    def reserve(self, expected: Usage) -> Reserved:
        """Return what is set aside for a call in every budget; raises BudgetExceeded when one does not cover it.

        Raises what stopped the batch that the call is part of, and ConfigError for a budget of money where the price of
        a call is not known.
        """
        permitted()
        held = budgets(self._settings.budget)
        cost = self._cost(expected) if held else 0.0
        if cost is None and any(budget.cost is not None for budget in held):
            raise ConfigError("a budget of money needs prices, and none are known for this model: give the engine's.")
        reserved = Reserved(self, expected.model_copy(update={"cost": cost or 0.0}))
        for budget in held:
            reserved.hold(budget)
        return reserved

    def try_reserve(self, expected: Usage) -> Reserved | None:
        """Return what is set aside; None where it may be there once calls under way have used less than they may."""
        try:
            return self.reserve(expected)
        except BudgetExceeded as error:
            if not error.retryable:
                raise
            return None

    def _cost(self, usage: Usage) -> float | None:
        read, wrote, each = usage.input_tokens, usage.output_tokens, self._settings.prices
        if read is None or wrote is None:
            return None
        if each is None:
            return prices.cost(self._settings.model, self._settings.base_url, read, wrote) if self._listed else None
        return (read * each[0] + wrote * each[1]) / 1_000_000


class Reserved:
    """What is set aside for one call, in the budgets that it is held to."""

    def __init__(self, account: Account, expected: Usage) -> None:
        self._account, self._expected = account, expected
        self._budgets: list[Budget] = []

    def hold(self, budget: Budget) -> None:
        """Set it aside in this budget too; where that does not cover it, it is set free in all."""
        try:
            budget.reserve(self._expected)
        except BaseException:
            for each in self._budgets:
                each.settle(self._expected, Usage())
            raise
        self._budgets.append(budget)

    def settle(self, spent: Usage, text: str) -> None:
        """Tell meters and budgets what the call used; `text` is its reply, for a server that does not tell."""
        record(spent)
        if not self._budgets:
            return
        if spent.output_tokens is None and text:  # estimated, for the budgets alone
            told = {"input_tokens": self._expected.input_tokens, "output_tokens": self._account.count(text)}
            spent = self._account.priced(spent.model_copy(update=told))
        for budget in self._budgets:
            budget.settle(self._expected, spent)
