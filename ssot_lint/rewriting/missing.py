"""What a file names and the project does not have: is that certain, does it matter, what could have been meant?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from ssot_lint.file import File
from ssot_lint.globs import is_test_path, matches_module
from ssot_lint.model import Refusal
from ssot_lint.project.dangling import Dangling
from ssot_lint.project.homes import COMMON
from ssot_lint.source.patches import faked_modules
from ssot_lint.source.places import (
    EXPECTED_FAILURES,
    around,
    catches_import_error,
    fails_on_purpose,
    handlers,
    import_guard,
    is_negative_test,
    last_name,
)
from ssot_lint.source.scopes import Block, Statement

INDENTED_IMPORT = re.compile(rb"^[ \t]+(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(\([^)]*\)|[^\r\n]*)", re.MULTILINE)
NAMED_HOMES = 3
"""How many of the places where something is defined a message names."""


@dataclass(frozen=True)
class Governed:
    """The names that a rule is about: those in ``packages``, all of the project if there are none, but ``extern``.

    Both are globs of modules, and mean what is below them, too.
    """

    packages: tuple[str, ...]
    extern: tuple[str, ...]

    def has(self, dangling: Dangling) -> bool:
        """Tell whether the rule is about what is missing here."""
        names = list(_prefixes(dangling.full_name))
        if self.packages and not any(matches_module(name, self.packages) for name in names):
            return False
        return not any(matches_module(name, self.extern) for name in names)


def _prefixes(name: str) -> Iterator[str]:
    while name:
        yield name
        name = name.rpartition(".")[0]


def _prefixes_below(dangling: Dangling) -> Iterator[str]:
    """Give all that may be a module of the part of a dotted name that does not exist."""
    return (name for name in _prefixes(dangling.full_name) if len(name) > len(dangling.owner))


def missing(file: File, name: str, statement: Statement, offset: int) -> Dangling | None:
    """Say where ``name`` breaks off that the code at ``offset`` of ``statement`` needs.

    ``None`` where it exists, where it may exist all the same, and where the code is there to prove that it does not.
    """
    dangling = file.project.dangling(name)
    if dangling is None or _is_about_failure(file, statement, offset):
        return None
    return None if _is_faked(file, dangling) or _is_beside(file, dangling) else dangling


def _is_about_failure(file: File, statement: Statement, offset: int) -> bool:
    if fails_on_purpose(file.scan, statement, offset) or _is_after_raises(file, statement, offset):
        return True
    return import_guard(statement) is not None and is_negative_test(statement)


def _is_after_raises(file: File, statement: Statement, offset: int) -> bool:
    """Whether the code at ``offset`` is an item of a ``with`` statement that expects a failure in an item before."""
    return isinstance(statement.node, (ast.With, ast.AsyncWith)) and any(
        last_name(item.context_expr) in EXPECTED_FAILURES and file.scan.span(item.context_expr)[1] <= offset
        for item in statement.node.items
    )


def _is_faked(file: File, dangling: Dangling) -> bool:
    """Whether the file puts the missing module, or the one in which something is missing, into ``sys.modules``."""
    if "sys.modules" not in file.text.string:
        return False
    names = [dangling.owner] if dangling.kind != "module" else _prefixes_below(dangling)
    return not faked_modules(file.scan.tree).isdisjoint(names)


def _is_beside(file: File, dangling: Dangling) -> bool:
    """Whether a directory above the file, or another import root, has a module of that name.

    It is found where that directory is put on the path, as Python does for scripts and pytest for tests; which of two
    modules of one name is meant, nobody can tell.
    """
    names = [dangling.owner] if dangling.kind != "module" else _prefixes_below(dangling)
    inner = [name.replace(".", "/") for name in names]
    return any(
        not _is_the_owner(file, path, dangling) and file.project.read(path) is not None
        for directory in dict.fromkeys((*_directories_above(file.path), *file.project.roots))
        for name in inner
        for path in (_inside(directory, f"{name}.py"), _inside(directory, f"{name}/__init__.py"))
    )


def _directories_above(path: str) -> Iterator[str]:
    directory = path.rpartition("/")[0]
    while directory:
        yield directory
        directory = directory.rpartition("/")[0]


def _inside(directory: str, path: str) -> str:
    return f"{directory}/{path}" if directory else path


def _is_the_owner(file: File, path: str, dangling: Dangling) -> bool:
    summary = file.project.summary(dangling.owner)
    return summary is not None and summary.path == path


# Guards.


def is_guarded(file: File, statement: Statement, *errors: str) -> bool:
    """Tell whether a failing import at ``statement`` is taken care of: by ``except ImportError``, or ``suppress``.

    Neither by a handler that fails in its turn, nor by being in a handler that will be needed, for something that it
    stands in for is missing. ``errors`` are what else may be caught.
    """
    for owner, block in around(statement):
        if _suppresses(owner.node):
            return True
        if block.part == "body" and any(_takes_care(handler, errors) for handler in handlers(owner)):
            return True
        in_handler = block.handler is not None and catches_import_error(block.handler)
        if in_handler and _all_there(file, owner.blocks[0]):
            return True
    return False


def _takes_care(handler: ast.ExceptHandler, errors: tuple[str, ...]) -> bool:
    last = handler.body[-1]
    if isinstance(last, ast.Raise) or (isinstance(last, ast.Expr) and last_name(last.value) in ("fail", "exit")):
        return False
    return catches_import_error(handler) or any(last_name(error) in errors for error in _caught(handler))


def _caught(handler: ast.ExceptHandler) -> list[ast.expr]:
    if isinstance(handler.type, ast.Tuple):
        return handler.type.elts
    return [handler.type] if handler.type is not None else []


def _suppresses(node: ast.stmt) -> bool:
    return isinstance(node, (ast.With, ast.AsyncWith)) and any(
        last_name(item.context_expr) == "suppress" for item in node.items
    )


def _all_there(file: File, block: Block) -> bool:
    """Whether nothing that the imports of a block name is missing."""
    imports = filter(None, map(file.import_of, block.statements))
    return not any(
        file.project.dangling(name)
        for imported in imports
        for alias in imported.node.names
        for name in imported_names(imported.node, imported.module, alias)
    )


def imported_names(node: ast.Import | ast.ImportFrom, module: str | None, alias: ast.alias) -> Iterator[str]:
    """Give what has to exist for ``alias`` to be imported: ``a.b:`` for a module, ``a.b:c`` for a name of one."""
    if isinstance(node, ast.Import):
        yield f"{alias.name}:"
    elif module is not None:
        yield f"{module}:" if alias.name == "*" else f"{module}:{alias.name}"


# What could have been meant.


@dataclass(frozen=True)
class Sought:
    """The last name of what was to be reached, the names that follow it, and where the project defines it."""

    name: str
    rest: tuple[str, ...]
    homes: tuple[str, ...]

    def refusal(self) -> Refusal:
        """Say why nobody can tell what to name instead."""
        if not self.homes:
            return Refusal("target-missing", f"nothing in the project is called `{self.name}`")
        return Refusal("several-targets", f"`{self.name}` is defined in {len(self.homes)} places of the project")


def sought(file: File, dangling: Dangling, *, only_modules: bool = False) -> Sought:
    """Look for what ``file`` wants to reach by a name that breaks off; tests are for tests only."""
    names = (dangling.missing, *dangling.rest)
    index = 0
    if dangling.kind == "module" and dangling.rest:
        index = next((i for i, name in enumerate(names) if i and name[:1].isupper()), len(names) - 1)
    homes = tuple(
        home
        for home in file.project.homes(names[index])
        if _may_use(file, home) and (not only_modules or _is_module(file, home))
    )
    return Sought(names[index], names[index + 1 :], homes)


def _may_use(file: File, home: str) -> bool:
    module = home if _is_module(file, home) else home.rpartition(".")[0]
    summary = file.project.summary(module)
    if summary is None or summary.path is None or module == file.module:
        return False
    return is_test_path(file.path) or not is_test_path(summary.path)


def _is_module(file: File, name: str) -> bool:
    return file.project.summary(name) is not None


def reason(file: File, dangling: Dangling) -> str:
    """Say in words what is missing."""
    if dangling.kind == "module":
        return f"there is no module {dangling.symbol}"
    if dangling.kind == "name" and _is_imported_inside(file, dangling):
        return f"{dangling.owner} imports `{dangling.missing}` in functions only"
    return f"{dangling.owner} has no `{dangling.missing}`"


def _is_imported_inside(file: File, dangling: Dangling) -> bool:
    """Whether the module that does not have a name imports it all the same, where nobody can reach it."""
    summary = file.project.summary(dangling.owner)
    raw = file.project.read(summary.path) if summary and summary.path else None
    word = re.compile(rb"\b%s\b" % dangling.missing.encode())
    return any(word.search(names) for names in INDENTED_IMPORT.findall(raw or b""))


def hint(file: File, dangling: Dangling, found: Sought) -> str:
    """Say in words what there is instead, with a semicolon before it; nothing if nothing is near."""
    if 0 < len(found.homes) <= COMMON:
        homes = sorted(found.homes, key=lambda home: -_closeness(home, dangling.symbol))
        places = [home if _is_module(file, home) else home.rpartition(".")[0] for home in homes]
        more = f" and {len(places) - NAMED_HOMES} more" if len(places) > NAMED_HOMES else ""
        what = "there is" if places == homes else f"`{found.name}` is defined in"
        return f"; {what} {', '.join(places[:NAMED_HOMES])}{more}"
    near = file.project.near(dangling)
    return f"; did you mean {near}?" if near else ""


def _closeness(name: str, other: str) -> int:
    """Count the packages that two dotted names share."""
    pairs = zip(name.split("."), other.split("."), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
