"""Code parsed out of its file, in nodes that stand where the code stands in the file."""

from __future__ import annotations

import ast

from ssot_lint.source.scan import parse
from ssot_lint.source.text import Text


def expression_at(text: Text, start: int, end: int) -> ast.expr | None:
    """Parse the expression between two offsets; ``None`` if there is none."""
    # Within brackets it may go over several lines.
    return _only_expression(text, f"({text.string[start:end]}\n)", start, 1)


def quoted_expression(text: Text, start: int, end: int) -> ast.expr | None:
    """Parse the expression between two offsets as Python parses the text of a string, which is an annotation."""
    return _only_expression(text, text.string[start:end], start, 0)


def _only_expression(text: Text, source: str, offset: int, added: int) -> ast.expr | None:
    try:
        body = parse(source).body
    except SyntaxError:
        return None
    if len(body) != 1 or not isinstance(body[0], ast.Expr):
        return None
    place(body[0], text, offset, added)
    return body[0].value


def place(tree: ast.AST, text: Text, offset: int, added: int = 0) -> None:
    """Give the nodes of what was parsed alone their places in ``text``, where it stands at ``offset``.

    ``added`` characters were put before it.
    """
    row = text.row(offset)
    before = len(text.string[text.line_start(offset) : offset].encode()) - added
    for node in ast.walk(tree):
        if isinstance(node, (ast.stmt, ast.expr, ast.alias, ast.arg, ast.keyword)):
            node.col_offset += before if node.lineno == 1 else 0
            if node.end_lineno is not None and node.end_col_offset is not None:
                node.end_col_offset += before if node.end_lineno == 1 else 0
                node.end_lineno += row - 1
            node.lineno += row - 1
