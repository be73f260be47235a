"""Agents answer those who asked, and nobody else."""

from __future__ import annotations

import asyncio
from unittest.mock import AsyncMock, Mock, patch

import pytest

from chat_backend.agents.assistants import EchoAgent, HelpAgent
from chat_backend.agents.moderator import Moderator, warn
from chat_backend.agents.registry import AgentRegistry
from chat_backend.agents.session import AgentSession, open_agent_session
from chat_backend.context import UserContext
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.connection_manager import ConnectionManager


@pytest.fixture
def agents(alice: UserContext) -> AgentRegistry:
    registry = AgentRegistry()
    registry.add(EchoAgent())
    registry.add(HelpAgent(alice))
    return registry


def test_an_agent_answers_through_the_manager_it_is_given() -> None:
    manager = Mock(spec=ConnectionManager, deliver=AsyncMock(return_value=1))

    assert asyncio.run(EchoAgent().reply(manager, "hm")) == 1
    assert manager.deliver.await_args.args[0].text == "hm, hm"


def test_a_session_answers_its_user(agents: AgentRegistry, alice: UserContext, laptop: MemoryConnection) -> None:
    async def ask() -> None:
        session = await agents.open(alice, "echo")
        await session.ask("well", laptop)

    asyncio.run(ask())
    assert [event.text for event in laptop.received] == ["well, well"]


def test_a_session_has_to_be_started(alice: UserContext, laptop: MemoryConnection) -> None:
    with pytest.raises(RuntimeError, match="not started"):
        asyncio.run(AgentSession(alice, EchoAgent()).ask("well", laptop))


def test_the_factory_starts_the_session(alice: UserContext) -> None:
    assert asyncio.run(open_agent_session(alice, EchoAgent())).started


def test_titles_need_no_session_that_is_started(agents: AgentRegistry, alice: UserContext) -> None:
    assert agents.titles(alice) == ["alice and echo", "alice and help"]


def test_help_is_offered_to_the_user_of_the_agent(alice: UserContext, laptop: MemoryConnection) -> None:
    assert asyncio.run(HelpAgent(alice).volunteer(laptop)) == 1
    assert laptop.received[0].sender == "help"


def test_help_that_cannot_be_delivered(alice: UserContext, laptop: MemoryConnection) -> None:
    with patch("chat_backend.websocket.manager.WebSocketManager.deliver", AsyncMock(return_value=0)):
        assert asyncio.run(HelpAgent(alice).volunteer(laptop)) == 0


def test_banned_words_are_masked() -> None:
    moderator = Moderator({"darn"})

    assert moderator.mask("Darn, the darning needle") == "****, the darning needle"
    assert Moderator(()).mask("darn") == "darn"


def test_a_warning_names_the_user(bob: UserContext, laptop: MemoryConnection) -> None:
    assert asyncio.run(warn(bob, laptop, "calm down")) == 1
    assert laptop.received[0].text == "bob, calm down"
