"""Tricks by which a module gets names that no statement of it shows, so that nothing is known to be missing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_lint.project.facts import chain
from ssot_lint.project.reader import Source
from ssot_lint.source.scan import DEFINITIONS

WORDS = ("globals(", "vars(", "exec(", "locals(", "modules", "__dict__")
HARMLESS_METHODS = frozenset({"get", "keys", "values", "items", "copy", "__contains__", "__getitem__"})
HARMLESS_FUNCTIONS = frozenset({"dict", "list", "sorted", "set", "tuple", "len", "iter", "frozenset", "repr", "str"})


def tricks(source: Source) -> frozenset[str]:
    """Tell how a module binds names that no statement of it shows.

    ``globals``: through the dictionary of the module, or by code made at run time; ``replaced``: by putting something
    else in its own place; ``path``: by making submodules that have no file.
    """
    if not any(word in source.string for word in WORDS):
        return frozenset()
    return frozenset(_tricks(source.tree))


def _tricks(tree: ast.Module) -> Iterator[str]:
    # No recursion: a sum of a thousand terms is a thousand levels deep.
    waiting: list[tuple[ast.AST, bool, bool]] = [(tree, True, False)]
    while waiting:
        node, at_module_level, harmless = waiting.pop()
        if isinstance(node, ast.Call):
            yield from _call_tricks(node, at_module_level, harmless)
        elif isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, (ast.Store, ast.Del)):
            yield from _store_tricks(node)
        inside = at_module_level and not isinstance(node, (*DEFINITIONS, ast.Lambda))
        waiting.extend((child, inside, _only_reads(node, child)) for child in ast.iter_child_nodes(node))


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
    elif _is_modules_method(node.func):
        yield "path"


def _store_tricks(node: ast.Subscript | ast.Attribute) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and _is_modules(node.value):
        yield "replaced" if chain(node.slice) == ["__name__"] else "path"
    elif _is_own_module(node.value):
        yield "globals"


def _is_own_module(expression: ast.expr) -> bool:
    """Whether ``expression`` is ``sys.modules[__name__]``, or its ``__dict__``."""
    if isinstance(expression, ast.Attribute) and expression.attr == "__dict__":
        expression = expression.value
    return (
        isinstance(expression, ast.Subscript)
        and _is_modules(expression.value)
        and chain(expression.slice) == ["__name__"]
    )


def _is_modules_method(function: ast.expr) -> bool:
    """Whether ``function`` is one that adds to ``sys.modules``."""
    return (
        isinstance(function, ast.Attribute)
        and function.attr in ("update", "setdefault")
        and _is_modules(function.value)
    )


def _is_modules(expression: ast.expr) -> bool:
    """Whether ``expression`` is ``sys.modules``, also where it was imported from there."""
    path = chain(expression)
    return path[-1:] == ["modules"] and (len(path) == 1 or path[-2].endswith("sys"))
