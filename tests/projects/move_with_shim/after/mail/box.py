"""Moved to post.mail.box."""

from __future__ import annotations

import warnings
from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from post.mail.box import (
        Box,
        Letter,
        limits,
        stamps,
    )

__all__ = [
    "Box",
    "Letter",
    "limits",
    "stamps",
]

_HOMES = {
    "Box": "post.mail.box:Box",
    "Letter": "post.mail.box:Letter",
    "limits": "post.mail.limits",
    "stamps": "post.stamps",
}


def __getattr__(name: str) -> object:
    """Give a name from its home, and say where that is."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    instead = home.replace(":", ".")
    warnings.warn(f"{__name__}.{name} is deprecated, use {instead}", DeprecationWarning, stacklevel=2)
    return resolve_name(home)
