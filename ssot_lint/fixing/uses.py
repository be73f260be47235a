"""Uses of names that tables of symbols do not show: in strings, where the name is taken, before it is bound."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_lint.fixing.rewrite import Rewrite, State, own_span
from ssot_lint.source.scan import Import, Scan, own_expressions, parse
from ssot_lint.source.scopes import Binding, Scope

WORD = re.compile(r"\w+")

Span = tuple[int, int]


def mentioned(state: State, names: set[str]) -> list[str]:
    """Give those of ``names`` that a file speaks of where the compiler does not look for names.

    That is in annotations (strings, or all of them under ``from __future__ import annotations``), in ``__all__``, and
    in newer grammar.
    """
    if not names:
        return []
    words: set[str] = set()
    for node in ast.walk(state.scan.tree):
        for expression in _unseen_expressions(node):
            for inner in ast.walk(expression):
                if isinstance(inner, ast.Name):
                    words.add(inner.id)
                elif isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                    words.update(_names_in(inner.value))
    if state.is_newer:
        whole = state.text.string
        words.update(m.group() for m in WORD.finditer(whole) if state.source[slice(*m.span())] != m.group())
    return sorted(names & words)


def _names_in(string: str) -> list[str]:
    """Give the names that a string stands for if it is code, and not what follows a dot; else all its words."""
    try:
        nodes = list(ast.walk(parse(string.strip())))
    except SyntaxError:
        return WORD.findall(string)
    if any(isinstance(node, ast.Constant) and isinstance(node.value, str) for node in nodes):
        return WORD.findall(string)
    return [node.id for node in nodes if isinstance(node, ast.Name)]


def _unseen_expressions(node: ast.AST) -> Iterator[ast.expr]:
    annotations = (getattr(node, field, None) for field in ("annotation", "returns"))
    yield from (annotation for annotation in annotations if isinstance(annotation, ast.expr))
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            yield node.value


def shadowed(rewrite: Rewrite, names: set[str]) -> Iterator[str]:
    """Give those of ``names``, which the fixes bind, that they use where something else has the name."""
    if not names:
        return
    scan = rewrite.after.scan
    written = list(rewrite.written())
    for node in ast.walk(scan.tree):
        if isinstance(node, ast.Name) and node.id in names:
            start, end = scan.span(node)
            if _meets(written, start, end):
                bindings = scan.lookup(node.id, start)
                if not any(_meets(written, *own_span(scan, b.statement)) for b in bindings or ()):
                    yield node.id


def _meets(spans: list[Span], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)


def used_early(rewrite: Rewrite) -> list[str]:
    """Give the names that imports of the fixes bind only after they are used, which was not so before."""
    written = list(rewrite.written())
    names = {
        name
        for imported in rewrite.after.scan.imports
        if _meets(written, imported.statement.start, imported.statement.end)
        for name in _local_names(imported)
    }
    return sorted(set(_early(rewrite.after.scan, names)) - set(_early(rewrite.before.scan, names)))


def _local_names(imported: Import) -> Iterator[str]:
    for alias in imported.node.names:
        yield alias.asname or alias.name.partition(".")[0]


def _early(scan: Scan, names: set[str]) -> Iterator[str]:
    """Give those of ``names`` that a statement uses before an import binds them first in its scope."""
    firsts: dict[int, dict[str, int]] = {}
    for imported in scan.imports:
        scope = imported.statement.scope
        for name in names.intersection(_local_names(imported), scope.bindings):
            firsts.setdefault(id(scope), {})[name] = min(b.statement.start for b in scope.bindings[name])
    for statement in scan.statements:
        late = {name for name, first in firsts.get(id(statement.scope), {}).items() if statement.start < first}
        for expression in own_expressions(statement.node) if late else ():
            for node in ast.walk(expression):
                if isinstance(node, ast.Name) and node.id in late:
                    yield node.id


def bound_again(rewrite: Rewrite) -> list[str]:
    """Give the names that a scope bound before and that more of its imports bind afterwards, not all to the same."""
    before = dict(_bindings(rewrite.before.scan))
    return sorted(
        key[-1]
        for key, bindings in _bindings(rewrite.after.scan)
        if key in before and _imports(before[key]) < _imports(bindings) and _differ(bindings)
    )


def _imports(bindings: list[Binding]) -> int:
    return sum(binding.kind in ("import", "from") for binding in bindings)


def _differ(bindings: list[Binding]) -> bool:
    return any(binding.target is None or binding.target != bindings[0].target for binding in bindings)


def _bindings(scan: Scan) -> Iterator[tuple[tuple[str, ...], list[Binding]]]:
    """Give what binds each name in each scope; the number of a scope is the same while no fix adds one."""
    for number, scope in enumerate((scan.scope, *inner_scopes(scan))):
        for name, bindings in scope.bindings.items():
            yield (str(number), scope.name, name), bindings


def inner_scopes(scan: Scan) -> Iterator[Scope]:
    """Give the functions and classes of a file in the order in which they start."""
    for statement in scan.statements:
        if id(statement.node) in scan.inner:
            yield scan.inner[id(statement.node)]
