"""Settings, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "CHAT_"


@dataclass(frozen=True)
class Settings:
    """What an operator may change."""

    agents_enabled: bool = True
    banned_words: frozenset[str] = frozenset({"darn"})
    history_limit: int = 200


DEFAULTS = Settings()


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Give the settings that ``environ`` asks for, and the defaults for the rest."""
    words = environ.get(f"{PREFIX}BANNED_WORDS")
    return Settings(
        agents_enabled=environ.get(f"{PREFIX}AGENTS", "on") != "off",
        banned_words=frozenset(words.split(",")) if words else DEFAULTS.banned_words,
        history_limit=int(environ.get(f"{PREFIX}HISTORY_LIMIT", DEFAULTS.history_limit)),
    )
