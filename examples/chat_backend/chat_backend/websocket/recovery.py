"""Reconnecting has no class of its own any more: a manager in ``REPLAY`` mode does it."""

from __future__ import annotations

from chat_backend.websocket.connection_manager import ConnectionManager as ReconnectionHandler

__all__ = ["ReconnectionHandler"]
