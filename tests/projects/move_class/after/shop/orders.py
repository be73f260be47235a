"""Orders, and for historical reasons who pays for them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING


from . import rates

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Order", "total"]

CURRENCY = "EUR"


class Order:
    """What somebody wants."""

    def __init__(self, prices: Iterable[int]) -> None:
        self.prices = list(prices)


def total(orders: Iterable[Order]) -> int:
    """Add up orders."""
    return sum(sum(order.prices) for order in orders)
