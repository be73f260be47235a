"""One pass over the ``ast`` of a file: statements, scopes, bindings, imports.

The pass goes from statement to statement and leaves expressions alone (but for ``:=``), and the bodies of functions
until somebody asks for something in them: that is most of a file, and few ever do.
"""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from ssot_lint.source.scopes import (
    Binding,
    BindingKind,
    Block,
    Part,
    Scope,
    Statement,
    bound_names,
    inner_names,
    parameters,
    pattern_names,
    walruses,
)
from ssot_lint.source.spelled import absolute
from ssot_lint.source.text import Text
from ssot_lint.source.walking import walk

Node = TypeVar("Node", bound=ast.AST)
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
OUTER = re.compile(r"\b(?:global|nonlocal)\b")
"""Words by which a function binds names outside of it, so that all functions have to be read."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True, eq=False)
class Import:
    """One ``import`` or ``from`` statement; ``module`` is the absolute module of a ``from``, if it can be known."""

    node: ast.Import | ast.ImportFrom
    statement: Statement
    module: str | None


class Scan:
    """What one file binds, where; made by `scan`.

    ``module`` is the dotted name of the file if it has one in the project; ``partial`` says that the file is not
    Python and only its imports were read, ``newer`` that the running Python cannot parse it and LibCST can.
    """

    def __init__(
        self,
        text: Text,
        tree: ast.Module,
        module: str | None,
        is_package: bool,
        *,
        partial: bool = False,
        newer: bool = False,
    ) -> None:
        self.text = text
        self.tree = tree
        self.module = module
        self.is_package = is_package
        self.partial = partial
        self.newer = newer
        self.scope = Scope("module", module or "", None, None)
        self.block = Block(None, "body")
        self.inner: dict[int, Scope] = {}
        self._imports: dict[int, Import] = {}
        self._closed: dict[int, Statement] = {}
        self._inner_names: dict[int, list[tuple[frozenset[str], int, int]]] = {}
        self._has_walrus = ":=" in text.string
        self._block(tree.body, self.block, self.scope, conditional=False)
        self.outer_imports = tuple(self._imports.values())
        """The imports that run when the module is imported: all but those in functions."""
        if OUTER.search(text.string):
            self._open_all()

    @cached_property
    def statements(self) -> list[Statement]:
        """All statements, in the order of the text."""
        self._open_all()
        return list(_all_in(self.block))

    @cached_property
    def imports(self) -> list[Import]:
        """All import statements, in the order of the text."""
        self._open_all()
        return sorted(self._imports.values(), key=lambda imported: imported.statement.start)

    @cached_property
    def _nodes(self) -> list[ast.AST]:
        return walk(self.tree)

    def nodes(self, *kinds: type[Node]) -> list[Node]:
        """Give all nodes of the classes ``kinds``, an outer one before those in it."""
        return [node for node in self._nodes if isinstance(node, kinds)]

    def import_of(self, statement: Statement) -> Import | None:
        """Give the import that ``statement`` is, if it is one."""
        return self._imports.get(id(statement))

    def statement_at(self, offset: int) -> Statement | None:
        """Give the innermost statement at ``offset``; ``None`` between statements (in a comment, say)."""
        found: Statement | None = None
        block: Block | None = self.block
        while block is not None:
            index = bisect_right(block.statements, offset, key=lambda statement: statement.start) - 1
            if index < 0 or block.statements[index].end <= offset:
                break
            found = block.statements[index]
            self._open(found)
            begun = [inner for inner in found.blocks if inner.statements and inner.statements[0].start <= offset]
            block = begun[-1] if begun else None
        return found

    def _open(self, statement: Statement) -> None:
        """Read the body of a function; until somebody asks for something in it, it is passed over."""
        if self._closed.pop(id(statement), None) is not None:
            body: list[ast.stmt] = _field(statement.node, "body")
            self._block(body, Block(statement, "body"), self.inner[id(statement.node)], conditional=False)

    def _open_all(self) -> None:
        while self._closed:
            self._open(next(iter(self._closed.values())))

    def body_start(self, statement: Statement) -> int:
        """Give the offset where the body of a compound statement starts, the end of a simple one."""
        body = _field(statement.node, "body")
        return self._start(body[0]) if isinstance(body, list) and body else statement.end

    def lookup(self, name: str, offset: int) -> list[Binding] | None:
        """Give what may bind ``name`` where it is used at ``offset``.

        Empty for builtins, stars and undefined names; ``None`` where a lambda, comprehension or type parameter binds
        it, so that nothing is known of it.
        """
        statement = self.statement_at(offset)
        if statement is None:
            return self.scope.lookup(name)
        if self._is_inner(name, statement, offset):
            return None
        return statement.scope.lookup(name)

    def _is_inner(self, name: str, statement: Statement, offset: int) -> bool:
        if id(statement) not in self._inner_names:
            self._inner_names[id(statement)] = list(self._names_kept(statement))
        return any(name in names and start <= offset < end for names, start, end in self._inner_names[id(statement)])

    def _names_kept(self, statement: Statement) -> Iterator[tuple[frozenset[str], int, int]]:
        """Give the names that parts of a statement keep to themselves, each with the span of that part."""
        for expression in own_expressions(statement.node):
            for node in walk(expression):
                if isinstance(node, INNER):
                    yield frozenset(inner_names(node)), *self.span(node)
        types = _field(statement.node, "type_params")
        if types:
            yield frozenset(parameter.name for parameter in types), statement.start, statement.end

    def span(self, node: ast.expr | ast.stmt | ast.alias | ast.keyword) -> tuple[int, int]:
        """Give the offsets of the start and the end of ``node``."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self.text.from_ast(node.lineno, node.col_offset),
            self.text.from_ast(node.end_lineno, node.end_col_offset),
        )

    def _start(self, node: ast.stmt) -> int:
        decorators = node.decorator_list if isinstance(node, DEFINITIONS) else []
        if not decorators:
            return self.text.from_ast(node.lineno, node.col_offset)
        first = self.text.from_ast(decorators[0].lineno, decorators[0].col_offset)
        return self.text.string.rindex("@", 0, first)

    # The pass itself: one method a group of statements.

    def _block(self, body: list[ast.stmt], block: Block, scope: Scope, conditional: bool) -> None:
        if block.owner is not None and body:
            block.owner.blocks.append(block)
        for node in body:
            statement = Statement(node, self._start(node), self.span(node)[1], scope, block)
            block.statements.append(statement)
            self._statement(statement, conditional)

    def _statement(self, statement: Statement, conditional: bool) -> None:
        node = statement.node
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            self._import(node, statement, conditional)
        elif isinstance(node, DEFINITIONS):
            self._definition(node, statement, conditional)
        elif isinstance(node, ast.Assign):
            self._assignment(node, statement, conditional)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            _declare(statement.scope, node)
        elif not isinstance(node, (ast.Expr, ast.Return, ast.Pass, ast.Raise, ast.Assert)):
            self._other(node, statement, conditional)
        self._walrus(node, statement)

    def _bind(
        self,
        name: str,
        kind: BindingKind,
        statement: Statement,
        conditional: bool,
        target: str | None = None,
        value: ast.expr | None = None,
    ) -> None:
        scope = statement.scope
        if name in scope.outer:
            scope, conditional = self._outer_scope(scope, name), True
        binding = Binding(name, kind, statement, conditional, target, value)
        scope.bindings.setdefault(name, []).append(binding)

    def _outer_scope(self, scope: Scope, name: str) -> Scope:
        """Where ``global`` or ``nonlocal`` send a binding: a function that binds the name, else the module."""
        for outer in scope.visible() if name not in scope.global_names else ():
            if outer is not scope and outer.kind == "function" and name in outer.bindings:
                return outer
        return self.scope

    def _import(self, node: ast.Import | ast.ImportFrom, statement: Statement, conditional: bool) -> None:
        module = self.imported_module(node) if isinstance(node, ast.ImportFrom) else None
        self._imports[id(statement)] = Import(node, statement, module)
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                target = f"{module}:{alias.name}" if module is not None else None
                if alias.name != "*":
                    self._bind(alias.asname or alias.name, "from", statement, conditional, target)
            elif alias.asname:
                self._bind(alias.asname, "import", statement, conditional, alias.name)
            else:
                root = alias.name.partition(".")[0]
                self._bind(root, "import", statement, conditional, root)

    def imported_module(self, node: ast.ImportFrom) -> str | None:
        """Give the absolute name of the module that a ``from`` statement names; ``None`` if that cannot be known."""
        return imported_module(node, self.module, self.is_package)

    def _definition(self, node: Definition, statement: Statement, conditional: bool) -> None:
        is_class = isinstance(node, ast.ClassDef)
        self._bind(node.name, "class" if is_class else "function", statement, conditional)
        scope = Scope(
            "class" if is_class else "function",
            node.name,
            statement.scope,
            statement,
            isinstance(node, ast.AsyncFunctionDef),
        )
        self.inner[id(node)] = scope
        if not isinstance(node, ast.ClassDef):
            for parameter in parameters(node.args):
                scope.bindings.setdefault(parameter.arg, []).append(
                    Binding(parameter.arg, "parameter", statement, False)
                )
            for declaration in _declarations(node.body):
                _declare(scope, declaration)
        for parameter in _field(node, "type_params") or ():
            scope.bindings.setdefault(parameter.name, []).append(Binding(parameter.name, "other", statement, False))
        self._closed[id(statement)] = statement
        if is_class:
            self._open(statement)

    def _assignment(self, node: ast.Assign, statement: Statement, conditional: bool) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self._bind(target.id, "assign", statement, conditional, value=node.value)
            else:
                self._bind_all(target, statement, conditional)

    def _bind_all(self, target: ast.expr | None, statement: Statement, conditional: bool) -> None:
        for name in bound_names(target):
            self._bind(name, "other", statement, conditional)

    def _other(self, node: ast.stmt, statement: Statement, conditional: bool) -> None:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            kind: BindingKind = "assign" if node.value else "other"
            self._bind(node.target.id, kind, statement, conditional or node.value is None, value=node.value)
        elif isinstance(node, ast.Delete):
            for name in (name for target in node.targets for name in bound_names(target)):
                self._bind(name, "delete", statement, True)
        elif isinstance(node, (ast.AugAssign, ast.For, ast.AsyncFor)):
            self._bind_all(node.target, statement, True)
        elif isinstance(node, (ast.With, ast.AsyncWith)):
            for item in node.items:
                self._bind_all(item.optional_vars, statement, conditional)
        elif isinstance(node, ast.Match):
            self._match(node, statement)
        elif type(node).__name__ == "TypeAlias":
            self._bind_all(_field(node, "name"), statement, conditional)
        self._parts(node, statement, conditional)

    def _parts(self, node: ast.stmt, statement: Statement, conditional: bool) -> None:
        """Go into the parts of a compound statement that make no scope."""
        inner = conditional or not isinstance(node, (ast.With, ast.AsyncWith))
        # A hundred `elif` are a hundred levels deep: no recursion into them.
        while isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            self._block(node.body, Block(statement, "body"), statement.scope, inner)
            block = Block(statement, "orelse")
            statement.blocks.append(block)
            node = node.orelse[0]
            statement = Statement(node, *self.span(node), statement.scope, block)
            block.statements.append(statement)
            self._walrus(node, statement)
        for part, handler, body in _blocks(node):
            if handler is not None and handler.name:
                self._bind(handler.name, "other", statement, True)
            runs = conditional if part == "finalbody" else inner
            self._block(body, Block(statement, part, handler), statement.scope, runs)

    def _match(self, node: ast.Match, statement: Statement) -> None:
        for case in node.cases:
            for name in pattern_names(case.pattern):
                self._bind(name, "other", statement, True)
            self._block(case.body, Block(statement, "body"), statement.scope, True)

    def _walrus(self, node: ast.stmt, statement: Statement) -> None:
        for walrus, _ in walruses(node) if self._has_walrus else ():
            self._bind(walrus.target.id, "assign", statement, True, value=walrus.value)


