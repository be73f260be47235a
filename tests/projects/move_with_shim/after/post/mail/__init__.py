"""Letters."""

from .box import Box
from .letters.plain import Letter

__all__ = ["Box", "Letter"]
