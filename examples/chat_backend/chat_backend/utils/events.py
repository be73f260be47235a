"""Events before 1.4. The kinds moved to ``chat_backend.events``; the entries of the audit log stayed."""

from __future__ import annotations

from chat_backend.events import EventKind

__all__ = ["Event", "EventKind"]


class Event(dict[str, str]):
    """Whatever is known about something that happened. It shares its name with the event that goes over the wire."""

    def line(self) -> str:
        """Give the entry as one line of a log file."""
        return " ".join(f"{key}={value}" for key, value in self.items())
