"""Values that are there where a call stands: what an expression may give, and what could be passed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from ssot_lint.file import File
from ssot_lint.rewriting.flow import held
from ssot_lint.rewriting.outcomes import UNBOUND, Outcomes, outcomes_of

if TYPE_CHECKING:
    import libcst as cst

NO_VALUES = ("import", "from", "class", "function")
"""Kinds of bindings that stand for parts of the program and not for what it works with."""


def in_scope(file: File, expression: str, offset: int) -> Outcomes:
    """Tell what ``a.b`` may give at ``offset``, as far as it names a value there: a parameter, a local, ``self.a``."""
    path = tuple(expression.split("."))
    bindings = file.scan.lookup(path[0], offset)
    if not bindings or any(binding.kind in NO_VALUES for binding in bindings):
        return UNBOUND
    return held(file.scan, path, offset)


def outcomes_at(file: File, value: cst.BaseExpression, offset: int) -> Outcomes:
    """Tell what may come of an argument of the call at ``offset``."""
    expression = ast.parse(f"({file.source(value)}\n)", mode="eval").body
    return outcomes_of(expression, lambda path: held(file.scan, path, offset))
