"""What goes over the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from chat_backend.ids import new_id


class EventKind(str, Enum):
    """What an event is about."""

    MESSAGE = "message"
    PRESENCE = "presence"
    AGENT = "agent"
    NOTICE = "notice"


@dataclass(frozen=True)
class Event:
    """Something a user gets to see; ``sender`` is a user or an agent."""

    kind: EventKind
    sender: str
    text: str
    id: str = field(default_factory=lambda: new_id("event"), compare=False)
