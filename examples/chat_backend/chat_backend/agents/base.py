"""What every agent is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, TypeVar

from chat_backend.events import Event, EventKind

if TYPE_CHECKING:
    from chat_backend.websocket.manager import WebSocketManager

AnyAgent = TypeVar("AnyAgent", bound="Agent")


class Agent(ABC):
    """Answers to what people write."""

    name: str

    @abstractmethod
    def answer(self, question: str) -> str:
        """Give the answer to ``question``."""

    async def reply(self, manager: WebSocketManager, question: str) -> int:
        """Deliver the answer through ``manager`` and give the number of devices it reached."""
        return await manager.deliver(Event(EventKind.AGENT, self.name, self.answer(question)))
