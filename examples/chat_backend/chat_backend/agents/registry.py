"""Which agents there are."""

from __future__ import annotations

from chat_backend.agents.base import Agent
from chat_backend.agents.session import AgentSession
from chat_backend.config import load_settings
from chat_backend.context import UserContext


class AgentRegistry:
    """Agents by name."""

    def __init__(self) -> None:
        self._agents: dict[str, Agent] = {}

    def add(self, agent: Agent) -> None:
        """Make ``agent`` known; one of the same name is replaced."""
        self._agents[agent.name] = agent

    async def open(self, user_context: UserContext, name: str) -> AgentSession:
        """Open a session with the agent ``name``. Raises ``KeyError`` if there is none."""
        session = AgentSession(user_context, self._agents[name])
        await session.start()
        return session

    def titles(self, user_context: UserContext) -> list[str]:
        """Give the title that a session with each agent would have."""
        return [AgentSession(user_context, agent).title for agent in self._agents.values()]


registry: AgentRegistry | None = None
if load_settings().agents_enabled:
    registry = AgentRegistry()
