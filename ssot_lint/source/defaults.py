"""Containers that are defaults of parameters, and so the same in all calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.source.containers import changed, container_word, without_items
from ssot_lint.source.places import enclosing_definitions
from ssot_lint.source.scan import Scan
from ssot_lint.source.state import defaults, enclosing_class, functions, own_nodes, stores


@dataclass(frozen=True, eq=False)
class Default:
    """A container that is the default of the ``parameter`` of a ``function``, and is changed or kept by it."""

    parameter: str
    function: str
    made: str
    node: ast.expr
    owner: ast.ClassDef | None


def kept_defaults(scan: Scan) -> Iterator[Default]:
    """Give the defaults of parameters that all calls share, where the function changes them or passes them on."""
    for statement, node, _ in functions(scan):
        name = ".".join([*reversed(list(enclosing_definitions(statement))), node.name])
        for parameter, default in defaults(node.args):
            made = container_word(default)
            nodes = list(own_nodes(node)) if made is not None else []
            if made is not None and not _is_rebound(nodes, parameter) and any(_keeps(i, parameter) for i in nodes):
                yield Default(parameter, name, made, default, enclosing_class(statement.scope))


def _is_rebound(nodes: list[ast.AST], parameter: str) -> bool:
    """Whether the function gives another value to ``parameter``, a copy most likely."""
    return any(_is_name(one.target, parameter) for node in nodes for one in stores(node))


def _keeps(node: ast.AST, parameter: str) -> bool:
    """Whether ``node`` changes what ``parameter`` holds, puts it into an object, or gives it back."""
    if isinstance(node, ast.Return):
        return _is_name(node.value, parameter)
    if any(_is_name(without_items(target), parameter) for target, _, _ in changed(node)):
        return True
    return any(_is_name(one.value, parameter) and not isinstance(one.target, ast.Name) for one in stores(node))


def _is_name(node: ast.expr | None, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
