from __future__ import annotations

import json
import time

from shop import rates
from shop.money import Money
from shop.orders import CURRENCY, Order


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
