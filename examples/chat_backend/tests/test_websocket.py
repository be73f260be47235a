"""Managers deliver to their own user, now or later."""

from __future__ import annotations

import asyncio

import pytest

from chat_backend.context import ContextError, UserContext
from chat_backend.events import Event, EventKind
from chat_backend.websocket import broadcast, get_connection_manager
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.connection_manager import ConnectionManager, connect_user
from chat_backend.websocket.health import is_healthy
from chat_backend.websocket.modes import DeliveryMode
from chat_backend.websocket.recovery import ReconnectionHandler

HELLO = Event(EventKind.MESSAGE, "bob", "hello")


def test_an_event_reaches_every_device(manager: ConnectionManager, laptop: MemoryConnection) -> None:
    async def deliver() -> int:
        await manager.connect(laptop)
        await manager.connect(MemoryConnection("phone"))
        return await manager.deliver(HELLO)

    assert asyncio.run(deliver()) == 2
    assert laptop.received == [HELLO]


def test_a_device_that_is_gone_is_dropped(manager: ConnectionManager, laptop: MemoryConnection) -> None:
    async def deliver() -> int:
        await manager.connect(laptop)
        await laptop.close()
        return await manager.deliver(HELLO)

    assert asyncio.run(deliver()) == 0
    assert manager.connections == []


@pytest.mark.parametrize(("mode", "expected"), [(DeliveryMode.LIVE, []), (DeliveryMode.REPLAY, [HELLO])])
def test_what_waits_for_a_user(
    alice: UserContext, laptop: MemoryConnection, mode: DeliveryMode, expected: list[Event]
) -> None:
    async def come_late() -> None:
        manager = get_connection_manager(alice, mode=mode)
        await manager.deliver(HELLO)
        await manager.connect(laptop)

    asyncio.run(come_late())
    assert laptop.received == expected


def test_the_async_factory_gives_a_manager_that_is_connected(alice: UserContext, laptop: MemoryConnection) -> None:
    assert asyncio.run(connect_user(alice, laptop)).connections == [laptop]


def test_a_manager_needs_a_user() -> None:
    with pytest.raises(ContextError):
        ConnectionManager(user_context=UserContext(""))
    with pytest.raises(ContextError):
        get_connection_manager(None)  # what an anonymous request used to pass


def test_the_other_names_mean_the_same_class(manager: ConnectionManager) -> None:
    assert isinstance(manager, ReconnectionHandler)
    assert isinstance(manager, broadcast.BroadcastManager)


def test_the_health_check_delivers_to_itself() -> None:
    assert asyncio.run(is_healthy())
