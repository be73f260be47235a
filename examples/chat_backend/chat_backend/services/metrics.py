"""Numbers for the dashboard."""

from __future__ import annotations

import time
from collections import Counter

from chat_backend.context import UserContext
from chat_backend.events import Event, EventKind
from chat_backend.websocket.connection import MemoryConnection

try:
    from chat_backend.websocket.factory import make_manager
except ImportError:  # gone since 2.0
    from chat_backend.websocket.connection_manager import get_connection_manager as make_manager


class MetricsCollector:
    """Counts events by their kind."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def count(self, event: Event) -> None:
        """Add one for ``event``."""
        self._counts[event.kind.value] += 1

    def summary(self) -> str:
        """Give the counts as one line."""
        return "counted: " + (", ".join(f"{n} {kind}" for kind, n in sorted(self._counts.items())) or "nothing")

    async def report(self, user_context: UserContext, connection: MemoryConnection) -> int:
        """Send the summary to a user who asked for it."""
        manager = make_manager(user_context)
        await manager.connect(connection)
        return await manager.deliver(Event(EventKind.NOTICE, "metrics", self.summary()))


metrics, started_at = MetricsCollector(), time.monotonic()


def uptime() -> float:
    """Give the seconds since the back end came up."""
    return time.monotonic() - started_at
