"""People writing to each other."""

from __future__ import annotations

from chat_backend.agents.moderator import Moderator
from chat_backend.context import UserContext
from chat_backend.events import Event, EventKind
from chat_backend.services.history import HistoryStore
from chat_backend.services.metrics import MetricsCollector
from chat_backend.websocket import broadcast
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.connection_manager import ConnectionManager, get_connection_manager
from chat_backend.websocket.modes import DeliveryMode


class ChatService:
    """Passes messages on, through one manager a user."""

    def __init__(self, history: HistoryStore, moderator: Moderator, collector: MetricsCollector) -> None:
        self._history = history
        self._moderator = moderator
        self._collector = collector
        self._managers: dict[str, ConnectionManager] = {}

    async def join(self, user_context: UserContext, connection: MemoryConnection) -> None:
        """Let a user in on one more device."""
        await self._manager_of(user_context).connect(connection)

    async def send(self, sender: UserContext, recipient: str, text: str) -> Event:
        """Pass ``text`` on, now or when the recipient is there."""
        event = Event(EventKind.MESSAGE, sender.user_id, self._moderator.mask(text))
        self._history.add(event, recipient)
        self._collector.count(event)
        await self._manager_of(UserContext(recipient)).deliver(event)
        return event

    async def announce(self, user_context: UserContext, text: str) -> int:
        """Tell everybody who is there and give the number of devices reached."""
        outbox = broadcast.BroadcastManager(user_context=user_context)
        for connection in broadcast.everybody(self._managers.values()):
            await outbox.connect(connection)
        return await outbox.deliver(Event(EventKind.NOTICE, user_context.user_id, text))

    def _manager_of(self, user_context: UserContext) -> ConnectionManager:
        if user_context.user_id not in self._managers:
            self._managers[user_context.user_id] = get_connection_manager(user_context, mode=DeliveryMode.REPLAY)
        return self._managers[user_context.user_id]
