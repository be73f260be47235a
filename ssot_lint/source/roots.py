"""What the import statements of a file may name, told from its bytes alone."""

from __future__ import annotations

from ssot_lint.source.spelled import imports, read
from ssot_lint.source.triggers import searchable


def imported_roots(raw: bytes) -> frozenset[str] | None:
    """Give every first name of a module that a file may import, and more; ``None`` where that cannot be told.

    It cannot where there is a relative import.
    """
    spelled = imports(searchable(raw))
    if spelled is None:
        return None
    roots: set[str] = set()
    for imported in map(read, set(spelled)):
        if imported.level:
            return None
        modules = [imported.module] if imported.module is not None else [name for name, _ in imported.names]
        roots.update(module.partition(".")[0] for module in modules)
    return frozenset(roots)
