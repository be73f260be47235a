"""What ``from module import *`` binds."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.project.trail import Memo, Trail

LONGEST_CHAIN = 40
"""Star imports of star imports followed before giving up."""


class Stars:
    """Answers, for modules of the project, which names a star import of them binds."""

    def __init__(self, modules: ModuleMap, summary: Callable[[str], ModuleSummary | None], trail: Trail) -> None:
        self._modules = modules
        self._summary = summary
        self._exports: Memo[str, frozenset[str] | None] = Memo(trail)

    def exports(self, module: str) -> frozenset[str] | None:
        """Give the names that a star import of ``module`` binds; ``None`` if they are not known."""
        return self._exports.get(module, lambda: self._collect(module, set(), 0))

    def exported(self, module: str, name: str) -> bool | None:
        """Tell whether a star import of ``module`` binds ``name``; ``None`` if that is not known."""
        exports = self.exports(module)
        summary = self._summary(module)
        if exports is not None and summary is not None:
            if name in exports:
                return True
            # A package has a submodule as an attribute as soon as anybody has imported that.
            is_submodule = summary.exports is None and self._modules.find(f"{module}.{name}") is not None
            return None if is_submodule and not name.startswith("_") else False
        if summary is None or summary.replaced or summary.broken or summary.opaque or summary.computes_exports:
            return None
        if summary.exports is not None:
            return True if name in summary.exports else None
        if name.startswith("_"):
            return False
        return True if self._binds(summary, name) else None

    def _collect(self, module: str, seen: set[str], depth: int) -> frozenset[str] | None:
        """Gather the names of ``module``; modules that are being gathered already (``seen``) add nothing more."""
        summary = self._summary(module)
        if summary is None or summary.replaced or summary.broken or summary.opaque or summary.computes_exports:
            return None
        if depth > LONGEST_CHAIN:
            return None
        if module in seen:
            return frozenset()
        seen.add(module)
        if summary.exports is not None:
            return self._listed(summary.exports, seen, depth + 1)
        if summary.dynamic:
            return None
        names = {name for name in summary.names if "." not in name and self._binds(summary, name)}
        names |= self._imported_submodules(summary)
        for star in summary.stars:
            inner = self._collect(star.module, seen, depth + 1)
            if inner is None:
                return None
            names |= inner
        return frozenset(name for name in names if not name.startswith("_"))

    def _listed(self, exports: tuple[str, ...], seen: set[str], depth: int) -> frozenset[str] | None:
        names: set[str] = set()
        for name in exports:
            if not name.endswith(":*"):
                names.add(name)
                continue
            inner = self._all_of(name[: -len(":*")], seen, depth)
            if inner is None:
                return None
            names |= inner
        return frozenset(names)

    def _all_of(self, module: str, seen: set[str], depth: int) -> frozenset[str] | None:
        summary = self._summary(module)
        if summary is None or summary.exports is None:
            return None
        return self._collect(module, seen, depth)

    def _binds(self, summary: ModuleSummary, name: str) -> bool:
        return any(not bound.aside and bound.kind != "absent" for bound in summary.names.get(name, ()))

    def _imported_submodules(self, summary: ModuleSummary) -> set[str]:
        """The submodules that a package has as attributes because it imports something from them."""
        if not summary.is_package:
            return set()
        prefix = f"{summary.module}."
        return {
            target[len(prefix) :].partition(":")[0].partition(".")[0]
            for target in summary.imports
            if target.startswith(prefix)
        }
