"""The values that parameters have where a call does not pass them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_lint.project import Project
from ssot_lint.project.definitions import Definition
from ssot_lint.project.questions import question
from ssot_lint.source.scan import DEFINITIONS, FUNCTIONS, parse
from ssot_lint.source.text import NotText, Text


def defaults(project: Project, definition: Definition) -> dict[str, str]:
    """Give the defaults of a function, or of the constructor that a class defines itself, as ``ast`` shows them."""
    return dict(_of(project, definition.name))


@question
def _of(project: Project, origin: str) -> tuple[tuple[str, str], ...]:
    definition = project.definition(origin)
    return tuple(_read(project, definition).items()) if definition is not None else ()


def _read(project: Project, definition: Definition) -> dict[str, str]:
    raw = project.read(definition.path) if definition.path else None
    try:
        tree = parse(Text.read(raw).string) if raw is not None else None
    except (NotText, SyntaxError):
        tree = None
    name = definition.name.rpartition(".")[2].rpartition(":")[2]
    for node in ast.walk(tree) if tree else ():
        if isinstance(node, DEFINITIONS) and node.name == name and node.lineno == definition.row:
            constructor = _constructor(node) if isinstance(node, ast.ClassDef) else node
            return dict(_defaults(constructor.args)) if constructor else {}
    return {}


def _constructor(node: ast.ClassDef) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    return next((inner for inner in node.body if isinstance(inner, FUNCTIONS) and inner.name == "__init__"), None)


def _defaults(arguments: ast.arguments) -> Iterator[tuple[str, str]]:
    positional = [*arguments.posonlyargs, *arguments.args]
    by_position = zip(reversed(positional), reversed(arguments.defaults), strict=False)
    by_keyword = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    for parameter, default in (*by_position, *by_keyword):
        if default is not None:
            yield parameter.arg, ast.dump(default)
