"""A conversation between Alice, Bob and the agents, over connections that live in memory."""

from __future__ import annotations

from chat_backend.agents.assistants import EchoAgent, HelpAgent
from chat_backend.agents.moderator import Moderator, warn
from chat_backend.agents.registry import AgentRegistry
from chat_backend.config import Settings
from chat_backend.context import UserContext
from chat_backend.services.chat import ChatService
from chat_backend.services.history import history
from chat_backend.services.metrics import MetricsCollector
from chat_backend.services.presence import presence
from chat_backend.websocket.connection import MemoryConnection


async def play(collector: MetricsCollector) -> list[str]:
    """Play the conversation, count its events in ``collector``, and give the transcript, one line an event."""
    transcript: list[str] = []
    alice, bob = UserContext("alice"), UserContext("bob")
    laptop, phone = MemoryConnection("laptop", transcript), MemoryConnection("phone", transcript)
    chat = ChatService(history, Moderator(Settings().banned_words), collector)

    await chat.join(alice, laptop)
    await chat.send(alice, "bob", "hi bob, are you there?")
    await chat.join(bob, phone)
    await presence.arrive(bob, watcher=alice, connection=laptop)
    await chat.send(bob, "alice", "here now, what a darn slow train")
    await warn(bob, phone, "please mind your language")
    await _ask_agents(alice, laptop)
    await chat.announce(UserContext("admin"), "maintenance at noon")
    return transcript


async def _ask_agents(user_context: UserContext, connection: MemoryConnection) -> None:
    agents = AgentRegistry()
    agents.add(EchoAgent())
    agents.add(HelpAgent(user_context))
    for name, question in (("echo", "good morning"), ("help", "what can you do?")):
        session = await agents.open(user_context, name)
        await session.ask(question, connection)
