"""What code uses as keys and identifiers, and of what they are made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ssot_lint.source.places import last_name
from ssot_lint.source.scan import Scan, own_expressions
from ssot_lint.source.scopes import Statement
from ssot_lint.source.state import defaults, stores

Source = Literal["address", "random"]
KEYED_METHODS = frozenset({"get", "setdefault", "pop", "add", "discard", "remove", "__getitem__", "__setitem__"})
WRITERS = frozenset({
    "debug", "info", "warning", "warn", "error", "exception", "critical", "log", "print", "format_exc", "trace",
})  # fmt: skip
"""What is called to tell somebody something."""
WRAPPERS = frozenset(
    {
        "str",
        "int",
        "format",
        "hex",
        "abs",
        "encode",
        "decode",
        "lower",
        "upper",
        "replace",
        "join",
        "total_seconds",
        "timestamp",
        "isoformat",
        "strftime",
    }
)
CLOCKS = frozenset({
    ("time", "time"), ("time", "time_ns"), ("time", "monotonic"), ("time", "perf_counter"), ("datetime", "now"),
    ("datetime", "utcnow"), ("datetime", "datetime", "now"), ("datetime", "datetime", "utcnow"),
})  # fmt: skip
UUIDS = frozenset({"uuid1", "uuid4"})
OBJECTS = frozenset({"self", "websocket", "connection", "conn", "socket", "request", "session", "context"})
"""Names of objects that have no text of their own."""


@dataclass(frozen=True, eq=False)
class Named:
    """An expression that is given to what is called ``name``: a variable, attribute, parameter or item."""

    name: str
    value: ast.expr
    node: ast.expr


def named(statement: Statement) -> Iterator[Named]:
    """Give what the expressions of a statement give a name, but for what is only told to somebody."""
    node = statement.node
    for stored in stores(node):
        name = _name_of(stored.target)
        if name is not None:
            yield Named(name, stored.value, stored.target)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        for parameter, default in defaults(node.args):
            yield Named(parameter, default, default)
    for expression in own_expressions(node):
        for part in told_apart(expression):
            yield from _given(part)


def _given(part: ast.AST) -> Iterator[Named]:
    """Give what a part of an expression gives a name."""
    if isinstance(part, ast.keyword) and part.arg:
        yield Named(part.arg, part.value, part.value)
    elif isinstance(part, ast.NamedExpr):
        yield Named(part.target.id, part.value, part.target)
    elif isinstance(part, ast.Dict):
        for key, value in zip(part.keys, part.values, strict=True):
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield Named(key.value, value, value)


def _name_of(target: ast.expr) -> str | None:
    if isinstance(target, ast.Subscript):
        key = target.slice
        return key.value if isinstance(key, ast.Constant) and isinstance(key.value, str) else None
    return last_name(target) if isinstance(target, (ast.Name, ast.Attribute)) else None


def told_apart(expression: ast.expr) -> Iterator[ast.AST]:
    """Give what an expression consists of, without what is only written to a log or the screen."""
    waiting: list[ast.AST] = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        if not (isinstance(node, ast.Call) and last_name(node) in WRITERS):
            waiting.extend(ast.iter_child_nodes(node))


@dataclass(frozen=True, eq=False)
class Keyed:
    """A ``key`` by which something in ``container`` is found or put there."""

    container: ast.expr
    key: ast.expr


def keyed(statement: Statement) -> Iterator[Keyed]:
    """Give the keys that the expressions of a statement use."""
    for expression in own_expressions(statement.node):
        for node in told_apart(expression):
            if isinstance(node, ast.Subscript):
                yield Keyed(node.value, node.slice)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                if node.func.attr in KEYED_METHODS:
                    yield Keyed(node.func.value, node.args[0])
            elif isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.In, ast.NotIn)):
                yield Keyed(node.comparators[0], node.left)


def unstable(scan: Scan, value: ast.expr) -> tuple[str, Source] | None:
    """Say of what ``value`` is made, if that is another thing each time or in each process."""
    return next(sources(scan, value), None)


def sources(scan: Scan, value: ast.expr) -> Iterator[tuple[str, Source]]:
    """Give all of which ``value`` is made that is another thing each time or in each process."""
    waiting = [value]
    while waiting:
        node = waiting.pop()
        source = _source(scan, node) if isinstance(node, ast.Call) else None
        if source is not None:
            yield source
        else:
            waiting.extend(_handed_on(node) if isinstance(node, ast.Call) else _parts(node))


def _handed_on(call: ast.Call) -> list[ast.expr]:
    """Give what a call gives back in another form: ``str(x)``, ``x.encode()``, ``UserId(x)``, ``d.get(k, x)``."""
    name = last_name(call) or ""
    if name in ("get", "pop", "getattr"):
        return call.args[1:]
    if name in WRAPPERS and isinstance(call.func, ast.Attribute):
        return [*call.args, call.func.value]
    return call.args if name in WRAPPERS or name[:1].isupper() else []


def _parts(node: ast.expr) -> list[ast.expr]:
    """Give the expressions of which the value of ``node`` is made."""
    if isinstance(node, ast.JoinedStr):
        return [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
    if isinstance(node, ast.BinOp):
        return [node.left, node.right]
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.Tuple):
        return node.elts
    return [node.value] if isinstance(node, (ast.Attribute, ast.Subscript, ast.NamedExpr)) else []


def _source(scan: Scan, call: ast.Call) -> tuple[str, Source] | None:
    if isinstance(call.func, ast.Name) and len(call.args) == 1 and call.func.id in ("id", "hash", "repr", "str"):
        is_object = isinstance(call.args[0], ast.Name) and call.args[0].id in OBJECTS
        is_own = bool(scan.lookup(call.func.id, scan.span(call)[0]))
        return (f"{call.func.id}()", "address") if not is_own and (call.func.id != "str" or is_object) else None
    path = tuple(_path(call.func))
    if path and path[-1] in UUIDS and len(path) <= 2:
        return f"{path[-1]}()", "random"
    if path in CLOCKS or (len(path) == 2 and path[0] == "random"):
        return f"{'.'.join(path)}()", "random"
    return None


def _path(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Attribute):
        inner = _path(node.value)
        return [*inner, node.attr] if inner else []
    return [node.id] if isinstance(node, ast.Name) else []
