"""What an expression may give, as far as it says so itself: nothing, ``None``, or something."""

from __future__ import annotations

import ast
from collections.abc import Callable
from enum import Enum

from ssot_lint.file import ast_path
from ssot_lint.source.places import last_name

Path = tuple[str, ...]
"""``("a", "b")`` for ``a.b``."""
FALLBACKS = {"getattr": 2, "get": 1, "pop": 1, "next": 1}
"""Functions and methods that give a fallback, and the number of the argument that it is."""


class Outcome(Enum):
    """One thing that may come of an expression, or be held by a name.

    It may be ``OPTIONAL``: something or ``None``, as the code itself says; the ``DEFAULT`` of a parameter is the same,
    but it is the caller who decides.
    """

    UNBOUND = 0
    NONE = 1
    OPTIONAL = 2
    DEFAULT = 3
    VALUE = 4


Outcomes = frozenset[Outcome]
"""What may come of something over all paths; nothing where no path leads."""
NOTHING: Outcomes = frozenset()
UNBOUND: Outcomes = frozenset({Outcome.UNBOUND})
NONE: Outcomes = frozenset({Outcome.NONE})
OPTIONAL: Outcomes = frozenset({Outcome.OPTIONAL})
DEFAULT: Outcomes = frozenset({Outcome.DEFAULT})
VALUE: Outcomes = frozenset({Outcome.VALUE})
MISSING = NONE | OPTIONAL

Held = Callable[[Path], Outcomes]
"""Tells what a path may hold where an expression stands."""


def is_missing(outcomes: Outcomes) -> bool:
    """Tell whether the code itself says, on every path, that this may be ``None``."""
    return bool(outcomes) and outcomes <= MISSING


def outcomes_of(expression: ast.expr, held: Held) -> Outcomes:
    """Give what may come of ``expression``."""
    if isinstance(expression, ast.Constant):
        return NONE if expression.value is None else VALUE
    if isinstance(expression, ast.NamedExpr):
        return outcomes_of(expression.value, held)
    if isinstance(expression, ast.IfExp):
        return _choice(expression, held)
    if isinstance(expression, ast.BoolOp):
        return _alternatives(expression, held)
    if isinstance(expression, ast.Call):
        return OPTIONAL if _falls_back_on_none(expression) else VALUE
    path = ast_path(expression)
    return held(path) if path else VALUE


def _choice(expression: ast.IfExp, held: Held) -> Outcomes:
    def where(truth: bool) -> Held:
        return lambda path: refine(path, expression.test, truth, held(path))

    return _said(outcomes_of(expression.body, where(True)) | outcomes_of(expression.orelse, where(False)))


def _alternatives(expression: ast.BoolOp, held: Held) -> Outcomes:
    *others, last = (outcomes_of(value, held) for value in expression.values)
    if isinstance(expression.op, ast.Or):
        return _said(last | VALUE)
    doubtful = any(outcomes & (NONE | OPTIONAL | DEFAULT) for outcomes in others)
    return last | OPTIONAL if doubtful else last


def _said(outcomes: Outcomes) -> Outcomes:
    """Give ``OPTIONAL`` for what may be ``None`` or not by the choice of one expression."""
    return (outcomes - NONE - VALUE) | OPTIONAL if outcomes > NONE else outcomes


def _falls_back_on_none(call: ast.Call) -> bool:
    """Whether ``call`` is ``getattr(a, "b", None)``, ``a.get("b", None)`` or the like."""
    number = FALLBACKS.get(last_name(call) or "")
    arguments = call.args[number:] if number is not None else []
    return len(arguments) == 1 and isinstance(arguments[0], ast.Constant) and arguments[0].value is None


def refine(path: Path, test: ast.expr, truth: bool, outcomes: Outcomes) -> Outcomes:
    """Give what ``path`` may hold, of ``outcomes``, where ``test`` was found to be true, or not."""
    if isinstance(test, ast.Constant):
        return outcomes if bool(test.value) == truth else NOTHING
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return refine(path, test.operand, not truth, outcomes)
    if isinstance(test, ast.BoolOp):
        return _refine_each(path, test, truth, outcomes)
    if isinstance(test, ast.NamedExpr):
        test = test.target
    if ast_path(test) == path:
        return _not_none(outcomes) if truth else outcomes
    if isinstance(test, ast.Compare):
        return _compared(path, test, truth, outcomes)
    asks_type = isinstance(test, ast.Call) and last_name(test) == "isinstance" and bool(test.args)
    if asks_type and truth and isinstance(test, ast.Call) and ast_path(test.args[0]) == path:
        return _not_none(outcomes)
    return outcomes


def _refine_each(path: Path, test: ast.BoolOp, truth: bool, outcomes: Outcomes) -> Outcomes:
    """Refine by ``a and b``, or ``a or b``: all tests have one outcome, or one of them is the first with the other."""
    decides = isinstance(test.op, ast.Or)
    ways: Outcomes = NOTHING
    for value in test.values:
        ways |= refine(path, value, decides, outcomes)
        outcomes = refine(path, value, not decides, outcomes)
    return ways if truth == decides else outcomes


def _compared(path: Path, test: ast.Compare, truth: bool, outcomes: Outcomes) -> Outcomes:
    """Refine by ``a is None`` and ``a is not None``, also with ``==``."""
    left = test.left.target if isinstance(test.left, ast.NamedExpr) else test.left
    right = test.comparators[0]
    if len(test.ops) != 1 or ast_path(left) != path or not isinstance(right, ast.Constant) or right.value is not None:
        return outcomes
    if isinstance(test.ops[0], (ast.Is, ast.Eq)):
        return NONE if truth else _not_none(outcomes)
    if isinstance(test.ops[0], (ast.IsNot, ast.NotEq)):
        return _not_none(outcomes) if truth else NONE
    return outcomes


def _not_none(outcomes: Outcomes) -> Outcomes:
    """Give what is left where it is not ``None``; something, where it may have been either."""
    either = outcomes & (OPTIONAL | DEFAULT)
    return (outcomes - NONE - OPTIONAL - DEFAULT) | (VALUE if either else NOTHING)
