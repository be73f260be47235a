"""Who imports a name: the import statements of all files, read once from their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.tables import Table, Texts
from ssot_lint.source.spelled import Raw, absolute, imports, imports_in_each_other, read
from ssot_lint.source.triggers import searchable


class Importers:
    """Tells which files take a name from a module."""

    def __init__(self, modules: ModuleMap, texts: Texts) -> None:
        self._modules = modules
        self.imported = Table("imports", texts, self._imported)

    def of(self, module: str, name: str) -> tuple[str, ...]:
        """Give the modules (the paths of files that are none) that import ``name`` from ``module``."""
        return tuple(sorted(map(self._name, self.paths(module, name))))

    def paths(self, module: str, name: str) -> tuple[str, ...]:
        """Give the paths of the files that import ``name`` from ``module``, or that module without a name."""
        return self.imported.paths(f"{module}:{name}")

    def _name(self, path: str) -> str:
        located = self._modules.module_of(path)
        return located[0] if located else path

    def _imported(self, path: str, raw: bytes, group: str) -> Iterator[str]:
        module, is_package = self._modules.module_of(path) or (None, False)
        text = searchable(raw)
        found = imports(text)
        for imported in set(imports_in_each_other(text) if found is None else found):
            yield from _words(imported, module, is_package) if b"." in imported[0] else _words(imported, None, False)


@lru_cache(maxsize=1 << 15)
def _words(imported: Raw, own: str | None, is_package: bool) -> tuple[str, ...]:
    """Give what a statement imports: ``a.b:c`` for a name of a module, ``a.b:`` for a module."""
    spelled = read(imported)
    if spelled.module is None:
        return tuple(f"{name}:" for name, _ in spelled.names)
    module = absolute(spelled.module or None, spelled.level, own, is_package)
    return tuple(f"{module}:{name}" for name, _ in spelled.names) if module is not None else ()
