"""Who is there."""

from __future__ import annotations

from collections.abc import Iterable

from chat_backend.context import UserContext
from chat_backend.events import Event, EventKind
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.manager import DeliveryMode, WebSocketManager
from chat_backend.websocket.recovery import ReconnectionHandler


class PresenceService:
    """Knows the users who are there, and spreads the word."""

    def __init__(self) -> None:
        self.online: set[str] = set()

    async def arrive(self, user_context: UserContext, watcher: UserContext, connection: MemoryConnection) -> None:
        """Note that a user came, and tell ``watcher`` on ``connection``."""
        self.online.add(user_context.user_id)
        manager = WebSocketManager(DeliveryMode.LIVE, watcher)
        await manager.connect(connection)
        await manager.deliver(Event(EventKind.PRESENCE, user_context.user_id, "is online"))

    async def resume(
        self, user_context: UserContext, connection: MemoryConnection, missed: Iterable[Event]
    ) -> WebSocketManager:
        """Bring a user who was away up to date, and give the manager to go on with."""
        self.online.add(user_context.user_id)
        manager = ReconnectionHandler(mode=DeliveryMode.REPLAY, user_context=user_context)
        for event in missed:
            await manager.deliver(event)
        await manager.connect(connection)
        return manager


presence = PresenceService()
