"""The moves of all rules together."""

from __future__ import annotations

from typing import Any

import pytest


def _pack(pack: str, rule: str, *lines: str) -> str:
    """A pack with one rule, whose first line is row 6."""
    return "\n".join(["[pack]", f'id = "{pack}"', "[[rule]]", f'id = "{rule}"', 'kind = "moved-thing"', *lines]) + "\n"


@pytest.mark.parametrize(
    "lines",
    [
        ["moved.'a.X' = 'b.X'", "moved.'c.X' = 'b.X'"],
        ["moved.'a' = 'b'", "moved.'a.X' = 'c.Y'"],
        ["moved.'a' = 'b'", "moved.'bb.X' = 'c.X'"],
        ["moved.'a' = 'b'", "moved.'b.X' = 'c.X'", "moved.'a.X' = 'c.X'"],
        ["moved.'a.b' = 'a.c'", "removed.'a.d' = 'gone'"],
        ["removed.'a.d' = 'gone'", "removed.'a.d.e' = 'gone'"],
    ],
)
def test_moves_that_arrive(load: Any, lines: list[str]) -> None:
    assert len(load(_pack("p", "A1", *lines))) == 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["moved.'a.X' = 'a.X'"], ["6: rule A1: 'moved.a.X': moves to itself"]),
        (["moved.'a:X' = 'a.X'"], ["6: rule A1: 'moved.a:X': moves to itself"]),
        (
            ["moved.'a.X' = 'b:X'", "moved.'b.X' = 'c:X'"],
            ["6: rule A1: 'moved.a.X': moves to 'b.X', which moves on; did you mean 'c.X'?"],
        ),
        (
            ["moved.'a' = 'a.b'"],
            ["6: rule A1: 'moved.a': moves to 'a.b', which is inside it; name what moves there one by one"],
        ),
        (
            ["moved.'a.X' = 'b.X'", "moved.'b.X' = 'c.X'", "moved.'c.X' = 'd.X'"],
            [
                "6: rule A1: 'moved.a.X': moves to 'b.X', which moves on; did you mean 'd.X'?",
                "7: rule A1: 'moved.b.X': moves to 'c.X', which moves on; did you mean 'd.X'?",
            ],
        ),
        (
            ["moved.'a.X' = 'b.Y'", "moved.b = 'c.d'"],
            ["6: rule A1: 'moved.a.X': moves to 'b.Y', which moves on; did you mean 'c.d.Y'?"],
        ),
        (
            ["moved.'a' = 'b'", "moved.'b' = 'c'", "moved.'c' = 'a'", "moved.'d' = 'b'"],
            ["6: rule A1: 'moved.a': moves in a circle: a -> b -> c -> a"],
        ),
        (
            ["moved.'a' = 'b.c'", "moved.'b' = 'a'"],
            ["6: rule A1: 'moved.a': moves in a circle: a -> b -> a"],
        ),
        (
            ["moved.'a' = 'b'", "removed.'b' = 'gone'"],
            ["6: rule A1: 'moved.a': moves to 'b', where 'b' is removed"],
        ),
        (
            ["moved.'a.X' = 'b.X'", "moved.'b' = 'c'", "removed.'c.X' = 'gone'"],
            [
                "6: rule A1: 'moved.a.X': moves to 'b.X', where 'c.X' is removed",
                "7: rule A1: 'moved.b': moves to 'c', where 'c.X' does not stay; say where 'b.X' goes",
            ],
        ),
        (
            ["moved.'a' = 'b'", "moved.'b.c.X' = 'd.X'"],
            ["6: rule A1: 'moved.a': moves to 'b', where 'b.c.X' does not stay; say where 'a.c.X' goes"],
        ),
    ],
)
def test_moves_that_do_not_arrive(problems: Any, lines: list[str], expected: list[str]) -> None:
    assert problems(_pack("p", "A1", *lines)) == [f"pack1.toml:{line}" for line in expected]


def test_moves_of_different_packs_are_checked_together(problems: Any) -> None:
    first = _pack("p", "A1", "[rule.moved]", "a.X = 'b.X'", "e.X = 'f.X'")
    second = _pack("q", "B1", "moved.b.X = 'c.X'", "moved.e.X = 'g.X'")
    assert problems(first, second) == [
        "pack1.toml:7: rule A1: 'moved.a.X': moves to 'b.X', which moves on; did you mean 'c.X'?",
        "pack2.toml:7: rule B1: 'moved.e.X': moves to 'f.X' according to pack1.toml:8",
    ]


def test_what_moves_in_one_rule_and_is_removed_in_another(problems: Any) -> None:
    moved, removed = _pack("p", "A1", "moved.a = 'b'"), _pack("q", "B1", "removed.a = 'gone'")
    assert problems(moved, removed) == ["pack2.toml:6: rule B1: 'removed.a': moves to 'b' according to pack1.toml:6"]
    assert problems(removed, moved) == ["pack2.toml:6: rule A1: 'moved.a': is removed according to pack1.toml:6"]


def test_moves_are_checked_whatever_else_is_wrong_with_their_rule(problems: Any) -> None:
    assert problems(_pack("p", "A1", "moved.a = 'a'", "message = '{olt}'")) == [
        "pack1.toml:6: rule A1: 'moved.a': moves to itself",
        "pack1.toml:7: rule A1: 'message': unknown placeholder {olt}; did you mean 'old'?",
    ]


def test_the_same_move_in_two_rules_is_no_contradiction(load: Any) -> None:
    assert len(load(_pack("p", "A1", "moved.a = 'b'"), _pack("q", "B1", "moved.a = 'b'"))) == 2
