"""Which other statement of a block can import a name as well, so that no module is imported from twice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.source.places import around
from ssot_lint.source.scan import FUNCTIONS, Import, Scan
from ssot_lint.source.scopes import Block, Statement


@dataclass(frozen=True)
class Wanted:
    """``from module import name as local``."""

    module: str | None
    name: str
    local: str


@dataclass(frozen=True)
class Host:
    """A ``from`` statement that can import a name, or has it already."""

    imported: Import
    has_it: bool


def find_host(scan: Scan, place: Statement, wanted: Wanted, *, moved: bool = False) -> Host | None:
    """Find an import in the block of ``place`` that can bind what is wanted after ``place``, or has done so before.

    One that has it already is best; then the nearest one before; then, for a name that is ``moved`` away from the
    import ``place``, the next one behind nothing but imports. ``None`` where there is none or where it would make a
    difference.
    """
    offset = place.start if moved else place.end
    usable: list[Import] = []
    for imported in scan.imports:
        statement = imported.statement
        if not _is_from(imported, wanted.module, place.block) or _is_lazy(scan, statement) != (
            moved and _is_lazy(scan, place)
        ):
            continue
        if statement.end <= offset:
            start, end = statement.end, offset
        elif moved and statement is not place and _only_imports(place, statement):
            start, end = place.end, statement.start
        else:
            continue
        bound = {alias.asname or alias.name: alias.name for alias in imported.node.names}
        if bound.get(wanted.local, wanted.name) != wanted.name or not _is_quiet(scan, place, wanted.local, start, end):
            continue
        if wanted.local in bound:
            return Host(imported, has_it=True)
        usable.append(imported)
    before = [imported for imported in usable if imported.statement.end <= offset]
    best = before[-1:] or usable[:1]
    return Host(best[0], has_it=False) if best else None


def _is_from(imported: Import, module: str | None, block: Block) -> bool:
    return (
        imported.statement.block is block
        and isinstance(imported.node, ast.ImportFrom)
        and imported.module == module
        and imported.node.names[0].name != "*"
    )


def _is_lazy(scan: Scan, statement: Statement) -> bool:
    """Whether ``lazy`` stands before an import, in newer grammar."""
    return scan.text.string.startswith("lazy", statement.start)


def _only_imports(first: Statement, last: Statement) -> bool:
    between = (other for other in first.block.statements if first.end <= other.start < last.start)
    return all(isinstance(other.node, (ast.Import, ast.ImportFrom)) for other in between)


def _is_quiet(scan: Scan, place: Statement, name: str, start: int, end: int) -> bool:
    """Whether ``name`` may be bound at ``start`` as well as at ``end``: nothing between binds, deletes or uses it."""
    between = [other.node for other in place.block.statements if start <= other.start < end]
    scope = place.scope
    if not between:
        return True
    if name in scope.outer and scope.kind != "module":
        return False
    bindings = [binding.statement for binding in scope.bindings.get(name, ())]
    # What another scope binds, by ``global`` or ``nonlocal``, it binds at a time that nobody knows.
    if any(statement.scope is not scope or start <= statement.start < end for statement in bindings):
        return False
    stars = (imported.statement for imported in scan.imports if imported.node.names[0].name == "*")
    if any(statement.scope is scope and start <= statement.start < end for statement in stars):
        return False
    if any(statement is not place for statement in bindings) and _may_be_left(place):
        return False
    return not any(name == used for node in between for used in _used_names(node))


def _may_be_left(statement: Statement) -> bool:
    """Whether the block may be left in its midst, by an exception or ``break``, and what follows it still runs."""
    return any(not isinstance(owner.node, (ast.If, ast.Match)) for owner, _ in around(statement))


def _used_names(statement: ast.stmt) -> Iterator[str]:
    """Give the names that are used when a statement runs: not those in the bodies of functions, which run later."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name):
            yield node.id
        later = isinstance(node, FUNCTIONS)
        waiting.extend(child for child in ast.iter_child_nodes(node) if not (later and isinstance(child, ast.stmt)))
