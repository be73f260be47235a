"""Every name under which the project knows an object: re-exports with ``as`` and assignments, over and over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ssot_lint.project.index import Index
from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.renames import renames
from ssot_lint.project.search import WordSearch
from ssot_lint.project.summary import ModuleSummary


class Aliases:
    """Finds the names of objects, reading closely only the files in which some statement could rename one."""

    def __init__(
        self,
        modules: ModuleMap,
        summary: Callable[[str], ModuleSummary | None],
        index: Index,
        search: WordSearch,
    ) -> None:
        self._modules = modules
        self._summary = summary
        self._index = index
        self._search = search
        self._names: dict[frozenset[str], frozenset[str]] = {}

    def names_of(self, targets: Iterable[str]) -> frozenset[str]:
        """Give every last name under which a module of the project binds one of the objects ``targets``."""
        key = frozenset(targets)
        if key not in self._names:
            self._names[key] = self._gather(key)
        return self._names[key]

    def _gather(self, targets: frozenset[str]) -> frozenset[str]:
        origins: set[str] = set()
        for target in targets:
            answer = self._index.resolve(target)
            origins.update([answer.origin] if answer.origin else answer.possible)
        known = {_last(name) for name in (*targets, *origins)}
        done: set[str] = set()
        while new := known - done:
            done |= new
            for path, text, words in self._search.search(sorted(new)):
                renamed = {word for word in words if not known.issuperset(renames(text, word))}
                if renamed:
                    known |= self._names_in(path, renamed, origins)
        return frozenset(known)

    def _names_in(self, path: str, words: set[str], origins: set[str]) -> set[str]:
        """Give the names that the module of ``path`` binds to what it knows as one of ``words``."""
        located = self._modules.module_of(path)
        summary = self._summary(located[0]) if located else None
        if summary is None or summary.path != path:
            return set()
        return {
            name
            for name, bounds in summary.names.items()
            if "." not in name
            and any(bound.via in words or _last(bound.target or "") in words for bound in bounds)
            and not origins.isdisjoint(self._index.resolve(f"{summary.module}:{name}").possible)
        }


def _last(name: str) -> str:
    return re.split(r"[.:]", name.rstrip(":"))[-1]
