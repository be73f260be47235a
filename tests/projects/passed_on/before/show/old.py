"""Moved to show.stage."""

import warnings

from show.stage import Musical as Opera, Play, stage_of

warnings.warn("show.old is old", DeprecationWarning, stacklevel=2)

__all__ = ["Opera", "Play"]
