"""Where a name is at home: the modules of a project that define it, not those that pass it on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.summary import ModuleSummary
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


class Homes:
    """Finds definitions by their last name, with one search over all files and a close look at what that finds."""

    def __init__(
        self,
        modules: ModuleMap,
        summary: Callable[[str], ModuleSummary | None],
        files: Callable[[], Sequence[str]],
        read: Callable[[str], bytes | None],
    ) -> None:
        self._modules = modules
        self._summary = summary
        self._files = files
        self._read = read
        self._homes: dict[str, tuple[str, ...]] = {}

    def of(self, name: str) -> tuple[str, ...]:
        """Give the dotted names of all classes, functions, values and modules called ``name``, sorted.

        Those of very common names are not looked at closely: some of them may only be passed on.
        """
        if name not in self._homes:
            places = self._places.get(name, ())
            close = len(places) <= COMMON
            found = {f"{module}.{name}" for module in places if not close or self._defines(module, name)}
            self._homes[name] = tuple(sorted(found.union(self._named.get(name, ()))))
        return self._homes[name]

    def is_stored(self, name: str) -> bool:
        """Tell whether some code of the project assigns an attribute called ``name``, of whatever object."""
        return name in self._stored

    def _defines(self, module: str, name: str) -> bool:
        summary = self._summary(module)
        bounds = summary.names.get(name, ()) if summary else ()
        return any(bound.kind in ("class", "function", "value") and bound.target is None for bound in bounds)

    @cached_property
    def _named(self) -> dict[str, list[str]]:
        """The modules of the project by their last names."""
        named = defaultdict(list)
        for module in self._modules_of_files.values():
            named[module.rpartition(".")[2]].append(module)
        return named

    @cached_property
    def _modules_of_files(self) -> dict[str, str]:
        located = ((path, self._modules.module_of(path)) for path in self._files())
        return {path: found[0] for path, found in located if found is not None}

    @cached_property
    def _places(self) -> dict[str, list[str]]:
        """The modules in which something seems to be defined, by its name."""
        places: dict[str, list[str]] = defaultdict(list)
        for path, module in self._modules_of_files.items():
            found = DEFINITION.findall(searchable(self._read(path) or b""))
            for name in {(defined or assigned).decode("utf-8", "replace") for defined, assigned in found}:
                places[name].append(module)
        return places

    @cached_property
    def _stored(self) -> frozenset[str]:
        return frozenset(
            (attribute or quoted).decode("utf-8", "replace")
            for path in self._files()
            for attribute, quoted in STORE.findall(searchable(self._read(path) or b""))
        )