def _blocks(node: ast.stmt) -> Iterator[tuple[Part, ast.ExceptHandler | None, list[ast.stmt]]]:
    """Give the parts of a compound statement in the order of the text."""
    yield "body", None, _field(node, "body") or []
    for handler in _field(node, "handlers") or ():
        yield "handler", handler, handler.body
    yield "orelse", None, _field(node, "orelse") or []
    yield "finalbody", None, _field(node, "finalbody") or []


def _all_in(block: Block) -> Iterator[Statement]:
    waiting = [iter(block.statements)]
    while waiting:
        statement = next(waiting[-1], None)
        if statement is None:
            waiting.pop()
            continue
        yield statement
        waiting.extend(iter(inner.statements) for inner in reversed(statement.blocks))


def imported_module(node: ast.ImportFrom, module: str | None, is_package: bool) -> str | None:
    """Give the absolute name of the module that a ``from`` statement in ``module`` names; see `absolute`."""
    return absolute(node.module, node.level, module, is_package)


def own_expressions(node: ast.AST) -> Iterator[ast.expr]:
    """Give the outermost expressions of a statement that are its own, not those of statements inside it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif not isinstance(child, ast.stmt):
            yield from own_expressions(child)


def _declare(scope: Scope, node: ast.Global | ast.Nonlocal) -> None:
    scope.outer.update(node.names)
    if isinstance(node, ast.Global):
        scope.global_names.update(node.names)


def _declarations(body: list[ast.stmt]) -> Iterator[ast.Global | ast.Nonlocal]:
    """Find ``global`` and ``nonlocal`` in a function beforehand: they hold for all of it, wherever they stand."""
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            yield node
        elif not isinstance(node, DEFINITIONS):
            for part in ("body", "orelse", "finalbody"):
                waiting.extend(_field(node, part) or ())
            for handler in (*(_field(node, "handlers") or ()), *(_field(node, "cases") or ())):
                waiting.extend(handler.body)


def _field(node: ast.AST, name: str) -> Any:
    """Give a field that only some nodes, or only the nodes of newer Pythons, have."""
    return getattr(node, name, None)


def scan(text: Text, module: str | None = None, is_package: bool = False) -> Scan:
    """Read ``text`` as the module ``module``; raises `SyntaxError` where the running Python cannot parse it."""
    return Scan(text, parse(text.string), module, is_package)


def parse(source: str) -> ast.Module:
    """Parse ``source`` without the warnings that are none of our business.

    Raises `SyntaxError` for whatever cannot be parsed, also where CPython gives up in other ways: source that is
    nested too deeply is a `RecursionError` or `MemoryError` for it.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(source)
        except (RecursionError, MemoryError):
            raise SyntaxError("it is nested too deeply") from None
        except ValueError as error:
            raise SyntaxError(str(error)) from None
