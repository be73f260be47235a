"""Calls of ``warnings.warn`` for what is deprecated: of what they warn, at whom they point, and how to mend them."""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass

from ssot_lint.file import File, ast_path
from ssot_lint.model import Applicability, Edit, Fix, Refusal
from ssot_lint.source.places import last_name

CATEGORY = "DeprecationWarning"
DEFAULT = "UserWarning"
TEXTS = (ast.Constant, ast.JoinedStr, ast.BinOp)
TEXT_MAKERS = frozenset({"format", "join", "dedent", "str"})
POSITIONS = {"message": 0, "category": 1, "stacklevel": 2}


@dataclass(frozen=True)
class Warn:
    """One call of ``warnings.warn``.

    ``category`` is the last name of what it warns of, ``stacklevel`` the number; ``None`` where that cannot be told.
    ``naming`` is the expression in the call that names the category. ``in_helper`` says that a function makes the call
    which the module itself calls, so that there is a frame more on the way to those who use the module.
    """

    node: ast.Call
    category: str | None
    naming: ast.expr | None
    stacklevel: int | None
    in_helper: bool

    @property
    def has_wrong_category(self) -> bool:
        """Whether it certainly warns of something else than a deprecation."""
        kind = getattr(builtins, self.category or "", None)
        return isinstance(kind, type) and issubclass(kind, Warning) and self.category != CATEGORY

    @property
    def has_wrong_level(self) -> bool:
        """Whether it certainly points at the module itself, or past those who use it."""
        if self.stacklevel is None:
            return False
        return self.stacklevel < 2 if self.in_helper else self.stacklevel != 2

    @property
    def hides_arguments(self) -> bool:
        """Whether it does not show which arguments it passes."""
        is_starred = any(isinstance(value, ast.Starred) for value in self.node.args)
        return is_starred or any(keyword.arg is None for keyword in self.node.keywords)


def is_warn(file: File, call: ast.Call) -> bool:
    """Tell whether ``call`` is one of ``warnings.warn``, by whatever name."""
    path = ast_path(call.func)
    reference = file.refer(path, file.scan.span(call)[0]) if path else None
    return reference is not None and not reference.names.isdisjoint({"warnings.warn", "warnings:warn"})


def read_warn(file: File, call: ast.Call, in_helper: bool) -> Warn:
    """Read a call of ``warnings.warn``."""
    level = _argument(call, "stacklevel")
    stacklevel = 1 if level is None else None
    if isinstance(level, ast.Constant) and isinstance(level.value, int):
        stacklevel = level.value
    category, naming = _category(file, call)
    return Warn(call, category, naming, stacklevel, in_helper)


def mend_warn(file: File, warn: Warn) -> Fix | Refusal:
    """Make a call warn of a deprecation, and point at those who use the module."""
    if warn.hides_arguments:
        return Refusal("star-arguments", "the call does not show which arguments it passes")
    if file.scan.lookup(CATEGORY, file.scan.span(warn.node)[0]) != []:
        return Refusal("name-taken", f"`{CATEGORY}` means something else in this file")
    edits, added = [], ""
    if warn.has_wrong_category:
        if warn.naming is None:
            added += f", category={CATEGORY}"
        else:
            edits.append(_replace(file, warn.naming, CATEGORY))
    if warn.has_wrong_level:
        level, right = _argument(warn.node, "stacklevel"), "3" if warn.in_helper else "2"
        if level is None:
            added += f", stacklevel={right}"
        else:
            edits.append(_replace(file, level, right))
    if added:
        arguments: list[ast.expr | ast.keyword] = [*warn.node.args, *warn.node.keywords]
        end = max(file.scan.span(argument)[1] for argument in arguments)
        edits.append(file.edit(end, end, added))
    return Fix(Applicability.UNSAFE, f"Warn those who use the module, with `{CATEGORY}`", tuple(sorted(edits)))


def _replace(file: File, expression: ast.expr, text: str) -> Edit:
    return file.edit(*file.scan.span(expression), text)


def _argument(call: ast.Call, name: str) -> ast.expr | None:
    if len(call.args) > POSITIONS[name]:
        return call.args[POSITIONS[name]]
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


def _category(file: File, call: ast.Call) -> tuple[str | None, ast.expr | None]:
    """Give the category of a warning and the expression that names it: an argument, or the class of the message."""
    naming = _argument(call, "category")
    if naming is not None:
        return last_name(naming), naming
    message = _argument(call, "message")
    if isinstance(message, ast.Call) and last_name(message) not in TEXT_MAKERS:
        return last_name(message), message.func
    if isinstance(message, ast.Name):
        bindings = file.scan.lookup(message.id, file.scan.span(message)[0]) or []
        message = bindings[0].value if len(bindings) == 1 else None
    is_text = isinstance(message, TEXTS) or (isinstance(message, ast.Call) and last_name(message) in TEXT_MAKERS)
    return (DEFAULT if is_text else None), None
