"""Amounts of money. What lives here: whole cents of euros, divided without losing one; not budgets or grants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar


class NotMoney(ValueError):
    """A value that is not an exact amount, or an operation that would lose a cent."""


_AMOUNT = re.compile(r"(?P<sign>-?)(?P<euros>\d+)(?:\.(?P<cents>\d{1,2}))?")


@dataclass(frozen=True, order=True)
class Money:
    """An amount in euros, held as a whole number of cents (negative when owed)."""

    cents: int
    currency: ClassVar[str] = "EUR"

    def __post_init__(self) -> None:
        if type(self.cents) is not int:
            raise NotMoney(f"An amount is held in whole cents; got {self.cents!r}. Read it from text with Money.parse.")

    def __str__(self) -> str:
        euros, cents = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{euros}.{cents:02} {self.currency}"

    @classmethod
    def parse(cls, text: str) -> "Money":
        """Read euros with at most two decimals after a point ("1234.50"). Raises NotMoney."""
        found = _AMOUNT.fullmatch(text)
        if not found:
            raise NotMoney(f"“{text}” is not an amount: write euros with at most two decimals, for instance 1234.50.")
        cents = int(found["euros"]) * 100 + int((found["cents"] or "").ljust(2, "0"))
        return cls(-cents if found["sign"] else cents)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.cents + other.cents)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.cents - other.cents)

    def __neg__(self) -> "Money":
        return Money(-self.cents)

    def __mul__(self, times: int) -> "Money":
        if type(times) is not int:
            raise NotMoney(f"Cannot multiply {self} by {times!r}: a part of an amount is taken with allocate.")
        return Money(self.cents * times)

    __rmul__ = __mul__

    def allocate(self, weights: Sequence[int | Fraction]) -> tuple["Money", ...]:
        """Divide the amount in proportion to the weights; the shares sum to the amount, to the cent.

        Each share is rounded down, then the cents left over go one by one to the largest remainders, the first on a tie
        (method of the largest remainder). Raises NotMoney on weights that are negative, floating, or sum to zero.
        """
        if any(isinstance(w, float) or w < 0 for w in weights) or sum(weights) == 0:
            raise NotMoney(
                f"Cannot allocate {self} by the weights {list(weights)!r}: give whole numbers or fractions, "
                "none negative, at least one above zero."
            )
        total = Fraction(sum(weights))
        exact = [self.cents * Fraction(weight) / total for weight in weights]
        shares = [part.numerator // part.denominator for part in exact]
        order = sorted(range(len(exact)), key=lambda i: shares[i] - exact[i])
        for i in order[: self.cents - sum(shares)]:
            shares[i] += 1
        return tuple(Money(share) for share in shares)
