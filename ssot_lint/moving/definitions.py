"""A class or function that moves: its text, and what it needs of the module in which it stands."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ssot_lint.file import File
from ssot_lint.moving.request import CannotMove, Request
from ssot_lint.project import Project
from ssot_lint.rewriting.opening import opened
from ssot_lint.source.imports import replace_module
from ssot_lint.source.places import in_type_checking
from ssot_lint.source.replacements import Replacement
from ssot_lint.source.scan import DEFINITIONS, Import
from ssot_lint.source.scopes import Binding, Statement
from ssot_lint.source.text import Text
from ssot_lint.source.uses import Use

OF_THE_MODULE = frozenset(
    {"__name__", "__file__", "__package__", "__spec__", "__path__", "__loader__", "__builtins__", "globals", "vars"}
)
"""Names that mean something else in another module."""

KEYWORD = re.compile(r"\b(?:class|def)[ \t\f\\\r\n]+")


@dataclass(frozen=True)
class Needed:
    """A name that the definition uses and its module binds.

    ``target`` is what is to be imported for it: ``a.b:c``, or ``a.b`` for a module; ``is_own`` says that the module
    does not import it itself. ``for_checkers`` are imports that only type checkers see.
    """

    name: str
    target: str
    is_own: bool = False
    for_checkers: bool = False


@dataclass(frozen=True)
class Definition:
    """The definition ``name`` in ``file``: from ``start``, its first comment, to ``end``, that of its last line."""

    file: File
    name: str
    statement: Statement
    start: int
    end: int
    needed: tuple[Needed, ...]

    @property
    def has_annotations(self) -> bool:
        """Whether anything in it is annotated, so that ``from __future__ import annotations`` matters."""
        nodes = ast.walk(self.statement.node)
        return any(getattr(node, "annotation", None) or getattr(node, "returns", None) for node in nodes)

    def covers(self, offset: int) -> bool:
        """Whether ``offset`` lies in the definition."""
        return self.start <= offset < self.end


def find_definition(project: Project, request: Request) -> Definition | None:
    """Find the class or function that moves; ``None`` if its module does not define it.

    Raises `CannotMove` where it is there and cannot be taken out.
    """
    module, _, name = request.old.rpartition(".")
    summary = project.summary(module)
    if summary is None or summary.path is None or (name not in summary.names and not summary.broken):
        return None
    file = opened(project, summary.path)
    if file is None:
        raise CannotMove(f"{summary.path} is not Python, so nothing is taken out of it")
    bindings = file.scan.scope.bindings.get(name, [])
    if not any(binding.kind in ("class", "function") for binding in bindings):
        if all(binding.kind in ("import", "from") for binding in bindings):
            return None
        raise CannotMove(f"{request.old} is no module, class or function")
    if len(bindings) > 1 or bindings[0].statement.block is not file.scan.block:
        raise CannotMove(f"{summary.path} binds {name} more than once, or not always")
    return _read(file, name, bindings[0].statement)


def _read(file: File, name: str, statement: Statement) -> Definition:
    text = file.text
    first = row = text.row(statement.start)
    while row > 1 and _line(text, row - 1).startswith("#"):
        row -= 1
    # Comments with which the file begins are about the file.
    start = text.line_starts[(first if row == 1 else row) - 1]
    definition = Definition(file, name, statement, start, text.line_end(statement.end), ())
    _check(definition)
    return replace(definition, needed=tuple(_needed(definition)))


def _line(text: Text, row: int) -> str:
    start = text.line_starts[row - 1]
    return text.string[start : text.line_end(start)]


def _check(definition: Definition) -> None:
    """Raise `CannotMove` for a definition that does something with its module."""
    where = f"{definition.file.path}, {definition.name}"
    for node in ast.walk(definition.statement.node):
        if isinstance(node, ast.Global):
            raise CannotMove(f"{where} assigns names of its module ({', '.join(node.names)})")
        if isinstance(node, ast.Name) and node.id in OF_THE_MODULE:
            raise CannotMove(f"{where} uses `{node.id}`, which is another one in another module")


def _needed(definition: Definition) -> Iterator[Needed]:
    found: dict[str, Needed] = {}
    for use in definition.file.uses:
        if definition.covers(use.start) and use.path[0] != definition.name:
            needed = _need(definition, use)
            if needed is not None and found.setdefault(needed.name + needed.target, needed) is needed:
                yield needed


def _need(definition: Definition, use: Use) -> Needed | None:
    """Give what a use needs of the module; ``None`` for what is bound in the definition itself, and for builtins."""
    file, name = definition.file, use.path[0]
    bindings = file.scan.lookup(name, use.start)
    if bindings is None:
        return None
    if not bindings:
        return _from_star(definition, name)
    own = file.scan.scope.bindings.get(name, [])
    if not any(binding in own for binding in bindings):
        return None
    if any(binding.statement.scope.kind == "function" for binding in own):
        raise CannotMove(f"{file.path}, {definition.name} uses `{name}`, which functions of its module assign")
    for_checkers = all(in_type_checking(binding.statement) for binding in own)
    is_certain = for_checkers or not any(binding.conditional for binding in own)
    if is_certain and own[0].target is not None and len({binding.target for binding in own}) == 1:
        return Needed(name, _imported_path(file, own, use), for_checkers=for_checkers)
    return Needed(name, f"{file.module}:{name}", is_own=True)


def _imported_path(file: File, bindings: list[Binding], use: Use) -> str:
    """Give what has to be imported for a use: of ``import a.b`` and the like, the longest path that it follows."""
    if bindings[0].kind == "from":
        return bindings[0].target or ""
    paths = [
        alias.name
        for binding in bindings
        if (imported := file.import_of(binding.statement)) is not None
        for alias in imported.node.names
        if _local(alias.asname, alias.name) == binding.name
    ]
    followed = [path for path in paths if use.path[: path.count(".") + 1] == tuple(path.split("."))]
    return max(followed, key=len, default=paths[0])


def _local(asname: str | None, name: str) -> str:
    return asname or name.partition(".")[0]


def _from_star(definition: Definition, name: str) -> Needed | None:
    reference = definition.file.refer((name,), definition.statement.start)
    names = sorted(reference.names) if reference else []
    if len(names) == 1:
        return Needed(name, names[0])
    if hasattr(builtins, name):
        return None
    raise CannotMove(f"{definition.file.path}, {definition.name} uses `{name}`, which nothing is known to bind")


def absolute_imports(definition: Definition) -> Iterator[Replacement]:
    """Make the relative imports in the definition absolute; raises `CannotMove`."""
    for imported in definition.file.scan.imports:
        if definition.covers(imported.statement.start) and _is_relative(imported):
            if imported.module is None:
                raise CannotMove(f"a relative import in {definition.file.path} leaves the project")
            yield replace_module(definition.file.scan, imported, 0, imported.module)


def _is_relative(imported: Import) -> bool:
    return isinstance(imported.node, ast.ImportFrom) and imported.node.level > 0


def renamed(definition: Definition, new: str) -> Iterator[Replacement]:
    """Give the changes that call the definition ``new`` where it stands and where it speaks of itself."""
    if new == definition.name:
        return
    file, node = definition.file, definition.statement.node
    assert isinstance(node, DEFINITIONS), "only these are definitions"
    words = {use.path[0] for use in file.uses if definition.covers(use.start)}
    if new in words or any(new in scope.bindings for scope in file.scan.inner.values() if scope.parent is not None):
        raise CannotMove(f"`{new}` is used in {file.path} already")
    keyword = KEYWORD.search(file.text.string, file.text.from_ast(node.lineno, node.col_offset))
    assert keyword is not None, "a definition begins with one"
    yield Replacement(keyword.end(), keyword.end() + len(definition.name), new)
    for use in file.uses:
        if definition.covers(use.start) and use.path[0] == definition.name and _means_it(definition, use):
            yield Replacement(use.start, use.ends[0], new)


def _means_it(definition: Definition, use: Use) -> bool:
    bindings = definition.file.scan.lookup(use.path[0], use.start)
    return any(b.statement is definition.statement and b.kind != "parameter" for b in bindings or ())
