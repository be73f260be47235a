"""What people notice of the services."""

from __future__ import annotations

import asyncio
from unittest.mock import AsyncMock, Mock, patch

import pytest

from chat_backend.agents.moderator import Moderator
from chat_backend.config import Settings, load_settings
from chat_backend.context import UserContext
from chat_backend.events import Event, EventKind
from chat_backend.services.audit import AuditLog
from chat_backend.services.chat import ChatService
from chat_backend.services.history import HistoryStore
from chat_backend.services.metrics import MetricsCollector
from chat_backend.services.notifications import notify
from chat_backend.services.presence import PresenceService
from chat_backend.websocket.connection import MemoryConnection


@pytest.fixture
def chat() -> ChatService:
    return ChatService(HistoryStore(), Moderator({"darn"}), MetricsCollector())


def test_a_message_waits_for_its_recipient(
    chat: ChatService, alice: UserContext, bob: UserContext, laptop: MemoryConnection
) -> None:
    async def talk() -> Event:
        event = await chat.send(alice, "bob", "darn it")
        await chat.join(bob, laptop)
        return event

    assert [asyncio.run(talk())] == laptop.received
    assert laptop.received[0].text == "**** it"


def test_everybody_hears_an_announcement(chat: ChatService, alice: UserContext, bob: UserContext) -> None:
    async def announce() -> int:
        await chat.join(alice, MemoryConnection("laptop"))
        await chat.join(bob, MemoryConnection("phone"))
        return await chat.announce(alice, "cake!")

    assert asyncio.run(announce()) == 2


def test_a_user_has_one_manager(chat: ChatService, alice: UserContext, laptop: MemoryConnection) -> None:
    with patch("chat_backend.services.chat.get_connection_manager", return_value=Mock(connect=AsyncMock())) as factory:
        asyncio.run(chat.join(alice, laptop))
        asyncio.run(chat.join(alice, MemoryConnection("phone")))

    factory.assert_called_once()


def test_history_is_kept_by_room(alice: UserContext) -> None:
    store = HistoryStore(limit=1)
    for text in ("old", "new"):
        store.add(Event(EventKind.MESSAGE, "alice", text), "bob")
    store.add(Event(EventKind.MESSAGE, "alice", "secret"), "carol")

    name, events = store.export("bob", "alice")
    assert name.startswith("export-")
    assert [event.text for event in events] == ["new"]


def test_a_watcher_sees_who_comes(alice: UserContext, bob: UserContext, laptop: MemoryConnection) -> None:
    service = PresenceService()
    asyncio.run(service.arrive(bob, watcher=alice, connection=laptop))

    assert service.online == {"bob"}
    assert laptop.received == [Event(EventKind.PRESENCE, "bob", "is online")]


def test_nobody_misses_anything(alice: UserContext, laptop: MemoryConnection) -> None:
    missed = [Event(EventKind.MESSAGE, "bob", "one"), Event(EventKind.MESSAGE, "bob", "two")]
    manager = asyncio.run(PresenceService().resume(alice, laptop, missed))

    assert laptop.received == missed
    assert manager.user_context == alice


@pytest.mark.parametrize(("age", "reached"), [(0, 1), (31, 0)])
def test_a_stale_note_is_not_shown(alice: UserContext, laptop: MemoryConnection, age: float, reached: int) -> None:
    assert asyncio.run(notify(alice, laptop, "tea is ready", age)) == reached


def test_a_note_waits_for_nobody(alice: UserContext, laptop: MemoryConnection) -> None:
    manager = Mock(connect=AsyncMock(), deliver=AsyncMock(return_value=0))
    with patch("chat_backend.services.notifications.WebSocketManager", return_value=manager) as construct:
        assert asyncio.run(notify(alice, laptop, "tea is ready")) == 0

    assert construct.call_args.kwargs["backlog_limit"] == 1


def test_a_note_that_does_not_arrive(alice: UserContext, laptop: MemoryConnection) -> None:
    with patch("chat_backend.websocket.manager.WebSocketManager.deliver", AsyncMock(return_value=0)):
        assert asyncio.run(notify(alice, laptop, "tea is ready")) == 0


def test_an_audit_entry_says_what_is_known(alice: UserContext) -> None:
    entry = AuditLog().record(EventKind.PRESENCE, alice, device="laptop")

    assert entry.line() == "kind=presence user=alice device=laptop"


def test_numbers_are_sent_to_those_who_ask(alice: UserContext, laptop: MemoryConnection) -> None:
    collector = MetricsCollector()
    collector.count(Event(EventKind.MESSAGE, "alice", "hi"))

    assert asyncio.run(collector.report(alice, laptop)) == 1
    assert laptop.received[0].text == "counted: 1 message"


def test_settings_come_from_the_environment() -> None:
    assert load_settings({}) == Settings()
    assert load_settings({"CHAT_AGENTS": "off", "CHAT_BANNED_WORDS": "a,b"}) == Settings(
        agents_enabled=False, banned_words=frozenset({"a", "b"})
    )
