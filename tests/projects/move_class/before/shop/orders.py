"""Orders, and for historical reasons who pays for them."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from shop.money import Money

from . import rates

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Order", "Payment", "total"]

CURRENCY = "EUR"


class Order:
    """What somebody wants."""

    def __init__(self, prices: Iterable[int]) -> None:
        self.prices = list(prices)


# A payment is made once.
class Payment:
    """Money for an order."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.made = 0.0

    def make(self) -> Money:
        """Pay, now."""
        self.made = time.time()
        return Money(sum(self.order.prices) * rates.of(CURRENCY))

    @classmethod
    def restored(cls, text: str) -> Payment:
        """Read a payment again."""
        return Payment(Order(json.loads(text)))


def total(orders: Iterable[Order]) -> int:
    """Add up orders."""
    return sum(sum(order.prices) for order in orders)
