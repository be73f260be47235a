"""What happens to an event that nobody is there to receive."""

from __future__ import annotations

from enum import Enum


class DeliveryMode(Enum):
    """``LIVE`` drops it; ``REPLAY`` keeps it until the user is back."""

    LIVE = "live"
    REPLAY = "replay"
