"""The modules of a project by the packages they are in: those that an import of their name finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from ssot_lint.globs import matches_module
from ssot_lint.project.modules import ModuleMap


def covers(packages: Iterable[str], module: str) -> bool:
    """Tell whether ``module`` is in one of ``packages``, globs that mean what is below them, too; none mean all."""
    patterns = tuple(glob if glob.endswith("**") else f"{glob}.**" for glob in packages)
    return not patterns or matches_module(module, patterns)


class Members:
    """Lists the modules that have files."""

    def __init__(self, modules: ModuleMap, files: Callable[[], Sequence[str]]) -> None:
        self._modules = modules
        self._files = files

    def of(self, packages: Iterable[str]) -> Mapping[str, str]:
        """Give the modules in ``packages``, each with the path of its file."""
        wanted = tuple(packages)
        return {module: path for module, path in self.all.items() if covers(wanted, module)}

    @cached_property
    def all(self) -> Mapping[str, str]:
        """All modules, each with the path of its file, sorted; a file that another one hides is none."""
        found: dict[str, str] = {}
        for path in self._files():
            located = self._modules.module_of(path)
            location = self._modules.find(located[0]) if located else None
            if location is not None and location.path == path:
                found[location.module] = path
        return dict(sorted(found.items()))
