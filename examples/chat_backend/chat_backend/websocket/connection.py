"""A websocket that needs no network."""

from __future__ import annotations

from chat_backend.events import Event


class ConnectionClosed(Exception):
    """The other side is gone."""


class MemoryConnection:
    """One device of a user. What arrives is kept in ``received`` and, as text, written to ``transcript``."""

    def __init__(self, device: str, transcript: list[str] | None = None) -> None:
        self.device = device
        self.received: list[Event] = []
        self.transcript = [] if transcript is None else transcript
        self.is_open = True

    async def send(self, event: Event) -> None:
        """Show ``event`` on the device. Raises ``ConnectionClosed`` after ``close``."""
        if not self.is_open:
            raise ConnectionClosed(self.device)
        self.received.append(event)
        self.transcript.append(f"[{self.device}] {event.kind.value:<8} {event.sender}: {event.text}")

    async def close(self) -> None:
        """Hang up."""
        self.is_open = False
