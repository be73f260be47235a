"""The agents that everybody gets."""

from __future__ import annotations

from chat_backend.agents.base import Agent
from chat_backend.context import UserContext
from chat_backend.services.history import history
from chat_backend.websocket import WebSocketManager
from chat_backend.websocket.connection import MemoryConnection


class EchoAgent(Agent):
    """Says everything twice."""

    name = "echo"

    def answer(self, question: str) -> str:
        """Give ``question`` back."""
        return f"{question}, {question}"


class HelpAgent(Agent):
    """Says what there is to do; writes to its own user only."""

    name = "help"

    def __init__(self, user_context: UserContext) -> None:
        self.user_context = user_context
        self.manager = WebSocketManager(user_context=user_context)

    def answer(self, question: str) -> str:
        """Name the commands, whatever the question was."""
        return f"say 'echo' or 'help'; I remember {len(history)} messages"

    async def volunteer(self, connection: MemoryConnection) -> int:
        """Offer help without being asked."""
        await self.manager.connect(connection)
        return await self.reply(self.manager, "")
