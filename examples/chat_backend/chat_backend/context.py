"""On whose behalf something happens."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass


class ContextError(ValueError):
    """Something that belongs to one user was asked for without saying which."""


@dataclass(frozen=True)
class UserContext:
    """The user that a piece of work is done for."""

    user_id: str
    locale: str = "en"


SYSTEM = UserContext("system")

current_user: ContextVar[UserContext | None] = ContextVar("current_user", default=None)
