"""Names in a file for what a rewrite needs: one that is there already, or one that is free."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from ssot_lint.file import File, plain
from ssot_lint.model import Refusal
from ssot_lint.project import Project
from ssot_lint.source.scan import own_expressions
from ssot_lint.source.scopes import Binding, Scope, Statement

SHOWN = re.compile(r"=\s*[!:}]")
"""What stands in a string that shows the code of an expression with its value."""


def split(name: str) -> tuple[str, str]:
    """Give module and last name of a dotted name: ``("a.b", "c")`` for ``a.b.c`` and ``a.b:c``."""
    module, _, last = plain(name).rpartition(".")
    return module, last


def importable(project: Project, name: str) -> tuple[str, str]:
    """Give what an import can bring of a dotted name, and the attributes that are left: ``a.C`` and ``m`` of ``a.C.m``.

    Where the module cannot be found, ``a:C.m`` says where its name ends; else it is all but the last part.
    """
    module, colon, inner = name.partition(":")
    if colon:
        first, _, rest = inner.partition(".")
        return f"{module}.{first}", rest
    parts = name.split(".")
    for depth in range(len(parts) - 1, 0, -1):
        if project.summary(".".join(parts[:depth])) is not None:
            return ".".join(parts[: depth + 1]), ".".join(parts[depth + 1 :])
    return name, ""


def living(project: Project, name: str, others: Iterable[str]) -> str:
    """Give the one of ``others`` that is there under the last name of ``name``, if that is gone; else ``name``.

    So what is said of a call stays the same when the import of what is gone moves to where it is now.
    """
    if project.resolve(name).origin is not None:
        return name
    for other in others:
        inner = plain(other)[len(split(importable(project, other)[0])[0]) :]
        if plain(name).endswith(inner) and project.resolve(other).origin is not None:
            return other
    return name


def runs_later(statement: Statement) -> bool:
    """Tell whether ``statement`` runs in a function, so after the import of its module."""
    scope = statement.scope
    while scope.parent is not None and scope.kind != "function":
        scope = scope.parent
    return scope.kind == "function"


def is_late(file: File, offset: int) -> bool:
    """Tell whether what stands at ``offset`` runs after the import of its module: in a function or a lambda."""
    statement = file.scan.statement_at(offset)
    return statement is None or runs_later(statement) or bool(_around(file, statement, offset, ast.Lambda))


def is_shown(file: File, offset: int) -> bool:
    """Tell whether the code at ``offset`` may be shown as it is written: by ``f"{name=}"``."""
    statement = file.scan.statement_at(offset)
    strings = _around(file, statement, offset, ast.JoinedStr) if statement else []
    return any(SHOWN.search(file.text.string[slice(*file.scan.span(string))]) for string in strings)


def is_pattern(file: File, offset: int) -> bool:
    """Tell whether what stands at ``offset`` is a pattern that compares with a value: ``case a.b:``."""
    statement = file.scan.statement_at(offset)
    cases = statement.node.cases if statement and isinstance(statement.node, ast.Match) else []
    values = (node.value for case in cases for node in ast.walk(case.pattern) if isinstance(node, ast.MatchValue))
    return any(file.scan.span(value)[0] == offset for value in values)


def _around(file: File, statement: Statement, offset: int, kind: type[ast.expr]) -> list[ast.expr]:
    """Give the expressions of a kind that are the statement's own and in which ``offset`` lies."""
    nodes = (node for expression in own_expressions(statement.node) for node in ast.walk(expression))
    found = (node for node in nodes if isinstance(node, kind))
    return [node for node in found if file.scan.span(node)[0] <= offset < file.scan.span(node)[1]]


def known_name(file: File, offset: int, wanted: str, beside: Statement | None = None) -> str | None:
    """Give the name under which what the dotted name ``wanted`` stands for is bound already where ``offset`` sees it.

    Only bindings count that come before, whatever happens or whenever the statement ``beside`` runs.
    """
    statement = file.scan.statement_at(offset)
    for scope in statement.scope.visible() if statement else ():
        for name, bindings in scope.bindings.items():
            is_certain = len(bindings) == 1 and _is_before(bindings[0], offset, beside)
            if is_certain and _stands_for(file, bindings[0], wanted) and file.scan.lookup(name, offset) == bindings:
                return name
    return None


def _is_before(binding: Binding, offset: int, beside: Statement | None) -> bool:
    if binding.conditional and not (beside and binding.statement.block is beside.block):
        return False
    # A function or class need not have come to its end: it may well use itself.
    is_definition = binding.kind in ("function", "class")
    return (binding.statement.start if is_definition else binding.statement.end) <= offset


def _stands_for(file: File, binding: Binding, wanted: str) -> bool:
    last = split(wanted)[1]
    if binding.kind in ("function", "class"):
        return binding.name == last and file.module is not None and f"{file.module}.{last}" == plain(wanted)
    if binding.target is None:
        return False
    origin = file.project.resolve(wanted).origin
    return plain(binding.target) == plain(wanted) or (
        origin is not None and file.project.resolve(binding.target).origin == origin
    )


def refused_name(file: File, statement: Statement, name: str, offset: int | None = None) -> Refusal | None:
    """Say why ``name`` must not be bound by an import beside ``statement`` where it has not been bound before.

    Where it is to be used at ``offset`` alone, it may mean something else in scopes that have nothing to do with that.
    """
    if statement.scope.kind == "class":
        return Refusal("class-scope", f"imported here, `{name}` would become an attribute of the class")
    if not file.is_free(name) and (offset is None or not _is_apart(file, statement.scope, name, offset)):
        return Refusal("name-taken", f"`{name}` means something else in this file")
    if statement.scope.kind == "module" and _is_captured(file, name):
        return Refusal("name-taken", f"`{name}` would come to those who import all names from this module")
    return None


def _is_apart(file: File, scope: Scope, name: str, offset: int) -> bool:
    """Whether ``name`` means something in other scopes only: none that sees ``scope``, nor one seen from ``offset``."""
    scopes = {id(statement.scope): statement.scope for statement in file.scan.statements}.values()
    if any(name in other.outer for other in scopes) or name in scope.bindings:
        return False
    # What is bound nowhere would be captured by a module, and may be by a function.
    uses = (use for use in file.uses if use.path[0] == name)
    return file.scan.lookup(name, offset) == [] and all(file.scan.lookup(name, use.start) for use in uses)


def _is_captured(file: File, name: str) -> bool:
    """Whether another file that speaks of ``name`` may import all names of this one."""
    summary = file.project.summary(file.module) if file.module else None
    if summary is None or name.startswith("_") or summary.exports is not None:
        return False
    star = re.compile(rb"\b%b\s+import\s*\(?\s*\*" % summary.module.rpartition(".")[2].encode())
    paths = file.project.mentions("import *", name)
    return any(path != file.path and star.search(file.project.read(path) or b"") for path in paths)
