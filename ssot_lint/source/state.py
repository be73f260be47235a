"""State that outlives a call: what modules and classes hold, and where functions put something into it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.source.places import last_name
from ssot_lint.source.scan import DEFINITIONS, FUNCTIONS, Scan
from ssot_lint.source.scopes import Scope, Statement

Function = ast.FunctionDef | ast.AsyncFunctionDef
CLASS_ITSELF = frozenset({"__class__", "type"})


@dataclass(frozen=True, eq=False)
class Stored:
    """``value`` is put at ``target``, in a function or outside; ``node`` is what does it."""

    target: ast.expr
    value: ast.expr
    node: ast.AST


def outer_statements(scan: Scan) -> Iterator[Statement]:
    """Give the statements that run when the module is imported: all but those in functions, in order."""
    waiting = [iter(scan.block.statements)]
    while waiting:
        statement = next(waiting[-1], None)
        if statement is None:
            waiting.pop()
            continue
        yield statement
        if not isinstance(statement.node, FUNCTIONS):
            waiting.extend(iter(block.statements) for block in reversed(statement.blocks))


def functions(scan: Scan) -> Iterator[tuple[Statement, Function, Scope]]:
    """Give every function of a file with its scope, methods and inner functions included."""
    for statement in scan.statements:
        if isinstance(statement.node, FUNCTIONS):
            yield statement, statement.node, scan.inner[id(statement.node)]


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """Give what runs when ``function`` is called: its body, but for the functions and classes defined in it."""
    waiting: list[ast.AST] = [*reversed(function.body)]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*DEFINITIONS, ast.Lambda)):
            waiting.extend(reversed(list(ast.iter_child_nodes(node))))


def own_statements(function: Function) -> Iterator[ast.stmt]:
    """Give the statements that run when ``function`` is called, but for those of functions and classes in it."""
    waiting: list[ast.AST] = [*reversed(function.body)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, DEFINITIONS):
            for part in ("cases", "finalbody", "orelse", "handlers", "body"):
                waiting.extend(reversed(getattr(node, part, None) or ()))


def stores(node: ast.AST) -> Iterator[Stored]:
    """Give what ``node``, a statement or ``:=`` or call, puts where; ``setattr`` and ``setdefault`` put, too."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _unpacked(target, node.value, node)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        yield Stored(node.target, node.value, node)
    elif isinstance(node, ast.Call):
        yield from _called_store(node)


def _unpacked(target: ast.expr, value: ast.expr, node: ast.AST) -> Iterator[Stored]:
    """Take ``a, b = x, y`` apart."""
    displays = (ast.Tuple, ast.List)
    if isinstance(target, displays) and isinstance(value, displays):
        for left, right in zip(target.elts, value.elts, strict=False):
            if isinstance(left, ast.Starred) or isinstance(right, ast.Starred):
                return
            yield from _unpacked(left, right, node)
    elif not isinstance(target, displays):
        yield Stored(target, value, node)


def _called_store(call: ast.Call) -> Iterator[Stored]:
    name = last_name(call)
    if isinstance(call.func, ast.Name) and name == "setattr" and len(call.args) == 3:
        attribute = call.args[1]
        if isinstance(attribute, ast.Constant) and isinstance(attribute.value, str):
            target = ast.Attribute(call.args[0], attribute.value, ast.Store())
            yield Stored(ast.copy_location(target, call), call.args[2], call)
    elif isinstance(call.func, ast.Attribute) and name == "setdefault" and len(call.args) == 2:
        target_item = ast.Subscript(call.func.value, call.args[0], ast.Store())
        yield Stored(ast.copy_location(target_item, call), call.args[1], call)
    elif isinstance(call.func, ast.Attribute) and name == "update" and is_namespace(call.func.value):
        for keyword in call.keywords:
            if keyword.arg:
                key = ast.copy_location(ast.Constant(keyword.arg), call)
                item = ast.copy_location(ast.Subscript(call.func.value, key, ast.Store()), call)
                yield Stored(item, keyword.value, call)


def is_namespace(node: ast.expr) -> bool:
    """Whether ``node`` is ``globals()``, the names of the module."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "globals"


def calls_made(value: ast.expr, *, nested: bool = False) -> Iterator[ast.Call]:
    """Give the calls of which one makes ``value``; with ``nested``, also those that make what it holds.

    That is what is in a display, and what is given to ``partial``.
    """
    if isinstance(value, ast.Call):
        yield value
    for part in (*_choices(value), *(_held(value) if nested else ())):
        yield from calls_made(part, nested=nested)


def _choices(value: ast.expr) -> list[ast.expr]:
    """Give the expressions of which one gives the value of another one."""
    if isinstance(value, ast.IfExp):
        return [value.body, value.orelse]
    if isinstance(value, ast.BoolOp):
        return value.values
    return [value.value] if isinstance(value, (ast.Await, ast.NamedExpr)) else []


def _held(value: ast.expr) -> list[ast.expr]:
    """Give what ``value`` holds, as far as that is written there."""
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return value.elts
    if isinstance(value, ast.Dict):
        return value.values
    if isinstance(value, ast.Call) and last_name(value) == "partial":
        return [*value.args, *(keyword.value for keyword in value.keywords)]
    return [value.value] if isinstance(value, ast.Starred) else []


def is_class_reference(node: ast.expr, names: frozenset[str]) -> bool:
    """Whether ``node`` stands for a class called by one of ``names``: so, or as ``type(self)``, ``self.__class__``."""
    if isinstance(node, ast.Name):
        return node.id in names
    if isinstance(node, ast.Attribute):
        return node.attr == "__class__"
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "type"


def enclosing_class(scope: Scope | None) -> ast.ClassDef | None:
    """Give the innermost class in whose body, or in a function of which, ``scope`` is."""
    while scope is not None:
        if scope.kind == "class" and scope.owner is not None and isinstance(scope.owner.node, ast.ClassDef):
            return scope.owner.node
        scope = scope.parent
    return None


def first_parameter(function: Function) -> str | None:
    """Give the name of the first positional parameter of a function: ``self`` or ``cls`` of a method."""
    plain = [*function.args.posonlyargs, *function.args.args]
    return plain[0].arg if plain else None


def decorator_names(node: ast.stmt) -> set[str]:
    """Give the last names of the decorators of a function or class."""
    return {name for name in map(last_name, getattr(node, "decorator_list", [])) if name}


def defaults(arguments: ast.arguments) -> Iterator[tuple[str, ast.expr]]:
    """Give each parameter that has a default, with it."""
    plain = [*arguments.posonlyargs, *arguments.args]
    if arguments.defaults:
        for argument, default in zip(plain[-len(arguments.defaults) :], arguments.defaults, strict=True):
            yield argument.arg, default
    for argument, keyword_default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        if keyword_default is not None:
            yield argument.arg, keyword_default
