"""Names in a file for what a rewrite needs: one that is there already, or one that is free."""

from __future__ import annotations

import ast

from ssot_lint.file import File, plain
from ssot_lint.model import Refusal
from ssot_lint.source.scan import own_expressions
from ssot_lint.source.scopes import Binding, Statement


def split(name: str) -> tuple[str, str]:
    """Give module and last name of a dotted name: ``("a.b", "c")`` for ``a.b.c`` and ``a.b:c``."""
    module, _, last = plain(name).rpartition(".")
    return module, last


def runs_later(statement: Statement) -> bool:
    """Tell whether ``statement`` runs in a function, so after the import of its module."""
    scope = statement.scope
    while scope.parent is not None and scope.kind != "function":
        scope = scope.parent
    return scope.kind == "function"


def is_late(file: File, offset: int) -> bool:
    """Tell whether what stands at ``offset`` runs after the import of its module: in a function or a lambda."""
    statement = file.scan.statement_at(offset)
    if statement is None or runs_later(statement):
        return True
    return any(
        isinstance(node, ast.Lambda) and file.scan.span(node)[0] <= offset < file.scan.span(node)[1]
        for expression in own_expressions(statement.node)
        for node in ast.walk(expression)
    )


def known_name(file: File, offset: int, wanted: str) -> str | None:
    """Give the name under which what the dotted name ``wanted`` stands for is bound already where ``offset`` sees it.

    Only bindings that come before, whatever happens, count.
    """
    statement = file.scan.statement_at(offset)
    for scope in statement.scope.visible() if statement else ():
        for name, bindings in scope.bindings.items():
            is_certain = len(bindings) == 1 and _is_before(bindings[0], offset)
            if is_certain and _stands_for(file, bindings[0], wanted) and file.scan.lookup(name, offset) == bindings:
                return name
    return None


def _is_before(binding: Binding, offset: int) -> bool:
    if binding.kind in ("function", "class"):
        # It need not have come to its end: a function may well call itself.
        return not binding.conditional and binding.statement.start <= offset
    return not binding.conditional and binding.statement.end <= offset


def _stands_for(file: File, binding: Binding, wanted: str) -> bool:
    last = split(wanted)[1]
    if binding.kind in ("function", "class"):
        return binding.name == last and file.module is not None and f"{file.module}.{last}" == plain(wanted)
    if binding.target is None or last not in (binding.name, split(binding.target)[1]):
        return False
    origin = file.project.resolve(wanted).origin
    return plain(binding.target) == plain(wanted) or (
        origin is not None and file.project.resolve(binding.target).origin == origin
    )


def refused_name(file: File, statement: Statement, name: str) -> Refusal | None:
    """Say why ``name`` must not be bound by an import beside ``statement`` where it has not been bound before."""
    if statement.scope.kind == "class":
        return Refusal("class-scope", f"imported here, `{name}` would become an attribute of the class")
    if not file.is_free(name):
        return Refusal("name-taken", f"`{name}` means something else in this file")
    if statement.scope.kind == "module" and _is_captured(file, name):
        return Refusal("name-taken", f"`{name}` would come to those who import all names from this module")
    return None


def _is_captured(file: File, name: str) -> bool:
    """Whether another file that speaks of ``name`` may import all names of this one."""
    summary = file.project.summary(file.module) if file.module else None
    if summary is None or name.startswith("_") or summary.exports is not None:
        return False
    importers = file.project.mentions("import *", name)
    last = summary.module.rpartition(".")[2].encode()
    return any(path != file.path and last in (file.project.read(path) or b"") for path in importers)
