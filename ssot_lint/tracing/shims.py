"""Modules that only pass names on, and who still needs them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ssot_lint.executor import Crash, map_files
from ssot_lint.file import ast_path
from ssot_lint.globs import is_test_path
from ssot_lint.project import Project
from ssot_lint.project.namesakes import names_defined
from ssot_lint.project.summary import ModuleSummary
from ssot_lint.source.places import last_name
from ssot_lint.source.scan import DEFINITIONS, parse
from ssot_lint.source.text import Text
from ssot_lint.source.triggers import searchable
from ssot_lint.tracing.imports import ImportSearch, imported_from, packages, read_text
from ssot_lint.tracing.model import Quote, ShimUse, Site
from ssot_lint.tracing.sites import Found, Tree, Wanted, sites_in

Result = TypeVar("Result")

HOOKS = frozenset({"__getattr__", "__dir__"})
WARNS = frozenset({"warn", "warn_explicit", "filterwarnings", "simplefilter"})
RUN_BY_NAME = frozenset({"__main__.py", "setup.py", "conftest.py", "manage.py"})
"""Files that somebody finds by their name, whoever imports them."""
END_OF_FILE = re.compile(rb"\.py[\"']")
PATH = re.compile(rb"[\"']([\w./\\-]*?(\w+))$")
LONGEST_PATH = 200
LOADER = re.compile(rb"(?:import_module|__import__|find_spec|run_module)\(\s*$")


@dataclass(frozen=True)
class Shim:
    """A ``module`` in ``path`` that only passes names on from ``sources``; it may be found ``by_place``."""

    module: str
    path: str
    sources: tuple[str, ...]
    by_place: bool


def trace_shims(tree: Tree) -> tuple[ShimUse, ...]:
    """Tell of every shim of the project who still imports it, and whether it can be deleted.

    Test files are none, nor are packages with modules in them: those need it.
    """
    shims = {shim.module: shim for shim in _map(ShimFinder(tree), tree.files)}
    sites: dict[str, list[Site]] = {module: [] for module in shims}
    quotes: dict[str, list[Quote]] = {module: [] for module in shims}
    for found, quoted in _map(UserFinder(tree, frozenset(shims)), tree.files):
        for module, site in found:
            if site.path != shims[module].path:
                sites[module].append(site)
        for module, quote in quoted:
            if quote.path != shims[module].path:
                quotes[module].append(quote)
    return tuple(_use(shim, sorted(sites[name]), sorted(set(quotes[name]))) for name, shim in sorted(shims.items()))


def _use(shim: Shim, sites: Sequence[Site], quotes: Sequence[Quote]) -> ShimUse:
    return ShimUse(shim.module, shim.path, shim.sources, tuple(sites), tuple(quotes), shim.by_place)


def _map(start: Callable[[], Callable[[str], Result | None]], files: Sequence[str]) -> Iterator[Result]:
    for result in map_files(start, files, 0):
        if result is not None and not isinstance(result, Crash):
            yield result


# Which modules are shims.


@dataclass(frozen=True)
class ShimFinder:
    """Makes, once a process, what tells of a file whether it is a shim."""

    tree: Tree

    def __call__(self) -> Callable[[str], Shim | None]:
        """Give a function from the path of a file to the shim that it is, if it is one."""
        project = self.tree.project()
        full = set(map(_package, self.tree.files))
        return lambda path: None if _is_full_package(path, full) else shim_at(project, path)


def _package(path: str) -> str:
    """Give the directory of the package that a file is in; a package is in the one around it."""
    directory, _, name = path.rpartition("/")
    return directory.rpartition("/")[0] if name == "__init__.py" else directory


def _is_full_package(path: str, full: Collection[str]) -> bool:
    """Whether the file is that of a package with modules in it: those need it."""
    directory, _, name = path.rpartition("/")
    return name == "__init__.py" and directory in full


def shim_at(project: Project, path: str) -> Shim | None:
    """Give the shim that the file ``path`` is; ``None`` if it is none."""
    located = project.module_of(path)
    if located is None or is_test_path(path) or path.rpartition("/")[2] in RUN_BY_NAME:
        return None
    raw = project.read(path)
    if raw is None or b"import" not in raw or not HOOKS.issuperset(names_defined(raw)):
        return None
    text = read_text(raw)
    sources = _sources(project, text, located) if text is not None else ()
    summary = project.summary(located[0]) if sources else None
    if summary is None or summary.path != path:
        return None
    return Shim(located[0], path, sources, _may_be_found_by_place(project, located[0]))


def _may_be_found_by_place(project: Project, module: str) -> bool:
    """Whether a module is in a bare directory within a package, as migrations are: somebody may list that."""
    around = [project.summary(package) for package in packages(module.rpartition(".")[0])]
    return bool(around) and _is_bare(around[0]) and not all(map(_is_bare, around))


def _is_bare(package: ModuleSummary | None) -> bool:
    return package is None or package.path is None


def _sources(project: Project, text: Text, located: tuple[str, bool]) -> tuple[str, ...]:
    """Give the modules of the project from which a module passes names on, if it does nothing else."""
    try:
        body = parse(text.string).body
    except SyntaxError:
        return ()
    if not all(map(_only_passes_on, body)):
        return ()
    nodes = [node for statement in body for node in ast.walk(statement)]
    used = {path[0] for node in body if isinstance(node, ast.Assign) and (path := ast_path(node.value))}
    sources: dict[str, None] = {}
    for node in nodes:
        if isinstance(node, ast.ImportFrom):
            module = imported_from(node, located)
            sources.update({module: None} if module else {})
        elif isinstance(node, ast.Import):
            # Without another name it is there for what it does, unless something of it gets a name.
            sources.update({a.name: None for a in node.names if a.asname or a.name.partition(".")[0] in used})
    return tuple(source for source in sources if project.is_first_party(source))


def _only_passes_on(node: ast.stmt) -> bool:
    """Whether a statement at module level imports, gives another name, lists names, warns, or is the hook for that."""
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.Pass)):
        return True
    if isinstance(node, DEFINITIONS):
        return node.name in HOOKS
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant) or (
            isinstance(node.value, ast.Call) and last_name(node.value) in WARNS
        )
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return all(isinstance(target, ast.Name) and _may_hold(target.id, node.value) for target in targets)
    if isinstance(node, ast.If):
        return last_name(node.test) == "TYPE_CHECKING" and all(map(_only_passes_on, [*node.body, *node.orelse]))
    return False


def _may_hold(name: str, value: ast.expr | None) -> bool:
    """Whether an assignment of ``value`` is an alias, a fact about the module, or a table for its hook."""
    if name.startswith("__") and name.endswith("__"):
        return True
    if name.startswith("_") and isinstance(value, (ast.Dict, ast.Tuple, ast.List, ast.Set, ast.Constant)):
        return True
    return isinstance(value, (ast.Name, ast.Attribute)) and last_name(value) is not None


# Who needs them.


@dataclass(frozen=True)
class UserFinder:
    """Makes, once a process, what finds the places of a file that need one of the ``modules``."""

    tree: Tree
    modules: frozenset[str]

    def __call__(self) -> Callable[[str], tuple[Found, list[tuple[str, Quote]]]]:
        """Give a function from the path of a file to the imports and the strings that name a module."""
        project = self.tree.project()
        search, quotes, wanted = ImportSearch(self.modules), QuoteSearch(self.modules), Wanted(modules=self.modules)

        def users(path: str) -> tuple[Found, list[tuple[str, Quote]]]:
            raw = project.read(path)
            if raw is None:
                return [], []
            text = searchable(raw)
            found = list(sites_in(project, path, wanted)) if search.finds(text) else []
            return found, [(module, Quote(path, row)) for module, row in quotes.of(text)]

        return users


class QuoteSearch:
    """Finds the strings of a file that begin with the name of one of ``modules``, or are the name of its file.

    The bare name of a module at the top level is most often a word, unless it is passed to what imports modules.
    """

    def __init__(self, modules: frozenset[str]) -> None:
        self._modules = modules
        self._by_last: dict[str, list[str]] = {}
        for module in sorted(modules):
            self._by_last.setdefault(module.rpartition(".")[2], []).append(module)
        tops = sorted({module.partition(".")[0] for module in modules})
        # Each begins with what is searched for: many times faster than one that begins with a choice.
        self._dotted = [re.compile(f"{quote}({top}\\b(?:\\.\\w+)*)(:?)".encode()) for top in tops for quote in "\"'"]

    def of(self, text: bytes) -> Iterator[tuple[str, int]]:
        """Give each module that is named, and the row in which that is."""
        for match in (match for pattern in self._dotted for match in pattern.finditer(text)):
            name = match[1].decode("utf-8", "replace")
            for module in self._modules.intersection(packages(name)):
                if "." in name or match[2] or LOADER.search(text, max(0, match.start() - 40), match.start()):
                    yield module, _row(text, match.start(1))
        for end in END_OF_FILE.finditer(text):
            path = PATH.search(text, max(0, end.start() - LONGEST_PATH), end.start())
            yield from ((module, _row(text, end.start())) for module in (self._of_file(path) if path else ()))

    def _of_file(self, match: re.Match[bytes]) -> Iterator[str]:
        """Give the modules whose file may have the path that stands in a string."""
        path = "/" + match[1].decode("utf-8", "replace").replace("\\", "/").lstrip("./")
        for module in self._by_last.get(match[2].decode("utf-8", "replace"), ()):
            if f"/{module.replace('.', '/')}".endswith(path):
                yield module


def _row(text: bytes, offset: int) -> int:
    return len(text[:offset].splitlines()) + text.endswith((b"\r", b"\n"), 0, offset)
