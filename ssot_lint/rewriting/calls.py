"""Rewrites of a call so that it goes to a factory: its arguments, its ``await``, the import of the factory."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ssot_lint.file import File, Reference, ast_path, plain
from ssot_lint.model import Applicability, Edit, Fix, Refusal
from ssot_lint.project import Definition, Signature
from ssot_lint.rewriting.arguments import VARIADIC, Argument, map_arguments
from ssot_lint.rewriting.moves import split
from ssot_lint.rewriting.proof import refused_cycle
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.imports import add_import, add_import_at_top
from ssot_lint.source.places import import_guard, may_await
from ssot_lint.source.replacements import to_edits
from ssot_lint.source.scan import own_expressions
from ssot_lint.source.scopes import Statement

if TYPE_CHECKING:
    import libcst as cst


@dataclass(frozen=True, kw_only=True)
class Factory:
    """What takes the place of a call: the dotted ``name``, how its arguments are found, which ones may be dropped.

    ``is_async`` is for factories that are not in the tree; ``shared`` ones may give an object that exists already.
    """

    name: str
    arguments: Mapping[str, Argument]
    drop: tuple[str, ...] = ()
    is_async: bool | None = None
    shared: bool = False


def call_factory(
    file: File, call: cst.Call, called: Reference, factory: Factory, old: Signature | None
) -> Fix | Refusal:
    """Rewrite ``call``, which calls what ``called`` names, into a call of ``factory``.

    ``old`` is the signature of what is called now, where it is known.
    """
    try:
        definition = _definition(file, factory)
        arguments = map_arguments(file, call, factory.arguments, factory.drop, old)
        _check_signature(definition, factory.name, (*arguments.passed, *arguments.added))
        name, import_edits = _import_factory(file, call, called, factory.name)
        await_edits = _await(file, call, factory, definition)
    except Refused as refused:
        return refused.refusal
    edits = [*arguments.edits, *import_edits, *await_edits, file.edit(*file.span(call.func), name)]
    safe = not arguments.added and not factory.shared
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Fix(applicability, f"get it from {split(factory.name)[1]}", tuple(sorted(edits, key=_in_text)))


def _in_text(edit: Edit) -> tuple[int, int, int, int]:
    """Sort by place alone: insertions at one place keep their order."""
    start, end = edit.range.start, edit.range.end
    return start.row, start.column, end.row, end.column


def _definition(file: File, factory: Factory) -> Definition | None:
    resolution = file.project.resolve(factory.name)
    if resolution.status == "missing":
        raise Refused("target-missing", f"{factory.name} does not exist")
    definition = file.project.definition(resolution.origin) if resolution.origin else None
    if factory.is_async is None and (definition is None or not definition.certain):
        reason = f"it is not known whether {factory.name} is async; say so with `await` in the rule"
        raise Refused("unknown-factory", reason)
    return definition


def _check_signature(definition: Definition | None, factory: str, passed: tuple[str, ...]) -> None:
    """Refuse a call of ``factory`` by keywords that Python would refuse."""
    signature = definition.signature if definition else None
    if signature is None:
        return
    named = {parameter.name for parameter in signature.parameters if parameter.kind in ("positional", "keyword-only")}
    anything = any(parameter.kind == "var-keyword" for parameter in signature.parameters)
    for name in passed:
        if name not in named and not anything:
            raise Refused("unknown-argument", f"{factory} takes no argument '{name}'")
    for parameter in signature.parameters:
        if parameter.required and parameter.name not in passed and parameter.kind not in VARIADIC:
            raise Refused("missing-argument", f"{factory} needs an argument '{parameter.name}', which nothing gives")


def _import_factory(file: File, call: cst.Call, called: Reference, factory: str) -> tuple[str, tuple[Edit, ...]]:
    """Give the name of the factory at the call, and the edits that import it where the class was imported."""
    start, _ = file.span(call)
    known = _known_name(file, file.statement(call), start, factory)
    if known is not None:
        return known, ()
    module, name = split(factory)
    if not file.is_free(name):
        raise Refused("name-taken", f"`{name}` means something else in this file")
    statement = _import_of(file, called)
    if statement is not None and import_guard(statement) is not None:
        raise Refused("guarded-import", "the import of the class is guarded by `except ImportError`")
    refusal = refused_cycle(file, statement or file.scan.block.statements[0], module)
    if refusal is not None:
        raise Refused(refusal.code, refusal.reason)
    if statement is None:
        replacements = add_import_at_top(file.scan, module, name)
    else:
        replacements = add_import(file.scan, statement, module, name)
    return name, to_edits(file.text, replacements)


def _known_name(file: File, statement: Statement, offset: int, factory: str) -> str | None:
    """Give the name by which the file imports ``factory`` already, where ``statement`` can see it at ``offset``."""
    for scope in statement.scope.visible():
        for name, bindings in scope.bindings.items():
            if len(bindings) != 1 or bindings[0].target is None or bindings[0].conditional:
                continue
            if plain(bindings[0].target) == factory and file.scan.lookup(name, offset) == bindings:
                return name
    return None


def _import_of(file: File, called: Reference) -> Statement | None:
    """Give the import through which a called name came, also by way of ``name = Class``."""
    bindings = called.bindings
    while len(bindings) == 1 and bindings[0].kind == "assign":
        path = ast_path(bindings[0].value)
        bindings = tuple(file.scan.lookup(path[0], bindings[0].statement.start) or ()) if path else ()
    found = bindings[0] if len(bindings) == 1 else None
    return found.statement if found is not None and found.kind in ("import", "from") else None


def _await(file: File, call: cst.Call, factory: Factory, definition: Definition | None) -> list[Edit]:
    """Give the edits that write ``await``, in parentheses where something follows that binds more tightly."""
    is_async = definition is not None and definition.is_async if factory.is_async is None else factory.is_async
    if not is_async:
        return []
    start, end = file.span(call)
    statement = file.statement(call)
    if not may_await(file.scan, statement, start):
        raise Refused("not-in-async", f"{factory.name} is async, and this is no place for `await`")
    parent = _parent(file, statement, (start, end))
    if isinstance(parent, ast.Await):
        return []
    if parent is None:
        return [file.edit(start, start, "await ")]
    return [file.edit(start, start, "(await "), file.edit(end, end, ")")]


def _parent(file: File, statement: Statement, span: tuple[int, int]) -> ast.AST | None:
    """Give the expression of which the call is the head: ``call.x``, ``call[...]``, ``call()``, ``await call``."""
    for expression in own_expressions(statement.node):
        for node in ast.walk(expression):
            if not isinstance(node, (ast.Attribute, ast.Subscript, ast.Call, ast.Await, ast.BinOp)):
                continue
            head: Any = getattr(node, "func", getattr(node, "value", getattr(node, "left", None)))
            if isinstance(head, ast.Call) and file.scan.span(head) == span:
                return node
    return None
