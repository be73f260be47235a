"""Submodules that a file reaches as attributes of their packages: some import has to have loaded them."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from ssot_lint.file import File, plain
from ssot_lint.model import Refusal
from ssot_lint.rewriting.names import runs_later
from ssot_lint.source.scan import Import
from ssot_lint.source.uses import Use


def refused_unload(
    file: File, imported: Import, index: int, new: str, rewritten: Collection[Use] = ()
) -> Refusal | None:
    """Say why one name of ``imported`` must not be taken from the module ``new``: that loads less than is used.

    ``rewritten`` are the uses that will not be there any more.
    """
    gone = frozenset(rewritten)
    reached = {module for use, modules in file.once(_reaching) if use not in gone for module in modules}
    if not reached:
        return None
    project = file.project
    old = _module_of(file, imported, imported.node.names[index])
    lost = (reached & project.load(old).starts) - project.load(new).starts
    for module in _other_modules(file, imported, index, old) if lost else ():
        lost -= project.load(module).starts
    if not lost:
        return None
    return Refusal("unloads-module", f"`{min(lost)}` is used in this file, and it is this import that loads it")


def _reaching(file: File) -> list[tuple[Use, frozenset[str]]]:
    """Give the uses by which the file reaches modules as attributes, with what they reach."""
    packages = {
        local
        for imported in file.scan.imports
        for local, target in _bound(imported)
        if (summary := file.project.summary(target)) is not None and summary.is_package
    }
    found = ((use, frozenset(_reached(file, use))) for use in file.uses if use.path[0] in packages)
    return [(use, modules) for use, modules in found if modules]


def _reached(file: File, use: Use) -> Iterator[str]:
    for depth in range(2, len(use.path) + 1):
        reference = file.refer(use.path[:depth], use.start)
        names = map(plain, reference.names) if reference else ()
        yield from (name for name in names if file.project.summary(name) is not None)


def _bound(imported: Import) -> Iterator[tuple[str, str]]:
    """Give the names that an import binds, each with the dotted name of what it binds it to."""
    for alias in imported.node.names:
        if isinstance(imported.node, ast.ImportFrom):
            yield alias.asname or alias.name, f"{imported.module}.{alias.name}"
        else:
            root = alias.name.partition(".")[0]
            yield (alias.asname, alias.name) if alias.asname else (root, root)


def _module_of(file: File, imported: Import, alias: ast.alias) -> str:
    """Give the module that has to be loaded for one name of an import."""
    if isinstance(imported.node, ast.Import):
        return alias.name
    inner = f"{imported.module}.{alias.name}"
    return inner if file.project.summary(inner) is not None else imported.module or ""


def _other_modules(file: File, imported: Import, index: int, old: str) -> Iterator[str]:
    """Give what the other imports load that run before whatever runs after ``imported``.

    Those that take names from ``old`` do not count: they may well be moved, too.
    """
    for other in file.scan.imports:
        if runs_later(other.statement) and other.statement.scope is not imported.statement.scope:
            continue
        for number, alias in enumerate(other.node.names):
            is_moved = other is imported and number == index
            if not is_moved and not (isinstance(other.node, ast.ImportFrom) and other.module == old):
                yield _module_of(file, other, alias)
