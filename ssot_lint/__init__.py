"""One thing, one home, one way to get it: ssot-lint finds the code that goes around it."""

from __future__ import annotations

__version__ = "0.1.0"
