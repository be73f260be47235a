"""Classes and functions of one name in several modules."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property

from ssot_lint.project.members import Members
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.source.triggers import searchable

DEFINITION = re.compile(rb"(?:^|\r)(?:class|def|async[ \t]+def)[ \t]+(\w+)", re.MULTILINE)
"""A definition at the left margin; what is defined within an ``if`` or ``try`` is a variant or a fallback."""


class Namesakes:
    """Finds definitions by name: a search over the files, and a close look at modules only where it finds several."""

    def __init__(
        self, members: Members, summary: Callable[[str], ModuleSummary | None], read: Callable[[str], bytes | None]
    ) -> None:
        self._members = members
        self._summary = summary
        self._read = read

    def of(self, name: str, among: Callable[[str, str], bool]) -> tuple[str, ...]:
        """Give the modules that define ``name`` and for whose path and name ``among`` says yes; none if it is one."""
        modules = [module for module in self._modules.get(name, ()) if among(self._members.all[module], module)]
        defining = [module for module in modules if self._defines(module, name)] if len(modules) > 1 else []
        return tuple(defining) if len(defining) > 1 else ()

    def _defines(self, module: str, name: str) -> bool:
        summary = self._summary(module)
        bounds = summary.names.get(name, ()) if summary else ()
        return any(bound.kind in ("class", "function") for bound in bounds)

    @cached_property
    def _modules(self) -> dict[str, list[str]]:
        """The modules in which something seems to be defined, by its name."""
        modules: dict[str, list[str]] = defaultdict(list)
        for module, path in self._members.all.items():
            for name in names_defined(self._read(path) or b""):
                modules[name].append(module)
        return {name: places for name, places in modules.items() if len(places) > 1}


def names_defined(raw: bytes) -> Iterable[str]:
    """Give the names that classes and functions at the left margin of a file seem to have."""
    return {found.decode("utf-8", "replace") for found in DEFINITION.findall(searchable(raw))}
