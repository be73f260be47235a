"""What has been said."""

from __future__ import annotations

from collections import defaultdict, deque

from chat_backend.config import DEFAULTS
from chat_backend.events import Event
from chat_backend.ids import room_id
from chat_backend.utils.ids import new_id


class HistoryStore:
    """The last messages of every room."""

    def __init__(self, limit: int = DEFAULTS.history_limit) -> None:
        self._rooms: defaultdict[str, deque[Event]] = defaultdict(lambda: deque(maxlen=limit))

    def __len__(self) -> int:
        return sum(map(len, self._rooms.values()))

    def add(self, event: Event, recipient: str) -> None:
        """Remember ``event``."""
        self._rooms[room_id(event.sender, recipient)].append(event)

    def export(self, *user_ids: str) -> tuple[str, list[Event]]:
        """Give what these users said to each other, and an identifier to file it under."""
        return new_id("export"), list(self._rooms[room_id(*user_ids)])


history: HistoryStore = HistoryStore()
