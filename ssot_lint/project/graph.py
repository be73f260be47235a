"""Which modules an import of a module imports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.project.trail import ANY_IMPORTS, Memo, Trail


@dataclass(frozen=True)
class Loading:
    """What an import does: the modules of the project that it ``starts``, and those it ``asks`` for, started or not."""

    starts: frozenset[str]
    asks: frozenset[str]


class ImportGraph:
    """The imports that run when a module is imported: not those in functions, nor those for type checkers."""

    def __init__(self, modules: ModuleMap, summary: Callable[[str], ModuleSummary | None], trail: Trail) -> None:
        self._modules = modules
        self._summary = summary
        self._trail = trail
        self._reached: dict[str, frozenset[str]] = {}
        self._loadings: dict[str, Loading] = {}
        self._imports: Memo[str, frozenset[str]] = Memo(trail)
        self._asked: Memo[str, frozenset[str]] = Memo(trail)

    def reaches(self, start: str, goal: str) -> bool:
        """Tell whether importing ``start`` asks for the module ``goal``.

        The packages around each module run, too, and count with what they import; that a package is around a module
        does not count as asking for the package: it may well be on its way itself.
        """
        if start == goal:
            return True
        self._trail.note(ANY_IMPORTS)
        if start not in self._reached:
            self._reached[start] = self._trail.aside(lambda: self._reach(start))
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
            imported = self.imports(module)
            asked |= imported
            waiting.extend(imported)
        return frozenset(asked)

    def imports(self, module: str) -> frozenset[str]:
        """Give the modules of the project for which the statements of ``module`` ask."""
        return self._imports.get(module, lambda: frozenset(self._targets(module)))

    def _targets(self, module: str) -> Iterator[str]:
        summary = self._summary(module)
        for target in summary.imports if summary else ():
            package, colon, name = target.partition(":")
            if colon and self._modules.find(f"{package}.{name}") is not None:
                yield f"{package}.{name}"
            elif self._modules.find(package) is not None:
                yield package

    def load(self, module: str, running: frozenset[str] = frozenset()) -> Loading:
        """Follow an import of ``module`` while the modules ``running`` have been started already."""
        self._trail.note(ANY_IMPORTS)
        if running:
            return self._trail.aside(lambda: self._load(module, running))
        if module not in self._loadings:
            self._loadings[module] = self._trail.aside(lambda: self._load(module, running))
        return self._loadings[module]

    def _load(self, module: str, running: frozenset[str]) -> Loading:
        starts: set[str] = set()
        asks = {module}
        waiting = [module]
        while waiting:
            name = waiting.pop()
            if not name or name in starts or name in running or self._summary(name) is None:
                continue
            starts.add(name)
            asked = self.asks(name)
            asks |= asked
            waiting.extend(asked)
            waiting.append(name.rpartition(".")[0])
        return Loading(frozenset(starts), frozenset(asks))

    def asks(self, module: str) -> frozenset[str]:
        """Give the modules for which the statements of ``module`` ask when it is imported, be they there or not."""
        return self._asked.get(module, lambda: frozenset(self._asking(module)))

    @property
    def followed(self) -> frozenset[str]:
        """The modules whose imports any answer so far rests on."""
        return frozenset(self._imports).union(self._asked)

    def _asking(self, module: str) -> Iterator[str]:
        summary = self._summary(module)
        targets = summary.imports if summary else ()
        from_packages = {target.partition(":")[0] for target in targets if ":" in target}
        for target in targets:
            package, colon, name = target.partition(":")
            inner = f"{package}.{name}"
            if colon:
                yield inner if self._summary(inner) is not None else package
            elif package not in from_packages:
                # Of a package from which names are taken, it is these that tell whether the package itself is asked.
                yield package
