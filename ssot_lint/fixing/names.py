"""Law 7: no name becomes undefined, and no other binding is captured."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator
from symtable import Symbol, SymbolTable, symtable

from ssot_lint.fixing.rewrite import Rewrite, State
from ssot_lint.fixing.uses import bound_again, mentioned, shadowed, used_early
from ssot_lint.project import Project

Path = tuple[str, ...]
"""Where a scope is: the names of those around it and its own, each with a number where several have it."""

BUILTIN = frozenset(dir(builtins))
DUNDER = re.compile(r"__\w+__")


def changes_names(rewrite: Rewrite) -> str | None:
    """Say which name means something else, or nothing, afterwards; ``None`` if all mean what they did."""
    before, after = _tables(rewrite.before), _tables(rewrite.after)
    # A file whose names contradict each other cannot be run, so there is no meaning to keep.
    if before is None or after is None:
        return None
    reasons = _reasons(rewrite, before, after)
    return next(reasons, None)


def _reasons(rewrite: Rewrite, before: dict[Path, SymbolTable], after: dict[Path, SymbolTable]) -> Iterator[str]:
    unbound = _unbound(after, rewrite.after, rewrite.project) - _unbound(before, rewrite.before, rewrite.project)
    yield from (f"`{name}` would be undefined{_in(path)}" for path, name in sorted(unbound))
    bound_before, bound_after = _bound(before), _bound(after)
    gained, lost = bound_after - bound_before, bound_before - bound_after
    for path, name in sorted(gained):
        if path in before and _sees(before[path], name):
            yield f"`{name}` would mean something else{_in(path)}"
    yield from (f"`{name}` would be bound to two different things" for name in bound_again(rewrite))
    lost_names, gained_names = {name for _, name in lost}, {name for _, name in gained}
    yield from (
        f"`{name}` is named elsewhere in the file and would be undefined"
        for name in mentioned(rewrite.after, lost_names)
    )
    yield from (f"`{name}` would mean something else" for name in mentioned(rewrite.before, gained_names))
    yield from (f"`{name}` is taken where it would be used" for name in shadowed(rewrite, gained_names))
    yield from (f"`{name}` would be used before it is bound" for name in used_early(rewrite))


def _in(path: Path) -> str:
    return f" in {'.'.join(path)}" if path else ""


def _tables(state: State) -> dict[Path, SymbolTable] | None:
    """Give the table of symbols of each scope; ``None`` where the compiler finds contradictions in them."""
    try:
        return dict(_inner_tables(symtable(state.source, state.path, "exec"), ()))
    except (SyntaxError, RecursionError, MemoryError):
        return None


def _inner_tables(table: SymbolTable, path: Path) -> Iterator[tuple[Path, SymbolTable]]:
    yield path, table
    seen: dict[str, int] = {}
    for child in table.get_children():
        number = seen[child.get_name()] = seen.get(child.get_name(), 0) + 1
        name = child.get_name() if number == 1 else f"{child.get_name()}#{number}"
        yield from _inner_tables(child, (*path, name))


def _binds(symbol: Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_parameter()


def _bound(tables: dict[Path, SymbolTable]) -> set[tuple[Path, str]]:
    """Give the names that each scope binds; what is declared ``global`` is bound in the module."""
    found: set[tuple[Path, str]] = set()
    for path, table in tables.items():
        for symbol in table.get_symbols():
            if _binds(symbol) and symbol.is_declared_global():
                found.add(((), symbol.get_name()))
            elif _binds(symbol) and not symbol.is_free():
                found.add((path, symbol.get_name()))
    return found


def _unbound(tables: dict[Path, SymbolTable], state: State, project: Project) -> set[tuple[Path, str]]:
    """Give the names that are used in a scope and that nothing known binds: no scope around it, builtin or star."""
    known = {name for path, name in _bound(tables) if not path} | BUILTIN | _from_stars(state, project)
    return {
        (path, symbol.get_name())
        for path, table in tables.items()
        for symbol in table.get_symbols()
        if symbol.is_referenced()
        and symbol.is_global()
        and symbol.get_name() not in known
        and not DUNDER.fullmatch(symbol.get_name())
    }


def _from_stars(state: State, project: Project) -> set[str]:
    """Give the names that ``from module import *`` is known to bind in a file."""
    names: set[str] = set()
    for imported in state.scan.imports:
        if imported.module is not None and imported.node.names[0].name == "*":
            names |= project.star_exports(imported.module) or frozenset()
    return names


def _sees(table: SymbolTable, name: str) -> bool:
    """Whether ``name``, if the scope of ``table`` bound it, would mean that there or in a scope in it."""
    if name in table.get_identifiers():
        return True
    if table.get_type() == "class":
        return False
    return any(_sees_from_inside(child, name) for child in table.get_children())


def _sees_from_inside(table: SymbolTable, name: str) -> bool:
    if name in table.get_identifiers():
        symbol = table.lookup(name)
        # What is declared ``global`` means the module's, whose table has it, too.
        if symbol.is_declared_global():
            return False
        if not symbol.is_local():
            return True
        # A class body looks a name up outside until it has bound it; functions in it never see what it binds.
        if table.get_type() != "class":
            return False
        if symbol.is_referenced():
            return True
    return any(_sees_from_inside(child, name) for child in table.get_children())
