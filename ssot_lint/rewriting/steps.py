"""What flow is made of: what a statement binds, which choices there are in it, which statements are inside of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_lint.source.scan import DEFINITIONS, Scan, own_expressions
from ssot_lint.source.scopes import Block, Statement

LATE = (ast.Lambda, ast.GeneratorExp)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


def targets(node: ast.stmt) -> Iterator[ast.expr]:
    """Give what a loop, ``with``, definition or import binds."""
    if isinstance(node, (ast.For, ast.AsyncFor)):
        yield node.target
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        yield from (item.optional_vars for item in node.items if item.optional_vars is not None)
    elif isinstance(node, DEFINITIONS):
        yield ast.Name(node.name)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        yield from (ast.Name(alias.asname or alias.name.partition(".")[0]) for alias in node.names)


def choices(node: ast.AST) -> Iterator[tuple[ast.expr, bool, ast.expr]]:
    """Give the parts of an expression that run only if a test has an outcome, each with both."""
    if isinstance(node, ast.IfExp):
        yield node.test, True, node.body
        yield node.test, False, node.orelse
    elif isinstance(node, ast.BoolOp):
        for number, value in enumerate(node.values):
            yield from ((test, isinstance(node.op, ast.And), value) for test in node.values[:number])


def is_late(scan: Scan, statement: Statement, offset: int) -> bool:
    """Tell whether what stands at ``offset`` runs after its statement: in a lambda or generator."""
    nodes = (node for expression in own_expressions(statement.node) for node in ast.walk(expression))
    late = (node for node in nodes if isinstance(node, LATE))
    return any(scan.span(node)[0] <= offset < scan.span(node)[1] for node in late)


def inside(blocks: list[Block]) -> Iterator[Statement]:
    """Give the statements in ``blocks`` and in those inside, but for the bodies of definitions."""
    for block in blocks:
        for statement in block.statements:
            yield statement
            if not isinstance(statement.node, DEFINITIONS):
                yield from inside(statement.blocks)


def share_loop(one: Statement, other: Statement) -> bool:
    """Tell whether two statements stand in the same loop, so that each may run before the other."""
    around = {id(owner) for owner, _ in one.ancestors() if isinstance(owner.node, LOOPS)}
    return any(id(owner) in around for owner, _ in other.ancestors())
