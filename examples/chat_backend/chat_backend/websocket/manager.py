"""Moved to ``connection_manager``, ``connection`` and ``modes`` in 2.0; old imports work until 3.0."""

from __future__ import annotations

import warnings

from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.connection_manager import ConnectionManager as WebSocketManager
from chat_backend.websocket.connection_manager import get_connection_manager
from chat_backend.websocket.modes import DeliveryMode

HEARTBEAT_SECONDS = 30  # the one thing that has no better home yet

__all__ = ["HEARTBEAT_SECONDS", "DeliveryMode", "MemoryConnection", "WebSocketManager", "get_connection_manager"]

warnings.warn(f"{__name__} is deprecated: {__doc__}", DeprecationWarning, stacklevel=2)
