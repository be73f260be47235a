"""Where a statement stands: what guards it, what is expected to fail there, whether it may ``await``."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from ssot_lint.source.scan import DEFINITIONS, FUNCTIONS, INNER, Scan, own_expressions
from ssot_lint.source.scopes import Block, Statement

IMPORT_ERRORS = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
EXPECTED_FAILURES = frozenset({"raises", "assertRaises", "assertRaisesRegex", "assertRaisesRegexp", "assertFails"})
EXPECTED_WARNINGS = frozenset({"warns", "assertWarns", "assertWarnsRegex", "deprecated_call"})


def last_name(node: ast.expr | None) -> str | None:
    """Give ``c`` of ``a.b.c`` and of ``a.b.c(...)``."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def around(statement: Statement) -> Iterator[tuple[Statement, Block]]:
    """Give the statements around this one up to the function or class in which it stands, innermost first."""
    for owner, block in statement.ancestors():
        if isinstance(owner.node, DEFINITIONS):
            return
        yield owner, block


def import_guard(statement: Statement) -> tuple[Statement, Block] | None:
    """Give the ``try`` that catches a failing import at ``statement``, or whose handler for it holds ``statement``."""
    for owner, block in around(statement):
        if not hasattr(owner.node, "handlers"):
            continue
        if block.part == "handler" and block.handler is not None and catches_import_error(block.handler):
            return owner, block
        if block.part == "body" and any(catches_import_error(handler) for handler in handlers(owner)):
            return owner, block
    return None


def handlers(statement: Statement) -> list[ast.ExceptHandler]:
    """Give the ``except`` clauses of a ``try`` statement."""
    found: list[ast.ExceptHandler] = getattr(statement.node, "handlers", [])
    return found


def catches_import_error(handler: ast.ExceptHandler) -> bool:
    """Whether an ``except`` clause catches a failing import."""
    return handler.type is None or any(last_name(caught) in IMPORT_ERRORS for caught in _caught(handler.type))


def _caught(types: ast.expr) -> Iterator[ast.expr]:
    """Give the types that an ``except`` names; ``A | B`` is what older grammar is given for ``except A, B``."""
    if isinstance(types, ast.Tuple):
        yield from types.elts
    elif isinstance(types, ast.BinOp):
        yield from (*_caught(types.left), types.right)
    else:
        yield types


def in_type_checking(statement: Statement) -> bool:
    """Whether ``statement`` is there for type checkers only: under ``if TYPE_CHECKING``."""
    return _is_under(statement, lambda test: last_name(test) == "TYPE_CHECKING")


def in_main(statement: Statement) -> bool:
    """Whether ``statement`` runs only when the file is run as a script: under ``if __name__ == "__main__"``."""
    return _is_under(statement, _is_main_test)


def _is_under(statement: Statement, is_meant: Callable[[ast.expr], bool]) -> bool:
    """Whether ``statement`` stands under an ``if`` for which a test that is meant must hold."""
    for owner, block in statement.ancestors():
        test = owner.node.test if isinstance(owner.node, ast.If) else None
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not) and block.part == "orelse":
            tests = [test.operand]
        elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) and block.part == "body":
            tests = test.values
        else:
            tests = [test] if test is not None and block.part == "body" else []
        if any(map(is_meant, tests)):
            return True
    return False


def _is_main_test(test: ast.expr) -> bool:
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Eq):
        return False
    sides = [test.left, *test.comparators]
    return any(last_name(side) == "__name__" for side in sides) and any(
        isinstance(side, ast.Constant) and side.value == "__main__" for side in sides
    )


def fails_on_purpose(scan: Scan, statement: Statement, offset: int) -> bool:
    """Whether the code at ``offset`` is expected to raise.

    It stands in ``with pytest.raises(...)`` or the like, or in a ``try`` that fails the test if nothing is raised.
    """
    if _in_with(statement, EXPECTED_FAILURES) or _is_tried_in_vain(statement):
        return True
    return any(
        isinstance(node, ast.Call) and last_name(node) in EXPECTED_FAILURES and _covers(scan, node, offset)
        for expression in own_expressions(statement.node)
        for node in ast.walk(expression)
    )


