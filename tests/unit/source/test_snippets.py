from __future__ import annotations

import ast

import pytest

from ssot_lint.source.scan import scan
from ssot_lint.source.snippets import expression_at, place, quoted_expression
from ssot_lint.source.text import Text


def names(code: str, tree: ast.AST | None) -> list[str]:
    """The text at the places of all names and attributes in ``tree``."""
    assert tree is not None
    spans = [scan(Text(code)).span(node) for node in ast.walk(tree) if isinstance(node, (ast.Name, ast.Attribute))]
    return [code[start:end] for start, end in sorted(spans)]


@pytest.mark.parametrize(
    ("code", "snippet", "found"),
    [
        ("x = a.b", "a.b", ["a", "a.b"]),
        ("é = 'é', a.b, ñ", "a.b, ñ", ["a", "a.b", "ñ"]),
        ("if 1:\r\n  é = [a,\r\n  ñ.b]", "a,\r\n  ñ.b", ["a", "ñ", "ñ.b"]),
        ("x = [a\n  .b  # c\n]", "a\n  .b  # c", ["a", "a\n  .b"]),
    ],
)
def test_expressions_stand_where_they_stand(code: str, snippet: str, found: list[str]) -> None:
    start = code.index(snippet)
    assert names(code, expression_at(Text(code), start, start + len(snippet))) == found


@pytest.mark.parametrize("snippet", ["", "a b", "a = b", "import a", "a) + (b", "a\nb", "("])
def test_what_is_no_expression(snippet: str) -> None:
    code = f"é: '{snippet}'"
    assert quoted_expression(Text(code), 4, 4 + len(snippet)) is None


def test_quoted() -> None:
    code = "é, x = 1\nñ: 'list[a.é]'"
    start = code.index("list")
    assert names(code, quoted_expression(Text(code), start, len(code) - 1)) == ["list", "a", "a.é"]


def test_quoted_too_deeply() -> None:
    code = "a" + ".b" * 100_000
    assert quoted_expression(Text(code), 0, len(code)) is None


def test_statements_are_placed() -> None:
    code = "é; from a import (b,\n  c); import d"
    text = Text(code)
    statement = ast.parse(code[3 : code.index("; import")]).body[0]
    place(statement, text, 3)
    assert isinstance(statement, ast.ImportFrom)
    nodes: list[ast.stmt | ast.alias] = [statement, *statement.names]
    found = [scan(text).span(node) for node in nodes]
    assert [code[start:end] for start, end in found] == ["from a import (b,\n  c)", "b", "c"]
