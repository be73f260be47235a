"""Keeps the conversation civil."""

from __future__ import annotations

import re
from collections.abc import Iterable

from chat_backend.context import UserContext
from chat_backend.events import Event, EventKind
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.connection_manager import ConnectionManager


class Moderator:
    """Masks banned words."""

    def __init__(self, banned_words: Iterable[str]) -> None:
        words = "|".join(map(re.escape, sorted(banned_words)))
        self._banned = re.compile(rf"\b(?:{words})\b" if words else r"(?!)", re.IGNORECASE)

    def mask(self, text: str) -> str:
        """Give ``text`` with a star for every letter of a banned word."""
        return self._banned.sub(lambda match: "*" * len(match[0]), text)


async def warn(user_context: UserContext, connection: MemoryConnection, text: str) -> int:
    """Tell one user something that nobody else sees, if they are there to read it."""
    from chat_backend.websocket.manager import DeliveryMode

    manager = ConnectionManager(DeliveryMode.LIVE)
    await manager.connect(connection)
    return await manager.deliver(Event(EventKind.NOTICE, "moderator", f"{user_context.user_id}, {text}"))
