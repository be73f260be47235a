"""Where a name is at home: the modules of a project that define it, not those that pass it on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.project.tables import Table, Texts
from ssot_lint.project.trail import Memo
from ssot_lint.source.triggers import searchable

NAME = rb"([\w\x80-\xff]+)"
DEFINITION = re.compile(
    rb"(?:^|\r)(?:(?:class|def|async[ \t]+def)[ \t]+" + NAME + rb"|" + NAME + rb"[ \t]*(?::[^=\r\n]*)?=(?!=))",
    re.MULTILINE,
)
"""A definition at the left margin; what is defined within an ``if`` or ``try`` is a fallback, and no home."""
STORE = re.compile(rb"\.[ \t]*" + NAME + rb"[ \t]*(?::[^=\r\n]*)?=(?!=)|setattr\([^()\r\n]*[\"']" + NAME + rb"[\"']")
COMMON = 20
"""In how many places a name may be defined before nobody can tell which of them is meant."""
MODULE = "."
"""Marks a name as that of a module."""


class Homes:
    """Finds definitions by their last name, with one search over all files and a close look at what that finds."""

    def __init__(self, modules: ModuleMap, summary: Callable[[str], ModuleSummary | None], texts: Texts) -> None:
        self._modules = modules
        self._summary = summary
        self._homes: Memo[str, tuple[str, ...]] = Memo(texts.trail)
        self.places = Table("defines", texts, self._names_defined)
        self.stores = Table("stores", texts, _names_stored)

    def of(self, name: str) -> tuple[str, ...]:
        """Give the dotted names of all classes, functions, values and modules called ``name``, sorted.

        Those of very common names are not looked at closely: some of them may only be passed on.
        """
        return self._homes.get(name, lambda: self._of(name))

    def _of(self, name: str) -> tuple[str, ...]:
        places = self._modules_of(self.places.paths(name))
        close = len(places) <= COMMON
        found = {f"{module}.{name}" for module in places if not close or self._defines(module, name)}
        return tuple(sorted(found.union(self._modules_of(self.places.paths(MODULE + name)))))

    def is_stored(self, name: str) -> bool:
        """Tell whether some code of the project assigns an attribute called ``name``, of whatever object."""
        return bool(self.stores.paths(name))

    def _modules_of(self, paths: tuple[str, ...]) -> list[str]:
        return [located[0] for path in paths if (located := self._modules.module_of(path)) is not None]

    def _defines(self, module: str, name: str) -> bool:
        summary = self._summary(module)
        bounds = summary.names.get(name, ()) if summary else ()
        return any(bound.kind in ("class", "function", "value") and bound.target is None for bound in bounds)

    def _names_defined(self, path: str, raw: bytes, group: str) -> Iterator[str]:
        """Give what seems to be defined in a file that is a module, and, marked, the last name of that."""
        located = self._modules.module_of(path)
        if located is not None:
            yield MODULE + located[0].rpartition(".")[2]
            for defined, assigned in DEFINITION.findall(searchable(raw)):
                yield (defined or assigned).decode("utf-8", "replace")


def _names_stored(path: str, raw: bytes, group: str) -> Iterator[str]:
    for attribute, quoted in STORE.findall(searchable(raw)):
        yield (attribute or quoted).decode("utf-8", "replace")
