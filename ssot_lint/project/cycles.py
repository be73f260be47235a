"""Import cycles: modules that, to be imported, import each other."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.project.circles import components, shortest_circle
from ssot_lint.project.flow import classify
from ssot_lint.project.members import Members
from ssot_lint.project.modules import ModuleMap
from ssot_lint.source.scan import Import, Scan, scan
from ssot_lint.source.scopes import Statement
from ssot_lint.source.text import NotText, Text


@dataclass(frozen=True)
class Cycle:
    """A shortest way round in a set of modules that import each other.

    ``modules`` starts with the first of them by name, ``rows`` are where each imports the next one, ``paths`` their
    files. ``size`` counts all modules that are caught in it, on longer ways too.
    """

    modules: tuple[str, ...]
    paths: tuple[str, ...]
    rows: tuple[int, ...]
    size: int


class Cycles:
    """Finds import cycles; only statements that run when their module is imported count."""

    def __init__(self, modules: ModuleMap, members: Members, read: Callable[[str], bytes | None]) -> None:
        self._modules = modules
        self._members = members
        self._read = read
        self._imports: dict[str, dict[str, int]] = {}
        self._found: dict[tuple[str, ...], tuple[Cycle, ...]] = {}

    def within(self, packages: tuple[str, ...]) -> tuple[Cycle, ...]:
        """Give one cycle for each set of modules of ``packages`` that import each other, in the order of names."""
        if packages not in self._found:
            members = self._members.of(packages)
            graph = {module: self._of(module, path) for module, path in members.items()}
            ways = sorted((shortest_circle(graph, component), len(component)) for component in components(graph))
            self._found[packages] = tuple(self._cycle(way, size, members) for way, size in ways)
        return self._found[packages]

    def _cycle(self, way: tuple[str, ...], size: int, members: Mapping[str, str]) -> Cycle:
        rows = (self._imports[module][goal] for module, goal in zip(way, (*way[1:], way[0]), strict=True))
        return Cycle(way, tuple(members[module] for module in way), tuple(rows), size)

    def _of(self, module: str, path: str) -> dict[str, int]:
        if module not in self._imports:
            found: dict[str, int] = {}
            for goal, row in self._edges(module, path):
                found.setdefault(goal, row)
            self._imports[module] = found
        return self._imports[module]

    def _edges(self, module: str, path: str) -> Iterator[tuple[str, int]]:
        located = self._modules.module_of(path)
        read = _scan(self._read(path) or b"", module, located is not None and located[1])
        for imported in read.outer_imports if read else ():
            if runs_at_import(imported.statement):
                goals = asked_by(imported, lambda name: self._modules.find(name) is not None)
                yield from ((goal, imported.node.lineno) for goal in goals)


def asked_by(imported: Import, is_module: Callable[[str], bool]) -> Iterator[str]:
    """Give the modules for which an import asks, if ``is_module``: a name taken from a package may be one itself."""
    for alias in imported.node.names:
        name = alias.name
        if isinstance(imported.node, ast.ImportFrom):
            inner = f"{imported.module}.{name}"
            name = inner if is_module(inner) else imported.module or ""
        if name and is_module(name):
            yield name


def runs_at_import(statement: Statement) -> bool:
    """Tell whether a statement outside of functions may run when its module is imported, and not only for checkers."""
    for owner, block in statement.ancestors():
        if isinstance(owner.node, ast.If):
            test = classify(owner.node.test)
            if test in (("typing", "never") if block.part == "body" else ("not typing", "always")):
                return False
    return True


def _scan(raw: bytes, module: str, is_package: bool) -> Scan | None:
    """Read a module as well as can be; ``None`` for what has no statements that could be told."""
    try:
        text = Text.read(raw)
        return scan(text, module, is_package)
    except NotText:
        return None
    except SyntaxError:
        from ssot_lint.source.grammar import lower
        from ssot_lint.source.scan import parse

        lowered = lower(text)
        return Scan(text, parse(lowered.string), module, is_package, newer=True) if lowered else None
