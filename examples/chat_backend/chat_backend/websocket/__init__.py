"""Connections to users: how to get a manager of them, and how to deliver."""

from __future__ import annotations

from chat_backend.websocket.connection_manager import ConnectionManager, connect_user, get_connection_manager
from chat_backend.websocket.modes import DeliveryMode

WebSocketManager = ConnectionManager  # the name until 2.0

__all__ = ["ConnectionManager", "DeliveryMode", "WebSocketManager", "connect_user", "get_connection_manager"]
