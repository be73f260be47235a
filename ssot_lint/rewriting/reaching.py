"""How a place in a file reaches an object: by a name that is there already, or by an import beside another one."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from ssot_lint.file import File
from ssot_lint.model import Edit, Refusal
from ssot_lint.rewriting.names import known_name, refused_name, split
from ssot_lint.rewriting.proof import refused_cycle
from ssot_lint.source.imports import add_import, add_import_at_top
from ssot_lint.source.places import import_guard
from ssot_lint.source.replacements import to_edits
from ssot_lint.source.scan import Import
from ssot_lint.source.scopes import Statement


@dataclass(frozen=True)
class Reached:
    """The ``name`` to use and the ``edits`` that import it."""

    name: str
    edits: tuple[Edit, ...]


def reach(
    file: File, offset: int, wanted: str, beside: Statement | None, instead_of: str = "", *, apart: bool = False
) -> Reached | Refusal:
    """Make the dotted name ``wanted`` available at ``offset``, if need be by an import ``beside`` a statement.

    Without such a statement that is at the top of the module. ``instead_of`` is the dotted name that an import brings
    there now. Its name may mean something else in scopes ``apart`` from ``offset``, if so asked.
    """
    known = known_name(file, offset, wanted, beside)
    if known is not None:
        return Reached(known, ())
    module, name = split(wanted)
    beside = beside and _meeting_place(file, beside, module)
    statement = beside or file.scan.block.statements[0]
    refusal = refused_cycle(file, statement, module, name, instead_of)
    refusal = refusal or refused_name(file, statement, name, offset if apart else None)
    if refusal is None and import_guard(statement) is not None:
        refusal = Refusal("guarded-import", "the import beside which it belongs is guarded by `except ImportError`")
    if refusal:
        return refusal
    replacements = add_import(file.scan, beside, module, name) if beside else add_import_at_top(file.scan, module, name)
    return Reached(name, to_edits(file.text, replacements))


def _meeting_place(file: File, beside: Statement, module: str) -> Statement:
    """Give, of the imports that stand with ``beside``, that beside which all rewrites import from ``module``.

    So several of them, each beside another import, import a name once. It is one from the module, or else the first
    that shows that the module is found there: what it imports comes from the same import root.
    """
    together = imports_together(file, beside)
    for imported in together:
        if isinstance(imported.node, ast.ImportFrom) and imported.module == module:
            return imported.statement
    root = _import_root(file, module)
    for imported in together:
        names = (alias.name for alias in imported.node.names)
        modules = [imported.module or ""] if isinstance(imported.node, ast.ImportFrom) else names
        if root is not None and root in (_import_root(file, name) for name in modules):
            return imported.statement
    return beside


def imports_together(file: File, beside: Statement) -> list[Import]:
    """Give the imports of the block with nothing but imports between them and ``beside``."""
    together: list[Import] = []
    for statement in beside.block.statements:
        imported = file.import_of(statement)
        if imported is not None:
            together.append(imported)
        elif statement.start > beside.start:
            break
        else:
            together = []
    return together


def _import_root(file: File, module: str) -> str | None:
    """Give the directory below which a module of the project is found."""
    summary = file.project.summary(module)
    if summary is None or summary.path is None:
        return None
    path = summary.path.removesuffix("/__init__.py") if summary.is_package else summary.path.rpartition(".")[0]
    return path.removesuffix(module.replace(".", "/"))