def warns_on_purpose(statement: Statement) -> bool:
    """Whether the code of ``statement`` is expected to warn: it stands in ``with pytest.warns(...)`` or the like."""
    return _in_with(statement, EXPECTED_WARNINGS)


def _is_tried_in_vain(statement: Statement) -> bool:
    return any(
        block.part == "body" and bool(handlers(owner)) and _fails_after(block, statement)
        for owner, block in around(statement)
    )


def _covers(scan: Scan, call: ast.Call, offset: int) -> bool:
    """Whether ``offset`` lies among the arguments of ``call``."""
    return scan.span(call.func)[1] <= offset < scan.span(call)[1]


def _in_with(statement: Statement, names: frozenset[str]) -> bool:
    return any(_is_with(owner, names) for owner, _ in around(statement))


def _is_with(statement: Statement, names: frozenset[str]) -> bool:
    return isinstance(statement.node, (ast.With, ast.AsyncWith)) and any(
        last_name(item.context_expr) in names for item in statement.node.items
    )


def is_made_to_fail(statement: Statement) -> bool:
    """Whether ``statement`` stands where something is expected to raise, be it in a function that is defined there."""
    return any(_is_with(owner, EXPECTED_FAILURES) for owner, _ in statement.ancestors())


def is_negative_test(statement: Statement) -> bool:
    """Whether an import at ``statement`` is there to prove that it fails, warns or is gone.

    It stands in ``raises``, ``warns`` or ``catch_warnings``, or in the body of a ``try`` that fails the test when the
    import succeeds.
    """
    if _in_with(statement, EXPECTED_FAILURES | EXPECTED_WARNINGS | {"catch_warnings"}):
        return True
    guard = import_guard(statement)
    return guard is not None and guard[1].part == "body" and _fails_after(guard[1], statement)


def _fails_after(block: Block, statement: Statement) -> bool:
    later = [other.node for other in block.statements if other.start > statement.start]
    later.extend(getattr(block.owner.node, "orelse", []) if block.owner else [])
    return any(_is_failure(node) for node in later)


def _is_failure(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise):
        return last_name(node.exc) in ("AssertionError", "Failed")
    if isinstance(node, ast.Assert):
        return isinstance(node.test, ast.Constant) and not node.test.value
    return isinstance(node, ast.Expr) and last_name(node.value) == "fail"


def may_await(scan: Scan, statement: Statement, offset: int) -> bool:
    """Whether ``await`` may be written at ``offset``."""
    return obstacle(scan, statement, offset) is None


def obstacle(scan: Scan, statement: Statement, offset: int) -> str | None:
    """Say in what ``offset`` stands, if that is where ``await`` may not be written.

    That is everything but an ``async def``; there, it is a lambda or generator or, before Python 3.11, a comprehension
    within another one. What stands in the head of a function is left to that function.
    """
    inside = [
        node
        for expression in own_expressions(statement.node)
        for node in ast.walk(expression)
        if isinstance(node, INNER) and scan.span(node)[0] <= offset < scan.span(node)[1]
    ]
    for node in inside:
        if isinstance(node, (ast.Lambda, ast.GeneratorExp)):
            return "a lambda" if isinstance(node, ast.Lambda) else "a generator"
    if isinstance(statement.node, FUNCTIONS) and offset < scan.body_start(statement):
        return f"the head of `{statement.node.name}`"
    if statement.scope.kind != "function":
        return f"the class `{statement.scope.name}`" if statement.scope.kind == "class" else "the module"
    if not statement.scope.is_async:
        return f"`{statement.scope.name}`, which is not async"
    return "a comprehension within another one" if len(inside) > 1 else None


def enclosing_definitions(statement: Statement) -> Iterator[str]:
    """Give the names of the functions and classes in which ``statement`` stands, innermost first."""
    for owner, _ in statement.ancestors():
        if isinstance(owner.node, DEFINITIONS):
            yield owner.node.name
