"""Where the names of a file are used: every chain of attributes in its code and in its quoted annotations."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.source.scan import Scan

QUOTE_LENGTH = 1


@dataclass(frozen=True)
class Use:
    """One use of a name with the attributes that follow: ``a.b.c`` is ``path`` ``("a", "b", "c")``.

    ``ends`` are the offsets at which ``a``, ``a.b`` and ``a.b.c`` end. A ``stored`` use is assigned to or deleted, a
    ``quoted`` one stands in an annotation that is a string.
    """

    path: tuple[str, ...]
    start: int
    ends: tuple[int, ...]
    stored: bool = False
    quoted: bool = False


def uses(scan: Scan) -> Iterator[Use]:
    """Give every use of a name in ``scan``, the longest chains only."""
    inner: set[int] = set()
    for node in ast.walk(scan.tree):
        if isinstance(node, (ast.Attribute, ast.Name)) and id(node) not in inner:
            chain = _chain(node)
            inner.update(id(part) for part in chain)
            if isinstance(chain[0], ast.Name):
                yield _use(scan, chain, isinstance(node.ctx, (ast.Store, ast.Del)))
        for annotation in _annotations(node):
            yield from quoted_uses(scan, annotation)


def _chain(node: ast.expr) -> list[ast.expr]:
    """Give ``a``, ``a.b`` and ``a.b.c`` for the node of ``a.b.c``."""
    chain = [node]
    while isinstance(chain[0], ast.Attribute):
        chain.insert(0, chain[0].value)
    return chain


def _use(scan: Scan, chain: list[ast.expr], stored: bool) -> Use:
    path = tuple(part.attr if isinstance(part, ast.Attribute) else getattr(part, "id", "") for part in chain)
    return Use(path, scan.span(chain[0])[0], tuple(scan.span(part)[1] for part in chain), stored)


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
        if isinstance(annotation, ast.expr):
            yield annotation


def quoted_uses(scan: Scan, annotation: ast.expr) -> Iterator[Use]:
    """Give the uses in the strings of an annotation, where the text between the quotes is the value as it is."""
    for node in ast.walk(annotation):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii():
            yield from _uses_in_string(scan, node, node.value)


def _uses_in_string(scan: Scan, node: ast.Constant, value: str) -> Iterator[Use]:
    start, end = scan.span(node)
    shift = start + QUOTE_LENGTH
    if "\n" in value or scan.text.string[shift : end - QUOTE_LENGTH] != value or value != value.strip():
        return
    try:
        expression = ast.parse(value, mode="eval").body
    except SyntaxError:
        return
    inner: set[int] = set()
    for part in ast.walk(expression):
        if isinstance(part, (ast.Attribute, ast.Name)) and id(part) not in inner:
            chain = _chain(part)
            inner.update(id(link) for link in chain)
            if isinstance(chain[0], ast.Name):
                ends = tuple((link.end_col_offset or 0) + shift for link in chain)
                path = (chain[0].id, *(link.attr for link in chain if isinstance(link, ast.Attribute)))
                yield Use(path, chain[0].col_offset + shift, ends, quoted=True)
