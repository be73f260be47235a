"""What a statement says, however it is laid out: the same text before and after a formatter, on every Python.

`ast.dump` and `ast.unparse` have another answer on every version of Python; a file of accepted violations must not.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_lint.source.scan import Scan, own_expressions
from ssot_lint.source.scopes import Statement

COMPOUND = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.For, ast.AsyncFor, ast.While, ast.With),
    *(ast.AsyncWith, ast.Try, ast.Match),
)
DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)
LAYOUT = frozenset({"ctx", "kind", "type_comment", "level", "simple"})
"""Fields of nodes that say nothing, or nothing that others do not."""
LONGEST = 80
"""How many characters of a statement to show."""

Span = tuple[int, int]


def normal_form(scan: Scan, statement: Statement, span: Span) -> str:
    """Give what ``statement`` says of what stands at ``span``, two offsets.

    Of an import that is the name there, by the absolute name of its module; of the header of a compound statement the
    expression there. The other elements of a list or dictionary are left out: who adds one changes nothing of the rest.
    """
    return " ".join(_Normal(scan, span).parts(statement))


def excerpt(scan: Scan, statement: Statement, span: Span) -> str:
    """Give how ``statement`` begins, on one line: for people."""
    imported = scan.import_of(statement)
    if imported is None:
        string = scan.text.string[statement.start : scan.body_start(statement)]
        return shortened(string)
    names = ", ".join(ast.unparse(alias) for alias in _aliases(scan, imported.node, span))
    if isinstance(imported.node, ast.Import):
        return shortened(f"import {names}")
    return shortened(f"from {'.' * imported.node.level}{imported.node.module or ''} import {names}")


def shortened(text: str) -> str:
    """Give ``text`` on one line, and of a long one the beginning."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


class _Normal:
    """What is said of one span."""

    def __init__(self, scan: Scan, span: Span) -> None:
        self._scan = scan
        self._span = span

    def parts(self, statement: Statement) -> Iterator[str]:
        """Give the parts of the normal form of ``statement``."""
        node, imported = statement.node, self._scan.import_of(statement)
        if imported is not None:
            yield "import"
            if isinstance(imported.node, ast.ImportFrom):
                yield imported.module or "." * imported.node.level + (imported.node.module or "")
            aliases = _aliases(self._scan, imported.node, self._span)
            yield from sorted(f"{alias.name} as {alias.asname or alias.name}" for alias in aliases)
        elif isinstance(node, COMPOUND) or hasattr(node, "handlers"):
            yield type(node).__name__
            yield getattr(node, "name", "")
            for expression in own_expressions(node):
                if self._is_here(expression):
                    yield from self._of(expression)
        elif isinstance(node, ast.Delete):
            yield "Delete"  # with brackets around them or not, its targets are the same, and a formatter knows it
            for target in _targets(node):
                if self._is_here(target):
                    yield from self._of(target)
        else:
            yield from self._of(node)

    def _of(self, node: ast.AST) -> Iterator[str]:
        """Give a node and what is in it; no recursion, for a sum may have a thousand terms."""
        waiting: list[ast.AST | str] = [node]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                yield item
            elif isinstance(item, ast.Constant):
                yield repr(item.value)
            else:
                waiting.extend(reversed(["(", type(item).__name__, *self._inside(item), ")"]))

    def _inside(self, node: ast.AST) -> Iterator[ast.AST | str]:
        for name in node._fields:
            value = getattr(node, name, None)
            if name in LAYOUT or value is None or value == []:
                continue
            yield f"{name}="
            if not isinstance(value, list):
                yield value if isinstance(value, ast.AST) else repr(value)
                continue
            for element in value:
                if self._counts(element, node):
                    yield element if isinstance(element, ast.AST) else repr(element)

    def _counts(self, element: ast.expr, node: ast.AST) -> bool:
        """Whether an element of a field of ``node`` says something; Python 3.12 has empty texts in f-strings."""
        if isinstance(node, DISPLAYS):
            return self._is_here(element)
        return not (isinstance(node, ast.JoinedStr) and isinstance(element, ast.Constant) and not element.value)

    def _is_here(self, node: ast.expr | None) -> bool:
        return node is not None and _overlap(self._scan.span(node), self._span)


def _targets(node: ast.Delete) -> Iterator[ast.expr]:
    for target in node.targets:
        yield from target.elts if isinstance(target, ast.Tuple) else [target]


def _aliases(scan: Scan, node: ast.Import | ast.ImportFrom, span: Span) -> list[ast.alias]:
    """Give the names of an import at ``span``, or all if it is none of them."""
    return [alias for alias in node.names if _overlap(scan.span(alias), span)] or node.names


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
