"""Law 7: no name becomes undefined, and no other binding is captured."""

from __future__ import annotations

import builtins
import re
from collections import Counter
from collections.abc import Iterator
from symtable import Symbol, SymbolTable, symtable

from ssot_lint.fixing.rewrite import Rewrite, State
from ssot_lint.fixing.uses import bound_again, inner_scopes, mentioned, shadowed, used_early
from ssot_lint.project import Project
from ssot_lint.source.scan import Scan
from ssot_lint.source.scopes import Scope

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


def undefined(state: State) -> set[str]:
    """Give the names that a file uses and nothing binds, as far as that can be told."""
    tables = _tables(state)
    if tables is None:
        return set()
    unbound = _unbound(tables, _bound(tables, state) | _from_stars(state, state.project))
    return {name for _, name in unbound}


def _reasons(rewrite: Rewrite, before: dict[Path, SymbolTable], after: dict[Path, SymbolTable]) -> Iterator[str]:
    bound_before, bound_after = _bound(before, rewrite.before), _bound(after, rewrite.after)
    unbound = _unbound(after, bound_after | _from_stars(rewrite.after, rewrite.project))
    unbound -= _unbound(before, bound_before | _from_stars(rewrite.before, rewrite.project))
    yield from (f"`{name}` would be undefined{_in(path)}" for path, name in sorted(unbound))
    # The names of a scope that comes or goes as a whole, such as a lambda, mean nothing outside it.
    gained = {(path, name) for path, name in bound_after - bound_before if path in before}
    lost = {(path, name) for path, name in bound_before - bound_after if path in after}
    for path, name in sorted(gained):
        if _sees(before[path], name):
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
    seen: Counter[str] = Counter()
    for child in table.get_children():
        seen[child.get_name()] += 1
        yield from _inner_tables(child, (*path, _numbered(child.get_name(), seen[child.get_name()])))


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}#{number}"


def _binds(symbol: Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_parameter()


def _bound(tables: dict[Path, SymbolTable], state: State) -> set[tuple[Path, str]]:
    """Give the names that each scope binds; what is declared ``global`` is bound in the module."""
    found: set[tuple[Path, str]] = set()
    for path, table in tables.items():
        for symbol in table.get_symbols():
            if _binds(symbol) and symbol.is_declared_global():
                found.add(((), symbol.get_name()))
            elif _binds(symbol) and not symbol.is_free():
                found.add((path, symbol.get_name()))
    return found - _inlined(found, state)


def _inlined(bound: set[tuple[Path, str]], state: State) -> set[tuple[Path, str]]:
    """Give those of ``bound`` that comprehensions keep to themselves; newer Pythons show them in the scope around."""
    names = {path: scope.bindings.keys() for path, scope in _paths(state.scan)}
    return {(path, name) for path, name in bound if path in names and name not in names[path]}


def _paths(scan: Scan) -> Iterator[tuple[Path, Scope]]:
    """Give the scopes of a scan under the paths that they have among tables."""
    paths: dict[int, Path] = {id(scan.scope): ()}
    seen: Counter[Path] = Counter()
    yield (), scan.scope
    for scope in inner_scopes(scan):
        around = paths[id(scope.parent)]
        plain = (*around, scope.name)
        seen[plain] += 1
        paths[id(scope)] = path = (*around, _numbered(scope.name, seen[plain]))
        yield path, scope


def _unbound(tables: dict[Path, SymbolTable], bound: set[tuple[Path, str]]) -> set[tuple[Path, str]]:
    """Give the names that are used in a scope and that nothing known binds: no scope around it, builtin or star."""
    known = {name for path, name in bound if not path} | BUILTIN
    return {
        (path, symbol.get_name())
        for path, table in tables.items()
        for symbol in table.get_symbols()
        if symbol.is_referenced()
        and symbol.is_global()
        and not (table.get_type() == "module" and _binds(symbol))
        and symbol.get_name() not in known
        and not DUNDER.fullmatch(symbol.get_name())
    }


def _from_stars(state: State, project: Project) -> set[tuple[Path, str]]:
    """Give the names that ``from module import *`` is known to bind in a file."""
    names: set[str] = set()
    for imported in state.scan.imports:
        if imported.module is not None and imported.node.names[0].name == "*":
            names |= project.star_exports(imported.module) or frozenset()
    return {((), name) for name in names}


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
