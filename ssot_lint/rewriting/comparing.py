"""What stands around a call and would lose its meaning with it: a mock, a comparison, an object of its own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ssot_lint.file import File, ast_path, dotted_path
from ssot_lint.globs import is_test_path
from ssot_lint.rewriting.arguments import Argument
from ssot_lint.rewriting.refused import Refused
from ssot_lint.source.patches import quoted_names
from ssot_lint.source.places import enclosing_definitions, is_made_to_fail
from ssot_lint.source.scan import FUNCTIONS
from ssot_lint.source.scopes import Statement

if TYPE_CHECKING:
    import libcst as cst

PREVENTED = re.compile("legacy|deprecat|compat|violat|bypass|duplicat|direct_?instantiation|prevent", re.IGNORECASE)
"""What tests are called that prove how the old way works, or that it does not any more."""


def check_surroundings(file: File, call: cst.Call) -> None:
    """Refuse to rewrite ``call`` where it is made to fail, or where the function around it mocks what is called."""
    statement = file.statement(call)
    if is_made_to_fail(statement):
        raise Refused("negative-test", "it stands where something is expected to fail")
    last = (dotted_path(call.func) or ("",))[-1]
    for inner in _calls(_function_around(statement)):
        for quoted in quoted_names(inner):
            if quoted.use == "replaced" and quoted.name.rpartition(".")[2] == last:
                row = inner.lineno
                raise Refused("patch-target", f"line {row} puts something else in the place of `{last}` here")


def check_identity(file: File, call: cst.Call, factory: str, entries: Mapping[str, Argument]) -> None:
    """Refuse to let ``factory`` give one object where ``call`` is there for one of its own.

    That is so where the function around asks twice for the same one, or where a test gets one from the factory already,
    to compare, or is by its name about what the factory is there to prevent.
    """
    if is_test_path(file.path):
        names = (file.path.rpartition("/")[2], *enclosing_definitions(file.statement(call)))
        about = next((name for name in names if PREVENTED.search(name)), None)
        if about is not None:
            raise Refused("negative-test", f"the test is about the old way, by its name: {about}")
    path = dotted_path(call.func)
    start = file.span(call)[0]
    origin = file.project.resolve(factory).origin
    needed = [entry for entry in entries.values() if entry.required]
    own = None
    others: list[tuple[str, ...]] = []
    for inner in _calls(_function_around(file.statement(call))):
        inner_path = ast_path(inner.func)
        if inner_path is None:
            continue
        if inner_path == path:
            values = tuple(_given(inner, entry) for entry in needed)
            if file.scan.span(inner)[0] == start:
                own = values
            else:
                others.append(values)
        elif is_test_path(file.path) and _goes_to(file, inner, inner_path, origin):
            raise Refused("negative-test", f"line {inner.lineno} asks {factory} as well, so the test may compare both")
    if needed and own in others:
        raise Refused("one-object", f"another call with the same context would get the same object from {factory}")


def _function_around(statement: Statement) -> Statement | None:
    """Give the outermost function in which ``statement`` stands."""
    around = [owner for owner, _ in statement.ancestors() if isinstance(owner.node, FUNCTIONS)]
    return around[-1] if around else None


def _calls(function: Statement | None) -> Iterator[ast.Call]:
    return (node for node in ast.walk(function.node) if isinstance(node, ast.Call)) if function else iter(())


def _given(call: ast.Call, entry: Argument) -> str:
    """Give the code of the value that ``call`` passes for ``entry``; nothing if it passes none."""
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    if entry.keyword is not None and entry.keyword in keywords:
        return ast.unparse(keywords[entry.keyword])
    is_positional = entry.position is not None and entry.position < len(call.args)
    return ast.unparse(call.args[entry.position]) if is_positional and entry.position is not None else ""


def _goes_to(file: File, call: ast.Call, path: tuple[str, ...], origin: str | None) -> bool:
    reference = file.refer(path, file.scan.span(call)[0])
    return origin is not None and reference is not None and file.resolve(reference).origin == origin
