"""The self-test behind ``/healthz``."""

from __future__ import annotations

from chat_backend.events import Event, EventKind
from chat_backend.websocket.manager import *  # noqa: F403


async def is_healthy() -> bool:
    """Tell whether an event that is sent also arrives."""
    manager = WebSocketManager(mode=DeliveryMode.LIVE)  # noqa: F405
    await manager.connect(MemoryConnection("self-test"))  # noqa: F405
    return await manager.deliver(Event(EventKind.NOTICE, "health", "ping")) == 1
