"""Where the names of a file are used: every chain of attributes in its code and in its quoted annotations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ssot_lint.source.places import last_name
from ssot_lint.source.scan import FUNCTIONS, Scan
from ssot_lint.source.snippets import quoted_expression
from ssot_lint.source.walking import walk

QUOTE = re.compile(r"[rRuU]?('''|\"\"\"|'|\")")


@dataclass(frozen=True)
class Use:
    """One use of a name with the attributes that follow: ``a.b.c`` is ``path`` ``("a", "b", "c")``.

    ``ends`` are the offsets at which ``a``, ``a.b`` and ``a.b.c`` end; brackets, as in ``(a.b).c``, are not told. A
    ``stored`` use is assigned to or deleted, a ``quoted`` one stands in an annotation that is a string.
    """

    path: tuple[str, ...]
    start: int
    ends: tuple[int, ...]
    stored: bool = False
    quoted: bool = False


def uses(scan: Scan) -> Iterator[Use]:
    """Give every use of a name in ``scan``, the longest chains only."""
    yield from _uses_in(scan, scan.nodes(ast.Attribute, ast.Name), quoted=False)
    for node in scan.nodes(ast.arg, ast.AnnAssign, *FUNCTIONS):
        for annotation in _annotations(node):
            yield from quoted_uses(scan, annotation)


def _uses_in(scan: Scan, nodes: Iterable[ast.AST], *, quoted: bool) -> Iterator[Use]:
    inner: set[int] = set()
    for node in nodes:
        if isinstance(node, (ast.Attribute, ast.Name)) and id(node) not in inner:
            chain = _chain(node)
            if len(chain) > 1:
                inner.update(map(id, chain))
            if isinstance(chain[0], ast.Name):
                yield _use(scan, chain, isinstance(node.ctx, (ast.Store, ast.Del)), quoted)


def _chain(node: ast.expr) -> list[ast.expr]:
    """Give ``a``, ``a.b`` and ``a.b.c`` for the node of ``a.b.c``."""
    chain = [node]
    while isinstance(chain[-1], ast.Attribute):
        chain.append(chain[-1].value)
    return chain[::-1]


def _use(scan: Scan, chain: list[ast.expr], stored: bool, quoted: bool) -> Use:
    path = tuple(part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "") for part in chain)
    return Use(path, scan.span(chain[0])[0], tuple(scan.span(part)[1] for part in chain), stored, quoted)


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        if isinstance(annotation, ast.expr):
            yield annotation


def quoted_uses(scan: Scan, annotation: ast.expr) -> Iterator[Use]:
    """Give the uses in the strings of an annotation, where the text between the quotes is the value as it is."""
    for node in _types(annotation):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            expression = _quoted(scan, node, node.value)
            if expression is not None:
                yield from _uses_in(scan, walk(expression), quoted=True)
                yield from quoted_uses(scan, expression)


def _types(annotation: ast.expr) -> Iterator[ast.AST]:
    """Give what an annotation consists of, but for the values in ``Literal`` and what ``Annotated`` adds."""
    stack: list[ast.AST] = [annotation]
    while stack:
        node = stack.pop()
        yield node
        special = last_name(node.value) if isinstance(node, ast.Subscript) else None
        if isinstance(node, ast.Subscript) and special in ("Literal", "Annotated"):
            stack.append(node.value)
            if special == "Annotated" and isinstance(node.slice, ast.Tuple):
                stack.extend(node.slice.elts[:1])
        else:
            stack.extend(ast.iter_child_nodes(node))


def _quoted(scan: Scan, node: ast.Constant, value: str) -> ast.expr | None:
    start, end = scan.span(node)
    quote = QUOTE.match(scan.text.string, start)
    if quote is None or "\n" in value or value != value.strip():
        return None
    start, end = quote.end(), end - len(quote.group(1))
    return quoted_expression(scan.text, start, end) if scan.text.string[start:end] == value else None
