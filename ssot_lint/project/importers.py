"""Who imports a name: the ``from`` statements of all files, read once with a search for their keyword."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.project.modules import ModuleMap
from ssot_lint.project.tables import Table, Texts

FROM = b"from "
STATEMENT = re.compile(rb"from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^\r\n;#]+)")
MODULES = re.compile(rb"(?:^|[\n;:])[ \t]*import[ \t]+([\w.][\w., \t]*)")
COMMENT = re.compile(rb"#[^\r\n]*")


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
        for statement in MODULES.findall(raw):
            for name in statement.decode("utf-8", "replace").split(","):
                yield f"{name.split()[0]}:" if name.strip() else ""
        offset = raw.find(FROM)
        while offset >= 0:
            match = STATEMENT.match(raw, offset)
            if match:
                yield from self._names(path, match)
            offset = raw.find(FROM, offset + 1)

    def _names(self, path: str, match: re.Match[bytes]) -> Iterator[str]:
        module: str | None = match[2].decode("utf-8", "replace")
        if match[1]:
            module = self._absolute(path, len(match[1]), module or "")
        if module:
            names = COMMENT.sub(b"", match[3]).strip(b"() \t\r\n").decode("utf-8", "replace")
            yield from (f"{module}:{name.split()[0]}" for name in names.split(",") if name.strip())

    def _absolute(self, path: str, level: int, module: str) -> str | None:
        located = self._modules.module_of(path)
        if located is None:
            return None
        package = located[0].split(".")
        package = package[: len(package) - level + (1 if located[1] else 0)]
        return ".".join([*package, *([module] if module else [])]) if package else None
