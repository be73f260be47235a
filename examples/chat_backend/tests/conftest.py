"""Two users, and what they need to talk."""

from __future__ import annotations

import pytest

from chat_backend.context import UserContext
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.connection_manager import ConnectionManager


@pytest.fixture
def alice() -> UserContext:
    return UserContext("alice")


@pytest.fixture
def bob() -> UserContext:
    return UserContext("bob")


@pytest.fixture
def laptop() -> MemoryConnection:
    return MemoryConnection("laptop")


@pytest.fixture
def manager(alice: UserContext) -> ConnectionManager:
    return ConnectionManager(user_context=alice)
