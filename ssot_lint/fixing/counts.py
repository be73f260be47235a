"""Law 9: a file has the tests afterwards that it had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ssot_lint.fixing.rewrite import Rewrite, State
from ssot_lint.source.scan import FUNCTIONS
from ssot_lint.source.scopes import Scope

PREFIX = "test"
"""How the names of functions start that are tests, for all runners that find them by their names."""


def changes_tests(rewrite: Rewrite) -> str | None:
    """Say which test would be lost or be there more often than before; ``None`` if they are the same."""
    before, after = _tests(rewrite.before), _tests(rewrite.after)
    if before == after:
        return None
    name = min(name for name in before | after if before[name] != after[name])
    return f"the test `{name}` would {'be lost' if after[name] < before[name] else 'be there once more'}"


def _tests(state: State) -> Counter[str]:
    """Count the test functions by their names, after those of the classes and functions around them."""
    return Counter(
        ".".join((*_names(statement.scope), statement.node.name))
        for statement in state.scan.statements
        if isinstance(statement.node, FUNCTIONS) and statement.node.name.startswith(PREFIX)
    )


def _names(scope: Scope) -> Iterator[str]:
    if scope.parent is not None:
        yield from _names(scope.parent)
        yield scope.name
