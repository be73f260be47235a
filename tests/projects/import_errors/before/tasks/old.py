"""Moved to tasks.new."""

import warnings

from tasks.new import Queue

warnings.warn("tasks.old has moved", DeprecationWarning, stacklevel=2)
