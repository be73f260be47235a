"""What names mean: the scopes of a file, what binds a name in them, and the statements that do it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

ScopeKind = Literal["module", "class", "function"]
BindingKind = Literal["import", "from", "class", "function", "assign", "parameter", "other", "delete"]
CHOICES = (ast.BoolOp, ast.IfExp, ast.comprehension, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
"""Expressions of which some part may not run."""
Part = Literal["body", "orelse", "handler", "finalbody"]


@dataclass(slots=True, eq=False)
class Block:
    """A list of statements that run one after the other: the module, or one part of a compound statement."""

    owner: Statement | None
    part: Part
    handler: ast.ExceptHandler | None = None
    statements: list[Statement] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Statement:
    """One statement; ``start`` (of its first decorator, if any) and ``end`` are offsets.

    ``scope`` is the scope in which the statement stands; the body of a ``def`` or ``class`` has its own.
    """

    node: ast.stmt
    start: int
    end: int
    scope: Scope
    block: Block
    blocks: list[Block] = field(default_factory=list)
    """The parts of a compound statement, in the order of the text."""

    @property
    def parent(self) -> Statement | None:
        """The compound statement in which this one stands."""
        return self.block.owner

    def ancestors(self) -> Iterator[tuple[Statement, Block]]:
        """Give the statements around this one, innermost first, each with its block in which this one stands."""
        block = self.block
        while block.owner is not None:
            yield block.owner, block
            block = block.owner.block


@dataclass(slots=True, eq=False)
class Binding:
    """One place that binds a name.

    ``target`` says what an import binds: ``a.b`` for a module, ``a.b:c`` for a name taken from one; ``None`` for a
    relative import that leaves the project. ``value`` is what an assignment of a single name assigns. A conditional
    binding may not happen, or happen after others: it stands in an ``if``, ``try``, loop or the like, or is made from
    another scope by ``global`` or ``nonlocal``.
    """

    name: str
    kind: BindingKind
    statement: Statement
    conditional: bool
    target: str | None = None
    value: ast.expr | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class or function with the names bound in it."""

    kind: ScopeKind
    name: str
    parent: Scope | None
    owner: Statement | None
    is_async: bool = False
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    outer: set[str] = field(default_factory=set)
    """Names declared ``global`` or ``nonlocal`` here."""
    global_names: set[str] = field(default_factory=set)
    """Those declared ``global``."""

    @property
    def module(self) -> Scope:
        """The scope of the module."""
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope

    def visible(self) -> Iterator[Scope]:
        """Give the scopes in which a name used here is looked up, innermost first."""
        yield self
        scope = self.parent
        while scope is not None:
            if scope.kind != "class":
                yield scope
            scope = scope.parent

    def lookup(self, name: str) -> list[Binding]:
        """Give what may bind ``name`` when it is used here; empty for builtins, stars and undefined names."""
        for scope in self.visible():
            if name in scope.global_names:
                return self.module.bindings.get(name, [])
            if name in scope.bindings and name not in scope.outer:
                return scope.bindings[name]
        return []


def bound_names(target: ast.expr | None) -> Iterator[str]:
    """Give the names that assigning to ``target`` binds."""
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            yield from bound_names(element)
    elif isinstance(target, ast.Starred):
        yield from bound_names(target.value)


def pattern_names(pattern: ast.pattern) -> Iterator[str]:
    """Give the names that a ``case`` pattern captures."""
    for node in ast.walk(pattern):
        if isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            yield node.name
        elif isinstance(node, ast.MatchMapping) and node.rest:
            yield node.rest


def parameters(arguments: ast.arguments) -> Iterator[ast.arg]:
    """Give all parameters of a function, in the order of the signature."""
    yield from arguments.posonlyargs
    yield from arguments.args
    if arguments.vararg:
        yield arguments.vararg
    yield from arguments.kwonlyargs
    if arguments.kwarg:
        yield arguments.kwarg


def walruses(statement: ast.stmt) -> Iterator[tuple[ast.NamedExpr, bool]]:
    """Find ``:=`` that bind in the scope of ``statement``, in their order, each with whether it may not run."""
    waiting: list[tuple[ast.AST, bool]] = [(statement, False)]
    while waiting:
        node, conditional = waiting.pop()
        if isinstance(node, ast.NamedExpr):
            yield node, conditional
        conditional = conditional or isinstance(node, CHOICES)
        inner = [child for child in ast.iter_child_nodes(node) if not isinstance(child, (ast.Lambda, ast.stmt))]
        waiting.extend((child, conditional) for child in reversed(inner))


def inner_names(expression: ast.expr) -> Iterator[str]:
    """Give the names that a lambda or comprehension keeps to itself."""
    if isinstance(expression, ast.Lambda):
        yield from (parameter.arg for parameter in parameters(expression.args))
    elif isinstance(expression, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        for generator in expression.generators:
            yield from bound_names(generator.target)
