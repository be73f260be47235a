"""Moved to ``chat_backend.ids`` in 1.4; old imports work until 3.0."""

from __future__ import annotations

import warnings

from chat_backend.ids import new_id, room_id

__all__ = ["new_id", "room_id"]

warnings.warn(f"{__name__} is deprecated: {__doc__}", DeprecationWarning, stacklevel=2)
