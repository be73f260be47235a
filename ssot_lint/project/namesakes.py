"""Classes and functions of one name in several modules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.project.tables import Table, Texts
from ssot_lint.source.triggers import searchable

DEFINITION = re.compile(rb"(?:^|\r)(?:class|def|async[ \t]+def)[ \t]+(\w+)", re.MULTILINE)
"""A definition at the left margin; what is defined within an ``if`` or ``try`` is a variant or a fallback."""


class Namesakes:
    """Finds definitions by name: a search over the files, and a close look at modules only where it finds several."""

    def __init__(self, modules: ModuleMap, summary: Callable[[str], ModuleSummary | None], texts: Texts) -> None:
        self._modules = modules
        self._summary = summary
        self.seeming = Table("classes", texts, lambda path, raw, group: names_defined(raw))

    def definers(self, name: str) -> tuple[tuple[str, str], ...]:
        """Give the modules, each with its path, that seem to define ``name``, in the order of their names."""
        return tuple(sorted((module, path) for path in self.seeming.paths(name) if (module := self._module(path))))

    def defines(self, module: str, name: str) -> bool:
        """Tell whether ``module`` certainly defines a class or function ``name``."""
        summary = self._summary(module)
        bounds = summary.names.get(name, ()) if summary else ()
        return any(bound.kind in ("class", "function") for bound in bounds)

    def _module(self, path: str) -> str | None:
        """Give the module that a file is, unless another one hides it."""
        located = self._modules.module_of(path)
        location = self._modules.find(located[0]) if located else None
        return location.module if location is not None and location.path == path else None


def names_defined(raw: bytes) -> Iterable[str]:
    """Give the names that classes and functions at the left margin of a file seem to have."""
    return {found.decode("utf-8", "replace") for found in DEFINITION.findall(searchable(raw))}
