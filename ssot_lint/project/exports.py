"""What a module says of its names as a whole: ``__all__``, and tricks after which nothing is known to be missing."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ssot_lint.project.facts import chain
from ssot_lint.source.scan import DEFINITIONS, Scan

NAME = "__all__"
HARMLESS_METHODS = frozenset({"get", "keys", "values", "items", "copy", "__contains__", "__getitem__"})
HARMLESS_FUNCTIONS = frozenset({"dict", "list", "sorted", "set", "tuple", "len", "iter", "frozenset", "repr", "str"})

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
    if isinstance(expression, (ast.List, ast.Tuple, ast.Set)):
        for element in expression.elts:
            if isinstance(element, ast.Starred):
                yield from _items(element.value, names, refer)
            else:
                yield _string(element)
    elif isinstance(expression, ast.BinOp) and isinstance(expression.op, ast.Add):
        yield from _items(expression.left, names, refer)
        yield from _items(expression.right, names, refer)
    elif isinstance(expression, ast.Call) and _is_copy(expression):
        yield from _items(expression.args[0], names, refer)
    elif _is_all(expression):
        yield from names
    else:
        module = refer(expression)
        if module is None:
            raise _Computed
        yield f"{module}:*"


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


def tricks(scan: Scan) -> frozenset[str]:
    """Tell how a module binds names that no statement of it shows.

    ``globals``: through the dictionary of the module, or by code made at run time; ``replaced``: by putting something
    else in its own place; ``path``: by making submodules that have no file.
    """
    source = scan.text.string
    if not any(
        word in source for word in ("globals(", "vars(", "exec(", "locals(", "sys.modules", "__dict__", "setattr(")
    ):
        return frozenset()
    return frozenset(_tricks(scan.tree, at_module_level=True, harmless=False))


def _tricks(node: ast.AST, at_module_level: bool, harmless: bool) -> Iterator[str]:
    if isinstance(node, ast.Call):
        yield from _call_tricks(node, at_module_level, harmless)
    elif isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, (ast.Store, ast.Del)):
        yield from _store_tricks(node)
    inside = at_module_level and not isinstance(node, (*DEFINITIONS, ast.Lambda))
    for child in ast.iter_child_nodes(node):
        yield from _tricks(child, inside, _only_reads(node, child))


def _only_reads(node: ast.AST, child: ast.AST) -> bool:
    """Whether ``node`` only reads the dictionary that ``child`` may be."""
    if isinstance(node, ast.Attribute):
        return node.attr in HARMLESS_METHODS
    if isinstance(node, ast.Subscript):
        return child is node.value and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Call):
        return child is not node.func and isinstance(node.func, ast.Name) and node.func.id in HARMLESS_FUNCTIONS
    return isinstance(node, (ast.Compare, ast.For, ast.comprehension, ast.FormattedValue, ast.Expr))


def _call_tricks(node: ast.Call, at_module_level: bool, harmless: bool) -> Iterator[str]:
    name = ".".join(chain(node.func))
    if name == "globals" or (name in ("vars", "locals") and at_module_level and not node.args):
        if not harmless:
            yield "globals"
    elif name == "exec":
        if at_module_level and len(node.args) < 2:
            yield "globals"
    elif name in ("setattr", "vars", "delattr"):
        if node.args and _is_own_module(node.args[0]):
            yield "globals"
    elif name in ("sys.modules.update", "sys.modules.setdefault") and at_module_level:
        yield "path"


def _store_tricks(node: ast.Subscript | ast.Attribute) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and chain(node.value) == ["sys", "modules"]:
        yield "replaced" if chain(node.slice) == ["__name__"] else "path"
    elif _is_own_module(node.value):
        yield "globals"


def _is_own_module(expression: ast.expr) -> bool:
    """Whether ``expression`` is ``sys.modules[__name__]``, or its ``__dict__``."""
    if isinstance(expression, ast.Attribute) and expression.attr == "__dict__":
        expression = expression.value
    return (
        isinstance(expression, ast.Subscript)
        and chain(expression.value) == ["sys", "modules"]
        and chain(expression.slice) == ["__name__"]
    )
