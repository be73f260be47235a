"""Every path to an object: from where it is defined to whoever passes it on, and on from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ssot_lint.globs import is_test_path
from ssot_lint.project.summary import Bound, ModuleSummary
from ssot_lint.source.triggers import searchable
from ssot_lint.tracing.imports import ImportSearch
from ssot_lint.tracing.model import ObjectPath, Standing, Trace
from ssot_lint.tracing.naming import Subject, UnknownName, split, subject
from ssot_lint.tracing.sites import Tree, Wanted, find_sites, has_chain

Key = tuple[str, str]
"""A module, and a name in it; a module at the top level is a name in ``""``."""


def trace(tree: Tree, name: str) -> Trace:
    """Tell every path to what ``name`` leads to, and who takes it.

    A name that a test file binds is a path if another file takes it from there: else it is just a use. Raises
    `UnknownName` for what is not in the project.
    """
    return _Tracer(tree, name).trace()


class _Tracer:
    """Finds the paths to one object: a search from module to module, among the files that mention one of its names."""

    def __init__(self, tree: Tree, name: str) -> None:
        self._tree = tree
        self._project = project = tree.project()
        self._subject: Subject = subject(project, name)
        self._names = project.names_of(self._subject.origins)
        self._files = self._files_by_module()

    def trace(self) -> Trace:
        """Give the whole of it."""
        asked = self._subject
        paths = {key: path for key in self._keys() if (path := self._path(key)) is not None}
        if not paths:
            raise UnknownName(f"Nothing in the project is called {asked.name}, or imports it.")
        wanted = self._wanted(paths)
        sites = find_sites(self._tree, sorted(self._candidates(wanted)), wanted)
        counted = (
            replace(path, sites=tuple(sites.get(_text(key), ()) or sites.get(path.symbol, ())))
            for key, path in sorted(paths.items())
        )
        found = map(self._project.definition, sorted(asked.origins))
        definitions = tuple(definition for definition in found if definition is not None)
        return Trace(asked.name, tuple(sorted(asked.origins)), definitions, tuple(counted), tuple(self._notes()))

    def _files_by_module(self) -> dict[str, list[str]]:
        """The files by the name of their module, or by their path where they are none, as importers are told."""
        files: dict[str, list[str]] = {}
        for path in self._tree.files:
            located = self._project.module_of(path)
            files.setdefault(located[0] if located else path, []).append(path)
        return files

    # The paths.

    def _keys(self) -> Iterator[Key]:
        """Give every module and name that may lead to the object: where it is, and whoever passes it on from there."""
        waiting = [*map(self._home, sorted(self._subject.origins)), *self._renamed()]
        seen: set[Key] = set()
        while waiting:
            key = waiting.pop()
            if key in seen:
                continue
            seen.add(key)
            yield key
            for module in sorted({key[0], *self._passing_on(key)}):
                waiting.extend(self._bound(module))

    def _home(self, origin: str) -> Key:
        """Give where an origin is bound: modules in their packages."""
        module, inner = split(self._project, origin)
        if module and inner:
            return module, inner
        package, _, last = origin.rpartition(".")
        return package, last

    def _renamed(self) -> Iterator[Key]:
        """Give what modules bind to attributes of others, without importing the object itself."""
        for path in self._mentioning():
            located = self._project.module_of(path)
            if located and not is_test_path(path) and has_chain(self._text_of(path), self._names):
                yield from self._bound(located[0])

    def _text_of(self, path: str) -> bytes:
        return searchable(self._project.read(path) or b"")

    def _mentioning(self) -> frozenset[str]:
        return frozenset(path for name in self._names for path in self._project.mentions(name))

    def _passing_on(self, key: Key) -> Iterator[str]:
        """Give the modules that import ``key``, and may pass it on."""
        for importer in {*self._project.importers(*key), *self._project.importers(key[0], "*")}:
            if not all(map(is_test_path, self._files.get(importer, ()))) or self._is_taken_from(importer):
                yield importer

    def _is_taken_from(self, module: str) -> bool:
        """Whether some file takes the object, by whatever name, from ``module``."""
        return any(self._project.importers(module, name) for name in (*self._names, "*"))

    def _bound(self, module: str) -> Iterator[Key]:
        """Give the names that a module has for the object."""
        summary = self._project.summary(module) if module else None
        if summary is None or summary.path not in self._files.get(module, ()):
            return
        names = {name for name in summary.names if "." not in name and name in self._names}
        for star in summary.stars:
            names |= (self._project.star_exports(star.module) or frozenset()) & self._names
        yield from ((module, name) for name in sorted(names) if self._may_be(module, name))

    def _may_be(self, module: str, name: str) -> bool:
        resolution = self._project.resolve(f"{module}:{name}" if module else name)
        return resolution.status != "missing" and not resolution.possible.isdisjoint(self._subject.origins)

    def _path(self, key: Key) -> ObjectPath | None:
        """Tell about one path; ``None`` for where the object is in another distribution."""
        module, name = key
        summary = self._project.summary(module) if module else None
        resolution = self._project.resolve(_text(key))
        is_certain = resolution.possible == self._subject.origins or resolution.origin in self._subject.origins
        standing: Standing = "certain" if is_certain and len(self._subject.origins) == 1 else "possible"
        bounds = [bound for bound in summary.names.get(name, ()) if bound.kind != "absent"] if summary else []
        if bounds and all(bound.aside for bound in bounds):
            standing = "typing"
        if bounds or (summary is not None and summary.stars):
            assert summary is not None
            row, chain = self._binding(summary, bounds, resolution.chain)
            return ObjectPath(module, name, summary.path, row, chain, standing)
        itself = self._project.summary(f"{module}.{name}" if module else name)
        return ObjectPath(module, name, itself.path, 1, resolution.chain, standing) if itself else None

    def _binding(
        self, summary: ModuleSummary, bounds: Sequence[Bound], chain: tuple[str, ...]
    ) -> tuple[int, tuple[str, ...]]:
        """Give the row that binds the object in a module, and the names that lead from there to its definition."""
        if not bounds:
            return max(star.row for star in summary.stars), chain
        for bound in reversed(bounds):
            beyond = self._project.resolve(bound.target) if bound.target is not None else None
            if beyond is not None and not beyond.possible.isdisjoint(self._subject.origins):
                return bound.row, chain if len(chain) > 1 else (*chain, *beyond.chain)
        return bounds[-1].row, chain

    # Who takes them.

    def _wanted(self, paths: Iterable[Key]) -> Wanted:
        keys = frozenset(_text(key) for key in paths if key[0])
        modules = frozenset(name for name in self._subject.origins if self._project.summary(name) is not None)
        stars: dict[str, tuple[str, ...]] = {}
        for module, name in sorted(paths):
            if module and name in (self._project.star_exports(module) or ()):
                stars[module] = (*stars.get(module, ()), f"{module}:{name}")
        # A submodule is imported as a module is, wherever it stands.
        own = frozenset(key for key in keys if key.replace(":", ".") in modules)
        return Wanted(keys - own, modules, stars)

    def _candidates(self, wanted: Wanted) -> set[str]:
        """Give the files that may take something of ``wanted``."""
        importers = {path for key in wanted.names for path in self._importing(*key.split(":"))}
        importers |= {path for module in wanted.stars for path in self._importing(module, "*")}
        search = ImportSearch(wanted.modules)
        named = {path for module in wanted.modules for path in self._project.mentions(module.rpartition(".")[2])}
        importers |= {path for path in named if search.finds(self._text_of(path))}
        rest = self._mentioning() - importers
        chained = {path for path in rest if has_chain(self._text_of(path), self._names)}
        return importers | chained

    def _importing(self, module: str, name: str) -> Iterator[str]:
        for importer in self._project.importers(module, name):
            yield from self._files.get(importer, ())

    def _notes(self) -> Iterator[str]:
        """Say what is not as plain as it looks."""
        resolution, origins = self._subject.resolution, self._subject.origins
        others = sorted(resolution.possible - origins)
        if len(origins) > 1:
            yield f"{self._subject.name} is ambiguous: it may be any of {', '.join(sorted(origins))}"
        elif resolution.status == "unknown":
            yield f"what {self._subject.name} is cannot be told for certain"
        for origin in sorted(origins):
            module, inner = split(self._project, origin)
            summary = self._project.summary(module) if inner else None
            bounds = [bound for bound in summary.names.get(inner, ()) if bound.kind != "absent"] if summary else []
            if len(bounds) > 1:
                rows = ", ".join(str(bound.row) for bound in bounds)
                also = f"; it may also be {', '.join(others)}" if others else ""
                yield f"{origin.replace(':', '.')} is ambiguous: it is bound in several ways, in lines {rows}{also}"


def _text(key: Key) -> str:
    return f"{key[0]}:{key[1]}" if key[0] else key[1]
