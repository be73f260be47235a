"""What a module says that it exports: ``__all__``, as far as it can be told without running it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ssot_lint.project.facts import chain
from ssot_lint.source.scan import DEFINITIONS

NAME = "__all__"

Refer = Callable[[ast.expr], str | None]


@dataclass(frozen=True)
class Exports:
    """``__all__``, with ``module:*`` for that of another module; ``names`` is ``None`` if it is made at run time."""

    names: tuple[str, ...] | None


class _Computed(Exception):
    """``__all__`` is made in a way that only running it can tell."""


def read(tree: ast.Module, refer: Refer) -> Exports | None:
    """Give what ``tree`` makes of ``__all__``; ``None`` if it does not mention it as a target.

    ``refer`` gives the module of which an expression is ``__all__``.
    """
    names: list[str] | None = None
    try:
        for statement in tree.body:
            if isinstance(statement, DEFINITIONS):
                continue
            change = _change(statement, names or [], refer)
            names = change if change is not None else names
    except _Computed:
        return Exports(None)
    return None if names is None else Exports(tuple(dict.fromkeys(names)))


def _change(statement: ast.stmt, names: list[str], refer: Refer) -> list[str] | None:
    """Give ``__all__`` after ``statement``; ``None`` if that leaves it alone."""
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        if any(_is_all(target) for target in targets):
            return list(_items(statement.value, names, refer))
    elif isinstance(statement, ast.AugAssign) and _is_all(statement.target):
        if not isinstance(statement.op, ast.Add):
            raise _Computed
        return [*names, *_items(statement.value, names, refer)]
    elif isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        function = statement.value.func
        if isinstance(function, ast.Attribute) and _is_all(function.value):
            return _call(function.attr, statement.value.args, names, refer)
    if any(_touches(node) for node in ast.walk(statement)):
        raise _Computed
    return None


def _call(method: str, arguments: list[ast.expr], names: list[str], refer: Refer) -> list[str]:
    if method == "extend" and len(arguments) == 1:
        return [*names, *_items(arguments[0], names, refer)]
    if method in ("append", "remove") and len(arguments) == 1:
        item = _string(arguments[0])
        return [*names, item] if method == "append" else [name for name in names if name != item]
    if method == "sort":
        return names
    raise _Computed


def _items(expression: ast.expr, names: list[str], refer: Refer) -> Iterator[str]:
    waiting = [expression]
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.BinOp) and isinstance(item.op, ast.Add):
            waiting.extend((item.right, item.left))
        elif isinstance(item, (ast.List, ast.Tuple, ast.Set)):
            for element in item.elts:
                if isinstance(element, ast.Starred):
                    yield from _items(element.value, names, refer)
                else:
                    yield _string(element)
        elif isinstance(item, ast.Call) and _is_copy(item):
            waiting.append(item.args[0])
        elif _is_all(item):
            yield from names
        else:
            yield f"{_owner(item, refer)}:*"


def _owner(expression: ast.expr, refer: Refer) -> str:
    module = refer(expression)
    if module is None:
        raise _Computed
    return module


def _is_copy(call: ast.Call) -> bool:
    return chain(call.func) in (["list"], ["tuple"], ["sorted"], ["set"]) and len(call.args) == 1


def _string(expression: ast.expr) -> str:
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return expression.value
    raise _Computed


def _is_all(expression: ast.AST) -> bool:
    return isinstance(expression, ast.Name) and expression.id == NAME


def _touches(node: ast.AST) -> bool:
    """Whether ``node`` may change ``__all__``: it is assigned, or handed to something."""
    if isinstance(node, ast.Name):
        return node.id == NAME and isinstance(node.ctx, (ast.Store, ast.Del))
    return isinstance(node, ast.Attribute) and _is_all(node.value) and node.attr not in ("index", "count", "copy")


def owner(target: str) -> str | None:
    """Give the module of whose ``__all__`` ``target`` is the name, if it is one."""
    module, _, name = target.replace(":", ".").rpartition(".")
    return module if name == NAME else None
