"""The one place that makes identifiers."""

from __future__ import annotations

import secrets


def new_id(prefix: str) -> str:
    """Give an identifier that nobody has yet, such as ``event-5f2b9c01``."""
    return f"{prefix}-{secrets.token_hex(4)}"


def room_id(*user_ids: str) -> str:
    """Give the identifier of the room in which exactly these users meet, in whatever order they are named."""
    return "+".join(sorted(user_ids))
