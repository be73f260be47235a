"""The home of the connection manager, and the only place that constructs one.

Everybody else asks ``get_connection_manager``: it makes sure that a manager belongs to a user. A manager without one
would deliver to whoever connects to it next.
"""

from __future__ import annotations

from collections import deque

from chat_backend.context import ContextError, UserContext
from chat_backend.events import Event
from chat_backend.websocket.connection import ConnectionClosed, MemoryConnection
from chat_backend.websocket.modes import DeliveryMode

BACKLOG_LIMIT = 100


class _ConnectionManagerImplementation:
    """The open connections of one user, and the events that wait for one."""

    def __init__(
        self,
        mode: DeliveryMode = DeliveryMode.LIVE,
        user_context: UserContext | None = None,
        backlog_limit: int = BACKLOG_LIMIT,
    ) -> None:
        if user_context is not None and not user_context.user_id:
            raise ContextError("a connection manager needs the id of its user")
        self.mode = mode
        self.user_context = user_context
        self.connections: list[MemoryConnection] = []
        self.backlog: deque[Event] = deque(maxlen=backlog_limit)

    async def connect(self, connection: MemoryConnection) -> None:
        """Add a device; it gets what has been waiting."""
        self.connections.append(connection)
        while self.backlog:
            await connection.send(self.backlog.popleft())

    async def deliver(self, event: Event) -> int:
        """Send ``event`` to every device and give the number of those it reached; devices that are gone are dropped."""
        reached = [connection for connection in self.connections if await _sent(connection, event)]
        self.connections = reached
        if not reached and self.mode is DeliveryMode.REPLAY:
            self.backlog.append(event)
        return len(reached)


ConnectionManager = _ConnectionManagerImplementation


def get_connection_manager(user_context: UserContext, mode: DeliveryMode = DeliveryMode.LIVE) -> ConnectionManager:
    """Give a new manager for the devices of ``user_context``. Raises ``ContextError`` if that is nobody."""
    if user_context is None:
        raise ContextError("a connection manager belongs to a user")
    return _ConnectionManagerImplementation(mode=mode, user_context=user_context)


async def connect_user(
    user_context: UserContext, connection: MemoryConnection, mode: DeliveryMode = DeliveryMode.LIVE
) -> ConnectionManager:
    """Give a new manager that has ``connection`` already."""
    manager = get_connection_manager(user_context, mode=mode)
    await manager.connect(connection)
    return manager


async def _sent(connection: MemoryConnection, event: Event) -> bool:
    try:
        await connection.send(event)
    except ConnectionClosed:
        return False
    return True
