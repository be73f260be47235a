"""What a function may be given when it is called, by its parameters."""

from __future__ import annotations

import ast
import re

from ssot_lint.rewriting.outcomes import DEFAULT, UNBOUND, VALUE, Outcomes
from ssot_lint.source.places import last_name
from ssot_lint.source.scan import FUNCTIONS
from ssot_lint.source.scopes import Statement

SAYS_NONE = re.compile(r"\bNone\b|\bOptional\[")


def given(arguments: ast.arguments, name: str) -> Outcomes:
    """Give what the parameter ``name`` may be given; nothing of use for ``*a``, ``**a`` and what is no parameter."""
    plain = [*arguments.posonlyargs, *arguments.args]
    required: list[ast.expr | None] = [None] * (len(plain) - len(arguments.defaults))
    defaults = [*required, *arguments.defaults, *arguments.kw_defaults]
    for parameter, default in zip([*plain, *arguments.kwonlyargs], defaults, strict=True):
        if parameter.arg == name:
            is_none = isinstance(default, ast.Constant) and default.value is None
            return DEFAULT if is_none or is_optional(parameter.annotation) else VALUE
    return UNBOUND


def is_optional(annotation: ast.expr | None) -> bool:
    """Tell whether an annotation says ``None``, alone or besides something else."""
    if isinstance(annotation, ast.Constant):
        text = annotation.value
        return text is None or (isinstance(text, str) and SAYS_NONE.search(text) is not None)
    if isinstance(annotation, ast.BinOp):
        return is_optional(annotation.left) or is_optional(annotation.right)
    if isinstance(annotation, ast.Subscript):
        types = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else []
        name = last_name(annotation.value)
        return name == "Optional" or (name == "Union" and any(map(is_optional, types)))
    return False


def is_self(method: Statement, name: str) -> bool:
    """Tell whether ``name`` is the first parameter of a method that is called on an instance."""
    node = method.node
    if not isinstance(node, FUNCTIONS) or method.scope.kind != "class":
        return False
    first = next(iter([*node.args.posonlyargs, *node.args.args]), None)
    is_bound = not any(last_name(decorator) in ("staticmethod", "classmethod") for decorator in node.decorator_list)
    return first is not None and first.arg == name and is_bound
