"""Module names and where they are, as Python's own search would find them over the import roots of the project.

Only directories on the way to a module are ever read, each once.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath

from ssot_lint.project.trail import ANY_DIRECTORY, Trail

COMPILED = (".so", ".pyd", ".pyx", ".pxd")
"""What is a module once it is compiled, or is one already; what its names are, it does not tell."""
SOURCES_OF_PACKAGES = (".c", ".cpp", ".cc", ".cxx")
"""What is a module beside the modules of a package; elsewhere a directory may hold C for anything."""
DEEPEST_NAMESPACE = 6
"""How many directories deep the modules of a namespace package are looked for."""
BYTECODE = "__pycache__"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a module is.

    ``path`` is its source, relative to the project root; ``None`` for a namespace package, and where there is only a
    stub, a compiled module or what it is compiled from (``opaque``). ``directories`` hold the submodules of a package.
    An ``open`` namespace package may have more of them in distributions that are installed beside the project.
    """

    module: str
    path: str | None
    directories: tuple[str, ...] = ()
    opaque: bool = False
    open: bool = False

    @property
    def is_package(self) -> bool:
        """Whether the module can have submodules."""
        return bool(self.directories)

    @property
    def is_namespace(self) -> bool:
        """Whether the module is a directory, or several, without ``__init__``."""
        return self.path is None and not self.opaque


@dataclass(frozen=True, slots=True)
class Listing:
    """What is in a directory: ``.py`` files; stubs and compiled modules; directories. All without their suffixes."""

    sources: frozenset[str] = frozenset()
    opaque: frozenset[str] = frozenset()
    directories: frozenset[str] = frozenset()


