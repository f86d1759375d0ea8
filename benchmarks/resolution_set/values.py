"""Saying one amount in different ways: rounded, in other units, in two currencies, loosely.

What belongs here: the words for an amount and what an extractor reads from them. What does not: which amounts are said
(`stories`).
"""

from random import Random
from typing import Any

from benchmarks.resolution_set.articles import Value
from pipeline.tables import Comparator

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
_LOOSE: dict[Comparator, tuple[str, ...]] = {
    "eq": ("",),
    "about": ("about ", "around ", "roughly "),
    "more_than": ("more than ", "over "),
    "at_least": ("at least ",),
    "nearly": ("nearly ", "almost "),
    "up_to": ("up to ",),
}


class Wording:
    """Words amounts, varying the form by chance."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def money(
        self,
        amount: float,
        digits: int,
        currency: str = "USD",
        *,
        comparator: Comparator = "eq",
        usd: float | None = None,
    ) -> Value:
        """Return an amount of millions or billions to `digits` significant digits, with dollars beside it if given."""
        words, stated = self._scaled(amount, digits, _SIGNS.get(currency, ""))
        text = words if currency in _SIGNS else f"{words} {currency.lower()}"
        columns = self._columns("money", stated, comparator) | {"currency": currency}
        if currency == "USD":
            columns |= {"value_usd": stated, "usd_basis": "same_currency"}
        elif usd is not None:
            dollars, in_dollars = self._scaled(usd, digits, "$")
            text = f"{text} ({dollars})"
            columns |= {"value_usd": in_dollars, "usd_basis": "stated"}
        return Value(self._loosely(text, comparator), columns)

    def count(self, amount: float, digits: int, unit: str, *, comparator: Comparator = "eq") -> Value:
        """Return a count to `digits` significant digits, in words for millions or in figures."""
        if amount >= 1e6:
            words, stated = self._scaled(amount, digits, "")
        else:
            stated = float(f"{amount:.{digits - 1}e}")
            words = f"{stated:,.0f}" if self._random.random() < 0.7 else f"{stated:.0f}"
        columns = self._columns("count", stated, comparator) | {"unit": unit}
        return Value(self._loosely(words, comparator), columns)

    def percent(self, amount: float, decimals: int, *, comparator: Comparator = "eq") -> Value:
        """Return a percentage with so many decimals."""
        stated = round(amount, decimals)
        sign = self._random.choice(("%", " percent", " per cent"))
        return Value(
            self._loosely(f"{stated:.{decimals}f}{sign}", comparator), self._columns("percent", stated, comparator)
        )

    def _scaled(self, amount: float, digits: int, sign: str) -> tuple[str, float]:
        stated = float(f"{amount:.{digits - 1}e}")
        is_billion = stated >= 1e9
        if is_billion and digits >= 4 and self._random.random() < 0.5:
            number, word = stated / 1e6, " million"
            return f"{sign}{number:,.0f}{word}", stated
        number = stated / (1e9 if is_billion else 1e6)
        whole = len(f"{number:.0f}")
        word = self._random.choice((" billion", "bn", "B") if is_billion else (" million", "m", "M"))
        return f"{sign}{number:.{max(digits - whole, 0)}f}{word}", stated

    @staticmethod
    def _columns(kind: str, stated: float, comparator: Comparator) -> dict[str, Any]:
        return {"value_kind": kind, "value_low": stated, "value_high": stated, "comparator": comparator}

    def _loosely(self, text: str, comparator: Comparator) -> str:
        return self._random.choice(_LOOSE[comparator]) + text
