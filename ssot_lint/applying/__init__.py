"""Fixed files are written: cut into batches, verified together, recorded, checked by the user's own command.

Each file is as it was or as it is to be at any moment, and a batch that does not stand the test is put back.
"""

from __future__ import annotations

from ssot_lint.applying.batches import Cut, batches
from ssot_lint.applying.changes import Applied, Change
from ssot_lint.applying.reports import fix_files
from ssot_lint.applying.resuming import Resumed, resume
from ssot_lint.applying.runs import finish_interrupted, request_of, write
from ssot_lint.applying.writer import Orders, apply_changes

__all__ = [
    "Applied",
    "Change",
    "Cut",
    "Orders",
    "Resumed",
    "apply_changes",
    "batches",
    "finish_interrupted",
    "fix_files",
    "request_of",
    "resume",
    "write",
]