class ModuleMap:
    """Finds modules by name and names by path.

    ``extra`` are files that count as there though they are not on disk, or (``None``) as gone though they are.
    """

    def __init__(
        self, root: Path, src: Sequence[str], extra: Mapping[str, object] | None = None, trail: Trail | None = None
    ) -> None:
        self._root = root
        self._trail = trail or Trail()
        self._roots = tuple(dict.fromkeys(_plain(entry, root) for entry in src))
        self._longest_first = sorted(self._roots, key=len, reverse=True)
        self._listings: dict[str, Listing] = {}
        self._found: dict[str, tuple[Location | None, str]] = {}
        files = extra or {}
        self._extra = _by_directory(path for path, content in files.items() if content is not None)
        self._gone = _by_directory(path for path, content in files.items() if content is None)

    @property
    def roots(self) -> tuple[str, ...]:
        """The import roots, relative to the project root and searched in order; ``""`` is that itself."""
        return self._roots

    def module_of(self, path: str) -> tuple[str, bool] | None:
        """Give the dotted module of a path relative to the project root, and whether it is a package.

        ``None`` for what no import statement can name.
        """
        for root in self._longest_first:
            if root and not path.startswith(f"{root}/"):
                continue
            inner = path[len(root) + 1 :] if root else path
            *parts, name = inner.split("/")
            if not name.endswith(".py"):
                return None
            is_package = name == "__init__.py"
            if not is_package:
                parts.append(name[: -len(".py")])
            if not parts or not all(part.isidentifier() for part in parts):
                return None
            return ".".join(parts), is_package
        return None

    def is_first_party(self, name: str) -> bool:
        """Tell whether the top level of the dotted ``name`` is a package or module of the project."""
        return self.find(name.partition(".")[0]) is not None

    def tops(self) -> frozenset[str]:
        """Give the names of all modules and packages at the top level."""
        self._trail.note(ANY_DIRECTORY)
        listings = [self.listing(root) for root in self._roots]
        names = {name for found in listings for name in found.sources | found.opaque | found.directories}
        return frozenset(name for name in names if self.find(name) is not None)

    def listed(self, package: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the directories of a package, and the names of all that is in them."""
        location = self.find(package)
        directories = location.directories if location else ()
        listings = [self.listing(directory) for directory in directories]
        names = {name for found in listings for name in found.sources | found.opaque | found.directories}
        return directories, tuple(sorted(names))

    def find(self, module: str) -> Location | None:
        """Give the location of a dotted module; ``None`` if the project has none of that name."""
        found = self._found.get(module)
        if found is None:
            package, _, name = module.rpartition(".")
            location = self._inside(package, module, name) if "." in module else self._at_top(name)
            found = self._found[module] = location, module if location else self._ground(package, module)
        self._trail.note(found[1])
        return found[0]

    def _ground(self, package: str, module: str) -> str:
        """Say what it rests on that ``module``, in ``package``, is not there: what is in the package, if that is."""
        for end in (match.start() for match in re.finditer(r"\.", module)):
            location, ground = self._found[module[:end]]
            if location is None:
                return ground
        parent = self._found[package][0] if "." in module else None
        if parent is None:
            return module
        return f"{package}/" if parent.is_package else package

    def _at_top(self, name: str) -> Location | None:
        found = None if name in sys.builtin_module_names else self._search(name, name, self._roots, None)
        return None if found and found.is_namespace and not self._is_ours(found) else found

    def _inside(self, package: str, module: str, name: str) -> Location | None:
        # From the top, so that a name of any depth takes no more of the interpreter's stack than another.
        for end in (match.start() for match in re.finditer(r"\.", package)):
            if self.find(package[:end]) is None:
                return None
        parent = self.find(package)
        return self._search(module, name, parent.directories, parent) if parent else None

    def _search(self, module: str, name: str, directories: Iterable[str], parent: Location | None) -> Location | None:
        """Look for ``name`` as Python does: a package before a module, bare directories together at the end."""
        portions = []
        for directory in directories:
            listing = self.listing(directory)
            inner = _join(directory, name)
            if name in listing.directories:
                package = self.listing(inner)
                if "__init__" in package.sources:
                    return Location(module, f"{inner}/__init__.py", (inner,))
                if "__init__" in package.opaque:
                    return Location(module, None, (inner,), opaque=True)
                portions.append(inner)
            if name in listing.sources:
                return Location(module, f"{inner}.py")
            if name in listing.opaque:
                return Location(module, None, opaque=True)
        if not portions:
            return None
        return Location(module, None, tuple(portions), open=self._is_open(portions, parent))

    def _is_open(self, portions: Sequence[str], parent: Location | None) -> bool:
        """Whether others may add to a namespace package.

        At the top level anybody may. Below, a directory with modules of its own is taken to be the project's alone:
        distributions share directories that hold nothing but packages.
        """
        if parent is None:
            return True
        return parent.open and not any(self.listing(portion).sources for portion in portions)

    def _is_ours(self, namespace: Location) -> bool:
        """Whether a directory at the top level is a package: it holds code, and Python has none of that name itself."""
        if namespace.module in sys.stdlib_module_names:
            return False
        return any(self._has_code(directory, DEEPEST_NAMESPACE) for directory in namespace.directories)

    def _has_code(self, directory: str, depth: int) -> bool:
        listing = self.listing(directory)
        if any(name.isidentifier() for name in listing.sources | listing.opaque):
            return True
        return depth > 0 and any(
            self._has_code(_join(directory, inner), depth - 1)
            for inner in sorted(listing.directories)
            if inner.isidentifier()
        )

    def submodules(self, location: Location) -> Iterator[str]:
        """Give the last names of the modules directly below ``location``; directories without ``__init__`` left out."""
        self._trail.note(ANY_DIRECTORY)
        for directory in location.directories:
            listing = self.listing(directory)
            yield from (listing.sources | listing.opaque) - {"__init__"}
            for name in listing.directories:
                if "__init__" in self.listing(_join(directory, name)).sources:
                    yield name

    @property
    def listings(self) -> Mapping[str, Listing]:
        """What is in the directories that were looked into so far."""
        return self._listings

    def listing(self, directory: str) -> Listing:
        """Give what is in a directory, with ``/`` and relative to the project root."""
        if directory not in self._listings:
            self._listings[directory] = _listing(self._entries(directory))
        return self._listings[directory]

    def _entries(self, directory: str) -> dict[str, bool]:
        """Give what is in a directory; another one in which nothing is left is gone, too."""
        entries = dict(_entries(self._root / directory))
        for name, is_directory in self._gone.get(directory, {}).items():
            if not is_directory or self._entries(_join(directory, name)).keys() <= {BYTECODE}:
                entries.pop(name, None)
        entries.update(self._extra.get(directory, {}))
        return entries


def _plain(entry: str, root: Path) -> str:
    """Give an import root as a path relative to the project root, ``""`` for that itself."""
    if os.path.isabs(entry):
        entry = os.path.relpath(entry, root)
    path = normpath(entry.replace(os.sep, "/"))
    return "" if path == "." else path


def _join(directory: str, name: str) -> str:
    return f"{directory}/{name}" if directory else name


def _by_directory(paths: Iterable[str]) -> dict[str, dict[str, bool]]:
    """Give for each directory what is in it by ``paths``: names, each with whether it is a directory."""
    entries: dict[str, dict[str, bool]] = {}
    for path in paths:
        directory, _, name = path.rpartition("/")
        entries.setdefault(directory, {})[name] = False
        while directory:
            directory, _, name = directory.rpartition("/")
            entries.setdefault(directory, {})[name] = True
    return entries


def _entries(directory: Path) -> Iterator[tuple[str, bool]]:
    """Give the names in ``directory``, each with whether it is a directory; nothing for one that cannot be read."""
    try:
        with os.scandir(directory) as found:
            for entry in found:
                yield entry.name, entry.is_dir()
    except OSError:
        return


def _listing(entries: dict[str, bool]) -> Listing:
    sources, opaque, directories = set(), set(), set()
    is_package = not entries.keys().isdisjoint(("__init__.py", "__init__.pyi"))
    compiled = (*COMPILED, *SOURCES_OF_PACKAGES) if is_package else COMPILED
    for name, is_directory in entries.items():
        if is_directory:
            directories.add(name)
        elif name.endswith(".py"):
            sources.add(name[: -len(".py")])
        elif name.endswith(".pyi"):
            opaque.add(name[: -len(".pyi")])
        elif name.endswith(compiled):
            opaque.add(name.partition(".")[0])
    return Listing(frozenset(sources), frozenset(opaque), frozenset(directories))
