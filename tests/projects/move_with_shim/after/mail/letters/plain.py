"""Moved to post.mail.letters.plain."""

from __future__ import annotations

import warnings
from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from post.mail.letters.plain import (
        Letter,
        MOST,
    )

__all__ = [
    "Letter",
    "MOST",
]

_HOMES = {
    "Letter": "post.mail.letters.plain:Letter",
    "MOST": "post.mail.letters.plain:MOST",
}


def __getattr__(name: str) -> object:
    """Give a name from its home, and say where that is."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    instead = home.replace(":", ".")
    warnings.warn(f"{__name__}.{name} is deprecated, use {instead}", DeprecationWarning, stacklevel=2)
    return resolve_name(home)
