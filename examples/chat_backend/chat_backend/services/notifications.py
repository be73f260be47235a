"""Short notes to a single device."""

from __future__ import annotations

from chat_backend.context import UserContext
from chat_backend.events import Event, EventKind
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.manager import (
    # A note is stale once a device had the time to answer a heartbeat.
    HEARTBEAT_SECONDS,
    DeliveryMode,
    WebSocketManager,  # was renamed in 2.0
)


async def notify(user_context: UserContext, connection: MemoryConnection, text: str, age: float = 0) -> int:
    """Show ``text`` unless it is stale, and give the number of devices reached."""
    if age > HEARTBEAT_SECONDS:
        return 0
    manager = WebSocketManager(user_context=user_context, mode=DeliveryMode.LIVE, backlog_limit=1)
    await manager.connect(connection)
    return await manager.deliver(Event(EventKind.NOTICE, "system", text))
