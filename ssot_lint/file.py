"""One file as a kind sees it: its text, its names, its place in the project."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from ssot_lint.model import Edit
from ssot_lint.project import Project
from ssot_lint.project.answers import Resolution
from ssot_lint.source.scan import Import, Scan, own_expressions
from ssot_lint.source.scopes import Binding, Statement
from ssot_lint.source.text import Text, normalized
from ssot_lint.source.trees import Tree
from ssot_lint.source.uses import Use, uses
from ssot_lint.source.walking import walk

if TYPE_CHECKING:
    import libcst as cst

DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)+")
MOST_ALIASES = 64
"""How many assignments (``a = b``, ``c = a`` ...) are followed from a name to what it stands for."""

Found = TypeVar("Found")
_Known = dict[int, tuple[Iterable[str], bool]]
"""What assignments are known to stand for, and whether that is all, by the ``id`` of their bindings."""


@dataclass(frozen=True)
class Reference:
    """What an expression names: dotted names, ``a.b:c.d`` where the module is certain.

    ``bindings`` are what binds its first name; ``certain`` is false where not all that may bind it is known.
    """

    names: frozenset[str]
    bindings: tuple[Binding, ...]
    certain: bool


class File:
    """The file ``path``; ``scan`` tells its names, ``project`` what they stand for."""

    def __init__(self, path: str, scan: Scan, project: Project) -> None:
        self.path = path
        self.scan = scan
        self.project = project
        self.tree: Tree | None = None
        self._found: dict[Callable[[File], Any], Any] = {}
        self._known_as: dict[frozenset[str], frozenset[str]] = {}
        self._references: dict[tuple[int, tuple[str, ...]], Reference | None] = {}

    @property
    def text(self) -> Text:
        """The text of the file."""
        return self.scan.text

    @property
    def module(self) -> str | None:
        """The dotted name of the file, if it has one in the project."""
        return self.scan.module

    def once(self, find: Callable[[File], Found]) -> Found:
        """Give what ``find`` finds out about this file, found out when it is first asked."""
        if find not in self._found:
            self._found[find] = find(self)
        found: Found = self._found[find]
        return found

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Give the offsets of the start and the end of a node that is being visited."""
        assert self.tree is not None, "nodes have places only while they are visited"
        return self.tree.span(node)

    def source(self, node: cst.CSTNode) -> str:
        """Give the text of a node that is being visited."""
        start, end = self.span(node)
        return self.text.string[start:end]

    def statement(self, node: cst.CSTNode) -> Statement:
        """Give the statement in which a node that is being visited stands."""
        statement = self.scan.statement_at(self.span(node)[0])
        assert statement is not None, "code stands in statements"
        return statement

    def import_at(self, node: cst.CSTNode) -> Import | None:
        """Give the import statement in which a node that is being visited stands, if it does."""
        return self.import_of(self.statement(node))

    def import_of(self, statement: Statement) -> Import | None:
        """Give the import that ``statement`` is, if it is one."""
        return self.scan.import_of(statement)

    def edit(self, start: int, end: int, content: str) -> Edit:
        """Give the edit that replaces what stands between two offsets."""
        return Edit(self.text.range(start, end), content)

    def reference(self, node: cst.CSTNode) -> Reference | None:
        """Tell what a name or chain of attributes that is being visited names; ``None`` where it is neither."""
        path = dotted_path(node)
        return self.refer(path, self.span(node)[0]) if path else None

    def refer(self, path: tuple[str, ...], offset: int) -> Reference | None:
        """Tell what ``path`` (``("a", "b")`` for ``a.b``) names at ``offset``; ``None`` if nothing is known."""
        return self._referred(path, self.scan.lookup(path[0], offset))

    def _referred(self, path: tuple[str, ...], bindings: list[Binding] | None) -> Reference | None:
        """Tell what ``path`` names if ``bindings``, a list of a scope, may bind its first name; found out once."""
        if not bindings:
            return self._refer(path, bindings, {})
        key = id(bindings), path
        if key not in self._references:
            self._references[key] = self._refer(path, bindings, {})
        return self._references[key]

    def _refer(self, path: tuple[str, ...], bindings: list[Binding] | None, known: _Known) -> Reference | None:
        """Tell what ``path`` names if ``bindings`` may bind its first name; what is ``known`` is not asked again."""
        if bindings is None:
            return None
        if not bindings:
            return self._from_star(path)
        names: set[str] = set()
        certain = True
        for binding in bindings:
            found, sure = self._named_by(binding, known)
            names.update(_join(name, path[1:]) for name in found)
            certain = certain and sure and bool(found)
        if len(bindings) > 1 and len(names) > 1:
            certain = False
        return Reference(frozenset(names), tuple(bindings), certain) if names else None

    def _named_by(self, binding: Binding, known: _Known) -> tuple[Iterable[str], bool]:
        """Give the names that ``binding`` may stand for, and whether they are all."""
        if binding.target is not None:
            return (binding.target,), True
        at_module_level = binding.statement.scope.kind == "module"
        if binding.kind in ("class", "function"):
            if at_module_level and self.module is not None:
                return (f"{self.module}:{binding.name}",), True
            return (), False
        if binding.kind == "assign":
            return self._assigned_by(binding, known)
        return (), False

    def _assigned_by(self, binding: Binding, known: _Known) -> tuple[Iterable[str], bool]:
        """Follow an assignment; each is followed once, so that names assigned to each other come to an end."""
        path = ast_path(binding.value)
        if not path or path[0] == binding.name:
            return (), False
        if id(binding) not in known and len(known) < MOST_ALIASES:
            known[id(binding)] = (), False
            reference = self._refer(path, self.scan.lookup(path[0], binding.statement.start), known)
            if reference:
                known[id(binding)] = reference.names, reference.certain
        return known.get(id(binding), ((), False))

    def _from_star(self, path: tuple[str, ...]) -> Reference | None:
        """Look for a name that no statement binds in what the stars of the module bring, the last of them first."""
        certain = True
        for imported in reversed(self._stars):
            exports = self.project.star_exports(imported) if imported else None
            if exports is not None and path[0] in exports:
                return Reference(frozenset({_join(f"{imported}:{path[0]}", path[1:])}), (), certain)
            certain = certain and exports is not None
        return None

    @cached_property
    def _stars(self) -> list[str | None]:
        return [i.module for i in self.scan.outer_imports if i.node.names[0].name == "*"]

    def names_in(self, statement: Statement) -> Iterator[str]:
        """Give all that the code of a statement may name, by what it imports, uses, or has in strings."""
        imported = self.import_of(statement)
        if imported is not None:
            prefix = "" if isinstance(imported.node, ast.Import) else f"{imported.module}:"
            yield from (f"{prefix}{alias.name}" for alias in imported.node.names)
            return
        for expression in own_expressions(statement.node):
            for node in walk(expression):
                path = ast_path(node) if isinstance(node, (ast.Attribute, ast.Name)) else None
                if path:
                    yield from self._names_of(path, statement)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    for dotted in DOTTED.findall(normalized(node.value)):
                        yield dotted
                        yield from self._names_of(tuple(dotted.split(".")), statement)

    def _names_of(self, path: tuple[str, ...], statement: Statement) -> Iterable[str]:
        bindings = statement.scope.lookup(path[0])
        for depth in range(1, len(path) + 1):
            reference = self._referred(path[:depth], bindings)
            yield from reference.names if reference else ()
        for binding in bindings if len(path) > 1 else ():
            maker = self.maker(binding)
            yield from maker.names if maker else ()

    def maker(self, binding: Binding) -> Reference | None:
        """Tell what is called to make the object that ``binding`` assigns: its class, mostly."""
        path = ast_path(binding.value.func) if isinstance(binding.value, ast.Call) else None
        return self.refer(path, binding.statement.start) if path else None

    def resolve(self, reference: Reference) -> Resolution:
        """Tell where the object that ``reference`` names is really defined."""
        found = [self.project.resolve(name) for name in sorted(reference.names)]
        origins = {resolution.origin for resolution in found}
        possible = frozenset().union(*(resolution.possible for resolution in found))
        if reference.certain and len(origins) == 1:
            return Resolution(found[0].status, found[0].origin, possible, found[0].chain)
        return Resolution("unknown", None, possible, found[0].chain)

    def is_free(self, name: str) -> bool:
        """Tell whether ``name`` is not used or bound anywhere in the file, so that binding it captures nothing."""
        return name not in self._identifiers

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every use of a name in the file."""
        return tuple(uses(self.scan))

    def use_at(self, start: int, end: int) -> tuple[Use, int] | None:
        """Give the use of which the first names, how many is given too, stand from ``start`` up to ``end``."""
        for use in self._uses_by_start.get(start, ()):
            if end in use.ends:
                return use, use.ends.index(end) + 1
        return None

    @cached_property
    def _uses_by_start(self) -> dict[int, list[Use]]:
        found: dict[int, list[Use]] = {}
        for use in self.uses:
            found.setdefault(use.start, []).append(use)
        return found

    def known_as(self, words: frozenset[str]) -> frozenset[str]:
        """Give ``words``, and the names that the file has for what is called so: by ``as``, or by assigning it.

        What is called so is named by no path of which the last name is another one.
        """
        if words not in self._known_as:
            names = set(words)
            while more := {name for name, last in self._given_names if last in names} - names:
                names |= more
            self._known_as[words] = frozenset(names)
        return self._known_as[words]

    @cached_property
    def _given_names(self) -> list[tuple[str, str]]:
        """The plain names that the file gives by ``as`` or by an assignment, each with the last name of what has it."""
        found = [(alias.asname, alias.name.rpartition(".")[2]) for alias in self.scan.nodes(ast.alias) if alias.asname]
        assignments: list[ast.Assign | ast.AnnAssign | ast.NamedExpr] = self.scan.nodes(
            ast.Assign, ast.AnnAssign, ast.NamedExpr
        )
        for node in assignments:
            path = ast_path(node.value)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [(target.id, path[-1]) for target in targets if path and isinstance(target, ast.Name)]
        return found

    def calls_of(self, name: str) -> Iterator[tuple[int, bool]]:
        """Give the offset of each call of the plain ``name``, and whether it is awaited."""
        awaited = {id(node.value) for node in self.scan.nodes(ast.Await)}
        for node in self.scan.nodes(ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id == name:
                yield self.scan.span(node)[0], id(node) in awaited

    def is_patched(self, name: str) -> bool:
        """Tell whether the project holds ``name`` as a string, so that a test may replace what it stands for."""
        return self.project.spells(plain(name))

    def is_patched_when_used(self, statement: Statement, name: str) -> bool:
        """Tell whether an import of ``name`` at ``statement`` may find what a test put there.

        It may if it runs later than the import of its module, in a function, and some string names what it imports.
        """
        return statement.scope.kind == "function" and self.is_patched(name)

    @cached_property
    def _identifiers(self) -> frozenset[str]:
        names: set[str] = set()
        for node in self.scan.nodes(ast.Name, ast.arg, ast.Global, ast.Nonlocal):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, (ast.Global, ast.Nonlocal)):
                names.update(node.names)
        for scope in {id(statement.scope): statement.scope for statement in self.scan.statements}.values():
            names.update(scope.bindings)
        return frozenset(names)


def _join(name: str, rest: tuple[str, ...]) -> str:
    return ".".join((name, *rest))


def plain(name: str) -> str:
    """Give ``a.b.c`` for ``a.b:c``."""
    return name.replace(":", ".")


def dotted_path(node: cst.CSTNode) -> tuple[str, ...] | None:
    """Give ``("a", "b", "c")`` for the LibCST node of ``a.b.c``, as Python normalises names; else ``None``."""
    path: list[str] = []
    inner: Any = node
    while type(inner).__name__ == "Attribute":
        path.append(inner.attr.value)
        inner = inner.value
    if type(inner).__name__ != "Name":
        return None
    path.append(inner.value)
    return tuple(normalized(name) for name in reversed(path))


def ast_path(node: ast.expr | None) -> tuple[str, ...] | None:
    """Give ``("a", "b", "c")`` for the ``ast`` node of ``a.b.c``; else ``None``."""
    path: list[str] = []
    while isinstance(node, ast.Attribute):
        path.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return (node.id, *reversed(path))
