from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.source.nesting import is_too_deep

NESTED: dict[str, Callable[[int], str]] = {
    "brackets": lambda depth: "(" * depth + ")" * depth,
    "lists": lambda depth: "[\n" * depth + "]" * depth,
    "dictionaries": lambda depth: "{1: " * depth + "1" + "}" * depth,
    "arguments": lambda depth: "f(a, " * depth + ")" * depth,
    "attributes": lambda depth: "a" + ".b" * depth,
    "calls": lambda depth: "a" + "()" * depth,
    "operators": lambda depth: "a" + " + a" * depth,
    "over lines": lambda depth: "(a" + "\n + a" * depth + ")",
    "unary": lambda depth: "not " * depth + "a",
    "lambdas": lambda depth: "lambda: " * depth + "a",
    "choices": lambda depth: "a if b else " * depth + "c",
    "strings": lambda depth: "'a' " * depth,
    "branches": lambda depth: "if a: pass\n" + "elif a: pass\n" * depth,
}


@pytest.mark.parametrize("nested", NESTED.values(), ids=list(NESTED))
def test_too_deep(nested: Callable[[int], str]) -> None:
    assert is_too_deep(nested(2000))
    assert is_too_deep(f"a = (1, 2); b = 3\n\n{nested(2000)}\n")
    assert not is_too_deep(nested(100))


LONG = {
    "list": "[" + "a, " * 5000 + "]",
    "lines": "a = b.c\n" * 5000,
    "carriage returns": "a = b.c\r" * 5000,
    "semicolons": "a = b.c; " * 5000,
    "in brackets": "f(" + "[a.b(c), (d)],\n" * 5000 + ")",
    "strings": "'" + "(" * 5000 + "'",
    "comments": "a  # " + "(" * 5000 + "\n" + "# a b c\n" * 5000,
    "docstring": "'''" + "(a b c\n" * 5000 + "'''",
    "more closed than opened": ")" * 900 + "\n" + "]" * 900,
}


@pytest.mark.parametrize("code", LONG.values(), ids=list(LONG))
def test_long_is_not_deep(code: str) -> None:
    assert not is_too_deep(code)


def test_what_is_closed_does_not_count() -> None:
    assert not is_too_deep("f(" + "(a + b), " * 2000 + ")")
    assert not is_too_deep("\n".join(["(" * 150 + "1" + ")" * 150] * 20))


def test_what_is_short_is_not_even_read() -> None:
    assert not is_too_deep("(" * 400)
