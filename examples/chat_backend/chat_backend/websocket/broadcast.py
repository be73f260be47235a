"""Telling everybody at once."""

from __future__ import annotations

from collections.abc import Iterable

from chat_backend.websocket.connection import MemoryConnection

from .manager import WebSocketManager as BroadcastManager

__all__ = ["BroadcastManager", "everybody"]


def everybody(managers: Iterable[BroadcastManager]) -> list[MemoryConnection]:
    """Give the devices of all ``managers``."""
    return [connection for manager in managers for connection in manager.connections]
