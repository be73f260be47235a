"""Where the files of a project take an object, or import a module: one pass over the files that may."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ssot_lint.executor import Crash, map_files
from ssot_lint.file import File, plain
from ssot_lint.project import Project
from ssot_lint.source.scan import scan
from ssot_lint.source.text import Text
from ssot_lint.source.triggers import searchable
from ssot_lint.tracing.imports import import_statements, imported_from, packages, read_text
from ssot_lint.tracing.model import Site

ROOT = re.compile(rb"(?:^|[^\w.\"'\x80-\xff])([A-Za-z_\x80-\xff][\w\x80-\xff]*)(?:\.[\w\x80-\xff]+)*$")
"""The name with which a chain of attributes begins, that ends here; most of those in quotes are none."""
LONGEST_QUALIFIER = 200
NO_MODULES = frozenset({b"self", b"cls"})


@dataclass(frozen=True)
class Tree:
    """Where the files of a project are: what a process needs to know to read them."""

    root: Path
    src: tuple[str, ...]
    files: tuple[str, ...]

    def project(self) -> Project:
        """Give the index of the project."""
        return Project(self.root, self.src, lambda: self.files)


@dataclass(frozen=True)
class Wanted:
    """What to look for.

    ``names`` are ``module:name``, ``modules`` dotted modules. ``stars`` tells which of the names a star import of a
    module brings.
    """

    names: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    stars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Found = list[tuple[str, Site]]
"""What of `Wanted` is taken, and where."""


@dataclass(frozen=True)
class SiteFinder:
    """Makes, once a process, what finds the sites of one file."""

    tree: Tree
    wanted: Wanted

    def __call__(self) -> Callable[[str], Found]:
        """Give a function from the path of a file to what it takes."""
        project = self.tree.project()
        return lambda path: list(sites_in(project, path, self.wanted))


def find_sites(tree: Tree, paths: Sequence[str], wanted: Wanted) -> dict[str, list[Site]]:
    """Look for ``wanted`` in the files ``paths``; what cannot be read has nothing."""
    found: dict[str, list[Site]] = {}
    for result in map_files(SiteFinder(tree, wanted), paths, 0):
        for key, site in () if isinstance(result, Crash) else result:
            found.setdefault(key, []).append(site)
    return {key: sorted(sites) for key, sites in found.items()}


def sites_in(project: Project, path: str, wanted: Wanted) -> Iterator[tuple[str, Site]]:
    """Give each place of a file that takes something of ``wanted``, with what it is."""
    raw = project.read(path)
    text = read_text(raw) if raw is not None else None
    if raw is None or text is None:
        return
    yield from _imports(project, path, text, wanted)
    if has_chain(searchable(raw), {key.rpartition(":")[2] for key in wanted.names}):
        yield from _chains(project, path, text, wanted)


def _imports(project: Project, path: str, text: Text, wanted: Wanted) -> Iterator[tuple[str, Site]]:
    located = project.module_of(path)
    for node in import_statements(text):
        if isinstance(node, ast.Import):
            for alias in node.names:
                imported = wanted.modules.intersection(packages(alias.name))
                yield from ((module, Site(path, node.lineno, "import")) for module in imported)
            continue
        source = imported_from(node, located)
        if source is None:
            continue
        taken = wanted.modules.intersection(packages(source))
        for alias in node.names:
            if alias.name == "*":
                yield from ((key, Site(path, node.lineno, "star")) for key in wanted.stars.get(source, ()))
            elif f"{source}:{alias.name}" in wanted.names:
                yield f"{source}:{alias.name}", Site(path, alias.lineno, "from")
            if f"{source}.{alias.name}" in wanted.modules:
                taken |= {f"{source}.{alias.name}"}
        yield from ((module, Site(path, node.lineno, "from")) for module in taken)


# Chains of attributes.


def has_chain(text: bytes, names: Iterable[str]) -> bool:
    """Tell whether a file may reach one of ``names`` by attributes of a module that it imports."""
    for name in names:
        word = f".{name}".encode()
        offset = text.find(word)
        while offset >= 0:
            root = ROOT.search(text, max(0, offset - LONGEST_QUALIFIER), offset)
            if root is not None and root[1] not in NO_MODULES and _is_imported(text, root[1]):
                return True
            offset = text.find(word, offset + 1)
    return False


def _is_imported(text: bytes, name: bytes) -> bool:
    return re.search(rb"(?:\b(?:import|as)[ \t]|[,(])\s*" + re.escape(name) + rb"\b", text) is not None


def _chains(project: Project, path: str, text: Text, wanted: Wanted) -> Iterator[tuple[str, Site]]:
    try:
        file = File(path, scan(text, *(project.module_of(path) or (None, False))), project)
    except SyntaxError:
        return
    lasts = {key.rpartition(":")[2] for key in wanted.names}
    for use in file.uses:
        for depth in range(2, len(use.path) + 1):
            if use.path[depth - 1] not in lasts:
                continue
            reference = file.refer(use.path[: depth - 1], use.start)
            for owner in sorted(reference.names) if reference else ():
                key = f"{_module(project, owner)}:{use.path[depth - 1]}"
                if key in wanted.names:
                    yield key, Site(path, text.row(use.start), "attribute")


def _module(project: Project, owner: str) -> str | None:
    """Give the module that a name is, if it is one for certain."""
    origin = project.resolve(owner).origin
    return plain(origin) if origin is not None and project.summary(plain(origin)) is not None else None
