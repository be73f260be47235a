"""A user talking to an agent."""

from __future__ import annotations

from chat_backend.agents.base import Agent
from chat_backend.context import UserContext
from chat_backend.utils.ids import new_id as make_id
from chat_backend.websocket.connection import MemoryConnection
from chat_backend.websocket.connection_manager import connect_user


class AgentSession:
    """One user and one agent. Has to be started before the first question."""

    def __init__(self, user_context: UserContext, agent: Agent) -> None:
        self.id = make_id("session")
        self.user_context = user_context
        self.agent = agent
        self.started = False

    @property
    def title(self) -> str:
        """What to call the session in a list."""
        return f"{self.user_context.user_id} and {self.agent.name}"

    async def start(self) -> None:
        """Get ready; starting twice does no harm."""
        self.started = True

    async def ask(self, question: str, connection: MemoryConnection) -> int:
        """Send the answer to ``connection``. Raises ``RuntimeError`` if the session was not started."""
        if not self.started:
            raise RuntimeError(f"session {self.id} was not started")
        return await self.agent.reply(await connect_user(self.user_context, connection), question)


async def open_agent_session(user_context: UserContext, agent: Agent) -> AgentSession:
    """Give a session that is ready for questions."""
    session = AgentSession(user_context, agent)
    await session.start()
    return session
