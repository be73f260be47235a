"""Names in strings: what tests may patch."""

from __future__ import annotations

import re
from collections.abc import Callable

from ssot_lint.project.search import WordSearch


class Quotes:
    """Tells which names of a module some string of the project begins with: ``"a.b.Name"``, ``"a.b.Name.method"``."""

    def __init__(self, search: WordSearch, read: Callable[[str], bytes | None]) -> None:
        self._search = search
        self._read = read
        self._names: dict[str, frozenset[str]] = {}

    def of(self, module: str) -> frozenset[str]:
        """Give the names that strings take from ``module``."""
        if module not in self._names:
            quoted = re.compile(rb"[\"']" + re.escape(module.encode()) + rb"\.(\w+)")
            names = (
                match.decode()
                for path in self._search.mentions((module,))
                for match in quoted.findall(self._read(path) or b"")
            )
            self._names[module] = frozenset(names)
        return self._names[module]
