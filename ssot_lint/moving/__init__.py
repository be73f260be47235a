"""A codemod without a pack: a module, package, class or function moves, and all that reaches it moves along.

First the project as it is once the thing has moved: there the index proves, use by use, that the new name is what the
old one was. What cannot be proved stops the move, unless a shim keeps the old path alive.
"""

from __future__ import annotations

from ssot_lint.moving.planning import Planned, plan_move
from ssot_lint.moving.request import BadRequest, CannotMove, Request

__all__ = ["BadRequest", "CannotMove", "Planned", "Request", "plan_move"]
