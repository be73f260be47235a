"""A record of what the back end did, for those who have to answer for it."""

from __future__ import annotations

import logging

from chat_backend.context import SYSTEM, UserContext
from chat_backend.utils.events import Event, EventKind
from chat_backend.websocket.connection_manager import get_connection_manager
from chat_backend.websocket.modes import DeliveryMode

logger = logging.getLogger(__name__)

operators = get_connection_manager(SYSTEM, mode=DeliveryMode.REPLAY)


class AuditLog:
    """Entries in the order of time."""

    def __init__(self) -> None:
        self.entries: list[Event] = []

    def record(self, kind: EventKind, user_context: UserContext, **details: str) -> Event:
        """Add an entry and give it."""
        entry = Event(kind=kind.value, user=user_context.user_id, **details)
        self.entries.append(entry)
        logger.info("%s", entry.line())
        return entry
