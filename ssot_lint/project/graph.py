"""Which modules an import of a module imports."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.summary import ModuleSummary


class ImportGraph:
    """The imports that run when a module is imported: not those in functions, nor those for type checkers."""

    def __init__(self, modules: ModuleMap, summary: Callable[[str], ModuleSummary | None]) -> None:
        self._modules = modules
        self._summary = summary
        self._reached: dict[str, frozenset[str]] = {}

    def reaches(self, start: str, goal: str) -> bool:
        """Tell whether importing ``start`` asks for the module ``goal``.

        The packages around each module run, too, and count with what they import; that a package is around a module
        does not count as asking for the package: it may well be on its way itself.
        """
        if start == goal:
            return True
        if start not in self._reached:
            self._reached[start] = self._reach(start)
        return goal in self._reached[start]

    def _reach(self, start: str) -> frozenset[str]:
        asked: set[str] = set()
        run: set[str] = set()
        waiting = [start]
        while waiting:
            module = waiting.pop()
            if module in run or self._modules.find(module) is None:
                continue
            run.add(module)
            waiting.append(module.rpartition(".")[0])
            imported = set(self.imports(module))
            asked |= imported
            waiting.extend(imported)
        return frozenset(asked)

    def imports(self, module: str) -> Iterator[str]:
        """Give the modules of the project for which the statements of ``module`` ask."""
        summary = self._summary(module)
        for target in summary.imports if summary else ():
            package, colon, name = target.partition(":")
            if colon and self._modules.find(f"{package}.{name}") is not None:
                yield f"{package}.{name}"
            elif self._modules.find(package) is not None:
                yield package
