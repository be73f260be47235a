"""Objects that all users of a process share, told by the expressions that name them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_lint.file import File, ast_path, plain
from ssot_lint.project import Project
from ssot_lint.rewriting.governed import Governed, is_constant
from ssot_lint.source.containers import container_word, containers, own_attributes
from ssot_lint.source.scan import Scan, scan
from ssot_lint.source.scopes import Binding, Statement
from ssot_lint.source.state import calls_made, enclosing_class
from ssot_lint.source.text import NotText, Text

ANYTHING = Governed(but_not=("*Logg*", "*logger*"))
"""What is shared if it is made once: everything but loggers."""


class Shared:
    """What the module of a file, its classes and the modules it imports from hold; members of enums if so wished."""

    def __init__(self, file: File, enum_members: bool = False) -> None:
        self._file = file
        self._enum_members = enum_members
        self._changed: set[str] | None = None

    def what(self, expression: ast.expr, statement: Statement) -> str | None:
        """Say what ``expression``, used in ``statement``, names, if all share it and it is no constant."""
        path = ast_path(expression)
        if path is None:
            return None
        if len(path) == 2 and path[0] in ("self", "cls"):
            return self._of_class(enclosing_class(statement.scope), path[1], path[0] == "self")
        if path[0] not in self._file.scan.scope.bindings:
            return None
        bindings = self._file.scan.lookup(path[0], self._file.scan.span(expression)[0]) or []
        if not bindings or any(b.statement.scope.kind != "module" or b.kind == "parameter" for b in bindings):
            return None
        if len(path) == 1 and all(binding.kind == "assign" for binding in bindings):
            return self._of_bindings(path[0], bindings)
        if len(path) == 2 and all(isinstance(binding.statement.node, ast.ClassDef) for binding in bindings):
            node = bindings[-1].statement.node
            found = self._of_class(node, path[1]) if isinstance(node, ast.ClassDef) else None
            return found or self._member(path, expression)
        return self._elsewhere(path, expression)

    def _of_bindings(self, name: str, bindings: list[Binding]) -> str | None:
        """Say what a name of this module is."""
        for binding in bindings:
            made = container_word(binding.value)
            if made is not None and (not name.isupper() or name in self._names_changed()):
                return made
            for call in calls_made(binding.value) if binding.value is not None else ():
                found = ANYTHING.made(self._file, call)
                if found is not None:
                    return found.what
        return None

    def _names_changed(self) -> set[str]:
        if self._changed is None:
            self._changed = {container.name for container in containers(self._file.scan)}
        return self._changed

    def _of_class(self, owner: ast.ClassDef | None, name: str, by_instance: bool = False) -> str | None:
        """Say what a class of this file holds under ``name``."""
        inner = self._file.scan.inner.get(id(owner)) if owner is not None else None
        bindings = inner.bindings.get(name, []) if inner is not None else []
        made = next(filter(None, (container_word(binding.value) for binding in bindings)), None)
        if made is None or owner is None or f"{owner.name}.{name}" not in self._names_changed():
            return None
        return None if by_instance and name in own_attributes(owner) else made

    def _elsewhere(self, path: tuple[str, ...], expression: ast.expr) -> str | None:
        """Say what a name of another module is."""
        member = self._member(path, expression)
        if member is not None:
            return member
        reference = self._file.refer(path, self._file.scan.span(expression)[0])
        origin = self._file.resolve(reference).origin if reference else None
        if origin is None:
            return None
        definition = self._file.project.definition(origin)
        if definition is None or definition.kind != "variable":
            return None
        module, _, name = plain(origin).rpartition(".")
        other = _file(self._file.project, module)
        return Shared(other).what_is(name) if other is not None else None

    def what_is(self, name: str) -> str | None:
        """Say what the name of this module is."""
        bindings = self._file.scan.scope.bindings.get(name, [])
        return self._of_bindings(name, bindings) if all(b.kind == "assign" for b in bindings) else None

    def _member(self, path: tuple[str, ...], expression: ast.expr) -> str | None:
        """Say what member of what enumeration a name is."""
        if not self._enum_members or len(path) < 2:
            return None
        reference = self._file.refer(path[:-1], self._file.scan.span(expression)[0])
        possible = self._file.resolve(reference).possible if reference else frozenset()
        names = (
            plain(origin).rpartition(".")[2] for origin in sorted(possible) if is_constant(self._file.project, origin)
        )
        return next((f"member of {name}" for name in names), None)


def _file(project: Project, module: str) -> File | None:
    """Give a module of the project as a file, if it can be read."""
    scanned = _scan(project, module)
    summary = project.summary(module)
    return File(summary.path, scanned, project) if scanned and summary and summary.path else None


def _scan(project: Project, module: str) -> Scan | None:
    summary = project.summary(module)
    raw = project.read(summary.path) if summary and summary.path else None
    if raw is None or summary is None:
        return None
    try:
        return scan(Text.read(raw), module, summary.is_package)
    except (NotText, SyntaxError):
        return None


def handed(call: ast.Call) -> Iterator[ast.expr]:
    """Give what a call is given, also in a display or in a call that is given."""
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        yield from _with_parts(argument)


def _with_parts(value: ast.expr) -> Iterator[ast.expr]:
    value = value.value if isinstance(value, ast.Starred) else value
    yield value
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        yield from value.elts
    elif isinstance(value, ast.Dict):
        yield from value.values
    elif isinstance(value, ast.Call) and _makes(value):
        yield from (*value.args, *(keyword.value for keyword in value.keywords))


def _makes(call: ast.Call) -> bool:
    """Whether a call is, by its name, one of a class: others, such as ``dict(x)``, copy or read what they are given."""
    path = ast_path(call.func)
    return path is not None and path[-1].lstrip("_")[:1].isupper()
